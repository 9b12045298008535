//! What the store's answers change: the stored half of what is shown.

use std::sync::Arc;

use super::actions::{Ask, ask, ask_here, list_sources_around, open_words, show_claim};
use super::listing::Listing;
use super::msg::{Answer, Effect, Saved, Tally, Ticket};
use super::overlay;
use super::reading::Reading;
use super::state::{App, Asked, Open, Said, Screen, Sought, Wait};
use super::update::{ask_count, ask_progress};
use super::window::{Stand, Window};
use crate::domain::{Act, ArticleInfo, ClaimId, ClaimState, Page, Seek, Session, SourceAct, SourceInfo};

/// Bytes of article text kept beside the article that is read.
const KEPT_TEXT: usize = 2 * 1024 * 1024;
/// Claims of one answer from which on the deck is asked anew.
const MANY: usize = 256;
/// Articles kept at most.
const KEPT_ARTICLES: usize = 8;

/// Takes an answer. One that something newer has overtaken changes nothing.
pub(super) fn take(app: &mut App, ticket: Ticket, answer: Answer) -> Vec<Effect> {
    if let Some(place) = app.open.iter().position(|o| o.ticket == ticket) {
        let mut open = app.open.remove(place);
        // One asking may be about several claims: it is told of by all that was done, on the first.
        for other in app.open.extract_if(.., |other| other.ticket == ticket) {
            if let (Asked::Acts { acts, .. }, Asked::Acts { acts: more, .. }) = (&mut open.asked, other.asked) {
                acts.extend(more);
            }
        }
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
        Answer::Article(reading) => return keep_reading(app, ticket, reading),
        Answer::Related(found) => app.relatives.take(ticket, found),
        Answer::Neighbours(page) => app.neighbours.take(ticket, page),
        Answer::Count(tally) if app.asked_count == Some(ticket) => counted(app, tally),
        Answer::Progress(progress) if app.asked_progress == Some(ticket) => {
            app.asked_progress = None;
            app.progress = Some(progress);
        }
        Answer::Articles(rows) if app.articles.asked == Some(ticket) => {
            app.articles.asked = None;
            take_articles(app, rows);
        }
        Answer::Stats(stats) if app.statistics.asked == Some(ticket) => {
            app.statistics.asked = None;
            app.statistics.stats = Some(stats);
        }
        Answer::Sources(page) => app.sources.take(ticket, page),
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
    let (acts, states) = match answer {
        Answer::Saved(states) => (Vec::new(), states),
        Answer::Undone(acts, states) => (acts, states),
        Answer::SavedSource(gone_over, source) => return source_saved(app, &open.asked, &gone_over, *source),
        Answer::SavedAll(claims) => {
            let word = if let Asked::All { acts } = &open.asked { acts.first().map_or("", Act::word) } else { "" };
            app.said = Said::Saved(format!("saved {claims} claims {word} · z takes it all back"));
            return asked_anew(app);
        }
        Answer::Refused(why) => {
            app.leaving = false;
            app.said = Said::Problem(match &open.asked {
                Asked::Acts { claim, .. } => format!("not saved: {why} ({})", short(*claim)),
                Asked::Group { claims, .. } => format!("not saved: {why} ({} claims)", claims.len()),
                Asked::Sources { acts } => {
                    format!("not saved: {why} ({})", acts.first().map_or("", |(source, _)| source))
                }
                Asked::Undo | Asked::Redo | Asked::All { .. } => why,
            });
            if let Asked::Acts { claim, acts } = &open.asked {
                overlay::keep_written(app, *claim, acts);
            }
            return ask_progress(app);
        }
        _ => return Vec::new(),
    };
    app.said = Said::Saved(saved_words(&open.asked, &acts, &states));
    let first = states.first().map(|saved| saved.claim);
    // Of a great many claims the store tells the first only.
    if states.len() >= MANY {
        app.anchor = first;
        return asked_anew(app);
    }
    note_work(app, &open.asked, &states);
    for saved in states {
        app.relatives.set_state(saved.claim, &saved.state);
        app.neighbours.set_state(saved.claim, &saved.state);
        if let Some(window) = &mut app.window {
            window.set_state(saved.claim, saved.state);
        }
    }
    let own = if let Asked::Acts { acts, .. } = &open.asked { acts.as_slice() } else { &[] };
    let added = |act: &Act| if let Act::Add(added) = act { Some(added.clone()) } else { None };
    if let Some(added) = own.iter().chain(&acts).find_map(added) {
        // The deck has one more claim or one fewer, and so has the text.
        app.readings.retain(|reading| reading.info.id != added.article);
        app.anchor = Some(added.split_from.unwrap_or(added.id()));
        return asked_anew(app);
    }
    let mut effects = match first {
        Some(claim) if returning => show_claim(app, claim),
        _ => Vec::new(),
    };
    effects.extend(ask_progress(app));
    effects
}

/// The deck around where one stands, as it is after an act on many claims.
fn asked_anew(app: &mut App) -> Vec<Effect> {
    app.neighbours.forget();
    let (deck, search) = (app.deck.clone(), app.search.clone());
    let mut effects = ask_here(app, deck, search, Ask::default());
    effects.extend(ask_progress(app));
    effects
}

/// Keeps account of what was done. A claim decided on that has left the window since stood, as far as is known, untouched.
fn note_work(app: &mut App, asked: &Asked, states: &[Saved]) {
    for saved in states {
        let known = app.window.as_ref().and_then(|w| w.get(w.place_of(saved.claim)?)).map(|claim| &claim.state);
        let untouched = ClaimState::default();
        let before = known.or_else(|| matches!(asked, Asked::Acts { .. } | Asked::Group { .. }).then_some(&untouched));
        let mut now = saved.state.clone();
        if let (true, Some(before)) = (app.blind, before) {
            // What others did comes to light with the decision, and is no work of this session.
            now = own_state(app, asked, before).unwrap_or(now);
        }
        app.work.note(saved.claim, before, &now);
    }
}

/// How a claim stood before with what was asked laid over it; none where that is an undo.
fn own_state(app: &App, asked: &Asked, before: &ClaimState) -> Option<ClaimState> {
    let acts = match asked {
        Asked::Acts { acts, .. } => acts.as_slice(),
        Asked::Group { act, .. } => std::slice::from_ref(act),
        Asked::Sources { .. } | Asked::All { .. } | Asked::Undo | Asked::Redo => return None,
    };
    let mut state = before.clone();
    acts.iter().for_each(|act| state.apply(act, app.analyst(), app.now));
    Some(state)
}

fn saved_words(asked: &Asked, gone_over: &[Act], states: &[Saved]) -> String {
    let on = || match states {
        [one] => one.short_id.clone(),
        several => format!("{} claims", several.len()),
    };
    match asked {
        Asked::Acts { claim, acts } => {
            let word = match Act::words(acts) {
                joined if joined == "joined" => "joined with the next".to_owned(),
                words => words,
            };
            let id = states.first().map_or_else(|| claim.to_string(), |saved| saved.short_id.clone());
            format!("saved {id} {word} · z takes it back")
        }
        Asked::Group { act, .. } => format!("saved {} {} · z takes it back", on(), act.word()),
        Asked::Undo => format!("took back {} on {} · Z does it again", Act::words(gone_over), on()),
        Asked::Redo => format!("brought back {} on {} · z takes it back", Act::words(gone_over), on()),
        Asked::Sources { .. } | Asked::All { .. } => "nothing changed".to_owned(),
    }
}

/// A decision on sources is durable. Where names were joined or split, decks and the ledger are others than before.
fn source_saved(app: &mut App, asked: &Asked, gone_over: &[(String, SourceAct)], source: SourceInfo) -> Vec<Effect> {
    let acts = if let Asked::Sources { acts } = asked { acts.as_slice() } else { gone_over };
    app.said = Said::Saved(saved_source_words(asked, acts, &source));
    if acts.iter().any(|(_, act)| matches!(act, SourceAct::Join { .. })) {
        let mut effects = asked_anew(app);
        effects.extend(list_sources_around(app, Some(source.name)));
        return effects;
    }
    if let Some(window) = &mut app.window {
        window.set_source(&source);
    }
    app.sources.set(source);
    Vec::new()
}

fn saved_source_words(asked: &Asked, acts: &[(String, SourceAct)], source: &SourceInfo) -> String {
    let names = match acts {
        [(one, _)] => one.clone(),
        several => format!("{} names", several.len()),
    };
    let kind = acts.first().map(|(_, act)| act);
    match (asked, kind) {
        (Asked::Undo, Some(act @ SourceAct::Join { .. })) => {
            format!("took back the {} of {names} · Z does it again", act.word())
        }
        (Asked::Redo, Some(act @ SourceAct::Join { .. })) => {
            format!("brought back the {} of {names} · z takes it back", act.word())
        }
        (_, Some(SourceAct::Join { into: Some(_) })) => {
            format!("saved {names} joined into {} · z takes it back", source.name)
        }
        (_, Some(SourceAct::Join { into: None })) => {
            format!("saved {names} as a source of its own · z takes it back")
        }
        _ => {
            let grade =
                source.reliability.map_or_else(|| "without a grade".to_owned(), |g| format!("{g}, {}", g.words()));
            let then = match asked {
                Asked::Undo => "taken back, Z does it again",
                Asked::Redo => "brought back, z takes it back",
                Asked::Acts { .. } | Asked::Group { .. } | Asked::Sources { .. } | Asked::All { .. } => {
                    "z takes it back"
                }
            };
            format!("saved {}: {grade} · {then}", source.name)
        }
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
    let mut window = Window::new(page, sought.stand);
    if other_deck {
        app.tally = None;
    }
    if let Some(total) = app.tally.map(|tally| tally.total).filter(|total| !total.more) {
        window.learn_total(total.n);
    }
    app.window = Some(window);
    ask_count(app)
}

fn ask_last(app: &mut App, sought: Sought) -> Vec<Effect> {
    let how = Ask { stand: Stand::Last, or_say: None, holds: sought.holds };
    ask(app, sought.deck, sought.search, Seek::Last, how)
}

fn session_opened(app: &mut App, answer: Answer) -> Vec<Effect> {
    app.wait = None;
    match answer {
        Answer::Session(session) => {
            app.said = Said::Info(format!("session of {}", app.local(session.started_at).day()));
            app.screen = Screen::Review;
            app.anchor = session.place;
            app.window = None;
            app.placed = None;
            app.opened = None;
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
    app.relatives.refused(ticket);
    app.neighbours.refused(ticket);
    app.sources.refused(ticket);
    if app.asked_article.is_some_and(|(asked, _)| asked == ticket) {
        // Kept as asked, so that it isn't asked for again at every key.
        app.unreadable = app.asked_article.take().map(|(_, id)| id);
        app.wait.take_if(|wait| matches!(wait, Wait::Article(_)));
    }
    app.said = Said::Problem(why);
}

fn keep_reading(app: &mut App, ticket: Ticket, reading: Arc<Reading>) -> Vec<Effect> {
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
    match app.wait {
        Some(Wait::Article(opening)) if app.reading().is_some() => {
            app.wait = None;
            open_words(app, opening)
        }
        _ => Vec::new(),
    }
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

fn take_articles(app: &mut App, rows: Vec<ArticleInfo>) {
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
