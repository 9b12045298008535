//! The one way in which the screen changes: a message in, wishes out.

use std::sync::Arc;

use super::actions::{Action, Ask, Context, ask_here, decide, show_claim};
use super::key::{Code, Key};
use super::msg::{Answer, Effect, Msg, Tally, Ticket};
use super::overlay::{self, Overlay};
use super::state::{App, Asked, Open, Said, Screen, Sought, Start, Wait};
use super::window::{Stand, Window};
use super::{Listing, Reading};
use crate::domain::{Act, ClaimId, ClaimState, Deck, Page, Seek, Session};

/// Keys that wait for the store at most; a cat on the keyboard gets no further.
const MOST_HELD: usize = 1024;
/// Bytes of article text kept beside the article that is read.
const KEPT_TEXT: usize = 2 * 1024 * 1024;
/// Articles kept at most.
const KEPT_ARTICLES: usize = 8;

/// A screen that goes on where the session stopped, and the first wishes.
pub fn start(start: Start) -> (App, Vec<Effect>) {
    let mut app = App::new(start);
    let deck = app.deck.clone();
    let mut effects = ask_here(&mut app, deck, String::new(), Ask::default());
    effects.extend(ask_progress(&mut app));
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
        Msg::Paste(text) => overlay::paste(app, &text),
        Msg::Answer(ticket, answer) => answered(app, ticket, answer),
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

/// Keeps a key until the store has said what it will act on. Esc drops those kept.
fn hold(app: &mut App, key: Key) {
    if key == Key::plain(Code::Esc) && !app.held.is_empty() {
        app.held.clear();
    } else if app.held.len() < MOST_HELD {
        app.held.push_back(key);
    }
}

fn answered(app: &mut App, ticket: Ticket, answer: Answer) -> Vec<Effect> {
    if let Some(place) = app.open.iter().position(|o| o.ticket == ticket) {
        let open = app.open.remove(place);
        return closed(app, open, answer);
    }
    if overlay::answer(app, ticket, &answer) {
        return Vec::new();
    }
    match &app.wait {
        Some(Wait::Seek(sought)) if sought.ticket == ticket => return found(app, answer),
        Some(Wait::Session(asked)) if *asked == ticket => return session_opened(app, answer),
        _ => {}
    }
    match answer {
        Answer::Page(page) if app.extending == Some(ticket) => extended(app, page),
        Answer::Refused(why) => refused(app, ticket, why),
        Answer::Article(reading) => keep_reading(app, ticket, reading),
        Answer::Count(tally) if app.asked_count == Some(ticket) => counted(app, tally),
        Answer::Progress(progress) if app.asked_progress == Some(ticket) => {
            app.asked_progress = None;
            app.progress = Some(progress);
        }
        Answer::Articles(rows) if app.articles.asked == Some(ticket) => {
            app.articles.asked = None;
            take_articles(app, rows);
        }
        Answer::Sessions(rows) if app.sessions.asked == Some(ticket) => {
            take_sessions(&mut app.sessions, &app.session, rows)
        }
        // An answer that something newer has overtaken.
        _ => {}
    }
    Vec::new()
}

/// A decision, undo or redo has its answer.
fn closed(app: &mut App, open: Open, answer: Answer) -> Vec<Effect> {
    let returning = app.wait == Some(Wait::Return(open.ticket));
    if returning {
        app.wait = None;
    }
    let states = match answer {
        Answer::Saved(states) => states,
        Answer::Refused(why) => {
            app.leaving = false;
            app.said = Said::Problem(match open.asked {
                Asked::Acts { claim, .. } => format!("not saved: {why} ({})", short(claim)),
                Asked::Undo | Asked::Redo => why,
            });
            return ask_progress(app);
        }
        _ => return Vec::new(),
    };
    app.said = Said::Saved(saved_words(&open.asked, &states));
    let first = states.first().map(|(claim, _)| *claim);
    if let Some(window) = &mut app.window {
        for (claim, state) in states {
            window.set_state(claim, state);
        }
    }
    let mut effects = match first {
        Some(claim) if returning => show_claim(app, claim),
        _ => Vec::new(),
    };
    effects.extend(ask_progress(app));
    effects
}

fn saved_words(asked: &Asked, states: &[(ClaimId, ClaimState)]) -> String {
    match (asked, states.first()) {
        (Asked::Acts { claim, acts }, _) => {
            let word = match acts.first() {
                Some(Act::Status { status }) => status.word(),
                Some(Act::Note { note }) if note.is_empty() => "without note",
                Some(Act::Note { .. }) => "note",
                Some(Act::Tag { .. } | Act::Untag { .. }) => "tags",
                Some(Act::Evidence(_)) => "evidence",
                Some(Act::Later { later: true }) => "for later",
                Some(Act::Later { later: false }) => "off the later pile",
                Some(Act::Undo { .. }) | None => "",
            };
            format!("saved {} {word} · z takes it back", short(*claim))
        }
        (Asked::Undo, Some((claim, state))) => {
            format!("saved {} {} · taken back, Z does it again", short(*claim), state.status)
        }
        (Asked::Redo, Some((claim, state))) => format!("saved {} {} · done again", short(*claim), state.status),
        (Asked::Undo | Asked::Redo, None) => "nothing changed".to_owned(),
    }
}

/// The id as the status line shows it: enough to type.
fn short(claim: ClaimId) -> String {
    claim.to_string().chars().take(8).collect()
}

/// The stretch of a deck that was asked for is here.
fn found(app: &mut App, answer: Answer) -> Vec<Effect> {
    let Some(Wait::Seek(sought)) = app.wait.take() else { return Vec::new() };
    let page = match answer {
        Answer::Page(page) => page,
        Answer::Refused(why) => {
            app.window.get_or_insert_default();
            app.said = Said::Problem(why);
            return Vec::new();
        }
        _ => return Vec::new(),
    };
    if let Some(why) = sought.or_say.filter(|_| page.claims.is_empty()) {
        app.said = Said::Info(why.to_owned());
        return Vec::new();
    }
    // A deck whose last claims were decided away: there is nothing from the anchor on, but something before it.
    if page.claims.is_empty() && !page.at_start && sought.stand == Stand::First {
        return ask_last(app, sought);
    }
    let other_deck = app.window.is_none() || (&sought.deck, &sought.search) != (&app.deck, &app.search);
    (app.deck, app.search) = (sought.deck, sought.search);
    app.window = Some(Window::new(page, sought.stand));
    if other_deck {
        app.tally = None;
    }
    ask_count(app)
}

fn ask_last(app: &mut App, sought: Sought) -> Vec<Effect> {
    let how = Ask { stand: Stand::Last, or_say: None, holds: sought.holds };
    super::actions::ask(app, sought.deck, sought.search, Seek::Last, how)
}

fn session_opened(app: &mut App, answer: Answer) -> Vec<Effect> {
    app.wait = None;
    match answer {
        Answer::Session(session) => {
            app.said = Said::Info(format!("session of {}", session.started_at.day()));
            app.screen = Screen::Review;
            app.anchor = session.place;
            app.window = None;
            app.placed = None;
            let deck = session.deck.clone();
            app.session = session;
            ask_here(app, deck, String::new(), Ask::default())
        }
        Answer::Refused(why) => {
            app.said = Said::Problem(why);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn extended(app: &mut App, mut page: Page) {
    app.extending = None;
    let Some(window) = &mut app.window else { return };
    let ahead = app.ahead;
    // A page that brings nothing ends the deck there: otherwise it would be asked for for ever.
    page.at_start |= page.claims.is_empty();
    page.at_end |= page.claims.is_empty();
    if ahead {
        window.extend_after(page);
    } else {
        window.extend_before(page);
    }
    if let Some(Wait::Edge(rest)) = app.wait {
        let left = window.step(rest);
        let more = left > 0 && !window.at_end() || left < 0 && !window.at_start();
        app.wait = more.then_some(Wait::Edge(left));
    }
}

fn refused(app: &mut App, ticket: Ticket, why: String) {
    if app.extending == Some(ticket) {
        app.extending = None;
        app.wait = None;
    }
    for asked in [&mut app.articles.asked, &mut app.sessions.asked] {
        asked.take_if(|asked| *asked == ticket);
    }
    if app.asked_article.is_some_and(|(asked, _)| asked == ticket) {
        // Kept as asked, so that it isn't asked for again at every key.
        app.unreadable = app.asked_article.take().map(|(_, id)| id);
    }
    app.said = Said::Problem(why);
}

fn keep_reading(app: &mut App, ticket: Ticket, reading: Arc<Reading>) {
    if app.asked_article.is_some_and(|(asked, _)| asked == ticket) {
        app.asked_article = None;
    }
    app.readings.retain(|r| r.info.id != reading.info.id);
    app.readings.push_front(reading);
    let mut kept = 0;
    let mut place = 0;
    app.readings.retain(|r| {
        kept += r.text().len();
        place += 1;
        place == 1 || kept <= KEPT_TEXT && place <= KEPT_ARTICLES
    });
}

fn counted(app: &mut App, tally: Tally) {
    app.asked_count = None;
    app.tally = Some(tally);
    if let (Some(before), Some(claim), Some(window)) = (tally.before, app.counted_before, &mut app.window)
        && !before.more
    {
        window.learn_position(claim, before.n);
    }
}

fn take_articles(app: &mut App, rows: Vec<crate::domain::ArticleInfo>) {
    let whole = rows.len() < app.page_size();
    if app.articles_after.take().is_some() {
        return app.articles.extend(rows, whole);
    }
    let here = app.current().map(|c| c.article.id);
    let place = rows.iter().position(|a| Some(a.id) == here).unwrap_or_default();
    app.articles.replace(rows, place, whole);
}

fn take_sessions(list: &mut Listing<Session>, now: &Session, rows: Vec<Session>) {
    list.asked = None;
    let place = rows.iter().position(|s| s.id == now.id).unwrap_or_default();
    list.replace(rows, place, true);
}

/// What the new state wants: pages near the edges, the article, the place kept.
fn follow_up(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    effects.extend(extend(app));
    effects.extend(read_article(app));
    effects.extend(more_articles(app));
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
    let margin = usize::from(app.size.1).max(24);
    let back = matches!(app.wait, Some(Wait::Edge(rest)) if rest < 0);
    let after = !window.at_end() && window.cursor() + margin >= window.len() && !back;
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
    Some(Effect::Page { ticket, deck: app.deck_with(&app.deck, &app.search), seek, limit: app.page_size() })
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
    if moving || app.window.is_none() {
        return None;
    }
    let here: (Deck, Option<ClaimId>) = (app.deck.clone(), app.anchor);
    if app.placed.as_ref() == Some(&here) {
        return None;
    }
    app.placed = Some(here.clone());
    Some(Effect::SavePlace { deck: here.0, place: here.1 })
}

fn ask_progress(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    app.asked_progress = Some(ticket);
    vec![Effect::Progress { ticket }]
}

fn ask_count(app: &mut App) -> Vec<Effect> {
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
