//! What a search found, lit where it stands: the words of the query, as the store's full text compares them.

use std::ops::Range;

use super::pen::prefix;
use crate::app::App;
use crate::domain::{Expr, Query, Term, Words};

/// Bytes of a text that are looked through at most.
const MOST: usize = 64 * 1024;

/// The words looked for.
#[derive(Debug, Default)]
pub(super) struct Found {
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<String>,
    /// Whether the last word need only begin so.
    prefix: bool,
}

impl Found {
    /// What this deck looks for.
    pub(super) fn new(app: &App) -> Self {
        let query = app.query();
        let mut found = Self::default();
        if let Some(root) = Query::parse(&query).ok().and_then(|query| query.root) {
            found.gather(&root);
        }
        found
    }

    /// Where the words stand in the text.
    pub(super) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        if self.phrases.is_empty() {
            return Vec::new();
        }
        let words = words_in(prefix(text, MOST));
        let mut ranges = Vec::new();
        for phrase in &self.phrases {
            for from in 0..words.len() {
                let here = words[from..].iter().take(phrase.words.len());
                if here.len() == phrase.words.len()
                    && here.clone().enumerate().all(|(n, (_, word))| phrase.fits(n, word))
                {
                    let to = &words[from + phrase.words.len() - 1].0;
                    ranges.push(words[from].0.start..to.end);
                }
            }
        }
        ranges
    }

    fn gather(&mut self, expr: &Expr) {
        match expr {
            Expr::Term(Term::Words(Words { text, prefix })) => {
                let words: Vec<_> = words_in(text).into_iter().map(|(_, word)| word).collect();
                if !words.is_empty() {
                    self.phrases.push(Phrase { words, prefix: *prefix });
                }
            }
            Expr::And(all) | Expr::Or(all) => all.iter().for_each(|one| self.gather(one)),
            Expr::Term(_) | Expr::Not(_) => {}
        }
    }
}

impl Phrase {
    fn fits(&self, place: usize, word: &str) -> bool {
        let wanted = self.words[place].as_str();
        let begins = self.prefix && place + 1 == self.words.len();
        if begins { word.starts_with(wanted) } else { word == wanted }
    }
}

/// Words as full text takes them apart: letters and digits, without case and accents.
fn words_in(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let accent = ('\u{300}'..='\u{36f}').contains(&c);
        let belongs = c.is_alphanumeric() || (accent && inside);
        if !belongs {
            inside = false;
            continue;
        }
        if !inside {
            words.push((at..at, String::new()));
        }
        inside = true;
        if let Some((range, word)) = words.last_mut() {
            range.end = at + c.len_utf8();
            if !accent {
                word.extend(c.to_lowercase().map(bare));
            }
        }
    }
    words
}

/// Latin letters with an accent, and without.
const ACCENTED: &[(&str, char)] = &[
    ("àáâãäåāăą", 'a'),
    ("çćĉċč", 'c'),
    ("ďđ", 'd'),
    ("èéêëēĕėęě", 'e'),
    ("ĝğġģ", 'g'),
    ("ĥ", 'h'),
    ("ìíîïĩīĭį", 'i'),
    ("ĵ", 'j'),
    ("ķ", 'k'),
    ("ĺļľ", 'l'),
    ("ñńņň", 'n'),
    ("òóôõöōŏő", 'o'),
    ("ŕŗř", 'r'),
    ("śŝşš", 's'),
    ("ţť", 't'),
    ("ùúûüũūŭůűų", 'u'),
    ("ŵ", 'w'),
    ("ýÿŷ", 'y'),
    ("źżž", 'z'),
];

fn bare(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    ACCENTED.iter().find(|(accented, _)| accented.contains(c)).map_or(c, |(_, bare)| *bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        let mut found = Found::default();
        found.gather(&Query::parse(query).unwrap().root.unwrap());
        found.ranges(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_lit_without_regard_to_case_and_accents() {
        assert_eq!(lit("zurich", "In Zürich, ZURICH and Zu\u{308}rich"), ["Zürich", "ZURICH", "Zu\u{308}rich"]);
        assert_eq!(lit("вода", "Вода и водка"), ["Вода"]);
    }

    #[test]
    fn whole_words_phrases_and_beginnings() {
        assert_eq!(lit("oil", "oil, oily, boil"), ["oil"]);
        assert_eq!(lit("oil*", "oil, oily, boil"), ["oil", "oily"]);
        assert_eq!(lit("\"fuel depot\"", "A fuel depot; fuel for the depot"), ["fuel depot"]);
    }

    #[test]
    fn what_is_not_looked_for_is_not_lit() {
        assert_eq!(lit("oil -gas status:verified", "oil and gas, verified"), ["oil"]);
    }
}
