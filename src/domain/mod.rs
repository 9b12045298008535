//! The words of the trade: articles, claims, sources, decisions, statuses, decks, sessions.
//!
//! Knows what extraction finds. Knows no store, terminal, file, thread or system clock.

mod addition;
mod agreement;
mod article;
mod claim;
mod clean;
mod decision;
mod deck;
mod edit;
mod furniture;
mod grade;
mod ids;
mod joined;
mod ledger;
mod offsets;
mod query;
mod record;
mod related;
mod source_decision;
mod stats;
mod status;
mod time;
mod view;

pub use addition::Addition;
pub use agreement::{Agreement, Alpha, Table as AgreementTable};
pub use article::{
    ArticleInfo, ArticleRef, ArticleText, Draft, GAP, HiddenSpan, LongArticle, Meta, NewArticle, NewClaim, hedge_term,
};
pub use claim::{Attribution, Claim, Cue, Hedge, KnownSource, Remark, SourceRef, worth_in_hundredths};
pub use clean::{clean, clean_line, is_harmful};
pub use decision::{Act, ClaimState, Decision, Evidence, EvidenceKind, Stance, undone};
pub use deck::{Count, Deck, NamedDeck, Order, Page, Seek, Session, UnknownOrder};
pub use edit::{Edit, Excerpt, Found};
pub use furniture::{FURNITURE, LooseLine, LooseLines, document_key};
pub use grade::{Credibility, Reliability, UnknownGrade};
pub use ids::{ArticleId, BadId, ClaimId, ID_BYTES};
pub use joined::{Link, heads};
pub use ledger::{Ledger, LedgerOrder, SourceInfo, SourcePage, SourceSeek, TrackRecord};
pub use offsets::CodePoints;
pub use query::{Comparison, Expr, Field, Has, Is, QUERY_FIELDS, Query, QueryError, Term, Words};
pub use record::{ArticleRecord, Line};
pub use related::{
    Difference, DifferenceKind, LEAST_SHARE, Origin, Rarity, Related, RelatedClaims, Relation, Wording, origins,
    relation,
};
pub use source_decision::{JoinedInto, SourceAct, SourceDecision, SourceState, standing};
pub use stats::{News, Progress, Stats};
pub use status::{Status, UnknownStatus};
pub use time::{Clock, Moment};
pub use view::ClaimView;

/// How the words of a claim are given; extraction's word, used unchanged.
pub use crate::extract::{Band, Mode, RemarkKind, SourceKind};
