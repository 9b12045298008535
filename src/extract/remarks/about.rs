//! What a remark speaks of: "Orlan’s claims", "the footage", "these raids".

use super::super::lexicon::{ASSERTION, AUXILIARY, EVENT, FOOTAGE, OBJECT_PRONOUN, PREPOSITION, PRONOUN};
use super::super::token::{Kind, key};
use super::About;
use super::read::{Match, POINTING, View};

impl View<'_, '_> {
    /// What the remark speaks of: the noun nearest to it, and who is named with it.
    pub(super) fn about(&self, at: usize, found: &Match) -> About {
        if self.kind(self.places.len().saturating_sub(1)) == Some(Kind::Colon)
            || (0..self.places.len()).any(|i| self.one_of(i, &[key("following")]))
        {
            return About::Following;
        }
        let is_noun = |i: &usize| self.is(*i, ASSERTION | FOOTAGE | EVENT) && !found.at.contains(i);
        let sides = || (0..found.at.start).rev().chain(at + 1..self.places.len());
        let strong = sides().find(|i| is_noun(i) && self.is(*i, ASSERTION | FOOTAGE) && self.is_head(*i));
        let noun = strong.or_else(|| sides().find(is_noun));
        let named = sides().filter(is_noun).find_map(|i| self.owner_of(i));
        match (named, noun) {
            (Some(name), _) => About::Name(name),
            // "the authenticity of that clip": the clip.
            (None, Some(noun)) => match sides().find(|i| is_noun(i) && self.is(*i, FOOTAGE)) {
                Some(_) => About::Footage,
                None if self.is(noun, ASSERTION) => About::Said,
                None => About::Event,
            },
            (None, None)
                if self.one_of(0, POINTING) || (at + 1..at + 3).any(|i| self.is(i, OBJECT_PRONOUN | PRONOUN)) =>
            {
                About::Said
            }
            (None, None) => About::Before,
        }
    }

    /// Whether the noun isn't merely part of another: "claim" in "claim forms".
    fn is_head(&self, at: usize) -> bool {
        !self.is(at + 1, ASSERTION | FOOTAGE | EVENT)
    }

    /// Who owns the noun: "Orlan’s claims", "claims by Orlan", "the ministry’s statement". Its last word.
    fn owner_of(&self, at: usize) -> Option<usize> {
        let clitic = (0..at).rev().take(4).find(|i| self.kind(*i) == Some(Kind::Clitic));
        if let Some(clitic) = clitic {
            return clitic.checked_sub(1).and_then(|i| self.places.get(i).copied());
        }
        let by = self.one_of(at + 1, &[key("by"), key("from")]);
        let mut name = None;
        for i in at + 2..at + 7 {
            let Some(place) = self.places.get(i).filter(|p| self.words.is_word(**p)) else { break };
            if self.is(i, AUXILIARY | PREPOSITION) {
                break;
            }
            name = Some(*place);
        }
        name.filter(|_| by)
    }
}
