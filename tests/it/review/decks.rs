//! What keys do: deciding, moving, finding, writing, leaving.

use std::collections::BTreeMap;

use claimdeck::app::actions::{ACTIONS, Context};
use claimdeck::app::{Effect, Keymap, Msg, Overlay, Said, Screen};
use claimdeck::domain::{Act, Order, Stance, Status};

use super::play::Play;
use super::store::FakeStore;

fn status_at(play: &Play, place: usize) -> Status {
    play.store.state(play.store.claims[place].id).status
}

fn said(play: &Play) -> String {
    match play.app.said() {
        Said::Nothing => String::new(),
        Said::Saved(words) | Said::Info(words) | Said::Problem(words) => words.clone(),
    }
}

#[test]
fn a_key_decides_saves_and_goes_on() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v u r d x");
    use Status::{Disputed, NotAClaim, Refuted, Unverified, Verified};
    for (place, status) in [Verified, Unverified, Refuted, Disputed, NotAClaim].into_iter().enumerate() {
        assert_eq!(status_at(&play, place), status);
    }
    assert_eq!(play.current().id, play.store.claims[5].id);
    let id = play.store.claims[4].id.to_string();
    assert!(said(&play).starts_with(&format!("saved {} not-a-claim", &id[..5])), "{}", said(&play));
}

#[test]
fn nothing_is_called_saved_before_the_store_says_so() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.send(Msg::Key("v".parse().unwrap()));
    assert_eq!((play.app.unsaved(), said(&play).as_str()), (1, ""));
    assert!(play.screen().contains("unsaved 1"));
    assert_eq!(play.app.status_of(play.app.window().unwrap().get(0).unwrap()), Status::Verified);
    play.settle();
    assert!(said(&play).starts_with("saved c"));
}

#[test]
fn a_refusal_is_said_and_the_claim_is_as_before() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.store.full = true;
    play.press("v");
    assert!(said(&play).starts_with("not saved: the disk is full"));
    assert_eq!(play.app.status_of(play.app.window().unwrap().get(0).unwrap()), Status::Unreviewed);
}

#[test]
fn undo_and_redo_say_what_they_took_back_and_on_what() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    let id = play.store.claims[0].id.to_string()[..5].to_owned();
    play.press("v z");
    assert_eq!(said(&play), format!("took back verified on {id} · Z does it again"));
    play.press("Z");
    assert_eq!(said(&play), format!("brought back verified on {id} · z takes it back"));
    play.press("g n").write("seen").press("Enter z");
    assert_eq!(said(&play), format!("took back note on {id} · Z does it again"));
}

#[test]
fn one_key_waits_and_two_keys_wait() {
    let mut play = Play::unread(FakeStore::plain(9, 3));
    play.send(Msg::Key("v".parse().unwrap()));
    assert!(play.screen().contains("1 key waits, Esc drops it"), "{}", play.screen());
    play.send(Msg::Key("v".parse().unwrap()));
    assert!(play.screen().contains("2 keys wait, Esc drops them"), "{}", play.screen());
}

#[test]
fn the_percentage_is_of_the_deck_or_says_that_it_is_of_all() {
    let mut play = Play::new(FakeStore::plain(10, 5));
    play.press("v v");
    let head = |play: &Play| play.screen().lines().next().unwrap().to_owned();
    assert!(head(&play).contains("3 of 10 · 20 % decided  "), "{}", head(&play));
    play.press("f").write("status:verified").press("Enter");
    assert!(head(&play).contains(" of 2 · 20 % of all decided  "), "{}", head(&play));
}

#[test]
fn how_much_is_decided_is_told_from_the_place_where_there_is_room() {
    let mut play = Play::new(FakeStore::plain(10, 5));
    play.press("v v").resize(80, 24);
    let head = |play: &Play| play.screen().lines().next().unwrap().to_owned();
    assert!(head(&play).contains("3 of 10 · 20 % decided  ━"), "{}", head(&play));
    play.resize(50, 15);
    assert!(head(&play).contains("3 of 10 · 20 %"), "{}", head(&play));
    let mut play = Play::new(FakeStore::plain(2_000, 3));
    for width in 60..=100 {
        play.press("g").resize(width, 24);
        let begins = |play: &Play| head(play).split_whitespace().next().map(str::to_owned);
        let first = begins(&play);
        play.press("G");
        assert_eq!(begins(&play), first, "{width}");
    }
}

#[test]
fn esc_takes_a_filter_off_and_stays_on_the_claim() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("v v f").write("status:verified").press("Enter");
    assert_eq!(said(&play), "filtered · Esc takes the filter off");
    play.press("j").resize(80, 24);
    assert!(play.screen().lines().last().unwrap().contains("Esc back"), "{}", play.screen());
    let claim = play.current().id;
    play.press("Esc");
    assert_eq!((play.app.deck().query.as_str(), play.current().id), ("", claim));
    play.press("f").write("status:refuted").press("Enter");
    assert!(play.screen().contains("f changes it · Esc goes back"), "{}", play.screen());
    play.press("Esc");
    assert_eq!(play.app.window().unwrap().len(), 9);
    play.press("Esc");
    assert_eq!(said(&play), "nothing to go back from · q quits");
}

#[test]
fn esc_goes_back_from_a_chosen_deck_to_the_one_before() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("j f").write("thing").press("Enter j");
    let (deck, claim) = (play.app.deck().clone(), play.current().id);
    play.press("F j Enter");
    assert_eq!(said(&play), "deck: worth first · Esc goes back to the one before");
    play.press("F j j Enter F k Enter j j Esc");
    assert_eq!((play.app.deck(), play.current().id), (&deck, claim));
    play.press("Esc");
    assert!(play.app.deck().query.is_empty());
}

#[test]
fn an_article_opened_as_a_deck_is_called_by_its_title() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("2 j Enter");
    let head = |play: &Play| play.screen().lines().next().unwrap().to_owned();
    assert!(head(&play).contains("article:“Article 1”"), "{}", head(&play));
    play.press("F a").write("second").press("Enter F").resize(60, 15);
    assert!(!play.screen().contains(&play.current().article.id.to_string()[..6]), "{}", play.screen());
}

#[test]
fn what_people_put_on_a_claim_comes_before_why_it_is_worth_checking() {
    let mut store = FakeStore::plain(3, 3);
    store.claims[0].worth_reasons = ["number", "named place", "named person", "a day"].map(Into::into).into();
    let mut play = Play::new(store);
    play.press("t").write("flood").press("Enter e").write("https://a.example/gauge refutes").press("Enter");
    play.resize(80, 24);
    let screen = play.screen();
    assert!(screen.contains("tags flood · evidence refutes https://a.example/gauge · worth 1.00"), "{screen}");
    assert!(!screen.contains("named person, a…"), "{screen}");
    play.resize(80, 30);
    assert!(play.screen().contains("evidence  refutes"), "{}", play.screen());
}

#[test]
fn every_key_of_the_edit_is_named_in_a_narrow_terminal() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("E").resize(60, 15);
    for key in ["Tab other end", "c cue", "m mode", "x hide", "Esc leaves it"] {
        assert!(play.screen().contains(key), "{key}: {}", play.screen());
    }
}

#[test]
fn undo_and_redo_bring_the_eye_to_the_claim() {
    let mut play = Play::new(FakeStore::plain(400, 3));
    play.press("v v G z");
    assert_eq!(play.current().id, play.store.claims[1].id);
    assert_eq!(status_at(&play, 1), Status::Unreviewed);
    play.press("G Z");
    assert_eq!(play.current().id, play.store.claims[1].id);
    assert_eq!(status_at(&play, 1), Status::Verified);
    play.press("z z z");
    assert_eq!(said(&play), "nothing to take back");
}

#[test]
fn keys_pressed_behind_a_slow_jump_act_where_it_leads() {
    let mut play = Play::new(FakeStore::plain(400, 3));
    for key in ["G", "v", "g", "r"] {
        play.send(Msg::Key(key.parse().unwrap()));
    }
    assert_eq!(play.app.held(), 3);
    play.settle();
    assert_eq!((status_at(&play, 399), status_at(&play, 0)), (Status::Verified, Status::Refuted));
}

#[test]
fn decided_claims_stay_where_they_are_until_the_deck_is_asked_anew() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("f").write("status:unreviewed").press("Enter v v");
    assert_eq!(play.app.window().unwrap().len(), 9);
    play.press("f Enter");
    assert_eq!(play.app.window().unwrap().len(), 7);
    assert_eq!(play.current().id, play.store.claims[2].id);
}

#[test]
fn tab_finds_the_next_unreviewed_claim_however_far_it_is() {
    let mut play = Play::new(FakeStore::plain(600, 3));
    play.press(&"v ".repeat(500)).press("g Tab");
    assert_eq!(play.current().id, play.store.claims[500].id);
    play.press("g j Tab");
    assert_eq!(play.current().id, play.store.claims[500].id);
    play.press("G Tab");
    assert!(said(&play).starts_with("no unreviewed claim further down"));
}

#[test]
fn articles_are_stepped_through_in_both_directions() {
    let mut play = Play::new(FakeStore::plain(700, 7));
    play.press("J J j K");
    assert_eq!(play.current().id, play.store.claims[7].id);
    play.press("G K");
    assert_eq!(play.current().id, play.store.claims[98 * 7].id);
    play.press("J J");
    assert_eq!(play.current().id, play.store.claims[99 * 7].id);
    assert_eq!(said(&play), "this is the last article of the deck");
}

#[test]
fn the_position_is_known_wherever_one_jumps() {
    let mut play = Play::new(FakeStore::plain(700, 7));
    play.press("G");
    assert_eq!(play.app.window().unwrap().position(), Some(700));
    play.press("Ctrl-u k K K");
    let place = play.store.claims.iter().position(|c| c.id == play.current().id).unwrap() as u64;
    assert_eq!(play.app.window().unwrap().position(), Some(place + 1));
}

#[test]
fn every_claim_is_passed_on_the_way_down_and_up() {
    let mut play = Play::new(FakeStore::plain(3000, 7));
    for place in 0..3000 {
        assert_eq!(play.current().id, play.store.claims[place].id);
        play.press("j");
    }
    assert_eq!(said(&play), "this is the last claim of the deck");
    for place in (0..3000).rev() {
        assert_eq!(play.current().id, play.store.claims[place].id);
        play.press("k");
    }
}

#[test]
fn a_search_narrows_the_deck_while_it_is_typed_and_esc_stands_on_what_was_found() {
    let mut play = Play::new(FakeStore::plain(300, 3));
    play.press("/").write("article 42");
    assert_eq!(play.current().text, "Article 42 asserts thing 0.");
    play.press("Enter j v Esc");
    assert_eq!(play.app.search(), "");
    assert_eq!(play.current().text, "Article 42 asserts thing 2.");
    assert_eq!(status_at(&play, 42 * 3 + 1), Status::Verified);
}

#[test]
fn a_search_given_up_leads_back() {
    let mut play = Play::new(FakeStore::plain(300, 3));
    play.press("j j /").write("article 42").press("Esc");
    assert_eq!((play.app.search(), play.current().id), ("", play.store.claims[2].id));
    play.press("/").write("nowhere").press("Enter");
    assert!(play.screen().contains("No claim of this deck has the words"));
    play.press("v Esc");
    assert_eq!(play.current().id, play.store.claims[2].id);
}

#[test]
fn the_order_changes_around_the_claim() {
    let mut play = Play::new(FakeStore::plain(30, 3));
    play.press("j s");
    assert_eq!((play.app.deck().order, play.current().id), (Order::Worth, play.store.claims[1].id));
}

#[test]
fn a_note_evidence_and_tags_are_written() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("n").write("checked twice").press("Alt-Enter").write("line two").press("Enter");
    play.press("e").write("https://a.example refutes a photo").press("Enter");
    play.press("t").write("energy, north").press("Enter t Ctrl-w Ctrl-w Enter");
    let state = play.store.state(play.store.claims[0].id);
    assert_eq!(state.note.as_deref(), Some("checked twice\nline two"));
    assert_eq!((state.evidence[0].stance, state.evidence[0].note.as_deref()), (Stance::Refutes, Some("a photo")));
    assert_eq!(state.evidence[0].seen.as_deref(), Some("2026-11-22"));
    assert!(state.tags.is_empty());
    play.press("z");
    assert_eq!(play.store.state(play.store.claims[0].id).tags.len(), 2);
}

#[test]
fn the_newest_link_is_opened_and_nothing_but_a_link() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("e").write("https://a.example/one").press("Enter e").write("scan.pdf page 3").press("Enter o");
    assert_eq!(play.wishes, [Effect::Open("https://a.example/one".into())]);
    play.send(Msg::Failed("no desktop".into()));
    assert_eq!(said(&play), "no desktop");
    play.press("j e").write("file:///etc/passwd").press("Enter o");
    assert_eq!(said(&play), "neither evidence nor article has a link");
}

#[test]
fn a_paste_is_one_edit() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("n");
    play.send(Msg::Paste("one\nvudxq".into()));
    play.press("Enter");
    assert_eq!(play.store.state(play.store.claims[0].id).note.as_deref(), Some("one\nvudxq"));
    assert_eq!(play.store.log.len(), 1);
}

#[test]
fn a_note_left_unsaved_is_found_again() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("n").write("half a th").press("Esc n").write("ought").press("Enter");
    assert_eq!(play.store.state(play.store.claims[0].id).note.as_deref(), Some("half a thought"));
}

#[test]
fn leaving_while_a_note_is_written_keeps_it() {
    let mut play = Play::new(FakeStore::plain(3, 3));
    play.press("n").write("half a thought");
    play.send(Msg::Key("Ctrl-c".parse().unwrap()));
    assert!(!play.wishes.contains(&Effect::Quit));
    play.settle();
    assert!(play.wishes.contains(&Effect::Quit));
    assert_eq!(play.store.state(play.store.claims[0].id).note.as_deref(), Some("half a thought"));
}

#[test]
fn quitting_waits_for_decisions_on_their_way_and_for_keys_that_wait() {
    let mut play = Play::new(FakeStore::plain(400, 3));
    for key in ["v", "G", "r", "q"] {
        play.send(Msg::Key(key.parse().unwrap()));
    }
    assert!(play.wishes.is_empty());
    play.settle();
    assert_eq!(play.wishes, [Effect::Quit]);
    assert_eq!((status_at(&play, 0), status_at(&play, 399)), (Status::Verified, Status::Refuted));
}

#[test]
fn a_refusal_while_leaving_keeps_the_review_open() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.store.full = true;
    for key in ["v", "q"] {
        play.send(Msg::Key(key.parse().unwrap()));
    }
    play.settle();
    assert!(play.wishes.is_empty() && !play.app.leaving());
}

#[test]
fn the_next_start_goes_on_at_the_same_claim_filter_and_order() {
    let mut play = Play::new(FakeStore::plain(300, 3));
    play.press("f").write("status:unreviewed").press("Enter s v v j j");
    let before = (play.current().id, play.app.deck().clone());
    let again = Play::new(play.store);
    assert_eq!((again.current().id, again.app.deck().clone()), before);
}

#[test]
fn an_article_is_opened_from_the_list() {
    let mut play = Play::new(FakeStore::plain(300, 3));
    play.press("2 j j Enter");
    assert_eq!((play.app.screen(), play.app.window().unwrap().len()), (Screen::Review, 3));
    assert_eq!(play.current().id, play.store.claims[6].id);
}

#[test]
fn long_lists_of_articles_are_read_as_one_goes() {
    let mut play = Play::new(FakeStore::plain(900, 3));
    play.press("2");
    assert!(play.app.articles().rows().len() < 300);
    play.press(&"PgDn ".repeat(20));
    assert_eq!(play.app.articles().rows().len(), 300);
}

#[test]
fn a_session_is_resumed_and_a_new_one_begun() {
    let mut play = Play::new(FakeStore::plain(300, 3));
    play.press("j j 5 Enter");
    assert_eq!((play.app.screen(), play.current().id), (Screen::Review, play.store.claims[2].id));
    play.press("5 n");
    assert_eq!(play.current().id, play.store.claims[0].id);
}

#[test]
fn the_palette_finds_an_action_by_some_of_its_letters() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press(":").write("refu").press("Enter");
    assert_eq!(status_at(&play, 0), Status::Refuted);
    play.press(":").write("nxart").press("Enter");
    assert_eq!(play.current().id, play.store.claims[3].id);
}

#[test]
fn the_later_pile_takes_a_claim_and_gives_it_back() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("l");
    assert!(play.store.state(play.store.claims[0].id).later);
    assert_eq!(play.current().id, play.store.claims[1].id);
    play.press("k l");
    assert!(!play.store.state(play.store.claims[0].id).later);
}

#[test]
fn changed_words_are_marked_until_somebody_decides_on_them() {
    let mut store = FakeStore::plain(9, 3);
    store.claims[1].changed = true;
    let mut play = Play::new(store);
    assert!(play.screen().contains("±  Article 0 asserts thing 1."), "{}", play.screen());
    play.press("j");
    assert!(play.screen().contains("its words are new in this version"), "{}", play.screen());
    play.press("v");
    assert!(!play.screen().contains('±'), "{}", play.screen());
    play.press("z");
    assert!(play.screen().contains('±'));
}

#[test]
fn a_key_that_means_nothing_says_so_and_why_a_blocked_one_is() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("w");
    assert_eq!(said(&play), "w does nothing here · ? shows all keys");
    play.press("Backspace");
    assert_eq!(said(&play), "the claim is unreviewed as it is");
    let mut empty = Play::new(FakeStore::empty());
    empty.press("v");
    assert!(said(&empty).contains("claimdeck load"));
}

/// Every action, wherever its keys work and whatever floats: on nothing, on one claim, on many.
#[test]
fn no_action_breaks_anything_anywhere() {
    let keymap = Keymap::new(&BTreeMap::new(), &[]).unwrap();
    let openers = ["", "/", "f", "n", "e", "E", "X", "A", "F", "t", "?", ":", "Enter"];
    for claims in [0, 1, 9] {
        for action in ACTIONS {
            let screen = match action.context {
                Context::Articles => "2",
                Context::Sources => "3",
                Context::Statistics => "4",
                Context::Sessions => "5",
                Context::Review | Context::Anywhere | Context::Always => "1",
            };
            for opener in openers {
                let mut play = Play::new(FakeStore::plain(claims, 3));
                play.press(screen).press(opener);
                for key in keymap.keys(action) {
                    play.press(&key.to_string());
                }
                play.press("a Enter Esc Esc");
                play.screen();
            }
        }
    }
}

#[test]
fn every_overlay_closes_with_esc() {
    for opener in ["/", "f", "n", "e", "E", "X", "A", "F", "t", "?", ":", "Enter"] {
        let mut play = Play::new(FakeStore::plain(9, 3));
        play.press(opener);
        assert!(play.app.overlay().is_some(), "{opener}");
        play.press("Esc");
        assert!(play.app.overlay().is_none(), "{opener}");
        assert!(play.store.log.iter().all(|d| !matches!(d.act, Act::Status { .. })));
    }
}

#[test]
fn a_filter_says_what_it_selects_or_where_it_is_wrong_and_then_stays_open() {
    let mut play = Play::new(FakeStore::plain(9, 3));
    play.press("f").write("status:unreviewed");
    assert!(play.screen().contains("9 claims · Enter applies it"), "{}", play.screen());
    play.press("Ctrl-u").write("stats:verified").press("Enter");
    assert!(matches!(play.app.overlay(), Some(Overlay::Filter { .. })));
    assert!(play.screen().contains("did you mean \"status\"?"), "{}", play.screen());
    assert_eq!(play.app.deck().query, "");
}
