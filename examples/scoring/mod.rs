//! The figures by which extraction is judged, each by its published definition, over bytes instead of code points.

pub(crate) mod attribution;
pub(crate) mod sentences;

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share {
    /// Found and right.
    pub(crate) right: f64,
    /// Found.
    pub(crate) found: f64,
    /// Known.
    pub(crate) known: f64,
}

impl Share {
    /// Of those found, the share that is right.
    pub(crate) fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// Of those known, the share that was found.
    pub(crate) fn recall(self) -> f64 {
        ratio(self.right, self.known)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        ratio(2.0 * p * r, p + r)
    }

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { right: self.right + other.right, found: self.found + other.found, known: self.known + other.known }
    }
}

/// `part` of `whole`; nothing of nothing is 0.
pub(crate) fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Average precision of scores against labels, ties in the order given.
pub(crate) fn average_precision(mut scored: Vec<(f32, bool)>) -> f64 {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut hits, mut sum) = (0.0, 0.0);
    for (rank, (_, label)) in scored.iter().enumerate() {
        if *label {
            hits += 1.0;
            sum += hits / (rank + 1) as f64;
        }
    }
    ratio(sum, hits)
}
