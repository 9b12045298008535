//! Ends reads that nobody waits for any more, from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, InterruptHandle};

use super::Store;
use super::error::{Result, StoreError};

/// Steps of SQLite's machine between two looks at whether a page is still wanted.
const STEPS: i32 = 1_000;

/// Stops what a store is doing, which then ends with `StoreError::Interrupted`.
pub struct Interrupt {
    handle: InterruptHandle,
    stops: Arc<Stops>,
}

impl Interrupt {
    /// Stops the read that is going on and those that follow, until `Store::go_on`. Not for a store that writes.
    pub fn interrupt(&self) {
        // A read is many statements: one that ends between two of them must not be missed.
        self.stops.reads.store(true, Ordering::Release);
        self.handle.interrupt();
    }

    /// Stops the page that is being read, or the next, and never anything that writes.
    pub fn stop_page(&self) {
        self.stops.page.store(true, Ordering::Release);
    }
}

/// What has to stop.
#[derive(Default)]
pub(super) struct Stops {
    reads: AtomicBool,
    page: AtomicBool,
    /// Whether a page is being read.
    in_page: AtomicBool,
}

impl Stops {
    /// Those of a connection, which looks at them in the middle of a statement, too: full text can be long about one.
    pub(super) fn of(db: &mut Connection) -> Result<Arc<Self>> {
        let stops = Arc::new(Self::default());
        let seen = Arc::clone(&stops);
        db.progress_handler(STEPS, Some(move || seen.stops_page()))?;
        Ok(stops)
    }

    /// An error once somebody wants the read to end.
    pub(super) fn go_on(&self) -> Result<()> {
        if self.reads.load(Ordering::Acquire) || self.stops_page() { Err(StoreError::Interrupted) } else { Ok(()) }
    }

    fn stops_page(&self) -> bool {
        self.in_page.load(Ordering::Acquire) && self.page.load(Ordering::Acquire)
    }
}

impl Store {
    /// Stops long reads from another thread.
    pub fn interrupt_handle(&self) -> Interrupt {
        Interrupt { handle: self.db.get_interrupt_handle(), stops: self.stops.clone() }
    }

    /// Takes up work again after an interrupt, which until then stops every read of claims.
    pub fn go_on(&self) {
        self.stops.reads.store(false, Ordering::Release);
        self.stops.page.store(false, Ordering::Release);
    }

    /// From here until it is dropped, a page is being read.
    pub(super) fn in_page(&self) -> InPage<'_> {
        self.stops.in_page.store(true, Ordering::Release);
        InPage(&self.stops)
    }
}

/// A page is being read.
pub(super) struct InPage<'s>(&'s Stops);

impl Drop for InPage<'_> {
    fn drop(&mut self) {
        self.0.in_page.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Act, Deck, Seek};
    use crate::store::By;

    #[test]
    fn a_page_is_stopped_in_the_middle_of_a_statement_and_nothing_else_is() {
        let mut store = Store::empty().unwrap();
        let count = |store: &Store| -> Result<i64> {
            let sql =
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9999) SELECT count(*) FROM n";
            Ok(store.db.query_row(sql, [], |row| row.get(0))?)
        };
        store.interrupt_handle().stop_page();
        assert!(matches!(store.page(&Deck::default(), Seek::First, 1), Err(StoreError::Interrupted)));
        let page = store.in_page();
        assert!(matches!(count(&store), Err(StoreError::Interrupted)));
        drop(page);
        assert_eq!(count(&store).unwrap(), 9999);
        let by = By { analyst: "ana".to_owned(), session: None, now_ms: 1 };
        assert_eq!(store.decide_all(&by, "", &[Act::Later { later: true }], true).unwrap(), 0);
        store.go_on();
        assert!(store.page(&Deck::default(), Seek::First, 1).unwrap().claims.is_empty());
    }
}
