//! Echo told from corroboration: which claims go back to the same source, and so count once.
//!
//! In doubt two sources are one: a count of independent sources that is too low costs a look, one that is too high misleads.

use super::wording::Wording;
use crate::domain::{Claim, Mode};

/// Claims that go back to one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who: a source, or the outlet that asserts it itself.
    pub name: String,
    /// The claims, by their place in the list that was given.
    pub claims: Vec<usize>,
}

/// Words of content from which on the same text in two outlets was copied, rather than found twice.
const COPIED: usize = 5;

/// Sorts claims by the source that they go back to, in the order in which each comes first.
pub fn origins(claims: &[&Claim]) -> Vec<Origin> {
    let roots: Vec<Root> = claims.iter().map(|claim| Root::of(claim)).collect();
    let mut group: Vec<usize> = (0..roots.len()).collect();
    for later in 0..roots.len() {
        for earlier in 0..later {
            if group[earlier] != group[later] && roots[earlier].meets(&roots[later]) {
                let (from, to) = (group[later].max(group[earlier]), group[later].min(group[earlier]));
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let mut origins: Vec<(usize, Origin)> = Vec::new();
    for (place, of) in group.iter().enumerate() {
        match origins.iter_mut().find(|(group, _)| group == of) {
            Some((_, origin)) => origin.claims.push(place),
            None => origins.push((*of, Origin { name: roots[place].name.clone(), claims: vec![place] })),
        }
    }
    origins.into_iter().map(|(_, origin)| origin).collect()
}

/// What a claim goes back to.
struct Root {
    name: String,
    /// Names on the way from the fact to the article, as words in lower case: who says it, who relays it.
    chain: Vec<Vec<String>>,
    /// The words, where they are enough to show that one text was copied from another.
    words: Vec<String>,
}

impl Root {
    fn of(claim: &Claim) -> Self {
        let meta = &claim.article.meta;
        let attribution = claim.attribution.as_ref();
        let source = attribution.and_then(|a| a.source.as_ref()).and_then(|s| s.best_name());
        // Names that analysts joined are one.
        let known = source.and(claim.source.as_ref()).map(|known| known.name.as_str());
        let relay = attribution.and_then(|a| a.within.as_ref()).and_then(|s| s.best_name());
        // A claim in the outlet's own words goes back to the outlet, where that is known; else to this one article.
        let own = || {
            meta.outlet.clone().or_else(|| site(meta.url.as_deref())).unwrap_or_else(|| claim.article.id.to_string())
        };
        let name = match (source, claim.mode) {
            (Some(name), _) => name.to_owned(),
            (None, Mode::Narrative) => own(),
            // Somebody says it, but nobody knows who: no more than the outlet's word.
            (None, _) => own(),
        };
        let names = std::iter::once(name.as_str()).chain(known).chain(relay);
        let chain = names.map(name_words).filter(|words| !words.is_empty()).collect();
        let wording = Wording::new(&claim.text);
        let words: Vec<String> = wording.words.iter().map(|word| word.plain.clone()).collect();
        let is_enough = wording.content_words().count() >= COPIED;
        Self { name, chain, words: if is_enough { words } else { Vec::new() } }
    }

    fn meets(&self, other: &Root) -> bool {
        let copied = !self.words.is_empty() && self.words == other.words;
        copied || self.chain.iter().any(|a| other.chain.iter().any(|b| is_one(a, b)))
    }
}

/// The site of a link: "news.example".
fn site(url: Option<&str>) -> Option<String> {
    let (_, rest) = url?.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
}

fn name_words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !matches!(word.as_str(), "the" | "a" | "an" | "s")).collect()
}

/// Whether two names may be one: equal, or one is how the other ends, as a surname does.
fn is_one(a: &[String], b: &[String]) -> bool {
    a.ends_with(b) || b.ends_with(a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, ArticleRef, Attribution, KnownSource, Meta, SourceRef};

    fn claim(text: &str, outlet: &str, source: Option<&str>, relay: Option<&str>) -> Claim {
        let id = ArticleId::of_text(&format!("{outlet}{text}"));
        let named = |name: &str| SourceRef { name: Some(name.into()), ..SourceRef::default() };
        let attribution = source.map(|name| Attribution {
            source: Some(named(name)),
            within: relay.map(named),
            ..Attribution::default()
        });
        let meta = Meta { outlet: Some(outlet.into()), ..Meta::default() };
        let mode = if source.is_some() { Mode::Indirect } else { Mode::Narrative };
        Claim { mode, attribution, ..Claim::bare(ArticleRef { id, meta: meta.into() }, vec![[0, 1]], text) }
    }

    fn names(claims: &[Claim]) -> Vec<(String, usize)> {
        let claims: Vec<_> = claims.iter().collect();
        origins(&claims).into_iter().map(|origin| (origin.name, origin.claims.len())).collect()
    }

    #[test]
    fn two_outlets_that_quote_one_source_are_one_source() {
        let quoted = [
            claim("The bridge is shut", "Northern Post", Some("Ada Brandt"), None),
            claim("The Sarn bridge is shut", "Harbour Gazette", Some("Brandt"), None),
        ];
        assert_eq!(names(&quoted), [("Ada Brandt".to_owned(), 2)]);
    }

    #[test]
    fn names_that_analysts_joined_are_one_source() {
        let claims = [
            claim("The bridge is shut", "Northern Post", Some("Ada Brandt"), None),
            Claim {
                source: Some(KnownSource { name: "Ada Brandt".into(), reliability: None }),
                ..claim("The Sarn bridge is shut", "Harbour Gazette", Some("the harbour master"), None)
            },
        ];
        assert_eq!(names(&claims), [("Ada Brandt".to_owned(), 2)]);
    }

    #[test]
    fn outlets_that_say_it_themselves_are_independent() {
        let own = [
            claim("The bridge is shut", "Northern Post", None, None),
            claim("The Sarn bridge is shut", "Harbour Gazette", None, None),
            claim("The bridge was shut", "Northern Post", None, None),
        ];
        assert_eq!(names(&own), [("Northern Post".to_owned(), 2), ("Harbour Gazette".to_owned(), 1)]);
    }

    #[test]
    fn what_one_agency_relays_goes_back_to_that_agency() {
        let relayed = [
            claim("The bridge is shut", "Northern Post", Some("Ada Brandt"), Some("Sarn Wire")),
            claim("The Sarn bridge is shut", "Sarn Wire", None, None),
            claim("The bridge was shut", "Harbour Gazette", Some("a lorry driver"), None),
        ];
        assert_eq!(names(&relayed), [("Ada Brandt".to_owned(), 2), ("a lorry driver".to_owned(), 1)]);
    }

    #[test]
    fn a_text_that_was_copied_is_one_source() {
        let text = "The Sarn bridge was closed to lorries after a barge struck a pier";
        let copied = [claim(text, "Northern Post", None, None), claim(text, "Harbour Gazette", None, None)];
        assert_eq!(names(&copied).len(), 1);
        let short = [claim("The bridge is shut", "A", None, None), claim("The bridge is shut", "B", None, None)];
        assert_eq!(names(&short).len(), 2);
    }
}
