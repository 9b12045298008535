//! `undo` and `redo`: take this analyst's last act back, and take that back.

use clap::Args;

use crate::cli::{Context, Error, Outcome};
use crate::domain::{Act, SourceAct, SourceInfo, clean_line};
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
        let mut store = context.store_to_change()?;
        match store.undo(&by)? {
            Some(undone) => say(context, &store, "took back", &undone),
            None => Err(Error::no_match(format!("nothing of {} is left to take back", by.analyst))),
        }
    }
}

impl Redo {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let by = context.by()?;
        let mut store = context.store_to_change()?;
        match store.redo(&by)? {
            Some(undone) => say(context, &store, "brought back", &undone),
            None => Err(Error::no_match(format!("{} took nothing back, or decided since", by.analyst))),
        }
    }
}

fn say(context: &Context, store: &Store, what: &str, undone: &Undone) -> Result<Outcome, Error> {
    for claim in &undone.claims {
        let on_it: Vec<_> = undone.decisions.iter().filter(|decision| decision.claim == claim.id).collect();
        // A claim of a newer version follows from what was decided on the older one.
        let acts = if on_it.is_empty() { undone.decisions.iter().collect() } else { on_it };
        let (words, id) = (Act::words(acts.into_iter().map(|d| &d.act)), store.short_id(claim.id)?);
        context.note(&format!("{what} {words} on {id}, which is {} now", claim.state.status));
    }
    for decision in undone.on_sources.iter().filter(|d| matches!(d.act, SourceAct::Join { .. })) {
        context.note(&format!("{what} the {} of {}", decision.act.word(), clean_line(&decision.source)));
    }
    let graded = |source: &&SourceInfo| {
        undone.on_sources.iter().any(|d| source.name == d.source && matches!(d.act, SourceAct::Reliability { .. }))
    };
    for source in undone.sources.iter().filter(graded) {
        let grade = source.reliability.map_or_else(|| "not graded".to_owned(), |g| format!("{g}, {}", g.words()));
        context.note(&format!("{what}: {} is {grade}", clean_line(&source.name)));
    }
    Ok(Outcome::Done)
}
