//! What was done since the start, for the words at the end: the difference between how claims stood and how they stand,
//! so that what was taken back doesn't count.

use std::collections::BTreeMap;

use super::state::App;
use crate::domain::{ClaimId, ClaimState, Count, Deck, Progress, Status};

/// The claims that were worked on: how each stood before, and stands now.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    touched: BTreeMap<ClaimId, (ClaimState, ClaimState)>,
}

/// What to hand over at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// Seconds since the start.
    pub seconds: u64,
    /// Claims decided, by status in the table's order, none left out but those without any.
    pub decided: Vec<(Status, u64)>,
    /// Claims put back to unreviewed.
    pub reopened: u64,
    /// Notes written.
    pub notes: u64,
    /// Pieces of evidence added.
    pub evidence: u64,
    /// Tags put on.
    pub tags: u64,
    /// Claims put on the later pile.
    pub later: u64,
    /// How much of the store is reviewed, where known.
    pub progress: Option<Progress>,
    /// The deck that the next start goes on in.
    pub deck: Deck,
    /// The place in it, from 1, where known.
    pub place: Option<u64>,
    /// How many claims it has, where known.
    pub total: Option<Count>,
}

impl Work {
    /// A claim stands so now; `before` is how it stood, where that is known.
    pub(super) fn note(&mut self, claim: ClaimId, before: Option<&ClaimState>, now: &ClaimState) {
        match (self.touched.get_mut(&claim), before) {
            (Some((_, last)), _) => last.clone_from(now),
            (None, Some(before)) => drop(self.touched.insert(claim, (before.clone(), now.clone()))),
            // An earlier session's decision, taken back without being looked at: nothing to compare with.
            (None, None) => {}
        }
    }

    /// Whether nothing was done yet.
    pub(super) fn is_none(&self) -> bool {
        self.touched.is_empty()
    }

    fn count(&self, more: impl Fn(&ClaimState, &ClaimState) -> usize) -> u64 {
        self.touched.values().map(|(before, now)| more(before, now) as u64).sum()
    }
}

impl App {
    /// What was done since the start; none where that is nothing.
    pub fn handover(&self) -> Option<Handover> {
        let work = &self.work;
        let decided_anew = |before: &ClaimState, now: &ClaimState| {
            (before.status, before.decided_at, &before.by_analyst) != (now.status, now.decided_at, &now.by_analyst)
        };
        let as_status =
            |status| work.count(|before, now| usize::from(now.status == status && decided_anew(before, now)));
        let by_status = Status::ALL.into_iter().map(|status| (status, as_status(status))).filter(|(_, n)| *n > 0);
        let (reopened, decided): (Vec<_>, Vec<_>) = by_status.partition(|(status, _)| *status == Status::Unreviewed);
        let handover = Handover {
            seconds: self.now.0.saturating_sub(self.began.0).max(0) as u64,
            decided,
            reopened: reopened.iter().map(|(_, n)| n).sum(),
            notes: work.count(|before, now| usize::from(now.note.is_some() && now.note != before.note)),
            evidence: work.count(|before, now| now.evidence.len().saturating_sub(before.evidence.len())),
            tags: work.count(|before, now| now.tags.difference(&before.tags).count()),
            later: work.count(|before, now| usize::from(now.later && !before.later)),
            progress: self.progress,
            deck: self.deck.clone(),
            place: self.window().and_then(super::Window::position),
            total: self.tally.filter(|_| self.search.is_empty()).map(|t| t.total),
        };
        let sum = handover.reopened + handover.notes + handover.evidence + handover.tags + handover.later;
        (sum > 0 || !handover.decided.is_empty()).then_some(handover)
    }

    /// Whether nobody has ever decided on anything in this store: the few keys that matter are then shown.
    pub fn is_first_use(&self) -> bool {
        let untouched = self.progress.is_some_and(|p| p.claims > 0 && p.reviewed == 0);
        untouched && self.session.decisions == 0 && self.work.is_none() && self.open.is_empty()
    }
}
