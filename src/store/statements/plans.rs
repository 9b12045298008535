//! Every statement that reads or writes rows is planned on a real store: none is wrong, none reads a whole table, none
//! sorts on the side, but for those that are named here with the reason.

use rusqlite::Connection;

use super::{Statement, statements};
use crate::store::Store;

/// Beginnings of statements that may scan: what they scan stays small.
const MAY_SCAN: &[(&str, &str)] = &[
    ("INSERT INTO counter (kind, key, claims, reviewed) SELECT 'pair'", "once, when a store is brought up to date"),
    (
        "SELECT kind, key, claims, reviewed FROM counter",
        "a row a status, outlet, analyst, day, and pair of analysts with their statuses",
    ),
    ("SELECT id FROM source ORDER BY fold, id", "the order of all sources is what is asked for; by a covering index"),
    ("INSERT INTO source_words (rowid, name) SELECT", "once, when a store is brought up to date"),
    ("SELECT c.id FROM article a JOIN claim c", "a row an article, and the claims of those with a version before"),
    ("SELECT EXISTS (SELECT 1 FROM decision WHERE waiting = 1)", "the first row of a partial index"),
    ("SELECT claim, article, before, start FROM added", "a row a claim that an analyst added, once a store"),
    ("SELECT source, head FROM joined", "a row a name that an analyst joined"),
    ("SELECT source, into_source, clock, uuid FROM joined", "a row a name that an analyst joined"),
    ("SELECT j.head FROM joined j JOIN source s", "a row a name that an analyst joined"),
    ("SELECT type || ", "a row a table and index"),
    ("INSERT INTO hash_run (id, bits, claims) SELECT", "once, when a store is brought up to date"),
    ("INSERT INTO hash_bucket (id, entries) SELECT", "once, when a store is brought up to date"),
    ("SELECT id, bits, claims FROM hash_run", "a row a run, of which there are few"),
    ("SELECT title FROM article WHERE ?1 <> ''", "the newest few, by their number"),
    ("SELECT name, query, ord FROM deck", "a row a deck with a name"),
    ("SELECT id, analyst, query, ord, place, started_at, seen_at, decisions FROM session", "a row a session"),
];

/// A table that is there only while a store is brought up to date.
const WHILE_MIGRATED: &str = "claim_again";

const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

fn of_rows() -> Vec<Statement> {
    let mut all = statements();
    all.retain(|statement| !statement.sql.contains(WHILE_MIGRATED));
    all.retain(|statement| VERBS.iter().any(|verb| statement.sql.starts_with(verb)));
    all
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
    let store = Store::empty().unwrap();
    let statements = of_rows();
    assert!(statements.len() > 80, "{}", statements.len());
    let mut bad = Vec::new();
    for Statement { file, line, sql } in &statements {
        let excused = MAY_SCAN.iter().any(|(beginning, _)| sql.starts_with(beginning));
        for step in plan(&store.db, sql) {
            // Full text says "SCAN … VIRTUAL TABLE" when it is asked for matches, and one-row subqueries scan constants.
            let scans = step.starts_with("SCAN ") && !step.contains("VIRTUAL TABLE") && !step.contains("CONSTANT ROW");
            if (scans || step.contains("TEMP B-TREE")) && !excused {
                bad.push(format!("{file}:{line}: {step}\n    {sql}"));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn pages_look_sets_and_keys_up_by_their_number() {
    let store = Store::empty().unwrap();
    let statements: Vec<_> = of_rows().into_iter().map(|statement| statement.sql).collect();
    for sql in statements.iter().filter(|sql| sql.contains("FROM posting") || sql.contains("FROM sort_key")) {
        let steps = plan(&store.db, sql);
        assert!(steps.iter().all(|s| s.contains("USING INTEGER PRIMARY KEY")), "{sql}: {steps:?}");
    }
    for sql in statements.iter().filter(|sql| sql.contains(" MATCH ")) {
        let steps = plan(&store.db, sql);
        let full_text = steps.iter().find(|s| s.contains("VIRTUAL TABLE INDEX")).unwrap();
        assert!(!full_text.ends_with("INDEX 0:"), "{sql}: {steps:?}");
    }
}
