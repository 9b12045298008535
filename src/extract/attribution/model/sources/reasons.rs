//! What speaks for or against each phrase that may be a source, as hashed features with names.
//!
//! Looks at the phrase, at the cue, at what stands between them and around the phrase; knows no weight.

use std::ops::Range;

use super::super::super::super::token::{Kind, key};
use super::super::super::draft::Draft;
use super::super::super::lexicon::Class;
use super::super::super::scene::Scene;
use super::super::super::{phrase, subject};
use super::super::{Feature, Guess, Outcome, Paragraph, features, overlap};
use super::Possible;
use super::proposals::{OTHERS, is_relative, is_verb};

/// A feature of one who may be the source.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    /// The place of its name in [`NAMES`].
    pub name: u8,
    /// Where its weight is.
    pub feature: Feature,
}

/// What the reasons are called; several features share a name.
pub const NAMES: [&str; 12] = [
    "likely by its words",
    "how it was found",
    "far or near",
    "what stands between",
    "usual with this cue",
    "what it is called",
    "its place in the clause",
    "what follows it",
    "what the rules say",
    "source of another cue",
    "where the content stands",
    "whether anybody is named",
];

const LIKELY: u8 = 0;
const FOUND: u8 = 1;
const GAP: u8 = 2;
const BETWEEN: u8 = 3;
const CUE: u8 = 4;
const CALLED: u8 = 5;
const PLACE: u8 = 6;
const FOLLOWS: u8 = 7;
const RULED: u8 = 8;
const ELSEWHERE: u8 = 9;
const CONTENT: u8 = 10;
const NOBODY: u8 = 11;

/// Gives each of `all` its reasons; `top` is the highest chance among them.
pub(super) fn give(
    paragraph: &Paragraph,
    guess: &Guess,
    outcomes: &[Outcome],
    at: usize,
    all: &mut [Possible],
    top: f32,
) {
    let Some(cue) = outcomes[at].cue().filter(|c| !c.is_empty()) else { return };
    let around = Around::new(paragraph, guess, outcomes, at, cue);
    let count = all.len() - 1;
    for (rank, one) in all.iter_mut().enumerate() {
        one.reasons = match &one.tokens {
            Some(tokens) => {
                around.of(&Phrase::new(&around, tokens), &Likely { from: one.from, chance: one.chance, top, rank })
            }
            None => around.of_nobody(top, count),
        };
    }
}

fn reason(name: u8, number: u32, a: u32, b: u32, c: u32) -> Reason {
    Reason { name, feature: features::mark(100 + number, a, b, c) }
}

/// What is the same for all who may be the source of one outcome.
struct Around<'p> {
    paragraph: &'p Paragraph<'p>,
    scene: &'p Scene<'p>,
    guess: &'p Guess,
    outcomes: &'p [Outcome],
    at: usize,
    ruled: Option<&'p Draft>,
    cue: &'p Range<usize>,
    sentence: Range<usize>,
    /// The likeliest word of the cue, its sort, and its form: what it can be, and what stands by it.
    word: u32,
    sort: u32,
    form: u32,
    /// What stands right before the cue.
    joint: u32,
    /// Whether the content lies before, after, in quotation marks.
    content: u32,
}

/// How likely the chain finds one, and who proposed it.
struct Likely {
    from: u32,
    chance: f32,
    top: f32,
    /// Its place among all by chance, from one on.
    rank: usize,
}

impl<'p> Around<'p> {
    fn new(
        paragraph: &'p Paragraph<'p>,
        guess: &'p Guess,
        outcomes: &'p [Outcome],
        at: usize,
        cue: &'p Range<usize>,
    ) -> Self {
        let scene = &paragraph.scene;
        let head = outcomes[at].head;
        let sentence = subject::sentence_of(scene, cue.start).unwrap_or(cue.clone());
        let content = &outcomes[at].draft.content;
        let before = u32::from(content.first().is_some_and(|c| c.start < cue.start));
        let after = u32::from(content.last().is_some_and(|c| c.end > cue.end));
        let quoted = u32::from(content.first().is_some_and(|c| scene.quoted(c.start)));
        Self {
            ruled: paragraph.ruled(cue),
            word: word(scene, head),
            sort: scene.classes.get(head).map_or(0, |c| c.sort()),
            form: form(scene, cue, head, &sentence),
            joint: joint(scene, cue),
            content: before * 4 + after * 2 + quoted,
            paragraph,
            scene,
            guess,
            outcomes,
            at,
            cue,
            sentence,
        }
    }

    fn of_nobody(&self, top: f32, count: usize) -> Vec<Reason> {
        let top = step(top);
        let class = self.cue.start.checked_sub(1).map_or(7, |i| class(self.scene, i));
        let rule = self.ruled.map_or(0, |r| 1 + u32::from(r.source.is_some()));
        let quoted = u32::from(self.scene.quoted(self.outcomes[self.at].head));
        let r = |number, a, b, c| reason(NOBODY, number, a, b, c);
        vec![
            r(20, 0, 0, 0),
            r(21, top, rule, 0),
            r(22, self.word, 0, 0),
            r(23, self.sort, self.form, 0),
            r(24, self.form, top, 0),
            r(25, self.content, quoted, top),
            r(26, class, self.sort, 0),
            r(27, count.min(6) as u32, top, quoted),
            r(28, self.sort, top, 0),
            r(29, self.form, class, 0),
        ]
    }

    fn of(&self, one: &Phrase, likely: &Likely) -> Vec<Reason> {
        let Phrase { side, gap, path, next, clause, .. } = *one;
        let (sure, from) = (step(likely.chance), likely.from);
        let best = u32::from(likely.chance >= likely.top) * 2 + u32::from(likely.rank == 1);
        let much = step(if likely.top > 0.0 { likely.chance / likely.top } else { 0.0 });
        let (heard, inside) = self.elsewhere(one.tokens);
        let rule = self.rule_on(one.tokens);
        let same = path % 2;
        vec![
            reason(LIKELY, 0, sure, best, 0),
            reason(FOUND, 1, sure, from, 0),
            reason(LIKELY, 2, much, one.length, 0),
            reason(FOUND, 3, from, side, 0),
            reason(GAP, 4, side, gap, same),
            reason(BETWEEN, 5, side, path, 0),
            reason(BETWEEN, 6, side, path, self.form),
            reason(CUE, 7, self.word, side, gap.min(4)),
            reason(CUE, 8, self.sort, side * 512 + path, 0),
            reason(CALLED, 9, one.word, 0, 0),
            reason(CUE, 10, one.sort, self.sort, side),
            reason(CALLED, 11, one.class, one.shape, side),
            reason(PLACE, 12, one.before_word, side, 0),
            reason(PLACE, 13, one.before_class, one.class, side),
            reason(FOLLOWS, 14, one.after_kind, one.after_class, side),
            reason(FOLLOWS, 15, one.after_word, side, gap.min(2)),
            reason(RULED, 16, rule, sure, 0),
            reason(LIKELY, 17, one.label, sure, side),
            reason(ELSEWHERE, 18, heard, inside, side),
            reason(ELSEWHERE, 19, heard, inside, self.form),
            reason(PLACE, 30, one.opens, one.after_kind, side),
            reason(CONTENT, 31, self.content, side, gap.min(5)),
            reason(CONTENT, 32, self.content, side, path),
            reason(GAP, 33, self.form, side, one.opens * 16 + gap),
            reason(CALLED, 34, one.length, one.shape, one.sort),
            reason(CUE, 35, one.word, self.sort, side),
            reason(CALLED, 36, one.first_class, one.length, side),
            reason(LIKELY, 37, sure, much, self.form),
            reason(ELSEWHERE, 38, heard, sure, path),
            reason(BETWEEN, 39, one.sort, side, path),
            reason(CALLED, 40, one.last_class, side, 0),
            reason(FOLLOWS, 41, next, clause, side),
            reason(PLACE, 42, next, clause, self.joint * 2 + side),
            reason(CALLED, 43, one.verbs, side, 0),
            reason(CALLED, 44, one.verbs, one.first_class, 0),
            reason(FOLLOWS, 45, next, self.joint, self.form),
            reason(PLACE, 46, clause, self.joint, self.form),
            reason(PLACE, 47, clause, next, path),
            reason(FOUND, 48, from, self.joint, next),
            reason(CALLED, 49, one.sort, clause, next),
        ]
    }

    /// Whether the rule for this cue agrees.
    fn rule_on(&self, tokens: &Range<usize>) -> u32 {
        match self.ruled.map(|r| r.source.as_ref()) {
            None => 0,
            Some(None) => 1,
            Some(Some(ruled)) if ruled == tokens => 2,
            Some(Some(ruled)) if overlap(ruled, tokens) => 3,
            Some(Some(_)) => 4,
        }
    }

    /// Whether other cues have this source, and whether it stands in what another says.
    fn elsewhere(&self, tokens: &Range<usize>) -> (u32, u32) {
        let (mut heard, mut inside) = (0, 0);
        let near = self.at.saturating_sub(OTHERS * 2)..(self.at + OTHERS * 2 + 1).min(self.outcomes.len());
        for other in near.filter(|i| *i != self.at).map(|i| &self.outcomes[i].draft) {
            let (Some(cue), false) = (&other.cue, other.content.is_empty()) else { continue };
            let holds = other.content.iter().any(|c| c.start <= self.cue.start && self.cue.end <= c.end);
            if other.source.as_ref().is_some_and(|s| overlap(s, tokens)) {
                heard |= match () {
                    () if holds => 4,
                    () if cue.start < self.cue.start => 1,
                    () => 2,
                };
            }
            if other.covers(tokens) {
                inside |= if holds { 2 } else { 1 };
            }
        }
        (heard, inside)
    }
}

/// What is seen of a phrase.
struct Phrase<'t> {
    tokens: &'t Range<usize>,
    /// 0 before the cue, 1 after it.
    side: u32,
    gap: u32,
    /// Commas, verbs, "that", quotation marks and other cues between it and the cue; the last bit: the same sentence.
    path: u32,
    /// Its head.
    word: u32,
    class: u32,
    sort: u32,
    shape: u32,
    /// What the first model says of its head.
    label: u32,
    length: u32,
    first_class: u32,
    last_class: u32,
    before_word: u32,
    before_class: u32,
    after_kind: u32,
    after_word: u32,
    after_class: u32,
    /// It opens the sentence.
    opens: u32,
    /// What stands before it, as grammar sees it.
    clause: u32,
    /// Whether a verb follows, an aside passed over.
    next: u32,
    /// Verbs and relative pronouns in it.
    verbs: u32,
}

impl<'t> Phrase<'t> {
    fn new(around: &Around, tokens: &'t Range<usize>) -> Self {
        let (scene, cue) = (around.scene, around.cue);
        let side = u32::from(tokens.start >= cue.end);
        let (a, b) = if side == 0 { (tokens.end - 1, cue.start) } else { (cue.end - 1, tokens.start) };
        let head = head(scene, tokens);
        let before = tokens.start.checked_sub(1).filter(|i| *i >= around.sentence.start);
        let own = Class::PAST.and(Class::S).and(Class::BASE).bits();
        let verbs = u32::from(tokens.clone().any(|i| is_verb(scene, i)));
        let opens_relative = u32::from(tokens.len() > 1 && is_relative(scene, tokens.start));
        let ends_relative = u32::from(is_relative(scene, tokens.end - 1));
        Self {
            tokens,
            side,
            gap: features::bucket(b.saturating_sub(a + 1) as u32),
            path: path(around, tokens, a, b.max(a)),
            word: word(scene, head),
            class: class(scene, head) & !own,
            sort: scene.classes.get(head).map_or(0, |c| c.sort()),
            shape: scene.tokens.get(head).map_or(0, |t| t.shape as u32),
            label: u32::from(around.guess.labels.get(head).copied().unwrap_or(0)),
            length: tokens.len().min(6) as u32,
            first_class: class(scene, tokens.start),
            last_class: class(scene, tokens.end - 1),
            before_word: before.map_or(5, |i| word(scene, i)),
            before_class: before.map_or(5, |i| class(scene, i)),
            after_kind: scene.kind(tokens.end) as u32,
            after_word: word(scene, tokens.end),
            after_class: class(scene, tokens.end),
            opens: u32::from(tokens.start == around.sentence.start),
            clause: clause(scene, before),
            next: next(scene, tokens, cue),
            verbs: verbs + opens_relative * 2 + ends_relative * 4,
        }
    }
}

fn word(scene: &Scene, at: usize) -> u32 {
    scene.tokens.get(at).map_or(7, |t| t.key)
}

fn class(scene: &Scene, at: usize) -> u32 {
    scene.classes.get(at).map_or(7, |c| c.bits())
}

/// What the cue can be, and whether it is "-ing", "to …", "… by", or has an auxiliary.
fn form(scene: &Scene, cue: &Range<usize>, head: usize, sentence: &Range<usize>) -> u32 {
    let group = phrase::verb_group_start(scene, cue.start, sentence.start);
    let ing = scene.tokens.get(head).is_some_and(|t| t.ends_in(b"ing"));
    let to = scene.word(cue.start, key("to")) || group > 0 && scene.word(group - 1, key("to"));
    let by = scene.word(cue.end - 1, key("by")) || scene.word(cue.end, key("by"));
    let auxiliary = (group..cue.end).any(|i| scene.is(i, Class::AUXILIARY));
    let signs = [ing, to, by, auxiliary].iter().enumerate().map(|(i, is)| u32::from(*is) << (27 + i)).sum::<u32>();
    class(scene, head) ^ signs
}

fn joint(scene: &Scene, cue: &Range<usize>) -> u32 {
    match cue.start.checked_sub(1) {
        Some(i) if scene.kind(i) == Kind::Comma => 1,
        Some(i) if scene.is(i, Class::AND) => 2,
        Some(i) if is_relative(scene, i) => 3,
        Some(i) if scene.kind(i) == Kind::Quote => 4,
        Some(i) if scene.is(i, Class::AUXILIARY) => 5,
        _ => 0,
    }
}

fn clause(scene: &Scene, before: Option<usize>) -> u32 {
    match before {
        None => 0,
        Some(i) if matches!(scene.kind(i), Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Colon) => 1,
        Some(i) if scene.is(i, Class::AND) => 2,
        Some(i) if scene.is(i, Class::OPENER.and(Class::SUBORDINATE).and(Class::RELATIVE)) => 3,
        Some(i) if scene.is(i, Class::PREPOSITION) => 4,
        Some(i) if is_verb(scene, i) => 5,
        Some(i) if scene.kind(i) == Kind::Quote => 6,
        Some(_) => 7,
    }
}

/// How far an aside between a phrase and its verb may reach.
const ASIDE: usize = 30;

fn next(scene: &Scene, tokens: &Range<usize>, cue: &Range<usize>) -> u32 {
    let mut at = tokens.end;
    if matches!(scene.kind(at), Kind::Comma | Kind::Dash | Kind::Open) {
        let mut rest = at + 1..cue.start.min(at + ASIDE);
        let close = rest.find(|&i| matches!(scene.kind(i), Kind::Comma | Kind::Dash | Kind::Close));
        at = close.map_or(at, |i| i + 1);
    }
    match () {
        () if at >= scene.tokens.len() => 3,
        () if at == cue.start => 4,
        () => u32::from(is_verb(scene, at)) + 5 * u32::from(at != tokens.end),
    }
}

fn path(around: &Around, tokens: &Range<usize>, a: usize, b: usize) -> u32 {
    let between = around.paragraph.view.between(a, b);
    let cues = around.guess.cues_before[b] - around.guess.cues_before[(a + 1).min(b)];
    let same = around.sentence.start <= tokens.start && tokens.end <= around.sentence.end;
    let marks = (between.commas().min(2) * 3 + between.verbs().min(2)) * 2 + between.thats().min(1);
    (marks * 2 + between.marks().min(1)) * 6 + cues.min(2) * 2 + u32::from(same)
}

/// The word of a phrase that says what it is: the last before what is hung on it.
fn head(scene: &Scene, tokens: &Range<usize>) -> usize {
    let hangs = Class::PREPOSITION.and(Class::RELATIVE).and(Class::AND);
    let ends = |&i: &usize| !matches!(scene.kind(i), Kind::Word | Kind::Number) || scene.is(i, hangs);
    (tokens.start + 1..tokens.end).find(ends).unwrap_or(tokens.end) - 1
}

/// A chance as one of a dozen steps, finer near nothing and near certainty.
fn step(chance: f32) -> u32 {
    const STEPS: [f32; 11] = [0.01, 0.03, 0.07, 0.15, 0.25, 0.4, 0.6, 0.75, 0.88, 0.95, 0.99];
    STEPS.partition_point(|s| *s <= chance) as u32
}
