//! What floats over a screen: help, palette, the claim in full. Only these have borders.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::header::query_words;
use super::pen::{Pen, columns};
use super::{facts, grade, names, prompt, related, whole, wrap};
use crate::app::actions::{ACTIONS, Action};
use crate::app::{App, Decks, HelpRow, Overlay, help_rows, letters_in, palette_rows};

/// Columns of a box at most, and of its columns of keys and names.
const WIDEST: u16 = 104;
const HIGHEST: u16 = 34;
const GRADE: u16 = 72;
const KEYS: u16 = 15;
const NAMES: u16 = 20;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, screen: Rect) -> Option<Position> {
    match app.overlay()? {
        Overlay::Help { field, top } => {
            let inside = frame(pen, screen, "all keys", "type to narrow down · ↑ ↓ scroll · Esc closes");
            let place = help(pen, app, field.text(), *top, below_input(inside));
            let x = pen.put_right(inside, inside.y, &place, pen.look.quiet);
            Some(input(pen, field, Rect { width: x.saturating_sub(inside.x + 2), ..inside }))
        }
        Overlay::Palette { field, cursor } => {
            let inside = frame(pen, screen, "actions", "type a name · ↑ ↓ choose · Enter does it · Esc closes");
            palette(pen, app, field.text(), *cursor, below_input(inside));
            Some(input(pen, field, inside))
        }
        Overlay::Decks(list) => {
            let hint = "j k choose · Enter reviews it · a keeps this deck · x drops a kept one · Esc closes";
            let inside = frame_of(pen, screen, (WIDEST, list.rows.len().min(HIGHEST.into()) as u16), ("decks", hint));
            decks(pen, app, list, inside);
            None
        }
        Overlay::EvidenceList { cursor, .. } => {
            let hint = "j k choose · a add · Enter change · x remove · Esc closes";
            let pieces = app.current().map_or(0, |claim| app.state_of(claim).evidence.len()).min(17);
            let inside = frame_of(pen, screen, (WIDEST, pieces as u16 * 2), ("evidence", hint));
            evidence(pen, app, *cursor, inside);
            None
        }
        Overlay::Grade(graded) => {
            let hint = "a key grades it · Backspace takes the grade off · Esc closes";
            let inside = frame_of(pen, screen, (GRADE, grade::rows(graded)), (grade::title(graded), hint));
            grade::draw(pen, app, graded, inside);
            None
        }
        Overlay::Names(list) => {
            let hint = "j k choose · Enter makes it a source of its own · Esc closes";
            let inside = frame_of(pen, screen, (GRADE, names::rows(list)), ("joined names", hint));
            names::draw(pen, app, list, inside);
            None
        }
        Overlay::Claim(shown) => {
            let rows = whole::rows(pen, app, shown, inner_width(screen, WIDEST));
            let fits = rows.len() <= usize::from(highest(screen));
            let hint = if fits { "Esc closes" } else { "j k scroll · Esc closes" };
            let inside = frame_of(pen, screen, (WIDEST, rows.len().min(HIGHEST.into()) as u16), ("the claim", hint));
            whole::draw(pen, &rows, shown.top, inside);
            None
        }
        Overlay::Related(list) => {
            let hint = match &list.offer {
                Some(_) => "nothing is decided before Enter",
                None => "j k choose · Enter goes there · v u r d x decide on all · Esc closes",
            };
            let rows = related::rows(app, list, inner_width(screen, WIDEST));
            let inside = frame_of(pen, screen, (WIDEST, rows), ("related claims", hint));
            related::draw(pen, app, list, inside);
            None
        }
        _ => None,
    }
}

/// A bordered box in the middle of the screen; what is inside.
fn frame(pen: &mut Pen<'_>, screen: Rect, title: &str, hint: &str) -> Rect {
    frame_of(pen, screen, (WIDEST, HIGHEST), (title, hint))
}

/// Columns inside a box that is so wide at most.
fn inner_width(screen: Rect, most: u16) -> u16 {
    screen.width.saturating_sub(4).min(most).saturating_sub(6)
}

/// Rows inside the highest box: the screen shows around it that it floats.
fn highest(screen: Rect) -> u16 {
    screen.height.saturating_sub(6).min(HIGHEST)
}

/// A box for so many columns and rows at most, with a title above and a hint below.
fn frame_of(pen: &mut Pen<'_>, screen: Rect, most: (u16, u16), (title, hint): (&str, &str)) -> Rect {
    let width = inner_width(screen, most.0) + 6;
    let height = highest(screen).min(most.1) + 2;
    let area =
        Rect { x: screen.x + (screen.width - width) / 2, y: screen.y + (screen.height - height) / 2, width, height };
    let look = pen.look;
    let rows = Rect { x: screen.x, y: area.y.saturating_sub(1), width: screen.width, height: height + 2 };
    pen.blank(if look.behind.is_none() { rows } else { area });
    pen.border(area);
    let titled = Rect { x: area.x + 2, width: columns(title) as u16 + 2, height: 1, ..area }.intersection(area);
    pen.blank(titled);
    pen.put(titled.x + 1, area.y, titled.width.saturating_sub(2), title, look.strong);
    let hint = fitting(hint, usize::from(width.saturating_sub(6)));
    let hint_width = (columns(hint) + 2).min(usize::from(width.saturating_sub(4))) as u16;
    let x = area.right().saturating_sub(hint_width + 2);
    pen.run(x, area.bottom() - 1, hint_width, &[(" ", look.quiet), (hint, look.quiet), (" ", look.quiet)]);
    Rect { x: area.x + 3, y: area.y + 1, width: width.saturating_sub(6), height: height.saturating_sub(2) }
}

/// The end of a hint that fits whole: how a box is left stands last, what goes without saying first.
fn fitting(hint: &str, width: usize) -> &str {
    let mut rest = hint;
    while columns(rest) > width
        && let Some((_, later)) = rest.split_once(" · ")
    {
        rest = later;
    }
    rest
}

fn input(pen: &mut Pen<'_>, field: &crate::app::Field, inside: Rect) -> Position {
    let x = pen.put(inside.x, inside.y, 2, "> ", pen.look.accent);
    prompt::write_line(pen, field, Rect { x, width: inside.width.saturating_sub(2), height: 1, ..inside })
}

fn below_input(inside: Rect) -> Rect {
    Rect { y: inside.y + 2, height: inside.height.saturating_sub(2), ..inside }
}

/// Draws the rows from this one on; how far they reach, as in "20 of 78".
fn help(pen: &mut Pen<'_>, app: &App, typed: &str, top: usize, area: Rect) -> String {
    let look = pen.look;
    let rows = help_rows(app, typed);
    if rows.is_empty() {
        pen.put(area.x, area.y, area.width, "no key or action fits", look.quiet);
    }
    let total = rows.len();
    let mut seen = top.min(total);
    let mut y = area.y;
    let mut last = None;
    for row in rows.into_iter().skip(top) {
        if last != Some(row.title()) {
            y += u16::from(last.is_some());
            if y + 1 >= area.bottom() {
                break;
            }
            pen.put(area.x, y, area.width, row.title(), look.quiet);
            last = Some(row.title());
            y += 1;
        }
        if y >= area.bottom() {
            break;
        }
        // The name that the config file knows it by, where there is room for it.
        let names = if area.width >= 80 { NAMES } else { 0 };
        let words = match row {
            HelpRow::Action(action) => {
                pen.put(area.x, y, KEYS - 1, &way_to(app, action), look.strong);
                pen.put(area.x + KEYS, y, names.saturating_sub(2), action.name, look.quiet);
                action.help
            }
            HelpRow::Mark(sign, words) => {
                let (mark, style) = look.sign(sign);
                pen.put(area.x, y, KEYS - 1, mark, style);
                words
            }
        };
        let x = area.x + KEYS + if matches!(row, HelpRow::Action(_)) { names } else { 0 };
        let room = area.right().saturating_sub(x);
        for line in wrap::all(words, usize::from(room).max(1), usize::from(area.bottom() - y)) {
            pen.put(x, y, room, &words[line], look.words);
            y += 1;
        }
        seen += 1;
    }
    if total == 0 { String::new() } else { format!("{seen} of {total}") }
}

/// Its keys; of an action without any, its name behind the key of the palette, which runs it.
fn way_to(app: &App, action: &Action) -> String {
    let palette = || ACTIONS.iter().find(|a| a.name == "palette").and_then(|a| app.keymap().keys(a).first());
    match (keys_of(app, action), palette()) {
        (keys, Some(palette)) if keys.is_empty() => format!("{palette}{}", action.name),
        (keys, _) => keys,
    }
}

fn palette(pen: &mut Pen<'_>, app: &App, typed: &str, cursor: usize, area: Rect) {
    let look = pen.look;
    let rows = palette_rows(app, typed);
    if rows.is_empty() {
        pen.put(area.x, area.y, area.width, "no action fits", look.quiet);
    }
    let top = (cursor + 1).saturating_sub(usize::from(area.height));
    for (place, action) in rows.into_iter().enumerate().skip(top).take(usize::from(area.height)) {
        let y = area.y + (place - top) as u16;
        let chosen = place == cursor;
        if chosen {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        let name: Style = if chosen { look.selected } else { look.words };
        pen.put(area.x + 2, y, NAMES - 1, action.name, name);
        let letters: Vec<_> = letters_in(action.name, typed).into_iter().flatten().map(|at| at..at + 1).collect();
        pen.light(area.x + 2, y, NAMES - 1, action.name, &letters, look.accent);
        let keys = keys_of(app, action);
        let keys_at = pen.put_right(area, y, &keys, look.quiet);
        let room = keys_at.saturating_sub(area.x + NAMES + 3);
        let (words, style) = match (action.blocked)(app) {
            Some(reason) => (reason, look.unsaved),
            None => (action.help, look.quiet),
        };
        pen.put(area.x + NAMES + 2, y, room, words, style);
    }
}

fn keys_of(app: &App, action: &Action) -> String {
    app.keymap().keys(action).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn decks(pen: &mut Pen<'_>, app: &App, list: &Decks, area: Rect) {
    let look = pen.look;
    let top = (list.cursor + 1).saturating_sub(usize::from(area.height));
    for (place, named) in list.rows.iter().enumerate().skip(top).take(usize::from(area.height)) {
        let y = area.y + (place - top) as u16;
        let chosen = place == list.cursor;
        if chosen {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        pen.put(area.x + 2, y, NAMES - 1, &named.name, if chosen { look.selected } else { look.words });
        let order = format!("by {}", named.deck.order);
        let at = pen.put_right(area, y, &order, look.quiet);
        let room = at.saturating_sub(area.x + NAMES + 3);
        pen.put(area.x + NAMES + 2, y, room, &query_words(app, &named.deck.query), look.quiet);
    }
}

/// Two rows a piece: what it does and is, then what is known of it.
fn evidence(pen: &mut Pen<'_>, app: &App, cursor: usize, area: Rect) {
    let Some(claim) = app.current() else { return };
    let state = app.state_of(claim);
    let look = pen.look;
    let fit = usize::from(area.height / 2).max(1);
    let top = (cursor + 1).saturating_sub(fit);
    for (place, piece) in state.evidence.iter().enumerate().skip(top).take(fit) {
        let y = area.y + (place - top) as u16 * 2;
        let chosen = place == cursor;
        if chosen {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        pen.put(area.x + 2, y, 9, piece.stance.word(), look.quiet);
        let (x, width) = (area.x + 12, area.width.saturating_sub(12));
        let words = facts::piece_words(piece);
        pen.put(x, y, width, &words, if chosen { look.selected } else { look.words });
        pen.link((x, y), width, &words, &(0..words.len()), &piece.url);
        if y + 1 < area.bottom() {
            pen.put(x, y + 1, width, &facts::about_piece(piece), look.quiet);
        }
    }
}
