//! A table of claims, a row each.
//!
//! Spreadsheets run cells that begin with `=`, `+`, `-`, `@`, a tab or a return. Such cells get a leading `'`, as
//! OWASP's "CSV Injection" advises, and so do cells in which those follow leading `'`, so that taking one `'` off
//! always gives back what was there.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use super::Exporter;
use crate::domain::{ArticleRef, ClaimView, Evidence, Hedge, Reliability, clean, worth_in_hundredths};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    let of_article = |(_, cell): &Column| matches!(cell, Cell::Article(_));
    let parts = COLUMNS.chunk_by(|one, next| of_article(one) == of_article(next)).collect();
    Box::new(Csv { out, parts, line: String::new(), cell: String::new(), article: None, begun: false })
}

struct Csv<W: Write> {
    out: W,
    /// The columns, those of the article apart from others.
    parts: Vec<&'static [Column]>,
    /// The row that is put together.
    line: String,
    /// What stands in the cell that is put together.
    cell: String,
    /// The article of the last claim, with its parts of a row as they are written.
    article: Option<(ArticleRef, Vec<String>)>,
    begun: bool,
}

/// What of a claim stands in a column.
enum Cell {
    /// Words as they are held; none where there are none.
    Words(for<'c> fn(&'c ClaimView<'_>) -> Option<&'c str>),
    /// Words that are put together.
    Joined(fn(&ClaimView<'_>, &mut String)),
    /// Numbers and words of the program's own: nothing in them has to be made harmless.
    Plain(fn(&ClaimView<'_>, &mut String)),
    /// The same for all claims of an article.
    Article(fn(&ArticleRef, &mut String)),
}

/// A column with its head.
type Column = (&'static str, Cell);

const COLUMNS: &[Column] = &[
    ("id", Cell::Plain(|c, to| put(to, c.id))),
    ("status", Cell::Plain(|c, to| to.push_str(c.state.status.word()))),
    ("text", Cell::Words(|c| Some(&c.text))),
    ("mode", Cell::Plain(|c, to| to.push_str(c.mode.word()))),
    ("source", Cell::Words(|c| c.attribution.as_ref()?.source.as_ref()?.best_name())),
    ("role", Cell::Words(|c| c.attribution.as_ref()?.source.as_ref()?.role)),
    ("cue", Cell::Words(|c| Some(c.attribution.as_ref()?.cue.as_ref()?.text))),
    ("medium", Cell::Words(|c| c.attribution.as_ref()?.medium)),
    ("relayed_by", Cell::Words(|c| c.attribution.as_ref()?.within.as_ref()?.best_name())),
    ("hedges", Cell::Joined(|c, to| join(to, &c.hedges, hedge))),
    ("remarks", Cell::Plain(|c, to| join(to, &c.remarks, |remark, to| to.push_str(remark.kind.word())))),
    ("worth", Cell::Plain(|c, to| worth(to, c.worth))),
    ("worth_reasons", Cell::Joined(|c, to| join(to, &c.worth_reasons, |reason, to| to.push_str(reason)))),
    ("analyst", Cell::Words(|c| c.state.analyst.as_deref())),
    ("decided_at", Cell::Joined(|c, to| c.state.decided_at.into_iter().for_each(|at| put(to, at)))),
    ("note", Cell::Words(|c| c.state.note.as_deref())),
    ("tags", Cell::Joined(|c, to| join(to, &c.state.tags, |tag, to| to.push_str(tag)))),
    ("evidence", Cell::Joined(|c, to| join(to, &c.state.evidence, evidence))),
    ("later", Cell::Plain(|c, to| to.push_str(if c.state.later { "true" } else { "false" }))),
    ("article", Cell::Article(|a, to| put(to, a.id))),
    ("ordinal", Cell::Plain(|c, to| number(to, c.ordinal))),
    ("spans", Cell::Plain(|c, to| join(to, c.spans.iter(), span))),
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
    ("evidence_sha256", Cell::Joined(|c, to| join(to, &c.state.evidence, |piece, to| given(to, &piece.sha256)))),
    ("evidence_archived", Cell::Joined(|c, to| join(to, &c.state.evidence, |piece, to| given(to, &piece.archived)))),
    ("added_by", Cell::Words(|c| c.state.added_by.as_deref())),
    ("known_as", Cell::Words(|c| c.known_as())),
];

impl<W: Write> Csv<W> {
    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let heads: Vec<_> = COLUMNS.iter().map(|(head, _)| *head).collect();
            writeln!(self.out, "{}", heads.join(","))?;
        }
        Ok(())
    }

    /// The article's parts of a row, written once for all its claims.
    fn article(&mut self, article: &ArticleRef) -> (ArticleRef, Vec<String>) {
        let same = |held: &ArticleRef| held.id == article.id && Arc::ptr_eq(&held.meta, &article.meta);
        if let Some(held) = self.article.take().filter(|(held, _)| same(held)) {
            return held;
        }
        let mut parts = Vec::new();
        for part in &self.parts {
            let mut written = String::new();
            for (_, cell) in *part {
                let Cell::Article(of) = cell else { break };
                self.cell.clear();
                of(article, &mut self.cell);
                push_cell(&mut written, &self.cell);
                written.push(',');
            }
            parts.push(written);
        }
        (article.clone(), parts)
    }

    fn push(&mut self, cell: &Cell, claim: &ClaimView<'_>) {
        match cell {
            Cell::Words(of) => of(claim).into_iter().for_each(|words| push_cell(&mut self.line, words)),
            Cell::Joined(of) => {
                self.cell.clear();
                of(claim, &mut self.cell);
                push_cell(&mut self.line, &self.cell);
            }
            Cell::Plain(of) => of(claim, &mut self.line),
            Cell::Article(_) => return,
        }
        self.line.push(',');
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn claim(&mut self, claim: &ClaimView<'_>) -> io::Result<()> {
        self.head()?;
        let held = self.article(claim.article);
        self.line.clear();
        for (place, of_article) in held.1.iter().enumerate() {
            self.line.push_str(of_article);
            self.parts[place].iter().for_each(|(_, cell)| self.push(cell, claim));
        }
        self.line.pop();
        self.line.push('\n');
        self.article = Some(held);
        self.out.write_all(self.line.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

/// Writes a cell: harmless, guarded, and in quotation marks where it holds what ends a cell (RFC 4180).
fn push_cell(line: &mut String, text: &str) {
    // Most cells hold nothing but letters and blanks; all of them are looked at at once.
    let special = |byte: u8| !matches!(byte, b' '..=b'~') | matches!(byte, b',' | b'"');
    if !text.bytes().fold(false, |found, byte| found | special(byte)) {
        return push_guarded(line, text);
    }
    let shown = clean(text);
    let ends_cells = |byte: u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !shown.bytes().fold(false, |found, byte| found | ends_cells(byte)) {
        return push_guarded(line, &shown);
    }
    line.push('"');
    let mut parts = shown.split('"');
    push_guarded(line, parts.next().unwrap_or_default());
    for part in parts {
        line.push_str("\"\"");
        line.push_str(part);
    }
    line.push('"');
}

fn push_guarded(line: &mut String, cell: &str) {
    if runs(cell) {
        line.push('\'');
    }
    line.push_str(cell);
}

/// The cell with a leading `'` where a spreadsheet would run it.
pub fn guarded(cell: &str) -> String {
    let mut written = String::with_capacity(cell.len() + 1);
    push_guarded(&mut written, cell);
    written
}

/// What was there before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(cell)
}

fn runs(cell: &str) -> bool {
    let first = cell.trim_start_matches('\'').chars().next();
    matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
}

fn reliability(claim: &ClaimView<'_>) -> Option<Reliability> {
    claim.source.as_ref()?.reliability
}

fn given(to: &mut String, word: &Option<String>) {
    to.push_str(word.as_deref().unwrap_or_default());
}

fn put(to: &mut String, value: impl std::fmt::Display) {
    // Writing to a string can't fail.
    let _ = write!(to, "{value}");
}

/// A number, quicker than through its `Display`.
fn number(to: &mut String, number: u32) {
    if number >= 10 {
        self::number(to, number / 10);
    }
    to.push(char::from(b'0' + (number % 10) as u8));
}

fn span([start, end]: &[u32; 2], to: &mut String) {
    number(to, *start);
    to.push('-');
    number(to, *end);
}

/// Worth as Rust writes it; where it is whole hundredths, as nearly all is, without a search for the shortest way.
fn worth(to: &mut String, worth: f32) {
    let hundredths = worth_in_hundredths(worth);
    if f32::from(hundredths) / 100.0 != worth || hundredths == 0 {
        return put(to, worth);
    }
    let digit = |value: u8| char::from(b'0' + value % 10);
    to.push(digit(hundredths / 100));
    match (digit(hundredths / 10), digit(hundredths)) {
        ('0', '0') => {}
        (tenths, '0') => to.extend(['.', tenths]),
        (tenths, rest) => to.extend(['.', tenths, rest]),
    }
}

fn join<'v, T: 'v>(to: &mut String, values: impl IntoIterator<Item = &'v T>, one: fn(&T, &mut String)) {
    for (place, value) in values.into_iter().enumerate() {
        if place > 0 {
            to.push_str("; ");
        }
        one(value, to);
    }
}

fn hedge(hedge: &Hedge<&str>, to: &mut String) {
    to.push_str(hedge.term);
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
    use crate::domain::{Claim, KnownSource, Meta};
    use crate::export::samples;
    use proptest::prelude::*;

    fn table(claims: &[Claim]) -> String {
        let mut out = Vec::new();
        {
            let mut csv = open(Box::new(&mut out));
            claims.iter().for_each(|claim| csv.claim(&claim.view()).unwrap());
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
                    let (mut plain, mut written) = (String::new(), String::new());
                    of(&claim.view(), &mut plain);
                    push_cell(&mut written, &plain);
                    prop_assert_eq!(plain, written, "{}", head);
                }
            }
        }

        #[test]
        fn numbers_and_worth_are_written_as_rust_writes_them(value: u32, hundredths in 0u8..=100, any in 0.0f32..=1.0) {
            for share in [f32::from(hundredths) / 100.0, any, -0.0] {
                let (mut ours, mut rusts) = (String::new(), String::new());
                worth(&mut ours, share);
                number(&mut ours, value);
                put(&mut rusts, share);
                put(&mut rusts, value);
                prop_assert_eq!(ours, rusts);
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
