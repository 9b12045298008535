//! `sources`: who says what is claimed.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::load::of;
use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{
    Ledger, LedgerOrder, Reliability, SourceDecision, SourceInfo, SourceSeek, TrackRecord, clean_line,
};
use crate::export::write_line;
use crate::store::Store;

/// List the sources with what became of their claims
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck sources
  claimdeck sources ministry --order refuted
  claimdeck sources --json | jq -r .name")]
pub(in crate::cli) struct Sources {
    /// Letters that stand in the name; all sources without any
    #[arg(value_name = "LETTERS", default_value = "", hide_default_value = true)]
    letters: String,
    /// The order: most claims, the name, or the greatest share refuted
    #[arg(long, default_value_t, value_name = "ORDER", value_parser = order())]
    order: LedgerOrder,
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
    /// Other names that analysts joined into it.
    joined: &'s [String],
    role: Option<&'s str>,
    claims: u64,
    articles: u64,
    by_status: &'s std::collections::BTreeMap<String, u64>,
    /// Of its claims that were verified or refuted, the share refuted.
    refuted_share: Option<f64>,
    reliability: Option<Reliability>,
    /// What analysts decided on it and on the names joined into it, first to last.
    decisions: Vec<SourceDecision>,
}

fn order() -> impl clap::builder::TypedValueParser<Value = LedgerOrder> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    let named = |word: String| LedgerOrder::ALL.into_iter().find(|order| order.word() == word).ok_or("not an order");
    PossibleValuesParser::new(LedgerOrder::ALL.map(LedgerOrder::word)).try_map(named)
}

/// Sources that are read at once.
const PAGE: usize = 500;

impl Sources {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let (mut out, columns) = (output::stdout(), output::columns());
        let ledger = Ledger { order: self.order, letters: self.letters.clone() };
        let mut seek = SourceSeek::First;
        loop {
            let page = store.sources(&ledger, &seek, PAGE)?;
            for source in &page.sources {
                match self.json {
                    true => write_line(&mut out, &json(&store, source)?)?,
                    false => writeln!(out, "{}", output::cut(line(source), columns))?,
                }
            }
            match page.sources.into_iter().next_back() {
                Some(source) => seek = SourceSeek::After(source.name),
                None => break,
            }
        }
        out.flush()?;
        if seek == SourceSeek::First {
            let what = if self.letters.is_empty() { "no sources" } else { "no source has these letters in its name" };
            context.note_nothing(&store, what)?;
        }
        Ok(Outcome::Done)
    }
}

fn json<'s>(store: &Store, source: &'s SourceInfo) -> Result<Line<'s>, Error> {
    Ok(Line {
        kind: "source",
        source_kind: source.kind,
        name: &source.name,
        joined: &source.joined,
        role: source.role.as_deref(),
        claims: source.claims,
        articles: source.articles,
        by_status: &source.by_status,
        refuted_share: source.record().map(TrackRecord::refuted_share),
        reliability: source.reliability,
        decisions: store.source_decisions(&source.name)?,
    })
}

fn line(source: &SourceInfo) -> String {
    let role = source.role.as_deref().map(|role| format!(", {}", clean_line(role))).unwrap_or_default();
    let record = source.record().map(|r| format!(" · {} of {} refuted", r.refuted, r.decided())).unwrap_or_default();
    let grade = source.reliability.map(|grade| format!(" · {grade} {}", grade.words())).unwrap_or_default();
    let articles = of(source.articles, "article");
    let names = std::iter::once(&source.name).chain(&source.joined).map(|name| clean_line(name));
    let names = names.collect::<Vec<_>>().join(" = ");
    format!("{:>6} in {articles:<12} {names}{role}{record}{grade}", source.claims)
}
