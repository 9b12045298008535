//! Where a sentence ends or begins without a stop: links, picture credits, labels, mail headers, datelines, rules
//! of dashes, smileys.

use std::ops::Range;

use super::super::Span;

/// What the mark at `at` cuts, if anything, and where the search goes on. `sentence` is from the start of the
/// sentence to the end of its block.
pub(super) fn without_stop(text: &str, at: usize, sentence: Range<usize>) -> (Option<usize>, usize) {
    let bytes = &text.as_bytes()[..sentence.end];
    let rest = &bytes[at..];
    let cut = match rest[0] {
        b'_' if !rest.starts_with(&[b'_'; BLANK_FIELD]) => None,
        b'-' | b'_' | b'*' | b'=' if rest.starts_with(&[rest[0]; 4]) => return rule_of_marks(bytes, at, sentence),
        b':' if rest.starts_with(b"://") => return link(text, at, sentence),
        b':' => time_stamp(text, at, &sentence).or_else(|| before_label(text, at, sentence.start)),
        b';' => after_greek_question(text, at, sentence.end),
        b',' => after_letter_closing(text, at, &sentence),
        b'A'..=b'Z' => before_forgotten_stop(text, at, sentence.start),
        _ => None,
    };
    if cut.is_none() && matches!(rest[0], b':' | b';' | b'=' | b'^') && at > sentence.start && bytes[at - 1] == b' ' {
        let end = smiley(rest).map(|length| at + length);
        let cut = end.filter(|end| opens_with_capital(&text[*end..sentence.end]));
        return (cut, end.unwrap_or(at + 1));
    }
    // A cut before the mark: it is looked at again from the start of its own sentence.
    let next = cut.map_or(at + 1, |cut| if cut < at { at } else { cut.max(at + 1) });
    (cut, next)
}

/// The smiley at the start of these bytes, a word of its own.
pub(super) fn smiley(bytes: &[u8]) -> Option<usize> {
    let length = match bytes {
        [b'^', b'_', b'^', ..] => 3,
        [b':' | b';' | b'=' | b'8', b'-', b')' | b'(' | b'D' | b'P' | b'p' | b'/', ..] => 3,
        [b':' | b';' | b'=', b')' | b'(' | b'D' | b'P', ..] => 2,
        _ => return None,
    };
    let more = bytes[length..].iter().take_while(|b| **b == bytes[length - 1]).count();
    bytes.get(length + more).is_none_or(|b| b.is_ascii_whitespace()).then_some(length + more)
}

/// Shorter rows of underscores are fields to fill in.
const BLANK_FIELD: usize = 16;

fn opens_with_capital(rest: &str) -> bool {
    rest.trim_start().starts_with(char::is_uppercase)
}

/// A row of dashes or stars stands between texts.
fn rule_of_marks(bytes: &[u8], at: usize, sentence: Range<usize>) -> (Option<usize>, usize) {
    let end = at + bytes[at..].iter().take_while(|b| **b == bytes[at]).count();
    let opens = bytes[sentence.start..at].iter().all(u8::is_ascii_whitespace);
    let blank = |place: Option<&u8>| place.is_some_and(u8::is_ascii_whitespace);
    if opens {
        (blank(bytes.get(end)).then_some(end), end)
    } else if blank(bytes.get(at - 1)) {
        (Some(at), at)
    } else {
        (None, end)
    }
}

/// A link is one word; a capital after it begins a sentence, and so does another link.
fn link(text: &str, at: usize, sentence: Range<usize>) -> (Option<usize>, usize) {
    let rest = &text[at..sentence.end];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”')).unwrap_or(rest.len());
    let link = rest[..length].trim_end_matches(['.', ',', ')', '!', '?', ';', ':', ']']);
    let end = at + link.len();
    let after = &text[end..sentence.end];
    let cuts = after.starts_with(' ') && (opens_with_capital(after) || after.trim_start().starts_with("http"));
    (cuts.then_some(end), end)
}

/// "12/26/2000 03:33 PM" stands alone between the names and the words of a mail.
fn time_stamp(text: &str, at: usize, sentence: &Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    if !(digit(at + 1) && digit(at + 2)) {
        return None;
    }
    let seconds = if bytes.get(at + 3) == Some(&b':') { 3 } else { 0 };
    let end = at + 3 + seconds;
    let half = matches!(bytes.get(end..end + 3), Some([b' ', b'A' | b'P', b'M']));
    let before = &bytes[sentence.start..at];
    let length = before.iter().rev().take(14).take_while(|b| b.is_ascii_digit() || matches!(b, b'/' | b' ')).count();
    let date = &before[before.len() - length..];
    if !half || date.iter().filter(|b| **b == b'/').count() != 2 {
        return None;
    }
    let start = at - length + date.iter().take_while(|b| **b == b' ').count();
    let alone = text[sentence.start..start].trim().is_empty();
    let says_when = text[sentence.start..start].trim_end().ends_with(" on");
    match (alone || says_when, end + 3 < sentence.end) {
        (false, _) => Some(start),
        (true, more) => more.then_some(end + 3),
    }
}

/// "the mold from that They sell": a word that begins sentences, in the middle of small letters.
fn before_forgotten_stop(text: &str, at: usize, sentence: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let small = |place: Option<usize>| place.and_then(|p| bytes.get(p)).is_some_and(u8::is_ascii_lowercase);
    let apart = at > sentence + 3 && bytes[at - 1] == b' ' && small(at.checked_sub(2)) && small(at.checked_sub(3));
    if !apart {
        return None;
    }
    let length = bytes[at..].iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    let known = OPENS_ALONE.contains(&text.get(at..at + length)?);
    let mut end = at + length;
    if bytes.get(end) == Some(&b'\'') {
        end += 1 + bytes[end + 1..].iter().take(3).take_while(|b| b.is_ascii_lowercase()).count();
    }
    // In a title the words before it have capitals: "Why This is hard".
    let word_before = bytes[sentence..at - 1].rsplit(|byte| *byte == b' ').next().unwrap_or_default();
    let small_before = word_before.first().is_some_and(u8::is_ascii_lowercase);
    (known && small_before && bytes.get(end) == Some(&b' ') && small(Some(end + 1))).then_some(at)
}

const OPENS_ALONE: [&str; 10] = ["He", "In", "It", "Please", "She", "There", "These", "They", "This", "We"];

/// Words before a colon that begin a sentence of their own in the middle of a line: picture credits and mail heads.
const LABELS: &[&str] = &[
    "Image", "Images", "Photo", "Photos", "Picture", "Credit", "Subject", "Sent by", "(credit", "(photo", "(Photo",
    "(image", "(Image", "(Credit",
];

fn before_label(text: &str, at: usize, sentence: usize) -> Option<usize> {
    let before = &text[sentence..at];
    let label = LABELS.iter().find(|label| before.ends_with(**label))?;
    let start = before.len() - label.len();
    let apart = before[..start].ends_with(' ') && !before[..start].trim().is_empty();
    (apart && text[at + 1..].starts_with(' ')).then_some(sentence + start)
}

/// "Thanks, Ann The dam …": the close of a letter.
fn after_letter_closing(text: &str, at: usize, sentence: &Range<usize>) -> Option<usize> {
    if at - sentence.start > 24 {
        return None;
    }
    let said = text[sentence.start..at].trim_start();
    let closes = [
        "Thanks",
        "Thank you",
        "Many thanks",
        "Regards",
        "Best regards",
        "Kind regards",
        "Best",
        "Cheers",
        "Sincerely",
        "Love",
        "Yours sincerely",
        "Best wishes",
    ];
    let after = &text[at + 1..sentence.end];
    let name = opens_with_capital(after) && !after.starts_with(" I ");
    (closes.contains(&said) && after.starts_with(' ') && name).then_some(at + 1)
}

/// Greek asks with a semicolon.
fn after_greek_question(text: &str, at: usize, end: usize) -> Option<usize> {
    let greek = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}');
    let asks = text[..at].chars().next_back().is_some_and(greek) && opens_with_capital(&text[at + 1..end]);
    asks.then_some(at + 1)
}

/// "Figure 1.2" before the words under a picture.
pub(super) fn label(text: &str, block: Span) -> (Span, Span) {
    let words = block.of(text);
    let named = ["Figure ", "Fig. ", "Table ", "Box ", "Photo ", "Map ", "Chart "]
        .iter()
        .find_map(|name| words.strip_prefix(name));
    let length = named.map_or(0, |rest| {
        let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let after = &rest[digits..];
        let opens = after.starts_with(' ') && (opens_with_capital(after) || after.starts_with(" ("));
        if digits > 0 && opens { words.len() - after.len() } else { 0 }
    });
    cut(text, block, length)
}

/// "Friday, March 3, 2023" at the end of a headline.
pub(super) fn dateline(text: &str, block: Span) -> (Span, Span) {
    let words = block.of(text);
    let whole = cut(text, block, words.len());
    if !words.ends_with(|c: char| c.is_ascii_digit()) {
        return whole;
    }
    let from = words.len().saturating_sub(36);
    let tail = Span::within(words, from..words.len()).of(words);
    let days = ["Monday, ", "Tuesday, ", "Wednesday, ", "Thursday, ", "Friday, ", "Saturday, ", "Sunday, "];
    let Some(at) = days.iter().filter_map(|day| tail.rfind(day)).max() else {
        return whole;
    };
    let head = words[..words.len() - tail.len() + at].trim_end();
    let date = &tail[at..];
    let year = date.len() > 4 && date[date.len() - 4..].bytes().all(|b| b.is_ascii_digit());
    let inside = ["on", "until", "since", "by", "of", "from", "for", "to", "before", "after", "and", "last"];
    let last_word = head.rsplit(' ').next().unwrap_or_default();
    let ends = !head.is_empty() && !inside.contains(&last_word) && !head.ends_with(',');
    if year && ends && date.split(' ').count() == 4 { cut(text, block, words.len() - date.len()) } else { whole }
}

fn cut(text: &str, block: Span, length: usize) -> (Span, Span) {
    let at = block.start() + length;
    (Span::within(text, block.start()..at), Span::within(text, at..block.end()))
}
