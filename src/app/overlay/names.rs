//! The names that were joined into a source: who joined them, and to make one a source of its own again.

use super::super::actions::decide_sources;
use super::super::key::{Code, Key};
use super::super::msg::{Answer, Effect, Ticket};
use super::super::state::{App, Said};
use super::{Overlay, choose};
use crate::domain::{SourceAct, SourceDecision, standing};

/// The joined names of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Under which name all are counted.
    pub source: String,
    /// The others.
    pub joined: Vec<String>,
    /// The chosen one among them.
    pub cursor: usize,
    /// What was decided on all of them, first to last; none until the store has said.
    pub history: Option<Vec<SourceDecision>>,
    asked: Ticket,
}

impl Names {
    /// The decision by which a name is joined, where the store has told.
    pub fn join_of(&self, name: &str) -> Option<&SourceDecision> {
        let own: Vec<_> = self.history.iter().flatten().filter(|d| d.source == name).cloned().collect();
        let newest = standing(&own).into_iter().rev().find(|d| matches!(d.act, SourceAct::Join { .. }))?.id;
        self.history.iter().flatten().find(|d| d.id == newest)
    }
}

/// Opens the joined names of the chosen source and asks who joined them.
pub(in crate::app) fn open(app: &mut App) -> Vec<Effect> {
    let Some(source) = app.sources.chosen() else { return Vec::new() };
    let (source, joined) = (source.name.clone(), source.joined.clone());
    let asked = app.ticket();
    app.overlay = Some(Overlay::Names(Names { source: source.clone(), joined, cursor: 0, history: None, asked }));
    vec![Effect::SourceHistory { ticket: asked, source }]
}

/// Gives a key to the list.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let Some(Overlay::Names(mut names)) = app.overlay.take() else { return Vec::new() };
    let last = names.joined.len().saturating_sub(1);
    match (key.code, key.typed()) {
        (Code::Esc, _) | (_, Some('q')) => return Vec::new(),
        (Code::Enter, _) => return split(app, &names),
        _ => names.cursor = choose::row_after(key, names.cursor, last),
    }
    app.overlay = Some(Overlay::Names(names));
    Vec::new()
}

fn split(app: &mut App, names: &Names) -> Vec<Effect> {
    match names.joined.get(names.cursor) {
        Some(name) => decide_sources(app, vec![(name.clone(), SourceAct::Join { into: None })]),
        None => Vec::new(),
    }
}

/// Takes the history that the list asked for; `false` where it asked for none such.
pub(super) fn answer(app: &mut App, ticket: Ticket, answer: &Answer) -> bool {
    let Some(Overlay::Names(names)) = &mut app.overlay else { return false };
    if names.asked != ticket {
        return false;
    }
    match answer {
        Answer::SourceHistory(decisions) => names.history = Some(decisions.clone()),
        Answer::Refused(why) => app.said = Said::Problem(why.clone()),
        _ => {}
    }
    true
}
