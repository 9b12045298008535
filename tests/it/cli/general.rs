//! What holds for every command: help, usage, config, closed pipes, hostile arguments.

use super::{Home, Run, seeds};

#[test]
fn help_and_version_go_to_standard_output() {
    for arguments in [&["--help"][..], &["-h"], &["extract", "--help"], &["--version"]] {
        let run = Home::new().run(arguments).ends_with(0);
        assert!(run.out.contains("claimdeck"), "{arguments:?}: {}", run.out);
        assert_eq!(run.err, "");
    }
}

#[test]
fn a_mistake_in_the_arguments_ends_with_2_and_nothing_on_standard_output() {
    for arguments in [&["frobnicate"][..], &["--colour"], &["extract", "--limit", "3"], &["-q", "-v", "man"]] {
        let run = Home::new().run(arguments).ends_with(2);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
}

#[test]
fn what_was_typed_is_made_harmless_before_it_is_said_again() {
    for arguments in [&["\u{1b}[2Jx"][..], &["extract", "\u{1b}]0;x\u{7}\u{202e}.jsonl"]] {
        let run = Home::new().run(arguments);
        assert!(run.err.starts_with("error: "), "{}", run.err);
        assert!(!run.err.chars().any(|c| c != '\n' && claimdeck::domain::is_harmful(c)), "{:?}", run.err);
    }
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let home = Home::new();
    let manual = home.run(&["man"]).ends_with(0).out;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = home.run(&["completions", shell]).ends_with(0).out;
        assert!(script.contains("extract"), "{shell}");
    }
    assert!(manual.starts_with(".ie"), "{}", &manual[..80]);
    for command in [
        "load",
        "review",
        "list",
        "show",
        "tag",
        "undo",
        "redo",
        "articles",
        "sources",
        "sessions",
        "stats",
        "export",
        "import",
        "extract",
        "completions",
        "man",
    ] {
        assert!(manual.contains(&format!("CLAIMDECK {}", command.to_uppercase())), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    for arguments in [&["man"][..], &["completions", "zsh"], &["--help"], &["--version"]] {
        let run = Home::new().run_into_closed_pipe(arguments, "").ends_with(0);
        assert_eq!(run.err, "", "{arguments:?}");
    }
}

#[test]
fn a_mistake_in_the_config_file_is_named_with_its_place() {
    let home = Home::new();
    home.write(".config/claimdeck/config.toml", "analyst = \"ana\"\nkey = 1\n");
    let run = home.run(&["extract"]).ends_with(2);
    let said = run.err.replace(home.path().to_str().unwrap(), "~");
    insta::assert_snapshot!(said, @r#"error: ~/.config/claimdeck/config.toml:2:1: unknown setting "key", did you mean "keys"?"#);
}

#[test]
fn keys_of_the_config_file_that_make_no_sense_are_told_once_by_every_command() {
    let home = Home::new();
    for (keys, wrong) in [
        ("verifed = \"v\"", "2:1: unknown action \"verifed\", did you mean \"verified\"?"),
        ("verified = \"Ctrl-Shift-Meta\"", "2:12: verified: "),
    ] {
        home.write(".config/claimdeck/config.toml", format!("[keys]\n{keys}\n"));
        for arguments in [&["list"][..], &["load", "."], &["man"], &["stats", "--json"]] {
            let run = home.run(arguments).ends_with(2);
            assert_eq!((run.out.as_str(), run.err.lines().count()), ("", 1), "{}", run.err);
            assert!(run.err.contains(&format!("config.toml:{wrong}")), "{arguments:?}: {}", run.err);
        }
    }
}

#[test]
fn a_config_file_that_was_named_must_be_there() {
    let run = Home::new().run(&["--config", "gone.toml", "man"]).ends_with(2);
    assert!(run.err.contains("gone.toml"), "{}", run.err);
}

#[test]
fn a_config_file_is_written_once_and_is_fine_as_it_is() {
    let home = Home::new();
    let run = home.run(&["config", "init"]).ends_with(0);
    assert_eq!((run.out.as_str(), run.err.contains("wrote ")), ("", true), "{}", run.err);
    let written = home.read(".config/claimdeck/config.toml");
    assert!(written.contains("#theme = \"auto\"") && written.contains("#verified = [\"v\"]"), "{written}");
    assert!(home.run(&["config", "check"]).ends_with(0).err.ends_with("config.toml is fine\n"));
    assert!(home.run(&["config", "init"]).ends_with(2).err.contains("is there already"));
    assert_eq!(home.read(".config/claimdeck/config.toml"), written);
}

#[test]
fn every_mistake_of_the_config_file_is_named() {
    let home = Home::new();
    assert!(home.run(&["config", "check"]).ends_with(0).err.contains("what is built in holds"));
    home.write("c.toml", "theme = \"dusk\"\n[keys]\nverify = \"v\"\nredo = \"j\"\n");
    let run = home.run(&["--config", "c.toml", "config", "check"]).ends_with(2);
    insta::assert_snapshot!(run.err, @r#"
    c.toml:1:9: theme: expected "auto", "dark", "light", "high-contrast", "sixteen" or "none"
    c.toml:3:1: unknown action "verify", did you mean "verified"?
    error: c.toml:4:8: the key j is for both "redo" and "next": give one of them another
    "#);
    let run = home.run(&["--config", "c.toml", "man"]).ends_with(2);
    insta::assert_snapshot!(run.err, @r#"
    error: c.toml:1:9: theme: expected "auto", "dark", "light", "high-contrast", "sixteen" or "none"
    hint: see all mistakes with claimdeck config check
    "#);
    home.run(&["--config", "gone.toml", "config", "check"]).ends_with(2);
}

/// `jq -r .id` of what the program prints, for machines without it.
const JQ: &str = "#!/bin/sh\nsed 's/^{\"kind\":\"claim\",\"id\":\"\\([^\"]*\\)\".*/\\1/'\n";

#[cfg(unix)]
#[test]
fn every_command_of_the_readmes_first_five_minutes_works_on_the_samples() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let readme = include_str!("../../../README.md");
    let (_, rest) = readme.split_once("\n## The first five minutes\n").unwrap();
    let commands = rest.split("\n## ").next().unwrap().lines().filter_map(|line| line.strip_prefix("    "));
    let home = Home::new();
    symlink(seeds(), home.path().join("seeds")).unwrap();
    let jq = home.write("bin/jq", JQ);
    std::fs::set_permissions(&jq, PermissionsExt::from_mode(0o755)).unwrap();
    let program = assert_cmd::cargo::cargo_bin("claimdeck");
    let folders = [jq.parent().unwrap(), program.parent().unwrap(), "/usr/bin".as_ref(), "/bin".as_ref()];
    let path = std::env::join_paths(folders).unwrap();
    // The review itself needs a terminal.
    let commands: Vec<_> = commands.filter(|command| command.contains(' ')).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let mut shell = assert_cmd::Command::new("sh");
        shell.env_clear().env("HOME", home.path()).env("USER", "ana").env("PATH", &path).current_dir(home.path());
        let run = Run::of(shell.args(["-c", command]).output().unwrap()).ends_with(0);
        assert!(!run.err.contains("error"), "{command}: {}", run.err);
    }
    assert!(home.read("everything.jsonl").contains("\"act\":\"join\""), "{}", home.read("everything.jsonl"));
}

#[test]
fn a_folder_in_place_of_a_command_is_answered_with_the_command_that_loads_it() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("news")).unwrap();
    let run = home.run(&["news"]).ends_with(2);
    assert!(run.err.contains("hint: load what is in news and review it with claimdeck review news"), "{}", run.err);
    let run = home.run(&["nwes"]).ends_with(2);
    assert!(!run.err.contains("claimdeck review"), "{}", run.err);
}
