//! One mark that may end a sentence, and what stands around it.

use std::ops::Range;

use super::super::Span;
use super::abbreviations::{Abbreviation, abbreviation};
use super::breaks;
use super::next::Next;

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
    /// The one that begins at `first`; `sentence` is from the start of the sentence to the end of its block.
    pub(super) fn at(text: &'t str, first: usize, sentence: Range<usize>) -> Option<Self> {
        let bytes = &text.as_bytes()[..sentence.end];
        let (kind, length) = mark_at(&bytes[first..])?;
        let run = first + length;
        let mut stop = Self { text, sentence: sentence.start, first, run, end: 0, limit: sentence.end, kind };
        stop.take_run(bytes);
        stop.end = stop.run;
        stop.take_closing(bytes);
        Some(stop)
    }

    /// Takes in what belongs to the sentence behind its stop: closing marks, footnote numbers, smileys.
    fn take_closing(&mut self, bytes: &[u8]) {
        loop {
            self.end += closing_marks(&bytes[self.end..]);
            let rest = &bytes[self.end..];
            let blank = usize::from(rest.first() == Some(&b' '));
            let note = note_length(&rest[blank..]).or_else(|| breaks::smiley(&rest[blank..]));
            match note {
                Some(length) => self.end += blank + length,
                None => break,
            }
        }
        let rest = &bytes[self.end..];
        let digits = rest.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
        if rest.first() == Some(&b' ') && (1..=2).contains(&digits) && rest.get(digits + 1) == Some(&b' ') {
            // A footnote number without brackets: what follows it opens a sentence.
            let after = Next::after(&self.text[self.end + 1 + digits..self.limit]);
            if after.is_some_and(|next| next.opens_sentence() && next.word.len() > 1) {
                self.end += 1 + digits;
            }
        }
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
            Kind::Plain => {
                // 「…。」と述べた: the quotation is part of a sentence that goes on.
                let reported = self.end > self.run && next.first == 'と';
                (!next.is_closing && !reported).then_some(self.end)
            }
            Kind::Loud => self.loud_ends(&next).then_some(self.end),
            Kind::Ellipsis => self.ellipsis_end(&next),
            Kind::Dot => self.dot_ends(&next).then_some(self.end),
        }
    }

    fn loud_ends(&self, next: &Next) -> bool {
        if !next.gap || next.goes_on() || self.end > self.run && next.says() {
            return false;
        }
        // Names may end so ("Yahoo! bought"), and what is said goes on behind its closing mark ("Why?" he asked).
        !next.is_lower || self.end == self.run && !self.word().starts_with(char::is_uppercase)
    }

    fn ellipsis_end(&self, next: &Next) -> Option<usize> {
        if next.is_lower || next.goes_on() || matches!(self.before(), None | Some('[')) {
            return None;
        }
        if !next.gap {
            let glued = next.first.is_uppercase() && self.end == self.run;
            return glued.then_some(self.end);
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
        if self.is_list_number(word) || next.goes_on() {
            return false;
        }
        let kind = self.kind_of(word);
        if next.is_lower {
            return kind.is_none()
                && self.end == self.run
                && (is_plain(word, 3) && has_vowel(word) || SMALL_WORDS.contains(&word) || next.is_bracket);
        }
        match kind {
            // "5. März", "der 2. Zug": German writes ordinals with a stop.
            None if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) => {
                !next.is_german_month() && !ends_with_german_article(self.said_before(word))
            }
            None => true,
            // "by G. The next": an initial, and no name behind it.
            Some(Abbreviation::BeforeName) if word.len() == 1 && next.word.len() > 1 && next.is_function_word() => true,
            Some(Abbreviation::BeforeName) => next.is_quote && self.end > self.run,
            Some(Abbreviation::Inside) => false,
            Some(Abbreviation::Last) => true,
            Some(Abbreviation::BeforeFigure) => !next.is_digit(),
            Some(Abbreviation::Day) => !next.is_digit() && !next.is_month() || word.starts_with(char::is_lowercase),
            Some(Abbreviation::Time) => {
                !next.tells_time() && !next.is_digit() && !next.is_bracket && !self.is_time_only(word)
            }
            Some(Abbreviation::Anywhere) => next.opens_sentence() || self.end > self.run || next.is_quote,
        }
    }

    /// "At 5 a.m. Mr. Lee": a time alone is no sentence.
    fn is_time_only(&self, word: &str) -> bool {
        let said = self.said_before(word);
        let mut words = said.split(' ').filter(|w| !w.is_empty());
        said.len() < 24
            && words.next().is_some_and(|w| BEFORE_TIMES.contains(&w))
            && words.all(|w| w.starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase()))
    }

    /// The sentence up to this word.
    fn said_before(&self, word: &str) -> &'t str {
        &self.text[self.sentence..self.first - word.len()]
    }

    /// "broke.Then": a blank was forgotten.
    fn is_glued(&self, word: &str, next: &Next) -> bool {
        let tail = next.word.trim_start_matches(char::is_uppercase);
        let name = next.first.is_uppercase() && tail.len() + 1 >= next.word.len() && is_plain(tail, 0);
        is_plain(word, 3) && name && !next.is_part && self.end == self.run
    }

    fn is_list_number(&self, word: &str) -> bool {
        let before = self.said_before(word);
        let opens = before.len() < 12 && before.trim_matches(['*', '•', '⁃', '‣', '▪', '●', ' ']).is_empty();
        let short = word.len() <= 3 && !word.is_empty();
        opens && short && (word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1 && word.is_ascii())
    }

    fn kind_of(&self, word: &str) -> Option<Abbreviation> {
        // "James C. Lee": a capital alone is an initial whatever its small letter stands for.
        if word.len() == 1 && word.starts_with(char::is_uppercase) {
            return letters(word);
        }
        if word.is_ascii() {
            let mut lower = [0; LONGEST_WORD];
            let lower = lower.get_mut(..word.len())?;
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            let lower = std::str::from_utf8(lower).ok()?;
            return abbreviation(word).or_else(|| abbreviation(lower)).or_else(|| letters(word));
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

/// A word of small Latin letters, at least so many.
fn is_plain(word: &str, least: usize) -> bool {
    word.len() >= least && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn ends_with_german_article(said: &str) -> bool {
    let last = said.trim_end().rsplit(' ').next().unwrap_or_default();
    ["der", "den", "dem", "des", "vom", "zum", "zur", "beim", "Der", "Den", "Am", "Im"].contains(&last)
}

const BEFORE_TIMES: [&str; 9] = ["At", "By", "Around", "About", "Before", "After", "Until", "Since", "From"];

/// Words of two letters that are no abbreviations.
const SMALL_WORDS: [&str; 12] = ["it", "me", "us", "so", "up", "do", "go", "on", "in", "be", "is", "he"];

/// Words have vowels; what has none is shortened ("pct.").
fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// `[12]`, `[…]` or ` ...` at the start of these bytes.
fn note_length(bytes: &[u8]) -> Option<usize> {
    for omission in ["[…]", "[...]", "..."] {
        if bytes.starts_with(omission.as_bytes()) && bytes.get(omission.len()).is_none_or(u8::is_ascii_whitespace) {
            return Some(omission.len());
        }
    }
    let inside = bytes.strip_prefix(b"[")?;
    let digits = inside.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    (digits > 0 && inside.get(digits) == Some(&b']')).then_some(digits + 2)
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

/// Bytes of the closing marks that touch the end mark, or stand apart from it as French sets them.
fn closing_marks(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let ends = |length: usize| rest.get(length).is_none_or(u8::is_ascii_whitespace);
        at += match rest {
            [b'"' | b'\'' | b')' | b']' | b'}', ..] => 1,
            [0xc2, 0xbb, ..] => 2,
            [0xe2, 0x80, 0x99 | 0x9d | 0xba, ..] => 3,
            [0xe3, 0x80, 0x8d | 0x8f, ..] | [0xef, 0xbc, 0x89, ..] => 3,
            // German closes with the marks that open elsewhere.
            [0xe2, 0x80, 0x9c | 0x98 | 0xb9, ..] if ends(3) => 3,
            [0xc2, 0xab, ..] if ends(2) => 2,
            [b' ', 0xc2, 0xbb, ..] if ends(3) => 3,
            [0xc2, 0xa0, 0xc2, 0xbb, ..] if ends(4) => 4,
            [0xe2, 0x80, 0xaf, 0xc2, 0xbb, ..] if ends(5) => 5,
            _ => return at,
        }
    }
}
