//! A long note in the analyst's own editor: what it is given, what comes back, and what is left where it fails.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};

use claimdeck::app::{Effect, Msg, Overlay, Said};

use super::play::Play;
use super::pty::{Tty, decisions, loaded};
use super::store::FakeStore;

fn written(play: &Play) -> &str {
    match play.app.overlay() {
        Some(Overlay::Note { field, .. }) => field.text(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_editor_gets_what_is_typed_and_what_it_leaves_is_saved_by_enter() {
    let mut play = Play::new(FakeStore::plain(6, 3));
    play.press("n").write("asked twice").press("Ctrl-o");
    assert_eq!(play.wishes, [Effect::Editor("asked twice".into())]);
    play.send(Msg::Replace("asked twice\n\nno answer\r\n".into()));
    assert_eq!(written(&play), "asked twice\n\nno answer\n");
    assert!(play.store.log.is_empty());
    play.press("Enter");
    let id = play.current().id;
    assert_eq!(play.store.claims[0].id, id);
    assert_eq!(play.app.state_of(play.current()).note.as_deref(), Some("asked twice\n\nno answer"));
}

#[test]
fn from_the_review_it_opens_the_note_first_and_elsewhere_it_says_what_it_is_for() {
    let mut play = Play::new(FakeStore::plain(6, 3));
    play.press("n").write("short").press("Enter Ctrl-o");
    assert_eq!(play.wishes, [Effect::Editor("short".into())]);
    assert_eq!(written(&play), "short");
    play.press("Esc");
    for elsewhere in ["2", "1 f", "Esc Enter"] {
        play.press(elsewhere).press("Ctrl-o");
        let said = Said::Problem("the editor is for notes: on a claim, n begins one".into());
        assert_eq!(play.app.said(), &said, "{elsewhere}");
    }
    assert_eq!(play.wishes.len(), 1);
    // From the palette, too, which is no note.
    play.press("Esc :").write("in-editor");
    assert!(play.screen().contains("write the note in your editor"), "{}", play.screen());
    play.press("Enter");
    assert_eq!(play.wishes[1..], [Effect::Editor("short".into())]);
    play.press("Esc :").write("xyz").press("Ctrl-o");
    assert_eq!(play.wishes[2..], [Effect::Editor("short".into())]);
}

/// A program in the home that edits as these lines of a shell say, `$1` being the file.
fn editor(home: &Path, lines: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = home.join("an editor");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// The review with this in EDITOR; files go to a folder of the home.
fn review(home: &Path, editor: &str) -> Tty {
    review_where(home, editor, &std::env::var("PATH").unwrap())
}

fn review_where(home: &Path, editor: &str, path: &str) -> Tty {
    let private = home.join("private");
    fs::create_dir_all(&private).unwrap();
    let environment =
        [("TERM", "xterm-256color"), ("EDITOR", editor), ("PATH", path), ("TMPDIR", private.to_str().unwrap())];
    let tty = Tty::start_on(home, &["review"], &environment);
    tty.sees("1 of ");
    tty
}

fn notes(home: &Path) -> Vec<String> {
    decisions(home).iter().filter_map(|d| d["note"].as_str().map(str::to_owned)).collect()
}

fn nothing_is_left(home: &Path) {
    let left: Vec<_> = fs::read_dir(home.join("private")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_terminal_is_given_up_and_taken_back_whole() {
    let home = loaded();
    let script = editor(
        home.path(),
        "stat -c '%a %U' \"$1\" \"$(dirname \"$1\")\" > seen; id -un >> seen; cat \"$1\" >> seen
         echo 'it is mine'; read -r line; printf '%s\\n' \"$line\" '\x1b]0;gone\x07 and \u{202e}back' >> \"$1\"",
    );
    let mut tty = review(home.path(), &format!("'{}'", script.display()));
    tty.press("nbegun\x0f");
    tty.sees("it is mine");
    // Raw mode is off and keys are the editor's: the line comes as the terminal made it.
    tty.is_whole();
    tty.until("no mouse", |s| s.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    tty.press("vurtyped\r");
    let screen = tty.until("the review", |s| s.alternate_screen() && s.contents().contains("vurtyped"));
    assert!(screen.contains("␛]0;gone␇ and") && screen.contains("begun"), "{screen}");
    tty.until("paste and mouse", |s| {
        s.bracketed_paste() && s.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
    });
    nothing_is_left(home.path());
    tty.press("\r");
    tty.sees(" note · z");
    tty.press("vq");
    assert_eq!(tty.ends(), 0);
    tty.is_whole();
    let seen = fs::read_to_string(home.path().join("seen")).unwrap();
    let seen: Vec<_> = seen.lines().collect();
    assert_eq!((seen[0], seen[1], seen[3]), (&*format!("600 {}", seen[2]), &*format!("700 {}", seen[2]), "begun"));
    let log = decisions(home.path());
    assert_eq!(log.len(), 2, "no key of the editor's was the review's: {log:?}");
    assert_eq!(notes(home.path()), ["begun\nvurtyped\n\u{1b}]0;gone\u{7} and \u{202e}back"]);
}

#[test]
fn an_editor_that_fails_or_is_not_there_loses_nothing() {
    for (named, said, left) in [
        ("'HOME/an editor'".to_owned(), "ended with exit status 3 · what it wrote is here", "begun\nkept"),
        ("no-such-editor --wait".to_owned(), "was not found · the note is as it was", "begun"),
        ("truncate -s 0 \"$1\"; false".to_owned(), "exit status 1 · the note is as it was", "begun"),
        ("rm".to_owned(), "can't be read", "begun"),
    ] {
        let home = loaded();
        editor(home.path(), "echo kept >> \"$1\"; exit 3");
        let named = named.replace("HOME", home.path().to_str().unwrap());
        let mut tty = review(home.path(), &named);
        tty.press("nbegun\x0f");
        tty.sees(said);
        tty.press("\r");
        tty.until("note", |s| s.contents().contains(" note · z") || s.contents().contains("begun"));
        tty.press("q");
        assert_eq!(tty.ends(), 0, "{named}");
        tty.is_whole();
        nothing_is_left(home.path());
        let last = notes(home.path()).pop();
        assert_eq!(last.as_deref(), Some(left), "{named}");
    }
}

#[test]
fn where_no_editor_is_named_it_is_vi_and_where_that_is_not_there_it_is_said() {
    let home = loaded();
    let vi = editor(home.path(), "echo 'by vi' >> \"$1\"");
    let (bin, none) = (home.path().join("bin"), home.path().join("none"));
    fs::create_dir_all(&bin).unwrap();
    fs::rename(vi, bin.join("vi")).unwrap();
    let usual = std::env::var("PATH").unwrap();
    for (path, said) in
        [(format!("{}:{usual}", bin.display()), "by vi"), (none.display().to_string(), "no editor: set")]
    {
        let mut tty = review_where(home.path(), "", &path);
        tty.press("nbegun\x0f");
        tty.sees(said);
        tty.press("\x1b");
        tty.until("the deck", |s| !s.contents().contains("begun"));
        tty.press("q");
        assert_eq!(tty.ends(), 0);
    }
}

#[test]
fn a_note_that_is_too_long_is_kept_whole_beside() {
    let home = loaded();
    let mut tty = review(home.path(), "head -c 70000 /dev/zero | tr '\\0' x >");
    tty.press("n\x0f");
    tty.sees("a note takes 64 kB: it is cut, all of it is in ");
    tty.press("\r");
    tty.sees(" note · z");
    tty.press("q");
    tty.ends();
    assert_eq!(notes(home.path())[0].len(), 64 * 1024);
    let folder = fs::read_dir(home.path().join("private")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read(folder.join("note.md")).unwrap().len(), 70_000);
}

#[test]
fn a_signal_while_the_editor_is_open_ends_both_and_saves_what_was_written() {
    let home = loaded();
    let script = editor(home.path(), "echo saved > \"$1\"; echo 'it is mine'; exec sleep 60");
    let mut tty = review(home.path(), &format!("'{}'", script.display()));
    tty.press("n\x0f");
    tty.sees("it is mine");
    // Meant for the editor, as a Ctrl-c in it is.
    tty.signal("-INT");
    tty.signal("-TERM");
    assert_eq!(tty.ends(), 143);
    tty.is_whole();
    nothing_is_left(home.path());
    assert_eq!(notes(home.path()), ["saved"]);
}

#[test]
fn line_by_line_what_the_editor_leaves_is_the_whole_note() {
    let home = loaded();
    let script = editor(home.path(), "cat \"$1\"; read -r line; printf '%s\\nand more\\n' \"$line\" > \"$1\"");
    let private = home.path().join("private");
    fs::create_dir_all(&private).unwrap();
    let named = format!("'{}'", script.display());
    let environment = [("TERM", "xterm-256color"), ("EDITOR", named.as_str()), ("TMPDIR", private.to_str().unwrap())];
    let mut tty = Tty::start_on(home.path(), &["review", "--plain"], &environment);
    tty.sees("line by line");
    tty.press("n begun\r");
    tty.sees(" note · z takes it back");
    tty.press("Ctrl-o\r");
    tty.sees("Ctrl-o\nbegun");
    tty.press("typed to it\r");
    tty.until("the note", |s| s.contents().matches(" note · z takes it back").count() == 2);
    tty.press("q\r");
    assert_eq!(tty.ends(), 0);
    nothing_is_left(home.path());
    assert_eq!(notes(home.path()), ["begun", "typed to it\nand more"]);
}
