//! Finding: search, filter, order, and the claim in full.

use super::super::completion::Completion;
use super::super::field::Field;
use super::super::msg::Effect;
use super::super::overlay::{Overlay, RelatedList, name_deck, open_decks, open_whole};
use super::super::related;
use super::super::state::{App, Said};
use super::moves::{Ask, ask_here};
use super::{Action, Context, never, no_claim};
use crate::domain::{Deck, Order};

pub(super) const SEARCH: Action = Action {
    name: "search",
    context: Context::Review,
    keys: &["/"],
    help: "search words in claims, titles and sources; Esc goes back to the whole deck",
    brief: None,
    blocked: never,
    run: |app| {
        let (before, from) = (app.search.clone(), app.anchor);
        app.overlay = Some(Overlay::Search {
            field: Field::line(before.clone()),
            before,
            from,
            completion: Completion::default(),
        });
        Vec::new()
    },
};

pub(super) const FILTER: Action = Action {
    name: "filter",
    context: Context::Review,
    keys: &["f"],
    help: "choose the deck in the query language, as in status:unreviewed worth:>0.6",
    brief: None,
    blocked: never,
    run: |app| {
        let mut written = app.deck.query.clone();
        if !written.is_empty() {
            written.push(' ');
        }
        Overlay::open_filter(app, written)
    },
};

pub(super) const DECKS: Action = Action {
    name: "decks",
    context: Context::Review,
    keys: &["F"],
    help: "choose a deck: worth first, for later, changed, in dispute, hidden, or one that was given a name",
    brief: None,
    blocked: never,
    run: open_decks,
};

pub(super) const SAVE_DECK: Action = Action {
    name: "save-deck",
    context: Context::Review,
    keys: &[],
    help: "give the deck a name, to choose it again under decks",
    brief: None,
    blocked: never,
    run: name_deck,
};

pub(super) const ORDER: Action = Action {
    name: "order",
    context: Context::Review,
    keys: &["s"],
    help: "next order: article, worth, source, newest",
    brief: None,
    blocked: never,
    run: |app| {
        let place = Order::ALL.iter().position(|o| *o == app.deck.order).unwrap_or_default();
        let order = Order::ALL[(place + 1) % Order::ALL.len()];
        let deck = Deck { order, ..app.deck.clone() };
        let search = app.search.clone();
        app.said = Said::Info(format!("ordered by {order}"));
        ask_here(app, deck, search, Ask::default())
    },
};

pub(super) const WHOLE: Action = Action {
    name: "whole-claim",
    context: Context::Review,
    keys: &["Enter"],
    help: "the claim with all that is known about it",
    brief: None,
    blocked: no_claim,
    run: |app| match app.current().map(|claim| claim.id) {
        Some(id) => open_whole(app, id),
        None => Vec::new(),
    },
};

pub(super) const RELATED: Action = Action {
    name: "related",
    context: Context::Review,
    keys: &["R"],
    help: "claims of other articles that say the same or contradict it, side by side; decide on all at once",
    brief: None,
    blocked: |app| {
        let none = app.related().is_some_and(|related| related.claims.is_empty());
        no_claim(app).or_else(|| none.then_some("no claim of another article is related to this one"))
    },
    run: |app| {
        app.overlay = Some(Overlay::Related(RelatedList::default()));
        Vec::new()
    },
};

pub(super) const JUMP_BACK: Action = Action {
    name: "jump-back",
    context: Context::Review,
    keys: &["b"],
    help: "back to where a related claim was gone to from",
    brief: None,
    blocked: |app| app.trail.is_empty().then_some("nowhere to go back to: R shows related claims, Enter goes to one"),
    run: related::jump_back,
};

pub(super) const OPEN: Action = Action {
    name: "open-link",
    context: Context::Review,
    keys: &["o"],
    help: "open the newest evidence that is a link, else the article's url",
    brief: None,
    blocked: |app| no_claim(app).or_else(|| link(app).is_none().then_some("neither evidence nor article has a link")),
    run: |app| {
        let Some(link) = link(app) else { return Vec::new() };
        app.said = Said::Info(format!("opening {link}"));
        vec![Effect::Open(link)]
    },
};

/// A link to open: only to the web, since what a page of evidence or an article calls a link may be anything.
fn link(app: &App) -> Option<String> {
    let claim = app.current()?;
    let state = app.state_of(claim);
    let evidence = state.evidence.iter().rev().map(|e| e.url.as_str());
    let is_web = |url: &&str| {
        let whole = url.chars().all(|c| !c.is_control() && !c.is_whitespace());
        whole && (url.starts_with("https://") || url.starts_with("http://"))
    };
    evidence.chain(claim.article.meta.url.as_deref()).find(is_web).map(str::to_owned)
}

pub(super) const COPY: Action = Action {
    name: "copy",
    context: Context::Review,
    keys: &["y"],
    help: "copy the claim with its attribution, through the terminal",
    brief: None,
    blocked: no_claim,
    run: copy,
};

fn copy(app: &mut App) -> Vec<Effect> {
    let Some(claim) = app.current() else { return Vec::new() };
    let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(|s| s.best_name());
    let meta = &claim.article.meta;
    let from = [source, meta.outlet.as_deref(), meta.title.as_deref(), meta.url.as_deref(), meta.published.as_deref()];
    let from: Vec<_> = from.into_iter().flatten().collect();
    let text = format!("{}\n— {} [{}]", claim.text, from.join(", "), claim.id);
    // Whether the terminal takes it can't be known: so not "copied".
    app.said = Said::Info("sent to the terminal's clipboard".to_owned());
    vec![Effect::Copy(text)]
}
