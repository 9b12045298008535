//! What commands print where standard output is a terminal.
#![cfg(unix)]

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use unicode_width::UnicodeWidthStr;

use super::{Home, seeds};

/// What a command prints on a terminal of so many columns.
fn printed(home: &Home, columns: u16, arguments: &[&str]) -> String {
    let size = PtySize { rows: 24, cols: columns, ..PtySize::default() };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    command.env_clear();
    command.env("HOME", home.path());
    command.env("TERM", "xterm");
    command.args(arguments);
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut printed = String::new();
    // Linux ends a read of a pseudo-terminal that nobody holds any more with an error.
    let _ = pty.master.try_clone_reader().unwrap().read_to_string(&mut printed);
    assert_eq!(child.wait().unwrap().exit_code(), 0, "{printed}");
    printed
}

#[test]
fn lists_are_cut_to_the_width_of_the_terminal_and_whole_in_a_pipe() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    for command in ["list", "articles", "sources"] {
        let whole = home.run(&[command]).ends_with(0).out;
        assert!(whole.lines().any(|line| line.width() > 60), "{whole}");
        for columns in [20, 60] {
            let shown = printed(&home, columns, &[command]);
            assert_eq!(shown.lines().count(), whole.lines().count(), "{shown}");
            for (shown, whole) in shown.lines().zip(whole.lines()) {
                assert!(shown.width() <= usize::from(columns), "{shown}");
                match shown.strip_suffix('…') {
                    Some(cut) => assert!(whole.starts_with(cut), "{shown}"),
                    None => assert_eq!(shown, whole),
                }
            }
        }
    }
    let json = printed(&home, 20, &["list", "--json", "--limit", "1"]);
    serde_json::from_str::<serde_json::Value>(json.trim_end()).unwrap();
}
