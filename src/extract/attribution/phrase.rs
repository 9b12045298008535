//! Finds the phrases around a cue: who speaks before or after it, and what stands between cue and content.
//!
//! Works on word classes and marks alone; knows no content and no sentence rule.

use std::ops::Range;

use super::super::token::{Kind, key};
use super::lexicon::Class;
use super::scene::Scene;

/// Tokens that a noun phrase may span; longer ones are no sources.
const LONGEST_PHRASE: usize = 40;

/// Where the verb group that ends in the cue begins: "has repeatedly claimed".
pub(super) fn verb_group_start(scene: &Scene, cue: usize, from: usize) -> usize {
    let mut at = cue;
    while at > from
        && scene.is(at - 1, Class::AUXILIARY.and(Class::ADVERB).and(Class::NEGATION))
        && !scene.quoted(at - 1)
        && !(scene.is(at - 1, Class::TIME) && scene.capital(at - 1))
    {
        at -= 1;
    }
    at
}

/// The noun phrase that ends right before `end`, appositions included.
pub(super) fn before(scene: &Scene, from: usize, end: usize) -> Option<Range<usize>> {
    if end <= from {
        return None;
    }
    if scene.kind(end - 1) == Kind::Comma {
        let low = from.max(end.saturating_sub(LONGEST_PHRASE));
        let comma = (low..end - 1)
            .rev()
            .find(|&at| scene.kind(at) == Kind::Comma && !scene.quoted(at) && !scene.is(at + 1, Class::AND))?;
        let aside = comma + 1..end - 1;
        if scene.quoted(comma + 1) || aside.is_empty() {
            return None;
        }
        let head = plain_before(scene, from, comma)?;
        let adverbial =
            scene.is(aside.start, Class::PREPOSITION.and(Class::TIME).and(Class::ADVERB).and(Class::SUBORDINATE));
        return Some(if adverbial { head } else { head.start..aside.end });
    }
    plain_before(scene, from, end)
}

fn plain_before(scene: &Scene, from: usize, end: usize) -> Option<Range<usize>> {
    let low = from.max(end.saturating_sub(LONGEST_PHRASE));
    let mut start = end;
    while start > low && can_be_inside(scene, start - 1, start == end) {
        start -= 1;
    }
    // What opens the clause is no part of the phrase: "On Tuesday", "But", "However".
    loop {
        let leading = scene.is(start, Class::AND.and(Class::ADVERB).and(Class::NEGATION))
            || (scene.is(start, Class::PREPOSITION) && !scene.is(start, Class::DETERMINER));
        if !leading || start >= end {
            break;
        }
        let preposition = scene.is(start, Class::PREPOSITION);
        start += 1;
        if preposition {
            while start < end && scene.is(start, Class::DETERMINER) && !scene.capital(start) {
                start += 1;
            }
            while start < end && (scene.is(start, Class::TIME) || scene.kind(start) == Kind::Number) {
                start += 1;
            }
        }
    }
    while start < end && scene.kind(start) == Kind::Clitic {
        start += 1;
    }
    let worth = (start..end).any(|at| scene.kind(at) == Kind::Word);
    worth.then_some(start..end)
}

fn can_be_inside(scene: &Scene, at: usize, last: bool) -> bool {
    if scene.quoted(at) {
        return false;
    }
    match scene.kind(at) {
        Kind::Number | Kind::Other => true,
        Kind::Open | Kind::Close => true,
        Kind::Stop => is_abbreviation_stop(scene, at),
        Kind::Single => !scene.tokens[at].spaced,
        Kind::Clitic => scene.tokens[at].ends_in_possessive(),
        Kind::Word => {
            let relative = scene.is(at, Class::RELATIVE);
            if relative {
                return last;
            }
            let blocks = Class::OPENER.and(Class::SUBORDINATE).and(Class::AUXILIARY);
            let verb = scene.is(at, Class::PAST) && !scene.capital(at) && scene.is(at, Class::SPEECH);
            let preposition = scene.is(at, Class::PREPOSITION);
            (!scene.is(at, blocks) || preposition || scene.capital(at) && scene.is(at, Class::CHANNEL))
                && !verb
                && !scene.is(at, Class::NEGATION)
                && !(last && preposition)
        }
        _ => false,
    }
}

/// "Gen." or "U.S." rather than the end of a sentence.
fn is_abbreviation_stop(scene: &Scene, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    !scene.tokens[at].spaced
        && (scene.is(before, Class::TITLE) || scene.tokens[before].span.len() <= 2)
        && scene.capital(before)
}

/// The noun phrase that begins at `start`, appositions and relative clauses included, up to `end`.
pub(super) fn after(scene: &Scene, start: usize, end: usize) -> Option<Range<usize>> {
    let end = end.min(start + LONGEST_PHRASE);
    if start >= end || scene.quoted(start) || !begins_phrase(scene, start) {
        return None;
    }
    let mut at = start;
    while at < end && !ends_phrase(scene, at, start) {
        at += 1;
    }
    if at == start {
        return None;
    }
    let head = at;
    // An apposition: ", the head of …", ", who …", up to the next comma or the end.
    if scene.kind(at) == Kind::Comma && at + 1 < end && begins_apposition(scene, at + 1) {
        let mut stop = at + 1;
        while stop < end && !matches!(scene.kind(stop), Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash) {
            if scene.quoted(stop) || (scene.kind(stop) == Kind::Stop && !is_abbreviation_stop(scene, stop)) {
                break;
            }
            stop += 1;
        }
        let speaks = (at + 1..stop).any(|i| scene.is(i, Class::SPEECH) && !scene.capital(i));
        let clause = (at + 1..stop).any(|i| scene.is(i, Class::AUXILIARY) && scene.kind(i) == Kind::Word);
        let fits = if scene.is(at + 1, Class::RELATIVE) { !speaks } else { !clause };
        at = if stop > at + 1 && fits { stop } else { head };
    }
    Some(start..at)
}

fn begins_phrase(scene: &Scene, at: usize) -> bool {
    let noun_like = scene.capital(at)
        || scene.is(at, Class::DETERMINER.and(Class::POSSESSIVE).and(Class::PRONOUN).and(Class::SPEAKER));
    let bare = scene.kind(at) == Kind::Word
        && !scene.is(at, Class::OPENER.and(Class::PREPOSITION).and(Class::ADVERB).and(Class::AUXILIARY));
    (noun_like || bare || scene.kind(at) == Kind::Number) && !scene.is(at, Class::SUBORDINATE.and(Class::TIME))
}

fn begins_apposition(scene: &Scene, at: usize) -> bool {
    let clause = Class::SUBORDINATE.and(Class::ING).and(Class::AND).and(Class::PREPOSITION).and(Class::AUXILIARY);
    (scene.is(at, Class::DETERMINER.and(Class::POSSESSIVE).and(Class::TITLE).and(Class::RELATIVE).and(Class::SPEAKER))
        || scene.kind(at) == Kind::Number
        || (scene.kind(at) == Kind::Word && !scene.is(at, clause.and(Class::PRONOUN).and(Class::ADVERB))))
        && !scene.quoted(at)
}

fn ends_phrase(scene: &Scene, at: usize, start: usize) -> bool {
    if scene.quoted(at) {
        return true;
    }
    match scene.kind(at) {
        Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash | Kind::Quote | Kind::Open => true,
        Kind::Stop => !is_abbreviation_stop(scene, at),
        _ => {
            let adverbial = scene.is(at, Class::TIME) && at > start && scene.capital(at);
            let spoken_in = scene.is(at, Class::PREPOSITION) && at > start && leads_to_circumstance(scene, at + 1);
            let clause = scene.is(at, Class::SUBORDINATE.and(Class::AUXILIARY).and(Class::OPENER).and(Class::ADVERB))
                && at > start;
            let clause = clause && !scene.tokens[at].ends_in_possessive();
            let relative = scene.is(at, Class::RELATIVE);
            adverbial || spoken_in || (clause && !relative && !scene.capital(at))
        }
    }
}

/// Whether a time, a channel or hearers follow within a few words: "on Tuesday", "in a post on his channel".
fn leads_to_circumstance(scene: &Scene, at: usize) -> bool {
    (at..at + 4)
        .take_while(|&i| scene.kind(i) == Kind::Word && !scene.is(i, Class::PREPOSITION))
        .any(|i| scene.is(i, Class::TIME.and(Class::CHANNEL).and(Class::HEARER)))
}

/// The first token after what stands between a cue and its content: "reporters", "on Tuesday", "in a post on Telegram".
pub(super) fn after_circumstances(scene: &Scene, cue: usize, end: usize) -> usize {
    let mut at = cue + 1;
    if scene.word(at, key("out")) || scene.word(at, key("back")) {
        at += 1;
    }
    if TELLING.contains(&scene.tokens[cue].key) {
        at = after_hearer(scene, at, end);
    }
    loop {
        let from = at;
        while at < end && scene.is(at, Class::TIME.and(Class::ADVERB)) && !scene.quoted(at) {
            at += 1;
        }
        if scene.is(at, Class::PREPOSITION) && !scene.quoted(at) {
            at = after_prepositional(scene, at, end);
        }
        // A comma is passed over when another circumstance follows it: "said, on Tuesday, that".
        if at == from {
            return at.min(end);
        }
    }
}

const TELLING: [u32; 12] = [
    key("told"),
    key("tell"),
    key("tells"),
    key("telling"),
    key("informed"),
    key("reminded"),
    key("assured"),
    key("asked"),
    key("urged"),
    key("warned"),
    key("notified"),
    key("reassured"),
];

fn after_hearer(scene: &Scene, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end && scene.is(at, Class::DETERMINER.and(Class::POSSESSIVE)) && !scene.is(at, Class::OPENER) {
        at += 1;
    }
    let named = at;
    while at < end && scene.kind(at) == Kind::Word && scene.capital(at) && !scene.quoted(at) {
        at += 1;
    }
    while at < end && at < named + 4 && scene.is(at, Class::HEARER) {
        at += 1;
    }
    let object = [key("him"), key("her"), key("them"), key("us"), key("me"), key("it")];
    if at == named && scene.tokens.get(at).is_some_and(|t| object.contains(&t.key)) {
        return at + 1;
    }
    if at > named {
        return at;
    }
    // "told state television": a few plain words up to "that", a mark or a preposition.
    let stop = (at..end.min(at + 4))
        .find(|&i| scene.is(i, Class::OPENER.and(Class::PREPOSITION)) || scene.kind(i) != Kind::Word);
    stop.unwrap_or(from)
}

fn named_or_counted(scene: &Scene, at: usize) -> bool {
    scene.capital(at)
        || scene
            .is(at, Class::DETERMINER.and(Class::POSSESSIVE).and(Class::HEARER).and(Class::CHANNEL).and(Class::SPEAKER))
}

fn after_prepositional(scene: &Scene, from: usize, end: usize) -> usize {
    // "to be", "to strike": an infinitive is content.
    if scene.word(from, key("to")) && !named_or_counted(scene, from + 1) {
        return from;
    }
    let limit = end.min(from + 12);
    let mut at = from + 1;
    let mut circumstance = false;
    while at < limit && matches!(scene.kind(at), Kind::Word | Kind::Number | Kind::Clitic) && !scene.quoted(at) {
        if scene.is(at, Class::OPENER) && at > from + 1 || scene.is(at, Class::PREPOSITION) {
            break;
        }
        let new_phrase = circumstance
            && !scene.is(at, Class::TIME.and(Class::CHANNEL).and(Class::HEARER))
            && scene.kind(at) == Kind::Word;
        if new_phrase {
            break;
        }
        circumstance |= scene.is(at, Class::TIME.and(Class::CHANNEL).and(Class::HEARER));
        at += 1;
    }
    let closed = matches!(scene.kind(at), Kind::Comma | Kind::Colon | Kind::Quote | Kind::Stop)
        || scene.is(at, Class::PREPOSITION)
        || scene.word(at, key("that"));
    if circumstance || closed { at } else { from }
}
