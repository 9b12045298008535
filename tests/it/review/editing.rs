//! Editing a claim, hiding it, and its evidence: keys in, screen out.

use claimdeck::app::{Overlay, Said};
use claimdeck::domain::{EvidenceKind, Meta, Mode, Stance, Status};

use super::play::Play;
use super::store::{FakeStore, Part};

fn said(play: &Play) -> String {
    match play.app.said() {
        Said::Nothing => String::new(),
        Said::Saved(words) | Said::Info(words) | Said::Problem(words) => words.clone(),
    }
}

fn plain() -> Play {
    Play::new(FakeStore::plain(9, 3))
}

#[test]
fn the_end_of_a_claim_moves_by_word_and_by_letter_and_the_machines_words_are_kept() {
    let mut play = plain();
    let id = play.current().id;
    play.press("E b");
    assert_eq!(play.app.shown(play.current()).text, "Article 0 asserts thing");
    assert_eq!(play.current().text, "Article 0 asserts thing 0.");
    play.press("Enter");
    assert_eq!((play.current().id, play.current().text.as_str()), (id, "Article 0 asserts thing"));
    assert_eq!(play.current().found.as_ref().unwrap().text, "Article 0 asserts thing 0.");
    let screen = play.screen();
    assert!(screen.contains("edited") && screen.contains("as found  Article 0 asserts thing 0."), "{screen}");
    play.press("E ← h Enter");
    assert_eq!(play.current().text, "Article 0 asserts thi");
    play.press("z z");
    assert_eq!((play.current().text.as_str(), play.current().found.is_none()), ("Article 0 asserts thing 0.", true));
}

#[test]
fn the_beginning_moves_too_and_the_ends_never_meet() {
    let mut play = plain();
    play.press("j E Tab w Enter");
    assert_eq!(play.current().text, "0 asserts thing 1.");
    play.press(&format!("E {} Enter", "b ".repeat(20)));
    assert_eq!(play.current().text, "0");
    play.press(&format!("E {} Tab {} Enter", "Ctrl-→ ".repeat(40), "← ".repeat(200)));
    assert_eq!(play.current().text, play.app.reading().unwrap().text());
    play.press("E b Esc");
    assert_eq!(play.current().text, play.app.reading().unwrap().text());
}

#[test]
fn source_cue_and_mode_are_set() {
    let mut play = plain();
    play.press("E s").write("Ida Berg").press("Enter");
    assert_eq!(play.current().mode, Mode::Indirect);
    play.press("E c").write("asserts it").press("Enter");
    assert!(play.screen().contains("the article has no such words"), "{}", play.screen());
    play.press("Ctrl-w Backspace Enter");
    let attribution = play.current().attribution.clone().unwrap();
    assert_eq!(attribution.source.unwrap().best_name(), Some("Ida Berg"));
    let cue = attribution.cue.unwrap();
    assert_eq!((cue.text.as_str(), cue.span), ("asserts", [10, 17]));
    play.press("E m Esc");
    assert_eq!(play.current().mode, Mode::Mixed);
    play.press("E s Ctrl-u Enter");
    assert_eq!(play.current().mode, Mode::Narrative);
    assert!(play.current().attribution.as_ref().unwrap().source.is_none());
    play.press("z z z z");
    assert_eq!((play.current().mode, play.current().found.is_none()), (Mode::Narrative, true));
}

#[test]
fn a_claim_is_hidden_with_a_reason_and_shown_again() {
    let mut play = plain();
    play.press("X Enter");
    assert!(play.screen().contains("say why in a few words"));
    play.write("told twice").press("Enter");
    assert_eq!(play.current().id, play.store.claims[1].id);
    play.press("k");
    assert!(play.screen().contains("hidden: told twice") && play.screen().contains('∅'), "{}", play.screen());
    play.press("X");
    assert!(said(&play).contains("shown again"));
    assert_eq!(play.store.state(play.store.claims[0].id).hidden, None);
}

#[test]
fn evidence_is_listed_added_changed_and_removed() {
    let mut play = plain();
    play.press("e").write("https://a.example refutes a photo").press("Enter e a");
    play.write("“the gate was open” context seen:2025-01-02 archived:https://c.example/1 a guard").press("Enter");
    let id = play.store.claims[0].id;
    let second = play.store.state(id).evidence[1].clone();
    assert_eq!(
        (second.kind, second.stance, second.url.as_str()),
        (EvidenceKind::Quotation, Stance::Context, "the gate was open")
    );
    assert_eq!((second.seen.as_deref(), second.archived.as_deref()), (Some("2025-01-02"), Some("https://c.example/1")));
    play.press("e j");
    insta::assert_snapshot!("evidence", play.screen());
    play.press("x");
    assert_eq!(play.store.state(id).evidence.len(), 1);
    assert!(matches!(play.app.overlay(), Some(Overlay::EvidenceList { cursor: 0, .. })));
    play.press("Enter").write(" at dawn").press("Enter");
    assert_eq!(play.store.state(id).evidence[0].note.as_deref(), Some("a photo at dawn"));
    play.press("z z");
    assert_eq!(play.store.state(id).evidence.len(), 2);
}

#[test]
fn a_line_of_evidence_says_what_is_understood_and_asks_which_sense_is_meant() {
    let mut play = plain();
    play.press("e").write("https://a.example geolocated refutes");
    assert!(play.screen().contains("link refutes · seen"), "{}", play.screen());
    assert!(play.screen().contains("“geolocated”"), "{}", play.screen());
    play.write(" the claim").press("Enter");
    assert!(play.screen().contains("supports, refutes or context: which?"), "{}", play.screen());
    play.press("Ctrl-u").write("https://a.example suports it").press("Enter");
    assert!(play.screen().contains("did you mean supports?"), "{}", play.screen());
    assert_eq!(play.store.state(play.store.claims[0].id).evidence, []);
}

#[test]
fn what_was_written_stays_where_it_can_not_be_saved() {
    let mut play = plain();
    play.store.full = true;
    play.press("e").write("photo.jpg refutes taken at dawn").press("Enter");
    assert!(play.screen().contains("photo.jpg refutes seen:") && play.screen().contains("the disk is full"));
    play.store.full = false;
    play.press("Enter");
    assert_eq!(play.store.state(play.store.claims[0].id).evidence[0].note.as_deref(), Some("taken at dawn"));
    play.store.full = true;
    play.press("n").write("rang them").press("Enter");
    play.store.full = false;
    play.press("n Enter");
    assert_eq!(play.store.state(play.store.claims[0].id).note.as_deref(), Some("rang them"));
}

#[test]
fn the_gate_asks_why_a_claim_is_verified_with_too_few_sources() {
    let mut store = FakeStore::plain(9, 3);
    store.gate = 2;
    let mut play = Play::new(store);
    play.press("e").write("https://a.example").press("Enter v");
    assert!(play.screen().contains("has 1 of 2 independent sources"), "{}", play.screen());
    play.press("Esc");
    assert_eq!(play.store.state(play.store.claims[0].id).status, Status::Unreviewed);
    play.press("v").write("seen by us").press("Enter");
    let state = play.store.state(play.store.claims[0].id);
    assert_eq!((state.status, state.note.as_deref()), (Status::Verified, Some("seen by us")));
    assert_eq!(play.current().id, play.store.claims[1].id);
    play.press("z");
    assert_eq!(play.store.state(play.store.claims[0].id).note, None);
    play.press("e a").write("https://b.example").press("Enter v");
    assert_eq!(play.store.state(play.store.claims[0].id).status, Status::Verified);
}

#[test]
fn the_ends_are_moved_in_sight() {
    let mut play = plain();
    play.press("E b").resize(80, 24);
    insta::assert_snapshot!("span", play.screen());
}

#[test]
fn a_claim_is_joined_with_the_next_of_its_article_and_one_undo_parts_them() {
    let mut play = plain();
    play.press("M");
    assert_eq!(play.current().text, "Article 0 asserts thing 0. Article 0 asserts thing 1.");
    assert_eq!(play.current().spans.len(), 1);
    assert!(said(&play).ends_with(" joined with the next · z takes it back"), "{}", said(&play));
    let next = play.store.claims[1].id;
    assert_eq!(play.store.state(next).hidden, Some(format!("joined with {}", play.current().id)));
    assert_eq!(play.app.unsaved(), 0);
    play.press("M");
    assert!(play.current().text.ends_with("thing 2."));
    play.press("M");
    assert_eq!(said(&play), "no claim of this article follows in the deck");
    play.press("z z");
    assert_eq!(said(&play), "took back joined on 2 claims · Z does it again");
    assert_eq!(play.current().text, "Article 0 asserts thing 0.");
    assert_eq!(play.store.state(next).hidden, None);
}

#[test]
fn a_claim_is_split_before_a_word_and_one_undo_puts_it_together() {
    let mut play = plain();
    let id = play.current().id;
    play.press("S w");
    assert_eq!(play.app.shown(play.current()).text, "Article 0 asserts … thing 0.");
    insta::assert_snapshot!("split", play.screen());
    play.press("Enter");
    assert_eq!((play.current().id, play.current().text.as_str()), (id, "Article 0 asserts"));
    assert!(said(&play).starts_with("saved c") && said(&play).contains(" split · z takes it back"), "{}", said(&play));
    play.press("j");
    assert_eq!(play.current().text, "thing 0.");
    assert_eq!(play.current().state.added_by.as_deref(), Some("ana"));
    assert!(play.screen().contains("added by ana"), "{}", play.screen());
    play.press("j");
    assert_eq!(play.current().text, "Article 0 asserts thing 1.");
    play.press("z");
    assert_eq!((play.current().id, play.current().text.as_str()), (id, "Article 0 asserts thing 0."));
    play.press("j");
    assert_eq!(play.current().text, "Article 0 asserts thing 1.");
    play.press("Z");
    assert_eq!(play.current().text, "Article 0 asserts");
}

#[test]
fn a_split_leaves_words_on_both_sides() {
    let mut play = plain();
    play.press(&format!("S {} Enter", "b ".repeat(9)));
    assert_eq!(play.current().text, "Article");
    play.press("S");
    assert_eq!(said(&play), "the claim is a single word");
    play.press(&format!("j S {} Enter", "Ctrl-→ ".repeat(9)));
    assert_eq!(play.current().text, "0 asserts thing");
    play.press("S Esc z z");
    assert_eq!(play.current().text, "Article 0 asserts thing 0.");
}

/// A review of an article with a sentence that nobody found.
fn missing() -> Play {
    let mut store = FakeStore::empty();
    let meta = Meta { title: Some("Dam".into()), ..Meta::default() };
    store.add(meta, &[Part::claim("The dam held."), Part::rest("Roads closed, Ida said."), Part::claim("Rain fell.")]);
    Play::new(store)
}

#[test]
fn a_claim_that_was_missed_is_added_at_its_place_and_taken_back() {
    let mut play = missing();
    play.press("a b b b").resize(80, 24);
    insta::assert_snapshot!("add", play.screen());
    play.press("w w s").write("Ida Berg").press("Enter");
    assert_eq!(play.current().text, "Roads closed, Ida");
    let source = play.current().attribution.as_ref().unwrap().source.as_ref().unwrap();
    assert_eq!((source.best_name(), play.current().mode), (Some("Ida Berg"), Mode::Indirect));
    assert!(said(&play).ends_with(" added · z takes it back"), "{}", said(&play));
    play.press("j");
    assert_eq!(play.current().text, "Rain fell.");
    play.press("v f").write("is:added").press("Enter");
    assert_eq!((play.current().text.as_str(), play.app.window().unwrap().len()), ("Roads closed, Ida", 1));
    play.press("z z");
    assert!(play.app.current().is_none());
    play.press("Z");
    assert_eq!(play.current().text, "Roads closed, Ida");
}

#[test]
fn the_words_of_a_new_claim_go_from_sentence_to_sentence() {
    let mut play = missing();
    play.press("a j Esc a k Enter");
    assert_eq!(play.current().text, "The dam held.");
    let mut play = missing();
    play.press("a )").press("Enter");
    assert_eq!(play.current().text, "Roads closed, Ida said. Rain fell.");
    assert_eq!(play.current().mode, Mode::Narrative);
}
