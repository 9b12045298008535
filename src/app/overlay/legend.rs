//! What the marks beside claims mean, in words. How a mark looks is drawing's business.

use crate::domain::{Mode, Status};

/// Something that a mark tells of a claim or a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// What was decided.
    Status(Status),
    /// On the later pile.
    Later,
    /// Its words are new in this version of its article.
    Changed,
    /// In no deck.
    Hidden,
    /// How it is told.
    Mode(Mode),
    /// Chosen, to be joined.
    Marked,
}

/// Every mark with its meaning, in the order in which help lists them.
pub(super) const LEGEND: [(Sign, &str); 13] = [
    (Sign::Status(Status::Unreviewed), "unreviewed: nobody has decided on it"),
    (Sign::Status(Status::Verified), "verified"),
    (Sign::Status(Status::Unverified), "unverified"),
    (Sign::Status(Status::Refuted), "refuted"),
    (Sign::Status(Status::Disputed), "disputed"),
    (Sign::Status(Status::NotAClaim), "not a claim"),
    (Sign::Later, "on the later pile"),
    (Sign::Changed, "its words are new in this version of the article"),
    (Sign::Hidden, "hidden: in no deck but is:hidden"),
    (Sign::Mode(Mode::Direct), "direct: in quotation marks, which stand in the article"),
    (Sign::Mode(Mode::Mixed), "mixed: partly in quotation marks"),
    (Sign::Mode(Mode::Indirect), "indirect: told in the article's words, asserted by a source"),
    (Sign::Marked, "a source that is marked, to be joined into another"),
];

/// What help calls them.
pub(super) const LEGEND_TITLE: &str = "marks: the legend of decks and lists";
