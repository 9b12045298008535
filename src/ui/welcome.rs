//! The card at the start, in the place of the review: where one was, what came in since, what is left.

use ratatui::layout::Rect;

use super::header::{count_words, number, query_words};
use super::pen::Pen;
use crate::app::{App, CARD_KEYS, Welcome};
use crate::domain::{Moment, News};

/// Columns left of the words, and of the labels.
const INDENT: u16 = 4;
const LABELS: u16 = 13;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, welcome: &Welcome, area: Rect) {
    let look = pen.look;
    let x = area.x + INDENT;
    let width = area.width.saturating_sub(INDENT * 2);
    let mut y = area.y + (area.height / 5).min(6);
    let mut line = |pen: &mut Pen<'_>, pieces: &[(&str, ratatui::style::Style)], gap: u16| {
        if y < area.bottom() {
            pen.run(x, y, width, pieces);
        }
        y += gap;
    };
    line(pen, &[("Welcome back, ", look.words), (app.analyst(), look.strong), (".", look.words)], 2);
    let when = when(app, welcome.since);
    let place = place(app);
    line(pen, &[("You stopped ", look.words), (&when, look.strong), (&place, look.words)], 1);
    line(pen, &[(&deck(app), look.quiet)], 2);
    if let Some(news) = welcome.news {
        for (label, words) in [("Since then", since(news)), ("Left", left(news))] {
            let label = format!("{label:<0$}", usize::from(LABELS));
            line(pen, &[(&label, look.quiet), (&words, look.words)], 1);
        }
    } else {
        line(pen, &[("looking what came in …", look.quiet)], 2);
    }
    line(pen, &[], 1);
    let mut keys = vec![("Enter".to_owned(), "go on")];
    keys.extend(CARD_KEYS.iter().map(|(key, _, words)| (key.to_string(), *words)));
    let mut pieces = Vec::new();
    for (key, words) in &keys {
        pieces.extend([(key.as_str(), look.strong), (" ", look.quiet), (*words, look.quiet), ("    ", look.quiet)]);
    }
    line(pen, &pieces, 1);
}

/// "yesterday at 17:02", by local clocks.
fn when(app: &App, moment: Moment) -> String {
    const DAY: i64 = 86_400;
    let local = app.local(moment).to_string();
    let time = local.get(11..16).unwrap_or_default();
    let day = app.local(moment).day();
    let day_back = |days: i64| app.local(Moment(app.now().0.saturating_sub(days * DAY))).day();
    match day {
        day if day == day_back(0) => format!("today at {time}"),
        day if day == day_back(1) => format!("yesterday at {time}"),
        day => format!("on {day} at {time}"),
    }
}

fn place(app: &App) -> String {
    let place = app.window().and_then(|w| w.position()).map(number);
    let total = app.tally().map(|t| format!(" of {}", count_words(t.total))).unwrap_or_default();
    let place = place.map(|place| format!(", claim {place}{total}")).unwrap_or_default();
    format!(" in {}{place}", app.store_name())
}

fn deck(app: &App) -> String {
    match app.deck().query.trim() {
        "" => format!("all claims, by {}", app.deck().order),
        query => format!("{}, by {}", query_words(app, query), app.deck().order),
    }
}

fn since(news: News) -> String {
    if news.articles == 0 {
        return "nothing new".to_owned();
    }
    let mut words = format!("{} loaded, {}", counted(news.articles, "article"), counted(news.claims, "claim"));
    if news.versions > 0 {
        let which = if news.versions == 1 { "is a new version" } else { "are new versions" };
        words += &format!(" · {} {which} of an article", number(news.versions));
    }
    words
}

fn left(news: News) -> String {
    let each = [(news.unreviewed, "unreviewed"), (news.later, "later"), (news.conflicts, "in dispute")];
    let each: Vec<_> = each.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", number(*n))).collect();
    if each.is_empty() { "nothing: every claim is decided".to_owned() } else { each.join(" · ") }
}

fn counted(n: u64, what: &str) -> String {
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}
