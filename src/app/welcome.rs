//! The card at the start: where the analyst was, what came in since, what is left. Only where there is something to tell.

use super::actions::{ACTIONS, Context};
use super::key::{Code, Key};
use super::msg::{Effect, Ticket};
use super::overlay::Overlay;
use super::state::{App, Said, Start};
use super::update::run;
use crate::domain::{Moment, News};

/// Seconds away after which one may have forgotten where one was.
const LONG_AWAY: i64 = 3600;

/// The card, with what the store says of it once it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// When the session was worked in last.
    pub since: Moment,
    /// What came in since; none before the store has answered.
    pub news: Option<News>,
    pub(super) asked: Ticket,
}

/// What the card's own keys do: key, action, words on the card. Enter goes on.
pub const CARD_KEYS: &[(char, &str, &str)] = &[
    ('a', "articles-screen", "articles"),
    ('s', "sessions-screen", "sessions"),
    ('n', "new-session", "new session"),
    ('q', "quit", "quit"),
];

/// Keys of the review that do on the card what they do below it: they look, and decide nothing.
const LOOKS: &[&str] =
    &["search", "filter", "decks", "whole-claim", "related", "next-unreviewed", "next-article", "previous-article"];

/// Whether there is something to tell: the session goes on after a while, or something was loaded meanwhile.
pub(super) fn is_due(start: &Start) -> bool {
    let seen = start.session.seen_at;
    let away = start.now.0.saturating_sub(seen.0) >= LONG_AWAY;
    start.session.place.is_some() && (away || start.last_load.is_some_and(|loaded| loaded > seen))
}

/// Opens the card and asks for what it tells.
pub(super) fn open(app: &mut App) -> Vec<Effect> {
    let since = app.session.seen_at;
    let ticket = app.ticket();
    app.overlay = Some(Overlay::Welcome(Welcome { since, news: None, asked: ticket }));
    vec![Effect::News { ticket, since }]
}

/// A key on the card. One that would decide only closes it: nobody decides on a claim that they don't see.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    app.overlay = None;
    if matches!(key.code, Code::Enter | Code::Esc) {
        return Vec::new();
    }
    let typed = app.keymap.latin(key).unwrap_or(key).typed();
    let own = CARD_KEYS.iter().find(|(c, ..)| typed == Some(*c));
    let action = match own {
        Some((_, name, _)) => ACTIONS.iter().find(|a| a.name == *name),
        None => app.action_for(key).filter(|a| a.context == Context::Anywhere || LOOKS.contains(&a.name)),
    };
    match action {
        Some(action) => run(app, action),
        None => {
            app.said = Said::Info("from here on keys act on the claim".to_owned());
            Vec::new()
        }
    }
}
