//! What the learnt model looks at, as row numbers of its weight tables.
//!
//! A feature is a hash of scattered numbers; no string is touched. What a look-up costs is the memory that it has to
//! reach, and a processor fetches eight rows at once. So features that ask for one thing at several places, such as a
//! word here and next to here, are made to differ in their last three bits alone: where one has been, the next are at hand.

use std::ops::Range;

use super::view::{NONE, Spot, View};

/// Labels of the first model: outside, then begin and inside of source, cue and content.
pub const FIRST_LABELS: usize = 7;
/// Labels of the second model: outside, begin and inside of source and content, and one for no cue at all.
pub const SECOND_LABELS: usize = 5;

/// How many features of a token do not depend on a cue.
pub(super) const PLAIN_FEATURES: usize = 29;

/// How many more the first model looks at.
pub(super) const FIRST_FEATURES: usize = 6;

/// How many features of a token depend on a cue.
pub(super) const CUE_FEATURES: usize = 27;

/// A feature before it is cut down to the size of a table.
pub type Feature = u32;

impl View {
    /// The features of a token that do not depend on a cue.
    pub(super) fn plain(&self, at: usize) -> [Feature; PLAIN_FEATURES] {
        let [before2, before, here, after, after2] = self.around(at);
        let edge = here.from_start.min(2) * 4 + here.to_end.min(3);
        let triple = |a: &Spot, b: &Spot| a.classes.rotate_left(5) ^ b.class;
        [
            here.word,
            before.word ^ 1,
            after.word ^ 2,
            before2.word ^ 3,
            after2.word ^ 4,
            here.word ^ 5 ^ small(here.rule),
            here.word ^ 6 ^ before.sort,
            here.word ^ 7 ^ after.sort.rotate_left(5),
            salt(1) ^ before.words,
            salt(1) ^ here.words ^ 1,
            salt(2) ^ here.look,
            salt(2) ^ before.look ^ 1,
            salt(2) ^ after.look ^ 2,
            salt(3) ^ triple(before, after),
            salt(3) ^ triple(here, after2) ^ 1,
            salt(3) ^ triple(before2, here) ^ 2,
            salt(4) ^ here.classes ^ small(here.kind),
            salt(5) ^ before.classes ^ small(here.kind),
            salt(6) ^ small(before.kind | here.kind << 6 | after.kind << 12),
            salt(7) ^ small(here.quote | before.quote << 3 | here.kind << 6),
            salt(8) ^ small(here.quote | edge << 3 | here.kind << 7),
            salt(9) ^ small(before.rule | here.rule << 3 | after.rule << 6),
            salt(10) ^ small(here.quote | before.kind << 3 | after.kind << 9),
            salt(11) ^ here.sort ^ here.ending,
            salt(12) ^ before.sort.rotate_left(7) ^ here.sort ^ after.sort.rotate_left(14),
            salt(13) ^ here.sort ^ before.class,
            salt(14) ^ here.sort ^ after.class,
            salt(15) ^ here.stem,
            salt(16) ^ here.ending ^ before.ending.rotate_left(7) ^ small(here.kind),
        ]
    }

    /// What else the first model looks at: the nearest words that may be a cue, and the nearest marks.
    pub(super) fn first(&self, at: usize) -> [Feature; FIRST_FEATURES] {
        let here = self.spot(at);
        let (left, left_far, left_context) = self.toward(at, here, here.left_cue);
        let (right, right_far, right_context) = self.toward(at, here, here.right_cue);
        let (left_mark, right_mark) = (self.kind_of(here.left_mark), self.kind_of(here.right_mark));
        let left_mark_far = bucket(at as u32 - here.left_mark.min(at as u32));
        let right_mark_far = bucket(here.right_mark.min(at as u32 + 99) - at as u32);
        [
            salt(40) ^ left ^ small(left_far),
            salt(41) ^ right ^ small(right_far),
            salt(42) ^ small(right_far | right_context << 4 | here.kind << 13),
            salt(43) ^ small(left_context | right_context << 9 | here.quote << 18),
            salt(44) ^ small(right_mark | right_mark_far << 6 | here.quote << 10),
            salt(45) ^ here.class ^ small(left_mark | left_mark_far << 6),
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
    /// What the first model said of each token and its neighbours, three bits each.
    pub(super) labels: &'v [u32],
    /// What the rules said of them for this cue; empty where they saw none.
    pub(super) ruled: Vec<u32>,
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
    before_class: u32,
    /// The quotations that the tokens around it are in: six bits.
    quotes: u32,
    sentence: u32,
}

impl Cue {
    pub(super) fn of(view: &View, tokens: &Range<usize>, head: usize) -> Self {
        let (before, here, after) = (view.before(tokens.start), view.spot(head), view.spot(tokens.end));
        Self {
            word: here.word.rotate_left(3),
            class: here.class.rotate_left(11),
            sort: here.sort.rotate_left(11),
            form: here.ending ^ view.before(head).class.rotate_left(8),
            last_word: view.before(tokens.end).word,
            after: after.word,
            before_class: before.class.rotate_left(11),
            quotes: before.quote | after.quote << 3,
            sentence: here.sentence,
        }
    }
}

/// Where a token stands, seen from a cue.
struct Place {
    /// How far away it is, up to four.
    near: u32,
    /// How far away it is: four bits.
    far: u32,
    /// How many sentences away it is, up to two.
    sentence: u32,
    /// Other cues between them, up to two.
    others: u32,
    /// Commas, verbs and quotation marks between them: a bit each.
    marks: u32,
    commas: u32,
    /// All that lies between them.
    path: u32,
}

impl Anchor<'_> {
    /// The side of the cue that a token is on: before it, in it, after it.
    pub(super) fn side(&self, at: usize) -> u32 {
        u32::from(at >= self.start) + u32::from(at >= self.end)
    }

    /// The features of a token that depend on this cue.
    pub(super) fn features(&self, at: usize) -> [Feature; CUE_FEATURES] {
        let view = self.view;
        let [_, before, here, ..] = view.around(at);
        let Spot { word, kind, class, quote, .. } = *here;
        let side = self.side(at);
        let Place { near, far, sentence, others, marks, commas, path } = self.place(at, side);
        let near = near | side << 3;
        let labels = self.labels.get(at).copied().unwrap_or(0);
        let rules = self.ruled.get(at).copied().unwrap_or(0);
        let (own_label, own_rule) = (labels >> 3 & 7, rules >> 3 & 7);
        let cue = &self.cue;
        let has_rule = u32::from(self.has_rule);
        let (word, sided_class) = (word ^ of_side(side), class ^ of_side(side));
        [
            salt(60) ^ small(side | sentence << 2 | far << 4),
            salt(61) ^ cue.word ^ small(side | far << 2),
            salt(62) ^ cue.word ^ sided_class,
            salt(63) ^ cue.word ^ small(near | kind << 5),
            salt(64) ^ path,
            salt(64) ^ path ^ (1 + quote.min(6)),
            salt(65) ^ path ^ class,
            salt(66) ^ cue.after ^ small(near | kind << 5),
            salt(67) ^ cue.before_class ^ class ^ small(near),
            salt(68) ^ small(near | cue.quotes << 5 | quote << 11 | kind << 14),
            salt(69) ^ small(side | rules << 2 | has_rule << 11),
            salt(70) ^ small(side | labels << 2 | others << 11),
            salt(71) ^ path ^ small(own_label | own_rule << 3),
            salt(72) ^ word ^ own_label,
            salt(73) ^ word ^ marks,
            salt(74) ^ word ^ cue.class,
            salt(75) ^ before.class.rotate_left(7) ^ class ^ small(side | others << 2),
            salt(76) ^ path ^ here.ending,
            salt(77) ^ view.word_of(here.left_opener) ^ small(side | others << 2 | commas << 4),
            salt(78) ^ here.classes ^ of_side(side),
            salt(79) ^ path ^ cue.word,
            salt(80) ^ cue.sort ^ small(side | far << 2),
            salt(81) ^ path ^ cue.sort,
            salt(82) ^ cue.sort ^ sided_class,
            salt(83) ^ cue.last_word ^ small(near | kind << 5),
            salt(84) ^ path ^ cue.form,
            salt(85) ^ cue.sort ^ here.sort ^ small(near),
        ]
    }

    fn place(&self, at: usize, side: u32) -> Place {
        let distance = match side {
            0 => self.start - at,
            1 => 0,
            _ => at + 1 - self.end,
        } as u32;
        let (a, b) = if side == 0 { (at, self.start) } else { (self.end.saturating_sub(1), at) };
        let (a, b) = (a.min(b), b.max(a));
        let between = self.view.between(a, b);
        let commas = between.commas().min(3);
        let verbs = between.verbs().min(3);
        let marks = between.marks().min(2);
        let others = (self.cues_before[b] - self.cues_before[(a + 1).min(b)]).min(2);
        let sentence = self.view.spot(at).sentence.abs_diff(self.cue.sentence).min(2);
        let path =
            side | commas << 2 | verbs << 4 | between.thats().min(1) << 6 | marks << 7 | others << 9 | sentence << 11;
        Place {
            near: distance.min(4),
            far: bucket(distance),
            sentence,
            others,
            marks: commas.min(1) | verbs.min(1) << 1 | marks.min(1) << 2,
            commas,
            path: small(path + 1).rotate_left(7),
        }
    }
}

/// What turns a number into the one for a side of the cue.
pub(super) const fn of_side(side: u32) -> u32 {
    side.wrapping_mul(0x9E37_79B1)
}

/// A small number made fit to be mixed with others; nought stays nought.
const fn small(number: u32) -> u32 {
    number.wrapping_mul(0x9E37_79B1).rotate_left(16)
}

/// Keeps apart what is made of the same numbers; its last three bits are nought.
const fn salt(template: u32) -> u32 {
    (template.wrapping_mul(0x85EB_CA6B) ^ template.wrapping_mul(0xC2B2_AE35).rotate_left(15)) & !7
}

pub(super) fn bucket(distance: u32) -> u32 {
    u32::from(BUCKETS[distance.min(50) as usize])
}

/// The bucket of each distance; those further away are like the last.
static BUCKETS: [u8; 51] = {
    let mut buckets = [10; 51];
    let mut distance = 0;
    while distance < 50 {
        buckets[distance] = match distance {
            0..=4 => distance as u8,
            5..=6 => 5,
            7..=9 => 6,
            10..=14 => 7,
            15..=24 => 8,
            _ => 9,
        };
        distance += 1;
    }
    buckets
};

/// A feature of an outcome.
pub(super) fn mark(template: u32, a: u32, b: u32, c: u32) -> Feature {
    mix(template + 200, a, b, c)
}

fn mix(template: u32, a: u32, b: u32, c: u32) -> Feature {
    let one = (u64::from(a) << 32 | u64::from(b)).wrapping_add(u64::from(template)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let two = (one ^ (one >> 31) ^ u64::from(c)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (two >> 32) as u32 ^ template.wrapping_mul(0x85EB_CA6B)
}
