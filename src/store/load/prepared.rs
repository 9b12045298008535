//! All of taking an article in that needs no store, so that the one thread that writes only binds and steps.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::domain::{ArticleId, ClaimId, LooseLine, NewArticle, NewClaim, loose_lines, worth_in_hundredths};
use crate::store::detail::{self, PhraseList, Slices};
use crate::store::error::{Result, StoreError};
use crate::store::facets::{self, kind};

/// An article that was checked and written out, as far as that can be done by any thread.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(super) article: Cow<'a, NewArticle>,
    /// Claims with the same spans are one.
    pub(super) claims: Vec<Written>,
    pub(super) hidden: detail::Draft,
    pub(super) phrases: PhraseList,
    /// Places of claims that name a source for the first time.
    pub(super) sources: Vec<usize>,
    pub(super) facets: Vec<Facet>,
    /// Their claims are places among the written ones.
    pub(super) loose_lines: Vec<LooseLine>,
}

/// A claim that is written out.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its place in the article's list.
    pub(super) place: usize,
    pub(super) detail: detail::Draft,
    /// Its source's place among the sources.
    pub(super) source: Option<usize>,
    /// In hundredths.
    pub(super) worth: u8,
}

/// A facet with those of the claims, by their place among the written ones, that have it.
#[derive(Clone, Debug)]
pub(super) struct Facet {
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) claims: Vec<u32>,
}

impl Prepared<'_> {
    /// Prepares an article, or says which id of it is not made from what it stands for.
    pub fn new(article: NewArticle) -> Result<Prepared<'static>> {
        Prepared::of(Cow::Owned(article))
    }

    /// How many claims it has.
    pub fn claims(&self) -> usize {
        self.claims.len()
    }

    pub(super) fn claim(&self, written: &Written) -> &NewClaim {
        &self.article.claims[written.place]
    }
}

impl<'a> Prepared<'a> {
    pub(super) fn of(article: Cow<'a, NewArticle>) -> Result<Self> {
        check_ids(&article)?;
        let slices = Slices::new(&*article.text);
        let mut phrases = PhraseList::default();
        let (mut sources, mut facets) = (Sources::default(), Facets::default());
        let mut claims = Vec::with_capacity(article.claims.len());
        let mut seen = HashSet::with_capacity(article.claims.len());
        for (place, claim) in article.claims.iter().enumerate().filter(|(_, claim)| seen.insert(claim.id)) {
            facets.add(claim, claims.len() as u32);
            claims.push(Written {
                place,
                detail: detail::encode(claim, &slices, &mut phrases),
                source: source_name(claim).map(|name| sources.place(name, place)),
                worth: worth_in_hundredths(claim.worth),
            });
        }
        let hidden = detail::encode_hidden(&article.hidden, &mut phrases);
        let (sources, facets) = (sources.first, facets.into_list());
        let kept = claims.iter().map(|written| &article.claims[written.place]);
        let loose_lines = loose_lines(&article, slices.points(), kept);
        drop(slices);
        Ok(Self { claims, hidden, phrases, sources, facets, loose_lines, article })
    }
}

/// Ids are promises about content on which merging relies, and an article may come from a file of somebody else's.
fn check_ids(article: &NewArticle) -> Result<()> {
    if article.id != ArticleId::of_text(&article.text) {
        return Err(StoreError::WrongId { what: article.id.to_string() });
    }
    let wrong = article.claims.iter().find(|claim| claim.id != ClaimId::of_spans(article.id, &claim.spans));
    wrong.map_or(Ok(()), |claim| Err(StoreError::WrongId { what: claim.id.to_string() }))
}

/// The best name of who says a claim.
pub(in crate::store) fn source_name(claim: &NewClaim) -> Option<&str> {
    claim.attribution.as_ref()?.source.as_ref()?.best_name()
}

/// The sources of an article by name.
#[derive(Default)]
struct Sources<'a> {
    places: HashMap<&'a str, usize>,
    /// Places of the claims that name them first.
    first: Vec<usize>,
}

impl<'a> Sources<'a> {
    fn place(&mut self, name: &'a str, claim: usize) -> usize {
        *self.places.entry(name).or_insert_with(|| {
            self.first.push(claim);
            self.first.len() - 1
        })
    }
}

/// The facets of an article's claims.
#[derive(Default)]
struct Facets(HashMap<(&'static str, String), Vec<u32>>);

impl Facets {
    fn add(&mut self, claim: &NewClaim, place: u32) {
        self.set(kind::MODE, claim.mode.word().to_owned(), place);
        for (kind, value) in facets::of_words(&claim.hedges, &claim.remarks) {
            self.set(kind, value, place);
        }
    }

    fn set(&mut self, kind: &'static str, value: String, place: u32) {
        self.0.entry((kind, value)).or_default().push(place);
    }

    fn into_list(self) -> Vec<Facet> {
        let list = self.0.into_iter().map(|((kind, value), claims)| Facet { kind, value, claims });
        let mut list: Vec<_> = list.collect();
        // Numbers are given in this order: the same articles make the same store.
        list.sort_unstable_by(|a, b| (a.kind, &a.value).cmp(&(b.kind, &b.value)));
        list
    }
}
