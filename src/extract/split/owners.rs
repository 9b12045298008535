//! Which attribution each word belongs to: the innermost whose content it stands in.

use std::ops::Range;

use smallvec::SmallVec;

use super::super::words::Words;
use super::super::{Attribution, Span};

/// For each word, its attribution.
pub(super) struct Owners {
    /// Place of the attribution plus one; 0 where the outlet speaks.
    of: Vec<u32>,
    /// Words and attributions of cues, in the order of the words.
    cues: Vec<(usize, usize)>,
    /// Bytes of content of each attribution.
    lengths: Vec<usize>,
}

impl Owners {
    /// Assigns the words, longest contents first, so that what is enclosed comes last and stays.
    pub(super) fn of(words: &Words, attributions: &[Attribution]) -> Self {
        let lengths: Vec<usize> = attributions.iter().map(|a| a.content.iter().map(|c| c.len()).sum()).collect();
        let mut order: Vec<usize> = (0..attributions.len()).collect();
        order.sort_by_key(|k| std::cmp::Reverse(lengths.get(*k).copied()));
        let mut of = vec![0; words.len()];
        for k in order {
            for span in attributions.get(k).into_iter().flat_map(|a| &a.content) {
                if let Some(inside) = of.get_mut(words.inside(*span)) {
                    inside.fill(k as u32 + 1);
                }
            }
        }
        let place = |span: Span| words.place(span.start());
        let mut cues: Vec<_> = attributions.iter().enumerate().filter_map(|(k, a)| Some((place(a.cue?), k))).collect();
        cues.sort_unstable();
        Self { of, cues, lengths }
    }

    /// The attribution of a word; none where the outlet speaks.
    pub(super) fn of_word(&self, place: usize) -> Option<usize> {
        (*self.of.get(place)? as usize).checked_sub(1)
    }

    /// The attributions whose cue begins among these words.
    pub(super) fn cued_in(&self, places: Range<usize>) -> impl Iterator<Item = usize> {
        let start = self.cues.partition_point(|(p, _)| *p < places.start);
        let end = self.cues.partition_point(|(p, _)| *p < places.end);
        self.cues.get(start..end).unwrap_or_default().iter().map(|(_, k)| *k)
    }

    /// The attributions that words among these belong to, the shortest content first.
    pub(super) fn innermost_first(&self, places: Range<usize>) -> SmallVec<[usize; 4]> {
        let mut found = SmallVec::<[usize; 4]>::new();
        for owner in places.filter_map(|p| self.of_word(p)) {
            if found.last() != Some(&owner) && !found.contains(&owner) {
                found.push(owner);
            }
        }
        found.sort_by_key(|k| self.lengths.get(*k).copied());
        found
    }

    /// Hands these words to another owner.
    pub(super) fn give(&mut self, places: &[usize], owner: Option<usize>) {
        let number = owner.map_or(0, |k| k as u32 + 1);
        for place in places {
            if let Some(slot) = self.of.get_mut(*place) {
                *slot = number;
            }
        }
    }
}
