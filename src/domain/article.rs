//! An article and its versions, and how what extraction found in one becomes what is kept of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::claim::{Attribution, Cue, Hedge, Remark, SourceRef};
use super::offsets::CodePoints;
use super::{ArticleId, ClaimId, Moment};
use crate::extract::{self, Extraction, Mode, Span};

/// What is known of a document beside its text. All of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The file that it was read from, absolute; inside a file of many, with `#` and its name there.
    pub path: Option<String>,
    /// When it was published, as the document says it: a date or an RFC 3339 time.
    pub published: Option<String>,
    /// ISO 639-1 code of its language.
    pub lang: Option<String>,
}

impl Meta {
    /// Fills what is missing here from `other`.
    pub fn or(self, other: Meta) -> Meta {
        Meta {
            title: self.title.or(other.title),
            outlet: self.outlet.or(other.outlet),
            author: self.author.or(other.author),
            url: self.url.or(other.url),
            path: self.path.or(other.path),
            published: self.published.or(other.published),
            lang: self.lang.or(other.lang),
        }
    }

    /// What tells this document from others, so that a changed text is its next version: its url, else its path.
    pub fn document(&self) -> Option<&str> {
        self.url.as_deref().or(self.path.as_deref())
    }
}

/// A text as a reader hands it over, before anything was looked for in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text, verbatim.
    pub text: String,
    /// What the file says about it.
    pub meta: Meta,
}

/// An article with all that was found in it, ready to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewArticle {
    /// Made from the text.
    pub id: ArticleId,
    /// The text, verbatim.
    pub text: String,
    /// What is known of it.
    pub meta: Meta,
    /// Version of the extraction rules that found the claims.
    pub rules: u32,
    /// The claims in text order; the place in this list is the ordinal less one.
    pub claims: Vec<NewClaim>,
    /// Spans of text that is no claim, with the reason, furniture included; for "why hidden?".
    pub hidden: Vec<HiddenSpan>,
}

/// A claim as the machine found it, before any decision.
#[derive(Clone, Debug, PartialEq)]
pub struct NewClaim {
    /// Made from the article's text and the spans.
    pub id: ClaimId,
    /// Its words; where it has several spans, joined by " … ".
    pub text: String,
    /// Code points of the article's text, end exclusive.
    pub spans: Vec<[u32; 2]>,
    /// How its words are given.
    pub mode: Mode,
    /// Who says it and how.
    pub attribution: Option<Attribution>,
    /// Words of likelihood or reserve.
    pub hedges: Vec<Hedge>,
    /// What the article says about its verification.
    pub remarks: Vec<Remark>,
    /// Check-worthiness, 0 to 1.
    pub worth: f32,
    /// Why, strongest first.
    pub worth_reasons: Vec<String>,
}

/// A stretch of text that is no claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenSpan {
    /// Code points of the article's text, end exclusive.
    pub span: [u32; 2],
    /// Why: "furniture", "question", "fragment", …
    pub why: String,
}

/// What joins the words of a claim that stands in several places.
pub const GAP: &str = " … ";

impl NewArticle {
    /// Turns what was found in the draft's text into what is kept: code points, ids, words.
    pub fn new(draft: Draft, mut found: Extraction) -> Self {
        let id = ArticleId::of_text(&draft.text);
        let points = CodePoints::new(&draft.text);
        let hidden = hidden_spans(&points, &found);
        // One by one: of a very long text there is no room for all of them twice.
        let claims = std::mem::take(&mut found.claims).into_iter();
        let claims = claims.map(|claim| new_claim(&draft.text, &points, id, &found, &claim)).collect();
        let lang = draft.meta.lang.clone().or_else(|| found.lang.map(str::to_owned));
        let meta = Meta { lang, ..draft.meta };
        Self { id, meta, rules: extract::RULES_VERSION, claims, hidden, text: draft.text }
    }
}

fn new_claim(
    text: &str,
    points: &CodePoints,
    article: ArticleId,
    found: &Extraction,
    claim: &extract::Claim,
) -> NewClaim {
    let spans: Vec<_> = claim.spans.iter().map(|s| points.of_span(*s)).collect();
    let attribution = claim.attribution.and_then(|place| attribution(text, points, found, place));
    NewClaim {
        id: ClaimId::of_spans(article, &spans),
        text: claim.spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(GAP),
        spans,
        mode: claim.mode,
        attribution,
        hedges: claim
            .hedges
            .iter()
            .map(|h| Hedge { span: points.of_span(h.span), term: hedge_term(text, h.span), band: h.band })
            .collect(),
        remarks: claim
            .remarks
            .iter()
            .map(|r| Remark { span: points.of_span(r.span), kind: r.kind, text: Some(r.span.of(text).to_owned()) })
            .collect(),
        worth: claim.worth,
        worth_reasons: claim.worth_reasons.iter().map(|r| (*r).to_owned()).collect(),
    }
}

/// A hedge as the article words it, in lower case and on one line: what an analyst reads and searches for.
pub fn hedge_term(text: &str, span: Span) -> String {
    span.of(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribution(text: &str, points: &CodePoints, found: &Extraction, place: usize) -> Option<Attribution> {
    let from = found.attributions.get(place)?;
    // Who relays it.
    let enclosing = from.within.and_then(|place| found.attributions.get(place));
    let within = enclosing.and_then(|a| a.source.as_ref()).map(|s| source_ref(text, points, s));
    Some(Attribution {
        source: from.source.as_ref().map(|s| source_ref(text, points, s)),
        cue: from.cue.map(|c| Cue { span: points.of_span(c), text: c.of(text).to_owned() }),
        medium: from.medium.clone(),
        within,
    })
}

fn source_ref(text: &str, points: &CodePoints, source: &extract::Source) -> SourceRef {
    SourceRef {
        span: source.span.map(|s| points.of_span(s)),
        text: source.span.map(|s| s.of(text).to_owned()),
        name: source.name.clone(),
        role: source.role.clone(),
        kind: source.kind,
    }
}

fn hidden_spans(points: &CodePoints, found: &Extraction) -> Vec<HiddenSpan> {
    let furniture =
        found.furniture.iter().map(|s| HiddenSpan { span: points.of_span(*s), why: "furniture".to_owned() });
    let others = found.hidden.iter().map(|h| HiddenSpan { span: points.of_span(h.span), why: h.why.word().to_owned() });
    let mut all: Vec<_> = furniture.chain(others).collect();
    all.sort_by_key(|h| h.span);
    all
}

/// What a claim says of the article that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// Made from the text.
    pub id: ArticleId,
    /// What is known of it, which all its claims share.
    #[serde(flatten)]
    pub meta: Arc<Meta>,
}

/// A line of `articles`, and with its text a line of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleInfo {
    /// Made from the text.
    pub id: ArticleId,
    /// What is known of it.
    #[serde(flatten)]
    pub meta: Meta,
    /// 1 for the first version of the document.
    pub version: u32,
    /// Whether no newer version is known.
    pub current: bool,
    /// When it was loaded.
    pub loaded_at: Moment,
    /// Claims in it.
    pub claims: u32,
    /// Claims nobody has decided on.
    pub unreviewed: u32,
}

/// An article to read: its text and where its claims stand.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleText {
    /// What is known of it.
    pub info: ArticleInfo,
    /// The text, verbatim.
    pub text: String,
    /// Its claims in text order: id and spans in code points.
    pub claims: Vec<(ClaimId, Vec<[u32; 2]>)>,
    /// What in it is no claim, and why.
    pub hidden: Vec<HiddenSpan>,
}
