//! The ledger of sources: to list, order and narrow it, and to open a source's claims.

use super::super::field::Field;
use super::super::msg::Effect;
use super::super::overlay::{Join, Overlay, open_names};
use super::super::state::{App, Said, Screen};
use super::super::window::Stand;
use super::screens::open_deck;
use super::{Action, Context, never};
use crate::domain::{Ledger, LedgerOrder, SourceSeek};

pub(super) const LEDGER: Action = Action {
    name: "sources-screen",
    context: Context::Anywhere,
    keys: &["3"],
    help: "all sources, with what became of their claims",
    brief: None,
    blocked: never,
    run: |app| {
        app.screen = Screen::Sources;
        list(app)
    },
};

pub(super) const OPEN: Action = Action {
    name: "open-source",
    context: Context::Sources,
    keys: &["Enter"],
    help: "review the claims of this source; Esc comes back",
    brief: Some("open"),
    blocked: |app| match app.sources.chosen() {
        None => Some("no source is chosen"),
        Some(source) if phrase(&source.name).is_none() => Some("its name has no letter to find it by"),
        Some(_) => None,
    },
    run: |app| {
        let Some(source) = app.sources.chosen() else { return Vec::new() };
        match phrase(&source.name) {
            Some(phrase) => open_deck(app, phrase),
            None => Vec::new(),
        }
    },
};

/// The query for the claims of this source and no other.
fn phrase(name: &str) -> Option<String> {
    const MARKS: [char; 3] = ['"', '“', '”'];
    if !name.contains(MARKS) && name.trim() == name && !name.is_empty() {
        return Some(format!("source:=\"{name}\""));
    }
    // Marks end the phrase: such a name is found by its words.
    let words = name.replace(MARKS, " ");
    words.chars().any(char::is_alphanumeric).then(|| format!("source:\"{}\"", words.trim()))
}

pub(super) const FIND: Action = Action {
    name: "find-source",
    context: Context::Sources,
    keys: &["/"],
    help: "find sources by letters of their names; Esc goes back to all",
    brief: Some("find"),
    blocked: never,
    run: |app| {
        let before = app.sources.ledger().letters.clone();
        app.overlay = Some(Overlay::FindSource { field: Field::line(before.clone()), before });
        Vec::new()
    },
};

pub(super) const ORDER: Action = Action {
    name: "order-sources",
    context: Context::Sources,
    keys: &["s"],
    help: "next order of sources: claims, name, share refuted",
    brief: Some("order"),
    blocked: never,
    run: |app| {
        let mut order = app.sources.ledger().order.next();
        if app.is_blind() && order == LedgerOrder::Refuted {
            // It would tell of what others decided.
            order = order.next();
        }
        let ledger = Ledger { order, ..app.sources.ledger().clone() };
        app.said = Said::Info(format!("ordered by {}", ledger.order));
        ask(app, ledger, SourceSeek::First)
    },
};

pub(super) const GRADE: Action = Action {
    name: "grade-source",
    context: Context::Sources,
    keys: &["a"],
    help: "grade how reliable the source is, A to F, and see who did before",
    brief: Some("grade"),
    blocked: |app| app.sources.chosen().is_none().then_some("no source is chosen"),
    run: |app| match app.sources.chosen().map(|source| source.name.clone()) {
        Some(name) => Overlay::open_grade(app, name),
        None => Vec::new(),
    },
};

pub(super) const MARK: Action = Action {
    name: "mark-source",
    context: Context::Sources,
    keys: &["Space"],
    help: "mark the source, to join it into another; again takes the mark off, Esc all marks",
    brief: Some("mark"),
    blocked: |app| app.sources.chosen().is_none().then_some("no source is chosen"),
    run: |app| {
        app.sources.mark();
        app.said = match app.sources.marked().len() {
            0 => Said::Info("nothing is marked".to_owned()),
            1 => Said::Info("1 marked · on its other name, M joins it".to_owned()),
            marked => Said::Info(format!("{marked} marked · on their other name, M joins them")),
        };
        app.sources.step(1);
        Vec::new()
    },
};

pub(super) const JOIN: Action = Action {
    name: "join-sources",
    context: Context::Sources,
    keys: &["M"],
    help: "join the marked sources into the chosen one: other names of the same, counted and found as one",
    brief: Some("join"),
    blocked: |app| match app.sources.chosen() {
        None => Some("no source is chosen"),
        Some(_) if app.sources.marked().is_empty() => {
            Some("no source is marked: Space marks one, then M on its other name")
        }
        Some(source) if app.sources.marked().iter().all(|name| source.is_called(name)) => {
            Some("this is the marked source: go to its other name")
        }
        Some(_) => None,
    },
    run: |app| {
        let Some(into) = app.sources.chosen().cloned() else { return Vec::new() };
        let names = app.sources.marked().iter().filter(|name| !into.is_called(name)).cloned().collect();
        app.overlay = Some(Overlay::Join(Join { names, into: into.name }));
        Vec::new()
    },
};

pub(super) const SPLIT: Action = Action {
    name: "split-source",
    context: Context::Sources,
    keys: &["S"],
    help: "the names that were joined into the source, and to make one a source of its own again",
    brief: Some("split"),
    blocked: |app| match app.sources.chosen() {
        None => Some("no source is chosen"),
        Some(source) if source.joined.is_empty() => Some("no other name was joined into this source"),
        Some(_) => None,
    },
    run: open_names,
};

/// Reads the ledger anew around the chosen source: decisions made since may have moved it.
pub(super) fn list(app: &mut App) -> Vec<Effect> {
    let chosen = app.sources.chosen().map(|source| source.name.clone());
    list_around(app, chosen)
}

/// Reads the ledger anew around this source, or from the first.
pub(in crate::app) fn list_around(app: &mut App, source: Option<String>) -> Vec<Effect> {
    let seek = source.map_or(SourceSeek::First, SourceSeek::Around);
    ask(app, app.sources.ledger().clone(), seek)
}

/// Lists the sources with these letters in their names.
pub(in crate::app) fn find(app: &mut App, letters: String) -> Vec<Effect> {
    let chosen = app.sources.chosen().map(|source| source.name.clone());
    // Back from what was found, the eye stays on it.
    let seek = chosen.filter(|_| letters.is_empty()).map_or(SourceSeek::First, SourceSeek::Around);
    ask(app, Ledger { letters, ..app.sources.ledger().clone() }, seek)
}

/// The page past the edge, once the cursor nears it.
pub(in crate::app) fn more(app: &mut App) -> Vec<Effect> {
    let margin = usize::from(app.size.1).max(24);
    match app.sources.wants(margin).filter(|_| app.screen == Screen::Sources) {
        Some(seek) => ask(app, app.sources.ledger().clone(), seek),
        None => Vec::new(),
    }
}

pub(super) fn end(app: &mut App, stand: Stand) -> Vec<Effect> {
    let last = stand == Stand::Last;
    if app.sources.step_to_end(last) {
        return Vec::new();
    }
    ask(app, app.sources.ledger().clone(), if last { SourceSeek::Last } else { SourceSeek::First })
}

fn ask(app: &mut App, ledger: Ledger, seek: SourceSeek) -> Vec<Effect> {
    let ticket = app.ticket();
    app.sources.ask(ticket, ledger.clone(), seek.clone());
    vec![Effect::Sources { ticket, ledger, seek, limit: app.page_size() }]
}
