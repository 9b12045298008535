//! Text from outside, grapheme by grapheme and harmless, for the cells of a screen.
//!
//! What is harmful is `domain::clean`'s business, as for everything that people see; here letters are bounded, since one
//! under a heap of marks is one cell of any size. Knows nothing of what the text says.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain;

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

/// One grapheme, harmless. May be several columns wide, never a line break.
pub fn piece(grapheme: &str) -> Cow<'_, str> {
    if is_plain(grapheme) {
        return Cow::Borrowed(grapheme);
    }
    if matches!(grapheme, "\n" | "\r\n" | "\r" | "\t") {
        return Cow::Borrowed(" ");
    }
    // A joiner at the end belongs to the letter before it, and to the next, which is not seen here.
    let joins = grapheme.ends_with(['\u{200c}', '\u{200d}'])
        && grapheme.chars().rev().nth(1).is_some_and(|c| c.is_alphabetic() && !domain::is_harmful(c));
    if joins && !grapheme.starts_with(|c: char| c.is_ascii()) && grapheme.chars().nth(2).is_none() {
        return Cow::Borrowed(grapheme);
    }
    match grapheme.char_indices().nth(MOST_POINTS) {
        None => domain::clean(grapheme),
        Some((end, _)) => {
            let mut cut = domain::clean(&grapheme[..end]).into_owned();
            cut.push(CUT);
            Cow::Owned(cut)
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_seen_instead() {
        assert_eq!(line("a\x1b[31mb\x07"), "a␛[31mb␇");
        assert_eq!(line("pay\u{202e}lap"), "pay⟨U+202E⟩lap");
        assert_eq!(line("a\u{200b}b\u{200d}c"), "a⟨U+200B⟩b⟨U+200D⟩c");
        assert_eq!(line("one\r\ntwo\tthree"), "one two three");
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
        fn nothing_that_steers_or_hides_is_left(text in any::<String>()) {
            let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{200b}';
            prop_assert!(!line(&text).chars().any(steers));
        }
    }
}
