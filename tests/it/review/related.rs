//! Related claims: the fact below the article, the list, going there and back, deciding on a whole group.

use claimdeck::app::Overlay;
use claimdeck::domain::{ClaimId, Meta, Mode, Status};
use claimdeck::ui::Theme;

use super::play::Play;
use super::store::{FakeStore, Part};

fn meta(outlet: &str) -> Meta {
    Meta { outlet: Some(outlet.into()), published: Some("2025-12-31".into()), ..Meta::default() }
}

/// Four outlets on one missile: the third contradicts, the fourth is an echo of the first.
fn missile() -> FakeStore {
    let mut store = FakeStore::empty();
    store.relates = true;
    let said = |text: &str| Part::said(text, Mode::Indirect, "Ada Brandt");
    store.add(
        meta("Northern Post"),
        &[
            said("the Kestrel missile had flown 450 miles before it fell into Altona harbour"),
            Part::claim("Rain is due."),
        ],
    );
    store.add(
        meta("Harbour Gazette"),
        &[Part::claim("Before it fell into the harbour of Altona, the Kestrel missile flew for 724 kilometres.")],
    );
    store.add(
        meta("Sarn Wire"),
        &[Part::claim("The Kestrel missile flew 150 miles before it fell into Altona harbour at dawn.")],
    );
    store.add(
        meta("Tidewater Times"),
        &[said("the Kestrel missile had flown 450 miles before it fell into the harbour of Altona")],
    );
    for n in 0..12 {
        let other = format!("Ferry number {n} ran on time between quay {n} and the lighthouse.");
        store.add(meta("Northern Post"), &[Part::claim(&other)]);
    }
    store
}

fn status(play: &Play, id: ClaimId) -> Status {
    play.store.state(id).status
}

#[test]
fn the_fact_counts_sources_that_do_not_lean_on_each_other() {
    let screen = Play::new(missile()).screen();
    assert!(screen.contains("3 in 3 articles, 1 contradicts, 2 independent sources · R shows them"), "{screen}");
}

#[test]
fn the_list_shows_both_claims_with_what_differs_at_every_size() {
    let mut play = Play::new(missile());
    play.press("R j j");
    for (width, height) in [(120, 40), (80, 24), (200, 60)] {
        play.resize(width, height);
        insta::assert_snapshot!(format!("related_{width}x{height}"), play.screen());
    }
    for (width, height) in (1..60).map(|n| (n * 3, n)) {
        play.resize(width, height);
        play.frame(Theme::Plain);
    }
}

#[test]
fn what_differs_is_told_without_colour() {
    use ratatui::style::Modifier;
    let mut play = Play::new(missile());
    let conflicting = play.app.related().unwrap().claims.iter().position(|r| r.conflicts()).unwrap();
    play.press("R");
    (0..conflicting).for_each(|_| _ = play.press("j"));
    let (frame, _) = play.frame(Theme::Plain);
    let marked = |cell: &&ratatui::buffer::Cell| cell.modifier.contains(Modifier::BOLD | Modifier::UNDERLINED);
    let lit: String = frame.content().iter().filter(marked).map(|cell| cell.symbol()).collect();
    assert_eq!(lit, "450 miles150 miles");
}

#[test]
fn a_claim_of_another_time_neither_agrees_nor_contradicts_and_is_left_out_of_the_offer() {
    let mut store = FakeStore::empty();
    store.relates = true;
    let told = |day: &str| Meta { published: Some(day.into()), ..meta("Sarn Wire") };
    store.add(told("2026-03-02"), &[Part::claim("Two barges sank off the Altona quay overnight.")]);
    store.add(told("2026-05-20"), &[Part::claim("Five barges sank off the Altona quay overnight.")]);
    for n in 0..12 {
        store.add(meta("Northern Post"), &[Part::claim(&format!("Ferry {n} ran on time to lighthouse {n}."))]);
    }
    let mut play = Play::new(store);
    play.press("R");
    let screen = play.screen();
    assert!(screen.contains("another time") && screen.contains("79 days apart: what differs is no"), "{screen}");
    assert!(!screen.contains("other number") && !screen.contains("against"), "{screen}");
    assert!(play.press("v").screen().contains("verified for 1 undecided claim?"), "{}", play.screen());
}

#[test]
fn one_goes_to_a_related_claim_and_back_to_the_same_deck() {
    let mut play = Play::new(missile());
    play.press("f").write("450").press("Enter");
    let (deck, from) = (play.app.deck().clone(), play.current().id);
    play.press("R");
    let to = play.app.related().unwrap().claims.iter().position(|r| r.conflicts()).unwrap();
    let id = play.app.related().unwrap().claims[to].claim.id;
    (0..to).for_each(|_| _ = play.press("j"));
    play.press("Enter");
    assert_eq!(play.current().id, id);
    assert!(play.app.deck().query.is_empty() && play.screen().contains("b goes back"));
    play.press("b");
    assert_eq!((play.app.deck(), play.current().id), (&deck, from));
    play.press("b");
    assert!(play.screen().contains("nowhere to go back to"), "{}", play.screen());
}

#[test]
fn a_decision_for_the_group_is_counted_first_made_at_once_and_taken_back_at_once() {
    let mut play = Play::new(missile());
    let ids: Vec<_> = play.store.claims.iter().map(|c| c.id).collect();
    let (here, agreeing, conflicting, echo) = (ids[0], ids[2], ids[3], ids[4]);
    play.press("R v");
    assert!(play.screen().contains("verified for 3 undecided claims that agree?"), "{}", play.screen());
    assert!(play.store.log.is_empty());
    play.press("Enter");
    assert!(matches!(play.app.overlay(), Some(Overlay::Related(_))));
    for id in [here, agreeing, echo] {
        assert_eq!(status(&play, id), Status::Verified);
    }
    assert_eq!(status(&play, conflicting), Status::Unreviewed);
    assert!(play.screen().contains("saved 3 claims verified"), "{}", play.screen());
    play.press("z");
    assert!(ids.iter().all(|id| status(&play, *id) == Status::Unreviewed));
}

#[test]
fn what_somebody_decided_is_never_decided_again_for_the_group() {
    let mut play = Play::new(missile());
    let ids: Vec<_> = play.store.claims.iter().map(|c| c.id).collect();
    play.press("r k R v Enter");
    assert_eq!(status(&play, ids[0]), Status::Refuted);
    assert_eq!((status(&play, ids[2]), status(&play, ids[4])), (Status::Verified, Status::Verified));
    play.press("u Enter");
    assert!(play.screen().contains("nothing decided"), "{}", play.screen());
}

#[test]
fn a_decision_can_be_for_the_chosen_claim_alone_or_for_none() {
    let mut play = Play::new(missile());
    play.press("R v Esc Esc");
    assert!(play.store.log.is_empty());
    play.press("R j");
    let chosen = play.app.related().unwrap().claims[1].claim.id;
    play.press("r Space Enter");
    assert_eq!(status(&play, chosen), Status::Refuted);
    assert_eq!(play.store.log.len(), 1);
}

#[test]
fn without_related_claims_the_key_says_so() {
    let mut play = Play::new(missile());
    play.press("j R");
    assert!(play.app.overlay().is_none());
    assert!(play.screen().contains("no claim of another article is related"), "{}", play.screen());
}

#[test]
fn a_review_whose_store_is_slow_to_find_them_goes_on() {
    let mut play = Play::new(missile());
    play.asked.clear();
    play.send(claimdeck::app::Msg::Key("j".parse().unwrap()));
    play.send(claimdeck::app::Msg::Key("R".parse().unwrap()));
    assert!(play.screen().contains("looking for claims that say the same"), "{}", play.screen());
    play.send(claimdeck::app::Msg::Key("v".parse().unwrap()));
    play.settle();
    play.press("Esc Esc k");
    assert!(play.store.log.is_empty());
}
