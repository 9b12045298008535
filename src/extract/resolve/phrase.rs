//! What a source phrase is: a pronoun, a name, a role, a body, a crowd, a document; and its head word.
//!
//! Looks at the phrase alone; who it means is found in `mod`.

use std::ops::Range;

use super::super::lexicon::{
    ADVERB, AUXILIARY, BODY, COORDINATOR, CROWD, DETERMINER, DOCUMENT, PREPOSITION, PRONOUN, QUANTITY, ROLE, SAYING,
    SUBORDINATOR, TITLE,
};
use super::super::token::{Kind, key};
use super::super::words::Words;
use super::names::Gender;

/// A source phrase as it is worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its words, without articles and marks around.
    pub at: Range<usize>,
    /// The word that the rest hangs on.
    pub head: usize,
    /// What the head is.
    pub sort: PhraseSort,
    /// Whether it points back: "the", "this", "its".
    pub definite: bool,
}

/// What a source phrase is, by its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PhraseSort {
    He(Gender),
    It,
    They,
    /// "I", "we": whoever speaks.
    Speaker,
    /// "who", "which": what stands right before.
    Relative,
    Role,
    Body,
    Crowd,
    Document,
    /// A capital: a name, if it is one.
    Name,
    /// "the mayor and two deputies": several at once.
    Several,
    Other,
}

/// Reads the phrase at these words.
pub(super) fn read(words: &Words, at: Range<usize>) -> Option<Phrase> {
    let end = at.end.min(words.len());
    let mut start = at.start;
    let mut definite = false;
    while start < end && (!is_wordlike(words, start) || leads(words, start)) {
        definite |= words.is(start, DETERMINER) && !words.is(start, QUANTITY) && !is_indefinite(words, start);
        start += 1;
    }
    if start >= end {
        // Nothing but "that", "several", "he": the last of them is the phrase.
        start = (at.start..end).rev().find(|p| is_wordlike(words, *p))?;
    }
    let stop = phrase_end(words, start, end);
    let head = (start..stop).rev().find(|p| matches!(words.kind(*p), Some(Kind::Word | Kind::Number)))?;
    let several = is_several(words, stop, end);
    let sort = if several { PhraseSort::Several } else { sort_of(words, start, head) };
    let from = (at.start..start).find(|p| counts(words, *p)).unwrap_or(start);
    Some(Phrase { at: from..trimmed(words, from, end), head, sort, definite })
}

fn is_wordlike(words: &Words, at: usize) -> bool {
    matches!(words.kind(at), Some(Kind::Word | Kind::Number | Kind::Clitic))
}

fn leads(words: &Words, at: usize) -> bool {
    let alone = words.is(at, PRONOUN) && !words.is(at, DETERMINER);
    !alone && words.is(at, DETERMINER | ADVERB | PREPOSITION | COORDINATOR) && !words.is(at, SUBORDINATOR | CROWD)
        || words.is(at, DETERMINER) && words.is(at, SUBORDINATOR)
}

/// "several", "some", "other": says how many of them, and stays with the name of a crowd.
fn counts(words: &Words, at: usize) -> bool {
    const SOME: &[u32] = &[key("some"), key("all"), key("other"), key("most"), key("half"), key("both"), key("no")];
    words.is(at, QUANTITY) || SOME.iter().any(|k| words.is_key(at, *k))
}

fn is_indefinite(words: &Words, at: usize) -> bool {
    const INDEFINITE: &[u32] = &[
        key("a"),
        key("an"),
        key("some"),
        key("any"),
        key("no"),
        key("another"),
        key("other"),
        key("all"),
        key("every"),
        key("each"),
    ];
    INDEFINITE.iter().any(|k| words.is_key(at, *k))
}

/// Where the head's own words end: before "of", a comma, "who".
fn phrase_end(words: &Words, start: usize, end: usize) -> usize {
    // The stop of "Gen." or of an initial ends nothing.
    let abbreviates =
        |p: usize| words.is_kind(p, Kind::Stop) && (words.is(p - 1, TITLE) || words.word(p - 1).chars().count() == 1);
    let ends = |p: usize| {
        !is_wordlike(words, p) && !abbreviates(p) && words.kind(p) != Some(Kind::Quote)
            || words.is(p, PREPOSITION | SUBORDINATOR | COORDINATOR | AUXILIARY) && !words.is_capital(p)
            || words.is(p, SAYING) && !words.is(p, DOCUMENT | CROWD | ROLE) && !words.is_capital(p)
    };
    (start + 1..end).find(|p| ends(*p)).unwrap_or(end)
}

/// Whether "and" and another source follow the head's words.
fn is_several(words: &Words, stop: usize, end: usize) -> bool {
    let and = words.is_key(stop, key("and")) && stop < end;
    and && (stop + 1..end).take(6).any(|p| words.is(p, ROLE | CROWD | BODY) || words.is_capital(p))
}

fn trimmed(words: &Words, start: usize, end: usize) -> usize {
    (start..end).rev().find(|p| matches!(words.kind(*p), Some(Kind::Word | Kind::Number))).map_or(end, |p| p + 1)
}

fn sort_of(words: &Words, start: usize, head: usize) -> PhraseSort {
    if start == head {
        for (word, sort) in PRONOUNS {
            if words.is_key(head, *word) {
                return *sort;
            }
        }
    }
    let capital = words.is_capital(head);
    match () {
        () if words.is(head, CROWD) && !is_single_police(words, start, head) => PhraseSort::Crowd,
        () if capital && !(start == head && words.is(head, ROLE | BODY | DOCUMENT)) => PhraseSort::Name,
        () if words.is(head, ROLE) => PhraseSort::Role,
        () if words.is(head, DOCUMENT) => PhraseSort::Document,
        () if words.is(head, BODY) || is_think_tank(words, head) => PhraseSort::Body,
        () => PhraseSort::Other,
    }
}

fn is_think_tank(words: &Words, head: usize) -> bool {
    words.is_key(head, key("tank")) && head > 0 && words.is_key(head - 1, key("think"))
}

/// "accounts" and "figures" are documents where a body stands before; nothing else of the crowd is.
fn is_single_police(words: &Words, start: usize, head: usize) -> bool {
    words.is(head, BODY) && start == head
}

const PRONOUNS: &[(u32, PhraseSort)] = &[
    (key("he"), PhraseSort::He(Gender::Male)),
    (key("him"), PhraseSort::He(Gender::Male)),
    (key("she"), PhraseSort::He(Gender::Female)),
    (key("it"), PhraseSort::It),
    (key("they"), PhraseSort::They),
    (key("them"), PhraseSort::They),
    (key("i"), PhraseSort::Speaker),
    (key("we"), PhraseSort::Speaker),
    (key("who"), PhraseSort::Relative),
    (key("which"), PhraseSort::Relative),
    (key("whom"), PhraseSort::Relative),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (&str, PhraseSort, bool) {
        let words = Words::of(text);
        let phrase = read(&words, 0..words.len()).unwrap();
        (words.word(phrase.head), phrase.sort, phrase.definite)
    }

    #[test]
    fn the_head_of_a_phrase_tells_what_it_is() {
        assert_eq!(head("the Ruritanian official"), ("official", PhraseSort::Role, true));
        assert_eq!(head("The governor of the city"), ("governor", PhraseSort::Role, true));
        assert_eq!(head("a spokesman for the port"), ("spokesman", PhraseSort::Role, false));
        assert_eq!(head("Several Telegram monitoring channels"), ("channels", PhraseSort::Crowd, false));
        assert_eq!(head("the ministry"), ("ministry", PhraseSort::Body, true));
        assert_eq!(head("the PIR statement"), ("statement", PhraseSort::Document, true));
        assert_eq!(head("Pavel Orlan, a spokesman for the port,"), ("Orlan", PhraseSort::Name, false));
        assert_eq!(head("he"), ("he", PhraseSort::He(Gender::Male), false));
        assert_eq!(head("Orlan and two deputies").1, PhraseSort::Several);
        assert_eq!(head("Orlan and his top commanders").1, PhraseSort::Several);
    }

    #[test]
    fn no_words_are_no_phrase() {
        let words = Words::of("… “");
        assert_eq!(read(&words, 0..words.len()), None);
        assert!(read(&Words::of("the"), 0..1).is_some());
    }
}
