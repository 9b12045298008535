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

/// The graphemes of a text with the bytes where they begin. Nearly all are one of the characters that no rule of Unicode
/// (UAX 29) joins with another of them: those need no look into tables.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at;
        let mut next = text[from..].chars();
        let first = next.next()?;
        let alone = stands_alone(first) && next.next().is_none_or(stands_alone);
        at += if alone { first.len_utf8() } else { text[from..].graphemes(true).next().map_or(1, str::len) };
        Some((from, &text[from..at]))
    })
}

/// Letters, digits and punctuation of Latin, Greek and Cyrillic, marks of quotation and currency, kana and the signs of
/// Chinese: none extends another, is extended by another, or is part of a line break of two.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\0'..='\u{c}' | '\u{e}'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}' | '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
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
    fn no_two_characters_that_stand_alone_are_one_letter() {
        let alone: Vec<char> = ('\0'..='\u{ffff}').filter(|c| stands_alone(*c)).collect();
        let kinds: String = alone.iter().flat_map(|c| [*c, 'a', *c, *c, '“', *c]).collect();
        assert_eq!(kinds.graphemes(true).count(), kinds.chars().count());
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
        fn graphemes_are_those_of_unicode(text in prop_oneof![any::<String>(), "[ab\r\n \u{301}\u{200d}\u{600}\u{fe0f}👩🇩🇪é日“©®‼か\u{3099}Ж\u{483}]{0,20}"]) {
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
