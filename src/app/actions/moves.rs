//! Moving in the deck and in lists, and asking the deck anew.

use super::super::msg::Effect;
use super::super::pointer;
use super::super::state::{App, Said, Screen, Sought, Wait};
use super::super::window::Stand;
use super::{Action, Context, never, no_claim, sources};
use crate::domain::{ClaimId, Deck, Order, Seek, Status};

pub(super) const NEXT: Action = Action {
    name: "next",
    context: Context::Anywhere,
    keys: &["j", "↓"],
    help: "next line: claim, article, source or session",
    brief: None,
    blocked: never,
    run: |app| step(app, 1),
};

pub(super) const PREVIOUS: Action = Action {
    name: "previous",
    context: Context::Anywhere,
    keys: &["k", "↑"],
    help: "the line before",
    brief: None,
    blocked: never,
    run: |app| step(app, -1),
};

pub(super) const HALF_DOWN: Action = Action {
    name: "half-screen-down",
    context: Context::Anywhere,
    keys: &["Ctrl-d", "PgDn"],
    help: "half a screen on",
    brief: None,
    blocked: never,
    run: |app| step(app, half_screen(app)),
};

pub(super) const HALF_UP: Action = Action {
    name: "half-screen-up",
    context: Context::Anywhere,
    keys: &["Ctrl-u", "PgUp"],
    help: "half a screen back",
    brief: None,
    blocked: never,
    run: |app| step(app, -half_screen(app)),
};

pub(super) const FIRST: Action = Action {
    name: "first",
    context: Context::Anywhere,
    keys: &["g", "Home"],
    help: "to the first",
    brief: None,
    blocked: never,
    run: |app| end(app, Seek::First, Stand::First),
};

pub(super) const LAST: Action = Action {
    name: "last",
    context: Context::Anywhere,
    keys: &["G", "End"],
    help: "to the last",
    brief: None,
    blocked: never,
    run: |app| end(app, Seek::Last, Stand::Last),
};

pub(super) const NEXT_ARTICLE: Action = Action {
    name: "next-article",
    context: Context::Review,
    keys: &["J"],
    help: "first claim of the next article",
    brief: None,
    blocked: no_claim,
    run: next_article,
};

pub(super) const PREVIOUS_ARTICLE: Action = Action {
    name: "previous-article",
    context: Context::Review,
    keys: &["K"],
    help: "first claim of the article before",
    brief: None,
    blocked: no_claim,
    run: |app| seek_from(app, Seek::PreviousArticle, "this is the first article of the deck"),
};

pub(super) const SCROLL_DOWN: Action = Action {
    name: "scroll-down",
    context: Context::Review,
    keys: &["Ctrl-e"],
    help: "the article some lines on, without leaving the claim",
    brief: None,
    blocked: no_claim,
    run: |app| scroll(app, LINES),
};

pub(super) const SCROLL_UP: Action = Action {
    name: "scroll-up",
    context: Context::Review,
    keys: &["Ctrl-y"],
    help: "the article some lines back",
    brief: None,
    blocked: no_claim,
    run: |app| scroll(app, -LINES),
};

/// Lines of an article that one key scrolls.
const LINES: isize = 3;

fn scroll(app: &mut App, by: isize) -> Vec<Effect> {
    pointer::scroll(app, by);
    Vec::new()
}

pub(super) const NEXT_UNREVIEWED: Action = Action {
    name: "next-unreviewed",
    context: Context::Review,
    keys: &["Tab"],
    help: "next claim that nobody has decided on",
    brief: Some("next unreviewed"),
    blocked: no_claim,
    run: next_unreviewed,
};

/// Goes so many claims or rows on. At the edge of what has been read, the rest of the way waits for the store.
pub(in crate::app) fn step(app: &mut App, by: isize) -> Vec<Effect> {
    match app.screen {
        Screen::Articles => app.articles.step(by),
        Screen::Sources => app.sources.step(by),
        Screen::Statistics => app.statistics.step(by),
        Screen::Sessions => app.sessions.step(by),
        Screen::Review => {
            let Some(window) = app.window.as_mut().filter(|w| !w.is_empty()) else { return Vec::new() };
            let rest = window.step(by);
            if rest > 0 && !window.at_end() || rest < 0 && !window.at_start() {
                app.wait = Some(Wait::Edge(rest));
            } else if rest == by && by != 0 {
                let which = if by > 0 { "last" } else { "first" };
                app.said = Said::Info(format!("this is the {which} claim of the deck"));
            }
        }
    }
    Vec::new()
}

fn half_screen(app: &App) -> isize {
    (app.size.1 as isize / 2 - 2).max(1)
}

fn end(app: &mut App, seek: Seek, stand: Stand) -> Vec<Effect> {
    let far = if stand == Stand::Last { isize::MAX } else { isize::MIN };
    match (app.screen, &app.window) {
        (Screen::Review, Some(window)) => {
            let known = if stand == Stand::Last { window.at_end() } else { window.at_start() };
            if !known {
                return seek_to(app, seek, stand, None);
            }
            if let Some(window) = &mut app.window {
                window.step(far);
            }
        }
        (Screen::Review, None) => {}
        (Screen::Articles, _) => app.articles.step(far),
        (Screen::Statistics, _) => app.statistics.step(far),
        (Screen::Sources, _) => return sources::end(app, stand),
        (Screen::Sessions, _) => app.sessions.step(far),
    }
    Vec::new()
}

fn next_article(app: &mut App) -> Vec<Effect> {
    let Some(window) = &app.window else { return Vec::new() };
    let here = window.current().map(|c| c.article.id);
    let ahead = (window.cursor()..window.len()).find(|place| window.get(*place).map(|c| c.article.id) != here);
    // Only where the deck goes article by article is the nearest other article also the next one.
    if let (Some(place), Order::Article | Order::Newest) = (ahead, app.deck.order) {
        if let Some(window) = &mut app.window {
            window.stand_at(place);
        }
        return Vec::new();
    }
    seek_from(app, Seek::NextArticle, "this is the last article of the deck")
}

fn next_unreviewed(app: &mut App) -> Vec<Effect> {
    let Some(window) = &app.window else { return Vec::new() };
    let unreviewed = |place: &usize| window.get(*place).is_some_and(|c| app.status_of(c) == Status::Unreviewed);
    if let Some(place) = (window.cursor() + 1..window.len()).find(unreviewed) {
        if let Some(window) = &mut app.window {
            window.stand_at(place);
        }
        return Vec::new();
    }
    if window.at_end() {
        app.said = Said::Info("no unreviewed claim further down · g goes to the first".to_owned());
        return Vec::new();
    }
    seek_from(app, Seek::NextUnreviewed, "no unreviewed claim further down · g goes to the first")
}

fn seek_from(app: &mut App, seek: fn(ClaimId) -> Seek, or_say: &'static str) -> Vec<Effect> {
    match app.current().map(|c| c.id) {
        Some(here) => seek_to(app, seek(here), Stand::First, Some(or_say)),
        None => Vec::new(),
    }
}

fn seek_to(app: &mut App, seek: Seek, stand: Stand, or_say: Option<&'static str>) -> Vec<Effect> {
    let (deck, search) = (app.deck.clone(), app.search.clone());
    ask(app, deck, search, seek, Ask { stand, or_say, holds: true })
}

/// How an answer to a seek is taken.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Ask {
    pub(in crate::app) stand: Stand,
    pub(in crate::app) or_say: Option<&'static str>,
    pub(in crate::app) holds: bool,
}

impl Default for Ask {
    fn default() -> Self {
        Self { stand: Stand::First, or_say: None, holds: true }
    }
}

/// Asks for another stretch of the deck, or of another deck; the answer replaces the window.
pub(in crate::app) fn ask(app: &mut App, deck: Deck, search: String, seek: Seek, how: Ask) -> Vec<Effect> {
    let ticket = app.ticket();
    let asked = app.deck_with(&deck, &search);
    app.extending = None;
    let Ask { stand, or_say, holds } = how;
    app.wait = Some(Wait::Seek(Sought { ticket, deck, search, stand, or_say, holds }));
    // What fits on the screen, so that it is there at once; what is beyond comes while that is drawn.
    let limit = app.rows().min(app.page_size());
    vec![Effect::Page { ticket, deck: asked, seek, limit }]
}

/// Asks for the deck around the claim where the analyst stands, or stood last.
pub(in crate::app) fn ask_here(app: &mut App, deck: Deck, search: String, how: Ask) -> Vec<Effect> {
    let seek = app.anchor.map_or(Seek::First, Seek::From);
    ask(app, deck, search, seek, how)
}

/// Brings the eye to a claim: in the window, or by asking the deck there.
pub(in crate::app) fn show_claim(app: &mut App, claim: ClaimId) -> Vec<Effect> {
    app.screen = Screen::Review;
    if let Some(window) = &mut app.window
        && let Some(place) = window.place_of(claim)
    {
        window.stand_at(place);
        return Vec::new();
    }
    let (deck, search) = (app.deck.clone(), app.search.clone());
    ask(app, deck, search, Seek::From(claim), Ask::default())
}
