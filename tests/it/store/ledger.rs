//! The ledger of sources: its orders read by page in both directions, letters of names, grades and joined names.

use claimdeck::domain::*;
use proptest::prelude::*;

use super::sample::{Desk, article, by, said_by, status};

/// A store in which each of these sources says so many claims, of which some were verified and some refuted.
fn desk(sources: &[(&str, usize, usize, usize)]) -> Desk {
    let mut desk = Desk::new();
    let (mut verified, mut refuted) = (Vec::new(), Vec::new());
    for (place, (name, claims, held, fell)) in sources.iter().enumerate() {
        let text: String = (0..*claims).map(|n| format!("Source {place} says thing {n}. ")).collect();
        let mut article = article(&text, &format!("{place}.txt"));
        article.claims.iter_mut().for_each(|claim| said_by(claim, name));
        desk.load(&article);
        let ids: Vec<_> = article.claims.iter().map(|claim| claim.id).collect();
        verified.extend(ids.iter().take(*held).copied());
        refuted.extend(ids.iter().skip(*held).take(*fell).copied());
    }
    for (ids, as_what) in [(verified, Status::Verified), (refuted, Status::Refuted)] {
        let acts: Vec<_> = ids.into_iter().map(|id| (id, status(as_what))).collect();
        desk.store.decide(&by("ana", 1), &acts).unwrap();
    }
    desk
}

fn ledger(order: LedgerOrder, letters: &str) -> Ledger {
    Ledger { order, letters: letters.into() }
}

fn names(desk: &Desk, order: LedgerOrder, letters: &str) -> Vec<String> {
    let page = desk.store.sources(&ledger(order, letters), &SourceSeek::First, 100).unwrap();
    assert!(page.at_start && page.at_end);
    page.sources.into_iter().map(|source| source.name).collect()
}

#[test]
fn sources_are_listed_by_claims_by_name_and_by_what_was_refuted() {
    let desk = desk(&[("Ida Berg", 2, 1, 1), ("Abe Long", 5, 4, 1), ("mayor", 3, 0, 0), ("Östra Post", 4, 0, 2)]);
    assert_eq!(names(&desk, LedgerOrder::Claims, ""), ["Abe Long", "Östra Post", "mayor", "Ida Berg"]);
    assert_eq!(names(&desk, LedgerOrder::Name, ""), ["Abe Long", "Ida Berg", "mayor", "Östra Post"]);
    assert_eq!(names(&desk, LedgerOrder::Refuted, ""), ["Östra Post", "Ida Berg", "Abe Long", "mayor"]);
}

#[test]
fn letters_narrow_the_ledger_wherever_they_stand_in_a_name() {
    let desk = desk(&[("Ida Berg", 2, 1, 0), ("Abe Bergman", 5, 0, 1), ("Östra %_ Post", 4, 0, 0)]);
    for order in LedgerOrder::ALL {
        assert_eq!(names(&desk, order, "BERG").len(), 2);
        assert_eq!(names(&desk, order, " östra "), ["Östra %_ Post"]);
        assert_eq!(names(&desk, order, "%_"), ["Östra %_ Post"]);
        assert!(names(&desk, order, "x").is_empty());
    }
}

#[test]
fn a_record_counts_what_was_verified_or_refuted_alone() {
    let mut desk = desk(&[("Ida Berg", 6, 3, 1)]);
    desk.decide("ana", 2, "Source 0 says thing 5", status(Status::Disputed));
    let source = desk.store.sources(&Ledger::default(), &SourceSeek::First, 1).unwrap().sources.remove(0);
    let record = source.record().unwrap();
    assert_eq!((record.verified, record.refuted, record.refuted_share()), (3, 1, 0.25));
    assert_eq!((source.count(Status::Disputed), source.count(Status::Unreviewed)), (1, 1));
}

fn graded(grade: Option<Reliability>) -> SourceAct {
    SourceAct::Reliability { reliability: grade }
}

fn grade_of(desk: &Desk, name: &str) -> Option<Reliability> {
    desk.store.source(name).unwrap().unwrap().reliability
}

#[test]
fn a_source_is_graded_and_its_claims_say_so() {
    let mut desk = desk(&[("Ida Berg", 2, 1, 1), ("Abe Long", 1, 0, 0)]);
    let graded_b = graded(Some(Reliability::B));
    let source = desk.store.decide_source(&by("ana", 5_000), "Ida Berg", graded_b.clone()).unwrap();
    assert_eq!(source.reliability, Some(Reliability::B));
    let claim = desk.claim("Source 0 says thing 0");
    assert_eq!(claim.source, Some(KnownSource { name: "Ida Berg".into(), reliability: Some(Reliability::B) }));
    assert_eq!(desk.claim("Source 1 says thing 0").source, None);
    let history = desk.store.source_decisions("Ida Berg").unwrap();
    assert_eq!((history.len(), &history[0].act, history[0].at), (1, &graded_b, Moment(5)));
    assert!(desk.store.decide_source(&by("ana", 9), "Nobody", graded_b).is_err());
}

#[test]
fn undo_takes_back_the_newest_act_whether_on_a_claim_or_on_a_source() {
    let mut desk = desk(&[("Ida Berg", 2, 0, 0)]);
    desk.store.decide_source(&by("ana", 10), "Ida Berg", graded(Some(Reliability::C))).unwrap();
    desk.decide("ana", 20, "Source 0 says thing 0", status(Status::Verified));
    desk.store.decide_source(&by("ana", 30), "Ida Berg", graded(Some(Reliability::E))).unwrap();
    desk.store.decide_source(&by("bo", 31), "Ida Berg", graded(None)).unwrap();
    let undone = desk.store.undo(&by("ana", 40)).unwrap().unwrap();
    assert_eq!((undone.claims.len(), undone.sources.len()), (0, 1));
    assert_eq!(desk.store.undo(&by("ana", 50)).unwrap().unwrap().claims.len(), 1);
    desk.store.undo(&by("ana", 60)).unwrap().unwrap();
    assert_eq!(desk.store.undo(&by("ana", 70)).unwrap(), None);
    assert_eq!(grade_of(&desk, "Ida Berg"), None);
    for now in [80, 90, 100] {
        desk.store.redo(&by("ana", now)).unwrap().unwrap();
    }
    assert_eq!(desk.store.redo(&by("ana", 110)).unwrap(), None);
    desk.store.undo(&by("bo", 120)).unwrap().unwrap();
    assert_eq!(grade_of(&desk, "Ida Berg"), Some(Reliability::E));
    assert_eq!(desk.texts("status:verified"), ["Source 0 says thing 0"]);
}

#[test]
fn a_claims_credibility_is_a_decision_like_any_other() {
    let mut desk = desk(&[("Ida Berg", 1, 0, 0)]);
    let claim =
        desk.decide("ana", 5, "Source 0 says thing 0", Act::Credibility { credibility: Credibility::of_number(3) });
    assert_eq!((claim.state.credibility, claim.state.status), (Some(Credibility::PossiblyTrue), Status::Unreviewed));
    desk.store.undo(&by("ana", 6)).unwrap();
    assert_eq!(desk.claim("Source 0 says thing 0").state.credibility, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn pages_forwards_backwards_and_around_tell_the_same_ledger(
        counts in prop::collection::vec((1usize..5, 0usize..3, 0usize..3), 1..12), limit in 1usize..5,
    ) {
        let named: Vec<_> = (0..counts.len()).map(|n| format!("Source {}", (n * 7) % counts.len())).collect();
        let sources: Vec<_> =
            counts.iter().zip(&named).map(|((c, v, r), name)| (name.as_str(), *c, *v, *r)).collect();
        let desk = desk(&sources);
        for order in LedgerOrder::ALL {
            let ledger = ledger(order, "");
            let page = |seek: &SourceSeek| desk.store.sources(&ledger, seek, limit).unwrap();
            let all = names(&desk, order, "");
            let mut forward: Vec<String> = Vec::new();
            let mut seek = SourceSeek::First;
            loop {
                let page = page(&seek);
                prop_assert_eq!(page.at_start, forward.is_empty());
                forward.extend(page.sources.into_iter().map(|s| s.name));
                if page.at_end { break }
                seek = SourceSeek::After(forward.last().unwrap().clone());
            }
            prop_assert_eq!(&forward, &all);
            let mut back: Vec<String> = Vec::new();
            let mut seek = SourceSeek::Last;
            loop {
                let page = page(&seek);
                prop_assert_eq!(page.at_end, back.is_empty());
                back.extend(page.sources.into_iter().rev().map(|s| s.name));
                if page.at_start { break }
                seek = SourceSeek::Before(back.last().unwrap().clone());
            }
            back.reverse();
            prop_assert_eq!(&back, &all);
            for (place, name) in all.iter().enumerate() {
                let page = page(&SourceSeek::Around(name.clone()));
                let first = place.saturating_sub(limit / 2);
                let names: Vec<_> = page.sources.into_iter().map(|s| s.name).collect();
                prop_assert_eq!(&names[..], &all[first..first + names.len()]);
                prop_assert!(names.contains(name));
                prop_assert_eq!((page.at_start, page.at_end), (first == 0, first + names.len() == all.len()));
            }
        }
    }
}
