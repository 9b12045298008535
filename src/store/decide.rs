//! Decisions and what follows from them, written in one transaction that is durable before a method returns.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::{NoContext, Timestamp, Uuid};

use super::counters::{Counted, Counts};
use super::error::{Result, StoreError, damaged};
use super::facets::{self, Edits};
use super::{Store, added, by_hash, carried, log, source_log};
use crate::domain::{
    Act, Claim, ClaimId, ClaimState, Clock, Decision, FURNITURE, Moment, Query, SourceAct, SourceDecision, SourceInfo,
    Status, undone,
};

/// Who acts, in which session, and when: the store has no clock of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub analyst: String,
    /// In which session; none from a script.
    pub session: Option<Uuid>,
    /// Milliseconds since 1970, as the system clock says.
    pub now_ms: i64,
}

impl By {
    /// The moment of the act.
    pub fn now(&self) -> Moment {
        Moment(self.now_ms.div_euclid(1000))
    }

    /// A new UUIDv7 of this moment.
    pub(super) fn new_id(&self) -> Uuid {
        let ms = self.now_ms.max(0) as u64;
        Uuid::new_v7(Timestamp::from_unix(NoContext, ms / 1000, (ms % 1000) as u32 * 1_000_000))
    }
}

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The decisions that were taken back or, by a redo, that stand again.
    pub decisions: Vec<Decision>,
    /// The claims they were on, as they now stand; of a great many the first.
    pub claims: Vec<Claim>,
    /// The same on sources.
    pub on_sources: Vec<SourceDecision>,
    /// The sources they were on, as they now stand: each once, however many of its names they were on.
    pub sources: Vec<SourceInfo>,
}

/// Kinds of decisions: what undo and redo look for.
const ACT: i64 = 0;
const UNDO: i64 = 1;
const REDO: i64 = 2;

/// Claims that a bulk act decides on in one transaction.
const AT_ONCE: usize = 4_096;
/// Claims that an undo gives back at most.
pub const MOST_TOLD: usize = 256;

impl Store {
    /// Writes one batch of acts. Durable when it returns, with the claims as they now stand; all or nothing.
    pub fn decide(&mut self, by: &By, acts: &[(ClaimId, Act)]) -> Result<Vec<Claim>> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut rows = KnownRows::default();
        for (place, (claim, act)) in acts.iter().enumerate() {
            match act {
                Act::Add(added) => added::check(&transaction, *claim, added)?,
                // It may be added in the same go.
                _ if acts[..place].iter().any(|(other, act)| other == claim && matches!(act, Act::Add(_))) => {}
                _ => drop(rows.of(&transaction, *claim)?.ok_or_else(|| unknown(*claim))?),
            }
        }
        let touched = append_to_batch(&transaction, (by, by.new_id()), acts, rows)?;
        transaction.commit()?;
        self.claims_of_rows(&touched)
    }

    /// Does the same to all claims that a query selects, as one batch; to decided ones only where `over` says so. Written
    /// in several transactions, so that others are not kept waiting: how many claims it was done to.
    pub fn decide_all(&mut self, by: &By, query: &str, acts: &[Act], over: bool) -> Result<u64> {
        let rows = self.rows_of(&Query::parse(query)?)?;
        let batch = by.new_id();
        let mut done = 0;
        for rows in rows.chunks(AT_ONCE) {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut find = transaction.prepare_cached("SELECT hash FROM claim WHERE id = ?1")?;
            let (mut known, mut both) = (KnownRows::default(), Vec::with_capacity(rows.len() * acts.len()));
            for row in rows {
                // Somebody may have decided since the claims were selected.
                let mut state = stored(&transaction, *row)?;
                if let Some(veil) = &self.veil {
                    state = veil.seen(&transaction, *row, state)?;
                }
                if over || state.status == Status::Unreviewed {
                    let claim = ClaimId(find.query_row([row], |row| row.get(0))?);
                    known.0.insert(claim, *row);
                    both.extend(acts.iter().map(|act| (claim, act.clone())));
                    done += 1;
                }
            }
            drop(find);
            append_to_batch(&transaction, (by, batch), &both, known)?;
            transaction.commit()?;
        }
        Ok(done)
    }

    /// Takes back this analyst's newest batch that stands, in whichever session it was made. None: there is nothing left.
    pub fn undo(&mut self, by: &By) -> Result<Option<Undone>> {
        self.take_back(by, ACT)
    }

    /// Takes back this analyst's newest undo, as long as they did nothing else since. None: there is nothing to redo.
    pub fn redo(&mut self, by: &By) -> Result<Option<Undone>> {
        self.take_back(by, UNDO)
    }

    fn take_back(&mut self, by: &By, kind: i64) -> Result<Option<Undone>> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(batch) = log::newest_batch(&transaction, &by.analyst, kind)? else { return Ok(None) };
        if kind == UNDO && log::acted_after(&transaction, &by.analyst, batch.newest)? {
            return Ok(None);
        }
        let decisions = batch.on_claims(&transaction)?;
        let acts: Vec<_> = decisions.iter().map(|d| (d.claim, Act::Undo { target: d.id })).collect();
        let touched = append_to_batch(&transaction, (by, by.new_id()), &acts, KnownRows::default())?;
        let on_sources = source_log::in_batch(&transaction, &batch)?;
        let undo = |d: &SourceDecision| (d.source.clone(), SourceAct::Undo { target: d.id });
        let acts: Vec<_> = on_sources.iter().map(undo).collect();
        source_log::append_batch(&transaction, by, &acts)?;
        transaction.commit()?;
        let claims = self.claims_of_rows(&touched[..touched.len().min(MOST_TOLD)])?;
        let decisions = if kind == UNDO { log::targets(&self.db, &decisions)? } else { decisions };
        let on_sources = if kind == UNDO { source_log::targets(&self.db, &on_sources)? } else { on_sources };
        let mut sources: Vec<SourceInfo> = Vec::new();
        for (name, _) in &acts {
            if !sources.iter().any(|source| source.is_called(name)) {
                sources.push(self.source_named(name)?);
            }
        }
        Ok(Some(Undone { decisions, claims, on_sources, sources }))
    }
}

/// The rows of claims that are here, each looked up once.
#[derive(Default)]
struct KnownRows(HashMap<ClaimId, i64>);

impl KnownRows {
    fn of(&mut self, db: &Connection, claim: ClaimId) -> Result<Option<i64>> {
        if let Some(row) = self.0.get(&claim) {
            return Ok(Some(*row));
        }
        let found = row_of(db, claim)?;
        self.0.extend(found.map(|row| (claim, row)));
        Ok(found)
    }
}

/// Appends the acts to a batch and writes what follows; gives back the claims whose state may have changed.
fn append_to_batch(
    db: &Connection,
    (by, batch): (&By, Uuid),
    acts: &[(ClaimId, Act)],
    mut rows: KnownRows,
) -> Result<Vec<i64>> {
    let mut clock: Clock = log::newest_clock(db)?;
    for (claim, act) in acts {
        clock = clock.next(by.now_ms);
        let decision = Decision {
            id: by.new_id(),
            clock,
            at: by.now(),
            analyst: by.analyst.clone(),
            session: by.session,
            batch,
            claim: *claim,
            act: act.clone(),
        };
        let waits = rows.of(db, *claim)?.is_none();
        log::append(db, &decision, waits)?;
    }
    let (mut edits, mut counts) = (Edits::default(), Counts::default());
    let mut projector = Projector::new(db, &mut edits, &mut counts);
    let mut seen = BTreeSet::new();
    for (claim, _) in acts {
        if seen.insert(*claim) {
            match rows.of(db, *claim)? {
                Some(row) => projector.refresh(row)?,
                None => projector.decided(*claim)?,
            }
        }
    }
    let touched = projector.touched;
    edits.write(db)?;
    counts.write(db)?;
    log::count_in_session(db, by, acts.len())?;
    Ok(touched)
}

/// Writes the state that claims' decisions lead to, with the facets and counts that follow.
pub(super) struct Projector<'a> {
    db: &'a Connection,
    edits: &'a mut Edits,
    counts: &'a mut Counts,
    touched: Vec<i64>,
}

impl<'a> Projector<'a> {
    pub(super) fn new(db: &'a Connection, edits: &'a mut Edits, counts: &'a mut Counts) -> Self {
        Self { db, edits, counts, touched: Vec::new() }
    }

    /// The line of this claim turned out to be furniture.
    pub(super) fn set_aside(&mut self, row: i64) -> Result<()> {
        self.refresh_one(row)
    }

    /// Decisions on this claim were added.
    pub(super) fn decided(&mut self, claim: ClaimId) -> Result<()> {
        if let Some(row) = row_of(self.db, claim)? {
            return self.refresh(row);
        }
        // A claim that is not here yet takes its decisions up when it arrives.
        added::insert(self.db, self.edits, self.counts, claim)?.map_or(Ok(()), |row| self.arrived(row))
    }

    /// A claim was inserted to which decisions may belong: its own, waiting, or those of the version before.
    pub(super) fn arrived(&mut self, row: i64) -> Result<()> {
        let sql =
            "UPDATE decision SET waiting = 0 WHERE waiting = 1 AND claim = (SELECT hash FROM claim WHERE id = ?1)";
        self.db.prepare_cached(sql)?.execute([row])?;
        self.refresh(row)
    }

    /// The claim and those that take its decisions over.
    fn refresh(&mut self, row: i64) -> Result<()> {
        followers(self.db, row)?.into_iter().try_for_each(|row| self.refresh_one(row))
    }

    fn refresh_one(&mut self, row: i64) -> Result<()> {
        let decisions = decisions_of(self.db, row)?;
        let mut ordered: Vec<_> = decisions.iter().collect();
        ordered.sort_by_key(|d| d.order());
        mark(self.db, ordered.iter().map(|d| (d.id, d.target())))?;
        let added = decisions.iter().find(|d| matches!(d.act, Act::Add(_))).map(|d| d.claim);
        let (untouched, by_hand) = (ClaimState::is_untouched(&decisions), carried::is_by_hand(&decisions));
        let (before, mut after) = (stored(self.db, row)?, ClaimState::of(&self.in_its_text(row, decisions)?));
        after.furniture_in = furniture_in(self.db, row)?.filter(|_| untouched);
        if let Some(claim) = added {
            if added::is_added(self.db, row)? {
                added::renew(self.db, self.edits, self.counts, row, claim)?;
            } else {
                // The machine has found it, so it needs nobody's addition.
                (after.added_by, after.withdrawn) = (None, false);
            }
        }
        self.touched.push(row);
        if before != after {
            if before.edit != after.edit {
                super::edits::follow(self.db, self.edits, self.counts, row, &after)?;
            }
            self.write_state(row, &after)?;
            self.change_facets(row, &before, &after)?;
            self.change_flag(row, &before, &after)?;
            self.change_counts(row, &before, &after)?;
        }
        if by_hand && added::is_added(self.db, row)? {
            for version in carried::next_versions(self.db, carried::article_of(self.db, row)?)? {
                self.go_on(row, version)?;
            }
        }
        Ok(())
    }

    /// Lets a claim that an analyst added go on to the next version of its article.
    pub(super) fn go_on(&mut self, row: i64, version: i64) -> Result<()> {
        let to = (&mut *self.edits, &mut *self.counts);
        carried::go_on(self.db, to, row, version)?.map_or(Ok(()), |row| self.arrived(row))
    }

    /// Decisions on the version before were about another text: what they say of places in it is left out.
    fn in_its_text(&self, row: i64, mut decisions: Vec<Decision>) -> Result<Vec<Decision>> {
        let mut find = self.db.prepare_cached("SELECT hash FROM claim WHERE id = ?1")?;
        let own = ClaimId(find.query_row([row], |row| row.get(0))?);
        for decision in decisions.iter_mut().filter(|decision| decision.claim != own) {
            if let Act::Edit(edit) = &mut decision.act {
                (edit.words, edit.cue) = (None, None);
            }
        }
        Ok(decisions)
    }

    fn write_state(&mut self, row: i64, state: &ClaimState) -> Result<()> {
        let written = serde_json::to_string(state).map_err(damaged)?;
        self.db
            .prepare_cached(
                "INSERT INTO state (claim, state) VALUES (?1, ?2) ON CONFLICT (claim) DO UPDATE SET state = ?2",
            )?
            .execute(params![row, written])?;
        Ok(())
    }

    fn change_facets(&mut self, row: i64, before: &ClaimState, after: &ClaimState) -> Result<()> {
        let (old, new) = (facets::of_state(before), facets::of_state(after));
        for (kind, value) in old.iter().filter(|facet| !new.contains(facet)) {
            let facet = facets::find_or_add(self.db, kind, value)?;
            self.edits.clear(self.db, facet, row)?;
        }
        for (kind, value) in new.iter().filter(|facet| !old.contains(facet)) {
            let facet = facets::find_or_add(self.db, kind, value)?;
            self.edits.set(self.db, facet, row)?;
        }
        Ok(())
    }

    /// A claim with words that the version before did not have is flagged as long as nobody has decided on it.
    fn change_flag(&mut self, row: i64, before: &ClaimState, after: &ClaimState) -> Result<()> {
        let open = |state: &ClaimState| state.status == Status::Unreviewed;
        if open(before) == open(after) {
            return Ok(());
        }
        let sql =
            "SELECT a.previous IS NOT NULL AND c.origin IS NULL AND NOT EXISTS (SELECT 1 FROM added WHERE claim = c.id)
             FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1";
        if !self.db.prepare_cached(sql)?.query_row([row], |row| row.get(0))? {
            return Ok(());
        }
        let facet = facets::find_or_add(self.db, facets::kind::IS, "changed")?;
        if open(after) { self.edits.set(self.db, facet, row) } else { self.edits.clear(self.db, facet, row) }
    }

    fn change_counts(&mut self, row: i64, before: &ClaimState, after: &ClaimState) -> Result<()> {
        let sql =
            "SELECT a.id, a.live, a.outlet, c.source FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1";
        let (article, live, outlet, source): (i64, i64, Option<String>, Option<i64>) = self
            .db
            .prepare_cached(sql)?
            .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        self.counts.change_article(article, before, after);
        if live > 0 {
            self.counts.change(Counted { outlet: outlet.as_deref(), source }, before, after);
        }
        Ok(())
    }
}

/// In how many articles of its outlet the line of a claim stands, where it is furniture. What is kept in the state is
/// the least that it takes; how many there are is read with the claim.
fn furniture_in(db: &Connection, row: i64) -> Result<Option<u32>> {
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM furniture WHERE claim = ?1)")?;
    let stands: bool = find.query_row([row], |row| row.get(0))?;
    Ok(stands.then_some(FURNITURE))
}

/// A claim and those that take its decisions over, each after the one that it takes them from.
pub(super) fn followers(db: &Connection, row: i64) -> Result<Vec<i64>> {
    let (mut found, mut next) = (vec![row], 0);
    while let Some(row) = found.get(next).copied() {
        let mut later = db.prepare_cached("SELECT id FROM claim WHERE origin = ?1")?;
        for later in later.query_map([row], |row| row.get(0))? {
            // Anything else is damage, and must not loop.
            Some(later?).filter(|later| !found.contains(later)).into_iter().for_each(|later| found.push(later));
        }
        next += 1;
    }
    Ok(found)
}

/// Notes which of these decisions, in their order and each with the one that it takes back, take others back and which
/// stand, so that undo and redo find theirs at once.
pub(super) fn mark(
    db: &Connection,
    ordered: impl DoubleEndedIterator<Item = (Uuid, Option<Uuid>)> + Clone,
) -> Result<()> {
    let gone = undone(ordered.clone());
    let mut kinds = HashMap::new();
    let mut put =
        db.prepare_cached("UPDATE decision SET kind = ?2, live = ?3 WHERE uuid = ?1 AND (kind <> ?2 OR live <> ?3)")?;
    for (id, target) in ordered {
        let kind = match target {
            Some(target) if kinds.get(&target) == Some(&UNDO) => REDO,
            Some(_) => UNDO,
            None => ACT,
        };
        kinds.insert(id, kind);
        put.execute(params![id.as_bytes(), kind, !gone.contains(&id)])?;
    }
    Ok(())
}

/// The decisions on a claim and on those of the versions before that it takes over.
pub(super) fn decisions_of(db: &Connection, row: i64) -> Result<Vec<Decision>> {
    let (mut decisions, mut versions) = (Vec::new(), Vec::new());
    let mut next = Some(row);
    while let Some(row) = next {
        versions.push(row);
        let mut find = db.prepare_cached("SELECT hash, origin FROM claim WHERE id = ?1")?;
        let (hash, origin) = find.query_row([row], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)))?;
        decisions.extend(log::on_claim(db, ClaimId(hash))?);
        // Anything else is damage, and must not loop.
        next = origin.filter(|origin| !versions.contains(origin));
    }
    Ok(decisions)
}

/// The state as it was last written.
pub(super) fn stored(db: &Connection, row: i64) -> Result<ClaimState> {
    let mut find = db.prepare_cached("SELECT state FROM state WHERE claim = ?1")?;
    let written: Option<String> = find.query_row([row], |row| row.get(0)).optional()?;
    written.map_or(Ok(ClaimState::default()), |written| read_state(&written))
}

pub(super) fn read_state(written: &str) -> Result<ClaimState> {
    serde_json::from_str(written).map_err(|e| damaged(format_args!("the state of a claim can't be read: {e}")))
}

/// What counts need of a claim: its source and its state.
pub(super) fn counted(db: &Connection, row: i64) -> Result<(Option<i64>, ClaimState)> {
    let mut find = db.prepare_cached("SELECT source FROM claim WHERE id = ?1")?;
    Ok((find.query_row([row], |row| row.get(0))?, stored(db, row)?))
}

/// The row of a claim.
pub(super) fn row_of(db: &Connection, claim: ClaimId) -> Result<Option<i64>> {
    by_hash::find(db, claim.0)
}

pub(super) fn unknown(claim: ClaimId) -> StoreError {
    StoreError::Unknown { what: "claim", id: claim.to_string() }
}
