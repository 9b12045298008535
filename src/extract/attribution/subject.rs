//! Who speaks, where the learnt model found a cue and its content and no speaker: the subject of the cue by plain rules.
//!
//! Knows no weight. A relative pronoun right before the cue is its subject whatever the model thinks.

use std::ops::Range;

use super::super::token::{Kind, key};
use super::draft::Draft;
use super::lexicon::Class;
use super::phrase;
use super::scene::Scene;

/// Gives the draft the source that stands where a subject of its cue stands.
pub(super) fn mend(scene: &Scene, draft: &mut Draft) {
    let Some(cue) = draft.cue.clone() else { return };
    let Some(sentence) = sentence_of(scene, cue.start) else { return };
    leave_the_clause_before(scene, &sentence, &cue, draft);
    leave_adjuncts(scene, draft);
    if let Some(relative) = relative_before(scene, &sentence, &cue) {
        let missed = draft.source.as_ref().is_none_or(|s| !s.contains(&relative));
        if missed && !draft.covers(&(relative..relative + 1)) {
            draft.source = Some(relative..relative + 1);
        }
        return;
    }
    if draft.source.is_none() && !scene.quoted(cue.start) {
        draft.source = subject(scene, &sentence, &cue, draft).filter(|s| !draft.covers(s) && !overlap(s, &cue));
    }
}

/// "In its update the ministry said": the source is the ministry alone. It does not end in "of" or "its" either.
fn leave_adjuncts(scene: &Scene, draft: &mut Draft) {
    let Some(source) = draft.source.as_mut() else { return };
    let goes_on = Class::PREPOSITION.and(Class::POSSESSIVE).and(Class::DETERMINER).and(Class::AND);
    let pronoun = |at: usize| scene.is(at, Class::PRONOUN) && !scene.is(at, Class::POSSESSIVE);
    while source.len() > 1 && scene.is(source.end - 1, goes_on) && !pronoun(source.end - 1) {
        source.end -= 1;
    }
    if scene.is(source.start, Class::PREPOSITION) && !scene.is(source.start, Class::DETERMINER) {
        let opens = |at: &usize| scene.is(*at, Class::DETERMINER) && !scene.is(at - 1, goes_on);
        source.start = (source.start + 2..source.end).rev().find(opens).unwrap_or(source.start);
    }
}

/// "The storm was the third, and more rain is expected": right before a passive stands its subject, and what ", and"
/// joins to that is another clause.
fn leave_the_clause_before(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>, draft: &mut Draft) {
    let group = phrase::verb_group_start(scene, cue.start, sentence.start).max(sentence.start);
    let passive = has_being(scene, group..cue.end);
    let Some(last) = draft.content.last_mut().filter(|c| passive && c.end == group.min(cue.start)) else { return };
    let joins = |at: &usize| scene.is(*at, Class::AND) && scene.kind(at - 1) == Kind::Comma && !scene.quoted(*at);
    if let Some(joint) = (last.start + 1..last.end.saturating_sub(1)).rev().find(joins) {
        last.start = joint + 1;
    }
}

pub(super) fn sentence_of(scene: &Scene, at: usize) -> Option<Range<usize>> {
    let number = scene.sentences.partition_point(|s| s.end <= at);
    scene.sentences.get(number).filter(|s| s.contains(&at)).cloned()
}

/// ", who has said": the pronoun.
pub(super) fn relative_before(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let verb = scene.is(cue.end - 1, Class::PAST.and(Class::S).and(Class::BASE)) || cue.len() > 1;
    let group = phrase::verb_group_start(scene, cue.start, sentence.start);
    let at = group.checked_sub(1).filter(|at| *at > sentence.start && verb)?;
    scene.word(at, key("who")).then_some(at)
}

pub(super) fn subject(
    scene: &Scene,
    sentence: &Range<usize>,
    cue: &Range<usize>,
    draft: &Draft,
) -> Option<Range<usize>> {
    let group = phrase::verb_group_start(scene, cue.start, sentence.start);
    let content_before = draft.content.iter().all(|c| c.end <= cue.start);
    let closed = group > sentence.start && (scene.kind(group - 1) == Kind::Comma || scene.quoted(group - 1));
    // “…,” wrote the paper.
    if content_before && closed && scene.is(cue.end - 1, Class::SPEECH) {
        return phrase::after(scene, cue.end, sentence.end);
    }
    let participle = scene.tokens[cue.start].ends_in(b"ing") && group == cue.start;
    let infinitive = scene.word(cue.start, key("to")) || group > 0 && scene.word(group - 1, key("to"));
    if participle || infinitive {
        // "Recalling …, the statement urged …"
        let (start, end) = if cue.start <= sentence.start + 1 {
            let end = draft.content.last()?.end;
            (end + usize::from(scene.kind(end) == Kind::Comma), sentence.end)
        } else {
            (main_clause(scene, sentence, cue.start)?, cue.start)
        };
        return up_to_verb(scene, phrase::after(scene, start, end)?);
    }
    let passive = has_being(scene, group..cue.start);
    let finite = scene.is(cue.end - 1, Class::PAST.and(Class::S).and(Class::BASE)) && !passive;
    phrase::before(scene, sentence.start, group).filter(|_| finite)
}

/// "In October, Orlan told …, adding": the subject stands behind the comma that ends what opens the sentence.
pub(super) fn main_clause(scene: &Scene, sentence: &Range<usize>, end: usize) -> Option<usize> {
    let start = sentence.start + usize::from(scene.is(sentence.start, Class::AND));
    let opens = Class::PREPOSITION.and(Class::SUBORDINATE).and(Class::TIME).and(Class::ADVERB);
    if !scene.is(start, opens) || scene.is(start, Class::DETERMINER) {
        return Some(start);
    }
    let comma = (start..end).find(|&at| scene.kind(at) == Kind::Comma && !scene.quoted(at));
    comma.map(|comma| comma + 1).filter(|&at| at + 1 < end)
}

/// "the council visited": what is before a verb in the past is all of the subject.
fn up_to_verb(scene: &Scene, phrase: Range<usize>) -> Option<Range<usize>> {
    let is_past = |at: &usize| !scene.capital(*at) && (scene.is(*at, Class::PAST) || scene.tokens[*at].ends_in(b"ed"));
    let end = phrase.clone().find(is_past).unwrap_or(phrase.end);
    (end > phrase.start).then_some(phrase.start..end)
}

/// "was accused": whether a form of "be" stands among these words.
fn has_being(scene: &Scene, mut words: Range<usize>) -> bool {
    words.any(|at| BEING.contains(&scene.tokens[at].key))
}

const BEING: [u32; 7] = [key("is"), key("are"), key("was"), key("were"), key("been"), key("be"), key("being")];

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::super::super::{Span, blocks, quotes, sentences, token};
    use super::super::{Layout, scene};
    use super::*;

    /// The source that a draft with this cue and content is given.
    fn given(text: &str, cue: &str, content: &str) -> Option<String> {
        let blocks = blocks::blocks(text);
        let sentences = sentences::split(text, &blocks);
        let quotes = quotes::quotes(text, &blocks);
        let tokens = token::tokens(text, Span::within(text, 0..text.len()));
        let layout = Layout { tokens: &tokens, blocks: &blocks, sentences: &sentences, quotes: &quotes };
        let scenes: Vec<_> = scene::scenes(text, &layout).collect();
        let scene = &scenes[0];
        let place_of = |part: &str| {
            let at = text.find(part).unwrap();
            let place = |at: usize| scene.tokens.partition_point(|t| t.span.start() < at);
            place(at)..place(at + part.len())
        };
        let mut draft = Draft { source: None, cue: Some(place_of(cue)), content: vec![place_of(content)] };
        mend(scene, &mut draft);
        draft.source.map(|s| scene.span(s).of(text).to_owned())
    }

    #[test]
    fn the_subject_of_the_cue_speaks() {
        for (text, cue, content, source) in [
            ("The mayor has said the dam holds.", "said", "the dam holds", "The mayor"),
            ("On Friday the harbour council denied the reports.", "denied", "the reports", "the harbour council"),
            ("“The dam holds,” wrote the paper.", "wrote", "“The dam holds,”", "the paper"),
            ("Engineers, who have said that the dam holds, left Vell.", "said", "that the dam holds", "who"),
            ("In May, Mayor Orlan visited Vell, saying the dam holds.", "saying", "the dam holds", "Mayor Orlan"),
            ("Recalling the flood, the council urged calm.", "Recalling", "the flood", "the council"),
        ] {
            assert_eq!(given(text, cue, content).as_deref(), Some(source), "{text}");
        }
    }

    #[test]
    fn where_the_speaker_is_left_out_nobody_speaks() {
        for (text, cue, content) in [
            ("The dam was said to hold.", "said", "to hold"),
            ("“The dam holds, he said to us on Monday.”", "said", "The dam holds"),
        ] {
            assert_eq!(given(text, cue, content), None, "{text}");
        }
    }
}
