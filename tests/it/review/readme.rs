//! The picture of the screen in the README is what the program shows of the sample articles.
#![cfg(unix)]

use std::path::Path;

use super::pty::Tty;

/// The keys that lead to it, each with the place that follows: past two articles, then a decision for each claim.
const KEYS: [(&str, &str); 8] = [
    ("J", " 31 of 231"),
    ("J", " 40 of 231"),
    ("v", " 41 of 231"),
    ("v", " 42 of 231"),
    ("u", " 43 of 231"),
    ("v", " 44 of 231"),
    ("v", " 45 of 231"),
    ("x", " 46 of 231"),
];

#[test]
fn the_screen_in_the_readme_is_the_programs() {
    let home = tempfile::tempdir().unwrap();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut tty = Tty::start(home.path(), &["review", seeds.to_str().unwrap()]);
    tty.resize(34, 98);
    tty.sees(" 1 of 231");
    for (key, seen) in KEYS {
        tty.press(key);
        tty.sees(seen);
    }
    let screen = tty.sees("not-a-claim · z takes it back");
    let readme = include_str!("../../../README.md");
    let shown =
        readme.split_once("<!-- screen -->\n```text\n").and_then(|(_, rest)| rest.split_once("\n```\n")).unwrap();
    let lines = |text: &str| text.lines().map(str::trim_end).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(shown.0), lines(&screen), "put this screen into README.md:\n{screen}");
}
