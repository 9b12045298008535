//! The statistics, as the store last said them, and how far they are scrolled.

use super::msg::{Effect, Ticket};
use super::state::App;
use crate::domain::Stats;

/// Rows that can be scrolled down; drawing stops at its last row by itself.
const MOST_ROWS: usize = 100;

/// What the screen of statistics shows.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    pub(super) stats: Option<Box<Stats>>,
    pub(super) asked: Option<Ticket>,
    pub(super) top: usize,
}

impl Statistics {
    /// The counts; none before the store has answered.
    pub fn stats(&self) -> Option<&Stats> {
        self.stats.as_deref()
    }

    /// The first row shown.
    pub fn top(&self) -> usize {
        self.top
    }

    pub(super) fn step(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(MOST_ROWS);
    }
}

/// Asks for the counts as they are now.
pub(super) fn ask(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    app.statistics.asked = Some(ticket);
    vec![Effect::Stats { ticket }]
}
