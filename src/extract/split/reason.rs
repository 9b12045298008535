//! Why a stretch of words is no claim: it asks, wishes, only values, or can't stand alone.

use super::super::Why;
use super::super::lexicon::{
    ADVERB, ASSERTION, AUXILIARY, COORDINATOR, DEMONYM, DETERMINER, JUDGEMENT, NOT_FINITE, OBJECT_PRONOUN, ORDER, PAST,
    PREPOSITION, PRESENT, PRONOUN, QUANTITY, SAYING, SUBORDINATOR, VERB_OR_NOUN,
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
    let adverb = |p: usize| words.is(p, ADVERB) && !words.is(p, DETERMINER);
    let subject = |p: &usize| words.is_word(*p) && !words.is(*p, COORDINATOR) && !adverb(*p) || words.is(*p, PRONOUN);
    // "before they are enacted" hangs on something else.
    let hangs = head.is_some_and(|p| HANGING.iter().any(|k| words.is_key(*p, *k)));
    if hangs && !main_clause_follows(words, places, groups) && !has_main_verb(words, places) {
        return false;
    }
    let contracted = places.get(first.start).is_some_and(|p| words.is(*p, PRONOUN));
    contracted || places.iter().take(first.start).any(subject) || inverted(words, places, first)
}

/// What opens a question that somebody left open.
pub(super) const INTERROGATIVE: &[u32] = &[
    key("where"),
    key("who"),
    key("whom"),
    key("whose"),
    key("what"),
    key("when"),
    key("why"),
    key("how"),
    key("whether"),
    key("which"),
];

/// "that the dam holds", "reports that the dam broke": opens a clause, whatever its verb is.
pub(super) fn is_that_clause(words: &Words, places: &[usize]) -> bool {
    let mut from = places.iter().copied().skip_while(|p| !words.is_word(*p));
    let mut head = from.next();
    if head.is_some_and(|p| words.is(p, ASSERTION) && !words.is_capital(p)) {
        head = from.next();
    }
    let next = from.next();
    head.is_some_and(|p| words.is_key(p, key("that")) && !words.is_capital(p))
        && next.is_some_and(|p| !words.is(p, AUXILIARY | PREPOSITION | ADVERB) && words.is_word(p))
        // A subject and a verb at the least; "that so far" has neither.
        && !next.is_some_and(|p| words.is_key(p, key("so")) || words.is_key(p, key("much")))
        && from.next().is_some_and(|p| words.is_word(p))
}

/// "the ships hold wheat": a subject that is set off as one, and a word that can be its verb.
pub(super) fn may_predicate(words: &Words, places: &[usize], groups: &[VerbGroup]) -> bool {
    let head = places.iter().find(|p| words.is_word(**p));
    let verb = groups.first().and_then(|g| places.get(g.start));
    head.is_some_and(|p| words.is(*p, DETERMINER | PRONOUN) || words.is_capital(*p) || words.is_kind(*p, Kind::Number))
        && verb.is_some_and(|p| !words.ends_in(*p, b"ed"))
}

/// "denied having fired": a verb opens the words, its subject stands outside.
pub(super) fn is_predicate(words: &Words, places: &[usize]) -> bool {
    let mut own = places.iter().copied().filter(|p| words.is_word(*p));
    let (Some(first), Some(next)) = (own.next(), own.next()) else { return false };
    !words.is_capital(first)
        && (words.is(first, PAST) || words.ends_in(first, b"ed"))
        && !words.is(first, DETERMINER | PREPOSITION)
        && (words.is(next, DETERMINER | PREPOSITION | PRONOUN | OBJECT_PRONOUN) || words.ends_in(next, b"ing"))
}

/// Whether some finite verb hangs on no "which", "that" or "after".
pub(super) fn has_main_verb(words: &Words, places: &[usize]) -> bool {
    clauses(words, places).iter().any(|c| c.verb.is_some())
}

/// "Since the merger, in short, the fleet has shrunk": a subject right after a comma, and a verb.
fn main_clause_follows(words: &Words, places: &[usize], groups: &[VerbGroup]) -> bool {
    let relative = |p: &usize| [key("who"), key("which"), key("whose")].iter().any(|k| words.is_key(*p, *k));
    if places.iter().find(|p| words.is_word(**p)).is_none_or(relative) {
        return false;
    }
    let Some(last) = groups.last() else { return false };
    let comma = places.iter().take(last.start).rposition(|p| words.is_kind(*p, Kind::Comma));
    comma.and_then(|at| places.get(at + 1)).is_some_and(|p| {
        (words.is(*p, DETERMINER | PRONOUN) || words.is_capital(*p)) && !words.is(*p, SUBORDINATOR | COORDINATOR)
    })
}

const HANGING: &[u32] = &[
    key("what"),
    key("why"),
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

/// Whether some word after the first can be a verb that no rule is sure of: "The river Vell floods often.", "Vell
/// outgrows its rivals."
fn may_hold_verb(words: &Words, places: &[usize]) -> bool {
    let own: Vec<usize> = places.iter().copied().filter(|p| words.is_word(*p)).collect();
    let verb = |p: &usize| words.is(*p, VERB_OR_NOUN | PRESENT) && !words.is_capital(*p);
    let governs = |w: &[usize]| {
        let &[before, at, after] = w else { return false };
        let joined = before + 1 == at && at + 1 == after;
        let third_person = words.ends_in(at, b"s") && !words.ends_in(at, b"ss") && !words.ends_in(at, b"us");
        let noun_before = !words.is(before, DETERMINER | PREPOSITION | QUANTITY | COORDINATOR | ADVERB)
            && !words.is_kind(before, Kind::Number)
            && !words.ends_in(before, b"s");
        let closed = PREPOSITION | COORDINATOR | SUBORDINATOR | AUXILIARY | ADVERB;
        let past = words.ends_in(at, b"ed") && words.is(before, OBJECT_PRONOUN);
        joined && !words.is_capital(at) && !words.is(after, closed) && (third_person && noun_before || past)
    };
    own.len() > 3
        && (own.get(1..own.len() - 1).is_some_and(|inner| inner.iter().any(verb)) || own.windows(3).any(governs))
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
    // "Look, the river is rising" orders nothing.
    let governs = second == first + 1 && words.is(second, DETERMINER | OBJECT_PRONOUN);
    let orders = words.is(first, ORDER) && governs && !words.is(second, QUANTITY);
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
            ("what the drones had hit", Why::Fragment),
            ("as the worst flood since the dam broke", Why::Fragment),
            ("Watch the video", Why::Wish),
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
            "Both were sold within a month.",
            "Both quarries lie north of the town.",
            "The new port outgrows every rival.",
            "Neither of them attended the hearing.",
            "After that, once more, the harbour was closed.",
            "If you swap your boat, you’re going to lose it.",
            "Look, the river is rising.",
            "The mill’s at the edge of ruin.",
            "What the guns hit is disputed.",
        ] {
            assert_eq!(reason(text), None, "{text}");
        }
    }
}
