//! Articles with known attributions, sentences and labels, one JSON object a line. Offsets there are code points.

use std::error::Error;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

/// One text and what is known of it, in bytes.
pub(crate) struct Article {
    /// A number made from its name, by which articles fall into folds.
    pub(crate) number: u64,
    /// The text.
    pub(crate) text: String,
    /// Its attributions; empty where none are known.
    pub(crate) attributions: Vec<Gold>,
    /// Its sentences; empty where they are not known.
    pub(crate) sentences: Vec<Range<usize>>,
    /// The sentences that a golden rule expects, as words.
    pub(crate) expected: Vec<String>,
    /// Whether each sentence is worth a check.
    pub(crate) labels: Vec<bool>,
}

/// One known attribution.
#[derive(Clone)]
pub(crate) struct Gold {
    /// Who says it.
    pub(crate) source: Option<Range<usize>>,
    /// All parts of the source, where it has several.
    pub(crate) source_parts: Vec<Range<usize>>,
    /// The cue.
    pub(crate) cue: Option<Range<usize>>,
    /// What is said.
    pub(crate) content: Vec<Range<usize>>,
}

/// The articles of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<Article>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    file.lines().filter(|l| !l.trim().is_empty()).map(|line| Ok(article(&serde_json::from_str(line)?))).collect()
}

fn article(value: &Value) -> Article {
    let text = value["text"].as_str().unwrap_or_default().to_owned();
    let id = value["id"].as_str().unwrap_or_default();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |v: &Value| v.as_u64().and_then(|at| bytes.get(at as usize)).copied().unwrap_or(text.len());
    let span = |v: &Value| v.as_array().filter(|v| v.len() == 2).map(|v| byte(&v[0])..byte(&v[1]));
    let spans = |v: &Value| v.as_array().map(|v| v.iter().filter_map(span).collect()).unwrap_or_default();
    let gold = |a: &Value| Gold {
        source: span(&a["source"]),
        source_parts: spans(&a["source_frags"]),
        cue: span(&a["cue"]),
        content: spans(&a["content"]),
    };
    let list = |name: &str| value[name].as_array().map(Vec::as_slice).unwrap_or_default();
    Article {
        number: id
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
            >> 20,
        attributions: list("attributions").iter().map(gold).collect(),
        sentences: spans(&value["sentences"]),
        expected: list("expected").iter().filter_map(|s| s.as_str().map(str::to_owned)).collect(),
        labels: list("sentence_labels").iter().map(|l| l.as_u64() == Some(1)).collect(),
        text,
    }
}
