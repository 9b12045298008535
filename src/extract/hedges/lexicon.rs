//! The two probability scales of intelligence analysis, and words of reserve that have no degree.
//!
//! - **ICD 203**: Office of the Director of National Intelligence, *Intelligence Community Directive 203: Analytic
//!   Standards*, 2 January 2015, section D.6.e(2)(a): two rows of terms for seven bands (01–05, 05–20, 20–45, 45–55,
//!   55–80, 80–95, 95–99 %).
//! - **PHIA**: UK Professional Head of Intelligence Assessment, *Probability Yardstick*, 2018: remote chance (to 5 %),
//!   highly unlikely (10–20 %), unlikely (25–35 %), realistic possibility (40–50 %), likely or probable (55–75 %),
//!   highly likely (80–90 %), almost certain (95 % and more).
//!
//! Everyday words that neither scale names stand in the band of the nearest word that it names.

use super::super::Band;

/// One term with its inflections.
pub(super) struct Entry {
    /// As shown to the analyst.
    pub(super) term: &'static str,
    pub(super) forms: &'static [&'static str],
    /// None for reserve without a degree.
    pub(super) band: Option<Band>,
    /// What "not" before it makes of it.
    pub(super) negated: Option<(&'static str, Option<Band>)>,
    /// Words right behind it with which it is no hedge: "likely voters".
    pub(super) not_before: &'static [&'static str],
    /// Words right before it with which it is no hedge: "as soon as possible".
    pub(super) not_after: &'static [&'static str],
    /// Where there are any, one of these must stand right before it: "the claimed strike".
    pub(super) only_after: &'static [&'static str],
}

const fn reserve(term: &'static str, forms: &'static [&'static str]) -> Entry {
    Entry { term, forms, band: None, negated: None, not_before: &[], not_after: &[], only_after: &[] }
}

const fn entry(term: &'static str, band: Band, forms: &'static [&'static str]) -> Entry {
    Entry { band: Some(band), ..reserve(term, forms) }
}

const fn turned(entry: Entry, term: &'static str, band: Option<Band>) -> Entry {
    Entry { negated: Some((term, band)), ..entry }
}

const fn not_before(entry: Entry, words: &'static [&'static str]) -> Entry {
    Entry { not_before: words, ..entry }
}

const fn not_after(entry: Entry, words: &'static [&'static str]) -> Entry {
    Entry { not_after: words, ..entry }
}

const fn only_after(entry: Entry, words: &'static [&'static str]) -> Entry {
    Entry { only_after: words, ..entry }
}

#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "its", "their", "his", "her", "this", "that", "these", "those", "any", "some", "several", "other", "another", "first",
    "of", "recent", "two", "three", "four", "five", "previously", "many",
];
/// "A certain man" is no hedge, and "certainly" alone only insists.
const BEFORE_CERTAIN: &[&str] = &[
    "is", "are", "was", "were", "be", "will", "it's", "seems", "remains", "not", "isn't", "aren't", "wasn't", "weren't",
];
/// With these behind them, "alleged" and "suspected" are what somebody did.
const OBJECTS: &[&str] =
    &["that", "the", "a", "an", "he", "she", "they", "it", "him", "them", "his", "her", "their", "in"];

use Band::{AlmostCertain, AlmostNoChance, Likely, RoughlyEven, Unlikely, VeryLikely, VeryUnlikely};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    // 95 to 99 %: "almost certain", "nearly certain" (ICD 203); "almost certain" (PHIA)
    turned(entry("almost certain", AlmostCertain, &["almost certain", "almost certainly", "almost sure", "almost surely", "all but certain", "all but certainly", "virtually certain", "virtually certainly", "practically certain", "as good as certain"]), "not almost certain", None),
    entry("nearly certain", AlmostCertain, &["nearly certain", "nearly certainly", "near certain", "near certainty", "near-certain", "near-certainty", "a near certainty", "almost a certainty", "virtual certainty", "in all likelihood", "in all probability"]),
    turned(only_after(entry("certain", AlmostCertain, &["certain", "certainly", "certain that", "certain to"]), BEFORE_CERTAIN), "not certain", None),
    // 80 to 95 %: "very likely", "highly probable" (ICD 203); "highly likely" (PHIA)
    turned(entry("very likely", VeryLikely, &["very likely", "most likely", "quite likely", "extremely likely", "overwhelmingly likely"]), "not very likely", Some(Unlikely)),
    turned(entry("highly likely", VeryLikely, &["highly likely"]), "not highly likely", Some(Unlikely)),
    turned(entry("highly probable", VeryLikely, &["highly probable", "highly probably", "very probable", "very probably", "most probable", "most probably"]), "not highly probable", Some(Unlikely)),
    entry("high probability", VeryLikely, &["high probability", "high likelihood", "strong likelihood", "strong probability", "every chance", "high chance", "every likelihood"]),
    // 55 to 80 %: "likely", "probable" (both)
    turned(not_before(entry("likely", Likely, &["likely", "likelier", "more likely", "likelihood is", "more likely than not", "fairly likely", "rather likely", "somewhat likely", "as likely", "equally likely"]), &["voters", "voter", "caucus-goers", "suspects"]), "not likely", Some(Unlikely)),
    turned(entry("probable", Likely, &["probable", "probably", "more probable", "more probably", "probability is"]), "not probable", Some(Unlikely)),
    entry("good chance", Likely, &["good chance", "strong chance", "strong possibility", "better than even chance", "odds are", "chances are", "serious possibility"]),
    entry("presumably", Likely, &["presumably"]),
    // 45 to 55 %: "roughly even chance", "roughly even odds" (ICD 203); 40 to 50 %: "realistic possibility" (PHIA)
    entry("roughly even chance", RoughlyEven, &["roughly even chance", "about even chance", "roughly even", "even chance", "an even chance", "fifty-fifty", "50-50", "50-50 chance", "fifty-fifty chance"]),
    entry("roughly even odds", RoughlyEven, &["roughly even odds", "even odds"]),
    entry("realistic possibility", RoughlyEven, &["realistic possibility", "realistic probability", "realistically possible", "real possibility", "real chance", "distinct possibility"]),
    entry("may", RoughlyEven, &["may"]),
    entry("may not", RoughlyEven, &["may not"]),
    entry("might", RoughlyEven, &["might"]),
    entry("might not", RoughlyEven, &["might not"]),
    not_before(not_after(entry("could", RoughlyEven, &["could"]), &["who", "i", "you", "so", "all", "how"]), &["not", "no", "see", "hear", "feel", "only", "smell", "tell", "afford", "do", "find", "remember", "also", "never", "have", "barely", "hardly"]),
    entry("could have been", RoughlyEven, &["could have been"]),
    turned(not_before(not_after(entry("possible", RoughlyEven, &["possible", "possibly", "perhaps", "maybe", "possibility", "conceivable", "conceivably"]), &["as", "where", "if", "when", "best", "every"]), &["to", "for"]), "not possible", None),
    // 20 to 45 %: "unlikely", "improbable" (ICD 203); "unlikely" (PHIA)
    turned(entry("unlikely", Unlikely, &["unlikely", "more unlikely", "rather unlikely", "fairly unlikely", "less likely", "doubtful", "doubtfully"]), "not unlikely", Some(Likely)),
    turned(entry("improbable", Unlikely, &["improbable", "improbably"]), "not improbable", Some(Likely)),
    // 5 to 20 %: "very unlikely", "highly improbable" (ICD 203); "highly unlikely" (PHIA)
    entry("very unlikely", VeryUnlikely, &["very unlikely", "most unlikely", "extremely unlikely", "quite unlikely"]),
    entry("highly unlikely", VeryUnlikely, &["highly unlikely"]),
    entry("highly improbable", VeryUnlikely, &["highly improbable", "very improbable", "most improbable"]),
    entry("little chance", VeryUnlikely, &["little chance", "small chance", "slim chance", "low probability", "low likelihood", "little likelihood", "little prospect", "slim chances"]),
    // 1 to 5 %: "almost no chance", "remote" (ICD 203); "remote chance" (PHIA)
    entry("almost no chance", AlmostNoChance, &["almost no chance", "virtually no chance", "next to no chance", "hardly any chance", "practically no chance", "almost impossible", "virtually impossible", "nearly impossible"]),
    entry("remote chance", AlmostNoChance, &["remote chance", "remote possibility", "remote probability", "remote likelihood", "remotely possible", "remotely likely", "chances are remote", "chance is remote"]),
    // Reserve without a degree
    reserve("reportedly", &["reportedly", "reported to have", "reported to be", "is reported to", "are reported to", "unconfirmed", "unverified"]),
    reserve("uncertain", &["uncertain", "far from certain", "by no means certain", "less than certain"]),
    only_after(reserve("reported", &["reported"]), &["a", "the", "its", "their", "this", "these", "those", "several", "other", "first"]),
    reserve("allegedly", &["allegedly"]),
    not_before(reserve("alleged", &["alleged"]), OBJECTS),
    not_before(reserve("suspected", &["suspected", "suspectedly"]), OBJECTS),
    reserve("presumed", &["presumed"]),
    reserve("apparently", &["apparently", "seemingly", "appears to", "appear to", "appeared to", "seems to", "seem to", "seemed to", "evidently"]),
    not_before(not_after(reserve("apparent", &["apparent"]), &["is", "was", "became", "become", "be", "been", "are", "were", "becomes", "it", "more", "increasingly"]), &["that"]),
    reserve("so-called", &["so-called", "so called"]),
    not_before(only_after(reserve("claimed", &["claimed"]), DETERMINERS), OBJECTS),
    reserve("purported", &["purported", "purportedly"]),
    reserve("supposedly", &["supposedly"]),
    not_before(reserve("supposed", &["supposed"]), &["to", "that", "it", "he", "she", "they"]),
    reserve("ostensibly", &["ostensible", "ostensibly"]),
    reserve("believed to", &["believed to", "is believed", "are believed", "was believed", "were believed", "is thought to", "are thought to", "was thought to", "were thought to", "thought to be", "thought to have"]),
    reserve("understood to", &["is understood to", "are understood to", "understood to have", "understood to be"]),
    reserve("feared to", &["feared to", "is feared", "are feared", "feared dead"]),
    reserve("said to", &["is said to", "are said to", "was said to", "were said to"]),
    reserve("rumoured", &["rumoured", "rumored", "rumours that", "rumors that", "rumour that", "rumor that"]),
    reserve("self-styled", &["self-styled", "self-proclaimed", "would-be"]),
];
