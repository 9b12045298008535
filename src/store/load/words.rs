//! Full text that the open transaction adds, gathered and given to its index in one go: an index that is written a row
//! at a time between the rows of other tables is out of the processor's caches each time.

use std::ops::Range;

use rusqlite::{Connection, params};

use crate::store::error::Result;

/// Bytes that are gathered before they are written.
const MOST: usize = 1 << 20;

/// Words of claims that are not in the index yet.
#[derive(Default)]
pub(in crate::store) struct WordEdits {
    /// All words, one after another.
    words: String,
    claims: Vec<Claim>,
}

/// Where the words of a claim lie.
struct Claim {
    id: i64,
    text: Range<usize>,
    source: Option<Range<usize>>,
}

impl WordEdits {
    /// The words of one claim.
    pub(in crate::store) fn one(id: i64, text: &str, source: Option<&str>) -> Self {
        let mut edits = Self::default();
        edits.add(id, text, source);
        edits
    }

    /// Adds a claim's own words and the name of its source. Claims come by growing number.
    pub(super) fn add(&mut self, id: i64, text: &str, source: Option<&str>) {
        let text = self.keep(text);
        let source = source.map(|name| self.keep(name));
        self.claims.push(Claim { id, text, source });
    }

    fn keep(&mut self, words: &str) -> Range<usize> {
        let start = self.words.len();
        self.words.push_str(words);
        start..self.words.len()
    }

    /// Whether so much was gathered that it should be written.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() >= MOST
    }

    /// Writes what was gathered.
    pub(in crate::store) fn write(&mut self, db: &Connection) -> Result<()> {
        let mut put = db.prepare_cached("INSERT INTO claim_words (rowid, text, source) VALUES (?1, ?2, ?3)")?;
        for Claim { id, text, source } in self.claims.drain(..) {
            let source = source.map(|name| &self.words[name]);
            put.execute(params![id, &self.words[text], source])?;
        }
        self.words.clear();
        self.words.shrink_to(2 * MOST);
        Ok(())
    }
}
