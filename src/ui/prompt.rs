//! What is typed at the bottom of the screen: search, filter, note, evidence, tags. The article stays in view above.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::header::count_words;
use super::pen::{Pen, columns};
use super::{clean, wrap};
use crate::app::actions::ACTIONS;
use crate::app::{All, App, Field, Join, Overlay, Part, Said, Span};
use crate::domain::Evidence;

/// Columns of the label before what is typed.
const LABEL: u16 = 11;
/// Rows of a note that are seen at once.
const NOTE_ROWS: u16 = 6;

/// What to write of a piece of evidence.
const EVIDENCE: &str = "link, file or “words”, then supports, refutes or context, seen:DAY archived:LINK, a word on it";

/// From so many columns on what is said below the input fits into one row.
const ONE_ROW: u16 = 110;

/// Rows that the prompt takes, its hairline included; none where nothing is typed at the bottom.
pub(super) fn height(app: &App, width: u16) -> u16 {
    match app.overlay() {
        Some(Overlay::Note { .. }) => NOTE_ROWS + 2,
        Some(Overlay::Span(span)) => 1 + key_rows(moving(span), width).len() as u16,
        Some(Overlay::Cut(_)) => 1 + key_rows(&CUTTING, width).len() as u16,
        Some(Overlay::Join(_)) => 4,
        // What they say of a mistake, or of what may be typed, can be long.
        Some(
            Overlay::Filter { .. }
            | Overlay::Evidence { .. }
            | Overlay::Line { .. }
            | Overlay::Added { .. }
            | Overlay::All(_),
        ) => 2 + if width < ONE_ROW { 2 } else { 1 },
        Some(Overlay::Search { .. } | Overlay::FindSource { .. } | Overlay::Tags { .. } | Overlay::DeckName { .. }) => {
            3
        }
        Some(
            Overlay::Decks(_)
            | Overlay::Grade(_)
            | Overlay::Help { .. }
            | Overlay::Palette { .. }
            | Overlay::EvidenceList { .. }
            | Overlay::Names(_),
        ) => 0,
        Some(Overlay::Claim(_) | Overlay::Related(_) | Overlay::Welcome(_)) | None => 0,
    }
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, area: Rect) -> Option<Position> {
    let look = pen.look;
    pen.across(area.x, area.y, area.width);
    match app.overlay() {
        Some(Overlay::Span(span)) => {
            let label = if span.moves_start() { "beginning" } else { "end" };
            keys(pen, label, moving(span), area);
            return None;
        }
        Some(Overlay::Join(join)) => {
            joining(pen, join, area);
            return None;
        }
        Some(Overlay::Cut(_)) => {
            keys(pen, "split", &CUTTING, area);
            return None;
        }
        _ => {}
    }
    let (label, hint, style) = words(pen, app)?;
    let input = Rect {
        x: area.x + LABEL,
        y: area.y + 1,
        width: area.width.saturating_sub(LABEL + 1),
        height: if matches!(app.overlay(), Some(Overlay::Note { .. })) {
            area.height.saturating_sub(2).max(1)
        } else {
            1
        },
    };
    pen.put(area.x + 1, input.y, LABEL - 2, label, look.strong);
    let field = app.overlay()?.field()?;
    let cursor = match app.overlay() {
        Some(Overlay::Note { .. }) => write_lines(pen, field, input),
        _ => write_line(pen, field, input),
    };
    let y = input.bottom();
    let rows = area.bottom().saturating_sub(y);
    if rows > 0 && !offers(pen, app, Rect { y, ..input }) {
        let x = problem_column(app, input).unwrap_or(input.x);
        let width = area.right().saturating_sub(x + 1);
        if rows == 1 {
            pen.put(x, y, width, &hint, style);
            return Some(cursor);
        }
        for (line, y) in wrap::all(&hint, usize::from(width).max(1), rows.into()).into_iter().zip(y..) {
            pen.put(x, y, width, &hint[line], style);
        }
    }
    Some(cursor)
}

type Keys = [&'static [(&'static str, &'static str)]; 2];

/// The keys that move the ends of a claim's words.
const MOVING: Keys = [
    &[("← →", "letter"), ("b w", "word"), ("( )", "sentence"), ("Tab", "other end")],
    &[("Enter", "saves"), ("Esc", "leaves it"), ("s", "source"), ("c", "cue"), ("m", "mode"), ("x", "hide")],
];
/// Those that choose the words of a claim that is added.
const ADDING: Keys = [
    &[("j k", "another sentence"), ("← →", "letter"), ("b w", "word"), ("( )", "sentence")],
    &[("Tab", "other end"), ("s", "who asserts it"), ("Enter", "adds it"), ("Esc", "leaves it")],
];
/// Those that say where a claim is split.
const CUTTING: Keys =
    [&[("← →", "letter"), ("b w", "word")], &[("Enter", "splits it before the marked letter"), ("Esc", "leaves it")]];

fn moving(span: &Span) -> &'static Keys {
    if span.adds { &ADDING } else { &MOVING }
}

/// The keys row by row: as they belong together where there is room for that, else as many in a row as fit.
fn key_rows(rows: &'static Keys, width: u16) -> Vec<Vec<(&'static str, &'static str)>> {
    let wide = |(key, word): &(&str, &str)| columns(key) + columns(word) + 4;
    let room = usize::from(width.saturating_sub(LABEL)) + 3;
    if rows.iter().all(|row| row.iter().map(wide).sum::<usize>() <= room) {
        return rows.iter().map(|row| row.to_vec()).collect();
    }
    let mut flowing: Vec<Vec<_>> = vec![Vec::new()];
    let mut used = 0;
    for pair in rows.iter().flat_map(|row| row.iter()) {
        if used + wide(pair) > room && used > 0 {
            flowing.push(Vec::new());
            used = 0;
        }
        used += wide(pair);
        if let Some(row) = flowing.last_mut() {
            row.push(*pair);
        }
    }
    flowing
}

/// Which names go and which one stays.
fn joining(pen: &mut Pen<'_>, join: &Join, area: Rect) {
    let look = pen.look;
    let names = join.names.join(", ");
    let hint = "Enter joins them, z takes that back · Esc leaves them";
    for (y, (label, words, style)) in (area.y + 1..area.bottom()).zip([
        ("join", names.as_str(), look.words),
        ("into", join.into.as_str(), look.selected),
        ("", hint, look.quiet),
    ]) {
        pen.put(area.x + 1, y, LABEL - 2, label, look.strong);
        pen.put(area.x + LABEL, y, area.width.saturating_sub(LABEL + 1), words, style);
    }
}

fn keys(pen: &mut Pen<'_>, label: &str, rows: &'static Keys, area: Rect) {
    let look = pen.look;
    pen.put(area.x + 1, area.y + 1, LABEL - 2, label, look.strong);
    for (keys, y) in key_rows(rows, area.width).iter().zip(area.y + 1..area.bottom()) {
        let mut x = area.x + LABEL;
        for (key, word) in keys {
            let room = area.right().saturating_sub(x);
            x = pen.run(x, y, room, &[(key, look.strong), (" ", look.quiet), (word, look.quiet)]) + 3;
        }
    }
}

/// What one line about a claim is called, and what to write in it.
fn line_words(app: &App, part: Part) -> (&'static str, String) {
    let (label, hint) = match part {
        Part::Source => ("source", "who asserts it · empty: the article itself · Enter saves, Esc leaves it"),
        Part::Cue => ("cue", "words of the article · empty: none · Enter saves, Esc leaves it"),
        Part::Hide => ("hide", "why it is hidden · Enter hides it, z takes that back"),
        Part::Gate => {
            let has = app.current().map_or(0, |c| app.state_of(c).supporters());
            let hint =
                format!("has {has} of {} independent sources: why verified? Enter saves, Esc leaves it", app.gate());
            return ("reason", hint);
        }
    };
    (label, hint.to_owned())
}

/// The label, and the line below what is typed.
fn words(pen: &Pen<'_>, app: &App) -> Option<(&'static str, String, Style)> {
    let look = pen.look;
    let overlay = app.overlay()?;
    if let (Some(problem), Overlay::Search { .. } | Overlay::Filter { .. }) = (overlay.problem(), overlay) {
        let label = if matches!(overlay, Overlay::Search { .. }) { "search" } else { "filter" };
        return Some((label, format!("^ {}", problem.message), look.problem));
    }
    let (label, hint, style) = hint(pen, app, overlay)?;
    // The status line is covered: what it would say of a mistake is said here.
    match app.said() {
        Said::Problem(problem) => Some((label, problem.clone(), look.problem)),
        _ => Some((label, hint, style)),
    }
}

fn hint(pen: &Pen<'_>, app: &App, overlay: &Overlay) -> Option<(&'static str, String, Style)> {
    let look = pen.look;
    let quiet = |label, hint: &str| Some((label, hint.to_owned(), look.quiet));
    match overlay {
        Overlay::Search { field, .. } => {
            let found = app.tally().filter(|_| !field.text().trim().is_empty() && app.search() == field.text().trim());
            let found = found.map(|t| format!("{} · ", claims(&count_words(t.total)))).unwrap_or_default();
            quiet("search", &format!("{found}Enter keeps it, Esc goes back"))
        }
        Overlay::FindSource { .. } => quiet("find", "letters of a name · Enter keeps what is found, Esc leaves it"),
        Overlay::Filter { count, .. } => {
            let found = count.map(|c| format!("{} · ", claims(&count_words(c)))).unwrap_or_default();
            quiet("filter", &format!("{found}Enter applies it, Tab completes, Esc leaves it"))
        }
        Overlay::Note { .. } => {
            quiet("note", &format!("Enter saves, Alt-Enter new line{}, Esc leaves it", editor(app)))
        }
        Overlay::Evidence { problem: Some(problem), .. } => Some(("evidence", (*problem).to_owned(), look.problem)),
        Overlay::Evidence { field, .. } => match app.evidence_in(field.text()) {
            Some(piece) => quiet("evidence", &format!("{} · Enter keeps it, Esc leaves it", kept(&piece))),
            None => quiet("evidence", EVIDENCE),
        },
        Overlay::DeckName { .. } => quiet("name", "what this deck is called · Enter keeps it, F finds it again"),
        Overlay::All(All { problem: Some(problem), .. }) => Some(("do to all", problem.clone(), look.problem)),
        Overlay::All(all) => {
            let which = if all.is_over() { "decided or not" } else { "undecided" };
            let count = all.count.map_or_else(|| "counting".to_owned(), |count| claims(&count_words(count)));
            let gate = if app.gate() > 0 && all.field.text().trim().starts_with("verified") {
                " · their sources are not looked at"
            } else {
                ""
            };
            quiet("do to all", &format!("{count} {which}{gate} · a status, later or tag WORD · Enter does it"))
        }
        Overlay::Line { problem: Some(problem), part, .. } => {
            Some((line_words(app, *part).0, (*problem).to_owned(), look.problem))
        }
        Overlay::Line { part, .. } => {
            let (label, hint) = line_words(app, *part);
            quiet(label, &hint)
        }
        Overlay::Added { .. } => {
            quiet("source", "who asserts it · empty: the article itself · Enter adds the claim, Esc leaves it")
        }
        Overlay::Tags { .. } => quiet("tags", "one or more, with blanks between · Enter saves, Esc leaves them"),
        Overlay::Decks(_)
        | Overlay::Grade(_)
        | Overlay::Help { .. }
        | Overlay::Palette { .. }
        | Overlay::Claim(_)
        | Overlay::EvidenceList { .. }
        | Overlay::Join(_)
        | Overlay::Names(_)
        | Overlay::Span(_)
        | Overlay::Cut(_)
        | Overlay::Related(_)
        | Overlay::Welcome(_) => None,
    }
}

/// What is understood of a line of evidence.
fn kept(piece: &Evidence) -> String {
    let seen = piece.seen.as_ref().map(|day| format!("seen {day}"));
    let archived = piece.archived.as_ref().map(|_| "with a copy".to_owned());
    let note = piece.note.as_ref().map(|note| format!("“{note}”"));
    let what = format!("{} {}", piece.kind.word(), piece.stance.word());
    [Some(what), seen, archived, note].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn editor(app: &App) -> String {
    let key = ACTIONS.iter().find(|a| a.name == "note-in-editor").and_then(|a| app.keymap().keys(a).first());
    key.map(|key| format!(", {key} your editor")).unwrap_or_default()
}

fn claims(count: &str) -> String {
    format!("{count} {}", if count == "1" { "claim" } else { "claims" })
}

/// What Tab puts at the cursor, in the place of the hint; `false` where nothing is offered for what is typed.
fn offers(pen: &mut Pen<'_>, app: &App, row: Rect) -> bool {
    let Some(
        Overlay::Search { completion, field, .. }
        | Overlay::Filter { completion, field, .. }
        | Overlay::All(All { completion, field, problem: None, .. }),
    ) = app.overlay()
    else {
        return false;
    };
    let begun = field.text()[..field.cursor()].ends_with(|c: char| !c.is_whitespace());
    // While words are searched for, fields that begin alike would only disturb.
    let words = matches!(app.overlay(), Some(Overlay::Search { .. })) && !field.text().contains(':');
    if completion.offers().is_empty() || !begun || (words && completion.chosen().is_none()) {
        return false;
    }
    let look = pen.look;
    let mut x = pen.put(row.x, row.y, row.width, "Tab", look.strong) + 2;
    // The chosen one stays in view.
    let first = completion.chosen().map_or(0, |at| at.saturating_sub(2));
    for (place, offer) in completion.offers().iter().enumerate().skip(first) {
        let style = if completion.chosen() == Some(place) { look.selected } else { look.quiet };
        if x >= row.right() {
            break;
        }
        x = pen.put(x, row.y, row.right() - x, offer, style) + 2;
    }
    true
}

/// The column under the place in the query where it went wrong.
fn problem_column(app: &App, input: Rect) -> Option<u16> {
    let overlay = app.overlay()?;
    let (field, problem) = (overlay.field()?, overlay.problem()?);
    let before = field.text().get(..problem.at)?;
    let column = clean::width(&clean::line(before));
    // Near the right edge there would be no room left for the words.
    (column < usize::from(input.width / 2)).then(|| input.x + column as u16)
}

/// One line, moved along so that the cursor is in it; where the cursor stands.
pub(super) fn write_line(pen: &mut Pen<'_>, field: &Field, area: Rect) -> Position {
    let text = field.text();
    let room = usize::from(area.width.saturating_sub(1));
    let mut from = 0;
    let before = &text[..field.cursor()];
    let mut used = clean::width(&clean::line(before));
    for c in before.chars() {
        if used <= room {
            break;
        }
        from += c.len_utf8();
        used = clean::width(&clean::line(&before[from..]));
    }
    pen.put(area.x, area.y, area.width, &text[from..], pen.look.words);
    Position::new(area.x + used.min(room) as u16, area.y)
}

fn write_lines(pen: &mut Pen<'_>, field: &Field, area: Rect) -> Position {
    let text = field.text();
    let mut lines = wrap::all(text, usize::from(area.width).max(1), usize::MAX);
    if text.is_empty() || text.ends_with('\n') {
        lines.push(text.len()..text.len());
    }
    let row = lines.iter().rposition(|line| line.start <= field.cursor()).unwrap_or_default();
    let top = (row + 1).saturating_sub(usize::from(area.height));
    for (place, line) in lines.iter().skip(top).take(usize::from(area.height)).enumerate() {
        pen.put(area.x, area.y + place as u16, area.width, &text[line.clone()], pen.look.words);
    }
    let before = text.get(lines[row].start..field.cursor()).unwrap_or_default();
    let column = clean::width(&clean::line(before)).min(usize::from(area.width.saturating_sub(1)));
    Position::new(area.x + column as u16, area.y + (row - top) as u16)
}
