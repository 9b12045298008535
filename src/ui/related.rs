//! The claims related to the current one: the list, and the chosen one side by side with it, what differs lit in both.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::wrap;
use crate::app::{App, Offer, RelatedList};
use crate::domain::{Claim, DifferenceKind, Related, RelatedClaims, SourceRef};

/// Columns from which the two claims stand side by side.
const TWO_COLUMNS: u16 = 84;
/// Columns of a row before its words: cursor, status, likeness, what contradicts, who says it.
const LIKENESS: u16 = 7;
const CONFLICT: u16 = 14;
const WHO: u16 = 22;
/// Columns of labels.
const LABELS: u16 = 10;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, list: &RelatedList, inside: Rect) {
    let look = pen.look;
    let (Some(claim), Some(related)) = (app.current(), app.related()) else {
        pen.put(inside.x, inside.y, inside.width, "looking for claims that say the same …", look.quiet);
        return;
    };
    let Some(chosen) = related.claims.get(list.cursor) else {
        pen.put(inside.x, inside.y, inside.width, "No claim of another article is related to this one.", look.words);
        return;
    };
    pen.put(inside.x, inside.y, inside.width, &related.summary(), look.strong);
    let shown = related.claims.len().min(usize::from(inside.height / 4).max(1)) as u16;
    let rows = Rect { y: inside.y + 2, height: shown, ..inside };
    list_rows(pen, app, related, list.cursor, rows);
    let line = rows.bottom();
    pen.across(inside.x, line, inside.width);
    let offered = u16::from(list.offer.is_some()) * 2;
    let below = Rect { y: line + 1, height: inside.bottom().saturating_sub(line + 1 + offered), ..inside };
    let used = pair(pen, claim, chosen, below);
    explain(
        pen,
        claim,
        related,
        chosen,
        Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below },
    );
    if let Some(offer) = &list.offer {
        pen.put(inside.x, inside.bottom() - 1, inside.width, &offer_words(offer), look.unsaved);
    }
}

/// Rows that the list and the chosen pair want, in so many columns.
pub(super) fn rows(app: &App, list: &RelatedList, width: u16) -> u16 {
    let (Some(claim), Some(related)) = (app.current(), app.related()) else { return 1 };
    let Some(chosen) = related.claims.get(list.cursor) else { return 1 };
    let lines = |text: &str, width: u16| wrap::all(text, usize::from(width).max(1), 12).len();
    let texts = if width >= TWO_COLUMNS {
        let width = (width - 3) / 2;
        lines(&claim.text, width).max(lines(&chosen.claim.text, width)) + 2
    } else {
        lines(&claim.text, width) + lines(&chosen.claim.text, width) + 4
    };
    let against = match chosen.apart {
        Some(_) => 1,
        None => chosen.differences.iter().filter(|d| d.kind.contradicts()).count(),
    };
    // The summary, the line between and the offer with their air.
    (related.claims.len().min(8) + texts + against + related.origins.len() + 7).min(usize::from(u16::MAX)) as u16
}

fn list_rows(pen: &mut Pen<'_>, app: &App, related: &RelatedClaims, cursor: usize, area: Rect) {
    let look = pen.look;
    let top = (cursor + 1).saturating_sub(usize::from(area.height));
    for (place, row) in related.claims.iter().enumerate().skip(top).take(usize::from(area.height)) {
        let y = area.y + (place - top) as u16;
        let chosen = place == cursor;
        if chosen {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        let (mark, style) = look.status(app.status_of(&row.claim));
        pen.put(area.x + 2, y, 1, mark, style);
        let mut x = area.x + 4;
        pen.put(x, y, LIKENESS - 1, &percent(row.similarity), look.quiet);
        x += LIKENESS;
        if row.apart.is_some() {
            pen.put(x, y, CONFLICT - 1, "another time", look.quiet);
        } else if let Some(kind) = row.differences.iter().map(|d| d.kind).find(|kind| kind.contradicts()) {
            pen.put(x, y, CONFLICT - 1, other(kind), look.problem);
        }
        x += CONFLICT;
        pen.put(x, y, WHO - 2, &who(&row.claim), look.quiet);
        x += WHO;
        let words = if chosen { look.selected } else { look.words };
        pen.put(x, y, area.right().saturating_sub(x), &row.claim.text, words);
    }
}

/// What contradicts, in words that say so.
fn other(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "other number",
        DifferenceKind::Date => "other date",
        DifferenceKind::Place => "other place",
        DifferenceKind::Negation => "negated",
        DifferenceKind::Words => "",
    }
}

fn percent(similarity: f32) -> String {
    format!("{:3.0} %", f64::from(similarity) * 100.0)
}

/// Who says it: the source, else the outlet, else the article.
fn who(claim: &Claim) -> String {
    let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
    let meta = &claim.article.meta;
    let own = || meta.outlet.as_deref().or(meta.title.as_deref()).or(meta.url.as_deref()).unwrap_or("the article");
    source.unwrap_or_else(own).to_owned()
}

/// Both claims with what differs lit; the rows that they take.
fn pair(pen: &mut Pen<'_>, claim: &Claim, chosen: &Related, area: Rect) -> u16 {
    let ranges =
        |of: fn(&crate::domain::Difference) -> &Option<Range<usize>>, contradicts: bool| -> Vec<Range<usize>> {
            let hard = |d: &crate::domain::Difference| d.kind.contradicts() && chosen.apart.is_none();
            let fitting = chosen.differences.iter().filter(|d| hard(d) == contradicts);
            fitting.filter_map(|d| of(d).clone()).collect()
        };
    let here = Side { label: "this claim", claim, hard: ranges(|d| &d.here, true), soft: ranges(|d| &d.here, false) };
    let there = Side {
        label: "related",
        claim: &chosen.claim,
        hard: ranges(|d| &d.there, true),
        soft: ranges(|d| &d.there, false),
    };
    if area.width >= TWO_COLUMNS {
        let width = (area.width - 3) / 2;
        let left = side(pen, &here, Rect { width, ..area });
        let right = side(pen, &there, Rect { x: area.x + width + 3, width, ..area });
        let used = left.max(right);
        pen.down(area.x + width + 1, area.y, used);
        return used;
    }
    // What follows needs a few rows too.
    let most = area.height / 2;
    let first = side(pen, &here, Rect { height: most, ..area });
    first + side(pen, &there, Rect { y: area.y + first, height: area.height.saturating_sub(first), ..area })
}

/// One of the two claims.
struct Side<'c> {
    label: &'static str,
    claim: &'c Claim,
    /// What contradicts the other.
    hard: Vec<Range<usize>>,
    /// What only this one says.
    soft: Vec<Range<usize>>,
}

/// Writes where it stands, its words and who says it; the rows that this takes.
fn side(pen: &mut Pen<'_>, side: &Side<'_>, area: Rect) -> u16 {
    let look = pen.look;
    if area.height < 3 {
        return 0;
    }
    let text = &side.claim.text;
    pen.run(
        area.x,
        area.y,
        area.width,
        &[(side.label, look.quiet), (" · ", look.line), (&place(side.claim), look.quiet)],
    );
    let lines = wrap::all(text, usize::from(area.width).max(1), usize::from(area.height - 2));
    let mut y = area.y + 1;
    for line in lines {
        let words = &text[line.clone()];
        pen.put(area.x, y, area.width, words, look.words);
        pen.light(area.x, y, area.width, words, &within(&side.soft, &line), look.source);
        pen.light(area.x, y, area.width, words, &within(&side.hard, &line), look.found);
        y += 1;
    }
    pen.put(area.x, y, area.width, &said_by(side.claim), look.quiet);
    y + 1 - area.y
}

/// The parts of the ranges in a line, from the line's start.
fn within(ranges: &[Range<usize>], line: &Range<usize>) -> Vec<Range<usize>> {
    let touching = ranges.iter().filter(|range| range.start < line.end && range.end > line.start);
    touching.map(|range| range.start.max(line.start) - line.start..range.end.min(line.end) - line.start).collect()
}

/// Outlet and day, else the title.
fn place(claim: &Claim) -> String {
    let meta = &claim.article.meta;
    let day = meta.published.as_deref().map(|published| published.get(..10).unwrap_or(published));
    let name = meta.outlet.as_deref().or(meta.title.as_deref()).or(meta.path.as_deref());
    [name, day].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn said_by(claim: &Claim) -> String {
    let cue = claim.attribution.as_ref().and_then(|a| a.cue.as_ref()).map(|cue| format!(" · {}", cue.text));
    let relay = claim.attribution.as_ref().and_then(|a| a.within.as_ref()).and_then(SourceRef::best_name);
    let relay = relay.map(|name| format!(" · as told by {name}"));
    let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
    let unnamed = || match claim.unnamed_source() {
        // The outlet stands on the row above.
        (_, Some(more)) if claim.article.meta.is_attributed() => more,
        (name, _) => name.to_owned(),
    };
    let name = source.map_or_else(unnamed, str::to_owned);
    format!("{name}{}{}", cue.unwrap_or_default(), relay.unwrap_or_default())
}

/// In words: what contradicts, and which claims go back to one source.
fn explain(pen: &mut Pen<'_>, claim: &Claim, related: &RelatedClaims, chosen: &Related, area: Rect) {
    let look = pen.look;
    let mut rows: Vec<(&str, String, Style)> = Vec::new();
    if let Some(days) = chosen.apart {
        rows.push(("time", format!("{days} days apart: what differs is no contradiction"), look.words));
    }
    for difference in chosen.differences.iter().filter(|d| d.kind.contradicts() && chosen.apart.is_none()) {
        let cut = |text: &str, bytes: &Option<Range<usize>>| {
            bytes.clone().and_then(|b| text.get(b)).unwrap_or_default().to_owned()
        };
        let here = cut(&claim.text, &difference.here);
        let there = cut(&chosen.claim.text, &difference.there);
        rows.push((difference.kind.word(), format!("{here}  against  {there}"), look.problem));
    }
    let agreeing: Vec<&Related> = related.claims.iter().filter(|r| r.agrees()).collect();
    for (place, origin) in related.origins.iter().enumerate() {
        let label = if place == 0 { "sources" } else { "" };
        // The first of those counted is the current claim itself.
        let at = |claim: &usize| if *claim == 0 { "this claim".to_owned() } else { outlet(agreeing.get(*claim - 1)) };
        let mut from: Vec<String> = origin.claims.iter().map(at).filter(|name| !name.is_empty()).collect();
        from.dedup();
        from.retain(|name| *name != origin.name);
        let counted = if origin.claims.len() > 1 { ", counted once" } else { "" };
        let from = if from.is_empty() { String::new() } else { format!(" – {}", from.join(", ")) };
        rows.push((label, format!("{}{from}{counted}", origin.name), look.words));
    }
    for (row, (label, value, style)) in rows.iter().take(usize::from(area.height.saturating_sub(1))).enumerate() {
        let y = area.y + 1 + row as u16;
        pen.put(area.x, y, LABELS, label, look.quiet);
        pen.put(area.x + LABELS, y, area.width.saturating_sub(LABELS), value, *style);
    }
}

fn outlet(related: Option<&&Related>) -> String {
    let meta = related.map(|related| &related.claim.article.meta);
    meta.and_then(|meta| meta.outlet.clone().or_else(|| meta.title.clone()))
        .unwrap_or_else(|| "another article".to_owned())
}

fn offer_words(offer: &Offer) -> String {
    let status = offer.status.word();
    match (offer.only_chosen, offer.claims.len()) {
        (true, 0) => "the chosen claim is decided already · Space: all · Esc: no".to_owned(),
        (false, 0) => "all that agree are decided already · Space: only the chosen · Esc: no".to_owned(),
        (true, _) => format!("{status} for the chosen claim? Enter: yes · Space: all that agree · Esc: no"),
        (false, 1) => format!("{status} for 1 undecided claim? Enter: yes · Space: only the chosen · Esc: no"),
        (false, n) => {
            format!("{status} for {n} undecided claims that agree? Enter: yes · Space: only the chosen · Esc: no")
        }
    }
}
