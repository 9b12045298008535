//! Why an attribution is as it is: by which rule, or by which named features of the learnt models.
//!
//! Works out again what was decided, so that nothing is kept that is hardly ever asked for.

use super::super::{Attribution, Span};
use super::model::{Rows, Weighed, Weights, Why};
use super::{Layout, blend, model};

/// Why an attribution is as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Why something is said here.
    pub cue: Decided,
    /// Why it is this source.
    pub source: Decided,
    /// Where the content ends.
    pub content: Decided,
}

/// How a part was decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// By a plain rule.
    Rule,
    /// By the learnt models.
    Model {
        /// How sure they are, 0 to 1, where that can be told.
        sure: Option<f32>,
        /// What weighed most, the strongest first.
        weighed: Vec<Weighed>,
    },
}

/// Why each of these attributions of the text is as it is, in their order.
pub fn explain<R: Rows>(
    text: &str,
    layout: &Layout,
    weights: Option<&Weights<R>>,
    attributions: &[Attribution],
) -> Vec<Explanation> {
    let mut believed: Vec<Believed> = Vec::new();
    for paragraph in weights.is_some().then(|| model::paragraphs(text, layout)).into_iter().flatten() {
        let whys = weights.map(|weights| paragraph.why(weights, blend::BELIEVED)).unwrap_or_default();
        let span = |tokens| paragraph.scene.span(tokens);
        let placed = |why: Why| Believed { cue: span(why.cue.clone()), source: why.chosen.clone().map(span), why };
        believed.extend(whys.into_iter().map(placed));
    }
    attributions.iter().map(|attribution| explanation(attribution, &believed)).collect()
}

/// What the models believe, where it stands in the text.
struct Believed {
    cue: Span,
    source: Option<Span>,
    why: Why,
}

/// What the models did not find, or find otherwise, is by rule.
fn explanation(attribution: &Attribution, believed: &[Believed]) -> Explanation {
    let known = attribution.cue.and_then(|cue| {
        let place = believed.partition_point(|b| b.cue.start() < cue.start());
        believed.get(place).filter(|b| b.cue == cue)
    });
    let Some(Believed { source, why, .. }) = known else {
        return Explanation { cue: Decided::Rule, source: Decided::Rule, content: Decided::Rule };
    };
    let named = attribution.source.as_ref().and_then(|s| s.span);
    let chosen = match (named, source) {
        (Some(named), Some(chosen)) => named.start() < chosen.end() && chosen.start() < named.end(),
        (named, chosen) => named.is_none() && chosen.is_none(),
    };
    let model = |sure, weighed: &[Weighed]| Decided::Model { sure, weighed: weighed.to_vec() };
    Explanation {
        cue: model(Some(why.chance), &why.for_cue),
        source: if chosen { model(None, &why.for_source) } else { Decided::Rule },
        content: model(Some(why.content), &[]),
    }
}
