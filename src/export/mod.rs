//! Writers: what a query selects as lines of JSON, a table, a report.
//!
//! A format is a row in [`FORMATS`] and a file beside this one. Writers write bytes and open nothing; only
//! [`Whole`] knows files. Knows no store, no terminal.

mod csv;
mod extraction;
mod json;
mod jsonl;
mod markdown;
mod whole;
mod why;

use std::io::{self, Write};

pub use csv::{guarded, unguarded};
pub use extraction::Extracted;
pub use json::{line, write_line, write_long_line};
pub use whole::Whole;
pub use why::Why;

use crate::domain::{ArticleRecord, ClaimView, Decision, SourceDecision};

/// Takes what is exported, one thing after another, and keeps none of it. Each article comes before its claims, each
/// claim before its decisions; what a format has no use for it passes over.
pub trait Exporter {
    /// An article that holds claims of the selection.
    fn article(&mut self, _article: &ArticleRecord) -> io::Result<()> {
        Ok(())
    }

    /// A claim of the selection.
    fn claim(&mut self, claim: &ClaimView<'_>) -> io::Result<()>;

    /// A decision on a claim of the selection.
    fn decision(&mut self, _decision: &Decision) -> io::Result<()> {
        Ok(())
    }

    /// A decision on a source.
    fn source_decision(&mut self, _decision: &SourceDecision) -> io::Result<()> {
        Ok(())
    }

    /// Nothing follows.
    fn end(&mut self) -> io::Result<()>;
}

/// A format that can be written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name after `--format`.
    pub name: &'static str,
    /// One line for help.
    pub help: &'static str,
    /// Whether it holds articles and decisions too, or claims alone.
    pub everything: bool,
    /// Makes its writer.
    pub open: for<'w> fn(Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w>,
}

/// All formats, in the order of help.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        help: "articles with their text, claims and decisions, a JSON object a line; import reads it back",
        everything: true,
        open: jsonl::open,
    },
    Format {
        name: "csv",
        help: "a table of claims; a cell that a spreadsheet would run begins with '",
        everything: false,
        open: csv::open,
    },
    Format {
        name: "markdown",
        help: "a report to read: claims under their articles, with status, source, note and evidence",
        everything: false,
        open: markdown::open,
    },
];

impl Format {
    /// The format with this name.
    pub fn of(name: &str) -> Option<Self> {
        FORMATS.iter().find(|f| f.name == name).copied()
    }
}

#[cfg(test)]
mod samples;
