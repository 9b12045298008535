//! Items of a list that stand in one line: "1. The wall 2. The gate", "• wall • gate".

use super::super::Span;

/// The items of the block where it is a list with markers that count up or bullets; else the block itself.
pub(super) fn items(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text);
    let Some(first) = Marker::at(words, 0) else {
        return vec![block];
    };
    let mut starts = vec![0];
    let mut expected = first;
    let bytes = words.as_bytes();
    // An item has a word at least; markers stand after a blank.
    for at in first.length..bytes.len() {
        if bytes[at - 1] != b' ' {
            continue;
        }
        let next = Marker::at(words, at);
        if let Some(next) = next.filter(|next| expected.is_followed_by(*next)) {
            starts.push(at);
            expected = next;
        }
    }
    starts.push(words.len());
    starts.windows(2).map(|pair| Span::within(text, block.start() + pair[0]..block.start() + pair[1])).collect()
}

/// What an item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marker {
    bullet: Option<char>,
    /// Its place: 3 for "3." and for "c.".
    count: Option<u32>,
    letter: bool,
    tail: Tail,
    length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    None,
    Dot,
    Bracket,
    DotBracket,
}

impl Marker {
    fn at(words: &str, at: usize) -> Option<Self> {
        let rest = words.get(at..)?;
        let bullet = rest.chars().next().filter(|c| matches!(c, '•' | '⁃' | '‣' | '▪' | '●' | '◦'));
        let counted = bullet.map_or(rest, |c| rest[c.len_utf8()..].trim_start_matches(' '));
        let digits = counted.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let letter = digits == 0 && counted.starts_with(|c: char| c.is_ascii_lowercase());
        let width = if letter { 1 } else { digits };
        let (tail, tail_width) = match &counted.as_bytes()[width..] {
            _ if width == 0 => (Tail::None, 0),
            [b'.', b')', ..] => (Tail::DotBracket, 2),
            [b'.', ..] => (Tail::Dot, 1),
            [b')', ..] => (Tail::Bracket, 1),
            _ => (Tail::None, 0),
        };
        let count = match tail {
            Tail::None => None,
            _ if letter => Some(u32::from(counted.as_bytes()[0] - b'a') + 1),
            _ => counted[..width].parse().ok(),
        };
        let length = rest.len() - counted.len() + width + tail_width;
        let blank = rest.get(length..)?.starts_with(' ');
        (count.is_some() && blank || bullet.is_some()).then_some(Self { bullet, count, letter, tail, length })
    }

    fn is_followed_by(self, next: Self) -> bool {
        let counts = match (self.count, next.count) {
            (Some(count), Some(after)) => after == count + 1,
            (None, None) => self.bullet.is_some(),
            _ => false,
        };
        counts && self.bullet == next.bullet && self.letter == next.letter && self.tail == next.tail
    }
}
