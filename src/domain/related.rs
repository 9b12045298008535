//! Claims that assert the same, or nearly: how alike two are, in what they differ, whether they can both hold, and how
//! many sources that don't lean on each other stand behind them.
//!
//! Works on words alone. How rare a word is, is told to it; where claims come from, it doesn't know.

mod compare;
mod figures;
mod lexicon;
mod origins;
mod times;
mod wording;

use std::ops::Range;

use serde::Serialize;

use super::{Claim, ClaimId, Meta};

pub use compare::{LEAST_SHARE, Rarity, Relation, relation};
pub use origins::{Origin, origins};
pub use wording::Wording;

/// A claim with those of other articles that assert the same, or contradict it.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedClaims {
    /// The claim that the others are related to.
    pub of: ClaimId,
    /// The others, most alike first.
    pub claims: Vec<Related>,
    /// Who stands behind the claim and those that agree with it. Those that contradict it speak for something else.
    pub origins: Vec<Origin>,
}

/// A claim that is related to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The claim.
    pub claim: Claim,
    /// How alike the words are, 0 to 1.
    pub similarity: f32,
    /// In what the two differ, in the order of the other claim's words.
    pub differences: Vec<Difference>,
    /// Days between what the two tell of, where these are too many for one event: then they neither agree nor contradict.
    pub apart: Option<u32>,
}

/// A difference between two claims: words of the one, words of the other, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of words.
    pub kind: DifferenceKind,
    /// Bytes of the text of the claim that is looked at.
    pub here: Option<Range<usize>>,
    /// Bytes of the text of the related claim.
    pub there: Option<Range<usize>>,
}

/// What two claims differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// How many or how much of the same.
    Number,
    /// When.
    Date,
    /// Where.
    Place,
    /// One says that it is so, the other that it is not.
    Negation,
    /// Words that only one of them has.
    Words,
}

impl DifferenceKind {
    /// Whether claims that differ in this can't both hold.
    pub fn contradicts(self) -> bool {
        self != Self::Words
    }

    /// The word that files and screens have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Place => "place",
            Self::Negation => "negation",
            Self::Words => "words",
        }
    }
}

impl Related {
    /// Puts together how another claim is related to one of this wording in an article of which this is known.
    pub fn new(here: (&Wording, &Meta), there: (&Wording, Claim), relation: Relation) -> Self {
        let differ = relation.differences.iter().any(|difference| difference.kind.contradicts());
        let (wording, claim) = there;
        let published = claim.article.meta.published.as_deref();
        let apart = times::days_apart((here.0, here.1.published.as_deref()), (wording, published), differ);
        Self { claim, similarity: relation.similarity, differences: relation.differences, apart }
    }

    /// Whether the two claims contradict each other.
    pub fn conflicts(&self) -> bool {
        self.apart.is_none() && self.differs()
    }

    /// Whether the two assert the same.
    pub fn agrees(&self) -> bool {
        self.apart.is_none() && !self.differs()
    }

    fn differs(&self) -> bool {
        self.differences.iter().any(|difference| difference.kind.contradicts())
    }
}

impl RelatedClaims {
    /// Puts together what was found: of the pairs, those that agree count towards the origins.
    pub fn new(claim: &Claim, mut claims: Vec<Related>) -> Self {
        claims.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then_with(|| a.claim.id.cmp(&b.claim.id)));
        let agreeing = claims.iter().filter(|related| related.agrees()).map(|related| &related.claim);
        let all: Vec<&Claim> = std::iter::once(claim).chain(agreeing).collect();
        let origins = origins(&all);
        Self { of: claim.id, claims, origins }
    }

    /// Articles that the related claims stand in.
    pub fn articles(&self) -> usize {
        let mut ids: Vec<_> = self.claims.iter().map(|related| related.claim.article.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }

    /// How many of them contradict the claim.
    pub fn conflicts(&self) -> usize {
        self.claims.iter().filter(|related| related.conflicts()).count()
    }

    /// How many of them tell of another time.
    pub fn apart(&self) -> usize {
        self.claims.iter().filter(|related| related.apart.is_some()).count()
    }

    /// "2 in 2 articles, 1 contradicts, 1 independent source"; empty where there are none.
    pub fn summary(&self) -> String {
        if self.claims.is_empty() {
            return String::new();
        }
        let one_or_more = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let conflicts = match self.conflicts() {
            0 => String::new(),
            1 => ", 1 contradicts".to_owned(),
            n => format!(", {n} contradict"),
        };
        let apart = if self.apart() > 0 { format!(", {} of another time", self.apart()) } else { String::new() };
        let articles = one_or_more(self.articles(), "article");
        let sources = one_or_more(self.origins.len(), "independent source");
        format!("{} in {articles}{conflicts}{apart}, {sources}", self.claims.len())
    }
}
