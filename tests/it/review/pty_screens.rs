//! Each screen in the real program: keys in, screen out, and what the store holds of it afterwards.
#![cfg(unix)]

use super::pty::{Tty, reviewing, run};

#[test]
fn a_claim_is_split_and_one_is_added_and_both_pass_into_another_store() {
    let (home, mut tty) = reviewing();
    tty.press("S");
    tty.sees("Enter splits it");
    tty.press("w\r");
    tty.sees(" split · z takes it back");
    tty.press("a");
    tty.sees("Enter adds it");
    tty.press("bs");
    tty.sees("who asserts it");
    tty.press("Ida Berg\r");
    let screen = tty.sees(" added · z takes it back");
    assert!(screen.contains("Ida Berg · indirect · added by ana"), "{screen}");
    tty.press("q");
    assert_eq!(tty.ends(), 0);
    let added = run(home.path(), &["list", "is:added", "--json"]);
    assert_eq!(added.lines().count(), 2, "{added}");
    assert!(added.lines().all(|line| line.contains("\"added_by\":\"ana\"")), "{added}");
    assert_eq!(run(home.path(), &["list", "is:added source:\"Ida Berg\""]).lines().count(), 1);
    let everything = run(home.path(), &["export", "--format", "jsonl"]);
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("everything.jsonl"), &everything).unwrap();
    run(other.path(), &["import", other.path().join("everything.jsonl").to_str().unwrap()]);
    assert_eq!(run(other.path(), &["export", "--format", "jsonl"]), everything);
    run(other.path(), &["undo"]);
    assert_eq!(run(other.path(), &["list", "is:added"]).lines().count(), 1);
}

#[test]
fn the_ledger_opens_the_claims_of_one_source_alone_and_takes_grades() {
    let (home, mut tty) = reviewing();
    tty.press("3");
    tty.sees("by claims");
    tty.press("aB");
    tty.sees("B, usually reliable · z takes it back");
    tty.press("\r");
    tty.sees("source:=");
    tty.press("\x1b");
    tty.sees("by claims");
    tty.press("4");
    tty.sees("by status");
    tty.press("1q");
    assert_eq!(tty.ends(), 0);
    assert!(run(home.path(), &["sources", "--json"]).contains("\"reliability\":\"B\""));
}

#[test]
fn two_names_are_joined_into_one_source_and_one_is_taken_out_again() {
    let (home, mut tty) = reviewing();
    tty.press("3");
    tty.sees("by claims");
    tty.press(" ");
    tty.sees("1 marked");
    tty.press("M\r");
    tty.sees(" joined into ");
    tty.press("S");
    tty.sees("joined names");
    tty.press("\r");
    tty.sees("as a source of its own");
    tty.press("zq");
    assert_eq!(tty.ends(), 0);
    let sources = run(home.path(), &["sources", "--json"]);
    assert_eq!(sources.matches("\"joined\":[\"").count(), 1, "{sources}");
}

#[test]
fn words_are_edited_and_evidence_is_listed_and_removed() {
    let (home, mut tty) = reviewing();
    tty.press("E");
    tty.sees("other end");
    tty.press("b\r");
    tty.sees(" edited · z takes it back");
    tty.press("e");
    tty.sees("link, file or");
    tty.press("https://a.example refutes a photo\r");
    tty.sees("evidence · z takes it back");
    tty.press("e");
    tty.sees("a photo");
    tty.press("x");
    tty.sees("evidence removed · z takes it back");
    tty.press("zq");
    assert_eq!(tty.ends(), 0);
    assert_eq!(run(home.path(), &["list", "is:edited has:evidence"]).lines().count(), 1);
}

#[test]
fn a_deck_is_chosen_by_name_and_one_act_goes_to_all_of_it() {
    let (home, mut tty) = reviewing();
    tty.press("F");
    tty.sees("worth first");
    tty.press("j\r");
    tty.sees("status:unreviewed  by worth");
    tty.press("A");
    tty.sees("do to all");
    tty.press("tag seen");
    tty.sees("claims undecided");
    tty.press("\r");
    tty.sees("z takes it all back");
    tty.press("q");
    assert_eq!(tty.ends(), 0);
    let all = run(home.path(), &["list", "--limit", "1000"]).lines().count();
    assert_eq!(run(home.path(), &["list", "tag:seen", "--limit", "1000"]).lines().count(), all);
}

#[test]
fn the_card_at_the_start_says_where_one_was_and_enter_goes_on() {
    let (home, mut tty) = reviewing();
    tty.press("jj");
    tty.sees("3 of ");
    tty.press("q");
    assert_eq!(tty.ends(), 0);
    // What came in since is told, however short the time.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    std::fs::write(home.path().join("new.txt"), "Twelve bridges were closed on Monday, the mayor said.\n").unwrap();
    run(home.path(), &["load", home.path().join("new.txt").to_str().unwrap()]);
    let mut tty = Tty::start(home.path(), &["review"]);
    let card = tty.sees("Since then");
    assert!(card.contains("Welcome back, ana.") && card.contains("1 article"), "{card}");
    tty.press("\r");
    tty.sees("3 of ");
    tty.press("q");
    assert_eq!(tty.ends(), 0);
}

#[test]
fn the_claim_in_full_tells_who_decided_what_and_what_was_taken_back() {
    let (_home, mut tty) = reviewing();
    tty.press("v");
    tty.sees("saved");
    tty.press("z");
    tty.sees("took back");
    tty.press("d");
    tty.sees("disputed · z takes it back");
    tty.press("k\r");
    let screen = tty.sees("taken back");
    let told = |words: &str| screen.lines().any(|row| row.contains(words));
    assert!(told("ana  verified · taken back") && told("ana  disputed") && told("source"), "{screen}");
    // The first closes it.
    tty.press("qq");
    assert_eq!(tty.ends(), 0);
}
