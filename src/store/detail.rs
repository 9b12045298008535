//! The part of a claim that is only read when it is shown, in a few dozen bytes.
//!
//! Words that are a slice of the article's text are not written again: only where they stand. Words that many claims
//! repeat are numbers of the table of phrases. These stand first, in the order in which they are read back, so that
//! all the rest can be written before anybody knows them. Knows no SQL: who calls says how phrases are numbered.

mod codes;
mod read;
mod write;

use std::borrow::Cow;

use crate::domain::{CodePoints, GAP};

pub(super) use codes::{kind_code, kind_of, mode_code, mode_of};
pub(super) use read::{Phrases, PhrasesLeft, decode, decode_hidden, spans, take_numbers, text};
pub(super) use write::{Draft, PhraseList, encode, encode_hidden};

/// Slices of one article's text.
pub(super) struct Slices<'t> {
    points: CodePoints<'t>,
}

impl<'t> Slices<'t> {
    /// Of a text that is lent, or kept by the slices.
    pub(super) fn new(text: impl Into<Cow<'t, str>>) -> Self {
        Self { points: CodePoints::new(text) }
    }

    pub(super) fn points(&self) -> &CodePoints<'t> {
        &self.points
    }

    pub(super) fn of(&self, span: [u32; 2]) -> &str {
        self.points.span_of(span).of(self.points.text())
    }

    /// Whether these are spans of the text, one after the other.
    pub(super) fn hold(&self, spans: &[[u32; 2]]) -> bool {
        let length = self.points.of_byte(self.points.text().len());
        let in_order = spans.windows(2).all(|pair| pair[0][1] <= pair[1][0]);
        !spans.is_empty() && in_order && spans.iter().all(|[start, end]| start < end && *end <= length)
    }

    pub(super) fn joined(&self, spans: &[[u32; 2]]) -> Cow<'_, str> {
        match spans {
            [only] => Cow::Borrowed(self.of(*only)),
            _ => Cow::Owned(spans.iter().map(|span| self.of(*span)).collect::<Vec<_>>().join(GAP)),
        }
    }
}

/// How the words at a span are written.
const NO_WORDS: u8 = 0;
const SLICE: u8 = 1;
const WRITTEN: u8 = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ArticleId, Attribution, Band, ClaimId, Cue, Hedge, HiddenSpan, Mode, NewClaim, Remark, RemarkKind, SourceKind,
        SourceRef,
    };
    use crate::store::error::{Result, damaged};
    use proptest::prelude::*;

    /// The detail as it is kept.
    fn kept(draft: &Draft, phrases: &PhraseList) -> Vec<u8> {
        let mut written = Vec::new();
        draft.write(&(0..phrases.texts().len() as i64).collect::<Vec<_>>(), &mut written);
        written
    }

    /// The detail without its numbers, and what they stand for.
    fn taken<'w>(written: &'w [u8], table: &[String]) -> Result<(&'w [u8], Phrases)> {
        let mut phrases = Phrases::default();
        let rest = take_numbers(written, |number| {
            phrases.push(table.get(number as usize).ok_or_else(|| damaged("no such phrase"))?);
            Ok(())
        })?;
        Ok((rest, phrases))
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
        let (slices, mut phrases) = (Slices::new(text), PhraseList::default());
        let written = kept(&encode(&claim, &slices, &mut phrases), &phrases);
        assert!(!written.windows(4).any(|w| w == b"said" || w == b"prob"), "{written:?}");
        let (rest, table) = taken(&written, phrases.texts()).unwrap();
        let read = decode(rest, &slices, table.all()).unwrap();
        assert_eq!((&*read.text, &read.spans), (&*claim.text, &claim.spans));
        let all = serde_json::json!([read.attribution, read.hedges, read.remarks, read.worth_reasons]);
        assert_eq!(all, serde_json::json!([claim.attribution, claim.hedges, claim.remarks, claim.worth_reasons]));
        assert_eq!(spans(&written).unwrap(), claim.spans);
    }

    #[test]
    fn what_is_no_claim_reads_back() {
        let hidden = [([0, 4], "furniture"), ([9, 30], "question"), ([2, 3], "furniture")]
            .map(|(span, why)| HiddenSpan { span, why: why.into() });
        let mut phrases = PhraseList::default();
        let written = kept(&encode_hidden(hidden.iter(), &mut phrases), &phrases);
        assert_eq!(phrases.texts().len(), 2);
        let (rest, table) = taken(&written, phrases.texts()).unwrap();
        assert_eq!(decode_hidden(rest, table.all()).unwrap(), hidden);
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_refused_not_believed(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok((rest, table)) = taken(&bytes, &["a".into()]) {
                let _ = decode_hidden(rest, table.all());
                let _ = decode(rest, &Slices::new("some text"), table.all());
            }
        }

        #[test]
        fn any_spans_read_back(spans_in in prop::collection::vec([any::<u32>(), any::<u32>()], 0..5), text in any::<String>()) {
            let claim = NewClaim {
                id: ClaimId::of_spans(ArticleId::of_text(""), &[]), text, spans: spans_in, mode: Mode::Narrative,
                attribution: None, hedges: vec![], remarks: vec![], worth: 0.0, worth_reasons: vec![],
            };
            let (slices, mut phrases) = (Slices::new("né 🙂"), PhraseList::default());
            let written = kept(&encode(&claim, &slices, &mut phrases), &phrases);
            let (rest, table) = taken(&written, phrases.texts()).unwrap();
            let read = decode(rest, &slices, table.all()).unwrap();
            prop_assert_eq!((&*read.text, read.spans), (&*claim.text, claim.spans));
        }
    }
}
