//! The screens that are lists: articles with how far each is reviewed, and sessions to go on in.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::article::name_of;
use super::header::{minute, number, query_words};
use super::pen::Pen;
use crate::app::{App, Listing};
use crate::domain::{ArticleInfo, Session};

/// Rows above the first row of a list.
pub(super) const HEAD: u16 = 2;
/// Columns of a progress bar.
const BAR: u16 = 12;
/// Columns of an article's outlet and day, and of its title where there is no room for them.
const FROM: u16 = 30;
const TITLE_ALONE: u16 = 60;

pub(super) fn articles(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let head = format!("reviewed{:20}article", "");
    let room = area.width.saturating_sub(5 + BAR + 16);
    if room > TITLE_ALONE && !app.articles().rows().is_empty() {
        pen.put(area.x + 3 + BAR + 16 + room - FROM, area.y, FROM, "from", pen.look.quiet);
    }
    rows(pen, app.articles(), area, &head, "no article is loaded yet", |pen, article: &ArticleInfo, row, style| {
        let done = article.claims.saturating_sub(article.unreviewed);
        pen.bar(row.x, row.y, BAR, u64::from(done), u64::from(article.claims));
        let count = format!("{} of {}", number(done.into()), number(article.claims.into()));
        pen.put(row.x + BAR + 2, row.y, 13, &count, pen.look.quiet);
        let meta = &article.meta;
        let title = name_of(meta);
        let from = [meta.outlet.as_deref(), meta.published.as_deref().map(|p| p.get(..10).unwrap_or(p))];
        let from: Vec<_> = from.into_iter().flatten().collect();
        let older = if article.current { None } else { Some(format!("{title} (older version)")) };
        let title = older.as_deref().unwrap_or(title);
        let x = row.x + BAR + 16;
        let room = row.right().saturating_sub(x);
        let title_room = if room > TITLE_ALONE { room - FROM - 2 } else { room };
        pen.put(x, row.y, title_room, title, style);
        if room > TITLE_ALONE {
            pen.put(x + title_room + 2, row.y, FROM, &from.join(" · "), pen.look.quiet);
        }
    });
}

pub(super) fn sessions(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let head = "last worked in         decisions   deck";
    let now = app.session().id;
    rows(pen, app.sessions(), area, head, "no session yet", |pen, session: &Session, row, style| {
        pen.put(row.x, row.y, 16, &minute(app.local(session.seen_at)), style);
        let count = format!("{:>9}", number(session.decisions));
        pen.put(row.x + 23, row.y, 9, &count, pen.look.quiet);
        let query = session.deck.query.trim();
        let deck = if query.is_empty() { "all claims".to_owned() } else { query_words(app, query) };
        let x = row.x + 35;
        let here = if session.id == now { "  (this one)" } else { "" };
        let order = format!("  by {}{here}", session.deck.order);
        let order_width = order.chars().count() as u16;
        let room = row.right().saturating_sub(x);
        let at = pen.put(x, row.y, room.saturating_sub(order_width), &deck, style);
        pen.put(at, row.y, row.right().saturating_sub(at), &order, pen.look.quiet);
    });
}

/// The rows that are in view, the chosen one half way down where there are enough on both sides.
pub(super) fn seen(cursor: usize, rows: usize, height: usize) -> Range<usize> {
    let below = rows.saturating_sub(cursor);
    let above = cursor.min((height / 2).max(height.saturating_sub(below)));
    let top = cursor - above;
    top..rows.min(top + height)
}

/// A list with a head, its chosen row always in view.
fn rows<T>(
    pen: &mut Pen<'_>,
    list: &Listing<T>,
    area: Rect,
    head: &str,
    none: &str,
    draw: impl Fn(&mut Pen<'_>, &T, Rect, Style),
) {
    let look = pen.look;
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), height: 1, ..area };
    pen.put(inner.x, area.y, inner.width, head, look.quiet);
    let height = usize::from(area.height.saturating_sub(2));
    if list.rows().is_empty() {
        let words = if list.is_whole() { none } else { "reading the store …" };
        pen.put(inner.x, area.y + 2, inner.width, words, look.quiet);
        return;
    }
    let seen = seen(list.cursor(), list.rows().len(), height);
    let top = seen.start;
    for (place, item) in list.rows().iter().enumerate().take(seen.end).skip(top) {
        let y = area.y + 2 + (place - top) as u16;
        let chosen = place == list.cursor();
        if chosen {
            pen.put(area.x + 1, y, 1, look.marks.cursor, look.accent);
        }
        draw(pen, item, Rect { y, ..inner }, if chosen { look.selected } else { look.words });
    }
}
