//! The first row: where one is, how far it is, which deck in which order.

use ratatui::layout::Rect;

use super::article::name_of;
use super::pen::{Pen, columns};
use crate::app::actions::{ACTIONS, Context};
use crate::app::{App, Screen};
use crate::domain::{ArticleId, Count, LedgerOrder, Moment, Progress};

/// Columns of the bar, and where the screens stand beside it.
const BAR: u16 = 18;
const SHORT_BAR: u16 = 12;
/// Columns of the program's name.
const NAME: u16 = 9;
/// Letters of an article's title, and of its id where the title is not known.
const TITLE_SHOWN: usize = 24;
const ID_SHOWN: usize = 6;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, row: Rect) {
    let look = pen.look;
    let edge = row.right().saturating_sub(1);
    let deck = deck_words(app);
    // The deck's words go to the right edge; what does not fit gives way from the left: name, then bar.
    let deck_width = columns(&deck).min(usize::from(row.width / 2)) as u16;
    let deck_at = edge - deck_width;
    pen.put(deck_at, row.y, deck_width, &deck, look.quiet);
    let bar = if app.screen() == Screen::Review { BAR } else { SHORT_BAR };
    let bar = if app.progress().is_some_and(|p| p.claims > 0) { bar } else { 0 };
    let mut at = row.x + 1;
    if !is_nameless(app, deck_at.saturating_sub(at), bar) {
        at = pen.put(at, row.y, NAME, "claimdeck", look.quiet) + 3;
    }
    if app.is_blind() {
        at = pen.put(at, row.y, 5, "blind", look.strong) + 3;
    }
    let place = place_that_fits(app, deck_at.saturating_sub(at), bar);
    let place_width = columns(&place) as u16;
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
    let tabs = tabs(app);
    let named = tabs_width(&tabs, true) <= usize::from(row.width.saturating_sub(rest));
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

/// The key of a screen, its name, and whether it is the open one.
type Tab = (String, &'static str, bool);

fn tabs(app: &App) -> Vec<Tab> {
    let here = Context::of(app.screen());
    let tab = |(action, context): &(&str, Context)| {
        let action = ACTIONS.iter().find(|a| a.name == *action)?;
        Some((app.keymap().keys(action).first()?.to_string(), context.title(), *context == here))
    };
    TABS.iter().filter_map(tab).collect()
}

/// Columns of the screens, all by their names or the open one alone.
fn tabs_width(tabs: &[Tab], named: bool) -> usize {
    let wide = |(key, name, chosen): &Tab| columns(key) + 2 + if named || *chosen { columns(name) + 1 } else { 0 };
    tabs.iter().map(wide).sum()
}

/// The actions that open the screens.
const TABS: [(&str, Context); 5] = [
    ("review-screen", Context::Review),
    ("articles-screen", Context::Articles),
    ("sources-screen", Context::Sources),
    ("statistics-screen", Context::Statistics),
    ("sessions-screen", Context::Sessions),
];

/// Whether the program's own name gives way in so many columns, so that the store's and the place in full stand there.
fn is_nameless(app: &App, room: u16, bar: u16) -> bool {
    let blind = if app.is_blind() { 8 } else { 0 };
    let rest = columns(app.store_name()) + columns(&place_words(app, " decided")) + usize::from(bar) + 9 + blind;
    let rest = rest + to_come(app);
    let room = usize::from(room);
    app.screen() == Screen::Review && rest <= room && rest + usize::from(NAME) + 3 > room
}

/// Columns by which the place grows on the way to the end of the deck: what stands there does not change from claim to claim.
fn to_come(app: &App) -> usize {
    let last = app.tally().map(|tally| tally.total.n);
    let wide = |place: Option<u64>| place.map_or(0, |place| columns(&number(place)));
    wide(last).saturating_sub(wide(app.window().and_then(|w| w.position())))
}

/// The place in so many columns: in full where neither the bar nor the names of the screens give way to that, or where there
/// is no room for the bar anyway.
fn place_that_fits(app: &App, room: u16, bar: u16) -> String {
    let [long, short] = [" decided", ""].map(|decided| place_words(app, decided));
    let tabs = if app.screen() == Screen::Review { Vec::new() } else { tabs(app) };
    let fits = |words: &str, bar: u16, named: bool| {
        let before = if tabs.is_empty() { 0 } else { tabs_width(&tabs, named) };
        let air = if bar > 0 { bar + 6 } else { 1 };
        before + columns(words) + usize::from(air) <= usize::from(room)
    };
    let named = fits(&short, bar, true);
    let whole = fits(&long, bar, named) || (!fits(&short, bar, false) && fits(&long, 0, false));
    match (whole, fits(&short, 0, false)) {
        (true, _) => long,
        (false, true) => short,
        // The place alone, rather than a part of how much is decided.
        (false, false) => short.split(" · ").next().unwrap_or_default().to_owned(),
    }
}

/// "12 of 214 · 38 % decided": the place in the deck, and how much of it is reviewed; on the other screens, how many claims
/// there are. Of a part of the store what is reviewed would have to be counted at every decision; so there it is how much of
/// all is.
fn place_words(app: &App, decided: &str) -> String {
    if app.screen() != Screen::Review {
        let claims = |p: Progress| {
            let word = if p.claims == 1 { "claim" } else { "claims" };
            format!("{} {word} · {} %{decided}", number(p.claims), p.reviewed.saturating_mul(100) / p.claims)
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
            format!("{place} · {percent} %{of_what}{decided}").trim_start_matches(" · ").to_owned()
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
    let mut words = query_words(app, app.deck().query.trim());
    if !app.search().trim().is_empty() {
        words = format!("/{} {words}", app.search().trim()).trim_end().to_owned();
    }
    let order = format!("by {}", app.deck().order);
    if words.is_empty() { order } else { format!("{words}  {order}") }
}

/// A query as it is shown, not as it is typed: an article by its title where that is at hand.
pub(super) fn query_words(app: &App, query: &str) -> String {
    with_titles(query, |id| title_of(app, id))
}

/// Of an id that stands for an article without a title the beginning is enough.
fn with_titles<'t>(query: &str, title: impl Fn(ArticleId) -> Option<&'t str>) -> String {
    let shown = |word: &str| {
        let Some((id, parsed)) = word.strip_prefix("article:").and_then(|id| Some((id, id.parse().ok()?))) else {
            return word.to_owned();
        };
        let Some(title) = title(parsed) else { return format!("article:{}…", &id[..ID_SHOWN]) };
        let mut letters = title.chars();
        let begun: String = letters.by_ref().take(TITLE_SHOWN).collect();
        format!("article:“{}{}”", begun.trim_end(), if letters.next().is_some() { "…" } else { "" })
    };
    query.split(' ').map(shown).collect::<Vec<_>>().join(" ")
}

/// What the article is called, where anything that was read tells.
fn title_of(app: &App, id: ArticleId) -> Option<&str> {
    let claims = app.window().into_iter().flat_map(|window| window.claims());
    let listed = app.articles().rows().iter().find(|article| article.id == id).map(|article| &article.meta);
    let meta = claims.map(|claim| &claim.article).find(|article| article.id == id).map(|article| &*article.meta);
    meta.or(listed).map(name_of)
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
    fn an_article_is_shown_by_its_title_or_by_the_beginning_of_its_id() {
        let id = ArticleId([0xAB; crate::domain::ID_BYTES]);
        let shown = |query: &str, title| with_titles(query, |_| title);
        assert_eq!(shown(&format!("fire article:{id} é"), None), "fire article:aababa… é");
        assert_eq!(shown("article:depot article:aaé", None), "article:depot article:aaé");
        assert_eq!(shown(&format!("article:{id}"), Some("Fire at depot")), "article:“Fire at depot”");
        let long = "Fire at the depot outside Velby";
        assert_eq!(shown(&format!("article:{id} x"), Some(long)), "article:“Fire at the depot outsid…” x");
    }
}
