//! The ledger of sources: who claims how much, what became of it, and how often it held up.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::header::number;
use super::lists;
use super::pen::Pen;
use crate::app::App;
use crate::domain::{Reliability, SourceInfo, Status};

/// Columns of each part of a row. All but the name stand to its right, so that nothing moves with the cursor.
struct Columns {
    claims: u16,
    name: u16,
    status: u16,
    left: u16,
    bar: u16,
    figure: u16,
    grade: u16,
}

/// Longest name that is given room: wider, and the eye loses the row.
const NAME: u16 = 64;
const GAP: u16 = 2;

impl Columns {
    fn of(width: u16) -> Self {
        let roomy = width >= 96;
        let (claims, status, left, bar, figure) = if roomy { (8, 7, 9, 10, 14) } else { (6, 4, 6, 4, 8) };
        let grade = if width >= 150 { 30 } else { 5 };
        let others = claims + GAP + 5 * status + left + GAP + bar + 1 + figure + grade;
        Self { claims, name: width.saturating_sub(others).min(NAME), status, left, bar, figure, grade }
    }
}

/// The statuses that were decided, in the order of their columns.
fn decided() -> impl Iterator<Item = Status> {
    Status::ALL.into_iter().filter(|status| *status != Status::Unreviewed)
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), height: 1, ..area };
    let sources = app.sources();
    if sources.rows().is_empty() {
        return nothing(pen, app, area);
    }
    let columns = Columns::of(inner.width);
    head(pen, &columns, inner);
    let height = usize::from(area.height.saturating_sub(2));
    let Range { start, end } = lists::seen(sources.cursor(), sources.rows().len(), height);
    for (place, source) in sources.rows().range(start..end).enumerate() {
        let y = area.y + 2 + place as u16;
        let chosen = start + place == sources.cursor();
        if chosen {
            pen.put(area.x + 1, y, 1, pen.look.marks.cursor, pen.look.accent);
        }
        if sources.marked().contains(&source.name) {
            pen.put(area.x + 2, y, 1, pen.look.marks.marked, pen.look.strong);
        }
        let grade = app.reliability_of(source);
        row(
            pen,
            &columns,
            (source, grade),
            Rect { y, ..inner },
            if chosen { pen.look.selected } else { pen.look.words },
        );
    }
}

fn head(pen: &mut Pen<'_>, columns: &Columns, at: Rect) {
    let quiet = pen.look.quiet;
    let mut x = right(pen, at.x, at.y, columns.claims, "claims", quiet) + GAP;
    pen.put(x, at.y, columns.name, "source", quiet);
    x += columns.name;
    for status in decided() {
        let (mark, style) = pen.look.status(status);
        x = right(pen, x, at.y, columns.status, mark, style);
    }
    x = right(pen, x, at.y, columns.left, "left", quiet) + GAP;
    pen.put(x, at.y, columns.bar + 1 + columns.figure, "held up", quiet);
    pen.put(x + columns.bar + 1 + columns.figure, at.y, columns.grade, "grade", quiet);
}

fn row(
    pen: &mut Pen<'_>,
    columns: &Columns,
    (source, grade): (&SourceInfo, Option<Reliability>),
    at: Rect,
    style: Style,
) {
    let look = pen.look;
    let claims = narrow(source.claims, columns.claims);
    let mut x = right(pen, at.x, at.y, columns.claims, &claims, look.words) + GAP;
    let room = columns.name.saturating_sub(1);
    // Where there is no room for the other names, how many there are.
    let others = if source.joined.is_empty() { String::new() } else { format!(" = {}", source.joined.len()) };
    let mut after = pen.put(x, at.y, room.saturating_sub(others.len() as u16), &source.name, style);
    let mut names = source.joined.join(", ");
    if (x + room).saturating_sub(after) < 8 {
        names.clear();
        after = pen.put(after, at.y, (x + room).saturating_sub(after), &others, look.quiet);
    }
    // A source without a name is called by its role.
    let role = source.role.as_deref().filter(|role| !source.name.contains(role));
    for (before, words) in [(" = ", Some(names.as_str()).filter(|names| !names.is_empty())), (", ", role)] {
        let left = (x + room).saturating_sub(after);
        if let Some(words) = words.filter(|_| left >= 8) {
            after = pen.run(after, at.y, left, &[(before, look.quiet), (words, look.quiet)]);
        }
    }
    x += columns.name;
    for status in decided() {
        let n = source.count(status);
        let (words, style) =
            if n == 0 { (look.marks.dot.to_owned(), look.line) } else { (narrow(n, columns.status), look.words) };
        x = right(pen, x, at.y, columns.status, &words, style);
    }
    let left = source.count(Status::Unreviewed);
    x = right(pen, x, at.y, columns.left, &narrow(left, columns.left), look.quiet) + GAP;
    if let Some(grade) = grade {
        let at_grade = x + columns.bar + 1 + columns.figure;
        let after = pen.put(at_grade, at.y, 2, &grade.to_string(), look.strong);
        pen.put(after + 1, at.y, columns.grade.saturating_sub(5), grade.words(), look.quiet);
    }
    let Some(record) = source.record() else {
        pen.put(x, at.y, 1, look.marks.none, look.line);
        return;
    };
    pen.bar(x, at.y, columns.bar, record.verified, record.decided());
    let decided = record.decided();
    let figure = format!("{} of {}", narrow(record.verified, 4), narrow(decided, 4));
    pen.put(x + columns.bar + 1, at.y, columns.figure, &figure, look.words);
}

fn nothing(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let look = pen.look;
    let letters = app.sources().ledger().letters.trim();
    let (first, second) = if !app.sources().is_read() {
        ("reading the store …".to_owned(), "")
    } else if !letters.is_empty() {
        (format!("No source has “{letters}” in its name."), "Esc goes back to all of them")
    } else {
        (
            "No source is known yet.".to_owned(),
            "Whoever an article says asserts something is listed here, with what became of it.",
        )
    };
    let x = area.x + 4;
    pen.put(x, area.y + 2, area.width.saturating_sub(8), &first, look.strong);
    pen.put(x, area.y + 3, area.width.saturating_sub(8), second, look.quiet);
}

/// Writes text that ends where its column ends; where the next begins.
fn right(pen: &mut Pen<'_>, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    pen.put_right(Rect { x, y, width, height: 1 }, y, text, style);
    x + width
}

/// A number in few columns, with a blank before it: "1,204", and "12k" where that doesn't fit.
fn narrow(n: u64, width: u16) -> String {
    let whole = number(n);
    if whole.len() < usize::from(width) {
        return whole;
    }
    match n {
        0..1_000 => whole,
        1_000..1_000_000 => format!("{}k", n / 1_000),
        _ => format!("{}m", n / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_does_not_fit_is_shortened() {
        assert_eq!([narrow(999, 4), narrow(1_204, 4), narrow(1_204, 6)], ["999", "1k", "1,204"]);
        assert_eq!([narrow(999_999, 4), narrow(5_000_000, 6)], ["999k", "5m"]);
    }
}
