//! `join` and `split`: say that several names are one source, and take that apart again.

use clap::Args;

use crate::cli::{Context, Error, Outcome};
use crate::domain::clean_line;

/// Say that several names are one source
///
/// From now on their claims are counted as one source's and found by each of the names. It is one act, which one "undo"
/// takes back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck join Brandt 'the harbour master' --into 'Ada Brandt'
  claimdeck split 'the harbour master'")]
pub(in crate::cli) struct Join {
    /// Names, written as \"sources\" lists them
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// The name that all are known by
    #[arg(long, value_name = "SOURCE")]
    into: String,
}

/// Make joined names sources of their own again
///
/// Names that were joined into one of them before go along with it.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  claimdeck split 'the harbour master'")]
pub(in crate::cli) struct Split {
    /// Names that were joined into others
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
}

impl Join {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let by = context.by()?;
        if self.sources.iter().all(|source| *source == self.into) {
            return Err(Error::usage("a source can't be joined into itself").hint("name another one after --into"));
        }
        let source = context.store_to_change()?.join_sources(&by, &self.sources, &self.into)?;
        let names = source.joined.iter().map(|name| clean_line(name)).collect::<Vec<_>>().join(", ");
        context.note(&format!("{} is also {names}", clean_line(&source.name)));
        Ok(Outcome::Done)
    }
}

impl Split {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let by = context.by()?;
        context.store_to_change()?.split_sources(&by, &self.sources)?;
        for source in &self.sources {
            context.note(&format!("{} is a source of its own", clean_line(source)));
        }
        Ok(Outcome::Done)
    }
}
