//! Cuts a query into tokens with their places.

use super::QueryError;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Open,
    Close,
    Minus,
    Or,
    And,
    /// A word, phrase, or field with its value.
    Atom(Atom),
}

/// `name:value`, or a value alone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Atom {
    pub(super) field: Option<String>,
    pub(super) value: String,
    pub(super) value_at: usize,
    pub(super) quoted: bool,
    /// A star follows.
    pub(super) prefix: bool,
    /// An equals sign stands before the quotation marks: the value is all there is.
    pub(super) whole: bool,
}

pub(super) fn tokens(written: &str) -> Result<Vec<Token>, QueryError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = written[at..].chars().next() {
        let mut end = at + first.len_utf8();
        let kind = match first {
            c if c.is_whitespace() || c.is_control() => {
                at = end;
                continue;
            }
            '(' => Kind::Open,
            ')' => Kind::Close,
            '-' => Kind::Minus,
            _ => {
                let (atom, atom_end) = atom(written, at)?;
                end = atom_end;
                match (&written[at..end], &atom) {
                    ("OR", _) => Kind::Or,
                    ("AND", _) => Kind::And,
                    _ => Kind::Atom(atom),
                }
            }
        };
        found.push(Token { at, end, kind });
        at = end;
    }
    Ok(found)
}

/// A field needs a plain name: a url or a time with colons is a word.
fn field_name(written: &str) -> Option<&str> {
    let (name, rest) = written.split_once(':')?;
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    (plain && !rest.starts_with("//")).then_some(name)
}

fn atom(written: &str, at: usize) -> Result<(Atom, usize), QueryError> {
    let bare_end = bare_end(written, at);
    let field = field_name(&written[at..bare_end]).map(str::to_owned);
    let named_at = at + field.as_ref().map_or(0, |name| name.len() + 1);
    let whole = field.is_some() && ["=\"", "=“", "=”"].iter().any(|begins| written[named_at..].starts_with(begins));
    let value_at = named_at + usize::from(whole);
    let (value, quoted, mut end) = match written[value_at..].chars().next() {
        Some(mark @ ('"' | '“' | '”')) => {
            let inside = value_at + mark.len_utf8();
            let length = written[inside..].find(['"', '“', '”']).ok_or_else(|| QueryError {
                written: String::new(),
                at: value_at,
                len: written.len() - value_at,
                found: "a quotation mark that nothing closes".into(),
                expected: "a closing quotation mark".into(),
                did_you_mean: None,
            })?;
            let close = written[inside + length..].chars().next().map_or(0, char::len_utf8);
            (&written[inside..inside + length], true, inside + length + close)
        }
        _ => (&written[value_at..bare_end], false, bare_end),
    };
    let value = if quoted { value } else { value.trim_end_matches('*') };
    let mut prefix = !quoted && written[..end].ends_with('*');
    if quoted && written[end..].starts_with('*') {
        prefix = true;
        end += 1;
    }
    Ok((Atom { field, value: value.to_owned(), value_at, quoted, prefix, whole }, end))
}

/// Where a word without quotation marks ends.
fn bare_end(written: &str, at: usize) -> usize {
    let stops = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '(' | ')' | '"' | '“' | '”');
    written[at..].find(stops).map_or(written.len(), |length| at + length)
}
