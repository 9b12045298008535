//! A blind review: nothing that it is told depends on what others decided on claims that its analyst has not decided on.

use claimdeck::domain::*;
use claimdeck::store::Store;
use proptest::prelude::*;

use super::naive::{Known, selected};
use super::sample::{Desk, article, by, status};

/// An act of one of two analysts on one of the claims.
#[derive(Clone, Debug)]
struct Doing {
    anas: bool,
    claim: usize,
    act: Act,
}

/// Two articles, one of them in its second version, where two of its claims are new.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.load(&article("The dam held. Two bridges closed. A mill burned.", "a.txt"));
    desk.load(&article("The dam broke. Two bridges closed. A mill burned. Ten houses fell.", "a.txt"));
    desk.load(&article("Forty dockers walked out. The port is shut. Two bridges closed for a day.", "b.txt"));
    desk
}

/// Does these in their order; each at the same time whatever others do.
fn do_all(desk: &mut Desk, ids: &[ClaimId], doings: &[(usize, &Doing)]) {
    for (place, doing) in doings {
        let by = by(if doing.anas { "ana" } else { "bo" }, 1_000 + *place as i64);
        match &doing.act {
            Act::Undo { .. } => drop(desk.store.undo(&by).unwrap()),
            act => drop(desk.store.decide(&by, &[(ids[doing.claim], act.clone())]).unwrap()),
        }
    }
}

const QUERIES: &[&str] = &[
    "",
    "status:unreviewed",
    "-status:unreviewed",
    "status:verified OR status:refuted",
    "has:note",
    "-has:note bridges",
    "has:evidence",
    "has:conflict",
    "tag:flood",
    "is:later",
    "-is:later",
    "is:changed",
    "-is:changed",
    "analyst:ana",
    "analyst:bo",
    "-analyst:bo",
    "worth:>0.1 status:disputed",
];

/// All that a review is told, as text.
fn told(store: &Store) -> String {
    let mut told = String::new();
    let mut say = |what: &dyn std::fmt::Debug| told += &format!("{what:?}\n");
    for query in QUERIES {
        for order in Order::ALL {
            let deck = Deck { query: (*query).into(), order };
            let page = store.page(&deck, Seek::First, 100).unwrap();
            say(&(query, order, store.count(&deck, 100).unwrap()));
            for claim in &page.claims {
                say(&(store.rank(&deck, claim.id, 100).unwrap(), claim));
                let next = store.page(&deck, Seek::NextUnreviewed(claim.id), 1).unwrap();
                say(&(next.claims.first().map(|claim| claim.id), store.related(claim.id).unwrap()));
                let decisions = store.decisions(claim.id).unwrap();
                decisions.iter().for_each(|decision| say(&(&decision.analyst, decision.at, decision.act.word())));
            }
        }
    }
    for order in LedgerOrder::ALL {
        say(&store.sources(&Ledger { order, letters: String::new() }, &SourceSeek::First, 9).unwrap());
    }
    let articles = store.articles(None, 9).unwrap();
    articles.iter().for_each(|article| say(&store.article(article.id).unwrap().unwrap().info));
    say(&(articles, store.progress().unwrap(), store.stats().unwrap(), store.news(Moment(0)).unwrap()));
    for field in ["tag", "analyst", "source"] {
        say(&store.values(field, "", 9).unwrap());
    }
    told
}

fn any_act() -> impl Strategy<Value = Act> {
    let evidence = |url: String| Evidence { url, ..Evidence::default() };
    prop_oneof![
        4 => (0..6i64).prop_map(|code| status(Status::from_code(code).unwrap())),
        1 => "[a-b]?".prop_map(|note| Act::Note { note }),
        1 => Just(Act::Tag { tag: "flood".into() }),
        1 => "[a-b]".prop_map(move |url| Act::Evidence(evidence(url))),
        1 => any::<bool>().prop_map(|later| Act::Later { later }),
        1 => (0..7u8).prop_map(|n| Act::Credibility { credibility: Credibility::of_number(n) }),
        1 => Just(Act::Undo { target: uuid::Uuid::nil() }),
    ]
}

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    let one = (any::<bool>(), 0..7usize, any_act()).prop_map(|(anas, claim, act)| Doing { anas, claim, act });
    prop::collection::vec(one, 0..24)
}

fn ids(desk: &Desk) -> Vec<ClaimId> {
    desk.claims("", Order::Article).iter().map(|claim| claim.id).collect()
}

fn decided_by_ana(desk: &Desk) -> Vec<ClaimId> {
    desk.claims("analyst:ana", Order::Article).iter().map(|claim| claim.id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_others_decided_makes_no_difference_before_one_has_decided_oneself(doings in doings()) {
        // An undo reaches over claims: it is tried by the analyst whose eyes these are, and by nobody else.
        let doings: Vec<_> = doings.into_iter().filter(|d| d.anas || !matches!(d.act, Act::Undo { .. })).collect();
        let numbered: Vec<_> = doings.iter().enumerate().collect();
        let mut together = desk();
        let ids = ids(&together);
        do_all(&mut together, &ids, &numbered);
        let seen = decided_by_ana(&together);
        let (mut apart, mut kept) = (desk(), numbered);
        kept.retain(|(_, doing)| doing.anas || seen.contains(&ids[doing.claim]));
        do_all(&mut apart, &ids, &kept);
        let blind = |desk: &Desk| Store::open_reader(&desk.path()).unwrap().blind_for("ana");
        prop_assert_eq!(told(&blind(&together)), told(&blind(&apart)));
    }

    #[test]
    fn filters_find_what_is_shown(before in doings(), after in doings()) {
        let mut desk = desk();
        let ids = ids(&desk);
        do_all(&mut desk, &ids, &before.iter().enumerate().collect::<Vec<_>>());
        let blind = Store::open_reader(&desk.path()).unwrap().blind_for("ana");
        // What is done while the review runs is learnt.
        blind.count(&Deck { query: "is:later".into(), ..Deck::default() }, 9).unwrap();
        do_all(&mut desk, &ids, &after.iter().enumerate().map(|(n, d)| (n + 50, d)).collect::<Vec<_>>());
        let claims = blind.page(&Deck::default(), Seek::First, 100).unwrap().claims;
        let known: Vec<_> = claims.into_iter().map(|claim| Known { claim, moment: 0 }).collect();
        for query in QUERIES.iter().filter(|query| !query.contains("changed")) {
            let deck = Deck { query: (*query).into(), ..Deck::default() };
            let found = blind.page(&deck, Seek::First, 100).unwrap().claims;
            let expected: Vec<_> = selected(query, Order::Article, &known).into_iter().cloned().collect();
            prop_assert_eq!(found, expected, "{}", query);
        }
    }
}

#[test]
fn the_decision_of_another_comes_to_light_with_ones_own_and_goes_with_its_undo() {
    let mut desk = Desk::with(&["The dam held. The port is shut."]);
    desk.decide("bo", 1, "The dam held", status(Status::Refuted));
    desk.decide("bo", 2, "The dam held", Act::Note { note: "seen the breach".into() });
    let id = desk.id("The dam held");
    let Desk { store, folder } = desk;
    let mut store = store.blind_for("ana");
    assert_eq!(store.claim(id).unwrap().unwrap().state, ClaimState::default());
    let noted = store.decide(&by("ana", 3), &[(id, Act::Note { note: "rang the mayor".into() })]).unwrap().remove(0);
    assert_eq!(noted.state.note.as_deref(), Some("rang the mayor"));
    assert_eq!(noted.state.status, Status::Unreviewed);
    let decided = store.decide(&by("ana", 4), &[(id, status(Status::Verified))]).unwrap().remove(0);
    assert!(decided.state.in_conflict());
    let undone = store.undo(&by("ana", 5)).unwrap().unwrap().claims.remove(0);
    assert_eq!(undone.state, noted.state);
    drop(folder);
}

#[test]
fn one_act_on_a_whole_deck_reaches_claims_that_only_others_decided() {
    let mut desk = Desk::with(&["The dam held. The port is shut. A mill burned."]);
    desk.decide("bo", 1, "The dam held", status(Status::Refuted));
    desk.decide("ana", 2, "A mill burned", status(Status::Refuted));
    let mut store = desk.store.blind_for("ana");
    let open = Deck { query: "status:unreviewed".into(), ..Deck::default() };
    assert_eq!(store.count(&open, 9).unwrap().n, 2);
    assert_eq!(store.decide_all(&by("ana", 3), "", &[status(Status::Verified)], false).unwrap(), 2);
    assert_eq!(store.count(&open, 9).unwrap().n, 0);
}
