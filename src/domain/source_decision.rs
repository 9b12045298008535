//! Decisions on sources, and the present state of a source that follows from them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::decision::undone;
use super::grade::Reliability;
use super::time::{Clock, Moment};

/// One act of one analyst on one source. Never changed, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDecision {
    /// UUIDv7: unique everywhere.
    pub id: Uuid,
    /// Orders decisions over all stores; ties are broken by `id`.
    pub clock: Clock,
    /// What the analyst's own clock said, for people.
    pub at: Moment,
    /// Who.
    pub analyst: String,
    /// In which session; none from a script.
    pub session: Option<Uuid>,
    /// Decisions of one act share this: undo takes them back together.
    pub batch: Uuid,
    /// On which source, by the name that articles give it.
    pub source: String,
    /// What.
    #[serde(flatten)]
    pub act: SourceAct,
}

impl SourceDecision {
    /// Where it stands in the order of all decisions.
    pub fn order(&self) -> (Clock, Uuid) {
        (self.clock, self.id)
    }

    /// The decision that it takes back, where it is an undo.
    pub fn target(&self) -> Option<Uuid> {
        match self.act {
            SourceAct::Undo { target } => Some(target),
            _ => None,
        }
    }
}

/// What was decided on a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum SourceAct {
    /// How reliable it is; none takes the grade off.
    Reliability {
        /// The grade.
        reliability: Option<Reliability>,
    },
    /// It is one with another source, under whose name both are counted; none makes it a source of its own again.
    Join {
        /// The name of the other, which may be joined into a third.
        into: Option<String>,
    },
    /// Takes a decision back; taking an undo back is redo.
    Undo {
        /// The decision taken back.
        target: Uuid,
    },
}

impl SourceAct {
    /// What it did, in a word: "grade", "join".
    pub fn word(&self) -> &'static str {
        match self {
            Self::Reliability { .. } => "grade",
            Self::Join { into: Some(_) } => "join",
            Self::Join { into: None } => "split",
            Self::Undo { .. } => "undo",
        }
    }
}

/// The present state of a source: what follows from the decisions on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceState {
    /// The newest grade of any analyst.
    pub reliability: Option<Reliability>,
    /// The source that it was joined into, by the newest word of any analyst.
    pub joined: Option<JoinedInto>,
}

/// Which source another was joined into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedInto {
    /// Its name.
    pub name: String,
    /// Where the decision stands in the order of all.
    pub order: (Clock, Uuid),
}

impl SourceState {
    /// The state that these decisions on one source lead to, in whatever order they are given.
    pub fn of(decisions: &[SourceDecision]) -> Self {
        let mut state = Self::default();
        for decision in standing(decisions) {
            match &decision.act {
                SourceAct::Reliability { reliability } => state.reliability = *reliability,
                SourceAct::Join { into } => {
                    state.joined = into.clone().map(|name| JoinedInto { name, order: decision.order() });
                }
                SourceAct::Undo { .. } => {}
            }
        }
        state
    }
}

/// Those of these decisions on one source that stand, undos aside, in their order.
pub fn standing(decisions: &[SourceDecision]) -> Vec<&SourceDecision> {
    let mut ordered: Vec<_> = decisions.iter().collect();
    ordered.sort_by_key(|d| d.order());
    let gone = undone(ordered.iter().map(|d| (d.id, d.target())));
    ordered.retain(|d| d.target().is_none() && !gone.contains(&d.id));
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(number: u128, act: SourceAct) -> SourceDecision {
        SourceDecision {
            id: Uuid::from_u128(number),
            clock: Clock(number as i64),
            at: Moment(0),
            analyst: "ana".into(),
            session: None,
            batch: Uuid::from_u128(number),
            source: "Ada Brandt".into(),
            act,
        }
    }

    fn graded(number: u128, reliability: Reliability) -> SourceDecision {
        decision(number, SourceAct::Reliability { reliability: Some(reliability) })
    }

    #[test]
    fn the_newest_grade_that_stands_holds_in_whatever_order_they_come() {
        let undo = decision(3, SourceAct::Undo { target: Uuid::from_u128(2) });
        let log = [undo, graded(2, Reliability::D), graded(1, Reliability::B)];
        assert_eq!(SourceState::of(&log).reliability, Some(Reliability::B));
        assert_eq!(SourceState::of(&log[1..]).reliability, Some(Reliability::D));
        let redo = decision(4, SourceAct::Undo { target: Uuid::from_u128(3) });
        assert_eq!(SourceState::of(&[log.as_slice(), &[redo]].concat()).reliability, Some(Reliability::D));
    }

    #[test]
    fn the_newest_join_that_stands_holds_and_none_takes_it_apart() {
        let join = |number, into: Option<&str>| decision(number, SourceAct::Join { into: into.map(str::to_owned) });
        let log = [join(1, Some("A. Brandt")), join(2, Some("Brandt")), join(3, None)];
        let into = |log: &[SourceDecision]| SourceState::of(log).joined.map(|joined| (joined.name, joined.order.0.0));
        assert_eq!(into(&log[..2]), Some(("Brandt".into(), 2)));
        assert_eq!(into(&log), None);
        let undo = decision(4, SourceAct::Undo { target: Uuid::from_u128(3) });
        assert_eq!(into(&[log.as_slice(), &[undo]].concat()), Some(("Brandt".into(), 2)));
    }

    #[test]
    fn a_decision_on_a_source_reads_back_from_its_json() {
        let one = graded(9, Reliability::C);
        let line = serde_json::to_string(&one).unwrap();
        assert!(line.ends_with(r#""source":"Ada Brandt","act":"reliability","reliability":"C"}"#), "{line}");
        assert_eq!(serde_json::from_str::<SourceDecision>(&line).unwrap(), one);
        let joined = decision(10, SourceAct::Join { into: Some("Brandt".into()) });
        let line = serde_json::to_string(&joined).unwrap();
        assert!(line.ends_with(r#""act":"join","into":"Brandt"}"#), "{line}");
        assert_eq!(serde_json::from_str::<SourceDecision>(&line).unwrap(), joined);
    }
}
