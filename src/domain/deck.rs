//! Decks: the claims that a query selects, in an order, read page by page; and sessions, a pass over one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Claim, ClaimId, Moment};

/// The claims that a query selects, in an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// In the query language; empty selects every claim of current articles.
    pub query: String,
    /// In which order.
    pub order: Order,
}

/// A deck that was given a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDeck {
    /// What it is called.
    pub name: String,
    /// What is in it.
    #[serde(flatten)]
    pub deck: Deck,
}

/// In which order claims are stepped through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// As loaded, each article in the order of its text.
    #[default]
    Article,
    /// Most check-worthy first.
    Worth,
    /// By the name of the source; narrative last.
    Source,
    /// Articles published last first (loaded last, where no date is known), each in the order of its text.
    Newest,
}

impl Order {
    /// All, in the order in which `s` steps through them.
    pub const ALL: [Order; 4] = [Self::Article, Self::Worth, Self::Source, Self::Newest];

    /// The word used in commands and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Worth => "worth",
            Self::Source => "source",
            Self::Newest => "newest",
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Order {
    type Err = UnknownOrder;

    fn from_str(word: &str) -> Result<Self, UnknownOrder> {
        Self::ALL.into_iter().find(|o| o.word() == word).ok_or_else(|| UnknownOrder(word.to_owned()))
    }
}

/// Not the word of an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown order \"{0}\": expected article, worth, source or newest")]
pub struct UnknownOrder(pub String);

/// Which part of a deck a page holds. Pages are found by claim, never by counting rows: claims that were
/// decided and no longer match the query still say where to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// The first claims.
    First,
    /// The last claims.
    Last,
    /// Those after this claim.
    After(ClaimId),
    /// Those before this claim.
    Before(ClaimId),
    /// This claim, if the deck has it, and those after; else those after its place.
    From(ClaimId),
    /// The first claim of the next article after this claim's, and those after.
    NextArticle(ClaimId),
    /// The first claim of the article before this claim's, and those after.
    PreviousArticle(ClaimId),
    /// The next unreviewed claim after this one, and those that follow it in the deck.
    NextUnreviewed(ClaimId),
}

/// A stretch of a deck, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The claims.
    pub claims: Vec<Claim>,
    /// Whether the deck has none before them.
    pub at_start: bool,
    /// Whether the deck has none after them.
    pub at_end: bool,
}

/// A count that stops at a bound, so that it is quick however large the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many, at most the bound.
    pub n: u64,
    /// Whether there are more, or may be.
    pub more: bool,
}

/// One analyst's pass over a deck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// UUIDv7.
    pub id: Uuid,
    /// Who.
    pub analyst: String,
    /// Over what.
    #[serde(flatten)]
    pub deck: Deck,
    /// Where they stopped.
    pub place: Option<ClaimId>,
    /// When it began.
    pub started_at: Moment,
    /// When it was last worked in.
    pub seen_at: Moment,
    /// Decisions made in it.
    pub decisions: u64,
}
