//! Learns the attribution model from articles with known attributions. Deterministic: the same folder, the same weights.
//!
//! The first model is learnt, then used on articles that it has not seen (a jackknife) to propose cues; the second
//! model learns from the true ones among them, and belief and the choice of sources from what the second makes of
//! articles unseen by it.

mod chain;
pub(crate) mod gold;
mod sources;

use std::ops::Range;

use claimdeck::extract::attribution::Layout;
use claimdeck::extract::attribution::model::{
    self, Candidate, Choice, FIRST_LABELS, Guess, Outcome, Packed, Paragraph, SECOND_LABELS, SIGNS, Steps, Weights,
};
use claimdeck::extract::{Span, blocks, quotes, sentences, token};

use chain::{Example, Settings};
use gold::{Article, Gold};

/// How the weights are learnt: chosen on held-out folds.
const FIRST: Settings = Settings { labels: FIRST_LABELS, epochs: 6, rate: 0.03, decay: 1e-4, drop: 30 };
const SECOND: Settings = Settings { labels: SECOND_LABELS, epochs: 8, rate: 0.02, decay: 1e-4, drop: 30 };
const JACKKNIFE: u64 = 4;
const BELIEF_PARTS: u64 = 2;

/// An article ready to learn from.
pub(crate) struct Lesson<'a> {
    /// The article.
    pub(crate) article: &'a Article,
    /// Its paragraphs.
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
    known: Vec<Vec<Known>>,
}

/// A known attribution in tokens of one paragraph.
struct Known {
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
}

impl<'a> Lesson<'a> {
    /// Prepares an article.
    pub(crate) fn new(article: &'a Article) -> Self {
        let text = &article.text;
        let blocks = blocks::blocks(text);
        let sentences = sentences::split(text, &blocks);
        let quotes = quotes::quotes(text, &blocks);
        let tokens = token::tokens(text, Span::within(text, 0..text.len()));
        let layout = Layout { tokens: &tokens, blocks: &blocks, sentences: &sentences, quotes: &quotes };
        let paragraphs: Vec<_> = model::paragraphs(text, &layout).collect();
        let known =
            paragraphs.iter().map(|p| article.attributions.iter().filter_map(|g| Known::of(p, g)).collect()).collect();
        Self { article, paragraphs, known }
    }

    fn part(&self, parts: u64) -> u64 {
        self.article.number / 5 % parts
    }
}

impl Known {
    fn of(paragraph: &Paragraph, gold: &Gold) -> Option<Self> {
        let tokens = |range: &Range<usize>| {
            let all = paragraph.tokens();
            let start = all.partition_point(|t| t.span.start() < range.start);
            let end = all.partition_point(|t| t.span.start() < range.end);
            Some(start..end).filter(|r| !r.is_empty())
        };
        Some(Self {
            cue: gold.cue.as_ref().and_then(tokens)?,
            source: gold.source.as_ref().and_then(tokens),
            content: gold.content.iter().filter_map(tokens).collect(),
        })
    }

    fn shares_cue(&self, candidate: &Candidate) -> usize {
        self.cue.end.min(candidate.tokens.end).saturating_sub(self.cue.start.max(candidate.tokens.start))
    }
}

/// Learns from these lessons; `tell` hears how far it is.
pub(crate) fn train(lessons: &[&Lesson], tell: &mut dyn FnMut(&str)) -> Weights<Packed<'static>> {
    let (first, guesses) = learn_first(lessons);
    tell("first model learnt, cues proposed on unseen articles");
    let Second { chain: second, belief, trust, choice } = learn_second(lessons, &guesses);
    tell("second model, belief and choice of sources learnt");
    let (first_steps, second_steps) = (first.1, second.1);
    let first = Packed::new(&first.0.rows, FIRST_LABELS);
    let second = Packed::new(&second.0.rows, SECOND_LABELS);
    Weights { first, first_steps, second, second_steps, belief, trust, choice }
}

/// A chain model: its table and its successions.
type Chain = (chain::Table, Steps);

/// The first model, and what it proposes for each article when it has not seen it.
fn learn_first(lessons: &[&Lesson]) -> (Chain, Vec<Vec<Guess>>) {
    let examples: Vec<Vec<Example>> = lessons.iter().map(|l| first_examples(l)).collect();
    let part_of = |l: &Lesson| l.part(JACKKNIFE);
    let unseen = |part| chain::train(&pick(lessons, &examples, &|l| part_of(l) != part), &FIRST);
    let (learnt, all) = in_threads(JACKKNIFE, &unseen, &|| chain::train(&pick(lessons, &examples, &|_| true), &FIRST));
    let guess = |lesson: &&Lesson| {
        let (table, steps) = &learnt[part_of(lesson) as usize];
        lesson.paragraphs.iter().map(|p| p.guess(table, steps)).collect()
    };
    (all, lessons.iter().map(guess).collect())
}

/// The second model and what is learnt from what it finds in articles that it has not seen.
struct Second {
    chain: Chain,
    belief: [f32; SIGNS],
    trust: Vec<f32>,
    choice: Option<Choice>,
}

/// The second model, whether to believe it, and how to choose a source.
fn learn_second(lessons: &[&Lesson], guesses: &[Vec<Guess>]) -> Second {
    let examples: Vec<Vec<Example>> = lessons.iter().zip(guesses).map(|(l, g)| second_examples(l, g)).collect();
    let part_of = |l: &Lesson| l.part(JACKKNIFE * BELIEF_PARTS) / JACKKNIFE;
    let unseen = |part| chain::train(&pick(lessons, &examples, &|l| part_of(l) != part), &SECOND);
    let (learnt, all) =
        in_threads(BELIEF_PARTS, &unseen, &|| chain::train(&pick(lessons, &examples, &|_| true), &SECOND));
    let (mut outcomes, mut cases) = (Vec::new(), Vec::new());
    for (lesson, guesses) in lessons.iter().zip(guesses) {
        let (table, steps) = &learnt[part_of(lesson) as usize];
        for ((paragraph, known), guess) in lesson.paragraphs.iter().zip(&lesson.known).zip(guesses) {
            let found = paragraph.outcomes(guess, table, steps);
            cases.extend(sources::cases(paragraph, guess, &found, known));
            let found = found.into_iter().filter(|o| !o.content().is_empty());
            outcomes.extend(found.map(|o| (goodness(&o, known), o)));
        }
    }
    let (belief, trust) = believe(&outcomes);
    Second { chain: all, belief, trust, choice: sources::learn(&cases) }
}

/// What `part` gives for each part, and what `all` gives, each on a thread of its own.
fn in_threads<T: Send>(parts: u64, part: &(dyn Fn(u64) -> T + Sync), all: &(dyn Fn() -> T + Sync)) -> (Vec<T>, T) {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..parts).map(|at| scope.spawn(move || part(at))).collect();
        let all = all();
        let done = running.into_iter().map(|t| t.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (done.collect(), all)
    })
}

fn pick<'e>(lessons: &[&Lesson], examples: &'e [Vec<Example>], keep: &dyn Fn(&Lesson) -> bool) -> Vec<&'e Example> {
    lessons.iter().zip(examples).filter(|(l, _)| keep(l)).flat_map(|(_, e)| e).collect()
}

fn first_examples(lesson: &Lesson) -> Vec<Example> {
    let paragraphs = lesson.paragraphs.iter().zip(&lesson.known);
    let example = |(paragraph, known): (&Paragraph, &Vec<Known>)| {
        let mut labels = vec![0; paragraph.tokens().len()];
        known.iter().flat_map(|k| &k.content).for_each(|range| label(&mut labels, range, 0, 5));
        known.iter().filter_map(|k| k.source.as_ref()).for_each(|range| label(&mut labels, range, 0, 1));
        known.iter().for_each(|k| label(&mut labels, &k.cue, 0, 3));
        let mut example = Example::new(mended(labels));
        (0..paragraph.tokens().len()).for_each(|at| example.add(|into| paragraph.first_features(at, into)));
        example
    };
    paragraphs.map(example).collect()
}

fn second_examples(lesson: &Lesson, guesses: &[Guess]) -> Vec<Example> {
    let mut examples = Vec::new();
    for ((paragraph, known), guess) in lesson.paragraphs.iter().zip(&lesson.known).zip(guesses) {
        for candidate in &guess.candidates {
            let shared = known.iter().filter(|k| k.shares_cue(candidate) > 0);
            let Some(known) = shared.max_by_key(|k| (k.cue.contains(&candidate.head), k.shares_cue(candidate))) else {
                continue;
            };
            let window = paragraph.window(candidate);
            let mut labels = vec![0; window.len()];
            known.content.iter().for_each(|range| label(&mut labels, range, window.start, 3));
            known.source.iter().for_each(|range| label(&mut labels, range, window.start, 1));
            for at in candidate.tokens.clone() {
                if let Some(label) = at.checked_sub(window.start).and_then(|at| labels.get_mut(at)) {
                    *label = 0;
                }
            }
            let anchor = paragraph.anchor(guess, candidate);
            let mut example = Example::new(mended(labels));
            for at in window.clone() {
                example.add(|into| paragraph.second_features(&anchor, at, into));
            }
            examples.push(example);
        }
    }
    examples
}

/// Writes `begin` and what goes on with it over the tokens of `range`, of labels that begin at token `offset`.
fn label(labels: &mut [u8], range: &Range<usize>, offset: usize, begin: u8) {
    for at in range.clone() {
        if let Some(label) = at.checked_sub(offset).and_then(|at| labels.get_mut(at)) {
            *label = if at == range.start { begin } else { begin + 1 };
        }
    }
}

/// Labels in which nothing goes on that has not begun.
fn mended(mut labels: Vec<u8>) -> Vec<u8> {
    let mut before = 0;
    for label in &mut labels {
        let goes_on = *label != 0 && *label % 2 == 0;
        if goes_on && before != *label && before + 1 != *label {
            *label -= 1;
        }
        before = *label;
    }
    labels
}

/// What an outcome is worth: all where cue, content and source are right; little where only the content is.
fn goodness(outcome: &Outcome, known: &[Known]) -> f32 {
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let best = known
        .iter()
        .max_by(|a, b| likeness(&a.content, outcome.content()).total_cmp(&likeness(&b.content, outcome.content())));
    let Some(best) = best else { return 0.0 };
    let likeness = likeness(&best.content, outcome.content());
    let source = match (&best.source, outcome.source()) {
        (Some(a), Some(b)) => overlap(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let cue = outcome.cue().is_some_and(|c| overlap(c, &best.cue));
    match (likeness >= 0.5, likeness >= 0.999, cue) {
        (false, ..) => 0.0,
        (true, _, false) => 0.3,
        (true, exact, true) => 0.6 + if exact { 0.2 } else { 0.0 } + if source { 0.2 } else { 0.0 },
    }
}

fn likeness(a: &[Range<usize>], b: &[Range<usize>]) -> f32 {
    let length = |all: &[Range<usize>]| all.iter().map(Range::len).sum::<usize>();
    let shared = |x: &Range<usize>, y: &Range<usize>| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    let both: usize = a.iter().map(|x| b.iter().map(|y| shared(x, y)).sum::<usize>()).sum();
    both as f32 / (length(a) + length(b) - both).max(1) as f32
}

/// Logistic regression over the signs and marks of outcomes.
fn believe(outcomes: &[(f32, Outcome)]) -> ([f32; SIGNS], Vec<f32>) {
    const EPOCHS: usize = 12;
    let (mut belief, mut belief_seen) = ([0.0f32; SIGNS], [1.0f32; SIGNS]);
    let (mut trust, mut trust_seen) = (vec![0.0f32; 1 << 15], vec![0.1f32; 1 << 15]);
    let mut order: Vec<usize> = (0..outcomes.len()).collect();
    let mut random = chain::Random::new(99);
    for epoch in 0..EPOCHS {
        let rate = 0.1 * (1.0 - epoch as f32 / EPOCHS as f32).max(0.1);
        random.shuffle(&mut order);
        for &at in &order {
            let (goodness, outcome) = &outcomes[at];
            let wrong = model::chance(outcome, &belief, &trust) - goodness;
            for ((weight, seen), sign) in belief.iter_mut().zip(&mut belief_seen).zip(&outcome.signs) {
                let slope = wrong * sign;
                *seen += slope * slope;
                *weight -= rate * slope / seen.sqrt();
            }
            for mark in &outcome.marks {
                let at = *mark as usize & (trust.len() - 1);
                let slope = wrong + 0.002 * trust[at];
                trust_seen[at] += slope * slope;
                trust[at] -= rate * slope / trust_seen[at].sqrt();
            }
        }
    }
    (belief, trust)
}
