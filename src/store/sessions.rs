//! Sessions: who went over which deck, and where they stopped.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Store;
use super::decide::By;
use super::error::{Result, StoreError};
use crate::domain::{ClaimId, Deck, Moment, Order, Query, Session};

impl Store {
    /// Begins a session over a deck.
    pub fn open_session(&mut self, by: &By, deck: &Deck) -> Result<Session> {
        Query::parse(&deck.query)?;
        let session = Session {
            id: by.new_id(),
            analyst: by.analyst.clone(),
            deck: deck.clone(),
            place: None,
            started_at: by.now(),
            seen_at: by.now(),
            decisions: 0,
        };
        self.db
            .prepare_cached(
                "INSERT INTO session (id, analyst, query, ord, started_at, seen_at, decisions)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, 0)",
            )?
            .execute(params![session.id.as_bytes(), by.analyst, deck.query, deck.order.word(), by.now().0])?;
        Ok(session)
    }

    /// The session with this id, to go on with.
    pub fn resume(&self, id: Uuid) -> Result<Session> {
        let mut find = self.db.prepare_cached(
            "SELECT id, analyst, query, ord, place, started_at, seen_at, decisions FROM session WHERE id = ?1",
        )?;
        let found = find.query_row([id.as_bytes()], read).optional()?;
        found.ok_or_else(|| StoreError::Unknown { what: "session", id: id.to_string() })
    }

    /// The session whose id begins so.
    pub fn find_session(&self, written: &str) -> Result<Session> {
        let wanted = written.trim().to_lowercase();
        let mut found: Vec<_> = self.sessions(None)?;
        found.retain(|s| s.id.to_string().starts_with(&wanted) || s.id.simple().to_string().starts_with(&wanted));
        let id = written.to_owned();
        match (found.pop(), found.is_empty()) {
            (Some(one), true) if !wanted.is_empty() => Ok(one),
            (Some(last), _) => {
                found.push(last);
                let candidates = found.iter().rev().take(5).map(|s| s.id.to_string()).collect();
                Err(StoreError::Ambiguous { what: "session", id, candidates })
            }
            (None, _) => Err(StoreError::Unknown { what: "session", id }),
        }
    }

    /// This analyst's session that was worked in last.
    pub fn last_session(&self, analyst: &str) -> Result<Option<Session>> {
        let mut find = self.db.prepare_cached(
            "SELECT id, analyst, query, ord, place, started_at, seen_at, decisions FROM session
             WHERE analyst = ?1 ORDER BY seen_at DESC, id DESC LIMIT 1",
        )?;
        Ok(find.query_row([analyst], read).optional()?)
    }

    /// All sessions, or those of one analyst, worked in last first.
    pub fn sessions(&self, analyst: Option<&str>) -> Result<Vec<Session>> {
        let mut find = self.db.prepare_cached(
            "SELECT id, analyst, query, ord, place, started_at, seen_at, decisions FROM session
             WHERE ?1 IS NULL OR analyst = ?1 ORDER BY seen_at DESC, id DESC",
        )?;
        let rows = find.query_map([analyst], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes the deck and the claim that an analyst looks at. A crash of the program loses nothing of it; it is not
    /// worth waiting for the disk, so after a power cut the place may be an older one.
    pub fn save_place(&mut self, session: Uuid, deck: &Deck, place: Option<ClaimId>, now: Moment) -> Result<()> {
        self.db.execute_batch("PRAGMA synchronous = NORMAL")?;
        let saved = self.write_place(session, deck, place, now);
        self.db.execute_batch("PRAGMA synchronous = FULL")?;
        saved
    }

    fn write_place(&self, session: Uuid, deck: &Deck, place: Option<ClaimId>, now: Moment) -> Result<()> {
        let sql = "UPDATE session SET query = ?2, ord = ?3, place = ?4, seen_at = ?5 WHERE id = ?1";
        let place = place.map(|claim| claim.0);
        let bound = params![session.as_bytes(), deck.query, deck.order.word(), place, now.0];
        match self.db.prepare_cached(sql)?.execute(bound)? {
            0 => Err(StoreError::Unknown { what: "session", id: session.to_string() }),
            _ => Ok(()),
        }
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    // An order that a later version may know is read as the plainest one.
    let order: Order = row.get::<_, String>(3)?.parse().unwrap_or_default();
    Ok(Session {
        id: Uuid::from_bytes(row.get(0)?),
        analyst: row.get(1)?,
        deck: Deck { query: row.get(2)?, order },
        place: row.get::<_, Option<[u8; 16]>>(4)?.map(ClaimId),
        started_at: Moment(row.get(5)?),
        seen_at: Moment(row.get(6)?),
        decisions: row.get::<_, i64>(7)?.max(0) as u64,
    })
}
