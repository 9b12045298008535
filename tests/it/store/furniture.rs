//! Lines that an outlet puts into article after article are furniture, whatever comes first, until somebody decides otherwise.

use claimdeck::domain::*;
use claimdeck::store::Store;
use proptest::prelude::*;

use super::sample::{Desk, by, said_by, status, with_meta};

const ABOUT: &str = "The Courier is read in every town on the river";
const STREETS: [&str; 7] = ["High", "Mill", "Church", "School", "Bridge", "Castle", "Garden"];

fn meta(outlet: &str, street: &str) -> Meta {
    Meta { outlet: Some(outlet.into()), path: Some(format!("{outlet}/{street}.txt")), ..Meta::default() }
}

/// An article of this outlet with the line at its foot.
fn of(outlet: &str, street: &str) -> NewArticle {
    with_meta(
        &format!("{outlet}: the council closed {street} Street.\n\nTraders protested.\n\n{ABOUT}."),
        meta(outlet, street),
    )
}

/// A store that has the line in so many articles of one outlet.
fn desk(articles: usize) -> Desk {
    let mut desk = Desk::new();
    for street in &STREETS[..articles] {
        desk.load(&of("Courier", street));
    }
    desk
}

/// The claims of the line that are in the decks.
fn shown(desk: &Desk) -> usize {
    desk.texts("").iter().filter(|text| *text == ABOUT).count()
}

fn hidden(desk: &Desk) -> Vec<Claim> {
    desk.claims("is:hidden", Order::Article)
}

#[test]
fn a_line_of_many_articles_of_an_outlet_is_hidden_in_all_of_them_and_says_why() {
    let few = FURNITURE as usize - 1;
    assert_eq!((shown(&desk(few)), hidden(&desk(few)).len()), (few, 0));
    let desk = desk(7);
    // What traders did is said as often and could be furniture just as well: nothing but its place and words is judged.
    assert_eq!(desk.texts("").len(), 7);
    assert_eq!(shown(&desk), 0);
    let hidden = hidden(&desk);
    assert_eq!(hidden.len(), 14);
    assert!(hidden.iter().all(|claim| claim.state.furniture_in == Some(7)));
    assert_eq!(hidden[0].state.why_hidden().unwrap(), "its line stands in 7 articles of this outlet");
}

#[test]
fn hidden_lines_are_counted_nowhere_and_leave_no_article_unfinished() {
    let desk = desk(6);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.claims, stats.by_status["unreviewed"], stats.by_outlet["Courier"].claims), (6, 6, 6));
    let articles = desk.store.articles(None, 9).unwrap();
    assert!(articles.iter().all(|article| (article.claims, article.unreviewed) == (3, 1)), "{articles:?}");
}

#[test]
fn another_outlet_and_an_article_of_none_keep_their_lines() {
    let mut desk = desk(4);
    desk.load(&of("Gazette", "Mill"));
    let mut nobodys = of("Courier", "Castle");
    nobodys.meta.outlet = None;
    desk.load(&nobodys);
    assert_eq!((shown(&desk), hidden(&desk).len()), (6, 0));
}

#[test]
fn what_somebody_says_is_said_again_in_the_next_article_and_is_no_furniture() {
    let mut desk = Desk::new();
    for street in STREETS {
        let mut article = of("Courier", street);
        article.claims.iter_mut().for_each(|claim| said_by(claim, "Ida Berg"));
        desk.load(&article);
    }
    assert_eq!((shown(&desk), hidden(&desk).len()), (7, 0));
}

#[test]
fn what_a_person_decided_on_stays_until_that_is_taken_back() {
    let mut desk = desk(4);
    let first = desk.claims("", Order::Article).into_iter().find(|claim| claim.text == ABOUT).unwrap().id;
    desk.store.decide(&by("ana", 10), &[(first, status(Status::Verified))]).unwrap();
    for street in &STREETS[4..] {
        desk.load(&of("Courier", street));
    }
    assert_eq!((shown(&desk), desk.texts("status:verified")), (1, vec![ABOUT.to_owned()]));
    desk.store.undo(&by("ana", 11)).unwrap();
    assert_eq!(shown(&desk), 0);
    desk.store.redo(&by("ana", 12)).unwrap();
    assert_eq!(shown(&desk), 1);
}

#[test]
fn a_claim_that_is_shown_again_stays_shown_whatever_is_loaded() {
    let mut desk = desk(5);
    let id = hidden(&desk)[1].id;
    let back = desk.store.decide(&by("ana", 10), &[(id, Act::Hide { why: String::new() })]).unwrap().remove(0);
    assert!(!back.state.is_hidden());
    desk.load(&of("Courier", "Castle"));
    assert_eq!(shown(&desk), 1);
    desk.store.undo(&by("ana", 11)).unwrap();
    assert_eq!(shown(&desk), 0);
}

#[test]
fn versions_of_one_document_are_one_article() {
    let mut desk = desk(4);
    for edition in ["", " again", " for good"] {
        let text = format!("The council closed{edition} Garden Street.\n\nTraders protested{edition}.\n\n{ABOUT}.");
        desk.load(&with_meta(&text, meta("Courier", "High")));
    }
    assert_eq!(hidden(&desk).len(), 0);
    desk.load(&of("Courier", "Castle"));
    assert_eq!(shown(&desk), 0);
    // The versions that were replaced are in no deck; when one comes back, its line is hidden as well.
    desk.load(&of("Courier", "High"));
    assert_eq!(shown(&desk), 0);
}

/// All that can be seen of the store but the order in which things came.
fn told(store: &Store) -> Vec<String> {
    let deck = |query: &str| Deck { query: query.into(), ..Deck::default() };
    let all = store.page(&deck("is:hidden OR -is:hidden"), Seek::First, 100).unwrap().claims;
    let mut told: Vec<_> = all.iter().map(|claim| format!("{} {:?}", claim.id, claim.state)).collect();
    told.sort();
    told.push(format!("{:?}", store.stats().unwrap()));
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn neither_the_order_of_loads_nor_loading_again_makes_a_difference(
        order in Just((0..7usize).collect::<Vec<_>>()).prop_shuffle(),
        again in 0..7usize,
        decided in 0..7usize,
    ) {
        let mut one = desk(7);
        let mut other = Desk::new();
        let act = |desk: &mut Desk| {
            let article = of("Courier", STREETS[decided]);
            desk.store.decide(&by("ana", 10), &[(article.claims[2].id, status(Status::Refuted))]).unwrap();
        };
        act(&mut one);
        for place in order {
            other.load(&of("Courier", STREETS[place]));
            if place == decided {
                act(&mut other);
            }
        }
        prop_assert_eq!(told(&one.store), told(&other.store));
        one.load(&of("Courier", STREETS[again]));
        prop_assert_eq!(told(&one.store), told(&other.store));
    }
}
