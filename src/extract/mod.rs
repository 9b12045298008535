//! Text to claims: pure, total, explainable. `extract` can't fail and reads nothing but its argument.
//!
//! Stages, each a small module with its rules in a table and its own fixtures:
//! furniture, sentences, quotations, attribution, resolution of sources, split into single claims, hedges,
//! remarks, worth. Knows no other part of the program.

pub mod attribution;
pub mod blocks;
mod chain;
mod compact;
mod fnv;
pub mod furniture;
pub mod hedges;
mod keyset;
pub mod lang;
mod lexicon;
mod medium;
mod mend;
mod model;
mod pieces;
pub mod quotes;
mod relay;
mod remarks;
mod resolve;
pub mod sentences;
mod span;
mod split;
pub mod token;
mod words;
pub mod worth;

pub use attribution::model::Weighed;
pub use attribution::{Decided, Explanation, Options};
pub use model::{
    Attribution, Band, Claim, Extraction, Hedge, Hidden, Mode, Remark, RemarkKind, Source, SourceKind, Why,
};
pub use pieces::{Piece, Pieces};
pub use span::Span;

use std::borrow::Cow;

use attribution::Layout;
use attribution::model::{Rows, Weights};
use blocks::BlockKind;
use resolve::Cast;
use words::Words;

/// Version of the rules, kept with each article: raised whenever they find something else in the same text.
pub const RULES_VERSION: u32 = 5;

/// Finds everything in `text`.
pub fn extract(text: &str) -> Extraction {
    extract_with(text, Options::default())
}

/// Finds everything in `text`, with or without what was learnt.
pub fn extract_with(text: &str, options: Options) -> Extraction {
    pieces(text, options).joined()
}

/// Finds everything in `text`, to be looked at piece by piece: of a very long text, far less is held.
pub fn pieces(text: &str, options: Options) -> Pieces {
    let weights = options.learnt.then(attribution::model::stored).flatten();
    in_pieces(text, |piece, english| extract_piece(piece, english, weights))
}

/// The same in pieces of so many bytes, so that a test needs no very long text.
#[cfg(test)]
pub(crate) fn pieces_up_to(text: &str, longest: usize) -> Pieces {
    Pieces::find(text, longest, lang::recognise(text), extract)
}

/// Finds everything in `text`, and why each attribution is as it is, in their order.
pub fn explain(text: &str, options: Options) -> (Pieces, Vec<Explanation>) {
    let weights = options.learnt.then(attribution::model::stored).flatten();
    let mut explanations = Vec::new();
    let found = in_pieces(text, |piece, english| {
        let (found, mut why) = explain_piece(piece, english, weights);
        explanations.append(&mut why);
        found
    });
    (found, explanations)
}

/// The attributions of the piece in which a byte of `text` stands, and why each is as it is: of a very long text not
/// everything has to be found again to explain one of them.
pub fn explain_around(text: &str, byte: usize, options: Options) -> (Vec<Attribution>, Vec<Explanation>) {
    let weights = options.learnt.then(attribution::model::stored).flatten();
    let mut explanations = Vec::new();
    let found = Pieces::around(text, byte, pieces::LONGEST, |piece| {
        let (found, why) = explain_piece(piece, is_english(text, lang::recognise(text)), weights);
        explanations = why;
        found
    });
    (found.joined().attributions, explanations)
}

/// Finds everything in `text` by these weights, or by the rules alone.
pub fn extract_by<R: Rows>(text: &str, weights: Option<&Weights<R>>) -> Extraction {
    in_pieces(text, |piece, english| extract_piece(piece, english, weights)).joined()
}

/// What is found in the pieces of a text. `find` is told whether the rules for English hold.
fn in_pieces(text: &str, mut find: impl FnMut(&str, bool) -> Extraction) -> Pieces {
    let lang = lang::recognise(text);
    let english = is_english(text, lang);
    Pieces::find(text, pieces::LONGEST, lang, |piece| find(piece, english))
}

/// Whether the rules for English hold for a text in which this language was recognised.
fn is_english(text: &str, lang: Option<&str>) -> bool {
    lang.map_or_else(|| is_latin(text), |lang| lang == "en")
}

/// Finds everything in a piece of a text, and why each attribution is as it is.
fn explain_piece<R: Rows>(text: &str, english: bool, weights: Option<&Weights<R>>) -> (Extraction, Vec<Explanation>) {
    let found = extract_piece(text, english, weights);
    let blocks = blocks::blocks(text);
    let quotes = quotes::quotes(text, &blocks);
    let words = Words::of(text);
    let layout = Layout { tokens: &words.tokens, blocks: &blocks, sentences: &found.sentences, quotes: &quotes };
    let explanations = attribution::explain(text, &layout, weights, &found.attributions);
    (found, explanations)
}

/// Finds everything in a piece of a text; not its language.
fn extract_piece<R: Rows>(text: &str, english: bool, weights: Option<&Weights<R>>) -> Extraction {
    let blocks = blocks::blocks(text);
    let sentences = sentences::split(text, &blocks);
    let quotes = quotes::quotes(text, &blocks);
    let words = Words::of(text);
    let layout = Layout { tokens: &words.tokens, blocks: &blocks, sentences: &sentences, quotes: &quotes };
    let mut attributions = attribution::find_with(text, &layout, weights);
    mend::sources(&words, &mut attributions);
    relay::add(&words, &mut attributions);
    chain::link(&words, &mut attributions);
    medium::name(&words, &sentences, &mut attributions);
    let cast = Cast::of(&words, &resolve::cues_after_sources(&words, &attributions));
    let whos = resolve::resolve(&words, &cast, &sentences, &mut attributions, english);
    let found = split::Found {
        words: &words,
        blocks: &blocks,
        sentences: &sentences,
        quotes: &quotes,
        attributions: &attributions,
        english,
    };
    let mut parts = split::split(found);
    remarks::tie(&words, &cast, &attributions, &whos, &mut parts);
    let mut claims = parts.claims;
    let mut scorer = worth::Scorer::default();
    for claim in &mut claims {
        finish(text, &sentences, claim, &mut scorer);
    }
    let furniture = blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Furniture | BlockKind::Repeated))
        .map(|b| b.span)
        .collect();
    Extraction { sentences, attributions, claims, furniture, hidden: parts.hidden, lang: None }
}

/// Whether most letters at the beginning are those of English: a text too short to recognise may be English then.
fn is_latin(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(400);
    let (all, ascii) = letters.fold((0, 0), |(all, ascii), c| (all + 1, ascii + usize::from(c.is_ascii())));
    ascii * 10 >= all * 9
}

/// How many bytes of its sentence on either side count for the worth of a claim: one sentence may hold many claims.
const CONTEXT: usize = 1000;

/// Hedges and worth of a claim.
fn finish<'t>(text: &'t str, sentences: &[Span], claim: &mut Claim, scorer: &mut worth::Scorer<'t>) {
    claim.hedges = claim.spans.iter().flat_map(|span| hedges::hedges(text, *span)).collect();
    let Some(first) = claim.spans.first() else { return };
    let place = sentences.partition_point(|s| s.end() <= first.start());
    let around = first.start().saturating_sub(CONTEXT)..first.end().saturating_add(CONTEXT);
    let sentence = sentences
        .get(place)
        .map_or("", |s| Span::within(text, s.start().max(around.start)..s.end().min(around.end)).of(text));
    let words = match claim.spans.as_slice() {
        [only] => Cow::Borrowed(only.of(text)),
        several => Cow::Owned(several.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ")),
    };
    (claim.worth, claim.worth_reasons) = scorer.score(&words, worth::Context { sentence });
}
