//! Reads of many statements that see one state of the store.
//!
//! It is also what makes them quick: SQLite takes its locks once, not for each statement.

use rusqlite::Connection;

use super::error::Result;

/// One state of the store: what others write meanwhile is not seen.
pub(super) struct Snapshot<'db>(Option<&'db Connection>);

impl<'db> Snapshot<'db> {
    pub(super) fn begin(db: &'db Connection) -> Result<Self> {
        // A read inside a read shares its moment.
        if !db.is_autocommit() {
            return Ok(Self(None));
        }
        db.prepare_cached("BEGIN DEFERRED")?.execute([])?;
        Ok(Self(Some(db)))
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if let Some(db) = self.0 {
            // Nothing was written; SQLite ends it with the connection at the latest.
            let _ = db.prepare_cached("ROLLBACK").and_then(|mut end| end.execute([]));
        }
    }
}
