//! What edits of a claim change beside its state: its words in full text, its mode's facet, its source.

use rusqlite::{Connection, OptionalExtension, params};

use super::bits::{piece_of, place_of};
use super::counters::Counts;
use super::error::{Result, damaged};
use super::facets::{self, Edits, kind};
use super::load::WordEdits;
use super::{joined, keys, numbers, reader};
use crate::domain::{Attribution, Claim, ClaimState, Order, SourceKind, SourceRef};

/// Follows an edit through all that is found by. The state is not written yet.
pub(super) fn follow(
    db: &Connection,
    edits: &mut Edits,
    counts: &mut Counts,
    row: i64,
    after: &ClaimState,
) -> Result<()> {
    let Some(old) = reader::claim_of_row(db, row, None)? else { return Ok(()) };
    let Some(new) = reader::claim_of_row(db, row, Some(after))? else { return Ok(()) };
    moved(db, edits, counts, row, (&old, &new))
}

/// Follows a claim that is shown otherwise than it was.
pub(super) fn moved(
    db: &Connection,
    edits: &mut Edits,
    counts: &mut Counts,
    row: i64,
    (old, new): (&Claim, &Claim),
) -> Result<()> {
    if (&old.text, source(old)) != (&new.text, source(new)) {
        // The index holds no words, so it has to be told which it held.
        db.prepare_cached("INSERT INTO claim_words (claim_words, rowid, text, source) VALUES ('delete', ?1, ?2, ?3)")?
            .execute(params![row, old.text, source(old)])?;
        WordEdits::one(row, &new.text, source(new)).write(db)?;
    }
    if old.mode != new.mode {
        let facet = facets::find_or_add(db, kind::MODE, old.mode.word())?;
        edits.clear(db, facet, row)?;
        let facet = facets::find_or_add(db, kind::MODE, new.mode.word())?;
        edits.set(db, facet, row)?;
    }
    if source(old) != source(new) {
        move_source(db, counts, row, old, new)?;
    }
    Ok(())
}

fn source(claim: &Claim) -> Option<&str> {
    attributed(claim).and_then(SourceRef::best_name)
}

fn attributed(claim: &Claim) -> Option<&SourceRef> {
    claim.attribution.as_ref().and_then(|a: &Attribution| a.source.as_ref())
}

fn move_source(db: &Connection, counts: &mut Counts, row: i64, old: &Claim, new: &Claim) -> Result<()> {
    let before: Option<i64> =
        db.prepare_cached("SELECT source FROM claim WHERE id = ?1")?.query_row([row], |row| row.get(0))?;
    let kind = attributed(new).map_or(SourceKind::Unknown, |s| s.kind);
    let after = source(new).map(|name| numbers::source(db, name, None, kind)).transpose()?;
    let live: bool = db
        .prepare_cached("SELECT a.live > 0 FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1")?
        .query_row([row], |row| row.get(0))?;
    let counted = live && !old.state.is_out();
    for (source, sign) in [(before, -1), (after, 1)] {
        if let Some(source) = source.filter(|_| counted) {
            counts.move_source(source, &old.state, sign);
            if !others_of(db, row, source)? {
                counts.add_source(source, 0, sign);
            }
        }
    }
    db.prepare_cached("UPDATE claim SET source = ?2 WHERE id = ?1")?.execute(params![row, after])?;
    write_key(db, row, after)
}

/// Whether other claims of the article have this source, by whichever of its names.
pub(super) fn others_of(db: &Connection, row: i64, source: i64) -> Result<bool> {
    let mut find = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM article a JOIN claim c ON c.id >= a.first_claim AND c.id < a.first_claim + a.claims
         WHERE a.id = (SELECT article FROM claim WHERE id = ?1) AND c.source = ?2 AND c.id <> ?1)
         OR EXISTS (SELECT 1 FROM added JOIN claim c ON c.id = added.claim
         WHERE added.article = (SELECT article FROM claim WHERE id = ?1) AND c.source = ?2 AND c.id <> ?1)",
    )?;
    for name in joined::one_with(db, source)? {
        if find.query_row([row, name], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the order by source sorts the claim by.
fn write_key(db: &Connection, row: i64, source: Option<i64>) -> Result<()> {
    let Some(code) = keys::code(Order::Source) else { return Ok(()) };
    let id = keys::row_id(code, piece_of(row));
    let mut find = db.prepare_cached("SELECT keys FROM sort_key WHERE id = ?1")?;
    let written: Vec<u8> = find.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default();
    let place = place_of(row);
    let mut pairs: Vec<(u32, u16)> = keys::sources(&written)
        .flat_map(|(source, places)| places.map(move |place| (source, place as u16)))
        .filter(|(_, at)| usize::from(*at) != place)
        .collect();
    if let Some(source) = source {
        pairs.push((u32::try_from(source).map_err(damaged)?, place as u16));
    }
    db.prepare_cached("INSERT OR REPLACE INTO sort_key (id, keys) VALUES (?1, ?2)")?
        .execute(params![id, keys::encode_sources(&mut pairs)])?;
    Ok(())
}
