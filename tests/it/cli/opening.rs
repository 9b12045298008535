//! Stores that are not there, may not be written, or are damaged: what each command says, and what it leaves alone.

use super::{Home, Run, seeds};

const READING: [&[&str]; 10] = [
    &["list"],
    &["list", "--json"],
    &["show", "c0000"],
    &["stats"],
    &["stats", "--json"],
    &["articles"],
    &["sources"],
    &["sessions"],
    &["export", "--format", "csv"],
    &["export", "--format", "jsonl"],
];
const DECIDING: [&[&str]; 3] = [&["undo"], &["redo"], &["tag", "c0000", "verified"]];

/// With this store named.
fn on<'a>(store: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [&["--store", store], arguments].concat()
}

fn loaded_as(name: &str) -> Home {
    let home = Home::new();
    home.run(&["--store", name, "load", seeds().to_str().unwrap()]).ends_with(0);
    home
}

fn entries(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_store_that_was_named_has_to_be_there_and_is_not_made() {
    let home = Home::new();
    for arguments in READING.into_iter().chain(DECIDING).chain([&["review"][..], &[]]) {
        let run = home.run(&on("sub/gone.db", arguments)).ends_with(3);
        assert_eq!(run.out, "");
        assert_eq!(
            run.err, "error: no store at sub/gone.db\nhint: make one with claimdeck load PATH --store sub/gone.db\n",
            "{arguments:?}"
        );
    }
    home.program().env("CLAIMDECK_STORE", "gone.db").arg("list").assert().code(3);
    assert_eq!(entries(home.path()), [""; 0]);
}

#[test]
fn the_usual_store_that_was_never_made_holds_nothing_and_is_not_made() {
    let home = Home::new();
    for arguments in READING.into_iter().filter(|a| !["show", "export"].contains(&a[0])) {
        let run = home.run(arguments).ends_with(0);
        assert!(run.err.starts_with("nothing is loaded yet in "), "{arguments:?}: {}", run.err);
        assert!(run.err.contains("hint: load articles with claimdeck load PATH"), "{}", run.err);
    }
    assert_eq!(home.run(&["stats", "--json"]).ends_with(0).json()[0]["claims"], 0);
    assert_eq!(home.run(&["export", "--format", "jsonl"]).ends_with(0).out, "");
    for arguments in DECIDING.into_iter().chain([&["show", "c0000"][..]]) {
        home.run(arguments).ends_with(4);
    }
    home.run(&["list", "statis:x"]).ends_with(2);
    assert_eq!(entries(home.path()), [""; 0]);
}

#[test]
fn a_damaged_store_is_said_to_be_damaged_by_name_whatever_reads_it() {
    let home = loaded_as("hurt.db");
    let path = home.path().join("hurt.db");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let said = home.run(&on("hurt.db", &["list"])).ends_with(3).err;
    assert!(said.starts_with("error: hurt.db: the store is damaged: "), "{said}");
    for arguments in
        [&["stats"][..], &["articles"], &["sources"], &["sessions"], &["export", "--format", "csv"], &["undo"]]
    {
        let run = home.run(&on("hurt.db", arguments)).ends_with(3);
        assert_eq!((run.out.as_str(), run.err), ("", said.clone()), "{arguments:?}");
    }
}

#[test]
fn statistics_notice_that_claims_are_damaged_where_the_counts_are_whole() {
    let home = loaded_as("hurt.db");
    let path = home.path().join("hurt.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    let root: u32 =
        db.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'claim'", [], |row| row.get(0)).unwrap();
    let size: u32 = db.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    drop(db);
    let mut bytes = std::fs::read(&path).unwrap();
    let (root, size) = (root as usize, size as usize);
    bytes[(root - 1) * size..root * size].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    for arguments in [&["stats"][..], &["list"]] {
        let run = home.run(&on("hurt.db", arguments)).ends_with(3);
        assert!(run.err.starts_with("error: hurt.db: the store is damaged: "), "{}", run.err);
    }
}

/// Runs the program as somebody who may not write what isn't theirs: where these tests run as root, as nobody.
#[cfg(unix)]
fn run_unprivileged(home: &Home, arguments: &[&str]) -> Run {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let program = home.path().join("claimdeck");
    if !program.exists() {
        // Where it was built, nobody may be unable to look.
        let built = assert_cmd::cargo::cargo_bin("claimdeck");
        std::fs::hard_link(&built, &program).or_else(|_| std::fs::copy(&built, &program).map(drop)).unwrap();
    }
    let mut command = std::process::Command::new(program);
    command.env_clear().env("USER", "bo").env("HOME", home.path().join("bo")).current_dir(home.path()).args(arguments);
    if std::fs::metadata(home.path()).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    loop {
        match command.output() {
            // A program that another test starts this moment still holds the copy open.
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
            output => return Run::of(output.unwrap()),
        }
    }
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_store_that_may_not_be_written_can_be_read_and_nothing_is_left_beside_it() {
    let home = loaded_as("a b%/claims.db");
    let (folder, file) = (home.path().join("a b%"), home.path().join("a b%/claims.db"));
    set_mode(home.path(), 0o755);
    let claims = home.run(&on("a b%/claims.db", &["list"])).ends_with(0).out;
    let as_before = std::fs::read(&file).unwrap();
    // Only its folder, only the file, and both.
    for (mode, of_file) in [(0o555, 0o666), (0o777, 0o444), (0o555, 0o444)] {
        set_mode(&file, of_file);
        set_mode(&folder, mode);
        for arguments in READING {
            let status = if arguments[0] == "show" { 4 } else { 0 };
            run_unprivileged(&home, &on("a b%/claims.db", arguments)).ends_with(status);
        }
        assert_eq!(run_unprivileged(&home, &on("a b%/claims.db", &["list"])).out, claims);
        let seeds = seeds();
        for arguments in DECIDING.into_iter().chain([&["load", seeds.to_str().unwrap()][..]]) {
            let run = run_unprivileged(&home, &on("a b%/claims.db", arguments)).ends_with(3);
            assert_eq!(run.err, "error: a b%/claims.db: the store can only be read, not written\n", "{arguments:?}");
        }
        assert_eq!(entries(&folder), ["claims.db"]);
        assert_eq!(std::fs::read(&file).unwrap(), as_before);
    }
    set_mode(&folder, 0o777);
}

#[cfg(unix)]
#[test]
fn what_waits_in_the_log_of_a_store_that_may_not_be_written_is_not_passed_over() {
    let home = loaded_as("in/claims.db");
    set_mode(home.path(), 0o755);
    let folder = home.path().join("in");
    // As a killed program leaves it: one who still reads keeps the log from being taken in.
    let keeps = rusqlite::Connection::open(folder.join("claims.db")).unwrap();
    let mut rows = keeps.prepare("SELECT id FROM claim").unwrap();
    let mut rows = rows.query([]).unwrap();
    rows.next().unwrap();
    let id = home.run(&on("in/claims.db", &["list", "--limit", "1", "--json"])).ends_with(0).json()[0]["id"].clone();
    home.run(&on("in/claims.db", &["tag", id.as_str().unwrap(), "verified"])).ends_with(0);
    let copy = home.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for name in ["claims.db", "claims.db-wal"] {
        std::fs::copy(folder.join(name), copy.join(name)).unwrap();
    }
    assert!(std::fs::metadata(copy.join("claims.db-wal")).unwrap().len() > 0);
    set_mode(&copy, 0o555);
    let run = run_unprivileged(&home, &on("copy/claims.db", &["list", "status:verified"])).ends_with(3);
    assert!(run.err.starts_with("error: can't open the store copy/claims.db: it may not be written"), "{}", run.err);
    set_mode(&copy, 0o755);
    assert_eq!(home.run(&on("copy/claims.db", &["list", "status:verified"])).ends_with(0).lines().len(), 1);
}

#[cfg(unix)]
#[test]
fn where_no_store_can_be_made_the_file_that_was_asked_for_is_named() {
    let home = Home::new();
    set_mode(home.path(), 0o755);
    home.write("a.txt", "The dam held.\n");
    let folder = home.path().join("locked");
    std::fs::create_dir(&folder).unwrap();
    set_mode(&folder, 0o555);
    for store in ["locked/claims.db", "locked/in/claims.db"] {
        let run = run_unprivileged(&home, &on(store, &["load", "a.txt"])).ends_with(3);
        assert!(run.err.starts_with(&format!("error: can't open the store {store}: ")), "{}", run.err);
        assert!(!run.err.contains(".claims-") && run.err.to_lowercase().contains("permission denied"), "{}", run.err);
    }
}
