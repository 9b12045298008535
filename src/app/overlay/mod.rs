//! What floats over a screen: one variant each, with what is typed in it. It gets all keys while it is open.

mod all;
mod choose;
mod cut;
mod decks;
mod evidence;
mod grade;
mod join;
mod legend;
mod motion;
mod names;
mod related;
mod span;
mod whole;
mod write;

use std::collections::BTreeSet;

use super::actions::{self, Action};
use super::completion::Completion;
use super::field::Field;
use super::key::{Code, Key};
use super::msg::{Answer, Effect, Ticket};
use super::state::{App, Wait};
use super::welcome::{self, Welcome};
use crate::domain::{ClaimId, Count, Evidence};

pub use all::All;
pub(super) use all::open as open_all;
pub use cut::Cut;
pub use decks::Decks;
pub(super) use decks::{name as name_deck, open as open_decks};
pub(super) use evidence::open as open_evidence;
pub use span::Span;
pub use whole::Whole;
pub(super) use whole::open as open_whole;
pub(super) use write::keep_written;

pub use choose::{HelpRow, help_rows, letters_in, palette_rows};
pub use grade::Graded;
pub use join::Join;
pub use legend::Sign;
pub use names::Names;
pub(super) use names::open as open_names;
pub use related::{Offer, RelatedList};

/// What floats over a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// Words to search for; the deck narrows as they are typed.
    Search {
        /// What is typed.
        field: Field,
        /// What was searched for before.
        before: String,
        /// Where the search began.
        from: Option<ClaimId>,
        /// What could stand at the cursor.
        completion: Completion,
    },
    /// Letters of a source's name; the ledger narrows as they are typed.
    FindSource {
        /// What is typed.
        field: Field,
        /// What was looked for before.
        before: String,
    },
    /// The query that chooses the deck.
    Filter {
        /// What is typed.
        field: Field,
        /// What is wrong with it.
        problem: Option<Problem>,
        /// How many claims it selects.
        count: Option<Count>,
        /// The count that is waited for.
        asked: Option<Ticket>,
        /// What could stand at the cursor.
        completion: Completion,
    },
    /// A note on a claim.
    Note {
        /// On which.
        claim: ClaimId,
        /// What is typed.
        field: Field,
        /// What it was.
        before: String,
    },
    /// A piece of evidence, in one line.
    Evidence {
        /// For or against which claim.
        claim: ClaimId,
        /// What is typed.
        field: Field,
        /// What is wrong with it.
        problem: Option<&'static str>,
        /// The piece whose place it takes.
        replaces: Option<Evidence>,
    },
    /// The evidence of the current claim, to change.
    EvidenceList {
        /// Whose.
        claim: ClaimId,
        /// The chosen piece.
        cursor: usize,
    },
    /// One act on all claims of the deck.
    All(All),
    /// Decks to choose from.
    Decks(Decks),
    /// The name under which the deck is kept.
    DeckName {
        /// As far as it is typed.
        field: Field,
    },
    /// The ends of a claim's words, to move.
    Span(Span),
    /// Where a claim is split.
    Cut(Cut),
    /// Who asserts a claim that is added.
    Added {
        /// Its words.
        span: Span,
        /// As far as it is typed.
        field: Field,
    },
    /// A part of a claim or of a decision on it, in one line.
    Line {
        /// Of which claim.
        claim: ClaimId,
        /// What is typed.
        part: Part,
        /// As far as it is typed.
        field: Field,
        /// What is wrong with it.
        problem: Option<&'static str>,
    },
    /// The tags of a claim, in one line.
    Tags {
        /// Of which.
        claim: ClaimId,
        /// What is typed.
        field: Field,
        /// What they were.
        before: BTreeSet<String>,
    },
    /// A scale of grades.
    Grade(Graded),
    /// Names of sources that are about to be joined.
    Join(Join),
    /// The names that were joined into a source.
    Names(Names),
    /// All keys.
    Help {
        /// What narrows them down.
        field: Field,
        /// The first row shown.
        top: usize,
    },
    /// All actions by name.
    Palette {
        /// What is looked for.
        field: Field,
        /// The chosen row.
        cursor: usize,
    },
    /// Where one was, what came in since, what is left.
    Welcome(Welcome),
    /// The claims that are related to the current one.
    Related(RelatedList),
    /// The claim with all that is known about it.
    Claim(Whole),
}

/// What one line can say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who asserts it.
    Source,
    /// The words that tie it to its source.
    Cue,
    /// Why it is hidden.
    Hide,
    /// Why it is verified with fewer sources than are asked for.
    Gate,
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The byte where it is.
    pub at: usize,
    /// What was expected.
    pub message: String,
}

/// The field of an overlay that has one, borrowed as the overlay is.
macro_rules! field_of {
    ($overlay:expr) => {
        match $overlay {
            Overlay::Search { field, .. }
            | Overlay::FindSource { field, .. }
            | Overlay::Filter { field, .. }
            | Overlay::Note { field, .. }
            | Overlay::Evidence { field, .. }
            | Overlay::Line { field, .. }
            | Overlay::Added { field, .. }
            | Overlay::DeckName { field }
            | Overlay::Tags { field, .. }
            | Overlay::Help { field, .. }
            | Overlay::Palette { field, .. }
            | Overlay::All(All { field, .. }) => Some(field),
            Overlay::Claim(_)
            | Overlay::Cut(_)
            | Overlay::Decks(_)
            | Overlay::EvidenceList { .. }
            | Overlay::Grade(_)
            | Overlay::Join(_)
            | Overlay::Names(_)
            | Overlay::Related(_)
            | Overlay::Span(_)
            | Overlay::Welcome(_) => None,
        }
    };
}

impl Overlay {
    /// Opens the filter with this written in it.
    pub(super) fn open_filter(app: &mut App, written: String) -> Vec<Effect> {
        app.overlay = Some(Self::Filter {
            field: Field::line(written),
            problem: None,
            count: None,
            asked: None,
            completion: Completion::default(),
        });
        changed(app)
    }

    /// Opens the scale of a source.
    pub(super) fn open_grade(app: &mut App, source: String) -> Vec<Effect> {
        grade::open_source(app, source)
    }

    /// The field that is typed in, where there is one.
    pub fn field(&self) -> Option<&Field> {
        field_of!(self)
    }

    /// What is wrong with a query that is typed.
    pub fn problem(&self) -> Option<Problem> {
        match self {
            Self::Search { field, .. } => write::search_problem(field.text()),
            Self::Filter { problem, .. } => problem.clone(),
            _ => None,
        }
    }

    /// What completes a query, and the field that it is typed in.
    fn completed(&mut self) -> Option<(&mut Completion, &mut Field)> {
        match self {
            Self::Search { completion, field, .. }
            | Self::Filter { completion, field, .. }
            | Self::All(All { completion, field, .. }) => Some((completion, field)),
            _ => None,
        }
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        field_of!(self)
    }
}

/// Gives a key to the overlay.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    if matches!(app.overlay, Some(Overlay::Welcome(_))) {
        return welcome::key(app, key);
    }
    match app.overlay {
        Some(Overlay::EvidenceList { .. }) => return evidence::key(app, key),
        Some(Overlay::Span(_)) => return span::key(app, key),
        Some(Overlay::Cut(_)) => return cut::key(app, key),
        Some(Overlay::Related(_)) => return related::key(app, key),
        Some(Overlay::Decks(_)) => return decks::key(app, key),
        Some(Overlay::Names(_)) => return names::key(app, key),
        Some(Overlay::Join(_)) => return join::key(app, key),
        _ => {}
    }
    match key.code {
        Code::Tab | Code::BackTab => return complete(app, key.code == Code::BackTab),
        Code::Esc => return cancel(app),
        Code::Enter if !key.alt => return accept(app),
        _ => {}
    }
    if let Some(Overlay::Grade(graded)) = app.overlay.clone() {
        return grade::key(app, &graded, key);
    }
    if choose::scrolled(app, key) {
        return Vec::new();
    }
    let Some(field) = app.overlay.as_mut().and_then(Overlay::field_mut) else { return plain_key(app, key) };
    let before = field.text().len();
    let typed = field.key(key);
    if before == 0 && key.code == Code::Backspace {
        return cancel(app);
    }
    if typed { changed(app) } else { Vec::new() }
}

/// Gives a pasted text to the overlay.
pub(super) fn paste(app: &mut App, pasted: &str) -> Vec<Effect> {
    let Some(field) = app.overlay.as_mut().and_then(Overlay::field_mut) else { return Vec::new() };
    field.paste(pasted);
    changed(app)
}

/// Puts a text in the place of what is typed.
pub(super) fn replace(app: &mut App, text: &str) -> Vec<Effect> {
    let Some(field) = app.overlay.as_mut().and_then(Overlay::field_mut) else { return Vec::new() };
    field.replace(0..field.text().len(), "");
    paste(app, text)
}

/// Gives an answer that an overlay asked for to it; `false` where it asked for none such.
pub(super) fn answer(app: &mut App, ticket: Ticket, answer: &Answer) -> bool {
    if let Some(Overlay::Welcome(welcome)) = &mut app.overlay
        && welcome.asked == ticket
    {
        welcome.news = if let Answer::News(news) = answer { Some(*news) } else { None };
        return true;
    }
    if let Some((completion, field)) = app.overlay.as_mut().and_then(Overlay::completed)
        && completion.take(ticket, answer, field)
    {
        return true;
    }
    if [grade::answer, names::answer, whole::answer].iter().any(|takes| takes(app, ticket, answer)) {
        return true;
    }
    if let Some(Overlay::Decks(decks)) = &mut app.overlay
        && decks.asked == Some(ticket)
    {
        decks::answer(decks, answer);
        return true;
    }
    if let Some(Overlay::All(all)) = &mut app.overlay
        && all.asked == Some(ticket)
    {
        all.asked = None;
        if let Answer::Count(tally) = answer {
            all.count = Some(tally.total);
        }
        return true;
    }
    let Some(Overlay::Filter { asked, count, problem, .. }) = &mut app.overlay else { return false };
    if *asked != Some(ticket) {
        return false;
    }
    *asked = None;
    match answer {
        Answer::Count(tally) => *count = Some(tally.total),
        Answer::Refused(message) => *problem = Some(Problem { at: 0, message: message.clone() }),
        _ => {}
    }
    true
}

/// A key in an overlay without a field: what closes it, or an action of the screen below.
fn plain_key(app: &mut App, key: Key) -> Vec<Effect> {
    let action: Option<&Action> = app.action_for(key);
    app.overlay = None;
    match action {
        Some(action) if action.name != "quit" && action.name != "whole-claim" => super::update::run(app, action),
        _ => Vec::new(),
    }
}

/// Puts the next of what could stand at the cursor there.
fn complete(app: &mut App, back: bool) -> Vec<Effect> {
    let Some((completion, field)) = app.overlay.as_mut().and_then(Overlay::completed) else { return Vec::new() };
    match completion.step(field, back) {
        true if completion.is_single() => changed(app),
        true if matches!(app.overlay, Some(Overlay::All(_))) => all::counted_anew(app),
        true => write::query_changed(app),
        false => Vec::new(),
    }
}

fn changed(app: &mut App) -> Vec<Effect> {
    match &mut app.overlay {
        Some(Overlay::All(_)) => all::changed(app),
        Some(Overlay::FindSource { field, .. }) => {
            let letters = field.text().to_owned();
            actions::find_sources(app, letters)
        }
        Some(Overlay::Search { field, .. } | Overlay::Filter { field, .. }) => {
            let field = field.clone();
            let (found, wish) = Completion::of(app, &field);
            if let Some((completion, _)) = app.overlay.as_mut().and_then(Overlay::completed) {
                *completion = found;
            }
            write::query_changed(app).into_iter().chain(wish).collect()
        }
        Some(Overlay::Evidence { problem, .. } | Overlay::Line { problem, .. }) => {
            *problem = None;
            Vec::new()
        }
        Some(Overlay::Palette { cursor: row, .. } | Overlay::Help { top: row, .. }) => {
            *row = 0;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn cancel(app: &mut App) -> Vec<Effect> {
    match app.overlay.take() {
        Some(Overlay::Search { before, from, .. }) if app.search != before || app.wait.is_some() => {
            app.anchor = from;
            let deck = app.deck.clone();
            actions::ask_here(app, deck, before, actions::Ask::default())
        }
        Some(Overlay::FindSource { before, field }) if before != field.text() => actions::find_sources(app, before),
        Some(Overlay::Note { claim, field, before }) if field.text().trim() != before.trim() => {
            app.draft = Some((claim, field.text().to_owned()));
            app.said = super::Said::Info("the note is not saved · n goes on writing it".to_owned());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn accept(app: &mut App) -> Vec<Effect> {
    match app.overlay.take() {
        Some(wrong @ Overlay::Search { .. }) if wrong.problem().is_some() => {
            app.overlay = Some(wrong);
            Vec::new()
        }
        Some(Overlay::Search { .. }) => {
            // The answer to what was typed last may still be on its way: from now on keys wait for it.
            if let Some(Wait::Seek(sought)) = &mut app.wait {
                sought.holds = true;
            }
            Vec::new()
        }
        Some(Overlay::Filter { problem: None, field, .. }) => write::apply_filter(app, field.text()),
        Some(wrong @ Overlay::Filter { .. }) => {
            app.overlay = Some(wrong);
            Vec::new()
        }
        Some(Overlay::Note { claim, field, before }) => write::save_note(app, claim, field.text(), &before),
        Some(Overlay::Evidence { claim, field, replaces, .. }) => evidence::accept(app, claim, field, replaces),
        Some(Overlay::DeckName { field }) => decks::accept_name(app, &field),
        Some(Overlay::All(all)) => all::accept(app, all),
        Some(Overlay::Added { span, field }) => actions::add(app, &span, field.text()),
        Some(Overlay::Line { claim, part, field, .. }) => actions::take_line(app, claim, part, field),
        Some(Overlay::Tags { claim, field, before }) => write::save_tags(app, claim, field.text(), &before),
        Some(Overlay::Palette { field, cursor }) => choose::run_chosen(app, field.text(), cursor),
        Some(
            Overlay::Grade(_)
            | Overlay::FindSource { .. }
            | Overlay::Help { .. }
            | Overlay::Claim(_)
            | Overlay::Cut(_)
            | Overlay::Decks(_)
            | Overlay::EvidenceList { .. }
            | Overlay::Join(_)
            | Overlay::Names(_)
            | Overlay::Related(_)
            | Overlay::Span(_)
            | Overlay::Welcome(_),
        )
        | None => Vec::new(),
    }
}
