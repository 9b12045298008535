//! What comes in and what goes out: messages change the `App`, effects are wishes that the runtime grants.

use std::sync::Arc;

use super::key::Key;
use super::keymap::Keymap;
use super::layout::Layout;
use super::pointer::Pointer;
use super::reading::Reading;
use crate::domain::{
    Act, ArticleId, ArticleInfo, ClaimId, ClaimState, Count, Decision, Deck, Ledger, Moment, NamedDeck, News, Page,
    Progress, RelatedClaims, Seek, Session, SourceAct, SourceDecision, SourceInfo, SourcePage, SourceSeek, Stats,
};

/// Ties an answer to what was asked. Later askings have larger numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// What time it is; comes before the keys of one frame.
    Time(Moment),
    /// A key was pressed.
    Key(Key),
    /// The mouse did something.
    Pointer(Pointer),
    /// An action was asked for by its name.
    Do(String),
    /// What stands in the field that is typed in is to be this.
    Replace(String),
    /// A text was pasted.
    Paste(String),
    /// The terminal has this size now, in columns and rows.
    Resize(u16, u16),
    /// The store's answer.
    Answer(Ticket, Answer),
    /// The config was read again.
    Configured(Box<Configured>),
    /// Something outside the store did not work, in words.
    Failed(String),
    /// Something outside asks to end: open decisions are waited for.
    Leave,
}

/// What of the config the application itself heeds.
#[derive(Clone, Debug)]
pub struct Configured {
    /// Which keys do what.
    pub keymap: Keymap,
    /// How the panes lie.
    pub layout: Layout,
    /// Independent sources that a verified claim is to have.
    pub gate: u8,
}

impl PartialEq for Configured {
    fn eq(&self, other: &Self) -> bool {
        (self.layout, self.gate) == (other.layout, other.gate)
    }
}

/// What the store says to what it was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A stretch of the deck.
    Page(Page),
    /// It is durable, and these claims now stand so.
    Saved(Vec<Saved>),
    /// These acts were taken back or done again, it is durable, and these claims now stand so.
    Undone(Vec<Act>, Vec<Saved>),
    /// The decks that were given a name.
    Decks(Vec<NamedDeck>),
    /// It is durable on so many claims.
    SavedAll(u64),
    /// It could not be done, and why.
    Refused(String),
    /// An article to read.
    Article(Arc<Reading>),
    /// How many claims a deck has, and how many of them stand before a claim.
    Count(Tally),
    /// How much of the store is reviewed.
    Progress(Progress),
    /// All counts.
    Stats(Box<Stats>),
    /// What came in since, and what is left.
    News(News),
    /// The claims of an article around one of them.
    Neighbours(Page),
    /// A claim's related claims.
    Related(Arc<RelatedClaims>),
    /// Every decision on a claim, first to last.
    History(Vec<Decision>),
    /// Values of a field of the query language.
    Values(Vec<String>),
    /// A stretch of the list of articles.
    Articles(Vec<ArticleInfo>),
    /// A stretch of the ledger of sources.
    Sources(SourcePage),
    /// These acts were taken back or done again, if any were, it is durable, and the source now stands so.
    SavedSource(Vec<(String, SourceAct)>, Box<SourceInfo>),
    /// The decisions on a source and on the names joined into it, first to last.
    SourceHistory(Vec<SourceDecision>),
    /// This analyst's sessions, last worked in first.
    Sessions(Vec<Session>),
    /// The session worked in from now on.
    Session(Session),
}

/// A claim whose decision is durable.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// The claim.
    pub claim: ClaimId,
    /// The shortest beginning of its id that is no other claim's, as every command prints it.
    pub short_id: String,
    /// How it stands now.
    pub state: ClaimState,
}

/// How large a deck is, and where in it a claim stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Claims of the deck.
    pub total: Count,
    /// Claims before the one that was asked about; none where that is not known.
    pub before: Option<Count>,
}

/// A wish. Those with a ticket end in exactly one answer; reads that a later one of their kind has overtaken may end in none.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named after their types")]
pub enum Effect {
    /// Read a stretch of the deck.
    Page { ticket: Ticket, deck: Deck, seek: Seek, limit: usize },
    /// Add decisions, all or none.
    Decide { ticket: Ticket, claim: ClaimId, acts: Vec<Act> },
    /// Add the same decision on each of these claims, all or none.
    DecideGroup { ticket: Ticket, claims: Vec<ClaimId>, act: Act },
    /// Add decisions on sources, all or none.
    DecideSources { ticket: Ticket, acts: Vec<(String, SourceAct)> },
    /// Read the decisions on a claim.
    History { ticket: Ticket, claim: ClaimId },
    /// Read the decisions on a source.
    SourceHistory { ticket: Ticket, source: String },
    /// Add decisions on several claims, all or none.
    DecideEach { ticket: Ticket, acts: Vec<(ClaimId, Act)> },
    /// Do the same to all claims that a query selects, to decided ones only where `over` says so.
    DecideAll { ticket: Ticket, query: String, acts: Vec<Act>, over: bool },
    /// Count all claims of a deck, however many.
    CountAll { ticket: Ticket, deck: Deck },
    /// Take this analyst's last decision back.
    Undo { ticket: Ticket },
    /// Take the last undo back.
    Redo { ticket: Ticket },
    /// Read an article.
    Article { ticket: Ticket, id: ArticleId },
    /// Read so many claims of this article on either side of one, in the order of its text.
    Neighbours { ticket: Ticket, article: ArticleId, claim: ClaimId, limit: usize },
    /// Count a deck's claims, and those before a claim.
    Count { ticket: Ticket, deck: Deck, before: Option<ClaimId> },
    /// Count what is reviewed.
    Progress { ticket: Ticket },
    /// Find the claims of other articles that are related to this one.
    Related { ticket: Ticket, claim: ClaimId },
    /// Read all counts.
    Stats { ticket: Ticket },
    /// Count what came in since a moment.
    News { ticket: Ticket, since: Moment },
    /// List values of a field of the query language that begin so.
    Values { ticket: Ticket, field: &'static str, beginning: String, limit: usize },
    /// List the articles after this one, or from the first.
    Articles { ticket: Ticket, after: Option<ArticleId>, limit: usize },
    /// Read a stretch of the ledger of sources.
    Sources { ticket: Ticket, ledger: Ledger, seek: SourceSeek, limit: usize },
    /// List this analyst's sessions.
    Sessions { ticket: Ticket },
    /// Work in this session from now on, or in a new one over the deck.
    OpenSession { ticket: Ticket, choice: Pass },
    /// List the decks that were given a name.
    Decks { ticket: Ticket },
    /// Keep a deck under its name.
    SaveDeck(NamedDeck),
    /// Forget the deck with this name.
    DropDeck(String),
    /// Remember where the analyst stands.
    SavePlace { deck: Deck, place: Option<ClaimId> },
    /// Hand a text to the terminal's clipboard.
    Copy(String),
    /// Give this text to the analyst's editor; what comes back is to stand in the field.
    Editor(String),
    /// Open a link with what the desktop opens links with.
    Open(String),
    /// Give the terminal back to the shell until it is wanted again.
    Suspend,
    /// Read the config again.
    Reload,
    /// Draw everything anew, whatever the terminal shows.
    Redraw,
    /// End.
    Quit,
}

/// Which session to work in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// This one.
    Resume(uuid::Uuid),
    /// A new one over this deck.
    New(Deck),
}
