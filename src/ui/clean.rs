//! The one place where text from outside becomes harmless on a terminal.
//!
//! Control characters, bidi controls and characters that nobody sees are shown as marks; a letter with a heap of
//! combining marks is cut. Everything drawn or printed goes through here. Knows nothing of what the text says.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::is_harmful;

/// Stands for a character that can't be seen or must not reach a terminal.
const MARK: char = '\u{fffd}';
/// Ends a letter that was cut.
const CUT: char = '…';
/// Code points of one grapheme at most; a family of four is seven.
const MOST_POINTS: usize = 8;

/// The text for one line: breaks and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.graphemes(true).map(piece).collect())
}

/// The text for several lines: line feeds and tabs stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    if text.split('\n').all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split('\n').map(|l| line(l.strip_suffix('\r').unwrap_or(l))).collect::<Vec<_>>().join("\n"))
}

/// The graphemes of a text with the bytes where they begin. Nearly all are an ASCII character before another, which no rule
/// joins but for a line break of two: those need no look into tables.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at;
        let mut next = text.as_bytes()[from..].iter();
        let alone = match (next.next()?, next.next()) {
            (first, Some(second)) => first.is_ascii() && second.is_ascii() && *first != b'\r',
            (first, None) => first.is_ascii(),
        };
        at += if alone { 1 } else { text[from..].graphemes(true).next().map_or(1, str::len) };
        Some((from, &text[from..at]))
    })
}

/// One grapheme, harmless. May be several columns wide, never a line break.
pub fn piece(grapheme: &str) -> Cow<'_, str> {
    if is_plain(grapheme) {
        return Cow::Borrowed(grapheme);
    }
    let joins = joins(grapheme);
    let mut harmless = String::with_capacity(grapheme.len().min(64));
    for (count, c) in grapheme.chars().enumerate() {
        if count == MOST_POINTS {
            harmless.push(CUT);
            break;
        }
        harmless.push(shown(c, joins));
    }
    match harmless.as_str() {
        same if same == grapheme => Cow::Borrowed(grapheme),
        "  " => Cow::Borrowed(" "),
        _ => Cow::Owned(harmless),
    }
}

/// Columns that a cleaned text takes.
pub fn width(cleaned: &str) -> usize {
    if is_plain(cleaned) { cleaned.len() } else { cleaned.width() }
}

/// Only characters between space and tilde.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

/// Joiners are part of how emoji and many scripts are written; among Latin letters they only hide.
fn joins(grapheme: &str) -> bool {
    grapheme.chars().next().is_some_and(|c| !c.is_ascii())
}

fn shown(c: char, joins: bool) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(MARK),
        '\u{7f}' => '␡',
        '\u{200c}' | '\u{200d}' => {
            if joins {
                c
            } else {
                MARK
            }
        }
        _ if is_harmful(c) => MARK,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_seen_instead() {
        assert_eq!(line("a\x1b[31mb\x07"), "a␛[31mb␇");
        assert_eq!(line("a\u{9b}31m"), "a\u{fffd}31m");
        assert_eq!(line("pay\u{202e}lap\u{2066}"), "pay\u{fffd}lap\u{fffd}");
        assert_eq!(line("\u{feff}a\u{200b}b\u{200d}c"), "\u{fffd}a\u{fffd}b\u{fffd}c");
        assert_eq!(line("one\r\ntwo\tthree"), "one two three");
        assert_eq!(lines("one\r\ntwo\x1b\nthree"), "one\ntwo␛\nthree");
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in ["“Zürich”, said Ó", "日本語", "می\u{200c}خواهم", "👩\u{200d}👩\u{200d}👧\u{200d}👦", "e\u{301}"]
        {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn a_letter_under_a_heap_of_marks_is_cut() {
        let heap = format!("a{}b", "\u{301}".repeat(100_000));
        let cleaned = line(&heap);
        assert_eq!(cleaned.chars().count(), MOST_POINTS + 2);
        assert!(cleaned.ends_with("…b"));
    }

    proptest! {
        #[test]
        fn graphemes_are_those_of_unicode(text in prop_oneof![any::<String>(), "[ab\r\n \u{301}\u{200d}👩🇩🇪é日]{0,20}"]) {
            let all: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(graphemes(&text).collect::<Vec<_>>(), all);
        }

        #[test]
        fn nothing_that_steers_or_hides_is_left(text in any::<String>()) {
            let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{200b}';
            prop_assert!(!line(&text).chars().any(steers));
            prop_assert!(!lines(&text).chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
