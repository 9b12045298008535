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
fn what_was_added_by_hand_goes_on_to_a_new_version_that_has_its_words() {
    let mut desk = Desk::with(&[TEXT]);
    let own = article(TEXT, "0.txt");
    add(&mut desk, 1, Addition::by_hand(own.id, words(&own, "Roads closed"), "Ida Berg")).unwrap();
    desk.decide("bo", 2, "Roads closed", status(Status::Refuted));
    let newer = article(&format!("Snow fell. {TEXT}"), "0.txt");
    assert!(matches!(desk.load(&newer), Added::NewVersion { version: 2, .. }));
    let claims = desk.claims("is:added source:ida status:refuted analyst:bo", Order::Article);
    assert_eq!((claims[0].article.id, claims[0].spans.clone()), (newer.id, words(&newer, "Roads closed").spans));
    assert_eq!((claims.len(), claims[0].changed, claims[0].state.added_by.as_deref()), (1, false, Some("ana")));
    assert_eq!(desk.texts(""), ["Snow fell", "Rain fell", "(Roads closed in Velby) The dam held", "Roads closed"]);
    assert_eq!(desk.store.stats().unwrap().claims, 4);
    // Where it was added it is taken back, and with it here.
    desk.store.undo(&by("bo", 3)).unwrap().unwrap();
    desk.store.undo(&by("ana", 4)).unwrap().unwrap();
    assert_eq!((desk.texts("is:added"), desk.store.stats().unwrap().claims), (Vec::<String>::new(), 3));
    desk.store.redo(&by("ana", 5)).unwrap().unwrap();
    let third = article(&format!("Snow fell. Hail fell. {TEXT}"), "0.txt");
    desk.load(&third);
    assert_eq!(desk.claims("is:added", Order::Article)[0].article.id, third.id);
    // A version without these words does not have the claim; the one before keeps it.
    desk.load(&article("Roads are open.", "0.txt"));
    assert_eq!(desk.texts("is:added"), [""; 0]);
    desk.load(&own);
    assert_eq!(
        (desk.texts("is:added source:ida"), desk.store.stats().unwrap().claims),
        (vec!["Roads closed".into()], 3)
    );
}

#[test]
fn a_part_of_a_split_claim_goes_no_further_than_its_text() {
    let mut desk = Desk::with(&[TEXT]);
    let whole = desk.claim("(Roads closed in Velby) The dam held");
    let part = Addition::part_of(&whole, words(&article(TEXT, "0.txt"), "The dam held"));
    add(&mut desk, 1, part).unwrap();
    desk.load(&article(&format!("Snow fell. {TEXT}"), "0.txt"));
    assert_eq!(desk.texts("dam"), ["(Roads closed in Velby) The dam held"]);
}

#[test]
fn it_goes_on_in_whatever_order_versions_and_additions_arrive() {
    let (own, newer) = (article(TEXT, "0.txt"), article(&format!("Snow fell. {TEXT}"), "0.txt"));
    let mut found = article(&format!("Hail fell. {TEXT}"), "0.txt");
    // The machine finds it in the last version.
    found.claims.insert(1, Addition::by_hand(found.id, words(&found, "Roads closed"), "").claim());
    let mut one = Desk::new();
    one.load(&own);
    add(&mut one, 1, Addition::by_hand(own.id, words(&own, "Roads closed"), "Ida Berg")).unwrap();
    one.decide("bo", 2, "Roads closed", status(Status::Verified));
    one.load(&newer);
    one.decide("ana", 3, "Roads closed", Act::Note { note: "rang the mayor".into() });
    one.load(&found);
    let decisions = log(&one);
    for at in 0..=3 {
        let mut other = Desk::new();
        for (place, version) in [&own, &newer, &found].into_iter().enumerate() {
            if place == at {
                import(&mut other, &decisions);
            }
            other.load(version);
        }
        if at == 3 {
            import(&mut other, &decisions);
        }
        let seen = |desk: &Desk| (desk.claims("", Order::Article), desk.store.stats().unwrap());
        assert_eq!(seen(&other), seen(&one), "decisions before version {at}");
    }
    let claim = one.claim("Roads closed");
    assert_eq!((claim.state.added_by.clone(), claim.changed), (None, false));
    assert_eq!(claim.state.note.as_deref(), Some("rang the mayor"));
    assert_eq!(claim.state.status, Status::Verified);
}

fn import(desk: &mut Desk, decisions: &[Decision]) {
    let mut loader = desk.store.loader();
    loader.add_decisions(decisions).unwrap();
    loader.finish().unwrap();
}
