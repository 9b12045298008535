//! Who the source of an outcome is: every phrase that may be it, what speaks for and against each, and the choice.
//!
//! The chain labels token by token; here whole phrases are compared with each other. Linear again: a score is a sum of
//! weights of features that have names. Knows no text and no rule of its own.

mod proposals;
mod reasons;

use std::ops::Range;
use std::sync::OnceLock;

use super::{Guess, Outcome, Paragraph};

pub use reasons::{NAMES, Reason};

/// One who may be the source of an outcome.
#[derive(Clone, Debug)]
pub struct Possible {
    /// Its tokens; none stands for "nobody".
    pub tokens: Option<Range<usize>>,
    /// What speaks for or against it.
    pub reasons: Vec<Reason>,
    /// Who proposed it, as bits.
    from: u32,
    /// How likely its likeliest token is, by the chain.
    chance: f32,
}

/// All that may be the source of `outcomes[at]`, "nobody" first, then the likeliest by the chain first.
pub fn possible(paragraph: &Paragraph, guess: &Guess, outcomes: &[Outcome], at: usize) -> Vec<Possible> {
    let Some(outcome) = outcomes.get(at) else { return Vec::new() };
    let Some(cue) = outcome.cue() else { return Vec::new() };
    let mut all = proposals::all(paragraph, guess, outcomes, at, cue);
    all.iter_mut().for_each(|one| one.chance = one.tokens.as_ref().map_or(0.0, |t| outcome.chance_of(t)));
    let top = all.iter().map(|one| one.chance).fold(0.0, f32::max);
    all.push(Possible { tokens: None, reasons: Vec::new(), from: 0, chance: f32::INFINITY });
    all.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    reasons::give(paragraph, guess, outcomes, at, &mut all, top);
    all
}

/// Weights of the reasons, by hash; a power of two of them.
#[derive(Clone, Debug)]
pub struct Choice(Vec<f32>);

/// What "nobody" must be better by: a sentence that names its speaker is far commoner than one that does not, and a
/// source that is missing is harder to notice than one too many. Chosen on held-out folds.
const NOBODY: f32 = 0.5;

impl Choice {
    /// From weights; none where their number is no power of two.
    pub fn new(weights: Vec<f32>) -> Option<Self> {
        weights.len().is_power_of_two().then_some(Self(weights))
    }

    /// What one reason weighs.
    pub fn weight(&self, reason: &Reason) -> f32 {
        self.0.get(reason.feature as usize & (self.0.len() - 1)).copied().unwrap_or(0.0)
    }

    /// How much speaks for one.
    pub fn score(&self, one: &Possible) -> f32 {
        one.reasons.iter().map(|reason| self.weight(reason)).sum()
    }

    /// The place of the best.
    pub fn best(&self, all: &[Possible]) -> Option<usize> {
        let score = |one: &Possible| self.score(one) - if one.tokens.is_none() { NOBODY } else { 0.0 };
        let scores: Vec<f32> = all.iter().map(score).collect();
        (0..all.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))
    }

    /// The bytes of a file: one for each weight, behind what one unit is worth.
    pub fn write(&self) -> Vec<u8> {
        let largest = self.0.iter().map(|w| w.abs()).fold(f32::MIN_POSITIVE, f32::max);
        let unit = largest / 127.0;
        let mut out = MAGIC.to_vec();
        out.extend(unit.to_le_bytes());
        out.extend(self.0.iter().map(|w| (w / unit).round() as i8 as u8));
        out
    }

    /// The weights from the bytes of a file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (unit, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let unit = f32::from_le_bytes(*unit);
        Self::new(rest.iter().map(|b| f32::from(*b as i8) * unit).collect())
    }

    /// Those that come with the program; none where the file is not what it should be.
    pub fn stored() -> Option<&'static Self> {
        static STORED: OnceLock<Option<Choice>> = OnceLock::new();
        STORED.get_or_init(|| Self::read(include_bytes!("../sources.bin"))).as_ref()
    }
}

const MAGIC: &[u8] = b"claimdeck sources 1\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_written_as_they_were_read() {
        let once = Choice::stored().unwrap();
        let again = Choice::read(&once.write()).unwrap();
        assert!(once.0.iter().zip(&again.0).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn a_file_that_is_cut_short_holds_no_weights() {
        let file = include_bytes!("../sources.bin");
        for length in [0, MAGIC.len(), MAGIC.len() + 3, MAGIC.len() + 4, file.len() / 2, file.len() - 1] {
            assert!(Choice::read(&file[..length]).is_none(), "{length}");
        }
    }
}
