//! Decisions on sources: appended to the one log, read from it, and what follows from them for a source.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::decide::{By, mark};
use super::error::{Result, StoreError, damaged};
use super::facets::fold;
use super::{Store, log};
use crate::domain::{Clock, ID_BYTES, Moment, SourceAct, SourceDecision, SourceInfo, SourceState};

impl Store {
    /// Writes an act on a source. Durable when it returns, with the source as it now stands.
    pub fn decide_source(&mut self, by: &By, source: &str, act: SourceAct) -> Result<SourceInfo> {
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        row_of(&transaction, source)?.ok_or_else(|| StoreError::Unknown { what: "source", id: source.to_owned() })?;
        append_batch(&transaction, by, &[(source.to_owned(), act)])?;
        transaction.commit()?;
        self.source_named(source)
    }

    /// The decisions on a source in their order.
    pub fn source_decisions(&self, source: &str) -> Result<Vec<SourceDecision>> {
        on_source(&self.db, source)
    }

    /// A source as the ledger lists it.
    pub(super) fn source_named(&self, name: &str) -> Result<SourceInfo> {
        let found = self.source(name)?;
        found.ok_or_else(|| StoreError::Unknown { what: "source", id: name.to_owned() })
    }
}

/// Appends the acts as one batch and writes what follows.
pub(super) fn append_batch(db: &Connection, by: &By, acts: &[(String, SourceAct)]) -> Result<()> {
    let batch = by.new_id();
    let mut clock: Clock = log::newest_clock(db)?;
    for (source, act) in acts {
        clock = clock.next(by.now_ms);
        let decision = SourceDecision {
            id: by.new_id(),
            clock,
            at: by.now(),
            analyst: by.analyst.clone(),
            session: by.session,
            batch,
            source: source.clone(),
            act: act.clone(),
        };
        append(db, &decision)?;
    }
    for (source, _) in acts {
        project(db, source)?;
    }
    log::count_in_session(db, by, acts.len())
}

/// Adds a decision; false where it is there already.
pub(super) fn append(db: &Connection, decision: &SourceDecision) -> Result<bool> {
    let act = serde_json::to_string(&decision.act).map_err(damaged)?;
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO decision (uuid, clock, at, analyst, session, batch, claim, act, source)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            decision.id.as_bytes(),
            decision.clock.0,
            decision.at.0,
            decision.analyst,
            decision.session.as_ref().map(|id| id.as_bytes()),
            decision.batch.as_bytes(),
            subject(&decision.source),
            act,
            decision.source
        ])?;
    Ok(added > 0)
}

/// Writes what the decisions on a source lead to. A source that is not here yet waits with its grade for its claims.
pub(super) fn project(db: &Connection, source: &str) -> Result<()> {
    let decisions = on_source(db, source)?;
    mark(db, decisions.iter().map(|d| (d.id, d.target())))?;
    let SourceState { reliability } = SourceState::of(&decisions);
    db.prepare_cached(
        "INSERT INTO source (name, fold, kind, reliability) VALUES (?1, ?2, 0, ?3)
         ON CONFLICT (name) DO UPDATE SET reliability = ?3",
    )?
    .execute(params![source, fold(source), reliability.map(|r| r.code())])?;
    Ok(())
}

/// The decisions of one batch that are on sources, of this kind, and stand.
pub(super) fn live_in_batch(db: &Connection, batch: Uuid, kind: i64) -> Result<Vec<SourceDecision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, source, act FROM decision
         WHERE batch = ?1 AND kind = ?2 AND live = 1 AND source IS NOT NULL",
    )?;
    let mut decisions: Vec<_> =
        statement.query_and_then(params![batch.as_bytes(), kind], read)?.collect::<Result<_>>()?;
    decisions.sort_by_key(SourceDecision::order);
    Ok(decisions)
}

/// The decisions on sources after this place in their order, at most so many.
pub(super) fn after(db: &Connection, place: Option<(Clock, Uuid)>, limit: usize) -> Result<Vec<SourceDecision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, source, act FROM decision INDEXED BY decision_source
         WHERE source IS NOT NULL AND (clock, uuid) > (?1, ?2) ORDER BY clock, uuid LIMIT ?3",
    )?;
    let (clock, id) = place.map_or((i64::MIN, Uuid::nil()), |(clock, id)| (clock.0, id));
    statement.query_and_then(params![clock, id.as_bytes(), limit as i64], read)?.collect()
}

fn on_source(db: &Connection, source: &str) -> Result<Vec<SourceDecision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, source, act FROM decision
         WHERE claim = ?1 AND source = ?2 ORDER BY clock, uuid",
    )?;
    statement.query_and_then(params![subject(source), source], read)?.collect()
}

fn row_of(db: &Connection, source: &str) -> Result<Option<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
    Ok(find.query_row([source], |row| row.get(0)).optional()?)
}

/// What a source is found by in the log. The first letters keep it apart from every claim's hash.
fn subject(source: &str) -> [u8; ID_BYTES] {
    let mut half = [0; ID_BYTES];
    let mut hash = Sha256::new();
    hash.update(b"source\0");
    hash.update(source.as_bytes());
    half.copy_from_slice(&hash.finalize().as_slice()[..ID_BYTES]);
    half
}

fn read(row: &Row<'_>) -> Result<SourceDecision> {
    let act: String = row.get(7)?;
    Ok(SourceDecision {
        id: Uuid::from_bytes(row.get(0)?),
        clock: Clock(row.get(1)?),
        at: Moment(row.get(2)?),
        analyst: row.get(3)?,
        session: row.get::<_, Option<[u8; 16]>>(4)?.map(Uuid::from_bytes),
        batch: Uuid::from_bytes(row.get(5)?),
        source: row.get(6)?,
        act: serde_json::from_str(&act).map_err(|e| damaged(format_args!("a decision can't be read: {e}")))?,
    })
}
