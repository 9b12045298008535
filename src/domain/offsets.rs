//! From bytes, the unit inside, to Unicode code points, the unit of every file and stream, and back.

use std::borrow::Cow;

use crate::extract::Span;

/// Bytes between two marks; a look-up counts the characters of half as much on average.
const STRIDE: usize = 64;

/// Finds code points by bytes and bytes by code points, in the time it takes to count a few dozen characters.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: Cow<'t, str>,
    /// Characters that begin before byte `STRIDE * i`; empty where the text is ASCII and both units agree.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Reads the text once. An owned text makes a value that can be kept.
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        if text.is_ascii() {
            return Self { text, marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            marks.push(seen);
            seen += chunk.iter().filter(|b| begins_character(**b)).count() as u32;
        }
        Self { text, marks }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Characters that begin before this byte.
    pub fn of_byte(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        // A byte on the border past the last whole stride belongs to the last mark.
        let Some(place) = self.marks.len().checked_sub(1).map(|last| last.min(byte / STRIDE)) else {
            return byte as u32;
        };
        let rest = &self.text.as_bytes()[place * STRIDE..byte];
        self.marks[place] + rest.iter().filter(|b| begins_character(**b)).count() as u32
    }

    /// Both ends of the span in code points.
    pub fn of_span(&self, span: Span) -> [u32; 2] {
        [self.of_byte(span.start()), self.of_byte(span.end())]
    }

    /// The byte at which this character begins; the text's length where it has fewer.
    pub fn byte_of(&self, point: u32) -> usize {
        if self.marks.is_empty() {
            return (point as usize).min(self.text.len());
        }
        let place = self.stretch_of(point);
        let left = (point - self.marks[place]) as usize;
        // Most stretches hold no character of more than a byte.
        if self.marks.get(place + 1).is_some_and(|next| next - self.marks[place] == STRIDE as u32) {
            return place * STRIDE + left;
        }
        let bytes = &self.text.as_bytes()[place * STRIDE..];
        let mut begun = bytes.iter().enumerate().filter(|(_, byte)| begins_character(**byte));
        begun.nth(left).map_or(self.text.len(), |(offset, _)| place * STRIDE + offset)
    }

    /// The last stretch between two marks that begins at this character or before it.
    fn stretch_of(&self, point: u32) -> usize {
        // A character takes a byte or more, and in most texts little more.
        let least = (point as usize / STRIDE).min(self.marks.len() - 1);
        let near = &self.marks[least..];
        match near.iter().take(4).position(|mark| *mark > point) {
            Some(ahead) => least + ahead.saturating_sub(1),
            None => least + near.partition_point(|mark| *mark <= point).saturating_sub(1),
        }
    }

    /// The span with these code points; ends past the text are the text's end.
    pub fn span_of(&self, [start, end]: [u32; 2]) -> Span {
        Span::within(&self.text, self.byte_of(start)..self.byte_of(end))
    }
}

fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_code_points_agree_with_counting(text in "[a-z“é日🙂\n]{0,700}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte), count as u32);
                prop_assert_eq!(points.byte_of(count as u32), byte);
            }
            prop_assert_eq!(points.of_byte(text.len()), text.chars().count() as u32);
            prop_assert_eq!(points.byte_of(u32::MAX), text.len());
        }
    }
}
