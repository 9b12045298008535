//! `stats`: progress and counts.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{Progress, Stats as Counted, Status, clean_line};
use crate::export::write_line;

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
        let store = context.open_store()?;
        let stats = store.stats()?;
        let mut out = output::stdout();
        match self.json {
            true => write_line(&mut out, &Line { kind: "stats", stats: &stats })?,
            false => print(&mut out, &stats)?,
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn print(out: &mut impl Write, stats: &Counted) -> io::Result<()> {
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
    progress(out, "by source", &stats.by_source)?;
    counts(out, "by analyst", &stats.by_analyst)?;
    counts(out, "by day", &stats.by_day)
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

fn counts(out: &mut impl Write, head: &str, rows: &BTreeMap<String, u64>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{head}")?;
    rows.iter().try_for_each(|(name, count)| writeln!(out, "  {count:>8}  {}", clean_line(name)))
}
