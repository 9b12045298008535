//! One act on all claims of the deck: what is typed says which, and the count says on how many before it is done.

use super::super::completion::Completion;
use super::super::field::Field;
use super::super::keymap::nearest;
use super::super::msg::{Effect, Ticket};
use super::super::state::{App, Asked, Open, Wait};
use super::Overlay;
use crate::domain::{Act, Count, Deck, Status};

/// The words that an act begins with beside those of the statuses.
const OTHERS: [&str; 3] = ["later", "tag", "untag"];
/// The words that let an act touch what somebody has decided.
const OVER: &str = "even decided";

/// What is to be done to all claims of the deck.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct All {
    /// What is typed.
    pub field: Field,
    /// Claims that it would be done to.
    pub count: Option<Count>,
    /// What is wrong with what is typed.
    pub problem: Option<String>,
    /// What could stand at the cursor.
    pub completion: Completion,
    pub(super) asked: Option<Ticket>,
}

impl All {
    /// Whether it is to be done to claims that somebody has decided on.
    pub fn is_over(&self) -> bool {
        self.field.text().trim().ends_with(OVER)
    }

    /// The word that it begins with, and what follows.
    fn words(&self) -> (&str, &str) {
        let typed = self.field.text().trim();
        let typed = typed.strip_suffix(OVER).unwrap_or(typed).trim();
        typed.split_once(char::is_whitespace).unwrap_or((typed, ""))
    }

    /// What is to be done.
    fn act(&self) -> Option<Act> {
        let (word, rest) = self.words();
        let tag = Some(rest.trim().to_owned()).filter(|tag| !tag.is_empty() && !tag.contains(char::is_whitespace));
        match word {
            "tag" => Some(Act::Tag { tag: tag? }),
            "untag" => Some(Act::Untag { tag: tag? }),
            "later" if rest.is_empty() => Some(Act::Later { later: true }),
            status => status.parse::<Status>().ok().filter(|_| rest.is_empty()).map(|status| Act::Status { status }),
        }
    }
}

/// The words that an act begins with.
pub(in crate::app) fn beginnings() -> Vec<&'static str> {
    Status::ALL.into_iter().map(Status::word).chain(OTHERS).collect()
}

/// What is wrong with something that is no act.
fn no_act(all: &All) -> String {
    let (word, rest) = all.words();
    let known = beginnings();
    match word {
        "" => format!("what? {}", known.join(", ")),
        "tag" | "untag" => format!("{word} takes one word, as in {word} flood"),
        known_word if known.contains(&known_word) => format!("\"{rest}\" after {word}: expected nothing, or {OVER}"),
        _ => match nearest(word, known.iter().copied()) {
            Some(meant) => format!("\"{word}\": did you mean {meant}? Tab completes"),
            None => format!("\"{word}\": expected {}", known.join(", ")),
        },
    }
}

/// Opens the line and counts.
pub(in crate::app) fn open(app: &mut App) -> Vec<Effect> {
    app.overlay = Some(Overlay::All(All::default()));
    changed(app)
}

/// Counts anew: what is typed may let decided claims in.
pub(super) fn changed(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::All(all)) = &mut app.overlay else { return Vec::new() };
    all.completion = Completion::among(&beginnings(), &all.field);
    counted_anew(app)
}

/// The same, with what completes it as it is.
pub(super) fn counted_anew(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    let deck = app.deck_with(&app.deck, &app.search);
    let Some(Overlay::All(all)) = &mut app.overlay else { return Vec::new() };
    all.problem = None;
    all.count = None;
    all.asked = Some(ticket);
    let deck = if all.is_over() { deck } else { undecided(deck) };
    vec![Effect::CountAll { ticket, deck }]
}

/// Does it, or says what is expected.
pub(super) fn accept(app: &mut App, all: All) -> Vec<Effect> {
    let problem = match (all.act(), all.count) {
        (None, _) => no_act(&all),
        (_, None) => "the claims are still being counted".to_owned(),
        (_, Some(Count { n: 0, .. })) => "there is no such claim in this deck".to_owned(),
        (Some(act), Some(_)) => return decide_all(app, act, all.is_over()),
    };
    app.overlay = Some(Overlay::All(All { problem: Some(problem), ..all }));
    Vec::new()
}

fn decide_all(app: &mut App, act: Act, over: bool) -> Vec<Effect> {
    let ticket = app.ticket();
    let deck = app.deck_with(&app.deck, &app.search);
    let acts = vec![act];
    app.open.push(Open { ticket, asked: Asked::All { acts: acts.clone() } });
    // Keys wait: what they would act on is about to change.
    app.wait = Some(Wait::Return(ticket));
    vec![Effect::DecideAll { ticket, query: deck.query, acts, over }]
}

fn undecided(deck: Deck) -> Deck {
    let query = match deck.query.trim() {
        "" => "status:unreviewed".to_owned(),
        query => format!("({query}) status:unreviewed"),
    };
    Deck { query, ..deck }
}
