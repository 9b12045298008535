//! Progress, counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Agreement;

/// What `claimdeck stats` prints. Counts are of claims in current articles, except for decisions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stats {
    /// Current articles.
    pub articles: u64,
    /// Claims in them.
    pub claims: u64,
    /// Claims that somebody has decided on.
    pub reviewed: u64,
    /// Claims by status word; every status is there.
    pub by_status: BTreeMap<String, u64>,
    /// Claims and how many of them are reviewed, by outlet; "" where none is known.
    pub by_outlet: BTreeMap<String, Progress>,
    /// The same by source, the twenty with most claims.
    pub by_source: BTreeMap<String, Progress>,
    /// Status decisions that stand, by analyst.
    pub by_analyst: BTreeMap<String, u64>,
    /// Status decisions that stand, by day (UTC).
    pub by_day: BTreeMap<String, u64>,
    /// Claims on the later pile.
    pub later: u64,
    /// Claims on which analysts differ.
    pub conflicts: u64,
    /// How far each two analysts agree who decided the same claims, those with most such claims first.
    #[serde(default)]
    pub agreement: Vec<Agreement>,
}

/// What came in since a moment, and what is left to do. Claims are those of current articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Articles loaded since.
    pub articles: u64,
    /// Claims in them.
    pub claims: u64,
    /// How many of those articles are new versions of older ones.
    pub versions: u64,
    /// Claims that nobody has decided on.
    pub unreviewed: u64,
    /// Claims on the later pile.
    pub later: u64,
    /// Claims on which analysts differ.
    pub conflicts: u64,
}

/// So many, and so many of them done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// All claims.
    pub claims: u64,
    /// Those that somebody has decided on.
    pub reviewed: u64,
}
