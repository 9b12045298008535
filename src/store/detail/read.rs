//! Reads details back. Every byte is taken for hostile until it has been understood.

use std::borrow::Cow;

use super::codes::{band_of, kind_of, remark_of};
use super::{NO_WORDS, SLICE, Slices, WRITTEN};
use crate::domain::{Attribution, Cue, Hedge, HiddenSpan, Remark, SourceRef};
use crate::store::error::{Result, StoreError, damaged};

/// Phrases of details, in the order in which they are read back.
#[derive(Debug, Default)]
pub(in crate::store) struct Phrases {
    text: String,
    ends: Vec<usize>,
}

/// Those of them that were not read back yet.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct PhrasesLeft<'a> {
    text: &'a str,
    ends: &'a [usize],
    start: usize,
}

/// What `encode` keeps of a claim, as it stands in the article's text, in the detail and among the phrases.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) struct Detail<'a> {
    pub(in crate::store) text: Cow<'a, str>,
    pub(in crate::store) spans: Vec<[u32; 2]>,
    pub(in crate::store) attribution: Option<Attribution<&'a str>>,
    pub(in crate::store) hedges: Vec<Hedge<&'a str>>,
    pub(in crate::store) remarks: Vec<Remark<&'a str>>,
    pub(in crate::store) worth_reasons: Vec<&'a str>,
}

impl Phrases {
    pub(in crate::store) fn push(&mut self, phrase: &str) {
        self.text.push_str(phrase);
        self.ends.push(self.text.len());
    }

    /// Makes room for those of so many claims.
    pub(in crate::store) fn reserve(&mut self, claims: usize) {
        self.text.reserve(claims * 64);
        self.ends.reserve(claims * 8);
    }

    pub(in crate::store) fn is_longer_than(&self, bytes: usize) -> bool {
        self.text.len() > bytes
    }

    pub(in crate::store) fn all(&self) -> PhrasesLeft<'_> {
        PhrasesLeft { text: &self.text, ends: &self.ends, start: 0 }
    }
}

impl<'a> PhrasesLeft<'a> {
    fn next(&mut self) -> Result<&'a str> {
        let (end, rest) = self.ends.split_first().ok_or_else(|| damaged("a claim's detail has too few phrases"))?;
        let phrase = self.text.get(self.start..*end).unwrap_or_default();
        (self.start, self.ends) = (*end, rest);
        Ok(phrase)
    }

    /// So many of them, in the place of which the rest is left.
    pub(in crate::store) fn take(&mut self, count: usize) -> Self {
        let (taken, rest) = self.ends.split_at(count.min(self.ends.len()));
        let taken = Self { ends: taken, ..*self };
        self.start = taken.ends.last().copied().unwrap_or(self.start);
        self.ends = rest;
        taken
    }
}

/// Gives the numbers of a detail's phrases, in their order, and the detail without them.
pub(in crate::store) fn take_numbers(written: &[u8], mut give: impl FnMut(i64) -> Result<()>) -> Result<&[u8]> {
    let mut rest = written;
    let count = take_uint(&mut rest)?;
    if count > rest.len() as u64 {
        return Err(too_large());
    }
    (0..count).try_for_each(|_| give(take_uint(&mut rest)? as i64))?;
    Ok(rest)
}

/// Reads a detail without its numbers. `phrases`: those that the numbers stood for.
pub(in crate::store) fn decode<'a>(
    written: &'a [u8],
    slices: &'a Slices<'_>,
    phrases: PhrasesLeft<'a>,
) -> Result<Detail<'a>> {
    let mut from = Reader { phrases, rest: written, base: 0, slices };
    let spans = from.spans()?;
    let text = from.text(&spans)?;
    let attribution = from.option(Reader::attribution)?;
    let hedges = from.list(|from| {
        let (span, term) = (from.span()?, from.phrase()?);
        let band = from.byte()?.checked_sub(1).map(band_of).transpose()?;
        Ok(Hedge { span, term, band })
    })?;
    let remarks = from.list(|from| {
        let span = from.span()?;
        let kind = remark_of(from.byte()?)?;
        Ok(Remark { span, kind, text: from.words(Some(span))? })
    })?;
    let worth_reasons = from.list(Reader::phrase)?;
    Ok(Detail { text, spans, attribution, hedges, remarks, worth_reasons })
}

/// The same of what is no claim.
pub(in crate::store) fn decode_hidden(written: &[u8], phrases: PhrasesLeft<'_>) -> Result<Vec<HiddenSpan>> {
    Reader { phrases, rest: written, base: 0, slices: &Slices::new("") }.list(|from| {
        let span = from.span()?;
        from.base = span[1];
        Ok(HiddenSpan { span, why: from.phrase()?.to_owned() })
    })
}

/// Only the spans of a whole detail, for the marks in an article's text.
pub(in crate::store) fn spans(written: &[u8]) -> Result<Vec<[u32; 2]>> {
    Reader::of_whole(written, &Slices::new(""))?.spans()
}

/// Only the words.
pub(in crate::store) fn text(written: &[u8], slices: &Slices<'_>) -> Result<String> {
    let mut from = Reader::of_whole(written, slices)?;
    let spans = from.spans()?;
    from.text(&spans).map(Cow::into_owned)
}

/// Room for the values of most lists; what a list says of its own length is not believed beforehand.
const FEW: usize = 4;

struct Reader<'a, 't> {
    phrases: PhrasesLeft<'a>,
    rest: &'a [u8],
    base: u32,
    slices: &'a Slices<'t>,
}

impl<'a, 't> Reader<'a, 't> {
    /// For the parts of a detail that hold no phrases.
    fn of_whole(written: &'a [u8], slices: &'a Slices<'t>) -> Result<Self> {
        let phrases = PhrasesLeft { text: "", ends: &[], start: 0 };
        Ok(Self { phrases, rest: take_numbers(written, |_| Ok(()))?, base: 0, slices })
    }

    fn byte(&mut self) -> Result<u8> {
        take_byte(&mut self.rest)
    }

    fn uint(&mut self) -> Result<u64> {
        take_uint(&mut self.rest)
    }

    fn int(&mut self) -> Result<i64> {
        let value = self.uint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A length can't be more than the bytes that are left.
    fn length(&mut self) -> Result<usize> {
        let length = usize::try_from(self.uint()?).unwrap_or(usize::MAX);
        if length > self.rest.len() {
            return Err(too_large());
        }
        Ok(length)
    }

    fn string(&mut self) -> Result<&'a str> {
        let length = self.length()?;
        let (bytes, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(bytes).map_err(damaged)
    }

    fn span(&mut self) -> Result<[u32; 2]> {
        let start = i64::from(self.base).checked_add(self.int()?);
        let end = start.and_then(|start| start.checked_add(self.int().ok()?));
        match (start.map(u32::try_from), end.map(u32::try_from)) {
            (Some(Ok(start)), Some(Ok(end))) => Ok([start, end]),
            _ => Err(damaged("a span in a claim's detail is out of range")),
        }
    }

    /// The spans of the claim; what follows is written by its distance from the first.
    fn spans(&mut self) -> Result<Vec<[u32; 2]>> {
        let length = self.length()?;
        let mut spans: Vec<[u32; 2]> = Vec::with_capacity(length.min(FEW));
        for _ in 0..length {
            let span = self.span()?;
            self.base = span[1];
            spans.push(span);
        }
        self.base = spans.first().map_or(0, |span| span[0]);
        Ok(spans)
    }

    fn text(&mut self, spans: &[[u32; 2]]) -> Result<Cow<'a, str>> {
        if self.byte()? == 0 { Ok(self.slices.joined(spans)) } else { self.string().map(Cow::Borrowed) }
    }

    fn phrase(&mut self) -> Result<&'a str> {
        self.phrases.next()
    }

    fn words(&mut self, span: Option<[u32; 2]>) -> Result<Option<&'a str>> {
        match (self.byte()?, span) {
            (NO_WORDS, _) => Ok(None),
            (SLICE, Some(span)) => Ok(Some(self.slices.of(span))),
            (WRITTEN, _) => self.string().map(Some),
            _ => Err(damaged("words in a claim's detail of no known form")),
        }
    }

    fn option<T>(&mut self, read: fn(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.byte()? == 0 { Ok(None) } else { read(self).map(Some) }
    }

    fn list<T>(&mut self, read: fn(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let length = usize::try_from(self.uint()?).unwrap_or(usize::MAX);
        // Each value takes a byte at least, here or among the phrases.
        if length > self.rest.len() + self.phrases.ends.len() {
            return Err(damaged("a list in a claim's detail is too long"));
        }
        let mut all = Vec::with_capacity(length.min(FEW));
        for _ in 0..length {
            all.push(read(self)?);
        }
        Ok(all)
    }

    fn attribution(&mut self) -> Result<Attribution<&'a str>> {
        let source = self.option(Self::source)?;
        let cue = self.option(|from| {
            let span = from.span()?;
            Ok(Cue { span, text: from.words(Some(span))?.unwrap_or_default() })
        })?;
        Ok(Attribution { source, cue, medium: self.option(Self::phrase)?, within: self.option(Self::source)? })
    }

    fn source(&mut self) -> Result<SourceRef<&'a str>> {
        let span = self.option(Self::span)?;
        let text = self.words(span)?;
        let (name, role) = (self.option(Self::phrase)?, self.option(Self::phrase)?);
        Ok(SourceRef { span, text, name, role, kind: kind_of(self.byte()?)? })
    }
}

fn too_large() -> StoreError {
    damaged("a length in a claim's detail is too large")
}

fn take_byte(from: &mut &[u8]) -> Result<u8> {
    let (first, rest) = from.split_first().ok_or_else(|| damaged("a claim's detail ends too early"))?;
    *from = rest;
    Ok(*first)
}

fn take_uint(from: &mut &[u8]) -> Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take_byte(from)?;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(damaged("a number in a claim's detail is too long"))
}
