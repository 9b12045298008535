//! A claim that is only looked at: its words lie in the article's text or wherever else they are held. What millions of
//! claims are written from, without a string of its own for each word. Knows nobody who holds them.

use std::borrow::Cow;

use serde::Serialize;

use super::claim::{Attribution, Claim, Cue, Hedge, KnownSource, Remark, SourceRef};
use super::decision::ClaimState;
use super::edit::Found;
use super::{ArticleRef, ClaimId};
use crate::extract::Mode;

/// What [`Claim`] has, lent. Its JSON is the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimView<'a> {
    /// Made from the article's text and the spans.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: &'a ArticleRef,
    /// Its place among the claims that the machine found.
    pub ordinal: u32,
    /// Its words.
    pub text: Cow<'a, str>,
    /// Code points of the article's text, end exclusive.
    pub spans: Cow<'a, [[u32; 2]]>,
    /// How its words are given.
    pub mode: Mode,
    /// Who says it and how.
    pub attribution: Option<Attribution<&'a str>>,
    /// What analysts decided on its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a KnownSource>,
    /// Words of likelihood or reserve.
    pub hedges: Vec<Hedge<&'a str>>,
    /// What the article says about its verification.
    pub remarks: Vec<Remark<&'a str>>,
    /// Check-worthiness, 0 to 1.
    pub worth: f32,
    /// Why, strongest first.
    pub worth_reasons: Vec<&'a str>,
    /// Its words did not stand in the version of the article before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    /// What the machine found, where analysts have edited it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<&'a Found>,
    /// What analysts decided.
    #[serde(flatten)]
    pub state: &'a ClaimState,
}

impl ClaimView<'_> {
    /// The name that its source goes by, where analysts joined the one that the article has into another.
    pub fn known_as(&self) -> Option<&str> {
        let own = self.attribution.as_ref()?.source.as_ref()?.best_name()?;
        self.source.map(|known| known.name.as_str()).filter(|known| *known != own)
    }

    /// The claim with words of its own.
    pub fn to_claim(&self) -> Claim {
        let own = |words: &&str| (*words).to_owned();
        Claim {
            id: self.id,
            article: self.article.clone(),
            ordinal: self.ordinal,
            text: self.text.clone().into_owned(),
            spans: self.spans.to_vec(),
            mode: self.mode,
            attribution: self.attribution.as_ref().map(|a| a.with(&own)),
            source: self.source.cloned(),
            hedges: self.hedges.iter().map(|hedge| hedge.with(own)).collect(),
            remarks: self.remarks.iter().map(|remark| remark.with(own)).collect(),
            worth: self.worth,
            worth_reasons: self.worth_reasons.iter().map(own).collect(),
            changed: self.changed,
            found: self.found.map(|found| Box::new(found.clone())),
            state: self.state.clone(),
        }
    }
}

impl Claim {
    /// The claim to look at.
    pub fn view(&self) -> ClaimView<'_> {
        ClaimView {
            id: self.id,
            article: &self.article,
            ordinal: self.ordinal,
            text: Cow::Borrowed(&self.text),
            spans: Cow::Borrowed(&self.spans),
            mode: self.mode,
            attribution: self.attribution.as_ref().map(|a| a.with(&String::as_str)),
            source: self.source.as_ref(),
            hedges: self.hedges.iter().map(|hedge| hedge.with(String::as_str)).collect(),
            remarks: self.remarks.iter().map(|remark| remark.with(String::as_str)).collect(),
            worth: self.worth,
            worth_reasons: self.worth_reasons.iter().map(String::as_str).collect(),
            changed: self.changed,
            found: self.found.as_deref(),
            state: &self.state,
        }
    }
}

impl<W> Attribution<W> {
    /// The same with its words held in another way.
    fn with<'a, V>(&'a self, words: &impl Fn(&'a W) -> V) -> Attribution<V> {
        Attribution {
            source: self.source.as_ref().map(|source| source.with(words)),
            cue: self.cue.as_ref().map(|cue| Cue { span: cue.span, text: words(&cue.text) }),
            medium: self.medium.as_ref().map(words),
            within: self.within.as_ref().map(|source| source.with(words)),
        }
    }
}

impl<W> SourceRef<W> {
    fn with<'a, V>(&'a self, words: &impl Fn(&'a W) -> V) -> SourceRef<V> {
        SourceRef {
            span: self.span,
            text: self.text.as_ref().map(words),
            name: self.name.as_ref().map(words),
            role: self.role.as_ref().map(words),
            kind: self.kind,
        }
    }
}

impl<W> Hedge<W> {
    fn with<'a, V>(&'a self, words: impl Fn(&'a W) -> V) -> Hedge<V> {
        Hedge { span: self.span, term: words(&self.term), band: self.band }
    }
}

impl<W> Remark<W> {
    fn with<'a, V>(&'a self, words: impl Fn(&'a W) -> V) -> Remark<V> {
        Remark { span: self.span, kind: self.kind, text: self.text.as_ref().map(words) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decision::Evidence;
    use crate::domain::edit::Edit;
    use crate::domain::{ArticleId, Meta, Reliability};
    use crate::extract::{Band, RemarkKind};

    /// With something in every place.
    fn claim() -> Claim {
        let source = |name: &str| SourceRef {
            span: Some([2, 4]),
            text: Some("she".into()),
            name: Some(name.into()),
            role: Some("mayor".into()),
            ..SourceRef::default()
        };
        let article = ArticleRef { id: ArticleId::of_text("text"), meta: Meta::default().into() };
        let mut claim = Claim {
            attribution: Some(Attribution {
                source: Some(source("Ada Brandt")),
                cue: Some(Cue { span: [5, 9], text: "said".into() }),
                medium: Some("Telegram".into()),
                within: Some(source("The Gazette")),
            }),
            source: Some(KnownSource { name: "A. Brandt".into(), reliability: Some(Reliability::B) }),
            hedges: vec![Hedge { span: [1, 2], term: "probably".into(), band: Some(Band::Likely) }],
            remarks: vec![Remark { span: [3, 4], kind: RemarkKind::Denied, text: Some("denied it".into()) }],
            worth_reasons: vec!["number".into(), "named place".into()],
            changed: true,
            ..Claim::bare(article, vec![[0, 4], [8, 9]], "The … m")
        };
        let edit = Edit { source: Some("Bo".into()), ..Edit::default() };
        let evidence = vec![Evidence { url: "https://a.example".into(), ..Evidence::default() }];
        claim.set_state(ClaimState { edit, evidence, tags: ["dam".into()].into(), ..ClaimState::default() });
        claim
    }

    #[test]
    fn a_view_has_all_of_its_claim_and_is_written_in_the_same_way() {
        for claim in [claim(), Claim::bare(claim().article, vec![[0, 4]], "text")] {
            let view = claim.view();
            assert_eq!(view.to_claim(), claim);
            assert_eq!(view.known_as(), claim.known_as());
            assert_eq!(serde_json::to_string(&view).unwrap(), serde_json::to_string(&claim).unwrap());
        }
    }
}
