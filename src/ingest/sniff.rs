//! Input without a name: JSON lines, JSON, or one text, told by how it begins.

use std::io::{self, BufRead, Read};

use serde::de::IgnoredAny;

use super::decode::{decode, whole};
use super::{MAX_ARTICLE, Part, Sink, json, jsonl, txt};

pub(super) fn read(from: &mut dyn BufRead, sink: &mut Sink) -> io::Result<()> {
    let mut head = Vec::new();
    from.take(MAX_ARTICLE as u64).read_until(b'\n', &mut head)?;
    let first_line_is_an_object = is_json_object(&head);
    let is_text = !first_line_is_an_object && !begins_like_json(&head);
    let mut all = Head { bytes: head, read: 0 }.chain(&mut *from);
    if first_line_is_an_object {
        return jsonl::read(&mut all, sink);
    }
    if is_text {
        return txt::read(&mut all, sink);
    }
    match whole(&mut all)?.and_then(decode) {
        Ok(text) if is_json(&text) => json::read(&mut text.as_bytes(), sink),
        Ok(text) if text.lines().any(|line| is_json_object(line.as_bytes())) => jsonl::read(&mut text.as_bytes(), sink),
        read => {
            let _ = sink(Part::whole(read.and_then(txt::draft)));
            Ok(())
        }
    }
}

/// What was read to see what it is, to be read again. It may be a whole article, so it goes once that is done.
struct Head {
    bytes: Vec<u8>,
    read: usize,
}

impl Read for Head {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(to)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Head {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.bytes.get(self.read..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
        if self.read >= self.bytes.len() {
            *self = Self { bytes: Vec::new(), read: 0 };
        }
    }
}

fn is_json_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

fn is_json(text: &str) -> bool {
    serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>().all(|value| value.is_ok())
}

/// A mark of UTF-16 may be followed by anything.
fn begins_like_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let blank_line = head.trim_ascii().is_empty() && !head.is_empty();
    blank_line
        || head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || matches!(head.trim_ascii_start().first(), Some(b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    fn texts(input: &str) -> Vec<String> {
        let mut found = Vec::new();
        read(&mut input.as_bytes(), &mut |part| {
            found.push(part.draft.map_or_else(|reason| reason.to_string(), |draft| draft.text));
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn lines_of_json_an_array_and_a_text_are_told_apart() {
        assert_eq!(texts("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"), ["One.", "Two."]);
        assert_eq!(texts("[\n{\"text\":\"One.\"}]"), ["One."]);
        assert_eq!(texts("\n{\n\"text\":\"One.\"}"), ["One."]);
        assert_eq!(texts("The dam held.\n\nIt rained."), ["The dam held.\n\nIt rained."]);
    }

    #[test]
    fn a_text_that_opens_with_a_bracket_is_a_text() {
        assert_eq!(texts("[Photo: the dam]\n\nIt held."), ["[Photo: the dam]\n\nIt held."]);
        assert_eq!(texts("{\n\nIt held."), ["{\n\nIt held."]);
    }

    #[test]
    fn lines_of_json_with_a_bad_first_line_are_still_lines() {
        assert_eq!(texts("{\"text\":\n{\"text\":\"Two.\"}\n").last().map(String::as_str), Some("Two."));
    }
}
