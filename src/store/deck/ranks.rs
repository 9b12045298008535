//! The order of sources by name; names that were joined stand together.

use rusqlite::{Connection, OptionalExtension};

use crate::store::error::Result;
use crate::store::joined::Heads;
use crate::store::keys;

/// The place of each source in the order of names.
pub(in crate::store) struct SourceRanks {
    /// By the source's number.
    ranks: Vec<u32>,
    heads: Heads,
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

    /// Whether this is still the order where the newest source is this one, and these are counted under others' names.
    pub(in crate::store) fn is_of(&self, newest: i64, heads: &Heads) -> bool {
        self.ranks.len() as i64 - 1 == newest && self.heads == *heads
    }

    pub(in crate::store) fn read(db: &Connection, newest: i64, heads: Heads) -> Result<Self> {
        let newest = keys::source_number(newest)? as usize;
        let mut ranks = vec![0; newest + 1];
        let mut statement = db.prepare_cached("SELECT id FROM source ORDER BY fold, id")?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        for (id, rank) in rows.zip(1..) {
            if let Some(held) = usize::try_from(id?).ok().and_then(|id| ranks.get_mut(id)) {
                *held = rank;
            }
        }
        for (source, head) in &heads {
            let place = |number: i64| usize::try_from(number).ok().filter(|place| *place < ranks.len());
            if let (Some(source), Some(head)) = (place(*source), place(*head)) {
                ranks[source] = ranks[head];
            }
        }
        Ok(Self { ranks, heads })
    }

    pub(in crate::store) fn newest_in(db: &Connection) -> Result<i64> {
        let mut find = db.prepare_cached("SELECT max(id) FROM source")?;
        Ok(find.query_row([], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten().unwrap_or(0))
    }
}
