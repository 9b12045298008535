//! What can't be used, and why.

use std::fmt;
use std::io;

use super::{Format, MAX_ARTICLE};

/// An input, or a part of one, that can't be used.
#[derive(Debug, thiserror::Error)]
pub struct Fault {
    /// The file, or "standard input".
    pub file: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

/// Why something can't be used.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// It can't be opened or read.
    #[error("{}", plain(.0))]
    Io(#[from] io::Error),
    /// Nothing in it.
    #[error("no text in it")]
    Empty,
    /// Bytes that are no text.
    #[error("looks like {0}, not text")]
    Binary(&'static str),
    /// Past [`MAX_ARTICLE`].
    #[error("longer than {} MB, the most that one article may have", MAX_ARTICLE >> 20)]
    TooLong,
    /// No JSON.
    #[error("{0}")]
    Json(String),
    /// JSON without an article in it.
    #[error("no article: expected an object with a \"text\" string, found {0}")]
    NoArticle(&'static str),
    /// A file named by the user that no reader knows.
    #[error("unknown format: expected {}, or a folder", Format::extensions())]
    UnknownFormat,
    /// Extraction broke on it, which it never should.
    #[error("internal error in extraction: please report this article")]
    Extraction,
}

/// The system's word in lower case and without its number.
fn plain(error: &io::Error) -> String {
    let said = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder".to_owned(),
        _ => error.to_string(),
    };
    let without_number = said.split(" (os error").next().unwrap_or_default();
    let mut letters = without_number.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_article_is_named_in_the_error_and_in_the_readme() {
        let most = format!("{} MB", MAX_ARTICLE >> 20);
        assert!(Reason::TooLong.to_string().contains(&most));
        let readme = include_str!("../../README.md").replace('\n', " ");
        assert!(readme.contains(&format!("An article may have {most}.")));
    }
}
