//! Who relays what another said: "the agency quoted X as saying …", "X, cited by Y, said …", “X told me that …,” she said.
//!
//! Adds the attribution that the cue in sight hides, and ties the inner one to the outer by `within`.

use std::ops::Range;

use super::lexicon::{ADVERB, AUXILIARY, DETERMINER, OBJECT_PRONOUN, PREPOSITION, PRONOUN, SUBORDINATOR};
use super::token::{Kind, key};
use super::words::Words;
use super::{Attribution, Mode, Source, Span};

/// How many words name the one who is quoted.
const LONGEST_NAME: usize = 14;

/// Adds what is relayed; the list stays in text order.
pub(super) fn add(words: &Words, attributions: &mut Vec<Attribution>) {
    let cues: Vec<usize> = cue_places(words, attributions);
    let known = |at: usize| cues.binary_search(&at).is_ok();
    for k in 0..attributions.len() {
        let Some(found) = attributions.get(k).and_then(|a| as_saying(words, a).or_else(|| inside(words, a, &known)))
        else {
            cited_by(words, attributions, k);
            continue;
        };
        attributions.push(Attribution { within: Some(k), ..found });
    }
    sort(attributions);
}

/// The places of all cue words, in order.
fn cue_places(words: &Words, attributions: &[Attribution]) -> Vec<usize> {
    let mut places: Vec<usize> = attributions.iter().filter_map(|a| a.cue).flat_map(|c| words.inside(c)).collect();
    places.sort_unstable();
    places
}

fn one_of(words: &Words, at: usize, keys: &[u32]) -> bool {
    keys.iter().any(|k| words.is_key(at, *k))
}

const QUOTING: &[u32] =
    &[key("quoted"), key("quotes"), key("quoting"), key("cited"), key("cites"), key("citing"), key("quote")];

fn made(words: &Words, source: Range<usize>, cue: Range<usize>, content: Vec<Span>) -> Attribution {
    let source = Source { span: Some(words.span(source)), ..Source::default() };
    let cue = Some(words.span(cue));
    Attribution { source: Some(source), cue, content, mode: Mode::Indirect, medium: None, within: None }
}

/// "quoted X as saying C".
fn as_saying(words: &Words, outer: &Attribution) -> Option<Attribution> {
    const SAYING: &[u32] = &[key("saying"), key("telling"), key("claiming"), key("reporting"), key("writing")];
    let last = words.inside(outer.cue?).last()?;
    let (first, rest) = outer.content.split_first()?;
    let at = words.inside(*first);
    if !one_of(words, last, QUOTING) || at.start != last + 1 {
        return None;
    }
    let near = at.start + 1..at.end.min(at.start + LONGEST_NAME);
    let cue = near.into_iter().find(|i| words.is_key(*i, key("as")) && one_of(words, i + 1, SAYING))?;
    let said = cue + 2..at.end;
    let content = std::iter::once(words.span(said.clone())).chain(rest.iter().copied()).collect();
    let quoted = words.is_kind(said.start, Kind::Quote) && words.is_kind(said.end.saturating_sub(1), Kind::Quote);
    let mode = if quoted { Mode::Direct } else { outer.mode };
    (!said.is_empty()).then(|| Attribution { mode, ..made(words, at.start..cue, cue..cue + 2, content) })
}

/// “The mayor told me that C,” she said.
fn inside(words: &Words, outer: &Attribution, known: &dyn Fn(usize) -> bool) -> Option<Attribution> {
    const TOLD: &[u32] = &[key("told"), key("said"), key("warned"), key("assured"), key("informed")];
    let first = outer.content.first()?;
    let at = words.inside(*first);
    let mut start = at.start;
    while start < at.end && (words.is_kind(start, Kind::Quote) || words.is_key(start, key("that"))) {
        start += 1;
    }
    let near = start + 1..at.end.min(start + LONGEST_NAME);
    let cue = near.into_iter().find(|i| one_of(words, *i, TOLD))?;
    let group = (start + 1..cue).rev().take_while(|i| words.is(*i, AUXILIARY | ADVERB)).last().unwrap_or(cue);
    let own = one_of(words, start, &[key("i"), key("we"), key("you"), key("it")]);
    let plain = |i: usize| {
        matches!(words.kind(i), Some(Kind::Word | Kind::Clitic)) && !words.is(i, AUXILIARY | SUBORDINATOR | ADVERB)
    };
    if own || known(cue) || !(start..group).all(plain) {
        return None;
    }
    let hearer = words.is(cue + 1, OBJECT_PRONOUN) || words.is_key(cue + 1, key("her"));
    let from = cue + 1 + usize::from(hearer);
    let that = words.is_key(from, key("that"));
    let clause = words.is(from, DETERMINER | PRONOUN) && !words.is_key(cue, key("told")) || hearer;
    let end =
        (from..at.end).find(|i| words.is_kind(*i, Kind::Stop) || words.is_kind(*i, Kind::Quote)).unwrap_or(at.end);
    let end = if end > from && words.is_kind(end - 1, Kind::Comma) { end - 1 } else { end };
    let fits = (that || clause) && end > from + 2 && !words.is(from, PREPOSITION);
    fits.then(|| {
        let mode = if outer.mode == Mode::Mixed { Mode::Indirect } else { outer.mode };
        Attribution { mode, ..made(words, start..group, group..cue + 1, vec![words.span(from..end)]) }
    })
}

/// "X, cited by Y, said C": X is cut out of the source, and Y encloses it.
fn cited_by(words: &Words, attributions: &mut Vec<Attribution>, k: usize) {
    let Some(inner) = attributions.get(k) else { return };
    let Some((span, cue)) = inner.source.as_ref().and_then(|s| s.span).zip(inner.cue) else { return };
    let at = words.inside(span);
    let near = at.start + 2..at.end.min(at.start + LONGEST_NAME);
    let by =
        |i: &usize| one_of(words, *i, QUOTING) && words.is_key(i + 1, key("by")) && words.is_kind(i - 1, Kind::Comma);
    let Some(verb) = near.into_iter().find(by) else { return };
    let end = (verb + 2..at.end).find(|i| words.is_kind(*i, Kind::Comma)).unwrap_or(at.end);
    let (Some((first, rest)), false) = (inner.content.split_first(), end <= verb + 2) else { return };
    let content: Vec<Span> = std::iter::once(first.cover(cue)).chain(rest.iter().copied()).collect();
    let outer = made(words, verb + 2..end, verb..verb + 2, content);
    let same = |a: &Attribution| a.cue.is_some_and(|c| words.inside(c).contains(&verb));
    let place = match attributions.get(k.saturating_sub(1)).filter(|a| k > 0 && same(a)) {
        Some(_) => k - 1,
        None => attributions.len(),
    };
    match attributions.get_mut(place) {
        Some(slot) => *slot = outer,
        None => attributions.push(outer),
    }
    if let Some(inner) = attributions.get_mut(k) {
        inner.within = Some(place);
        if let Some(source) = &mut inner.source {
            source.span = Some(words.span(at.start..verb - 1));
        }
    }
}

/// Brings the list into text order again, the links with it.
fn sort(attributions: &mut Vec<Attribution>) {
    let begins = |a: &Attribution| a.content.iter().chain(&a.cue).map(|s| s.start()).min().unwrap_or(0);
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|k| {
        attributions.get(*k).map(|a| (begins(a), std::cmp::Reverse(a.content.iter().map(|c| c.len()).sum::<usize>())))
    });
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = new;
        }
    }
    let mut old: Vec<Option<Attribution>> = std::mem::take(attributions).into_iter().map(Some).collect();
    attributions.extend(order.iter().filter_map(|k| old.get_mut(*k)?.take()).map(|a| {
        let within = a.within.and_then(|outer| place.get(outer).copied());
        Attribution { within, ..a }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What extraction makes of the text: source, cue, content and the source of what encloses it.
    fn chain(text: &str) -> Vec<[String; 3]> {
        let all = super::super::extract(text).attributions;
        let source = |a: &Attribution| a.source.as_ref().and_then(|s| s.span).map_or("", |s| s.of(text)).to_owned();
        let outer = |a: &Attribution| a.within.and_then(|k| all.get(k)).map(source).unwrap_or_default();
        let inner = all.iter().filter(|a| a.within.is_some());
        inner.map(|a| [source(a), a.content[0].of(text).to_owned(), outer(a)]).collect()
    }

    #[test]
    fn whoever_relays_encloses_whoever_said_it() {
        for (text, source, content, outer) in [
            (
                "The state agency quoted Ivan Orlan as saying that the dam holds.",
                "Ivan Orlan",
                "that the dam holds",
                "The state agency",
            ),
            (
                "Ivan Orlan, cited by the agency Vell News, said the dam was hit by a drone.",
                "Ivan Orlan",
                "the dam was hit by a drone",
                "the agency Vell News",
            ),
            (
                "“The mayor told me that the bridge was closed,” Ada Brenn said on Friday.",
                "The mayor",
                "that the bridge was closed",
                "Ada Brenn",
            ),
        ] {
            assert_eq!(chain(text), [[source, content, outer].map(str::to_owned)], "{text}");
        }
    }

    #[test]
    fn what_the_speaker_said_before_is_no_relay() {
        assert!(chain("“I told them that the dam holds,” Ada Brenn said.").is_empty());
        assert!(chain("The agency quoted a line from the report.").is_empty());
    }
}
