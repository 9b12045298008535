//! Lines of an export: everything that makes a store, one JSON object each, told apart by `kind`.

use serde::{Deserialize, Serialize};

use super::{ArticleInfo, ClaimView, Decision, HiddenSpan, SourceDecision};

/// An article as an export holds it: with its text and what was found to be no claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// What is known of it.
    #[serde(flatten)]
    pub info: ArticleInfo,
    /// Version of the extraction rules that found its claims.
    pub rules: u32,
    /// What in it is no claim, and why.
    #[serde(default)]
    pub hidden: Vec<HiddenSpan>,
    /// The text, verbatim.
    pub text: String,
}

/// A line as it is written.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Line<'r> {
    /// An article with its text.
    Article(&'r ArticleRecord),
    /// A claim of an article.
    Claim(&'r ClaimView<'r>),
    /// A decision on a claim.
    Decision(&'r Decision),
    /// A decision on a source.
    SourceDecision(&'r SourceDecision),
}
