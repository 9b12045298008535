//! The claim in full, floating: its words, who says it and by which way it came, all that is known of it, every decision on it,
//! and where it stands. Only rows are made here; what they are laid over is `float`'s business.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::facts::{self, piece_words};
use super::header::minute;
use super::look::Look;
use super::pen::Pen;
use super::wrap;
use crate::app::{App, Whole};
use crate::domain::{Act, Attribution, Claim, Decision, Evidence, SourceRef};

/// Columns of the labels.
const LABELS: usize = 11;
/// Rows of one value at most, and decisions that are told: drawing costs no more, whatever an import brought.
const MOST: usize = 400;
const MOST_DECISIONS: usize = 100;

/// A row: its label, or blanks below one, and a line of its value.
type Row = (String, String, Style);

/// All rows, for so many columns.
pub(super) fn rows(pen: &Pen<'_>, app: &App, whole: &Whole, width: u16) -> Vec<Row> {
    let Some(claim) = app.current() else { return Vec::new() };
    let claim = &*app.shown(claim);
    let look = pen.look;
    let mut rows = Rows { rows: Vec::new(), width: usize::from(width), look };
    rows.words(&claim.text);
    rows.blank();
    attribution(&mut rows, claim);
    rows.blank();
    for fact in facts::facts(pen, app, claim, &app.state_of(claim)) {
        rows.value(fact.label, &fact.value, fact.style);
    }
    rows.blank();
    decisions(&mut rows, app, whole);
    rows.blank();
    let meta = &claim.article.meta;
    for (label, value) in [
        ("title", meta.title.as_deref()),
        ("outlet", meta.outlet.as_deref()),
        ("author", meta.author.as_deref()),
        ("published", meta.published.as_deref()),
        ("url", meta.url.as_deref()),
        ("path", meta.path.as_deref()),
    ] {
        rows.known(label, value, look.quiet);
    }
    rows.value("id", &claim.id.to_string(), look.quiet);
    rows.rows
}

/// Draws those that fit, from the row at which it is read.
pub(super) fn draw(pen: &mut Pen<'_>, rows: &[Row], top: usize, area: Rect) {
    let top = top.min(rows.len().saturating_sub(usize::from(area.height)));
    for (place, (label, words, style)) in rows.iter().skip(top).take(usize::from(area.height)).enumerate() {
        let y = area.y + place as u16;
        let at = pen.put(area.x, y, area.width, label, pen.look.quiet);
        pen.put(at, y, area.right().saturating_sub(at), words, *style);
    }
}

struct Rows<'l> {
    rows: Vec<Row>,
    width: usize,
    look: &'l Look,
}

impl Rows<'_> {
    fn blank(&mut self) {
        self.rows.push((String::new(), String::new(), self.look.quiet));
    }

    fn words(&mut self, text: &str) {
        for line in wrap::all(text, self.width.max(1), MOST) {
            self.rows.push((String::new(), text[line].to_owned(), self.look.claim));
        }
    }

    /// A label and its value, in as many rows as it takes; a mark where there is none.
    fn value(&mut self, label: &str, value: &str, style: Style) {
        let (value, style) = if value.is_empty() { (self.look.marks.none, self.look.line) } else { (value, style) };
        for (row, line) in wrap::all(value, self.width.saturating_sub(LABELS).max(1), MOST).into_iter().enumerate() {
            let label = if row == 0 { label } else { "" };
            self.rows.push((format!("{label:LABELS$}"), value[line].to_owned(), style));
        }
    }

    /// The same where there is a value.
    fn known(&mut self, label: &str, value: Option<&str>, style: Style) {
        if let Some(value) = value {
            self.value(label, value, style);
        }
    }
}

/// The chain from whoever asserts it to the outlet that prints it.
fn attribution(rows: &mut Rows<'_>, claim: &Claim) {
    let look = rows.look;
    let attribution = claim.attribution.as_ref();
    let source = attribution.and_then(|a| a.source.as_ref());
    match (source, claim.unnamed_source()) {
        (Some(source), _) => rows.value("source", &named(source), look.strong),
        (None, (name, None)) => rows.value("source", name, look.strong),
        (None, (name, Some(more))) => rows.value("source", &format!("{name}, {more}"), look.strong),
    }
    rows.known("known as", claim.known_as(), look.words);
    if let Some(grade) = claim.source.as_ref().and_then(|source| source.reliability) {
        rows.value("reliable", &format!("{grade} {}", grade.words()), look.words);
    }
    let cue = |a: &Attribution| a.cue.as_ref().map(|cue| cue.text.clone());
    rows.known("cue", attribution.and_then(cue).as_deref(), look.words);
    rows.value("mode", claim.mode.word(), look.words);
    rows.known("channel", attribution.and_then(|a| a.medium.as_deref()), look.words);
    rows.known("told by", attribution.and_then(|a| a.within.as_ref()).map(named).as_deref(), look.words);
}

/// "Ada Brandt, district head · anonymous"
fn named(source: &SourceRef) -> String {
    let name = source.best_name().unwrap_or("not named");
    let role = source.role.as_deref().filter(|role| !name.contains(role)).map(|role| format!(", {role}"));
    let kind = facts::kind_word(source.kind).map(|kind| format!(" · {kind}"));
    [Some(name.to_owned()), role, kind].into_iter().flatten().collect()
}

fn decisions(rows: &mut Rows<'_>, app: &App, whole: &Whole) {
    let look = rows.look;
    let decided = whole.decided();
    if decided.is_empty() {
        let words = if whole.history.is_none() { "reading the store …" } else { "nothing yet" };
        return rows.value("decided", words, look.quiet);
    }
    let earlier = decided.len().saturating_sub(MOST_DECISIONS);
    for (place, (decision, gone)) in decided.into_iter().rev().take(MOST_DECISIONS).enumerate() {
        let (words, style) = match gone {
            true => (format!("{} · taken back", told(app, decision)), look.quiet),
            false => (told(app, decision), look.words),
        };
        rows.value(if place == 0 { "decided" } else { "" }, &words, style);
    }
    if earlier > 0 {
        rows.value("", &format!("and {earlier} earlier"), look.quiet);
    }
}

/// "2026-11-22 15:03  ana  verified"
fn told(app: &App, decision: &Decision) -> String {
    let words = match &decision.act {
        Act::Note { note } if !note.is_empty() => format!("note: {note}"),
        Act::Tag { tag } => format!("tag {tag}"),
        Act::Untag { tag } => format!("tag {tag} off"),
        Act::Evidence(piece) => evidence("evidence", piece),
        Act::Withdraw(piece) => evidence("without evidence", piece),
        Act::Hide { why } if !why.is_empty() => format!("hidden: {why}"),
        Act::Add(added) => format!("{}: {}", decision.act.word(), added.words.text),
        Act::Credibility { credibility: Some(grade) } => format!("{grade} {}", grade.words()),
        other => other.word().to_owned(),
    };
    format!("{}  {}  {words}", minute(app.local(decision.at)), decision.analyst)
}

fn evidence(word: &str, piece: &Evidence) -> String {
    format!("{word}, {}: {}", piece.stance.word(), piece_words(piece))
}
