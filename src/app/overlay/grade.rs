//! The scales of grades: one key chooses, the meanings and what was decided before stand beside it.

use super::super::actions::{decide, decide_sources};
use super::super::key::{Code, Key};
use super::super::msg::{Answer, Effect, Ticket};
use super::super::state::{App, Said};
use super::Overlay;
use crate::domain::{Act, ClaimId, Credibility, Reliability, SourceAct, SourceDecision};

/// What is graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Graded {
    /// How reliable a source is, A to F.
    Source {
        /// Its name.
        name: String,
        /// What was decided on it before, first to last; none until the store has said.
        history: Option<Vec<SourceDecision>>,
        /// The asking that is waited for.
        asked: Ticket,
    },
    /// How credible a claim is, 1 to 6.
    Claim {
        /// Which.
        claim: ClaimId,
        /// Its grade as it is.
        before: Option<Credibility>,
    },
}

/// Opens the scale of a source and asks what was decided on it.
pub(super) fn open_source(app: &mut App, name: String) -> Vec<Effect> {
    let asked = app.ticket();
    app.overlay = Some(Overlay::Grade(Graded::Source { name: name.clone(), history: None, asked }));
    vec![Effect::SourceHistory { ticket: asked, source: name }]
}

/// A key on a scale: a grade, or what takes the grade off. Any other key that means nothing here leaves it open.
pub(super) fn key(app: &mut App, graded: &Graded, key: Key) -> Vec<Effect> {
    let off = matches!(key.code, Code::Backspace | Code::Delete) || key.typed() == Some('-');
    match graded {
        Graded::Source { name, .. } => {
            let grade = key.typed().and_then(|c| c.to_string().parse::<Reliability>().ok());
            if grade.is_none() && !off {
                return unknown(app, key, "a to f grade it, Backspace takes the grade off");
            }
            app.overlay = None;
            decide_sources(app, vec![(name.clone(), SourceAct::Reliability { reliability: grade })])
        }
        Graded::Claim { claim, .. } => {
            let digit = key.typed().and_then(|c| c.to_digit(10)).and_then(|n| u8::try_from(n).ok());
            let grade = digit.and_then(Credibility::of_number);
            if grade.is_none() && !off {
                return unknown(app, key, "1 to 6 grade it, Backspace takes the grade off");
            }
            app.overlay = None;
            decide(app, *claim, vec![Act::Credibility { credibility: grade }])
        }
    }
}

/// Takes the history that a scale asked for; `false` where it asked for none such.
pub(super) fn answer(app: &mut App, ticket: Ticket, answer: &Answer) -> bool {
    let Some(Overlay::Grade(Graded::Source { name, history, asked })) = &mut app.overlay else { return false };
    if *asked != ticket {
        return false;
    }
    match answer {
        // A name that was joined into it keeps its own grades for when it is split off again.
        Answer::SourceHistory(decisions) => {
            *history = Some(decisions.iter().filter(|d| d.source == *name).cloned().collect());
        }
        Answer::Refused(why) => app.said = Said::Problem(why.clone()),
        _ => {}
    }
    true
}

fn unknown(app: &mut App, key: Key, expected: &str) -> Vec<Effect> {
    app.said = Said::Problem(format!("{key} is no grade · {expected}"));
    Vec::new()
}
