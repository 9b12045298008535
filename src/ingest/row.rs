//! One article as a JSON object: which keys are read, and what they may hold.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::decode::decode;
use super::published::published;
use super::{Part, Reason};
use crate::domain::{Draft, Meta};

/// An article read from a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name in the file, as it was written: a string or a number.
    pub id: Option<Value>,
    /// The text, verbatim.
    pub text: String,
    /// What the object says about it.
    pub meta: Meta,
}

/// An object that is no article.
#[derive(Debug)]
pub struct BadRow {
    /// Its name, where it could be read.
    pub id: Option<Value>,
    /// Why.
    pub reason: Reason,
}

const TEXT: &[&str] = &["text", "body", "content"];

/// A key that says what is known of an article.
struct Key {
    /// Its name, and other names for it; the first that a file holds counts.
    names: &'static [&'static str],
    slot: fn(&mut Meta) -> &mut Option<String>,
    read: fn(&str) -> Option<String>,
}

const META: &[Key] = &[
    Key { names: &["title", "headline"], slot: |m| &mut m.title, read: as_written },
    Key { names: &["outlet", "publisher", "site"], slot: |m| &mut m.outlet, read: as_written },
    Key { names: &["author", "authors", "byline"], slot: |m| &mut m.author, read: as_written },
    Key { names: &["url", "link"], slot: |m| &mut m.url, read: as_written },
    Key { names: &["published", "published_at", "date"], slot: |m| &mut m.published, read: published },
    Key { names: &["lang", "language"], slot: |m| &mut m.lang, read: as_written },
];

/// Bytes of the longest value that is taken for what it says it is.
const LONGEST: usize = 4096;

fn as_written(value: &str) -> Option<String> {
    Some(value.trim()).filter(|value| !value.is_empty() && value.len() <= LONGEST).map(str::to_owned)
}

impl Row {
    /// Reads one object, in any usual encoding.
    pub fn parse(json: Vec<u8>) -> Result<Self, BadRow> {
        let nameless = |reason| BadRow { id: None, reason };
        let json = decode(json).map_err(nameless)?;
        let Fields { id, text, meta } = serde_json::from_str(&json).map_err(|e| nameless(of_json(&e)))?;
        let reason = match text {
            Some(Value::String(text)) if text.trim().is_empty() => Reason::Empty,
            Some(Value::String(text)) if text.contains('\0') => Reason::Binary("binary data"),
            Some(Value::String(text)) => return Ok(Self { id, text, meta }),
            Some(Value::Null) | None => Reason::NoArticle("no such key"),
            Some(_) => Reason::NoArticle("a text that is no string"),
        };
        Err(BadRow { id, reason })
    }

    /// Reads one object as a part of a file.
    pub(super) fn part(line: u64, json: Result<Vec<u8>, Reason>) -> Part {
        let row = json.map_err(|reason| BadRow { id: None, reason }).and_then(Self::parse);
        let (id, draft) = match row {
            Ok(row) => (row.id, Ok(Draft { text: row.text, meta: row.meta })),
            Err(bad) => (bad.id, Err(bad.reason)),
        };
        Part { line: Some(line), id: id.as_ref().and_then(words).and_then(|id| as_written(&id)), draft }
    }
}

/// Sets what this key, or another name of it, says; unknown keys and empty values say nothing.
pub(super) fn set_meta(meta: &mut Meta, key: &str, value: &str) {
    if let Some(known) = META.iter().find(|known| known.names.contains(&key)) {
        let slot = (known.slot)(meta);
        *slot = slot.take().or_else(|| (known.read)(value));
    }
}

fn of_json(error: &serde_json::Error) -> Reason {
    not_read(error, "no article")
}

/// What serde says, without the place in a string of one line, which means nothing to the reader of a file. `shape`
/// says what JSON of another shape is not.
pub(super) fn not_read(error: &serde_json::Error, shape: &str) -> Reason {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    Reason::Json(match error.classify() {
        serde_json::error::Category::Data => format!("{shape}: {said}"),
        serde_json::error::Category::Eof => format!("cut short: {said}"),
        _ => format!("no JSON: {said} at column {}", error.column()),
    })
}

/// What is taken from an object, whatever else it holds.
#[derive(Default)]
struct Fields {
    id: Option<Value>,
    text: Option<Value>,
    meta: Meta,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a \"text\" string")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut found = Fields::default();
        let mut text_rank = TEXT.len();
        while let Some(key) = map.next_key::<String>()? {
            if key == "id" {
                found.id = Some(map.next_value::<Scalar>()?.0).filter(|id| id.is_string() || id.is_number());
            } else if let Some(rank) = TEXT.iter().position(|name| *name == key) {
                let value = map.next_value::<Scalar>()?.0;
                if rank < text_rank && !value.is_null() {
                    (text_rank, found.text) = (rank, Some(value));
                }
            } else if META.iter().any(|known| known.names.contains(&key.as_str())) {
                if let Some(value) = words(&map.next_value::<Scalar>()?.0) {
                    set_meta(&mut found.meta, &key, &value);
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.first().and_then(words),
        _ => None,
    }
}

/// A string, number or bool as it is; of a list its strings, joined by commas; of an object its "name". Nothing of
/// deeper shapes is kept, however large they are.
struct Scalar(Value);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ScalarVisitor).map(Scalar)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, words: &str) -> Result<Value, E> {
        Ok(Value::String(words.to_owned()))
    }

    fn visit_string<E>(self, words: String) -> Result<Value, E> {
        Ok(Value::String(words))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut joined = String::new();
        let mut any = false;
        while let Some(Scalar(value)) = list.next_element()? {
            if let Some(value) = words(&value) {
                joined.push_str(if any { ", " } else { "" });
                joined.push_str(&value);
                any = true;
            }
        }
        // Not a string: a list is a name or an author, never a text.
        Ok(if any { Value::Array(vec![Value::String(joined)]) } else { Value::Null })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "name" {
                name = words(&map.next_value::<Scalar>()?.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(name.map_or(Value::Null, |name| Value::Array(vec![Value::String(name)])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Result<Row, BadRow> {
        Row::parse(json.as_bytes().to_vec())
    }

    fn reason(json: &str) -> String {
        parse(json).unwrap_err().reason.to_string()
    }

    #[test]
    fn other_names_of_a_key_are_read_and_unknown_keys_passed_over() {
        let row = parse(
            r#"{"id":7,"headline":" Dam holds ","content":"no","text":"It held.\r\n","authors":["A. Brandt","B. Cole"],
                "publisher":{"@type":"Organization","name":"Port Gazette"},"date":"2026-03-02","deep":[[{"a":[1]}]]}"#,
        )
        .unwrap();
        assert_eq!((row.id, row.text.as_str()), (Some(Value::from(7)), "It held.\r\n"));
        assert_eq!(row.meta.title.as_deref(), Some("Dam holds"));
        assert_eq!(row.meta.author.as_deref(), Some("A. Brandt, B. Cole"));
        assert_eq!(row.meta.outlet.as_deref(), Some("Port Gazette"));
        assert_eq!(row.meta.published.as_deref(), Some("2026-03-02"));
    }

    #[test]
    fn an_object_without_a_text_keeps_its_id_and_says_what_is_missing() {
        let bad = parse(r#"{"id":"a1","text":5}"#).unwrap_err();
        assert_eq!(bad.id, Some(Value::from("a1")));
        assert_eq!(
            bad.reason.to_string(),
            "no article: expected an object with a \"text\" string, found a text that is no string"
        );
        assert_eq!(reason(r#"{"text":" "}"#), "no text in it");
        assert_eq!(reason(r#"{"text":["a"]}"#), reason(r#"{"text":5}"#));
    }

    #[test]
    fn what_is_no_object_is_named() {
        assert_eq!(reason("[1]"), "no article: invalid type: sequence, expected an object with a \"text\" string");
        assert_eq!(reason(r#"{"text":"a"#), "cut short: EOF while parsing a string");
        assert_eq!(reason("nonsense"), "no JSON: expected ident at column 2");
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        let deep = format!(r#"{{"text":"a","title":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert!(reason(&deep).contains("recursion limit"), "{}", reason(&deep));
    }

    #[test]
    fn a_lone_surrogate_is_an_error_of_that_object_alone() {
        assert!(reason(r#"{"text":"\ud800"}"#).starts_with("no JSON: "));
    }
}
