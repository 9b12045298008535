//! The ledger of sources: who claims how much, what became of it, and how often it held up.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::header::number;
use super::lists;
use super::pen::Pen;
use crate::app::{App, Sign};
use crate::domain::{Reliability, SourceInfo, Status};

/// Columns of each part of a row; none of what gave way. All but the first and the name stand to its right, so that nothing
/// moves with the cursor.
#[derive(Clone, Copy)]
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
/// A name has so many columns before anything else has any.
const LEAST_NAME: u16 = 28;
const GAP: u16 = 2;
const ROOMY: Columns = Columns { claims: 8, name: 0, status: 7, left: 9, bar: 11, figure: 14, grade: 5 };
const CLOSE: Columns = Columns { claims: 6, name: 0, status: 4, left: 5, bar: 5, figure: 8, grade: 5 };
/// What gives way, one after the other; what comes back fits again once the statuses are gone.
const LAYOUTS: [Columns; 6] = [
    ROOMY,
    CLOSE,
    Columns { bar: 0, ..CLOSE },
    Columns { bar: 0, grade: 0, ..CLOSE },
    Columns { bar: 0, status: 0, ..CLOSE },
    Columns { bar: 0, status: 0, grade: 0, figure: 0, ..CLOSE },
];

impl Columns {
    fn of(width: u16) -> Self {
        let whole = |layout: &Self| {
            let grade = if width >= 150 { 30 } else { layout.grade };
            Self { grade, name: width.saturating_sub(layout.others() + grade - layout.grade).min(NAME), ..*layout }
        };
        let [.., least] = LAYOUTS;
        LAYOUTS.iter().map(whole).find(|columns| columns.name >= LEAST_NAME).unwrap_or_else(|| whole(&least))
    }

    /// Columns of all but the name.
    fn others(&self) -> u16 {
        self.claims + GAP + 5 * self.status + self.left + self.record() + self.grade
    }

    /// Columns of how often it held up, the gap before them included.
    fn record(&self) -> u16 {
        if self.figure > 0 { GAP + self.bar + self.figure } else { 0 }
    }
}

/// The statuses that were decided, in the order of their columns.
fn decided() -> impl Iterator<Item = Status> {
    Status::ALL.into_iter().filter(|status| *status != Status::Unreviewed)
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(4), height: 1, ..area };
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
            let (mark, style) = pen.look.sign(Sign::Marked);
            pen.put(area.x + 2, y, 1, mark, style);
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
    for status in decided().filter(|_| columns.status > 0) {
        let (mark, style) = pen.look.status(status);
        x = right(pen, x, at.y, columns.status, mark, style);
    }
    x = right(pen, x, at.y, columns.left, "left", quiet);
    pen.put(x + GAP, at.y, columns.record().saturating_sub(GAP), "held up", quiet);
    pen.put(x + columns.record(), at.y, columns.grade, "grade", quiet);
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
    for status in decided().filter(|_| columns.status > 0) {
        let n = source.count(status);
        let (words, style) =
            if n == 0 { (look.marks.dot.to_owned(), look.line) } else { (narrow(n, columns.status), look.words) };
        x = right(pen, x, at.y, columns.status, &words, style);
    }
    let left = source.count(Status::Unreviewed);
    x = right(pen, x, at.y, columns.left, &narrow(left, columns.left), look.quiet);
    if let Some(grade) = grade.filter(|_| columns.grade > 0) {
        let after = pen.put(x + columns.record(), at.y, 2, &grade.to_string(), look.strong);
        pen.put(after + 1, at.y, columns.grade.saturating_sub(5), grade.words(), look.quiet);
    }
    if columns.figure == 0 {
        return;
    }
    x += GAP;
    let Some(record) = source.record() else {
        pen.put(x, at.y, 1, look.marks.none, look.line);
        return;
    };
    pen.bar(x, at.y, columns.bar.saturating_sub(1), record.verified, record.decided());
    let decided = record.decided();
    let figure = format!("{} of {}", narrow(record.verified, 4), narrow(decided, 4));
    pen.put(x + columns.bar, at.y, columns.figure, &figure, look.words);
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
    fn a_name_has_its_columns_before_anything_else() {
        for width in 52..=240 {
            assert!(Columns::of(width).name >= LEAST_NAME, "{width}");
            assert!(Columns::of(width).others() + Columns::of(width).name <= width, "{width}");
        }
        let columns = Columns::of(76);
        assert!((columns.bar, columns.status, columns.grade) == (0, 4, 5));
        let columns = Columns::of(56);
        assert!((columns.status, columns.figure, columns.grade) == (0, 8, 5));
    }

    #[test]
    fn a_number_that_does_not_fit_is_shortened() {
        assert_eq!([narrow(999, 4), narrow(1_204, 4), narrow(1_204, 6)], ["999", "1k", "1,204"]);
        assert_eq!([narrow(999_999, 4), narrow(5_000_000, 6)], ["999k", "5m"]);
    }
}
