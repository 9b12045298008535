//! `agreement`: who agrees with whom, and on which claims nobody does.

use std::io::{self, Write};
use std::ops::ControlFlow;

use clap::Args;
use serde::Serialize;

use super::stats::pair_words;
use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{self, Alpha, Claim, Deck, Line, Status, clean_line};
use crate::export::write_line;
use crate::store::Store;

/// Show how far analysts agree, and the claims in dispute
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck agreement
  claimdeck agreement --json | jq -r 'select(.kind == \"claim\") | .id'")]
pub(in crate::cli) struct Agreement {
    /// As JSON: one object, then the claims in dispute, one a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Summary<'a> {
    kind: &'static str,
    /// Claims that two analysts or more decided.
    claims: u64,
    alpha: Option<f64>,
    pairs: Vec<Pair<'a>>,
    /// Claims in dispute.
    conflicts: u64,
}

#[derive(Serialize)]
struct Pair<'a> {
    #[serde(flatten)]
    agreement: &'a domain::Agreement,
    percent: f64,
}

/// The claims in dispute.
const DISPUTED: &str = "has:conflict";
/// How many of them are named to people.
const NAMED: usize = 20;

impl Agreement {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let (alpha, stats) = (store.alpha()?, store.stats()?);
        let mut out = output::stdout();
        match self.json {
            true => {
                let pair = |agreement| Pair { percent: domain::Agreement::percent(agreement), agreement };
                let pairs = stats.agreement.iter().map(pair).collect();
                let (claims, alpha) = (alpha.claims(), alpha.value());
                let kind = "agreement";
                write_line(&mut out, &Summary { kind, claims, alpha, pairs, conflicts: stats.conflicts })?;
                in_dispute(&store, |claim| Ok(write_line(&mut out, &Line::Claim(&claim.view()))?), usize::MAX)?;
            }
            false if alpha.claims() > 0 => {
                summary(&mut out, &alpha, &stats.agreement)?;
                disputes(&mut out, &store, stats.conflicts)?;
            }
            false => context.note_nothing(&store, "no claim was decided by more than one analyst")?,
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn summary(out: &mut impl Write, alpha: &Alpha, pairs: &[domain::Agreement]) -> io::Result<()> {
    writeln!(out, "{:>8}  claims were decided by more than one analyst", alpha.claims())?;
    if let Some(alpha) = alpha.value() {
        writeln!(out, "{alpha:>8.2}  Krippendorff's alpha: 1 is agreement, 0 is chance")?;
    }
    writeln!(out, "\nby pair, where both decided the same claim")?;
    pairs.iter().try_for_each(|pair| writeln!(out, "{}", pair_words(pair)))
}

fn disputes(out: &mut impl Write, store: &Store, conflicts: u64) -> Result<(), Error> {
    if conflicts == 0 {
        return Ok(writeln!(out, "\nno claim is in dispute")?);
    }
    writeln!(out, "\nin dispute")?;
    let columns = output::columns();
    in_dispute(
        store,
        |claim| {
            let line = format!("{:<8}  {}", store.short_id(claim.id)?, words(claim));
            Ok(writeln!(out, "{}", output::cut(line, columns))?)
        },
        NAMED,
    )?;
    let more = conflicts.saturating_sub(NAMED as u64);
    if more > 0 {
        writeln!(out, "and {more} more: claimdeck list {DISPUTED}")?;
    }
    Ok(())
}

fn in_dispute(
    store: &Store,
    mut tell: impl FnMut(&Claim) -> Result<(), crate::store::StoreError>,
    most: usize,
) -> Result<(), Error> {
    let mut told = 0;
    let deck = Deck { query: DISPUTED.to_owned(), ..Deck::default() };
    Ok(store.for_each_claim(&deck, |claim| {
        if told == most {
            return Ok(ControlFlow::Break(()));
        }
        told += 1;
        tell(&claim)?;
        Ok(ControlFlow::Continue(()))
    })?)
}

/// "ana verified, bo refuted: Two bridges were closed"
fn words(claim: &Claim) -> String {
    let standing = claim.state.by_analyst.iter().filter(|(_, status)| **status != Status::Unreviewed);
    let each: Vec<_> = standing.map(|(analyst, status)| format!("{} {status}", clean_line(analyst))).collect();
    format!("{}: {}", each.join(", "), clean_line(&claim.text))
}
