//! One mark that may end a sentence, and what stands around it.

use std::ops::Range;

use super::super::Span;
use super::abbreviations::{Abbreviation, OPENERS, abbreviation};

/// A run of end marks with the closing marks that touch it.
pub(super) struct Stop<'t> {
    text: &'t str,
    /// Where the sentence begins that it may end.
    sentence: usize,
    /// The first end mark.
    first: usize,
    /// After the end marks.
    run: usize,
    /// After the closing marks.
    end: usize,
    /// End of the block.
    limit: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One full stop.
    Dot,
    /// Several, or the character for it.
    Ellipsis,
    /// `!` or `?` is among them.
    Loud,
    /// A mark of a script that puts no blank after it, or that has no other use.
    Plain,
}

impl<'t> Stop<'t> {
    /// The first one in `range`.
    pub(super) fn next(text: &'t str, range: Range<usize>, sentence: usize) -> Option<Self> {
        let bytes = &text.as_bytes()[..range.end];
        let mut first = range.start;
        let (kind, length) = loop {
            first += bytes.get(first..)?.iter().position(|byte| MAY_END[*byte as usize])?;
            match mark_at(&bytes[first..]) {
                Some(mark) => break mark,
                None => first += 1,
            }
        };
        let mut stop = Self { text, sentence, first, run: first + length, end: 0, limit: range.end, kind };
        stop.take_run(bytes);
        stop.end = stop.run + closing_marks(&bytes[stop.run..]);
        Some(stop)
    }

    /// Where the next search begins.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Takes in the end marks that follow, and stops set apart by single blanks (". . .").
    fn take_run(&mut self, bytes: &[u8]) {
        loop {
            let rest = &bytes[self.run..];
            let skip =
                usize::from(rest.starts_with(b" .") && matches!(rest.get(2), None | Some(b' ' | b'.' | b'"' | b')')));
            let spaced = skip == 1 && bytes[self.run - 1] == b'.';
            let Some((kind, length)) = mark_at(&rest[if spaced { 1 } else { 0 }..]) else {
                break;
            };
            self.kind = match (self.kind, kind) {
                (Kind::Plain, _) | (_, Kind::Plain) => Kind::Plain,
                (Kind::Loud, _) | (_, Kind::Loud) => Kind::Loud,
                _ => Kind::Ellipsis,
            };
            self.run += length + usize::from(spaced);
        }
    }

    /// Where the sentence ends, if it does here.
    pub(super) fn sentence_end(&self) -> Option<usize> {
        let Some(next) = Next::after(&self.text[self.end..self.limit]) else {
            return Some(self.end);
        };
        match self.kind {
            Kind::Plain => (!next.is_closing).then_some(self.end),
            Kind::Loud => self.loud_ends(&next).then_some(self.end),
            Kind::Ellipsis => self.ellipsis_end(&next),
            Kind::Dot => self.dot_ends(&next).then_some(self.end),
        }
    }

    fn loud_ends(&self, next: &Next) -> bool {
        next.gap && !next.is_lower() && !next.is_joining
    }

    fn ellipsis_end(&self, next: &Next) -> Option<usize> {
        if !next.gap || next.is_lower() || next.is_joining {
            return None;
        }
        let run = &self.text[self.first..self.run];
        let dots = run.bytes().filter(|b| *b == b'.').count();
        let attached = self.before().is_some_and(|c| !c.is_whitespace());
        match (run.contains(' '), dots) {
            // "compounds. . . . The": the sentence ends, and the next one opens with the omission.
            (true, 4) if attached => Some(self.first + 1),
            (true, dots) => (dots >= 4).then_some(self.end),
            (false, _) => Some(self.end),
        }
    }

    fn dot_ends(&self, next: &Next) -> bool {
        let word = self.word();
        if !next.gap {
            return self.is_glued(word, next);
        }
        if self.is_list_number(word) || next.is_joining {
            return false;
        }
        if next.is_lower() {
            return false;
        }
        match self.kind_of(word) {
            None => true,
            Some(Abbreviation::BeforeName) => next.is_opening && self.end > self.run,
            Some(Abbreviation::Inside) => false,
            Some(Abbreviation::BeforeFigure) => !next.is_digit(),
            Some(Abbreviation::Anywhere) => next.opens_sentence() || self.end > self.run || next.is_opening,
        }
    }

    /// "broke.Then": a blank was forgotten.
    fn is_glued(&self, word: &str, next: &Next) -> bool {
        let plain = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_lowercase());
        plain
            && next.first.is_uppercase()
            && next.word.len() >= 2
            && next.word.bytes().skip(1).all(|b| b.is_ascii_lowercase() || b == b'\'')
            && next.opens_sentence()
    }

    fn is_list_number(&self, word: &str) -> bool {
        let opens = self.first - word.len() == self.sentence;
        let short = word.len() <= 3 && !word.is_empty();
        opens && short && (word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1 && word.is_ascii())
    }

    fn kind_of(&self, word: &str) -> Option<Abbreviation> {
        if word.is_ascii() {
            let mut lower = [0; LONGEST_WORD];
            let lower = lower.get_mut(..word.len())?;
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            let lower = std::str::from_utf8(lower).ok()?;
            return abbreviation(lower).or_else(|| letters(word));
        }
        abbreviation(&word.to_lowercase()).or_else(|| letters(word))
    }

    /// The word that the stop ends, inner stops included; bounded.
    fn word(&self) -> &'t str {
        let from = self.sentence.max(self.first.saturating_sub(LONGEST_WORD));
        let before = Span::within(self.text, from..self.first).of(self.text);
        let part =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '&' | '\'' | '’' | '°' | '№' | '@' | '/' | '_');
        let start = before.char_indices().rev().take_while(|(_, c)| part(*c)).last().map_or(before.len(), |(at, _)| at);
        before[start..].trim_start_matches(['\'', '’', '.', '-'])
    }

    fn before(&self) -> Option<char> {
        self.text[self.sentence..self.first].chars().next_back()
    }
}

/// Longer words are no abbreviations.
const LONGEST_WORD: usize = 24;

/// Initials ("J", "J.R", "U.S.A"): single letters with stops between them.
fn letters(word: &str) -> Option<Abbreviation> {
    let single = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    if !word.split('.').all(single) {
        return None;
    }
    let initial = !word.contains('.');
    let upper = word.starts_with(char::is_uppercase);
    match (initial, upper) {
        (true, true) if word != "I" => Some(Abbreviation::BeforeName),
        (true, _) => Some(Abbreviation::Anywhere),
        (false, _) => Some(Abbreviation::Anywhere),
    }
}

/// What follows a stop.
struct Next<'t> {
    /// Whether a blank or an opening mark of another script stands between.
    gap: bool,
    /// The first character that is no opening mark.
    first: char,
    /// The first word.
    word: &'t str,
    /// An opening mark stands before the first word.
    is_opening: bool,
    /// A mark that goes on with the same sentence.
    is_joining: bool,
    is_closing: bool,
}

impl<'t> Next<'t> {
    fn after(rest: &'t str) -> Option<Self> {
        let trimmed = rest.trim_start();
        let mark = trimmed.chars().next()?;
        let inner =
            trimmed.trim_start_matches(['"', '“', '‘', '\'', '«', '„', '(', '[', '¿', '¡', '*', '`', '「', '『']);
        let first = inner.chars().next().unwrap_or(mark);
        let ahead = Span::within(inner, 0..16).of(inner);
        let word_end = ahead.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').unwrap_or(ahead.len());
        Some(Self {
            gap: trimmed.len() < rest.len() || matches!(mark, '“' | '‘' | '「' | '『' | '„'),
            first,
            word: &ahead[..word_end],
            is_opening: inner.len() < trimmed.len(),
            is_joining: matches!(mark, ',' | ';' | ':' | '!' | '?' | '/' | '%'),
            is_closing: matches!(mark, ',' | '、' | '，' | '」' | '』' | '”' | '）'),
        })
    }

    fn is_lower(&self) -> bool {
        self.first.is_lowercase()
    }

    fn is_digit(&self) -> bool {
        self.first.is_numeric()
    }

    /// Whether the word is one that begins sentences rather than names.
    fn opens_sentence(&self) -> bool {
        let is = |opener: &&str| opener.eq_ignore_ascii_case(self.word);
        self.first.is_uppercase() && (OPENERS.iter().any(is) || ["Mr", "Mrs", "Ms", "Dr"].contains(&self.word))
    }
}

/// Bytes with which an end mark may begin.
static MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [b'.', b'!', b'?', 0xd6, 0xd8, 0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xef];
    let mut at = 0;
    while at < leads.len() {
        table[leads[at] as usize] = true;
        at += 1;
    }
    table
};

fn mark_at(bytes: &[u8]) -> Option<(Kind, usize)> {
    match bytes {
        [b'.', ..] => Some((Kind::Dot, 1)),
        [b'!' | b'?', ..] => Some((Kind::Loud, 1)),
        // … ‼ ⁇ ⁈ ⁉
        [0xe2, 0x80, 0xa6, ..] => Some((Kind::Ellipsis, 3)),
        [0xe2, 0x80, 0xbc, ..] | [0xe2, 0x81, 0x87..=0x89, ..] => Some((Kind::Loud, 3)),
        // Arabic ؟, Urdu ۔, Armenian ։
        [0xd8, 0x9f, ..] | [0xdb, 0x94, ..] => Some((Kind::Plain, 2)),
        [0xd6, 0x89, ..] => Some((Kind::Plain, 2)),
        // Devanagari । ॥, Myanmar ၊ ။, Ethiopic ። ፧, Khmer ។
        [0xe0, 0xa5, 0xa4 | 0xa5, ..]
        | [0xe1, 0x81, 0x8b, ..]
        | [0xe1, 0x8d, 0xa2 | 0xa7, ..]
        | [0xe1, 0x9f, 0x94, ..] => Some((Kind::Plain, 3)),
        // 。 ！ ． ？ ｡
        [0xe3, 0x80, 0x82, ..] | [0xef, 0xbc, 0x81 | 0x8e | 0x9f, ..] | [0xef, 0xbd, 0xa1, ..] => {
            Some((Kind::Plain, 3))
        }
        _ => None,
    }
}

/// Bytes of the closing marks that touch the end mark.
fn closing_marks(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match &bytes[at..] {
            [b'"' | b'\'' | b')' | b']' | b'}', ..] => 1,
            [0xc2, 0xbb, ..] => 2,
            [0xe2, 0x80, 0x99 | 0x9d | 0xba, ..] => 3,
            [0xe3, 0x80, 0x8d | 0x8f, ..] | [0xef, 0xbc, 0x89, ..] => 3,
            _ => return at,
        }
    }
}
