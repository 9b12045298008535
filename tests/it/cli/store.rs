//! Commands that keep and find: load, list, show, tag, undo, redo, the lists, statistics.

use super::{Home, Run, seeds};

fn loaded() -> Home {
    let home = Home::new();
    home.run(&["load", seeds().to_str().unwrap()]).ends_with(0);
    home
}

/// The ids of what a query selects.
fn ids(home: &Home, query: &str) -> Vec<String> {
    home.run(&["list", query, "--json"])
        .ends_with(0)
        .json()
        .iter()
        .map(|c| c["id"].as_str().unwrap().to_owned())
        .collect()
}

fn first(home: &Home) -> String {
    ids(home, "").remove(0)
}

fn claim(home: &Home, id: &str) -> serde_json::Value {
    home.run(&["show", id, "--json"]).ends_with(0).json().remove(0)
}

/// What was said, without what differs from run to run.
fn said(home: &Home, run: &Run) -> String {
    let said = run.err.replace(home.path().to_str().unwrap(), "~");
    said.lines().map(|line| line.split(", in ").next().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_sample_articles_load_once() {
    let home = Home::new();
    let seeds = seeds();
    let first = home.run(&["load", seeds.to_str().unwrap()]).ends_with(0);
    assert!(first.err.starts_with("loaded 12 articles with "), "{}", first.err);
    assert_eq!(first.out, "");
    for format in claimdeck::ingest::FORMATS {
        let of_it =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().path().extension().unwrap() == format.extension;
        assert!(std::fs::read_dir(&seeds).unwrap().any(of_it), "no sample of {}", format.name);
    }
    let again = home.run(&["load", seeds.to_str().unwrap()]).ends_with(0);
    assert_eq!(said(&home, &again), "loaded 0 articles with 0 claims, 12 already known");
    assert_eq!(home.run(&["articles"]).ends_with(0).lines().len(), 12);
}

#[test]
fn what_a_file_says_and_what_the_options_add_is_kept() {
    let home = loaded();
    let articles = home.run(&["articles", "--json"]).ends_with(0).json();
    let of = |file: &str| articles.iter().find(|a| a["path"].as_str().unwrap().contains(file)).unwrap().clone();
    assert_eq!(of("ministry-update.md")["outlet"], "Port Adrin Gazette");
    assert_eq!(
        of("fuel-depot-fire.txt")["title"],
        "Fire at Tarsk fuel depot after suspected drone strike, district head says"
    );
    assert_eq!(of("briefs.jsonl#brief-2")["title"], "Court in Halvere frees journalist");
    assert_eq!(of("air-raid-night")["author"], "Milena Okt, Piet Sandor");
    assert_eq!(of("harbour-blockade")["published"], "2025-11-18T16:20:00Z");

    home.write("a.md", "---\noutlet: Its own\n---\nThe dam held.\n");
    home.write("b.txt", "The other dam broke.\n");
    home.run(&["load", "a.md", "b.txt", "--outlet", "Given", "--published", "2026-03-02", "--lang", "EN"]).ends_with(0);
    let articles = home.run(&["articles", "--json"]).ends_with(0).json();
    let [.., a, b] = articles.as_slice() else { panic!() };
    assert_eq!((&a["outlet"], &b["outlet"]), (&"Its own".into(), &"Given".into()));
    assert_eq!((&b["published"], &b["lang"]), (&"2026-03-02".into(), &"en".into()));
}

#[test]
fn what_cannot_be_used_is_named_with_its_place_and_the_rest_goes_in() {
    let home = Home::new();
    home.write("in/a.txt", "The dam held.\n");
    home.write("in/b.jsonl", "{\"text\":\"The bridge fell.\"}\n{\"text\":\n{\"id\":3}\n");
    home.write("in/c.txt", b"%PDF-1.7\n\x00\x01");
    home.write("in/d.md", " \n");
    home.write("in/e.jpeg", "x");
    let run = home.run(&["load", "in", "gone.txt", "in/e.jpeg"]).ends_with(1);
    insta::assert_snapshot!(said(&home, &run), @r#"
    gone.txt: no such file or folder
    in/e.jpeg: unknown format: expected .txt .md .json .jsonl, or a folder
    in/b.jsonl:2: cut short: EOF while parsing a value
    in/b.jsonl:3: no article: expected an object with a "text" string, found no such key
    in/c.txt: looks like a PDF, not text
    in/d.md: no text in it
    loaded 2 articles with 2 claims, 6 not usable, 1 file of another kind passed over
    "#);
}

#[test]
fn what_is_passed_over_is_said_to_the_curious_only() {
    let home = Home::new();
    home.write("in/a.txt", "The dam held.\n");
    home.write("in/e.jpeg", "x");
    assert!(!home.run(&["load", "in"]).ends_with(0).err.contains("jpeg"));
    assert!(home.run(&["-v", "load", "in"]).ends_with(0).err.contains("in/e.jpeg: passed over"));
    assert_eq!(home.run(&["-q", "load", "in"]).ends_with(0).err, "");
}

#[test]
fn standard_input_is_read_as_what_it_looks_like() {
    let home = Home::new();
    let lines = "{\"text\":\"The dam held.\"}\n{\"text\":\"The bridge fell.\"}\n";
    assert!(home.run_with_input(&["load", "-"], lines).ends_with(0).err.starts_with("loaded 2 articles"));
    let text = "Dam holds\n\nThe dam held all night.\n";
    assert!(home.run_with_input(&["load", "-"], text).ends_with(0).err.starts_with("loaded 1 article "));
    let last = home.run(&["articles", "--json"]).ends_with(0).json().pop().unwrap();
    assert_eq!((&last["title"], &last["path"]), (&"Dam holds".into(), &serde_json::Value::Null));
}

#[test]
fn a_changed_file_is_a_new_version_and_decisions_on_its_unchanged_claims_stay() {
    let home = Home::new();
    home.write("a.txt", "Twelve people were injured in Velm, police said. The bridge was closed on Monday.\n");
    home.run(&["load", "a.txt"]).ends_with(0);
    for id in ids(&home, "") {
        home.run(&["tag", &id, "verified"]).ends_with(0);
    }
    home.write("a.txt", "Twelve people were injured in Velm, police said. The bridge was opened on Tuesday.\n");
    let run = home.run(&["load", "a.txt"]).ends_with(0);
    assert!(run.err.contains("1 new version"), "{}", run.err);
    assert_eq!(ids(&home, "status:verified").len(), 1);
    assert_eq!(ids(&home, "is:changed").len(), 1);
}

#[test]
fn a_file_that_goes_back_to_an_earlier_text_has_the_claims_of_that_text_again() {
    let home = Home::new();
    let texts = ["Ten people were hurt in Velm, police said.\n", "Twelve people were hurt in Velm, police said.\n"];
    for text in [texts[0], texts[1], texts[0]] {
        home.write("a.txt", text);
        home.run(&["load", "a.txt"]).ends_with(0);
    }
    let claims = home.run(&["list", "--json"]).ends_with(0).json();
    assert_eq!(claims.len(), 1);
    assert!(claims[0]["text"].as_str().unwrap().starts_with("Ten people"), "{}", claims[0]);
}

#[test]
fn files_of_one_name_in_two_folders_are_two_documents() {
    let home = Home::new();
    home.write("x/a.txt", "The dam in Velm held.\n");
    home.write("y/a.txt", "The bridge in Melka fell.\n");
    for folder in ["x", "y"] {
        let mut program = home.program();
        program.current_dir(home.path().join(folder)).args(["load", "a.txt"]).assert().success();
    }
    assert_eq!(ids(&home, "").len(), 2);
}

#[test]
fn a_url_or_a_title_is_for_one_article() {
    let home = Home::new();
    home.write("a.txt", "The dam held.\n");
    home.write("b.txt", "The bridge fell.\n");
    for option in ["--url", "--title"] {
        let run = home.run(&["load", "a.txt", "b.txt", option, "https://a.example"]).ends_with(2);
        assert!(run.err.contains("is for one article"), "{}", run.err);
    }
    home.run(&["load", "a.txt", "--url", "https://a.example"]).ends_with(0);
}

#[test]
fn lists_are_lines_for_people_and_json_for_programs() {
    let home = loaded();
    for command in ["list", "articles", "sources"] {
        let plain = home.run(&[command]).ends_with(0);
        let json = home.run(&[command, "--json"]).ends_with(0);
        assert!(!plain.lines().is_empty(), "{command}");
        assert_eq!(plain.lines().len(), json.json().len(), "{command}");
        assert_eq!(plain.err, "");
    }
    assert_eq!(home.run(&["list", "--limit", "3"]).ends_with(0).lines().len(), 3);
    assert_eq!(home.run(&["list", "--limit", "0"]).ends_with(0).out, "");
    let worth: Vec<_> = home.run(&["list", "--order", "worth", "--json"]).ends_with(0).json();
    let worth: Vec<_> = worth.iter().map(|c| c["worth"].as_f64().unwrap()).collect();
    assert!(worth.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_claim_has_the_keys_of_the_contract() {
    let home = loaded();
    let claim = &home.run(&["list", "--limit", "1", "--json"]).ends_with(0).json()[0];
    assert_eq!(claim["kind"], "claim");
    for key in [
        "id",
        "article",
        "ordinal",
        "text",
        "spans",
        "mode",
        "attribution",
        "hedges",
        "remarks",
        "worth",
        "worth_reasons",
        "status",
        "analyst",
        "decided_at",
        "note",
        "tags",
        "evidence",
    ] {
        assert!(claim.get(key).is_some(), "{key} in {claim}");
    }
    for key in ["id", "title", "outlet", "author", "url", "path", "published", "lang"] {
        assert!(claim["article"].get(key).is_some(), "{key} in {claim}");
    }
}

#[test]
fn an_empty_store_says_how_to_load_and_loads_nothing() {
    for arguments in [&["list"][..], &["articles"], &["sources"]] {
        let run = Home::new().run(arguments).ends_with(0);
        assert_eq!(run.out, "");
        assert!(run.err.contains("claimdeck load"), "{}", run.err);
    }
    let stats = Home::new().run(&["stats", "--json"]).ends_with(0).json().remove(0);
    assert_eq!((&stats["articles"], &stats["claims"]), (&0.into(), &0.into()));
    Home::new().run(&["export", "--format", "csv"]).ends_with(0);
    Home::new().run(&["undo"]).ends_with(4);
}

#[test]
fn a_decision_is_kept_with_its_note_evidence_and_tags() {
    let home = loaded();
    let id = first(&home);
    let run = home.run(&[
        "tag",
        &id,
        "refuted",
        "--note",
        "see the pictures",
        "--evidence",
        "https://pictures.example/1",
        "--tag",
        "energy",
    ]);
    let run = run.ends_with(0);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("saved c") && run.err.ends_with(" refuted\n"), "{}", run.err);
    let claim = claim(&home, &id);
    assert_eq!((&claim["status"], &claim["analyst"]), (&"refuted".into(), &"ana".into()));
    assert_eq!((&claim["note"], &claim["tags"][0]), (&"see the pictures".into(), &"energy".into()));
    let evidence = &claim["evidence"][0];
    assert_eq!((&evidence["stance"], &evidence["added_by"]), (&"refutes".into(), &"ana".into()));
    assert_eq!(claim["decisions"].as_array().unwrap().len(), 4);
    let shown = home.run(&["show", &id[..9]]).ends_with(0).out;
    assert!(shown.contains("see the pictures") && shown.contains("https://pictures.example/1"), "{shown}");
}

#[test]
fn ids_come_from_standard_input_and_one_undo_takes_all_back() {
    let home = loaded();
    let all = ids(&home, "");
    let run = home.run_with_input(&["tag", "-", "verified", "--analyst", "bo"], all.join("\n")).ends_with(0);
    assert_eq!(run.err.lines().count(), all.len());
    assert_eq!(ids(&home, "status:verified analyst:bo").len(), all.len());
    home.run(&["undo"]).ends_with(4);
    home.run(&["undo", "--analyst", "bo"]).ends_with(0);
    assert_eq!(ids(&home, "status:verified").len(), 0);
    home.run(&["redo", "--analyst", "bo"]).ends_with(0);
    assert_eq!(ids(&home, "status:verified").len(), all.len());
}

#[test]
fn undo_and_redo_say_what_they_took_back_and_on_what() {
    let home = loaded();
    let id = first(&home);
    home.run(&["tag", &id, "verified", "--note", "seen", "--tag", "dam"]).ends_with(0);
    let saved = home.run(&["tag", &id, "refuted"]).ends_with(0).err;
    let short = saved.split_whitespace().nth(1).unwrap();
    let said = |command| home.run(&[command]).ends_with(0).err;
    assert_eq!(said("undo"), format!("took back refuted on {short}, which is verified now\n"));
    assert_eq!(said("redo"), format!("brought back refuted on {short}, which is refuted now\n"));
    said("undo");
    assert_eq!(said("undo"), format!("took back verified, note, tags on {short}, which is unreviewed now\n"));
    assert_eq!(said("redo"), format!("brought back verified, note, tags on {short}, which is verified now\n"));
}

#[test]
fn a_claim_that_is_not_there_ends_with_4_and_nothing_is_decided() {
    let home = loaded();
    let id = first(&home);
    for arguments in [&["show", "c000000"][..], &["tag", &id, "cffffffff", "verified"], &["show", "nonsense"]] {
        let run = home.run(arguments).ends_with(4);
        assert_eq!(run.out, "");
        assert!(run.err.starts_with("error: no claim "), "{}", run.err);
    }
    home.run_with_input(&["tag", "-", "verified"], "").ends_with(4);
    assert_eq!(ids(&home, "status:verified").len(), 0);
}

#[test]
fn an_id_that_several_claims_fit_is_a_mistake() {
    let home = loaded();
    // Of seventeen claims two share their first digit.
    let all = ids(&home, "");
    let digit = |id: &String| id.chars().nth(1).unwrap();
    let shared = all.iter().find(|id| all.iter().filter(|other| digit(other) == digit(id)).count() > 1).unwrap();
    let run = home.run(&["show", &shared[..2]]).ends_with(2);
    assert!(run.err.contains("fits several claims"), "{}", run.err);
    assert!(run.err.contains("hint: type more of it"), "{}", run.err);
}

#[test]
fn a_mistake_in_a_query_or_a_status_is_shown_with_what_was_expected() {
    let home = loaded();
    for arguments in [&["list", "statis:verified"][..], &["list", "(dam"], &["export", "worth:>x", "--format", "csv"]] {
        let run = home.run(arguments).ends_with(2);
        assert_eq!(run.out, "");
        assert!(run.err.contains("expected"), "{}", run.err);
    }
    let run = home.run(&["tag", &first(&home), "true"]).ends_with(2);
    assert!(run.err.contains("unknown status \"true\": expected unreviewed"), "{}", run.err);
}

#[test]
fn a_file_that_is_no_store_is_refused_and_not_touched() {
    let home = Home::new();
    let file = home.write("notes.txt", "The dam held.\n");
    let folder = home.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    for path in [&file, &folder] {
        let run = home.run(&["--store", path.to_str().unwrap(), "list"]).ends_with(3);
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
    assert_eq!(home.read("notes.txt"), "The dam held.\n");
}

#[test]
fn the_store_is_where_it_was_named() {
    let home = Home::new();
    home.write("a.txt", "The dam held.\n");
    home.run(&["load", "a.txt", "--store", "deep/down/one.db"]).ends_with(0);
    assert!(home.path().join("deep/down/one.db").exists());
    home.program().env("CLAIMDECK_STORE", "two.db").args(["load", "a.txt"]).assert().success();
    assert!(home.path().join("two.db").exists());
    home.run(&["load", "a.txt"]).ends_with(0);
    assert!(home.path().join(".local/share/claimdeck/claims.db").exists());
    home.program().env("XDG_DATA_HOME", home.path().join("data")).args(["load", "a.txt"]).assert().success();
    assert!(home.path().join("data/claimdeck/claims.db").exists());
}

#[test]
fn who_decides_is_asked_of_option_environment_config_and_login_in_turn() {
    let home = loaded();
    let id = first(&home);
    let analyst = || claim(&home, &id)["analyst"].as_str().unwrap().to_owned();
    home.run(&["tag", &id, "verified"]).ends_with(0);
    assert_eq!(analyst(), "ana");
    home.write(".config/claimdeck/config.toml", "analyst = \"of the file\"\n");
    home.run(&["tag", &id, "verified"]).ends_with(0);
    assert_eq!(analyst(), "of the file");
    home.program().env("CLAIMDECK_ANALYST", "bo").args(["tag", &id, "verified"]).assert().success();
    assert_eq!(analyst(), "bo");
    home.run(&["tag", &id, "verified", "--analyst", "cleo"]).ends_with(0);
    assert_eq!(analyst(), "cleo");
    home.run(&["tag", &id, "verified", "--analyst", " "]).ends_with(2);
    home.run(&["tag", &id, "verified", "--analyst", "a\u{1b}b"]).ends_with(2);
}

#[test]
fn where_nobody_says_who_decides_it_is_an_analyst_and_no_folder() {
    let home = loaded();
    let id = first(&home);
    home.program().env_remove("USER").args(["tag", &id, "verified"]).assert().success();
    assert_eq!(claim(&home, &id)["analyst"], "analyst");
}

#[test]
fn text_from_outside_reaches_no_terminal() {
    let home = Home::new();
    let text = "Evil\u{1b}]0;title\u{7}\n\nThe \u{202e}dam\u{200b} held for 3 days, Ada\u{9b}31m Brandt said.\n";
    home.write("evil\u{1b}[2J.txt", text);
    home.run(&["load", "."]).ends_with(0);
    let id = first(&home);
    home.run(&["tag", &id, "verified", "--note", "no\u{1b}[2Jte"]).ends_with(0);
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["articles"],
        &["articles", "--json"],
        &["sources"],
        &["show", &id],
        &["stats"],
        &["agreement"],
        &["agreement", "--json"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "csv"],
        &["export", "--format", "markdown"],
    ] {
        let run = home.run(arguments).ends_with(0);
        let harmful: Vec<_> =
            run.out.chars().filter(|c| !matches!(c, '\n' | '\t') && claimdeck::domain::is_harmful(*c)).collect();
        assert_eq!(harmful, [], "{arguments:?}");
    }
    assert!(claim(&home, &id)["text"].as_str().unwrap().contains('\u{202e}'));
}

#[test]
fn show_tells_which_claims_say_the_same_contradict_or_are_of_another_time() {
    let home = Home::new();
    let article = |outlet: &str, day: &str, text: &str| {
        serde_json::json!({"outlet": outlet, "published": day, "text": text, "id": outlet}).to_string()
    };
    let lines = [
        article("Northern Post", "2026-03-02", "Two barges sank off the Altona quay overnight."),
        article("Sarn Wire", "2026-03-03", "Three barges sank off the Altona quay overnight."),
        article("Harbour Gazette", "2026-03-03", "Off the Altona quay two barges sank overnight."),
        article("Tidewater Times", "2026-05-20", "Five barges sank off the Altona quay overnight."),
    ];
    home.write("a.jsonl", lines.join("\n"));
    home.run(&["load", "a.jsonl"]).ends_with(0);
    let id = ids(&home, "").remove(0);
    let told = home.run(&["show", &id]).ends_with(0).out;
    let rows: Vec<_> = told.lines().skip_while(|line| !line.starts_with("  related")).collect();
    assert_eq!(rows[0], "  related   3 in 3 articles, 1 contradicts, 1 of another time, 2 independent sources");
    let after = |outlet: &str| rows.iter().skip_while(|row| !row.contains(outlet)).nth(1).map(|row| row.trim());
    assert_eq!(after("Sarn Wire"), Some("number “Two” against “Three”"));
    assert_eq!(after("Tidewater Times"), Some("of another time: 79 days apart"));
    assert!(
        rows.iter().any(|row| row.ends_with("100 %, Harbour Gazette: Off the Altona quay two barges sank overnight.")
            || row.ends_with("100 %, Harbour Gazette: Off the Altona quay two barges sank overnight")),
        "{told}"
    );
    let line = home.run(&["show", &id, "--json"]).ends_with(0).json().remove(0);
    let mut found: Vec<_> = line["related"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["days_apart"].as_u64(), r["conflict"].as_bool()))
        .collect();
    found.sort();
    assert_eq!(found, [(None, Some(false)), (None, Some(true)), (Some(79), Some(false))]);
}

#[test]
fn statistics_count_what_was_done() {
    let home = loaded();
    let all = ids(&home, "");
    home.run(&["tag", &all[0], &all[1], "verified"]).ends_with(0);
    home.run(&["tag", &all[2], "not-a-claim"]).ends_with(0);
    let stats = home.run(&["stats", "--json"]).ends_with(0).json().remove(0);
    assert_eq!(stats["claims"].as_u64().unwrap(), all.len() as u64);
    assert_eq!((&stats["reviewed"], &stats["by_status"]["verified"]), (&3.into(), &2.into()));
    assert_eq!(stats["by_analyst"]["ana"], 3);
    let plain = home.run(&["stats"]).ends_with(0).out;
    assert!(plain.contains("reviewed          3"), "{plain}");
}

#[test]
fn agreement_names_pairs_all_together_and_the_claims_in_dispute() {
    let home = loaded();
    let none = home.run(&["agreement"]).ends_with(0);
    assert_eq!((none.out.as_str(), none.err.trim()), ("", "no claim was decided by more than one analyst"));
    let ids = ids(&home, "");
    for (analyst, refuted) in [("ana", &ids[0]), ("bo", &ids[1])] {
        home.run(&["--analyst", analyst, "tag", &ids[2], &ids[3], "verified"]).ends_with(0);
        for id in &ids[..2] {
            let status = if id == refuted { "refuted" } else { "verified" };
            home.run(&["--analyst", analyst, "tag", id, status]).ends_with(0);
        }
    }
    let lines = home.run(&["agreement", "--json"]).ends_with(0).json();
    let (summary, disputed) = lines.split_first().unwrap();
    assert_eq!(
        (&summary["kind"], &summary["claims"], &summary["conflicts"]),
        (&"agreement".into(), &4.into(), &2.into())
    );
    let pair = &summary["pairs"][0];
    assert_eq!((&pair["analysts"][1], &pair["agreed"], &pair["percent"]), (&"bo".into(), &2.into(), &50.0.into()));
    assert!((pair["kappa"].as_f64().unwrap() + 1.0 / 3.0).abs() < 1e-9, "{pair}");
    assert!((summary["alpha"].as_f64().unwrap() + 1.0 / 6.0).abs() < 1e-9, "{summary}");
    let named: Vec<_> = disputed.iter().map(|claim| (claim["kind"].as_str(), claim["id"].as_str())).collect();
    assert_eq!(named, [(Some("claim"), Some(ids[0].as_str())), (Some("claim"), Some(ids[1].as_str()))]);
    assert_eq!(disputed[0]["by_analyst"]["ana"], "refuted");
    let plain = home.run(&["agreement"]).ends_with(0).out;
    for words in [
        "4  claims were decided",
        "-0.17  Krippendorff",
        "ana and bo agree on 50 %, kappa -0.33",
        "  ana refuted, bo verified: ",
    ] {
        assert!(plain.contains(words), "{words}: {plain}");
    }
    assert_eq!(plain, home.run(&["agreement"]).out);
}

#[test]
fn statistics_say_how_many_sources_they_leave_out_and_json_has_them_all() {
    let home = Home::new();
    let names = ["Brandt", "Okt", "Sandor", "Reik", "Strand", "Perl", "Falk", "Moor"];
    let said =
        |n: usize| format!("The dam number {n} held, said Ada {}{}.\n\n", names[n % 8], ["", "man", "berg"][n / 8]);
    home.write("a.txt", (0..24).map(said).collect::<String>());
    home.run(&["load", "a.txt"]).ends_with(0);
    let sources = home.run(&["sources", "--json"]).ends_with(0).json();
    assert!(sources.len() > 20, "{sources:?}");
    let plain = home.run(&["stats"]).ends_with(0).out;
    assert!(plain.contains(&format!("\nby source, 20 of {} sources\n", sources.len())), "{plain}");
    let all = home.run(&["stats", "--json"]).ends_with(0).json().remove(0);
    assert_eq!(all["by_source"].as_object().unwrap().len(), sources.len());
    home.write("b.txt", said(0));
    home.run(&["load", "b.txt", "--store", "few.db"]).ends_with(0);
    assert!(home.run(&["stats", "--store", "few.db"]).ends_with(0).out.contains("\nby source\n"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_ends_every_list_quietly() {
    let home = loaded();
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["articles", "--json"],
        &["sources"],
        &["stats"],
        &["agreement", "--json"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "csv"],
        &["export", "--format", "markdown"],
    ] {
        assert_eq!(home.run_into_closed_pipe(arguments, "").ends_with(0).err, "", "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_slow_pipe_keeps_nobody_from_writing_and_ctrl_c_leaves_what_came() {
    use std::io::Write;
    use std::time::{Duration, Instant};
    let home = Home::new();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("claimdeck"));
    command.env_clear().env("HOME", home.path()).args(["load", "-"]).stdin(std::process::Stdio::piped());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    for number in 0..200 {
        writeln!(to, "{{\"text\":\"Dam number {number} held, Ada Brandt said.\"}}").unwrap();
    }
    to.flush().unwrap();
    // Standard input stays open, so nothing but a signal ends the load.
    let until = Instant::now() + Duration::from_secs(60);
    let loaded = || home.run(&["articles", "--json"]).ends_with(0).json().len();
    while loaded() < 200 && Instant::now() < until {}
    home.run(&["tag", &first(&home), "verified"]).ends_with(0);
    assert!(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let run = Run::of(child.wait_with_output().unwrap()).ends_with(130);
    assert!(run.err.contains("error: interrupted"), "{}", run.err);
    drop(to);
    assert_eq!(loaded(), 200);
}

#[cfg(target_os = "linux")]
#[test]
fn names_and_texts_that_are_no_utf8_are_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    std::fs::write(home.path().join(OsStr::from_bytes(b"\xff.txt")), b"Der Bahnhof in K\xf6ln ist gesperrt.\n")
        .unwrap();
    home.run(&["load", "."]).ends_with(0);
    let line = home.run(&["articles", "--json"]).ends_with(0).json().remove(0);
    assert!(line["path"].as_str().unwrap().ends_with("/\u{fffd}.txt"), "{line}");
    let exported = home.run(&["export", "--format", "jsonl"]).ends_with(0).json().remove(0);
    assert_eq!(exported["text"], "Der Bahnhof in Köln ist gesperrt.\n");
}
