//! The log of decisions: append and read. Nothing in it is ever changed but what follows from later decisions
//! (`kind`, `live`, `waiting`).

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::decide::By;
use super::error::{Result, damaged};
use crate::domain::{Act, ClaimId, Clock, Decision, Moment};

/// Adds a decision, which waits where its claim is not here; false where it is there already.
pub(super) fn append(db: &Connection, decision: &Decision, waits: bool) -> Result<bool> {
    let act = serde_json::to_string(&decision.act).map_err(damaged)?;
    let adds_to = if let Act::Add(added) = &decision.act { Some(added.article.0) } else { None };
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO decision (uuid, clock, at, analyst, session, batch, claim, act, adds_to, waiting)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            decision.id.as_bytes(),
            decision.clock.0,
            decision.at.0,
            decision.analyst,
            decision.session.as_ref().map(|id| id.as_bytes()),
            decision.batch.as_bytes(),
            decision.claim.0,
            act,
            adds_to,
            waits
        ])?;
    Ok(added > 0)
}

/// The newest rows of decisions and of claims.
pub(super) fn newest_rows(db: &Connection) -> Result<(i64, i64)> {
    let sql = "SELECT (SELECT coalesce(max(id), 0) FROM decision), (SELECT coalesce(max(id), 0) FROM claim)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The newest reading of the clock in the log.
pub(super) fn newest_clock(db: &Connection) -> Result<Clock> {
    let mut statement = db.prepare_cached("SELECT max(clock) FROM decision")?;
    Ok(Clock(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(0)))
}

/// The decisions on a claim in their order.
pub(super) fn on_claim(db: &Connection, claim: ClaimId) -> Result<Vec<Decision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, claim, act FROM decision WHERE claim = ?1 ORDER BY clock, uuid",
    )?;
    statement.query_and_then([claim.0], read)?.collect()
}

/// Decisions of one analyst that were made together, are of one kind and stand.
pub(super) struct Batch<'a> {
    analyst: &'a str,
    kind: i64,
    id: Uuid,
    /// The clock of its newest.
    pub(super) newest: i64,
}

impl Batch<'_> {
    /// Who made them, which kind they are of, from which clock on they can be found, and which batch they are.
    pub(super) fn bounds(&self) -> (&str, i64, i64, &[u8; 16]) {
        // A batch is named before its first decision is made, and no decision is older than its clock says.
        let (seconds, nanos) = self.id.get_timestamp().map_or((0, 0), |at| at.to_unix());
        let named_ms = i64::try_from(seconds).unwrap_or(0).saturating_mul(1000) + i64::from(nanos / 1_000_000);
        (self.analyst, self.kind, Clock(0).next(named_ms).0.min(self.newest), self.id.as_bytes())
    }

    /// Those on claims, in their order.
    pub(super) fn on_claims(&self, db: &Connection) -> Result<Vec<Decision>> {
        let mut statement = db.prepare_cached(
            "SELECT uuid, clock, at, analyst, session, batch, claim, act FROM decision
             WHERE analyst = ?1 AND kind = ?2 AND live = 1 AND clock >= ?3 AND batch = ?4 AND source IS NULL
             ORDER BY clock, uuid",
        )?;
        statement.query_and_then(self.bounds(), read)?.collect()
    }
}

/// The decisions after this place in their order, at most so many.
pub(super) fn after(db: &Connection, place: Option<(Clock, Uuid)>, limit: usize) -> Result<Vec<Decision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, claim, act FROM decision
         WHERE source IS NULL AND (clock, uuid) > (?1, ?2) ORDER BY clock, uuid LIMIT ?3",
    )?;
    let (clock, id) = place.map_or((i64::MIN, Uuid::nil()), |(clock, id)| (clock.0, id));
    statement.query_and_then(params![clock, id.as_bytes(), limit as i64], read)?.collect()
}

/// The decisions that these undos took back.
pub(super) fn targets(db: &Connection, undos: &[Decision]) -> Result<Vec<Decision>> {
    let mut statement =
        db.prepare_cached("SELECT uuid, clock, at, analyst, session, batch, claim, act FROM decision WHERE uuid = ?1")?;
    let mut decisions = Vec::with_capacity(undos.len());
    for undo in undos {
        if let Act::Undo { target } = undo.act {
            decisions.extend(statement.query_row([target.as_bytes()], |row| Ok(read(row))).optional()?.transpose()?);
        }
    }
    Ok(decisions)
}

/// The batch of this analyst's newest decision of a kind that stands.
pub(super) fn newest_batch<'a>(db: &Connection, analyst: &'a str, kind: i64) -> Result<Option<Batch<'a>>> {
    let mut statement = db.prepare_cached(
        "SELECT batch, clock FROM decision WHERE analyst = ?1 AND kind = ?2 AND live = 1
         ORDER BY clock DESC, uuid DESC LIMIT 1",
    )?;
    let found = statement.query_row(params![analyst, kind], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?)));
    let batch = |(id, newest)| Batch { analyst, kind, id: Uuid::from_bytes(id), newest };
    Ok(found.optional()?.map(batch))
}

/// Whether this analyst acted, undo and redo aside, after this clock.
pub(super) fn acted_after(db: &Connection, analyst: &str, clock: i64) -> Result<bool> {
    let mut statement = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM decision WHERE analyst = ?1 AND kind = 0 AND live IN (0, 1) AND clock > ?2)",
    )?;
    Ok(statement.query_row(params![analyst, clock], |row| row.get(0))?)
}

/// Counts decisions in the session that they were made in.
pub(super) fn count_in_session(db: &Connection, by: &By, decisions: usize) -> Result<()> {
    if let Some(session) = by.session {
        db.prepare_cached("UPDATE session SET decisions = decisions + ?2, seen_at = max(seen_at, ?3) WHERE id = ?1")?
            .execute(params![session.as_bytes(), decisions as i64, by.now().0])?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Decision> {
    let act: String = row.get(7)?;
    Ok(Decision {
        id: Uuid::from_bytes(row.get(0)?),
        clock: Clock(row.get(1)?),
        at: Moment(row.get(2)?),
        analyst: row.get(3)?,
        session: row.get::<_, Option<[u8; 16]>>(4)?.map(Uuid::from_bytes),
        batch: Uuid::from_bytes(row.get(5)?),
        claim: ClaimId(row.get(6)?),
        act: serde_json::from_str(&act).map_err(|e| damaged(format_args!("a decision can't be read: {e}")))?,
    })
}
