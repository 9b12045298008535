//! Markdown: `key: value` lines between two `---` at the head say what is known, the rest is the text, verbatim.

use std::io::{self, BufRead};

use super::decode::{decode, whole};
use super::row::set_meta;
use super::{Part, Reason, Sink};
use crate::domain::{Draft, Meta};

pub(super) fn read(from: &mut dyn BufRead, sink: &mut Sink) -> io::Result<()> {
    let draft = whole(from)?.and_then(decode).and_then(draft);
    // Nothing is left to stop.
    let _ = sink(Part::whole(draft));
    Ok(())
}

fn draft(file: String) -> Result<Draft, Reason> {
    let (mut meta, body) = front_matter(&file);
    let text = match body {
        0 => file,
        start => file[start..].to_owned(),
    };
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    meta.title = meta.title.or_else(|| heading(&text));
    Ok(Draft { text, meta })
}

/// What the front matter says, and the byte at which the text begins. Without a closing `---` all is text.
fn front_matter(file: &str) -> (Meta, usize) {
    let mut lines = file.split_inclusive('\n');
    let mut at = match lines.next() {
        Some(line) if line.trim_end() == "---" => line.len(),
        _ => return (Meta::default(), 0),
    };
    let mut meta = Meta::default();
    for line in lines {
        at += line.len();
        if line.trim_end() == "---" {
            return (meta, at);
        }
        if let Some((key, value)) = line.split_once(':') {
            set_meta(&mut meta, key.trim(), unquoted(value.trim()));
        }
    }
    (Meta::default(), 0)
}

fn unquoted(value: &str) -> &str {
    ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(value)
}

/// The first line, if it is a heading.
fn heading(text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let words = first.strip_prefix("# ")?.trim().trim_end_matches('#').trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_meta_and_the_rest_is_the_text() {
        let file = "---\r\ntitle: \"Dam: what is known\"\r\noutlet: Port Gazette\r\ndate: 2026-03-02\r\nmood: grey\r\n---\r\n\r\nThe dam held.\r\n";
        let draft = draft(file.to_owned()).unwrap();
        assert_eq!(draft.text, "\r\nThe dam held.\r\n");
        assert_eq!(draft.meta.title.as_deref(), Some("Dam: what is known"));
        assert_eq!(draft.meta.outlet.as_deref(), Some("Port Gazette"));
        assert_eq!(draft.meta.published.as_deref(), Some("2026-03-02"));
    }

    #[test]
    fn front_matter_that_is_never_closed_is_text() {
        let file = "---\ntitle: Dam\n\nThe dam held.\n";
        let draft = draft(file.to_owned()).unwrap();
        assert_eq!((draft.text.as_str(), draft.meta.title), (file, None));
    }

    #[test]
    fn a_heading_is_the_title_where_nothing_else_says_it() {
        let draft = draft("# The dam held #\n\nIt held.\n".to_owned()).unwrap();
        assert_eq!(draft.meta.title.as_deref(), Some("The dam held"));
        assert!(draft.text.starts_with("# The dam"));
    }
}
