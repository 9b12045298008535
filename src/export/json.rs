//! One JSON value a line, the same values verbatim and harmless to a terminal that they run through.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::domain::is_harmful;

/// Writes `value` and a line end. Characters that steer a terminal or hide are escaped, which changes no value.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    // Put together in memory: serde writes in pieces of a few bytes, each a call that can't be inlined.
    out.write_all(&line(value)?)
}

/// The line that `write_line` writes.
pub fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(2 << 10);
    write_long_line(&mut line, value)?;
    Ok(line)
}

/// The same line, written as it is put together: a very long one is never held. `out` is one that gathers.
pub fn write_long_line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Escaping)).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        // All of it is looked at at once, which is quicker than to stop at the first.
        if !bytes.iter().fold(false, |found, byte| found | (*byte >= 0x7f)) {
            return out.write_all(bytes);
        }
        let (mut written, mut at) = (0, 0);
        // Everything harmful in ASCII but DEL is escaped by serde_json itself.
        while let Some(ahead) = bytes[at..].iter().position(|byte| *byte >= 0x7f) {
            at += ahead;
            let Some(c) = fragment[at..].chars().next() else { break };
            if is_harmful(c) {
                out.write_all(&bytes[written..at])?;
                c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
                written = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        out.write_all(&bytes[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(text: &str) -> String {
        let mut out = Vec::new();
        write_line(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_the_rest_is_not() {
        assert_eq!(line("é“\u{1b}\u{9b}\u{202e}\u{e0041}"), "\"é“\\u001b\\u009b\\u202e\\udb40\\udc41\"\n");
    }

    proptest! {
        #[test]
        fn every_string_reads_back_as_it_was(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&line(&text)).unwrap(), text);
        }
    }
}
