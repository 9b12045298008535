//! Each screen in the real program: keys in, screen out, and what the store holds of it afterwards.
#![cfg(unix)]

use super::pty::{Tty, loaded, run};

#[test]
fn a_claim_is_split_and_one_is_added_and_both_pass_into_another_store() {
    let home = loaded();
    let mut tty = Tty::start(home.path(), &["review"]);
    tty.sees("1 of ");
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
