//! What is typed and what follows from it: search, filter, note, evidence, tags.

use std::collections::BTreeSet;

use super::super::actions::{Ask, ask_here, decide};
use super::super::completion::has_field;
use super::super::msg::Effect;
use super::super::state::{App, Said};
use super::{Overlay, Problem, evidence};
use crate::domain::{Act, ClaimId, Deck, Query};

/// The deck or the count follows what is typed.
pub(super) fn query_changed(app: &mut App) -> Vec<Effect> {
    match &app.overlay {
        Some(Overlay::Search { .. }) => search_changed(app),
        Some(Overlay::Filter { .. }) => filter_changed(app),
        _ => Vec::new(),
    }
}

fn search_changed(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Search { field, from, .. }) = &app.overlay else { return Vec::new() };
    let mut words = field.text().trim();
    // A field whose value is not typed to its end yet is left out.
    if search_problem(words).is_some() {
        words = words.rsplit_once(char::is_whitespace).map_or("", |(before, _)| before.trim());
    }
    let words = words.to_owned();
    app.anchor = from.or(app.anchor);
    let deck = app.deck.clone();
    ask_here(app, deck, words, Ask { holds: false, ..Ask::default() })
}

fn filter_changed(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    let order = app.deck.order;
    let Some(Overlay::Filter { field, problem, count, asked, .. }) = &mut app.overlay else { return Vec::new() };
    *problem = problem_of(field.text());
    *count = None;
    *asked = problem.is_none().then_some(ticket);
    let deck = Deck { query: field.text().trim().to_owned(), order };
    if problem.is_some() { Vec::new() } else { vec![Effect::Count { ticket, deck, before: None }] }
}

pub(super) fn apply_filter(app: &mut App, query: &str) -> Vec<Effect> {
    let deck = Deck { query: query.trim().to_owned(), order: app.deck.order };
    let search = app.search.clone();
    // A deck chosen by hand is no longer the one that was opened from a list.
    app.opened = None;
    if !deck.query.is_empty() {
        app.said = Said::Info("filtered · Esc takes the filter off".to_owned());
    }
    ask_here(app, deck, search, Ask::default())
}

pub(super) fn save_note(app: &mut App, claim: ClaimId, text: &str, before: &str) -> Vec<Effect> {
    if text.trim() == before.trim() {
        return Vec::new();
    }
    decide(app, claim, vec![Act::Note { note: text.trim().to_owned() }])
}

pub(super) fn save_tags(app: &mut App, claim: ClaimId, text: &str, before: &BTreeSet<String>) -> Vec<Effect> {
    let split = |c: char| c.is_whitespace() || c == ',';
    let after: BTreeSet<String> = text.split(split).filter(|t| !t.is_empty()).map(str::to_owned).collect();
    let off = before.difference(&after).map(|tag| Act::Untag { tag: tag.clone() });
    let on = after.difference(before).map(|tag| Act::Tag { tag: tag.clone() });
    let acts: Vec<_> = off.chain(on).collect();
    if acts.is_empty() { Vec::new() } else { decide(app, claim, acts) }
}

/// Keeps what was written with acts that could not be saved, to go on with.
pub(in crate::app) fn keep_written(app: &mut App, claim: ClaimId, acts: &[Act]) {
    let replaces = acts.iter().find_map(|act| if let Act::Withdraw(piece) = act { Some(piece.clone()) } else { None });
    for act in acts {
        match act {
            Act::Evidence(piece) => evidence::open_again(app, claim, piece, replaces.clone()),
            Act::Note { note } if !note.is_empty() => app.draft = Some((claim, note.clone())),
            _ => {}
        }
    }
}

/// What is wrong with a search that is a query.
pub(super) fn search_problem(written: &str) -> Option<Problem> {
    has_field(written).then(|| problem_of(written)).flatten()
}

fn problem_of(written: &str) -> Option<Problem> {
    let error = Query::parse(written).err()?;
    // What helps most comes first, since lines are cut at the right.
    let meant = error.did_you_mean.map(|word| format!("did you mean \"{word}\"? ")).unwrap_or_default();
    Some(Problem { at: error.at, message: format!("{}: {meant}expected {}", error.found, error.expected) })
}
