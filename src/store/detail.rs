//! The part of a claim that is only read when it is shown, in a few dozen bytes.
//!
//! Words that are a slice of the article's text are not written again: only where they stand. Words that many claims
//! repeat are numbers of the table of phrases. Knows no SQL: who calls says how phrases are numbered.

mod codes;

use std::borrow::Cow;

use super::error::{Result, damaged};
use crate::domain::{Attribution, CodePoints, Cue, GAP, Hedge, HiddenSpan, NewClaim, Remark, SourceRef};

use codes::{band_code, band_of, remark_code, remark_of};
pub(super) use codes::{kind_code, kind_of, mode_code, mode_of};

/// Slices of one article's text.
pub(super) struct Slices<'t> {
    points: CodePoints<'t>,
}

impl<'t> Slices<'t> {
    /// Of a text that is lent, or kept by the slices.
    pub(super) fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self { points: CodePoints::new(text) }
    }

    pub(super) fn of(&self, span: [u32; 2]) -> &str {
        self.points.span_of(span).of(self.points.text())
    }

    fn joined(&self, spans: &[[u32; 2]]) -> String {
        match spans {
            [only] => self.of(*only).to_owned(),
            _ => spans.iter().map(|span| self.of(*span)).collect::<Vec<_>>().join(GAP),
        }
    }
}

/// How phrases are numbered.
pub(super) trait Phrases {
    /// The number of a phrase, a new one where it has none yet.
    fn number(&mut self, text: &str) -> Result<i64>;
}

/// How numbers are read back into phrases.
pub(super) trait Numbers {
    /// The phrase with this number.
    fn phrase(&mut self, number: i64) -> Result<String>;
}

/// What `encode` keeps of a claim.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Detail {
    pub(super) text: String,
    pub(super) spans: Vec<[u32; 2]>,
    pub(super) attribution: Option<Attribution>,
    pub(super) hedges: Vec<Hedge>,
    pub(super) remarks: Vec<Remark>,
    pub(super) worth_reasons: Vec<String>,
}

pub(super) fn encode(claim: &NewClaim, slices: &Slices<'_>, phrases: &mut dyn Phrases) -> Result<Vec<u8>> {
    let mut to = Writer { out: Vec::with_capacity(64), base: 0, slices, phrases };
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
    to.out.push(u8::from(!sliced));
    if !sliced {
        to.string(&claim.text);
    }
    to.option(claim.attribution.as_ref(), Writer::attribution)?;
    to.list(&claim.hedges, |to, hedge| {
        to.span(hedge.span);
        to.phrase(&hedge.term)?;
        to.out.push(hedge.band.map_or(0, |band| band_code(band) + 1));
        Ok(())
    })?;
    to.list(&claim.remarks, |to, remark| {
        to.span(remark.span);
        to.out.push(remark_code(remark.kind));
        to.words(Some(remark.span), remark.text.as_deref());
        Ok(())
    })?;
    to.list(&claim.worth_reasons, |to, reason| to.phrase(reason))?;
    Ok(to.out)
}

pub(super) fn decode(written: &[u8], slices: &Slices<'_>, numbers: &mut dyn Numbers) -> Result<Detail> {
    let mut from = Reader { rest: written, base: 0, slices, numbers };
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

/// What of an article is no claim, and why.
pub(super) fn encode_hidden(hidden: &[HiddenSpan], phrases: &mut dyn Phrases) -> Result<Vec<u8>> {
    let mut to = Writer { out: Vec::with_capacity(hidden.len() * 4 + 1), base: 0, slices: &Slices::new(""), phrases };
    to.list(hidden, |to, hidden| {
        to.span(hidden.span);
        to.base = hidden.span[1];
        to.phrase(&hidden.why)
    })?;
    Ok(to.out)
}

pub(super) fn decode_hidden(written: &[u8], numbers: &mut dyn Numbers) -> Result<Vec<HiddenSpan>> {
    Reader { rest: written, base: 0, slices: &Slices::new(""), numbers }.list(|from| {
        let span = from.span()?;
        from.base = span[1];
        Ok(HiddenSpan { span, why: from.phrase()? })
    })
}

/// Only the spans, for the marks in an article's text.
pub(super) fn spans(written: &[u8]) -> Result<Vec<[u32; 2]>> {
    Reader { rest: written, base: 0, slices: &Slices::new(""), numbers: &mut NoPhrases }.spans()
}

/// Only the words.
pub(super) fn text(written: &[u8], slices: &Slices<'_>) -> Result<String> {
    let mut from = Reader { rest: written, base: 0, slices, numbers: &mut NoPhrases };
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

const NO_WORDS: u8 = 0;
const SLICE: u8 = 1;
const WRITTEN: u8 = 2;

struct Writer<'a, 't> {
    out: Vec<u8>,
    /// Spans are written by their distance from here.
    base: u32,
    slices: &'a Slices<'t>,
    phrases: &'a mut dyn Phrases,
}

impl Writer<'_, '_> {
    fn uint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.out.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.out.push(value as u8);
    }

    fn int(&mut self, value: i64) {
        self.uint(((value << 1) ^ (value >> 63)) as u64);
    }

    fn string(&mut self, text: &str) {
        self.uint(text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    fn span(&mut self, [start, end]: [u32; 2]) {
        self.int(i64::from(start) - i64::from(self.base));
        self.int(i64::from(end) - i64::from(start));
    }

    fn phrase(&mut self, text: &str) -> Result<()> {
        let number = self.phrases.number(text)?;
        self.uint(number as u64);
        Ok(())
    }

    fn words(&mut self, span: Option<[u32; 2]>, words: Option<&str>) {
        match (words, span) {
            (None, _) => self.out.push(NO_WORDS),
            (Some(words), Some(span)) if self.slices.of(span) == words => self.out.push(SLICE),
            (Some(words), _) => {
                self.out.push(WRITTEN);
                self.string(words);
            }
        }
    }

    fn option<T: ?Sized>(&mut self, value: Option<&T>, write: fn(&mut Self, &T) -> Result<()>) -> Result<()> {
        self.out.push(u8::from(value.is_some()));
        value.map_or(Ok(()), |value| write(self, value))
    }

    fn list<T>(&mut self, values: &[T], write: fn(&mut Self, &T) -> Result<()>) -> Result<()> {
        self.uint(values.len() as u64);
        values.iter().try_for_each(|value| write(self, value))
    }

    fn attribution(&mut self, attribution: &Attribution) -> Result<()> {
        self.option(attribution.source.as_ref(), Self::source)?;
        self.option(attribution.cue.as_ref(), |to, cue| {
            to.span(cue.span);
            to.words(Some(cue.span), Some(&cue.text));
            Ok(())
        })?;
        self.option(attribution.medium.as_deref(), Self::phrase)?;
        self.option(attribution.within.as_ref(), Self::source)
    }

    fn source(&mut self, source: &SourceRef) -> Result<()> {
        self.option(source.span.as_ref(), |to, span| {
            to.span(*span);
            Ok(())
        })?;
        self.words(source.span, source.text.as_deref());
        self.option(source.name.as_deref(), Self::phrase)?;
        self.option(source.role.as_deref(), Self::phrase)?;
        self.out.push(kind_code(source.kind));
        Ok(())
    }
}

struct Reader<'a, 't> {
    rest: &'a [u8],
    base: u32,
    slices: &'a Slices<'t>,
    numbers: &'a mut dyn Numbers,
}

impl Reader<'_, '_> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| damaged("a claim's detail ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    fn uint(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(damaged("a number in a claim's detail is too long"))
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
        let number = self.uint()?;
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
        let length = self.length()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Band, ClaimId, Mode, RemarkKind, SourceKind};
    use proptest::prelude::*;

    #[derive(Default)]
    struct Table(Vec<String>);

    impl Phrases for Table {
        fn number(&mut self, text: &str) -> Result<i64> {
            self.0.push(text.to_owned());
            Ok(self.0.len() as i64 - 1)
        }
    }

    impl Numbers for Table {
        fn phrase(&mut self, number: i64) -> Result<String> {
            self.0.get(number as usize).cloned().ok_or_else(|| damaged("no such phrase"))
        }
    }

    fn source(name: Option<&str>) -> SourceRef {
        SourceRef {
            span: Some([0, 2]),
            text: Some("né".into()),
            name: name.map(str::to_owned),
            role: None,
            kind: SourceKind::Body,
        }
    }

    #[test]
    fn all_of_a_claim_reads_back_and_slices_are_not_written_again() {
        let text = "né probably “said” so, not verified";
        let claim = NewClaim {
            id: ClaimId::of_spans(ArticleId::of_text(text), &[]),
            text: "probably … so".into(),
            spans: vec![[3, 11], [19, 21]],
            mode: Mode::Mixed,
            attribution: Some(Attribution {
                source: Some(source(Some("Né"))),
                cue: Some(Cue { span: [13, 17], text: "said".into() }),
                medium: Some("Telegram".into()),
                within: Some(SourceRef { span: None, text: Some("elsewhere".into()), ..source(None) }),
            }),
            hedges: vec![Hedge { span: [3, 11], term: "probably".into(), band: Some(Band::Likely) }],
            remarks: vec![Remark { span: [23, 35], kind: RemarkKind::Denied, text: Some("not verified".into()) }],
            worth: 0.5,
            worth_reasons: vec!["number".into()],
        };
        let (slices, mut table) = (Slices::new(text), Table::default());
        let written = encode(&claim, &slices, &mut table).unwrap();
        assert!(!written.windows(4).any(|w| w == b"said" || w == b"prob"), "{written:?}");
        let read = decode(&written, &slices, &mut table).unwrap();
        assert_eq!((&read.text, &read.spans), (&claim.text, &claim.spans));
        assert_eq!((&read.attribution, &read.hedges), (&claim.attribution, &claim.hedges));
        assert_eq!((&read.remarks, &read.worth_reasons), (&claim.remarks, &claim.worth_reasons));
        assert_eq!(spans(&written).unwrap(), claim.spans);
    }

    #[test]
    fn what_is_no_claim_reads_back() {
        let hidden = [([0, 4], "furniture"), ([9, 30], "question"), ([2, 3], "furniture")]
            .map(|(span, why)| HiddenSpan { span, why: why.into() });
        let mut table = Table::default();
        let written = encode_hidden(&hidden, &mut table).unwrap();
        assert_eq!(decode_hidden(&written, &mut table).unwrap(), hidden);
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_refused_not_believed(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = decode_hidden(&bytes, &mut Table(vec!["a".into()]));
            let _ = decode(&bytes, &Slices::new("some text"), &mut Table(vec!["a".into()]));
        }

        #[test]
        fn any_spans_read_back(spans_in in prop::collection::vec([any::<u32>(), any::<u32>()], 0..5), text in any::<String>()) {
            let claim = NewClaim {
                id: ClaimId::of_spans(ArticleId::of_text(""), &[]), text, spans: spans_in, mode: Mode::Narrative,
                attribution: None, hedges: vec![], remarks: vec![], worth: 0.0, worth_reasons: vec![],
            };
            let (slices, mut table) = (Slices::new("né 🙂"), Table::default());
            let written = encode(&claim, &slices, &mut table).unwrap();
            let read = decode(&written, &slices, &mut table).unwrap();
            prop_assert_eq!((read.text, read.spans), (claim.text, claim.spans));
        }
    }
}
