//! The first row: where one is, how far it is, which deck in which order.

use ratatui::layout::Rect;

use super::pen::{Pen, columns};
use crate::app::actions::{ACTIONS, Context};
use crate::app::{App, Screen};
use crate::domain::{ArticleId, Count, LedgerOrder, Moment, Progress};

/// Columns of the bar, and where the screens stand beside it.
const BAR: u16 = 18;
const SHORT_BAR: u16 = 12;
/// Letters of an article's id.
const ID_SHOWN: usize = 6;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, row: Rect) {
    let look = pen.look;
    let edge = row.right().saturating_sub(1);
    let deck = deck_words(app);
    // The deck's words go to the right edge; what does not fit gives way from the left: name, then bar.
    let deck_width = columns(&deck).min(usize::from(row.width / 2)) as u16;
    let deck_at = edge - deck_width;
    pen.put(deck_at, row.y, deck_width, &deck, look.quiet);
    let mut at = pen.put(row.x + 1, row.y, 9, "claimdeck", look.quiet) + 3;
    if app.is_blind() {
        at = pen.put(at, row.y, 5, "blind", look.strong) + 3;
    }
    let place = place_words(app);
    let place_width = columns(&place) as u16;
    let bar = if app.screen() == Screen::Review { BAR } else { SHORT_BAR };
    let bar = if app.progress().is_some_and(|p| p.claims > 0) { bar } else { 0 };
    let rest = place_width + 3 + bar + 3;
    if app.screen() != Screen::Review {
        at = screens(pen, app, Rect { x: at, width: deck_at.saturating_sub(at), ..row }, rest) + 3;
    } else if at + columns(app.store_name()) as u16 + 3 + rest <= deck_at {
        let room = deck_at.saturating_sub(at + 1);
        at = pen.put(at, row.y, room.min(40), app.store_name(), look.strong) + 3;
    }
    if row.width >= 100 && at + place_width + bar + 6 < deck_at {
        at = at.max(deck_at - place_width - bar - 6);
    }
    let at = pen.put(at, row.y, deck_at.saturating_sub(at + 1), &place, look.words) + 2;
    if let Some(progress) = app.progress().filter(|_| bar > 0 && at + bar + 2 <= deck_at) {
        pen.bar(at, row.y, bar, progress.reviewed, progress.claims);
    }
}

/// The screens by their keys, the open one by its name, all by their names where that leaves `rest` columns; the column
/// after the last.
fn screens(pen: &mut Pen<'_>, app: &App, row: Rect, rest: u16) -> u16 {
    let look = pen.look;
    let here = Context::of(app.screen());
    let tabs: Vec<_> = TABS
        .iter()
        .filter_map(|(action, context)| {
            let action = ACTIONS.iter().find(|a| a.name == *action)?;
            Some((app.keymap().keys(action).first()?.to_string(), context.title(), *context == here))
        })
        .collect();
    let whole: usize = tabs.iter().map(|(key, name, _)| columns(key) + 1 + columns(name) + 2).sum();
    let named = whole <= usize::from(row.width.saturating_sub(rest));
    let mut x = row.x;
    for (key, name, chosen) in &tabs {
        let style = if *chosen { look.strong } else { look.quiet };
        let room = row.right().saturating_sub(x);
        x = match named || *chosen {
            true => pen.run(x, row.y, room, &[(key, look.quiet), (" ", look.quiet), (name, style)]) + 2,
            false => pen.put(x, row.y, room, key, look.quiet) + 2,
        };
    }
    x.saturating_sub(2)
}

/// The actions that open the screens.
const TABS: [(&str, Context); 5] = [
    ("review-screen", Context::Review),
    ("articles-screen", Context::Articles),
    ("sources-screen", Context::Sources),
    ("statistics-screen", Context::Statistics),
    ("sessions-screen", Context::Sessions),
];

/// "12 of 214 · 38 %": the place in the deck, and how much of it is reviewed; on the other screens, how many claims there
/// are. Of a part of the store what is reviewed would have to be counted at every decision; so there it is how much of all
/// is.
fn place_words(app: &App) -> String {
    if app.screen() != Screen::Review {
        let claims = |p: Progress| {
            let word = if p.claims == 1 { "claim" } else { "claims" };
            format!("{} {word} · {} %", number(p.claims), p.reviewed.saturating_mul(100) / p.claims)
        };
        return app.progress().filter(|p| p.claims > 0).map(claims).unwrap_or_default();
    }
    let total = app.tally().map(|t| count_words(t.total));
    let place = app.window().and_then(|w| w.position()).map(number);
    let place = match (place, total) {
        (Some(place), Some(total)) => format!("{place} of {total}"),
        (None, Some(_)) if app.store_is_empty() => String::new(),
        (None, Some(total)) => format!("{total} claims"),
        (Some(place), None) => format!("claim {place}"),
        (None, None) => String::new(),
    };
    match app.progress().filter(|p| p.claims > 0) {
        Some(progress) => {
            let percent = progress.reviewed.saturating_mul(100) / progress.claims;
            let of_what = if selects_all(app) { "" } else { " of all" };
            format!("{place} · {percent} %{of_what}").trim_start_matches(" · ").to_owned()
        }
        None => place,
    }
}

fn selects_all(app: &App) -> bool {
    app.deck().query.trim().is_empty() && app.search().trim().is_empty()
}

/// What is listed, and in which order. The other lists have one order each.
fn deck_words(app: &App) -> String {
    if matches!(app.screen(), Screen::Articles | Screen::Statistics | Screen::Sessions) || app.store_is_empty() {
        return String::new();
    }
    if app.screen() == Screen::Sources {
        let ledger = app.sources().ledger();
        let letters = ledger.letters.trim();
        let find = if letters.is_empty() { String::new() } else { format!("/{letters}  ") };
        let order = match ledger.order {
            LedgerOrder::Refuted => "by share refuted",
            LedgerOrder::Claims => "by claims",
            LedgerOrder::Name => "by name",
        };
        return format!("{find}{order}");
    }
    let mut words = query_words(app.deck().query.trim());
    if !app.search().trim().is_empty() {
        words = format!("/{} {words}", app.search().trim()).trim_end().to_owned();
    }
    let order = format!("by {}", app.deck().order);
    if words.is_empty() { order } else { format!("{words}  {order}") }
}

/// A query as it is shown, not as it is typed: of the id that stands for an article the beginning is enough.
pub(super) fn query_words(query: &str) -> String {
    let shown = |word: &str| match word.strip_prefix("article:") {
        Some(id) if id.parse::<ArticleId>().is_ok() => format!("article:{}…", &id[..ID_SHOWN]),
        _ => word.to_owned(),
    };
    query.split(' ').map(shown).collect::<Vec<_>>().join(" ")
}

/// "1,234", and "10,000+" where counting stopped.
pub(super) fn count_words(count: Count) -> String {
    format!("{}{}", number(count.n), if count.more { "+" } else { "" })
}

/// A number with its thousands apart.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut spaced = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            spaced.push(',');
        }
        spaced.push(digit);
    }
    spaced
}

/// "2026-11-22 14:03"
pub(super) fn minute(moment: Moment) -> String {
    moment.to_string().replace('T', " ").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_articles_id_the_beginning_is_shown() {
        let id = ArticleId([0xAB; crate::domain::ID_BYTES]);
        assert_eq!(query_words(&format!("fire article:{id} é")), "fire article:aababa… é");
        assert_eq!(query_words("article:depot article:aaé"), "article:depot article:aaé");
    }
}
