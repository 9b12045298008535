//! The table of formats that can be read: a row and a file make one.

use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::Path;

use super::{Reason, json, jsonl, md, sniff, txt};
use crate::domain::Draft;

/// One article of an input, or why there is none.
#[derive(Debug)]
pub struct Part {
    /// The line it begins at, from 1, where the format has lines to speak of.
    pub line: Option<u64>,
    /// Its name inside the file.
    pub id: Option<String>,
    /// The article.
    pub draft: Result<Draft, Reason>,
}

impl Part {
    /// What is said of the whole input.
    pub fn whole(draft: Result<Draft, Reason>) -> Self {
        Self { line: None, id: None, draft }
    }
}

/// Takes what a reader finds; a break asks it to stop.
pub type Sink<'s> = dyn FnMut(Part) -> ControlFlow<()> + 's;

/// Reads bytes and hands over articles; opens nothing. An error is one of the bytes' source.
pub type Reader = fn(&mut dyn BufRead, &mut Sink) -> io::Result<()>;

/// A format that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name in messages.
    pub name: &'static str,
    /// The end of the file's name, in lower case.
    pub extension: &'static str,
    /// One line for help.
    pub help: &'static str,
    /// Whether a file is one article.
    pub one_article: bool,
    /// Its reader.
    pub read: Reader,
}

/// All formats that have an extension.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        extension: "txt",
        help: "one article; its first line is the title where it looks like one",
        one_article: true,
        read: txt::read,
    },
    Format {
        name: "Markdown",
        extension: "md",
        help: "one article; \"key: value\" lines between two --- at its head say title, outlet, url, …",
        one_article: true,
        read: md::read,
    },
    Format {
        name: "JSON",
        extension: "json",
        help: "an object or an array of objects with \"text\" and, where known, title, outlet, author, url, published, lang, id",
        one_article: false,
        read: json::read,
    },
    Format {
        name: "JSON lines",
        extension: "jsonl",
        help: "such an object on each line",
        one_article: false,
        read: jsonl::read,
    },
];

/// What is read from standard input and from files without an extension: JSON where it parses so, else one text.
pub const SNIFFED: Format = Format {
    name: "JSON lines, JSON or text",
    extension: "",
    help: "JSON where it parses so, else one text",
    one_article: false,
    read: sniff::read,
};

impl Format {
    /// The format of a file with this name, if its extension is known.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|f| f.extension == extension).copied()
    }

    /// ".txt, .md, …" for messages.
    pub fn extensions() -> String {
        FORMATS.iter().map(|f| format!(".{}", f.extension)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bytes that readers stumble over, in any order.
    fn awkward() -> impl Strategy<Value = Vec<u8>> {
        let pieces: &[&[u8]] = &[
            b"{\"text\":",
            b"\"",
            b"}",
            b"[",
            b"]",
            b",",
            b"\n",
            b"\r\n",
            b"---\n",
            b"title: x\n",
            b"\\",
            b"\\ud800",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xe2\x80",
            b"\0",
            b"a. ",
            b"1e999",
            b"null",
        ];
        prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn every_reader_comes_to_an_end_with_any_bytes(bytes in prop_oneof![awkward(), any::<Vec<u8>>()]) {
            for format in FORMATS.iter().chain([&SNIFFED]) {
                let mut parts = 0;
                let mut sink = |part: Part| {
                    parts += 1;
                    if let Ok(draft) = part.draft {
                        assert!(!draft.text.trim().is_empty() && !draft.text.contains('\0'), "{}", format.name);
                    }
                    ControlFlow::Continue(())
                };
                (format.read)(&mut &bytes[..], &mut sink).unwrap();
                prop_assert!(parts <= bytes.len() + 1, "{}", format.name);
            }
        }
    }
}
