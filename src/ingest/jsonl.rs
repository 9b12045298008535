//! JSON lines: an article on each line, read one at a time.

use std::io::{self, BufRead, Cursor};
use std::ops::ControlFlow;

use super::decode::{decode, whole};
use super::json::in_utf16;
use super::{Lines, Part, Row, Sink};

pub(super) fn read(from: &mut dyn BufRead, sink: &mut Sink) -> io::Result<()> {
    if !in_utf16(from)? {
        return rows(from, sink);
    }
    match whole(from)?.and_then(decode) {
        Ok(text) => rows(Cursor::new(text.into_bytes()), sink),
        Err(reason) => {
            let _ = sink(Part::whole(Err(reason)));
            Ok(())
        }
    }
}

fn rows(from: impl BufRead, sink: &mut Sink) -> io::Result<()> {
    for line in Lines::new(from) {
        let (number, json) = line?;
        if let ControlFlow::Break(()) = sink(Row::part(number, json)) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_an_article_and_a_bad_one_is_named() {
        let mut found = Vec::new();
        let file = b"{\"id\":\"a\",\"text\":\"One.\"}\n\n{\"id\":\"b\"}\r\n{\"id\":3,\"text\":\"Three.\"}";
        read(&mut &file[..], &mut |part| {
            found.push((part.line, part.id, part.draft.map(|d| d.text).ok()));
            ControlFlow::Continue(())
        })
        .unwrap();
        let expected = [(1, "a", Some("One.")), (3, "b", None), (4, "3", Some("Three."))];
        let expected = expected.map(|(line, id, text)| (Some(line), Some(id.to_owned()), text.map(str::to_owned)));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_reader_stops_when_it_is_asked_to() {
        let mut seen = 0;
        read(&mut &b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n"[..], &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        })
        .unwrap();
        assert_eq!(seen, 1);
    }
}
