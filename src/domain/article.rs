//! An article and its versions, and how what extraction found in one becomes what is kept of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::claim::{Attribution, Cue, Hedge, Remark, SourceRef};
use super::offsets::CodePoints;
use super::{ArticleId, ClaimId, Moment};
use crate::extract::{self, Extraction, Mode, Piece, Pieces, Span};

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

    /// Whether sources and what belongs to them are looked for in its language, as far as that is known.
    pub fn is_attributed(&self) -> bool {
        self.lang.as_deref().is_none_or(|lang| lang == "en" || lang.starts_with("en-"))
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

#[cfg(test)]
impl NewClaim {
    /// A claim with nothing but its words, for tests.
    pub(crate) fn bare(article: ArticleId, spans: Vec<[u32; 2]>, text: &str) -> Self {
        Self {
            id: ClaimId::of_spans(article, &spans),
            text: text.to_owned(),
            spans,
            mode: Mode::Narrative,
            attribution: None,
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 0.5,
            worth_reasons: Vec::new(),
        }
    }
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
    pub fn new(draft: Draft, found: Extraction) -> Self {
        let id = ArticleId::of_text(&draft.text);
        let points = CodePoints::new(&draft.text);
        let claims = new_claims(&points, id, &found.attributions, &found.claims);
        let hidden = hidden_spans(&points, &found.furniture, &found.hidden);
        Self { claims, hidden, ..bare(draft, id, found.lang) }
    }
}

/// A very long article: what was found in each piece becomes what is kept when somebody looks at it, since there is no
/// room for all of it at once.
#[derive(Debug)]
pub struct LongArticle {
    /// The article, without claims and what is hidden.
    article: NewArticle,
    pieces: Pieces,
}

impl LongArticle {
    /// The draft with what was found in its text.
    pub fn new(draft: Draft, pieces: Pieces) -> Self {
        let id = ArticleId::of_text(&draft.text);
        Self { article: bare(draft, id, pieces.lang()), pieces }
    }

    /// The article, without claims and what is hidden.
    pub fn article(&self) -> &NewArticle {
        &self.article
    }

    /// Its claims in text order, those of a piece at a time. `points`: of its text.
    pub fn claims(&self, points: &CodePoints<'_>) -> impl Iterator<Item = Vec<NewClaim>> {
        let of_piece = |piece: &Piece| new_claims(points, self.article.id, &piece.attributions(), &piece.claims());
        self.pieces.iter().map(of_piece)
    }

    /// What of it is no claim, in text order, of a piece at a time.
    pub fn hidden(&self, points: &CodePoints<'_>) -> impl Iterator<Item = Vec<HiddenSpan>> {
        self.pieces.iter().map(|piece| hidden_spans(points, &piece.furniture(), &piece.hidden()))
    }
}

fn bare(draft: Draft, id: ArticleId, found_lang: Option<&str>) -> NewArticle {
    let lang = draft.meta.lang.or_else(|| found_lang.map(str::to_owned));
    let meta = Meta { lang, ..draft.meta };
    NewArticle { id, meta, rules: extract::RULES_VERSION, claims: Vec::new(), hidden: Vec::new(), text: draft.text }
}

fn new_claims(
    points: &CodePoints<'_>,
    article: ArticleId,
    attributions: &[extract::Attribution],
    claims: &[extract::Claim],
) -> Vec<NewClaim> {
    claims.iter().map(|claim| new_claim(points, article, attributions, claim)).collect()
}

fn new_claim(
    points: &CodePoints<'_>,
    article: ArticleId,
    attributions: &[extract::Attribution],
    claim: &extract::Claim,
) -> NewClaim {
    let text = points.text();
    let spans: Vec<_> = claim.spans.iter().map(|s| points.of_span(*s)).collect();
    NewClaim {
        id: ClaimId::of_spans(article, &spans),
        text: claim.spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(GAP),
        spans,
        mode: claim.mode,
        attribution: claim.attribution.and_then(|place| attribution(points, attributions, place)),
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

fn attribution(points: &CodePoints<'_>, all: &[extract::Attribution], place: usize) -> Option<Attribution> {
    let from = all.get(place)?;
    // Who relays it.
    let enclosing = from.within.and_then(|place| all.get(place));
    let within = enclosing.and_then(|a| a.source.as_ref()).map(|s| source_ref(points, s));
    Some(Attribution {
        source: from.source.as_ref().map(|s| source_ref(points, s)),
        cue: from.cue.map(|c| Cue { span: points.of_span(c), text: c.of(points.text()).to_owned() }),
        medium: from.medium.clone(),
        within,
    })
}

fn source_ref(points: &CodePoints<'_>, source: &extract::Source) -> SourceRef {
    SourceRef {
        span: source.span.map(|s| points.of_span(s)),
        text: source.span.map(|s| s.of(points.text()).to_owned()),
        name: source.name.clone(),
        role: source.role.clone(),
        kind: source.kind,
    }
}

fn hidden_spans(points: &CodePoints<'_>, furniture: &[Span], others: &[extract::Hidden]) -> Vec<HiddenSpan> {
    let hidden = |span: Span, why: &str| HiddenSpan { span: points.of_span(span), why: why.to_owned() };
    let furniture = furniture.iter().map(|span| hidden(*span, "furniture"));
    let mut all: Vec<_> = furniture.chain(others.iter().map(|h| hidden(h.span, h.why.word()))).collect();
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
