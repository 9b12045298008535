//! What is known of a claim beside its words: who says it, how sure, what the article says of it, what was decided.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::header::minute;
use super::look::Look;
use super::pen::{Pen, columns};
use super::wrap;
use crate::app::App;
use crate::app::actions::ACTIONS;
use crate::domain::{
    Attribution, Band, Claim, ClaimState, Evidence, EvidenceKind, Found, Hedge, RelatedClaims, RemarkKind, SourceKind,
    SourceRef, Status,
};

/// A label and what it is about; an empty value is shown as missing.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) style: Style,
    /// Stretches of the value (in bytes) that are addresses.
    links: Vec<Range<usize>>,
}

/// Columns of the labels.
const LABELS: u16 = 10;

/// One row each, under the article: the first is who says it, the last give way where there are fewer rows.
pub(super) fn below(pen: &mut Pen<'_>, app: &App, claim: &Claim, area: Rect) {
    speaker(pen, claim, area);
    let state = app.state_of(claim);
    let facts = facts(pen, app, claim, &state);
    let rows = usize::from(area.height.saturating_sub(1));
    if rows == 1 {
        let row = in_one_row(facts, claim, usize::from(area.width));
        pen.put(area.x, area.y + 1, area.width, &row, pen.look.quiet);
        return;
    }
    for (row, fact) in the_most_telling(facts, rows).iter().enumerate() {
        let y = area.y + 1 + row as u16;
        pen.put(area.x, y, LABELS, fact.label, pen.look.quiet);
        value(pen, fact, area.x + LABELS, y, area.width.saturating_sub(LABELS));
    }
}

/// Facts by what matters where there is little room: what people put there, then what the article says, worth last.
const BY_WEIGHT: [&str; 9] =
    ["status", "as found", "tags", "evidence", "note", "remarks", "related", "hedges", "worth"];

fn weight(fact: &Fact) -> usize {
    BY_WEIGHT.iter().position(|label| *label == fact.label).unwrap_or(usize::MAX)
}

/// As many as there are rows for, in their usual order: what says nothing gives way first, the last of it before the rest.
fn the_most_telling(mut facts: Vec<Fact>, rows: usize) -> Vec<Fact> {
    while facts.len() > rows {
        let lightest = || (0..facts.len()).max_by_key(|place| weight(&facts[*place]));
        let Some(place) = facts.iter().rposition(|fact| fact.value.is_empty()).or_else(lightest) else { break };
        facts.remove(place);
    }
    facts
}

/// What there is to say, in one row; of the reasons of worth those that fit.
fn in_one_row(mut facts: Vec<Fact>, claim: &Claim, width: usize) -> String {
    let untold = |fact: &Fact| fact.label == "status" && fact.value == Status::Unreviewed.word();
    facts.retain(|fact| !fact.value.is_empty() && !untold(fact) && fact.label != "worth");
    facts.sort_by_key(weight);
    let one = |fact: &Fact| {
        if fact.label == "status" { fact.value.clone() } else { format!("{} {}", fact.label, fact.value) }
    };
    let mut row: String = facts.iter().map(|fact| one(fact) + " · ").collect();
    row += &format!("worth {}", figure_of(claim));
    if row.len() > width.saturating_mul(8) {
        return row;
    }
    let mut between = "  ";
    for reason in &claim.worth_reasons {
        if columns(&row) + columns(between) + columns(reason) > width {
            break;
        }
        row += between;
        row += reason;
        between = ", ";
    }
    row
}

/// A column of its own: labels, and values in full below each other.
pub(super) fn beside(pen: &mut Pen<'_>, app: &App, claim: &Claim, area: Rect) {
    who(pen, claim, area);
    how(pen, claim, Rect { y: area.y + 1, ..area }, None);
    let state = app.state_of(claim);
    let mut y = area.y + 3;
    for fact in facts(pen, app, claim, &state) {
        if y >= area.bottom() {
            return;
        }
        pen.put(area.x, y, LABELS, fact.label, pen.look.quiet);
        let width = area.width.saturating_sub(LABELS);
        if fact.value.is_empty() {
            value(pen, &fact, area.x + LABELS, y, width);
            y += 1;
            continue;
        }
        for line in wrap::all(&fact.value, usize::from(width).max(1), usize::from(area.bottom() - y)) {
            let words = &fact.value[line.clone()];
            pen.put(area.x + LABELS, y, width, words, fact.style);
            for link in fact.links.iter().filter(|link| link.start < line.end && line.start < link.end) {
                let here = link.start.max(line.start) - line.start..link.end.min(line.end) - line.start;
                pen.link((area.x + LABELS, y), width, words, &here, &fact.value[link.clone()]);
            }
            y += 1;
        }
    }
}

fn value(pen: &mut Pen<'_>, fact: &Fact, x: u16, y: u16, width: u16) {
    match fact.value.as_str() {
        "" => pen.put(x, y, width, pen.look.marks.none, pen.look.line),
        value => pen.put(x, y, width, value, fact.style),
    };
    for link in &fact.links {
        pen.link((x, y), width, &fact.value, link, &fact.value[link.clone()]);
    }
}

/// "Ada Brandt, district head · wrote · direct · Telegram"
fn speaker(pen: &mut Pen<'_>, claim: &Claim, area: Rect) {
    let x = who(pen, claim, area);
    let between = (" · ", pen.look.line);
    how(pen, claim, Rect { x, width: area.right().saturating_sub(x), ..area }, Some(between));
}

/// Who says it: "Ada Brandt, district head"; the column after it.
fn who(pen: &mut Pen<'_>, claim: &Claim, area: Rect) -> u16 {
    let look = pen.look;
    let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref());
    let name = source.and_then(SourceRef::best_name);
    let (name, role) = match name {
        // A source without a name is called by its role.
        Some(name) => {
            let role = source.and_then(|s| s.role.as_deref()).filter(|role| !name.contains(role));
            (name, role.map(Cow::Borrowed))
        }
        None => {
            let (name, more) = claim.unnamed_source();
            (name, more.map(Cow::Owned))
        }
    };
    let mut x = pen.put(area.x, area.y, area.width, name, look.strong);
    if let Some(role) = role {
        x = pen.run(x, area.y, area.right().saturating_sub(x), &[(", ", look.words), (&role, look.words)]);
    }
    if let Some(known) = claim.known_as() {
        x = pen.run(x, area.y, area.right().saturating_sub(x), &[(" = ", look.quiet), (known, look.words)]);
    }
    x
}

/// By which words and in which way it is said, and what is known of whoever says it.
fn how(pen: &mut Pen<'_>, claim: &Claim, area: Rect, before_first: Option<(&str, Style)>) {
    let look = pen.look;
    let attribution = claim.attribution.as_ref();
    let source = attribution.and_then(|a| a.source.as_ref());
    let cue = attribution.and_then(|a| a.cue.as_ref()).map(|c| c.text.as_str());
    let medium = attribution.and_then(|a| a.medium.as_deref());
    let kind = source.and_then(|s| kind_word(s.kind));
    let told = [cue, Some(claim.mode.word()), medium, kind].into_iter().flatten();
    let mut parts: Vec<_> = told.map(|words| (Cow::Borrowed(words), look.quiet)).collect();
    if claim.is_edited() {
        parts.push(("edited".into(), look.strong));
    }
    if let Some(analyst) = &claim.state.added_by {
        parts.push((format!("added by {analyst}").into(), look.strong));
    }
    if let Some(grade) = claim.source.as_ref().and_then(|source| source.reliability) {
        parts.push((format!("{grade} {}", grade.words()).into(), look.quiet));
    }
    if let Some(relay) = attribution.and_then(|a| a.within.as_ref()).and_then(SourceRef::best_name) {
        parts.push((format!("as told by {relay}").into(), look.quiet));
    }
    let mut x = area.x;
    let mut between = before_first;
    for (words, style) in parts {
        let room = area.right().saturating_sub(x);
        x = match between.replace((" · ", look.line)) {
            Some(between) => pen.run(x, area.y, room, &[between, (&words, style)]),
            None => pen.put(x, area.y, room, &words, style),
        };
    }
}

/// All facts but who says it, in the order in which they matter.
pub(super) fn facts(pen: &Pen<'_>, app: &App, claim: &Claim, state: &ClaimState) -> Vec<Fact> {
    let look = pen.look;
    let fact = |label, value: String| Fact { label, value, style: look.words, links: Vec::new() };
    let (evidence, links) = evidence_words(state);
    let found =
        claim.found.as_ref().filter(|_| claim.is_edited()).map(|found| fact("as found", found_words(claim, found)));
    let mut facts = vec![
        fact("hedges", claim.hedges.iter().map(hedge_words).collect::<Vec<_>>().join(", ")),
        fact("worth", worth_words(claim)),
        fact("remarks", claim.remarks.iter().map(remark_words).collect::<Vec<_>>().join(" · ")),
        Fact {
            label: "status",
            value: status_words(app, claim, state),
            style: look.status(state.status).1,
            links: Vec::new(),
        },
        Fact { label: "related", value: related_words(app), style: related_style(app, look), links: Vec::new() },
        fact("note", state.note.clone().unwrap_or_default()),
        Fact { links, ..fact("evidence", evidence) },
        fact("tags", state.tags.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
    ];
    facts.splice(0..0, found);
    facts
}

/// What the machine found, as far as analysts say otherwise.
fn found_words(claim: &Claim, found: &Found) -> String {
    let source = |a: &Option<Attribution>| {
        let name = a.as_ref().and_then(|a| a.source.as_ref()).and_then(|s| s.best_name());
        name.unwrap_or("no source").to_owned()
    };
    let cue = |a: &Option<Attribution>| a.as_ref().and_then(|a| a.cue.as_ref()).map(|cue| cue.text.clone());
    let (cue_now, cue_found) = (cue(&claim.attribution), cue(&found.attribution));
    let parts = [
        (claim.mode != found.mode).then(|| found.mode.word().to_owned()),
        (source(&claim.attribution) != source(&found.attribution)).then(|| source(&found.attribution)),
        (cue_now != cue_found).then(|| cue_found.unwrap_or_else(|| "no cue".to_owned())),
        (claim.spans != found.spans).then(|| found.text.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "2 in 2 articles, 1 independent source · R shows them"; empty where there are none, or they are being looked for.
fn related_words(app: &App) -> String {
    let summary = app.related().map(RelatedClaims::summary).unwrap_or_default();
    let key = ACTIONS.iter().find(|action| action.name == "related").and_then(|a| app.keymap().keys(a).first());
    match key {
        Some(key) if !summary.is_empty() => format!("{summary} · {key} shows them"),
        _ => summary,
    }
}

fn related_style(app: &App, look: &Look) -> Style {
    let conflicts = app.related().is_some_and(|related| related.conflicts() > 0);
    if conflicts { look.strong } else { look.words }
}

fn worth_words(claim: &Claim) -> String {
    let worth = figure_of(claim);
    if claim.worth_reasons.is_empty() { worth } else { format!("{worth}  {}", claim.worth_reasons.join(", ")) }
}

fn figure_of(claim: &Claim) -> String {
    format!("{:.2}", claim.worth.clamp(0.0, 1.0))
}

fn hedge_words(hedge: &Hedge) -> String {
    match hedge.band {
        Some(band) => format!("{} ({})", hedge.term, band_words(band)),
        None => hedge.term.clone(),
    }
}

fn remark_words(remark: &crate::domain::Remark) -> String {
    let kind = match remark.kind {
        RemarkKind::NotVerified => "not verified",
        RemarkKind::Confirmed => "confirmed",
        RemarkKind::Denied => "denied",
        RemarkKind::NoComment => "no comment",
    };
    match &remark.text {
        Some(words) => format!("{kind}: {words}"),
        None => kind.to_owned(),
    }
}

fn status_words(app: &App, claim: &Claim, state: &ClaimState) -> String {
    let mut words = state.status.word().to_owned();
    if let Some(analyst) = &state.analyst {
        words += &format!(" by {analyst}");
    }
    if let Some(grade) = state.credibility {
        words += &format!(" · {grade} {}", grade.words());
    }
    if app.is_open(claim.id) {
        words += " · being saved";
    } else if let Some(at) = state.decided_at {
        words += &format!(" · {}", minute(app.local(at)));
    }
    if claim.changed && state.status == Status::Unreviewed {
        words += " · its words are new in this version of the article";
    }
    if let Some(why) = state.why_hidden() {
        words += &format!(" · hidden: {why}");
    }
    if state.later {
        words += " · for later";
    }
    if state.in_conflict() {
        let others = state.by_analyst.iter().filter(|(_, s)| **s != Status::Unreviewed);
        let each: Vec<_> = others.map(|(analyst, status)| format!("{analyst} {status}")).collect();
        words += &format!(" · analysts differ: {}", each.join(", "));
    }
    words
}

/// "supports https://… (a word on it) · refutes …", and where in it addresses stand.
fn evidence_words(state: &ClaimState) -> (String, Vec<Range<usize>>) {
    let (mut words, mut links) = (String::new(), Vec::new());
    for piece in &state.evidence {
        if !words.is_empty() {
            words += " · ";
        }
        words += piece.stance.word();
        words.push(' ');
        let start = words.len();
        words += &piece_words(piece);
        if piece.kind == EvidenceKind::Link {
            links.push(start..words.len());
        }
        if let Some(note) = &piece.note {
            words += &format!(" ({note})");
        }
    }
    (words, links)
}

/// The link or path, or the words of a quotation in their marks.
pub(super) fn piece_words(piece: &Evidence) -> Cow<'_, str> {
    match piece.kind {
        EvidenceKind::Quotation => format!("“{}”", piece.url).into(),
        EvidenceKind::Link | EvidenceKind::File => piece.url.as_str().into(),
    }
}

/// Who added a piece and when it was seen, a word on it, its copy and its hash.
pub(super) fn about_piece(piece: &Evidence) -> String {
    let by = Some(&piece.added_by).filter(|name| !name.is_empty()).map(|name| format!("by {name}"));
    let seen = piece.seen.as_ref().map(|day| format!("seen {day}"));
    let hash = piece.sha256.as_ref().and_then(|hash| hash.get(..12)).map(|hash| format!("sha256 {hash}…"));
    let archived = piece.archived.as_ref().map(|link| format!("copy {link}"));
    [by, seen, piece.note.clone(), archived, hash].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub(super) fn kind_word(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::Anonymous => Some("anonymous"),
        SourceKind::Document => Some("document"),
        SourceKind::Person | SourceKind::Body | SourceKind::Unknown => None,
    }
}

/// The band and its range on the ICD 203 scale.
fn band_words(band: Band) -> &'static str {
    match band {
        Band::AlmostNoChance => "almost no chance, 1–5 %",
        Band::VeryUnlikely => "very unlikely, 5–20 %",
        Band::Unlikely => "unlikely, 20–45 %",
        Band::RoughlyEven => "roughly even, 45–55 %",
        Band::Likely => "likely, 55–80 %",
        Band::VeryLikely => "very likely, 80–95 %",
        Band::AlmostCertain => "almost certain, 95–99 %",
    }
}
