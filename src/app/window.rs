//! The claims around the cursor: a few pages of a deck of any length, as the store last said them.

use std::collections::VecDeque;

use crate::domain::{Claim, ClaimId, ClaimState, KnownSource, Page, SourceInfo};

/// Claims kept at most; the far side is let go. Several screens of any size.
const KEEP: usize = 1024;

/// A stretch of the deck and the place in it where the analyst stands.
#[derive(Clone, Debug, Default)]
pub struct Window {
    claims: VecDeque<Claim>,
    cursor: usize,
    at_start: bool,
    at_end: bool,
    /// Place of the first claim in the deck, from 0, where it is known.
    first: Option<u64>,
}

/// Which claim of a page to stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// The first.
    First,
    /// The last.
    Last,
}

impl Window {
    /// A window that holds this page alone.
    pub fn new(page: Page, stand: Stand) -> Self {
        let cursor = if stand == Stand::Last { page.claims.len().saturating_sub(1) } else { 0 };
        Self {
            cursor,
            at_start: page.at_start,
            at_end: page.at_end,
            first: page.at_start.then_some(0),
            claims: page.claims.into(),
        }
    }

    /// The claim that the analyst looks at; none in an empty deck.
    pub fn current(&self) -> Option<&Claim> {
        self.claims.get(self.cursor)
    }

    /// The place of the current claim in this window.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The claim at this place of the window.
    pub fn get(&self, place: usize) -> Option<&Claim> {
        self.claims.get(place)
    }

    /// All claims held.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter()
    }

    /// How many claims are held.
    pub fn len(&self) -> usize {
        self.claims.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
    }

    /// Whether the deck has none before those held.
    pub fn at_start(&self) -> bool {
        self.at_start
    }

    /// Whether the deck has none after those held.
    pub fn at_end(&self) -> bool {
        self.at_end
    }

    /// Whether claims are missing above or below that a list of so many rows shows around the current one, which stands at
    /// two fifths of it where there is enough on both sides.
    pub(super) fn lacks(&self, rows: usize) -> (bool, bool) {
        let (above, below) = (self.cursor, self.claims.len() - self.cursor);
        let wanted_above = if self.at_end { (rows * 2 / 5).max(rows.saturating_sub(below)) } else { rows * 2 / 5 };
        let wanted_below = rows - above.min(wanted_above).min(rows);
        (!self.at_start && above < wanted_above, !self.at_end && below < wanted_below)
    }

    /// Place of the current claim in the deck, from 1, where it is known.
    pub fn position(&self) -> Option<u64> {
        self.current()?;
        Some(self.first? + self.cursor as u64 + 1)
    }

    /// Learns how many claims the deck has, which at its end tells the place of each.
    pub(super) fn learn_total(&mut self, total: u64) {
        if self.at_end && self.first.is_none() {
            self.first = total.checked_sub(self.claims.len() as u64);
        }
    }

    /// Learns how many claims of the deck stand before this one.
    pub fn learn_position(&mut self, claim: ClaimId, before: u64) {
        if let Some(place) = self.place_of(claim) {
            self.first = before.checked_sub(place as u64);
        }
    }

    /// The place of a claim in this window.
    pub fn place_of(&self, claim: ClaimId) -> Option<usize> {
        self.claims.iter().position(|c| c.id == claim)
    }

    /// Stands on this place, or the last before it.
    pub fn stand_at(&mut self, place: usize) {
        self.cursor = place.min(self.claims.len().saturating_sub(1));
    }

    /// Goes so many claims on (or back), as far as the window reaches; what is left to go.
    pub fn step(&mut self, by: isize) -> isize {
        let last = self.claims.len().saturating_sub(1);
        let to = self.cursor.saturating_add_signed(by).min(last);
        let went = to as isize - self.cursor as isize;
        self.cursor = to;
        by - went
    }

    /// Takes the page that follows.
    pub fn extend_after(&mut self, page: Page) {
        self.claims.extend(page.claims);
        self.at_end = page.at_end;
        while self.claims.len() > KEEP && self.cursor > KEEP / 4 {
            self.claims.pop_front();
            self.cursor -= 1;
            self.at_start = false;
            self.first = self.first.map(|first| first + 1);
        }
    }

    /// Takes the page that goes before.
    pub fn extend_before(&mut self, page: Page) {
        self.first = self.first.and_then(|first| first.checked_sub(page.claims.len() as u64));
        for claim in page.claims.into_iter().rev() {
            self.claims.push_front(claim);
            self.cursor += 1;
        }
        self.at_start = page.at_start;
        if self.at_start {
            self.first = Some(0);
        }
        while self.claims.len() > KEEP && self.cursor + KEEP / 4 < self.claims.len() {
            self.claims.pop_back();
            self.at_end = false;
        }
    }

    /// Takes what the store says of a claim, if the window holds it.
    pub fn set_state(&mut self, claim: ClaimId, state: ClaimState) {
        if let Some(place) = self.place_of(claim) {
            self.claims[place].set_state(state);
        }
    }

    /// Takes what the store says of a source into the claims that it asserts.
    pub fn set_source(&mut self, source: &SourceInfo) {
        for claim in &mut self.claims {
            let named = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(|s| s.best_name());
            if let Some(name) = named.filter(|name| source.is_called(name)) {
                let known = KnownSource { name: source.name.clone(), reliability: source.reliability };
                claim.source = (source.reliability.is_some() || name != source.name).then_some(known);
            }
        }
    }
}
