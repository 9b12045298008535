//! Sort keys that the open transaction adds, each piece written once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::Order;
use crate::store::bits::{piece_of, place_of};
use crate::store::error::Result;
use crate::store::keys;
use crate::store::numbers::ByNumber;

/// Changes to sort keys, gathered.
#[derive(Default)]
pub(in crate::store) struct KeyEdits {
    /// As they are written, by row.
    written: HashMap<i64, Vec<u8>, ByNumber>,
    /// Sources and places, by row: they are only put in order when they are written.
    sources: HashMap<i64, Vec<(u32, u16)>, ByNumber>,
}

impl KeyEdits {
    /// Changes the keys of the piece in which a claim lies.
    pub(in crate::store) fn change(
        &mut self,
        db: &Connection,
        order: Order,
        claim: i64,
        change: impl FnOnce(&mut Vec<u8>),
    ) -> Result<()> {
        let Some(code) = keys::code(order) else { return Ok(()) };
        match self.written.entry(keys::row_id(code, piece_of(claim))) {
            Entry::Occupied(held) => change(held.into_mut()),
            Entry::Vacant(free) => {
                let held = read(db, *free.key())?;
                change(free.insert(held));
            }
        }
        Ok(())
    }

    /// Gives a claim its source.
    pub(in crate::store) fn add_source(&mut self, db: &Connection, claim: i64, source: u32) -> Result<()> {
        let Some(code) = keys::code(Order::Source) else { return Ok(()) };
        let pair = (source, place_of(claim) as u16);
        match self.sources.entry(keys::row_id(code, piece_of(claim))) {
            Entry::Occupied(held) => held.into_mut().push(pair),
            Entry::Vacant(free) => {
                let written = read(db, *free.key())?;
                let held = keys::sources(&written);
                let mut pairs: Vec<_> =
                    held.flat_map(|(source, places)| places.map(move |place| (source, place as u16))).collect();
                pairs.push(pair);
                free.insert(pairs);
            }
        }
        Ok(())
    }

    /// Writes what was changed.
    pub(in crate::store) fn write(&mut self, db: &Connection) -> Result<()> {
        let mut put = db.prepare_cached("INSERT OR REPLACE INTO sort_key (id, keys) VALUES (?1, ?2)")?;
        for (id, keys) in self.written.drain() {
            put.execute(params![id, keys])?;
        }
        for (id, mut pairs) in self.sources.drain() {
            put.execute(params![id, keys::encode_sources(&mut pairs)])?;
        }
        Ok(())
    }
}

fn read(db: &Connection, id: i64) -> Result<Vec<u8>> {
    let mut get = db.prepare_cached("SELECT keys FROM sort_key WHERE id = ?1")?;
    Ok(get.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default())
}
