//! `stats`: progress and counts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{Agreement, Deck, Ledger, Progress, Seek, SourceSeek, Stats as Counted, Status, clean_line};
use crate::export::write_line;
use crate::store::Store;

/// Show progress, and counts by status, outlet, source, analyst and day
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck stats
  claimdeck stats --json | jq .reviewed")]
pub(in crate::cli) struct Stats {
    /// As JSON, one object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'s> {
    kind: &'static str,
    #[serde(flatten)]
    stats: &'s Counted,
}

impl Stats {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let mut stats = store.stats()?;
        read_some(&store)?;
        let mut out = output::stdout();
        match self.json {
            true => {
                name_all_sources(&store, &mut stats)?;
                write_line(&mut out, &Line { kind: "stats", stats: &stats })?;
            }
            false => print(&mut out, &stats, store.source_count()?)?,
        }
        out.flush()?;
        if stats.articles == 0 {
            context.note_nothing(&store, "no articles")?;
        }
        Ok(Outcome::Done)
    }
}

/// Counters may be whole where the claims that they count are not: what `list` would stumble over first is read here too.
fn read_some(store: &Store) -> Result<(), Error> {
    let all = Deck::default();
    store.count(&all, u64::MAX)?;
    for end in [Seek::First, Seek::Last] {
        store.page(&all, end, 1)?;
    }
    Ok(())
}

/// Sources that are read at once.
const PAGE: usize = 500;

/// A program that reads wants all of them, not those with most claims.
fn name_all_sources(store: &Store, stats: &mut Counted) -> Result<(), Error> {
    let mut seek = SourceSeek::First;
    loop {
        let page = store.sources(&Ledger::default(), &seek, PAGE)?.sources;
        let Some(last) = page.last() else { return Ok(()) };
        seek = SourceSeek::After(last.name.clone());
        stats.by_source.extend(page.into_iter().map(|source| {
            let progress = Progress { claims: source.claims, reviewed: source.reviewed() };
            (source.name, progress)
        }));
    }
}

fn print(out: &mut impl Write, stats: &Counted, sources: u64) -> io::Result<()> {
    let share = (stats.reviewed * 100).checked_div(stats.claims).unwrap_or(0);
    writeln!(out, "articles   {:>8}", stats.articles)?;
    writeln!(out, "claims     {:>8}", stats.claims)?;
    writeln!(out, "reviewed   {:>8}  {share} %", stats.reviewed)?;
    writeln!(out, "later      {:>8}", stats.later)?;
    writeln!(out, "in dispute {:>8}", stats.conflicts)?;
    writeln!(out, "\nby status")?;
    for status in Status::ALL {
        let count = stats.by_status.get(status.word()).copied().unwrap_or(0);
        writeln!(out, "  {count:>8}  {status}")?;
    }
    progress(out, "by outlet", &stats.by_outlet)?;
    let named = stats.by_source.len() as u64;
    let head =
        if named < sources { format!("by source, {named} of {sources} sources") } else { "by source".to_owned() };
    progress(out, &head, &stats.by_source)?;
    counts(out, "by analyst", &stats.by_analyst)?;
    counts(out, "by day", &stats.by_day)?;
    agreement(out, &stats.agreement)
}

fn progress(out: &mut impl Write, head: &str, rows: &BTreeMap<String, Progress>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{head}")?;
    // The one with most claims is what is looked for first.
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|(_, progress)| std::cmp::Reverse(progress.claims));
    for (name, Progress { claims, reviewed }) in rows {
        let name = if name.is_empty() { "not known" } else { name };
        writeln!(out, "  {claims:>8}  {}, {reviewed} reviewed", clean_line(name))?;
    }
    Ok(())
}

fn agreement(out: &mut impl Write, pairs: &[Agreement]) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nagreement, where two decided the same claim")?;
    pairs.iter().try_for_each(|pair| writeln!(out, "  {}", pair_words(pair)))
}

/// "24  ana and bo agree on 83 %, kappa 0.71"
pub(super) fn pair_words(pair: &Agreement) -> String {
    let kappa = pair.kappa.map(|kappa| format!(", kappa {kappa:.2}")).unwrap_or_default();
    let names = clean_line(&pair.analysts.join(" and "));
    format!("{:>8}  {names} agree on {:.0} %{kappa}", pair.claims, pair.percent())
}

fn counts(out: &mut impl Write, head: &str, rows: &BTreeMap<String, u64>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{head}")?;
    rows.iter().try_for_each(|(name, count)| writeln!(out, "  {count:>8}  {}", clean_line(name)))
}
