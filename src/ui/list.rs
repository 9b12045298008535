//! The deck as a list beside the article, or folded into one line above it.

use ratatui::layout::Rect;

use super::article::name_of;
use super::found::Found;
use super::pen::Pen;
use crate::app::{App, Sign, Window};
use crate::domain::{Claim, Mode, Order, Status};

/// A row of the list.
enum Row<'a> {
    /// The article that the claims below stand in.
    Article(&'a Claim),
    /// A claim, and whether it is the current one.
    Claim(&'a Claim, bool),
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let Some(window) = app.window() else { return };
    let found = Found::new(app);
    let by_article = matches!(app.deck().order, Order::Article | Order::Newest);
    for (place, row) in rows(window, by_article, usize::from(area.height)).into_iter().enumerate() {
        let y = area.y + place as u16;
        match row {
            Row::Article(claim) => heading(pen, &found, claim, area, y),
            Row::Claim(claim, current) => {
                let shown = app.shown(claim);
                let text = line(pen, app, &shown, current, Rect { y, height: 1, ..area });
                let (x, room) = (area.x + TEXT, area.width.saturating_sub(TEXT + 1));
                pen.light(x, y, room, text, &found.ranges(text), pen.look.found);
            }
        }
    }
}

/// The place in the window of the claim in this row of the screen.
pub(super) fn under(app: &App, area: Rect, row: u16) -> Option<usize> {
    let window = app.window()?;
    let by_article = matches!(app.deck().order, Order::Article | Order::Newest);
    let rows = rows(window, by_article, usize::from(area.height));
    match rows.get(usize::from(row.checked_sub(area.y)?))? {
        Row::Claim(claim, _) => window.place_of(claim.id),
        Row::Article(_) => None,
    }
}

/// The rows that fit, the current claim at two fifths of the height where there is enough on both sides.
fn rows(window: &Window, by_article: bool, height: usize) -> Vec<Row<'_>> {
    let cursor = window.cursor();
    let mut above = Vec::new();
    let mut below = Vec::new();
    let article = |place: usize| window.get(place).map(|c| c.article.id);
    let opens = |place: usize| match place.checked_sub(1) {
        Some(before) => article(before) != article(place),
        None => window.at_start(),
    };
    for place in (0..=cursor).rev() {
        let Some(claim) = window.get(place) else { break };
        if place < cursor {
            above.push(Row::Claim(claim, false));
        }
        if by_article && opens(place) {
            above.push(Row::Article(claim));
        }
        if above.len() >= height {
            break;
        }
    }
    for place in cursor..window.len() {
        let Some(claim) = window.get(place).filter(|_| below.len() < height) else { break };
        if by_article && place > cursor && opens(place) {
            below.push(Row::Article(claim));
        }
        below.push(Row::Claim(claim, place == cursor));
    }
    let up = above.len().min((height * 2 / 5).max(height.saturating_sub(below.len())));
    let mut rows: Vec<_> = above.into_iter().take(up).collect();
    rows.reverse();
    rows.extend(below);
    rows.truncate(height);
    rows
}

fn heading(pen: &mut Pen<'_>, found: &Found, claim: &Claim, area: Rect, y: u16) {
    let (x, room, name) = (area.x + 3, area.width.saturating_sub(4), name_of(&claim.article.meta));
    pen.put(x, y, room, name, pen.look.quiet);
    pen.light(x, y, room, name, &found.ranges(name), pen.look.found);
}

/// Columns left of a claim's words.
const TEXT: u16 = 6;

/// Writes a claim's row; the words that it shows.
fn line<'c>(pen: &mut Pen<'_>, app: &App, claim: &'c Claim, current: bool, area: Rect) -> &'c str {
    let look = pen.look;
    let y = area.y;
    if current {
        pen.put(area.x + 1, y, 1, look.marks.cursor, look.accent);
    }
    let (mark, style) = mark_of(pen, app, claim);
    pen.put(area.x + 3, y, 1, mark, style);
    let decided = app.status_of(claim) != Status::Unreviewed;
    let words = match (current, decided) {
        (true, _) => look.selected,
        (false, true) => look.quiet,
        (false, false) => look.words,
    };
    // Speech hangs its mark to the left of the words, so that all words begin in one column.
    pen.put(area.x + 5, y, 1, look.mode(claim.mode), look.quiet);
    let text = match claim.mode {
        Mode::Narrative => claim.text.as_str(),
        _ => claim.text.trim_start_matches(['“', '"', '„', '«', '‘']),
    };
    pen.put(area.x + TEXT, y, area.width.saturating_sub(TEXT + 1), text, words);
    text
}

/// The mark of a claim: its status; of one that nobody has decided on, the later pile or its new words first.
pub(super) fn mark_of(pen: &Pen<'_>, app: &App, claim: &Claim) -> (&'static str, ratatui::style::Style) {
    if app.state_of(claim).is_hidden() {
        return pen.look.sign(Sign::Hidden);
    }
    let status = app.status_of(claim);
    if status == Status::Unreviewed && app.state_of(claim).later {
        return pen.look.sign(Sign::Later);
    }
    if status == Status::Unreviewed && claim.changed {
        return pen.look.sign(Sign::Changed);
    }
    pen.look.status(status)
}

/// One line instead of the list; what is left of the area.
pub(super) fn folded(pen: &mut Pen<'_>, app: &App, area: Rect) -> Rect {
    let Some(window) = app.window() else { return area };
    let look = pen.look;
    let right = area.right().saturating_sub(1);
    let mut x = pen.put(area.x + 1, area.y, 1, look.marks.cursor, look.accent) + 1;
    if let Some(claim) = window.current() {
        let (mark, style) = mark_of(pen, app, claim);
        x = pen.put(x, area.y, 1, mark, style) + 1;
        let here = app.reading().map(|r| r.info.claims);
        let words = match (here, &claim.state.added_by) {
            (Some(here), Some(_)) => format!("added, {here} here"),
            (Some(here), None) => format!("{} of {here} here", claim.ordinal),
            (None, _) => format!("{} here", claim.ordinal),
        };
        x = pen.put(x, area.y, right - x, &words, look.words) + 3;
    }
    let before = window.cursor().checked_sub(1).and_then(|place| window.get(place));
    let after = window.get(window.cursor() + 1);
    for (word, claim) in [("previous", before), ("next", after)] {
        let (mark, style) = claim.map_or((look.marks.none, look.line), |c| mark_of(pen, app, c));
        x = pen.put(x, area.y, right.saturating_sub(x), word, look.quiet) + 1;
        x = pen.put(x, area.y, right.saturating_sub(x), mark, style) + if word == "next" { 2 } else { 3 };
    }
    if let Some(claim) = after {
        pen.put(x, area.y, right.saturating_sub(x), &claim.text, look.quiet);
    }
    let used = if area.height >= 12 { 2 } else { 1 };
    Rect { y: area.y + used, height: area.height - used, x: area.x + 1, width: area.width - 2 }
}
