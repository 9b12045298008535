//! Decisions on sources: appended to the one log, read from it, and what follows from them for a source.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::decide::{By, mark};
use super::error::{Result, StoreError, damaged};
use super::{Store, joined, log, numbers};
use crate::domain::{Clock, ID_BYTES, Moment, SourceAct, SourceDecision, SourceInfo, SourceKind, SourceState};

impl Store {
    /// Writes an act on a source. Durable when it returns, with the source as it now stands.
    pub fn decide_source(&mut self, by: &By, source: &str, act: SourceAct) -> Result<SourceInfo> {
        self.decide_sources(by, &[(source.to_owned(), act)])?;
        self.source_named(source)
    }

    /// Writes acts on sources as one batch, all or none. Durable when it returns.
    pub fn decide_sources(&mut self, by: &By, acts: &[(String, SourceAct)]) -> Result<()> {
        let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for (source, act) in acts {
            known(&transaction, source)?;
            if let SourceAct::Join { into: Some(into) } = act {
                known(&transaction, into)?;
            }
        }
        append_batch(&transaction, by, acts)?;
        transaction.commit()?;
        Ok(())
    }

    /// Joins sources into another: from now on they are one, counted and found under the other's name, which is given back
    /// as it now stands. Where the other was joined into one of them, it is made a source of its own first.
    pub fn join_sources(&mut self, by: &By, sources: &[String], into: &str) -> Result<SourceInfo> {
        let head = joined::head_of(&self.db, known(&self.db, into)?)?;
        let mut acts = Vec::new();
        for source in sources.iter().filter(|source| *source != into) {
            if known(&self.db, source)? == head {
                acts.insert(0, (into.to_owned(), SourceAct::Join { into: None }));
            }
            acts.push((source.clone(), SourceAct::Join { into: Some(into.to_owned()) }));
        }
        self.decide_sources(by, &acts)?;
        self.source_named(into)
    }

    /// Makes joined names sources of their own again, each with those that were joined into it.
    pub fn split_sources(&mut self, by: &By, sources: &[String]) -> Result<()> {
        for source in sources {
            if !joined::is_joined(&self.db, known(&self.db, source)?)? {
                return Err(StoreError::NotJoined { name: source.clone() });
            }
        }
        let apart = |source: &String| (source.clone(), SourceAct::Join { into: None });
        self.decide_sources(by, &sources.iter().map(apart).collect::<Vec<_>>())
    }

    /// The decisions on a source and on the names that were joined into it, in their order.
    pub fn source_decisions(&self, source: &str) -> Result<Vec<SourceDecision>> {
        let mut decisions = on_source(&self.db, source)?;
        if let Some(row) = row_of(&self.db, source)? {
            for name in joined::names_under(&self.db, row)? {
                decisions.extend(on_source(&self.db, &name)?);
            }
        }
        decisions.sort_by_key(SourceDecision::order);
        Ok(decisions)
    }

    /// A source as the ledger lists it, by any of its names.
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
    project(db, acts.iter().map(|(source, _)| source.as_str()))?;
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

/// Writes what the decisions on these sources lead to. A source that is not here yet waits with what was decided on it
/// for its claims. Counts that are still to be written must have been written.
pub(super) fn project<'s>(db: &Connection, sources: impl Iterator<Item = &'s str>) -> Result<()> {
    let before = joined::all_heads(db)?;
    for source in sources {
        project_one(db, source)?;
    }
    joined::settle(db, &before)
}

fn project_one(db: &Connection, source: &str) -> Result<()> {
    let decisions = on_source(db, source)?;
    mark(db, decisions.iter().map(|d| (d.id, d.target())))?;
    let SourceState { reliability, joined } = SourceState::of(&decisions);
    let row = numbers::source(db, source, None, SourceKind::Unknown)?;
    db.prepare_cached("UPDATE source SET reliability = ?2 WHERE id = ?1")?
        .execute(params![row, reliability.map(|r| r.code())])?;
    let into = match &joined {
        Some(into) => Some((numbers::source(db, &into.name, None, SourceKind::Unknown)?, into)),
        None => None,
    };
    joined::note(db, row, into)
}

/// Those decisions of a batch that are on sources, in their order.
pub(super) fn in_batch(db: &Connection, batch: &log::Batch<'_>) -> Result<Vec<SourceDecision>> {
    let mut statement = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, source, act FROM decision
         WHERE analyst = ?1 AND kind = ?2 AND live = 1 AND clock >= ?3 AND batch = ?4 AND source IS NOT NULL
         ORDER BY clock, uuid",
    )?;
    statement.query_and_then(batch.bounds(), read)?.collect()
}

/// The decisions on sources that these undos took back.
pub(super) fn targets(db: &Connection, undos: &[SourceDecision]) -> Result<Vec<SourceDecision>> {
    let mut find = db.prepare_cached(
        "SELECT uuid, clock, at, analyst, session, batch, source, act FROM decision
         WHERE uuid = ?1 AND source IS NOT NULL",
    )?;
    let mut decisions = Vec::with_capacity(undos.len());
    for target in undos.iter().filter_map(SourceDecision::target) {
        decisions.extend(find.query_row([target.as_bytes()], |row| Ok(read(row))).optional()?.transpose()?);
    }
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

/// The number of the source with this name.
pub(super) fn row_of(db: &Connection, source: &str) -> Result<Option<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
    Ok(find.query_row([source], |row| row.get(0)).optional()?)
}

fn known(db: &Connection, source: &str) -> Result<i64> {
    row_of(db, source)?.ok_or_else(|| StoreError::Unknown { what: "source", id: source.to_owned() })
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
