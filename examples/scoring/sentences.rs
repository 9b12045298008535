//! Sentences: both ends equal once white space at the edges is dropped.

use std::collections::HashSet;
use std::ops::Range;

use super::Share;

/// How many sentences have both ends right.
pub(crate) fn score(text: &str, known: &[Range<usize>], found: &[Range<usize>]) -> Share {
    let trimmed = |all: &[Range<usize>]| all.iter().filter_map(|r| trim(text, r)).collect::<HashSet<_>>();
    let (known, found) = (trimmed(known), trimmed(found));
    Share { right: known.intersection(&found).count() as f64, found: found.len() as f64, known: known.len() as f64 }
}

/// Whether the sentences read as expected, white space aside.
pub(crate) fn is_golden(text: &str, expected: &[String], found: &[Range<usize>]) -> bool {
    let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = found.iter().filter_map(|r| text.get(r.clone())).map(squeeze).filter(|s| !s.is_empty());
    found.eq(expected.iter().map(|s| squeeze(s)))
}

fn trim(text: &str, range: &Range<usize>) -> Option<(usize, usize)> {
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then_some((start, end))
}
