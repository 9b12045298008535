//! Reads details back. Every byte is taken for hostile until it has been understood.

use super::codes::{band_of, kind_of, remark_of};
use super::{NO_WORDS, SLICE, Slices, WRITTEN};
use crate::domain::{Attribution, Cue, Hedge, HiddenSpan, Remark, SourceRef};
use crate::store::error::{Result, damaged};

/// How numbers are read back into phrases.
pub(in crate::store) trait Numbers {
    /// The phrase with this number.
    fn phrase(&mut self, number: i64) -> Result<String>;
}

/// What `encode` keeps of a claim.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) struct Detail {
    pub(in crate::store) text: String,
    pub(in crate::store) spans: Vec<[u32; 2]>,
    pub(in crate::store) attribution: Option<Attribution>,
    pub(in crate::store) hedges: Vec<Hedge>,
    pub(in crate::store) remarks: Vec<Remark>,
    pub(in crate::store) worth_reasons: Vec<String>,
}

pub(in crate::store) fn decode(written: &[u8], slices: &Slices<'_>, numbers: &mut dyn Numbers) -> Result<Detail> {
    let mut from = Reader::new(written, slices, numbers)?;
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

pub(in crate::store) fn decode_hidden(written: &[u8], numbers: &mut dyn Numbers) -> Result<Vec<HiddenSpan>> {
    Reader::new(written, &Slices::new(""), numbers)?.list(|from| {
        let span = from.span()?;
        from.base = span[1];
        Ok(HiddenSpan { span, why: from.phrase()? })
    })
}

/// Only the spans, for the marks in an article's text.
pub(in crate::store) fn spans(written: &[u8]) -> Result<Vec<[u32; 2]>> {
    Reader::new(written, &Slices::new(""), &mut NoPhrases)?.spans()
}

/// Only the words.
pub(in crate::store) fn text(written: &[u8], slices: &Slices<'_>) -> Result<String> {
    let mut none = NoPhrases;
    let mut from = Reader::new(written, slices, &mut none)?;
    let spans = from.spans()?;
    from.text(&spans)
}

/// For parts of a detail that hold no phrases.
struct NoPhrases;

impl Numbers for NoPhrases {
    fn phrase(&mut self, _: i64) -> Result<String> {
        Err(damaged("a phrase where there can be none"))
    }
}

struct Reader<'a, 't> {
    /// The numbers of the phrases that are still to come.
    phrases: &'a [u8],
    rest: &'a [u8],
    base: u32,
    slices: &'a Slices<'t>,
    numbers: &'a mut dyn Numbers,
}

impl<'a, 't> Reader<'a, 't> {
    fn new(written: &'a [u8], slices: &'a Slices<'t>, numbers: &'a mut dyn Numbers) -> Result<Self> {
        let mut from = Self { phrases: &[], rest: written, base: 0, slices, numbers };
        let count = from.length()?;
        let phrases = from.rest;
        for _ in 0..count {
            from.uint()?;
        }
        from.phrases = &phrases[..phrases.len() - from.rest.len()];
        Ok(from)
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
            return Err(damaged("a length in a claim's detail is too large"));
        }
        Ok(length)
    }

    fn string(&mut self) -> Result<String> {
        let length = self.length()?;
        let (bytes, rest) = self.rest.split_at(length);
        self.rest = rest;
        String::from_utf8(bytes.to_vec()).map_err(damaged)
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
        let mut spans: Vec<[u32; 2]> = Vec::new();
        for _ in 0..self.length()? {
            let span = self.span()?;
            self.base = span[1];
            spans.push(span);
        }
        self.base = spans.first().map_or(0, |span| span[0]);
        Ok(spans)
    }

    fn text(&mut self, spans: &[[u32; 2]]) -> Result<String> {
        if self.byte()? == 0 { Ok(self.slices.joined(spans)) } else { self.string() }
    }

    fn phrase(&mut self) -> Result<String> {
        let number = take_uint(&mut self.phrases)?;
        self.numbers.phrase(number as i64)
    }

    fn words(&mut self, span: Option<[u32; 2]>) -> Result<Option<String>> {
        match (self.byte()?, span) {
            (NO_WORDS, _) => Ok(None),
            (SLICE, Some(span)) => Ok(Some(self.slices.of(span).to_owned())),
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
        if length > self.rest.len() + self.phrases.len() {
            return Err(damaged("a list in a claim's detail is too long"));
        }
        (0..length).map(|_| read(self)).collect()
    }

    fn attribution(&mut self) -> Result<Attribution> {
        let source = self.option(Self::source)?;
        let cue = self.option(|from| {
            let span = from.span()?;
            Ok(Cue { span, text: from.words(Some(span))?.unwrap_or_default() })
        })?;
        Ok(Attribution { source, cue, medium: self.option(Self::phrase)?, within: self.option(Self::source)? })
    }

    fn source(&mut self) -> Result<SourceRef> {
        let span = self.option(Self::span)?;
        let text = self.words(span)?;
        let (name, role) = (self.option(Self::phrase)?, self.option(Self::phrase)?);
        Ok(SourceRef { span, text, name, role, kind: kind_of(self.byte()?)? })
    }
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
