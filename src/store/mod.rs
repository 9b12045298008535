//! Keeps articles, claims and decisions in one SQLite file, and finds them again.
//!
//! The log of decisions only grows; everything else that analysts see of it is a projection, written in the same
//! transaction. Statements are fixed text and stand where they are used. Knows no screen and no system clock, and starts
//! no thread: who calls says who acts and when.

mod added;
mod bits;
mod blind;
mod counters;
mod decide;
mod deck;
mod decks;
mod detail;
mod edits;
mod error;
mod facets;
mod ids;
mod joined;
mod keys;
mod ledger;
mod load;
mod log;
mod news;
mod numbers;
mod open;
mod read;
mod records;
mod related;
mod select;
mod sessions;
mod snapshot;
mod source_log;
mod stats;
mod stream;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, InterruptHandle};

pub use decide::{By, MOST_TOLD, Undone};
pub use error::{Result, StoreError};
pub use load::{Added, Loader, Prepared};
pub use stream::Flow;

use added::AddedClaims;
use deck::SourceRanks;

/// Stops what a store is doing, which then ends with `StoreError::Interrupted`.
pub struct Interrupt {
    handle: InterruptHandle,
    /// A read is many statements: one that ends between two of them must not be missed.
    stopped: Arc<AtomicBool>,
}

impl Interrupt {
    /// Stops the read that is going on and those that follow, until `Store::go_on`.
    pub fn interrupt(&self) {
        self.stop_between();
        self.handle.interrupt();
    }

    /// Stops a read of a deck between two of its steps, and never anything that writes.
    pub fn stop_between(&self) {
        self.stopped.store(true, Ordering::Release);
    }
}

/// A store, open. One thread owns it; others open their own.
pub struct Store {
    db: Connection,
    /// The order of sources by name, made when it is first asked for and again when there are new sources or joined ones.
    ranks: RefCell<Option<Arc<SourceRanks>>>,
    /// The claims that analysts added, read when they are first asked for and again when there are new ones.
    added: RefCell<Option<Arc<AddedClaims>>>,
    /// Set in a blind review.
    veil: Option<blind::Veil>,
    stopped: Arc<AtomicBool>,
}

impl Store {
    /// Opens the store to read and write, and makes it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        open::open(path).map(Self::with)
    }

    /// Opens a store that exists to read what is in it, also where it may not be written.
    pub fn open_to_read(path: &Path) -> Result<Self> {
        open::open_to_read(path).map(Self::with)
    }

    /// A store with nothing in it that is on no disk: what one that was never made holds.
    pub fn empty() -> Result<Self> {
        open::empty().map(Self::with)
    }

    /// Opens a store that exists, to read only, beside one who writes.
    pub fn open_reader(path: &Path) -> Result<Self> {
        open::open_reader(path).map(Self::with)
    }

    /// Stops long reads from another thread. In a store that writes, only `stop_between` stops no decision.
    pub fn interrupt_handle(&self) -> Interrupt {
        Interrupt { handle: self.db.get_interrupt_handle(), stopped: self.stopped.clone() }
    }

    /// Takes up work again after an interrupt, which until then stops every read of claims.
    pub fn go_on(&self) {
        self.stopped.store(false, Ordering::Release);
    }

    fn with(db: Connection) -> Self {
        Self { db, ranks: RefCell::new(None), added: RefCell::new(None), veil: None, stopped: Arc::default() }
    }

    fn source_ranks(&self) -> Result<Arc<SourceRanks>> {
        let (newest, heads) = (SourceRanks::newest_in(&self.db)?, joined::all_heads(&self.db)?);
        let mut held = self.ranks.borrow_mut();
        match held.as_ref().filter(|ranks| ranks.is_of(newest, &heads)) {
            Some(ranks) => Ok(ranks.clone()),
            None => Ok(held.insert(Arc::new(SourceRanks::read(&self.db, newest, heads)?)).clone()),
        }
    }
}

#[cfg(test)]
mod statements;
