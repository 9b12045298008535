//! `import`: reads a `jsonl` export back.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::load::of;
use crate::cli::in_order::{Feed, Next, in_order};
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::Progress;
use crate::cli::{Context, Error, Outcome};
use crate::domain::{Decision, Moment, SourceDecision};
use crate::ingest::{Fault, Group, Groups, Reason, Restored, restore};
use crate::store::{Added, Loader, Prepared, Store, StoreError};

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
/// How long the store is held while nothing comes.
const PATIENCE: Duration = Duration::from_millis(500);

impl Import {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let (name, input, size) = self.open()?;
        let progress = Progress::of_bytes(context, size);
        let mut store = context.open_store()?;
        let interrupt = Interrupt::listen()?;
        let mut import = Importing::with(progress);
        let ended = import.all(context, &interrupt, &mut store, (name.clone(), input));
        import.progress.end();
        let whole = ended?;
        let outcome = import.said(context, &name)?;
        if whole {
            return Ok(outcome);
        }
        Err(Error::interrupted().hint("import the same file again: what is in the store is passed over"))
    }

    /// What to read, its name, and its size where that is known.
    fn open(&self) -> Result<(String, Box<dyn Read + Send>, u64), Error> {
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

/// A step of reading.
enum Found {
    Article(Box<Prepared<'static>>, Moment),
    Decision(Box<Decision>),
    SourceDecision(Box<SourceDecision>),
    Fault(Fault),
    /// So many more bytes are read.
    Bytes(u64),
}

/// Hands the groups of lines out to all cores.
fn read_all(input: Box<dyn Read + Send>, feed: &Feed<Group>) {
    for group in Groups::new(BufReader::with_capacity(256 << 10, input)) {
        let weight = group.bytes();
        if !feed.give(group, weight) {
            return;
        }
    }
}

fn found(group: Group, file: &str) -> Vec<Found> {
    let bytes = group.bytes() as u64;
    let restored = restore(group, file).into_iter().map(|restored| match restored {
        Ok(Restored::Article(article, loaded_at)) => match Prepared::new(*article) {
            Ok(article) => Found::Article(Box::new(article), loaded_at),
            Err(error) => {
                Found::Fault(Fault { file: file.to_owned(), line: None, reason: Reason::Json(error.to_string()) })
            }
        },
        Ok(Restored::Decision(decision)) => Found::Decision(Box::new(decision)),
        Ok(Restored::SourceDecision(decision)) => Found::SourceDecision(Box::new(decision)),
        Err(fault) => Found::Fault(fault),
    });
    restored.chain([Found::Bytes(bytes)]).collect()
}

/// What was taken in so far.
struct Importing {
    progress: Progress,
    decisions: Vec<Decision>,
    on_sources: Vec<SourceDecision>,
    bytes: u64,
    articles: u64,
    claims: u64,
    decided: u64,
    failed: u64,
    /// The first lines that were wrong, until one is right: before, this may be no export at all.
    held: Option<Vec<Fault>>,
}

impl Importing {
    fn with(progress: Progress) -> Self {
        let held = Some(Vec::new());
        Self {
            progress,
            decisions: Vec::new(),
            on_sources: Vec::new(),
            bytes: 0,
            articles: 0,
            claims: 0,
            decided: 0,
            failed: 0,
            held,
        }
    }

    /// Takes all of it in, or what came until somebody wanted it to end: whether it was all.
    fn all(
        &mut self,
        context: &Context,
        interrupt: &Interrupt,
        store: &mut Store,
        (name, input): (String, Box<dyn Read + Send>),
    ) -> Result<bool, Error> {
        let read = in_order(move |feed| read_all(input, &feed), move |group| found(group, &name));
        let mut loader = store.loader();
        let mut quiet_since: Option<Instant> = None;
        while !interrupt.wanted() {
            match read.next() {
                Next::Some(groups) => {
                    quiet_since = Some(Instant::now());
                    for found in groups.into_iter().flatten() {
                        self.take(context, &mut loader, found)?;
                        if interrupt.wanted() {
                            break;
                        }
                    }
                }
                // A slow pipe must not keep others from writing: what there is goes in.
                Next::Wait if quiet_since.is_some_and(|since| since.elapsed() > PATIENCE) => {
                    quiet_since = None;
                    self.hand_over(&mut loader)?;
                    loader.finish()?;
                    loader = store.loader();
                }
                Next::Wait => loader.rest()?,
                Next::End => {
                    self.hand_over(&mut loader)?;
                    loader.finish()?;
                    return Ok(true);
                }
                Next::Broken => return Err(Error::input("internal error: a thread ended early")),
            }
        }
        self.hand_over(&mut loader)?;
        loader.finish()?;
        Ok(false)
    }

    fn take(&mut self, context: &Context, loader: &mut Loader<'_>, found: Found) -> Result<(), StoreError> {
        if matches!(found, Found::Article(..) | Found::Decision(_) | Found::SourceDecision(_)) {
            self.name_held(context);
        }
        match found {
            Found::Article(article, loaded_at) => {
                if loader.add_prepared(&article, loaded_at)? != Added::Known {
                    self.articles += 1;
                    self.claims += article.claims() as u64;
                }
            }
            Found::Decision(decision) => {
                self.decisions.push(*decision);
                if self.decisions.len() >= TOGETHER {
                    self.hand_over(loader)?;
                }
            }
            Found::SourceDecision(decision) => {
                self.on_sources.push(*decision);
                if self.on_sources.len() >= TOGETHER {
                    self.hand_over(loader)?;
                }
            }
            Found::Fault(fault) => self.refuse(context, fault),
            Found::Bytes(bytes) => self.bytes += bytes,
        }
        let (articles, claims) = (self.articles, self.claims);
        self.progress.reached(self.bytes, || format!("{}, {}", of(articles, "article"), of(claims, "claim")));
        Ok(())
    }

    fn hand_over(&mut self, loader: &mut Loader<'_>) -> Result<(), StoreError> {
        self.decided += loader.add_decisions(&self.decisions)? as u64;
        self.decisions.clear();
        if !self.on_sources.is_empty() {
            self.decided += loader.add_source_decisions(&self.on_sources)? as u64;
            self.on_sources.clear();
        }
        Ok(())
    }

    /// A line that is wrong.
    fn refuse(&mut self, context: &Context, fault: Fault) {
        self.failed += 1;
        match &mut self.held {
            Some(held) if held.len() < MOST_HELD => held.push(fault),
            Some(_) => {}
            None => self.name(context, &fault),
        }
    }

    /// A line is right, so those before it are told one by one.
    fn name_held(&mut self, context: &Context) {
        let Some(held) = self.held.take() else { return };
        held.iter().for_each(|fault| self.name(context, fault));
        let more = self.failed - held.len() as u64;
        if more > 0 {
            self.name(context, &format!("and {} after them", of(more, "more line")));
        }
    }

    fn name(&self, context: &Context, what: &dyn Display) {
        self.progress.suspend(|| context.warn(what));
    }

    fn said(mut self, context: &Context, file: &str) -> Result<Outcome, Error> {
        if let Some(first) = self.held.take().and_then(|held| held.into_iter().next()) {
            return Err(no_export(file, first, self.failed - 1));
        }
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
