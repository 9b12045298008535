//! JSON: an article, or an array of them, read one at a time.

use std::io::{self, BufRead, Cursor};
use std::ops::ControlFlow;

use super::decode::{decode, whole};
use super::elements::Elements;
use super::{Part, Row, Sink};

pub(super) fn read(from: &mut dyn BufRead, sink: &mut Sink) -> io::Result<()> {
    match in_utf16(from)? {
        // Brackets can only be looked for in an encoding that has them as single bytes.
        true => match whole(from)?.and_then(decode) {
            Ok(text) => elements(Cursor::new(text.into_bytes()), sink),
            Err(reason) => {
                let _ = sink(Part::whole(Err(reason)));
                Ok(())
            }
        },
        false => elements(from, sink),
    }
}

fn elements(from: impl BufRead, sink: &mut Sink) -> io::Result<()> {
    for element in Elements::new(from) {
        let (line, json) = element?;
        if let ControlFlow::Break(()) = sink(Row::part(line, json)) {
            break;
        }
    }
    Ok(())
}

/// Whether the stream opens with a byte order mark of UTF-16. That of UTF-8 is passed over.
pub(super) fn in_utf16(from: &mut dyn BufRead) -> io::Result<bool> {
    let head = from.fill_buf()?;
    if head.starts_with(b"\xef\xbb\xbf") {
        from.consume(3);
        return Ok(false);
    }
    Ok(head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        read(&mut &bytes[..], &mut |part| {
            let said = part.draft.map_or_else(|reason| reason.to_string(), |draft| draft.text);
            found.push(format!("{}: {said}", part.line.unwrap_or_default()));
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn a_bad_element_is_named_by_its_line_and_the_rest_goes_on() {
        let json = b"[\n{\"text\":\"One.\"},\n{\"text\":nope},\n{\"text\":\"Two.\"}\n]";
        assert_eq!(texts(json), ["2: One.", "3: no JSON: expected ident at column 10", "4: Two."]);
    }

    #[test]
    fn byte_order_marks_are_no_part_of_the_json() {
        assert_eq!(texts(b"\xef\xbb\xbf{\"text\":\"One.\"}"), ["1: One."]);
        let utf16: Vec<u8> = "\u{feff}[{\"text\":\"“One.”\"}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&utf16), ["1: “One.”"]);
    }
}
