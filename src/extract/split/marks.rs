//! The exact spans of a claim: without the marks around it, in as many pieces as the text has it in.

use smallvec::SmallVec;

use super::super::Span;
use super::super::lexicon::{ASSERTION, AUXILIARY, DETERMINER, PRONOUN, TITLE};
use super::super::token::{Kind, key};
use super::super::words::Words;

/// The spans of the words at `places`, one for each unbroken piece, without commas, wrapping marks and the last stop.
pub(super) fn spans(words: &Words, places: &[usize], attributed: bool) -> SmallVec<[Span; 2]> {
    let mut spans = SmallVec::new();
    let mut piece = 0;
    for at in 1..=places.len() {
        let broken = at == places.len() || places.get(at) != places.get(at - 1).map(|p| p + 1).as_ref();
        if broken {
            let run = bare(words, places.get(piece..at).unwrap_or_default(), attributed && piece == 0);
            spans.extend(run.first().zip(run.last()).map(|(first, last)| words.span(*first..last + 1)));
            piece = at;
        }
    }
    spans
}

/// The run without the marks at its ends that are no part of what is asserted.
fn bare<'p>(words: &Words, run: &'p [usize], attributed: bool) -> &'p [usize] {
    let mut run = run;
    loop {
        let before = run.len();
        run = without_quotes(words, without_dateline(words, run));
        while let Some((last, rest)) = run.split_last() {
            let stop = words.is_kind(*last, Kind::Stop) && words.word(*last) == "." && !abbreviates(words, rest);
            if !stop && !is_joint(words, *last) {
                break;
            }
            run = rest;
        }
        run = without_bracket(words, run);
        run = without_bracket(words, run);
        if attributed {
            run = without_report(words, without_copula(words, run));
        }
        while let Some((first, rest)) = run.split_first() {
            let that =
                (words.is_key(*first, key("that")) || words.is_key(*first, key("how"))) && !words.is_capital(*first);
            let coordinator = [key("and"), key("but")].iter().any(|k| words.is_key(*first, *k));
            let opener = attributed
                && (that && is_opener(words, rest) || coordinator && !words.is_capital(*first) && !rest.is_empty());
            if !is_joint(words, *first) && !words.is_kind(*first, Kind::Stop) && !opener {
                break;
            }
            run = rest;
        }
        if run.len() == before {
            return if run.iter().any(|p| words.is_word(*p)) { run } else { &[] };
        }
    }
}

fn is_joint(words: &Words, place: usize) -> bool {
    matches!(words.kind(place), Some(Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Dash))
}

/// Whether "that" before these words opens what was said, and doesn't point to a noun or stand for one.
fn is_opener(words: &Words, rest: &[usize]) -> bool {
    rest.first().is_some_and(|p| {
        words.is(*p, DETERMINER | PRONOUN)
            || words.is_capital(*p)
            || words.is_kind(*p, Kind::Number)
            || !words.is(*p, AUXILIARY)
    })
}

/// A stop after one letter or a title belongs to the word.
fn abbreviates(words: &Words, before: &[usize]) -> bool {
    before.last().is_some_and(|p| {
        words.is_word(*p)
            && (words.word(*p).chars().count() == 1 && words.is_capital(*p)
                || words.is(*p, TITLE) && words.word(*p).len() < 5)
    })
}

/// "the answer was that the dam holds": what comes after "that".
fn without_copula<'p>(words: &Words, run: &'p [usize]) -> &'p [usize] {
    let is = |at: usize, keys: &[u32]| run.get(at).is_some_and(|p| keys.iter().any(|k| words.is_key(*p, *k)));
    let copula = is(0, &[key("was"), key("is"), key("were"), key("are"), key("being")]) && is(1, &[key("that")]);
    if copula { run.get(2..).unwrap_or_default() } else { run }
}

/// "reports that the dam broke": what comes after "that".
fn without_report<'p>(words: &Words, run: &'p [usize]) -> &'p [usize] {
    let article = usize::from(run.first().is_some_and(|p| words.is(*p, DETERMINER)));
    let noun = run.get(article).is_some_and(|p| words.is(*p, ASSERTION) && !words.is_capital(*p));
    let that = run.get(article + 1).is_some_and(|p| words.is_key(*p, key("that")));
    let rest = run.get(article + 2..).unwrap_or_default();
    if noun && that && !rest.is_empty() && is_opener(words, rest) { rest } else { run }
}

/// "VELL, June 3 (Agency) - ": where and when a dispatch was written.
fn without_dateline<'p>(words: &Words, run: &'p [usize]) -> &'p [usize] {
    const LONGEST: usize = 14;
    let kind = |at: usize| run.get(at).and_then(|p| words.kind(*p));
    let close = (2..LONGEST).find(|at| kind(*at) == Some(Kind::Close) && kind(at + 1) == Some(Kind::Dash));
    let Some(close) = close else { return run };
    let plain = |p: &usize| words.is_capital(*p) || !words.is_word(*p) || words.is_kind(*p, Kind::Number);
    let dateline = run.get(..close).is_some_and(|head| head.iter().all(plain));
    if dateline { run.get(close + 2..).unwrap_or_default() } else { run }
}

/// "(HIR), two ships sank": an acronym in brackets belongs to the name before it.
fn without_bracket<'p>(words: &Words, run: &'p [usize]) -> &'p [usize] {
    let kind = |at: usize| run.get(at).and_then(|p| words.kind(*p));
    let bracket = kind(0) == Some(Kind::Open) && kind(2) == Some(Kind::Close) && kind(3) == Some(Kind::Comma);
    if bracket { run.get(4..).unwrap_or_default() } else { run }
}

/// Quotation marks that wrap all of it, or have lost their partner, are taken off.
fn without_quotes<'p>(words: &Words, run: &'p [usize]) -> &'p [usize] {
    let mut run = run;
    if let Some((first, rest)) = run.split_first().filter(|(first, _)| words.is_kind(**first, Kind::Quote)) {
        match partner(words, *first, rest) {
            None => run = rest,
            Some(at) if at + 1 == rest.len() => run = rest.get(..at).unwrap_or_default(),
            Some(_) => {}
        }
    }
    if let Some((last, rest)) = run.split_last().filter(|(last, _)| words.is_kind(**last, Kind::Quote)) {
        let opens_before = rest.iter().filter(|p| words.is_kind(**p, Kind::Quote)).count() % 2 == 1;
        if !opens_before || is_opening(words.word(*last)) {
            run = rest;
        }
    }
    run
}

/// Where in `rest` the mark that closes `first` stands.
fn partner(words: &Words, first: usize, rest: &[usize]) -> Option<usize> {
    if is_closing(words.word(first)) {
        return None;
    }
    let mut depth = 0usize;
    for (at, p) in rest.iter().enumerate().filter(|(_, p)| words.is_kind(**p, Kind::Quote)) {
        let mark = words.word(*p);
        if is_opening(mark) {
            depth += 1;
        } else if depth == 0 {
            return Some(at);
        } else {
            depth -= 1;
        }
    }
    None
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "“" | "„" | "«" | "「" | "『" | "``")
}

pub(super) fn is_closing(mark: &str) -> bool {
    matches!(mark, "”" | "»" | "」" | "』")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        let places: Vec<_> = (0..words.len()).collect();
        spans(&words, &places, true).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn marks_around_a_claim_are_no_part_of_it() {
        assert_eq!(of("“The dam broke,”"), ["The dam broke"]);
        assert_eq!(of("“The dam broke."), ["The dam broke"]);
        assert_eq!(of("The dam broke.”"), ["The dam broke"]);
        assert_eq!(of("“left” and “right” are two"), ["“left” and “right” are two"]);
        assert_eq!(of("the so-called “wall”"), ["the so-called “wall”"]);
        assert_eq!(of("\"The dam broke,\""), ["The dam broke"]);
        assert_eq!(of("that the dam broke"), ["the dam broke"]);
        assert_eq!(of("reports that the dam broke"), ["the dam broke"]);
        assert_eq!(of("“but the dam broke.”"), ["the dam broke"]);
        assert_eq!(of("He lives in the U.S."), ["He lives in the U.S."]);
        assert!(of("“…”").is_empty());
        assert_eq!(of("VELL, June 3 (Agency) - The dam broke."), ["The dam broke"]);
    }
}
