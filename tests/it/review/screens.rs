//! Whole screens, compared as text.

use claimdeck::domain::{Band, Hedge, Meta, Mode, Remark, RemarkKind, SourceKind};

use claimdeck::app::{Overlay, help_rows};
use claimdeck::ui::{Look, Theme};

use super::play::Play;
use super::store::{FakeStore, Part};

/// A made-up evening at a depot.
pub(super) fn depot() -> FakeStore {
    let mut store = FakeStore::empty();
    let meta = |title: &str, outlet: &str, day: &str| Meta {
        title: Some(title.into()),
        outlet: Some(outlet.into()),
        published: Some(day.into()),
        ..Meta::default()
    };
    store.add(
        meta("Ferry runs aground off Gull Point", "Harbour Gazette", "2025-12-30"),
        &[
            Part::claim("The ferry Aurora ran aground on a sandbank off Gull Point on Tuesday evening."),
            Part::rest("\n\n"),
            Part::said("All 212 passengers were brought ashore by midnight,", Mode::Indirect, "the coast guard"),
            Part::rest("the coast guard said."),
        ],
    );
    store.add(
        meta("Fire at fuel depot after reported drone strike", "Northern Post", "2025-12-31"),
        &[
            Part::furniture("Home · World · Subscribe\n\n"),
            Part::claim("A fuel depot outside Velby caught fire overnight after a suspected drone strike."),
            Part::rest("\n\n"),
            Part::said(
                "“A drone hit the northern tank and two pumps are out of service,”",
                Mode::Direct,
                "Ada Brandt, district head",
            )
            .with(|claim| {
                claim.remarks = vec![Remark {
                    span: [0, 0],
                    kind: RemarkKind::NotVerified,
                    text: Some("Her account could not be checked independently.".into()),
                }];
                let attribution = claim.attribution.as_mut().unwrap();
                attribution.medium = Some("Telegram".into());
                attribution.cue.as_mut().unwrap().text = "wrote".into();
            }),
            Part::rest(
                "district head Ada Brandt wrote on Telegram. Her account could not be checked independently.\n\n",
            ),
            Part::rest("According to several channels,"),
            Part::said("emergency crews have probably reached the scene", Mode::Indirect, "several channels").with(
                |claim| {
                    claim.hedges = vec![Hedge { span: [0, 0], term: "probably".into(), band: Some(Band::Likely) }];
                    let attribution = claim.attribution.as_mut().unwrap();
                    attribution.cue.as_mut().unwrap().text = "According to".into();
                    attribution.source.as_mut().unwrap().kind = SourceKind::Anonymous;
                },
            ),
            Part::rest("and"),
            Part::said("a second blast was heard at about 03:40.", Mode::Indirect, "several channels"),
            Part::rest("\n\n"),
            Part::claim("The depot stores about 40,000 tonnes of diesel and supplies three districts."),
            Part::rest("\n\nWas it the first such strike this winter?"),
        ],
    );
    store
}

pub(super) fn worked() -> Play {
    let mut play = Play::new(depot());
    play.press("v r j l");
    play.press("n").write("asked the press office, no answer yet").press("Enter");
    play.press("t").write("energy depot").press("Enter");
    play
}

#[test]
fn a_list_drops_the_opening_mark_of_speech_alone() {
    let mut store = FakeStore::empty();
    store.add(
        Meta::default(),
        &[Part::said("“The bridge is shut,”", Mode::Direct, "the mayor"), Part::claim("“Dawn” is a ship")],
    );
    let screen = Play::new(store).screen();
    assert!(screen.contains("· “The bridge is shut,”") && screen.contains("·  “Dawn” is a ship"), "{screen}");
}

#[test]
fn a_source_known_by_its_role_alone_is_not_named_twice() {
    let mut store = FakeStore::empty();
    store.add(Meta::default(), &[Part::said("The bridge is shut", Mode::Indirect, "the mayor, mayor")]);
    let screen = Play::new(store).screen();
    assert!(screen.contains("the mayor · said") && !screen.contains("mayor, mayor"), "{screen}");
}

#[test]
fn the_review_at_three_sizes() {
    let mut play = worked();
    for (width, height) in [(120, 40), (80, 24), (200, 60)] {
        play.resize(width, height);
        insta::assert_snapshot!(format!("review_{width}x{height}"), play.screen());
    }
}

#[test]
fn direct_speech_with_a_remark() {
    let mut play = worked();
    play.press("k").resize(120, 40);
    insta::assert_snapshot!(play.screen());
}

#[test]
fn help_palette_and_the_claim_in_full() {
    let mut play = worked();
    play.press("?");
    insta::assert_snapshot!("help", play.screen());
    play.press("Esc :").write("un");
    insta::assert_snapshot!("palette", play.screen());
    play.press("Esc Enter");
    insta::assert_snapshot!("claim", play.screen());
}

#[test]
fn what_is_typed_rises_from_the_bottom() {
    let mut play = worked();
    play.resize(80, 24);
    play.press("n");
    insta::assert_snapshot!("note", play.screen());
    play.press("Esc /").write("blast");
    insta::assert_snapshot!("search", play.screen());
    play.press("Esc f").write("status:verified");
    insta::assert_snapshot!("filter", play.screen());
}

#[test]
fn the_lists() {
    let mut play = worked();
    play.press("2");
    insta::assert_snapshot!("articles", play.screen());
    play.press("5");
    insta::assert_snapshot!("sessions", play.screen());
}

#[test]
fn an_empty_store_says_how_to_fill_it() {
    let mut play = Play::new(FakeStore::empty());
    play.resize(80, 24);
    insta::assert_snapshot!("empty", play.screen());
    play.resize(30, 8);
    insta::assert_snapshot!("too_small", play.screen());
}

#[test]
fn the_claim_in_full_tells_who_says_it_and_every_decision_on_it() {
    let mut play = worked();
    let has = |play: &Play, words: &str| {
        let told =
            play.screen().lines().any(|row| row.split_whitespace().collect::<Vec<_>>().join(" ").contains(words));
        assert!(told, "{words}: {}", play.screen());
    };
    play.press("Enter");
    has(&play, "source several channels · anonymous");
    has(&play, "cue According to");
    has(&play, "mode indirect");
    has(&play, "ana note: asked the press office, no answer yet");
    play.press("z Enter");
    has(&play, "ana tag energy · taken back");
    play.press("Esc g Enter");
    has(&play, "source Harbour Gazette, in its own words");
    has(&play, "decided 2026-11-22 15:03 ana verified");
}

#[test]
fn what_floats_stands_out_and_only_its_own_keys_are_told() {
    let mut play = worked();
    let keys = |play: &Play| play.screen().lines().last().unwrap().contains("v verified");
    assert!(keys(&play));
    for key in ["?", ":", "Enter", "F", "c"] {
        play.press(key);
        assert!(!keys(&play), "{key}");
        let (frame, _) = play.frame(Theme::Dark);
        let behind = Look::new(Theme::Dark, false).behind;
        assert_eq!(frame[(13, 0)].fg, behind.unwrap().fg.unwrap(), "{key}");
        play.press("Esc");
    }
}

#[test]
fn help_tells_what_the_marks_mean_and_how_far_one_has_read() {
    let mut play = worked();
    play.press("?").write("legend").resize(80, 24);
    insta::assert_snapshot!("legend", play.screen());
    for (typed, meaning) in [("later pile", "⚑"), ("partly in quot", "≈"), ("refuted", "✗")] {
        play.press("Esc ?").write(typed);
        assert!(play.screen().lines().any(|line| line.contains(meaning)), "{typed}: {}", play.screen());
    }
    play.press("Esc ?");
    let total = help_rows(&play.app, "").len();
    let place = |play: &Play| {
        play.screen().lines().find(|line| line.contains(" of ") && line.contains("> ")).unwrap_or_default().to_owned()
    };
    assert!(place(&play).contains(&format!(" of {total}")), "{}", play.screen());
    for _ in 0..total {
        play.press("↓");
    }
    assert!(place(&play).contains(&format!("{total} of {total}")), "{}", play.screen());
}

#[test]
fn an_action_without_a_key_is_told_by_the_name_that_runs_it() {
    let mut play = worked();
    play.press("?").write("edit-source").resize(80, 24);
    assert!(play.screen().contains(":edit-source"), "{}", play.screen());
    play.press("Esc :").write("edit-source").press("Enter");
    assert!(matches!(play.app.overlay(), Some(Overlay::Line { .. })));
}

#[test]
fn the_lists_name_all_screens_by_their_keys() {
    let mut play = worked();
    play.press("3");
    let head = |play: &Play| play.screen().lines().next().unwrap().to_owned();
    assert!(head(&play).contains("1 review  2 articles  3 sources  4 statistics  5 sessions"), "{}", head(&play));
    play.resize(80, 24);
    assert!(head(&play).contains("1  2  3 sources  4  5"), "{}", head(&play));
    play.press("1");
    assert!(head(&play).contains("fuel-depot-fire"), "{}", head(&play));
}

#[test]
fn one_claim_is_one_claim_on_every_screen() {
    let mut play = Play::new(FakeStore::plain(1, 1));
    for key in ["2", "3", "4", "5"] {
        play.press(key);
        let head = play.screen().lines().next().unwrap().to_owned();
        assert!(head.contains("1 claim · 0 %"), "{head}");
    }
}

#[test]
fn claims_of_the_article_that_the_deck_leaves_out_are_marked_beside_the_text() {
    let mut play = Play::new(depot());
    play.press("v f").write("status:unreviewed").press("Enter");
    assert!(play.screen().contains("✓ The ferry Aurora ran"), "{}", play.screen());
    assert!(play.screen().contains("2 claims, 1 left"), "{}", play.screen());
    play.press("z");
    assert!(play.screen().contains("The ferry Aurora ran"), "{}", play.screen());
    assert!(!play.screen().contains("✓ The ferry Aurora ran"), "{}", play.screen());
}
