//! Progress, from counts that are kept.

use std::collections::BTreeMap;

use super::decide::stored;
use super::error::{Result, damaged};
use super::ledger::count;
use super::snapshot::Snapshot;
use super::{Store, counters, facets};
use crate::domain::{Agreement, AgreementTable, Alpha, Expr, Ledger, Progress, Query, SourceSeek, Stats, Status, Term};

/// Sources that `stats` names.
const MOST_SOURCES: usize = 20;

impl Store {
    /// Progress and counts.
    pub fn stats(&self) -> Result<Stats> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let by_status = Status::ALL.iter().map(|status| (status.word().to_owned(), 0)).collect();
        let mut stats = Stats { by_status, ..Stats::default() };
        let mut statement = self
            .db
            .prepare_cached("SELECT kind, key, claims, reviewed FROM counter WHERE claims <> 0 OR reviewed <> 0")?;
        let mut pairs: BTreeMap<[String; 2], AgreementTable> = BTreeMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, key): (String, String) = (row.get(0)?, row.get(1)?);
            let progress = Progress { claims: count(row, 2)?, reviewed: count(row, 3)? };
            match kind.as_str() {
                counters::PAIR => add_pair(&mut pairs, &key, progress.claims)?,
                kind => add_counter(&mut stats, kind, key, progress),
            }
        }
        stats.agreement = pairs.into_iter().map(|(analysts, table)| Agreement::of(analysts, &table)).collect();
        stats.agreement.sort_by_key(|pair| std::cmp::Reverse(pair.claims));
        for source in self.sources(&Ledger::default(), &SourceSeek::First, MOST_SOURCES)?.sources {
            let progress = Progress { claims: source.claims, reviewed: source.reviewed() };
            stats.by_source.insert(source.name, progress);
        }
        self.veil_stats(&mut stats)?;
        Ok(stats)
    }

    /// How many claims there are, and how many of them are reviewed.
    pub fn progress(&self) -> Result<Progress> {
        let mut find =
            self.db.prepare_cached("SELECT claims, reviewed FROM counter WHERE kind = 'all' AND key = ''")?;
        let mut rows = find.query([])?;
        let all = match rows.next()? {
            Some(row) => Progress { claims: count(row, 0)?, reviewed: count(row, 1)? },
            None => Progress::default(),
        };
        Ok(self.own_progress(all.claims)?.unwrap_or(all))
    }

    /// How far all analysts agree, over the claims that more than one of them decided. Reads each of those.
    pub fn alpha(&self) -> Result<Alpha> {
        let analysts = facets::all(&self.db, facets::kind::ANALYST)?;
        let decided_by = |(_, name): &(i64, String)| Expr::Term(Term::Analyst(name.clone()));
        let mut pairs = Vec::new();
        for (place, one) in analysts.iter().enumerate() {
            let both = |other| Expr::And(vec![decided_by(one), decided_by(other)]);
            pairs.extend(analysts[place + 1..].iter().map(both));
        }
        let mut alpha = Alpha::default();
        if pairs.is_empty() {
            return Ok(alpha);
        }
        for row in self.rows_of(&Query { root: Some(Expr::Or(pairs)) })? {
            let state = stored(&self.db, row)?;
            alpha.add(state.by_analyst.into_values().filter(|status| *status != Status::Unreviewed));
        }
        Ok(alpha)
    }

    /// How many sources claims in current articles have.
    pub fn source_count(&self) -> Result<u64> {
        let mut statement = self.db.prepare_cached("SELECT count(*) FROM source WHERE claims > 0")?;
        Ok(u64::try_from(statement.query_row([], |row| row.get::<_, i64>(0))?).unwrap_or_default())
    }
}

fn add_pair(pairs: &mut BTreeMap<[String; 2], AgreementTable>, key: &str, claims: u64) -> Result<()> {
    let read: (String, String, Status, Status) = serde_json::from_str(key).map_err(damaged)?;
    let (one, other, its, theirs) = read;
    *pairs.entry([one, other]).or_default().entry((its, theirs)).or_default() += claims;
    Ok(())
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
