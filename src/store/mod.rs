//! Keeps articles, claims and decisions in one SQLite file, and finds them again.
//!
//! The log of decisions only grows; everything else that analysts see of it is a projection, written in the same
//! transaction. Statements are fixed text and stand where they are used. Knows no screen, thread or system clock: who
//! calls says who acts and when.

mod bits;
mod counters;
mod decide;
mod deck;
mod detail;
mod error;
mod facets;
mod ids;
mod keys;
mod load;
mod log;
mod open;
mod read;
mod select;
mod sessions;
mod stats;
mod stream;
mod words;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, InterruptHandle};

pub use decide::{By, Undone};
pub use error::{Result, StoreError};
pub use load::{Added, Loader};
pub use stream::Flow;

use deck::SourceRanks;

/// Stops what a store is doing, which then ends with `StoreError::Interrupted`.
pub struct Interrupt(InterruptHandle);

impl Interrupt {
    /// Stops it now; does nothing where it is doing nothing.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// A store, open. One thread owns it; others open their own.
pub struct Store {
    db: Connection,
    /// The order of sources by name, made when it is first asked for and again when there are new sources.
    ranks: RefCell<Option<Arc<SourceRanks>>>,
}

impl Store {
    /// Opens the store to read and write, and makes it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        open::open(path).map(Self::with)
    }

    /// Opens a store that exists, to read only, beside one who writes.
    pub fn open_reader(path: &Path) -> Result<Self> {
        open::open_reader(path).map(Self::with)
    }

    /// Stops a long read from another thread. Give it out for stores that read: it would stop a decision too.
    pub fn interrupt_handle(&self) -> Interrupt {
        Interrupt(self.db.get_interrupt_handle())
    }

    fn with(db: Connection) -> Self {
        Self { db, ranks: RefCell::new(None) }
    }

    fn source_ranks(&self) -> Result<Arc<SourceRanks>> {
        let newest = SourceRanks::newest_in(&self.db)?;
        let mut held = self.ranks.borrow_mut();
        match held.as_ref().filter(|ranks| ranks.newest() == newest) {
            Some(ranks) => Ok(ranks.clone()),
            None => Ok(held.insert(Arc::new(SourceRanks::read(&self.db, newest)?)).clone()),
        }
    }
}
