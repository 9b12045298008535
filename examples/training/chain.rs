//! Learns one chain model: a conditional random field by stochastic gradient with AdaGrad, features dropped at random,
//! and the weights of many moments averaged.

use claimdeck::extract::attribution::model::{Feature, NEVER, ROWS, Rows, Scores, Steps};

/// How to learn.
pub(crate) struct Settings {
    /// How many labels there are.
    pub(crate) labels: usize,
    /// How often each example is seen.
    pub(crate) epochs: usize,
    /// The first learning rate.
    pub(crate) rate: f32,
    /// How fast unused weights shrink.
    pub(crate) decay: f32,
    /// Share of the features left out at each look, in percent.
    pub(crate) drop: u64,
}

/// The features of each token of a sequence, and its labels.
pub(crate) struct Example {
    features: Vec<Feature>,
    each: usize,
    labels: Vec<u8>,
}

impl Example {
    /// One without features yet.
    pub(crate) fn new(labels: Vec<u8>) -> Self {
        Self { features: Vec::new(), each: 0, labels }
    }

    /// Adds the features of the next token.
    pub(crate) fn add(&mut self, write: impl FnOnce(&mut Vec<Feature>)) {
        let mut one = Vec::with_capacity(64);
        write(&mut one);
        self.each = one.len();
        self.features.extend(one);
    }

    fn token(&self, at: usize) -> &[Feature] {
        &self.features[at * self.each..(at + 1) * self.each]
    }
}

/// Weights that are being learnt.
pub(crate) struct Table {
    /// A row of weights for each hash.
    pub(crate) rows: Vec<[f32; 8]>,
    seen: Vec<[f32; 8]>,
}

impl Table {
    fn new() -> Self {
        Self { rows: vec![[0.0; 8]; ROWS], seen: vec![[FIRST_SEEN; 8]; ROWS] }
    }

    fn learn(&mut self, feature: Feature, slopes: &Scores, rate: f32, decay: f32) {
        let at = feature as usize % ROWS;
        let (row, seen) = (&mut self.rows[at], &mut self.seen[at]);
        for label in 0..8 {
            let slope = slopes[label] + decay * row[label];
            seen[label] += slope * slope;
            row[label] -= rate * slope / seen[label].sqrt();
        }
    }
}

/// Keeps the first steps small.
const FIRST_SEEN: f32 = 0.1;

impl Rows for Table {
    type Sum = Scores;

    fn add(&self, feature: Feature, into: &mut Scores) {
        let row = &self.rows[feature as usize % ROWS];
        into.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
    }

    fn scores(&self, sum: Scores) -> Scores {
        sum
    }
}

/// Learns from the examples.
pub(crate) fn train(examples: &[&Example], settings: &Settings) -> (Table, Steps) {
    let mut learner =
        Learner { table: Table::new(), steps: Steps::new(settings.labels), steps_seen: [1e-3; 72], settings };
    let mut mean = Mean { rows: vec![[0.0; 8]; ROWS], steps: [0.0; 72], count: 0.0 };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(7);
    for epoch in 0..settings.epochs {
        let rate = settings.rate * (1.0 - epoch as f32 / settings.epochs as f32).max(0.1);
        random.shuffle(&mut order);
        for (turn, &at) in order.iter().enumerate() {
            learner.look(examples[at], rate, (epoch as u64) << 40 ^ (at as u64) << 16);
            if epoch > 0 && (turn + 1) % (order.len() / 2).max(1) == 0 {
                mean.add(&learner.table, &learner.steps);
            }
        }
    }
    mean.write(&mut learner.table, &mut learner.steps);
    (learner.table, learner.steps)
}

struct Learner<'s> {
    table: Table,
    steps: Steps,
    steps_seen: [f32; 72],
    settings: &'s Settings,
}

impl Learner<'_> {
    fn look(&mut self, example: &Example, rate: f32, seed: u64) {
        let settings = self.settings;
        let up = 100.0 / (100 - settings.drop) as f32;
        let kept = |at: usize, feature: usize| scatter(seed ^ (at as u64) << 7 ^ feature as u64) % 100 >= settings.drop;
        let mut scores = vec![[0.0; 8]; example.labels.len()];
        for (at, scores) in scores.iter_mut().enumerate() {
            let features = example.token(at).iter().enumerate().filter(|(f, _)| kept(at, *f));
            features.for_each(|(_, feature)| self.table.add(*feature, scores));
            scores.iter_mut().for_each(|s| *s *= up);
        }
        let likely = self.steps.likelihood(&scores);
        let mut step_slopes = [0.0f32; 72];
        let mut from = 8;
        for (at, &label) in example.labels.iter().enumerate() {
            let label = usize::from(label);
            let mut slopes = likely.label(at);
            slopes[label] -= 1.0;
            // What is known well already teaches nothing, and skipping it makes learning several times faster.
            if slopes.iter().any(|s| s.abs() > 0.002) {
                let features = example.token(at).iter().enumerate().filter(|(f, _)| kept(at, *f));
                features.for_each(|(_, feature)| self.table.learn(*feature, &slopes, rate, settings.decay));
                let froms = if at == 0 { 8..9 } else { 0..settings.labels };
                for (before, to) in froms.flat_map(|f| (0..settings.labels).map(move |t| (f, t))) {
                    step_slopes[before * 8 + to] += likely.step(at, before, to);
                }
                step_slopes[from * 8 + label] -= 1.0;
            }
            from = label;
        }
        self.learn_steps(&step_slopes, rate);
    }

    fn learn_steps(&mut self, slopes: &[f32; 72], rate: f32) {
        for (at, slope) in slopes.iter().enumerate().filter(|(_, s)| **s != 0.0) {
            if self.steps.scores[at] > NEVER / 2.0 {
                self.steps_seen[at] += slope * slope;
                self.steps.scores[at] -= 0.5 * rate * slope / self.steps_seen[at].sqrt();
            }
        }
    }
}

/// The mean of the weights at many moments: it swings less than the last of them.
struct Mean {
    rows: Vec<[f32; 8]>,
    steps: [f32; 72],
    count: f32,
}

impl Mean {
    fn add(&mut self, table: &Table, steps: &Steps) {
        self.count += 1.0;
        for (sum, row) in self.rows.iter_mut().zip(&table.rows) {
            sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        self.steps.iter_mut().zip(&steps.scores).for_each(|(sum, step)| *sum += step);
    }

    fn write(&self, table: &mut Table, steps: &mut Steps) {
        if self.count > 0.0 {
            table.rows.iter_mut().zip(&self.rows).for_each(|(row, sum)| *row = sum.map(|s| s / self.count));
            steps.scores.iter_mut().zip(&self.steps).for_each(|(step, sum)| *step = sum / self.count);
        }
    }
}

/// Numbers that look random and are always the same (xorshift).
pub(crate) struct Random(u64);

impl Random {
    /// Begins at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Puts `order` into another order.
    pub(crate) fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            order.swap(at, (self.0 % (at as u64 + 1)) as usize);
        }
    }
}

fn scatter(number: u64) -> u64 {
    let once = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (once ^ (once >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40
}
