//! A list that is read in stretches as the cursor nears its end: articles, sessions.

use super::msg::Ticket;

/// Rows and the one that is chosen.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    rows: Vec<T>,
    cursor: usize,
    whole: bool,
    pub(super) asked: Option<Ticket>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), cursor: 0, whole: false, asked: None }
    }
}

impl<T> Listing<T> {
    /// The rows read so far.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// The place of the chosen row.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The chosen row.
    pub fn chosen(&self) -> Option<&T> {
        self.rows.get(self.cursor)
    }

    /// Whether all rows are read.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    pub(super) fn replace(&mut self, rows: Vec<T>, cursor: usize, whole: bool) {
        self.cursor = cursor.min(rows.len().saturating_sub(1));
        self.rows = rows;
        self.whole = whole;
    }

    pub(super) fn extend(&mut self, rows: Vec<T>, whole: bool) {
        self.rows.extend(rows);
        self.whole = whole;
    }

    pub(super) fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }
}
