//! Screens, help, palette, and leaving.

use super::super::field::Field;
use super::super::msg::{Effect, Pass};
use super::super::overlay::Overlay;
use super::super::state::{App, Opened, Said, Screen, Wait};
use super::super::statistics;
use super::moves::{Ask, ask, ask_here};
use super::{Action, Context, never, sources};
use crate::domain::{Deck, Seek};

pub(super) const REVIEW: Action = Action {
    name: "review-screen",
    context: Context::Anywhere,
    keys: &["1"],
    help: "the review",
    brief: None,
    blocked: never,
    run: |app| {
        app.screen = Screen::Review;
        Vec::new()
    },
};

pub(super) const ARTICLES: Action = Action {
    name: "articles-screen",
    context: Context::Anywhere,
    keys: &["2"],
    help: "all articles, with how far each is reviewed",
    brief: None,
    blocked: never,
    run: |app| {
        app.screen = Screen::Articles;
        list_articles(app)
    },
};

pub(super) const STATISTICS: Action = Action {
    name: "statistics-screen",
    context: Context::Anywhere,
    keys: &["4"],
    help: "progress, pace, counts and agreement",
    brief: None,
    blocked: never,
    run: |app| {
        app.screen = Screen::Statistics;
        statistics::ask(app)
    },
};

pub(super) const SESSIONS: Action = Action {
    name: "sessions-screen",
    context: Context::Anywhere,
    keys: &["5"],
    help: "your sessions, to go on in one",
    brief: None,
    blocked: never,
    run: |app| {
        app.screen = Screen::Sessions;
        let ticket = app.ticket();
        app.sessions.asked = Some(ticket);
        vec![Effect::Sessions { ticket }]
    },
};

pub(super) const OPEN_ARTICLE: Action = Action {
    name: "open-article",
    context: Context::Articles,
    keys: &["Enter"],
    help: "review the claims of this article",
    brief: Some("review it"),
    blocked: |app| match app.articles.chosen() {
        None => Some("there is no article yet"),
        Some(article) if !article.current => Some("this is an older version: its claims are in no deck"),
        Some(_) => None,
    },
    run: |app| {
        let Some(article) = app.articles.chosen().map(|a| a.id) else { return Vec::new() };
        open_deck(app, format!("article:{article}"))
    },
};

pub(super) const RESUME: Action = Action {
    name: "resume-session",
    context: Context::Sessions,
    keys: &["Enter"],
    help: "go on in this session, where it stopped",
    brief: Some("go on in it"),
    blocked: |app| app.sessions.chosen().is_none().then_some("there is no session yet"),
    run: |app| {
        let Some(id) = app.sessions.chosen().map(|s| s.id) else { return Vec::new() };
        open_session(app, Pass::Resume(id))
    },
};

pub(super) const NEW_SESSION: Action = Action {
    name: "new-session",
    context: Context::Sessions,
    keys: &["n"],
    help: "begin a new session over all claims",
    brief: Some("new session"),
    blocked: never,
    run: |app| open_session(app, Pass::New(Deck::default())),
};

pub(super) const BACK: Action = Action {
    name: "back",
    context: Context::Anywhere,
    keys: &["Esc"],
    help: "out of a search, a filter, a deck that was chosen or opened from a list, or a list",
    brief: Some("back"),
    blocked: |app| {
        let nothing = match app.screen {
            Screen::Review => !app.is_narrowed(),
            Screen::Articles | Screen::Sources | Screen::Statistics | Screen::Sessions => false,
        };
        nothing.then_some("nothing to go back from · q quits")
    },
    run: back,
};

pub(super) const PALETTE: Action = Action {
    name: "palette",
    context: Context::Anywhere,
    keys: &[":"],
    help: "every action by name",
    brief: None,
    blocked: never,
    run: |app| {
        app.overlay = Some(Overlay::Palette { field: Field::line(""), cursor: 0 });
        Vec::new()
    },
};

pub(super) const RELOAD: Action = Action {
    name: "reload-config",
    context: Context::Anywhere,
    keys: &[],
    help: "read the config file again: colours, marks, panes and keys",
    brief: None,
    blocked: never,
    run: |_| vec![Effect::Reload],
};

pub(super) const HELP: Action = Action {
    name: "help",
    context: Context::Anywhere,
    keys: &["?"],
    help: "all keys; type to narrow them down",
    brief: Some("all keys"),
    blocked: never,
    run: |app| {
        app.overlay = Some(Overlay::Help { field: Field::line(""), top: 0 });
        Vec::new()
    },
};

pub(super) const QUIT: Action = Action {
    name: "quit",
    context: Context::Anywhere,
    keys: &["q"],
    help: "quit; the next start goes on here",
    brief: Some("quit"),
    blocked: never,
    run: leave,
};

pub(super) const LEAVE: Action = Action {
    name: "leave",
    context: Context::Always,
    keys: &["Ctrl-c"],
    help: "quit from anywhere; a note being written is kept",
    brief: None,
    blocked: never,
    run: leave,
};

pub(super) const SUSPEND: Action = Action {
    name: "suspend",
    context: Context::Always,
    keys: &["Ctrl-z"],
    help: "back to the shell; `fg` returns",
    brief: None,
    blocked: never,
    run: |_| vec![Effect::Suspend],
};

pub(super) const REDRAW: Action = Action {
    name: "redraw",
    context: Context::Always,
    keys: &["Ctrl-l"],
    help: "draw the screen anew",
    brief: None,
    blocked: never,
    run: |_| vec![Effect::Redraw],
};

/// Opens the claims of a list's row as a deck; Esc comes back to the list, and to the deck that was open before.
pub(super) fn open_deck(app: &mut App, query: String) -> Vec<Effect> {
    app.remember_deck();
    app.screen = Screen::Review;
    let deck = Deck { query, order: app.deck.order };
    ask(app, deck, String::new(), Seek::First, Ask::default())
}

fn back(app: &mut App) -> Vec<Effect> {
    match app.screen {
        Screen::Sources if !app.sources.marked().is_empty() => {
            app.sources.unmark_all();
            app.said = Said::Info("nothing is marked".to_owned());
            Vec::new()
        }
        Screen::Sources if !app.sources.ledger().letters.is_empty() => sources::find(app, String::new()),
        Screen::Articles | Screen::Sources | Screen::Statistics | Screen::Sessions => {
            app.screen = Screen::Review;
            Vec::new()
        }
        Screen::Review if !app.search.is_empty() => {
            let deck = app.deck.clone();
            ask_here(app, deck, String::new(), Ask::default())
        }
        Screen::Review => {
            let Some(Opened { from, deck, anchor }) = app.opened.take() else { return clear_filter(app) };
            app.anchor = anchor;
            let mut effects = ask_here(app, deck, String::new(), Ask::default());
            app.screen = from;
            effects.extend(match from {
                Screen::Articles => list_articles(app),
                Screen::Sources => sources::list(app),
                Screen::Review | Screen::Statistics | Screen::Sessions => Vec::new(),
            });
            effects
        }
    }
}

/// The whole store in the same order, around the same claim.
fn clear_filter(app: &mut App) -> Vec<Effect> {
    app.said = Said::Info("without the filter".to_owned());
    let deck = Deck { query: String::new(), order: app.deck.order };
    ask_here(app, deck, String::new(), Ask::default())
}

/// Asks to end. It ends once the last open decision is answered.
fn leave(app: &mut App) -> Vec<Effect> {
    app.leaving = true;
    Vec::new()
}

fn list_articles(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    app.articles.asked = Some(ticket);
    app.articles_after = None;
    vec![Effect::Articles { ticket, after: None, limit: app.page_size() }]
}

fn open_session(app: &mut App, choice: Pass) -> Vec<Effect> {
    let ticket = app.ticket();
    app.wait = Some(Wait::Session(ticket));
    app.said = Said::Nothing;
    vec![Effect::OpenSession { ticket, choice }]
}
