//! `review` before there is a screen: what it needs, and what it says where it can't begin.

use super::{Home, seeds};

#[test]
fn on_an_empty_store_it_says_how_to_load_and_loads_nothing() {
    for arguments in [&[][..], &["review"]] {
        let home = Home::new();
        let run = home.run(arguments).ends_with(0);
        assert_eq!(run.out, "");
        assert!(
            run.err.starts_with("nothing is loaded yet in ") && run.err.contains("claimdeck load PATH"),
            "{}",
            run.err
        );
        assert_eq!(home.run(&["articles", "--json"]).out, "");
    }
}

#[test]
fn without_a_terminal_it_loads_and_says_that_it_needs_one() {
    let home = Home::new();
    let run = home.run(&["review", seeds().to_str().unwrap()]).ends_with(2);
    assert!(run.err.contains("loaded 12 articles"), "{}", run.err);
    assert!(run.err.contains("error: the review needs a terminal"), "{}", run.err);
    assert!(run.err.contains("hint: use claimdeck list"), "{}", run.err);
}

#[test]
fn a_filter_that_makes_no_sense_and_a_session_that_is_not_there_are_named() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    assert!(home.run(&["review", "--filter", "statis:x"]).ends_with(2).err.contains("expected"));
    assert!(home.run(&["review", "--resume", "0000"]).ends_with(4).err.contains("no session \"0000\""));
    home.run(&["review", "--new", "--resume", "0000"]).ends_with(2);
    home.run(&["review", "--order", "size"]).ends_with(2);
}

/// Decisions in the export, as `act` and what it says.
fn acts(home: &Home) -> Vec<String> {
    let lines = home.run(&["export", "--format", "jsonl"]).ends_with(0).json();
    let said = |v: &serde_json::Value| {
        let words = ["status", "note", "tag"].iter().find_map(|field| v[field].as_str()).unwrap_or_default();
        format!("{} {words}", v["act"].as_str().unwrap())
    };
    lines.iter().filter(|v| v["kind"] == "decision").map(said).collect()
}

#[test]
fn line_by_line_the_same_actions_work_over_a_pipe() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    let typed = "v\nrefuted\nn asked them\nnote\nrang them twice\nt energy gas\nz\nnonsense\n\nq\nv\n";
    let run = home.run_with_input(&["review", "--plain"], typed).ends_with(0);
    assert!(!run.out.contains('\u{1b}'), "{}", run.out);
    for words in
        ["claim 1 of ", " verified · z takes it back\nclaim 2 of ", "claim 3 of ", "nothing is called \"nonsense\""]
    {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(run.out.contains("note: rang them twice") || run.out.contains("note rang them twice"), "{}", run.out);
    let acts = acts(&home);
    assert_eq!(acts[..4], ["status verified", "status refuted", "note asked them", "note rang them twice"]);
    assert!(acts.contains(&"tag gas".to_owned()) && acts.iter().any(|a| a.starts_with("undo")), "{acts:?}");
    assert!(run.err.contains("2 claims decided in") && run.err.contains("goes on at claim 3 of "), "{}", run.err);
}

#[test]
fn line_by_line_it_goes_on_where_the_lines_ended() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    home.run_with_input(&["review", "--plain"], "j\nj\nj").ends_with(0);
    let run = home.run_with_input(&["review", "--plain"], "q\n").ends_with(0);
    assert!(run.out.contains("claim 4 of "), "{}", run.out);
}

#[test]
fn line_by_line_lists_help_and_prompts_are_told() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    let told = |typed: &str| home.run_with_input(&["review", "--plain"], typed).ends_with(0).out;
    assert!(told("?\n").contains("v, verified: verified: evidence supports it"));
    let articles = told("2\nj\n");
    assert!(articles.lines().filter(|line| line.starts_with("0 of ")).count() >= 10, "{articles}");
    assert_eq!(articles.matches("chosen: 0 of ").count(), 2, "{articles}");
    let wrong = told("f\nstatis:x\n\nf status:unreviewed\n");
    assert!(wrong.contains("filter") && wrong.contains("did you mean \"status\"?"), "{wrong}");
    assert!(told("verified\n2\nverified\n").contains("problem: \"verified\" does nothing here"));
}

#[test]
fn line_by_line_no_is_not_taken_for_yes() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    let told = |typed: &str| home.run_with_input(&["review", "--plain"], typed).ends_with(0).out;
    let refused = told("3\nSpace\nj\nSpace\nM\nno\n\nq\n");
    assert!(refused.contains("that is no key here: Enter does it, an empty line leaves it"), "{refused}");
    assert!(!refused.contains("saved"), "{refused}");
    assert!(told("3\nSpace\nj\nSpace\nM\nEnter\nq\n").contains("joined into"));
    assert!(told("1\nn\n\nq\n").contains("an empty line leaves it"));
}

#[test]
fn a_blind_review_tells_what_others_decided_once_one_has_decided_oneself() {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    let listed = home.run(&["list", "--json", "--limit", "2"]).ends_with(0).json();
    let ids: Vec<_> = listed.iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    let evidence = ["--evidence", "https://a.example/photo", "--note", "an old photo", "--tag", "archive"];
    for id in &ids {
        home.run(&[&["--analyst", "bo", "tag", id, "refuted"], &evidence[..]].concat()).ends_with(0);
    }
    let typed = "f status:refuted\nf tag:archive\nf has:evidence OR has:note\n4\n2\n3\n1\nq\n";
    let run = home.run_with_input(&["review", "--plain", "--blind"], typed).ends_with(0);
    for told in ["by bo", "old photo", "a.example", "refuted by", "2 claims", "bo "] {
        assert!(!run.out.contains(told), "{told}: {}", run.out);
    }
    assert!(run.out.contains("No claim fits the filter.\nstatus:refuted"), "{}", run.out);
    assert!(run.out.contains("decided 0 of 231") && run.out.contains("blind: only what you decided"), "{}", run.out);
    home.write("config.toml", "blind = true\n");
    let config = home.path().join("config.toml");
    let config = config.to_str().unwrap();
    let run = home.run_with_input(&["--config", config, "review", "--plain", "--new"], "v\nk\nj\nq\n").ends_with(0);
    assert!(run.out.contains("blind: what others decided"), "{}", run.out);
    assert_eq!(run.out.matches("bo refuted").count(), 1, "{}", run.out);
    assert_eq!(run.out.matches("a.example/photo").count(), 1, "{}", run.out);
    // What came to light is no work of this session.
    assert!(run.err.contains("1 claim decided in") && !run.err.contains("note"), "{}", run.err);
    let open = home.run_with_input(&["review", "--plain", "--new"], "q\n").ends_with(0);
    assert!(open.out.contains("bo refuted") && !open.out.contains("blind"), "{}", open.out);
}

#[cfg(unix)]
#[test]
fn keys_of_the_config_file_that_make_no_sense_are_named_before_the_screen_opens() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    home.write("config.toml", "[keys]\nverrify = \"v\"\n");
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    command.env_clear();
    command.env("HOME", home.path());
    command.env("TERM", "xterm");
    command.args(["--config", home.path().join("config.toml").to_str().unwrap()]);
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut said = String::new();
    // Linux ends a read of a pseudo-terminal that nobody holds any more with an error.
    let _ = std::io::Read::read_to_string(&mut pty.master.try_clone_reader().unwrap(), &mut said);
    assert_eq!(child.wait().unwrap().exit_code(), 2, "{said}");
    assert!(said.contains("unknown action \"verrify\""), "{said}");
}
