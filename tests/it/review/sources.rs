//! The ledger of sources, played: listing, finding, ordering, opening and coming back.

use claimdeck::app::{Msg, Screen};
use claimdeck::domain::{Meta, Mode, Reliability};

use super::play::Play;
use super::store::{FakeStore, Part};

/// Four sources of a made-up harbour town, and one claim of the outlet's own.
fn harbour() -> FakeStore {
    let mut store = FakeStore::empty();
    let said = |text, source| Part::said(text, Mode::Indirect, source);
    let meta = |title: &str| Meta { title: Some(title.into()), ..Meta::default() };
    store.add(
        meta("Harbour shut"),
        &[
            said("The pier is closed until Friday.", "Ada Brandt, harbour master"),
            said("Two cranes were damaged.", "Ada Brandt, harbour master"),
            said("No oil was spilt.", "coast guard"),
            said("A third crane fell into the water.", "dock workers’ union"),
            Part::claim("Fog lay over the town."),
        ],
    );
    store.add(
        meta("Harbour open again"),
        &[
            said("The pier opened on Thursday.", "Ada Brandt, harbour master"),
            said("Divers found oil under the second pier.", "fishing co-operative"),
            said("The oil was there before.", "coast guard"),
        ],
    );
    store
}

/// With some claims decided.
pub(super) fn worked() -> Play {
    let mut play = Play::new(harbour());
    play.press("v v r d j v r");
    play
}

/// So many sources, each with one claim.
fn many(sources: usize) -> Play {
    let mut store = FakeStore::empty();
    let parts: Vec<_> = (0..sources)
        .map(|n| Part::said("It is so.", Mode::Indirect, Box::leak(format!("source {n:05}").into_boxed_str())))
        .collect();
    store.add(Meta::default(), &parts);
    Play::new(store)
}

fn chosen(play: &Play) -> &str {
    &play.app.sources().chosen().unwrap().name
}

#[test]
fn the_ledger_at_three_sizes() {
    let mut play = worked();
    play.press("3 j");
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        play.resize(width, height);
        insta::assert_snapshot!(format!("sources_{width}x{height}"), play.screen());
    }
}

#[test]
fn letters_narrow_the_ledger_as_they_are_typed() {
    let mut play = worked();
    play.press("3 /").write("co");
    assert_eq!(play.app.sources().rows().len(), 2);
    play.resize(80, 24);
    insta::assert_snapshot!("sources_find", play.screen());
    play.press("Esc");
    assert_eq!(play.app.sources().rows().len(), 4);
    play.press("/").write("zzz").press("Enter");
    assert!(play.screen().contains("No source has “zzz” in its name."), "{}", play.screen());
    play.press("Esc");
    assert_eq!((play.app.screen(), play.app.sources().rows().len()), (Screen::Sources, 4));
    play.press("Esc");
    assert_eq!(play.app.screen(), Screen::Review);
}

#[test]
fn the_order_goes_round() {
    let mut play = worked();
    play.press("3");
    let mut firsts = Vec::new();
    for _ in 0..3 {
        firsts.push(chosen(&play).to_owned());
        play.press("s");
    }
    assert_eq!(firsts, ["Ada Brandt", "Ada Brandt", "coast guard"]);
    assert_eq!(chosen(&play), "Ada Brandt");
}

#[test]
fn a_source_opens_as_a_deck_and_esc_comes_back_to_both() {
    let mut play = worked();
    play.press("k");
    let (deck, claim) = (play.app.deck().clone(), play.current().id);
    play.press("3 j Enter");
    assert_eq!((play.app.screen(), play.app.deck().query.as_str()), (Screen::Review, "source:=\"coast guard\""));
    assert_eq!(play.app.window().unwrap().len(), 2);
    play.press("j v Esc");
    assert_eq!((play.app.screen(), chosen(&play)), (Screen::Sources, "coast guard"));
    assert_eq!(play.app.sources().chosen().unwrap().record().unwrap().verified, 1);
    play.press("1");
    assert_eq!((play.app.deck(), play.current().id), (&deck, claim));
    play.press("Esc");
    assert!(play.screen().contains("nothing to go back from"));
}

#[test]
fn an_article_opens_as_a_deck_and_esc_comes_back_too() {
    let mut play = worked();
    play.press("2 j Enter");
    assert!(play.app.deck().query.starts_with("article:"));
    play.press("Esc");
    assert_eq!((play.app.screen(), play.app.deck().query.as_str()), (Screen::Articles, ""));
}

#[test]
fn a_filter_chosen_by_hand_is_no_longer_a_lists_deck() {
    let mut play = worked();
    play.press("3 Enter f Ctrl-u Enter Esc");
    assert_eq!(play.app.screen(), Screen::Review);
    assert!(play.screen().contains("nothing to go back from"));
}

#[test]
fn a_long_ledger_is_read_as_the_cursor_moves_and_its_ends_are_one_key_away() {
    let mut play = many(3_000);
    play.press("3");
    for place in 0..1_500 {
        assert_eq!(chosen(&play), format!("source {place:05}"));
        play.press("j");
    }
    assert!(play.app.sources().rows().len() < 1_500);
    play.press("G");
    assert_eq!(chosen(&play), "source 02999");
    play.press("k k");
    assert_eq!(chosen(&play), "source 02997");
    play.press("g");
    assert_eq!(chosen(&play), "source 00000");
}

#[test]
fn an_empty_store_says_what_the_ledger_is_for() {
    let mut play = Play::new(FakeStore::empty());
    play.press("3 j G Enter");
    assert!(play.screen().contains("no source is chosen"), "{}", play.screen());
    assert!(play.screen().contains("Whoever an article says asserts something is listed here"));
}

#[test]
fn a_source_is_graded_with_the_meanings_in_view_and_z_takes_it_back() {
    let mut play = worked();
    play.press("3 j a").resize(80, 24);
    insta::assert_snapshot!("grade_source", play.screen());
    play.press("x");
    assert!(play.screen().contains("x is no grade · a to f grade it"), "{}", play.screen());
    play.press("b a d");
    assert!(play.screen().contains("saved coast guard: D, not usually reliable · z takes it back"));
    assert_eq!(play.app.reliability_of(play.app.sources().chosen().unwrap()), Some(Reliability::D));
    play.press("a");
    insta::assert_snapshot!("grade_source_again", play.screen());
    play.press("Esc z");
    assert_eq!(play.app.screen(), Screen::Sources);
    assert!(play.screen().contains("saved coast guard: B, usually reliable · taken back"), "{}", play.screen());
    play.press("Z");
    assert_eq!(play.app.reliability_of(play.app.sources().chosen().unwrap()), Some(Reliability::D));
    play.press("a Backspace");
    assert_eq!(play.app.reliability_of(play.app.sources().chosen().unwrap()), None);
}

#[test]
fn marked_sources_are_joined_into_another_name_and_taken_apart_again() {
    let mut play = worked();
    play.press("3 s Space");
    assert!(play.screen().contains("1 marked · on its other name, M joins it"), "{}", play.screen());
    assert_eq!(chosen(&play), "coast guard");
    play.press("j j Space k");
    assert_eq!(chosen(&play), "dock workers’ union");
    play.resize(80, 24);
    insta::assert_snapshot!("sources_marked", play.screen());
    play.press("M");
    insta::assert_snapshot!("sources_join", play.screen());
    play.press("j Enter");
    assert!(play.screen().contains("saved 2 names joined into dock workers’ union"), "{}", play.screen());
    assert_eq!((play.app.sources().rows().len(), chosen(&play)), (2, "dock workers’ union"));
    assert_eq!(play.app.sources().chosen().unwrap().claims, 5);
    insta::assert_snapshot!("sources_joined", play.screen());
    play.press("Enter");
    assert_eq!(play.app.window().unwrap().len(), 5);
    assert!(play.screen().contains("Ada Brandt, harbour master = dock workers’ union"), "{}", play.screen());
    play.press("Esc S j");
    insta::assert_snapshot!("joined_names", play.screen());
    play.press("Enter");
    assert!(play.screen().contains("saved fishing co-operative as a source of its own"), "{}", play.screen());
    assert_eq!((play.app.sources().rows().len(), chosen(&play)), (3, "fishing co-operative"));
    play.press("z");
    assert!(
        play.screen().contains("took back the split of fishing co-operative · Z does it again"),
        "{}",
        play.screen()
    );
    assert_eq!((play.app.sources().rows().len(), chosen(&play)), (2, "dock workers’ union"));
}

#[test]
fn a_join_says_what_it_still_needs_and_esc_takes_marks_off() {
    let mut play = worked();
    play.press("3 M");
    assert!(play.screen().contains("no source is marked: Space marks one"), "{}", play.screen());
    play.press("Space k M");
    assert!(play.screen().contains("this is the marked source: go to its other name"), "{}", play.screen());
    play.press("Esc");
    assert!(play.app.sources().marked().is_empty());
    assert_eq!(play.app.screen(), Screen::Sources);
    play.press("S");
    assert!(play.screen().contains("no other name was joined into this source"), "{}", play.screen());
}

#[test]
fn a_join_that_is_left_changes_nothing_and_keeps_the_marks() {
    let mut play = worked();
    play.press("3 s Space M Esc");
    assert_eq!((play.app.sources().marked().len(), play.app.sources().rows().len()), (1, 4));
    assert!(play.app.overlay().is_none() && play.store.source_log.is_empty());
}

#[test]
fn names_stay_readable_in_a_narrow_terminal() {
    let mut store = harbour();
    let long = Part::said("It is so.", Mode::Indirect, "Harbour Emergency Committee");
    store.add(Meta::default(), &[long]);
    let mut play = Play::new(store);
    play.press("3");
    for (width, height) in [(60, 15), (80, 24)] {
        play.resize(width, height);
        assert!(play.screen().contains("Harbour Emergency Committee"), "{}", play.screen());
    }
    play.press("a b").resize(60, 15);
    insta::assert_snapshot!("sources_60x15", play.screen());
}

#[test]
fn the_keys_of_the_ledger_are_named_where_they_can_be_used() {
    let mut play = worked();
    play.press("3").resize(80, 24);
    let keys = |play: &Play| play.screen().lines().last().unwrap_or_default().to_owned();
    assert!(keys(&play).contains("a grade  Space mark"), "{}", keys(&play));
    assert!(!keys(&play).contains("M join") && !keys(&play).contains("S split"), "{}", keys(&play));
    play.press("Space j");
    assert!(keys(&play).contains("M join"), "{}", keys(&play));
    play.press("M Enter j k");
    assert!(keys(&play).contains("S split"), "{}", keys(&play));
}

#[test]
fn a_join_that_can_not_be_saved_changes_nothing() {
    let mut play = worked();
    play.press("3 Space");
    play.store.full = true;
    play.press("M Enter");
    assert!(play.screen().contains("not saved: the disk is full (Ada Brandt)"), "{}", play.screen());
    assert_eq!(play.app.sources().rows().len(), 4);
}

#[test]
fn a_grade_is_shown_while_it_is_on_its_way_and_gone_when_it_is_refused() {
    let mut play = worked();
    play.press("3 a");
    play.store.full = true;
    play.send(Msg::Key("a".parse().unwrap()));
    assert_eq!((play.app.unsaved(), chosen(&play).to_owned()), (1, "Ada Brandt".into()));
    assert_eq!(play.app.reliability_of(play.app.sources().chosen().unwrap()), Some(Reliability::A));
    play.settle();
    assert_eq!(play.app.reliability_of(play.app.sources().chosen().unwrap()), None);
    assert!(play.screen().contains("not saved: the disk is full (Ada Brandt)"));
}

#[test]
fn a_claim_shows_its_grade_and_that_of_its_source() {
    let mut play = worked();
    play.press("g c 2");
    assert!(play.screen().contains("2 probably true"), "{}", play.screen());
    play.press("3 a b 1");
    assert!(
        play.screen().contains("Ada Brandt, harbour master · said · indirect · B usually reliable"),
        "{}",
        play.screen()
    );
    play.press("c").resize(80, 24);
    insta::assert_snapshot!("grade_claim", play.screen());
    play.press("- z");
    assert!(play.screen().contains("2 probably true"), "{}", play.screen());
}
