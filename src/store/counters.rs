//! Counts that are kept, not counted: by status, outlet, source, analyst and day.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};

use super::error::Result;
use super::joined;
use super::numbers::ByNumber;
use crate::domain::{ClaimState, Status};

pub(super) const ALL: &str = "all";
pub(super) const ARTICLES: &str = "articles";
pub(super) const STATUS: &str = "status";
pub(super) const OUTLET: &str = "outlet";
pub(super) const ANALYST: &str = "analyst";
pub(super) const DAY: &str = "day";
pub(super) const LATER: &str = "later";
pub(super) const CONFLICT: &str = "conflict";
/// Two analysts who decided the same claim; the key is a JSON array of both names and both statuses.
pub(super) const PAIR: &str = "pair";

/// Changes to counts, gathered so that each is written once. Within one transaction.
#[derive(Default)]
pub(super) struct Counts {
    by_key: BTreeMap<(&'static str, String), (i64, i64)>,
    by_source: HashMap<i64, SourceCount, ByNumber>,
    reviewed: HashMap<i64, i64>,
    /// Claims that analysts added, by article.
    added: HashMap<i64, i64>,
}

#[derive(Clone, Copy, Default)]
struct SourceCount {
    claims: i64,
    articles: i64,
    /// In the order of the codes, without unreviewed.
    by_status: [i64; 5],
}

/// What of a claim is counted beside its state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub(super) outlet: Option<&'a str>,
    pub(super) source: Option<i64>,
}

impl Counts {
    pub(super) fn add(&mut self, kind: &'static str, key: &str, claims: i64, reviewed: i64) {
        let held = self.by_key.entry((kind, key.to_owned())).or_default();
        held.0 += claims;
        held.1 += reviewed;
    }

    /// Claims nobody has decided on, which all is that a load adds.
    pub(super) fn add_unreviewed(&mut self, outlet: Option<&str>, claims: i64) {
        self.add(ALL, "", claims, 0);
        self.add(OUTLET, outlet.unwrap_or_default(), claims, 0);
        self.add(STATUS, Status::Unreviewed.word(), claims, 0);
    }

    /// Claims of a source, and articles in which none of its names stood before.
    pub(super) fn add_source(&mut self, source: i64, claims: i64, articles: i64) {
        let held = self.by_source.entry(source).or_default();
        held.claims += claims;
        held.articles += articles;
    }

    /// Counts a claim of a current article to a source (`sign` 1) or no longer (-1).
    pub(super) fn move_source(&mut self, source: i64, state: &ClaimState, sign: i64) {
        let held = self.by_source.entry(source).or_default();
        held.claims += sign;
        if let Some(place) = (state.status.code() as usize).checked_sub(1) {
            held.by_status[place] += sign;
        }
    }

    /// Counts a claim of a current article in (`sign` 1) or out (-1). One that is out of the decks is not counted.
    pub(super) fn add_claim(&mut self, of: Counted<'_>, state: &ClaimState, sign: i64) {
        if state.is_out() {
            return;
        }
        let reviewed = i64::from(state.status != Status::Unreviewed);
        self.add(ALL, "", sign, sign * reviewed);
        self.add(OUTLET, of.outlet.unwrap_or_default(), sign, sign * reviewed);
        if let Some(source) = of.source {
            self.by_source.entry(source).or_default().claims += sign;
        }
        self.add_state(of, state, sign);
    }

    /// Counts what was decided on a claim that itself is counted already.
    pub(super) fn change(&mut self, of: Counted<'_>, before: &ClaimState, after: &ClaimState) {
        if before.is_out() || after.is_out() {
            self.add_claim(of, before, -1);
            self.add_claim(of, after, 1);
            return;
        }
        let reviewed = |state: &ClaimState| i64::from(state.status != Status::Unreviewed);
        let more = reviewed(after) - reviewed(before);
        self.add(ALL, "", 0, more);
        self.add(OUTLET, of.outlet.unwrap_or_default(), 0, more);
        self.add_state(of, before, -1);
        self.add_state(of, after, 1);
    }

    /// Counts what was decided on a claim in its article, current or not.
    pub(super) fn change_article(&mut self, article: i64, before: &ClaimState, after: &ClaimState) {
        // Nobody has to look at a hidden claim, and one that was taken back is none.
        let done = |state: &ClaimState| state.status != Status::Unreviewed || state.is_hidden();
        let reviewed = |state: &ClaimState| i64::from(done(state) && !state.withdrawn);
        *self.reviewed.entry(article).or_default() += reviewed(after) - reviewed(before);
        self.add_to_article(article, i64::from(before.withdrawn) - i64::from(after.withdrawn));
    }

    /// Claims that analysts added to an article, current or not.
    pub(super) fn add_to_article(&mut self, article: i64, claims: i64) {
        *self.added.entry(article).or_default() += claims;
    }

    fn add_state(&mut self, of: Counted<'_>, state: &ClaimState, sign: i64) {
        self.add(STATUS, state.status.word(), sign, 0);
        if let (Some(place), Some(source)) = ((state.status.code() as usize).checked_sub(1), of.source) {
            self.by_source.entry(source).or_default().by_status[place] += sign;
        }
        for (analyst, _) in state.by_analyst.iter().filter(|(_, status)| **status != Status::Unreviewed) {
            self.add(ANALYST, analyst, sign, 0);
        }
        self.add_pairs(state, sign);
        if let Some(at) = state.decided_at {
            self.add(DAY, &at.day(), sign, 0);
        }
        if state.later {
            self.add(LATER, "", sign, 0);
        }
        if state.in_conflict() {
            self.add(CONFLICT, "", sign, 0);
        }
    }

    fn add_pairs(&mut self, state: &ClaimState, sign: i64) {
        let standing: Vec<_> = state.by_analyst.iter().filter(|(_, status)| **status != Status::Unreviewed).collect();
        for (place, (one, its)) in standing.iter().enumerate() {
            for (other, theirs) in &standing[place + 1..] {
                let key = serde_json::json!([one, other, its, theirs]).to_string();
                self.add(PAIR, &key, sign, 0);
            }
        }
    }

    /// Writes what was changed.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        let mut put = db.prepare_cached(
            "INSERT INTO counter (kind, key, claims, reviewed) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, key) DO UPDATE SET claims = claims + ?3, reviewed = reviewed + ?4",
        )?;
        for ((kind, key), (claims, reviewed)) in std::mem::take(&mut self.by_key) {
            if (claims, reviewed) != (0, 0) {
                put.execute(params![kind, key, claims, reviewed])?;
            }
        }
        self.write_sources(db)?;
        let mut put = db.prepare_cached("UPDATE article SET reviewed = reviewed + ?2 WHERE id = ?1")?;
        for (article, more) in self.reviewed.drain().filter(|(_, more)| *more != 0) {
            put.execute(params![article, more])?;
        }
        let mut put = db.prepare_cached("UPDATE article SET added = added + ?2 WHERE id = ?1")?;
        for (article, more) in self.added.drain().filter(|(_, more)| *more != 0) {
            put.execute(params![article, more])?;
        }
        Ok(())
    }

    /// A column that is set is written in its indexes too, though it stays the same: so each statement sets what one of
    /// them needs.
    fn write_sources(&mut self, db: &Connection) -> Result<()> {
        let mut size = db.prepare_cached(
            "UPDATE source SET claims = claims + ?2, articles = articles + ?3
             WHERE id = ?1",
        )?;
        let mut record = db.prepare_cached(
            "UPDATE source SET verified = verified + ?2, refuted = refuted + ?3
             WHERE id = ?1",
        )?;
        let mut others = db.prepare_cached(
            "UPDATE source SET unverified = unverified + ?2, disputed = disputed + ?3, not_a_claim = not_a_claim + ?4
             WHERE id = ?1",
        )?;
        for (source, count) in self.by_source.drain() {
            let source = joined::head_of(db, source)?;
            let SourceCount { claims, articles, by_status: [verified, unverified, refuted, disputed, none] } = count;
            if (claims, articles) != (0, 0) {
                size.execute(params![source, claims, articles])?;
            }
            if (verified, refuted) != (0, 0) {
                record.execute(params![source, verified, refuted])?;
            }
            if (unverified, disputed, none) != (0, 0, 0) {
                others.execute(params![source, unverified, disputed, none])?;
            }
        }
        Ok(())
    }
}
