//! Every statement of the store is read out of its source and planned on a real store: none is wrong, none reads a
//! whole table, none sorts on the side, but for those that are named here with the reason.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::sample::Desk;

/// Beginnings of statements that may scan: what they scan stays small.
const MAY_SCAN: &[(&str, &str)] = &[
    ("SELECT kind, key, claims, reviewed FROM counter", "a row a status, outlet, analyst and day"),
    ("SELECT id FROM source ORDER BY fold, id", "the order of all sources is what is asked for; by a covering index"),
    (
        "SELECT count(*), coalesce(sum(claims), 0), count(previous) FROM article",
        "a row an article, at most once a start",
    ),
    ("SELECT EXISTS (SELECT 1 FROM decision WHERE waiting = 1)", "the first row of a partial index"),
    ("SELECT type || ", "a row a table and index"),
    ("SELECT id, analyst, query, ord, place, started_at, seen_at, decisions FROM session", "a row a session"),
];

const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// String literals in the store's code, tests aside, that begin as a statement does.
fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut found = Vec::new();
    for path in files(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for literal in literals(code) {
            if VERBS.iter().any(|verb| literal.starts_with(verb)) {
                found.push((file.clone(), literal));
            }
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What stands between quotation marks, comments and single characters left out.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line_or_more in
        code.split("\n").filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n").split("'\"'")
    {
        let mut parts = line_or_more.split('"');
        parts.next();
        while let (Some(inside), _) = (parts.next(), ()) {
            let mut whole = inside.to_owned();
            while whole.ends_with('\\') {
                whole.pop();
                whole.push('"');
                whole.push_str(parts.next().unwrap_or_default());
            }
            found.push(whole);
            parts.next();
        }
    }
    found
}

fn plan(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get::<_, String>(3).unwrap());
    }
    steps
}

#[test]
fn no_statement_reads_a_whole_table_or_sorts_on_the_side() {
    let desk = Desk::with(&["One rose. Two rose."]);
    let db = Connection::open(desk.path()).unwrap();
    let statements = statements();
    assert!(statements.len() > 50, "{}", statements.len());
    let mut bad = Vec::new();
    for (file, sql) in &statements {
        let excused = MAY_SCAN.iter().any(|(beginning, _)| sql.starts_with(beginning));
        for step in plan(&db, sql) {
            // Full text says "SCAN … VIRTUAL TABLE" when it is asked for matches, and one-row subqueries scan constants.
            let scans = step.starts_with("SCAN ") && !step.contains("VIRTUAL TABLE") && !step.contains("CONSTANT ROW");
            if (scans || step.contains("TEMP B-TREE")) && !excused {
                bad.push(format!("{file}: {step}\n    {sql}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn pages_look_sets_and_keys_up_by_their_number() {
    let desk = Desk::with(&["One rose."]);
    let db = Connection::open(desk.path()).unwrap();
    for (_, sql) in statements().iter().filter(|(_, sql)| sql.contains("FROM posting") || sql.contains("FROM sort_key"))
    {
        let steps = plan(&db, sql);
        assert!(steps.iter().all(|s| s.contains("USING INTEGER PRIMARY KEY")), "{sql}: {steps:?}");
    }
    for (_, sql) in statements().iter().filter(|(_, sql)| sql.contains(" MATCH ")) {
        let steps = plan(&db, sql);
        let full_text = steps.iter().find(|s| s.contains("VIRTUAL TABLE INDEX")).unwrap();
        assert!(!full_text.ends_with("INDEX 0:"), "{sql}: {steps:?}");
    }
}
