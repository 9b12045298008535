//! A claim as every layer and every file shows it: what the machine found and what analysts decided.

use serde::{Deserialize, Serialize};

use super::decision::ClaimState;
use super::edit::Found;
use super::grade::Reliability;
use super::{ArticleRef, ClaimId};
use crate::extract::{Band, Mode, RemarkKind, SourceKind};

/// One claim with all that is known about it. Its JSON is the contract's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Made from the article's text and the spans.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleRef,
    /// Its place among the claims that the machine found in the article, from 1; one that an analyst added has that of
    /// the claim that it follows, or 0.
    pub ordinal: u32,
    /// Its words; where it has several spans, joined by " … ".
    pub text: String,
    /// Code points of the article's text, end exclusive.
    pub spans: Vec<[u32; 2]>,
    /// How its words are given.
    pub mode: Mode,
    /// Who says it and how; none where the outlet itself does.
    pub attribution: Option<Attribution>,
    /// What analysts decided on its source, where they did; what the article says of it stands in `attribution`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<KnownSource>,
    /// Words of likelihood or reserve.
    pub hedges: Vec<Hedge>,
    /// What the article says about its verification.
    pub remarks: Vec<Remark>,
    /// Check-worthiness, 0 to 1.
    pub worth: f32,
    /// Why, strongest first.
    pub worth_reasons: Vec<String>,
    /// Its words did not stand in the version of the article before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    /// What the machine found, where analysts have edited it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Box<Found>>,
    /// What analysts decided.
    #[serde(flatten)]
    pub state: ClaimState,
}

impl Claim {
    /// The name that its source goes by, where analysts joined the one that the article has into another.
    pub fn known_as(&self) -> Option<&str> {
        let own = self.attribution.as_ref()?.source.as_ref()?.best_name()?;
        self.source.as_ref().map(|known| known.name.as_str()).filter(|known| *known != own)
    }

    /// Whether it stands otherwise than the machine found it.
    pub fn is_edited(&self) -> bool {
        let same = |found: &Found| {
            found.spans == self.spans && found.mode == self.mode && found.attribution == self.attribution
        };
        self.found.as_ref().is_some_and(|found| !same(found))
    }

    /// Who asserts it where no source was found: in words, and what else is to be said of that.
    pub fn unnamed_source(&self) -> (&str, Option<String>) {
        let meta = &self.article.meta;
        match (&self.attribution, self.mode) {
            (None, Mode::Narrative) if !meta.is_attributed() => {
                let lang = meta.lang.as_deref().unwrap_or_default();
                ("source not looked for", Some(format!("the text is in \"{lang}\"")))
            }
            (None, Mode::Narrative) => {
                (meta.outlet.as_deref().unwrap_or("the outlet"), Some("in its own words".to_owned()))
            }
            _ => ("source not named", None),
        }
    }
}

#[cfg(test)]
impl Claim {
    /// A claim with nothing but its words, for tests.
    pub(crate) fn bare(article: ArticleRef, spans: Vec<[u32; 2]>, text: &str) -> Self {
        Self {
            id: ClaimId::of_spans(article.id, &spans),
            article,
            ordinal: 1,
            text: text.to_owned(),
            spans,
            mode: Mode::Narrative,
            attribution: None,
            source: None,
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 0.5,
            worth_reasons: Vec::new(),
            changed: false,
            found: None,
            state: ClaimState::default(),
        }
    }
}

/// Who says a claim, by which words and through which channel. Words are owned, or lent (`&str`) where a claim is only
/// looked at: see [`ClaimView`](super::ClaimView).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution<W = String> {
    /// Who the article says asserts it.
    pub source: Option<SourceRef<W>>,
    /// The words that tie claim and source.
    pub cue: Option<Cue<W>>,
    /// The channel: "Telegram", "an interview".
    pub medium: Option<W>,
    /// Who relays it: the source of the attribution that encloses this one.
    pub within: Option<SourceRef<W>>,
}

/// A source as one claim names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef<W = String> {
    /// Code points of the words that name it; none where it is known from elsewhere in the article.
    pub span: Option<[u32; 2]>,
    /// Those words.
    pub text: Option<W>,
    /// The source as resolved within the article.
    pub name: Option<W>,
    /// What the article says it is.
    pub role: Option<W>,
    /// What kind of source.
    #[serde(default)]
    pub kind: SourceKind,
}

/// A source as analysts know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownSource {
    /// The name that the ledger lists it under: another than the article's where analysts joined that into it.
    pub name: String,
    /// How reliable it is.
    pub reliability: Option<Reliability>,
}

impl<W: AsRef<str>> SourceRef<W> {
    /// The best name there is: resolved, else as written here.
    pub fn best_name(&self) -> Option<&str> {
        self.name.as_ref().or(self.text.as_ref()).map(W::as_ref)
    }
}

/// The words that tie claim and source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue<W = String> {
    /// Code points, end exclusive.
    pub span: [u32; 2],
    /// The words.
    pub text: W,
}

/// A word of likelihood or reserve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hedge<W = String> {
    /// Code points, end exclusive.
    pub span: [u32; 2],
    /// The article's words, in lower case: "probably".
    pub term: W,
    /// Its band of the ICD 203 / PHIA scale; none for reserve without a degree.
    pub band: Option<Band>,
}

/// The article's own word on whether the claim has been verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark<W = String> {
    /// Code points, end exclusive.
    pub span: [u32; 2],
    /// What it says.
    pub kind: RemarkKind,
    /// Its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<W>,
}

/// Worth in hundredths, as it is kept and told: finer differences mean nothing, and equal worth keeps the order of the text.
pub fn worth_in_hundredths(worth: f32) -> u8 {
    (worth.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Meta};

    fn claim_in(lang: Option<&str>) -> Claim {
        let meta = Meta { outlet: Some("Coast".to_owned()), lang: lang.map(str::to_owned), ..Meta::default() };
        let article = ArticleRef { id: ArticleId::of_text(""), meta: meta.into() };
        Claim::bare(article, vec![[0, 3]], "yes")
    }

    #[test]
    fn words_are_the_outlets_own_only_where_sources_were_looked_for() {
        let own = ("Coast", Some("in its own words".to_owned()));
        for lang in [None, Some("en"), Some("en-GB")] {
            assert_eq!(claim_in(lang).unnamed_source(), own, "{lang:?}");
        }
        let not = ("source not looked for", Some("the text is in \"ar\"".to_owned()));
        assert_eq!(claim_in(Some("ar")).unnamed_source(), not);
        let quoted = Claim { mode: Mode::Direct, ..claim_in(Some("ar")) };
        assert_eq!(quoted.unnamed_source(), ("source not named", None));
    }

    #[test]
    fn what_was_edited_back_is_not_edited() {
        let mut claim = claim_in(None);
        let found = Found { text: "yes".to_owned(), spans: vec![[0, 3]], mode: Mode::Narrative, attribution: None };
        claim.found = Some(Box::new(found));
        assert!(!claim.is_edited());
        claim.mode = Mode::Direct;
        assert!(claim.is_edited());
    }
}
