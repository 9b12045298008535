//! The learnt part: two small chain models over the tokens of a paragraph.
//!
//! The first labels sources, cues and contents and so proposes cues; the second looks at one cue at a time and labels
//! its source and content. Both are linear: a score is a sum of weights of named features. A last, tiny model says
//! whether to believe the outcome. Training uses the same code and differs only in where weights come from.

mod chain;
mod explain;
mod features;
pub mod sources;
mod view;
mod weights;

use std::ops::Range;

use super::super::token::{Kind, Token};
use super::draft::Draft;
use super::lexicon::Class;
use super::scene::Scene;
use super::{Layout, rules, scene};

pub use chain::{Likelihood, NEVER, Scores, Steps};
pub use explain::{Weighed, Why};
pub use features::{Anchor, FIRST_LABELS, Feature, SECOND_LABELS};
use features::{Cue, PLAIN_FEATURES, of_side};
pub use sources::Choice;
pub use view::View;
pub use weights::{Packed, ROWS, read as read_weights, stored, write as write_weights};

/// Where weights come from: a packed table, or one that is being trained.
pub trait Rows {
    /// A sum of rows.
    type Sum: Copy + Default;

    /// Adds the row of this feature.
    fn add(&self, feature: Feature, into: &mut Self::Sum);

    /// The sum with the rows of these features, some bits of each of them turned over.
    fn add_all<const N: usize>(&self, features: &[Feature; N], flip: Feature, mut sum: Self::Sum) -> Self::Sum {
        features.iter().for_each(|feature| self.add(feature ^ flip, &mut sum));
        sum
    }

    /// What a sum is worth.
    fn scores(&self, sum: Self::Sum) -> Scores;
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
    /// Weights of [`Outcome::marks`], by hash; a power of two of them.
    pub trust: Vec<f32>,
    /// How to choose a source; the chain chooses where there is none.
    pub choice: Option<Choice>,
}

/// How many signs speak for or against an outcome.
pub const SIGNS: usize = 17;

/// How many features tell what an outcome looks like.
const MARKS: usize = 20;

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
    /// Those with their neighbours, as [`with_neighbours`] gives them.
    around: Vec<u32>,
    cues_before: Vec<u32>,
    /// The plain features of each token.
    plain: Vec<Plain>,
}

/// What the second model makes of a candidate.
pub struct Outcome {
    /// What it found; no content where it finds none.
    pub(super) draft: Draft,
    /// The signs for belief.
    pub signs: [f32; SIGNS],
    /// What the outcome looks like.
    pub marks: [Feature; MARKS],
    /// The source, where another one is likelier than that of the draft when all ways to label the rest are counted.
    likelier: Option<Range<usize>>,
    /// The token of the cue that most looks like one.
    head: usize,
    /// The first token that was looked at.
    window: usize,
    /// How likely each token from there on is to be of the source.
    sources: Vec<f32>,
}

/// The paragraphs of a text, with what the rules find in them.
///
/// Each is made when it is asked for: they take many times the memory of their text.
pub fn paragraphs<'a>(text: &'a str, layout: &Layout) -> impl Iterator<Item = Paragraph<'a>> {
    scene::scenes(text, layout).map(Paragraph::new)
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
        into.extend(self.view.plain(at));
        into.extend(self.view.first(at));
    }

    /// The first model's scores; the plain features go into `plain`, since the second model asks for them again.
    fn first_scores<R: Rows>(&self, rows: &R, plain: &mut Vec<Plain>) -> Vec<Scores> {
        let score = |at| {
            let features = self.view.plain(at);
            plain.push(features);
            let sum = rows.add_all(&features, 0, R::Sum::default());
            rows.scores(rows.add_all(&self.view.first(at), 0, sum))
        };
        (0..self.view.len()).map(score).collect()
    }

    /// The cues that the first model and the rules propose.
    pub fn guess<R: Rows>(&self, rows: &R, steps: &Steps) -> Guess {
        let mut plain = Vec::with_capacity(self.view.len());
        let scores = self.first_scores(rows, &mut plain);
        let labels = steps.best(&scores);
        let likely = steps.likelihood(&scores);
        let chances: Vec<(f32, f32)> = (0..scores.len())
            .map(|at| {
                let label = likely.label(at);
                (label[CUE], label[CUE + 1])
            })
            .collect();
        let candidates = self.candidates(&chances);
        let mut cues_before = vec![0; scores.len() + 1];
        for candidate in candidates.iter().filter(|c| c.chance >= LIKELY) {
            cues_before[candidate.tokens.start + 1] = 1;
        }
        for at in 0..scores.len() {
            cues_before[at + 1] += cues_before[at];
        }
        Guess { around: with_neighbours(&labels), labels, candidates, cues_before, plain }
    }

    fn candidates(&self, chances: &[(f32, f32)]) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut ends_a_ruled_cue = vec![false; chances.len() + 1];
        self.drafts.iter().filter_map(|d| d.cue.as_ref()).for_each(|c| ends_a_ruled_cue[c.end] = true);
        for (at, &(begins, goes_on)) in chances.iter().enumerate() {
            let chance = begins + goes_on;
            let ruled = ends_a_ruled_cue[at + 1];
            if chance < LEAST_CHANCE && !ruled {
                continue;
            }
            match found.last_mut().filter(|c| c.tokens.end == at) {
                Some(candidate) if goes_on >= GOES_ON => {
                    candidate.tokens.end = at + 1;
                    if chance > candidate.chance {
                        candidate.head = at;
                        candidate.chance = chance;
                    }
                }
                // A faint cue right after another is its shadow.
                Some(candidate) if chance < candidate.chance && begins < GOES_ON && !ruled => {}
                _ => found.push(Candidate { tokens: at..at + 1, head: at, chance }),
            }
        }
        found
    }

    /// The tokens that the second model looks at for a candidate: its sentence, and the quotations that touch it.
    pub fn window(&self, candidate: &Candidate) -> Range<usize> {
        let scene = &self.scene;
        let number = scene.sentences.partition_point(|s| s.end <= candidate.head);
        let Some(sentence) = scene.sentences.get(number) else { return candidate.tokens.clone() };
        let mut start = sentence.start.min(candidate.tokens.start);
        // “It held. It will hold,” she said. — and a sentence before that is all quotation.
        for at in [Some(start), start.checked_sub(1)].into_iter().flatten() {
            start = scene.quote_at(at).map_or(start, |q| q.tokens.start.min(start));
        }
        let mut end = sentence.end.max(candidate.tokens.end);
        if let Some(next) =
            scene.sentences.get(number + 1).filter(|next| scene.quoted(next.start) || scene.quoted(end - 1))
        {
            end = end.max(next.end);
        }
        end = scene.quote_at(end - 1).map_or(end, |q| q.tokens.end.max(end));
        start = start.max(candidate.tokens.start.saturating_sub(REACH)).min(candidate.tokens.start);
        start..end.min(candidate.tokens.end + REACH).min(scene.tokens.len())
    }

    /// The window of each candidate, narrow ones once the paragraph has been looked at often enough.
    fn windows(&self, candidates: &[Candidate]) -> impl Iterator<Item = Range<usize>> {
        // Only text without sentences, made to be slow, ever spends it all.
        let mut budget = self.view.len() * VISITS + REACH * 2;
        candidates.iter().map(move |candidate| {
            let mut window = self.window(candidate);
            if window.len() > budget {
                let cue = &candidate.tokens;
                window = window.start.max(cue.start.saturating_sub(NARROW))..window.end.min(cue.end + NARROW);
            }
            budget = budget.saturating_sub(window.len());
            window
        })
    }

    /// The view of a candidate that gives the second model its features.
    pub fn anchor<'v>(&'v self, guess: &'v Guess, candidate: &Candidate) -> Anchor<'v> {
        let draft = self.ruled(&candidate.tokens);
        Anchor {
            view: &self.view,
            start: candidate.tokens.start,
            end: candidate.tokens.end,
            head: candidate.head,
            labels: &guess.around,
            ruled: draft.map(|d| with_neighbours(&labels_of(d, self.view.len()))).unwrap_or_default(),
            has_rule: draft.is_some(),
            cues_before: &guess.cues_before,
            cue: Cue::of(&self.view, &candidate.tokens, candidate.head),
        }
    }

    /// The features of the second model for a token: those of the token on its side of the cue, then those of the cue.
    pub fn second_features(&self, anchor: &Anchor, at: usize, into: &mut Vec<Feature>) {
        let side = anchor.side(at);
        into.extend(self.view.plain(at).map(|feature| feature ^ of_side(side)));
        into.extend(anchor.features(at));
    }

    /// The second model's scores for a candidate.
    fn second_scores<R: Rows>(
        &self,
        anchor: &Anchor,
        window: Range<usize>,
        rows: &R,
        plain: &mut PlainSums<'_, R::Sum>,
    ) -> Vec<Scores> {
        let score = |at| {
            let sum = plain.get(at, anchor.side(at), rows);
            rows.scores(rows.add_all(&anchor.features(at), 0, sum))
        };
        window.map(score).collect()
    }

    /// What the second model makes of each candidate.
    pub fn outcomes<R: Rows>(&self, guess: &Guess, rows: &R, steps: &Steps) -> Vec<Outcome> {
        let mut plain = PlainSums::new(&guess.plain);
        let mut found = Vec::with_capacity(guess.candidates.len());
        for (candidate, window) in guess.candidates.iter().zip(self.windows(&guess.candidates)) {
            let anchor = self.anchor(guess, candidate);
            let scores = self.second_scores(&anchor, window.clone(), rows, &mut plain);
            let likely = steps.likelihood(&scores);
            let nothing = steps.score_of_one(&scores, 0) - likely.log_sum;
            let labels = steps.best(&scores);
            let (source_sure, content_sure, weakest) = sureness(&likely, &labels);
            let best = steps.score(&scores, &labels) - likely.log_sum;
            let mut draft = read(&labels, window.start, candidate.tokens.clone());
            if draft.source.is_none() {
                draft.source = second_thought(&scores, steps, window.start, &draft);
            }
            let content: usize = draft.content.iter().map(|c| c.len()).sum();
            let ruled = self.ruled(&candidate.tokens);
            let same = ruled.is_some_and(|d| d.content == draft.content);
            let clip = |x: f32| x.clamp(-12.0, 0.0);
            let sign = |b: bool| if b { 1.0 } else { 0.0 };
            let signs = [
                1.0,
                candidate.chance,
                (candidate.chance.max(1e-3) / (1.001 - candidate.chance)).ln(),
                clip(best),
                clip(nothing),
                source_sure,
                content_sure,
                weakest,
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
            let marks = self.marks(&anchor, &draft, candidate.chance);
            let sources: Vec<f32> = (0..labels.len()).map(|at| likely.label(at)[1..3].iter().sum()).collect();
            let likelier = likelier_source(&sources, window.start, &labels, &draft);
            let (head, window) = (candidate.head, window.start);
            found.push(Outcome { draft, signs, marks, likelier, head, window, sources });
        }
        found
    }

    fn marks(&self, anchor: &Anchor, draft: &Draft, chance: f32) -> [Feature; MARKS] {
        let v = &self.view;
        let sure = (chance * 8.0) as u32;
        let none = 7;
        let cue = v.spot(anchor.head).word;
        let word = |at: Option<usize>| at.filter(|at| *at < v.len()).map_or(none, |at| v.spot(at).word);
        let class = |at: Option<usize>| at.and_then(|at| self.scene.classes.get(at)).map_or(none, |c| c.bits());
        let kind = |at: Option<usize>| at.map_or(none, |at| self.scene.kind(at) as u32);
        let before = anchor.start.checked_sub(1);
        let first = draft.content.first().map(|c| c.start);
        let last = draft.content.last().map(|c| c.end - 1);
        let side = first.map_or(2, |f| u32::from(f > anchor.head));
        let gap = first.map_or(99, |f| if f >= anchor.end { f - anchor.end } else { 50 }) as u32;
        let source_first = draft.source.as_ref().map(|s| s.start);
        let source_last = draft.source.as_ref().map(|s| s.end - 1);
        let source_gap = draft.source.as_ref().map_or(99, |s| anchor.start.saturating_sub(s.end).min(20)) as u32;
        let quote = first.is_some_and(|f| self.scene.quoted(f));
        let rule = u32::from(anchor.has_rule);
        let cue_class = class(Some(anchor.head));
        let m = features::mark;
        [
            m(1, cue, sure, 0),
            m(2, cue, word(first), 0),
            m(3, cue, word(before), 0),
            m(4, cue, word(Some(anchor.end)), 0),
            m(5, cue, side, u32::from(quote)),
            m(6, word(first), kind(first), sure),
            m(7, class(first), cue_class, side),
            m(8, word(source_last), class(source_first), 0),
            m(9, class(source_last), cue_class, source_gap.min(5)),
            m(10, source_gap, gap.min(10), sure),
            m(11, kind(last.map(|l| l + 1)), word(last.map(|l| l + 1)), u32::from(quote)),
            m(12, class(before), cue_class, class(Some(anchor.end))),
            m(13, v.spot(anchor.head).ending, class(before), side),
            m(14, v.spot(anchor.head).ending, word(first), 0),
            m(15, rule * 2 + u32::from(quote), sure, side),
            m(16, anchor.end as u32 - anchor.start as u32, sure, kind(Some(anchor.head))),
            m(17, word(Some(anchor.start)), word(Some(anchor.end - 1)), 0),
            m(18, draft.content.iter().map(|c| c.len() as u32).sum::<u32>().min(30) / 3, side, sure),
            m(19, word(before), word(Some(anchor.end)), cue_class),
            m(20, cue, u32::from(draft.source.is_some()), source_gap.min(3)),
        ]
    }

    /// What the models find, with the chance of each, where it is `least` or more.
    pub(super) fn find<R: Rows>(&self, weights: &Weights<R>, least: f32) -> Vec<(Draft, f32)> {
        let guess = self.guess(&weights.first, &weights.first_steps);
        let outcomes = self.outcomes(&guess, &weights.second, &weights.second_steps);
        let judged = |(at, outcome): (usize, &Outcome)| {
            let chance = chance(outcome, &weights.belief, &weights.trust);
            if outcome.draft.content.is_empty() || chance < least {
                return None;
            }
            let own = outcome.likelier.as_ref().or(outcome.source());
            let sure = own.is_some_and(|own| outcome.chance_of(own) >= CERTAIN);
            let source = match weights.choice.as_ref().filter(|_| !sure) {
                Some(choice) => self.chosen(choice, &guess, &outcomes, at),
                None => own.cloned(),
            };
            Some((Draft { source, ..outcome.draft.clone() }, chance))
        };
        outcomes.iter().enumerate().filter_map(judged).collect()
    }

    fn chosen(&self, choice: &Choice, guess: &Guess, outcomes: &[Outcome], at: usize) -> Option<Range<usize>> {
        let mut all = sources::possible(self, guess, outcomes, at);
        all.swap_remove(choice.best(&all)?).tokens
    }

    /// What the rules say of a cue.
    fn ruled(&self, cue: &Range<usize>) -> Option<&Draft> {
        self.drafts.iter().find(|d| d.cue.as_ref().is_some_and(|c| overlap(c, cue)))
    }
}

impl Outcome {
    /// The tokens of the content.
    pub fn content(&self) -> &[Range<usize>] {
        &self.draft.content
    }

    /// The tokens of the cue.
    pub fn cue(&self) -> Option<&Range<usize>> {
        self.draft.cue.as_ref()
    }

    /// How likely the likeliest of these tokens is to be of the source.
    fn chance_of(&self, tokens: &Range<usize>) -> f32 {
        let at = tokens.start.saturating_sub(self.window)..tokens.end.saturating_sub(self.window);
        self.sources.get(at).unwrap_or_default().iter().copied().fold(0.0, f32::max)
    }

    /// The tokens of the source.
    pub fn source(&self) -> Option<&Range<usize>> {
        self.draft.source.as_ref()
    }
}

/// How likely an outcome is.
pub fn chance(outcome: &Outcome, belief: &[f32; SIGNS], trust: &[f32]) -> f32 {
    let signs: f32 = outcome.signs.iter().zip(belief).map(|(a, b)| a * b).sum();
    let mask = trust.len().wrapping_sub(1);
    let marks: f32 = outcome.marks.iter().filter_map(|f| trust.get(*f as usize & mask)).sum();
    1.0 / (1.0 + (-signs - marks).exp())
}

/// How sure the labels of the source and of the content are on average, and the least sure of all that are not outside.
fn sureness(likely: &Likelihood, labels: &[u8]) -> (f32, f32, f32) {
    let (mut source, mut content, mut weakest) = ((0.0, 0.0), (0.0, 0.0), 1.0f32);
    for (at, &label) in labels.iter().enumerate().filter(|(_, l)| **l != 0) {
        let sure = likely.label(at)[usize::from(label)];
        let sum = if label < 3 { &mut source } else { &mut content };
        sum.0 += sure;
        sum.1 += 1.0;
        weakest = weakest.min(sure);
    }
    let mean = |s: (f32, f32)| if s.1 > 0.0 { s.0 / s.1 } else { 0.0 };
    (mean(source), mean(content), weakest)
}

/// A run of tokens outside the content, one of which is likelier to be of the source than any of the draft's source.
///
/// The best labels are best as a whole; a source that many good ways to label agree on may not be among them.
fn likelier_source(chances: &[f32], offset: usize, labels: &[u8], draft: &Draft) -> Option<Range<usize>> {
    const MUCH: f32 = 1.2;
    let known = draft.source.as_ref()?;
    let own = chances.get(known.start - offset..known.end - offset)?.iter().copied().fold(0.0, f32::max);
    let cue = draft.cue.clone().unwrap_or(0..0);
    let free = |at: usize| labels[at] < 3 && !cue.contains(&(at + offset));
    let top = (0..labels.len()).filter(|at| free(*at)).max_by(|a, b| chances[*a].total_cmp(&chances[*b]))?;
    if chances[top] <= own * MUCH || known.contains(&(top + offset)) {
        return None;
    }
    let belongs = |at: &usize| free(*at) && chances[*at] > chances[top] / 2.0;
    let start = (0..top).rev().take_while(belongs).last().unwrap_or(top);
    let end = (top..labels.len()).take_while(belongs).last().unwrap_or(top) + 1;
    Some(start + offset..end + offset)
}

/// A source that the chain is so sure of needs no choice.
const CERTAIN: f32 = 0.995;
/// The label that begins a cue in the first model.
const CUE: usize = 3;
/// Words less likely to be a cue are not looked at.
const LEAST_CHANCE: f32 = 0.25;
/// Words at least so likely to go on with a cue do.
const GOES_ON: f32 = 0.35;
/// Words at least so likely to be a cue count as one for their neighbours.
const LIKELY: f32 = 0.35;
/// How often the second model may look at a token on average.
const VISITS: usize = 6;
/// How far it looks once that is used up.
const NARROW: usize = 12;
/// How far from the cue the second model looks, in tokens.
const REACH: usize = 220;

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn labels_of(draft: &Draft, n: usize) -> Vec<u8> {
    let mut labels = vec![0; n];
    draft.content.iter().for_each(|c| label(&mut labels, c, 3));
    draft.source.iter().for_each(|s| label(&mut labels, s, 1));
    labels
}

/// Writes `begin` and what goes on with it over the tokens of `range`.
fn label(labels: &mut [u8], range: &Range<usize>, begin: u8) {
    for at in range.clone() {
        if let Some(label) = labels.get_mut(at) {
            *label = if at == range.start { begin } else { begin + 1 };
        }
    }
}

/// Each label with those before and after it: three bits each, the one before lowest; nought outside.
fn with_neighbours(labels: &[u8]) -> Vec<u32> {
    let mut around = Vec::with_capacity(labels.len());
    let mut before = 0;
    for (at, label) in labels.iter().enumerate() {
        let after = labels.get(at + 1).copied().unwrap_or(0);
        around.push(before | u32::from(*label) << 3 | u32::from(after) << 6);
        before = u32::from(*label);
    }
    around
}

fn read(labels: &[u8], offset: usize, cue: Range<usize>) -> Draft {
    let mut draft = Draft { source: None, cue: Some(cue), content: Vec::new() };
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

/// The source where the best labels had none: what would be one if sources were somewhat likelier.
fn second_thought(scores: &[Scores], steps: &Steps, offset: usize, draft: &Draft) -> Option<Range<usize>> {
    const LIKELIER: f32 = 2.0;
    let mut scores = scores.to_vec();
    scores.iter_mut().for_each(|s| s[1] += LIKELIER);
    let source = read(&steps.best(&scores), offset, 0..0).source;
    source.filter(|s| !draft.covers(s))
}

/// The features of a token that do not depend on a cue.
type Plain = [Feature; PLAIN_FEATURES];

/// The sums of the plain features, kept, since the windows of many cues overlap.
struct PlainSums<'g, S> {
    /// One for each side of the cue.
    kept: Vec<[Option<S>; 3]>,
    features: &'g [Plain],
}

impl<'g, S: Copy + Default> PlainSums<'g, S> {
    fn new(features: &'g [Plain]) -> Self {
        Self { kept: vec![[None; 3]; features.len()], features }
    }

    fn get<R: Rows<Sum = S>>(&mut self, at: usize, side: u32, rows: &R) -> S {
        *self.kept[at][side as usize]
            .get_or_insert_with(|| rows.add_all(&self.features[at], of_side(side), S::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Span, blocks, quotes, sentences, token};
    use super::*;

    fn with_paragraphs(text: &str, look: impl FnMut(Paragraph)) {
        let tokens = token::tokens(text, Span::within(text, 0..text.len()));
        let blocks = blocks::blocks(text);
        let sentences = sentences::split(text, &blocks);
        let quotes = quotes::quotes(text, &blocks);
        let layout = Layout { tokens: &tokens, blocks: &blocks, sentences: &sentences, quotes: &quotes };
        paragraphs(text, &layout).for_each(look);
    }

    #[test]
    fn a_line_without_end_is_taken_in_pieces_that_leave_nothing_out() {
        let (mut seen, mut longest) = (0, 0);
        with_paragraphs(&"he said that it held ".repeat(1000), |paragraph| {
            seen += paragraph.tokens().len();
            longest = longest.max(paragraph.tokens().len());
        });
        assert_eq!((seen, longest), (5000, scene::LONGEST));
    }

    #[test]
    fn however_many_cues_there_are_each_word_is_looked_at_a_bounded_number_of_times() {
        let weights = stored().unwrap();
        for line in ["he said ", "says claims that said ", "he said that it held, ", "“No,” she said, "] {
            with_paragraphs(&line.repeat(400), |paragraph| {
                let candidates = paragraph.guess(&weights.first, &weights.first_steps).candidates;
                let looked: usize = paragraph.windows(&candidates).map(|window| window.len()).sum();
                let cues: usize = candidates.iter().map(|c| c.tokens.len() + 2 * NARROW).sum();
                assert!(looked <= paragraph.tokens().len() * VISITS + REACH * 2 + cues, "{line}: {looked}");
            });
        }
    }
}
