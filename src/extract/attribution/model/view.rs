//! What is known of each token of a paragraph, whatever the cue, made ready for the features.
//!
//! What features are made of is scattered here once for each token. Knows no feature and no weight.

use super::super::super::token::{Kind, Shape, Token, key};
use super::super::draft::Draft;
use super::super::lexicon::Class;
use super::super::scene::Scene;
use super::label;

/// What is known of each token of a paragraph.
pub struct View {
    /// The tokens, with [`AROUND`] places that stand for what lies outside on either side.
    spots: Vec<Spot>,
}

/// What is known of one token. Words, classes, sorts, stems and endings are scattered numbers; the others are small.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) word: u32,
    pub(super) class: u32,
    pub(super) sort: u32,
    pub(super) stem: u32,
    pub(super) ending: u32,
    /// The sort of token and how it is written: six bits.
    pub(super) kind: u32,
    /// Outside, inside, first or last token of a quotation: three bits.
    pub(super) quote: u32,
    /// What the rules take it for: three bits.
    pub(super) rule: u32,
    /// Its word and the next.
    pub(super) words: u32,
    /// Its class and the next.
    pub(super) classes: u32,
    /// Its ending and kind.
    pub(super) look: u32,
    pub(super) sentence: u32,
    pub(super) from_start: u32,
    pub(super) to_end: u32,
    pub(super) left_cue: u32,
    pub(super) right_cue: u32,
    pub(super) left_opener: u32,
    pub(super) left_mark: u32,
    pub(super) right_mark: u32,
    /// Of the tokens before this one.
    before: Counts,
}

impl Spot {
    const OUTSIDE: Spot = Spot {
        word: scatter(NONE, 0),
        class: scatter(NONE, 1),
        sort: scatter(NONE, 2),
        stem: scatter(NONE, 3),
        ending: scatter(NONE, 4),
        kind: 63,
        quote: 7,
        rule: 7,
        words: scatter(NONE, 5),
        classes: scatter(NONE, 6),
        look: scatter(NONE, 7),
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

/// No token.
pub(super) const NONE: u32 = u32::MAX;

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
            let kind = token.kind as u32 * 4 + shape(token.shape);
            let ending = scatter(token.ending, 0);
            spots.push(Spot {
                word: token.key,
                class: scatter(class.bits(), 1),
                sort: scatter(class.sort(), 2),
                stem: stem(scene.text, token),
                ending,
                kind,
                quote: quote_state(scene, at),
                rule: rule.into(),
                look: ending.rotate_left(7) ^ scatter(kind, 3),
                before,
                ..Spot::OUTSIDE
            });
            let that = token.key == const { key("that") };
            before =
                before.plus(Counts::of(token.kind == Kind::Comma, is_verb(scene, at), that, token.kind == Kind::Quote));
        }
        spots.resize(spots.len() + AROUND, Spot { before, ..Spot::OUTSIDE });
        let mut view = Self { spots };
        view.join_neighbours();
        view.place_in_sentences(scene);
        view.find_neighbours(scene);
        view
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.spots.len() - 2 * AROUND
    }

    fn join_neighbours(&mut self) {
        let mut next = Spot::OUTSIDE;
        for spot in self.spots.iter_mut().rev() {
            spot.words = spot.word.rotate_left(9) ^ next.word;
            spot.classes = spot.class.rotate_left(9) ^ next.class;
            next = *spot;
        }
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
    pub(super) fn around(&self, at: usize) -> &[Spot; 2 * AROUND + 1] {
        const NOWHERE: &[Spot; 2 * AROUND + 1] = &[Spot::OUTSIDE; 2 * AROUND + 1];
        self.spots.get(at..).and_then(|rest| rest.first_chunk()).unwrap_or(NOWHERE)
    }

    /// What stands right before a token.
    pub(super) fn before(&self, at: usize) -> &Spot {
        &self.around(at)[AROUND - 1]
    }

    /// A token, or what stands for one outside.
    pub(super) fn spot(&self, at: usize) -> &Spot {
        self.spots.get(at + AROUND).unwrap_or(&Spot::OUTSIDE)
    }

    /// What stands between two tokens, the first one first.
    pub(super) fn between(&self, a: usize, b: usize) -> Counts {
        self.spot(b).before.less(self.spot((a + 1).min(b)).before)
    }

    /// The word at a place that may be none.
    pub(super) fn word_of(&self, at: u32) -> u32 {
        if at == NONE { 0 } else { self.spot(at as usize).word }
    }

    /// The kind of the token at a place that may be none.
    pub(super) fn kind_of(&self, at: u32) -> u32 {
        if at == NONE { 0 } else { self.spot(at as usize).kind }
    }
}

/// Makes a number of which any bits will do, another one for each field; nought stays nought.
const fn scatter(number: u32, field: u32) -> u32 {
    let once = number.wrapping_mul(0x9E37_79B1_u32.wrapping_add(field.wrapping_mul(0x3C6E_F372)));
    let twice = (once ^ (once >> 15)).wrapping_mul(0x2C1B_3C6D);
    twice ^ (twice >> 14)
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

fn rule_labels(n: usize, drafts: &[Draft]) -> Vec<u8> {
    let mut labels = vec![0; n];
    for draft in drafts {
        draft.content.iter().for_each(|c| label(&mut labels, c, 5));
        draft.source.iter().for_each(|s| label(&mut labels, s, 1));
        draft.cue.iter().for_each(|c| label(&mut labels, c, 3));
    }
    labels
}
