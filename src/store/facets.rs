//! Facets, what a claim can have that a query may ask for, and writing which claims have them.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::bits::{Bits, piece_of, place_of};
use super::error::{Result, damaged};
use super::numbers::ByNumber;
use super::select::quoted;
use crate::domain::{ClaimState, Hedge, Remark, Status, Words};

/// The kinds of facets; the words are kept in the store.
pub(super) mod kind {
    pub(crate) const LIVE: &str = "live";
    pub(crate) const STATUS: &str = "status";
    pub(crate) const MODE: &str = "mode";
    pub(crate) const OUTLET: &str = "outlet";
    pub(crate) const LANG: &str = "lang";
    pub(crate) const HEDGE: &str = "hedge";
    pub(crate) const TAG: &str = "tag";
    pub(crate) const ANALYST: &str = "analyst";
    pub(crate) const HAS: &str = "has";
    pub(crate) const IS: &str = "is";
    /// Added claims that were taken back; no query asks for it.
    pub(crate) const WITHDRAWN: &str = "withdrawn";
}

/// Kind and value.
pub(super) type Facet = (&'static str, String);

/// The facets that a claim has by what analysts decided. Unreviewed claims have no status facet: a load would pay for it.
pub(super) fn of_state(state: &ClaimState) -> Vec<Facet> {
    let mut facets = Vec::new();
    if state.status != Status::Unreviewed {
        facets.push((kind::STATUS, state.status.word().to_owned()));
    }
    let standing = state.by_analyst.iter().filter(|(_, status)| **status != Status::Unreviewed);
    facets.extend(standing.map(|(name, _)| (kind::ANALYST, fold(name))));
    facets.extend(state.tags.iter().map(|tag| (kind::TAG, fold(tag))));
    let mut has = |holds: bool, kind, value: &str| {
        if holds {
            facets.push((kind, value.to_owned()));
        }
    };
    has(state.note.is_some(), kind::HAS, "note");
    has(!state.evidence.is_empty(), kind::HAS, "evidence");
    has(state.in_conflict(), kind::HAS, "conflict");
    has(state.later, kind::IS, "later");
    has(!state.edit.is_empty(), kind::IS, "edited");
    has(state.is_hidden(), kind::IS, "hidden");
    has(state.added_by.is_some(), kind::IS, "added");
    has(state.withdrawn, kind::WITHDRAWN, "");
    facets.sort();
    facets.dedup();
    facets
}

/// The facets that a claim has by words of its article.
pub(super) fn of_words(hedges: &[Hedge], remarks: &[Remark]) -> Vec<Facet> {
    let terms = hedges.iter().map(|hedge| (kind::HEDGE, fold(&hedge.term)));
    let bands = hedges.iter().filter_map(|hedge| hedge.band).map(|band| (kind::HEDGE, band.word().to_owned()));
    let remark = (!remarks.is_empty()).then(|| (kind::HAS, "remark".to_owned()));
    terms.chain(bands).chain(remark).collect()
}

/// How values are compared: without case and white space at the ends.
pub(super) fn fold(value: &str) -> String {
    value.trim().to_lowercase()
}

impl Store {
    /// Values that a field of the query language has in this store and that begin so, for completion.
    pub fn values(&self, field: &str, beginning: &str, limit: usize) -> Result<Vec<String>> {
        let beginning = fold(beginning);
        if field == "source" {
            let sql = "SELECT name FROM source WHERE fold >= ?1
                 AND (claims > 0 OR EXISTS (SELECT 1 FROM joined WHERE source = source.id)) ORDER BY fold, id LIMIT ?2";
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map(params![beginning, limit as i64], |row| row.get::<_, String>(0))?;
            let mut names = rows.collect::<Result<Vec<_>, _>>()?;
            names.retain(|name| fold(name).starts_with(&beginning));
            return Ok(names);
        }
        if field == "article" {
            return self.titles_with(&beginning, limit);
        }
        if self.hides_words(field) {
            return Ok(Vec::new());
        }
        let kinds = [kind::OUTLET, kind::LANG, kind::HEDGE, kind::TAG, kind::ANALYST];
        let Some(kind) = kinds.into_iter().find(|kind| *kind == field) else { return Ok(Vec::new()) };
        let values = all(&self.db, kind)?.into_iter().map(|(_, value)| value);
        Ok(values.filter(|value| fold(value).starts_with(&beginning)).take(limit).collect())
    }

    /// Titles of current articles with words that begin so, the newest first, as they may stand between quotation marks.
    fn titles_with(&self, typed: &str, limit: usize) -> Result<Vec<String>> {
        let sql = match typed.chars().any(char::is_alphanumeric) {
            true => {
                "SELECT a.title FROM title_words t JOIN article a ON a.id = t.rowid
                 WHERE title_words MATCH ?1 AND a.live > 0 ORDER BY t.rowid DESC LIMIT ?2"
            }
            false => {
                "SELECT title FROM article WHERE ?1 <> '' AND title IS NOT NULL AND live > 0 ORDER BY id DESC LIMIT ?2"
            }
        };
        let begins = quoted(&Words { text: typed.to_owned(), prefix: true });
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![begins, limit as i64], |row| row.get::<_, String>(0))?;
        let mut titles: Vec<String> = Vec::new();
        for title in rows {
            // Marks end the phrase and mean nothing in it: a title is found by its words.
            let title = title?.replace(['"', '“', '”', '*'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        Ok(titles)
    }
}

/// The number of a facet, if any claim ever had it.
pub(super) fn find(db: &Connection, kind: &str, value: &str) -> Result<Option<i64>> {
    let mut statement = db.prepare_cached("SELECT id FROM facet WHERE kind = ?1 AND value = ?2")?;
    Ok(statement.query_row([kind, value], |row| row.get(0)).optional()?)
}

/// The number of a facet, a new one where no claim had it yet.
pub(super) fn find_or_add(db: &Connection, kind: &str, value: &str) -> Result<i64> {
    if let Some(id) = find(db, kind, value)? {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO facet (kind, value) VALUES (?1, ?2)")?.execute([kind, value])?;
    Ok(db.last_insert_rowid())
}

/// All values of a kind with their numbers.
pub(super) fn all(db: &Connection, kind: &str) -> Result<Vec<(i64, String)>> {
    let mut statement = db.prepare_cached("SELECT id, value FROM facet WHERE kind = ?1 ORDER BY value")?;
    let rows = statement.query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The id of the row with the claims of a piece that have a facet.
pub(super) fn row_id(facet: i64, piece: i64) -> i64 {
    (facet << 24) | piece
}

/// Changes to postings, gathered so that each piece is written once. Within one transaction.
#[derive(Default)]
pub(super) struct Edits {
    pieces: HashMap<i64, Bits, ByNumber>,
}

impl Edits {
    /// Gives the facet to a claim.
    pub(super) fn set(&mut self, db: &Connection, facet: i64, claim: i64) -> Result<()> {
        self.piece(db, facet, piece_of(claim))?.set(place_of(claim));
        Ok(())
    }

    /// Gives the facet to claims that ascend.
    pub(super) fn set_each(&mut self, db: &Connection, facet: i64, claims: impl Iterator<Item = i64>) -> Result<()> {
        let mut claims = claims.peekable();
        while let Some(first) = claims.next() {
            let piece = piece_of(first);
            let bits = self.piece(db, facet, piece)?;
            bits.set(place_of(first));
            while let Some(claim) = claims.next_if(|claim| piece_of(*claim) == piece) {
                bits.set(place_of(claim));
            }
        }
        Ok(())
    }

    /// Takes the facet from a claim.
    pub(super) fn clear(&mut self, db: &Connection, facet: i64, claim: i64) -> Result<()> {
        self.piece(db, facet, piece_of(claim))?.clear(place_of(claim));
        Ok(())
    }

    /// Gives the facet to all claims from the first to the last.
    pub(super) fn set_all(&mut self, db: &Connection, facet: i64, first: i64, last: i64) -> Result<()> {
        for (piece, from, to) in super::keys::pieces(first, last) {
            self.piece(db, facet, piece)?.set_range(place_of(from), place_of(to) + 1);
        }
        Ok(())
    }

    /// Takes the facet from all claims from the first to the last.
    pub(super) fn clear_all(&mut self, db: &Connection, facet: i64, first: i64, last: i64) -> Result<()> {
        for claim in first..=last {
            self.clear(db, facet, claim)?;
        }
        Ok(())
    }

    /// Writes what was changed.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        let mut put = db.prepare_cached("INSERT OR REPLACE INTO posting (id, bits) VALUES (?1, ?2)")?;
        let mut drop = db.prepare_cached("DELETE FROM posting WHERE id = ?1")?;
        for (id, bits) in self.pieces.drain() {
            let written = bits.encode();
            if written.is_empty() {
                drop.execute([id])?
            } else {
                put.execute(params![id, written])?
            };
        }
        Ok(())
    }

    fn piece(&mut self, db: &Connection, facet: i64, piece: i64) -> Result<&mut Bits> {
        use std::collections::hash_map::Entry;
        match self.pieces.entry(row_id(facet, piece)) {
            Entry::Occupied(held) => Ok(held.into_mut()),
            Entry::Vacant(free) => {
                let mut bits = Bits::none();
                read_posting(db, *free.key(), &mut bits)?;
                Ok(free.insert(bits))
            }
        }
    }
}

/// Adds the claims of a facet in a piece.
pub(super) fn read_posting(db: &Connection, id: i64, into: &mut Bits) -> Result<()> {
    let mut statement = db.prepare_cached("SELECT bits FROM posting WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    if let Some(row) = rows.next()? {
        let written = row.get_ref(0)?.as_blob().map_err(damaged)?;
        into.add_encoded(written).ok_or_else(|| damaged(format_args!("posting {id} can't be read")))?;
    }
    Ok(())
}
