//! Being helped: the card at the start, first steps, completion, matches lit.

use std::collections::BTreeMap;

use claimdeck::app::{
    Configured, Did, Effect, Keymap, Layout, Msg, Overlay, Panes, Pointer, Said, Screen, palette_rows,
};
use claimdeck::domain::{Meta, Mode, Moment, Status};
use claimdeck::ui::{self, Theme};
use ratatui::style::Color;

use super::play::Play;
use super::store::{FakeStore, Part};

const HOUR: i64 = 3600;

/// A store in which somebody stopped at the fifth claim, so many seconds ago.
fn left_behind(seconds: i64) -> FakeStore {
    let mut play = Play::new(FakeStore::plain(30, 3));
    play.press("v r j l j");
    let mut store = play.store;
    store.now = Moment(store.session.seen_at.0 + seconds);
    store
}

fn card(play: &Play) -> bool {
    matches!(play.app.overlay(), Some(Overlay::Welcome(_)))
}

#[test]
fn a_claim_that_is_found_by_its_articles_title_shows_why() {
    let mut store = FakeStore::empty();
    let title = Meta { title: Some("Hundreds lost their homes".into()), ..Meta::default() };
    store.add(title, &[Part::claim("The cat was found.")]);
    let mut play = Play::new(store);
    play.press("f").write("homes").press("Enter");
    assert_eq!(lit(&play), ["homes", "homes"]);
    play.resize(80, 24);
    assert_eq!(lit(&play), ["homes"]);
}

#[test]
fn after_a_while_a_card_says_where_one_was_and_what_is_left() {
    let mut play = Play::new(left_behind(20 * HOUR));
    assert!(card(&play));
    insta::assert_snapshot!("welcome", play.resize(80, 24).screen());
    play.press("Enter");
    assert!(!card(&play));
    assert_eq!(play.current().id, play.store.claims[5].id);
}

#[test]
fn a_key_that_only_looks_does_on_the_card_what_it_does_below_it() {
    let mut play = Play::new(left_behind(20 * HOUR));
    play.press("/").write("claim 7").press("Enter");
    assert!(!card(&play));
    assert_eq!(play.app.search(), "claim 7");
    let mut play = Play::new(left_behind(20 * HOUR));
    play.press("v");
    assert!(!card(&play) && play.screen().contains("from here on keys act on the claim"));
    assert_eq!(play.store.state(play.current().id).status, Status::Unreviewed);
}

#[test]
fn the_card_stays_away_where_there_is_nothing_to_tell() {
    assert!(!card(&Play::new(left_behind(60))));
    assert!(!card(&Play::new(FakeStore::plain(30, 3))));
    assert!(!card(&Play::new(FakeStore::empty())));
}

#[test]
fn articles_loaded_meanwhile_bring_the_card_at_once() {
    let mut store = left_behind(60);
    store.last_load = Some(Moment(store.now.0 - 30));
    let play = Play::new(store);
    assert!(play.screen().contains("2 articles loaded, 9 claims"), "{}", play.screen());
}

#[test]
fn the_card_is_there_in_the_first_frame_and_waits_for_no_store() {
    let play = Play::unread(left_behind(20 * HOUR));
    assert!(play.screen().contains("Welcome back, ana."));
    assert!(play.screen().contains("You stopped yesterday at"));
}

#[test]
fn no_key_decides_on_a_claim_that_the_card_hides() {
    let mut play = Play::new(left_behind(20 * HOUR));
    let decided = play.store.log.len();
    play.press("v");
    assert_eq!((play.store.log.len(), card(&play)), (decided, false));
    assert!(matches!(play.app.said(), Said::Info(_)));
    play.press("v");
    assert_eq!(play.store.log.len(), decided + 1);
}

#[test]
fn the_cards_own_keys_lead_where_they_say() {
    for (key, screen) in [("a", Screen::Articles), ("s", Screen::Sessions), ("2", Screen::Articles)] {
        let mut play = Play::new(left_behind(20 * HOUR));
        play.press(key);
        assert_eq!((play.app.screen(), card(&play)), (screen, false), "{key}");
    }
    let mut play = Play::new(left_behind(20 * HOUR));
    play.press("q");
    assert!(play.wishes.contains(&Effect::Quit));
}

#[test]
fn leaving_at_the_card_keeps_what_it_would_tell_next_time() {
    let mut play = Play::unread(left_behind(20 * HOUR));
    play.settle();
    assert!(!play.asked.iter().any(|e| matches!(e, Effect::SavePlace { .. })));
    let before = play.store.session.clone();
    play.press("q");
    assert_eq!(play.store.session, before);
}

#[test]
fn what_was_done_is_handed_over_without_what_was_taken_back() {
    let mut play = Play::new(FakeStore::plain(30, 3));
    assert_eq!(play.app.handover(), None);
    play.press("v v r u z");
    play.press("l n").write("rang them").press("Enter t").write("oil gas").press("Enter");
    play.press("e").write("https://a.example").press("Enter");
    let done = play.app.handover().unwrap();
    assert_eq!(done.decided, [(Status::Verified, 2), (Status::Refuted, 1)]);
    assert_eq!((done.notes, done.tags, done.evidence, done.later), (1, 2, 1, 1));
    assert_eq!((done.place, done.total.unwrap().n), (play.app.window().unwrap().position(), 30));
    play.press("z z z z z z z z z");
    assert_eq!(play.app.handover(), None);
}

#[test]
fn the_first_claim_ever_shows_the_keys_that_matter() {
    let mut play = Play::new(FakeStore::plain(30, 3));
    insta::assert_snapshot!("first_steps", play.resize(80, 24).screen());
    play.press("v");
    assert!(!play.screen().contains("One key decides"), "{}", play.screen());
    play.press("z");
    assert!(!play.screen().contains("One key decides"), "{}", play.screen());
}

/// The words on screen that lie on a background.
fn lit(play: &Play) -> Vec<String> {
    let (buffer, _) = play.frame(Theme::Dark);
    let mut words = vec![String::new()];
    for position in buffer.area.positions() {
        match buffer[position].bg {
            Color::Reset if words.last().is_some_and(String::is_empty) => {}
            Color::Reset => words.push(String::new()),
            _ => words.last_mut().unwrap().push_str(buffer[position].symbol()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn what_a_search_finds_is_lit_in_list_and_article() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    assert_eq!(lit(&play), [""; 0]);
    play.press("/").write("THIN");
    let found = lit(&play);
    assert!(found.len() > 9 && found.iter().all(|word| word == "thing"), "{found:?}");
    play.press("Enter");
    assert_eq!(lit(&play), found);
    play.press("Esc");
    assert_eq!(lit(&play), [""; 0]);
}

fn typed(play: &Play) -> &str {
    play.app.overlay().unwrap().field().unwrap().text()
}

#[test]
fn tab_completes_fields_and_values_of_a_query() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("f").write("st").press("Tab");
    assert_eq!(typed(&play), "status:");
    play.write("un").press("Tab");
    assert_eq!(typed(&play), "status:unreviewed");
    play.press("Tab");
    assert_eq!(typed(&play), "status:unverified");
    play.press("Shift-Tab Enter");
    assert_eq!(play.app.deck().query, "status:unreviewed");
}

#[test]
fn values_come_from_the_store_and_are_quoted_where_they_must() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("f").write("outlet:north");
    insta::assert_snapshot!("completion", play.resize(80, 24).screen());
    play.press("Tab");
    assert_eq!(typed(&play), "outlet:\"Northern Post\"");
    play.press("Tab Tab");
    assert_eq!(typed(&play), "outlet:\"Northern Post\"");
}

#[test]
fn a_search_understands_fields_and_narrows_only_by_whole_ones() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v v /").write("status:ver");
    assert_eq!(play.app.window().unwrap().len(), 9);
    play.press("Tab");
    assert_eq!((typed(&play), play.app.window().unwrap().len()), ("status:verified", 2));
    play.press("Enter");
    assert_eq!(play.app.window().unwrap().len(), 2);
}

#[test]
fn keys_work_by_their_place_on_a_cyrillic_keyboard_and_letters_stay_letters() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("м г т").write("мимо").press("Enter");
    let state = |place: usize| play.store.state(play.store.claims[place].id);
    assert_eq!((state(0).status, state(1).status), (Status::Verified, Status::Unverified));
    assert_eq!(state(2).note.as_deref(), Some("мимо"));
    play.press("Я");
    assert!(matches!(play.app.said(), Said::Problem(_)), "{:?}", play.app.said());
}

#[test]
fn the_palette_finds_by_letters_of_the_name_and_words_of_the_help() {
    let play = Play::new(FakeStore::plain(9, 3));
    let found = |typed: &str| palette_rows(&play.app, typed).iter().map(|a| a.name).collect::<Vec<_>>();
    assert_eq!(found("nac")[0], "not-a-claim");
    assert_eq!(found("next un")[0], "next-unreviewed");
    assert_eq!(found("contradicts"), ["refuted"]);
    assert_eq!(found("zzz"), [""; 0]);
    assert_eq!(found("").len(), found(" ").len());
}

#[test]
fn a_config_read_again_changes_keys_and_panes_at_once() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    assert!(play.screen().contains('│'));
    play.press(":").write("reload").press("Enter");
    assert!(play.wishes.contains(&Effect::Reload));
    let keys = BTreeMap::from([("verified".to_owned(), vec!["w".to_owned()])]);
    let keymap = Keymap::new(&keys, &[]).unwrap();
    let layout = Layout { panes: Panes::Stacked, list_width: None };
    play.send(Msg::Configured(Box::new(Configured { keymap, layout, gate: 0 })));
    assert!(!play.screen().contains('│'), "{}", play.screen());
    play.press("w");
    assert_eq!(play.store.state(play.store.claims[0].id).status, Status::Verified);
}

#[test]
fn the_deck_has_the_width_that_was_asked_for_as_far_as_the_article_leaves_it() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    let keymap = Keymap::new(&BTreeMap::new(), &[]).unwrap();
    for (width, columns, line) in [(120, 50, 50), (120, 200, 76), (80, 30, 30)] {
        let layout = Layout { panes: Panes::Side, list_width: Some(columns) };
        play.resize(width, 30);
        play.send(Msg::Configured(Box::new(Configured { keymap: keymap.clone(), layout, gate: 0 })));
        let row = play.screen().lines().nth(2).unwrap().to_owned();
        assert_eq!(row.chars().position(|c| c == '│'), Some(line), "{row}");
    }
}

#[test]
fn a_theme_without_colour_tells_everything_by_marks_and_weight() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v r /").write("thing").press("Enter");
    for theme in [Theme::Plain, Theme::HighContrast] {
        let (buffer, _) = play.frame(theme);
        let coloured = buffer.content().iter().filter(|c| c.fg != Color::Reset || c.bg != Color::Reset).count();
        assert_eq!(coloured, 0, "{theme:?}");
    }
    let (buffer, _) = play.frame(Theme::Sixteen);
    assert!(buffer.content().iter().all(|c| matches!(c.fg, Color::Reset | Color::Indexed(0..=15))));
}

/// Moves the mouse as a terminal tells it.
fn mouse(play: &mut Play, did: Did, column: u16, row: u16) {
    let under = ui::under(&play.app, play.size, column, row);
    play.send(Msg::Pointer(Pointer { did, under, column }));
    play.settle();
}

#[test]
fn a_click_selects_the_claim_that_is_under_it() {
    let mut play = Play::new(FakeStore::plain(60, 3));
    play.press("v");
    for wanted in ["Article 1 asserts thing 0.", "Article 0 asserts thing 0."] {
        let screen = play.screen();
        let in_deck = |line: &str| line.chars().take(36).collect::<String>().contains(wanted);
        let row = screen.lines().position(in_deck).unwrap();
        mouse(&mut play, Did::Press, 10, row as u16);
        assert_eq!(play.current().text, wanted);
    }
    let before = play.current().id;
    for (column, row) in [(10, 0), (10, 2), (10, 39), (100, 10), (200, 200)] {
        mouse(&mut play, Did::Press, column, row);
        assert_eq!(play.current().id, before, "{column} {row}");
    }
}

#[test]
fn a_click_selects_a_row_of_a_list() {
    let mut play = Play::new(FakeStore::plain(60, 3));
    play.press("2");
    let row = play.screen().lines().position(|line| line.contains("Article 7")).unwrap();
    mouse(&mut play, Did::Press, 30, row as u16);
    assert_eq!(play.app.articles().cursor(), 7);
    mouse(&mut play, Did::Wheel(1), 30, 5);
    assert_eq!(play.app.articles().cursor(), 10);
    mouse(&mut play, Did::Press, 30, 2);
    assert_eq!(play.app.articles().cursor(), 10);
}

#[test]
fn the_wheel_steps_in_the_deck_and_scrolls_the_article() {
    let mut play = Play::new(FakeStore::plain(400, 400));
    play.press("v");
    mouse(&mut play, Did::Wheel(1), 5, 10);
    assert_eq!(play.current().id, play.store.claims[2].id);
    mouse(&mut play, Did::Wheel(1), 80, 10);
    assert_eq!((play.current().id, play.app.scroll()), (play.store.claims[2].id, 3));
    let scrolled = play.screen();
    play.press("Ctrl-y");
    assert_ne!(play.screen(), scrolled);
    // A step brings the eye back to the claim.
    play.press("Ctrl-e Ctrl-e j k");
    assert_eq!(play.app.scroll(), 6);
    play.press("j");
    assert_eq!(play.app.scroll(), 0);
}

#[test]
fn the_line_beside_the_deck_is_dragged_where_one_wants_it() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v");
    let line = |play: &Play| play.screen().lines().nth(5).unwrap().chars().position(|c| c == '│');
    let at = line(&play).unwrap() as u16;
    mouse(&mut play, Did::Drag, 50, 5);
    assert_eq!(line(&play), Some(at.into()));
    mouse(&mut play, Did::Press, at, 5);
    mouse(&mut play, Did::Drag, 50, 7);
    assert_eq!(line(&play), Some(50));
    mouse(&mut play, Did::Drag, 3, 7);
    assert_eq!(line(&play), Some(20));
    mouse(&mut play, Did::Release, 3, 7);
    mouse(&mut play, Did::Drag, 60, 7);
    assert_eq!(line(&play), Some(20));
}

#[test]
fn a_mouse_anywhere_at_any_time_breaks_nothing() {
    let mut play = Play::new(FakeStore::plain(20, 3));
    for keys in ["", "?", "Esc :", "Esc /", "Esc n", "Esc Enter", "Esc 2", "3", "4", "5"] {
        play.press(keys);
        for (width, height) in [(120, 40), (80, 24), (20, 5)] {
            play.resize(width, height);
            for did in [Did::Press, Did::Drag, Did::Wheel(-1), Did::Wheel(1), Did::Release] {
                for (column, row) in [(0, 0), (9, 9), (36, 9), (90, 20), (119, 39), (u16::MAX, u16::MAX)] {
                    mouse(&mut play, did, column, row);
                    play.screen();
                }
            }
        }
    }
}

#[test]
fn links_lie_over_addresses_and_change_nothing_else() {
    use claimdeck::ui::Look;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("e")
        .write("javascript:alert(1)")
        .press("Enter e a")
        .write("https://b.example/два refutes")
        .press("Enter");
    for (keys, size) in [("Esc", (120, 40)), ("", (200, 60)), ("", (80, 24)), ("e", (120, 40))] {
        play.press(keys).resize(size.0, size.1);
        let [plain, linked] = [false, true].map(|links| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            ui::draw(&play.app, &Look::new(Theme::Dark, false).with_links(links), &mut buffer);
            buffer
        });
        let mut targets: Vec<&str> = Vec::new();
        for (one, other) in plain.content().iter().zip(linked.content()) {
            let mut symbol = other.symbol();
            if let Some((opens, rest)) = symbol.split_once("\x1b\\") {
                targets.extend(opens.split_once(";https").map(|(_, target)| target));
                symbol = rest.strip_suffix("\x1b]8;;\x1b\\").unwrap();
            }
            assert_eq!(one.symbol(), symbol);
        }
        targets.dedup();
        // Where only two rows are left for what is known, nothing is linked.
        let expected: &[&str] = if size.0 == 80 { &[] } else { &["://b.example/%D0%B4%D0%B2%D0%B0"] };
        assert_eq!(targets, expected, "{size:?} {}", play.screen());
    }
}

#[test]
fn what_fits_on_the_screen_is_shown_before_the_rest_is_read() {
    let mut play = Play::new(FakeStore::plain(600, 20));
    for (key, whole) in [("G", 599), ("g", 0)] {
        play.send(Msg::Key(key.parse().unwrap()));
        while play.app.is_reading() {
            play.answer_one();
        }
        assert_eq!(play.current().id, play.store.claims[whole].id);
        let (screen, asked) = (play.screen(), play.asked.len());
        assert!(asked > 0, "more is asked for");
        play.settle();
        // What was read since is out of sight; only the place in the deck is counted meanwhile.
        let below = |screen: &str| screen.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(below(&play.screen()), below(&screen), "{key}");
        assert!(play.app.window().unwrap().len() > 100);
    }
}

#[test]
fn a_claim_is_copied_with_who_says_it_and_where() {
    let mut store = FakeStore::empty();
    let meta = Meta { title: Some("Harbour shut".into()), outlet: Some("Gazette".into()), ..Meta::default() };
    store.add(meta, &[Part::said("The pier is closed.", Mode::Indirect, "Ada Brandt, harbour master")]);
    let mut play = Play::new(store);
    play.press("y");
    let id = play.current().id;
    let copied = format!("The pier is closed.\n— Ada Brandt, Gazette, Harbour shut [{id}]");
    assert_eq!(play.wishes, [Effect::Copy(copied)]);
    assert_eq!(play.app.said(), &Said::Info("sent to the terminal's clipboard".into()));
}

#[test]
fn what_is_pasted_into_a_note_decides_nothing_and_is_saved_whole() {
    let mut play = Play::new(FakeStore::plain(6, 3));
    play.press("n");
    play.send(Msg::Paste("seen on video\r\nv r d q".into()));
    assert!(play.store.log.is_empty());
    play.press("Enter");
    assert_eq!(play.app.state_of(play.current()).note.as_deref(), Some("seen on video\nv r d q"));
    assert_eq!(play.store.log.len(), 1);
}

#[test]
fn wide_letters_and_those_written_from_right_to_left_keep_the_columns_in_line() {
    let mut store = FakeStore::empty();
    let said = |text: &str, source| Part::said(text, Mode::Indirect, source);
    store.add(
        Meta { title: Some("港口关闭，市长说明原因".into()), ..Meta::default() },
        &[said("码头将关闭到星期五，两台起重机受损，没有人受伤。", "港务局长"), Part::claim("雾笼罩着全城。")],
    );
    store.add(
        Meta { title: Some("إغلاق الميناء حتى يوم الجمعة".into()), ..Meta::default() },
        &[said("تضررت رافعتان في الميناء ولم يصب أحد بأذى.", "رئيس الميناء"), Part::claim("غطى الضباب المدينة.")],
    );
    let mut play = Play::new(store);
    // The keys for a first claim are gone then.
    play.press("v k");
    for _ in 0..4 {
        for (width, height) in [(120, 40), (200, 60)] {
            play.resize(width, height);
            let (buffer, _) = play.frame(Theme::Dark);
            let line = |x: u16| (2..height - 2).filter(|y| buffer[(x, *y)].symbol() == "│").count();
            let column = (20..width / 2).max_by_key(|x| line(*x)).unwrap();
            assert_eq!(line(column), usize::from(height) - 4, "{}", play.screen());
            let words: String = play.screen().split_whitespace().collect();
            let last: String = play.current().text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(words.contains(&last.chars().take(8).collect::<String>()), "{last}: {}", play.screen());
        }
        play.press("j");
    }
}
