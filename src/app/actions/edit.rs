//! Editing: the claim's words, source, cue and mode, and hiding it. What the machine found is kept.

use super::super::field::Field;
use super::super::msg::Effect;
use super::super::overlay::{Cut, Overlay, Part, Span, open_all};
use super::super::state::{App, Opening, Said, Wait};
use super::decide::{decide, decide_each};
use super::moves::step;
use super::{Action, Context, no_claim};
use crate::domain::{Act, Addition, Claim, ClaimId, Cue, Edit, Excerpt, Mode, SourceRef};

pub(super) const WORDS: Action = Action {
    name: "edit",
    context: Context::Review,
    keys: &["E"],
    help: "edit the claim: move the ends of its words, set source, cue and mode, hide it",
    brief: None,
    blocked: no_article,
    run: |app| open(app, Opening::Edit),
};

pub(super) const SOURCE: Action = Action {
    name: "edit-source",
    context: Context::Review,
    keys: &[],
    help: "set who asserts the claim",
    brief: None,
    blocked: no_claim,
    run: |app| open_line(app, Part::Source),
};

pub(super) const CUE: Action = Action {
    name: "edit-cue",
    context: Context::Review,
    keys: &[],
    help: "set the words that tie claim and source, as the article has them",
    brief: None,
    blocked: no_claim,
    run: |app| open_line(app, Part::Cue),
};

pub(super) const MODE: Action = Action {
    name: "edit-mode",
    context: Context::Review,
    keys: &[],
    help: "next mode: direct, indirect, mixed, narrative",
    brief: None,
    blocked: no_claim,
    run: cycle_mode,
};

pub(super) const HIDE: Action = Action {
    name: "hide",
    context: Context::Review,
    keys: &["X"],
    help: "take the claim out of the decks, with a reason; is:hidden finds it, and there it is put back",
    brief: None,
    blocked: no_claim,
    run: |app| {
        let Some((id, hidden)) = app.current().map(|c| (c.id, app.state_of(c).is_hidden())) else {
            return Vec::new();
        };
        if hidden { decide(app, id, vec![Act::Hide { why: String::new() }]) } else { open_line(app, Part::Hide) }
    },
};

pub(super) const JOIN: Action = Action {
    name: "join",
    context: Context::Review,
    keys: &["M"],
    help: "join the claim with the next of its article: it takes the words over, the next is hidden",
    brief: None,
    blocked: |app| {
        no_claim(app).or_else(|| joined(app).is_none().then_some("no claim of this article follows in the deck"))
    },
    run: |app| {
        let Some((claim, next, words)) = joined(app) else { return Vec::new() };
        let words = edit(Edit { words: Some(words), ..Edit::default() });
        decide_each(app, vec![(claim, words), (next, Act::joined_with(claim))])
    },
};

pub(super) const SPLIT: Action = Action {
    name: "split",
    context: Context::Review,
    keys: &["S"],
    help: "split the claim in two, before a word: one z puts them together again",
    brief: None,
    blocked: no_article,
    run: |app| open(app, Opening::Split),
};

pub(super) const ADD: Action = Action {
    name: "add-claim",
    context: Context::Review,
    keys: &["a"],
    help: "add a claim that was missed: its words out of the article, and who asserts it; is:added finds it",
    brief: None,
    blocked: no_article,
    run: |app| open(app, Opening::Add),
};

/// Needs a claim whose article can be read.
fn no_article(app: &App) -> Option<&'static str> {
    let unreadable = || app.unreadable.is_some() && app.unreadable == app.current().map(|c| c.article.id);
    no_claim(app).or_else(|| unreadable().then_some("the article can't be read"))
}

/// Opens what needs the article's words, as soon as they are here.
pub(in crate::app) fn open(app: &mut App, opening: Opening) -> Vec<Effect> {
    let Some((claim, reading)) = app.current().zip(app.reading()) else {
        app.wait = Some(Wait::Article(opening));
        return Vec::new();
    };
    let shown = app.shown(claim);
    let overlay = match opening {
        Opening::Edit => Some(Overlay::Span(Span::new(shown.id, shown.spans.clone()))),
        Opening::Split => Cut::new(&shown, reading).map(Overlay::Cut),
        Opening::Add => Span::beside(&shown, reading).map(Overlay::Span),
    };
    if overlay.is_none() {
        app.said = Said::Problem("the claim is a single word".to_owned());
    }
    app.overlay = overlay;
    Vec::new()
}

/// Adds a claim with these words, which this source asserts, or nobody.
pub(in crate::app) fn add(app: &mut App, span: &Span, source: &str) -> Vec<Effect> {
    let Some(reading) = app.reading() else { return Vec::new() };
    let added = Addition::by_hand(reading.info.id, span.excerpt(reading), source.trim());
    decide_with_new(app, vec![(added.id(), Act::Add(Box::new(added)))])
}

/// Decides what makes a claim that the window does not hold: keys wait until it does.
pub(in crate::app) fn decide_with_new(app: &mut App, acts: Vec<(ClaimId, Act)>) -> Vec<Effect> {
    let effects = decide_each(app, acts);
    app.wait = app.open.last().map(|open| Wait::Return(open.ticket));
    effects
}

/// The current claim, the next that is not hidden, and the words of both.
fn joined(app: &App) -> Option<(ClaimId, ClaimId, Excerpt)> {
    let (window, reading) = (app.window()?, app.reading()?);
    let claim = window.current()?;
    let mut after = (window.cursor() + 1..window.len()).filter_map(|place| window.get(place));
    let next = after.find(|next| !app.state_of(next).is_hidden())?;
    if next.article.id != claim.article.id {
        return None;
    }
    let mut all: Vec<[u32; 2]> = [app.shown(claim).spans.clone(), app.shown(next).spans.clone()].concat();
    all.sort_unstable();
    let mut spans: Vec<[u32; 2]> = Vec::with_capacity(all.len());
    for span in all {
        // What only blanks keep apart is one stretch of words.
        let apart = |end: u32| !reading.text().get(reading.bytes([end, span[0]])).unwrap_or_default().trim().is_empty();
        match spans.last_mut() {
            Some(last) if span[0] <= last[1] || !apart(last[1]) => last[1] = last[1].max(span[1]),
            _ => spans.push(span),
        }
    }
    Some((claim.id, next.id, reading.excerpt(spans)))
}

pub(super) const ALL: Action = Action {
    name: "decide-all",
    context: Context::Review,
    keys: &["A"],
    help: "one act on all claims of the deck that nobody has decided on, after saying how many; one z takes it back",
    brief: None,
    blocked: no_claim,
    run: open_all,
};

/// Opens the line for a part of the current claim, with what it is now.
pub(in crate::app) fn open_line(app: &mut App, part: Part) -> Vec<Effect> {
    let Some(claim) = app.current() else { return Vec::new() };
    let shown = app.shown(claim);
    let attribution = shown.attribution.as_ref();
    let written = match part {
        Part::Source => attribution.and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name),
        Part::Cue => attribution.and_then(|a| a.cue.as_ref()).map(|cue| cue.text.as_str()),
        Part::Hide | Part::Gate => None,
    };
    let (claim, field) = (claim.id, Field::line(written.unwrap_or_default()));
    app.overlay = Some(Overlay::Line { claim, part, field, problem: None });
    Vec::new()
}

/// Takes what was typed into the line.
pub(in crate::app) fn take_line(app: &mut App, claim: ClaimId, part: Part, field: Field) -> Vec<Effect> {
    let words = field.text().trim().to_owned();
    let Some(current) = app.current().filter(|c| c.id == claim) else { return Vec::new() };
    let (shown, note) = (app.shown(current), app.state_of(current).note.clone());
    let acts = match part {
        Part::Source => Ok(source_acts(&shown, words)),
        Part::Cue => cue_in(app, &shown, &words).map(|cue| vec![edit(Edit { cue: Some(cue), ..Edit::default() })]),
        Part::Hide if words.is_empty() => Err("say why in a few words"),
        Part::Hide => Ok(vec![Act::Hide { why: words }]),
        Part::Gate if words.is_empty() => Err("say why in a few words"),
        Part::Gate => Ok(super::decide::verified_because(note.as_deref(), &words)),
    };
    match acts {
        Ok(acts) if acts.is_empty() => Vec::new(),
        Ok(acts) => {
            let mut effects = decide(app, claim, acts);
            if matches!(part, Part::Hide | Part::Gate) {
                effects.extend(step(app, 1));
            }
            effects
        }
        Err(problem) => {
            app.overlay = Some(Overlay::Line { claim, part, field, problem: Some(problem) });
            Vec::new()
        }
    }
}

/// Sets the next mode.
pub(in crate::app) fn cycle_mode(app: &mut App) -> Vec<Effect> {
    let Some((claim, mode)) = app.current().map(|c| (c.id, app.shown(c).mode)) else { return Vec::new() };
    let next = match mode {
        Mode::Direct => Mode::Indirect,
        Mode::Indirect => Mode::Mixed,
        Mode::Mixed => Mode::Narrative,
        Mode::Narrative => Mode::Direct,
    };
    decide(app, claim, vec![edit(Edit { mode: Some(next), ..Edit::default() })])
}

pub(in crate::app) fn edit(edit: Edit) -> Act {
    Act::Edit(edit)
}

/// A claim that somebody asserts is no narrative, and one that nobody does is.
fn source_acts(claim: &Claim, name: String) -> Vec<Act> {
    let before = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
    if before.unwrap_or_default() == name {
        return Vec::new();
    }
    let mode = match (name.is_empty(), claim.mode) {
        (true, _) => Some(Mode::Narrative),
        (false, Mode::Narrative) => Some(Mode::Indirect),
        (false, _) => None,
    };
    vec![edit(Edit { source: Some(name), mode, ..Edit::default() })]
}

/// The words nearest to the claim that read so.
fn cue_in(app: &App, claim: &Claim, words: &str) -> Result<Cue, &'static str> {
    if words.is_empty() {
        return Ok(Cue { span: [0, 0], text: String::new() });
    }
    let reading = app.reading().ok_or("the article is not here yet")?;
    let at = claim.spans.first().map_or(0, |span| reading.bytes(*span).start);
    let nearest = reading.text().match_indices(words).min_by_key(|(place, _)| place.abs_diff(at));
    let (place, found) = nearest.ok_or("the article has no such words")?;
    let span = [reading.point_of(place), reading.point_of(place + found.len())];
    Ok(Cue { span, text: found.to_owned() })
}
