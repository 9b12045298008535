//! The stored weights: one byte each, in tables that a hashed feature points into.
//!
//! The file holds the tables as they are used, so that nothing is copied, and numbers, the lowest byte first;
//! MODEL-CARD.md tells what they were learnt from.

use std::array;
use std::iter::repeat;
use std::sync::OnceLock;

use wide::bytemuck::cast;
use wide::{f32x8, i16x8, i32x8, u8x16};

use super::{Choice, FIRST_LABELS, Feature, Rows, SECOND_LABELS, SIGNS, Scores, Steps, Weights};

/// How many rows a table has, a power of two: few enough for the nearer memory of a processor.
pub const ROWS: usize = 1 << 17;

/// A weight for each label, as a byte that is 128 above it, so that they are added without a thought of their sign; what
/// stands behind the labels in use is nought.
type Row = [u8; 8];

/// What stands for nought.
const NOUGHT: u8 = 128;

/// A table of packed weights.
#[derive(Clone, Debug)]
pub struct Packed<'w> {
    rows: Table<'w>,
    scale: f32,
}

#[derive(Clone, Debug)]
enum Table<'w> {
    Lent(&'w [Row; ROWS]),
    Own(Box<[Row; ROWS]>),
}

impl Packed<'_> {
    /// Packs rows of plain numbers, [`ROWS`] of them, for so many labels.
    pub fn new(rows: &[[f32; 8]], labels: usize) -> Self {
        let scale = scale_of(rows.iter().flat_map(|row| &row[..labels]).copied());
        let cell = |weight: &f32| (packed(*weight, scale) as u8).wrapping_add(NOUGHT);
        let row = |row: &[f32; 8]| array::from_fn(|at| if at < labels { cell(&row[at]) } else { NOUGHT });
        let rows: Vec<Row> = rows.iter().map(row).chain(repeat([NOUGHT; 8])).take(ROWS).collect();
        let rows = rows.into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([[NOUGHT; 8]; ROWS]));
        Self { rows: Table::Own(rows), scale }
    }

    fn rows(&self) -> &[Row; ROWS] {
        match &self.rows {
            Table::Lent(rows) => rows,
            Table::Own(rows) => rows,
        }
    }
}

impl Rows for Packed<'_> {
    /// Fewer than 250 features are summed at a time, so that two bytes are enough.
    type Sum = i16x8;

    fn add(&self, feature: Feature, into: &mut i16x8) {
        *into = self.add_all(&[feature], 0, *into);
    }

    /// Rows come from all over the memory: the less stands between two reads, the more of them the machine waits for at once.
    #[inline]
    fn add_all<const N: usize>(&self, features: &[Feature; N], flip: Feature, sum: i16x8) -> i16x8 {
        let rows = self.rows();
        let sum = sum - i16x8::splat(i16::from(NOUGHT) * N as i16);
        // Said by hand: left to itself, the compiler takes each row apart.
        let row = |feature: &Feature| {
            let row = u64::from_ne_bytes(rows[(feature ^ flip) as usize % ROWS]);
            i16x8::from_u8x16_low(cast::<[u64; 2], u8x16>([row, 0]))
        };
        let (fours, rest) = features.as_chunks();
        let sum = fours.iter().fold(sum, |sum, [a, b, c, d]| sum + (row(a) + row(b)) + (row(c) + row(d)));
        rest.iter().fold(sum, |sum, feature| sum + row(feature))
    }

    fn scores(&self, sum: i16x8) -> Scores {
        (f32x8::from_i32x8(i32x8::from_i16x8(sum)) * f32x8::splat(self.scale)).to_array()
    }
}

/// The weights that come with the program, those of the choice of sources with them; none where the file is not what it should be.
pub fn stored() -> Option<&'static Weights<Packed<'static>>> {
    static STORED: OnceLock<Option<Weights<Packed>>> = OnceLock::new();
    STORED.get_or_init(|| Some(Weights { choice: Choice::stored().cloned(), ..read(&FILE.0)? })).as_ref()
}

/// Rows lie as the processor fetches them, eight at once.
#[repr(align(64))]
struct Aligned<T>(T);

static FILE: Aligned<[u8; include_bytes!("weights.bin").len()]> = Aligned(*include_bytes!("weights.bin"));

/// What the file begins with, a number for what one unit of each table is worth among it.
const HEAD: usize = 64;
const MAGIC: &[u8] = b"claimdeck attribution 2\n";

/// The weights as the bytes of a file.
pub fn write(weights: &Weights<Packed>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(weights.first.scale.to_le_bytes());
    out.extend(weights.second.scale.to_le_bytes());
    out.resize(HEAD, 0);
    out.extend(weights.first.rows().as_flattened());
    out.extend(weights.second.rows().as_flattened());
    let steps = weights.first_steps.scores.iter().chain(&weights.second_steps.scores);
    steps.chain(&weights.belief).for_each(|number| out.extend(number.to_le_bytes()));
    let scale = scale_of(weights.trust.iter().copied());
    out.extend((weights.trust.len() as u32).to_le_bytes());
    out.extend(scale.to_le_bytes());
    out.extend(weights.trust.iter().map(|w| packed(*w, scale) as u8));
    out
}

/// The weights from the bytes of a file; the tables stay where they are.
pub fn read(bytes: &[u8]) -> Option<Weights<Packed<'_>>> {
    let (head, mut bytes) = bytes.split_at_checked(HEAD)?;
    let mut head = head.strip_prefix(MAGIC)?;
    let first = Packed { scale: read_number(&mut head)?, rows: read_table(&mut bytes)? };
    let second = Packed { scale: read_number(&mut head)?, rows: read_table(&mut bytes)? };
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

fn read_table<'b>(bytes: &mut &'b [u8]) -> Option<Table<'b>> {
    let (mine, rest) = bytes.split_at_checked(ROWS * size_of::<Row>())?;
    *bytes = rest;
    Some(Table::Lent(mine.as_chunks().0.try_into().ok()?))
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
        let written = write(&once);
        let again = read(&written).unwrap();
        assert!(once.first.rows() == again.first.rows() && once.second.rows() == again.second.rows());
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
        let mut rows = vec![[0.0; 8]; ROWS];
        rows[1][..5].copy_from_slice(&[1.0, 0.5, 0.0, -0.5, -1.0]);
        rows[2][..5].copy_from_slice(&[0.25; 5]);
        let table = Packed::new(&rows, 5);
        let mut sum = i16x8::splat(0);
        table.add(1, &mut sum);
        table.add(ROWS as u32 + 1, &mut sum);
        let scores = table.scores(sum);
        let near = scores.iter().zip([2.0, 1.0, 0.0, -1.0, -2.0, 0.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 0.02);
        assert!(near, "{scores:?}");
    }
}
