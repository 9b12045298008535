//! Names that were joined: counted and found as one, taken apart again, the same in whatever order decisions arrive.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use claimdeck::domain::*;
use claimdeck::store::Store;
use proptest::prelude::*;

use super::sample::{Desk, article, by, said_by, status};

/// An article whose sentences these say, one each.
fn said(place: usize, names: &[&str]) -> NewArticle {
    let text: String = (0..names.len()).map(|n| format!("Article {place} tells thing {n}. ")).collect();
    let mut article = article(&text, &format!("{place}.txt"));
    article.claims.iter_mut().zip(names).for_each(|(claim, name)| said_by(claim, name));
    article
}

/// Four articles in which one mayor has three names.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for (place, names) in
        [&["Mara Ilves", "Ilves", "coast guard"][..], &["Ilves", "Ilves"], &["coast guard"], &["the mayor of Sarn"]]
            .into_iter()
            .enumerate()
    {
        desk.load(&said(place, names));
    }
    desk
}

fn join(desk: &mut Desk, now_ms: i64, names: &[&str], into: &str) -> SourceInfo {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    desk.store.join_sources(&by("ana", now_ms), &names, into).unwrap()
}

fn ledger(store: &Store) -> Vec<SourceInfo> {
    let ledger = Ledger { order: LedgerOrder::Name, letters: String::new() };
    store.sources(&ledger, &SourceSeek::First, 1_000).unwrap().sources
}

fn counts(desk: &Desk) -> Vec<(String, u64, u64)> {
    ledger(&desk.store).into_iter().map(|source| (source.name, source.claims, source.articles)).collect()
}

fn count(name: &str, claims: u64, articles: u64) -> (String, u64, u64) {
    (name.to_owned(), claims, articles)
}

#[test]
fn joined_names_are_counted_and_found_as_one() {
    let mut desk = desk();
    desk.decide("ana", 1, "Article 1 tells thing 0", status(Status::Refuted));
    let source = join(&mut desk, 2, &["Ilves", "the mayor of Sarn"], "Mara Ilves");
    assert_eq!(
        (source.joined, source.claims, source.articles),
        (vec!["Ilves".into(), "the mayor of Sarn".into()], 5, 3)
    );
    assert_eq!(source.by_status["refuted"], 1);
    assert_eq!(counts(&desk), [count("coast guard", 2, 2), count("Mara Ilves", 5, 3)]);
    for query in [
        "source:=\"Ilves\"",
        "source:=\"Mara Ilves\"",
        "source:mara",
        "source:mayor",
        "source:may*",
        "mara",
        "may*",
        "mara OR nothing*",
    ] {
        assert_eq!(desk.texts(query).len(), 5, "{query}");
    }
    assert_eq!(desk.texts("source:ilves -status:refuted").len(), 4);
    let known = KnownSource { name: "Mara Ilves".into(), reliability: None };
    assert_eq!(desk.claim("Article 1 tells thing 1").source, Some(known));
    assert_eq!(desk.claim("Article 0 tells thing 0").source, None);
    assert_eq!(desk.claim("Article 0 tells thing 2").source, None);
}

#[test]
fn claims_by_source_stand_together_under_the_name_that_all_have() {
    let mut desk = desk();
    let order = |desk: &Desk| -> Vec<String> {
        let said = |claim: Claim| claim.attribution.unwrap().source.unwrap().name.unwrap();
        desk.claims("", Order::Source).into_iter().map(said).collect()
    };
    assert_eq!(order(&desk)[..3], ["coast guard", "coast guard", "Ilves"]);
    join(&mut desk, 2, &["coast guard"], "the mayor of Sarn");
    assert_eq!(order(&desk)[3..], ["Mara Ilves", "coast guard", "coast guard", "the mayor of Sarn"]);
}

#[test]
fn letters_of_a_joined_name_find_the_source_that_it_is() {
    let mut desk = desk();
    join(&mut desk, 2, &["the mayor of Sarn"], "Mara Ilves");
    for order in LedgerOrder::ALL {
        let found = desk.store.sources(&Ledger { order, letters: "MAYOR".into() }, &SourceSeek::First, 9).unwrap();
        assert_eq!(found.sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Mara Ilves"]);
        let around = SourceSeek::Around("the mayor of Sarn".into());
        let found = desk.store.sources(&Ledger { order, letters: "sarn".into() }, &around, 9).unwrap();
        assert_eq!(found.sources.len(), 1);
    }
    assert!(desk.store.values("source", "the m", 9).unwrap().contains(&"the mayor of Sarn".to_owned()));
}

#[test]
fn a_split_takes_a_name_apart_with_what_was_joined_into_it() {
    let mut desk = desk();
    let before = ledger(&desk.store);
    join(&mut desk, 1, &["the mayor of Sarn"], "Ilves");
    join(&mut desk, 2, &["Ilves"], "Mara Ilves");
    assert_eq!(counts(&desk)[1], count("Mara Ilves", 5, 3));
    desk.store.split_sources(&by("bo", 3), &["Ilves".into()]).unwrap();
    assert_eq!(counts(&desk), [count("coast guard", 2, 2), count("Ilves", 4, 3), count("Mara Ilves", 1, 1)]);
    assert_eq!(desk.texts("source:mayor").len(), 4);
    desk.store.split_sources(&by("bo", 4), &["the mayor of Sarn".into()]).unwrap();
    assert_eq!(ledger(&desk.store), before);
    assert!(desk.store.split_sources(&by("bo", 5), &["Ilves".into()]).is_err());
}

#[test]
fn a_join_is_taken_back_and_done_again_as_one_act() {
    let mut desk = desk();
    let before = ledger(&desk.store);
    join(&mut desk, 1, &["Ilves", "the mayor of Sarn"], "Mara Ilves");
    let joined = ledger(&desk.store);
    let undone = desk.store.undo(&by("ana", 2)).unwrap().unwrap();
    assert_eq!((undone.on_sources.len(), undone.sources.len()), (2, 2));
    assert_eq!(ledger(&desk.store), before);
    let redone = desk.store.redo(&by("ana", 3)).unwrap().unwrap();
    let into = SourceAct::Join { into: Some("Mara Ilves".into()) };
    assert!(redone.on_sources.iter().all(|decision| decision.act == into));
    assert_eq!(redone.sources.len(), 1);
    assert_eq!(ledger(&desk.store), joined);
}

#[test]
fn a_name_can_change_places_with_the_one_that_it_was_joined_into() {
    let mut desk = desk();
    join(&mut desk, 1, &["Ilves"], "Mara Ilves");
    let source = join(&mut desk, 2, &["Mara Ilves"], "Ilves");
    assert_eq!((source.name.as_str(), source.claims, source.joined), ("Ilves", 4, vec!["Mara Ilves".to_owned()]));
    desk.store.split_sources(&by("ana", 3), &["Mara Ilves".into()]).unwrap();
    assert_eq!(counts(&desk)[1..3], [count("Ilves", 3, 2), count("Mara Ilves", 1, 1)]);
}

#[test]
fn a_join_with_a_name_that_no_article_has_is_refused() {
    let mut desk = desk();
    assert!(desk.store.join_sources(&by("ana", 1), &["Ilves".into()], "Nobody").is_err());
    assert!(desk.store.join_sources(&by("ana", 1), &["Nobody".into()], "Ilves").is_err());
    assert_eq!(desk.store.undo(&by("ana", 2)).unwrap(), None);
}

#[test]
fn articles_that_come_later_are_counted_under_the_joined_name_once() {
    let mut desk = desk();
    join(&mut desk, 1, &["Ilves"], "Mara Ilves");
    desk.load(&said(7, &["Ilves", "Mara Ilves"]));
    assert_eq!(counts(&desk)[1], count("Mara Ilves", 6, 3));
    let edit = Act::Edit(Edit { source: Some("Ilves".into()), ..Edit::default() });
    desk.decide("ana", 2, "Article 7 tells thing 1", edit);
    assert_eq!(counts(&desk)[1], count("Mara Ilves", 6, 3));
    desk.load(&said(7, &["coast guard"]));
    assert_eq!(counts(&desk)[..2], [count("coast guard", 3, 3), count("Mara Ilves", 4, 2)]);
}

#[test]
fn a_join_that_arrives_before_its_names_waits_for_them() {
    let mut desk = desk();
    join(&mut desk, 1, &["Ilves"], "Mara Ilves");
    let mut other = Desk::new();
    let mut loader = other.store.loader();
    loader.add_source_decisions(&all_decisions(&desk.store)).unwrap();
    loader.finish().unwrap();
    assert!(ledger(&other.store).is_empty());
    for place in 0..2 {
        other.load(&said(place, [&["Mara Ilves", "Ilves", "coast guard"][..], &["Ilves", "Ilves"]][place]));
    }
    assert_eq!(counts(&other), [count("coast guard", 1, 1), count("Mara Ilves", 4, 2)]);
    assert_eq!(other.texts("source:mara").len(), 4);
}

fn all_decisions(store: &Store) -> Vec<SourceDecision> {
    let mut all = Vec::new();
    let keep = |decision| {
        all.push(decision);
        Ok(ControlFlow::Continue(()))
    };
    store.for_each_source_decision(keep).unwrap();
    all
}

/// Who is counted under which name, and the figures, counted one by one from the claims themselves.
fn counted_plainly(desk: &Desk) -> BTreeMap<String, (u64, BTreeSet<ArticleId>, u64)> {
    let mut plain: BTreeMap<String, (u64, BTreeSet<ArticleId>, u64)> = BTreeMap::new();
    for claim in desk.claims("", Order::Article) {
        let named = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
        let Some(named) = named else { continue };
        let name = claim.source.as_ref().map_or(named, |known| &known.name);
        let held = plain.entry(name.to_owned()).or_default();
        held.0 += 1;
        held.1.insert(claim.article.id);
        held.2 += u64::from(claim.state.status == Status::Verified);
    }
    plain
}

fn assert_told_as_counted(desk: &Desk) {
    let plain = counted_plainly(desk);
    let told = ledger(&desk.store);
    assert_eq!(told.iter().map(|s| s.name.clone()).collect::<BTreeSet<_>>(), plain.keys().cloned().collect());
    for source in told {
        let (claims, articles, verified) = &plain[&source.name];
        assert_eq!((source.claims, source.articles), (*claims, articles.len() as u64), "{}", source.name);
        assert_eq!(source.count(Status::Verified), *verified, "{}", source.name);
        let found = desk.claims(&format!("source:=\"{}\"", source.name), Order::Article).len();
        assert_eq!(found as u64, source.claims, "{}", source.name);
    }
}

const NAMES: [&str; 5] = ["Ada", "Bo", "Cy", "Di", "Ed"];

#[derive(Clone, Debug)]
enum Step {
    Load(Vec<usize>),
    Join(usize, usize, bool),
    Split(usize),
    Verify(usize),
    Rename(usize, usize),
    Undo(bool),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop::collection::vec(0..NAMES.len(), 1..4).prop_map(Step::Load),
        (0..NAMES.len(), 0..NAMES.len(), any::<bool>()).prop_map(|(from, into, ana)| Step::Join(from, into, ana)),
        (0..NAMES.len()).prop_map(Step::Split),
        (0..9usize).prop_map(Step::Verify),
        (0..9usize, 0..NAMES.len()).prop_map(|(claim, name)| Step::Rename(claim, name)),
        any::<bool>().prop_map(Step::Undo),
    ]
}

/// Does a step, where it can be done.
fn take(desk: &mut Desk, now: i64, articles: &mut Vec<NewArticle>, step: &Step) {
    let by = |ana: bool| by(if ana { "ana" } else { "bo" }, now);
    let act = |desk: &mut Desk, place: usize, act: Act| {
        if let Some(claim) = desk.claims("", Order::Article).get(place).map(|claim| claim.id) {
            desk.store.decide(&by(true), &[(claim, act)]).unwrap();
        }
    };
    match step {
        Step::Load(names) => {
            let names: Vec<_> = names.iter().map(|name| NAMES[*name]).collect();
            articles.push(said(articles.len(), &names));
            desk.load(&articles[articles.len() - 1]);
        }
        // As two analysts might who don't know of each other: no ring is seen to.
        Step::Join(from, into, ana) => {
            let join = SourceAct::Join { into: Some(NAMES[*into].into()) };
            let _ = desk.store.decide_sources(&by(*ana), &[(NAMES[*from].into(), join)]);
        }
        Step::Split(name) => drop(desk.store.split_sources(&by(true), &[NAMES[*name].into()])),
        Step::Verify(place) => act(desk, *place, status(Status::Verified)),
        Step::Rename(place, name) => {
            act(desk, *place, Act::Edit(Edit { source: Some(NAMES[*name].into()), ..Edit::default() }));
        }
        Step::Undo(ana) => drop(desk.store.undo(&by(*ana)).unwrap()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn a_ledger_of_joined_names_tells_what_the_claims_tell_and_so_does_one_that_was_imported_in_another_order(
        steps in prop::collection::vec(any_step(), 1..20), turn in 0usize..20, articles_first in any::<bool>(),
    ) {
        let (mut desk, mut articles) = (Desk::new(), vec![said(0, &NAMES)]);
        desk.load(&articles[0]);
        for (now, step) in (1..).zip(&steps) {
            take(&mut desk, now * 10, &mut articles, step);
            assert_told_as_counted(&desk);
        }
        let mut on_sources = all_decisions(&desk.store);
        let mut on_claims = Vec::new();
        desk.store.for_each_decision("", |d| { on_claims.push(d); Ok(ControlFlow::Continue(())) }).unwrap();
        let turn = turn.min(on_sources.len());
        on_sources.rotate_left(turn);
        let mut other = Desk::new();
        let mut loader = other.store.loader();
        if articles_first {
            articles.iter().for_each(|article| _ = loader.add(article, Moment(1_000)).unwrap());
        }
        for decision in &on_sources {
            loader.add_source_decisions(std::slice::from_ref(decision)).unwrap();
        }
        loader.add_decisions(&on_claims).unwrap();
        if !articles_first {
            articles.iter().for_each(|article| _ = loader.add(article, Moment(1_000)).unwrap());
        }
        loader.finish().unwrap();
        assert_told_as_counted(&other);
        prop_assert_eq!(ledger(&desk.store), ledger(&other.store));
    }
}
