//! The statistics, played: whole, scrolled, and where there is nothing to count.

use std::collections::BTreeMap;

use claimdeck::app::{Msg, Screen};
use claimdeck::domain::{Agreement, Moment, Progress, Stats};

use super::play::Play;
use super::store::FakeStore;

fn progress(rows: &[(&str, u64, u64)]) -> BTreeMap<String, Progress> {
    rows.iter()
        .map(|(name, claims, reviewed)| ((*name).into(), Progress { claims: *claims, reviewed: *reviewed }))
        .collect()
}

/// Some weeks of three people's work.
fn weeks() -> FakeStore {
    let days = [("2026-11-02", 4), ("2026-11-10", 12), ("2026-11-12", 30), ("2026-11-13", 18), ("2026-11-20", 25)];
    let mut outlets: Vec<(String, u64, u64)> = (1..=12).map(|n| (format!("Outlet {n:02}"), 10 + n, n / 2)).collect();
    outlets.push((String::new(), 3, 0));
    let outlets: Vec<_> = outlets.iter().map(|(name, all, done)| (name.as_str(), *all, *done)).collect();
    let pair = |one: &str, other: &str, claims, agreed, kappa| Agreement {
        analysts: [one.into(), other.into()],
        claims,
        agreed,
        kappa,
    };
    let stats = Stats {
        by_day: days.into_iter().map(|(day, n)| (day.to_owned(), n)).collect(),
        by_outlet: progress(&outlets),
        by_source: progress(&[("Ada Brandt", 31, 20), ("coast guard", 12, 12), ("dock workers’ union", 4, 0)]),
        by_analyst: BTreeMap::from([("ana".into(), 61), ("bo".into(), 28), ("cleo".into(), 3)]),
        agreement: vec![pair("ana", "bo", 24, 20, Some(0.714)), pair("ana", "cleo", 2, 2, None)],
        later: 7,
        conflicts: 4,
        ..Stats::default()
    };
    let mut store = FakeStore::plain(230, 10);
    store.stats = stats;
    store
}

fn worked() -> Play {
    let mut play = Play::new(weeks());
    play.press(&"v v u r d x ".repeat(6)).press("4");
    play
}

#[test]
fn a_blind_review_says_so_and_orders_no_sources_by_what_others_decided() {
    let mut store = FakeStore::plain(6, 3);
    store.blind = true;
    let mut play = Play::new(store);
    assert!(play.screen().starts_with(" claimdeck   blind   fuel-depot-fire"), "{}", play.screen());
    play.press("3");
    for _ in 0..4 {
        assert!(!play.press("s").screen().contains("by share refuted"));
    }
    assert!(play.press("v 4").screen().contains("blind"), "{}", play.screen());
}

#[test]
fn the_statistics_at_three_sizes() {
    let mut play = worked();
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        play.resize(width, height);
        insta::assert_snapshot!(format!("statistics_{width}x{height}"), play.screen());
    }
}

#[test]
fn what_does_not_fit_is_scrolled_to_and_no_further() {
    let mut play = worked();
    play.resize(80, 24);
    assert!(!play.screen().contains("agreement"));
    play.press("G");
    assert!(play.screen().contains("agreement") && play.screen().contains("83 % of 24 · κ 0.71"), "{}", play.screen());
    play.press("g");
    assert!(play.screen().contains("decided   36 of 230 · 15 %"), "{}", play.screen());
    play.press("Esc");
    assert_eq!(play.app.screen(), Screen::Review);
}

#[test]
fn of_sources_only_the_largest_stand_here() {
    let mut store = weeks();
    let names: Vec<String> = (0..14).map(|n| format!("Source {n:02}")).collect();
    store.stats.by_source = progress(&names.iter().map(|name| (name.as_str(), 2, 1)).collect::<Vec<_>>());
    let mut play = Play::new(store);
    play.press("4");
    assert!(play.screen().contains("all of them are on the screen of sources"), "{}", play.screen());
}

#[test]
fn the_pace_of_an_hour_is_told_once_there_is_enough_of_it() {
    let mut play = worked();
    assert!(play.screen().contains("36 claims in 1 min") && !play.screen().contains("an hour"), "{}", play.screen());
    play.send(Msg::Time(Moment(1_795_356_191 + 30 * 60)));
    assert!(play.screen().contains("36 claims in 30 min · 72 an hour"), "{}", play.screen());
}

#[test]
fn an_empty_store_says_what_will_be_counted() {
    let mut play = Play::new(FakeStore::empty());
    play.press("4 j G k");
    assert!(play.screen().contains("There is nothing to count yet."));
}
