//! The ledger of sources, read by key forwards and backwards in each of its orders.
//!
//! An order is one run or two, each along an index; a source's place says in which run it stands and where.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};

use super::error::{Result, damaged};
use super::facets::fold;
use super::select::Direction;
use super::snapshot::Snapshot;
use super::{Store, detail, joined};
use crate::domain::{Ledger, LedgerOrder, Reliability, SourceInfo, SourcePage, SourceSeek, Status};

/// A stretch of an order that one index gives.
struct Run {
    forward: &'static str,
    back: &'static str,
    /// Whether a source stands in it.
    holds: fn(&Listed) -> bool,
}

const BY_CLAIMS: Run = Run {
    forward:
        "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (claims, id) < (?1, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7)))
         ORDER BY claims DESC, id DESC LIMIT ?6",
    back: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (claims, id) > (?1, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7)))
         ORDER BY claims, id LIMIT ?6",
    holds: |_| true,
};

const BY_NAME: Run = Run {
    forward: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (fold, id) > (?3, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7))) ORDER BY fold, id LIMIT ?6",
    back: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (fold, id) < (?3, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7)))
         ORDER BY fold DESC, id DESC LIMIT ?6",
    holds: |_| true,
};

/// The comparison with the share alone is what SQLite finds the place in the index by.
const BY_RECORD: Run = Run {
    forward:
        "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE verified + refuted > 0 AND claims > 0
         AND refuted * 1000000 / (verified + refuted) <= ?1
         AND (refuted * 1000000 / (verified + refuted), refuted, id) < (?1, ?2, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7)))
         ORDER BY refuted * 1000000 / (verified + refuted) DESC, refuted DESC, id DESC LIMIT ?6",
    back: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE verified + refuted > 0 AND claims > 0
         AND refuted * 1000000 / (verified + refuted) >= ?1
         AND (refuted * 1000000 / (verified + refuted), refuted, id) > (?1, ?2, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7)))
         ORDER BY refuted * 1000000 / (verified + refuted), refuted, id LIMIT ?6",
    holds: |listed| listed.info.record().is_some(),
};

const WITHOUT_RECORD: Run = Run {
    forward: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (claims, id) < (?1, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7))) AND verified + refuted = 0
         ORDER BY claims DESC, id DESC LIMIT ?6",
    back: "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
         reliability FROM source WHERE claims > 0 AND (claims, id) > (?1, ?4) AND (instr(fold, ?5) OR id IN (SELECT value FROM json_each(?7))) AND verified + refuted = 0
         ORDER BY claims, id LIMIT ?6",
    holds: |listed| listed.info.record().is_none(),
};

fn runs(order: LedgerOrder) -> &'static [Run] {
    match order {
        LedgerOrder::Claims => &[BY_CLAIMS],
        LedgerOrder::Name => &[BY_NAME],
        LedgerOrder::Refuted => &[BY_RECORD, WITHOUT_RECORD],
    }
}

/// A source with what its place in every order is made of.
struct Listed {
    id: i64,
    fold: String,
    info: SourceInfo,
}

/// Where in a run to go on, as the statements compare it.
struct Place {
    first: i64,
    second: i64,
    fold: Value,
    id: i64,
}

impl Place {
    /// Before everything, in this direction.
    fn outermost(order: LedgerOrder, direction: Direction) -> Self {
        let descends = order != LedgerOrder::Name;
        let high = descends == (direction == Direction::Forward);
        let number = if high { i64::MAX } else { i64::MIN };
        // SQLite sorts every blob after every text.
        let fold = if high { Value::Blob(Vec::new()) } else { Value::Text(String::new()) };
        Self { first: number, second: number, fold, id: number }
    }

    fn of(listed: &Listed, run: usize, order: LedgerOrder) -> Self {
        let claims = listed.info.claims as i64;
        let (first, second) = match (order, run, listed.info.record()) {
            (LedgerOrder::Refuted, 0, Some(record)) => {
                (record.refuted.saturating_mul(1_000_000) / record.decided(), record.refuted)
            }
            _ => (claims as u64, 0),
        };
        Self { first: first as i64, second: second as i64, fold: Value::Text(listed.fold.clone()), id: listed.id }
    }
}

impl Store {
    /// A page of the ledger of sources of claims in current articles, at most `limit`. A source to seek from that is
    /// unknown counts as the first.
    pub fn sources(&self, ledger: &Ledger, seek: &SourceSeek, limit: usize) -> Result<SourcePage> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let ledger = &self.veil_order(ledger);
        let from = match seek {
            SourceSeek::First | SourceSeek::Last => None,
            SourceSeek::After(name) | SourceSeek::Before(name) | SourceSeek::Around(name) => self.listed(name)?,
        };
        let page = match (seek, from) {
            (SourceSeek::Last, _) => self.sources_before(ledger, None, limit),
            (SourceSeek::Before(_), Some(from)) => self.sources_before(ledger, Some(&from), limit),
            (SourceSeek::Around(_), Some(from)) => self.sources_around(ledger, from, limit),
            (_, from) => self.sources_after(ledger, from.as_ref(), limit),
        }?;
        let sources = page.sources.into_iter().map(|source| self.veil_source(source)).collect();
        Ok(SourcePage { sources, ..page })
    }

    /// A source by any of its names.
    pub fn source(&self, name: &str) -> Result<Option<SourceInfo>> {
        Ok(self.listed(name)?.map(|listed| self.veil_source(listed.info)))
    }

    fn sources_after(&self, ledger: &Ledger, from: Option<&Listed>, limit: usize) -> Result<SourcePage> {
        let mut found = self.walk(ledger, from, Direction::Forward, limit.saturating_add(1))?;
        let at_end = found.len() <= limit;
        found.truncate(limit);
        let at_start = match (found.first(), from) {
            (Some(first), _) => self.walk(ledger, Some(first), Direction::Back, 1)?.is_empty(),
            (None, Some(from)) => self.walk(ledger, Some(from), Direction::Back, 1)?.is_empty(),
            (None, None) => true,
        };
        Ok(SourcePage { sources: found.into_iter().map(|listed| listed.info).collect(), at_start, at_end })
    }

    fn sources_before(&self, ledger: &Ledger, from: Option<&Listed>, limit: usize) -> Result<SourcePage> {
        let mut found = self.walk(ledger, from, Direction::Back, limit.saturating_add(1))?;
        let at_start = found.len() <= limit;
        found.truncate(limit);
        let at_end = match (found.first(), from) {
            (Some(last), _) => self.walk(ledger, Some(last), Direction::Forward, 1)?.is_empty(),
            (None, Some(from)) => self.walk(ledger, Some(from), Direction::Forward, 1)?.is_empty(),
            (None, None) => true,
        };
        found.reverse();
        Ok(SourcePage { sources: found.into_iter().map(|listed| listed.info).collect(), at_start, at_end })
    }

    fn sources_around(&self, ledger: &Ledger, from: Listed, limit: usize) -> Result<SourcePage> {
        let before = self.sources_before(ledger, Some(&from), limit / 2)?;
        let after = self.sources_after(ledger, Some(&from), limit - limit / 2)?;
        let letters = fold(&ledger.letters);
        let has_letters = from.fold.contains(&letters) || from.info.joined.iter().any(|n| fold(n).contains(&letters));
        let own = (from.info.claims > 0 && has_letters).then_some(from.info);
        let sources = before.sources.into_iter().chain(own).chain(after.sources).collect();
        Ok(SourcePage { sources, at_start: before.at_start, at_end: after.at_end })
    }

    /// The sources from a place on, itself not among them, nearest first.
    fn walk(&self, ledger: &Ledger, from: Option<&Listed>, direction: Direction, limit: usize) -> Result<Vec<Listed>> {
        let letters = fold(&ledger.letters);
        let joined = self.joined_with_letters(&letters)?;
        let runs = runs(ledger.order);
        let own = from.and_then(|from| runs.iter().position(|run| (run.holds)(from)));
        let mut found = Vec::new();
        for step in 0..runs.len() {
            let run = if direction == Direction::Forward { step } else { runs.len() - 1 - step };
            let place = match (from, own) {
                (Some(from), Some(own)) if own == run => Place::of(from, run, ledger.order),
                (_, Some(own)) if (direction == Direction::Forward) == (run < own) => continue,
                _ => Place::outermost(ledger.order, direction),
            };
            let sql = if direction == Direction::Forward { runs[run].forward } else { runs[run].back };
            let left = limit.saturating_sub(found.len());
            let mut statement = self.db.prepare_cached(sql)?;
            let bound = params![place.first, place.second, place.fold, place.id, letters, left as i64, joined];
            let mut rows = statement.query(bound)?;
            while let Some(row) = rows.next()? {
                found.push(self.with_names(listed(row)?)?);
            }
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    /// The sources with these letters in a name that was joined into them, as JSON.
    fn joined_with_letters(&self, letters: &str) -> Result<String> {
        let heads = if letters.is_empty() { Vec::new() } else { joined::heads_with_letters(&self.db, letters)? };
        serde_json::to_string(&heads).map_err(damaged)
    }

    fn with_names(&self, mut listed: Listed) -> Result<Listed> {
        listed.info.joined = joined::names_under(&self.db, listed.id)?;
        Ok(listed)
    }

    fn listed(&self, name: &str) -> Result<Option<Listed>> {
        let mut find = self.db.prepare_cached(
            "SELECT id, fold, name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim,
             reliability FROM source
             WHERE id = (SELECT coalesce((SELECT head FROM joined WHERE source = s.id), s.id) FROM source s WHERE s.name = ?1)",
        )?;
        let found = find.query_row([name], |row| Ok(listed(row))).optional()?.transpose()?;
        found.map(|found| self.with_names(found)).transpose()
    }
}

/// Columns of the counts by status, in the order of the codes, without unreviewed.
const BY_STATUS: std::ops::Range<usize> = 7..12;

fn listed(row: &Row<'_>) -> Result<Listed> {
    let claims = count(row, 5)?;
    let mut by_status = std::collections::BTreeMap::new();
    let mut reviewed = 0;
    for (status, column) in Status::ALL.iter().skip(1).zip(BY_STATUS) {
        let n = count(row, column)?;
        reviewed += n;
        by_status.insert(status.word().to_owned(), n);
    }
    by_status.insert(Status::Unreviewed.word().to_owned(), claims.saturating_sub(reviewed));
    let kind = detail::kind_of(row.get(4)?)?;
    let reliability = row.get::<_, Option<i64>>(12)?.map(grade).transpose()?;
    let info = SourceInfo {
        name: row.get(2)?,
        role: row.get(3)?,
        kind,
        claims,
        articles: count(row, 6)?,
        by_status,
        reliability,
        joined: Vec::new(),
    };
    Ok(Listed { id: row.get(0)?, fold: row.get(1)?, info })
}

pub(super) fn grade(code: i64) -> Result<Reliability> {
    Reliability::from_code(code).ok_or_else(|| damaged(format_args!("no grade has the code {code}")))
}

pub(super) fn count(row: &Row<'_>, column: usize) -> Result<u64> {
    let n: i64 = row.get(column)?;
    u64::try_from(n).map_err(|_| damaged(format_args!("a count is {n}")))
}
