//! `export` and `import`: what goes out comes back.

use claimdeck::domain::*;
use claimdeck::store::{By, Store};
use serde_json::json;

use super::{Home, seeds};

/// A store with all kinds of decisions in it.
fn worked_on() -> Home {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    let ids: Vec<_> = home.run(&["list", "--json"]).ends_with(0).json();
    let id = |place: usize| ids[place]["id"].as_str().unwrap().to_owned();
    home.run(&["tag", &id(0), &id(1), "verified", "--note", "=1+1", "--tag", "a, b"]).ends_with(0);
    home.run(&["tag", &id(2), "refuted", "--evidence", "https://a.example/?q=1"]).ends_with(0);
    home.run(&["tag", &id(1), "disputed", "--analyst", "bo"]).ends_with(0);
    home.run(&["undo", "--analyst", "bo"]).ends_with(0);
    graded(&home);
    home
}

/// Grades of sources and claims, one of them taken back.
fn graded(home: &Home) {
    let mut store = Store::open(&home.path().join(".local/share/claimdeck/claims.db")).unwrap();
    let sources = store.sources(&Ledger::default(), &SourceSeek::First, 2).unwrap().sources;
    let by = |now_ms| By { analyst: "ana".into(), session: None, now_ms };
    let grade = |grade| SourceAct::Reliability { reliability: Some(grade) };
    store.decide_source(&by(1), &sources[0].name, grade(Reliability::B)).unwrap();
    store.decide_source(&by(2), &sources[1].name, grade(Reliability::E)).unwrap();
    let claim = store.page(&Deck::default(), Seek::First, 1).unwrap().claims.remove(0).id;
    store.decide(&by(3), &[(claim, Act::Credibility { credibility: Credibility::of_number(2) })]).unwrap();
    store.decide_source(&by(4), &sources[0].name, grade(Reliability::D)).unwrap();
    drop(store);
    let undone = home.run(&["undo"]).ends_with(0).err;
    assert!(undone.contains(" B") && undone.contains("usually reliable"), "{undone}");
}

#[test]
fn grades_stand_in_what_scripts_read() {
    let home = worked_on();
    let sources = home.run(&["sources", "--json"]).ends_with(0).json();
    assert_eq!((&sources[0]["reliability"], &sources[1]["reliability"]), (&json!("B"), &json!("E")));
    assert_eq!(sources[0]["decisions"].as_array().unwrap().len(), 3);
    let claims = home.run(&["list", "--json"]).ends_with(0).json();
    assert_eq!(claims[0]["credibility"], 2);
    let name = sources[0]["name"].clone();
    let of_it: Vec<_> = claims.iter().filter(|c| c["attribution"]["source"]["name"] == name).collect();
    assert!(!of_it.is_empty() && of_it.iter().all(|c| c["source"] == json!({"name": name, "reliability": "B"})));
    let id = claims[0]["id"].as_str().unwrap();
    assert!(home.run(&["show", id]).ends_with(0).out.contains("2, probably true"));
    assert_eq!(home.run(&["show", id, "--json"]).ends_with(0).json()[0]["credibility"], 2);
    let part = home.run(&["export", "status:refuted", "--format", "jsonl"]).ends_with(0);
    assert!(part.json().iter().all(|line| line["kind"] != "source-decision"));
}

#[test]
fn names_are_joined_from_a_script_and_go_along_with_an_export() {
    let home = Home::new();
    for (file, name) in [("a.txt", "Ada Brandt"), ("b.txt", "Brandt")] {
        home.write(file, format!("The bridge at {file} was closed on Monday, {name} said.\n"));
        home.run(&["load", file]).ends_with(0);
    }
    let joined = home.run(&["join", "Brandt", "--into", "Ada Brandt"]).ends_with(0).err;
    assert_eq!(joined, "Ada Brandt is also Brandt\n");
    let source = &home.run(&["sources", "--json"]).ends_with(0).json()[0];
    assert_eq!((&source["claims"], &source["joined"]), (&json!(2), &json!(["Brandt"])));
    assert_eq!(source["decisions"][0]["act"], "join");
    assert!(home.run(&["sources"]).ends_with(0).out.contains("Ada Brandt = Brandt"));
    let found = home.run(&["list", "source:=\"Brandt\"", "--json"]).ends_with(0).json();
    assert_eq!(found.len(), 2);
    let of_b = found.iter().find(|claim| claim["attribution"]["source"]["name"] == "Brandt").unwrap();
    assert!(home.run(&["show", of_b["id"].as_str().unwrap()]).ends_with(0).out.contains("Ada Brandt"));
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let other = Home::new();
    // The decision comes before the names that it joins.
    let (on_sources, rest): (Vec<_>, Vec<_>) = everything.lines().partition(|line| line.contains("source-decision"));
    assert_eq!(on_sources.len(), 1);
    other.write("everything.jsonl", [on_sources, rest].concat().join("\n"));
    other.run(&["import", "everything.jsonl"]).ends_with(0);
    assert_eq!(other.run(&["sources", "--json"]).ends_with(0).out, home.run(&["sources", "--json"]).out);
    let undone = home.run(&["undo"]).ends_with(0).err;
    assert_eq!(undone, "took back the join of Brandt\n");
    home.run(&["redo"]).ends_with(0);
    assert_eq!(home.run(&["split", "Brandt"]).ends_with(0).err, "Brandt is a source of its own\n");
    assert!(home.run(&["split", "Brandt"]).ends_with(4).err.contains("is not joined into another source"));
    assert!(home.run(&["join", "Brandt", "--into", "Nobody"]).ends_with(4).err.contains("no source \"Nobody\""));
    home.run(&["join", "Brandt", "--into", "Brandt"]).ends_with(2);
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn an_export_that_no_claim_fits_says_so() {
    let home = worked_on();
    let run = home.run(&["export", "status:disputed", "--format", "markdown"]).ends_with(0);
    assert!(run.err.starts_with("no claim was written"), "{}", run.err);
    assert_eq!(home.run(&["export", "status:refuted", "--format", "markdown"]).ends_with(0).err, "");
}

#[test]
fn an_import_of_an_export_makes_an_equal_store() {
    let home = worked_on();
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let other = Home::new();
    other.write("everything.jsonl", &everything);
    let run = other.run(&["import", "everything.jsonl"]).ends_with(0);
    assert!(run.err.starts_with("imported 12 articles with "), "{}", run.err);
    assert_eq!(other.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything);
    for arguments in [&["list", "--json"][..], &["stats", "--json"], &["articles", "--json"]] {
        assert_eq!(home.run(arguments).out, other.run(arguments).out, "{arguments:?}");
    }
    assert_eq!(sorted(&home.run(&["sources", "--json"]).out), sorted(&other.run(&["sources", "--json"]).out));
}

#[test]
fn hidden_claims_go_along_and_the_furniture_of_an_outlet_is_found_again() {
    let home = Home::new();
    for street in ["High", "Mill", "Church", "School", "Bridge"] {
        let text = format!("The council closed {street} Street.\n\nThe Gazette is read in every town on the Aarn.\n");
        home.write(&format!("{street}.txt"), &text);
    }
    home.run(&["load", "--outlet", "Gazette", home.path().to_str().unwrap()]).ends_with(0);
    assert_eq!(home.run(&["list", "--json"]).ends_with(0).lines().len(), 5);
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0);
    let furniture = everything.json().iter().filter(|line| line["furniture_in"] == 5).count();
    assert_eq!(furniture, 5, "{}", everything.out);
    let other = Home::new();
    other.run_with_input(&["import", "-"], everything.out.as_str()).ends_with(0);
    assert_eq!(other.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything.out);
    let report = other.run(&["export", "--format", "csv"]).ends_with(0);
    assert!(!report.out.contains("The Gazette is read"), "{}", report.out);
}

#[test]
fn importing_twice_or_into_the_same_store_changes_nothing() {
    let home = worked_on();
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    for _ in 0..2 {
        let run = home.run_with_input(&["import", "-"], everything.as_str()).ends_with(0);
        assert_eq!(run.err, "imported 0 articles with 0 claims, 0 decisions\n");
    }
    assert_eq!(home.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything);
}

#[test]
fn versions_come_back_in_their_order() {
    let home = Home::new();
    for text in ["Ten people were hurt in Velm, police said.", "Twelve people were hurt in Velm, police said."] {
        home.write("a.txt", text);
        home.run(&["load", "a.txt"]).ends_with(0);
        let id = home.run(&["list", "--json"]).ends_with(0).json()[0]["id"].as_str().unwrap().to_owned();
        home.run(&["tag", &id, "verified"]).ends_with(0);
    }
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let other = Home::new();
    other.run_with_input(&["import", "-"], everything.as_str()).ends_with(0);
    assert_eq!(other.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything);
    assert_eq!(other.run(&["articles", "--json"]).out, home.run(&["articles", "--json"]).out);
}

#[test]
fn a_part_of_a_store_does_not_pass_for_the_whole() {
    let home = worked_on();
    let part = home.run(&["export", "status:refuted", "--format", "jsonl"]).ends_with(0);
    assert_eq!(part.json().iter().filter(|line| line["kind"] == "claim").count(), 1);
    let other = Home::new();
    other.run_with_input(&["import", "-"], part.out).ends_with(0);
    let articles = other.run(&["articles", "--json"]).ends_with(0).json();
    let path = articles[0]["path"].clone();
    let before = home.run(&["articles", "--json"]).ends_with(0).json();
    let same = before.iter().find(|a| a["path"] == path).unwrap();
    assert_eq!((articles.len(), &articles[0]["claims"]), (1, &same["claims"]));
    assert_eq!(other.run(&["list", "status:refuted", "--json"]).ends_with(0).lines().len(), 1);
}

#[test]
fn lines_that_are_wrong_are_named_and_the_rest_goes_in() {
    let home = worked_on();
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let spoilt = format!("nonsense\n{everything}{{\"kind\":\"claim\"}}\n");
    let other = Home::new();
    other.write("spoilt.jsonl", spoilt);
    let run = other.run(&["import", "spoilt.jsonl"]).ends_with(1);
    assert!(run.err.starts_with("spoilt.jsonl:1: "), "{}", run.err);
    assert!(run.err.ends_with(", 2 lines not usable\n"), "{}", run.err);
    assert_eq!(other.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything);
    other.run(&["import", "gone.jsonl"]).ends_with(1);
}

#[test]
fn a_file_that_is_no_export_is_said_to_be_none_once() {
    let home = Home::new();
    home.write("notes.txt", "Some notes.\n\n".repeat(500));
    let run = home.run(&["import", "notes.txt"]).ends_with(1);
    assert!(run.err.starts_with("error: notes.txt is no jsonl export: line 1: "), "{}", run.err);
    assert!(run.err.contains("; 499 more lines could not be used either\nhint: "), "{}", run.err);
    assert_eq!(run.err.lines().count(), 2);
    home.write("one.jsonl", "{\"text\":\"The dam held.\"}\n");
    let run = home.run(&["import", "one.jsonl"]).ends_with(1);
    assert!(run.err.starts_with("error: one.jsonl is no jsonl export: line 1: "), "{}", run.err);
    assert!(!run.err.contains("more line"), "{}", run.err);
}

#[test]
fn lines_before_the_first_that_is_right_are_named_with_it() {
    let home = worked_on();
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let other = Home::new();
    other.write("late.jsonl", format!("{}{everything}", "nonsense\n".repeat(30)));
    let run = other.run(&["import", "late.jsonl"]).ends_with(1);
    let named: Vec<_> = run.err.lines().filter(|line| line.starts_with("late.jsonl:")).collect();
    assert!(named.len() == 20 && named[19].starts_with("late.jsonl:20: "), "{}", run.err);
    assert!(run.err.contains("\nand 10 more lines after them\n"), "{}", run.err);
    assert!(run.err.ends_with(", 30 lines not usable\n"), "{}", run.err);
}

#[test]
fn a_file_is_replaced_whole_and_standard_output_stays_empty() {
    let home = worked_on();
    home.write("claims.csv", "old");
    let run = home.run(&["export", "status:", "--format", "csv", "-o", "claims.csv"]).ends_with(2);
    assert_eq!((run.out.as_str(), home.read("claims.csv").as_str()), ("", "old"));
    let run = home.run(&["export", "--format", "csv", "-o", "claims.csv"]).ends_with(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", "wrote 231 claims to claims.csv\n"));
    assert!(home.read("claims.csv").starts_with("id,status,text"));
    let names: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!names.iter().any(|n| n.to_string_lossy().starts_with(".claimdeck-")), "{names:?}");
    let run = home.run(&["export", "--format", "csv", "-o", "no/such/folder.csv"]).ends_with(1);
    assert!(run.err.starts_with("error: can't write no/such/folder.csv: "), "{}", run.err);
    assert!(!run.err.contains(".claimdeck-"), "{}", run.err);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_guarded() {
    let home = worked_on();
    let table = home.run(&["export", "--format", "csv"]).ends_with(0).out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let note = rows.headers().unwrap().iter().position(|head| head == "note").unwrap();
    let notes: Vec<_> = rows.records().map(|row| row.unwrap()[note].to_owned()).collect();
    assert!(notes.iter().all(|note| !note.starts_with('=')), "{notes:?}");
}

#[test]
fn a_report_holds_status_source_note_and_evidence() {
    let home = worked_on();
    let report = home.run(&["export", "status:refuted", "--format", "markdown"]).ends_with(0).out;
    assert!(report.contains("**refuted**") && report.contains("refuted by <https://a.example/?q=1>"), "{report}");
}

/// A store with so many claims that an export can't be done before somebody notices it.
#[cfg(unix)]
fn many_claims() -> Home {
    let home = Home::new();
    let article = |number: usize| {
        let said: Vec<_> =
            (0..20).map(|n| format!("Gate {n} of dam {number} held on Monday, Ada Brandt said.")).collect();
        json!({"text": said.join(" "), "title": format!("Dam {number}")}).to_string()
    };
    home.write("dams.jsonl", (0..300).map(article).collect::<Vec<_>>().join("\n"));
    home.run(&["load", "dams.jsonl"]).ends_with(0);
    home
}

#[cfg(unix)]
fn start(home: &Home, arguments: &[&str]) -> std::process::Child {
    use std::process::Stdio;
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    command.env_clear().env("HOME", home.path()).current_dir(home.path()).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[cfg(unix)]
fn press_ctrl_c(child: &std::process::Child) {
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_an_export_after_a_whole_line() {
    use std::io::Read;
    let home = many_claims();
    let mut child = start(&home, &["export", "--format", "jsonl"]);
    // Nobody reads on, so the export waits for room in the pipe.
    let mut first = [0];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    press_ctrl_c(&child);
    let mut run = super::Run::of(child.wait_with_output().unwrap()).ends_with(130);
    assert!(run.err.contains("error: interrupted") && run.err.contains("ends with a whole claim"), "{}", run.err);
    run.out.insert(0, first[0] as char);
    assert!(run.out.ends_with('\n'));
    let all = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    assert!(run.json().len() < all.lines().count() && all.starts_with(&run.out));
}

#[cfg(unix)]
#[test]
fn ctrl_c_in_an_export_leaves_the_file_that_was_there() {
    let home = many_claims();
    home.write("out/dams.csv", "what was there\n");
    let beside = || std::fs::read_dir(home.path().join("out")).unwrap().count();
    for _ in 0..50 {
        let mut child = start(&home, &["export", "--format", "csv", "-o", "out/dams.csv"]);
        while beside() == 1 && child.try_wait().unwrap().is_none() {}
        press_ctrl_c(&child);
        let run = super::Run::of(child.wait_with_output().unwrap());
        assert_eq!(beside(), 1);
        if run.status == 130 {
            assert!(run.err.contains("out/dams.csv is as it was before"), "{}", run.err);
            assert_eq!(home.read("out/dams.csv"), "what was there\n");
            return;
        }
        // It was quicker than the signal.
        run.ends_with(0);
        home.write("out/dams.csv", "what was there\n");
    }
    panic!("every export was quicker than a signal");
}

#[cfg(unix)]
#[test]
fn ctrl_c_in_an_import_leaves_whole_what_came_and_says_how_much() {
    use std::io::Write;
    let home = worked_on();
    let everything = home.run(&["export", "--format", "jsonl"]).ends_with(0).out;
    let fourth = everything.match_indices("{\"kind\":\"article\"").nth(3).unwrap().0;
    let end = fourth + everything[fourth..].find('\n').unwrap() + 1;
    let other = Home::new();
    let mut child = start(&other, &["import", "-"]);
    let mut to = child.stdin.take().unwrap();
    // The fourth article is not whole: its claims are still to come.
    to.write_all(&everything.as_bytes()[..end + 40]).unwrap();
    to.flush().unwrap();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let articles = || other.run(&["articles", "--json"]).ends_with(0).json();
    while articles().len() < 3 && std::time::Instant::now() < until {}
    press_ctrl_c(&child);
    let run = super::Run::of(child.wait_with_output().unwrap()).ends_with(130);
    drop(to);
    assert!(run.err.contains("imported 3 articles with "), "{}", run.err);
    assert!(run.err.contains("error: interrupted") && run.err.contains("import the same file again"), "{}", run.err);
    let whole = home.run(&["articles", "--json"]).ends_with(0).json();
    let claims = |article: &serde_json::Value| (article["id"].clone(), article["claims"].clone());
    assert!(articles().iter().map(claims).eq(whole[..3].iter().map(claims)));
    other.write("everything.jsonl", &everything);
    other.run(&["import", "everything.jsonl"]).ends_with(0);
    assert_eq!(other.run(&["export", "--format", "jsonl"]).ends_with(0).out, everything);
}
