//! `export`: what a query selects, in a format of the table.

use std::io::{self, BufWriter, IsTerminal};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::list::Selection;
use super::load::of;
use crate::cli::behind::{Piece, Pieces, behind};
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::Progress;
use crate::cli::{Context, Error, Outcome};
use crate::domain::{ArticleId, Deck};
use crate::export::{FORMATS, Format, Whole};
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
        let deck = Deck { query: self.selection.query(), ..Deck::default() };
        let claims = claims_of(&deck, self.format);
        let (total, progress) = match path {
            // What is written to a terminal shows by itself how far it is.
            None if io::stdout().is_terminal() => (store.count(&claims, 1)?.n, Progress::none()),
            _ => {
                let total = store.count(&claims, u64::MAX)?.n;
                (total, Progress::of_things(context, total))
            }
        };
        let left = match path {
            Some(path) if path.is_file() || !path.exists() => {
                format!("export again: {} is as it was before", path.display())
            }
            _ => "take what was written for a part, which ends with a whole claim".to_owned(),
        };
        // Before a file is begun that would be left behind.
        let interrupt = Interrupt::listen()?;
        let job = Job { store: &store, deck, claims, everything: self.format.everything, progress, interrupt, left };
        match path {
            None => behind(self.format, BufWriter::with_capacity(64 << 10, io::stdout()), |to| job.read(to))?,
            Some(path) => {
                let failed = |error| Error::input(format!("can't write {}: {error}", path.display()));
                let mut file = Whole::create(path).map_err(failed)?;
                behind(self.format, &mut file, |to| job.read(to))?;
                file.finish().map_err(failed)?;
            }
        }
        // A file without claims looks like one that went wrong.
        match (total, path) {
            (0, _) => context.note_nothing(&store, "no claim was written: none fits the query")?,
            (claims, Some(path)) => context.note(&format!("wrote {} to {}", of(claims, "claim"), path.display())),
            (_, None) => {}
        }
        Ok(Outcome::Done)
    }
}

/// The deck of the claims that are written. Hidden ones are in none that doesn't ask for them, but an export of a whole
/// store leaves nothing out: of an article with some of its claims the others would have to be found again.
fn claims_of(deck: &Deck, format: Format) -> Deck {
    let whole = format.everything && deck.query.trim().is_empty();
    let query = if whole { "is:hidden OR -is:hidden".to_owned() } else { deck.query.clone() };
    Deck { query, order: deck.order }
}

/// What to write, and where it is said how far that is.
struct Job<'s> {
    store: &'s Store,
    deck: Deck,
    claims: Deck,
    /// Articles and decisions too.
    everything: bool,
    progress: Progress,
    interrupt: Interrupt,
    /// What is left where somebody wants the work to end, said as a hint.
    left: String,
}

impl Job<'_> {
    fn read(&self, to: &mut Pieces) -> Result<(), Error> {
        let read = self.read_until(to);
        self.progress.end();
        read.map_err(|error| match error {
            StoreError::Interrupted => Error::interrupted().hint(self.left.as_str()),
            other => other.into(),
        })
    }

    fn read_until(&self, to: &mut Pieces) -> Result<(), StoreError> {
        let go_on = || match self.interrupt.wanted() {
            true => Err(StoreError::Interrupted),
            false => Ok(ControlFlow::Continue(())),
        };
        let Self { store, deck, claims: of_deck, everything, .. } = self;
        if *everything {
            // Versions that newer ones replaced come first, and articles without claims, which no deck has.
            store.for_each_article_outside_decks(&deck.query, |article| {
                let id = article.info.id;
                to.give(Piece::Article(Box::new(article)))?;
                store.claims_of(id, |rows| {
                    to.give(Piece::Claims(rows))?;
                    go_on()
                })?;
                go_on()
            })?;
        }
        let mut open: Option<ArticleId> = None;
        let (mut claims, mut decisions) = (0, 0);
        store.for_each_rows(&of_deck.query, |rows| {
            let article = rows.article();
            if *everything
                && open.replace(article) != Some(article)
                && let Some(article) = store.record(article)?
            {
                to.give(Piece::Article(Box::new(article)))?;
            }
            claims += rows.count() as u64;
            to.give(Piece::Claims(rows))?;
            self.progress.reached(claims, || of(claims, "claim"));
            go_on()
        })?;
        if *everything {
            store.for_each_decision(&deck.query, |decision| {
                to.give(Piece::Decision(Box::new(decision)))?;
                decisions += 1;
                self.progress.reached(claims, || format!("{}, {}", of(claims, "claim"), of(decisions, "decision")));
                go_on()
            })?;
            // A part of the store doesn't say what all of it taught about a source.
            if deck.query.trim().is_empty() {
                store.for_each_source_decision(|decision| {
                    to.give(Piece::SourceDecision(Box::new(decision)))?;
                    go_on()
                })?;
            }
        }
        Ok(())
    }
}
