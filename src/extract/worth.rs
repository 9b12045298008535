//! How much a claim is worth checking: a logistic sum of a few dozen features that have names.
//!
//! The names are the reasons that an analyst reads. Weights stand in `worth/weights.tsv`, fitted by
//! `examples/fit_worth.rs`; the list of features stands in `features`. Knows nothing of who says it.

mod features;
mod words;

use std::sync::LazyLock;

use smallvec::SmallVec;

pub use features::{Context, FEATURES, Feature, Measured, measure};

/// The worth, 0 to 1, and the features that raise it, strongest first.
///
/// A claim is read in its sentence: "40 percent fell" and "on Monday" weigh with the clause beside them. The reasons
/// are of the claim alone.
pub fn score(claim: &str, context: Context<'_>) -> (f32, Vec<&'static str>) {
    Scorer::default().score(claim, context)
}

/// Scores the claims of a text one after the other; what it measured of a sentence serves all claims of it.
#[derive(Debug, Default)]
pub(super) struct Scorer<'t> {
    sentence: &'t str,
    measured: Option<Measured>,
}

impl<'t> Scorer<'t> {
    /// As [`score`].
    pub(super) fn score(&mut self, claim: &str, context: Context<'t>) -> (f32, Vec<&'static str>) {
        let own = measure(claim, context);
        let around = if says_all(claim, context.sentence) { &own } else { self.around(context) };
        let mut sum = WEIGHTS.bias;
        let mut reasons = SmallVec::<[(f32, &'static str); 16]>::new();
        for (((feature, own), around), weight) in FEATURES.iter().zip(&own).zip(around).zip(&WEIGHTS.of) {
            sum += weight * f32::midpoint(*own, *around);
            if weight * own >= LEAST_REASON {
                reasons.push((weight * own, feature.name));
            }
        }
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        (1.0 / (1.0 + (-sum).exp()), reasons.iter().map(|(_, name)| *name).take(MOST_REASONS).collect())
    }

    fn around(&mut self, context: Context<'t>) -> &Measured {
        if self.sentence != context.sentence {
            self.sentence = context.sentence;
            self.measured = None;
        }
        self.measured.get_or_insert_with(|| measure(context.sentence, context))
    }
}

/// Whether a sentence adds nothing but a few marks to a claim.
fn says_all(claim: &str, sentence: &str) -> bool {
    const FEW: usize = 8;
    let adds = |rest: &str| rest.contains(|c: char| c.is_alphanumeric() || features::is_counted(c));
    sentence.len() <= claim.len()
        || sentence.len() <= claim.len() + FEW
            && sentence.split_once(claim).is_some_and(|(before, after)| !adds(before) && !adds(after))
}

/// Weaker ones explain nothing.
const LEAST_REASON: f32 = 0.1;
const MOST_REASONS: usize = 5;

struct Weights {
    bias: f32,
    of: Measured,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let rows: Vec<(&str, f32)> = include_str!("worth/weights.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    let weight = |name: &str| rows.iter().find(|(row, _)| *row == name).map_or(0.0, |(_, weight)| *weight);
    Weights { bias: weight("bias"), of: FEATURES.each_ref().map(|feature| weight(feature.name)) }
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(text: &str) -> f32 {
        score(text, Context { sentence: text }).0
    }

    #[test]
    fn a_figure_about_a_named_place_is_worth_more_than_a_wish() {
        let figure = worth("Two towns in Ohio lost 40 percent of their houses in 2019.");
        assert!(figure > worth("Let us hope for the best."));
        assert!(figure > worth("What do you think?"));
    }

    #[test]
    fn a_clause_takes_half_of_its_worth_from_its_sentence_and_no_reason() {
        let sentence = "Unemployment fell to 4 percent in 2019, and wages rose.";
        let (alone, _) = score("wages rose", Context { sentence: "wages rose" });
        let (within, reasons) = score("wages rose", Context { sentence });
        assert!(within > alone);
        assert!(!reasons.contains(&"number"), "{reasons:?}");
    }

    #[test]
    fn reasons_are_the_names_of_what_was_found() {
        let text = "Unemployment fell to 4 percent last year.";
        let (_, reasons) = score(text, Context { sentence: text });
        assert!(reasons.contains(&"number") && reasons.contains(&"share or rate"), "{reasons:?}");
    }

    #[test]
    fn marks_around_a_claim_weigh_nothing_and_a_sign_does() {
        let claim = "The council heard 40 of them";
        for (sentence, all) in [("“The council heard 40 of them.”", true), ("The council heard 40 of them$", false)]
        {
            assert_eq!(says_all(claim, sentence), all, "{sentence}");
            let same = measure(claim, Context { sentence }) == measure(sentence, Context { sentence });
            assert_eq!(same, all, "{sentence}");
        }
        assert!(!says_all("wages rose", "wages rose more"));
    }

    proptest! {
        #[test]
        fn a_sentence_that_adds_nothing_measures_as_its_claim(
            claim in "(\\PC|[ .,’'A-C0-9$%?-]){0,20}",
            before in "[ “(.-]{0,3}",
            after in "[ .,”)%$a]{0,3}",
        ) {
            let sentence = before + &claim + &after;
            let context = Context { sentence: &sentence };
            let same = measure(&claim, context) == measure(&sentence, context);
            prop_assert!(same || !says_all(&claim, &sentence), "{claim:?} in {sentence:?}");
        }

        #[test]
        fn the_worth_of_any_text_lies_between_0_and_1(text in "(\\PC|[ .,’'A-C0-9$?]){0,200}") {
            let (worth, reasons) = score(&text, Context { sentence: &text });
            prop_assert!((0.0..=1.0).contains(&worth) && reasons.len() <= MOST_REASONS);
        }
    }

    #[test]
    fn every_weight_belongs_to_a_feature() {
        for line in include_str!("worth/weights.tsv").lines().filter(|line| !line.starts_with('#')) {
            let name = line.split('\t').next().unwrap();
            assert!(name == "bias" || FEATURES.iter().any(|feature| feature.name == name), "{name}");
        }
    }
}
