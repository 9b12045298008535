//! What the learnt model looks at, as row numbers of its weight tables.
//!
//! Every feature is a hash of small numbers, worked out once for each token where it can be; no string is touched.

use std::ops::Range;

use super::super::super::token::{Kind, Shape, Token, key};
use super::super::draft::Draft;
use super::super::lexicon::Class;
use super::super::scene::Scene;

/// Labels of the first model: outside, then begin and inside of source, cue and content.
pub const FIRST_LABELS: usize = 7;
/// Labels of the second model: outside, begin and inside of source and content, and one for no cue at all.
pub const SECOND_LABELS: usize = 5;

/// How many features of a token do not depend on a cue.
pub(super) const PLAIN_FEATURES: usize = 35;

/// How many more the first model looks at.
pub(super) const FIRST_FEATURES: usize = 14;

/// How many features of a token depend on a cue.
pub(super) const CUE_FEATURES: usize = 38;

/// A feature before it is cut down to the size of a table.
pub type Feature = u32;

/// What is known of each token of a paragraph, whatever the cue.
pub struct View {
    /// The tokens, with [`AROUND`] places that stand for what lies outside on either side.
    spots: Vec<Spot>,
    first_paragraph: bool,
}

/// What is known of one token.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) word: u32,
    class: u32,
    sort: u32,
    stem: u32,
    pub(super) ending: u32,
    kind: u32,
    /// Outside, inside, first or last token of a quotation.
    quote: u32,
    rule: u32,
    pub(super) sentence: u32,
    from_start: u32,
    to_end: u32,
    left_cue: u32,
    right_cue: u32,
    left_opener: u32,
    left_mark: u32,
    right_mark: u32,
    /// Of the tokens before this one.
    before: Counts,
}

impl Spot {
    const OUTSIDE: Spot = Spot {
        word: NONE - 1,
        class: NONE - 1,
        sort: NONE - 1,
        stem: NONE - 1,
        ending: NONE - 1,
        kind: NONE - 1,
        quote: NONE - 1,
        rule: NONE - 1,
        sentence: 0,
        from_start: 0,
        to_end: 0,
        left_cue: NONE,
        right_cue: NONE,
        left_opener: NONE,
        left_mark: NONE,
        right_mark: NONE,
        before: Counts(0),
    };
}

/// How many commas, verbs, "that"s and quotation marks there are: sixteen bits each, more than a scene has tokens.
#[derive(Clone, Copy)]
pub(super) struct Counts(u64);

impl Counts {
    fn of(comma: bool, verb: bool, that: bool, mark: bool) -> Self {
        Self(u64::from(comma) | u64::from(verb) << 16 | u64::from(that) << 32 | u64::from(mark) << 48)
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    fn less(self, earlier: Self) -> Self {
        Self(self.0.wrapping_sub(earlier.0))
    }

    pub(super) fn commas(self) -> u32 {
        u32::from(self.0 as u16)
    }

    pub(super) fn verbs(self) -> u32 {
        u32::from((self.0 >> 16) as u16)
    }

    pub(super) fn thats(self) -> u32 {
        u32::from((self.0 >> 32) as u16)
    }

    pub(super) fn marks(self) -> u32 {
        u32::from((self.0 >> 48) as u16)
    }
}

const NONE: u32 = u32::MAX;

/// How far to either side a feature looks for its neighbours.
const AROUND: usize = 2;

impl View {
    /// Looks at a paragraph and at what the rules found in it.
    pub(super) fn new(scene: &Scene, drafts: &[Draft]) -> Self {
        let rule = rule_labels(scene.tokens.len(), drafts);
        let mut spots = Vec::with_capacity(scene.tokens.len() + 2 * AROUND);
        spots.resize(AROUND, Spot::OUTSIDE);
        let mut before = Counts(0);
        for (at, ((token, class), rule)) in scene.tokens.iter().zip(&scene.classes).zip(rule).enumerate() {
            spots.push(Spot {
                word: token.key,
                class: class.bits(),
                sort: class.sort(),
                stem: stem(scene.text, token),
                ending: token.ending,
                kind: token.kind as u32 * 4 + shape(token.shape),
                quote: quote_state(scene, at),
                rule,
                before,
                ..Spot::OUTSIDE
            });
            let that = token.key == const { key("that") };
            before =
                before.plus(Counts::of(token.kind == Kind::Comma, is_verb(scene, at), that, token.kind == Kind::Quote));
        }
        spots.resize(spots.len() + AROUND, Spot { before, ..Spot::OUTSIDE });
        let first_paragraph = scene.tokens.first().is_some_and(|t| t.span.start() < 3);
        let mut view = Self { spots, first_paragraph };
        view.place_in_sentences(scene);
        view.find_neighbours(scene);
        view
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.spots.len() - 2 * AROUND
    }

    fn place_in_sentences(&mut self, scene: &Scene) {
        for (number, sentence) in scene.sentences.iter().enumerate() {
            let spots = self.spots.iter_mut().skip(AROUND + sentence.start).take(sentence.len());
            for (place, spot) in spots.enumerate() {
                spot.sentence = number as u32;
                spot.from_start = place as u32;
                spot.to_end = (sentence.len() - 1 - place) as u32;
            }
        }
    }

    fn find_neighbours(&mut self, scene: &Scene) {
        let known = Class::SPEECH.and(Class::STANCE).and(Class::NOUN);
        let opens = Class::OPENER.and(Class::SUBORDINATE).and(Class::AND);
        let cue = |at: usize| scene.is(at, known) || scene.word(at, const { key("according") });
        let mark = |at: usize| !scene.tokens[at].is_word();
        let n = self.len();
        let spots = self.spots.get_mut(AROUND..AROUND + n).unwrap_or_default();
        let (mut last_cue, mut last_opener, mut last_mark) = (NONE, NONE, NONE);
        for (at, spot) in spots.iter_mut().enumerate() {
            (spot.left_cue, spot.left_opener, spot.left_mark) = (last_cue, last_opener, last_mark);
            last_cue = if cue(at) { at as u32 } else { last_cue };
            last_opener = if scene.is(at, opens) { at as u32 } else { last_opener };
            last_mark = if mark(at) { at as u32 } else { last_mark };
        }
        let (mut next_cue, mut next_mark) = (NONE, NONE);
        for (at, spot) in spots.iter_mut().enumerate().rev() {
            (spot.right_cue, spot.right_mark) = (next_cue, next_mark);
            next_cue = if cue(at) { at as u32 } else { next_cue };
            next_mark = if mark(at) { at as u32 } else { next_mark };
        }
    }

    /// The token with its neighbours; what lies outside stands for itself.
    fn around(&self, at: usize) -> &[Spot; 2 * AROUND + 1] {
        const NOWHERE: &[Spot; 2 * AROUND + 1] = &[Spot::OUTSIDE; 2 * AROUND + 1];
        self.spots.get(at..).and_then(|rest| rest.first_chunk()).unwrap_or(NOWHERE)
    }

    /// What stands right before a token.
    fn before(&self, at: usize) -> &Spot {
        &self.around(at)[AROUND - 1]
    }

    /// A token, or what stands for one outside.
    pub(super) fn spot(&self, at: usize) -> &Spot {
        self.spots.get(at + AROUND).unwrap_or(&Spot::OUTSIDE)
    }

    /// The features of a token that do not depend on a cue.
    pub(super) fn plain(&self, at: usize) -> [Feature; PLAIN_FEATURES] {
        let near = self.around(at);
        let w = |d: isize| near[AROUND.wrapping_add_signed(d)].word;
        let c = |d: isize| near[AROUND.wrapping_add_signed(d)].class;
        let so = |d: isize| near[AROUND.wrapping_add_signed(d)].sort;
        let st = |d: isize| near[AROUND.wrapping_add_signed(d)].stem;
        let e = |d: isize| near[AROUND.wrapping_add_signed(d)].ending;
        let k = |d: isize| near[AROUND.wrapping_add_signed(d)].kind;
        let q = |d: isize| near[AROUND.wrapping_add_signed(d)].quote;
        let r = |d: isize| near[AROUND.wrapping_add_signed(d)].rule;
        let edge = near[AROUND].from_start.min(2) * 4 + near[AROUND].to_end.min(3);
        [
            mix(1, w(0), 0, 0),
            mix(2, w(-1), 0, 0),
            mix(3, w(1), 0, 0),
            mix(4, w(-2), 0, 0),
            mix(5, w(2), 0, 0),
            mix(6, w(-1), w(0), 0),
            mix(7, w(0), w(1), 0),
            mix(8, e(0), k(0), 0),
            mix(9, e(-1), k(-1), 0),
            mix(10, e(1), k(1), 0),
            mix(11, c(-1), c(0), c(1)),
            mix(12, c(0), c(1), k(0)),
            mix(13, c(-1), c(0), k(0)),
            mix(14, c(0), c(1), c(2)),
            mix(15, c(-2), c(-1), c(0)),
            mix(16, k(-1), k(0), k(1)),
            mix(17, q(0), q(-1), k(0)),
            mix(18, q(0), edge, k(0)),
            mix(19, r(-1), r(0), r(1)),
            mix(20, r(0), w(0), 0),
            mix(21, e(0), e(-1), k(0)),
            mix(22, w(-1), w(1), 0),
            mix(23, e(0), c(-1), c(1)),
            mix(24, w(1), w(2), 0),
            mix(25, w(-2), w(-1), 0),
            mix(26, q(0), k(-1), k(1)),
            mix(27, so(0), e(0), 0),
            mix(28, so(-1), so(0), so(1)),
            mix(29, so(0), c(-1), 0),
            mix(30, so(0), c(1), 0),
            mix(31, st(0), 0, 0),
            mix(32, st(0), c(1), 0),
            mix(33, st(-1), st(0), 0),
            mix(34, so(-1), w(0), 0),
            mix(35, so(1), w(0), 0),
        ]
    }

    /// What else the first model looks at: the nearest words that may be a cue, and the nearest marks.
    pub(super) fn first(&self, at: usize) -> [Feature; FIRST_FEATURES] {
        let here = self.spot(at);
        let (left, ldist, lcontext) = self.toward(at, here, here.left_cue);
        let (right, rdist, rcontext) = self.toward(at, here, here.right_cue);
        let kind = here.kind;
        let quote = here.quote;
        let opener = self.word_of(here.left_opener);
        let opener_dist = bucket(at as u32 - here.left_opener.min(at as u32));
        let lmark = self.kind_of(here.left_mark);
        let rmark = self.kind_of(here.right_mark);
        let rmark_dist = bucket(here.right_mark.min(at as u32 + 99) - at as u32);
        let lmark_dist = bucket(at as u32 - here.left_mark.min(at as u32));
        [
            mix(40, left, ldist, 0),
            mix(41, left, lcontext, 0),
            mix(42, ldist, lcontext, kind),
            mix(43, right, rdist, 0),
            mix(44, right, rcontext, 0),
            mix(45, rdist, rcontext, kind),
            mix(46, lcontext, rcontext, quote),
            mix(47, opener, opener_dist, quote),
            mix(48, lmark, lmark_dist, quote),
            mix(49, rmark, rmark_dist, quote),
            mix(50, lmark, rmark, quote),
            mix(51, here.word, quote, u32::from(self.first_paragraph)),
            mix(52, here.word, rmark, rmark_dist.min(3)),
            mix(53, here.class, lmark, lmark_dist),
        ]
    }

    fn toward(&self, at: usize, here: &Spot, cue: u32) -> (u32, u32, u32) {
        if cue == NONE {
            return (0, 0, 0);
        }
        let other = self.spot(cue as usize);
        let between = self.between(at.min(cue as usize), at.max(cue as usize));
        let near = here.sentence.abs_diff(other.sentence).min(2);
        let context = (between.commas().min(3) * 4 + between.verbs().min(3)) * 18
            + between.thats().min(2) * 6
            + between.marks().min(1) * 3
            + near;
        (other.word, bucket(at.abs_diff(cue as usize) as u32), context + 1)
    }

    /// What stands between two tokens, the first one first.
    pub(super) fn between(&self, a: usize, b: usize) -> Counts {
        self.spot(b).before.less(self.spot((a + 1).min(b)).before)
    }

    fn word_of(&self, at: u32) -> u32 {
        if at == NONE { 0 } else { self.spot(at as usize).word }
    }

    fn kind_of(&self, at: u32) -> u32 {
        if at == NONE { 0 } else { self.spot(at as usize).kind }
    }
}

/// A cue that may be one, and what the first model and the rules think around it.
pub struct Anchor<'v> {
    pub(super) view: &'v View,
    /// First token of the cue.
    pub(super) start: usize,
    /// The token after its last.
    pub(super) end: usize,
    /// The token that most looks like the cue.
    pub(super) head: usize,
    /// How sure the first model is, in tenths.
    pub(super) sure: u32,
    /// What the first model said of each token.
    pub(super) labels: &'v [u8],
    /// What the rules said of each token for this cue; empty where they saw none.
    pub(super) ruled: Vec<u8>,
    /// Whether the rules saw a cue here.
    pub(super) has_rule: bool,
    /// How many other cues begin before each token.
    pub(super) cues_before: &'v [u32],
    pub(super) cue: Cue,
}

/// What is known of a cue, for the features of the tokens around it.
#[derive(Clone, Copy)]
pub(super) struct Cue {
    word: u32,
    class: u32,
    sort: u32,
    /// Its ending and what stands before it: "was accused" is unlike "accused".
    form: u32,
    last_word: u32,
    after: u32,
    after_class: u32,
    before_class: u32,
    quote_before: u32,
    sentence: u32,
}

impl Cue {
    pub(super) fn of(view: &View, tokens: &Range<usize>, head: usize) -> Self {
        let (before, here, after) = (view.before(tokens.start), view.spot(head), view.spot(tokens.end));
        Self {
            word: here.word,
            class: here.class,
            sort: here.sort,
            form: here.ending ^ view.before(head).class.rotate_left(8),
            last_word: view.before(tokens.end).word,
            after: after.word,
            after_class: after.class,
            before_class: before.class,
            quote_before: before.quote.wrapping_mul(5).wrapping_add(after.quote.min(4)),
            sentence: here.sentence,
        }
    }
}

impl Anchor<'_> {
    /// The side of the cue that a token is on: before it, in it, after it.
    pub(super) fn side(&self, at: usize) -> u32 {
        u32::from(at >= self.start) + u32::from(at >= self.end)
    }

    /// The features of a token that depend on this cue.
    pub(super) fn features(&self, at: usize, window: usize) -> [Feature; CUE_FEATURES] {
        let v = self.view;
        let side = self.side(at);
        let [_, before, here, after, _] = v.around(at);
        let cue = self.cue;
        let Cue { word: cue_word, class: cue_class, after: after_cue, before_class: before_cue, .. } = cue;
        let (after_class, quote_before) = (cue.after_class, cue.quote_before);
        let dist = match side {
            0 => self.start - at,
            1 => 0,
            _ => at + 1 - self.end,
        } as u32;
        let near = dist.min(4);
        let dist = bucket(dist);
        let (a, b) = if side == 0 { (at, self.start) } else { (self.end.saturating_sub(1), at) };
        let (a, b) = (a.min(b), b.max(a));
        let between = v.between(a, b);
        let commas = between.commas().min(3);
        let verbs = between.verbs().min(3);
        let thats = between.thats().min(1);
        let marks = between.marks().min(2);
        let others = (self.cues_before[b] - self.cues_before[(a + 1).min(b)]).min(2);
        let sentence = here.sentence.abs_diff(cue.sentence).min(2);
        let path = (((commas * 4 + verbs) * 2 + thats) * 3 + marks) * 9 + others * 3 + sentence;
        let i = at as isize;
        let rule = |d: isize| match usize::try_from(i + d) {
            Ok(at) if at < v.len() => self.ruled.get(at).map_or(0, |l| u32::from(*l)),
            _ => 9,
        };
        let label =
            |d: isize| usize::try_from(i + d).ok().and_then(|x| self.labels.get(x)).map_or(9, |l| u32::from(*l));
        let has_rule = u32::from(self.has_rule);
        let Spot { word, kind, class, quote, .. } = *here;
        let (last_class, last_kind) = (before.class, before.kind);
        let (next_class, next_kind) = (after.class, after.kind);
        let first = u32::from(at == window);
        let s = side;
        [
            mix(60, s, dist, sentence),
            mix(61, s, cue_word, dist),
            mix(62, s, cue_word, class),
            mix(63, s * 8 + near, cue_word, kind),
            mix(64, s, path, 0),
            mix(65, s, path, kind),
            mix(66, s, path, class),
            mix(67, s, after_cue, near * 64 + kind),
            mix(68, s, after_class, path),
            mix(69, s * 8 + near, before_cue, class),
            mix(70, s * 8 + near, quote_before, quote * 64 + kind),
            mix(71, s, (rule(-1) * 10 + rule(0)) * 10 + rule(1), has_rule),
            mix(72, s, rule(0) * 8 + self.sure.min(7), has_rule),
            mix(73, s, (label(-1) * 10 + label(0)) * 10 + label(1), others),
            mix(74, s, label(0) * 10 + rule(0), path),
            mix(75, s, label(0), word),
            mix(76, s, quote, path),
            mix(77, s * 4 + self.sure.min(9) * 16, label(0), others),
            mix(78, s, last_kind.wrapping_mul(64).wrapping_add(kind), path),
            mix(79, s, last_class, class.rotate_left(7) ^ others),
            mix(80, s, (kind * 64).wrapping_add(next_kind), path),
            mix(81, s, cue_word, quote * 16 + marks * 4 + commas),
            mix(82, s, word, commas * 16 + verbs * 4 + marks),
            mix(83, s, word, cue_class),
            mix(84, s, here.ending, path),
            mix(85, s, here.from_start.min(1) * 2 + u32::from(here.to_end == 0), path),
            mix(86, s, (label(0) * 10 + label(1)) * 10 + rule(0), kind),
            mix(87, s, v.kind_of(here.left_mark) * 64 + v.kind_of(here.right_mark), path),
            mix(88, s, v.word_of(here.left_opener), others * 4 + commas),
            mix(89, s, class, next_class),
            mix(90, s * 2 + first, has_rule, sentence),
            mix(91, s, cue_word, path),
            mix(92, s, cue.sort, dist),
            mix(93, s, cue.sort, path),
            mix(94, s, cue.sort, class),
            mix(95, s, cue.last_word, near * 64 + kind),
            mix(96, s, cue.form, path),
            mix(97, s * 8 + near, cue.sort, here.sort),
        ]
    }
}

/// The hash of the first letters of a word: most of its forms share them.
fn stem(text: &str, token: &Token) -> u32 {
    let bytes = token.span.of(text).as_bytes();
    let head = bytes.get(..STEM).unwrap_or(bytes);
    head.iter().fold(7, |hash: u32, b| (hash ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

const STEM: usize = 5;

fn shape(shape: Shape) -> u32 {
    match shape {
        Shape::Lower => 0,
        Shape::Title => 1,
        Shape::Upper => 2,
        Shape::None => 3,
    }
}

fn quote_state(scene: &Scene, at: usize) -> u32 {
    match scene.quote_at(at) {
        None => 0,
        Some(q) if q.tokens.start == at => 2,
        Some(q) if q.tokens.end == at + 1 => 3,
        Some(_) => 1,
    }
}

fn is_verb(scene: &Scene, at: usize) -> bool {
    let finite = Class::AUXILIARY.and(Class::PAST).and(Class::S);
    scene.is(at, finite) || (scene.tokens[at].ends_in(b"ed") && scene.tokens[at].shape == Shape::Lower)
}

fn rule_labels(n: usize, drafts: &[Draft]) -> Vec<u32> {
    let mut labels = vec![0; n];
    for draft in drafts {
        let mut put = |range: &Range<usize>, begin: u32| {
            for at in range.clone().filter(|at| *at < n) {
                labels[at] = if at == range.start { begin } else { begin + 1 };
            }
        };
        draft.content.iter().for_each(|c| put(c, 5));
        draft.source.iter().for_each(|s| put(s, 1));
        draft.cue.iter().for_each(|c| put(c, 3));
    }
    labels
}

pub(super) fn bucket(distance: u32) -> u32 {
    match distance {
        0..=4 => distance,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

/// A feature of an outcome.
pub(super) fn mark(template: u32, a: u32, b: u32, c: u32) -> Feature {
    mix(template + 200, a, b, c)
}

fn mix(template: u32, a: u32, b: u32, c: u32) -> Feature {
    let one = (u64::from(a) << 32 | u64::from(b)).wrapping_add(u64::from(template)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let two = (one ^ (one >> 31) ^ u64::from(c)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (two >> 32) as u32 ^ template.wrapping_mul(0x85EB_CA6B)
}
