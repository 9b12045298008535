//! Related claims as they arrive, those of the last claims looked at kept; and the way back from one that was gone to.

use std::collections::VecDeque;
use std::sync::Arc;

use super::actions::{Ask, ask};
use super::msg::{Effect, Ticket};
use super::overlay::Overlay;
use super::state::{App, Said, Screen};
use crate::domain::{ClaimId, ClaimState, Deck, RelatedClaims, Seek};

/// Claims whose related ones are kept.
const KEPT: usize = 32;
/// Steps back that are kept.
const STEPS: usize = 64;

/// What is known of related claims.
#[derive(Debug, Default)]
pub(super) struct Relatives {
    asked: Option<(Ticket, ClaimId)>,
    known: VecDeque<Arc<RelatedClaims>>,
}

impl Relatives {
    fn of(&self, claim: ClaimId) -> Option<&RelatedClaims> {
        self.known.iter().find(|related| related.of == claim).map(AsRef::as_ref)
    }

    pub(super) fn take(&mut self, ticket: Ticket, found: Arc<RelatedClaims>) {
        self.asked.take_if(|(asked, _)| *asked == ticket);
        self.known.retain(|related| related.of != found.of);
        self.known.push_front(found);
        self.known.truncate(KEPT);
    }

    /// Kept as none, so that it isn't asked for again at every key.
    pub(super) fn refused(&mut self, ticket: Ticket) {
        if let Some((_, claim)) = self.asked.take_if(|(asked, _)| *asked == ticket) {
            let none = RelatedClaims { of: claim, claims: Vec::new(), origins: Vec::new() };
            self.take(ticket, Arc::new(none));
        }
    }

    /// A claim stands so now.
    pub(super) fn set_state(&mut self, claim: ClaimId, state: &ClaimState) {
        for related in &mut self.known {
            if related.claims.iter().any(|r| r.claim.id == claim) {
                let found = Arc::make_mut(related);
                let same = found.claims.iter_mut().filter(|r| r.claim.id == claim);
                same.for_each(|r| r.claim.state.clone_from(state));
            }
        }
    }
}

/// Where related claims were gone to from, the last at the end.
#[derive(Debug, Default)]
pub(super) struct Trail(VecDeque<(Deck, String, ClaimId)>);

impl Trail {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl App {
    /// The claims related to the current one; none before they are found.
    pub fn related(&self) -> Option<&RelatedClaims> {
        self.relatives.of(self.current()?.id)
    }
}

/// Asks for the claims related to the current one, where that is looked at.
pub(super) fn ask_related(app: &mut App) -> Option<Effect> {
    let elsewhere = app.screen != Screen::Review || matches!(app.overlay, Some(Overlay::Welcome(_)));
    let claim = app.current().map(|c| c.id).filter(|_| !elsewhere)?;
    if app.relatives.of(claim).is_some() || app.relatives.asked.is_some_and(|(_, asked)| asked == claim) {
        return None;
    }
    let ticket = app.ticket();
    app.relatives.asked = Some((ticket, claim));
    Some(Effect::Related { ticket, claim })
}

/// Goes to a claim of another article. Where the deck leaves it out, the deck gives way to all claims.
pub(super) fn jump(app: &mut App, claim: ClaimId) -> Vec<Effect> {
    if let Some(here) = app.current().map(|c| c.id) {
        app.trail.0.push_back((app.deck.clone(), app.search.clone(), here));
        if app.trail.0.len() > STEPS {
            app.trail.0.pop_front();
        }
    }
    if let Some(window) = &mut app.window
        && let Some(place) = window.place_of(claim)
    {
        window.stand_at(place);
        app.said = Said::Info("b goes back".to_owned());
        return Vec::new();
    }
    let left_behind = !app.deck.query.trim().is_empty() || !app.search.is_empty();
    app.said =
        Said::Info(if left_behind { "all claims, without the filter · b goes back" } else { "b goes back" }.to_owned());
    let deck = Deck { query: String::new(), order: app.deck.order };
    ask(app, deck, String::new(), Seek::From(claim), Ask::default())
}

/// Goes back to where the last related claim was gone to from, to the same deck.
pub(super) fn jump_back(app: &mut App) -> Vec<Effect> {
    let Some((deck, search, claim)) = app.trail.0.pop_back() else { return Vec::new() };
    ask(app, deck, search, Seek::From(claim), Ask::default())
}
