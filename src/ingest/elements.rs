//! Cuts a stream of JSON into its elements: those of the array that it is, else the values that follow each other.
//!
//! Only brackets and strings are looked at: whether an element is good JSON is for its reader to say, so that one
//! bad element does not spoil the rest, and nothing is kept but the element at hand.

use std::io::{self, BufRead};

use super::{MAX_ARTICLE, Reason};

/// Elements with the line that each begins at, from 1.
#[derive(Debug)]
pub(super) struct Elements<R> {
    from: R,
    line: u64,
    /// Whether the stream is an array; not known before its first byte.
    array: Option<bool>,
    ended: bool,
}

/// An element as it stands, or why it can't be read.
pub(super) type Element = (u64, Result<Vec<u8>, Reason>);

impl<R: BufRead> Elements<R> {
    /// The elements of `from`.
    pub(super) fn new(from: R) -> Self {
        Self { from, line: 1, array: None, ended: false }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                chunk => return Ok(chunk?.first().copied()),
            }
        }
    }

    fn skip(&mut self, byte: u8) {
        self.line += u64::from(byte == b'\n');
        self.from.consume(1);
    }

    /// The first byte of the next element, with the opening bracket, commas and white space passed over.
    fn start(&mut self) -> io::Result<Option<u8>> {
        while let Some(byte) = self.peek()? {
            match byte {
                b'[' if self.array.is_none() => self.array = Some(true),
                b']' if self.array == Some(true) => {
                    self.skip(byte);
                    // What follows the array is read as values that follow each other.
                    self.array = Some(false);
                    continue;
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' => {}
                _ => {
                    self.array.get_or_insert(false);
                    return Ok(Some(byte));
                }
            }
            self.skip(byte);
        }
        Ok(None)
    }

    fn element(&mut self, first: u8) -> io::Result<Result<Vec<u8>, Reason>> {
        let mut bytes = Vec::new();
        let mut scan = Scan::default();
        let is_scalar = !matches!(first, b'{' | b'[' | b'"');
        while let Some(byte) = self.peek()? {
            if is_scalar && matches!(byte, b',' | b']' | b'}' | b'{' | b'[' | b'\n') && !bytes.is_empty() {
                break;
            }
            self.skip(byte);
            if bytes.len() <= MAX_ARTICLE {
                bytes.push(byte);
            }
            if scan.ends_with(byte) && !is_scalar {
                break;
            }
        }
        Ok(if bytes.len() > MAX_ARTICLE { Err(Reason::TooLong) } else { Ok(bytes) })
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = io::Result<Element>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.start().and_then(|first| match first {
            Some(first) => {
                let line = self.line;
                Ok(Some((line, self.element(first)?)))
            }
            None if self.array == Some(true) => {
                self.ended = true;
                Ok(Some((self.line, Err(Reason::Json("cut short: the array is not closed".to_owned())))))
            }
            None => Ok(None),
        });
        self.ended |= next.is_err();
        next.transpose()
    }
}

/// Where in a value the reading stands.
#[derive(Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes a byte in; whether the value ends with it.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return !self.in_string && self.depth == 0;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn elements(json: &str) -> Vec<(u64, String)> {
        let text = |e: Result<Vec<u8>, Reason>| e.map_or_else(|r| r.to_string(), |b| String::from_utf8(b).unwrap());
        Elements::new(json.as_bytes()).map(|e| e.unwrap()).map(|(line, e)| (line, text(e))).collect()
    }

    fn words(json: &str) -> Vec<String> {
        elements(json).into_iter().map(|(_, e)| e).collect()
    }

    #[test]
    fn an_array_gives_its_elements_with_their_lines() {
        let found = elements("[\n {\"a\":\n [1]},\n\n {\"b\":\"]},\\\"{\"} ]\n");
        assert_eq!(found, [(2, "{\"a\":\n [1]}".to_owned()), (5, "{\"b\":\"]},\\\"{\"}".to_owned())]);
    }

    #[test]
    fn one_object_and_several_in_a_row_are_elements() {
        assert_eq!(words(" {\"a\":1}"), ["{\"a\":1}"]);
        assert_eq!(words("{\"a\":1}{\"b\":2}\n{}"), ["{\"a\":1}", "{\"b\":2}", "{}"]);
    }

    #[test]
    fn what_is_no_object_is_handed_on_as_it_stands() {
        assert_eq!(words("[1, true, \"x\", [2]]"), ["1", "true", "\"x\"", "[2]"]);
        assert_eq!(words("what"), ["what"]);
        assert_eq!(words("}"), ["}"]);
    }

    #[test]
    fn an_array_cut_short_gives_what_there_was_and_says_so() {
        assert_eq!(words("[{\"a\":1}, {\"b\""), ["{\"a\":1}", "{\"b\"", "cut short: the array is not closed"]);
    }

    proptest! {
        #[test]
        fn any_input_comes_to_an_end(json in "[\\[\\]{},\" a\\\\\n:]{0,60}") {
            prop_assert!(elements(&json).len() <= json.len() + 1);
        }
    }
}
