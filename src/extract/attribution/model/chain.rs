//! Sequences of labels: the best one, and how sure each label is, from scores of labels and of their succession.
//!
//! Knows no feature and no weight.

use wide::f32x8;

/// Scores of up to eight labels.
pub type Scores = [f32; 8];

/// What one label costs after another; impossible successions are very low.
#[derive(Clone, Debug)]
pub struct Steps {
    /// `from * 8 + to`; the row 8 is the start of a sequence.
    pub scores: [f32; 72],
    /// How many labels are in use.
    pub labels: usize,
}

/// The score of what can't be.
pub const NEVER: f32 = -1e4;

impl Steps {
    /// Nothing learnt: all is equal but "inside" after what it can't follow. Label 0 is outside, odd ones begin.
    pub fn new(labels: usize) -> Self {
        let mut scores = [0.0; 72];
        for from in 0..9 {
            for to in (2..labels).step_by(2) {
                if from != to && from + 1 != to {
                    scores[from * 8 + to] = NEVER;
                }
            }
        }
        Self { scores, labels }
    }

    /// The score of `to` after `from`.
    pub fn get(&self, from: usize, to: usize) -> f32 {
        self.scores[from * 8 + to]
    }

    /// The best labels.
    pub fn best(&self, scores: &[Scores]) -> Vec<u8> {
        let l = self.labels;
        let reached = self.reach(scores);
        let Some(last) = reached.last() else { return Vec::new() };
        let mut label = (0..l).max_by(|a, b| last[*a].total_cmp(&last[*b])).unwrap_or(0);
        let into = turned(&lanes(&self.scores));
        let mut labels = vec![0; scores.len()];
        for (at, to) in labels.iter_mut().enumerate().rev() {
            *to = label as u8;
            // Whence is asked only along the way, which is cheaper than to note it for every label.
            let Some(before) = at.checked_sub(1).and_then(|at| reached.get(at)) else { break };
            let ways = (f32x8::from(*before) + into[label]).to_array();
            label = (1..l).fold(0, |best, from| if ways[from] > ways[best] { from } else { best });
        }
        labels
    }

    /// The score of the best labels up to each place, for each last label.
    fn reach(&self, scores: &[Scores]) -> Vec<Scores> {
        // A number of labels that is known when this is compiled leaves no loop over them.
        match self.labels {
            5 => self.reach_of::<5>(scores),
            7 => self.reach_of::<7>(scores),
            _ => self.reach_of::<8>(scores),
        }
    }

    fn reach_of<const LABELS: usize>(&self, scores: &[Scores]) -> Vec<Scores> {
        let rows = lanes(&self.scores);
        let mut reached: Vec<Scores> = Vec::with_capacity(scores.len());
        let mut now = None;
        for here in scores {
            let best = now.map_or(rows[8], |so_far: Scores| {
                // All eight at once, in use or not: the machine adds them in one go.
                let ways = so_far.iter().zip(&rows).take(LABELS).map(|(so_far, row)| *row + f32x8::splat(*so_far));
                ways.fold(f32x8::splat(f32::MIN), |best, way| best.fast_max(way))
            });
            let sums = (best + f32x8::from(*here)).to_array();
            reached.push(sums);
            now = Some(sums);
        }
        reached
    }

    /// The score of these labels.
    pub fn score(&self, scores: &[Scores], labels: &[u8]) -> f32 {
        let mut from = 8;
        let mut sum = 0.0;
        for (here, &label) in scores.iter().zip(labels) {
            sum += here[usize::from(label)] + self.get(from, usize::from(label));
            from = usize::from(label);
        }
        sum
    }

    /// The score of this label at every place.
    pub fn score_of_one(&self, scores: &[Scores], label: usize) -> f32 {
        let steps = scores.len().saturating_sub(1) as f32 * self.get(label, label);
        scores.iter().map(|here| here[label]).sum::<f32>() + steps + self.get(8, label)
    }

    /// How likely each label is at each place, and the logarithm of the sum over all sequences.
    ///
    /// Sums are kept as plain numbers scaled at each place, so that no logarithm is taken inside.
    pub fn likelihood(&self, scores: &[Scores]) -> Likelihood {
        match self.labels {
            5 => self.likelihood_of::<5>(scores),
            7 => self.likelihood_of::<7>(scores),
            _ => self.likelihood_of::<8>(scores),
        }
    }

    fn likelihood_of<const LABELS: usize>(&self, scores: &[Scores]) -> Likelihood {
        let possible = |row: f32x8| row.simd_gt(f32x8::splat(NEVER / 2.0)).select(exponents(row), f32x8::ZERO);
        let in_use = |label: usize| f32::from(u8::from(label < LABELS));
        let in_use = f32x8::from(std::array::from_fn(in_use));
        let steps = lanes(&self.scores).map(|row| possible(row) * in_use);
        let mut places: Vec<Place> = Vec::with_capacity(scores.len());
        let (mut log_sum, mut product) = (0.0f32, 1.0f32);
        let mut reach = steps[8];
        for scores in scores {
            let high = highest::<LABELS>(scores);
            log_sum += high;
            let local = exponents(f32x8::from(*scores) - f32x8::splat(high));
            let forward = reach * local;
            let all = forward.reduce_add().max(1e-30);
            // A logarithm for many places at once.
            product *= all;
            if !(1e-15..1e15).contains(&product) {
                log_sum += product.ln();
                product = 1.0;
            }
            let scale = 1.0 / all;
            let forward = forward * f32x8::splat(scale);
            places.push(Place { local, forward, backward: f32x8::ONE, scale });
            reach = spread::<LABELS>(forward, &steps);
        }
        log_sum += product.ln();
        let back = turned(&steps);
        let mut backward = f32x8::ONE;
        for place in places.iter_mut().rev() {
            place.backward = backward;
            let tail = place.local * backward * f32x8::splat(place.scale);
            backward = spread::<LABELS>(tail, &back).fast_min(f32x8::splat(MOST));
        }
        Likelihood { log_sum, steps, places }
    }
}

/// Larger chances are cut.
const MOST: f32 = 1e30;

/// The highest of the scores in use.
fn highest<const LABELS: usize>(scores: &Scores) -> f32 {
    let higher = |a: f32, b: f32| if b > a { b } else { a };
    let [a, b, c, d, e, f, g, h] = std::array::from_fn(|label| if label < LABELS { scores[label] } else { f32::MIN });
    higher(higher(higher(a, e), higher(c, g)), higher(higher(b, f), higher(d, h)))
}

/// Rows of eight.
fn lanes(scores: &[f32; 72]) -> [f32x8; 9] {
    let (rows, _) = scores.as_chunks::<8>();
    std::array::from_fn(|row| rows.get(row).copied().map(f32x8::from).unwrap_or_default())
}

/// Rows by where a step leads instead of whence.
fn turned(steps: &[f32x8; 9]) -> [f32x8; 8] {
    let from = steps.map(f32x8::to_array);
    std::array::from_fn(|to| f32x8::from(std::array::from_fn(|at| from[at][to])))
}

/// The row of sums that these chances reach by these steps.
fn spread<const LABELS: usize>(chances: f32x8, steps: &[f32x8]) -> f32x8 {
    let parts = chances.to_array().into_iter().zip(steps).take(LABELS);
    parts.fold(f32x8::ZERO, |sum, (chance, row)| sum + f32x8::splat(chance) * *row)
}

/// e to these powers, to six digits; much quicker than the exact one, and the same on every machine.
#[inline]
fn exponents(powers: f32x8) -> f32x8 {
    // Added to a number of this size, what is behind the point is rounded away, and the lowest bits are the whole part.
    const WHOLE: f32 = 12_582_912.0;
    let number = f32x8::splat;
    let powers = powers.fast_max(number(-80.0)).fast_min(number(80.0)) * number(std::f32::consts::LOG2_E);
    let shifted = powers + number(WHOLE);
    let part = powers - (shifted - number(WHOLE));
    let tail = number(0.055_504_1) + part * (number(0.009_618_1) + part * number(0.001_333_3));
    let tail = number(std::f32::consts::LN_2) + part * (number(0.240_226_5) + part * tail);
    let fraction = number(1.0) + part * tail;
    let bits = shifted.to_array().map(|x| x.to_bits().wrapping_add(127) << 23);
    f32x8::from(bits.map(f32::from_bits)) * fraction
}

struct Place {
    local: f32x8,
    forward: f32x8,
    backward: f32x8,
    scale: f32,
}

/// What [`Steps::likelihood`] found.
pub struct Likelihood {
    /// The logarithm of the sum of the exponents of all sequences' scores.
    pub log_sum: f32,
    steps: [f32x8; 9],
    places: Vec<Place>,
}

impl Likelihood {
    /// The chance of each label at `at`.
    pub fn label(&self, at: usize) -> Scores {
        let place = &self.places[at];
        (place.forward * place.backward).to_array()
    }

    /// The chance of `to` at `at` after `from`.
    pub fn step(&self, at: usize, from: usize, to: usize) -> f32 {
        let start = if from == 8 { 1.0 } else { 0.0 };
        let before = if at == 0 { start } else { self.places[at - 1].forward.as_array()[from] };
        let place = &self.places[at];
        before
            * self.steps[from].as_array()[to]
            * place.local.as_array()[to]
            * place.backward.as_array()[to]
            * place.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every sequence of so many labels.
    fn sequences(labels: u8, length: usize) -> Vec<Vec<u8>> {
        let longer = |all: Vec<Vec<u8>>, _| {
            let with = |before: &Vec<u8>| (0..labels).map(|label| [before.as_slice(), &[label]].concat()).collect();
            all.iter().flat_map(|before| -> Vec<Vec<u8>> { with(before) }).collect()
        };
        (0..length).fold(vec![Vec::new()], longer)
    }

    proptest! {
        #[test]
        fn the_best_labels_are_the_best_of_all_and_the_chances_those_of_all(
            numbers in prop::collection::vec(-4.0f32..4.0, 8 * 4 + 72),
            length in 1usize..=4,
        ) {
            let mut steps = Steps::new(5);
            let learnt = steps.scores.iter_mut().zip(&numbers[32..]).filter(|(score, _)| **score > NEVER);
            learnt.for_each(|(score, number)| *score = *number);
            let scores: Vec<Scores> = numbers.as_chunks().0[..length].to_vec();
            let all: Vec<(f32, Vec<u8>)> =
                sequences(5, length).into_iter().map(|labels| (steps.score(&scores, &labels), labels)).collect();
            let highest = all.iter().map(|(score, _)| *score).fold(f32::MIN, f32::max);
            prop_assert!((steps.score(&scores, &steps.best(&scores)) - highest).abs() < 1e-3);
            let likely = steps.likelihood(&scores);
            let sum: f32 = all.iter().map(|(score, _)| score.exp()).sum();
            prop_assert!((likely.log_sum - sum.ln()).abs() < 1e-2);
            for label in 0..5u8 {
                let at_the_end = all.iter().filter(|(_, labels)| labels.last() == Some(&label));
                let chance = at_the_end.map(|(score, _)| score.exp()).sum::<f32>() / sum;
                prop_assert!((likely.label(length - 1)[usize::from(label)] - chance).abs() < 1e-2);
            }
        }
    }

    #[test]
    fn no_tokens_have_no_labels() {
        assert!(Steps::new(5).best(&[]).is_empty());
    }
}
