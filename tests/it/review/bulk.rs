//! Decks to choose from, and one act on a whole deck.

use claimdeck::app::{Overlay, Said};
use claimdeck::domain::Status;

use super::play::Play;
use super::store::FakeStore;

fn statuses(play: &Play, wanted: Status) -> usize {
    play.store.claims.iter().filter(|c| play.store.state(c.id).status == wanted).count()
}

#[test]
fn an_act_on_the_whole_deck_says_how_many_and_leaves_alone_what_was_decided() {
    let mut play = Play::new(FakeStore::plain(30, 3));
    play.press("v v A").write("refuted");
    assert!(play.screen().contains("28 claims undecided"), "{}", play.screen());
    play.press("Enter");
    assert!(matches!(play.app.said(), Said::Saved(words) if words == "saved 28 claims refuted · z takes it all back"));
    assert_eq!((statuses(&play, Status::Verified), statuses(&play, Status::Refuted)), (2, 28));
    assert_eq!(play.app.status_of(play.current()), Status::Refuted);
    play.press("z");
    assert_eq!((statuses(&play, Status::Verified), statuses(&play, Status::Unreviewed)), (2, 28));
    assert_eq!(play.app.status_of(play.current()), Status::Unreviewed);
}

#[test]
fn what_was_decided_is_touched_only_when_asked_in_so_many_words() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v f").write("article").press("Enter A").write("tag flood even decided");
    assert!(play.screen().contains("9 claims decided or not"), "{}", play.screen());
    play.press("Enter");
    assert!(play.store.claims.iter().all(|c| play.store.state(c.id).tags.contains("flood")));
}

#[test]
fn what_is_no_act_is_said_and_the_line_stays_open() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    for wrong in ["", "verify", "tag", "tag a b", "later x"] {
        play.press("A").write(wrong).press("Enter");
        assert!(matches!(play.app.overlay(), Some(Overlay::All(all)) if all.problem.is_some()), "{wrong}");
        play.press("Esc");
    }
    assert!(play.store.log.is_empty());
}

#[test]
fn what_is_nearly_an_act_is_asked_about_and_tab_completes() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.resize(80, 24);
    let told = |play: &Play, words: &str| assert!(play.screen().contains(words), "{}", play.screen());
    play.press("A").write("refute").press("Enter");
    told(&play, "\"refute\": did you mean refuted? Tab completes");
    play.press("Tab Enter");
    assert_eq!(statuses(&play, Status::Refuted), 9);
    play.press("z A").write("un");
    told(&play, "Tab  unreviewed  unverified  untag");
    play.press("Tab Tab Enter");
    assert_eq!(statuses(&play, Status::Unverified), 9);
    play.press("z A").write("later x").press("Enter");
    told(&play, "\"x\" after later: expected nothing, or even decided");
    play.press("Esc A").write("coffee").press("Enter");
    told(&play, "\"coffee\": expected unreviewed, verified, unverified, refuted,");
}

#[test]
fn keys_wait_for_an_act_on_the_whole_deck_and_a_refusal_is_said() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.store.full = true;
    play.press("A").write("later").press("Enter");
    assert!(matches!(play.app.said(), Said::Problem(words) if words.contains("the disk is full")));
    assert!(play.store.log.is_empty());
}

#[test]
fn a_deck_is_chosen_by_name_and_one_worked_out_is_kept() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v f").write("status:verified").press("Enter F a").write("done  so far").press("Enter F");
    insta::assert_snapshot!("decks", play.screen());
    play.press("j Enter");
    assert_eq!((play.app.deck().query.as_str(), play.app.deck().order.word()), ("status:unreviewed", "worth"));
    play.press("F G j j j j j j j Enter");
    assert_eq!(play.app.deck().query, "status:verified");
    play.press("F x");
    assert!(matches!(play.app.said(), Said::Info(words) if words == "this deck is always offered"));
    play.press("j j j j j j x Esc");
    assert!(play.store.decks.is_empty());
}
