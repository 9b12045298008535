//! The order of sources by name.

use rusqlite::{Connection, OptionalExtension};

use crate::store::error::Result;
use crate::store::keys;

/// The place of each source in the order of names.
pub(in crate::store) struct SourceRanks {
    /// By the source's number.
    ranks: Vec<u32>,
}

impl SourceRanks {
    /// Claims without a source come last.
    pub(in crate::store) fn of(&self, source: u32) -> i64 {
        self.ranks.get(source as usize).copied().filter(|rank| *rank > 0).map_or(self.of_none(), i64::from)
    }

    /// Where claims without a source stand.
    pub(in crate::store) fn of_none(&self) -> i64 {
        i64::from(u32::MAX)
    }

    pub(in crate::store) fn newest(&self) -> i64 {
        self.ranks.len() as i64 - 1
    }

    pub(in crate::store) fn read(db: &Connection, newest: i64) -> Result<Self> {
        let newest = keys::source_number(newest)? as usize;
        let mut ranks = vec![0; newest + 1];
        let mut statement = db.prepare_cached("SELECT id FROM source ORDER BY fold, id")?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        for (id, rank) in rows.zip(1..) {
            if let Some(held) = usize::try_from(id?).ok().and_then(|id| ranks.get_mut(id)) {
                *held = rank;
            }
        }
        Ok(Self { ranks })
    }

    pub(in crate::store) fn newest_in(db: &Connection) -> Result<i64> {
        let mut find = db.prepare_cached("SELECT max(id) FROM source")?;
        Ok(find.query_row([], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten().unwrap_or(0))
    }
}
