//! The learnt part: two small chain models over the tokens of a paragraph.
//!
//! The first labels sources, cues and contents and so proposes cues; the second looks at one cue at a time and labels
//! its source and content. Both are linear: a score is a sum of weights of named features. A last, tiny model says
//! whether to believe the outcome. Training uses the same code and differs only in where weights come from.

mod chain;
mod features;
mod weights;

use std::ops::Range;

use super::super::Span;
use super::super::token::{Kind, Token};
use super::draft::{Draft, Path};
use super::lexicon::Class;
use super::scene::Scene;
use super::{Layout, rules, scene};

pub use chain::{Likelihood, NEVER, Scores, Steps};
pub use features::{Anchor, FIRST_LABELS, Feature, SECOND_LABELS, View};
pub use weights::{Packed, stored};

/// Where weights come from: a packed table, or one that is being trained.
pub trait Rows {
    /// Adds the row of this feature.
    fn add(&self, feature: Feature, into: &mut Scores);
}

/// All that is learnt.
#[derive(Clone, Debug)]
pub struct Weights<R> {
    /// The first model's table.
    pub first: R,
    /// The first model's successions.
    pub first_steps: Steps,
    /// The second model's table.
    pub second: R,
    /// The second model's successions.
    pub second_steps: Steps,
    /// Weights of [`Outcome::signs`].
    pub belief: [f32; SIGNS],
}

/// How many signs speak for or against an outcome.
pub const SIGNS: usize = 16;

/// Words that may be a cue, with the chance of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The tokens of the cue.
    pub tokens: Range<usize>,
    /// The likeliest of them.
    pub head: usize,
    /// How likely it is, 0 to 1.
    pub chance: f32,
}

/// A paragraph made ready for the models.
pub struct Paragraph<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) drafts: Vec<Draft>,
    view: View,
}

/// What the first model says of a paragraph.
pub struct Guess {
    /// The likeliest labels.
    pub labels: Vec<u8>,
    /// Cues to look at, in text order.
    pub candidates: Vec<Candidate>,
    cues_before: Vec<u32>,
}

/// What the second model makes of a candidate.
pub struct Outcome {
    /// What it found; no content where it finds none.
    pub(super) draft: Draft,
    /// The signs for belief.
    pub signs: [f32; SIGNS],
}

/// The paragraphs of a text, with what the rules find in them.
pub fn paragraphs<'a>(text: &'a str, layout: &Layout) -> Vec<Paragraph<'a>> {
    let scenes = scene::scenes(text, layout.blocks, layout.sentences, layout.quotes);
    scenes.into_iter().map(Paragraph::new).collect()
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(scene: Scene<'a>) -> Self {
        let drafts = rules::find(&scene);
        let view = View::new(&scene, &drafts);
        Self { scene, drafts, view }
    }

    /// Its tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.scene.tokens
    }

    /// The features of the first model for each token.
    pub fn first_features(&self, at: usize, into: &mut Vec<Feature>) {
        self.view.first(at, into);
    }

    /// The first model's scores.
    pub fn first_scores<R: Rows>(&self, rows: &R) -> Vec<Scores> {
        let mut features = Vec::with_capacity(48);
        let mut all = vec![[0.0; 8]; self.view.len()];
        for (at, scores) in all.iter_mut().enumerate() {
            features.clear();
            self.view.first(at, &mut features);
            features.iter().for_each(|f| rows.add(*f, scores));
        }
        all
    }

    /// The cues that the first model and the rules propose.
    pub fn guess<R: Rows>(&self, rows: &R, steps: &Steps) -> Guess {
        let scores = self.first_scores(rows);
        let labels = steps.best(&scores);
        let likely = steps.likelihood(&scores);
        let chances: Vec<(f32, f32)> = (0..scores.len())
            .map(|at| {
                let label = likely.label(at);
                (label[CUE], label[CUE + 1])
            })
            .collect();
        let candidates = self.candidates(&chances, &labels);
        let mut cues_before = vec![0; scores.len() + 1];
        for candidate in &candidates {
            cues_before[candidate.tokens.start + 1] = 1;
        }
        for at in 0..scores.len() {
            cues_before[at + 1] += cues_before[at];
        }
        Guess { labels, candidates, cues_before }
    }

    fn candidates(&self, chances: &[(f32, f32)], labels: &[u8]) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for (at, &(begins, goes_on)) in chances.iter().enumerate() {
            let chance = begins + goes_on;
            let ruled = self.drafts.iter().any(|d| d.cue.as_ref().is_some_and(|c| c.end == at + 1));
            if chance < LEAST_CHANCE && !ruled {
                continue;
            }
            match found.last_mut().filter(|c| c.tokens.end == at && begins < goes_on.max(0.3) && usize::from(labels[at]) != CUE) {
                Some(candidate) => {
                    candidate.tokens.end = at + 1;
                    if chance > candidate.chance {
                        candidate.head = at;
                        candidate.chance = chance;
                    }
                }
                None => found.push(Candidate { tokens: at..at + 1, head: at, chance }),
            }
        }
        found
    }

    /// The tokens that the second model looks at for a candidate.
    pub fn window(&self, candidate: &Candidate) -> Range<usize> {
        let scene = &self.scene;
        let number = scene.sentences.partition_point(|s| s.end <= candidate.head);
        let first = scene.sentences.get(number.saturating_sub(1)).map_or(candidate.head, |s| s.start);
        let last = scene.sentences.get(number + 1).or_else(|| scene.sentences.get(number)).map_or(candidate.head, |s| s.end);
        let mut start = scene.quote_at(first).map_or(first, |q| q.tokens.start.min(first));
        let mut end = last.max(candidate.tokens.end);
        if let Some(quote) = end.checked_sub(1).and_then(|at| scene.quote_at(at)) {
            end = quote.tokens.end.max(end);
        }
        start = start.max(candidate.tokens.start.saturating_sub(REACH)).min(candidate.tokens.start);
        start..end.min(candidate.tokens.end + REACH).min(scene.tokens.len())
    }

    /// The view of a candidate that gives the second model its features.
    pub fn anchor<'v>(&'v self, guess: &'v Guess, candidate: &Candidate) -> Anchor<'v> {
        let draft = self.drafts.iter().find(|d| d.cue.as_ref().is_some_and(|c| overlap(c, &candidate.tokens)));
        Anchor {
            view: &self.view,
            start: candidate.tokens.start,
            end: candidate.tokens.end,
            head: candidate.head,
            sure: (candidate.chance * 10.0) as u32,
            labels: &guess.labels,
            ruled: draft.map_or_else(|| vec![0; self.view.len()], |d| labels_of(d, self.view.len())),
            has_rule: draft.is_some(),
            cues_before: &guess.cues_before,
        }
    }

    /// The features of the second model for a token: those of the token on its side of the cue, then those of the cue.
    pub fn second_features(&self, anchor: &Anchor, at: usize, window: usize, into: &mut Vec<Feature>) {
        self.view.plain(at, into);
        let side = anchor.side(at);
        into.iter_mut().for_each(|f| *f = on_side(*f, side));
        anchor.features(at, window, into);
    }

    /// The second model's scores for a candidate.
    fn second_scores<R: Rows>(&self, anchor: &Anchor, window: Range<usize>, rows: &R, plain: &mut PlainScores) -> Vec<Scores> {
        let mut features = Vec::with_capacity(64);
        let begin = window.start;
        window
            .map(|at| {
                let mut scores = plain.get(&self.view, at, anchor.side(at), rows);
                features.clear();
                anchor.features(at, begin, &mut features);
                features.iter().for_each(|f| rows.add(*f, &mut scores));
                scores
            })
            .collect()
    }

    /// What the second model makes of each candidate.
    pub fn outcomes<R: Rows>(&self, guess: &Guess, rows: &R, steps: &Steps) -> Vec<Outcome> {
        let mut plain = PlainScores::new(self.view.len());
        let mut found = Vec::with_capacity(guess.candidates.len());
        for candidate in &guess.candidates {
            let anchor = self.anchor(guess, candidate);
            let window = self.window(candidate);
            let scores = self.second_scores(&anchor, window.clone(), rows, &mut plain);
            let labels = steps.best(&scores);
            let likely = steps.likelihood(&scores);
            let nothing = steps.score(&scores, &vec![0; labels.len()]) - likely.log_sum;
            let best = steps.score(&scores, &labels) - likely.log_sum;
            let draft = read(&labels, window.start, candidate.tokens.clone());
            let content: usize = draft.content.iter().map(|c| c.len()).sum();
            let ruled = self.drafts.iter().find(|d| d.cue.as_ref().is_some_and(|c| overlap(c, &candidate.tokens)));
            let same = ruled.is_some_and(|d| d.content == draft.content);
            let clip = |x: f32| x.clamp(-12.0, 0.0);
            let sign = |b: bool| if b { 1.0 } else { 0.0 };
            let signs = [
                1.0,
                candidate.chance,
                (candidate.chance.max(1e-3) / (1.001 - candidate.chance)).ln(),
                clip(best),
                clip(nothing),
                best.exp(),
                nothing.exp(),
                sign(draft.source.is_some()),
                sign(ruled.is_some()),
                sign(same),
                (content as f32 + 1.0).ln(),
                sign(content <= 2),
                sign(draft.content.len() > 1),
                sign(self.scene.quoted(candidate.head)),
                sign(self.scene.is(candidate.head, Class::SPEECH)),
                sign(self.scene.kind(candidate.head) != Kind::Word),
            ];
            found.push(Outcome { draft, signs });
        }
        found
    }

    /// What the models find, with the chance of each.
    pub fn find<R: Rows>(&self, weights: &Weights<R>) -> Vec<(Draft, f32)> {
        let guess = self.guess(&weights.first, &weights.first_steps);
        let outcomes = self.outcomes(&guess, &weights.second, &weights.second_steps);
        let believed = outcomes.into_iter().filter(|o| !o.draft.content.is_empty());
        believed.map(|o| (chance(&o.signs, &weights.belief), o.draft)).map(|(c, d)| (d, c)).collect()
    }

    /// The span of these tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.scene.span(tokens)
    }
}

impl Outcome {
    /// The tokens of the content.
    pub fn content(&self) -> &[Range<usize>] {
        &self.draft.content
    }
}

/// How likely an outcome is, from its signs.
pub fn chance(signs: &[f32; SIGNS], belief: &[f32; SIGNS]) -> f32 {
    let sum: f32 = signs.iter().zip(belief).map(|(a, b)| a * b).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The label that begins a cue in the first model.
const CUE: usize = 3;
/// Words less likely to be a cue are not looked at.
const LEAST_CHANCE: f32 = 0.12;
/// How far from the cue the second model looks, in tokens.
const REACH: usize = 220;

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn labels_of(draft: &Draft, n: usize) -> Vec<u8> {
    let mut labels = vec![0; n];
    let mut put = |range: &Range<usize>, begin: u8| {
        for at in range.clone().filter(|at| *at < n) {
            labels[at] = if at == range.start { begin } else { begin + 1 };
        }
    };
    draft.content.iter().for_each(|c| put(c, 3));
    draft.source.iter().for_each(|s| put(s, 1));
    labels
}

fn on_side(feature: Feature, side: u32) -> Feature {
    feature ^ side.wrapping_mul(0x9E37_79B1)
}

fn read(labels: &[u8], offset: usize, cue: Range<usize>) -> Draft {
    let mut draft = Draft { source: None, cue: Some(cue), content: Vec::new(), path: Path::Model };
    let mut at = 0;
    while at < labels.len() {
        let begin = labels[at] | 1;
        let mut end = at + 1;
        if labels[at] != 0 {
            while end < labels.len() && labels[end] == begin + 1 {
                end += 1;
            }
            let range = at + offset..end + offset;
            match begin {
                1 if draft.source.is_none() => draft.source = Some(range),
                3 => draft.content.push(range),
                _ => {}
            }
        }
        at = end;
    }
    draft
}

/// The sums of the plain features, kept, since the windows of many cues overlap.
struct PlainScores {
    kept: Vec<Option<Scores>>,
}

impl PlainScores {
    fn new(tokens: usize) -> Self {
        Self { kept: vec![None; tokens * 3] }
    }

    fn get<R: Rows>(&mut self, view: &View, at: usize, side: u32, rows: &R) -> Scores {
        let slot = &mut self.kept[at * 3 + side as usize];
        *slot.get_or_insert_with(|| {
            let mut features = Vec::with_capacity(32);
            view.plain(at, &mut features);
            let mut scores = [0.0; 8];
            features.iter().for_each(|f| rows.add(on_side(*f, side), &mut scores));
            scores
        })
    }
}
