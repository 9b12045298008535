//! Claims that analysts add, and splits: where they stand, what finds them, and stores that are joined.

use claimdeck::domain::*;
use claimdeck::store::{Added, StoreError};

use super::sample::{Desk, article, by, status};

const TEXT: &str = "Rain fell. (Roads closed in Velby) The dam held.";

fn words(article: &NewArticle, text: &str) -> Excerpt {
    let start = article.text[..article.text.find(text).unwrap()].chars().count() as u32;
    Excerpt { spans: vec![[start, start + text.chars().count() as u32]], text: text.into() }
}

fn add(desk: &mut Desk, now_ms: i64, added: Addition) -> Result<Claim, StoreError> {
    Ok(desk.store.decide(&by("ana", now_ms), &[(added.id(), Act::Add(Box::new(added)))])?.remove(0))
}

fn log(desk: &Desk) -> Vec<Decision> {
    let mut all = Vec::new();
    let keep = |decision| {
        all.push(decision);
        Ok(std::ops::ControlFlow::Continue(()))
    };
    desk.store.for_each_decision("", keep).unwrap();
    all
}

#[test]
fn an_added_claim_stands_at_its_place_and_is_found_like_any_other() {
    let mut desk = Desk::with(&[TEXT, "Snow fell."]);
    let own = article(TEXT, "0.txt");
    let claim = add(&mut desk, 1, Addition::by_hand(own.id, words(&own, "Roads closed in Velby"), "Ida Berg")).unwrap();
    assert_eq!((claim.ordinal, claim.state.added_by.as_deref(), claim.mode), (2, Some("ana"), Mode::Indirect));
    let whole = "(Roads closed in Velby) The dam held";
    assert_eq!(desk.texts(""), ["Rain fell", whole, "Roads closed in Velby", "Snow fell"]);
    for query in ["is:added", "source:ida", "mode:indirect", "worth:1", "roads worth:1", "article:a -snow is:added"] {
        let query = query.replace("article:a ", &format!("article:{} ", own.id));
        assert_eq!(desk.texts(&query), ["Roads closed in Velby"], "{query}");
    }
    let page = desk.store.page(&Deck::default(), Seek::After(claim.id), 1).unwrap();
    assert_eq!(page.claims[0].text, "Snow fell");
    let page = desk.store.page(&Deck::default(), Seek::Before(claim.id), 1).unwrap();
    assert_eq!(page.claims[0].text, whole);
    let page = desk.store.page(&Deck::default(), Seek::NextArticle(claim.id), 9).unwrap();
    assert_eq!(page.claims.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["Snow fell"]);
    let (info, stats) = (desk.store.article(own.id).unwrap().unwrap(), desk.store.stats().unwrap());
    assert_eq!((info.info.claims, info.info.unreviewed, info.claims.len(), stats.claims), (3, 3, 3, 4));
    desk.decide("bo", 2, "Roads closed in Velby", status(Status::Verified));
    assert_eq!(
        desk.store.sources(&Ledger::default(), &SourceSeek::First, 9).unwrap().sources[0].by_status["verified"],
        1
    );
    desk.store.undo(&by("ana", 3)).unwrap().unwrap();
    assert_eq!(desk.texts("is:added OR roads").len(), 1);
    let (info, stats) = (desk.store.article(own.id).unwrap().unwrap(), desk.store.stats().unwrap());
    assert_eq!((info.info.claims, info.info.unreviewed, stats.claims, stats.reviewed), (2, 2, 3, 0));
    desk.store.redo(&by("ana", 4)).unwrap().unwrap();
    assert_eq!(desk.texts("is:added status:verified"), ["Roads closed in Velby"]);
}

#[test]
fn a_claim_is_added_once_and_only_with_words_of_its_article() {
    let mut desk = Desk::with(&[TEXT]);
    let own = article(TEXT, "0.txt");
    let there = Addition::by_hand(own.id, words(&own, "Rain fell"), "");
    assert!(matches!(add(&mut desk, 1, there), Err(StoreError::Known { .. })));
    let outside = Excerpt { spans: vec![[40, 999]], text: "x".into() };
    assert!(matches!(add(&mut desk, 1, Addition::by_hand(own.id, outside, "")), Err(StoreError::Unknown { .. })));
    let lies = Excerpt { text: "Hail fell".into(), ..words(&own, "Roads closed") };
    assert_eq!(add(&mut desk, 1, Addition::by_hand(own.id, lies, "")).unwrap().text, "Roads closed");
    assert_eq!(desk.texts("hail"), [""; 0]);
}

#[test]
fn a_split_is_two_decisions_that_one_undo_takes_back() {
    let mut desk = Desk::with(&[TEXT]);
    let own = article(TEXT, "0.txt");
    let whole = desk.claim("(Roads closed in Velby) The dam held");
    let added = Addition::part_of(&whole, words(&own, "The dam held"));
    let first = Edit { words: Some(words(&own, "Roads closed in Velby")), ..Edit::default() };
    let acts = [(added.id(), Act::Add(Box::new(added))), (whole.id, Act::Edit(first))];
    desk.store.decide(&by("ana", 1), &acts).unwrap();
    assert_eq!(desk.texts(""), ["Rain fell", "Roads closed in Velby", "The dam held"]);
    assert_eq!(desk.claim("The dam held").worth_reasons, whole.worth_reasons);
    desk.store.undo(&by("ana", 2)).unwrap();
    assert_eq!(desk.claims("", Order::Article)[1], whole);
    assert_eq!(desk.texts("").len(), 2);
}

#[test]
fn additions_arrive_in_any_order_and_before_their_article() {
    let own = article(TEXT, "0.txt");
    let added = |source| Addition::by_hand(own.id, words(&own, "Roads closed"), source);
    let mut one = Desk::with(&[TEXT]);
    add(&mut one, 1, added("Ida Berg")).unwrap();
    one.decide("ana", 2, "Roads closed", status(Status::Refuted));
    let mut other = Desk::with(&[TEXT]);
    add(&mut other, 9, added("Abe Long")).unwrap();
    let (from_one, from_other) = (log(&one), log(&other));
    let mut third = Desk::new();
    for decisions in [&from_other, &from_one] {
        let mut loader = third.store.loader();
        loader.add_decisions(&decisions.iter().rev().cloned().collect::<Vec<_>>()).unwrap();
        loader.finish().unwrap();
    }
    third.load(&own);
    for (desk, decisions) in [(&mut one, &from_other), (&mut other, &from_one)] {
        let mut loader = desk.store.loader();
        loader.add_decisions(decisions).unwrap();
        loader.finish().unwrap();
    }
    let seen = |desk: &Desk| (desk.claims("", Order::Article), desk.texts("source:ida"), desk.store.stats().unwrap());
    assert_eq!(seen(&one).1, ["Roads closed"]);
    assert_eq!(seen(&one), seen(&other));
    assert_eq!(seen(&one), seen(&third));
    assert_eq!(one.texts("source:abe"), [""; 0]);
}

#[test]
fn a_claim_that_the_machine_finds_elsewhere_needs_nobodys_addition() {
    let mut desk = Desk::with(&[TEXT]);
    let own = article(TEXT, "0.txt");
    add(&mut desk, 1, Addition::by_hand(own.id, words(&own, "Roads closed"), "")).unwrap();
    desk.store.undo(&by("ana", 2)).unwrap();
    let mut newer = own.clone();
    newer.claims.insert(1, Addition::by_hand(own.id, words(&own, "Roads closed"), "").claim());
    let mut other = Desk::new();
    other.load(&newer);
    let mut loader = other.store.loader();
    loader.add_decisions(&log(&desk)).unwrap();
    loader.finish().unwrap();
    assert_eq!(other.texts("roads"), ["Roads closed", "(Roads closed in Velby) The dam held"]);
    assert_eq!(other.texts("is:added"), [""; 0]);
}

#[test]
fn a_new_version_of_the_article_takes_what_was_added_to_the_old_one_out_of_the_decks() {
    let mut desk = Desk::with(&[TEXT]);
    let own = article(TEXT, "0.txt");
    add(&mut desk, 1, Addition::by_hand(own.id, words(&own, "Roads closed"), "Ida Berg")).unwrap();
    desk.store.undo(&by("ana", 2)).unwrap();
    let newer = desk.load(&article(&format!("{TEXT} Snow fell."), "0.txt"));
    assert!(matches!(newer, Added::NewVersion { version: 2, .. }), "{newer:?}");
    desk.store.redo(&by("ana", 3)).unwrap().unwrap();
    assert_eq!((desk.texts("is:added"), desk.store.stats().unwrap().claims), (Vec::<String>::new(), 3));
    desk.load(&own);
    assert_eq!(
        (desk.texts("is:added source:ida"), desk.store.stats().unwrap().claims),
        (vec!["Roads closed".into()], 3)
    );
}
