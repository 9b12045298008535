//! The real program in a pseudo-terminal: what a user sees, what signals leave behind, what is there at the next start.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Longest wait for anything; a machine under load is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the terminal shows; woken whenever it changes.
type Shown = Arc<(Mutex<vt100::Parser>, Condvar)>;

/// The program on a terminal of its own.
pub(super) struct Tty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    shown: Shown,
    sent: Arc<Mutex<Vec<u8>>>,
    hung_up: Arc<AtomicBool>,
    before: String,
}

impl Tty {
    pub(super) fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::start_on(home, arguments, &[("TERM", "xterm-256color")])
    }

    /// On a terminal that says this of itself.
    pub(super) fn start_on(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = modes(pair.master.as_ref());
        let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("claimdeck"));
        command.env_clear();
        for (name, value) in [("USER", "ana"), ("LANG", "C.UTF-8")].iter().chain(environment) {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.cwd(home);
        command.args(arguments);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let shown: Shown = Arc::new((Mutex::new(parser(40, 120)), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let to = shown.clone();
        let sent: Arc<Mutex<Vec<u8>>> = Arc::default();
        let keeps = sent.clone();
        let hung_up = Arc::new(AtomicBool::new(false));
        let hangs_up = hung_up.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while !hangs_up.load(Ordering::Acquire)
                && let Ok(read @ 1..) = reader.read(&mut bytes)
            {
                keeps.lock().unwrap().extend(&bytes[..read]);
                to.0.lock().unwrap().process(&bytes[..read]);
                to.1.notify_all();
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { child, master: Some(pair.master), keys: Some(keys), shown, sent, hung_up, before }
    }

    pub(super) fn press(&mut self, keys: &str) {
        let to = self.keys.as_mut().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    pub(super) fn resize(&self, rows: u16, cols: u16) {
        *self.shown.0.lock().unwrap() = parser(rows, cols);
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Waits until the screen is as wanted; the screen.
    pub(super) fn until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        let mut parser = self.shown.0.lock().unwrap();
        while !wanted(parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {what} on screen:\n{}", parser.screen().contents());
            parser = self.shown.1.wait_timeout(parser, left).unwrap().0;
        }
        // A frame comes in pieces: it is there once nothing follows.
        loop {
            let (next, waited) = self.shown.1.wait_timeout(parser, Duration::from_millis(80)).unwrap();
            parser = next;
            if waited.timed_out() {
                return parser.screen().contents();
            }
        }
    }

    pub(super) fn sees(&self, text: &str) -> String {
        self.until(text, |screen| screen.contents().contains(text))
    }

    pub(super) fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Waits for the end; the exit status.
    pub(super) fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "the program does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub(super) fn is_whole(&self) {
        self.until("left terminal", |screen| {
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
        });
        let end = Instant::now() + PATIENCE;
        while modes(self.master.as_ref().unwrap().as_ref()) != self.before {
            assert!(Instant::now() < end, "the terminal's modes are not as before");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn parser(rows: u16, columns: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 0)
}

/// The terminal's modes as text, to compare before and after.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

pub(super) fn run(home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    let output = command.env_clear().env("HOME", home).env("USER", "ana").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A home whose store holds the seeds.
pub(super) fn loaded() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    run(home.path(), &["load", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")]);
    home
}

/// The same, with its review open at the first claim.
pub(super) fn reviewing() -> (TempDir, Tty) {
    let home = loaded();
    let tty = Tty::start(home.path(), &["review"]);
    tty.sees("1 of ");
    (home, tty)
}

pub(super) fn decisions(home: &Path) -> Vec<serde_json::Value> {
    let lines = run(home, &["export", "--format", "jsonl"]);
    lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .filter(|v: &serde_json::Value| v["kind"] == "decision")
        .collect()
}

#[test]
fn a_whole_session_is_there_at_the_next_start_and_in_the_export() {
    let (home, mut tty) = reviewing();
    tty.press("vurdxvurdxvurdxvurdx");
    tty.sees("21 of ");
    tty.until("saved not-a-claim", |s| s.contents().contains("not-a-claim · z takes it back"));
    tty.press("nasked the press office\r");
    tty.sees(" note · z");
    tty.press("ehttps://a.example/photo refutes taken in 2019\r");
    tty.sees(" evidence · z");
    tty.press("z");
    tty.sees("took back evidence on ");
    tty.press("z");
    tty.until("no note", |s| !s.contents().contains("asked the press office"));
    tty.press("fstatus:unreviewed\rs");
    tty.sees("by worth");
    tty.press("G");
    let place = |screen: &str, back: u32| {
        let words: Vec<_> = screen.lines().next().unwrap_or_default().split_whitespace().collect();
        let of = words.iter().position(|w| *w == "of")?;
        let (at, all): (u32, u32) = (words[of - 1].parse().ok()?, words[of + 1].parse().ok()?);
        (at + back == all).then_some(())
    };
    tty.until("the last claim", |s| place(&s.contents(), 0).is_some());
    tty.press("kkk");
    let before = tty.until("the third before it", |s| place(&s.contents(), 3).is_some());
    tty.press("q");
    assert_eq!(tty.ends(), 0);
    tty.is_whole();

    let log = decisions(home.path());
    let count = |act: &str| log.iter().filter(|d| d["act"] == act).count();
    assert_eq!((count("status"), count("note"), count("evidence"), count("undo")), (20, 1, 1, 2));
    assert!(log.iter().all(|d| d["analyst"] == "ana"));
    let listed = run(home.path(), &["list", "--json"]);
    let by = |status: &str| listed.lines().filter(|l| l.contains(&format!("\"status\":\"{status}\""))).count();
    for status in ["verified", "unverified", "refuted", "disputed", "not-a-claim"] {
        assert_eq!(by(status), 4, "{status}");
    }

    let mut again = Tty::start(home.path(), &["review"]);
    again.sees("status:unreviewed  by worth");
    let selected =
        |screen: &str| screen.lines().find(|l| l.starts_with(" ▌")).map(|l| l.chars().take(36).collect::<String>());
    let after = again.until("selected row", |s| selected(&s.contents()).is_some());
    assert_eq!(selected(&after), selected(&before), "{before}\n{after}");
    again.press("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn signals_leave_the_terminal_whole_and_what_was_typed_saved() {
    let home = loaded();
    for (signal, status) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130), ("-QUIT", 131)] {
        let mut tty = Tty::start(home.path(), &["review"]);
        tty.sees("1 of ");
        let note = format!("noted before {signal}");
        tty.press(&format!("gn{note}"));
        tty.sees(&note);
        let began = Instant::now();
        tty.signal(signal);
        assert_eq!(tty.ends(), status);
        assert!(began.elapsed() < Duration::from_secs(3));
        tty.is_whole();
        assert!(
            decisions(home.path()).iter().any(|d| d["note"].as_str().is_some_and(|n| n.contains(&note))),
            "{signal}"
        );
    }
}

#[test]
fn ctrl_c_ends_and_loses_nothing() {
    let (home, mut tty) = reviewing();
    tty.press("vr\x03");
    assert_eq!(tty.ends(), 0);
    tty.is_whole();
    assert_eq!(decisions(home.path()).len(), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn ctrl_z_gives_the_terminal_back_until_the_program_goes_on() {
    let (_home, mut tty) = reviewing();
    tty.press("\x1a");
    tty.is_whole();
    let stat = format!("/proc/{}/stat", tty.child.process_id().unwrap());
    let end = Instant::now() + PATIENCE;
    while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
        assert!(Instant::now() < end, "not stopped");
        std::thread::sleep(Duration::from_millis(10));
    }
    tty.signal("-CONT");
    tty.until("the review again", |s| s.alternate_screen() && s.contents().contains("1 of "));
    tty.press("vq");
    assert_eq!(tty.ends(), 0);
    tty.is_whole();
}

#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let (_home, mut tty) = reviewing();
    // The last hold on the terminal is the reader's, which lets go at the next thing that it reads.
    tty.hung_up.store(true, Ordering::Release);
    tty.press("j");
    tty.keys = None;
    tty.master = None;
    tty.ends();
}

#[test]
fn the_screen_follows_a_new_size() {
    let (_home, mut tty) = reviewing();
    tty.resize(24, 80);
    tty.sees("previous");
    // The first key after a new size is not lost.
    tty.press("\r");
    tty.sees("j k scroll");
    tty.press("\x1b");
    tty.until("the review", |s| !s.contents().contains("j k scroll"));
    tty.press("q");
    assert_eq!(tty.ends(), 0);
}

#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    let (_home, mut tty) = reviewing();
    let frames = |tty: &Tty| tty.sent.lock().unwrap().windows(5).filter(|bytes| *bytes == b"\x1b[59m").count();
    tty.press("k");
    tty.sees("first claim");
    let before = frames(&tty);
    for _ in 0..20 {
        tty.press("k");
        std::thread::sleep(Duration::from_millis(20));
    }
    tty.press("j");
    tty.sees("2 of ");
    assert!((before + 1..before + 10).contains(&frames(&tty)), "{before} frames before, {} after", frames(&tty));
    tty.press("q");
    assert_eq!(tty.ends(), 0);
}

#[test]
fn a_terminal_that_tells_keys_apart_is_asked_to_and_released_however_it_ends() {
    let home = loaded();
    let count = |tty: &Tty, sequence: &[u8]| {
        let sent = tty.sent.lock().unwrap();
        sent.windows(sequence.len()).filter(|w| *w == sequence).count()
    };
    for signal in ["", "-TERM"] {
        let mut tty = Tty::start_on(home.path(), &["review"], &[("TERM", "xterm-kitty")]);
        tty.sees("1 of ");
        assert_eq!(count(&tty, b"\x1b[>1u"), 1);
        // Ctrl-l, and Esc, as that protocol writes them.
        tty.press("\x1b[108;5u/");
        tty.sees("Esc goes back");
        tty.press("\x1b[27u");
        tty.until("the deck", |s| !s.contents().contains("Esc goes back"));
        match signal {
            "" => tty.press("q"),
            signal => tty.signal(signal),
        }
        tty.ends();
        tty.is_whole();
        assert_eq!(count(&tty, b"\x1b[<1u"), 1);
    }
    let mut plain = Tty::start(home.path(), &["review"]);
    plain.sees("1 of ");
    plain.press("q");
    plain.ends();
    assert_eq!(count(&plain, b"\x1b[>1u") + count(&plain, b"\x1b[<1u"), 0);
}

#[test]
fn the_config_file_is_read_again_on_command_and_a_mistake_changes_nothing() {
    let home = loaded();
    let config = home.path().join("c.toml");
    std::fs::write(&config, "").unwrap();
    let mut tty = Tty::start(home.path(), &["--config", config.to_str().unwrap(), "review"]);
    tty.sees("1 of ");
    std::fs::write(&config, "glyphs = \"ascii\"\n[keys]\nverified = \"w\"\n").unwrap();
    tty.press(":reload\r");
    let screen = tty.sees("read again");
    assert!(screen.contains("w verified") && !screen.contains('│'), "{screen}");
    std::fs::write(&config, "glyphs = \"asci\"\n").unwrap();
    tty.press(":reload\r");
    let screen = tty.sees("c.toml:1:10: glyphs: expected");
    assert!(screen.contains("w verified") || !screen.contains('│'), "{screen}");
    tty.press("wq");
    assert_eq!(tty.ends(), 0);
    assert_eq!(decisions(home.path()).len(), 1);
}

#[test]
fn what_was_done_is_said_after_the_end() {
    let (_home, mut tty) = reviewing();
    tty.press("vvr");
    tty.sees("4 of ");
    tty.press("q");
    tty.ends();
    let screen = tty.sees("claimdeck goes on at claim 4");
    assert!(screen.contains("3 claims decided in") && screen.contains("2 verified, 1 refuted"), "{screen}");
}

#[test]
fn the_mouse_is_taken_and_given_back_unless_the_config_leaves_it() {
    let (home, mut tty) = reviewing();
    let modes = |tty: &Tty| tty.shown.0.lock().unwrap().screen().mouse_protocol_mode();
    assert_eq!(modes(&tty), vt100::MouseProtocolMode::ButtonMotion);
    // Row 6, column 10, in the deck.
    tty.press("\x1b[<0;10;6M\x1b[<0;10;6m");
    tty.sees("3 of ");
    tty.press("q");
    tty.ends();
    tty.is_whole();
    tty.until("the terminal's own mouse", |s| s.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    let config = home.path().join("c.toml");
    std::fs::write(&config, "mouse = false\n").unwrap();
    let mut tty = Tty::start(home.path(), &["--config", config.to_str().unwrap(), "review"]);
    tty.sees("claimdeck");
    tty.sees(" of ");
    assert_eq!(modes(&tty), vt100::MouseProtocolMode::None);
    tty.press("q");
    tty.ends();
}

#[test]
fn titles_and_evidence_are_links_where_the_terminal_opens_them_unless_the_config_says_otherwise() {
    let home = loaded();
    let article = r#"{"title":"Barges","url":"https://a.example/barges","text":"Two barges sank on Monday.","id":"1"}"#;
    std::fs::write(home.path().join("a.jsonl"), article).unwrap();
    run(home.path(), &["load", home.path().join("a.jsonl").to_str().unwrap()]);
    let links = |environment: &[(&str, &str)], config: &str| {
        let path = home.path().join("c.toml");
        std::fs::write(&path, config).unwrap();
        let arguments = ["--config", path.to_str().unwrap(), "review", "--filter", "barges sank"];
        let mut tty = Tty::start_on(home.path(), &arguments, &[&[("TERM", "xterm-256color")], environment].concat());
        let shown = tty.sees("1 of 1");
        assert!(shown.contains("Barges") && !shown.contains("]8;"), "{shown}");
        tty.press("q");
        tty.ends();
        let sent = tty.sent.lock().unwrap();
        sent.windows(27).filter(|bytes| *bytes == b";https://a.example/barges\x1b\\").count()
    };
    assert_eq!(links(&[], ""), 0);
    assert_eq!(links(&[("TERM_PROGRAM", "WezTerm")], ""), "Barges".len());
    assert_eq!(links(&[("TERM_PROGRAM", "WezTerm")], "links = false"), 0);
    assert_eq!(links(&[("NO_COLOR", "1")], "links = true"), "Barges".len());
}
