//! The other claims of the article that is read, where the deck's own order or filter leaves them out: how each stands is
//! marked beside the text.

use super::msg::{Effect, Ticket};
use super::state::{App, Screen};
use crate::domain::{Claim, ClaimId, ClaimState, Order, Page};

/// The stretch of the article's claims that is known.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// The claim around which they were asked for last.
    around: Option<ClaimId>,
    asked: Option<Ticket>,
    page: Page,
}

impl Neighbours {
    /// Whether an answer is to come.
    pub(super) fn are_asked(&self) -> bool {
        self.asked.is_some()
    }

    pub(super) fn take(&mut self, ticket: Ticket, page: Page) {
        if self.asked.take_if(|asked| *asked == ticket).is_some() {
            self.page = page;
        }
    }

    pub(super) fn refused(&mut self, ticket: Ticket) {
        self.asked.take_if(|asked| *asked == ticket);
    }

    /// A claim stands so now.
    pub(super) fn set_state(&mut self, claim: ClaimId, state: &ClaimState) {
        if let Some(own) = self.page.claims.iter_mut().find(|c| c.id == claim) {
            own.set_state(state.clone());
        }
    }

    /// More than a few claims may have changed: they are to be read again.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether so many claims on either side of this one are known, or all that there are.
    fn cover(&self, claim: ClaimId, margin: usize) -> bool {
        let Page { claims, at_start, at_end } = &self.page;
        let place = claims.iter().position(|c| c.id == claim);
        place.is_some_and(|at| (at >= margin || *at_start) && (at + margin < claims.len() || *at_end))
    }
}

impl App {
    /// The claims that are known of the article that is read: those of the deck, and those that it leaves out.
    pub fn claims_of_article(&self) -> impl Iterator<Item = &Claim> {
        let article = self.current().map(|claim| claim.article.id);
        let deck = self.window.iter().flat_map(|window| window.claims());
        deck.chain(&self.neighbours.page.claims).filter(move |claim| Some(claim.article.id) == article)
    }
}

/// Asks for the claims around the current one, where the deck doesn't have them.
pub(super) fn ask_neighbours(app: &mut App) -> Option<Effect> {
    let has_all = app.deck.order == Order::Article && app.deck.query.trim().is_empty() && app.search.trim().is_empty();
    let claim = app.current().filter(|_| app.screen == Screen::Review && !has_all)?;
    let (claim, article) = (claim.id, claim.article.id);
    let margin = app.rows();
    if app.neighbours.around == Some(claim) || app.neighbours.cover(claim, margin / 2) {
        return None;
    }
    let ticket = app.ticket();
    app.neighbours.around = Some(claim);
    app.neighbours.asked = Some(ticket);
    Some(Effect::Neighbours { ticket, article, claim, limit: margin })
}
