//! What the learnt model looks at, as row numbers of its weight tables.
//!
//! Every feature is a hash of small numbers, worked out once for each token where it can be; no string is touched.

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

/// A feature before it is cut down to the size of a table.
pub type Feature = u32;

/// What is known of each token of a paragraph, whatever the cue.
pub struct View {
    pub(super) words: Vec<u32>,
    classes: Vec<u32>,
    sorts: Vec<u32>,
    stems: Vec<u32>,
    pub(super) endings: Vec<u32>,
    kinds: Vec<u32>,
    /// Outside, inside, first or last token of a quotation.
    quote: Vec<u32>,
    pub(super) sentence: Vec<u32>,
    from_start: Vec<u32>,
    to_end: Vec<u32>,
    left_cue: Vec<u32>,
    right_cue: Vec<u32>,
    left_opener: Vec<u32>,
    left_mark: Vec<u32>,
    right_mark: Vec<u32>,
    commas: Vec<u32>,
    verbs: Vec<u32>,
    thats: Vec<u32>,
    marks: Vec<u32>,
    rule: Vec<u32>,
    first_paragraph: bool,
}

const NONE: u32 = u32::MAX;

impl View {
    /// Looks at a paragraph and at what the rules found in it.
    pub(super) fn new(scene: &Scene, drafts: &[Draft]) -> Self {
        let n = scene.tokens.len();
        let mut view = Self {
            words: scene.tokens.iter().map(|t| t.key).collect(),
            classes: scene.classes.iter().map(|c| c.bits()).collect(),
            sorts: scene.classes.iter().map(|c| c.sort()).collect(),
            stems: scene.tokens.iter().map(|t| stem(scene.text, t)).collect(),
            endings: scene.tokens.iter().map(|t| t.ending).collect(),
            kinds: scene.tokens.iter().map(|t| t.kind as u32 * 4 + shape(t.shape)).collect(),
            quote: (0..n).map(|at| quote_state(scene, at)).collect(),
            sentence: vec![0; n],
            from_start: vec![0; n],
            to_end: vec![0; n],
            left_cue: vec![NONE; n],
            right_cue: vec![NONE; n],
            left_opener: vec![NONE; n],
            left_mark: vec![NONE; n],
            right_mark: vec![NONE; n],
            commas: vec![0; n + 1],
            verbs: vec![0; n + 1],
            thats: vec![0; n + 1],
            marks: vec![0; n + 1],
            rule: rule_labels(n, drafts),
            first_paragraph: scene.tokens.first().is_some_and(|t| t.span.start() < 3),
        };
        view.place_in_sentences(scene);
        view.count_between(scene);
        view.find_neighbours(scene);
        view
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    fn place_in_sentences(&mut self, scene: &Scene) {
        for (number, sentence) in scene.sentences.iter().enumerate() {
            for at in sentence.clone() {
                self.sentence[at] = number as u32;
                self.from_start[at] = (at - sentence.start) as u32;
                self.to_end[at] = (sentence.end - 1 - at) as u32;
            }
        }
    }

    fn count_between(&mut self, scene: &Scene) {
        for at in 0..self.len() {
            let kind = scene.kind(at);
            self.commas[at + 1] = self.commas[at] + u32::from(kind == Kind::Comma);
            self.verbs[at + 1] = self.verbs[at] + u32::from(is_verb(scene, at));
            self.thats[at + 1] = self.thats[at] + u32::from(scene.word(at, key("that")));
            self.marks[at + 1] = self.marks[at] + u32::from(kind == Kind::Quote);
        }
    }

    fn find_neighbours(&mut self, scene: &Scene) {
        let cue = |at: usize| {
            scene.is(at, Class::SPEECH.and(Class::STANCE).and(Class::NOUN)) || scene.word(at, key("according"))
        };
        let opener = |at: usize| scene.is(at, Class::OPENER.and(Class::SUBORDINATE).and(Class::AND));
        let mark = |at: usize| !scene.tokens[at].is_word();
        let (mut last_cue, mut last_opener, mut last_mark) = (NONE, NONE, NONE);
        for at in 0..self.len() {
            (self.left_cue[at], self.left_opener[at], self.left_mark[at]) = (last_cue, last_opener, last_mark);
            last_cue = if cue(at) { at as u32 } else { last_cue };
            last_opener = if opener(at) { at as u32 } else { last_opener };
            last_mark = if mark(at) { at as u32 } else { last_mark };
        }
        let (mut next_cue, mut next_mark) = (NONE, NONE);
        for at in (0..self.len()).rev() {
            (self.right_cue[at], self.right_mark[at]) = (next_cue, next_mark);
            next_cue = if cue(at) { at as u32 } else { next_cue };
            next_mark = if mark(at) { at as u32 } else { next_mark };
        }
    }

    fn get(&self, list: &[u32], at: isize) -> u32 {
        usize::try_from(at).ok().and_then(|at| list.get(at)).copied().unwrap_or(NONE - 1)
    }

    /// The features of a token that do not depend on a cue.
    pub(super) fn plain(&self, at: usize, into: &mut Vec<Feature>) {
        let i = at as isize;
        let w = |d: isize| self.get(&self.words, i + d);
        let c = |d: isize| self.get(&self.classes, i + d);
        let so = |d: isize| self.get(&self.sorts, i + d);
        let st = |d: isize| self.get(&self.stems, i + d);
        let e = |d: isize| self.get(&self.endings, i + d);
        let k = |d: isize| self.get(&self.kinds, i + d);
        let q = |d: isize| self.get(&self.quote, i + d);
        let r = |d: isize| self.get(&self.rule, i + d);
        let edge = self.from_start[at].min(2) * 4 + self.to_end[at].min(3);
        into.extend_from_slice(&[
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
        ]);
    }

    /// The features of the first model: plain ones and the nearest word that may be a cue.
    pub(super) fn first(&self, at: usize, into: &mut Vec<Feature>) {
        self.plain(at, into);
        let (left, ldist, lcontext) = self.toward(at, self.left_cue[at]);
        let (right, rdist, rcontext) = self.toward(at, self.right_cue[at]);
        let kind = self.kinds[at];
        let opener = self.word_of(self.left_opener[at]);
        let opener_dist = bucket(at as u32 - self.left_opener[at].min(at as u32));
        let lmark = self.kind_of(self.left_mark[at]);
        let rmark = self.kind_of(self.right_mark[at]);
        let rmark_dist = self.right_mark[at].min(at as u32 + 99) - at as u32;
        let lmark_dist = at as u32 - self.left_mark[at].min(at as u32);
        into.extend_from_slice(&[
            mix(40, left, ldist, 0),
            mix(41, left, lcontext, 0),
            mix(42, ldist, lcontext, kind),
            mix(43, right, rdist, 0),
            mix(44, right, rcontext, 0),
            mix(45, rdist, rcontext, kind),
            mix(46, lcontext, rcontext, self.quote[at]),
            mix(47, opener, opener_dist, self.quote[at]),
            mix(48, lmark, bucket(lmark_dist), self.quote[at]),
            mix(49, rmark, bucket(rmark_dist), self.quote[at]),
            mix(50, lmark, rmark, self.quote[at]),
            mix(51, self.words[at], self.quote[at], u32::from(self.first_paragraph)),
            mix(52, self.words[at], rmark, bucket(rmark_dist).min(3)),
            mix(53, self.classes[at], lmark, bucket(lmark_dist)),
        ]);
    }

    fn toward(&self, at: usize, cue: u32) -> (u32, u32, u32) {
        if cue == NONE {
            return (0, 0, 0);
        }
        let other = cue as usize;
        let (a, b) = (at.min(other), at.max(other));
        let near = self.sentence[at].abs_diff(self.sentence[other]).min(2);
        let context = (self.between(&self.commas, a, b).min(3) * 4 + self.between(&self.verbs, a, b).min(3)) * 18
            + self.between(&self.thats, a, b).min(2) * 6
            + self.between(&self.marks, a, b).min(1) * 3
            + near;
        (self.words[other], bucket((b - a) as u32), context + 1)
    }

    fn between(&self, counts: &[u32], a: usize, b: usize) -> u32 {
        counts[b] - counts[(a + 1).min(b)]
    }

    fn word_of(&self, at: u32) -> u32 {
        self.words.get(at as usize).copied().unwrap_or(0)
    }

    fn kind_of(&self, at: u32) -> u32 {
        self.kinds.get(at as usize).copied().unwrap_or(0)
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
}

impl Anchor<'_> {
    /// The side of the cue that a token is on: before it, in it, after it.
    pub(super) fn side(&self, at: usize) -> u32 {
        u32::from(at >= self.start) + u32::from(at >= self.end)
    }

    /// The features of a token that depend on this cue.
    pub(super) fn features(&self, at: usize, window: usize, into: &mut Vec<Feature>) {
        let v = self.view;
        let i = at as isize;
        let side = self.side(at);
        let cue_word = v.words[self.head];
        let cue_class = v.classes[self.head];
        let cue_sort = v.sorts[self.head];
        let last_of_cue = v.get(&v.words, self.end as isize - 1);
        // "was accused" is unlike "accused".
        let cue_form = v.endings[self.head] ^ v.get(&v.classes, self.head as isize - 1).rotate_left(8);
        let after_cue = v.get(&v.words, self.end as isize);
        let after_class = v.get(&v.classes, self.end as isize);
        let before_cue = v.get(&v.classes, self.start as isize - 1);
        let quote_before = v
            .get(&v.quote, self.start as isize - 1)
            .wrapping_mul(5)
            .wrapping_add(v.get(&v.quote, self.end as isize).min(4));
        let dist = match side {
            0 => self.start - at,
            1 => 0,
            _ => at + 1 - self.end,
        } as u32;
        let near = dist.min(4);
        let dist = bucket(dist);
        let (a, b) = if side == 0 { (at, self.start) } else { (self.end.saturating_sub(1), at) };
        let (a, b) = (a.min(b), b.max(a));
        let commas = v.between(&v.commas, a, b).min(3);
        let verbs = v.between(&v.verbs, a, b).min(3);
        let thats = v.between(&v.thats, a, b).min(1);
        let marks = v.between(&v.marks, a, b).min(2);
        let others = (self.cues_before[b] - self.cues_before[(a + 1).min(b)]).min(2);
        let sentence = v.sentence[at].abs_diff(v.sentence[self.head]).min(2);
        let path = (((commas * 4 + verbs) * 2 + thats) * 3 + marks) * 9 + others * 3 + sentence;
        let rule = |d: isize| match usize::try_from(i + d) {
            Ok(at) if at < v.len() => self.ruled.get(at).map_or(0, |l| u32::from(*l)),
            _ => 9,
        };
        let label =
            |d: isize| usize::try_from(i + d).ok().and_then(|x| self.labels.get(x)).map_or(9, |l| u32::from(*l));
        let has_rule = u32::from(self.has_rule);
        let word = v.words[at];
        let kind = v.kinds[at];
        let class = v.classes[at];
        let quote = v.quote[at];
        let last_class = v.get(&v.classes, i - 1);
        let last_kind = v.get(&v.kinds, i - 1);
        let next_kind = v.get(&v.kinds, i + 1);
        let next_class = v.get(&v.classes, i + 1);
        let first = u32::from(at == window);
        let s = side;
        into.extend_from_slice(&[
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
            mix(83, s, v.words[at], cue_class),
            mix(84, s, v.endings[at], path),
            mix(85, s, v.from_start[at].min(1) * 2 + u32::from(v.to_end[at] == 0), path),
            mix(86, s, (label(0) * 10 + label(1)) * 10 + rule(0), kind),
            mix(87, s, v.kind_of(v.left_mark[at]) * 64 + v.kind_of(v.right_mark[at]), path),
            mix(88, s, v.word_of(v.left_opener[at]), others * 4 + commas),
            mix(89, s, class, next_class),
            mix(90, s * 2 + first, has_rule, sentence),
            mix(91, s, cue_word, path),
            mix(92, s, cue_sort, dist),
            mix(93, s, cue_sort, path),
            mix(94, s, cue_sort, class),
            mix(95, s, last_of_cue, near * 64 + kind),
            mix(96, s, cue_form, path),
            mix(97, s * 8 + near, cue_sort, v.sorts[at]),
        ]);
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
        let mut put = |range: &std::ops::Range<usize>, begin: u32| {
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

fn bucket(distance: u32) -> u32 {
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
