//! The stored weights: one byte each, in tables that a hashed feature points into.

use std::sync::OnceLock;

use super::{FIRST_LABELS, Feature, Rows, SECOND_LABELS, SIGNS, Scores, Steps, Weights};

/// A table of packed weights.
#[derive(Clone, Debug)]
pub struct Packed {
    rows: Vec<[i8; 8]>,
    scale: f32,
}

impl Packed {
    /// Packs rows of plain numbers, a power of two of them.
    pub fn new(rows: &[[f32; 8]]) -> Self {
        let mut sizes: Vec<f32> = rows.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let high = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
        let scale = high / 127.0;
        let packed = |w: &f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
        Self { rows: rows.iter().map(|row| std::array::from_fn(|i| packed(&row[i]))).collect(), scale }
    }
}

impl Rows for Packed {
    fn add(&self, feature: Feature, into: &mut Scores) {
        let at = feature as usize & (self.rows.len().wrapping_sub(1));
        if let Some(row) = self.rows.get(at) {
            for (sum, weight) in into.iter_mut().zip(row) {
                *sum += f32::from(*weight) * self.scale;
            }
        }
    }
}

/// The weights that come with the program.
pub fn stored() -> Option<&'static Weights<Packed>> {
    static STORED: OnceLock<Option<Weights<Packed>>> = OnceLock::new();
    STORED.get_or_init(|| None).as_ref()
}
