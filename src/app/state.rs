//! Everything on screen, in one value.
//!
//! What is shown of a claim is what the store last said and the decisions still on their way, laid over it in order;
//! nothing else writes it. Changed only by `update`.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use super::actions::Action;
use super::completion::has_field;
use super::key::Key;
use super::keymap::Keymap;
use super::layout::Layout;
use super::listing::Listing;
use super::msg::{Tally, Ticket};
use super::neighbours::Neighbours;
use super::overlay::Overlay;
use super::reading::Reading;
use super::related::{Relatives, Trail};
use super::sources::Sources;
use super::statistics::Statistics;
use super::window::{Stand, Window};
use super::work::Work;
use crate::domain::{
    Act, ArticleId, ArticleInfo, Claim, ClaimId, ClaimState, Deck, Moment, Progress, Query, Reliability, Session,
    SourceAct, SourceInfo, Status,
};

/// Everything on screen.
#[derive(Debug)]
pub struct App {
    pub(super) store_name: String,
    pub(super) now: Moment,
    pub(super) began: Moment,
    pub(super) utc_offset: i32,
    pub(super) size: (u16, u16),
    pub(super) session: Session,
    pub(super) keymap: Arc<Keymap>,
    pub(super) layout: Layout,
    pub(super) gate: u8,
    pub(super) blind: bool,
    pub(super) dragging: bool,
    /// Rows that the article is scrolled, and beside which claim.
    pub(super) scrolled: (Option<ClaimId>, isize),
    pub(super) screen: Screen,
    pub(super) overlay: Option<Overlay>,
    pub(super) deck: Deck,
    pub(super) search: String,
    pub(super) window: Option<Window>,
    /// The last claim stood on: where an emptied deck goes on.
    pub(super) anchor: Option<ClaimId>,
    pub(super) open: Vec<Open>,
    pub(super) wait: Option<Wait>,
    pub(super) held: VecDeque<Key>,
    pub(super) extending: Option<Ticket>,
    /// Whether the page asked for goes after the window, or before it.
    pub(super) ahead: bool,
    pub(super) readings: VecDeque<Arc<Reading>>,
    pub(super) asked_article: Option<(Ticket, ArticleId)>,
    /// An article that the store could not give.
    pub(super) unreadable: Option<ArticleId>,
    pub(super) asked_count: Option<Ticket>,
    pub(super) counted_before: Option<ClaimId>,
    pub(super) tally: Option<Tally>,
    pub(super) asked_progress: Option<Ticket>,
    pub(super) progress: Option<Progress>,
    pub(super) relatives: Relatives,
    pub(super) neighbours: Neighbours,
    pub(super) trail: Trail,
    pub(super) articles: Listing<ArticleInfo>,
    /// Set while rows that follow those listed are asked for.
    pub(super) articles_after: Option<ArticleId>,
    pub(super) sources: Sources,
    pub(super) statistics: Statistics,
    pub(super) sessions: Listing<Session>,
    /// What the deck was opened from, to go back to.
    pub(super) opened: Option<Opened>,
    /// A note begun and left, so that `n` finds it again.
    pub(super) draft: Option<(ClaimId, String)>,
    pub(super) work: Work,
    pub(super) placed: Option<(Deck, Option<ClaimId>)>,
    pub(super) said: Said,
    pub(super) leaving: bool,
    pub(super) ended: bool,
    pub(super) tickets: u64,
}

/// What the review starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// What the store is called on screen.
    pub store_name: String,
    /// The session to go on in.
    pub session: Session,
    /// What time it is.
    pub now: Moment,
    /// When something was loaded last, where anything was.
    pub last_load: Option<Moment>,
    /// Seconds that the local time is ahead of UTC.
    pub utc_offset: i32,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Which keys do what.
    pub keymap: Keymap,
    /// How the panes lie.
    pub layout: Layout,
    /// Independent sources that a verified claim is to have; 0 asks for none.
    pub gate: u8,
    /// Whether the store keeps what others decided on a claim out of sight until this analyst has decided on it.
    pub blind: bool,
}

/// A screen, by its number key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The deck beside the article.
    #[default]
    Review,
    /// All articles.
    Articles,
    /// All sources.
    Sources,
    /// Counts.
    Statistics,
    /// All sessions of this analyst.
    Sessions,
}

/// What was asked of the store and is not answered yet, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Ends with the answer that carries it.
    pub ticket: Ticket,
    /// What was asked.
    pub asked: Asked,
}

/// What changes the store.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Decisions on one claim.
    Acts {
        /// On which.
        claim: ClaimId,
        /// What, in order.
        acts: Vec<Act>,
    },
    /// One decision on each of several claims.
    Group {
        /// On which.
        claims: Vec<ClaimId>,
        /// What.
        act: Act,
    },
    /// Decisions on sources.
    Sources {
        /// On which, and what.
        acts: Vec<(String, SourceAct)>,
    },
    /// The same on all claims of a deck.
    All {
        /// What.
        acts: Vec<Act>,
    },
    /// Take the last decision back.
    Undo,
    /// Take the last undo back.
    Redo,
}

/// Where the analyst was before a deck was chosen, or a list's row opened as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opened {
    /// The list, or the review where decks are chosen.
    pub(super) from: Screen,
    /// The deck that was open before.
    pub(super) deck: Deck,
    /// The claim stood on in it.
    pub(super) anchor: Option<ClaimId>,
}

/// What keys wait for, so that they act on what the analyst will see when they act, however slow the store is.
#[derive(Clone, Debug, PartialEq)]
pub enum Wait {
    /// A deck asked anew, or another place in it.
    Seek(Sought),
    /// The page past the edge, to go so many claims further.
    Edge(isize),
    /// An undo or redo that says where the eye goes.
    Return(Ticket),
    /// Another session.
    Session(Ticket),
    /// The article, to choose words of it.
    Article(Opening),
}

/// What words of an article are chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// To edit the current claim.
    Edit,
    /// To split it.
    Split,
    /// To add a claim beside it.
    Add,
}

/// A stretch of a deck that was asked for and replaces the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    pub(super) ticket: Ticket,
    pub(super) deck: Deck,
    pub(super) search: String,
    pub(super) stand: Stand,
    /// What to say where the answer is empty and the window therefore stays; none lets the window be empty.
    pub(super) or_say: Option<&'static str>,
    /// Whether keys wait for it; a search that is being typed goes on.
    pub(super) holds: bool,
}

/// The last word on the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// It is on disk.
    Saved(String),
    /// Something to know.
    Info(String),
    /// Something did not work.
    Problem(String),
}

impl App {
    /// A screen with nothing read yet; `update::start` asks for the rest.
    pub(super) fn new(start: Start) -> Self {
        Self {
            store_name: start.store_name,
            now: start.now,
            began: start.now,
            utc_offset: start.utc_offset,
            size: start.size,
            deck: start.session.deck.clone(),
            anchor: start.session.place,
            session: start.session,
            keymap: Arc::new(start.keymap),
            layout: start.layout,
            gate: start.gate,
            blind: start.blind,
            dragging: false,
            scrolled: (None, 0),
            screen: Screen::Review,
            overlay: None,
            search: String::new(),
            window: None,
            open: Vec::new(),
            wait: None,
            held: VecDeque::new(),
            extending: None,
            ahead: false,
            readings: VecDeque::new(),
            asked_article: None,
            unreadable: None,
            asked_count: None,
            counted_before: None,
            tally: None,
            asked_progress: None,
            progress: None,
            relatives: Relatives::default(),
            neighbours: Neighbours::default(),
            trail: Trail::default(),
            articles: Listing::default(),
            articles_after: None,
            sources: Sources::default(),
            statistics: Statistics::default(),
            sessions: Listing::default(),
            opened: None,
            draft: None,
            work: Work::default(),
            placed: None,
            said: Said::Nothing,
            leaving: false,
            ended: false,
            tickets: 0,
        }
    }

    /// What the store is called.
    pub fn store_name(&self) -> &str {
        &self.store_name
    }

    /// Who decides.
    pub fn analyst(&self) -> &str {
        &self.session.analyst
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// A moment as local clocks show it: its calendar day and time of day read as if they were UTC.
    pub fn local(&self, moment: Moment) -> Moment {
        Moment(moment.0.saturating_add(self.utc_offset.into()))
    }

    /// The screen that is open.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// What floats over it.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// Filter and order, without what is searched for.
    pub fn deck(&self) -> &Deck {
        &self.deck
    }

    /// The words searched for; empty where none are.
    pub fn search(&self) -> &str {
        &self.search
    }

    /// The claims around the cursor; none before the store has answered.
    pub fn window(&self) -> Option<&Window> {
        self.window.as_ref()
    }

    /// The claim that the analyst looks at.
    pub fn current(&self) -> Option<&Claim> {
        self.window.as_ref()?.current()
    }

    /// The article of the current claim, where it has arrived.
    pub fn reading(&self) -> Option<&Reading> {
        let wanted = self.current()?.article.id;
        self.readings.iter().find(|r| r.info.id == wanted).map(AsRef::as_ref)
    }

    /// The claim's state as it is shown: stored, then open decisions in order.
    pub fn state_of<'c>(&self, claim: &'c Claim) -> Cow<'c, ClaimState> {
        let mut shown = Cow::Borrowed(&claim.state);
        for act in self.open_on(claim.id) {
            shown.to_mut().apply(act, &self.session.analyst, self.now);
        }
        shown
    }

    /// The claim as it is shown: edited as the store has it, then by open decisions, then as its ends are being moved.
    pub fn shown<'c>(&self, claim: &'c Claim) -> Cow<'c, Claim> {
        let moved = match &self.overlay {
            Some(Overlay::Span(span)) if span.claim == claim.id && !span.adds => {
                self.reading().map(|reading| span.excerpt(reading))
            }
            Some(Overlay::Cut(cut)) if cut.claim == claim.id => self.reading().map(|reading| cut.excerpt(reading)),
            _ => None,
        };
        if moved.is_none() && !self.open_on(claim.id).any(|act| matches!(act, Act::Edit(_))) {
            return Cow::Borrowed(claim);
        }
        let mut state = self.state_of(claim).into_owned();
        state.edit.words = moved.or(state.edit.words);
        let mut shown = claim.clone();
        shown.set_state(state);
        // Only its words: what was decided is said by `state_of`.
        shown.state = claim.state.clone();
        Cow::Owned(shown)
    }

    /// The claim's status as it is shown, without copying its state.
    pub fn status_of(&self, claim: &Claim) -> Status {
        let newest = self.open_on(claim.id).filter_map(|act| match act {
            Act::Status { status } => Some(*status),
            _ => None,
        });
        newest.last().unwrap_or(claim.state.status)
    }

    /// The source's grade as it is shown: stored, then open decisions in order.
    pub fn reliability_of(&self, source: &SourceInfo) -> Option<Reliability> {
        let mut grades = self.open.iter().rev().filter_map(|open| match &open.asked {
            Asked::Sources { acts } => acts.iter().rev().find_map(|(name, act)| match act {
                SourceAct::Reliability { reliability } if *name == source.name => Some(*reliability),
                _ => None,
            }),
            _ => None,
        });
        grades.next().unwrap_or(source.reliability)
    }

    /// Whether the claim has a decision that the store has not confirmed.
    pub fn is_open(&self, claim: ClaimId) -> bool {
        self.open_on(claim).next().is_some()
    }

    /// How many askings to change the store have no answer yet.
    pub fn unsaved(&self) -> usize {
        self.open.len()
    }

    /// What was asked and is not answered yet.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    /// The last word on the status line.
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Claims of the deck, and how many stand before the cursor, where known.
    pub fn tally(&self) -> Option<Tally> {
        self.tally
    }

    /// How much of the store is reviewed.
    pub fn progress(&self) -> Option<Progress> {
        self.progress
    }

    /// The list of articles.
    pub fn articles(&self) -> &Listing<ArticleInfo> {
        &self.articles
    }

    /// The ledger of sources.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The statistics.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The list of sessions.
    pub fn sessions(&self) -> &Listing<Session> {
        &self.sessions
    }

    /// The session worked in.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Which keys do what.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// How the panes lie.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Independent sources that a verified claim is to have; 0 asks for none.
    pub fn gate(&self) -> u8 {
        self.gate
    }

    /// Whether what others decided on a claim is out of sight until this analyst has decided on it.
    pub fn is_blind(&self) -> bool {
        self.blind
    }

    /// Rows that the article is scrolled from where its current claim puts it.
    pub fn scroll(&self) -> isize {
        let (claim, rows) = self.scrolled;
        if claim == self.current().map(|c| c.id) { rows } else { 0 }
    }

    /// The place of the chosen row in the list that is open; of the statistics, the first row shown.
    pub fn chosen_row(&self) -> usize {
        match self.screen {
            Screen::Review => self.window.as_ref().map_or(0, Window::cursor),
            Screen::Articles => self.articles.cursor(),
            Screen::Sources => self.sources.cursor(),
            Screen::Sessions => self.sessions.cursor(),
            Screen::Statistics => self.statistics.top(),
        }
    }

    /// Whether less than the whole store is reviewed, or a deck that was chosen: there is something that Esc leads out of.
    pub fn is_narrowed(&self) -> bool {
        !self.search.is_empty() || self.opened.is_some() || !self.deck.query.trim().is_empty()
    }

    /// Remembers where to go back to from a deck that is about to be opened: where the first of several began.
    pub(super) fn remember_deck(&mut self) {
        self.opened = Some(match self.opened.take() {
            Some(before) => Opened { from: self.screen, ..before },
            None => Opened { from: self.screen, deck: self.deck.clone(), anchor: self.anchor },
        });
    }

    /// Whether the analyst asked to end and decisions are still on their way.
    pub fn leaving(&self) -> bool {
        self.leaving
    }

    /// Keys that wait for the store.
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Whether what is on screen waits for the store: a frame drawn a moment later says more.
    pub fn is_reading(&self) -> bool {
        let lacks = |window: &Window| self.extending.is_some() && window.lacks(self.rows()) != (false, false);
        let lacks_history = matches!(&self.overlay, Some(Overlay::Claim(whole)) if whole.history.is_none());
        let asked = self.asked_article.is_some() || self.neighbours.are_asked();
        self.wait.is_some() || asked || lacks_history || self.window.as_ref().is_none_or(lacks)
    }

    /// Whether the store holds no claim at all.
    pub fn store_is_empty(&self) -> bool {
        self.progress.is_some_and(|p| p.claims == 0)
    }

    /// The action that a key starts here.
    pub fn action_for(&self, key: Key) -> Option<&'static Action> {
        self.keymap.action(self.screen, key)
    }

    /// The deck as the store is asked for it: the filter and the words searched for.
    pub(super) fn deck_with(&self, deck: &Deck, search: &str) -> Deck {
        let query = match (deck.query.trim(), words_of(search).as_str()) {
            (filter, "") => filter.to_owned(),
            ("", words) => words.to_owned(),
            (filter, words) => format!("({filter}) ({words})"),
        };
        Deck { query, order: deck.order }
    }

    /// What the store is asked for: filter and search in the query language.
    pub fn query(&self) -> String {
        self.deck_with(&self.deck, &self.search).query
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Rows of the screen, at least those of a small one.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.size.1).max(24)
    }

    /// Claims in one page of the store: more than fit on the screen.
    pub(super) fn page_size(&self) -> usize {
        (usize::from(self.size.1) * 2).clamp(64, 256)
    }

    fn open_on(&self, id: ClaimId) -> impl Iterator<Item = &Act> {
        self.open
            .iter()
            .filter_map(move |open| match &open.asked {
                Asked::Acts { claim, acts } if *claim == id => Some(acts.as_slice()),
                Asked::Group { claims, act } if claims.contains(&id) => Some(std::slice::from_ref(act)),
                _ => None,
            })
            .flatten()
    }
}

/// What is searched for, in the query language: words alone are taken as they are, and the last one may not be typed to
/// its end yet. With a field in it, it is a query.
fn words_of(search: &str) -> String {
    if has_field(search) && Query::parse(search).is_ok() {
        return search.trim().to_owned();
    }
    let words: Vec<_> = search.split_whitespace().map(|w| w.replace('"', "")).filter(|w| !w.is_empty()).collect();
    let mut words = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
    if !words.is_empty() && !search.ends_with(char::is_whitespace) {
        words.push('*');
    }
    words
}
