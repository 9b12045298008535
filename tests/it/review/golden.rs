//! Screens that are not compared elsewhere at every size: 80×24, 120×40 and 200×60.

use super::play::Play;
use super::screens::{depot, worked};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// A name, and the keys that lead from the review to the screen.
const SCREENS: [(&str, &str); 8] = [
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
