//! How alike two claims are, and in what they differ.
//!
//! Likeness is the coefficient of Dice ("Measures of the amount of ecologic association between species", Ecology 26(3),
//! 1945) over the words of content, each weighted by how rare it is (K. Spärck Jones, "A statistical interpretation of term
//! specificity", J. Documentation 28(1), 1972). Numbers, days and negations are left out of it: two claims that differ in
//! nothing else are the same assertion, and contradict each other.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::figures::{Day, Quantity};
use super::lexicon;
use super::wording::{Role, Word, Wording};
use super::{Difference, DifferenceKind};

/// Least likeness of related claims, chosen on the fixtures below.
const ALIKE: f64 = 0.55;
/// The least part of a claim's own weight that any claim related to it shares: no other has to be read.
pub const LEAST_SHARE: f64 = ALIKE / (2.0 - ALIKE);
/// Least words of content that they share; fewer only where neither has any other.
const SHARED: usize = 3;
const SHARED_WHOLE: usize = 2;

/// How many claims there are, and how many of them have a word.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    /// All claims.
    pub claims: u64,
    /// Those with a word, by the word in lower case. One that isn't here is taken to stand in one claim.
    pub with: HashMap<String, u64>,
}

/// How two claims are related.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// 0 to 1; 1 where the words of content are the same.
    pub similarity: f32,
    /// In what they differ.
    pub differences: Vec<Difference>,
}

impl Rarity {
    /// How much a word says: the rarer, the more.
    pub fn weight(&self, word: &str) -> f64 {
        (1.0 + self.claims as f64 / self.of(word) as f64).ln()
    }

    /// How unlikely it is that another claim has the word too, by chance.
    fn surprise(&self, word: &str) -> f64 {
        let others = self.of(word).saturating_sub(1).max(1);
        (self.claims as f64 / others as f64).ln().max(0.0)
    }

    fn of(&self, word: &str) -> u64 {
        self.with.get(word).copied().unwrap_or(1).max(1)
    }
}

/// How two claims are related; none where they are not.
pub fn relation(here: &Wording, there: &Wording, rarity: &Rarity) -> Option<Relation> {
    let (a, b) = (by_stem(here), by_stem(there));
    let shared: Vec<(&Word, &Word)> = a.iter().filter_map(|(stem, word)| Some((*word, *b.get(stem)?))).collect();
    let weigh = |words: &BTreeMap<&str, &Word>| words.values().map(|w| rarity.weight(&w.plain)).sum::<f64>();
    let whole = weigh(&a) + weigh(&b);
    let common: f64 = shared.iter().map(|(a, b)| rarity.weight(&a.plain) + rarity.weight(&b.plain)).sum();
    let is_same = shared.len() == a.len() && shared.len() == b.len();
    let least = if is_same { SHARED_WHOLE } else { SHARED };
    if shared.len() < least || whole <= 0.0 || common / whole < ALIKE || !is_remarkable(&shared, rarity) {
        return None;
    }
    // Sums in another order may differ in their last bit.
    let similarity = if is_same { 1.0 } else { (common / whole).min(1.0) as f32 };
    Some(Relation { similarity, differences: differences(here, there, &shared) })
}

/// The words of content, each once, by what they are the same by.
fn by_stem(wording: &Wording) -> BTreeMap<&str, &Word> {
    let mut words = BTreeMap::new();
    for word in wording.content_words() {
        words.entry(word.stem.as_str()).or_insert(word);
    }
    words
}

/// Whether fewer than one other claim would share these words by chance, were they spread evenly. Of a million claims many
/// say that people were hurt in an attack, and mean another one.
fn is_remarkable(shared: &[(&Word, &Word)], rarity: &Rarity) -> bool {
    let surprise: f64 = shared.iter().map(|(a, b)| (rarity.surprise(&a.plain) + rarity.surprise(&b.plain)) / 2.0).sum();
    surprise >= (rarity.claims as f64).max(1.0).ln()
}

fn differences(here: &Wording, there: &Wording, shared: &[(&Word, &Word)]) -> Vec<Difference> {
    let mut found = Vec::new();
    let both = |kind, (a, b): (Range<usize>, Range<usize>)| Difference { kind, here: Some(a), there: Some(b) };
    found.extend(numbers(here, there).into_iter().map(|pair| both(DifferenceKind::Number, pair)));
    found.extend(days(here, there).into_iter().map(|pair| both(DifferenceKind::Date, pair)));
    found.extend(negations(here, there, shared).into_iter().map(|pair| both(DifferenceKind::Negation, pair)));
    let places = place(here, there);
    found.extend(places.clone().map(|pair| both(DifferenceKind::Place, pair)));
    let (place_here, place_there) = places.unzip();
    let only = |wording, other, place: Option<Range<usize>>| {
        let runs = runs(wording, |word| word.role == Role::Content && !has_stem(other, &word.stem));
        runs.into_iter()
            .filter(move |run| place.as_ref().is_none_or(|place| run.start >= place.end || run.end <= place.start))
    };
    let words = |here, there| Difference { kind: DifferenceKind::Words, here, there };
    found.extend(only(here, there, place_here).map(|run| words(Some(run), None)));
    found.extend(only(there, here, place_there).map(|run| words(None, Some(run))));
    let at = |bytes: &Option<Range<usize>>| bytes.as_ref().map(|b| b.start);
    found.sort_by_key(|d| (!d.kind.contradicts(), at(&d.there), at(&d.here)));
    found
}

fn has_stem(wording: &Wording, stem: &str) -> bool {
    wording.content_words().any(|word| word.stem == stem)
}

/// Numbers of the same thing that can't both be true. Those that can are set aside first, equal ones before all.
fn numbers(here: &Wording, there: &Wording) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut left, mut right) = (here.quantities.iter().collect(), there.quantities.iter().collect());
    take_pairs(&mut left, &mut right, Quantity::is_equal);
    take_pairs(&mut left, &mut right, |a, b| a.is_of_same(b) && a.agrees(b));
    let differing = take_pairs(&mut left, &mut right, Quantity::is_of_same);
    differing.into_iter().map(|(a, b)| (a.bytes.clone(), b.bytes.clone())).collect()
}

/// Days that can't be the same.
fn days(here: &Wording, there: &Wording) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut left, mut right) = (here.days.iter().collect(), there.days.iter().collect());
    take_pairs(&mut left, &mut right, |a, b| a.is_comparable(b) && a.agrees(b));
    let differing = take_pairs(&mut left, &mut right, Day::is_comparable);
    differing.into_iter().map(|(a, b)| (a.bytes.clone(), b.bytes.clone())).collect()
}

/// Takes those that fit each other out of both lists.
fn take_pairs<'a, T>(
    left: &mut Vec<&'a T>,
    right: &mut Vec<&'a T>,
    fit: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let mut pairs = Vec::new();
    left.retain(|a| match right.iter().position(|b| fit(a, b)) {
        Some(place) => {
            pairs.push((*a, right.remove(place)));
            false
        }
        None => true,
    });
    pairs
}

/// Shared words that only one of the two turns into their opposite.
fn negations(here: &Wording, there: &Wording, shared: &[(&Word, &Word)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    for (a, b) in shared {
        let (turned_here, turned_there) = (turned(here, &a.stem), turned(there, &b.stem));
        match (turned_here, turned_there) {
            (Some(bytes), None) => found.push((bytes, b.bytes.clone())),
            (None, Some(bytes)) => found.push((a.bytes.clone(), bytes)),
            _ => {}
        }
    }
    found
}

/// The negator with the word that it turns.
fn turned(wording: &Wording, stem: &str) -> Option<Range<usize>> {
    let word = wording.content_words().find(|word| word.stem == stem && word.negated_by.is_some())?;
    Some(wording.words[word.negated_by?].bytes.start..word.bytes.end)
}

/// The one place that each names and the other does not, after the same word: "near Altona" and "near Brode".
fn place(here: &Wording, there: &Wording) -> Option<(Range<usize>, Range<usize>)> {
    let (left, right) = (places(here, there), places(there, here));
    match (left.as_slice(), right.as_slice()) {
        ([(before, a)], [(before_too, b)]) if before == before_too => Some((a.clone(), b.clone())),
        _ => None,
    }
}

/// Names after a word that says where, none of which the other has: that word, and the name's bytes.
fn places<'w>(wording: &'w Wording, other: &Wording) -> Vec<(&'w str, Range<usize>)> {
    let mut found = Vec::new();
    for (place, word) in wording.words.iter().enumerate().filter(|(_, word)| lexicon::says_where(&word.plain)) {
        let after = wording.words[place + 1..].iter().skip_while(|w| w.plain == "the");
        let name: Vec<&Word> = after.take_while(|w| w.is_name && w.role == Role::Content).collect();
        let is_elsewhere = name.iter().any(|w| other.words.iter().any(|o| o.stem == w.stem));
        if let (Some(first), Some(last), false) = (name.first(), name.last(), is_elsewhere) {
            found.push((word.plain.as_str(), first.bytes.start..last.bytes.end));
        }
    }
    found
}

/// Stretches of words that fit, one after another.
fn runs(wording: &Wording, fits: impl Fn(&Word) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for word in &wording.words {
        let fitting = fits(word);
        match runs.last_mut() {
            Some(run) if fitting && goes_on => run.end = word.bytes.end,
            _ if fitting => runs.push(word.bytes.clone()),
            _ => {}
        }
        goes_on = fitting;
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A desk of ten thousand claims in which these words are as common as they are in news.
    fn rarity() -> Rarity {
        let common = [
            ("people", 900),
            ("attack", 700),
            ("killed", 600),
            ("injured", 500),
            ("drone", 600),
            ("drones", 500),
            ("region", 800),
            ("city", 600),
            ("forces", 500),
            ("officials", 400),
            ("district", 300),
            ("village", 250),
            ("residents", 150),
            ("fire", 300),
            ("station", 150),
            ("depot", 60),
            ("missile", 200),
            ("range", 40),
        ];
        let with = common.into_iter().map(|(word, n)| (word.to_owned(), n)).collect();
        Rarity { claims: 10_000, with }
    }

    fn compare(here: &str, there: &str) -> Option<Relation> {
        relation(&Wording::new(here), &Wording::new(there), &rarity())
    }

    fn lit(here: &str, there: &str) -> Vec<(DifferenceKind, String, String)> {
        let relation = compare(here, there).unwrap();
        let cut = |text: &str, bytes: Option<Range<usize>>| bytes.map_or(String::new(), |b| text[b].to_owned());
        relation.differences.into_iter().map(|d| (d.kind, cut(here, d.here), cut(there, d.there))).collect()
    }

    #[test]
    fn the_same_assertion_in_other_words_is_related() {
        for (here, there) in [
            (
                "A drone struck the fuel depot in Orlec overnight",
                "The fuel depot in Orlec was struck by a drone overnight",
            ),
            ("Residents of Brode were left without power", "Brode's residents have been left without power"),
            ("The bridge over the Sarn was closed to lorries", "Lorries can no longer use the closed Sarn bridge"),
            (
                "the Altona grain terminal halted its exports",
                "exports halted at the grain terminal of Altona, a trader said",
            ),
        ] {
            let relation = compare(here, there);
            assert!(relation.is_some(), "{here} / {there}");
        }
    }

    #[test]
    fn another_assertion_is_not() {
        for (here, there) in [
            ("A drone struck the fuel depot in Orlec", "The mayor of Orlec thanked the crews at the depot"),
            ("Three people were injured in the attack", "Twelve people were injured in an attack"),
            ("The ferry to Altona was cancelled", "The ferry from Brode ran late"),
            ("He said so", "She said so"),
            ("", ""),
        ] {
            assert_eq!(compare(here, there), None, "{here} / {there}");
        }
    }

    #[test]
    fn another_number_day_place_or_a_negation_contradicts() {
        use DifferenceKind::{Date, Negation, Number, Place};
        for (here, there, kind, a, b) in [
            (
                "The Kestrel missile has a range of 450 miles",
                "The Kestrel missile has a range of 150 miles",
                Number,
                "450 miles",
                "150 miles",
            ),
            ("Two barges sank off the Altona quay", "three barges sank off the Altona quay", Number, "Two", "three"),
            (
                "The Sarn bridge reopened to lorries on Monday",
                "The Sarn bridge reopened to lorries on Friday",
                Date,
                "Monday",
                "Friday",
            ),
            (
                "The grain silo burned down near Altona on 3 May",
                "The grain silo burned down near Brode on 3 May",
                Place,
                "Altona",
                "Brode",
            ),
            (
                "The crew left the stranded tanker Meridian",
                "The crew did not leave the stranded tanker Meridian, and the crew never left",
                Negation,
                "left",
                "never left",
            ),
        ] {
            let found = lit(here, there);
            assert_eq!(found[0], (kind, a.to_owned(), b.to_owned()), "{here} / {there}: {found:?}");
        }
    }

    #[test]
    fn what_can_both_be_true_does_not_contradict() {
        for (here, there) in [
            ("More than 400 barges lay off the Altona quay", "450 barges lay off the Altona quay"),
            ("The Kestrel missile flies 450 miles unrefuelled", "The Kestrel missile flies 724 kilometres unrefuelled"),
            ("The Sarn bridge reopened to lorries on 3 May", "The Sarn bridge reopened to lorries on May 3, 2024"),
            ("Nobody moored at the Altona quay overnight", "nobody was moored at the Altona quay overnight"),
            ("12 crew and 30 passengers left the ferry Meridian", "30 passengers and 12 crew left the ferry Meridian"),
        ] {
            let found = compare(here, there).unwrap().differences;
            assert!(found.iter().all(|d| !d.kind.contradicts()), "{here} / {there}: {found:?}");
        }
    }

    #[test]
    fn words_that_only_one_has_are_told_too() {
        let found = lit("A drone struck the old fuel depot in Orlec", "A drone struck the fuel depot in Orlec twice");
        assert_eq!(
            found,
            [
                (DifferenceKind::Words, "old".to_owned(), String::new()),
                (DifferenceKind::Words, String::new(), "twice".to_owned()),
            ]
        );
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_whole_with_itself(
            here in "([A-Za-z0-9’,.%$-]{1,9} ){0,14}", there in "(two|not|in|Altona|drone|depot|3|May|mile|fire| ){0,14}", any in any::<String>()
        ) {
            for (a, b) in [(&here, &there), (&there, &any), (&any, &here), (&there, &there)] {
                let (one, other) = (compare(a, b), compare(b, a));
                prop_assert_eq!(one.as_ref().map(|r| r.similarity), other.as_ref().map(|r| r.similarity));
                let kinds = |r: &Option<Relation>| {
                    let mut kinds: Vec<_> = r.iter().flat_map(|r| r.differences.iter().map(|d| d.kind)).collect();
                    kinds.sort();
                    kinds
                };
                prop_assert_eq!(kinds(&one), kinds(&other));
                for d in one.iter().flat_map(|r| &r.differences) {
                    prop_assert!(d.here.clone().is_none_or(|bytes| a.get(bytes).is_some()));
                    prop_assert!(d.there.clone().is_none_or(|bytes| b.get(bytes).is_some()));
                }
            }
            for text in [&here, &there, &any] {
                if let Some(itself) = compare(text, text) {
                    prop_assert_eq!(itself.similarity, 1.0);
                    prop_assert!(itself.differences.is_empty(), "{:?}", itself);
                }
            }
        }
    }
}
