//! What lies under a place of the screen, for the mouse. Goes by the same measures as drawing, and draws nothing.

use ratatui::layout::{Position, Rect};

use super::{body, lists, review};
use crate::app::{App, Screen, Under};

/// What is drawn at this column and row.
pub fn under(app: &App, size: (u16, u16), column: u16, row: u16) -> Under {
    let area = Rect::new(0, 0, size.0, size.1);
    let body = body(app, area);
    if !body.contains(Position::new(column, row)) {
        return Under::Nothing;
    }
    let rows = match app.screen() {
        Screen::Review => return review::under(app, body, column, row),
        Screen::Articles => app.articles().rows().len(),
        Screen::Sources => app.sources().rows().len(),
        Screen::Sessions => app.sessions().rows().len(),
        Screen::Statistics => return Under::Nothing,
    };
    let seen = lists::seen(app.chosen_row(), rows, usize::from(body.height.saturating_sub(lists::HEAD)));
    match row.checked_sub(body.y + lists::HEAD).map(|down| seen.start + usize::from(down)) {
        Some(place) if seen.contains(&place) => Under::Row(place),
        _ => Under::Nothing,
    }
}
