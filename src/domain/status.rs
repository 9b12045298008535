//! Where a claim stands.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a claim stands, by the newest decision on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody has decided.
    #[default]
    Unreviewed,
    /// Evidence supports it.
    Verified,
    /// Looked at, can't be confirmed.
    Unverified,
    /// Evidence contradicts it.
    Refuted,
    /// Credible sources disagree.
    Disputed,
    /// Not a checkable assertion.
    NotAClaim,
}

impl Status {
    /// All, in the order in which they are listed everywhere.
    pub const ALL: [Status; 6] =
        [Self::Unreviewed, Self::Verified, Self::Unverified, Self::Refuted, Self::Disputed, Self::NotAClaim];

    /// The word used in commands, queries and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Refuted => "refuted",
            Self::Disputed => "disputed",
            Self::NotAClaim => "not-a-claim",
        }
    }

    /// The number that stores it; never reused for another meaning.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The status with this number.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Not the word of a status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown status \"{0}\": expected unreviewed, verified, unverified, refuted, disputed or not-a-claim")]
pub struct UnknownStatus(pub String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(word: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|s| s.word() == word).ok_or_else(|| UnknownStatus(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_reads_back_from_its_word_and_its_code() {
        for status in Status::ALL {
            assert_eq!(status.word().parse(), Ok(status));
            assert_eq!(Status::from_code(i64::from(status.code())), Some(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.word());
        }
        assert_eq!(Status::from_code(-1), None);
    }
}
