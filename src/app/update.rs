//! The one way in which the screen changes: a message in, wishes out.

use std::sync::Arc;

use super::actions::{self, ACTIONS, Action, Ask, Context, ask_here, decide};
use super::answers;
use super::key::{Code, Key};
use super::msg::{Effect, Msg};
use super::neighbours::ask_neighbours;
use super::overlay::{self, Overlay};
use super::pointer;
use super::related;
use super::state::{App, Said, Screen, Start, Wait};
use super::welcome;
use crate::domain::{Act, ClaimId, Deck, Seek};

/// Keys that wait for the store at most; a cat on the keyboard gets no further.
const MOST_HELD: usize = 1024;

/// A screen that goes on where the session stopped, and the first wishes.
pub fn start(start: Start) -> (App, Vec<Effect>) {
    let tells = welcome::is_due(&start);
    let mut app = App::new(start);
    let deck = app.deck.clone();
    let mut effects = ask_here(&mut app, deck, String::new(), Ask::default());
    effects.extend(ask_progress(&mut app));
    if tells {
        effects.extend(welcome::open(&mut app));
    }
    (app, effects)
}

/// Lets something happen.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Time(now) => {
            app.now = now;
            return Vec::new();
        }
        Msg::Resize(width, height) => {
            app.size = (width, height);
            Vec::new()
        }
        Msg::Key(key) => pressed(app, key),
        Msg::Pointer(_) if app.leaving || holds(app) => Vec::new(),
        Msg::Pointer(pointer) => {
            app.said = Said::Nothing;
            pointer::moved(app, pointer)
        }
        Msg::Do(name) => named(app, &name),
        Msg::Replace(text) => overlay::replace(app, &text),
        Msg::Paste(text) => overlay::paste(app, &text),
        Msg::Answer(ticket, answer) => answers::take(app, ticket, answer),
        Msg::Failed(why) => {
            app.said = Said::Problem(why);
            Vec::new()
        }
        Msg::Configured(configured) => {
            app.keymap = Arc::new(configured.keymap);
            app.layout = configured.layout;
            app.gate = configured.gate;
            app.said = Said::Info("the config file was read again".to_owned());
            Vec::new()
        }
        Msg::Leave => {
            app.leaving = true;
            Vec::new()
        }
    };
    effects.extend(follow_up(app));
    while !app.held.is_empty() && !holds(app) {
        let Some(key) = app.held.pop_front() else { break };
        effects.extend(act_on(app, key));
        effects.extend(follow_up(app));
    }
    effects.extend(end_if_asked(app));
    effects
}

/// Starts an action, or says why it can't be done.
pub(super) fn run(app: &mut App, action: &Action) -> Vec<Effect> {
    match (action.blocked)(app) {
        Some(reason) => {
            app.said = Said::Problem(reason.to_owned());
            Vec::new()
        }
        None => (action.run)(app),
    }
}

/// Whether keys wait for what they would act on.
fn holds(app: &App) -> bool {
    match &app.wait {
        Some(Wait::Seek(sought)) => sought.holds,
        Some(_) => true,
        None => match app.screen {
            Screen::Review => app.window.is_none(),
            Screen::Articles => app.articles.asked.is_some(),
            // While letters are typed, each answer narrows the list further.
            Screen::Sources => app.sources.is_asked() && !matches!(app.overlay, Some(Overlay::FindSource { .. })),
            Screen::Statistics => false,
            Screen::Sessions => app.sessions.asked.is_some(),
        },
    }
}

fn pressed(app: &mut App, key: Key) -> Vec<Effect> {
    let action = app.action_for(key);
    if let Some(always) = action.filter(|a| a.context == Context::Always) {
        return run(app, always);
    }
    if app.leaving {
        return Vec::new();
    }
    if holds(app) {
        hold(app, key);
        return Vec::new();
    }
    act_on(app, key)
}

fn act_on(app: &mut App, key: Key) -> Vec<Effect> {
    let action = app.action_for(key);
    app.said = Said::Nothing;
    if app.overlay.is_some() {
        return overlay::key(app, key);
    }
    match action {
        Some(action) => run(app, action),
        None => {
            app.said = Said::Problem(format!("{key} does nothing here · ? shows all keys"));
            Vec::new()
        }
    }
}

fn named(app: &mut App, name: &str) -> Vec<Effect> {
    app.said = Said::Nothing;
    let fits = |a: &&Action| a.name == name && a.context.meets(Context::of(app.screen));
    match ACTIONS.iter().find(fits) {
        Some(action) => run(app, action),
        None => {
            app.said = Said::Problem(format!("\"{name}\" does nothing here"));
            Vec::new()
        }
    }
}

/// Keeps a key until the store has said what it will act on. Esc drops those kept.
fn hold(app: &mut App, key: Key) {
    if key == Key::plain(Code::Esc) && !app.held.is_empty() {
        app.held.clear();
    } else if app.held.len() < MOST_HELD {
        app.held.push_back(key);
    }
}

/// What the new state wants: pages near the edges, the article, the place kept.
fn follow_up(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    effects.extend(extend(app));
    effects.extend(read_article(app));
    effects.extend(ask_neighbours(app));
    effects.extend(more_articles(app));
    effects.extend(related::ask_related(app));
    effects.extend(actions::more_sources(app));
    if let Some(id) = app.current().map(|c| c.id) {
        let searching = matches!(app.overlay, Some(Overlay::Search { .. }));
        // While words are typed, each search starts where the first one did.
        if !searching {
            app.anchor = Some(id);
        }
    }
    effects.extend(save_place(app));
    effects
}

fn extend(app: &mut App) -> Option<Effect> {
    let blocked = app.extending.is_some() || matches!(app.wait, Some(Wait::Seek(_) | Wait::Session(_)));
    let window = app.window.as_ref().filter(|w| !blocked && !w.is_empty())?;
    let margin = app.rows();
    let back = matches!(app.wait, Some(Wait::Edge(rest)) if rest < 0);
    // What is missing on the screen comes first, and no more of it than that.
    let lacks = window.lacks(margin);
    let limit = if lacks == (false, false) { app.page_size() } else { margin.min(app.page_size()) };
    let after = !window.at_end() && window.cursor() + margin >= window.len() && !back && lacks != (true, false);
    let before = !window.at_start() && window.cursor() < margin;
    let seek = if after {
        Seek::After(window.get(window.len() - 1)?.id)
    } else if before {
        Seek::Before(window.get(0)?.id)
    } else {
        return None;
    };
    app.ahead = after;
    let ticket = app.ticket();
    app.extending = Some(ticket);
    Some(Effect::Page { ticket, deck: app.deck_with(&app.deck, &app.search), seek, limit })
}

fn read_article(app: &mut App) -> Option<Effect> {
    let id = app.current()?.article.id;
    let known = app.readings.iter().any(|r| r.info.id == id) || app.unreadable == Some(id);
    if known || app.asked_article.is_some_and(|(_, asked)| asked == id) {
        return None;
    }
    let ticket = app.ticket();
    app.asked_article = Some((ticket, id));
    Some(Effect::Article { ticket, id })
}

fn more_articles(app: &mut App) -> Option<Effect> {
    let list = &app.articles;
    let near = list.cursor() + usize::from(app.size.1) >= list.rows().len();
    if app.screen != Screen::Articles || list.is_whole() || list.asked.is_some() || !near {
        return None;
    }
    let after = list.rows().last()?.id;
    let ticket = app.ticket();
    app.articles.asked = Some(ticket);
    app.articles_after = Some(after);
    Some(Effect::Articles { ticket, after: Some(after), limit: app.page_size() })
}

fn save_place(app: &mut App) -> Option<Effect> {
    let moving = matches!(app.wait, Some(Wait::Seek(_) | Wait::Session(_)));
    // The card tells what is new since the place was kept: until it is read, the place stays as it is.
    let unread = matches!(app.overlay, Some(Overlay::Welcome(_)));
    if moving || unread || app.window.is_none() {
        return None;
    }
    let here: (Deck, Option<ClaimId>) = (app.deck.clone(), app.anchor);
    if app.placed.as_ref() == Some(&here) {
        return None;
    }
    app.placed = Some(here.clone());
    Some(Effect::SavePlace { deck: here.0, place: here.1 })
}

pub(super) fn ask_progress(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    app.asked_progress = Some(ticket);
    vec![Effect::Progress { ticket }]
}

pub(super) fn ask_count(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    app.asked_count = Some(ticket);
    app.counted_before = app.current().map(|c| c.id);
    vec![Effect::Count { ticket, deck: app.deck_with(&app.deck, &app.search), before: app.counted_before }]
}

/// Ends once nothing is on its way any more. A note that is being written is saved first.
fn end_if_asked(app: &mut App) -> Vec<Effect> {
    if !app.leaving || app.ended || !app.held.is_empty() {
        return Vec::new();
    }
    if let Some(Overlay::Note { claim, field, before }) = app.overlay.take()
        && field.text().trim() != before.trim()
    {
        return decide(app, claim, vec![Act::Note { note: field.text().trim().to_owned() }]);
    }
    app.ended = app.open.is_empty();
    if app.ended { vec![Effect::Quit] } else { Vec::new() }
}
