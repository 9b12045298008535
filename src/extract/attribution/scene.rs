//! One paragraph as the attribution rules see it: tokens with their classes, sentences and quotations.
//!
//! Knows no rule. All places are token numbers of the paragraph, so that nothing below handles bytes.

use std::ops::Range;

use super::super::Span;
use super::super::blocks::BlockKind;
use super::super::quotes::Quote;
use super::super::token::{Kind, Token};
use super::Layout;
use super::lexicon::{Class, class};

/// Longer paragraphs are cut here, so that hostile text costs no more than plain text.
pub(super) const LONGEST: usize = 1200;

/// A paragraph, or a piece of a very long one.
pub(super) struct Scene<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) classes: Vec<Class>,
    /// The outermost quotation that each token lies in, marks included, as its place in `quotes` plus one.
    inside: Vec<u32>,
    /// Sentences as ranges of tokens.
    pub(super) sentences: Vec<Range<usize>>,
    /// The outermost quotations as ranges of tokens, marks included.
    pub(super) quotes: Vec<Quoted>,
}

/// A quotation of a scene.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    pub(super) tokens: Range<usize>,
    /// It goes on from the paragraph before.
    pub(super) continues: bool,
}

/// The scenes of a text, in order.
pub(super) fn scenes<'a>(text: &'a str, layout: &Layout) -> impl Iterator<Item = Scene<'a>> {
    let Layout { tokens, blocks, mut sentences, mut quotes } = *layout;
    let judged = blocks.iter().flat_map(move |block| {
        let mine = take(&mut sentences, block.span, |s| *s);
        let quoted = take(&mut quotes, block.span, |q| q.outer);
        let furniture = matches!(block.kind, BlockKind::Furniture | BlockKind::Repeated);
        (!furniture).then_some((block.span, mine, quoted))
    });
    judged.flat_map(move |(block, mut sentences, mut quotes)| {
        let place = |byte| tokens.partition_point(|t| t.span.start() < byte);
        let own = tokens.get(place(block.start())..place(block.end())).unwrap_or_default();
        own.chunks(LONGEST).filter_map(move |piece| {
            let span = piece.first()?.span.cover(piece.last()?.span);
            let sentences = take(&mut sentences, span, |s| *s);
            let quotes = take(&mut quotes, span, |q| q.outer);
            Some(Scene::new(text, piece.to_vec(), sentences, quotes))
        })
    })
}

/// Those at the head of `rest` that begin before the end of `span`; what has ended before it is passed over.
fn take<'s, T>(rest: &mut &'s [T], span: Span, place: impl Fn(&T) -> Span) -> &'s [T] {
    let all = *rest;
    let before = all.iter().take_while(|x| place(x).end() <= span.start()).count();
    let mine = all[before..].iter().take_while(|x| place(x).start() < span.end()).count();
    // One that reaches over the end is seen again by the next piece.
    let kept = all[before..before + mine].iter().rposition(|x| place(x).end() <= span.end()).map_or(0, |at| at + 1);
    *rest = &all[before + kept..];
    &all[before..before + mine]
}

impl<'a> Scene<'a> {
    fn new(text: &'a str, tokens: Vec<Token>, sentences: &[Span], quotes: &[Quote]) -> Self {
        let classes = tokens.iter().map(class).collect();
        let mut scene =
            Self { text, inside: vec![0; tokens.len()], tokens, classes, sentences: Vec::new(), quotes: Vec::new() };
        let mut from = 0;
        for sentence in sentences {
            let range = scene.range_of(*sentence, from);
            from = range.end;
            if !range.is_empty() {
                scene.sentences.push(range);
            }
        }
        let mut from = 0;
        for quote in quotes.iter().filter(|q| q.depth == 0) {
            let range = scene.range_of(quote.outer, from);
            if range.is_empty() {
                continue;
            }
            from = range.end;
            scene.quotes.push(Quoted { tokens: range.clone(), continues: quote.continues.is_some() });
            let number = scene.quotes.len() as u32;
            scene.inside[range].fill(number);
        }
        scene
    }

    /// The tokens that begin inside `span`, looked for from `from` on.
    fn range_of(&self, span: Span, from: usize) -> Range<usize> {
        let rest = self.tokens.get(from..).unwrap_or_default();
        let start = from + rest.partition_point(|t| t.span.start() < span.start());
        let end = from + rest.partition_point(|t| t.span.start() < span.end());
        start..end.max(start)
    }

    /// The bytes from the first to the last of these tokens; empty where there are none.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match self.tokens.get(range).and_then(|t| Some((t.first()?, t.last()?))) {
            Some((first, last)) => first.span.cover(last.span),
            None => Span::within(self.text, 0..0),
        }
    }

    /// The kind of token `at`; [`Kind::Stop`] outside.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Stop, |t| t.kind)
    }

    /// Whether token `at` has any class of `class`.
    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.classes.get(at).is_some_and(|c| c.has(class))
    }

    /// Whether token `at` is this word.
    pub(super) fn word(&self, at: usize, key: u32) -> bool {
        self.tokens.get(at).is_some_and(|t| t.key == key)
    }

    /// Whether token `at` begins with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capital)
    }

    /// The quotation that token `at` lies in.
    pub(super) fn quote_at(&self, at: usize) -> Option<&Quoted> {
        let number = *self.inside.get(at)?;
        self.quotes.get((number as usize).checked_sub(1)?)
    }

    /// Whether token `at` lies in a quotation.
    pub(super) fn quoted(&self, at: usize) -> bool {
        self.quote_at(at).is_some()
    }

    /// The end of `range` before the marks that close a sentence.
    pub(super) fn before_stop(&self, range: Range<usize>) -> usize {
        let mut end = range.end;
        while end > range.start
            && matches!(self.kind(end - 1), Kind::Stop | Kind::Comma | Kind::Semicolon)
            && !self.quoted(end - 1)
        {
            end -= 1;
        }
        end
    }
}
