//! Proposes phrases that may be the source of an outcome: what the chains find likely, what the rules took, and where
//! grammar puts a subject, an agent or an owner.
//!
//! Knows no weight: too many are proposed rather than too few.

use std::ops::Range;

use super::super::super::super::token::{Kind, key};
use super::super::super::draft::Draft;
use super::super::super::lexicon::Class;
use super::super::super::scene::Scene;
use super::super::super::{phrase, subject};
use super::super::{Guess, Outcome, Paragraph, overlap};
use super::Possible;

/// Who proposed a phrase, as bits.
mod from {
    pub(super) const BEST: u32 = 1;
    pub(super) const LIKELIER: u32 = 1 << 1;
    pub(super) const LIKELY: u32 = 1 << 2;
    pub(super) const RULE: u32 = 1 << 3;
    pub(super) const FIRST: u32 = 1 << 4;
    pub(super) const OTHER: u32 = 1 << 5;
    pub(super) const SUBJECT: u32 = 1 << 6;
    pub(super) const BY: u32 = 1 << 7;
    pub(super) const OWNER: u32 = 1 << 8;
    pub(super) const BEFORE: u32 = 1 << 9;
    pub(super) const CLAUSE: u32 = 1 << 10;
    pub(super) const AFTER: u32 = 1 << 11;
}

/// How many spans that the chain finds likely are looked at.
const PEAKS: usize = 5;
/// The least chance of a token at which its span is looked at.
const FAINT: f32 = 0.01;
/// How many of the nearest other cues count, on either side.
pub(super) const OTHERS: usize = 3;
/// How many clauses before the cue are looked at for their subjects.
const CLAUSES: usize = 4;

/// All phrases that may be the source of the outcome `at` with this cue.
pub(super) fn all(
    paragraph: &Paragraph,
    guess: &Guess,
    outcomes: &[Outcome],
    at: usize,
    cue: &Range<usize>,
) -> Vec<Possible> {
    let outcome = &outcomes[at];
    let mut found = Proposals { draft: &outcome.draft, cue, all: Vec::new() };
    let window = outcome.window..outcome.window + outcome.sources.len();
    found.add_some(outcome.draft.source.clone(), from::BEST);
    found.add_some(outcome.likelier.clone(), from::LIKELIER);
    found.add_likely(outcome);
    found.add_some(paragraph.ruled(cue).and_then(|d| d.source.clone()), from::RULE);
    found.add_first(guess, &window);
    let near = at.saturating_sub(OTHERS)..(at + OTHERS + 1).min(outcomes.len());
    for source in near.filter(|i| *i != at).filter_map(|i| outcomes[i].source()) {
        let inside = source.start >= window.start && source.end <= window.end;
        found.add_some(inside.then(|| source.clone()), from::OTHER);
    }
    if let Some(sentence) = subject::sentence_of(&paragraph.scene, cue.start) {
        found.add_phrases(&paragraph.scene, &sentence);
        found.add_clauses(&paragraph.scene, &sentence);
    }
    found.all
}

/// The phrases proposed so far for one cue.
struct Proposals<'o> {
    draft: &'o Draft,
    cue: &'o Range<usize>,
    all: Vec<Possible>,
}

impl Proposals<'_> {
    fn add_some(&mut self, tokens: Option<Range<usize>>, from: u32) {
        let fits = |t: &Range<usize>| !t.is_empty() && !self.draft.covers(t) && !overlap(t, self.cue);
        let Some(tokens) = tokens.filter(fits) else { return };
        match self.all.iter_mut().find(|p| p.tokens.as_ref() == Some(&tokens)) {
            Some(known) => known.from |= from,
            None => self.all.push(Possible { tokens: Some(tokens), reasons: Vec::new(), from, chance: 0.0 }),
        }
    }

    /// Spans whose tokens are likely to be of the source, the likeliest first.
    fn add_likely(&mut self, outcome: &Outcome) {
        let (offset, chances) = (outcome.window, &outcome.sources);
        let mut used = vec![false; chances.len()];
        for _ in 0..PEAKS {
            let top = (0..chances.len()).filter(|i| !used[*i]).max_by(|a, b| chances[*a].total_cmp(&chances[*b]));
            let Some(top) = top.filter(|i| chances[*i] >= FAINT) else { return };
            let belongs = |i: &usize| !used[*i] && chances[*i] > chances[top] / 2.0;
            let start = (0..top).rev().take_while(belongs).last().unwrap_or(top);
            let end = (top..chances.len()).take_while(belongs).last().unwrap_or(top) + 1;
            used[start..end].fill(true);
            self.add_some(Some(start + offset..end + offset), from::LIKELY);
        }
    }

    /// What the first model takes for sources.
    fn add_first(&mut self, guess: &Guess, window: &Range<usize>) {
        let mut at = window.start;
        while at < window.end {
            let mut end = at + 1;
            if matches!(guess.labels.get(at), Some(1 | 2)) {
                while guess.labels.get(end) == Some(&2) {
                    end += 1;
                }
                self.add_some(Some(at..end), from::FIRST);
            }
            at = end;
        }
    }

    /// Phrases around the cue where a source may stand.
    fn add_phrases(&mut self, scene: &Scene, sentence: &Range<usize>) {
        let cue = self.cue;
        let group = phrase::verb_group_start(scene, cue.start, sentence.start);
        if let Some(at) = group.checked_sub(1).filter(|i| *i >= sentence.start && is_relative(scene, *i)) {
            self.add_some(Some(at..at + 1), from::SUBJECT);
            self.add_some(phrase::before(scene, sentence.start, at), from::BEFORE);
        }
        self.add_some(subject::subject(scene, sentence, cue, self.draft), from::SUBJECT);
        let infinitive = usize::from(group > sentence.start && scene.word(group - 1, key("to")));
        self.add_some(phrase::before(scene, sentence.start, group - infinitive), from::BEFORE);
        let by = cue.end - usize::from(is_by(scene, cue.end - 1)) + 1;
        if is_by(scene, by - 1) {
            self.add_some(phrase::after(scene, by, sentence.end), from::BY);
        }
        self.add_some(phrase::after(scene, cue.end, sentence.end), from::AFTER);
        // "the council’s claim", "his claim"
        let near = (sentence.start..cue.start).rev().take(4);
        let mark = near.clone().find(|&i| scene.tokens[i].ends_in_possessive());
        self.add_some(mark.and_then(|mark| phrase::before(scene, sentence.start, mark)), from::OWNER);
        let his = (sentence.start..cue.end).rev().take(cue.len() + 3).find(|&i| scene.is(i, Class::POSSESSIVE));
        self.add_some(his.map(|i| i..i + 1), from::OWNER);
    }

    /// The subjects of the sentence and of the clauses before the cue.
    fn add_clauses(&mut self, scene: &Scene, sentence: &Range<usize>) {
        let begins = Class::AND.and(Class::OPENER).and(Class::SUBORDINATE);
        let marks = [Kind::Comma, Kind::Semicolon, Kind::Dash, Kind::Colon, Kind::Quote];
        let opens =
            |at: &usize| *at == sentence.start || marks.contains(&scene.kind(at - 1)) || scene.is(at - 1, begins);
        let end = self.cue.start;
        let near = (sentence.start..end).rev().filter(opens).take(CLAUSES);
        for start in near.chain(subject::main_clause(scene, sentence, end)) {
            self.add_some(phrase::after(scene, start, end).and_then(|p| up_to_verb(scene, p)), from::CLAUSE);
        }
    }
}

/// "said by", "criticism from": who it is by follows.
fn is_by(scene: &Scene, at: usize) -> bool {
    scene.word(at, key("by")) || scene.word(at, key("from"))
}

/// "who", "which", "that".
pub(super) fn is_relative(scene: &Scene, at: usize) -> bool {
    scene.is(at, Class::RELATIVE) || scene.word(at, key("that"))
}

/// Whether it looks like a finite verb.
pub(super) fn is_verb(scene: &Scene, at: usize) -> bool {
    let finite = Class::AUXILIARY.and(Class::PAST).and(Class::S);
    !scene.capital(at) && (scene.is(at, finite) || scene.tokens.get(at).is_some_and(|t| t.ends_in(b"ed")))
}

fn up_to_verb(scene: &Scene, phrase: Range<usize>) -> Option<Range<usize>> {
    let end = phrase.clone().find(|at| is_verb(scene, *at)).unwrap_or(phrase.end);
    (end > phrase.start).then_some(phrase.start..end)
}
