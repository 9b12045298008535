//! Claims that analysts add to an article, by hand or by splitting one. What the machine found is never changed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::article::NewClaim;
use super::claim::{Attribution, Claim, Hedge, Remark, SourceRef, worth_in_hundredths};
use super::edit::Excerpt;
use super::{ArticleId, ClaimId};
use crate::extract::Mode;

/// A claim that an analyst adds: all that extraction would have said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// To which article.
    pub article: ArticleId,
    /// Its words, and where they stand.
    #[serde(flatten)]
    pub words: Excerpt,
    /// How they are given.
    pub mode: Mode,
    /// Who says it and how; none where the outlet itself does.
    #[serde(default)]
    pub attribution: Option<Attribution>,
    /// Words of likelihood or reserve in it.
    #[serde(default)]
    pub hedges: Vec<Hedge>,
    /// What the article says about its verification.
    #[serde(default)]
    pub remarks: Vec<Remark>,
    /// Check-worthiness in hundredths; from 0 to 1 in JSON, as in a claim.
    #[serde(serialize_with = "as_share", deserialize_with = "of_share")]
    pub worth: u8,
    /// Why, strongest first.
    #[serde(default)]
    pub worth_reasons: Vec<String>,
    /// The claim that it was split from, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_from: Option<ClaimId>,
}

/// Why a claim that somebody took the trouble to add is worth checking.
const CHOSEN: &str = "added by an analyst";

impl Addition {
    /// A claim with these words, asserted by this source or, where the name is empty, by the article itself.
    pub fn by_hand(article: ArticleId, words: Excerpt, source: &str) -> Self {
        let named = SourceRef { name: Some(source.to_owned()), ..SourceRef::default() };
        let attribution = Attribution { source: Some(named), ..Attribution::default() };
        Self {
            article,
            words,
            mode: if source.is_empty() { Mode::Narrative } else { Mode::Indirect },
            attribution: Some(attribution).filter(|_| !source.is_empty()),
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 100,
            worth_reasons: vec![CHOSEN.to_owned()],
            split_from: None,
        }
    }

    /// A part of a claim, which has all that the claim has; of its hedges those among these words.
    pub fn part_of(claim: &Claim, words: Excerpt) -> Self {
        let inside = |hedge: &&Hedge| words.spans.iter().any(|s| s[0] <= hedge.span[0] && hedge.span[1] <= s[1]);
        Self {
            article: claim.article.id,
            mode: claim.mode,
            attribution: claim.attribution.clone(),
            hedges: claim.hedges.iter().filter(inside).cloned().collect(),
            remarks: claim.remarks.clone(),
            worth: worth_in_hundredths(claim.worth),
            worth_reasons: claim.worth_reasons.clone(),
            split_from: Some(claim.id),
            words,
        }
    }

    /// The claim's id, made from its article and spans as every claim's.
    pub fn id(&self) -> ClaimId {
        ClaimId::of_spans(self.article, &self.words.spans)
    }

    /// The claim as it is kept.
    pub fn claim(&self) -> NewClaim {
        let Self { words, mode, attribution, hedges, remarks, worth, worth_reasons, .. } = self.clone();
        let Excerpt { spans, text } = words;
        let worth = f32::from(worth.min(100)) / 100.0;
        NewClaim { id: self.id(), text, spans, mode, attribution, hedges, remarks, worth, worth_reasons }
    }
}

fn as_share<S: Serializer>(worth: &u8, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(f64::from(*worth) / 100.0)
}

fn of_share<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    f32::deserialize(from).map(worth_in_hundredths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_addition_reads_back_from_its_json_with_worth_as_in_a_claim() {
        let words = Excerpt { spans: vec![[3, 7]], text: "dams".into() };
        let added = Addition { worth: 57, ..Addition::by_hand(ArticleId::of_text("x"), words, "Ida Berg") };
        let json = serde_json::to_string(&added).unwrap();
        assert!(json.contains("\"worth\":0.57") && json.contains("\"spans\":[[3,7]]"), "{json}");
        assert_eq!(serde_json::from_str::<Addition>(&json).unwrap(), added);
        assert_eq!(added.claim().mode, Mode::Indirect);
    }
}
