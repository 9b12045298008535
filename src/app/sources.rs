//! The ledger of sources around the cursor: a few pages of a list of any length.

use std::collections::{BTreeSet, VecDeque};

use super::msg::Ticket;
use crate::domain::{Ledger, SourceInfo, SourcePage, SourceSeek};

/// Sources kept at most; the far side is let go. Several screens of any size.
const KEEP: usize = 1024;

/// A stretch of the ledger and the chosen source in it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: VecDeque<SourceInfo>,
    cursor: usize,
    /// Names of sources to join into another.
    marked: BTreeSet<String>,
    at_start: bool,
    at_end: bool,
    /// Whether the store has answered at all.
    read: bool,
    ledger: Ledger,
    asked: Option<(Ticket, Ledger, SourceSeek)>,
}

impl Sources {
    /// The sources read.
    pub fn rows(&self) -> &VecDeque<SourceInfo> {
        &self.rows
    }

    /// The place of the chosen source among those read.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The chosen source.
    pub fn chosen(&self) -> Option<&SourceInfo> {
        self.rows.get(self.cursor)
    }

    /// The names of the sources that are marked.
    pub fn marked(&self) -> &BTreeSet<String> {
        &self.marked
    }

    /// Which sources are listed, in which order.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Whether the store has answered.
    pub fn is_read(&self) -> bool {
        self.read
    }

    /// Whether an answer is on its way.
    pub(super) fn is_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Notes what is asked for; an answer to what was asked before is overtaken.
    pub(super) fn ask(&mut self, ticket: Ticket, ledger: Ledger, seek: SourceSeek) {
        self.asked = Some((ticket, ledger, seek));
    }

    /// Takes the page that was asked for last.
    pub(super) fn take(&mut self, ticket: Ticket, page: SourcePage) {
        let Some((_, ledger, seek)) = self.asked.take_if(|(asked, ..)| *asked == ticket) else { return };
        self.ledger = ledger;
        self.read = true;
        match seek {
            SourceSeek::After(_) => self.extend_after(page),
            SourceSeek::Before(_) => self.extend_before(page),
            SourceSeek::First => self.replace(page, 0),
            SourceSeek::Last => self.replace(page, usize::MAX),
            SourceSeek::Around(name) => {
                let place = page.sources.iter().position(|source| source.is_called(&name)).unwrap_or_default();
                self.replace(page, place);
            }
        }
    }

    /// What was asked for can't be had.
    pub(super) fn refused(&mut self, ticket: Ticket) {
        if self.asked.take_if(|(asked, ..)| *asked == ticket).is_some() {
            self.read = true;
            // Not asked for again at every key.
            (self.at_start, self.at_end) = (true, true);
        }
    }

    /// Takes what the store says of a source, if it is among those read.
    pub(super) fn set(&mut self, source: SourceInfo) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.name == source.name) {
            *row = source;
        }
    }

    /// Marks the chosen source, or takes its mark off.
    pub(super) fn mark(&mut self) {
        if let Some(name) = self.chosen().map(|source| source.name.clone())
            && !self.marked.remove(&name)
        {
            self.marked.insert(name);
        }
    }

    /// Takes all marks off; what was marked.
    pub(super) fn unmark_all(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.marked)
    }

    pub(super) fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Goes to the first or last source where it is read already.
    pub(super) fn step_to_end(&mut self, last: bool) -> bool {
        let known = if last { self.at_end } else { self.at_start };
        if known {
            self.step(if last { isize::MAX } else { isize::MIN });
        }
        known
    }

    /// What to ask for next, where the cursor is this near an end of what is read.
    pub(super) fn wants(&self, margin: usize) -> Option<SourceSeek> {
        if self.asked.is_some() {
            return None;
        }
        if !self.at_end && self.cursor + margin >= self.rows.len() {
            return Some(SourceSeek::After(self.rows.back()?.name.clone()));
        }
        (!self.at_start && self.cursor < margin).then(|| Some(SourceSeek::Before(self.rows.front()?.name.clone())))?
    }

    fn replace(&mut self, page: SourcePage, cursor: usize) {
        self.cursor = cursor.min(page.sources.len().saturating_sub(1));
        (self.at_start, self.at_end) = (page.at_start, page.at_end);
        self.rows = page.sources.into();
    }

    fn extend_after(&mut self, page: SourcePage) {
        // A page that brings nothing ends the ledger there: otherwise it would be asked for for ever.
        self.at_end = page.at_end || page.sources.is_empty();
        self.rows.extend(page.sources);
        while self.rows.len() > KEEP && self.cursor > KEEP / 4 {
            self.rows.pop_front();
            self.cursor -= 1;
            self.at_start = false;
        }
    }

    fn extend_before(&mut self, page: SourcePage) {
        self.at_start = page.at_start || page.sources.is_empty();
        for source in page.sources.into_iter().rev() {
            self.rows.push_front(source);
            self.cursor += 1;
        }
        while self.rows.len() > KEEP && self.cursor + KEEP / 4 < self.rows.len() {
            self.rows.pop_back();
            self.at_end = false;
        }
    }
}
