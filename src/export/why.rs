//! Why an attribution is as it is, as JSON and as a line: by rule, or by which named features of the learnt models.

use serde::Serialize;

use crate::extract::{Decided, Explanation};

/// Why an attribution is as it is.
#[derive(Clone, Debug, Serialize)]
pub struct Why {
    cue: Part,
    source: Part,
    content: Part,
}

/// How one part of it was decided.
#[derive(Clone, Debug, Serialize)]
struct Part {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sure: Option<f32>,
    /// What weighed most, the strongest first, and how much; what is below nothing spoke against it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<(&'static str, f32)>,
}

/// How many reasons are given in JSON.
const MOST: usize = 6;
/// How many reasons for it are given in a line.
const IN_A_LINE: usize = 2;

impl Why {
    /// As extraction explains it.
    pub fn of(explanation: &Explanation) -> Self {
        Self {
            cue: Part::of(&explanation.cue),
            source: Part::of(&explanation.source),
            content: Part::of(&explanation.content),
        }
    }

    /// In few words.
    pub fn line(&self) -> String {
        format!("cue {}; source {}", self.cue.line(), self.source.line())
    }
}

impl Part {
    fn of(decided: &Decided) -> Self {
        match decided {
            Decided::Rule => Self { by: "rule", sure: None, reasons: Vec::new() },
            Decided::Model { sure, weighed } => Self {
                by: "model",
                sure: sure.map(hundredths),
                reasons: weighed.iter().take(MOST).map(|w| (w.name, hundredths(w.weight))).collect(),
            },
        }
    }

    fn line(&self) -> String {
        let mut said = match self.sure {
            Some(sure) => format!("{:.0} %", sure * 100.0),
            None => format!("by {}", self.by),
        };
        let speaks_for: Vec<&str> = self.reasons.iter().filter(|r| r.1 > 0.0).take(IN_A_LINE).map(|r| r.0).collect();
        if !speaks_for.is_empty() {
            said.push_str(&format!(" ({})", speaks_for.join(", ")));
        }
        if let Some(against) = self.reasons.iter().find(|r| r.1 < 0.0) {
            said.push_str(&format!(", against it: {}", against.0));
        }
        said
    }
}

fn hundredths(number: f32) -> f32 {
    (number * 100.0).round() / 100.0
}
