//! How much a claim is worth checking: a logistic sum of a few dozen features that have names.
//!
//! The names are the reasons that an analyst reads. Weights stand in `worth/weights.tsv`, fitted by
//! `examples/fit_worth.rs`; the list of features stands in `features`. Knows nothing of who says it.

mod features;
mod words;

use std::sync::LazyLock;

pub use features::{Context, FEATURES, Feature, measure};

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
    measured: Vec<f32>,
}

impl<'t> Scorer<'t> {
    /// As [`score`].
    pub(super) fn score(&mut self, claim: &str, context: Context<'t>) -> (f32, Vec<&'static str>) {
        let own = measure(claim, context);
        let part_of_a_sentence = claim.len() < context.sentence.len();
        let around = if part_of_a_sentence { self.around(context) } else { own.as_slice() };
        let mut sum = WEIGHTS.bias;
        let mut reasons: Vec<(f32, &'static str)> = Vec::new();
        for (((feature, own), around), weight) in FEATURES.iter().zip(&own).zip(around).zip(&WEIGHTS.of) {
            sum += weight * f32::midpoint(*own, *around);
            if weight * own >= LEAST_REASON {
                reasons.push((weight * own, feature.name));
            }
        }
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut reasons: Vec<_> = reasons.into_iter().map(|(_, name)| name).take(MOST_REASONS).collect();
        // It would keep the room of what was weighed, and there are as many as claims.
        reasons.shrink_to_fit();
        (1.0 / (1.0 + (-sum).exp()), reasons)
    }

    fn around(&mut self, context: Context<'t>) -> &[f32] {
        if self.measured.is_empty() || self.sentence != context.sentence {
            self.sentence = context.sentence;
            self.measured = measure(context.sentence, context);
        }
        &self.measured
    }
}

/// Weaker ones explain nothing.
const LEAST_REASON: f32 = 0.1;
const MOST_REASONS: usize = 5;

struct Weights {
    bias: f32,
    /// In the order of `FEATURES`.
    of: Vec<f32>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let rows: Vec<(&str, f32)> = include_str!("worth/weights.tsv")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
        .collect();
    let weight = |name: &str| rows.iter().find(|(row, _)| *row == name).map_or(0.0, |(_, weight)| *weight);
    Weights { bias: weight("bias"), of: FEATURES.iter().map(|feature| weight(feature.name)).collect() }
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

    proptest! {
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
