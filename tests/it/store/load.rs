//! Articles come in once, their versions follow each other, and decisions go along.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use claimdeck::domain::*;
use claimdeck::store::{Added, Store};

use super::sample::{Desk, article, by, said_by, status, with_meta};

#[test]
fn what_was_loaded_is_given_back_as_it_was() {
    let mut desk = Desk::new();
    let mut new = article("Å fine día. “Prices rose by 4 percent”, she said.", "a.txt");
    new.meta.title = Some("Prices".into());
    new.hidden.push(HiddenSpan { span: [0, 2], why: "heading".into() });
    let claim = &mut new.claims[1];
    said_by(claim, "Ida Berg");
    claim.hedges.push(Hedge { span: [3, 7], term: "reportedly".into(), band: Some(Band::Likely) });
    claim.remarks.push(Remark { span: [3, 7], kind: RemarkKind::Denied, text: Some("fine".into()) });
    claim.worth = 0.82;
    assert_eq!(desk.load(&new), Added::New { claims: 2 });

    let claims = desk.claims("", Order::Article);
    for (given, back) in new.claims.iter().zip(&claims) {
        assert_eq!((given.id, &given.text, &given.spans), (back.id, &back.text, &back.spans));
        assert_eq!((&given.attribution, &given.hedges), (&back.attribution, &back.hedges));
        assert_eq!((&given.remarks, &given.worth_reasons), (&back.remarks, &back.worth_reasons));
        assert_eq!((given.mode, given.worth), (back.mode, back.worth));
        assert_eq!((back.article.id, &*back.article.meta), (new.id, &new.meta));
        assert_eq!(back.state, ClaimState::default());
    }
    assert_eq!(claims.iter().map(|c| c.ordinal).collect::<Vec<_>>(), [1, 2]);
    let text = desk.store.article(new.id).unwrap().unwrap();
    assert_eq!((&text.text, &text.hidden), (&new.text, &new.hidden));
    assert_eq!(text.claims, new.claims.iter().map(|c| (c.id, c.spans.clone())).collect::<Vec<_>>());
}

#[test]
fn loading_again_changes_nothing() {
    let mut desk = Desk::with(&["Rain fell. Roads closed.", "Snow fell."]);
    let before = (desk.store.stats().unwrap(), desk.store.articles(None, 10).unwrap());
    for (text, path) in [("Rain fell. Roads closed.", "0.txt"), ("Snow fell.", "1.txt"), ("Snow fell.", "1.txt")] {
        assert_eq!(desk.load_at(&article(text, path), 2_000), Added::Known);
    }
    assert_eq!((desk.store.stats().unwrap(), desk.store.articles(None, 10).unwrap()), before);
    assert_eq!(desk.texts(""), ["Rain fell", "Roads closed", "Snow fell"]);
}

#[test]
fn a_text_that_appears_elsewhere_too_is_one_article() {
    let mut desk = Desk::with(&["Rain fell."]);
    let meta = Meta { url: Some("https://b.example/1".into()), outlet: Some("B".into()), ..Meta::default() };
    assert_eq!(desk.load(&with_meta("Rain fell.", meta.clone())), Added::Known);
    assert_eq!(desk.load(&with_meta("Rain fell.", meta.clone())), Added::Known);
    assert_eq!(desk.texts(""), ["Rain fell"]);
    let places = desk.store.documents(ArticleId::of_text("Rain fell.")).unwrap();
    assert_eq!(places, [article("Rain fell.", "0.txt").meta, meta.clone()]);
    // One of the two places now has another text: the other still holds this one.
    assert!(matches!(desk.load(&with_meta("Hail fell.", meta)), Added::NewVersion { version: 2, .. }));
    assert_eq!(desk.texts(""), ["Rain fell", "Hail fell"]);
}

#[test]
fn a_changed_article_is_a_new_version_that_keeps_decisions_on_words_that_stayed() {
    let mut desk = Desk::with(&["Rain fell. Two died."]);
    desk.decide("ana", 5_000, "Rain fell", status(Status::Verified));
    desk.decide("ana", 6_000, "Two died", status(Status::Disputed));
    let added = desk.load(&article("Heavy: Rain fell. Rain fell. Three died.", "0.txt"));
    assert_eq!(added, Added::NewVersion { version: 2, carried: 1, changed: 2 });

    assert_eq!(desk.texts(""), ["Heavy: Rain fell", "Rain fell", "Three died"]);
    assert_eq!(desk.texts("status:verified"), ["Rain fell"]);
    assert_eq!(desk.texts("is:changed"), ["Heavy: Rain fell", "Three died"]);
    assert_eq!(desk.texts("status:disputed"), Vec::<String>::new());
    let carried = desk.claim("Rain fell");
    assert_eq!((carried.state.analyst.as_deref(), carried.state.status), (Some("ana"), Status::Verified));
    assert_eq!(desk.store.decisions(carried.id).unwrap().len(), 1);

    let versions = desk.store.articles(None, 10).unwrap();
    assert_eq!(versions.iter().map(|a| (a.version, a.current)).collect::<Vec<_>>(), [(1, false), (2, true)]);
    assert_eq!(versions.iter().map(|a| (a.claims, a.unreviewed)).collect::<Vec<_>>(), [(2, 0), (3, 2)]);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.articles, stats.claims, stats.reviewed), (1, 3, 1));
    assert_eq!(stats.by_status["disputed"], 0);
}

#[test]
fn the_flag_of_changed_words_goes_with_a_decision_and_comes_back_with_its_undo() {
    let mut desk = Desk::with(&["Rain fell. Two died."]);
    desk.load(&article("Rain fell. Three died.", "0.txt"));
    assert!(desk.claim("Three died").changed && !desk.claim("Rain fell").changed);
    desk.decide("ana", 5_000, "Three died", status(Status::Verified));
    assert_eq!(desk.texts("is:changed"), [""; 0]);
    desk.store.undo(&super::sample::by("ana", 6_000)).unwrap();
    assert_eq!(desk.texts("is:changed"), ["Three died"]);
    desk.decide("bo", 7_000, "Three died", Act::Note { note: "ask".into() });
    assert_eq!(desk.texts("is:changed"), ["Three died"]);
}

#[test]
fn a_document_that_goes_back_to_its_old_text_brings_its_claims_back() {
    let mut desk = Desk::with(&["Rain fell. Two died."]);
    desk.decide("ana", 5_000, "Two died", status(Status::Refuted));
    desk.load(&article("Rain fell.", "0.txt"));
    assert_eq!(desk.texts(""), ["Rain fell"]);
    let back = desk.load(&article("Rain fell. Two died.", "0.txt"));
    assert_eq!(back, Added::NewVersion { version: 3, carried: 0, changed: 0 });
    assert_eq!(desk.texts("status:refuted"), ["Two died"]);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.articles, stats.claims, stats.reviewed), (1, 2, 1));
}

#[test]
fn undo_reaches_through_versions() {
    let mut desk = Desk::with(&["Rain fell."]);
    desk.decide("ana", 5_000, "Rain fell", status(Status::Verified));
    desk.load(&article("Rain fell. Roads closed.", "0.txt"));
    let undone = desk.store.undo(&super::sample::by("ana", 6_000)).unwrap().unwrap();
    assert_eq!(undone.claims.len(), 2);
    assert_eq!(desk.claim("Rain fell").state.status, Status::Unreviewed);
}

#[test]
fn a_loader_that_is_dropped_leaves_nothing_half_done() {
    let mut desk = Desk::new();
    let mut loader = desk.store.loader();
    loader.add(&article("Rain fell.", "a.txt"), Moment(1)).unwrap();
    drop(loader);
    assert_eq!(desk.texts(""), Vec::<String>::new());
    assert_eq!(desk.load(&article("Rain fell.", "a.txt")), Added::New { claims: 1 });
    assert_eq!(desk.texts("rain"), ["Rain fell"]);
}

#[test]
fn claims_with_the_same_spans_are_one() {
    let mut desk = Desk::new();
    let mut new = article("Rain fell.", "a.txt");
    new.claims.push(new.claims[0].clone());
    assert_eq!(desk.load(&new), Added::New { claims: 1 });
    assert_eq!(desk.texts("").len(), 1);
}

#[test]
fn decisions_from_elsewhere_come_in_once_and_may_come_before_their_claims() {
    let mut desk = Desk::with(&["Rain fell. Roads closed."]);
    desk.decide("ana", 5_000, "Rain fell", status(Status::Verified));
    desk.decide("ana", 6_000, "Roads closed", status(Status::Refuted));
    desk.store.undo(&super::sample::by("ana", 7_000)).unwrap();
    let mut log = Vec::new();
    let keep = |decision| {
        log.push(decision);
        Ok(std::ops::ControlFlow::Continue(()))
    };
    desk.store.for_each_decision("", keep).unwrap();
    assert_eq!(log.len(), 3);
    log.reverse();

    let mut other = Desk::new();
    for expected in [3, 0] {
        let mut loader = other.store.loader();
        assert_eq!(loader.add_decisions(&log).unwrap(), expected);
        loader.finish().unwrap();
    }
    other.load(&article("Rain fell. Roads closed.", "0.txt"));
    assert_eq!(other.claims("", Order::Article), desk.claims("", Order::Article));
    assert_eq!(other.store.stats().unwrap(), desk.store.stats().unwrap());
    let redone = other.store.redo(&super::sample::by("ana", 8_000)).unwrap().unwrap();
    assert_eq!(redone.claims[0].state.status, Status::Refuted);
}

#[test]
fn more_articles_than_fit_a_transaction_all_come_in() {
    let mut desk = Desk::new();
    let mut loader = desk.store.loader();
    for number in 0..60 {
        let text: String = (0..300).map(|n| format!("Item {n} of list {number} was seen. ")).collect();
        loader.add(&article(&text, &format!("{number}.txt")), Moment(1)).unwrap();
    }
    loader.finish().unwrap();
    assert_eq!(desk.store.stats().unwrap().claims, 18_000);
    assert_eq!(desk.store.count(&Deck::default(), 1 << 40).unwrap(), Count { n: 18_000, more: false });
    let last = desk.store.page(&Deck::default(), Seek::Last, 2).unwrap();
    assert_eq!(last.claims[1].text, "Item 299 of list 59 was seen");
}

#[test]
fn an_article_with_ids_that_are_not_its_own_is_refused_and_the_others_go_in() {
    let mut desk = Desk::new();
    let (mut stolen, mut renamed) = (article("Hail fell.", "b.txt"), article("Snow fell.", "c.txt"));
    stolen.claims[0].id = article("Rain fell.", "a.txt").claims[0].id;
    renamed.id = ArticleId::of_text("Other words.");
    let mut loader = desk.store.loader();
    loader.add(&article("Rain fell.", "a.txt"), Moment(1)).unwrap();
    for wrong in [stolen, renamed] {
        let error = loader.add(&wrong, Moment(1)).unwrap_err();
        assert!(matches!(error, claimdeck::store::StoreError::WrongId { .. }), "{error}");
    }
    loader.add(&article("Fog rose.", "d.txt"), Moment(1)).unwrap();
    loader.finish().unwrap();
    assert_eq!(desk.texts(""), ["Rain fell", "Fog rose"]);
}

#[test]
fn news_are_the_articles_loaded_since_and_what_is_left() {
    let mut desk = Desk::new();
    assert_eq!(desk.store.last_load().unwrap(), None);
    desk.load_at(&article("One rose. Two rose.", "a.txt"), 1_000);
    desk.load_at(&article("Three fell.", "b.txt"), 2_000);
    desk.load_at(&article("One rose. Two fell. Four fell.", "a.txt"), 3_000);
    assert_eq!(desk.store.last_load().unwrap(), Some(Moment(3_000)));
    let news = |since| desk.store.news(Moment(since)).unwrap();
    assert_eq!((news(1_000).articles, news(1_000).claims, news(1_000).versions), (2, 4, 1));
    assert_eq!((news(3_000).articles, news(3_000).unreviewed), (0, 4));
    // The text before its new version is in no deck any more.
    assert_eq!(news(0).articles, 2);
}

#[test]
fn decisions_get_in_while_a_load_goes_on() {
    let mut desk = Desk::with(&["One rose. Two rose. Three rose."]);
    let claims: Vec<_> = desk.claims("", Order::Article).into_iter().map(|claim| claim.id).collect();
    let mut other = Store::open(&desk.path()).unwrap();
    let decided = AtomicBool::new(false);
    let loaded = thread::scope(|scope| {
        scope.spawn(|| {
            for (now, claim) in claims.iter().enumerate() {
                other.decide(&by("ana", now as i64), &[(*claim, status(Status::Verified))]).unwrap();
            }
            decided.store(true, Ordering::Release);
        });
        // The load has no end of its own: it would go on until somebody gave up waiting for it.
        let (mut loader, mut loaded) = (desk.store.loader(), 0);
        while !decided.load(Ordering::Acquire) {
            let text = format!("Dam {loaded} held. {}", "-".repeat(400_000));
            loader.add(&article(&text, &format!("dam {loaded}.txt")), Moment(7)).unwrap();
            loaded += 1;
        }
        loader.finish().unwrap();
        loaded
    });
    assert_eq!(desk.texts("status:verified").len(), 3);
    assert_eq!(desk.texts("held").len(), loaded);
}

#[test]
fn claims_of_long_articles_have_their_words_whichever_was_read_before() {
    let long = |words: &str| format!("{words} {}", "-".repeat(100_000));
    let mut desk = Desk::with(&[]);
    desk.load(&article(&long("Åse held the dam."), "a.txt"));
    desk.load(&article(&long("Bo shut the port."), "b.txt"));
    let page = |store: &Store, seek| store.page(&Deck::default(), seek, 1).unwrap().claims.remove(0).text;
    for _ in 0..2 {
        assert_eq!(page(&desk.store, Seek::First), "Åse held the dam");
        assert_eq!(page(&desk.store, Seek::First), "Åse held the dam");
        assert_eq!(desk.claims("port", Order::Article)[0].text, "Bo shut the port");
    }
    desk.load(&article(&long("Åse lost the dam."), "a.txt"));
    let texts = desk.texts("");
    assert!(texts.iter().any(|text| text == "Åse lost the dam"), "{:?}", texts.len());
    assert!(desk.claims("lost", Order::Article)[0].changed);
}
