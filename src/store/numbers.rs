//! Numbers of phrases and sources, each given where the store has none yet.

use rusqlite::{Connection, OptionalExtension, params};

use super::detail;
use super::error::Result;
use super::facets::fold;
use crate::domain::SourceKind;

/// The number of a phrase.
pub(super) fn phrase(db: &Connection, text: &str) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT id FROM phrase WHERE text = ?1")?;
    if let Some(id) = find.query_row([text], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO phrase (text) VALUES (?1)")?.execute([text])?;
    Ok(db.last_insert_rowid())
}

/// The number of the source with this name; role and kind are those of whoever names it first.
pub(super) fn source(db: &Connection, name: &str, role: Option<&str>, kind: SourceKind) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
    if let Some(id) = find.query_row([name], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO source (name, fold, role, kind) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        name,
        fold(name),
        role,
        detail::kind_code(kind)
    ])?;
    let source = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO source_words (rowid, name) VALUES (?1, ?2)")?.execute(params![source, name])?;
    Ok(source)
}
