//! `import`: reads a `jsonl` export back.

use std::cell::Cell;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::rc::Rc;

use clap::Args;

use super::load::of;
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::Progress;
use crate::cli::{Context, Error, Outcome};
use crate::domain::Decision;
use crate::ingest::{Fault, Restored, records};
use crate::store::{Added, Loader, StoreError};

/// Read a jsonl export back: articles, claims and decisions
///
/// What is in the store already stays as it is, so importing twice changes nothing. A line that is wrong is named and
/// the rest goes in; then the exit status is 1.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck import everything.jsonl
  ssh other.example claimdeck export --format jsonl | claimdeck import -")]
pub(in crate::cli) struct Import {
    /// The file, or - for standard input
    file: PathBuf,
}

/// Lines that are wrong which are kept until one is right.
const MOST_HELD: usize = 20;

/// Decisions that are handed to the store together.
const TOGETHER: usize = 1_000;

impl Import {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let (name, input, size) = self.open()?;
        let bytes = Rc::new(Cell::new(0));
        let input = BufReader::with_capacity(256 << 10, Counted { input, bytes: Rc::clone(&bytes) });
        let progress = Progress::of_bytes(context, size);
        let mut store = context.open_store()?;
        let interrupt = Interrupt::listen()?;
        let mut import = Importing {
            loader: store.loader(),
            decisions: Vec::new(),
            articles: 0,
            claims: 0,
            decided: 0,
            failed: 0,
            held: Some(Vec::new()),
            broken: None,
        };
        let end = records(input, &name, &mut |found| {
            if interrupt.wanted() {
                return ControlFlow::Break(());
            }
            progress.reached(bytes.get(), || import.so_far());
            match found {
                Ok(restored) => {
                    import.name_held(&mut |fault| progress.suspend(|| context.warn(fault)));
                    import.take(restored)
                }
                Err(fault) => {
                    import.refuse(fault, &mut |fault| progress.suspend(|| context.warn(fault)));
                    ControlFlow::Continue(())
                }
            }
        });
        progress.end();
        if let Some(error) = import.broken.take() {
            return Err(error.into());
        }
        let outcome = import.finish(context, &name)?;
        match end {
            ControlFlow::Break(()) => Err(Error::interrupted().hint("import the same file again: it goes on")),
            ControlFlow::Continue(()) => Ok(outcome),
        }
    }

    /// What to read, its name, and its size where that is known.
    fn open(&self) -> Result<(String, Box<dyn Read>, u64), Error> {
        if self.file.as_os_str() == "-" {
            return Ok(("standard input".to_owned(), Box::new(io::stdin()), 0));
        }
        let name = self.file.display().to_string();
        match File::open(&self.file) {
            Ok(file) => {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                Ok((name, Box::new(file), size))
            }
            Err(error) => Err(Fault { file: name, line: None, reason: error.into() }.into()),
        }
    }
}

/// Counts the bytes that are read.
struct Counted {
    input: Box<dyn Read>,
    bytes: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

struct Importing<'s> {
    loader: Loader<'s>,
    decisions: Vec<Decision>,
    articles: u64,
    claims: u64,
    decided: u64,
    failed: u64,
    /// The first lines that were wrong, until one is right: before, this may be no export at all.
    held: Option<Vec<Fault>>,
    /// Why the store takes nothing more.
    broken: Option<StoreError>,
}

impl Importing<'_> {
    /// A line that is wrong.
    fn refuse(&mut self, fault: Fault, name: &mut dyn FnMut(&dyn Display)) {
        self.failed += 1;
        match &mut self.held {
            Some(held) if held.len() < MOST_HELD => held.push(fault),
            Some(_) => {}
            None => name(&fault),
        }
    }

    /// A line is right, so those before it are told one by one.
    fn name_held(&mut self, name: &mut dyn FnMut(&dyn Display)) {
        let Some(held) = self.held.take() else { return };
        held.iter().for_each(|fault| name(fault));
        let more = self.failed - held.len() as u64;
        if more > 0 {
            name(&format!("and {} after them", of(more, "more line")));
        }
    }

    fn take(&mut self, restored: Restored) -> ControlFlow<()> {
        let taken = match restored {
            Restored::Article(article, loaded_at) => self.loader.add(&article, loaded_at).map(|added| {
                if added != Added::Known {
                    self.articles += 1;
                    self.claims += article.claims.len() as u64;
                }
            }),
            Restored::Decision(decision) => {
                self.decisions.push(decision);
                if self.decisions.len() < TOGETHER { Ok(()) } else { self.hand_over() }
            }
            // Few: analysts grade far fewer sources than they decide claims.
            Restored::SourceDecision(decision) => {
                self.loader.add_source_decisions(&[decision]).map(|added| self.decided += added as u64)
            }
        };
        match taken {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.broken = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn so_far(&self) -> String {
        format!("{}, {}", of(self.articles, "article"), of(self.claims, "claim"))
    }

    fn hand_over(&mut self) -> Result<(), StoreError> {
        self.decided += self.loader.add_decisions(&self.decisions)? as u64;
        self.decisions.clear();
        Ok(())
    }

    fn finish(mut self, context: &Context, file: &str) -> Result<Outcome, Error> {
        if let Some(first) = self.held.take().and_then(|held| held.into_iter().next()) {
            return Err(no_export(file, first, self.failed - 1));
        }
        self.hand_over()?;
        self.loader.finish()?;
        let (articles, claims) = (of(self.articles, "article"), of(self.claims, "claim"));
        let mut said = format!("imported {articles} with {claims}, {}", of(self.decided, "decision"));
        if self.failed > 0 {
            said = format!("{said}, {} not usable", of(self.failed, "line"));
        }
        context.note(&said);
        Ok(if self.failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
    }
}

/// Nothing of the file could be used.
fn no_export(file: &str, first: Fault, others: u64) -> Error {
    let Some(line) = first.line else { return first.into() };
    let mut said = format!("{file} is no jsonl export: line {line}: {}", first.reason);
    if others > 0 {
        said += &format!("; {} could not be used either", of(others, "more line"));
    }
    Error::input(said).hint("read articles with claimdeck load PATH")
}
