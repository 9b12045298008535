//! Decisions, undo and redo, and what follows from them.

use claimdeck::domain::*;
use claimdeck::store::{By, ClaimRows, StoreError};
use proptest::prelude::*;

use super::sample::{Desk, by, by_in, status};

fn standing(desk: &Desk) -> Vec<Status> {
    desk.claims("", Order::Article).iter().map(|c| c.state.status).collect()
}

#[test]
fn a_decision_is_answered_with_the_claim_as_it_now_stands() {
    let mut desk = Desk::with(&["Rain fell. Roads closed."]);
    let claim = desk.decide("ana", 1_795_356_191_000, "Rain fell", status(Status::Verified));
    assert_eq!(claim.state.status, Status::Verified);
    assert_eq!(claim.state.decided_at.unwrap().to_string(), "2026-11-22T14:03:11Z");
    assert_eq!(desk.claim("Rain fell"), claim);
    assert_eq!(desk.texts("status:unreviewed"), ["Roads closed"]);
}

#[test]
fn notes_tags_evidence_and_the_later_pile_are_found_by_query() {
    let mut desk = Desk::with(&["Rain fell. Roads closed."]);
    let evidence = Evidence { url: "https://e.example".into(), stance: Stance::Refutes, ..Evidence::default() };
    let id = desk.id("Rain fell");
    let acts = [
        (id, Act::Note { note: "ask".into() }),
        (id, Act::Tag { tag: "Energy".into() }),
        (id, Act::Evidence(evidence)),
        (id, Act::Later { later: true }),
    ];
    let claims = desk.store.decide(&by("ana", 1), &acts).unwrap();
    assert_eq!(claims.len(), 1);
    for query in ["has:note", "tag:energy", "has:evidence", "is:later", "has:note -status:verified"] {
        assert_eq!(desk.texts(query), ["Rain fell"], "{query}");
    }
    desk.decide("ana", 2, "Rain fell", Act::Untag { tag: "Energy".into() });
    assert!(desk.texts("tag:energy").is_empty());
    // One undo takes the last act back, the next the whole batch.
    desk.store.undo(&by("ana", 3)).unwrap();
    assert_eq!(desk.texts("tag:energy"), ["Rain fell"]);
    assert_eq!(desk.store.undo(&by("ana", 4)).unwrap().unwrap().decisions.len(), 4);
    assert_eq!(desk.claim("Rain fell").state, ClaimState::default());
    assert!(desk.texts("has:note OR tag:energy OR has:evidence OR is:later").is_empty());
}

#[test]
fn undo_and_redo_walk_back_and_forth() {
    let mut desk = Desk::with(&["One rose. Two rose."]);
    let (v, r, none) = (Status::Verified, Status::Refuted, Status::Unreviewed);
    desk.decide("ana", 1, "One rose", status(v));
    desk.decide("ana", 2, "Two rose", status(r));
    for (redo, expected) in [(false, [v, none]), (false, [none, none]), (true, [v, none]), (true, [v, r])] {
        let done = if redo { desk.store.redo(&by("ana", 3)) } else { desk.store.undo(&by("ana", 3)) };
        assert!(done.unwrap().is_some());
        assert_eq!(standing(&desk), expected);
    }
    assert_eq!(desk.store.redo(&by("ana", 4)).unwrap(), None);
    desk.store.undo(&by("ana", 5)).unwrap();
    assert_eq!(standing(&desk), [v, none]);
    desk.store.redo(&by("ana", 6)).unwrap();
    assert_eq!(standing(&desk), [v, r]);
}

#[test]
fn a_fresh_act_ends_redo() {
    let mut desk = Desk::with(&["One rose. Two rose."]);
    desk.decide("ana", 1, "One rose", status(Status::Verified));
    desk.store.undo(&by("ana", 2)).unwrap();
    desk.decide("ana", 3, "Two rose", status(Status::Refuted));
    assert_eq!(desk.store.redo(&by("ana", 4)).unwrap(), None);
}

#[test]
fn nothing_to_undo_is_no_error_and_others_decisions_are_not_touched() {
    let mut desk = Desk::with(&["One rose."]);
    assert_eq!(desk.store.undo(&by("ana", 1)).unwrap(), None);
    assert_eq!(desk.store.redo(&by("ana", 1)).unwrap(), None);
    desk.decide("bo", 2, "One rose", status(Status::Verified));
    assert_eq!(desk.store.undo(&by("ana", 3)).unwrap(), None);
    assert_eq!(standing(&desk), [Status::Verified]);
}

#[test]
fn undo_reaches_over_sessions_and_counts_in_them() {
    let mut desk = Desk::with(&["One rose."]);
    let first = desk.store.open_session(&by("ana", 1_000), &Deck::default()).unwrap();
    let id = desk.id("One rose");
    desk.store.decide(&by_in("ana", first.id, 2_000), &[(id, status(Status::Verified))]).unwrap();
    let second = desk.store.open_session(&by("ana", 3_000), &Deck::default()).unwrap();
    assert!(desk.store.undo(&by_in("ana", second.id, 4_000)).unwrap().is_some());
    assert_eq!(desk.store.resume(first.id).unwrap().decisions, 1);
    assert_eq!(desk.store.resume(second.id).unwrap().decisions, 1);
}

#[test]
fn a_clock_set_back_reorders_nothing() {
    let mut desk = Desk::with(&["One rose."]);
    desk.decide("ana", 9_000_000, "One rose", status(Status::Verified));
    desk.decide("bo", 1, "One rose", status(Status::Refuted));
    assert_eq!(standing(&desk), [Status::Refuted]);
    desk.decide("bo", i64::MAX, "One rose", status(Status::Disputed));
    desk.decide("bo", i64::MIN, "One rose", status(Status::Verified));
    assert_eq!(standing(&desk), [Status::Verified]);
}

#[test]
fn analysts_who_differ_are_in_conflict() {
    let mut desk = Desk::with(&["One rose. Two rose."]);
    desk.decide("ana", 1, "One rose", status(Status::Verified));
    desk.decide("Bo", 2, "One rose", status(Status::Refuted));
    desk.decide("ana", 3, "Two rose", status(Status::Verified));
    assert_eq!(desk.texts("has:conflict"), ["One rose"]);
    assert_eq!(desk.texts("analyst:bo"), ["One rose"]);
    assert_eq!(desk.texts("analyst:ana").len(), 2);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.conflicts, stats.by_analyst["ana"], stats.by_analyst["Bo"]), (1, 2, 1));
}

#[test]
fn agreement_counts_the_claims_that_two_decided_and_follows_undo() {
    let mut desk = Desk::with(&["One rose. Two rose. Three rose."]);
    use Status::{Refuted, Unverified, Verified};
    for (now, (who, text, as_what)) in [
        ("ana", "One rose", Verified),
        ("bo", "One rose", Verified),
        ("ana", "Two rose", Refuted),
        ("bo", "Two rose", Unverified),
        ("ana", "Three rose", Verified),
        ("O\"Neil\t", "One rose", Refuted),
    ]
    .into_iter()
    .enumerate()
    {
        desk.decide(who, now as i64, text, status(as_what));
    }
    let pairs = |desk: &Desk| desk.store.stats().unwrap().agreement;
    let of = |pairs: &[Agreement], one: &str, other: &str| {
        let pair = pairs.iter().find(|p| p.analysts == [one, other]).cloned();
        pair.map(|pair| (pair.claims, pair.agreed))
    };
    let all = pairs(&desk);
    // Of three claims the third has one analyst only; on the other two as many agree as by chance.
    let alpha = desk.store.alpha().unwrap();
    assert_eq!((alpha.claims(), alpha.value().map(|a| (a * 1000.0).round())), (2, Some(0.0)));
    assert_eq!((all.len(), of(&all, "ana", "bo"), of(&all, "O\"Neil\t", "ana")), (3, Some((2, 1)), Some((1, 0))));
    desk.store.undo(&by("bo", 100)).unwrap();
    assert_eq!(of(&pairs(&desk), "ana", "bo"), Some((1, 1)));
    desk.store.redo(&by("bo", 101)).unwrap();
    assert_eq!(pairs(&desk), all);
}

#[test]
fn a_batch_with_an_unknown_claim_writes_nothing() {
    let mut desk = Desk::with(&["One rose."]);
    let strange = ClaimId::of_spans(ArticleId::of_text("elsewhere"), &[[0, 1]]);
    let acts = [(desk.id("One rose"), status(Status::Verified)), (strange, status(Status::Verified))];
    let error = desk.store.decide(&by("ana", 1), &acts).unwrap_err();
    assert!(matches!(error, StoreError::Unknown { what: "claim", .. }), "{error}");
    assert_eq!(standing(&desk), [Status::Unreviewed]);
}

#[test]
fn the_place_in_a_session_is_kept() {
    let mut desk = Desk::with(&["One rose. Two rose."]);
    let session = desk.store.open_session(&by("ana", 1_000), &Deck::default()).unwrap();
    let deck = Deck { query: "rose".into(), order: Order::Worth };
    let place = desk.id("Two rose");
    desk.store.save_place(session.id, &deck, Some(place), Moment(9)).unwrap();
    let back = desk.store.last_session("ana").unwrap().unwrap();
    assert_eq!((back.id, &back.deck, back.place, back.seen_at), (session.id, &deck, Some(place), Moment(9)));
    assert_eq!(desk.store.resume(session.id).unwrap(), back);
    assert_eq!(desk.store.sessions(Some("bo")).unwrap(), []);
    assert_eq!(desk.store.sessions(None).unwrap(), std::slice::from_ref(&back));
    assert_eq!(desk.store.last_session("bo").unwrap(), None);
    let short = &session.id.to_string()[..8];
    assert_eq!(desk.store.find_session(short).unwrap(), back);
    assert!(desk.store.open_session(&by("ana", 1), &Deck { query: "(".into(), ..deck }).is_err());
}

fn edit(edit: Edit) -> Act {
    Act::Edit(edit)
}

#[test]
fn an_edited_claim_is_found_by_what_it_says_now_and_keeps_what_was_found() {
    let mut desk = Desk::new();
    let mut new = super::sample::article("Rain fell in Velby. Roads closed.", "a.txt");
    super::sample::said_by(&mut new.claims[0], "Ida Berg");
    desk.load(&new);
    let found = desk.claim("Rain fell in Velby");
    let words = Excerpt { spans: vec![[0, 9]], text: "not the words that stand there".into() };
    let act = edit(Edit {
        words: Some(words),
        source: Some("Harbour office".into()),
        mode: Some(Mode::Direct),
        ..Edit::default()
    });
    let edited = desk.store.decide(&by("ana", 1), &[(found.id, act)]).unwrap().remove(0);
    assert_eq!((edited.id, edited.text.as_str(), edited.mode), (found.id, "Rain fell", Mode::Direct));
    assert_eq!(edited.attribution.as_ref().unwrap().source.as_ref().unwrap().best_name(), Some("Harbour office"));
    let kept = edited.found.as_deref().unwrap();
    assert_eq!((&kept.text, &kept.spans, &kept.attribution), (&found.text, &found.spans, &found.attribution));
    for (query, fits) in [
        ("velby", false),
        ("rain", true),
        ("source:harbour", true),
        ("source:ida", false),
        ("mode:direct", true),
        ("mode:indirect", false),
        ("is:edited", true),
    ] {
        assert_eq!(desk.texts(query).contains(&"Rain fell".to_owned()), fits, "{query}");
    }
    assert_eq!(desk.claims("", Order::Source)[0].id, found.id);
    let page = desk.store.sources(&Ledger::default(), &SourceSeek::First, 9).unwrap();
    assert_eq!(page.sources.iter().map(|s| (s.name.as_str(), s.claims)).collect::<Vec<_>>(), [("Harbour office", 1)]);
    desk.store.undo(&by("ana", 2)).unwrap();
    assert_eq!(desk.claim("Rain fell in Velby"), found);
    assert_eq!(desk.texts("source:ida velby mode:indirect"), ["Rain fell in Velby"]);
}

#[test]
fn an_edit_that_points_outside_the_text_is_not_believed() {
    let mut desk = Desk::with(&["Rain fell."]);
    for spans in [vec![], vec![[5, 2]], vec![[0, 99]], vec![[3, 6], [0, 2]]] {
        let words = Excerpt { spans, text: "Hail fell".into() };
        let id = desk.claims("", Order::Article)[0].id;
        let act = edit(Edit { words: Some(words), ..Edit::default() });
        let claim = desk.store.decide(&by("ana", 1), &[(id, act)]).unwrap().remove(0);
        assert_eq!(claim.text, "Rain fell");
    }
    assert_eq!(desk.texts("rain"), ["Rain fell"]);
}

#[test]
fn a_hidden_claim_is_in_no_deck_but_the_one_that_asks_for_it() {
    let mut desk = Desk::with(&["Rain fell. Roads closed."]);
    desk.decide("ana", 1, "Rain fell", status(Status::Verified));
    desk.decide("ana", 2, "Rain fell", Act::Hide { why: "told twice".into() });
    assert_eq!(desk.texts(""), ["Roads closed"]);
    assert_eq!(desk.texts("status:verified"), [""; 0]);
    assert_eq!(desk.texts("is:hidden status:verified"), ["Rain fell"]);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.claims, stats.reviewed), (1, 0));
    desk.store.undo(&by("ana", 3)).unwrap();
    assert_eq!(desk.texts("status:verified"), ["Rain fell"]);
    assert_eq!(desk.store.stats().unwrap().claims, 2);
}

#[test]
fn one_act_on_a_whole_query_is_one_batch_and_leaves_alone_what_was_decided() {
    let text: String = (0..5_000).map(|n| format!("Item {n} was seen. ")).collect();
    let mut desk = Desk::with(&[&text, "Rain fell."]);
    desk.decide("bo", 1, "Item 7 was seen", status(Status::Refuted));
    let verified = [status(Status::Verified)];
    assert_eq!(desk.store.decide_all(&by("ana", 2), "item", &verified, false).unwrap(), 4_999);
    let stats = desk.store.stats().unwrap();
    assert_eq!((stats.by_status["verified"], stats.by_status["refuted"], stats.reviewed), (4_999, 1, 5_000));
    let undone = desk.store.undo(&by("ana", 3)).unwrap().unwrap();
    assert_eq!((undone.decisions.len(), undone.claims.len()), (4_999, claimdeck::store::MOST_TOLD));
    assert_eq!(desk.store.stats().unwrap().reviewed, 1);
    assert!(desk.store.redo(&by("ana", 4)).unwrap().is_some());
    let tag = [Act::Tag { tag: "lot".into() }];
    assert_eq!(desk.store.decide_all(&by("ana", 5), "item", &tag, true).unwrap(), 5_000);
    assert_eq!(desk.store.count(&Deck { query: "tag:lot".into(), ..Deck::default() }, 9_000).unwrap().n, 5_000);
}

#[test]
fn decks_are_kept_under_their_names() {
    let mut desk = Desk::with(&["Rain fell."]);
    let named = |name: &str, query: &str| NamedDeck {
        name: name.into(),
        deck: Deck { query: query.into(), order: Order::Worth },
    };
    for (name, query) in [("b", "rain"), ("a", "snow"), ("b", "status:verified")] {
        desk.store.save_deck(&named(name, query)).unwrap();
    }
    assert_eq!(desk.store.decks().unwrap(), [named("a", "snow"), named("b", "status:verified")]);
    assert!(desk.store.save_deck(&named("c", "(")).is_err());
    desk.store.drop_deck("a").unwrap();
    assert_eq!(desk.store.decks().unwrap().len(), 1);
}

#[derive(Clone, Debug)]
enum Step {
    Decide(u8, u8, Vec<Act>),
    Undo(u8),
    Redo(u8),
    /// Adds one of a few claims, by one of a few sources.
    Add(u8, u32, u8),
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0..6i64).prop_map(|code| Act::Status { status: Status::from_code(code).unwrap() }),
        1 => "[a-b]{0,1}".prop_map(|note| Act::Note { note }),
        1 => "[a-b]".prop_map(|tag| Act::Tag { tag }),
        1 => "[a-b]".prop_map(|tag| Act::Untag { tag }),
        1 => any::<bool>().prop_map(|later| Act::Later { later }),
        1 => "x?".prop_map(|why| Act::Hide { why }),
        1 => "[a-b]?".prop_map(|name| Act::Edit(Edit { source: Some(name), ..Edit::default() })),
        1 => (0u32..9, 0u32..14).prop_map(|(start, end)| {
            let words = Excerpt { spans: vec![[start, end]], text: String::new() };
            Act::Edit(Edit { words: Some(words), ..Edit::default() })
        }),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..2u8, 0..4u8, prop::collection::vec(any_act(), 1..3)).prop_map(|(who, claim, acts)| Step::Decide(who, claim, acts)),
        2 => (0..2u8).prop_map(Step::Undo),
        1 => (0..2u8).prop_map(Step::Redo),
        2 => (0..2u8, 0..3u32, 0..3u8).prop_map(|(who, start, source)| Step::Add(who, start, source)),
    ]
}

fn source_of(claim: &Claim) -> Option<&str> {
    claim.attribution.as_ref()?.source.as_ref()?.best_name()
}

/// The claims as an export reads them: away from the store.
fn exported(desk: &Desk) -> Vec<Claim> {
    let mut all = Vec::new();
    let keep = |rows: ClaimRows| {
        all.extend(rows.views().map(|view| view.unwrap().to_claim()));
        Ok(std::ops::ControlFlow::Continue(()))
    };
    desk.store.for_each_rows("", keep).unwrap();
    all
}

/// Counts and queries, computed from the claims alone.
fn check_projection(desk: &Desk) {
    let claims = desk.claims("", Order::Article);
    assert_eq!(exported(desk), claims);
    for claim in desk.claims("is:hidden OR -is:hidden", Order::Article) {
        let log = desk.store.decisions(claim.id).unwrap();
        // Words that an edit names are those of the article, where it has them.
        let mut expected = ClaimState::of(&log);
        expected.edit.words.clone_from(&claim.state.edit.words);
        assert_eq!(claim.state, expected);
    }
    for source in desk.store.sources(&Ledger::default(), &SourceSeek::First, 9).unwrap().sources {
        let own: Vec<_> = claims.iter().filter(|c| source_of(c) == Some(&source.name)).collect();
        assert_eq!(source.claims as usize, own.len(), "{source:?}");
        assert_eq!(desk.texts(&format!("source:{}", source.name)).len(), own.len());
    }
    let stats = desk.store.stats().unwrap();
    let having = |fits: &dyn Fn(&Claim) -> bool| claims.iter().filter(|c| fits(c)).count() as u64;
    assert_eq!(stats.reviewed, having(&|c| c.state.status != Status::Unreviewed));
    assert_eq!((stats.later, stats.conflicts), (having(&|c| c.state.later), having(&|c| c.state.in_conflict())));
    for status in Status::ALL {
        assert_eq!(stats.by_status[status.word()], having(&|c| c.state.status == status));
        let found = desk.texts(&format!("status:{status}"));
        assert_eq!(found.len() as u64, having(&|c| c.state.status == status));
    }
    for (query, fits) in [
        ("has:note", (|c| c.state.note.is_some()) as fn(&Claim) -> bool),
        ("tag:a", |c| c.state.tags.contains("a")),
        ("is:later", |c| c.state.later),
        ("has:conflict", |c| c.state.in_conflict()),
    ] {
        assert_eq!(desk.texts(query).len() as u64, having(&fits), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn the_log_replayed_equals_the_projection(steps in prop::collection::vec(any_step(), 1..16)) {
        let mut desk = Desk::with(&["One rose. Two rose.", "Three rose. Four rose."]);
        let ids: Vec<_> = desk.claims("", Order::Article).iter().map(|c| c.id).collect();
        let article = desk.claim("One rose").article.id;
        for (now, step) in steps.into_iter().enumerate() {
            let who = |who: u8| By { analyst: format!("analyst {who}"), session: None, now_ms: now as i64 };
            match step {
                Step::Decide(analyst, claim, acts) => {
                    let acts: Vec<_> = acts.into_iter().map(|act| (ids[claim as usize], act)).collect();
                    desk.store.decide(&who(analyst), &acts).unwrap();
                }
                Step::Add(analyst, start, source) => {
                    let words = Excerpt { spans: vec![[start, start + 5]], text: String::new() };
                    let added = Addition::by_hand(article, words, ["", "a", "b"][source as usize]);
                    let _ = desk.store.decide(&who(analyst), &[(added.id(), Act::Add(Box::new(added)))]);
                }
                Step::Undo(analyst) => drop(desk.store.undo(&who(analyst)).unwrap()),
                Step::Redo(analyst) => drop(desk.store.redo(&who(analyst)).unwrap()),
            }
            check_projection(&desk);
        }
    }
}
