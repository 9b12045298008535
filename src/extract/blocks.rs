//! A text cut into its paragraphs, and what each is: body, heading, caption, furniture.
//!
//! Cuts only; what a block is stands in `furniture`. Knows nothing of sentences.

use super::{Span, furniture};

/// A paragraph, or a line where lines are paragraphs of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Without the white space at both ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's running text.
    Body,
    /// A title or a heading inside the article.
    Heading,
    /// No part of the article: a menu, share bar, byline, advertisement, related link.
    Furniture,
    /// Words under a picture.
    Caption,
    /// A line that stands earlier in the article.
    Repeated,
}

impl BlockKind {
    /// Whether its sentences may hold claims.
    pub fn may_claim(self) -> bool {
        matches!(self, Self::Body | Self::Caption)
    }
}

/// Cuts the text; together the blocks cover all of it but white space, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let spans = cut(text);
    let kinds = furniture::kinds(text, &spans);
    spans.into_iter().zip(kinds).map(|(span, kind)| Block { span, kind }).collect()
}

/// Lines of one blank-separated group, joined again where they were only wrapped.
fn cut(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    for line in lines(text) {
        if spans.len() + group.len() >= MOST_BLOCKS {
            close_group(text, &mut group, &mut spans);
            spans.push(Span::within(text, line.start()..text.len()).trim(text));
            spans.retain(|span| !span.is_empty());
            return spans;
        }
        let heads = is_marked_heading(line.of(text));
        if line.is_empty() || heads || begins_an_item(line.of(text)) {
            close_group(text, &mut group, &mut spans);
        }
        if heads {
            spans.push(line);
        } else if !line.is_empty() {
            group.push(line);
        }
    }
    close_group(text, &mut group, &mut spans);
    spans
}

/// No article has so many; what follows is one block, so that a text of line ends alone takes no memory.
const MOST_BLOCKS: usize = 200_000;

/// "## A long repair", as Markdown marks headings.
pub(super) fn is_marked_heading(line: &str) -> bool {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level) && line.as_bytes().get(level) == Some(&b' ')
}

/// A bullet and a blank.
fn begins_an_item(line: &str) -> bool {
    ["- ", "* ", "+ ", "• ", "· ", "– ", "‣ ", "▪ ", "● "].iter().any(|bullet| line.starts_with(bullet))
}

fn close_group(text: &str, group: &mut Vec<Span>, spans: &mut Vec<Span>) {
    if is_wrapped(text, group) {
        spans.extend(group.first().zip(group.last()).map(|(first, last)| first.cover(*last)));
        group.clear();
    } else {
        spans.append(group);
    }
}

/// Whether the lines are one paragraph broken at a column: all but the last are about as long as the longest,
/// none is longer than a screen is wide, and they break in the middle of sentences.
fn is_wrapped(text: &str, group: &[Span]) -> bool {
    let Some((_, full)) = group.split_last().filter(|(_, full)| !full.is_empty()) else {
        return false;
    };
    let width = |line: &Span| line.of(text).chars().take(WIDEST_WRAP + 1).count();
    let longest = full.iter().map(width).max().unwrap_or(0);
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&longest) {
        return false;
    }
    let even = full.iter().filter(|line| width(line) * 4 >= longest * 3).count();
    let open = group.windows(2).filter(|pair| runs_on(pair[0].of(text), pair[1].of(text))).count();
    even * 5 >= full.len() * 4 && open * 2 >= full.len()
}

const NARROWEST_WRAP: usize = 30;
const WIDEST_WRAP: usize = 130;

/// Whether a line ends in the middle of a sentence that the next one goes on with.
fn runs_on(line: &str, next: &str) -> bool {
    let stops = line.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', '。', '…', '؟']);
    !stops && next.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || c == ',')
        || line.ends_with(',')
}

/// Every line without the white space at its ends; a blank line is empty.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let (length, mark) = line_end(rest);
        let line = Span::within(text, at..at + length).trim(text);
        at += length + mark;
        Some(line)
    })
}

/// Bytes before the first line end, and bytes of it. `\r\n` is one; so are the line and paragraph separators.
fn line_end(bytes: &[u8]) -> (usize, usize) {
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => return (at, 2),
            b'\n' | b'\r' | 0x0b | 0x0c => return (at, 1),
            0xc2 if bytes.get(at + 1) == Some(&0x85) => return (at, 2),
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => return (at, 3),
            _ => {}
        }
    }
    (bytes.len(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cuts(text: &str) -> Vec<&str> {
        blocks(text).into_iter().map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn a_blank_line_ends_a_paragraph_in_every_kind_of_line_end() {
        for end in ["\n\n", "\r\n\r\n", "\n \t\n", "\u{2029}\u{2029}"] {
            assert_eq!(cuts(&format!("The dam broke.{end}Two towns were flooded.")).len(), 2, "{end:?}");
        }
    }

    #[test]
    fn lines_that_end_their_sentences_are_paragraphs() {
        let text =
            "The dam broke at dawn after a week of rain.\nTwo towns were flooded, the governor said.\nNobody was hurt.";
        assert_eq!(cuts(text).len(), 3);
    }

    #[test]
    fn a_paragraph_wrapped_at_a_column_is_one_block() {
        let text = "The dam broke at dawn after a week of rain, and the water\nreached the first of the two towns within an hour, where\nit flooded the market.";
        assert_eq!(cuts(text).len(), 1);
    }

    #[test]
    fn marked_headings_and_items_stand_alone_in_wrapped_text() {
        let text = "# The dam\nThe dam broke at dawn after a week of rain, and the water\nreached the first of the two towns within an hour, where\n- it flooded the market and the school and the houses that\n  stood around them\n- it broke the bridge";
        assert_eq!(cuts(text).len(), 4);
    }

    #[test]
    fn a_text_of_a_million_lines_is_bounded_and_covered() {
        let text = "a\n".repeat(1_000_000);
        let all = blocks(&text);
        assert_eq!(all.len(), MOST_BLOCKS + 1);
        assert_eq!(all.last().map(|block| block.span.end()), Some(text.len() - 1));
    }

    proptest! {
        #[test]
        fn blocks_cover_all_but_white_space_in_order(text in "(\\PC|[ \n\r\t.“]){0,200}") {
            let mut at = 0;
            for block in blocks(&text) {
                prop_assert!(block.span.start() >= at && !block.span.is_empty());
                prop_assert!(text[at..block.span.start()].trim().is_empty());
                at = block.span.end();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
