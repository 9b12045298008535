//! Readers: files, folders and standard input become drafts of articles.
//!
//! A format is a row in [`FORMATS`] and a file beside this one. What can't be read is named with file, line and
//! reason, and the rest goes on. Knows no store, no extraction, no terminal.

mod decode;
mod elements;
mod fault;
mod format;
mod json;
mod jsonl;
mod lines;
mod md;
mod published;
mod records;
mod row;
mod sniff;
mod txt;
mod walk;

pub use fault::{Fault, Reason};
pub use format::{FORMATS, Format, Part, Reader, SNIFFED, Sink};
pub use lines::Lines;
pub use published::published;
pub use records::{Group, Groups, Restored, restore};
pub use row::{BadRow, Row};
pub use walk::{Input, Origin, Walk, walk};

/// The longest article, in bytes: some ten million words, more than any book has. What is longer is
/// refused, so that no input decides how much memory is used.
pub const MAX_ARTICLE: usize = 64 << 20;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use crate::domain::{ArticleId, Draft, Meta};

/// Hands over every article of `input`, or why it can't be used. `given` says what the files leave out.
pub fn read(input: &Input, given: &Meta, sink: &mut dyn FnMut(Result<Draft, Fault>) -> ControlFlow<()>) {
    let mut hand_over = |part: Part| {
        sink(match part.draft {
            Ok(draft) => Ok(named(draft, input, part.id, given)),
            Err(reason) => Err(Fault { file: input.origin.to_string(), line: part.line, reason }),
        })
    };
    let read = open(&input.origin).and_then(|mut bytes| (input.format.read)(&mut *bytes, &mut hand_over));
    if let Err(error) = read {
        // Whoever reads the faults has the last word, also on this one.
        let _ = hand_over(Part::whole(Err(error.into())));
    }
}

fn open(origin: &Origin) -> io::Result<Box<dyn BufRead>> {
    Ok(match origin {
        Origin::StandardInput => Box::new(BufReader::new(io::stdin())),
        Origin::File(path) => Box::new(BufReader::new(File::open(path)?)),
    })
}

/// The draft with its path: that of the file, and where the file holds many, which of them it is.
fn named(draft: Draft, input: &Input, id: Option<String>, given: &Meta) -> Draft {
    let path = match &input.origin {
        Origin::StandardInput => None,
        Origin::File(path) if input.format.one_article => Some(absolute(path)),
        Origin::File(path) => {
            // A line without an id is named by its text: a line number would make the next article of a file that
            // grew at its head a version of this one.
            let id = id.unwrap_or_else(|| ArticleId::of_text(&draft.text).to_string().chars().take(12).collect());
            Some(format!("{}#{id}", absolute(path)))
        }
    };
    let meta = Meta { path, ..draft.meta.or(given.clone()) };
    Draft { meta, ..draft }
}

/// A relative path would make files of one name in two folders versions of each other.
fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}
