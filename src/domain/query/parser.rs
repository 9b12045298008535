//! Reads tokens into an expression: `or` of `and`s of negated or plain terms and brackets.

use super::lexer::{Atom, Kind, Token, tokens};
use super::terms::{self, Term, Words};
use super::{Expr, MAX_DEPTH, MAX_LENGTH, Query, QueryError};

pub(super) fn parse(written: &str) -> Result<Query, QueryError> {
    if written.len() > MAX_LENGTH {
        let found = format!("a query of {} bytes", written.len());
        return Err(mistake(0, 0, found, format!("at most {MAX_LENGTH}")));
    }
    let tokens = tokens(written)?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0, end: written.len() };
    if tokens.is_empty() {
        return Ok(Query { root: None });
    }
    let root = parser.or()?;
    match parser.peek() {
        None => Ok(Query { root: Some(root) }),
        Some(token) => {
            Err(mistake(token.at, token.end - token.at, "a bracket that nothing opened".into(), "a word".into()))
        }
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    depth: usize,
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next)
    }

    fn or(&mut self) -> Result<Expr, QueryError> {
        let mut any = vec![self.and()?];
        while matches!(self.peek(), Some(Token { kind: Kind::Or, .. })) {
            self.next += 1;
            any.push(self.and()?);
        }
        Ok(single_or(any, Expr::Or))
    }

    fn and(&mut self) -> Result<Expr, QueryError> {
        let mut all = vec![self.negated()?];
        loop {
            match self.peek().map(|t| &t.kind) {
                None | Some(Kind::Or | Kind::Close) => break,
                Some(Kind::And) => self.next += 1,
                Some(_) => {}
            }
            all.push(self.negated()?);
        }
        Ok(single_or(all, Expr::And))
    }

    fn negated(&mut self) -> Result<Expr, QueryError> {
        let mut negate = false;
        while matches!(self.peek(), Some(Token { kind: Kind::Minus, .. })) {
            self.next += 1;
            negate = !negate;
        }
        let inner = self.term()?;
        Ok(if negate { Expr::Not(Box::new(inner)) } else { inner })
    }

    fn term(&mut self) -> Result<Expr, QueryError> {
        let expected = "a word, a \"phrase\", a field or a bracket";
        let Some(token) = self.peek() else {
            return Err(mistake(self.end, 0, "the end of the query".into(), expected.into()));
        };
        self.next += 1;
        match &token.kind {
            Kind::Open => self.bracket(token),
            Kind::Atom(atom) => term_of(atom, token).map(Expr::Term),
            Kind::Or | Kind::And | Kind::Close | Kind::Minus => {
                let found = match token.kind {
                    Kind::Or => "\"OR\" with nothing before it",
                    Kind::And => "\"AND\" with nothing before it",
                    _ => "a closing bracket",
                };
                Err(mistake(token.at, token.end - token.at, found.into(), expected.into()))
            }
        }
    }

    fn bracket(&mut self, open: &Token) -> Result<Expr, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let found = format!("brackets {} deep", self.depth);
            return Err(mistake(open.at, 1, found, format!("at most {MAX_DEPTH}")));
        }
        let inner = self.or()?;
        self.depth -= 1;
        match self.peek() {
            Some(Token { kind: Kind::Close, .. }) => {
                self.next += 1;
                Ok(inner)
            }
            _ => Err(mistake(self.end, 0, "the end of the query".into(), "a closing bracket".into())),
        }
    }
}

fn term_of(atom: &Atom, token: &Token) -> Result<Term, QueryError> {
    let Some(name) = &atom.field else {
        let words = Words { text: atom.value.clone(), prefix: atom.prefix };
        return words_of(words, token.at, token.end - token.at).map(Term::Words);
    };
    let Some(field) = terms::field(name) else {
        let names: Vec<_> = terms::QUERY_FIELDS.iter().map(|f| f.name).collect();
        let expected = format!("one of {}, or quotation marks around the words", names.join(", "));
        let mut error = mistake(token.at, name.len(), format!("unknown field \"{name}\""), expected);
        error.did_you_mean = closest(name, &names);
        return Err(error);
    };
    if atom.value.is_empty() && !atom.quoted {
        let expected = format!("a value, such as {}:{}", field.name, field.example);
        return Err(mistake(atom.value_at, 0, format!("nothing after \"{name}:\""), expected));
    }
    let len = token.end - atom.value_at;
    if atom.whole {
        let named = (field.name == "source").then(|| atom.value.trim().to_owned()).filter(|name| !name.is_empty());
        let expected = "source:=\"the whole name\"; other fields take no = before quotation marks".to_owned();
        let wrong = || mistake(atom.value_at, len, format!("{}:=\"{}\"", field.name, atom.value), expected);
        return named.map(Term::SourceNamed).ok_or_else(wrong);
    }
    (field.read)(&atom.value, atom.prefix).ok_or_else(|| {
        let found = format!("\"{}\"", atom.value);
        let expected = if field.values.is_empty() { field.takes.to_owned() } else { one_of(field.values) };
        let mut error = mistake(atom.value_at, len, found, expected);
        error.did_you_mean = closest(&atom.value, field.values);
        error
    })
}

fn words_of(words: Words, at: usize, len: usize) -> Result<Words, QueryError> {
    if words.text.chars().any(char::is_alphanumeric) {
        return Ok(words);
    }
    Err(mistake(at, len, format!("\"{}\"", words.text), "a letter or digit in a word that is searched for".into()))
}

fn single_or(mut all: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            all.push(last);
            join(all)
        }
        (None, _) => join(all),
    }
}

fn one_of(values: &[&str]) -> String {
    match values {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => values.join(", "),
    }
}

fn mistake(at: usize, len: usize, found: String, expected: String) -> QueryError {
    QueryError { written: String::new(), at, len, found, expected, did_you_mean: None }
}

/// The word of `known` that is nearest to `written`, if it is near.
fn closest(written: &str, known: &[&str]) -> Option<String> {
    let written = written.to_lowercase();
    // Longer than any field or value: nothing is near, and the distance would cost.
    if written.chars().count() > 24 {
        return None;
    }
    let near = known.iter().map(|word| (distance(&written, word), *word)).min()?;
    (near.0 <= near.1.chars().count().div_ceil(3)).then(|| near.1.to_owned())
}

/// Insertions, deletions and replacements between two words (Levenshtein, 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
