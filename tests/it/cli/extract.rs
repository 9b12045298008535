//! `extract`: lines in, lines out, in order.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::{Home, seeds};

#[test]
fn every_line_is_answered_in_order_whatever_its_length() {
    let mut input = String::new();
    for number in 0..3_000 {
        let text = "The dam held, Ada Brandt said. ".repeat(if number % 500 == 0 { 400 } else { 1 });
        writeln!(input, "{{\"id\":{number},\"text\":\"{text}\"}}").unwrap();
    }
    let run = Home::new().run_with_input(&["extract"], input).ends_with(0);
    let ids: Vec<_> = run.json().iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (0..3_000).collect::<Vec<_>>());
}

#[test]
fn a_line_that_is_no_article_is_answered_with_an_error_and_the_rest_goes_on() {
    let input = "{\"id\":\"a\",\"text\":\"One.\"}\nnonsense\n\n{\"id\":7}\n{\"id\":\"b\",\"text\":\"Two.\"}";
    let run = Home::new().run_with_input(&["extract", "-"], input).ends_with(1);
    let answers = run.json();
    assert_eq!(
        answers.iter().map(|a| &a["id"]).collect::<Vec<_>>(),
        ["a", "", "7", "b"].map(id_of).iter().collect::<Vec<_>>()
    );
    insta::assert_snapshot!(run.err, @"
    standard input:2: no JSON: expected ident at column 2
    standard input:4: no article: expected an object with a \"text\" string, found no such key
    ");
    assert!(run.lines()[1].starts_with("{\"id\":null,\"error\":\"no JSON"), "{}", run.lines()[1]);
}

fn id_of(written: &str) -> serde_json::Value {
    match written {
        "" => serde_json::Value::Null,
        number if number.parse::<u64>().is_ok() => number.parse::<u64>().unwrap().into(),
        word => word.into(),
    }
}

/// An article longer than any is, with a claim at either end and a word of a megabyte between them.
fn long_article() -> String {
    let word = "x".repeat(1_100_000);
    format!("“The dam held,” Ada Brandt said.\n\n{word}\n\n“Two bridges are closed — probably,” Otto Cole said.")
}

#[test]
fn a_very_long_article_is_answered_in_its_place_and_holds_together() {
    let text = long_article();
    let line = |id: u32, text: &str| serde_json::json!({"id": id, "text": text}).to_string();
    let input = [line(1, "It rained."), line(2, &text), line(3, "It snowed.")].join("\n");
    let answers = Home::new().run_with_input(&["extract", "--explain"], input).ends_with(0).json();
    assert_eq!(answers.iter().map(|a| a["id"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    let points: Vec<char> = text.chars().collect();
    let words = |span: &serde_json::Value| {
        let end = |place: usize| span[place].as_u64().unwrap() as usize;
        points[end(0)..end(1)].iter().collect::<String>()
    };
    let answer = &answers[1];
    let said: Vec<_> = answer["claims"].as_array().unwrap().iter().filter(|c| !c["attribution"].is_null()).collect();
    let mut told = Vec::new();
    for claim in said {
        let by = &answer["attributions"][claim["attribution"].as_u64().unwrap() as usize];
        assert_eq!(claim["text"], words(&claim["spans"][0]));
        assert_eq!(words(&by["cue"]["span"]), "said");
        assert!(by["why"]["cue"]["by"].is_string(), "{by}");
        told.push((by["source"]["name"].as_str().unwrap().to_owned(), claim["hedges"].as_array().unwrap().len()));
    }
    assert_eq!(told, [("Ada Brandt".to_owned(), 0), ("Otto Cole".to_owned(), 1)]);
    let sentences = answer["sentences"].as_array().unwrap();
    assert!(words(sentences.last().unwrap()).ends_with("Otto Cole said."));
}

#[test]
fn a_very_long_article_is_loaded_with_the_claims_that_extract_finds() {
    let home = Home::new();
    let file = home.path().join("long.txt");
    std::fs::write(&file, long_article()).unwrap();
    home.run(&["load", file.to_str().unwrap()]).ends_with(0);
    let input = serde_json::json!({"text": long_article()}).to_string();
    let found = home.run_with_input(&["extract"], input).ends_with(0).json().remove(0);
    let kept = home.run(&["list", "--json"]).ends_with(0).json();
    let of = |claims: &[serde_json::Value]| {
        let parts =
            |claim: &serde_json::Value| ["text", "spans", "mode", "hedges", "worth"].map(|key| claim[key].clone());
        claims.iter().map(parts).collect::<Vec<_>>()
    };
    assert_eq!(of(&kept), of(found["claims"].as_array().unwrap()));
    let shown = home.run(&["show", kept.last().unwrap()["id"].as_str().unwrap()]).ends_with(0).out;
    assert!(shown.contains("Otto Cole") && shown.contains("probably") && shown.contains("\n  why  "), "{shown}");
}

#[test]
fn an_answer_has_the_keys_of_the_contract() {
    let input = "{\"id\":\"a1\",\"text\":\"“The dam held,” said Mayor Ada Brandt. Did it?\"}";
    let run = Home::new().run_with_input(&["extract"], input).ends_with(0);
    let answer = &run.json()[0];
    let worth = answer["claims"][0]["worth"].as_f64().unwrap() * 100.0;
    assert!((worth - worth.round()).abs() < 1e-4, "worth is in hundredths: {answer}");
    for key in ["id", "sentences", "attributions", "claims", "furniture", "hidden"] {
        assert!(answer.get(key).is_some(), "{key} in {answer}");
    }
}

#[test]
fn each_attribution_is_explained_where_that_is_asked_for() {
    let input = "{\"id\":\"a1\",\"text\":\"“The dam held,” Mayor Ada Brandt said on Friday.\"}";
    let ask = |arguments: &[&str]| Home::new().run_with_input(arguments, input).ends_with(0).json()[0].clone();
    let why = &ask(&["extract", "--explain"])["attributions"][0]["why"];
    assert_eq!(why["cue"]["by"], "model", "{why}");
    assert!(why["cue"]["sure"].as_f64().is_some_and(|sure| sure > 0.5), "{why}");
    let reasons = |part: &str| why[part]["reasons"].as_array().cloned().unwrap_or_default();
    for part in ["cue", "source"] {
        let named = |reason: &serde_json::Value| reason[0].is_string() && reason[1].as_f64().is_some_and(|w| w > 0.0);
        assert!(reasons(part).iter().any(named), "{why}");
    }
    let ruled = &ask(&["extract", "--explain", "--rules-only"])["attributions"][0]["why"];
    assert_eq!(ruled["cue"], serde_json::json!({"by": "rule"}));
    assert!(ask(&["extract"])["attributions"][0].get("why").is_none());
}

#[test]
fn spans_lie_inside_the_text_in_code_points() {
    let file = seeds().join("briefs.jsonl");
    let run = Home::new().run(&["extract", file.to_str().unwrap()]).ends_with(0);
    let texts: Vec<String> = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    for (answer, text) in run.json().iter().zip(&texts) {
        let characters: Vec<char> = text.chars().collect();
        for claim in answer["claims"].as_array().unwrap() {
            let words = claim["spans"].as_array().unwrap().iter().map(|span| {
                let at = |place: usize| span[place].as_u64().unwrap() as usize;
                characters[at(0)..at(1)].iter().collect::<String>()
            });
            assert_eq!(claim["text"].as_str().unwrap(), words.collect::<Vec<_>>().join(" … "));
        }
    }
}

#[test]
fn one_line_is_answered_before_the_next_is_written() {
    let home = Home::new();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    command.env_clear().env("HOME", home.path()).arg("extract").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for number in 0..3 {
        writeln!(to, "{{\"id\":{number},\"text\":\"The dam held.\"}}").unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{number},")), "{answer}");
    }
    drop(to);
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let input = "{\"text\":\"The dam held.\"}\n".repeat(20_000);
    let run = Home::new().run_into_closed_pipe(&["extract"], &input).ends_with(0);
    assert_eq!(run.err, "");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let run = Home::new().run(&["extract", "gone.jsonl"]).ends_with(1);
    assert_eq!(run.err, "error: gone.jsonl: no such file or folder\n");
}

#[test]
fn nothing_in_gives_nothing_out() {
    let run = Home::new().run_with_input(&["extract"], "").ends_with(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn hostile_lines_neither_stop_it_nor_reach_the_terminal() {
    let deep = format!("{{\"text\":{}}}", "[".repeat(200_000));
    let lines = [
        deep.as_str(),
        "{\"id\":\"\\u001b[2J\u{202e}\",\"text\":\"a\u{9b}31m b\"}",
        "{\"id\":{\"a\":1},\"text\":\"x\"}",
        "\u{0}\u{1}",
        "{\"text\":\"\\ud800\"}",
        "{\"id\":\"last\",\"text\":\"The dam held.\"}",
    ];
    let run = Home::new().run_with_input(&["extract"], lines.join("\n")).ends_with(1);
    let answers = run.json();
    assert_eq!(answers.len(), lines.len());
    assert_eq!(answers[1]["id"], "\u{1b}[2J\u{202e}");
    assert_eq!(answers[5]["id"], "last");
    assert!(!run.out.chars().chain(run.err.chars()).any(|c| c != '\n' && claimdeck::domain::is_harmful(c)));
}
