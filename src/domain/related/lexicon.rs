//! Words that tell nothing of what a claim is about, and words that stand for numbers, days and units. English; in other
//! languages every word counts, which rarity evens out.

/// Articles, pronouns, auxiliaries, prepositions, conjunctions, adverbs of stance, verbs of speech.
#[rustfmt::skip]
const FUNCTION: &[&str] = &[
    "a", "about", "above", "according", "across", "added", "after", "again", "against", "all", "allegedly", "almost",
    "along", "already", "also", "although", "am", "among", "an", "and", "another", "any", "apparently", "approximately",
    "are", "around", "as", "at", "be", "because", "been", "before", "behind", "being", "below", "between", "both", "but",
    "by", "can", "claimed", "claims", "could", "did", "do", "does", "during", "each", "either", "even", "every", "few",
    "fewer", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how",
    "however", "i", "if", "in", "inside", "into", "is", "it", "its", "itself", "just", "least", "less", "many", "may",
    "me", "might", "more", "most", "much", "must", "my", "near", "nearly", "of", "off", "on", "once", "only", "onto",
    "or", "other", "our", "out", "outside", "over", "own", "per", "probably", "reported", "reportedly", "roughly", "said",
    "same", "say", "says", "several", "shall", "she", "should", "since", "so", "some", "still", "such", "than", "that",
    "the", "their", "them", "themselves", "then", "there", "these", "they", "this", "those", "through", "to", "told",
    "too", "toward", "towards", "under", "until", "up", "upon", "us", "very", "was", "we", "were", "what", "when",
    "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "would", "wrote",
    "yet", "you", "your",
];

/// Forms of verbs that tell of the past and don't end in "ed".
#[rustfmt::skip]
const PAST: &[&str] = &[
    "became", "been", "began", "broke", "broken", "brought", "built", "burnt", "came", "caught", "cut", "did", "died",
    "drove", "fell", "fled", "flew", "fought", "found", "gave", "gone", "got", "grew", "had", "held", "hit", "hurt", "killed",
    "knew", "left", "lost", "made", "met", "paid", "put", "ran", "rose", "sank", "saw", "seen", "sent", "shot", "shut", "sold",
    "spoke", "stole", "struck", "taken", "took", "was", "went", "were", "withdrew", "won",
];

const NEGATORS: &[&str] = &["cannot", "neither", "never", "no", "none", "nor", "not", "nothing", "nobody", "without"];

const PLACED: &[&str] = &["at", "in", "inside", "near", "outside", "over"];

const CONJUNCTIONS: &[&str] = &["and", "but", "or", "while", "which", "who", "that", "after", "before", "when"];

#[rustfmt::skip]
const SMALL: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: &[(&str, f64)] = &[
    ("dozen", 12.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("mln", 1e6),
    ("billion", 1e9),
    ("bn", 1e9),
    ("trillion", 1e12),
];

#[rustfmt::skip]
const MONTHS: &[(&str, u8)] = &[
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6), ("july", 7), ("august", 8),
    ("september", 9), ("october", 10), ("november", 11), ("december", 12), ("jan", 1), ("feb", 2), ("mar", 3),
    ("apr", 4), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
];
const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What a unit measures, and how much of its base one of it is.
#[rustfmt::skip]
const UNITS: &[(&str, &str, f64)] = &[
    ("m", "length", 1.0), ("metre", "length", 1.0), ("metres", "length", 1.0), ("meter", "length", 1.0),
    ("meters", "length", 1.0), ("km", "length", 1e3), ("kilometre", "length", 1e3), ("kilometres", "length", 1e3),
    ("kilometer", "length", 1e3), ("kilometers", "length", 1e3), ("mile", "length", 1609.344),
    ("miles", "length", 1609.344), ("foot", "length", 0.3048), ("feet", "length", 0.3048), ("ft", "length", 0.3048),
    ("kg", "mass", 1.0), ("kilogram", "mass", 1.0), ("kilograms", "mass", 1.0), ("kilo", "mass", 1.0),
    ("kilos", "mass", 1.0), ("ton", "mass", 1e3), ("tons", "mass", 1e3), ("tonne", "mass", 1e3), ("tonnes", "mass", 1e3),
    ("pound", "mass", 0.453_592), ("lb", "mass", 0.453_592), ("lbs", "mass", 0.453_592),
    ("minute", "time", 60.0), ("minutes", "time", 60.0), ("hour", "time", 3600.0), ("hours", "time", 3600.0),
    ("day", "time", 86_400.0), ("days", "time", 86_400.0), ("week", "time", 604_800.0), ("weeks", "time", 604_800.0),
    ("percent", "share", 1.0), ("mw", "power", 1.0), ("megawatt", "power", 1.0), ("megawatts", "power", 1.0),
    ("gw", "power", 1e3), ("gigawatt", "power", 1e3), ("gigawatts", "power", 1e3),
];

/// What words before a number make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    About,
}

const BOUNDS: &[(&[&str], Bound)] = &[
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["no", "more", "than"], Bound::AtMost),
    (&["more", "than"], Bound::AtLeast),
    (&["at", "least"], Bound::AtLeast),
    (&["over"], Bound::AtLeast),
    (&["fewer", "than"], Bound::AtMost),
    (&["less", "than"], Bound::AtMost),
    (&["at", "most"], Bound::AtMost),
    (&["up", "to"], Bound::AtMost),
    (&["under"], Bound::AtMost),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["roughly"], Bound::About),
    (&["approximately"], Bound::About),
    (&["some"], Bound::About),
    (&["nearly"], Bound::About),
    (&["almost"], Bound::About),
    (&["an", "estimated"], Bound::About),
];

pub(super) fn is_function(word: &str) -> bool {
    FUNCTION.binary_search(&word).is_ok()
}

/// Whether this form of a verb tells of the past; most of those that end in "ed" are not listed.
pub(super) fn is_past(word: &str) -> bool {
    PAST.binary_search(&word).is_ok()
}

pub(super) fn is_negator(word: &str) -> bool {
    NEGATORS.contains(&word) || word.ends_with("n't")
}

/// Whether a name after this word says where.
pub(super) fn says_where(word: &str) -> bool {
    PLACED.contains(&word)
}

/// Whether another assertion may begin with this word.
pub(super) fn begins_clause(word: &str) -> bool {
    CONJUNCTIONS.contains(&word)
}

/// Zero to ninety.
pub(super) fn small_number(word: &str) -> Option<f64> {
    let tens = || TENS.iter().position(|w| *w == word).map(|place| (place + 2) as f64 * 10.0);
    SMALL.iter().position(|w| *w == word).map(|place| place as f64).or_else(tens)
}

/// A dozen, hundred, million.
pub(super) fn scale(word: &str) -> Option<f64> {
    SCALES.iter().find(|(w, _)| *w == word).map(|(_, by)| *by)
}

/// 1 to 12.
pub(super) fn month(word: &str) -> Option<u8> {
    MONTHS.iter().find(|(w, _)| *w == word).map(|(_, number)| *number)
}

/// 0 for Monday.
pub(super) fn weekday(word: &str) -> Option<u8> {
    WEEKDAYS.iter().position(|w| *w == word).map(|place| place as u8)
}

/// What a unit measures, and how much of its base it is.
pub(super) fn unit(word: &str) -> Option<(&'static str, f64)> {
    UNITS.iter().find(|(w, ..)| *w == word).map(|(_, what, factor)| (*what, *factor))
}

/// The longest of the bounds that these words end with, and how many words it is.
pub(super) fn bound<'w>(before: impl Fn(usize) -> Option<&'w str>) -> Option<(Bound, usize)> {
    let fits = |words: &&[&str]| words.iter().rev().enumerate().all(|(back, word)| before(back + 1) == Some(*word));
    BOUNDS.iter().find(|(words, _)| fits(words)).map(|(words, bound)| (*bound, words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_stand_in_order_so_that_they_are_found() {
        assert!(PAST.is_sorted());
        assert!(FUNCTION.is_sorted(), "{:?}", FUNCTION.windows(2).find(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn numbers_are_known_by_their_words() {
        assert_eq!(
            (small_number("zero"), small_number("nineteen"), small_number("ninety")),
            (Some(0.0), Some(19.0), Some(90.0))
        );
        assert_eq!((small_number("hundred"), scale("hundred")), (None, Some(100.0)));
    }
}
