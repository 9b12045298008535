//! What of a claim can be counted or seen, each under the name that an analyst reads. One row, one feature.

use super::words::{self, classes};

/// What stands around a claim.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'t> {
    /// The sentence that the claim is part of; the claim itself where it is a whole sentence.
    pub sentence: &'t str,
}

/// A feature's name and how it is measured, 0 to 1.
pub struct Feature {
    /// What the analyst reads.
    pub name: &'static str,
    measure: fn(&Seen) -> f32,
}

/// A number for each feature, in the order of `FEATURES`.
pub type Measured = [f32; FEATURES.len()];

/// The value of each feature.
pub fn measure(claim: &str, context: Context<'_>) -> Measured {
    let seen = Seen::of(claim, context.sentence);
    FEATURES.each_ref().map(|feature| (feature.measure)(&seen))
}

/// All that one pass over the words gives.
struct Seen {
    /// How often each class was met; places are those of the bits.
    met: [u8; 64],
    words: usize,
    figures: usize,
    years: usize,
    names: usize,
    places: usize,
    acronyms: usize,
    /// Words that end like a past participle.
    participles: usize,
    superlatives: usize,
    money_sign: bool,
    percent_sign: bool,
    asks: bool,
    /// Classes of the first word, and of the first of the sentence.
    first: u64,
    second: u64,
    /// "is raising", "have been fighting".
    progressive: usize,
    /// Numbers with what they count: people, money, jobs, troops, years.
    counted: usize,
}

impl Seen {
    fn of(claim: &str, sentence: &str) -> Self {
        let mut seen = Self {
            money_sign: false,
            percent_sign: false,
            asks: sentence.trim_end_matches(['"', '”', ' ']).ends_with('?'),
            met: [0; 64],
            words: 0,
            figures: 0,
            years: 0,
            names: 0,
            places: 0,
            acronyms: 0,
            participles: 0,
            superlatives: 0,
            first: 0,
            second: 0,
            counted: 0,
            progressive: 0,
        };
        let mut small = Small::default();
        let (mut at, mut before) = (0, 0);
        while let Some((word, mark)) = cut(claim, &mut at) {
            seen.mark(mark);
            let raw = trimmed(word);
            if !raw.is_empty() {
                before = seen.take(raw, small.of(raw), before);
            }
        }
        seen
    }

    fn mark(&mut self, mark: Option<char>) {
        match mark {
            Some('%') => self.percent_sign = true,
            Some(mark) => self.money_sign |= is_money(mark),
            None => {}
        }
    }

    /// Counts one word; gives its classes.
    fn take(&mut self, raw: &str, lower: &[u8], before: u64) -> u64 {
        let of = classes(lower);
        let mut left = of;
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            self.met[bit] = self.met[bit].saturating_add(1);
            left &= left - 1;
        }
        let counts = before & (words::NUMBER | words::AMOUNT | FIGURE) != 0;
        self.counted += usize::from(counts && of & COUNTED != 0);
        match self.words {
            0 => self.first = of,
            1 => self.second = of,
            _ => {}
        }
        self.words += 1;
        if raw.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            self.figures += 1;
            self.years += usize::from(raw.len() == 4 && (raw.starts_with("19") || raw.starts_with("20")));
            return of | FIGURE;
        }
        let capital = begins_with_a_capital(raw) && of & words::SELF == 0;
        if capital && self.words > 1 {
            self.names += 1;
            self.acronyms += usize::from(raw.len() >= 2 && raw.chars().all(|c| c.is_uppercase() || c == '.'));
        }
        let verbal = raw.len() > 4 && !capital;
        self.progressive += usize::from(
            before & (words::STATE | words::PAST | words::PERFECT) != 0
                && verbal
                && lower.ends_with(b"ing")
                && lower != b"going",
        );
        self.participles += usize::from(raw.len() > 4 && lower.ends_with(b"ed"));
        self.superlatives += usize::from(raw.len() > 5 && lower.ends_with(b"est"));
        if capital && before & words::BEFORE_PLACES != 0 {
            self.places += 1;
        }
        if of & words::BEFORE_PLACES != 0 { words::BEFORE_PLACES } else { of }
    }

    fn met(&self, class: u64) -> usize {
        usize::from(self.met[class.trailing_zeros() as usize])
    }

    fn any(&self, class: u64) -> f32 {
        f32::from(self.met(class) > 0)
    }

    /// Whether one of the first two words, or of the first three after "and", "but", "so", is of the class.
    fn opens_with(&self, classes: u64) -> bool {
        (self.first | self.second) & classes != 0
    }

    fn acts(&self) -> bool {
        self.met(words::PAST) + self.met(words::PERFECT) + self.met(words::ACT) + self.participles > 0
    }

    /// The share of a bound that was met: 1 for the bound or more.
    fn some_of(&self, count: usize, bound: usize) -> f32 {
        count.min(bound) as f32 / bound as f32
    }
}

fn is_money(mark: char) -> bool {
    matches!(mark, '$' | '€' | '£' | '¥' | '₽' | '₴')
}

/// Whether a mark is more than one between words.
pub(super) fn is_counted(mark: char) -> bool {
    mark == '%' || is_money(mark)
}

/// The word that begins at a byte, perhaps an empty one, and the mark that ends it; the byte moves behind the mark.
fn cut<'t>(claim: &'t str, at: &mut usize) -> Option<(&'t str, Option<char>)> {
    let start = *at;
    let rest = claim.get(start..).filter(|rest| !rest.is_empty())?;
    let plain = rest.bytes().take_while(|b| PLAIN[usize::from(*b)]).count();
    let (length, mark) = match rest.as_bytes().get(plain) {
        Some(mark) if mark.is_ascii() => (plain, Some(char::from(*mark))),
        _ => {
            let ends = |c: &char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-' | '.' | ',');
            let tail = rest.get(plain..).unwrap_or_default();
            let found = tail.char_indices().find(|(_, c)| ends(c));
            (plain + found.map_or(tail.len(), |(at, _)| at), found.map(|(_, c)| c))
        }
    };
    *at = start + length + mark.map_or(0, char::len_utf8);
    Some((rest.get(..length).unwrap_or_default(), mark))
}

/// Bytes that are characters of words by themselves.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'\'' | b'-' | b'.' | b',');
        byte += 1;
    }
    table
};

fn trimmed(word: &str) -> &str {
    let whole = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if whole(word.as_bytes().first()) && whole(word.as_bytes().last()) {
        return word;
    }
    word.trim_matches(['.', ',', '-', '\'', '’'])
}

fn begins_with_a_capital(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}

/// Room for the head of a word in lower case, its apostrophes straight.
#[derive(Default)]
struct Small {
    plain: [u8; LONGEST],
    other: String,
}

impl Small {
    fn of(&mut self, word: &str) -> &[u8] {
        if word.is_ascii() {
            let pairs = self.plain.iter_mut().zip(word.bytes());
            pairs.for_each(|(small, byte)| *small = byte.to_ascii_lowercase());
            return self.plain.get(..word.len()).unwrap_or(&self.plain);
        }
        self.other.clear();
        let head = word.chars().take(LONGEST).flat_map(char::to_lowercase);
        self.other.extend(head.map(|c| if c == '’' { '\'' } else { c }));
        self.other.as_bytes()
    }
}

/// Stands for a number in figures; no class has this bit.
const FIGURE: u64 = 1 << 62;
const COUNTED: u64 = words::AMOUNT
    | words::PEOPLE
    | words::ECONOMY
    | words::WAR
    | words::SOCIETY
    | words::HARM
    | words::MONEY
    | words::SHARE;
/// Longer words are in no list.
const LONGEST: usize = 24;

/// Every feature. What raises the worth is shown as a reason under its name.
pub static FEATURES: [Feature; 50] = [
    Feature { name: "number", measure: |s| f32::from(s.figures > s.years) },
    Feature { name: "number in words", measure: |s| f32::from(s.figures == s.years && s.met(words::NUMBER) > 0) },
    Feature {
        name: "several numbers",
        measure: |s| f32::from(s.figures - s.years + s.met(words::NUMBER) + s.met(words::AMOUNT) > 1),
    },
    Feature { name: "quantity", measure: |s| s.any(words::AMOUNT) },
    Feature { name: "share or rate", measure: |s| f32::from(s.percent_sign || s.met(words::SHARE) > 0) },
    Feature { name: "money", measure: |s| f32::from(s.money_sign || s.met(words::MONEY) > 0) },
    Feature { name: "year", measure: |s| f32::from(s.years > 0) },
    Feature { name: "time", measure: |s| s.some_of(s.met(words::TIME), 2) },
    Feature { name: "named person or body", measure: |s| s.some_of(s.names, 3) },
    Feature { name: "named place", measure: |s| f32::from(s.places > 0) },
    Feature { name: "acronym", measure: |s| f32::from(s.acronyms > 0) },
    Feature { name: "change", measure: |s| s.some_of(s.met(words::CHANGE), 2) },
    Feature { name: "comparison", measure: |s| s.some_of(s.met(words::COMPARISON), 2) },
    Feature { name: "record or rank", measure: |s| f32::from(s.met(words::RECORD) + s.superlatives > 0) },
    Feature { name: "death or harm", measure: |s| s.any(words::HARM) },
    Feature { name: "economy", measure: |s| s.some_of(s.met(words::ECONOMY), 2) },
    Feature { name: "law or vote", measure: |s| s.some_of(s.met(words::LAW), 2) },
    Feature { name: "war or security", measure: |s| s.some_of(s.met(words::WAR), 2) },
    Feature { name: "health, crime or schools", measure: |s| s.some_of(s.met(words::SOCIETY), 2) },
    Feature { name: "what somebody said", measure: |s| s.any(words::SAYING) },
    Feature { name: "past event", measure: |s| s.some_of(s.met(words::PAST), 2) },
    Feature { name: "finished act", measure: |s| s.some_of(s.participles, 2) },
    Feature { name: "act of office", measure: |s| s.some_of(s.met(words::ACT), 2) },
    Feature { name: "office or party", measure: |s| s.any(words::OFFICE) },
    Feature { name: "all or none", measure: |s| s.any(words::ALL) },
    Feature { name: "about somebody else", measure: |s| s.any(words::THIRD) },
    Feature { name: "about the listener", measure: |s| s.any(words::YOU) },
    Feature { name: "about the speaker", measure: |s| s.some_of(s.met(words::SELF), 2) },
    Feature { name: "future", measure: |s| s.any(words::FUTURE) },
    Feature { name: "condition", measure: |s| s.any(words::CONDITION) },
    Feature { name: "plan", measure: |s| s.some_of(s.met(words::INTENT), 2) },
    Feature { name: "wish or order", measure: |s| s.some_of(s.met(words::WISH), 2) },
    Feature { name: "opinion", measure: |s| s.some_of(s.met(words::OPINION), 2) },
    Feature { name: "value", measure: |s| s.some_of(s.met(words::VALUE), 2) },
    Feature { name: "emphasis", measure: |s| s.some_of(s.met(words::DEGREE), 2) },
    Feature { name: "vague", measure: |s| s.some_of(s.met(words::VAGUE), 2) },
    Feature { name: "talk about the talk", measure: |s| s.some_of(s.met(words::TALK), 2) },
    Feature { name: "courtesy", measure: |s| s.any(words::COURTESY) },
    Feature { name: "question", measure: |s| f32::from(s.asks) },
    Feature { name: "question word first", measure: |s| f32::from(s.first & words::QUESTION != 0) },
    Feature { name: "speaker first", measure: |s| f32::from((s.first | s.second) & words::SELF != 0) },
    Feature { name: "speaker's own act", measure: |s| f32::from(s.opens_with(words::SELF) && s.acts()) },
    Feature { name: "somebody first", measure: |s| f32::from(s.opens_with(words::THIRD)) },
    Feature { name: "act under way", measure: |s| f32::from(s.progressive > 0) },
    Feature { name: "ability", measure: |s| s.any(words::ABILITY) },
    Feature { name: "pointing word first", measure: |s| f32::from(s.first & words::POINTING != 0) },
    Feature { name: "counted thing", measure: |s| f32::from(s.counted > 0) },
    Feature { name: "very short", measure: |s| f32::from(s.words < 5) },
    Feature { name: "short", measure: |s| f32::from(s.words < 9) },
    Feature { name: "length", measure: |s| s.some_of(s.words, 30) },
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_and_marks_leave_nothing_out(text in "(\\PC|[ .,’'%$€A-Ca-c0-9-]){0,60}") {
            let (mut at, mut joined) = (0, String::new());
            while let Some((word, mark)) = cut(&text, &mut at) {
                prop_assert!(word.chars().all(|c| c.is_alphanumeric() || "'’-.,".contains(c)));
                joined.push_str(word);
                joined.extend(mark);
            }
            prop_assert_eq!(joined, text);
        }
    }

    #[test]
    fn a_word_is_taken_bare_and_small_in_any_script() {
        for (word, bare, small) in [
            ("Wages", "Wages", "wages"),
            ("-U.S.,", "U.S", "u.s"),
            ("DON’T", "DON’T", "don't"),
            ("’Älter", "Älter", "älter"),
        ] {
            assert_eq!((trimmed(word), Small::default().of(trimmed(word))), (bare, small.as_bytes()));
        }
    }
}
