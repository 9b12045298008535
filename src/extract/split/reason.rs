//! Why a stretch of words is no claim: it asks, wishes, only values, or can't stand alone.

use super::super::Why;
use super::super::lexicon::{
    ADVERB, AUXILIARY, COORDINATOR, DEMONYM, DETERMINER, JUDGEMENT, NOT_FINITE, OBJECT_PRONOUN, ORDER, PREPOSITION,
    PRESENT, PRONOUN, QUANTITY, SAYING, SUBORDINATOR, VERB_OR_NOUN,
};
use super::super::token::{Kind, key};
use super::super::words::Words;
use super::clauses::clauses;
use super::verbs::{VerbGroup, verb_groups};

/// A stretch without a finite verb may still be a claim from this many words on: the verb may be one we don't know.
const LONG: usize = 14;

/// Whether the words end in a question mark.
pub(super) fn asks(words: &Words, places: &[usize]) -> bool {
    let end = places.iter().rev().find(|p| !matches!(words.kind(**p), Some(Kind::Quote | Kind::Single | Kind::Close)));
    end.is_some_and(|p| words.is_kind(*p, Kind::Stop) && words.word(*p).contains(['?', '？', '؟']))
}

/// Why these English words are no claim; none where they are one. `attributed`: somebody says them.
pub(super) fn why(words: &Words, places: &[usize]) -> Option<Why> {
    let groups = verb_groups(words, places);
    if wishes(words, places) {
        return Some(Why::Wish);
    }
    if !stands_alone(words, places, &groups) {
        return Some(Why::Fragment);
    }
    only_values(words, places, &groups).then_some(Why::Opinion)
}

/// Whether there is a finite verb with something before it that can be its subject.
pub(super) fn stands_alone(words: &Words, places: &[usize], groups: &[VerbGroup]) -> bool {
    let length = places.iter().filter(|p| words.is_word(**p)).count();
    let head = places.iter().find(|p| words.is_word(**p));
    if head.is_some_and(|p| words.is_key(*p, key("to")) && !words.is_capital(*p)) {
        return false;
    }
    let Some(first) = groups.first() else {
        return ends_a_sentence(words, places)
            && (length >= LONG && !head.is_some_and(|p| words.ends_in(*p, b"ing")) || may_hold_verb(words, places));
    };
    let subject = |p: &usize| words.is_word(*p) && !words.is(*p, COORDINATOR | ADVERB) || words.is(*p, PRONOUN);
    // "before they are enacted" hangs on something else.
    let hangs = head.is_some_and(|p| HANGING.iter().any(|k| words.is_key(*p, *k)));
    if hangs && clauses(words, places).iter().all(|c| c.verb.is_none()) {
        return false;
    }
    let contracted = places.get(first.start).is_some_and(|p| words.is(*p, PRONOUN));
    contracted || places.iter().take(first.start).any(subject) || inverted(words, places, first)
}

const HANGING: &[u32] = &[
    key("before"),
    key("after"),
    key("because"),
    key("if"),
    key("unless"),
    key("until"),
    key("although"),
    key("though"),
    key("when"),
    key("whenever"),
    key("which"),
    key("who"),
    key("whose"),
    key("whether"),
    key("where"),
    key("as"),
];

/// Whether some word after the first two can be a present that no rule is sure of: "The river Vell floods often."
fn may_hold_verb(words: &Words, places: &[usize]) -> bool {
    let own: Vec<usize> = places.iter().copied().filter(|p| words.is_word(*p)).collect();
    let verb = |p: &usize| words.is(*p, VERB_OR_NOUN | PRESENT) && !words.is_capital(*p);
    own.len() > 3 && own.get(1..own.len() - 1).is_some_and(|inner| inner.iter().any(verb))
}

/// "Never has the river been higher": the subject follows.
fn inverted(words: &Words, places: &[usize], first: &VerbGroup) -> bool {
    let next = places.get(first.start + 1);
    places.get(first.start).is_some_and(|p| words.is(*p, AUXILIARY))
        && next.is_some_and(|p| words.is(*p, DETERMINER | PRONOUN) || words.is_capital(*p))
}

fn ends_a_sentence(words: &Words, places: &[usize]) -> bool {
    places.last().is_some_and(|p| matches!(words.kind(*p), Some(Kind::Stop | Kind::Quote)))
}

/// Wishes, orders and thanks, by how they begin.
fn wishes(words: &Words, places: &[usize]) -> bool {
    let mut from = places.iter().copied().filter(|p| words.is_word(*p) && !words.is_key(*p, key("and")));
    let (Some(first), second, third) = (from.next(), from.next(), from.next()) else { return false };
    const ALWAYS: &[u32] = &[
        key("please"),
        key("let"),
        key("let's"),
        key("let’s"),
        key("thanks"),
        key("thank"),
        key("congratulations"),
        key("hail"),
        key("bless"),
        key("beware"),
        key("imagine"),
        key("glory"),
        key("don't"),
        key("don’t"),
    ];
    if ALWAYS.iter().any(|k| words.is_key(first, *k)) {
        return true;
    }
    let Some(second) = second else { return false };
    let first_person = words.is_key(first, key("i")) || words.is_key(first, key("we"));
    const WISHING: &[u32] = &[
        key("hope"),
        key("wish"),
        key("thank"),
        key("urge"),
        key("congratulate"),
        key("appeal"),
        key("pray"),
        key("call"),
        key("ask"),
        key("invite"),
        key("demand"),
        key("want"),
    ];
    let verb = if words.is(second, ADVERB) { third.unwrap_or(second) } else { second };
    if first_person && WISHING.iter().any(|k| words.is_key(verb, *k)) {
        return true;
    }
    let may_god =
        words.is_key(first, key("may")) && (words.is(second, DETERMINER | PRONOUN) || words.is_key(second, key("god")));
    let orders = words.is(first, ORDER) && words.is(second, DETERMINER | OBJECT_PRONOUN) && !words.is(second, QUANTITY);
    may_god
        || (orders && !words.is(first, AUXILIARY | PREPOSITION))
        || words.is_key(first, key("long")) && words.is_key(second, key("live"))
}

/// "That would be a catastrophe": nothing but a judgement, no figure, no name.
fn only_values(words: &Words, places: &[usize], groups: &[VerbGroup]) -> bool {
    const BE: &[u32] = &[
        key("is"),
        key("are"),
        key("was"),
        key("were"),
        key("be"),
        key("been"),
        key("'s"),
        key("’s"),
        key("seems"),
        key("that's"),
        key("it's"),
        key("am"),
        key("’m"),
        key("'m"),
        key("’re"),
        key("'re"),
    ];
    let [group] = groups else { return false };
    let copula =
        places.get(group.start..group.end).is_some_and(|g| g.iter().any(|p| BE.iter().any(|k| words.is_key(*p, *k))));
    let participle = places.get(group.end - 1).is_some_and(|p| words.ends_in(*p, b"ed") || words.ends_in(*p, b"ing"));
    let rest = places.get(group.end..).unwrap_or_default();
    let judged = rest.iter().any(|p| words.is(*p, JUDGEMENT));
    let first_word = places.iter().position(|p| words.is_word(*p)).unwrap_or(0);
    let facts = |(at, p): (usize, &usize)| {
        words.is_kind(*p, Kind::Number)
            || words.is(*p, QUANTITY | SAYING | NOT_FINITE) && !words.is(*p, JUDGEMENT) && at > group.end
            || at > 0 && words.is_capital(*p) && !words.is(*p, DEMONYM | PRONOUN)
            || words.is(*p, SUBORDINATOR) && !words.is(*p, DETERMINER) && at > group.end
    };
    copula && !participle && judged && !places.iter().enumerate().skip(first_word + 1).any(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<Why> {
        let words = Words::of(text);
        let places: Vec<_> = (0..words.len()).collect();
        if asks(&words, &places) { Some(Why::Question) } else { why(&words, &places) }
    }

    #[test]
    fn what_asserts_nothing_is_told_by_its_kind() {
        for (text, expected) in [
            ("Is the dam about to break?", Why::Question),
            ("Please keep away from the river.", Why::Wish),
            ("We hope the talks go on.", Why::Wish),
            ("Share this story with friends", Why::Wish),
            ("May the dead rest in peace.", Why::Wish),
            ("Thank you for your help.", Why::Wish),
            ("That would be a disaster in spring.", Why::Opinion),
            ("It’s a shameful mistake.", Why::Opinion),
            ("Allies and rivals.", Why::Fragment),
            ("“colossal”", Why::Fragment),
            ("to leave the town", Why::Fragment),
            ("The worst flood in years", Why::Fragment),
            ("before they are built", Why::Fragment),
        ] {
            assert_eq!(reason(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn assertions_are_claims() {
        for text in [
            "The dam is in danger.",
            "It’s the main port of the north.",
            "The flood was the worst since 1970.",
            "Support for the mayor fell in June.",
            "Two men died.",
            "There are no talks.",
            "We lost four boats.",
            "May was the wettest month.",
            "After losing its port, the army gained two towns.",
            "Until now, the dam has held.",
        ] {
            assert_eq!(reason(text), None, "{text}");
        }
    }
}
