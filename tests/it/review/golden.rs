//! Screens that are not compared elsewhere at every size: 80×24, 120×40 and 200×60.

use super::play::Play;
use super::screens::{depot, worked};
use super::sources;
use super::store::FakeStore;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// A name, and the keys that lead from the review to the screen.
const SCREENS: [(&str, &str); 16] = [
    ("claim", "Enter"),
    ("search", "/ b l a"),
    ("filter", "f w o r t h : q"),
    ("note", "n"),
    ("tags", "t"),
    ("decks", "F"),
    ("all", "A v e r i f i e d"),
    ("grade", "c"),
    ("articles", "2"),
    ("sessions", "5"),
    ("help", "?"),
    ("palette", ":"),
    ("edit", "E b"),
    ("split_here", "g S"),
    ("add_here", "j a"),
    ("evidence_list", "e"),
];

#[test]
fn every_screen_at_three_sizes() {
    for (name, keys) in SCREENS {
        let mut play = worked();
        play.press("k e")
            .write("https://a.example/tanks refutes seen:2025-12-30 a photo of the whole tank")
            .press("Enter");
        play.press("e a").write("“both pumps ran until noon” context the operator's log").press("Enter").press(keys);
        for (width, height) in SIZES {
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), play.resize(width, height).screen());
        }
    }
}

#[test]
fn the_card_at_the_start_at_three_sizes() {
    let mut store = depot();
    store.session.place = Some(store.claims[2].id);
    store.now.0 += 86_400;
    store.last_load = Some(store.now);
    let mut play = Play::new(store);
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("card_{width}x{height}"), play.resize(width, height).screen());
    }
}

#[test]
fn an_empty_store_and_a_filter_that_selects_nothing_at_three_sizes() {
    let mut empty = Play::new(FakeStore::empty());
    let mut nothing = worked();
    nothing.press("f").write("status:disputed").press("Enter");
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("empty_{width}x{height}"), empty.resize(width, height).screen());
        insta::assert_snapshot!(format!("nothing_{width}x{height}"), nothing.resize(width, height).screen());
    }
}

#[test]
fn the_first_claim_ever_and_what_floats_over_the_ledger_at_three_sizes() {
    let ledger = [("source_grade", "3 a"), ("source_find", "3 / o a"), ("joined", "3 g Space j M Enter S")];
    let mut plays: Vec<_> = ledger.map(|(name, keys)| (name, sources::worked(), keys)).into();
    plays.push(("first_steps", Play::new(depot()), ""));
    for (name, mut play, keys) in plays {
        play.press(keys);
        for (width, height) in SIZES {
            insta::assert_snapshot!(format!("{name}_{width}x{height}"), play.resize(width, height).screen());
        }
    }
}
