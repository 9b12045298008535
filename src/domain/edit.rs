//! What analysts lay over the words and the attribution that the machine found. What it found is never changed.

use serde::{Deserialize, Serialize};

use super::claim::{Attribution, Claim, Cue, SourceRef};
use super::decision::ClaimState;
use crate::extract::Mode;

/// What of a claim an analyst has set; what is none stands as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Other words of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Excerpt>,
    /// The name of another source; empty where the article itself asserts the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Another cue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
    /// Another mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
}

/// Words of an article and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Code points of the article's text, end exclusive.
    pub spans: Vec<[u32; 2]>,
    /// The words.
    pub text: String,
}

/// What the machine found of a claim that was edited since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its words.
    pub text: String,
    /// Where they stand; the claim's id is made from them.
    pub spans: Vec<[u32; 2]>,
    /// How they are given.
    pub mode: Mode,
    /// Who says it and how.
    pub attribution: Option<Attribution>,
}

impl Edit {
    /// Whether all stands as it was found.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Lays a newer edit over this one.
    pub fn lay(&mut self, newer: &Edit) {
        let Edit { words, source, cue, mode } = newer.clone();
        self.words = words.or(self.words.take());
        self.source = source.or(self.source.take());
        self.cue = cue.or(self.cue.take());
        self.mode = mode.or(self.mode);
    }
}

impl Claim {
    /// Takes the state that decisions lead to, and shows what was found as they edited it.
    pub fn set_state(&mut self, state: ClaimState) {
        if let Some(found) = self.found.take() {
            let Found { text, spans, mode, attribution } = *found;
            (self.text, self.spans, self.mode, self.attribution) = (text, spans, mode, attribution);
        }
        self.state = state;
        if self.state.edit.is_empty() {
            return;
        }
        self.found = Some(Box::new(Found {
            text: self.text.clone(),
            spans: self.spans.clone(),
            mode: self.mode,
            attribution: self.attribution.clone(),
        }));
        let Edit { words, source, cue, mode } = self.state.edit.clone();
        if let Some(words) = words {
            (self.text, self.spans) = (words.text, words.spans);
        }
        self.mode = mode.unwrap_or(self.mode);
        if source.is_some() || cue.is_some() {
            let before = self.attribution.take().unwrap_or_default();
            let after = Attribution {
                source: source.map_or(before.source.clone(), |name| named(&name, before.source)),
                cue: cue.map_or(before.cue, |cue| Some(cue).filter(|cue| !cue.text.is_empty())),
                ..Attribution { medium: before.medium, within: before.within, ..Attribution::default() }
            };
            self.attribution = Some(after).filter(|a| *a != Attribution::default());
        }
    }
}

/// The source with this name: the one that was found where it is called so, else one that nothing more is known of.
fn named(name: &str, found: Option<SourceRef>) -> Option<SourceRef> {
    if name.is_empty() || found.as_ref().and_then(SourceRef::best_name) == Some(name) {
        return found.filter(|_| !name.is_empty());
    }
    Some(SourceRef { name: Some(name.to_owned()), ..SourceRef::default() })
}
