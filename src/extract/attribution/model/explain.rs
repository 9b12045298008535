//! Why the models believe an outcome and take this source for it: what weighed most, by name.
//!
//! Works out again what was decided; asked only where somebody wants to know.

use std::ops::Range;

use super::sources::{self, NAMES, Possible};
use super::{Choice, Guess, Outcome, Paragraph, Rows, SIGNS, Weights, chance};

/// What speaks for a decision, or against it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// Its name.
    pub name: &'static str,
    /// How much it weighs: log-odds for a cue, the lead over the next best for a source.
    pub weight: f32,
}

/// Why an outcome is as it is.
pub struct Why {
    /// Its cue.
    pub cue: Range<usize>,
    /// The source that was chosen.
    pub chosen: Option<Range<usize>>,
    /// How likely it is that something is said by this cue.
    pub chance: f32,
    /// How sure the labels of the content are on average.
    pub content: f32,
    /// What speaks for and against the cue.
    pub for_cue: Vec<Weighed>,
    /// What speaks for and against the source.
    pub for_source: Vec<Weighed>,
}

/// The names of [`Outcome::signs`]; the first is the same for all.
const SIGN_NAMES: [&str; SIGNS] = [
    "how rare cues are",
    "likely a cue by its words",
    "likely a cue by its words",
    "how well its parts fit together",
    "how well it would fit if nothing were said",
    "how sure the source is",
    "how sure the content is",
    "its least sure word",
    "it has a source",
    "the rules see a cue",
    "the rules see the same content",
    "how long the content is",
    "the content is a word or two",
    "the content is in parts",
    "the cue is quoted",
    "a verb of saying",
    "the cue is a mark",
];

/// The sign that tells how sure the content is.
const CONTENT_SURE: usize = 6;

/// The names of [`Outcome::marks`].
const MARK_NAMES: [&str; 20] = [
    "the word of the cue",
    "how cue and content begin",
    "the words around the cue",
    "the words around the cue",
    "where the content stands",
    "how the content begins",
    "how the content begins",
    "the end of the source",
    "the end of the source",
    "where the source stands",
    "how the content ends",
    "the words around the cue",
    "the form of the cue",
    "how cue and content begin",
    "where the content stands",
    "the form of the cue",
    "the word of the cue",
    "how long the content is",
    "the words around the cue",
    "it has a source",
];

impl Paragraph<'_> {
    /// Why each outcome of this chance or more is as it is.
    pub fn why<R: Rows>(&self, weights: &Weights<R>, least: f32) -> Vec<Why> {
        let guess = self.guess(&weights.first, &weights.first_steps);
        let outcomes = self.outcomes(&guess, &weights.second, &weights.second_steps);
        let explained = |(at, outcome): (usize, &Outcome)| {
            let chance = chance(outcome, &weights.belief, &weights.trust);
            let cue = outcome.cue().cloned().filter(|_| !outcome.content().is_empty() && chance >= least)?;
            let own = outcome.likelier.as_ref().or(outcome.source()).cloned();
            let choice = weights.choice.as_ref().map(|choice| self.weighed(choice, &guess, &outcomes, at));
            let (chosen, for_source) = choice.unwrap_or((own, Vec::new()));
            Some(Why {
                cue,
                chosen,
                chance,
                content: outcome.signs[CONTENT_SURE],
                for_cue: for_cue(outcome, weights),
                for_source,
            })
        };
        outcomes.iter().enumerate().filter_map(explained).collect()
    }

    /// The source that is chosen, and by what it leads over the next best.
    fn weighed(
        &self,
        choice: &Choice,
        guess: &Guess,
        outcomes: &[Outcome],
        at: usize,
    ) -> (Option<Range<usize>>, Vec<Weighed>) {
        let mut all = sources::possible(self, guess, outcomes, at);
        let Some(best) = choice.best(&all) else { return (None, Vec::new()) };
        let best = all.swap_remove(best);
        let next = choice.best(&all).map(|next| &all[next]);
        let sum = |one: &Possible, name: usize| -> f32 {
            one.reasons.iter().filter(|r| usize::from(r.name) == name).map(|r| choice.weight(r)).sum()
        };
        let lead = |(name, called): (usize, &&'static str)| Weighed {
            name: called,
            weight: sum(&best, name) - next.map_or(0.0, |next| sum(next, name)),
        };
        (best.tokens.clone(), strongest(NAMES.iter().enumerate().map(lead).collect()))
    }
}

fn for_cue<R>(outcome: &Outcome, weights: &Weights<R>) -> Vec<Weighed> {
    let mask = weights.trust.len().wrapping_sub(1);
    let trust = |mark: &u32| weights.trust.get(*mark as usize & mask).copied().unwrap_or(0.0);
    let signs = SIGN_NAMES.iter().zip(outcome.signs.iter().zip(&weights.belief).map(|(sign, weight)| sign * weight));
    let marks = MARK_NAMES.iter().zip(outcome.marks.iter().map(trust));
    let mut all: Vec<Weighed> = Vec::new();
    for (name, weight) in signs.chain(marks) {
        match all.iter_mut().find(|w| w.name == *name) {
            Some(known) => known.weight += weight,
            None => all.push(Weighed { name, weight }),
        }
    }
    strongest(all)
}

/// The strongest first, whichever way they weigh; what weighs next to nothing is left out.
fn strongest(mut all: Vec<Weighed>) -> Vec<Weighed> {
    const LITTLE: f32 = 0.05;
    all.retain(|w| w.weight.abs() >= LITTLE);
    all.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    all
}
