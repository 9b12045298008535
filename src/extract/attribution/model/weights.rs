//! The stored weights: one byte each, in tables that a hashed feature points into.
//!
//! The file is a plain sequence of numbers, the lowest byte first; MODEL-CARD.md tells what they were learnt from.

use std::sync::OnceLock;

use super::{Choice, FIRST_LABELS, Feature, Rows, SECOND_LABELS, SIGNS, Scores, Steps, Weights};

/// A table of packed weights.
///
/// Rows touch each other, since what a look-up costs is the memory that it has to reach.
#[derive(Clone, Debug)]
pub struct Packed {
    /// One after the other, with seven bytes behind the last: eight are read of each.
    rows: Vec<i8>,
    labels: usize,
    /// One less than the number of rows, which is a power of two.
    mask: usize,
    scale: f32,
}

impl Packed {
    /// Packs rows of plain numbers, a power of two of them, for so many labels.
    pub fn new(rows: &[[f32; 8]], labels: usize) -> Self {
        let scale = scale_of(rows.iter().flatten().copied());
        let cells = rows.iter().flat_map(|row| &row[..labels]).map(|weight| packed(*weight, scale)).collect();
        Self::of(cells, labels, scale).unwrap_or(Self { rows: vec![0; 8], labels, mask: 0, scale })
    }

    fn of(mut rows: Vec<i8>, labels: usize, scale: f32) -> Option<Self> {
        let count = rows.len().checked_div(labels).filter(|count| count.is_power_of_two())?;
        rows.extend([0; 7]);
        Some(Self { rows, labels, mask: count - 1, scale })
    }
}

/// How many places are worked out before their rows are read.
const AT_ONCE: usize = 32;

impl Rows for Packed {
    /// Fewer than 250 features are summed at a time, so that two bytes are enough.
    type Sum = [i16; 8];

    fn add(&self, feature: Feature, into: &mut [i16; 8]) {
        *into = self.add_all(&[feature], *into);
    }

    /// Rows come from all over the memory, so all places are worked out first: the less stands between two reads, the
    /// more of them the machine waits for at once.
    #[inline(never)]
    fn add_all(&self, features: &[Feature], mut sum: [i16; 8]) -> [i16; 8] {
        let (mask, labels) = (self.mask as u32, self.labels as u32);
        for features in features.chunks(AT_ONCE) {
            let mut places = [0u32; AT_ONCE];
            places.iter_mut().zip(features).for_each(|(place, feature)| *place = (feature & mask) * labels);
            for place in places.iter().take(features.len()) {
                let at = *place as usize;
                if let Some(row) = self.rows.get(at..at + 8) {
                    for (sum, weight) in sum.iter_mut().zip(row) {
                        *sum = sum.wrapping_add(i16::from(*weight));
                    }
                }
            }
        }
        sum
    }

    fn scores(&self, sum: [i16; 8]) -> Scores {
        // What stands behind the labels are those of the next row.
        std::array::from_fn(|label| if label < self.labels { f32::from(sum[label]) * self.scale } else { 0.0 })
    }
}

/// The weights that come with the program, those of the choice of sources with them; none where the file is not what it should be.
pub fn stored() -> Option<&'static Weights<Packed>> {
    static STORED: OnceLock<Option<Weights<Packed>>> = OnceLock::new();
    STORED
        .get_or_init(|| Some(Weights { choice: Choice::stored().cloned(), ..read(include_bytes!("weights.bin"))? }))
        .as_ref()
}

const MAGIC: &[u8] = b"claimdeck attribution 1\n";

/// The weights as the bytes of a file.
pub fn write(weights: &Weights<Packed>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    write_table(&mut out, &weights.first);
    write_table(&mut out, &weights.second);
    let steps = weights.first_steps.scores.iter().chain(&weights.second_steps.scores);
    steps.chain(&weights.belief).for_each(|number| out.extend(number.to_le_bytes()));
    let scale = scale_of(weights.trust.iter().copied());
    out.extend((weights.trust.len() as u32).to_le_bytes());
    out.extend(scale.to_le_bytes());
    out.extend(weights.trust.iter().map(|w| packed(*w, scale) as u8));
    out
}

fn write_table(out: &mut Vec<u8>, table: &Packed) {
    out.extend((table.mask as u32 + 1).to_le_bytes());
    out.extend(table.scale.to_le_bytes());
    out.extend(table.rows.iter().take((table.mask + 1) * table.labels).map(|w| *w as u8));
}

/// The weights from the bytes of a file.
pub fn read(bytes: &[u8]) -> Option<Weights<Packed>> {
    let mut bytes = bytes.strip_prefix(MAGIC)?;
    let first = read_table(&mut bytes, FIRST_LABELS)?;
    let second = read_table(&mut bytes, SECOND_LABELS)?;
    let mut first_steps = Steps::new(FIRST_LABELS);
    let mut second_steps = Steps::new(SECOND_LABELS);
    let mut belief = [0.0; SIGNS];
    for number in first_steps.scores.iter_mut().chain(&mut second_steps.scores).chain(&mut belief) {
        *number = read_number(&mut bytes)?;
    }
    let count = read_count(&mut bytes)?;
    let scale = read_number(&mut bytes)?;
    let trust = bytes.get(..count)?.iter().map(|b| f32::from(*b as i8) * scale).collect();
    Some(Weights { first, first_steps, second, second_steps, belief, trust, choice: None })
}

fn read_table(bytes: &mut &[u8], labels: usize) -> Option<Packed> {
    let count = read_count(bytes)?;
    let scale = read_number(bytes)?;
    let (mine, rest) = bytes.split_at_checked(count.checked_mul(labels)?)?;
    *bytes = rest;
    Packed::of(mine.iter().map(|b| *b as i8).collect(), labels, scale)
}

fn read_count(bytes: &mut &[u8]) -> Option<usize> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    usize::try_from(u32::from_le_bytes(*head)).ok()
}

fn read_number(bytes: &mut &[u8]) -> Option<f32> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(f32::from_le_bytes(*head))
}

/// What one packed unit is worth: the very largest weights are cut, so that the others keep their differences.
fn scale_of(weights: impl Iterator<Item = f32>) -> f32 {
    let mut sizes: Vec<f32> = weights.map(f32::abs).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let high = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 5000)).copied().unwrap_or(1.0);
    high / 127.0
}

fn packed(weight: f32, scale: f32) -> i8 {
    (weight / scale).round().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_written_as_they_were_read() {
        let once = read(include_bytes!("weights.bin")).unwrap();
        let again = read(&write(&once)).unwrap();
        assert!(once.first.rows == again.first.rows && once.second.rows == again.second.rows);
        assert!(once.first_steps.scores == again.first_steps.scores && once.belief == again.belief);
    }

    #[test]
    fn a_file_that_is_cut_short_holds_no_weights() {
        let file = include_bytes!("weights.bin");
        for length in [0, MAGIC.len(), MAGIC.len() + 6, file.len() / 2, file.len() - 1] {
            assert!(read(&file[..length]).is_none(), "{length}");
        }
    }

    #[test]
    fn the_row_of_a_feature_is_added_and_nothing_of_its_neighbour() {
        let mut rows = vec![[0.0; 8]; 4];
        rows[1][..5].copy_from_slice(&[1.0, 0.5, 0.0, -0.5, -1.0]);
        rows[2][..5].copy_from_slice(&[0.25; 5]);
        let table = Packed::new(&rows, 5);
        let mut sum = [0; 8];
        table.add(1, &mut sum);
        table.add(5, &mut sum);
        let scores = table.scores(sum);
        let near = scores.iter().zip([2.0, 1.0, 0.0, -1.0, -2.0, 0.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 0.02);
        assert!(near, "{scores:?}");
    }
}
