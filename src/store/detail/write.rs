//! Writes details, which needs no store: phrases are put in by their numbers when these are known.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::codes::{band_code, kind_code, remark_code};
use super::{NO_WORDS, SLICE, Slices, WRITTEN};
use crate::domain::{Attribution, HiddenSpan, NewClaim, SourceRef};

/// The phrases of one article, each once.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct PhraseList {
    texts: Vec<String>,
    places: HashMap<String, u32>,
}

impl PhraseList {
    pub(in crate::store) fn texts(&self) -> &[String] {
        &self.texts
    }

    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// A detail but for the numbers of its phrases.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Draft {
    body: Vec<u8>,
    /// Places in the article's list, in the order in which they are read back.
    phrases: Vec<u32>,
}

impl Draft {
    /// Writes the detail as it is kept. `numbers`: of the phrases in the article's list.
    pub(in crate::store) fn write(&self, numbers: &[i64], out: &mut Vec<u8>) {
        push_uint(out, self.phrases.len() as u64);
        for place in &self.phrases {
            push_uint(out, numbers.get(*place as usize).map_or(0, |number| *number as u64));
        }
        out.extend_from_slice(&self.body);
    }
}

/// All of a claim that no column of its row holds.
pub(in crate::store) fn encode(claim: &NewClaim, slices: &Slices<'_>, phrases: &mut PhraseList) -> Draft {
    let mut to = Writer { out: Draft::default(), base: 0, slices, phrases };
    to.out.body.reserve(64);
    to.uint(claim.spans.len() as u64);
    for span in &claim.spans {
        to.span(*span);
        to.base = span[1];
    }
    to.base = claim.spans.first().map_or(0, |span| span[0]);
    let sliced = match claim.spans.as_slice() {
        [only] => slices.of(*only) == claim.text,
        spans => slices.joined(spans) == claim.text,
    };
    to.byte(u8::from(!sliced));
    if !sliced {
        to.string(&claim.text);
    }
    to.option(claim.attribution.as_ref(), Writer::attribution);
    to.list(&claim.hedges, |to, hedge| {
        to.span(hedge.span);
        to.phrase(&hedge.term);
        to.byte(hedge.band.map_or(0, |band| band_code(band) + 1));
    });
    to.list(&claim.remarks, |to, remark| {
        to.span(remark.span);
        to.byte(remark_code(remark.kind));
        to.words(Some(remark.span), remark.text.as_deref());
    });
    to.list(&claim.worth_reasons, |to, reason| to.phrase(reason));
    to.out
}

/// What of an article is no claim, and why.
pub(in crate::store) fn encode_hidden(
    hidden: impl Iterator<Item: Borrow<HiddenSpan>>,
    phrases: &mut PhraseList,
) -> Draft {
    let mut to = Writer { out: Draft::default(), base: 0, slices: &Slices::new(""), phrases };
    for hidden in hidden {
        let hidden = hidden.borrow();
        to.span(hidden.span);
        to.base = hidden.span[1];
        to.phrase(&hidden.why);
    }
    // Each has one phrase; how many there are stands first.
    let mut body = Vec::with_capacity(to.out.body.len() + 5);
    push_uint(&mut body, to.out.phrases.len() as u64);
    body.append(&mut to.out.body);
    Draft { body, ..to.out }
}

struct Writer<'a, 't> {
    out: Draft,
    /// Spans are written by their distance from here.
    base: u32,
    slices: &'a Slices<'t>,
    phrases: &'a mut PhraseList,
}

impl Writer<'_, '_> {
    fn byte(&mut self, byte: u8) {
        self.out.body.push(byte);
    }

    fn uint(&mut self, value: u64) {
        push_uint(&mut self.out.body, value);
    }

    fn int(&mut self, value: i64) {
        self.uint(((value << 1) ^ (value >> 63)) as u64);
    }

    fn string(&mut self, text: &str) {
        self.uint(text.len() as u64);
        self.out.body.extend_from_slice(text.as_bytes());
    }

    fn span(&mut self, [start, end]: [u32; 2]) {
        self.int(i64::from(start) - i64::from(self.base));
        self.int(i64::from(end) - i64::from(start));
    }

    fn phrase(&mut self, text: &str) {
        let place = self.phrases.place(text);
        self.out.phrases.push(place);
    }

    fn words(&mut self, span: Option<[u32; 2]>, words: Option<&str>) {
        match (words, span) {
            (None, _) => self.byte(NO_WORDS),
            (Some(words), Some(span)) if self.slices.of(span) == words => self.byte(SLICE),
            (Some(words), _) => {
                self.byte(WRITTEN);
                self.string(words);
            }
        }
    }

    fn option<T: ?Sized>(&mut self, value: Option<&T>, write: fn(&mut Self, &T)) {
        self.byte(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn list<T>(&mut self, values: &[T], write: fn(&mut Self, &T)) {
        self.uint(values.len() as u64);
        values.iter().for_each(|value| write(self, value));
    }

    fn attribution(&mut self, attribution: &Attribution) {
        self.option(attribution.source.as_ref(), Self::source);
        self.option(attribution.cue.as_ref(), |to, cue| {
            to.span(cue.span);
            to.words(Some(cue.span), Some(&cue.text));
        });
        self.option(attribution.medium.as_deref(), Self::phrase);
        self.option(attribution.within.as_ref(), Self::source);
    }

    fn source(&mut self, source: &SourceRef) {
        self.option(source.span.as_ref(), |to, span| to.span(*span));
        self.words(source.span, source.text.as_deref());
        self.option(source.name.as_deref(), Self::phrase);
        self.option(source.role.as_deref(), Self::phrase);
        self.byte(kind_code(source.kind));
    }
}

fn push_uint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
