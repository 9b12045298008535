//! The review: the deck, the article with the claim lit in it, and what is known of the claim.

use ratatui::layout::Rect;

use super::article::{Lit, title_rows};
use super::pen::Pen;
use super::{article, facts, list, wrap};
use crate::app::actions::ACTIONS;
use crate::app::{App, Panes, Screen, Under};
use crate::domain::Status;

/// From so many columns on the deck has its own pane, and from so many the facts too.
const TWO_PANES: u16 = 96;
const THREE_PANES: u16 = 170;
/// From so many columns on the deck lies beside the article where that is asked for.
const NARROWEST_SIDE: u16 = 72;
/// Columns of the deck's pane at least, and left to the article with the hairline.
const LEAST_LIST: u16 = 20;
const LEAST_TEXT: u16 = 44;
/// Longest line of article text that reads well.
const MEASURE: u16 = 84;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, body: Rect) {
    let body = first_steps(pen, app, body);
    let Some(claim) = app.current() else { return nothing(pen, app, body) };
    let Some(list_width) = list_width(app, body) else {
        let rest = list::folded(pen, app, body);
        return reading(pen, app, rest, facts_below(rest.height));
    };
    list::draw(pen, app, Rect { width: list_width, ..body });
    pen.down(body.x + list_width, body.y, body.height);
    let right = Rect { x: body.x + list_width + 3, width: body.width - list_width - 5, ..body };
    if body.width < THREE_PANES {
        return reading(pen, app, right, facts_below(right.height));
    }
    let middle = Rect { width: MEASURE + 4, ..right };
    reading(pen, app, middle, 0);
    let line = middle.right() + 1;
    pen.down(line, body.y, body.height);
    let beside = Rect { x: line + 3, width: right.right().saturating_sub(line + 3), ..right };
    facts::beside(pen, app, &app.shown(claim), beside);
}

/// Columns of the deck's own pane; none where it is folded into a line.
fn list_width(app: &App, body: Rect) -> Option<u16> {
    let layout = app.layout();
    let beside = match layout.panes {
        Panes::Auto => body.width >= TWO_PANES,
        Panes::Side => body.width >= NARROWEST_SIDE,
        Panes::Stacked => false,
    };
    let wanted = layout.list_width.unwrap_or((body.width * 3 / 10).clamp(32, 56));
    beside.then(|| wanted.clamp(LEAST_LIST, body.width.saturating_sub(LEAST_TEXT).max(LEAST_LIST)))
}

/// What lies at a place of the review.
pub(super) fn under(app: &App, body: Rect, column: u16, row: u16) -> Under {
    let body = Rect { height: body.height - first_rows(app, body), ..body };
    match list_width(app, body) {
        _ if app.current().is_none() || row >= body.bottom() => Under::Nothing,
        Some(width) if column < body.x + width => {
            list::under(app, Rect { width, ..body }, row).map_or(Under::Nothing, Under::Claim)
        }
        Some(width) if column == body.x + width => Under::Divider,
        _ => Under::Article,
    }
}

/// Rows for facts under an article pane of so many rows.
fn facts_below(height: u16) -> u16 {
    match height {
        0..=9 => 1,
        10..=21 => 2,
        22..=27 => 6,
        _ => 9,
    }
}

/// The article with its title above and `facts` rows of facts below.
fn reading(pen: &mut Pen<'_>, app: &App, area: Rect, facts_rows: u16) {
    let Some(claim) = app.current() else { return };
    let width = area.width.min(MEASURE + 4);
    let used = title_rows(pen, app, claim, area);
    let below = if facts_rows == 0 { 0 } else { facts_rows + 1 };
    let height = area.height.saturating_sub(used + below);
    let text = Rect { y: area.y + used, width, height, ..area };
    let claim = &*app.shown(claim);
    article::draw(pen, app, &Lit::new(app, claim), text);
    if below > 0 && area.height > below {
        let y = area.bottom() - below;
        pen.across(area.x, y, width.max(area.width.min(MEASURE + 4)));
        facts::below(pen, app, claim, Rect { y: y + 1, height: facts_rows, ..area });
    }
}

/// The keys that matter on the first claim ever.
const FIRST_KEYS: [&str; 5] = ["verified", "unverified", "refuted", "undo", "help"];
/// What they do, in a word each.
const FIRST_WORDS: [&str; 5] = ["verified", "unverified", "refuted", "takes it back", "all keys"];

/// Rows that the first steps take.
fn first_rows(app: &App, body: Rect) -> u16 {
    const ROWS: u16 = 4;
    let alone = app.overlay().is_none() && app.current().is_some() && app.screen() == Screen::Review;
    if app.is_first_use() && alone && body.height >= 4 * ROWS { ROWS } else { 0 }
}

/// Actions whose keys the first steps say, so that nothing else needs to; none where they don't stand.
pub(super) fn first_keys(app: &App, body: Rect) -> &'static [&'static str] {
    if first_rows(app, body) > 0 { &FIRST_KEYS } else { &[] }
}

/// Says at the foot of the first claim ever what to do; the rest of the area.
fn first_steps(pen: &mut Pen<'_>, app: &App, body: Rect) -> Rect {
    let rows = first_rows(app, body);
    let rest = Rect { height: body.height - rows, ..body };
    if rows == 0 {
        return rest;
    }
    let look = pen.look;
    let (x, y) = (body.x + 3, rest.bottom());
    let width = body.width.saturating_sub(4);
    pen.across(body.x, y, body.width);
    let words = "One key decides on the claim that is lit, saves it, and brings the next:";
    pen.put(x, y + 1, width, words, look.words);
    let mut at = x;
    for (name, word) in FIRST_KEYS.iter().zip(FIRST_WORDS) {
        let action = ACTIONS.iter().find(|a| a.name == *name);
        let Some(key) = action.and_then(|a| app.keymap().keys(a).first()) else { continue };
        let room = (x + width).saturating_sub(at);
        at = pen.run(at, y + 2, room, &[(&key.to_string(), look.strong), (" ", look.quiet), (word, look.quiet)]) + 4;
    }
    rest
}

/// What to say where there is no claim.
fn nothing(pen: &mut Pen<'_>, app: &App, body: Rect) {
    let look = pen.look;
    let lines: Vec<(String, bool)> = if app.window().is_none() {
        vec![("reading the store …".to_owned(), false)]
    } else if app.store_is_empty() {
        [
            ("This store is empty.", true),
            ("", false),
            ("Leave with q, then load articles into it:", false),
            ("", false),
            ("  claimdeck load PATH…", true),
            ("", false),
            ("A PATH is a file or folder: .txt, .md, .json, .jsonl; - is standard input.", false),
            ("Their claims are then here, one key each:", false),
            ("v verified   u unverified   r refuted   d disputed   x not a claim", false),
        ]
        .map(|(text, strong)| (text.to_owned(), strong))
        .to_vec()
    } else if !app.search().is_empty() {
        vec![
            (format!("No claim of this deck has the words “{}”.", app.search()), true),
            ("Esc goes back to the deck".to_owned(), false),
        ]
    } else {
        vec![
            ("No claim fits the filter.".to_owned(), true),
            (app.deck().query.clone(), false),
            (String::new(), false),
            ("f changes it · Esc goes back".to_owned(), false),
        ]
    };
    let width = body.width.saturating_sub(8).min(MEASURE);
    let mut y = body.y + (body.height / 4).min(6);
    for (text, strong) in lines {
        let style = if strong { look.strong } else { look.quiet };
        let rows = wrap::all(&text, usize::from(width), 4);
        for row in &rows {
            if y < body.bottom() {
                pen.put(body.x + 4, y, width, &text[row.clone()], style);
            }
            y += 1;
        }
        y += u16::from(rows.is_empty());
    }
}

/// "3 of 14": the claim's place among the article's claims, and how many of those are left.
pub(super) fn article_progress(app: &App) -> Option<String> {
    let info = &app.reading()?.info;
    let claims = info.claims;
    // What the store said when the article was read, corrected by what is known better.
    let mut here: Vec<_> = app.claims_of_article().collect();
    // Of a long article too few are known, so that nothing has to be told apart.
    if here.len() as u32 >= claims {
        here.sort_unstable_by_key(|claim| claim.id);
        here.dedup_by_key(|claim| claim.id);
    }
    let left = if here.len() as u32 == claims {
        here.iter().filter(|c| app.status_of(c) == Status::Unreviewed).count() as u32
    } else {
        info.unreviewed.min(claims)
    };
    let claims_word = if claims == 1 { "claim" } else { "claims" };
    Some(format!("{claims} {claims_word}, {left} left"))
}
