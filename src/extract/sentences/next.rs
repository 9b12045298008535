//! What follows a mark that may end a sentence.

use super::super::Span;
use super::abbreviations::{GERMAN_MONTHS, MONTHS, OPENERS};

/// What follows a stop.
pub(super) struct Next<'t> {
    /// Whether a blank or an opening mark of another script stands between.
    pub(super) gap: bool,
    /// The first character that is no opening mark.
    pub(super) first: char,
    /// The first word.
    pub(super) word: &'t str,
    /// The word goes on behind a stop or slash, as a file or site name does.
    pub(super) is_part: bool,
    /// A quotation mark stands before the first word.
    pub(super) is_quote: bool,
    /// A bracket opens before the first word.
    pub(super) is_bracket: bool,
    pub(super) is_lower: bool,
    /// A mark that goes on with the same sentence.
    is_joining: bool,
    /// A dash and a small letter, or a dash and a name that ends the paragraph.
    goes_on_after_dash: bool,
    rest: &'t str,
    pub(super) is_closing: bool,
}

impl<'t> Next<'t> {
    pub(super) fn after(rest: &'t str) -> Option<Self> {
        let trimmed = rest.trim_start();
        let mark = trimmed.chars().next()?;
        let inner = trimmed.trim_start_matches(OPENING);
        let first = inner.chars().next().unwrap_or(mark);
        let ahead = Span::within(inner, 0..16).of(inner);
        let word_end = ahead.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').unwrap_or(ahead.len());
        let tail = &ahead.as_bytes()[word_end..];
        let dashed = trimmed.trim_start_matches(['-', '–', '—']);
        Some(Self {
            gap: trimmed.len() < rest.len() || matches!(mark, '“' | '‘' | '「' | '『' | '„'),
            first,
            word: &ahead[..word_end],
            is_part: matches!(tail, [b'.' | b'/' | b'@' | b'_', next, ..] if next.is_ascii_alphanumeric()),
            is_quote: inner.len() < trimmed.len() && mark != '(' && mark != '[',
            is_bracket: mark == '(',
            is_lower: first.is_lowercase(),
            is_joining: matches!(mark, ',' | ';' | ':' | '!' | '?' | '/' | '%'),
            goes_on_after_dash: dashed.len() < trimmed.len()
                && (dashed.trim_start().starts_with(char::is_lowercase) || is_signature(dashed)),
            rest: inner,
            is_closing: matches!(mark, ',' | '、' | '，' | '」' | '』' | '”' | '）'),
        })
    }

    /// What follows belongs to the same sentence whatever the stop.
    pub(super) fn goes_on(&self) -> bool {
        self.is_joining || self.goes_on_after_dash || self.is_bracket && self.is_digit()
    }

    /// A name and a verb of saying that end the sentence: "Why?" Lee asked.
    pub(super) fn says(&self) -> bool {
        let ahead = Span::within(self.rest, 0..60).of(self.rest);
        let mut words = ahead.split(' ');
        let subject = words.by_ref().take(3).take_while(|w| !SAYS.iter().any(|verb| w.starts_with(verb)));
        let names = subject.count();
        let verb = ahead.split(' ').nth(names).unwrap_or_default();
        (1..3).contains(&names) && verb.ends_with(['.', ',']) && SAYS.contains(&verb.trim_end_matches(['.', ',']))
    }

    pub(super) fn is_function_word(&self) -> bool {
        let names = ["Will", "So", "An", "Do", "Her", "Such", "Let", "Long", "May", "Day", "I"];
        self.opens_sentence() && !names.contains(&self.word) && !["Mr", "Mrs", "Ms", "Dr"].contains(&self.word)
    }

    pub(super) fn is_digit(&self) -> bool {
        self.first.is_numeric()
    }

    pub(super) fn is_month(&self) -> bool {
        MONTHS.iter().any(|month| self.word.len() >= 3 && month.starts_with(self.word))
    }

    pub(super) fn is_german_month(&self) -> bool {
        GERMAN_MONTHS.contains(&self.word)
    }

    /// A day, a month or a zone: "9 a.m. Friday", "9 a.m. GMT", "9 a.m. Kyiv time".
    pub(super) fn tells_time(&self) -> bool {
        let zone = (2..=4).contains(&self.word.len()) && self.word.bytes().all(|b| b.is_ascii_uppercase());
        let ahead = Span::within(self.rest, 0..32).of(self.rest);
        let named = ahead.split([' ', '.', ',']).nth(1).is_some_and(|word| matches!(word, "time" | "Time"));
        zone || named || self.is_month() || ZONES.contains(&self.word) || self.word.ends_with("day")
    }

    /// Whether the word is one that begins sentences rather than names.
    pub(super) fn opens_sentence(&self) -> bool {
        let is = |opener: &&str| opener.eq_ignore_ascii_case(self.word);
        self.first.is_uppercase() && (OPENERS.iter().any(is) || ["Mr", "Mrs", "Ms", "Dr"].contains(&self.word))
    }
}

const ZONES: [&str; 5] = ["Eastern", "Pacific", "Central", "Mountain", "Greenwich"];

#[rustfmt::skip]
const SAYS: &[&str] = &[
    "said", "says", "asked", "asks", "wrote", "writes", "replied", "answered", "added", "cried", "shouted", "demanded", "exclaimed", "joked", "tweeted",
    "continued", "yelled", "remarked", "responded", "wondered", "declared", "insisted", "told", "quipped", "screamed", "thought",
];

const OPENING: [char; 14] = ['"', '“', '‘', '\'', '«', '„', '(', '[', '¿', '¡', '*', '`', '「', '『'];

/// A name after a dash at the end of a paragraph: whose words they were.
fn is_signature(name: &str) -> bool {
    name.len() < 60 && !name.ends_with(['.', '!', '?']) && name.trim().split(' ').count() <= 5
}
