//! A table of claims, a row each.
//!
//! Spreadsheets run cells that begin with `=`, `+`, `-`, `@`, a tab or a return. Such cells get a leading `'`, as
//! OWASP's "CSV Injection" advises, and so do cells in which those follow leading `'`, so that taking one `'` off
//! always gives back what was there.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use super::Exporter;
use crate::domain::{ArticleRef, Attribution, Claim, Evidence, Hedge, Reliability, clean};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Csv { out, line: Vec::new(), cell: String::new(), article: None, begun: false })
}

struct Csv<W: Write> {
    out: W,
    /// The row that is put together.
    line: Vec<u8>,
    /// What stands in the cell that is put together.
    cell: String,
    /// The article of the last claim, with its cells as they are written.
    article: Option<(ArticleRef, Vec<Vec<u8>>)>,
    begun: bool,
}

/// What of a claim stands in a column.
enum Cell {
    Claim(fn(&Claim, &mut String)),
    /// Numbers and words of the program's own: nothing in them has to be made harmless.
    Plain(fn(&Claim, &mut String)),
    /// The same for all claims of an article.
    Article(fn(&ArticleRef, &mut String)),
}

/// The columns with their heads.
const COLUMNS: &[(&str, Cell)] = &[
    ("id", Cell::Plain(|c, to| put(to, c.id))),
    ("status", Cell::Plain(|c, to| to.push_str(c.state.status.word()))),
    ("text", Cell::Claim(|c, to| to.push_str(&c.text))),
    ("mode", Cell::Plain(|c, to| to.push_str(c.mode.word()))),
    ("source", Cell::Claim(|c, to| to.push_str(attributed(c, |a| a.source.as_ref()?.best_name())))),
    ("role", Cell::Claim(|c, to| to.push_str(attributed(c, |a| a.source.as_ref()?.role.as_deref())))),
    ("cue", Cell::Claim(|c, to| to.push_str(attributed(c, |a| Some(&a.cue.as_ref()?.text))))),
    ("medium", Cell::Claim(|c, to| to.push_str(attributed(c, |a| a.medium.as_deref())))),
    ("relayed_by", Cell::Claim(|c, to| to.push_str(attributed(c, |a| a.within.as_ref()?.best_name())))),
    ("hedges", Cell::Claim(|c, to| join(to, &c.hedges, hedge))),
    ("remarks", Cell::Plain(|c, to| join(to, &c.remarks, |remark, to| to.push_str(remark.kind.word())))),
    ("worth", Cell::Plain(|c, to| put(to, c.worth))),
    ("worth_reasons", Cell::Claim(|c, to| join(to, &c.worth_reasons, |reason, to| to.push_str(reason)))),
    ("analyst", Cell::Claim(|c, to| given(to, &c.state.analyst))),
    ("decided_at", Cell::Claim(|c, to| c.state.decided_at.into_iter().for_each(|at| put(to, at)))),
    ("note", Cell::Claim(|c, to| given(to, &c.state.note))),
    ("tags", Cell::Claim(|c, to| join(to, &c.state.tags, |tag, to| to.push_str(tag)))),
    ("evidence", Cell::Claim(|c, to| join(to, &c.state.evidence, evidence))),
    ("later", Cell::Plain(|c, to| to.push_str(if c.state.later { "true" } else { "false" }))),
    ("article", Cell::Article(|a, to| put(to, a.id))),
    ("ordinal", Cell::Plain(|c, to| put(to, c.ordinal))),
    ("spans", Cell::Plain(|c, to| join(to, &c.spans, |[start, end], to| put(to, format_args!("{start}-{end}"))))),
    ("title", Cell::Article(|a, to| given(to, &a.meta.title))),
    ("outlet", Cell::Article(|a, to| given(to, &a.meta.outlet))),
    ("author", Cell::Article(|a, to| given(to, &a.meta.author))),
    ("url", Cell::Article(|a, to| given(to, &a.meta.url))),
    ("path", Cell::Article(|a, to| given(to, &a.meta.path))),
    ("published", Cell::Article(|a, to| given(to, &a.meta.published))),
    ("lang", Cell::Article(|a, to| given(to, &a.meta.lang))),
    ("credibility", Cell::Plain(|c, to| c.state.credibility.into_iter().for_each(|grade| put(to, grade)))),
    ("reliability", Cell::Plain(|c, to| reliability(c).into_iter().for_each(|grade| put(to, grade)))),
    // An entry for each piece of evidence, in their order; an empty one where there is nothing to say.
    ("evidence_kind", Cell::Plain(|c, to| join(to, &c.state.evidence, |piece, to| to.push_str(piece.kind.word())))),
    ("evidence_sha256", Cell::Claim(|c, to| join(to, &c.state.evidence, |piece, to| given(to, &piece.sha256)))),
    ("evidence_archived", Cell::Claim(|c, to| join(to, &c.state.evidence, |piece, to| given(to, &piece.archived)))),
    ("added_by", Cell::Claim(|c, to| given(to, &c.state.added_by))),
    ("known_as", Cell::Claim(|c, to| to.push_str(c.known_as().unwrap_or_default()))),
];

impl<W: Write> Csv<W> {
    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let heads: Vec<_> = COLUMNS.iter().map(|(head, _)| *head).collect();
            writeln!(self.out, "{}", heads.join(","))?;
        }
        Ok(())
    }

    /// The article's cells in the order of its columns, written once for all its claims.
    fn article(&mut self, article: &ArticleRef) -> (ArticleRef, Vec<Vec<u8>>) {
        let same = |held: &ArticleRef| held.id == article.id && Arc::ptr_eq(&held.meta, &article.meta);
        if let Some(held) = self.article.take().filter(|(held, _)| same(held)) {
            return held;
        }
        let mut cells = Vec::new();
        for (_, cell) in COLUMNS {
            if let Cell::Article(of) = cell {
                self.cell.clear();
                of(article, &mut self.cell);
                let mut written = Vec::new();
                push_cell(&mut written, &self.cell);
                cells.push(written);
            }
        }
        (article.clone(), cells)
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn claim(&mut self, claim: &Claim) -> io::Result<()> {
        self.head()?;
        let held = self.article(&claim.article);
        let mut of_article = held.1.iter();
        self.line.clear();
        for (_, cell) in COLUMNS {
            match cell {
                Cell::Claim(of) => {
                    self.cell.clear();
                    of(claim, &mut self.cell);
                    // Most cells are empty.
                    if !self.cell.is_empty() {
                        push_cell(&mut self.line, &self.cell);
                    }
                }
                Cell::Plain(of) => {
                    self.cell.clear();
                    of(claim, &mut self.cell);
                    self.line.extend_from_slice(self.cell.as_bytes());
                }
                Cell::Article(_) => self.line.extend_from_slice(of_article.next().map_or(&[], Vec::as_slice)),
            }
            self.line.push(b',');
        }
        self.line.pop();
        self.line.push(b'\n');
        self.article = Some(held);
        self.out.write_all(&self.line)
    }

    fn end(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

/// Writes a cell: harmless, guarded, and in quotation marks where it holds what ends a cell (RFC 4180).
fn push_cell(line: &mut Vec<u8>, text: &str) {
    let shown = clean(text);
    let guard: &[u8] = if runs(&shown) { b"'" } else { b"" };
    if !shown.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        line.extend_from_slice(guard);
        line.extend_from_slice(shown.as_bytes());
        return;
    }
    line.push(b'"');
    line.extend_from_slice(guard);
    for (place, part) in shown.split('"').enumerate() {
        if place > 0 {
            line.extend_from_slice(b"\"\"");
        }
        line.extend_from_slice(part.as_bytes());
    }
    line.push(b'"');
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

fn attributed(claim: &Claim, of: fn(&Attribution) -> Option<&str>) -> &str {
    claim.attribution.as_ref().and_then(of).unwrap_or_default()
}

fn reliability(claim: &Claim) -> Option<Reliability> {
    claim.source.as_ref()?.reliability
}

fn given(to: &mut String, word: &Option<String>) {
    to.push_str(word.as_deref().unwrap_or_default());
}

fn put(to: &mut String, value: impl std::fmt::Display) {
    // Writing to a string can't fail.
    let _ = write!(to, "{value}");
}

fn join<'v, T: 'v>(to: &mut String, values: impl IntoIterator<Item = &'v T>, one: fn(&T, &mut String)) {
    for (place, value) in values.into_iter().enumerate() {
        if place > 0 {
            to.push_str("; ");
        }
        one(value, to);
    }
}

fn hedge(hedge: &Hedge, to: &mut String) {
    to.push_str(&hedge.term);
    if let Some(band) = &hedge.band {
        put(to, format_args!(" ({})", band.word()));
    }
}

fn evidence(evidence: &Evidence, to: &mut String) {
    put(to, format_args!("{} {}", evidence.stance.word(), evidence.url));
    for more in [&evidence.seen, &evidence.note].into_iter().flatten() {
        put(to, format_args!(" ({more})"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KnownSource, Meta};
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
            @"refuted,the dam held,indirect,Ada Brandt,mayor,said,Telegram,,reportedly,,0.82,number,ana,2026-11-22T14:03:11Z,see pictures,dam,refutes https://pictures.example/dam (2026-11-22) (dry),false,a982d9e3eb996f559e633f4d194def376,2,4-9; 12-20,The dam,Port Gazette,,,,,,,,link,,,,"
        );
    }

    #[test]
    fn what_evidence_is_its_hash_and_its_copy_stand_in_the_order_of_the_evidence() {
        let mut claim = samples::claim();
        claim.state.evidence = samples::evidence();
        let table = table(&[claim]);
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let heads = rows.headers().unwrap().clone();
        let row = rows.records().next().unwrap().unwrap();
        let cell = |head: &str| &row[heads.iter().position(|h| h == head).unwrap()];
        assert_eq!(cell("evidence_kind"), "link; file; quotation");
        assert_eq!(cell("evidence_sha256"), format!("; {}; ", "ab".repeat(32)));
        assert_eq!(cell("evidence_archived"), "https://copies.example/1; ; ");
        assert_eq!(heads.iter().nth(33), Some("evidence_archived"), "new columns go to the end");
    }

    #[test]
    fn who_added_a_claim_and_the_joined_name_of_its_source_have_columns() {
        let mut claim = samples::claim();
        claim.state.added_by = Some("bo".into());
        claim.source = Some(KnownSource { name: "A. Brandt".into(), reliability: None });
        let table = table(&[claim]);
        assert!(table.lines().next().unwrap().ends_with(",added_by,known_as"));
        assert!(table.ends_with(",bo,A. Brandt\n"), "{table}");
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

    #[test]
    fn claims_of_articles_that_alternate_keep_their_own_cells() {
        let (one, mut other) = (samples::claim(), samples::claim());
        other.article.meta = Arc::new(Meta { title: Some("Another".into()), ..Meta::default() });
        let table = table(&[one.clone(), other.clone(), one, other]);
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let place = rows.headers().unwrap().iter().position(|head| head == "title").unwrap();
        let titles: Vec<_> = rows.records().map(|row| row.unwrap()[place].to_owned()).collect();
        assert_eq!(titles, ["The dam", "Another", "The dam", "Another"]);
    }

    proptest! {
        #[test]
        fn a_row_reads_back_whatever_stands_in_it(text in "[a\",;\n\r =é\u{1b}]{0,12}") {
            let claim = Claim { text: text.clone(), ..samples::claim() };
            let table = table(&[claim]);
            let mut rows = csv::Reader::from_reader(table.as_bytes());
            let row = rows.records().next().unwrap().unwrap();
            prop_assert_eq!(&row[2], guarded(&clean(&text)));
            prop_assert_eq!(row.len(), COLUMNS.len());
        }

        #[test]
        fn a_plain_cell_needs_no_marks(worth in 0.0f32..=1.0, ordinal: u32, spans in prop::collection::vec(any::<[u32; 2]>(), 0..3)) {
            let claim = Claim { worth, ordinal, spans, ..samples::claim() };
            for (head, cell) in COLUMNS {
                if let Cell::Plain(of) = cell {
                    let (mut text, mut written) = (String::new(), Vec::new());
                    of(&claim, &mut text);
                    push_cell(&mut written, &text);
                    prop_assert_eq!(text.as_bytes(), &written, "{}", head);
                }
            }
        }

        #[test]
        fn a_guarded_cell_never_runs_and_reads_back(cell in "['=+@\t\r a-]{0,6}") {
            let guarded = guarded(&cell);
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
