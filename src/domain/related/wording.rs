//! A claim's words as they are compared: cut, in lower case, without their endings, each with what it is.

use std::ops::Range;

use super::figures::{self, Day, Quantity};
use super::lexicon;

/// Bytes of a claim that are looked at: what is longer is no single assertion.
const MOST_BYTES: usize = 4096;
/// Words of a claim that are looked at.
const MOST_WORDS: usize = 256;

/// The words of a claim, made ready to be compared.
#[derive(Clone, Debug)]
pub struct Wording {
    pub(super) words: Vec<Word>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) days: Vec<Day>,
}

/// A word and what it is.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands in the claim's text.
    pub(super) bytes: Range<usize>,
    /// In lower case.
    pub(super) plain: String,
    /// Without its ending: what words are the same by.
    pub(super) stem: String,
    pub(super) role: Role,
    /// Whether it has a capital letter that no sentence gave it.
    pub(super) is_name: bool,
    /// What stands between the word before and this one.
    pub(super) gap: Gap,
    /// The word that turns it into its opposite, by place.
    pub(super) negated_by: Option<usize>,
}

/// What a word does in the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Says what the claim is about.
    Content,
    /// Ties other words together.
    Function,
    Negator,
    /// Part of a number, date or time.
    Figure,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    Hyphen,
    /// A comma, a full stop, a quotation mark and the like.
    Mark,
}

impl Wording {
    /// Cuts a claim's text into words.
    pub fn new(text: &str) -> Self {
        let mut words = words_of(&text[..floor(text, MOST_BYTES)]);
        let (quantities, days) = figures::find(text, &mut words);
        negate(&mut words);
        Self { words, quantities, days }
    }

    /// The words that say what the claim is about, as full text knows them, each once.
    pub fn content(&self) -> Vec<&str> {
        let mut plain: Vec<&str> = self.content_words().map(|word| word.plain.as_str()).collect();
        plain.sort_unstable();
        plain.dedup();
        plain
    }

    pub(super) fn content_words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.role == Role::Content)
    }
}

fn floor(text: &str, most: usize) -> usize {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut begins_sentence = true;
    let mut last = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if !first.is_alphanumeric() {
            begins_sentence |= matches!(first, '.' | '!' | '?' | '“' | '"' | '…');
            continue;
        }
        let mut end = start + first.len_utf8();
        let mut before = first;
        while let Some((at, c)) = rest.peek().copied() {
            let after = text[at + c.len_utf8()..].chars().next();
            if !goes_on(before, c, after) {
                break;
            }
            end = at + c.len_utf8();
            before = c;
            rest.next();
        }
        let gap = gap(&text[last..start], words.is_empty());
        words.push(word(text, start..end, gap, begins_sentence));
        if words.len() == MOST_WORDS {
            break;
        }
        begins_sentence = false;
        last = end;
    }
    words
}

/// Whether a word goes on with `c`: letters and digits, apostrophes between letters, marks between digits.
fn goes_on(before: char, c: char, after: Option<char>) -> bool {
    if c.is_alphanumeric() {
        // "450km" is a number and its unit, "F16" is a name.
        return !(before.is_ascii_digit() && c.is_alphabetic());
    }
    let after = after.unwrap_or(' ');
    match c {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        ',' | '.' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

fn gap(between: &str, is_first: bool) -> Gap {
    match between.trim() {
        "" if !is_first => Gap::Space,
        "-" | "‑" | "–" if between.len() == between.trim().len() => Gap::Hyphen,
        "$" | "€" | "£" => Gap::Space,
        _ => Gap::Mark,
    }
}

fn word(text: &str, bytes: Range<usize>, gap: Gap, begins_sentence: bool) -> Word {
    let written = &text[bytes.clone()];
    let plain = written.to_lowercase().replace('’', "'");
    let is_name = written.starts_with(char::is_uppercase) && !begins_sentence;
    let plain = plain.strip_suffix("'s").map(str::to_owned).unwrap_or(plain);
    let role = if lexicon::is_negator(&plain) {
        Role::Negator
    } else if lexicon::is_function(&plain) {
        Role::Function
    } else {
        Role::Content
    };
    Word { bytes, stem: stem(&plain), plain, role, is_name, gap, negated_by: None }
}

/// Takes English endings off, so that "drones" and "drone", "fired" and "firing" are the same. Plurals after D. Harman, "How
/// effective is suffixing?", JASIS 42(1), 1991; -ed and -ing beside them.
fn stem(plain: &str) -> String {
    if !plain.is_ascii() || plain.len() < 4 || !plain.bytes().all(|b| b.is_ascii_alphabetic()) {
        return plain.to_owned();
    }
    let mut stem = match plain {
        _ if plain.ends_with("ies") && !plain.ends_with("eies") => format!("{}y", &plain[..plain.len() - 3]),
        _ if plain.ends_with("us") || plain.ends_with("ss") || !plain.ends_with('s') => plain.to_owned(),
        _ => plain[..plain.len() - 1].to_owned(),
    };
    for (ending, least) in [("ing", 6), ("ed", 5)] {
        if stem.len() >= least && stem.ends_with(ending) {
            stem.truncate(stem.len() - ending.len());
            let doubled = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && !b"lsz".contains(a));
            stem.truncate(stem.len() - usize::from(doubled));
            break;
        }
    }
    // "fire" and "fir" from "fired" meet here.
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

/// How many words after a negator it may turn: "did not, officials said, attack" is too far to be sure.
const REACH: usize = 4;

/// A negator turns the next word of content.
fn negate(words: &mut [Word]) {
    for place in 0..words.len() {
        if words[place].role != Role::Negator {
            continue;
        }
        let after = words[place + 1..].iter().take(REACH).take_while(|word| word.gap != Gap::Mark);
        let ahead = after.take_while(|w| w.role != Role::Negator).position(|word| word.role == Role::Content);
        if let Some(ahead) = ahead {
            words[place + 1 + ahead].negated_by = Some(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_no_difference() {
        for (one, other) in [("drones", "drone"), ("fired", "firing"), ("stations", "station"), ("stopped", "stop")] {
            assert_eq!(stem(one), stem(other));
        }
        for (one, other) in [("mass", "mas"), ("pass", "past"), ("bus", "bu")] {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn only_words_of_content_are_looked_for() {
        let wording = Wording::new("According to the mayor, 12 barges weren’t moored at the Oster’s quay.");
        assert_eq!(wording.content(), ["barges", "mayor", "moored", "oster", "quay"]);
        let moored = wording.words.iter().find(|w| w.plain == "moored").unwrap();
        assert!(moored.negated_by.is_some());
    }
}
