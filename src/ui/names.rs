//! The names that were joined into a source, floating: one row each, with who joined it and when.

use ratatui::layout::Rect;

use super::header::minute;
use super::pen::Pen;
use crate::app::{App, Names};

/// Columns of a name at most.
const NAME: u16 = 40;

/// Rows that it takes.
pub(super) fn rows(names: &Names) -> u16 {
    2 + names.joined.len().min(30) as u16
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, names: &Names, area: Rect) {
    let look = pen.look;
    pen.put(area.x, area.y, area.width, &names.source, look.strong);
    let height = usize::from(area.height.saturating_sub(2));
    let top = (names.cursor + 1).saturating_sub(height);
    for (place, name) in names.joined.iter().enumerate().skip(top).take(height) {
        let y = area.y + 2 + (place - top) as u16;
        let chosen = place == names.cursor;
        if chosen {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        let room = NAME.min(area.width / 2);
        pen.put(area.x + 2, y, room, name, if chosen { look.selected } else { look.words });
        let words = names.join_of(name).map(|join| format!("{}  {}", minute(app.local(join.at)), join.analyst));
        let x = area.x + 2 + room + 2;
        pen.put(x, y, area.right().saturating_sub(x), words.as_deref().unwrap_or_default(), look.quiet);
    }
}
