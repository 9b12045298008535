//! What extraction finds: the shapes that its stages fill and that every layer above reads.

use serde::{Deserialize, Serialize};

use super::Span;

/// Everything found in one text. Lists are in text order; places in lists link them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// All of the text but white space, furniture included, cut into sentences.
    pub sentences: Vec<Span>,
    /// What the article ties to one source by one cue.
    pub attributions: Vec<Attribution>,
    /// The checkable assertions.
    pub claims: Vec<Claim>,
    /// Text that is no part of the article: menus, captions said again, related links.
    pub furniture: Vec<Span>,
    /// What is no claim, and why.
    pub hidden: Vec<Hidden>,
    /// The language as an ISO 639-1 code, where it could be told.
    pub lang: Option<&'static str>,
}

/// One source, one cue, and the content that they share: a quotation broken by "he said" is one, with two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who asserts it; none where the text names nobody.
    pub source: Option<Source>,
    /// The words that tie content to source.
    pub cue: Option<Span>,
    /// The content, quotation marks included, in text order.
    pub content: Vec<Span>,
    /// How the words are given.
    pub mode: Mode,
    /// The channel, where the text names it: "Telegram", "an interview".
    pub medium: Option<String>,
    /// Place of the attribution that encloses this one.
    pub within: Option<usize>,
}

/// Who asserts a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The words that name the source here; none where it is known from elsewhere in the article.
    pub span: Option<Span>,
    /// The source as resolved within the article: "he" is "Roman Zakharov".
    pub name: Option<String>,
    /// What the article says the source is: "Yartsevo district head".
    pub role: Option<String>,
    /// What kind of source it is.
    pub kind: SourceKind,
}

/// What kind of thing a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A person named.
    Person,
    /// A ministry, agency, company, army.
    Body,
    /// Known but not named: "officials", "reports", "several channels".
    Anonymous,
    /// A report, law, poll, post, footage.
    Document,
    /// Not told.
    #[default]
    Unknown,
}

/// One checkable assertion.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its exact words, in text order.
    pub spans: Vec<Span>,
    /// Place of its attribution; none where the outlet itself asserts it.
    pub attribution: Option<usize>,
    /// How its words are given.
    pub mode: Mode,
    /// Words of likelihood or reserve that qualify it.
    pub hedges: Vec<Hedge>,
    /// What the article itself says about its verification.
    pub remarks: Vec<Remark>,
    /// Check-worthiness, 0 to 1.
    pub worth: f32,
    /// Why, strongest first.
    pub worth_reasons: Vec<&'static str>,
}

/// How the words of a claim or attribution are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// All of it in quotation marks.
    Direct,
    /// In the article's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
    /// No source: the outlet asserts it.
    Narrative,
}

impl Mode {
    /// The word for it in JSON and queries.
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Narrative => "narrative",
        }
    }
}

/// A word of likelihood or reserve.
#[derive(Clone, Debug, PartialEq)]
pub struct Hedge {
    /// Where it stands.
    pub span: Span,
    /// The entry of the lexicon: "highly likely".
    pub term: &'static str,
    /// Its place on the scale; none for reserve without a degree ("reportedly").
    pub band: Option<Band>,
}

/// The seven bands of ICD 203 (US intelligence community, analytic standards, 2015), which the PHIA yardstick
/// (UK professional head of intelligence assessment, 2018) splits at nearly the same places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// 1 to 5 %: almost no chance, remote.
    AlmostNoChance,
    /// 5 to 20 %: very unlikely, highly improbable.
    VeryUnlikely,
    /// 20 to 45 %: unlikely, improbable.
    Unlikely,
    /// 45 to 55 %: roughly even chance; also "may" and "realistic possibility", which PHIA puts at 40 to 50 %.
    RoughlyEven,
    /// 55 to 80 %: likely, probable.
    Likely,
    /// 80 to 95 %: very likely, highly probable.
    VeryLikely,
    /// 95 to 99 %: almost certain, nearly certain.
    AlmostCertain,
}

impl Band {
    /// The word for it in JSON and queries.
    pub fn word(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost-no-chance",
            Self::VeryUnlikely => "very-unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEven => "roughly-even",
            Self::Likely => "likely",
            Self::VeryLikely => "very-likely",
            Self::AlmostCertain => "almost-certain",
        }
    }
}

/// The article's own word on whether a claim has been verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The sentence or clause that says it.
    pub span: Span,
    /// What it says.
    pub kind: RemarkKind,
}

/// What a remark says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// Not, or not independently, verified or confirmed.
    NotVerified,
    /// Confirmed by somebody.
    Confirmed,
    /// Denied by somebody.
    Denied,
    /// Somebody did not comment, or has not claimed responsibility.
    NoComment,
}

impl RemarkKind {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotVerified => "not-verified",
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::NoComment => "no-comment",
        }
    }
}

/// Text that is no claim, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where it stands.
    pub span: Span,
    /// Why it is no claim.
    pub why: Why,
}

/// Why a sentence is no claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It asks.
    Question,
    /// It wishes, orders or thanks.
    Wish,
    /// It values, and nothing in it can be checked.
    Opinion,
    /// A title or heading inside the article.
    Heading,
    /// It can't stand alone: no subject or no finite verb.
    Fragment,
    /// It speaks of the verification of other claims.
    Remark,
    /// The same words stand earlier in the article.
    Repeated,
}

impl Why {
    /// The word used in files and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Wish => "wish",
            Self::Opinion => "opinion",
            Self::Heading => "heading",
            Self::Fragment => "fragment",
            Self::Remark => "remark",
            Self::Repeated => "repeated",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(value: impl Serialize) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn words_are_those_of_json() {
        for mode in [Mode::Direct, Mode::Indirect, Mode::Mixed, Mode::Narrative] {
            assert_eq!(mode.word(), json(mode));
        }
        use Band::*;
        for band in [AlmostNoChance, VeryUnlikely, Unlikely, RoughlyEven, Likely, VeryLikely, AlmostCertain] {
            assert_eq!(band.word(), json(band));
        }
        for kind in [RemarkKind::NotVerified, RemarkKind::Confirmed, RemarkKind::Denied, RemarkKind::NoComment] {
            assert_eq!(kind.word(), json(kind));
        }
    }
}
