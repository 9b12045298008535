//! All of taking an article in that needs no store, so that the one thread that writes only binds and steps.

use std::borrow::{Borrow, Cow};
use std::collections::{HashMap, HashSet};

use crate::domain::{
    ArticleId, ClaimId, CodePoints, HiddenSpan, LongArticle, LooseLine, LooseLines, NewArticle, NewClaim,
    worth_in_hundredths,
};
use crate::store::detail::{self, PhraseList, Slices};
use crate::store::error::{Result, StoreError};
use crate::store::facets::{self, kind};

/// An article that was checked and written out, as far as that can be done by any thread.
#[derive(Debug)]
pub struct Prepared<'a> {
    article: Held<'a>,
    count: usize,
    pub(super) hidden: Hidden,
    /// Their claims are places among the written ones.
    pub(super) loose_lines: Vec<LooseLine>,
}

/// An article with its claims.
#[derive(Debug)]
enum Held<'a> {
    Whole(Box<Whole<'a>>),
    /// Its claims are written out when they are put in: there is no room for all of them.
    Long(Box<LongArticle>),
}

/// An article of usual length with its claims written out.
#[derive(Debug)]
struct Whole<'a> {
    article: Cow<'a, NewArticle>,
    drafts: Drafts,
}

/// What of an article is no claim, written out.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) draft: detail::Draft,
    pub(super) phrases: PhraseList,
}

/// Claims of an article that are put in together: all of them, or of a very long one those of a piece.
#[derive(Debug)]
pub(super) struct Group<'g> {
    claims: Cow<'g, [NewClaim]>,
    drafts: Cow<'g, Drafts>,
}

/// Claims that are written out.
#[derive(Clone, Debug, Default)]
pub(super) struct Drafts {
    /// Claims with the same spans are one.
    pub(super) claims: Vec<Written>,
    pub(super) phrases: PhraseList,
    /// Places of claims that name a source for the first time.
    pub(super) sources: Vec<usize>,
    pub(super) facets: Vec<Facet>,
}

/// A claim that is written out.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its place in the list of claims.
    place: usize,
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

    /// Prepares a very long article, of which everything was made here.
    pub fn long(article: LongArticle) -> Prepared<'static> {
        let points = CodePoints::new(&*article.article().text);
        let mut lines = LooseLines::default();
        let mut count = 0;
        for claims in article.claims(&points) {
            distinct(&claims).for_each(|(_, claim)| {
                count += 1;
                lines.add(&points, claim);
            });
        }
        let loose_lines = lines.of(article.article().meta.outlet.as_deref(), &points);
        let hidden = Hidden::of(article.hidden(&points).flatten());
        drop(points);
        Prepared { count, hidden, loose_lines, article: Held::Long(Box::new(article)) }
    }

    /// How many claims it has.
    pub fn claims(&self) -> usize {
        self.count
    }

    /// The article; of a long one without its claims and what is hidden.
    pub(super) fn article(&self) -> &NewArticle {
        match &self.article {
            Held::Whole(whole) => &whole.article,
            Held::Long(article) => article.article(),
        }
    }

    /// Whether its claims come in several groups.
    pub(super) fn is_long(&self) -> bool {
        matches!(self.article, Held::Long(_))
    }

    /// Hands its claims over, group by group, in text order. A group may have none.
    pub(super) fn each_group(&self, mut put: impl FnMut(&Group<'_>) -> Result<()>) -> Result<()> {
        match &self.article {
            Held::Whole(whole) => {
                put(&Group { claims: Cow::Borrowed(&whole.article.claims), drafts: Cow::Borrowed(&whole.drafts) })
            }
            Held::Long(article) => {
                let slices = Slices::new(&*article.article().text);
                article.claims(slices.points()).try_for_each(|claims| {
                    let drafts = Drafts::of(&claims, &slices);
                    put(&Group { claims: Cow::Owned(claims), drafts: Cow::Owned(drafts) })
                })
            }
        }
    }
}

impl<'a> Prepared<'a> {
    pub(super) fn of(article: Cow<'a, NewArticle>) -> Result<Self> {
        check_ids(&article)?;
        let slices = Slices::new(&*article.text);
        let drafts = Drafts::of(&article.claims, &slices);
        let hidden = Hidden::of(article.hidden.iter());
        let mut lines = LooseLines::default();
        if article.meta.outlet.is_some() {
            let kept = drafts.claims.iter().map(|written| &article.claims[written.place]);
            kept.for_each(|claim| lines.add(slices.points(), claim));
        }
        let loose_lines = lines.of(article.meta.outlet.as_deref(), slices.points());
        drop(slices);
        let count = drafts.claims.len();
        Ok(Self { count, hidden, loose_lines, article: Held::Whole(Box::new(Whole { article, drafts })) })
    }
}

impl Group<'_> {
    pub(super) fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    pub(super) fn claim(&self, written: &Written) -> &NewClaim {
        &self.claims[written.place]
    }

    /// The claims that name a source for the first time.
    pub(super) fn sources(&self) -> impl Iterator<Item = &NewClaim> {
        self.drafts.sources.iter().map(|place| &self.claims[*place])
    }
}

impl Drafts {
    fn of(claims: &[NewClaim], slices: &Slices<'_>) -> Self {
        let mut drafts = Self { claims: Vec::with_capacity(claims.len()), ..Self::default() };
        let (mut sources, mut facets) = (Sources::default(), Facets::default());
        for (place, claim) in distinct(claims) {
            facets.add(claim, drafts.claims.len() as u32);
            drafts.claims.push(Written {
                place,
                detail: detail::encode(claim, slices, &mut drafts.phrases),
                source: source_name(claim).map(|name| sources.place(name, place)),
                worth: worth_in_hundredths(claim.worth),
            });
        }
        Self { sources: sources.first, facets: facets.into_list(), ..drafts }
    }
}

impl Hidden {
    fn of(hidden: impl Iterator<Item: Borrow<HiddenSpan>>) -> Self {
        let mut phrases = PhraseList::default();
        Self { draft: detail::encode_hidden(hidden, &mut phrases), phrases }
    }
}

/// Claims with the same spans are one: the first, with its place.
fn distinct(claims: &[NewClaim]) -> impl Iterator<Item = (usize, &NewClaim)> {
    let mut seen = HashSet::with_capacity(claims.len());
    claims.iter().enumerate().filter(move |(_, claim)| seen.insert(claim.id))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Act, Deck, Draft, Ledger, LedgerOrder, Meta, Moment, Order, Seek, SourceSeek, Status};
    use crate::extract::pieces_up_to;
    use crate::store::{Added, By, Store};
    use proptest::prelude::*;

    const PARAGRAPHS: [&str; 6] = [
        "“The dam held, probably,” governor Ada Brandt said. The union quoted her as saying it could not be verified.\n\n",
        "Two bridges — closed since May — were opened again. Why?\n\n",
        "The ministry of roads denied the claims on Telegram. It added that 40 houses were reportedly lost.\n\n",
        "Share\n\nSubscribe to our newsletter\n\n",
        "The Gazette is read in every town on the river.\n\n",
        "Überall stieg das Wasser, sagte die Sprecherin. The mayor closed the road.\n\n",
    ];
    const PIECE: usize = 300;

    fn draft(paragraphs: &[&str]) -> Draft {
        let named = |name: &str| Some(name.to_owned());
        let meta = Meta { path: named("a.txt"), outlet: named("Gazette"), ..Meta::default() };
        Draft { text: paragraphs.concat(), meta }
    }

    fn whole(paragraphs: &[&str]) -> Prepared<'static> {
        let draft = draft(paragraphs);
        let found = pieces_up_to(&draft.text, PIECE).joined();
        Prepared::new(NewArticle::new(draft, found)).unwrap()
    }

    fn long(paragraphs: &[&str]) -> Prepared<'static> {
        let draft = draft(paragraphs);
        let found = pieces_up_to(&draft.text, PIECE);
        Prepared::long(LongArticle::new(draft, found))
    }

    fn add(store: &mut Store, article: &Prepared<'_>) -> Added {
        let mut loader = store.loader();
        let added = loader.add_prepared(article, Moment(7)).unwrap();
        loader.finish().unwrap();
        added
    }

    fn deck(query: &str, order: Order) -> Deck {
        Deck { query: query.into(), order }
    }

    /// All that can be asked of a store about the article of these paragraphs.
    fn told(store: &Store, paragraphs: &[&str]) -> String {
        let mut all = format!("{:?}", store.stats().unwrap());
        for order in [Order::Article, Order::Worth, Order::Source, Order::Newest] {
            for query in
                ["", "is:changed", "has:remark", "hedge:probably", "mode:direct", "outlet:gazette", "brandt", "road"]
            {
                let page = store.page(&deck(query, order), Seek::First, 1_000).unwrap();
                all += &format!("{query} {:?}", page.claims);
            }
        }
        let sources = Ledger { order: LedgerOrder::ALL[0], letters: String::new() };
        all += &format!("{:?}", store.sources(&sources, &SourceSeek::First, 100).unwrap());
        let text = store.article(ArticleId::of_text(&paragraphs.concat())).unwrap();
        all + &format!("{text:?} {:?}", store.articles(None, 10).unwrap())
    }

    fn paragraphs() -> impl Strategy<Value = Vec<&'static str>> {
        prop::collection::vec(prop::sample::select(&PARAGRAPHS[..]), 4..10)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn an_article_that_is_put_in_piece_by_piece_is_the_one_that_is_put_in_whole(
            before in paragraphs(),
            after in paragraphs(),
        ) {
            let (mut at_once, mut in_pieces) = (Store::empty().unwrap(), Store::empty().unwrap());
            for paragraphs in [&before, &after, &after, &before] {
                let added = add(&mut at_once, &whole(paragraphs));
                prop_assert_eq!(add(&mut in_pieces, &long(paragraphs)), added);
                prop_assert_eq!(told(&in_pieces, paragraphs), told(&at_once, paragraphs));
                for store in [&mut at_once, &mut in_pieces] {
                    let claims = store.page(&deck("", Order::Worth), Seek::First, 1).unwrap().claims;
                    let by = By { analyst: "ana".into(), session: None, now_ms: 1 };
                    if let Some(claim) = claims.first() {
                        store.decide(&by, &[(claim.id, Act::Status { status: Status::Verified })]).unwrap();
                    }
                }
            }
        }
    }

    #[test]
    fn a_long_article_that_is_given_up_leaves_nothing_and_takes_nothing_along() {
        let mut store = Store::empty().unwrap();
        let mut loader = store.loader().until(|| true);
        loader.add_prepared(&whole(&PARAGRAPHS[..1]), Moment(7)).unwrap();
        let given_up = loader.add_prepared(&long(&PARAGRAPHS.repeat(2)), Moment(7));
        assert!(matches!(given_up, Err(StoreError::Interrupted)), "{given_up:?}");
        loader.finish().unwrap();
        let articles = store.articles(None, 10).unwrap();
        assert_eq!(articles.iter().map(|a| a.id).collect::<Vec<_>>(), [ArticleId::of_text(PARAGRAPHS[0])]);
        let claims = store.page(&deck("", Order::Article), Seek::First, 100).unwrap().claims;
        assert!(claims.iter().all(|claim| claim.article.id == articles[0].id) && !claims.is_empty());
    }
}
