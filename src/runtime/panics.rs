//! A panic in the running review, in a terminal of its own: what it leaves behind.
//!
//! The review runs in a process of its own, which is this test program once more with one test picked.
#![cfg(unix)]

use std::env;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::{Options, review_drawn_by};
use crate::app::Said;
use crate::domain::{Deck, Draft, Meta, Moment, NewArticle};
use crate::extract::extract;
use crate::store::Store;
use crate::ui::{self, Look};

/// Names the store to the process that panics.
const STORE: &str = "STORE_OF_THE_REVIEW_THAT_PANICS";
const ROWS: u16 = 24;
const COLUMNS: u16 = 80;
/// Longest wait for the end; a machine under load is slow.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_panic_leaves_the_terminal_whole_tells_itself_and_keeps_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.db");
    load(&path);
    let pty = native_pty_system().openpty(PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() }).unwrap();
    let before = format!("{:?}", pty.master.get_termios());
    let mut command = CommandBuilder::new(env::current_exe().unwrap());
    command.args(["runtime::panics::in_a_terminal", "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(STORE, &path);
    // Else it begins in a home that need not be there.
    command.cwd(folder.path());
    command.env("TERM", "xterm-256color");
    // The message is to be on the screen at the end.
    command.env("RUST_BACKTRACE", "0");
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut killer = child.clone_killer();
    let (ended, waits) = channel::<()>();
    std::thread::spawn(move || {
        if waits.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = killer.kill();
        }
    });
    let size = |n| NonZeroU16::new(n).unwrap();
    let mut shown = vt100::Parser::new(size(ROWS), size(COLUMNS), 0);
    let (mut from, mut keys) = (pty.master.try_clone_reader().unwrap(), pty.master.take_writer().unwrap());
    let (mut bytes, mut entered) = ([0; 4096], false);
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        shown.process(&bytes[..read]);
        if shown.screen().alternate_screen() && !entered {
            entered = true;
            keys.write_all(b"v").unwrap();
        }
    }
    let status = child.wait().unwrap();
    drop(ended);
    let screen = shown.screen();
    assert!(entered, "{}", screen.contents());
    assert!(screen.contents().contains("drawing broke"), "{}", screen.contents());
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    assert_eq!(format!("{:?}", pty.master.get_termios()), before);
    assert_eq!(status.exit_code(), 101);
    let verified = Deck { query: "status:verified".into(), ..Deck::default() };
    assert_eq!(Store::open(&path).unwrap().count(&verified, 9).unwrap().n, 1);
}

fn load(path: &Path) {
    let text = "The dam at Velm held on Monday. Two bridges were closed.".to_owned();
    let found = extract(&text);
    let article = NewArticle::new(Draft { text, meta: Meta::default() }, found);
    let mut store = Store::open(path).unwrap();
    let mut loader = store.loader();
    loader.add(&article, Moment(1)).unwrap();
    loader.finish().unwrap();
}

#[test]
#[ignore = "the review that panics; run by the test above in a terminal of its own"]
fn in_a_terminal() {
    let Some(store) = env::var_os(STORE).map(PathBuf::from) else { return };
    let draw = |app: &crate::app::App, look: &Look, buffer: &mut _| {
        // The decision is saved by now, or on its way.
        assert!(app.unsaved() == 0 && !matches!(app.said(), Said::Saved(_)), "drawing broke");
        ui::draw(app, look, buffer)
    };
    let opened = Store::open(&store).unwrap();
    let options = Options { store, analyst: "ana".into(), ..Options::default() };
    review_drawn_by(&draw, opened, options).unwrap();
}
