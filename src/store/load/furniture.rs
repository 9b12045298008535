//! Lines that an outlet puts into article after article: noted along with a load, and their claims set aside once there
//! are enough. In whatever order the articles come, the same claims are set aside in the end.

use rusqlite::{Connection, params};

use super::insert::Inserted;
use super::{Loader, Prepared};
use crate::domain::{FURNITURE, document_key};
use crate::store::decide::Projector;
use crate::store::error::Result;

impl Loader<'_> {
    /// Notes the lines of an article that may be furniture of its outlet.
    pub(super) fn note_lines(&mut self, prepared: &Prepared<'_>, inserted: &Inserted) -> Result<()> {
        if prepared.loose_lines.is_empty() {
            return Ok(());
        }
        let document = document_key(&prepared.article().meta, prepared.article().id);
        for line in &prepared.loose_lines {
            let first = inserted.first_claim + line.claims.start as i64;
            let place = Place { line: line.key, document, first, claims: line.claims.len() as i64 };
            if is_furniture(&self.store.db, line.key, inserted.is_first)? {
                self.set_aside(&place)?;
            } else {
                self.note_line(&place)?;
            }
        }
        Ok(())
    }

    /// Notes a line; where that makes it furniture, sets aside the claims of it that are here already.
    fn note_line(&mut self, place: &Place) -> Result<()> {
        let db = &self.store.db;
        db.prepare_cached("INSERT OR IGNORE INTO line_place (line, document, first, claims) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![place.line, place.document, place.first, place.claims])?;
        let sql = "SELECT count(DISTINCT document) FROM line_place WHERE line = ?1";
        let documents: u32 = db.prepare_cached(sql)?.query_row([place.line], |row| row.get(0))?;
        if documents < FURNITURE {
            return Ok(());
        }
        db.prepare_cached("INSERT INTO furniture_line (line, articles) VALUES (?1, ?2)")?
            .execute(params![place.line, documents])?;
        places_of(db, place.line)?.iter().try_for_each(|place| self.set_aside(place))?;
        self.store.db.prepare_cached("DELETE FROM line_place WHERE line = ?1")?.execute([place.line])?;
        Ok(())
    }

    fn set_aside(&mut self, place: &Place) -> Result<()> {
        let db = &self.store.db;
        let mut put = db.prepare_cached("INSERT OR IGNORE INTO furniture (claim, line) VALUES (?1, ?2)")?;
        let mut projector = Projector::new(db, &mut self.pending.edits, &mut self.pending.counts);
        for claim in place.first..place.first + place.claims {
            put.execute([claim, place.line])?;
            projector.set_aside(claim)?;
        }
        Ok(())
    }
}

/// Where a line stands.
struct Place {
    line: i64,
    document: i64,
    /// The first of the claims in it.
    first: i64,
    claims: i64,
}

/// Whether a line is furniture by now. Then an article that has it counts, where it is the first of its document.
fn is_furniture(db: &Connection, line: i64, counts: bool) -> Result<bool> {
    let sql = "UPDATE furniture_line SET articles = articles + ?2 WHERE line = ?1";
    Ok(db.prepare_cached(sql)?.execute(params![line, counts])? > 0)
}

fn places_of(db: &Connection, line: i64) -> Result<Vec<Place>> {
    let mut find = db.prepare_cached("SELECT document, first, claims FROM line_place WHERE line = ?1")?;
    let places = find
        .query_map([line], |row| Ok(Place { line, document: row.get(0)?, first: row.get(1)?, claims: row.get(2)? }))?;
    Ok(places.collect::<Result<_, _>>()?)
}
