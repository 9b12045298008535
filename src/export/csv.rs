//! A table of claims, a row each.
//!
//! Spreadsheets run cells that begin with `=`, `+`, `-`, `@`, a tab or a return. Such cells get a leading `'`, as
//! OWASP's "CSV Injection" advises, and so do cells in which those follow leading `'`, so that taking one `'` off
//! always gives back what was there.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Exporter;
use crate::domain::{Attribution, Claim, Evidence, Hedge, clean};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Csv { rows: csv::Writer::from_writer(out), begun: false })
}

struct Csv<W: Write> {
    rows: csv::Writer<W>,
    begun: bool,
}

/// A column: its head and what of a claim stands in it.
type Column = (&'static str, fn(&Claim) -> Cow<'_, str>);

const COLUMNS: &[Column] = &[
    ("id", |c| c.id.to_string().into()),
    ("status", |c| c.state.status.word().into()),
    ("text", |c| c.text.as_str().into()),
    ("mode", |c| word(&c.mode).into()),
    ("source", |c| attributed(c, |a| a.source.as_ref()?.best_name())),
    ("role", |c| attributed(c, |a| a.source.as_ref()?.role.as_deref())),
    ("cue", |c| attributed(c, |a| Some(&a.cue.as_ref()?.text))),
    ("medium", |c| attributed(c, |a| a.medium.as_deref())),
    ("relayed_by", |c| attributed(c, |a| a.within.as_ref()?.best_name())),
    ("hedges", |c| joined(c.hedges.iter().map(hedge)).into()),
    ("remarks", |c| joined(c.remarks.iter().map(|r| word(&r.kind))).into()),
    ("worth", |c| c.worth.to_string().into()),
    ("worth_reasons", |c| joined(c.worth_reasons.iter().cloned()).into()),
    ("analyst", |c| given(&c.state.analyst)),
    ("decided_at", |c| c.state.decided_at.map(|at| at.to_string()).unwrap_or_default().into()),
    ("note", |c| given(&c.state.note)),
    ("tags", |c| joined(c.state.tags.iter().cloned()).into()),
    ("evidence", |c| joined(c.state.evidence.iter().map(evidence)).into()),
    ("later", |c| (if c.state.later { "true" } else { "false" }).into()),
    ("article", |c| c.article.id.to_string().into()),
    ("ordinal", |c| c.ordinal.to_string().into()),
    ("spans", |c| joined(c.spans.iter().map(|[start, end]| format!("{start}-{end}"))).into()),
    ("title", |c| given(&c.article.meta.title)),
    ("outlet", |c| given(&c.article.meta.outlet)),
    ("author", |c| given(&c.article.meta.author)),
    ("url", |c| given(&c.article.meta.url)),
    ("path", |c| given(&c.article.meta.path)),
    ("published", |c| given(&c.article.meta.published)),
    ("lang", |c| given(&c.article.meta.lang)),
    ("credibility", |c| c.state.credibility.map(|grade| grade.to_string()).unwrap_or_default().into()),
    ("reliability", |c| {
        c.source.as_ref().and_then(|s| s.reliability).map(|g| g.to_string()).unwrap_or_default().into()
    }),
];

impl<W: Write> Csv<W> {
    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.rows.write_record(COLUMNS.iter().map(|(head, _)| *head)).map_err(of_the_output)?;
        }
        Ok(())
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn claim(&mut self, claim: &Claim) -> io::Result<()> {
        self.head()?;
        for (_, cell) in COLUMNS {
            let cell = cell(claim);
            let shown = clean(&cell);
            if runs(&shown) {
                self.rows.write_field(guarded(&shown)).map_err(of_the_output)?;
            } else {
                self.rows.write_field(shown.as_bytes()).map_err(of_the_output)?;
            }
        }
        self.rows.write_record(None::<&[u8]>).map_err(of_the_output)
    }

    fn end(&mut self) -> io::Result<()> {
        self.head()?;
        self.rows.flush()
    }
}

/// The error of the output itself, whose kind says whether somebody just stopped reading.
fn of_the_output(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The cell with a leading `'` where a spreadsheet would run it.
pub fn guarded(cell: &str) -> String {
    if runs(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What was there before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(cell)
}

fn runs(cell: &str) -> bool {
    let first = cell.trim_start_matches('\'').chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}

fn attributed(claim: &Claim, of: fn(&Attribution) -> Option<&str>) -> Cow<'_, str> {
    claim.attribution.as_ref().and_then(of).unwrap_or_default().into()
}

fn given(word: &Option<String>) -> Cow<'_, str> {
    word.as_deref().unwrap_or_default().into()
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("; ")
}

fn hedge(hedge: &Hedge) -> String {
    match &hedge.band {
        Some(band) => format!("{} ({})", hedge.term, word(band)),
        None => hedge.term.clone(),
    }
}

fn evidence(evidence: &Evidence) -> String {
    let mut cell = format!("{} {}", word(&evidence.stance), evidence.url);
    for more in [&evidence.seen, &evidence.note].into_iter().flatten() {
        cell.push_str(&format!(" ({more})"));
    }
    cell
}

/// The word that JSON has for it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples;
    use proptest::prelude::*;

    fn table(claims: &[Claim]) -> String {
        let mut out = Vec::new();
        {
            let mut csv = open(Box::new(&mut out));
            claims.iter().for_each(|claim| csv.claim(claim).unwrap());
            csv.end().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_holds_a_claim_and_the_head_stands_once() {
        let table = table(&[samples::claim(), samples::claim()]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("id,status,text,mode,source,role,cue,medium"));
        insta::assert_snapshot!(
            lines[1].split_once(',').unwrap().1,
            @"refuted,the dam held,indirect,Ada Brandt,mayor,said,Telegram,,reportedly,,0.82,number,ana,2026-11-22T14:03:11Z,see pictures,dam,refutes https://pictures.example/dam (2026-11-22) (dry),false,a982d9e3eb996f559e633f4d194def376,2,4-9; 12-20,The dam,Port Gazette,,,,,,,"
        );
    }

    #[test]
    fn an_empty_selection_still_has_its_head() {
        assert_eq!(table(&[]).lines().count(), 1);
    }

    #[test]
    fn a_cell_that_would_run_is_guarded_and_reads_back() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''-", "＝1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["", "it's", "'twas", "1-2", "''"] {
            assert_eq!(guarded(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_guarded_cell_never_runs_and_reads_back(cell in "['=+@\t\r a-]{0,6}") {
            let guarded = guarded(&cell);
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
