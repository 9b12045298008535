//! `export`: what a query selects, in a format of the table.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::list::Selection;
use super::load::of;
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::Progress;
use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{ArticleId, Deck};
use crate::export::{Exporter, FORMATS, Format, Whole};
use crate::store::{Store, StoreError};

/// Write what a query selects to a file or standard output
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck export --format jsonl -o everything.jsonl
  claimdeck export 'status:verified' --format markdown
  claimdeck export 'has:conflict' --format csv -o conflicts.csv")]
pub(in crate::cli) struct Export {
    #[command(flatten)]
    selection: Selection,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    format: Format,
    /// The file, replaced only once it is whole; standard output without one or with -
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.help));
    PossibleValuesParser::new(names).try_map(|name| Format::of(&name).ok_or("not a format"))
}

impl Export {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let path = self.output.as_deref().filter(|path| path.as_os_str() != "-");
        let query = self.selection.query();
        // The count is kept where everything is asked for; that of a query would have to be made.
        let total = if query.trim().is_empty() { store.stats()?.claims } else { 0 };
        let progress = match path {
            // What is written to a terminal shows by itself how far it is.
            None if io::stdout().is_terminal() => Progress::none(),
            _ => Progress::of_things(context, total),
        };
        let job = Job { query, everything: self.format.everything, progress };
        match path {
            None => {
                let mut out = output::stdout();
                job.write(&store, (self.format.open)(Box::new(&mut out)))?;
                out.flush()?;
            }
            Some(path) => {
                let failed = |error| Error::input(format!("can't write {}: {error}", path.display()));
                let mut file = Whole::create(path).map_err(failed)?;
                job.write(&store, (self.format.open)(Box::new(&mut file)))?;
                file.finish().map_err(failed)?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// What to write, and where it is said how far that is.
struct Job {
    query: String,
    /// Articles and decisions too.
    everything: bool,
    progress: Progress,
}

impl Job {
    fn write(&self, store: &Store, mut to: Box<dyn Exporter + '_>) -> Result<(), Error> {
        let interrupt = Interrupt::listen()?;
        let go_on = || match interrupt.wanted() {
            true => Err(StoreError::Interrupted),
            false => Ok(ControlFlow::Continue(())),
        };
        if self.everything {
            // Versions that newer ones replaced come first, and articles without claims, which no deck has.
            store.for_each_article_outside_decks(&self.query, |article| {
                let id = article.info.id;
                to.article(&store.record(article)?)?;
                for claim in store.claims_of(id)? {
                    to.claim(&claim)?;
                }
                go_on()
            })?;
        }
        let deck = Deck { query: self.query.clone(), ..Deck::default() };
        let mut open: Option<ArticleId> = None;
        let mut done = 0;
        store.for_each_claim(&deck, |claim| {
            if self.everything
                && open.replace(claim.article.id) != Some(claim.article.id)
                && let Some(article) = store.article(claim.article.id)?
            {
                to.article(&store.record(article)?)?;
            }
            to.claim(&claim)?;
            done += 1;
            self.progress.reached(done, || of(done, "claim"));
            go_on()
        })?;
        if self.everything {
            store.for_each_decision(&self.query, |decision| {
                to.decision(&decision)?;
                go_on()
            })?;
            // A part of the store doesn't say what all of it taught about a source.
            if self.query.trim().is_empty() {
                store.for_each_source_decision(|decision| {
                    to.source_decision(&decision)?;
                    go_on()
                })?;
            }
        }
        self.progress.end();
        Ok(to.end()?)
    }
}
