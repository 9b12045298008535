//! Numbers of phrases and sources, each given where the store has none yet.

use std::hash::{BuildHasherDefault, Hasher};

use rusqlite::{Connection, OptionalExtension, params};

use super::detail;
use super::error::Result;
use super::facets::fold;
use crate::domain::SourceKind;

/// How a small table by such numbers finds its place, in a tenth of the time that words would take. A store that was made so
/// that its numbers meet is itself read more slowly, no more.
pub(super) type ByNumber = BuildHasherDefault<NumberHasher>;

/// Spreads numbers over all bits by a multiplication (Knuth, The Art of Computer Programming, volume 3, 6.4).
#[derive(Default)]
pub(super) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_i64(i64::from(*byte)));
    }

    fn write_i64(&mut self, number: i64) {
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }
}

/// The number of a phrase.
pub(super) fn phrase(db: &Connection, text: &str) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT id FROM phrase WHERE text = ?1")?;
    if let Some(id) = find.query_row([text], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO phrase (text) VALUES (?1)")?.execute([text])?;
    Ok(db.last_insert_rowid())
}

/// The number of the source with this name; role and kind are those of whoever first says any.
pub(super) fn source(db: &Connection, name: &str, role: Option<&str>, kind: SourceKind) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT id, role IS NULL AND kind = 0 FROM source WHERE name = ?1")?;
    let found = find.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let kind_code = detail::kind_code(kind);
    if let Some((id, is_bare)) = found {
        // What was decided on it may have come before its first claim.
        if is_bare && (role.is_some() || kind != SourceKind::Unknown) {
            db.prepare_cached("UPDATE source SET role = ?2, kind = ?3 WHERE id = ?1")?
                .execute(params![id, role, kind_code])?;
        }
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO source (name, fold, role, kind) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        name,
        fold(name),
        role,
        kind_code
    ])?;
    let source = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO source_words (rowid, name) VALUES (?1, ?2)")?.execute(params![source, name])?;
    Ok(source)
}
