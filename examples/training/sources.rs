//! Learns to choose the source of an outcome among all who may be it: listwise softmax by AdaGrad.

use std::ops::Range;

use claimdeck::extract::attribution::model::sources::{self, Choice, Possible, Reason};
use claimdeck::extract::attribution::model::{Guess, Outcome, Paragraph};

use super::chain::Random;
use super::{Known, likeness};

/// Those who may be the source of one outcome, and how right each is; the shares sum to one.
pub(super) struct Case {
    possible: Vec<Possible>,
    right: Vec<f32>,
}

/// The cases of a paragraph: outcomes whose content is that of a known attribution.
pub(super) fn cases(paragraph: &Paragraph, guess: &Guess, outcomes: &[Outcome], known: &[Known]) -> Vec<Case> {
    let case = |at: usize| {
        let outcome = &outcomes[at];
        let likely = known.iter().map(|k| (likeness(&k.content, outcome.content()), k));
        let (_, known) = likely.filter(|(l, _)| *l >= 0.5).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let cue = outcome.cue()?;
        if !overlap(cue, &known.cue) {
            return None;
        }
        let possible = sources::possible(paragraph, guess, outcomes, at);
        let mut right: Vec<f32> = possible.iter().map(|p| rightness(p.tokens.as_ref(), known)).collect();
        let sum: f32 = right.iter().sum();
        right.iter_mut().for_each(|r| *r /= sum);
        (sum > 0.0).then_some(Case { possible, right })
    };
    (0..outcomes.len()).filter(|at| !outcomes[*at].content().is_empty()).filter_map(case).collect()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn rightness(tokens: Option<&Range<usize>>, known: &Known) -> f32 {
    match (tokens, &known.source) {
        (None, None) => 1.0,
        (Some(a), Some(b)) => {
            let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as f32;
            shared / ((a.len() + b.len()) as f32 - shared)
        }
        _ => 0.0,
    }
}

/// How the weights are learnt: chosen on held-out folds.
const ROWS: usize = 1 << 15;
const EPOCHS: usize = 12;
const RATE: f32 = 0.03;
const DECAY: f32 = 0.01;

/// The weights that make the right ones likeliest.
pub(super) fn learn(cases: &[Case]) -> Option<Choice> {
    let (mut weights, mut seen) = (vec![0.0f32; ROWS], vec![0.1f32; ROWS]);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = Random::new(7);
    for epoch in 0..EPOCHS {
        let rate = RATE * (1.0 - epoch as f32 / EPOCHS as f32).max(0.1);
        random.shuffle(&mut order);
        for case in order.iter().map(|at| &cases[*at]) {
            let score = |one: &Possible| one.reasons.iter().map(|r| weights[row(r)]).sum::<f32>();
            let scores: Vec<f32> = case.possible.iter().map(score).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
            for ((one, score), right) in case.possible.iter().zip(&scores).zip(&case.right) {
                let wrong = (score - top).exp() / sum - right;
                for at in one.reasons.iter().map(row) {
                    let slope = wrong + DECAY * weights[at];
                    seen[at] += slope * slope;
                    weights[at] -= rate * slope / seen[at].sqrt();
                }
            }
        }
    }
    Choice::new(weights)
}

fn row(reason: &Reason) -> usize {
    reason.feature as usize & (ROWS - 1)
}
