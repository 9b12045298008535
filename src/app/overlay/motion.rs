//! Places in a text that one step leads to: by letter, word and sentence. Each step looks at a bounded stretch only.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::super::key::{Code, Key};
use crate::extract::{blocks, sentences};

/// By how much one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Letter,
    Word,
    Sentence,
}

/// Where a key moves what is edited: forward or back, and by how much.
pub(super) fn of_key(key: Key) -> Option<(bool, By)> {
    let by = if key.ctrl || key.alt { By::Word } else { By::Letter };
    Some(match (key.code, key.typed()) {
        (Code::Left, _) => (false, by),
        (Code::Right, _) => (true, by),
        (_, Some('h')) => (false, By::Letter),
        (_, Some('l')) => (true, By::Letter),
        (_, Some('b')) => (false, By::Word),
        (_, Some('w')) => (true, By::Word),
        _ => return None,
    })
}

/// Bytes that one step looks at: a word is shorter, and a text without a space isn't read through.
const REACH: usize = 4096;

/// The byte that one step from `at` leads to. `start`: to where words and sentences begin, else to where they end.
pub(super) fn step(text: &str, at: usize, by: By, forward: bool, start: bool) -> usize {
    match (by, forward) {
        (By::Letter, true) => at + head(&text[at..]).graphemes(true).next().map_or(0, str::len),
        (By::Letter, false) => at - tail(&text[..at]).graphemes(true).next_back().map_or(0, str::len),
        (By::Word, true) => next_word(text, at, start),
        (By::Word, false) => word_before(text, at, start),
        (By::Sentence, _) => {
            let edges = sentences_around(text, at).into_iter().map(|s| if start { s.start } else { s.end });
            let found = if forward { edges.filter(|e| *e > at).min() } else { edges.filter(|e| *e < at).max() };
            found.unwrap_or(at)
        }
    }
}

/// The sentence after the one that ends at this byte or behind it, or the one before.
pub(super) fn sentence(text: &str, at: &Range<usize>, forward: bool) -> Option<Range<usize>> {
    if forward {
        sentences_around(text, at.end).into_iter().find(|s| s.start >= at.end)
    } else {
        sentences_around(text, at.start).into_iter().rfind(|s| s.end <= at.start)
    }
}

/// The sentence in which a byte stands, or the nearest one before it.
pub(super) fn sentence_at(text: &str, at: usize) -> Option<Range<usize>> {
    sentences_around(text, at).into_iter().rfind(|s| s.start <= at)
}

/// The sentences of the stretch around a byte, but for those that the stretch cuts.
fn sentences_around(text: &str, at: usize) -> Vec<Range<usize>> {
    let start = at - tail(&text[..at]).len();
    let end = at + head(&text[at..]).len();
    let stretch = &text[start..end];
    let mut found: Vec<_> = sentences::split(stretch, &blocks::blocks(stretch))
        .into_iter()
        .map(|sentence| sentence.start() + start..sentence.end() + start)
        .collect();
    if end < text.len() && found.len() > 1 {
        found.pop();
    }
    if start > 0 && found.len() > 1 {
        found.remove(0);
    }
    found
}

pub(super) fn head(text: &str) -> &str {
    let end = (REACH.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(text.len())]
}

fn tail(text: &str) -> &str {
    let start = (text.len().saturating_sub(REACH)..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[start.unwrap_or_default()..]
}

fn next_word(text: &str, at: usize, start: bool) -> usize {
    let ahead = head(&text[at..]);
    let blank = |rest: &str| rest.len() - rest.trim_start().len();
    let word = |rest: &str| rest.find(char::is_whitespace).unwrap_or(rest.len());
    let first = if start { word(ahead) } else { blank(ahead) };
    let rest = &ahead[first..];
    at + first + if start { blank(rest) } else { word(rest) }
}

fn word_before(text: &str, at: usize, start: bool) -> usize {
    let behind = tail(&text[..at]);
    let before_word = |head: &str| head.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let kept = if start { before_word(behind.trim_end()) } else { behind[..before_word(behind)].trim_end().len() };
    at - (behind.len() - kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_step_by_word_leads_to_where_a_word_begins_or_ends() {
        let text = "“Ja”, said  Ön.\n\nMenu";
        let all = text.len();
        let last = text.find("Menu").unwrap();
        assert_eq!(next_word(text, 0, true), text.find("said").unwrap());
        assert_eq!(next_word(text, 0, false), text.find(" said").unwrap());
        assert_eq!(word_before(text, all, true), last);
        assert_eq!(word_before(text, all, false), text.find('\n').unwrap());
        assert_eq!((next_word(text, last, true), next_word(text, all, false)), (all, all));
        assert_eq!((word_before(text, 0, true), word_before(text, 3, false)), (0, 0));
    }

    #[test]
    fn a_step_by_sentence_leads_to_where_one_begins_or_ends() {
        let text = "The dam held. Roads closed at 5 p.m. on Monday. Rain fell.";
        let second = text.find("Roads").unwrap();
        assert_eq!(step(text, 0, By::Sentence, true, true), second);
        assert_eq!(step(text, second + 4, By::Sentence, false, true), second);
        assert_eq!(step(text, second, By::Sentence, true, false), text.find(" Rain").unwrap());
        assert_eq!(&text[sentence(text, &(0..13), true).unwrap()], "Roads closed at 5 p.m. on Monday.");
        assert_eq!(&text[sentence(text, &(second..second + 5), false).unwrap()], "The dam held.");
        assert_eq!(sentence(text, &(50..text.len()), true), None);
    }

    proptest! {
        #[test]
        fn every_step_stays_in_the_text_and_at_a_letter(text in "(\\PC|[ a-z.!?“”\n]){0,60}", cut in any::<prop::sample::Index>()) {
            let at = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect::<Vec<_>>();
            let at = at[cut.index(at.len())];
            for by in [By::Letter, By::Word, By::Sentence] {
                for (forward, start) in [(true, true), (true, false), (false, true), (false, false)] {
                    let to = step(&text, at, by, forward, start);
                    prop_assert!(text.is_char_boundary(to) && (to >= at) == (forward || to == at));
                }
            }
        }
    }
}
