//! Decks to choose from: those that every store offers, and those that were given a name.

use super::super::actions::{Ask, ask_here};
use super::super::field::Field;
use super::super::key::{Code, Key};
use super::super::msg::{Answer, Effect, Ticket};
use super::super::state::{App, Said};
use super::{Overlay, choose};
use crate::domain::{Deck, NamedDeck, Order};

/// Name, query and order of decks that are always at hand.
const OFFERED: [(&str, &str, Order); 6] = [
    ("everything", "", Order::Article),
    ("worth first", "status:unreviewed", Order::Worth),
    ("for later", "is:later", Order::Article),
    ("changed", "is:changed", Order::Newest),
    ("in dispute", "has:conflict OR status:disputed", Order::Article),
    ("hidden", "is:hidden", Order::Article),
];
/// Letters of a name at most.
const LONGEST: usize = 60;

/// Decks to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Decks {
    /// Those offered, then those with a name of their own.
    pub rows: Vec<NamedDeck>,
    /// The chosen one.
    pub cursor: usize,
    pub(super) asked: Option<Ticket>,
}

impl Decks {
    fn is_named(&self) -> bool {
        self.cursor >= OFFERED.len()
    }
}

/// Opens the list and asks for the decks with a name.
pub(in crate::app) fn open(app: &mut App) -> Vec<Effect> {
    let ticket = app.ticket();
    let offered = |(name, query, order): (&str, &str, Order)| NamedDeck {
        name: name.to_owned(),
        deck: Deck { query: query.to_owned(), order },
    };
    let rows: Vec<_> = OFFERED.into_iter().map(offered).collect();
    let cursor = rows.iter().position(|row| row.deck == app.deck).unwrap_or_default();
    app.overlay = Some(Overlay::Decks(Decks { rows, cursor, asked: Some(ticket) }));
    vec![Effect::Decks { ticket }]
}

/// Opens the line for the name of the deck that is reviewed.
pub(in crate::app) fn name(app: &mut App) -> Vec<Effect> {
    app.overlay = Some(Overlay::DeckName { field: Field::line("") });
    Vec::new()
}

/// Takes the decks with a name.
pub(super) fn answer(decks: &mut Decks, answer: &Answer) {
    decks.asked = None;
    if let Answer::Decks(named) = answer {
        decks.rows.truncate(OFFERED.len());
        decks.rows.extend(named.iter().cloned());
        decks.cursor = decks.cursor.min(decks.rows.len().saturating_sub(1));
    }
}

/// Gives a key to the list.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let Some(Overlay::Decks(mut decks)) = app.overlay.take() else { return Vec::new() };
    let last = decks.rows.len().saturating_sub(1);
    match (key.code, key.typed()) {
        (Code::Esc, _) | (_, Some('q')) => return Vec::new(),
        (Code::Enter, _) => return review(app, &decks),
        (_, Some('a')) => return name(app),
        (Code::Delete, _) | (_, Some('x')) if decks.is_named() => {
            let gone = decks.rows.remove(decks.cursor);
            decks.cursor = decks.cursor.min(decks.rows.len().saturating_sub(1));
            app.overlay = Some(Overlay::Decks(decks));
            return vec![Effect::DropDeck(gone.name)];
        }
        (Code::Delete, _) | (_, Some('x')) => app.said = Said::Info("this deck is always offered".to_owned()),
        _ => decks.cursor = choose::row_after(key, decks.cursor, last),
    }
    app.overlay = Some(Overlay::Decks(decks));
    Vec::new()
}

fn review(app: &mut App, decks: &Decks) -> Vec<Effect> {
    let Some(chosen) = decks.rows.get(decks.cursor) else { return Vec::new() };
    let (name, deck) = (chosen.name.clone(), chosen.deck.clone());
    if deck.query.is_empty() {
        app.opened = None;
        app.said = Said::Info(format!("deck: {name}"));
    } else {
        if deck != app.deck {
            app.remember_deck();
        }
        app.said = Said::Info(format!("deck: {name} · Esc goes back to the one before"));
    }
    ask_here(app, deck, String::new(), Ask::default())
}

/// Keeps the deck that is reviewed under the name that was typed.
pub(super) fn accept_name(app: &mut App, field: &Field) -> Vec<Effect> {
    let name: String = field.text().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect();
    if name.is_empty() {
        return Vec::new();
    }
    let deck = app.deck_with(&app.deck, &app.search);
    app.said = Said::Info(format!("this deck is kept as “{name}”"));
    vec![Effect::SaveDeck(NamedDeck { name, deck })]
}
