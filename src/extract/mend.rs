//! Makes each source a noun phrase: what was taken for part of it, and is none, is cut off; what is none is dropped.
//!
//! Knows no names: who the source is, is worked out later.

use std::ops::Range;

use super::Attribution;
use super::lexicon::{
    AUXILIARY, BODY, CALENDAR, COORDINATOR, CROWD, DETERMINER, PAST, PREPOSITION, ROLE, SUBORDINATOR, TITLE,
};
use super::token::{Kind, key};
use super::words::Words;

/// Longer sources are looked at up to here.
const LONGEST: usize = 60;

/// The longest subject that is looked for at the end of a content.
const LONGEST_SUBJECT: usize = 14;

/// Cuts the sources down to their phrases.
pub(super) fn sources(words: &Words, attributions: &mut [Attribution]) {
    for later in 1..attributions.len() {
        give_back_subject(words, attributions, later);
    }
    for attribution in attributions {
        let Some(span) = attribution.source.as_ref().and_then(|s| s.span) else { continue };
        let at = words.inside(span);
        let adjunct = attribution.cue.is_some_and(|c| c.start() >= span.end()) && follows_preposition(words, &at);
        match phrase(words, at.clone(), adjunct) {
            Some(kept) if kept == at => {}
            Some(kept) => {
                if let Some(source) = &mut attribution.source {
                    source.span = Some(words.span(kept));
                }
            }
            None => attribution.source = None,
        }
    }
}

/// "…, but a deputy | wrote that …": what ends the content before is who speaks next.
fn give_back_subject(words: &Words, attributions: &mut [Attribution], later: usize) {
    let Some((earlier, rest)) = attributions.get_mut(later - 1..).and_then(<[_]>::split_first_mut) else { return };
    let (Some(last), Some(next)) = (earlier.content.last_mut(), rest.first_mut()) else { return };
    let at = words.inside(*last);
    let follows = next.cue.is_some_and(|c| words.place(c.start()) == at.end);
    let taken = next.source.as_ref().and_then(|s| s.span).is_some_and(|s| last.contains(s));
    let near = at.start.max(at.end.saturating_sub(LONGEST_SUBJECT))..at.end;
    let Some(comma) = near.into_iter().rev().find(|i| words.is_kind(*i, Kind::Comma)) else { return };
    let subject = comma + 2..at.end;
    let verbless = subject.clone().all(|i| {
        matches!(words.kind(i), Some(Kind::Word | Kind::Clitic)) && !words.is(i, AUXILIARY | SUBORDINATOR | PAST)
    });
    if follows && !taken && words.is(comma + 1, COORDINATOR) && !subject.is_empty() && verbless && comma > at.start {
        *last = words.span(at.start..comma);
        next.source = Some(super::Source { span: Some(words.span(subject)), ..super::Source::default() });
    }
}

fn follows_preposition(words: &Words, at: &Range<usize>) -> bool {
    at.start > 0 && words.is(at.start - 1, PREPOSITION)
}

/// The noun phrase among these words; none where there is none.
fn phrase(words: &Words, at: Range<usize>, adjunct: bool) -> Option<Range<usize>> {
    let mut kept = at.clone();
    if adjunct {
        let own = (kept.start + 1..kept.end.min(kept.start + LONGEST)).find(|i| begins_another(words, *i));
        kept.start = own.unwrap_or(kept.start);
    }
    let plain = |i: &usize| !words.is_kind(*i, Kind::Comma) && !one_of(words, *i, &[key("who"), key("which")]);
    let near = kept.start + 1..kept.end.min(kept.start + LONGEST);
    if let Some(tail) = near.into_iter().take_while(plain).find(|i| compares(words, *i)) {
        kept.end = tail;
    }
    while kept.len() > 1 && hangs(words, kept.end - 1) {
        kept.end -= 1;
    }
    (!opens_predicate(words, &kept)).then_some(kept)
}

/// "in its bulletin the council": a second phrase begins right after the noun of the first.
fn begins_another(words: &Words, at: usize) -> bool {
    const NO_NOUN: u64 = PREPOSITION | COORDINATOR | DETERMINER | SUBORDINATOR | AUXILIARY;
    let before = at - 1;
    let noun = words.is_kind(before, Kind::Word) && !words.is(before, NO_NOUN) && !words.is_capital(before);
    let called = words.is(before, ROLE | TITLE | BODY | CROWD) || !words.ends_in(before, b"s");
    let name = words.is_capital(at) && !words.is(at, CALENDAR) && !called;
    noun && (words.is(at, DETERMINER) && !words.is(at, SUBORDINATOR) || name)
}

/// "by analysts as the worst since …": what they say begins.
fn compares(words: &Words, at: usize) -> bool {
    const COMPARING: &[u32] = &[key("as"), key("since"), key("than"), key("because")];
    !words.is_capital(at) && one_of(words, at, COMPARING)
}

fn one_of(words: &Words, at: usize, keys: &[u32]) -> bool {
    keys.iter().any(|k| words.is_key(at, *k))
}

/// "two experts who", "a truce and there": leads on to something that is no part of it.
fn hangs(words: &Words, at: usize) -> bool {
    words.is(at, COORDINATOR | SUBORDINATOR | PREPOSITION) && !words.is_capital(at)
        || words.is_key(at, key("there"))
        || words.is_kind(at, Kind::Colon)
}

/// "inspected the sluice": a verb without its subject.
fn opens_predicate(words: &Words, at: &Range<usize>) -> bool {
    let verb = words.is(at.start, PAST) || words.ends_in(at.start, b"ed");
    let object = words.is(at.start + 1, DETERMINER | PREPOSITION) && at.len() > 1;
    verb && object && !words.is_capital(at.start) && !words.is(at.start, DETERMINER | PREPOSITION)
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    fn mended(text: &str, source: &str, cue: &str) -> Option<String> {
        let find = |part: &str| text.find(part).map(|at| Span::within(text, at..at + part.len())).unwrap();
        let mut all = [Attribution {
            source: Some(super::super::Source { span: Some(find(source)), ..Default::default() }),
            cue: Some(find(cue)),
            content: vec![find("the dam holds")],
            mode: super::super::Mode::Indirect,
            medium: None,
            within: None,
        }];
        sources(&Words::of(text), &mut all);
        all[0].source.as_ref().and_then(|s| s.span).map(|s| s.of(text).to_owned())
    }

    #[test]
    fn what_is_no_part_of_the_phrase_is_cut_off() {
        for (text, source, kept) in [
            (
                "In its evening bulletin the council said the dam holds",
                "its evening bulletin the council",
                "the council",
            ),
            ("Despite its defeats Ruritania said the dam holds", "its defeats Ruritania", "Ruritania"),
            ("At a meeting of the union the mayor said the dam holds", "a meeting of the union the mayor", "the mayor"),
            ("Two experts who saw it said the dam holds", "Two experts who", "Two experts"),
            ("Orlan and there said the dam holds", "Orlan and there", "Orlan"),
        ] {
            assert_eq!(mended(text, source, "said").as_deref(), Some(kept), "{text}");
        }
        let passive = "the dam holds, it was said by engineers as the best in years";
        assert_eq!(mended(passive, "engineers as the best in years", "said by").as_deref(), Some("engineers"));
    }

    #[test]
    fn a_noun_phrase_is_left_as_it_is() {
        for source in [
            "the head of the union",
            "Ada Brenn, a teacher",
            "its spokesman Ivan Orlan",
            "two people who were in the room",
            "officials Orlan",
            "a man who stayed because he had no boat",
            "she",
        ] {
            let text = format!("On Monday {source} said the dam holds");
            assert_eq!(mended(&text, source, "said").as_deref(), Some(source));
        }
        let text = "According to spokesmen of the port the dam holds";
        assert_eq!(mended(text, "spokesmen of the port", "According to").as_deref(), Some("spokesmen of the port"));
    }

    #[test]
    fn the_subject_of_the_next_cue_is_no_part_of_the_content_before() {
        let text = "The council said it knew of no plan, but a member of the board wrote that the dam holds";
        let find = |part: &str| text.find(part).map(|at| Span::within(text, at..at + part.len())).unwrap();
        let one = |source: &str, cue: &str, content: &str| Attribution {
            source: Some(super::super::Source { span: Some(find(source)), ..Default::default() }),
            cue: Some(find(cue)),
            content: vec![find(content)],
            mode: super::super::Mode::Indirect,
            medium: None,
            within: None,
        };
        let mut all = [
            one("The council", "said", "it knew of no plan, but a member of the board"),
            one("The council", "wrote", "that the dam holds"),
        ];
        sources(&Words::of(text), &mut all);
        assert_eq!(all[0].content[0].of(text), "it knew of no plan");
        assert_eq!(all[1].source.as_ref().and_then(|s| s.span).map(|s| s.of(text)), Some("a member of the board"));
    }

    #[test]
    fn a_predicate_is_no_source() {
        assert_eq!(mended("who visited the sluice said the dam holds", "visited the sluice", "said"), None);
    }
}
