//! Text to claims: pure, total, explainable. `extract` can't fail and reads nothing but its argument.
//!
//! Stages, each a small module with its rules in a table and its own fixtures:
//! furniture, sentences, quotations, attribution, resolution of sources, split into single claims, hedges,
//! remarks, worth. Knows no other part of the program.

pub mod attribution;
pub mod blocks;
mod chain;
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
pub use span::Span;

use std::borrow::Cow;

use attribution::Layout;
use attribution::model::{Rows, Weights};
use blocks::BlockKind;
use resolve::Cast;
use words::Words;

/// Version of the rules, kept with each article: raised whenever they find something else in the same text.
pub const RULES_VERSION: u32 = 4;

/// Finds everything in `text`.
pub fn extract(text: &str) -> Extraction {
    extract_with(text, Options::default())
}

/// Finds everything in `text`, with or without what was learnt.
pub fn extract_with(text: &str, options: Options) -> Extraction {
    extract_by(text, options.learnt.then(attribution::model::stored).flatten())
}

/// Finds everything in `text`, and why each attribution is as it is, in their order.
pub fn explain(text: &str, options: Options) -> (Extraction, Vec<Explanation>) {
    let weights = options.learnt.then(attribution::model::stored).flatten();
    let mut explanations = Vec::new();
    let found = in_pieces(text, |piece, english| {
        let found = extract_piece(piece, english, weights);
        let blocks = blocks::blocks(piece);
        let quotes = quotes::quotes(piece, &blocks);
        let words = Words::of(piece);
        let layout = Layout { tokens: &words.tokens, blocks: &blocks, sentences: &found.sentences, quotes: &quotes };
        explanations.extend(attribution::explain(piece, &layout, weights, &found.attributions));
        found
    });
    (found, explanations)
}

/// Finds everything in `text` by these weights, or by the rules alone.
pub fn extract_by<R: Rows>(text: &str, weights: Option<&Weights<R>>) -> Extraction {
    in_pieces(text, |piece, english| extract_piece(piece, english, weights))
}

/// What is found in the pieces of a text, which for every article is itself. `find` is told whether the rules for
/// English hold.
fn in_pieces(text: &str, mut find: impl FnMut(&str, bool) -> Extraction) -> Extraction {
    let lang = lang::recognise(text);
    let english = lang.map_or_else(|| is_latin(text), |l| l == "en");
    let mut pieces = pieces::pieces(text).peekable();
    let Some(first) = pieces.next() else { return Extraction { lang, ..Extraction::default() } };
    let found = find(&text[first], english);
    if pieces.peek().is_none() {
        return Extraction { lang, ..found };
    }
    let mut joined = pieces::Joined::default();
    joined.add(text, 0, found);
    for piece in pieces {
        joined.add(text, piece.start, find(&text[piece], english));
    }
    joined.finish(lang)
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
