//! The list of related claims: choosing one, going to it, and offering a decision to the whole group.

use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::related::jump;
use super::super::state::{App, Asked, Open, Said};
use super::{Overlay, choose};
use crate::app::actions::Action;
use crate::domain::{Act, ClaimId, Related, Status};

/// The list as it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelatedList {
    /// The chosen row.
    pub cursor: usize,
    /// A decision that was asked for and waits for a yes.
    pub offer: Option<Offer>,
}

/// A status for several claims, before it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub status: Status,
    /// Whether it is for the chosen claim alone.
    pub only_chosen: bool,
    /// For exactly these, none of which is decided.
    pub claims: Vec<ClaimId>,
}

/// A key on the list.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let rows = app.related().map_or(0, |related| related.claims.len());
    let action = app.action_for(key);
    let Some(Overlay::Related(list)) = &mut app.overlay else { return Vec::new() };
    if choose::step_of(key) != 0 {
        list.cursor = choose::row_after(key, list.cursor, rows.saturating_sub(1));
        list.offer = None;
        return Vec::new();
    }
    match (key.code, list.offer.take()) {
        (Code::Esc, Some(_)) => Vec::new(),
        (Code::Enter, Some(offer)) => accept(app, offer),
        (_, Some(offer)) if key.typed() == Some(' ') => propose(app, offer.status, !offer.only_chosen),
        (Code::Enter, None) => go(app),
        _ => match action.and_then(status_of) {
            Some(status) => propose(app, status, false),
            None => leave(app, action),
        },
    }
}

/// The claim of the chosen row.
fn chosen(app: &App) -> Option<&Related> {
    let Some(Overlay::Related(list)) = &app.overlay else { return None };
    app.related()?.claims.get(list.cursor)
}

fn go(app: &mut App) -> Vec<Effect> {
    let to = chosen(app).map(|related| related.claim.id);
    app.overlay = None;
    to.map_or(Vec::new(), |claim| jump(app, claim))
}

/// Any other key closes the list; one of the review's does what it does there.
fn leave(app: &mut App, action: Option<&'static Action>) -> Vec<Effect> {
    app.overlay = None;
    match action {
        Some(action) if action.name != "quit" && action.name != "related" => super::super::update::run(app, action),
        _ => Vec::new(),
    }
}

/// The status that an action gives.
fn status_of(action: &Action) -> Option<Status> {
    Status::ALL.into_iter().find(|status| *status != Status::Unreviewed && status.word() == action.name)
}

/// Shows for how many claims a status would be; nothing is decided yet. What somebody has decided on is left alone, and so
/// is what contradicts the claim or tells of another time: it needn't stand as the claim does.
fn propose(app: &mut App, status: Status, only_chosen: bool) -> Vec<Effect> {
    let undecided = |claim: &crate::domain::Claim| app.status_of(claim) == Status::Unreviewed;
    let claims: Vec<ClaimId> = if only_chosen {
        chosen(app).map(|r| &r.claim).filter(|claim| undecided(claim)).map(|claim| claim.id).into_iter().collect()
    } else {
        let related = app.related().map(|related| related.claims.iter()).into_iter().flatten();
        let agreeing = related.filter(|r| r.agrees()).map(|r| &r.claim);
        app.current().into_iter().chain(agreeing).filter(|claim| undecided(claim)).map(|claim| claim.id).collect()
    };
    if let Some(Overlay::Related(list)) = &mut app.overlay {
        list.offer = Some(Offer { status, only_chosen, claims });
    }
    Vec::new()
}

fn accept(app: &mut App, offer: Offer) -> Vec<Effect> {
    if offer.claims.is_empty() {
        app.said = Said::Info("nothing decided".to_owned());
        return Vec::new();
    }
    let ticket = app.ticket();
    let act = Act::Status { status: offer.status };
    app.open.push(Open { ticket, asked: Asked::Group { claims: offer.claims.clone(), act: act.clone() } });
    vec![Effect::DecideGroup { ticket, claims: offer.claims, act }]
}
