//! Words of likelihood and reserve, with their band of the scales in `lexicon`.
//!
//! The longest entry wins and words are never counted twice; a negation before an entry is part of it and turns
//! its band. Knows words only: what a hedge qualifies is told elsewhere.

mod lexicon;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Hedge, Span};
use lexicon::{ENTRIES, Entry};

/// The hedges inside `within`, in order, without overlaps.
pub fn hedges(text: &str, within: Span) -> Vec<Hedge> {
    let words = words(text, within);
    let mut found: Vec<Hedge> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((entry, length)) = longest(&words[at..]).filter(|_| !is_month(text, &words, at)) else {
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
    found
}

struct Word {
    span: Span,
    lower: String,
    /// Followed by a comma, stop or other mark that no entry reaches over.
    breaks: bool,
}

/// Words in lower case, apostrophes straight. Only words of Latin letters can be in the lexicon.
fn words(text: &str, within: Span) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let inside = within.of(text);
    let mut close = |from: Option<usize>, to: usize, mark: char| {
        if let Some(from) = from {
            let lower = inside[from..to].to_lowercase().replace('’', "'");
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

static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<&Entry>>> = LazyLock::new(|| {
    let mut index: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in ENTRIES {
        for form in entry.forms {
            index.entry(form.split(' ').next().unwrap_or_default()).or_default().push(entry);
        }
    }
    index
});

/// The entry that takes in most words from here on.
fn longest(words: &[Word]) -> Option<(&'static Entry, usize)> {
    let candidates = BY_FIRST_WORD.get(words.first()?.lower.as_str())?;
    let forms = candidates.iter().flat_map(|entry| entry.forms.iter().map(move |form| (*entry, *form)));
    forms
        .filter_map(|(entry, form)| matches_form(words, form).map(|length| (entry, length)))
        .max_by_key(|(_, length)| *length)
}

fn matches_form(words: &[Word], form: &str) -> Option<usize> {
    let mut length = 0;
    for part in form.split(' ') {
        let word = words.get(length)?;
        if word.lower != part || length > 0 && words[length - 1].breaks {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Place of a "not" before an entry, with at most two small words between; never one inside an earlier hedge.
fn negation_before(words: &[Word], earlier: Option<&Hedge>) -> Option<usize> {
    for place in (words.len().saturating_sub(3)..words.len()).rev() {
        let word = &words[place];
        if word.breaks || earlier.is_some_and(|hedge| hedge.span.overlaps(word.span)) {
            return None;
        }
        if matches!(word.lower.as_str(), "not" | "never" | "hardly" | "scarcely" | "no") || word.lower.ends_with("n't")
        {
            return Some(place);
        }
        if !matches!(
            word.lower.as_str(),
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

/// "May" with a capital is the month but at the start of a sentence.
fn is_month(text: &str, words: &[Word], at: usize) -> bool {
    words[at].lower == "may" && {
        let upper = words[at].span.of(text).starts_with('M');
        let dated = |word: Option<&Word>| word.is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
        upper && (at > 0 || dated(words.get(at + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Band::*;
    use super::*;

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
            ("The suspected leak.", "suspected", None),
            ("The so-called safe dam.", "so-called", None),
            ("It is not certain that it holds.", "not certain", None),
        ] {
            assert_eq!(found(text), [(term, band)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_hedge_is_none() {
        for text in ["In May the dam broke.", "On 5 May 2023 it broke.", "The dam, it holds.", "May 2023 was wet."] {
            assert_eq!(found(text), [], "{text}");
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
