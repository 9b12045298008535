//! The query language: words, "phrases" and fields, joined by space (and), `OR`, `-` (not) and brackets.
//!
//! Reads a query into what it asks for, or says where it stops making sense. Knows nothing of how claims are found.

mod lexer;
mod parser;
mod terms;

use std::fmt;

pub use terms::{Comparison, Field, Has, Is, QUERY_FIELDS, Term, Words};

/// A query, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it asks for; none for the empty query, which every claim fits.
    pub root: Option<Expr>,
}

/// What a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// One condition.
    Term(Term),
    /// What doesn't fit the other.
    Not(Box<Expr>),
    /// What fits each.
    And(Vec<Expr>),
    /// What fits any.
    Or(Vec<Expr>),
}

/// Longest query, in bytes, and deepest brackets: far above what is typed, low enough that no query is slow to read.
pub(crate) const MAX_LENGTH: usize = 4096;
pub(crate) const MAX_DEPTH: usize = 64;

impl Query {
    /// Reads a query.
    pub fn parse(written: &str) -> Result<Self, QueryError> {
        parser::parse(written).map_err(|mistake| QueryError { written: written.to_owned(), ..mistake })
    }
}

/// A mistake in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The query as it was written.
    pub written: String,
    /// The byte at which it stands.
    pub at: usize,
    /// Bytes of what is wrong; 0 at the end of the query.
    pub len: usize,
    /// What was found, in words: `unknown field "stats"`.
    pub found: String,
    /// What was expected there.
    pub expected: String,
    /// What was probably meant.
    pub did_you_mean: Option<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.written.char_indices().take_while(|(at, _)| *at < self.at).count();
        write!(f, "query, character {}: {}: expected {}", before + 1, self.found, self.expected)?;
        match &self.did_you_mean {
            Some(meant) => write!(f, "; did you mean \"{meant}\"?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Mode, Status};
    use proptest::prelude::*;

    fn read(written: &str) -> Expr {
        Query::parse(written).unwrap_or_else(|e| panic!("{written}: {e}")).root.unwrap()
    }

    fn words(text: &str) -> Expr {
        Expr::Term(Term::Words(Words { text: text.to_owned(), prefix: false }))
    }

    fn mistake(written: &str) -> (usize, usize, String) {
        let error = Query::parse(written).unwrap_err();
        (error.at, error.len, error.to_string())
    }

    #[test]
    fn the_empty_query_asks_for_nothing() {
        assert_eq!(Query::parse("  \t").unwrap().root, None);
    }

    #[test]
    fn a_mistakes_place_is_counted_in_characters() {
        let said = mistake("città status:perhaps").2;
        assert!(said.starts_with("query, character 14: \"perhaps\""), "{said}");
        let said = mistake("(città OR").2;
        assert!(said.starts_with("query, character 10: "), "{said}");
    }

    #[test]
    fn a_space_is_and_and_binds_closer_than_or() {
        let expected = Expr::Or(vec![Expr::And(vec![words("oil"), words("gas")]), words("coal")]);
        assert_eq!(read("oil gas OR coal"), expected);
        assert_eq!(read("(oil gas) OR (coal)"), expected);
        assert_eq!(read("oil AND gas"), Expr::And(vec![words("oil"), words("gas")]));
    }

    #[test]
    fn a_minus_negates_what_follows_it() {
        assert_eq!(read("-oil"), Expr::Not(Box::new(words("oil"))));
        assert_eq!(read("--oil"), words("oil"));
        assert_eq!(read("-(oil OR gas)"), Expr::Not(Box::new(Expr::Or(vec![words("oil"), words("gas")]))));
        assert_eq!(read("anti-tank"), words("anti-tank"));
    }

    #[test]
    fn quotation_marks_keep_words_together_and_take_operators_literally() {
        assert_eq!(read("\"oil OR gas\""), words("oil OR gas"));
        assert_eq!(read("“oil price”"), words("oil price"));
        assert_eq!(read("outlet:\"The Daily\""), Expr::Term(Term::Outlet("The Daily".into())));
    }

    #[test]
    fn a_star_asks_for_words_that_begin_so() {
        assert_eq!(read("evac*"), Expr::Term(Term::Words(Words { text: "evac".into(), prefix: true })));
    }

    #[test]
    fn fields_are_read_into_what_they_mean() {
        assert_eq!(read("status:Verified"), Expr::Term(Term::Status(Status::Verified)));
        assert_eq!(read("mode:direct"), Expr::Term(Term::Mode(Mode::Direct)));
        assert_eq!(read("has:note"), Expr::Term(Term::Has(Has::Note)));
        assert_eq!(read("is:later"), Expr::Term(Term::Is(Is::Later)));
        assert_eq!(read("worth:>0.6"), Expr::Term(Term::Worth { comparison: Comparison::Above, than: 0.6 }));
        assert_eq!(read("worth:<=1"), Expr::Term(Term::Worth { comparison: Comparison::AtMost, than: 1.0 }));
        assert_eq!(read("before:1970-01-02"), Expr::Term(Term::Before(86_400)));
        assert_eq!(read("after:1970"), Expr::Term(Term::After(0)));
        assert_eq!(read("http://a.example"), words("http://a.example"));
        assert_eq!(read("source:=\"Ada Brandt\""), Expr::Term(Term::SourceNamed("Ada Brandt".into())));
    }

    #[test]
    fn a_mistake_is_placed_and_says_what_was_expected() {
        let (at, len, said) = mistake("oil stats:verified");
        assert_eq!((at, len), (4, 5));
        assert!(said.contains("unknown field \"stats\"") && said.contains("did you mean \"status\""), "{said}");
        let (at, len, said) = mistake("status:verfied");
        assert_eq!((at, len), (7, 7));
        assert!(said.contains("did you mean \"verified\""), "{said}");
        assert_eq!(mistake("(oil").0, 4);
        assert_eq!(mistake("oil)").0, 3);
        assert_eq!(mistake("\"oil").0, 0);
        assert_eq!(mistake("oil OR").0, 6);
        assert_eq!(mistake("OR oil").0, 0);
        assert_eq!(mistake("status:").0, 7);
        assert_eq!(mistake("before:soon").0, 7);
        assert_eq!(mistake("worth:high").0, 6);
        assert_eq!(mistake("outlet:=\"The Daily\"").0, 8);
        assert_eq!(mistake("source:=\" \"").0, 8);
        assert_eq!(mistake("-").0, 1);
        assert!(mistake("… —").2.contains("letter or digit"));
    }

    #[test]
    fn every_field_of_the_table_reads_each_value_that_it_offers() {
        for field in QUERY_FIELDS {
            for value in field.values {
                let written = format!("{}:{value}", field.name);
                assert!(Query::parse(&written).is_ok(), "{written}");
            }
            assert!(Query::parse(&format!("{}:{}", field.name, field.example)).is_ok(), "{}", field.name);
        }
    }

    #[test]
    fn the_fields_of_the_readme_are_those_of_the_table() {
        let mut table = "| field | selects claims by | takes |\n| --- | --- | --- |\n".to_owned();
        for field in QUERY_FIELDS {
            table.push_str(&format!("| `{}:` | {} | {} |\n", field.name, field.help, field.takes()));
        }
        let readme = include_str!("../../README.md");
        let written = readme.split_once("<!-- fields -->\n").and_then(|(_, rest)| rest.split_once("<!-- /fields -->"));
        assert_eq!(written.unwrap().0, table, "put the right side between the marks of README.md");
    }

    #[test]
    fn deep_brackets_and_endless_queries_are_refused() {
        assert!(Query::parse(&"(".repeat(3000)).is_err());
        assert!(Query::parse(&"a ".repeat(3000)).is_err());
        assert!(Query::parse(&"-".repeat(4000)).is_err());
    }

    proptest! {
        #[test]
        fn any_string_is_read_or_refused_at_a_place_inside_it(
            written in prop_oneof![any::<String>(), "[a-c:()\"* \\-ORst“”>0-9.]{0,40}", "(status|worth|has|before)[:><=0-9a-z\\-]{0,12}"]
        ) {
            if let Err(error) = Query::parse(&written) {
                prop_assert!(written.is_char_boundary(error.at), "{error:?}");
                prop_assert!(written.is_char_boundary(error.at + error.len), "{error:?}");
            }
        }
    }
}
