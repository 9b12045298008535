//! A stretch of a text that can't be off a character border.
//!
//! Spans are byte ranges inside the program and code points outside; the change of unit is in `domain::offsets`.

use std::ops::Range;

/// A range of bytes of one text, both ends on a character border, the end exclusive.
///
/// Made only from the text that it is about, so slicing that text with it always works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span of these bytes of `text`, or `None` where an end is outside, off a border or before the start.
    pub fn new(text: &str, range: Range<usize>) -> Option<Self> {
        text.get(range.clone())?;
        Some(Self { start: u32::try_from(range.start).ok()?, end: u32::try_from(range.end).ok()? })
    }

    /// The largest span inside these bytes of `text`: ends that are outside or off a border move inwards.
    pub fn within(text: &str, range: Range<usize>) -> Self {
        // Nearly always it fits as it is.
        if let Some(span) = Self::new(text, range.clone()) {
            return span;
        }
        let end = floor_border(text, range.end);
        let start = ceil_border(text, range.start).min(end);
        // Texts are bounded by `MAX_TEXT`; past it spans stop at the border below.
        let cap = floor_border(text, u32::MAX as usize);
        Self { start: start.min(cap) as u32, end: end.min(cap) as u32 }
    }

    /// A span that was found in a piece of a text, at its place in the whole; never after its end.
    pub(super) fn moved(start: u32, end: u32) -> Self {
        Self { start: start.min(end), end }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers; empty where `text` is not the text it was made from.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// From the end of this one to the start of `next`; empty where they touch or overlap.
    pub fn gap(self, next: Span) -> Span {
        Span { start: self.end, end: next.start.max(self.end) }
    }

    /// Without the white space at both ends.
    pub fn trim(self, text: &str) -> Span {
        self.trim_matches(text, char::is_whitespace)
    }

    /// Without the characters at both ends for which `drop` holds.
    pub fn trim_matches(self, text: &str, drop: impl Fn(char) -> bool) -> Span {
        let words = self.of(text);
        let from_start = words.trim_start_matches(&drop);
        let start = self.start + (words.len() - from_start.len()) as u32;
        Span { start, end: start + from_start.trim_end_matches(&drop).len() as u32 }
    }
}

fn floor_border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_off_a_border_is_not_made() {
        assert_eq!(Span::new("“a”", 1..3), None);
        assert_eq!(Span::new("abc", 2..9), None);
        assert_eq!(Span::new("“a”", 3..4).map(|s| s.of("“a”")), Some("a"));
    }

    proptest! {
        #[test]
        fn within_always_gives_a_slice(text in any::<String>(), a in 0usize..80, b in 0usize..80) {
            let span = Span::within(&text, a..b);
            prop_assert!(text.get(span.range()).is_some());
            prop_assert!(span.start() >= a.min(text.len()) || span.is_empty());
            prop_assert!(span.end() <= b.max(span.start()));
        }

        #[test]
        fn trimming_leaves_no_white_space_at_the_ends(text in "[ \t\u{a0}a-c“]{0,12}") {
            let trimmed = Span::within(&text, 0..text.len()).trim(&text);
            prop_assert_eq!(trimmed.of(&text), text.trim());
        }
    }
}
