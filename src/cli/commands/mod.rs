//! The sub-commands, one file each.

mod agreement;
mod articles;
mod completions;
mod config;
mod export;
mod extract;
mod import;
mod join;
mod list;
mod load;
mod man;
mod review;
mod sessions;
mod show;
mod sources;
mod stats;
mod tag;
mod undo;

use clap::Subcommand;

use super::{Context, Error, Outcome};

/// A row for each sub-command, in the order of help.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Load(load::Load),
    Review(review::Review),
    List(list::List),
    Show(show::Show),
    Tag(tag::Tag),
    Undo(undo::Undo),
    Redo(undo::Redo),
    Articles(articles::Articles),
    Sources(sources::Sources),
    Join(join::Join),
    Split(join::Split),
    Sessions(sessions::Sessions),
    Stats(stats::Stats),
    Agreement(agreement::Agreement),
    Export(export::Export),
    Import(import::Import),
    Extract(extract::Extract),
    Config(config::Config),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Default for Command {
    /// What `claimdeck` alone does.
    fn default() -> Self {
        Self::Review(review::Review::default())
    }
}

impl Command {
    /// Does what was asked.
    pub(super) fn run(self, context: &Context) -> Result<Outcome, Error> {
        match self {
            Self::Load(command) => command.run(context),
            Self::Review(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Show(command) => command.run(context),
            Self::Tag(command) => command.run(context),
            Self::Undo(command) => command.run(context),
            Self::Redo(command) => command.run(context),
            Self::Articles(command) => command.run(context),
            Self::Sources(command) => command.run(context),
            Self::Join(command) => command.run(context),
            Self::Split(command) => command.run(context),
            Self::Sessions(command) => command.run(context),
            Self::Stats(command) => command.run(context),
            Self::Agreement(command) => command.run(context),
            Self::Export(command) => command.run(context),
            Self::Import(command) => command.run(context),
            Self::Extract(command) => command.run(context),
            Self::Config(command) => command.run(context),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}
