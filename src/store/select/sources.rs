//! Claims by who asserts them, found by the keys of the order by source, which lie beside the other facts of a piece.

use rusqlite::Connection;

use super::At;
use super::ahead::Reader;
use crate::domain::Order;
use crate::store::bits::Bits;
use crate::store::error::Result;
use crate::store::{joined, keys, source_log};

/// Sources, a bit each.
pub(super) struct Sources {
    bits: Vec<u64>,
}

impl FromIterator<u32> for Sources {
    fn from_iter<I: IntoIterator<Item = u32>>(sources: I) -> Self {
        let mut of = Self { bits: Vec::new() };
        for source in sources {
            let word = source as usize / 64;
            if of.bits.len() <= word {
                of.bits.resize(word + 1, 0);
            }
            of.bits[word] |= 1 << (source % 64);
        }
        of
    }
}

impl Sources {
    /// Those whose name matches, and those that are one with them.
    pub(super) fn with_words(db: &Connection, matching: &str) -> Result<Self> {
        let mut find =
            db.prepare_cached("SELECT rowid FROM source_words WHERE source_words MATCH ?1 ORDER BY rowid")?;
        let rows = find.query_map([matching], |row| row.get::<_, i64>(0))?;
        let own = rows.map(|row| keys::source_number(row?));
        own.chain(joined::with_words(db, matching)?.into_iter().map(keys::source_number)).collect()
    }

    /// Those that are one with another whose name matches: claims have its words in no text of their own.
    pub(super) fn joined_with_words(db: &Connection, matching: &str) -> Result<Self> {
        joined::with_words(db, matching)?.into_iter().map(keys::source_number).collect()
    }

    /// Those that are one with the source of this whole name.
    pub(super) fn named(db: &Connection, name: &str) -> Result<Self> {
        let all = source_log::row_of(db, name)?.map_or(Ok(Vec::new()), |source| joined::one_with(db, source))?;
        all.into_iter().map(keys::source_number).collect()
    }

    /// Adds their claims in a piece.
    pub(super) fn add(&self, reader: &mut Reader<'_>, at: At, to: &mut Bits) -> Result<()> {
        if self.bits.is_empty() {
            return Ok(());
        }
        let keys = reader.keys(Order::Source, at)?;
        for (_, places) in keys::sources(keys).filter(|(source, _)| self.has(*source)) {
            places.for_each(|place| to.set(place));
        }
        Ok(())
    }

    fn has(&self, source: u32) -> bool {
        self.bits.get(source as usize / 64).is_some_and(|word| word >> (source % 64) & 1 == 1)
    }
}
