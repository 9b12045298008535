//! `sources`: who says what is claimed.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::load::of;
use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{SourceInfo, clean_line};
use crate::export::write_line;

/// List the sources, those with most claims first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck sources
  claimdeck sources --json | jq -r .name")]
pub(in crate::cli) struct Sources {
    /// As JSON, one object a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'s> {
    kind: &'static str,
    /// Its own kind has the name that tells lines apart.
    source_kind: crate::domain::SourceKind,
    name: &'s str,
    role: Option<&'s str>,
    claims: u64,
    articles: u64,
    by_status: &'s std::collections::BTreeMap<String, u64>,
}

/// Sources that are read at once.
const PAGE: usize = 500;

impl Sources {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let (mut out, columns) = (output::stdout(), output::columns());
        let mut last: Option<String> = None;
        loop {
            let page = store.sources(last.as_deref(), PAGE)?;
            for source in &page {
                match self.json {
                    true => write_line(&mut out, &json(source))?,
                    false => writeln!(out, "{}", output::cut(line(source), columns))?,
                }
            }
            match page.into_iter().next_back() {
                Some(source) => last = Some(source.name),
                None => break,
            }
        }
        out.flush()?;
        if last.is_none() {
            context.note_nothing(&store, "no sources")?;
        }
        Ok(Outcome::Done)
    }
}

fn json(source: &SourceInfo) -> Line<'_> {
    Line {
        kind: "source",
        source_kind: source.kind,
        name: &source.name,
        role: source.role.as_deref(),
        claims: source.claims,
        articles: source.articles,
        by_status: &source.by_status,
    }
}

fn line(source: &SourceInfo) -> String {
    let role = source.role.as_deref().map(|role| format!(", {}", clean_line(role))).unwrap_or_default();
    format!("{:>6} in {:<12} {}{role}", source.claims, of(source.articles, "article"), clean_line(&source.name))
}
