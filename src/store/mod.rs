//! Keeps articles, claims and decisions in one SQLite file, and finds them again.
//!
//! The log of decisions only grows; everything else that analysts see of it is a projection, written in the same
//! transaction. Statements are fixed text and stand where they are used. Knows no screen and no system clock, and starts
//! no thread: who calls says who acts and when.

mod added;
mod bits;
mod blind;
mod by_hash;
mod carried;
mod counters;
mod decide;
mod deck;
mod decks;
mod detail;
mod edits;
mod error;
mod facets;
mod header;
mod ids;
mod joined;
mod keys;
mod ledger;
mod load;
mod log;
mod long;
mod news;
mod numbers;
mod open;
mod read;
mod reader;
mod records;
mod related;
mod rows;
mod select;
mod sessions;
mod snapshot;
mod source_log;
mod stats;
mod stops;
mod stream;
mod waits;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

pub use decide::{By, MOST_TOLD, Undone};
pub use error::{Result, StoreError};
pub use load::{Added, Loader, Prepared};
pub use rows::ClaimRows;
pub use stops::Interrupt;
pub use stream::Flow;

use added::AddedClaims;
use deck::SourceRanks;
use long::LongText;
use stops::Stops;
use waits::Waits;

/// A store, open. One thread owns it; others open their own.
pub struct Store {
    db: Connection,
    /// The order of sources by name, made when it is first asked for and again when there are new sources or joined ones.
    ranks: RefCell<Option<Arc<SourceRanks>>>,
    /// The claims that analysts added, read when they are first asked for and again when there are new ones.
    added: RefCell<Option<Arc<AddedClaims>>>,
    /// The index in memory that claims are tested with for words, made when it is first needed.
    sieve: RefCell<Option<Connection>>,
    long: LongText,
    /// Set in a blind review.
    veil: Option<blind::Veil>,
    stops: Arc<Stops>,
    waits: Waits,
}

impl Store {
    /// Opens the store to read and write, and makes it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        open::open(path).and_then(Self::with)
    }

    /// Opens a store that exists to read what is in it, also where it may not be written.
    pub fn open_to_read(path: &Path) -> Result<Self> {
        open::open_to_read(path).and_then(Self::with)
    }

    /// A store with nothing in it that is on no disk: what one that was never made holds.
    pub fn empty() -> Result<Self> {
        open::empty().and_then(Self::with)
    }

    /// Opens a store that exists, to read only, beside one who writes.
    pub fn open_reader(path: &Path) -> Result<Self> {
        open::open_reader(path).and_then(Self::with)
    }

    fn with(mut db: Connection) -> Result<Self> {
        let (ranks, added, sieve, long) = Default::default();
        let stops = Stops::of(&mut db)?;
        let waits = Waits::of(&mut db)?;
        Ok(Self { db, ranks, added, sieve, long, veil: None, stops, waits })
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
