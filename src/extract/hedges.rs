//! Words of likelihood and reserve, with their band of the scales in `lexicon`.
//!
//! The longest entry wins and words are never counted twice; a negation before an entry is part of it and turns
//! its band. Knows words only: what a hedge qualifies is told elsewhere.

mod lexicon;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::fnv::Fnv;
use super::keyset::KeySet;
use super::{Hedge, Span};
use lexicon::{ENTRIES, Entry};

/// The hedges inside `within`, in order, without overlaps.
pub fn hedges(text: &str, within: Span) -> Vec<Hedge> {
    let mut found = Vec::new();
    let mut rest = within;
    while !rest.is_empty() {
        let piece = first_piece(text, rest);
        if may_hold_any(piece.of(text)) {
            find(text, piece, &mut found);
        }
        rest = Span::within(text, piece.end()..rest.end());
    }
    found
}

/// All of a sentence, and of a text without sentences as much as keeps the list of its words small.
fn first_piece(text: &str, rest: Span) -> Span {
    if rest.len() <= LONGEST_PIECE {
        return rest;
    }
    let piece = Span::within(text, rest.start()..rest.start() + LONGEST_PIECE);
    match piece.of(text).rfind(' ') {
        Some(at) if at > 0 => Span::within(text, piece.start()..piece.start() + at),
        _ => piece,
    }
}

const LONGEST_PIECE: usize = 1 << 14;

fn find(text: &str, within: Span, found: &mut Vec<Hedge>) {
    let words = words(text, within);
    let mut at = 0;
    while at < words.len() {
        let month = words[at].lower == "may" && words[at].span.of(text).starts_with("Ma");
        let Some((entry, length)) = longest(&words, at).filter(|_| !month) else {
            at += 1;
            continue;
        };
        let negation =
            entry.negated.and_then(|turned| negation_before(&words[..at], found.last()).map(|n| (turned, n)));
        let last = words[at + length - 1].span;
        found.push(match negation {
            Some(((term, band), place)) => Hedge { span: words[place].span.cover(last), term, band },
            None => Hedge { span: words[at].span.cover(last), term: entry.term, band: entry.band },
        });
        at += length;
    }
}

struct Word<'t> {
    span: Span,
    lower: Cow<'t, str>,
    /// Followed by a comma, stop or other mark that no entry reaches over.
    breaks: bool,
}

/// Words in lower case, apostrophes straight. Only words of Latin letters can be in the lexicon.
fn words(text: &str, within: Span) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let inside = within.of(text);
    let mut close = |from: Option<usize>, to: usize, mark: char| {
        if let Some(from) = from {
            let lower = lower(&inside[from..to]);
            let span = Span::within(text, within.start() + from..within.start() + to);
            words.push(Word { span, lower, breaks: !mark.is_whitespace() });
        } else if let Some(last) = words.last_mut().filter(|_| !mark.is_whitespace()) {
            last.breaks = true;
        }
    };
    for (at, c) in inside.char_indices() {
        if c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') && start.is_some() {
            start = start.or(Some(at));
        } else {
            close(start.take(), at, c);
        }
    }
    close(start, inside.len(), ' ');
    words
}

/// Most words are in lower case as they stand.
fn lower(word: &str) -> Cow<'_, str> {
    let plain = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'\'');
    match () {
        () if plain => Cow::Borrowed(word),
        () if word.contains('’') => Cow::Owned(word.to_lowercase().replace('’', "'")),
        () => Cow::Owned(word.to_lowercase()),
    }
}

/// A form of an entry, by its words.
type Form = (&'static Entry, Vec<&'static str>);

static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<Form>, Fnv>> = LazyLock::new(|| {
    let mut index: HashMap<&str, Vec<Form>, Fnv> = HashMap::default();
    for (entry, form) in ENTRIES.iter().flat_map(|entry| entry.forms.iter().map(move |form| (entry, form))) {
        let words: Vec<&str> = form.split(' ').collect();
        index.entry(words.first().copied().unwrap_or_default()).or_default().push((entry, words));
    }
    index
});

/// Whether a word has the first four letters and the length of the longest word of some form. Most sentences
/// have none, and need no more than this one pass over their bytes.
fn may_hold_any(inside: &str) -> bool {
    let mut start = 0;
    let bytes = inside.as_bytes();
    for at in 0..=bytes.len() {
        if bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            continue;
        }
        if at > start && KEYS.may_hold(key(&bytes[start..at])) {
            return true;
        }
        start = at + 1;
    }
    false
}

/// Four letters in five bits each whatever their case, and the length, mixed.
fn key(word: &[u8]) -> u32 {
    let letters = word.iter().take(4).fold(0, |letters, byte| letters << 5 | u32::from(byte & 31));
    (letters << 4 | word.len().min(15) as u32).wrapping_mul(0x9E37_79B1) >> 18
}

static KEYS: LazyLock<KeySet> = LazyLock::new(|| {
    let longest = |form: &&str| form.split(' ').max_by_key(|word| word.len()).map_or(0, |word| key(word.as_bytes()));
    let keys: Vec<u32> = ENTRIES.iter().flat_map(|entry| entry.forms).map(longest).collect();
    KeySet::new().with(&keys)
});

/// The entry that takes in most words from here on.
fn longest(words: &[Word<'_>], at: usize) -> Option<(&'static Entry, usize)> {
    let forms = BY_FIRST_WORD.get(words[at].lower.as_ref())?;
    let fitting = forms.iter().filter_map(|(entry, form)| {
        let length = matches_form(&words[at..], form)?;
        may_stand(entry, words, at, length).then_some((*entry, length))
    });
    fitting.max_by_key(|(_, length)| *length)
}

/// Whether the words around an entry let it be a hedge.
fn may_stand(entry: &Entry, words: &[Word<'_>], at: usize, length: usize) -> bool {
    let before =
        at.checked_sub(1).map(|place| &words[place]).filter(|word| !word.breaks).map(|word| word.lower.as_ref());
    let after = words.get(at + length).filter(|_| !words[at + length - 1].breaks).map(|word| word.lower.as_ref());
    let wanted = entry.only_after.is_empty() || before.is_some_and(|word| entry.only_after.contains(&word));
    wanted
        && !before.is_some_and(|word| entry.not_after.contains(&word))
        && !after.is_some_and(|word| entry.not_before.contains(&word))
}

fn matches_form(words: &[Word<'_>], form: &[&str]) -> Option<usize> {
    let there = words.get(..form.len())?;
    let (_, joined) = there.split_last()?;
    let same = there.iter().zip(form).all(|(word, part)| word.lower == *part);
    (same && !joined.iter().any(|word| word.breaks)).then_some(form.len())
}

/// Place of a "not" before an entry, with at most two small words between; never one inside an earlier hedge.
fn negation_before(words: &[Word<'_>], earlier: Option<&Hedge>) -> Option<usize> {
    for place in (words.len().saturating_sub(3)..words.len()).rev() {
        let word = &words[place];
        if word.breaks || earlier.is_some_and(|hedge| hedge.span.overlaps(word.span)) {
            return None;
        }
        if matches!(word.lower.as_ref(), "not" | "never" | "hardly" | "scarcely" | "no") || word.lower.ends_with("n't")
        {
            return Some(place);
        }
        if !matches!(
            word.lower.as_ref(),
            "be" | "been"
                | "is"
                | "at"
                | "all"
                | "so"
                | "yet"
                | "a"
                | "the"
                | "as"
                | "very"
                | "that"
                | "too"
                | "particularly"
        ) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::Band::*;
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&'static str, Option<super::super::Band>)> {
        hedges(text, Span::within(text, 0..text.len())).into_iter().map(|h| (h.term, h.band)).collect()
    }

    #[test]
    fn each_word_of_the_scales_has_its_band() {
        for (text, term, band) in [
            ("The dam will almost certainly hold.", "almost certain", Some(AlmostCertain)),
            ("It is highly likely to hold.", "highly likely", Some(VeryLikely)),
            ("It will likely hold.", "likely", Some(Likely)),
            ("It probably holds.", "probable", Some(Likely)),
            ("There is a realistic possibility that it breaks.", "realistic possibility", Some(RoughlyEven)),
            ("It may break.", "may", Some(RoughlyEven)),
            ("There is a roughly even chance that it breaks.", "roughly even chance", Some(RoughlyEven)),
            ("It is unlikely to break.", "unlikely", Some(Unlikely)),
            ("It is not likely to break.", "not likely", Some(Unlikely)),
            ("It isn’t very likely to break.", "not very likely", Some(Unlikely)),
            ("It is highly unlikely to break.", "highly unlikely", Some(VeryUnlikely)),
            ("There is a remote chance that it breaks.", "remote chance", Some(AlmostNoChance)),
            ("The reportedly broken dam.", "reportedly", None),
            ("The offensive could start in spring.", "could", Some(RoughlyEven)),
            ("It isn’t certain whether it holds.", "not certain", None),
            ("It is far from certain.", "uncertain", None),
            ("It is certain to hold.", "certain", Some(AlmostCertain)),
            ("The claimed strike.", "claimed", None),
            ("It is not unlikely.", "not unlikely", Some(Likely)),
            ("It is not at all likely.", "not likely", Some(Unlikely)),
            ("It will most likely hold.", "very likely", Some(VeryLikely)),
            ("It may not hold.", "may not", Some(RoughlyEven)),
            ("There is little chance that it holds.", "little chance", Some(VeryUnlikely)),
            ("It is nearly certain to hold.", "nearly certain", Some(AlmostCertain)),
            ("It is highly improbable.", "highly improbable", Some(VeryUnlikely)),
            ("It appears to hold.", "apparently", None),
            ("The suspected leak.", "suspected", None),
            ("The so-called safe dam.", "so-called", None),
            ("It is not certain that it holds.", "not certain", None),
        ] {
            assert_eq!(found(text), [(term, band)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_hedge_is_none() {
        for text in [
            "In May the dam broke.",
            "On 5 May 2023 it broke.",
            "The dam, it holds.",
            "May 2023 was wet.",
            "Come as soon as possible.",
            "A certain man came.",
            "He claimed that it held.",
            "Of all likely voters half stayed.",
            "She suspected that it leaks.",
            "They could see smoke.",
            "It is possible to mend it.",
            "The leak was apparent.",
            "They are supposed to mend it.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn hedges_lie_inside_and_in_order(text in "(\\PC|[ .,’']|not |may |likely |very ){0,120}", from in 0usize..40, to in 0usize..400) {
            let within = Span::within(&text, from..to.max(from));
            let found = hedges(&text, within);
            prop_assert!(found.iter().all(|hedge| within.contains(hedge.span) && !hedge.span.is_empty()));
            prop_assert!(found.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
        }
    }

    #[test]
    fn a_sentence_of_a_million_words_is_read_in_pieces() {
        let text = "it may hold ".repeat(300_000);
        assert_eq!(hedges(&text, Span::within(&text, 0..text.len())).len(), 300_000);
        let text = "é".repeat(1_000_000) + " may";
        assert_eq!(hedges(&text, Span::within(&text, 0..text.len())).len(), 1);
    }

    #[test]
    fn every_form_is_found_whatever_stands_around_it() {
        for entry in ENTRIES {
            for form in entry.forms {
                let before = entry.only_after.first().copied().unwrap_or("which");
                let text = format!("(It holds), {before} {} now.", form.to_uppercase());
                assert!(found(&text).iter().any(|(term, _)| *term == entry.term), "{text}");
            }
        }
    }

    #[test]
    fn no_form_stands_twice_in_the_lexicon() {
        let mut forms: Vec<_> = ENTRIES.iter().flat_map(|entry| entry.forms).collect();
        let all = forms.len();
        forms.sort();
        forms.dedup();
        assert_eq!(forms.len(), all);
    }
}
