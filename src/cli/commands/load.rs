//! `load`: articles into the store. Extraction on all cores, one writer, memory that does not grow with the input.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use crate::cli::guard::guarded;
use crate::cli::in_order::{Feed, Next, in_order};
use crate::cli::interrupt::Interrupt;
use crate::cli::progress;
use crate::cli::{Context, Error, Outcome};
use crate::domain::{ArticleId, Draft, LongArticle, Meta, Moment, NewArticle};
use crate::extract::{Options, RULES_VERSION};
use crate::ingest::{self, FORMATS, Fault, Input, Reason, SNIFFED, Walk, walk};
use crate::store::{Added, Prepared, Store, StoreError};

/// Load articles: files, folders, or - for standard input
///
/// Files may be in any usual encoding; folders are walked. Text is kept as it is. Loading a file again changes nothing;
/// a changed article (same url, else same path) becomes a new version. What can't be used is named and the rest goes
/// in; then the exit status is 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = formats_and_examples())]
pub(in crate::cli) struct Load {
    /// Files, folders, or - for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    given: Given,
}

const EXAMPLES: &str = "Examples:
  claimdeck load articles/
  claimdeck load page.txt --outlet Gazette --published 2026-03-02
  curl -s https://feed.example/today.jsonl | claimdeck load -";

/// The table of formats, for the long help.
fn formats_and_examples() -> String {
    let rows: String = FORMATS.iter().map(|f| format!("  .{:<6} {}\n", f.extension, f.help)).collect();
    format!("Formats:\n{rows}  -       {}\n\n{EXAMPLES}", SNIFFED.help)
}

/// What files leave out.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct Given {
    /// Who published them, where the files don't say
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Where it was published; for one article
    #[arg(long)]
    url: Option<String>,
    /// The headline; for one article
    #[arg(long)]
    title: Option<String>,
    /// Who wrote them
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// When they were published: 2026-03-02 or an RFC 3339 time
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// Their language: an ISO 639-1 code such as en
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<String>,
}

fn date(written: &str) -> Result<String, String> {
    ingest::published(written).ok_or_else(|| "expected a date such as 2026-03-02, or an RFC 3339 time".to_owned())
}

fn language(written: &str) -> Result<String, String> {
    let is_code = (2..=3).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| written.to_ascii_lowercase()).ok_or_else(|| "expected a code such as en".to_owned())
}

impl Given {
    fn meta(self) -> Meta {
        let Self { outlet, url, title, author, published, lang } = self;
        Meta { outlet, url, title, author, published, lang, path: None }
    }
}

impl Load {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut store = context.open_store()?;
        load(context, &mut store, &self.paths, self.given)
    }
}

/// How long the store is held while no article comes.
const PATIENCE: Duration = Duration::from_millis(500);

/// Loads what is under the paths and says what became of it.
pub(super) fn load(context: &Context, store: &mut Store, paths: &[PathBuf], given: Given) -> Result<Outcome, Error> {
    let Walk { inputs, faults, ignored } = walk(paths);
    check_one(&given, &inputs)?;
    for path in &ignored {
        context.detail(&format!("{}: passed over, no reader for this kind of file", path.display()));
    }
    let interrupt = Interrupt::listen()?;
    let mut progress = Progress::start(context, &inputs, ignored.len() as u64);
    faults.iter().for_each(|fault| progress.failed(context, fault));
    let given = given.meta();
    // A second connection: what is known needs no extraction. Without it everything is done again, to the same end.
    let known = Store::open_reader(&context.store_path()?).ok();
    let read = in_order(move |feed| read_all(&inputs, &given, known.as_ref(), &feed), found);
    let mut loader = store.loader().until(|| interrupt.wanted());
    let mut quiet_since: Option<Instant> = None;
    loop {
        if interrupt.wanted() {
            loader.finish()?;
            progress.end(context);
            return Err(Error::interrupted().hint("load the same paths again: what is in the store is passed over"));
        }
        match read.next() {
            Next::Some(found) => {
                quiet_since = Some(Instant::now());
                for step in found {
                    match step {
                        Found::Article(article, size) => {
                            match loader.add_prepared(&article, now()) {
                                Ok(added) => progress.added(added, size),
                                // Seen and said below.
                                Err(StoreError::Interrupted) => {}
                                Err(error) => return Err(error.into()),
                            }
                        }
                        Found::Fault(fault) => progress.failed(context, &fault),
                        Found::Read(bytes) => progress.reached(bytes),
                    }
                    if interrupt.wanted() {
                        break;
                    }
                }
            }
            // A slow pipe must not keep others from writing: what there is goes in.
            Next::Wait if quiet_since.is_some_and(|since| since.elapsed() > PATIENCE) => {
                quiet_since = None;
                loader.finish()?;
                loader = store.loader().until(|| interrupt.wanted());
            }
            Next::Wait => loader.rest()?,
            Next::End => break,
            Next::Broken => return Err(Error::input("internal error: a thread ended early")),
        }
    }
    loader.finish()?;
    Ok(progress.end(context))
}

/// A url is what a document is known by: given to two articles it would make one a version of the other.
fn check_one(given: &Given, inputs: &[Input]) -> Result<(), Error> {
    let one = matches!(inputs, [input] if input.format.one_article || input.format.extension.is_empty());
    let option = [("--url", &given.url), ("--title", &given.title)].into_iter().find(|(_, value)| value.is_some());
    match option {
        Some((name, _)) if !one => {
            Err(Error::usage(format!("{name} is for one article, and these paths may hold several"))
                .hint("load that article by itself"))
        }
        _ => Ok(()),
    }
}

/// A step of reading.
enum Read {
    Draft(Draft),
    /// An article of the store, without its claims: it stays as it is, and only its document may point elsewhere.
    Known(Box<NewArticle>),
    Fault(Fault),
    /// So many bytes of all inputs are read.
    Bytes(u64),
}

/// A step of reading, with claims found.
enum Found {
    Article(Box<Prepared<'static>>, u64),
    Fault(Fault),
    Read(u64),
}

fn read_all(inputs: &[Input], given: &Meta, known: Option<&Store>, feed: &Feed<Read>) {
    let mut bytes = 0;
    let mut goes_on = true;
    for input in inputs {
        ingest::read(input, given, &mut |draft| {
            let weight = draft.as_ref().map_or(0, |draft| draft.text.len());
            let read = draft.map_or_else(Read::Fault, |draft| match known.and_then(|store| of_store(store, &draft)) {
                Some(article) => Read::Known(article),
                None => Read::Draft(draft),
            });
            goes_on = feed.give(read, weight);
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        bytes += input.size;
        if !goes_on || !feed.give(Read::Bytes(bytes), 0) {
            return;
        }
    }
}

/// The article of the store that is this text of this document.
fn of_store(store: &Store, draft: &Draft) -> Option<Box<NewArticle>> {
    let found = store.record(ArticleId::of_text(&draft.text)).ok()??;
    let same = found.info.meta.document().is_some() && found.info.meta.document() == draft.meta.document();
    same.then(|| {
        Box::new(NewArticle {
            id: found.info.id,
            text: found.text,
            meta: found.info.meta,
            rules: RULES_VERSION,
            claims: Vec::new(),
            hidden: Vec::new(),
        })
    })
}

fn found(read: Read) -> Found {
    match read {
        Read::Known(article) => prepared(*article),
        Read::Draft(draft) => match guarded(&draft.text, Options::default()) {
            Ok(found) if found.are_several() => {
                let size = draft.text.len() as u64;
                Found::Article(Box::new(Prepared::long(LongArticle::new(draft, found))), size)
            }
            Ok(found) => prepared(NewArticle::new(draft, found.joined())),
            Err(reason) => Found::Fault(Fault { file: draft.meta.path.unwrap_or_default(), line: None, reason }),
        },
        Read::Fault(fault) => Found::Fault(fault),
        Read::Bytes(bytes) => Found::Read(bytes),
    }
}

fn prepared(article: NewArticle) -> Found {
    let size = article.text.len() as u64;
    let file = article.meta.path.clone();
    match Prepared::new(article) {
        Ok(article) => Found::Article(Box::new(article), size),
        // Its ids were just made: they can't be wrong.
        Err(_) => Found::Fault(Fault { file: file.unwrap_or_default(), line: None, reason: Reason::Extraction }),
    }
}

fn now() -> Moment {
    Moment(jiff::Timestamp::now().as_second())
}

/// What was done so far, drawn on a terminal.
struct Progress {
    line: progress::Progress,
    since: Instant,
    /// Of all inputs, those that are read whole and what was taken of the one that is not.
    bytes: u64,
    articles: u64,
    claims: u64,
    known: u64,
    versions: u64,
    failed: u64,
    ignored: u64,
}

impl Progress {
    fn start(context: &Context, inputs: &[Input], ignored: u64) -> Self {
        let line = progress::Progress::of_bytes(context, inputs.iter().map(|input| input.size).sum());
        let since = Instant::now();
        Self { line, since, bytes: 0, articles: 0, claims: 0, known: 0, versions: 0, failed: 0, ignored }
    }

    fn added(&mut self, added: Added, size: u64) {
        match added {
            Added::New { claims } => {
                self.articles += 1;
                self.claims += u64::from(claims);
            }
            Added::Known => self.known += 1,
            Added::NewVersion { carried, changed, .. } => {
                self.versions += 1;
                self.claims += u64::from(carried + changed);
            }
        }
        self.bytes += size;
        self.draw();
    }

    fn reached(&mut self, bytes: u64) {
        self.bytes = bytes;
        self.draw();
    }

    fn draw(&self) {
        self.line.reached(self.bytes, || format!("{}, {}", of(self.articles, "article"), of(self.claims, "claim")));
    }

    fn failed(&mut self, context: &Context, fault: &Fault) {
        self.failed += 1;
        self.line.suspend(|| context.warn(fault));
    }

    fn end(self, context: &Context) -> Outcome {
        self.line.end();
        let mut said = format!("loaded {} with {}", of(self.articles, "article"), of(self.claims, "claim"));
        if self.versions > 0 {
            said = format!("{said}, {}", of(self.versions, "new version"));
        }
        if self.known > 0 {
            said = format!("{said}, {} already known", self.known);
        }
        if self.failed > 0 {
            said = format!("{said}, {} not usable", self.failed);
        }
        if self.ignored > 0 {
            said = format!("{said}, {} of another kind passed over", of(self.ignored, "file"));
        }
        context.note(&format!("{said}, in {:.1} s", self.since.elapsed().as_secs_f64()));
        if self.failed > 0 { Outcome::SomeFailed } else { Outcome::Done }
    }
}

/// "1 article", "2 articles".
pub(super) fn of(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
