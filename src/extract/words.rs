//! A text's tokens with their word classes, and where in them a span lies.
//!
//! What resolution, splitting and remarks read the text through. Decides nothing.

use std::ops::Range;

use super::Span;
use super::lexicon::{self, Classes};
use super::token::{Kind, Token, tokens};

/// All tokens of a text, each with its classes.
pub(super) struct Words<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    classes: Vec<Classes>,
}

impl<'t> Words<'t> {
    /// Reads the whole text.
    pub(super) fn of(text: &'t str) -> Self {
        let tokens = tokens(text, Span::within(text, 0..text.len()));
        let classes = tokens.iter().map(|t| if t.is_word() { lexicon::classes(t.key) } else { 0 }).collect();
        Self { text, tokens, classes }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The places of the tokens that begin inside the span.
    pub(super) fn inside(&self, span: Span) -> Range<usize> {
        self.place(span.start())..self.place(span.end())
    }

    /// The place of the first token that begins at this byte or later.
    pub(super) fn place(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.span.start() < byte)
    }

    /// Whether the token at this place has one of these classes; false past the end.
    pub(super) fn is(&self, place: usize, classes: Classes) -> bool {
        self.classes.get(place).is_some_and(|c| c & classes != 0)
    }

    /// What kind of token stands at this place.
    pub(super) fn kind(&self, place: usize) -> Option<Kind> {
        self.tokens.get(place).map(|t| t.kind)
    }

    /// Whether the token at this place is of this kind.
    pub(super) fn is_kind(&self, place: usize, kind: Kind) -> bool {
        self.kind(place) == Some(kind)
    }

    /// Whether the word at this place begins with a capital.
    pub(super) fn is_capital(&self, place: usize) -> bool {
        self.tokens.get(place).is_some_and(Token::is_capital)
    }

    /// Whether the token at this place is a word or a number.
    pub(super) fn is_word(&self, place: usize) -> bool {
        matches!(self.kind(place), Some(Kind::Word | Kind::Number))
    }

    /// Whether the token at this place is this word, given by its key.
    pub(super) fn is_key(&self, place: usize, key: u32) -> bool {
        self.tokens.get(place).is_some_and(|t| t.key == key)
    }

    /// Whether the word at this place ends in these bytes, three at most.
    pub(super) fn ends_in(&self, place: usize, ending: &[u8]) -> bool {
        self.tokens.get(place).is_some_and(|t| t.ends_in(ending))
    }

    /// The characters of the token at this place.
    pub(super) fn word(&self, place: usize) -> &'t str {
        self.tokens.get(place).map_or("", |t| t.span.of(self.text))
    }

    /// The span of the tokens at these places; empty where there is none.
    pub(super) fn span(&self, places: Range<usize>) -> Span {
        let ends = (self.tokens.get(places.start), places.end.checked_sub(1).and_then(|last| self.tokens.get(last)));
        match ends {
            (Some(first), Some(last)) if places.start < places.end => first.span.cover(last.span),
            _ => Span::within(self.text, 0..0),
        }
    }

    /// Whether a break of line stands before the token at this place.
    pub(super) fn starts_line(&self, place: usize) -> bool {
        let Some(token) = self.tokens.get(place).filter(|t| t.spaced) else { return place == 0 };
        let before = place.checked_sub(1).and_then(|p| self.tokens.get(p)).map_or(0, |t| t.span.end());
        self.text.get(before..token.span.start()).is_some_and(|gap| gap.contains('\n'))
    }
}
