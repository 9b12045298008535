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

fn sentence_of(scene: &Scene, at: usize) -> Option<Range<usize>> {
    let number = scene.sentences.partition_point(|s| s.end <= at);
    scene.sentences.get(number).filter(|s| s.contains(&at)).cloned()
}

/// ", who has said": the pronoun.
fn relative_before(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let verb = scene.is(cue.end - 1, Class::PAST.and(Class::S).and(Class::BASE)) || cue.len() > 1;
    let group = phrase::verb_group_start(scene, cue.start, sentence.start);
    let at = group.checked_sub(1).filter(|at| *at > sentence.start && verb)?;
    scene.word(at, key("who")).then_some(at)
}

fn subject(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>, draft: &Draft) -> Option<Range<usize>> {
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
        if cue.start <= sentence.start + 1 {
            let end = draft.content.last()?.end;
            return phrase::after(scene, end + usize::from(scene.kind(end) == Kind::Comma), sentence.end);
        }
        return phrase::after(scene, sentence.start, cue.start);
    }
    let passive = (group..cue.start).any(|at| scene.is(at, Class::AUXILIARY) && BEING.contains(&scene.tokens[at].key));
    let finite = scene.is(cue.end - 1, Class::PAST.and(Class::S).and(Class::BASE)) && !passive;
    phrase::before(scene, sentence.start, group).filter(|_| finite)
}

const BEING: [u32; 7] = [key("is"), key("are"), key("was"), key("were"), key("been"), key("be"), key("being")];

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
