//! Numbers of phrases, sources and facets, remembered so that a load asks for each once.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::SourceKind;
use crate::store::detail;
use crate::store::error::Result;
use crate::store::facets::{self, fold};

/// Most phrases and sources whose numbers are remembered between look-ups.
const MAX_KNOWN: usize = 50_000;

/// Numbers of texts, remembered.
#[derive(Default)]
pub(super) struct Known {
    phrases: HashMap<String, i64>,
    sources: HashMap<String, i64>,
    facets: HashMap<&'static str, HashMap<String, i64>>,
}

impl Known {
    pub(super) fn phrase(&mut self, db: &Connection, text: &str) -> Result<i64> {
        if let Some(id) = self.phrases.get(text) {
            return Ok(*id);
        }
        let mut find = db.prepare_cached("SELECT id FROM phrase WHERE text = ?1")?;
        let id = match find.query_row([text], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                db.prepare_cached("INSERT INTO phrase (text) VALUES (?1)")?.execute([text])?;
                db.last_insert_rowid()
            }
        };
        self.phrases.insert(text.to_owned(), id);
        Ok(id)
    }

    pub(super) fn facet(&mut self, db: &Connection, kind: &'static str, value: &str) -> Result<i64> {
        if let Some(id) = self.facets.get(kind).and_then(|values| values.get(value)) {
            return Ok(*id);
        }
        let id = facets::find_or_add(db, kind, value)?;
        self.facets.entry(kind).or_default().insert(value.to_owned(), id);
        Ok(id)
    }

    pub(super) fn source(&mut self, db: &Connection, name: &str, role: Option<&str>, kind: SourceKind) -> Result<i64> {
        if let Some(id) = self.sources.get(name) {
            return Ok(*id);
        }
        let mut find = db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
        let id = match find.query_row([name], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                db.prepare_cached("INSERT INTO source (name, fold, role, kind) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![name, fold(name), role, detail::kind_code(kind)])?;
                db.last_insert_rowid()
            }
        };
        self.sources.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Forgets where it has become too much.
    pub(super) fn bound(&mut self) {
        if self.phrases.len() > MAX_KNOWN {
            self.phrases.clear();
        }
        if self.sources.len() > MAX_KNOWN {
            self.sources.clear();
        }
        if self.facets.values().map(HashMap::len).sum::<usize>() > MAX_KNOWN {
            self.facets.clear();
        }
    }
}
