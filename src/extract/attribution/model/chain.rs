//! Sequences of labels: the best one, and how sure each label is, from scores of labels and of their succession.
//!
//! Knows no feature and no weight.

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
        let mut back = vec![[0u8; 8]; scores.len()];
        let mut now = [0.0f32; 8];
        for (at, here) in scores.iter().enumerate() {
            let mut next = [NEVER; 8];
            for to in 0..l {
                let (from, value) = if at == 0 {
                    (0, self.get(8, to))
                } else {
                    let mut best = (0, f32::MIN);
                    for (from, now) in now.iter().enumerate().take(l) {
                        let value = now + self.get(from, to);
                        if value > best.1 {
                            best = (from, value);
                        }
                    }
                    best
                };
                next[to] = value + here[to];
                back[at][to] = from as u8;
            }
            now = next;
        }
        let mut label = (0..l).max_by(|a, b| now[*a].total_cmp(&now[*b])).unwrap_or(0) as u8;
        let mut labels = vec![0; scores.len()];
        for at in (0..scores.len()).rev() {
            labels[at] = label;
            label = back[at][usize::from(label)];
        }
        labels
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

    /// How likely each label is at each place, and the logarithm of the sum over all sequences.
    ///
    /// Sums are kept as plain numbers scaled at each place, so that no logarithm is taken inside.
    pub fn likelihood(&self, scores: &[Scores]) -> Likelihood {
        let l = self.labels;
        let n = scores.len();
        let mut steps = [0.0f32; 72];
        for (to, from) in steps.iter_mut().zip(&self.scores) {
            *to = from.exp();
        }
        let mut local = vec![[0.0f32; 8]; n];
        let mut log_sum = 0.0f32;
        for (to, from) in local.iter_mut().zip(scores) {
            let high = from[..l].iter().copied().fold(f32::MIN, f32::max);
            log_sum += high;
            for label in 0..l {
                to[label] = (from[label] - high).exp();
            }
        }
        let mut forward = vec![[0.0f32; 8]; n];
        let mut scale = vec![1.0f32; n];
        for at in 0..n {
            let mut sum = 0.0;
            for to in 0..l {
                let reach = if at == 0 {
                    steps[64 + to]
                } else {
                    (0..l).map(|from| forward[at - 1][from] * steps[from * 8 + to]).sum()
                };
                forward[at][to] = reach * local[at][to];
                sum += forward[at][to];
            }
            let sum = sum.max(1e-30);
            scale[at] = sum;
            log_sum += sum.ln();
            forward[at].iter_mut().for_each(|x| *x /= sum);
        }
        let mut backward = vec![[1.0f32; 8]; n];
        for at in (0..n.saturating_sub(1)).rev() {
            for from in 0..l {
                let mut sum = 0.0;
                for to in 0..l {
                    sum += steps[from * 8 + to] * local[at + 1][to] * backward[at + 1][to];
                }
                backward[at][from] = (sum / scale[at + 1]).min(1e30);
            }
        }
        Likelihood { log_sum, steps, local, forward, backward, scale, labels: l }
    }
}

/// What [`Steps::likelihood`] found.
pub struct Likelihood {
    /// The logarithm of the sum of the exponents of all sequences' scores.
    pub log_sum: f32,
    steps: [f32; 72],
    local: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    scale: Vec<f32>,
    labels: usize,
}

impl Likelihood {
    /// The chance of each label at `at`.
    pub fn label(&self, at: usize) -> Scores {
        let used = |label: usize| if label < self.labels { 1.0 } else { 0.0 };
        std::array::from_fn(|label| self.forward[at][label] * self.backward[at][label] * used(label))
    }

    /// The chance of `to` at `at` after `from`.
    pub fn step(&self, at: usize, from: usize, to: usize) -> f32 {
        let before = if at == 0 { if from == 8 { 1.0 } else { 0.0 } } else { self.forward[at - 1][from] };
        before * self.steps[from * 8 + to] * self.local[at][to] * self.backward[at][to] / self.scale[at]
    }
}
