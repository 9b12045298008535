//! Sets of claims, a bit each, in pieces of 8192, and how a piece is written. Knows no SQL.
//!
//! A piece is written in the shortest of three forms (as in Roaring bitmaps, Lemire et al., 2016): a list of places,
//! a list of runs, or the bits themselves. The first byte tells which.

/// log2 of the claims in a piece: a piece of bits fits a page of the database three times.
pub(super) const PIECE_BITS: u32 = 13;
/// Claims in a piece.
pub(super) const PIECE: usize = 1 << PIECE_BITS;
const WORDS: usize = PIECE / 64;

const LIST: u8 = 0;
const RUNS: u8 = 1;
const DENSE: u8 = 2;

/// The piece that a claim lies in.
pub(super) fn piece_of(claim: i64) -> i64 {
    claim >> PIECE_BITS
}

/// The claim's place within its piece.
pub(super) fn place_of(claim: i64) -> usize {
    (claim & (PIECE as i64 - 1)) as usize
}

/// The claim at a place of a piece.
pub(super) fn claim_at(piece: i64, place: usize) -> i64 {
    (piece << PIECE_BITS) | place as i64
}

/// The claims of one piece that belong to a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(Box<[u64; WORDS]>);

impl Bits {
    pub(super) fn none() -> Self {
        Self(Box::new([0; WORDS]))
    }

    pub(super) fn all() -> Self {
        Self(Box::new([u64::MAX; WORDS]))
    }

    /// Made of words of 64 claims each.
    pub(super) fn by_word(word: impl Fn(usize) -> u64) -> Self {
        let mut bits = Self::none();
        bits.0.iter_mut().enumerate().for_each(|(index, held)| *held = word(index));
        bits
    }

    /// Its words of 64 claims, each made into another; words without any claim are left out.
    pub(super) fn each_word(&self, word: impl Fn(usize, u64) -> u64) -> Self {
        let mut bits = Self::none();
        for (index, held) in self.0.iter().enumerate().filter(|(_, held)| **held != 0) {
            bits.0[index] = word(index, *held);
        }
        bits
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|w| u64::from(w.count_ones())).sum()
    }

    pub(super) fn set(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    pub(super) fn clear(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    /// Sets the places from `from` up to, not including, `to`.
    pub(super) fn set_range(&mut self, from: usize, to: usize) {
        for word in from / 64..to.min(PIECE).div_ceil(64) {
            let low = from.saturating_sub(word * 64).min(63) as u32;
            let high = (to - word * 64).min(64) as u32;
            let below = if high == 64 { u64::MAX } else { (1 << high) - 1 };
            self.0[word] |= below & (u64::MAX << low);
        }
    }

    /// Keeps only the places from `from` up to, not including, `to`.
    pub(super) fn keep_range(&mut self, from: usize, to: usize) {
        let mut kept = Self::none();
        if from < to {
            kept.set_range(from, to);
        }
        self.and(&kept);
    }

    pub(super) fn and(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(a, b)| *a &= b);
    }

    /// Takes away what the other has.
    pub(super) fn without(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(a, b)| *a &= !b);
    }

    pub(super) fn or(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0.iter()).for_each(|(a, b)| *a |= b);
    }

    pub(super) fn not(&mut self) {
        self.0.iter_mut().for_each(|w| *w = !*w);
    }

    /// The places that are set, ascending.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.checked_sub(1)?;
                Some(index * 64 + bit as usize)
            })
        })
    }

    /// The places that are set, descending.
    pub(super) fn places_back(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().rev().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = 63 - left.leading_zeros().min(63);
                if left == 0 {
                    return None;
                }
                left &= !(1 << bit);
                Some(index * 64 + bit as usize)
            })
        })
    }

    fn runs(&self) -> Vec<(u16, u16)> {
        let mut runs: Vec<(u16, u16)> = Vec::new();
        for place in self.places() {
            let place = place as u16;
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == place => *last = place,
                _ => runs.push((place, place)),
            }
        }
        runs
    }

    /// The shortest written form; empty for the empty set.
    pub(super) fn encode(&self) -> Vec<u8> {
        let count = self.count() as usize;
        if count == 0 {
            return Vec::new();
        }
        // Each run holds at least one place, so few places are also few runs.
        let runs = self.runs();
        let (as_list, as_runs, as_bits) = (count * 2, runs.len() * 4, PIECE / 8);
        let mut out = Vec::with_capacity(1 + as_list.min(as_runs).min(as_bits));
        if as_bits <= as_list && as_bits <= as_runs {
            out.push(DENSE);
            self.0.iter().for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
        } else if as_runs < as_list {
            out.push(RUNS);
            for (first, last) in runs {
                out.extend_from_slice(&first.to_le_bytes());
                out.extend_from_slice(&last.to_le_bytes());
            }
        } else {
            out.push(LIST);
            self.places().for_each(|place| out.extend_from_slice(&(place as u16).to_le_bytes()));
        }
        out
    }

    /// Adds the places of a written piece; `None` where it was not written by `encode`.
    pub(super) fn add_encoded(&mut self, written: &[u8]) -> Option<()> {
        let Some((form, rest)) = written.split_first() else { return Some(()) };
        let place = |pair: &[u8]| Some(u16::from_le_bytes(pair.try_into().ok()?) as usize).filter(|p| *p < PIECE);
        match *form {
            LIST if rest.len() % 2 == 0 => rest.chunks_exact(2).try_for_each(|pair| {
                self.set(place(pair)?);
                Some(())
            }),
            RUNS if rest.len() % 4 == 0 => rest.chunks_exact(4).try_for_each(|pair| {
                self.set_range(place(&pair[..2])?, place(&pair[2..])? + 1);
                Some(())
            }),
            DENSE if rest.len() == PIECE / 8 => {
                for (word, bytes) in self.0.iter_mut().zip(rest.chunks_exact(8)) {
                    *word |= u64::from_le_bytes(bytes.try_into().ok()?);
                }
                Some(())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn bits_of(places: &BTreeSet<usize>) -> Bits {
        let mut bits = Bits::none();
        places.iter().for_each(|place| bits.set(*place));
        bits
    }

    fn any_places() -> impl Strategy<Value = BTreeSet<usize>> {
        prop_oneof![
            prop::collection::btree_set(0..PIECE, 0..20),
            (0..PIECE, 0..PIECE).prop_map(|(a, b)| (a.min(b)..a.max(b)).collect()),
            (1usize..5, 0usize..3).prop_map(|(step, from)| (from..PIECE).step_by(step).collect()),
        ]
    }

    proptest! {
        #[test]
        fn a_written_piece_reads_back(places in any_places()) {
            let bits = bits_of(&places);
            let written = bits.encode();
            prop_assert!(written.len() <= 1 + PIECE / 8);
            let mut back = Bits::none();
            prop_assert_eq!(back.add_encoded(&written), Some(()));
            prop_assert_eq!(&back, &bits);
            prop_assert_eq!(back.count() as usize, places.len());
            prop_assert!(bits.places().eq(places.iter().copied()));
            prop_assert!(bits.places_back().eq(places.iter().rev().copied()));
        }

        #[test]
        fn a_range_is_each_of_its_places(from in 0..PIECE, to in 0..=PIECE, places in any_places()) {
            let mut bits = Bits::none();
            bits.set_range(from, to);
            prop_assert!(bits.places().eq(from..to.max(from)));
            let mut kept = bits_of(&places);
            kept.keep_range(from, to);
            prop_assert!(kept.places().eq(places.iter().copied().filter(|p| (from..to).contains(p))));
        }

        #[test]
        fn hostile_bytes_are_refused_not_believed(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = Bits::none().add_encoded(&bytes);
        }
    }
}
