//! `undo` and `redo`: take this analyst's last act back, and take that back.

use clap::Args;

use crate::cli::{Context, Error, Outcome};
use crate::domain::clean_line;
use crate::store::{Store, Undone};

/// Take your last decision back
///
/// What was one act, such as one "tag" of many claims, goes back as one. This is itself a decision: "redo" takes it back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck undo
  claimdeck undo --analyst ana")]
pub(in crate::cli) struct Undo {}

/// Take your last undo back
#[derive(Debug, Args)]
#[command(after_help = "Example:
  claimdeck redo")]
pub(in crate::cli) struct Redo {}

impl Undo {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let by = context.by()?;
        let mut store = context.open_store()?;
        match store.undo(&by)? {
            Some(undone) => say(context, &store, "took back", &undone),
            None => Err(Error::no_match(format!("nothing of {} is left to take back", by.analyst))),
        }
    }
}

impl Redo {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let by = context.by()?;
        let mut store = context.open_store()?;
        match store.redo(&by)? {
            Some(undone) => say(context, &store, "did again", &undone),
            None => Err(Error::no_match(format!("{} took nothing back, or decided since", by.analyst))),
        }
    }
}

fn say(context: &Context, store: &Store, what: &str, undone: &Undone) -> Result<Outcome, Error> {
    for claim in &undone.claims {
        context.note(&format!("{what}: {} is {}", store.short_id(claim.id)?, claim.state.status));
    }
    for source in &undone.sources {
        let grade = source.reliability.map_or_else(|| "not graded".to_owned(), |g| format!("{g}, {}", g.words()));
        context.note(&format!("{what}: {} is {grade}", clean_line(&source.name)));
    }
    Ok(Outcome::Done)
}
