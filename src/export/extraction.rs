//! What extraction finds in a text as the JSON of `extract`: offsets in code points, places in lists as links.
//!
//! Each thing is put into words when it is written, piece by piece: of a very long text there is no room for all of them.

use std::borrow::Cow;

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::why::Why;
use crate::domain::{Band, CodePoints, GAP, HiddenSpan, Mode, RemarkKind, SourceKind, hedge_term, worth_in_hundredths};
use crate::extract::{self, Piece, Pieces, RULES_VERSION, Span};

/// One line of `extract`.
#[derive(Debug)]
pub struct Extracted<'f> {
    id: Value,
    view: View<'f>,
    found: &'f Pieces,
    /// Why each attribution is as it is, in their order.
    why: Option<&'f [extract::Explanation]>,
}

#[derive(Debug, Serialize)]
struct Attribution {
    source: Option<Source>,
    cue: Option<Words>,
    content: Vec<[u32; 2]>,
    mode: Mode,
    medium: Option<String>,
    within: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

#[derive(Debug, Serialize)]
struct Source {
    span: Option<[u32; 2]>,
    text: Option<String>,
    name: Option<String>,
    role: Option<String>,
    kind: SourceKind,
}

#[derive(Debug, Serialize)]
struct Words {
    span: [u32; 2],
    text: String,
}

#[derive(Debug, Serialize)]
struct Claim {
    spans: Vec<[u32; 2]>,
    text: String,
    attribution: Option<usize>,
    mode: Mode,
    hedges: Vec<Hedge>,
    remarks: Vec<Remark>,
    worth: f32,
    worth_reasons: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Hedge {
    span: [u32; 2],
    term: String,
    band: Option<Band>,
}

#[derive(Debug, Serialize)]
struct Remark {
    span: [u32; 2],
    kind: RemarkKind,
    text: String,
}

impl<'f> Extracted<'f> {
    /// What `found` says about `text`, under the name that the caller gave the text.
    pub fn new(id: Value, text: &'f str, found: &'f Pieces) -> Self {
        Self { id, view: View { text, points: CodePoints::new(text) }, found, why: None }
    }

    /// With why each attribution is as it is, in their order.
    pub fn with_reasons(self, why: &'f [extract::Explanation]) -> Self {
        Self { why: Some(why), ..self }
    }
}

impl Serialize for Extracted<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { id, view, found, why } = self;
        let place = |_: &Piece, _: usize, span: &Span| view.place(*span);
        let attribution = |piece: &Piece, number: usize, from: &extract::Attribution| Attribution {
            within: from.within.map(|place| piece.first_attribution() + place),
            why: why.and_then(|why| why.get(piece.first_attribution() + number)).map(Why::of),
            ..view.attribution(from)
        };
        let claim = |piece: &Piece, _: usize, from: &extract::Claim| Claim {
            attribution: from.attribution.map(|place| piece.first_attribution() + place),
            ..view.claim(from)
        };
        let hidden = |_: &Piece, _: usize, from: &extract::Hidden| HiddenSpan {
            span: view.place(from.span),
            why: from.why.word().to_owned(),
        };
        let mut line = to.serialize_struct("Extracted", 8)?;
        line.serialize_field("id", id)?;
        line.serialize_field("sentences", &Each(found, Piece::sentences, place))?;
        line.serialize_field("attributions", &Each(found, Piece::attributions, attribution))?;
        line.serialize_field("claims", &Each(found, Piece::claims, claim))?;
        line.serialize_field("furniture", &Each(found, Piece::furniture, place))?;
        line.serialize_field("hidden", &Each(found, Piece::hidden, hidden))?;
        line.serialize_field("lang", &found.lang())?;
        line.serialize_field("rules", &RULES_VERSION)?;
        line.end()
    }
}

/// A list of all pieces, of which one thing is put into words at a time; told its piece and its number there.
struct Each<'f, L, W>(&'f Pieces, L, W);

impl<'f, T, O, L, W> Serialize for Each<'f, L, W>
where
    T: Clone + 'f,
    O: Serialize,
    L: Fn(&'f Piece) -> Cow<'f, [T]>,
    W: Fn(&Piece, usize, &T) -> O,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(pieces, list, word) = self;
        let mut written = to.serialize_seq(None)?;
        for piece in pieces.iter() {
            for (number, thing) in list(piece).iter().enumerate() {
                written.serialize_element(&word(piece, number, thing))?;
            }
        }
        written.end()
    }
}

/// A text, seen in code points.
#[derive(Debug)]
struct View<'t> {
    text: &'t str,
    points: CodePoints<'t>,
}

impl View<'_> {
    fn place(&self, span: Span) -> [u32; 2] {
        self.points.of_span(span)
    }

    fn places(&self, spans: &[Span]) -> Vec<[u32; 2]> {
        spans.iter().map(|span| self.place(*span)).collect()
    }

    fn words(&self, span: Span) -> Words {
        Words { span: self.place(span), text: span.of(self.text).to_owned() }
    }

    fn attribution(&self, from: &extract::Attribution) -> Attribution {
        Attribution {
            source: from.source.as_ref().map(|source| Source {
                span: source.span.map(|span| self.place(span)),
                text: source.span.map(|span| span.of(self.text).to_owned()),
                name: source.name.clone(),
                role: source.role.clone(),
                kind: source.kind,
            }),
            cue: from.cue.map(|cue| self.words(cue)),
            content: self.places(&from.content),
            mode: from.mode,
            medium: from.medium.clone(),
            within: from.within,
            why: None,
        }
    }

    fn claim(&self, from: &extract::Claim) -> Claim {
        let remark = |r: &extract::Remark| {
            let Words { span, text } = self.words(r.span);
            Remark { span, kind: r.kind, text }
        };
        Claim {
            spans: self.places(&from.spans),
            text: from.spans.iter().map(|span| span.of(self.text)).collect::<Vec<_>>().join(GAP),
            attribution: from.attribution,
            mode: from.mode,
            hedges: from
                .hedges
                .iter()
                .map(|h| Hedge { span: self.place(h.span), term: hedge_term(self.text, h.span), band: h.band })
                .collect(),
            remarks: from.remarks.iter().map(remark).collect(),
            worth: f32::from(worth_in_hundredths(from.worth)) / 100.0,
            worth_reasons: from.worth_reasons.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Extraction, Hidden, Source as Found, Why};

    #[test]
    fn a_line_has_the_shape_of_the_contract_in_code_points() {
        let text = "“Dé” held, Ada said. Why?";
        let span = |words: &str| {
            let at = text.find(words).unwrap();
            Span::new(text, at..at + words.len()).unwrap()
        };
        let found = Extraction {
            sentences: vec![span("“Dé” held, Ada said."), span("Why?")],
            attributions: vec![extract::Attribution {
                source: Some(Found {
                    span: Some(span("Ada")),
                    name: Some("Ada Brandt".into()),
                    role: None,
                    kind: SourceKind::Person,
                }),
                cue: Some(span("said")),
                content: vec![span("“Dé” held")],
                mode: Mode::Mixed,
                medium: None,
                within: None,
            }],
            claims: vec![extract::Claim {
                spans: vec![span("“Dé”"), span("held")],
                attribution: Some(0),
                mode: Mode::Mixed,
                hedges: vec![],
                remarks: vec![],
                worth: 0.82,
                worth_reasons: vec!["number"],
            }],
            furniture: vec![],
            hidden: vec![Hidden { span: span("Why?"), why: Why::Question }],
            lang: Some("en"),
        };
        let line = serde_json::to_string(&Extracted::new("a1".into(), text, &found.into())).unwrap();
        let (line, _) = line.rsplit_once(",\"rules\":").unwrap();
        insta::assert_snapshot!(line, @r#"{"id":"a1","sentences":[[0,20],[21,25]],"attributions":[{"source":{"span":[11,14],"text":"Ada","name":"Ada Brandt","role":null,"kind":"person"},"cue":{"span":[15,19],"text":"said"},"content":[[0,9]],"mode":"mixed","medium":null,"within":null}],"claims":[{"spans":[[0,4],[5,9]],"text":"“Dé” … held","attribution":0,"mode":"mixed","hedges":[],"remarks":[],"worth":0.82,"worth_reasons":["number"]}],"furniture":[],"hidden":[{"span":[21,25],"why":"question"}],"lang":"en""#);
    }
}
