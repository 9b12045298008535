//! Numbers of phrases, sources and facets, remembered so that a load asks for each once.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::domain::SourceKind;
use crate::store::detail::PhraseList;
use crate::store::error::Result;
use crate::store::{facets, numbers};

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
    /// The numbers of phrases in the order of their list.
    pub(super) fn phrases(&mut self, db: &Connection, list: &PhraseList) -> Result<Vec<i64>> {
        list.texts().iter().map(|text| self.phrase(db, text)).collect()
    }

    fn phrase(&mut self, db: &Connection, text: &str) -> Result<i64> {
        if let Some(id) = self.phrases.get(text) {
            return Ok(*id);
        }
        let id = numbers::phrase(db, text)?;
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
        let id = numbers::source(db, name, role, kind)?;
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
