//! Deciding: one key each, saved at once, then on to the next claim.

use super::super::field::Field;
use super::super::msg::Effect;
use super::super::overlay::{Graded, Overlay, Part, open_evidence};
use super::super::state::{App, Asked, Open, Screen, Wait};
use super::moves::step;
use super::{Action, Context, never, no_claim, open_line};
use crate::domain::{Act, ClaimId, SourceAct, Status};

pub(super) const VERIFIED: Action = Action {
    name: "verified",
    context: Context::Review,
    keys: &["v"],
    help: "verified: evidence supports it",
    brief: Some("verified"),
    blocked: no_claim,
    run: |app| if short_of_sources(app) { open_line(app, Part::Gate) } else { decide_status(app, Status::Verified) },
};

pub(super) const UNVERIFIED: Action = Action {
    name: "unverified",
    context: Context::Review,
    keys: &["u"],
    help: "unverified: looked at, can't be confirmed",
    brief: Some("unverified"),
    blocked: no_claim,
    run: |app| decide_status(app, Status::Unverified),
};

pub(super) const REFUTED: Action = Action {
    name: "refuted",
    context: Context::Review,
    keys: &["r"],
    help: "refuted: evidence contradicts it",
    brief: Some("refuted"),
    blocked: no_claim,
    run: |app| decide_status(app, Status::Refuted),
};

pub(super) const DISPUTED: Action = Action {
    name: "disputed",
    context: Context::Review,
    keys: &["d"],
    help: "disputed: credible sources disagree",
    brief: None,
    blocked: no_claim,
    run: |app| decide_status(app, Status::Disputed),
};

pub(super) const NOT_A_CLAIM: Action = Action {
    name: "not-a-claim",
    context: Context::Review,
    keys: &["x"],
    help: "not a claim: nothing in it can be checked",
    brief: None,
    blocked: no_claim,
    run: |app| decide_status(app, Status::NotAClaim),
};

pub(super) const REOPEN: Action = Action {
    name: "reopen",
    context: Context::Review,
    keys: &["Backspace"],
    help: "back to unreviewed",
    brief: None,
    blocked: |app| {
        no_claim(app).or_else(|| {
            let status = app.current().map(|c| app.status_of(c));
            (status == Some(Status::Unreviewed)).then_some("the claim is unreviewed as it is")
        })
    },
    run: |app| decide_here(app, vec![Act::Status { status: Status::Unreviewed }]),
};

pub(super) const LATER: Action = Action {
    name: "later",
    context: Context::Review,
    keys: &["l"],
    help: "put on the later pile, or take off it",
    brief: None,
    blocked: no_claim,
    run: |app| {
        let later = app.current().is_some_and(|c| !app.state_of(c).later);
        let mut effects = decide_here(app, vec![Act::Later { later }]);
        if later {
            effects.extend(step(app, 1));
        }
        effects
    },
};

pub(super) const UNDO: Action = Action {
    name: "undo",
    context: Context::Anywhere,
    keys: &["z"],
    help: "take your last decision back, of this session or an earlier one",
    brief: None,
    blocked: never,
    run: |app| go_back(app, Asked::Undo),
};

pub(super) const REDO: Action = Action {
    name: "redo",
    context: Context::Anywhere,
    keys: &["Z"],
    help: "do again what was taken back",
    brief: None,
    blocked: never,
    run: |app| go_back(app, Asked::Redo),
};

pub(super) const NOTE: Action = Action {
    name: "note",
    context: Context::Review,
    keys: &["n"],
    help: "write a note",
    brief: None,
    blocked: no_claim,
    run: open_note,
};

pub(super) const NOTE_IN_EDITOR: Action = Action {
    name: "note-in-editor",
    context: Context::Always,
    keys: &["Ctrl-o"],
    help: "write the note in your editor, as VISUAL or EDITOR names it; back here, Enter saves it",
    brief: None,
    blocked: |app| match app.overlay {
        Some(Overlay::Note { .. }) => None,
        // Where actions are looked up, it is told what could be done without them.
        None | Some(Overlay::Help { .. } | Overlay::Palette { .. }) if app.screen == Screen::Review && !app.leaving => {
            no_claim(app)
        }
        _ => Some("the editor is for notes: on a claim, n begins one"),
    },
    run: |app| {
        if !matches!(app.overlay, Some(Overlay::Note { .. })) {
            open_note(app);
        }
        let written = app.overlay.as_ref().and_then(Overlay::field).map(|field| field.text().to_owned());
        written.map(Effect::Editor).into_iter().collect()
    },
};

fn open_note(app: &mut App) -> Vec<Effect> {
    let Some(claim) = app.current() else { return Vec::new() };
    let before = app.state_of(claim).note.clone().unwrap_or_default();
    let id = claim.id;
    let begun = app.draft.take().filter(|(of, _)| *of == id).map(|(_, text)| text);
    let field = Field::lines(begun.unwrap_or_else(|| before.clone()));
    app.overlay = Some(Overlay::Note { claim: id, field, before });
    Vec::new()
}

pub(super) const EVIDENCE: Action = Action {
    name: "evidence",
    context: Context::Review,
    keys: &["e"],
    help: "evidence: add a link, file or quotation, or change and remove what is there",
    brief: None,
    blocked: no_claim,
    run: |app| {
        let Some(claim) = app.current().map(|c| c.id) else { return Vec::new() };
        open_evidence(app, claim)
    },
};

pub(super) const TAGS: Action = Action {
    name: "tags",
    context: Context::Review,
    keys: &["t"],
    help: "set the tags",
    brief: None,
    blocked: no_claim,
    run: |app| {
        let Some(claim) = app.current() else { return Vec::new() };
        let before = app.state_of(claim).tags.clone();
        let mut written = before.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        if !written.is_empty() {
            written.push(' ');
        }
        app.overlay = Some(Overlay::Tags { claim: claim.id, field: Field::line(written), before });
        Vec::new()
    },
};

pub(super) const CREDIBILITY: Action = Action {
    name: "credibility",
    context: Context::Review,
    keys: &["c"],
    help: "grade how credible the claim is, 1 to 6, whoever says it",
    brief: None,
    blocked: no_claim,
    run: |app| {
        let Some(claim) = app.current() else { return Vec::new() };
        let before = app.state_of(claim).credibility;
        app.overlay = Some(Overlay::Grade(Graded::Claim { claim: claim.id, before }));
        Vec::new()
    },
};

/// Sends decisions on sources on their way, which are taken back together.
pub(in crate::app) fn decide_sources(app: &mut App, acts: Vec<(String, SourceAct)>) -> Vec<Effect> {
    let ticket = app.ticket();
    app.open.push(Open { ticket, asked: Asked::Sources { acts: acts.clone() } });
    vec![Effect::DecideSources { ticket, acts }]
}

/// Sends decisions on a claim on their way; they are shown from now on.
pub(in crate::app) fn decide(app: &mut App, claim: ClaimId, acts: Vec<Act>) -> Vec<Effect> {
    let ticket = app.ticket();
    app.open.push(Open { ticket, asked: Asked::Acts { claim, acts: acts.clone() } });
    vec![Effect::Decide { ticket, claim, acts }]
}

/// The same for acts on several claims, which are taken back together.
pub(in crate::app) fn decide_each(app: &mut App, acts: Vec<(ClaimId, Act)>) -> Vec<Effect> {
    let ticket = app.ticket();
    for (claim, act) in acts.iter().cloned() {
        app.open.push(Open { ticket, asked: Asked::Acts { claim, acts: vec![act] } });
    }
    vec![Effect::DecideEach { ticket, acts }]
}

fn decide_here(app: &mut App, acts: Vec<Act>) -> Vec<Effect> {
    match app.current().map(|c| c.id) {
        Some(claim) => decide(app, claim, acts),
        None => Vec::new(),
    }
}

/// Whether the gate asks for a reason: the claim has fewer independent sources than a verified one is to have.
fn short_of_sources(app: &App) -> bool {
    app.current().is_some_and(|c| app.state_of(c).supporters() < usize::from(app.gate))
}

/// What a reason given at the gate leads to. It is kept as a note, under the one that is there.
pub(super) fn verified_because(note: Option<&str>, reason: &str) -> Vec<Act> {
    let lines = [note, Some(reason)];
    let note = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    vec![Act::Status { status: Status::Verified }, Act::Note { note }]
}

fn decide_status(app: &mut App, status: Status) -> Vec<Effect> {
    let mut effects = decide_here(app, vec![Act::Status { status }]);
    effects.extend(step(app, 1));
    effects
}

fn go_back(app: &mut App, asked: Asked) -> Vec<Effect> {
    let ticket = app.ticket();
    let effect = if asked == Asked::Undo { Effect::Undo { ticket } } else { Effect::Redo { ticket } };
    app.open.push(Open { ticket, asked });
    app.wait = Some(Wait::Return(ticket));
    vec![effect]
}
