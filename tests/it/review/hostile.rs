//! Text from outside may be anything: no frame of any size breaks, and nothing that steers a terminal gets into a cell.

use claimdeck::domain::{Meta, Mode};
use claimdeck::ui::Theme;
use proptest::prelude::*;

use super::play::Play;
use super::store::{FakeStore, Part};

fn hostile(text: &str) -> FakeStore {
    let mut store = FakeStore::empty();
    let named = || Some(text.to_owned());
    let meta = Meta {
        title: named(),
        outlet: named(),
        author: named(),
        url: named(),
        path: named(),
        published: named(),
        lang: None,
    };
    store.add(
        meta,
        &[Part::furniture(text), Part::said(text, Mode::Direct, "someone"), Part::rest(text), Part::claim("Plain.")],
    );
    for claim in &mut store.claims {
        claim.worth_reasons = vec![text.to_owned()];
        if let Some(source) = claim.attribution.as_mut().and_then(|a| a.source.as_mut()) {
            (source.name, source.role) = (named(), named());
        }
    }
    store
}

fn only_harmless_cells(play: &Play) {
    for theme in [Theme::Dark, Theme::Light, Theme::Plain] {
        for cell in play.frame(theme).0.content() {
            let steers = |c: char| {
                c.is_control()
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
                    || c == '\u{200b}'
            };
            assert!(!cell.symbol().chars().any(steers), "{:?}", cell.symbol());
            assert!(cell.symbol().chars().count() <= 9);
        }
    }
}

#[test]
fn all_sizes_are_drawn_with_anything_open() {
    for opener in ["", "/", "f", "n", "e", "t", "?", ":", "Enter", "2", "5"] {
        let mut play = Play::new(FakeStore::plain(60, 7));
        play.press("v r l j").press(opener);
        // Every size from the smallest on for the bare screen, and around the least size for what floats over it.
        let (least_width, least_height) = if opener.is_empty() { (1, 1) } else { (36, 7) };
        let grid = (least_width..60).flat_map(|w| (least_height..30).map(move |h| (w, h)));
        for (width, height) in grid.chain([(1, 1), (2, 40), (96, 9), (500, 200), (170, 10), (41, 200)]) {
            play.size = (width, height);
            play.send(claimdeck::app::Msg::Resize(width, height));
            play.frame(Theme::Plain);
        }
    }
}

#[test]
fn escapes_in_an_article_reach_no_cell() {
    for text in [
        "\x1b]0;owned\x07 \u{9b}2J \u{202e}txet\u{202c} a\u{200b}b \u{feff}\r\n\tc\0d",
        "one\u{2028}two\u{85}three",
        "日本語日本語日本語 👩\u{200d}👩\u{200d}👧 e\u{301}\u{301}\u{301}",
    ] {
        let mut play = Play::new(hostile(text));
        for keys in ["", "n", "Esc", "Enter", "Esc", "2", "1", "v"] {
            play.press(keys);
            only_harmless_cells(&play);
        }
        play.press("n");
        play.send(claimdeck::app::Msg::Paste(text.to_owned()));
        only_harmless_cells(&play);
    }
}

#[test]
fn a_word_of_a_megabyte_and_a_heap_of_marks_are_drawn_quickly() {
    for text in
        ["x".repeat(1_000_000), format!("a{}", "\u{301}".repeat(100_000)), "\n".repeat(300_000), "“".repeat(10_000)]
    {
        let play = Play::new(hostile(&text));
        let began = std::time::Instant::now();
        only_harmless_cells(&play);
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_text_is_drawn_at_any_size(text in any::<String>(), width in 1u16..130, height in 1u16..50) {
        let mut play = Play::new(hostile(&format!("{text}.")));
        play.size = (width, height);
        only_harmless_cells(&play);
    }
}
