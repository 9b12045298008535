//! Progress and sources, from counts that are kept.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row};

use super::error::{Result, damaged};
use super::snapshot::Snapshot;
use super::{Store, counters, detail};
use crate::domain::{Progress, SourceInfo, Stats, Status};

/// Sources that `stats` names.
const MOST_SOURCES: i64 = 20;

const SOURCE_COLUMNS: usize = 10;

impl Store {
    /// Progress and counts.
    pub fn stats(&self) -> Result<Stats> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let by_status = Status::ALL.iter().map(|status| (status.word().to_owned(), 0)).collect();
        let mut stats = Stats { by_status, ..Stats::default() };
        let mut statement = self
            .db
            .prepare_cached("SELECT kind, key, claims, reviewed FROM counter WHERE claims <> 0 OR reviewed <> 0")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, key): (String, String) = (row.get(0)?, row.get(1)?);
            let progress = Progress { claims: count(row, 2)?, reviewed: count(row, 3)? };
            add_counter(&mut stats, &kind, key, progress);
        }
        for source in self.sources(None, MOST_SOURCES as usize)? {
            let progress = Progress { claims: source.claims, reviewed: source.reviewed() };
            stats.by_source.insert(source.name, progress);
        }
        Ok(stats)
    }

    /// How many sources claims in current articles have.
    pub fn source_count(&self) -> Result<u64> {
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM source WHERE claims > 0")?;
        Ok(u64::try_from(statement.query_row([], |row| row.get::<_, i64>(0))?).unwrap_or_default())
    }

    /// Sources of claims in current articles, those with most claims first, after the source with this name.
    pub fn sources(&self, after: Option<&str>, limit: usize) -> Result<Vec<SourceInfo>> {
        let place = match after {
            None => (i64::MAX, i64::MAX),
            Some(name) => {
                let mut find = self.db.prepare_cached("SELECT claims, id FROM source WHERE name = ?1")?;
                let found = find.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                found.unwrap_or((i64::MAX, i64::MAX))
            }
        };
        let mut statement = self.db.prepare_cached(
            "SELECT name, role, kind, claims, articles, verified, unverified, refuted, disputed, not_a_claim FROM source
             WHERE claims > 0 AND (claims, id) < (?1, ?2) ORDER BY claims DESC, id DESC LIMIT ?3",
        )?;
        let mut rows = statement.query((place.0, place.1, limit as i64))?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            sources.push(source(row)?);
        }
        Ok(sources)
    }
}

fn add_counter(stats: &mut Stats, kind: &str, key: String, progress: Progress) {
    let count = progress.claims;
    match kind {
        counters::ALL => (stats.claims, stats.reviewed) = (progress.claims, progress.reviewed),
        counters::ARTICLES => stats.articles = count,
        counters::STATUS => drop(stats.by_status.insert(key, count)),
        counters::OUTLET => drop(stats.by_outlet.insert(key, progress)),
        counters::ANALYST => drop(stats.by_analyst.insert(key, count)),
        counters::DAY => drop(stats.by_day.insert(key, count)),
        counters::LATER => stats.later = count,
        counters::CONFLICT => stats.conflicts = count,
        // A later version may keep more.
        _ => {}
    }
}

fn source(row: &Row<'_>) -> Result<SourceInfo> {
    let claims = count(row, 3)?;
    let mut by_status = BTreeMap::new();
    let mut reviewed = 0;
    for (status, column) in Status::ALL.iter().skip(1).zip(5..SOURCE_COLUMNS) {
        let n = count(row, column)?;
        reviewed += n;
        by_status.insert(status.word().to_owned(), n);
    }
    by_status.insert(Status::Unreviewed.word().to_owned(), claims.saturating_sub(reviewed));
    let kind = detail::kind_of(row.get(2)?)?;
    Ok(SourceInfo { name: row.get(0)?, role: row.get(1)?, kind, claims, articles: count(row, 4)?, by_status })
}

fn count(row: &Row<'_>, column: usize) -> Result<u64> {
    let n: i64 = row.get(column)?;
    u64::try_from(n).map_err(|_| damaged(format_args!("a count is {n}")))
}
