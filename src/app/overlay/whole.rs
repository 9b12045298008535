//! The claim with all that is known about it, and every decision on it. Knows not how it is laid out.

use super::super::msg::{Answer, Effect, Ticket};
use super::super::state::{App, Said};
use super::Overlay;
use crate::domain::{Act, ClaimId, Decision, undone};

/// What is told of the claim in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The first row shown.
    pub top: usize,
    /// Every decision on it, first to last; none until the store has said.
    pub history: Option<Vec<Decision>>,
    asked: Ticket,
}

impl Whole {
    /// What was decided, first to last, and whether it was taken back. What takes back says so there, and stands for itself
    /// no more.
    pub fn decided(&self) -> Vec<(&Decision, bool)> {
        let all = self.history.as_deref().unwrap_or_default();
        let gone = undone(all.iter().map(|decision| (decision.id, decision.target())));
        let acts = all.iter().filter(|decision| !matches!(decision.act, Act::Undo { .. }));
        acts.map(|decision| (decision, gone.contains(&decision.id))).collect()
    }
}

/// Opens it, and asks what was decided.
pub(in crate::app) fn open(app: &mut App, claim: ClaimId) -> Vec<Effect> {
    let asked = app.ticket();
    app.overlay = Some(Overlay::Claim(Whole { top: 0, history: None, asked }));
    vec![Effect::History { ticket: asked, claim }]
}

/// Takes the decisions that it asked for; `false` where it asked for none such.
pub(super) fn answer(app: &mut App, ticket: Ticket, answer: &Answer) -> bool {
    let Some(Overlay::Claim(whole)) = &mut app.overlay else { return false };
    if whole.asked != ticket {
        return false;
    }
    let history = whole.history.insert(Vec::new());
    match answer {
        Answer::History(decisions) => history.clone_from(decisions),
        Answer::Refused(why) => app.said = Said::Problem(why.clone()),
        _ => {}
    }
    true
}
