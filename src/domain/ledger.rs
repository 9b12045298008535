//! The ledger of sources: who claims what over all articles, in which order, read page by page.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::grade::Reliability;
use super::{SourceKind, Status};

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// The best name there is.
    pub name: String,
    /// What articles say it is.
    pub role: Option<String>,
    /// What kind of source.
    pub kind: SourceKind,
    /// Claims in current articles.
    pub claims: u64,
    /// Articles that they stand in.
    pub articles: u64,
    /// Claims by status word.
    pub by_status: BTreeMap<String, u64>,
    /// How reliable analysts find it.
    pub reliability: Option<Reliability>,
    /// Other names that analysts joined into it, whose claims are counted here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<String>,
}

impl SourceInfo {
    /// Claims with this status.
    pub fn count(&self, status: Status) -> u64 {
        self.by_status.get(status.word()).copied().unwrap_or_default()
    }

    /// Whether it is known by this name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.joined.iter().any(|joined| joined == name)
    }

    /// Claims that somebody has decided on.
    pub fn reviewed(&self) -> u64 {
        self.claims.saturating_sub(self.count(Status::Unreviewed))
    }

    /// How its claims fared where evidence spoke for or against them; none where it did in no case.
    pub fn record(&self) -> Option<TrackRecord> {
        let record = TrackRecord { verified: self.count(Status::Verified), refuted: self.count(Status::Refuted) };
        (record.decided() > 0).then_some(record)
    }
}

/// A source's track record. Claims that stayed unverified or are disputed speak neither for nor against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackRecord {
    /// Claims that evidence supports.
    pub verified: u64,
    /// Claims that evidence contradicts.
    pub refuted: u64,
}

impl TrackRecord {
    /// Claims that count for the record.
    pub fn decided(self) -> u64 {
        self.verified.saturating_add(self.refuted)
    }

    /// The share of them that was refuted, from 0 to 1.
    pub fn refuted_share(self) -> f64 {
        self.refuted as f64 / (self.decided().max(1)) as f64
    }
}

/// Which sources, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// In which order.
    pub order: LedgerOrder,
    /// Letters that stand in the name, in any case; empty for all sources.
    pub letters: String,
}

/// In which order sources are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LedgerOrder {
    /// Most claims first.
    #[default]
    Claims,
    /// By name.
    Name,
    /// The greatest share refuted first; those of whom nothing was verified or refuted last, most claims first.
    Refuted,
}

impl LedgerOrder {
    /// All, in the order in which the key steps through them.
    pub const ALL: [LedgerOrder; 3] = [Self::Claims, Self::Name, Self::Refuted];

    /// The word used in commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Name => "name",
            Self::Refuted => "refuted",
        }
    }

    /// The order after this one.
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|order| *order == self).unwrap_or_default();
        Self::ALL[(place + 1) % Self::ALL.len()]
    }
}

impl fmt::Display for LedgerOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Which part of the ledger a page holds; sources are named, never counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceSeek {
    /// The first sources.
    First,
    /// The last sources.
    Last,
    /// Those after this one's place.
    After(String),
    /// Those before this one's place.
    Before(String),
    /// This one with those before and after it.
    Around(String),
}

/// A stretch of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcePage {
    /// The sources.
    pub sources: Vec<SourceInfo>,
    /// Whether there are none before them.
    pub at_start: bool,
    /// Whether there are none after them.
    pub at_end: bool,
}
