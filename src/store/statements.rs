//! Every statement of the store, read out of its source: each is planned well (`plans`) and each is run (`everything`).
//!
//! What runs is noted by SQLite itself, on the thread on which it runs, so that tests beside this one don't count.

mod everything;
mod plans;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

thread_local! {
    static RAN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Notes what this connection runs.
pub(super) fn watch(db: &mut Connection) -> rusqlite::Result<()> {
    let note = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(statement, _) = event {
            RAN.with_borrow_mut(|ran| ran.insert(plain(&statement.sql())));
        }
    };
    db.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note))
}

/// A statement and where it stands.
struct Statement {
    file: String,
    line: usize,
    /// In the plain form.
    sql: String,
}

impl Statement {
    fn ran(&self, ran: &BTreeSet<String>) -> bool {
        // What a pragma is set to is not always written in the source.
        let is_set = || ran.iter().any(|other| other.starts_with(&self.sql));
        ran.contains(&self.sql) || self.sql.ends_with('=') && is_set()
    }
}

/// All of them: those of the code, tests aside, and those of the migrations.
fn statements() -> Vec<Statement> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for path in files(&root.join("src/store")) {
        if path.starts_with(root.join("src/store/statements")) || path.ends_with("store/statements.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        found.extend(in_code(&name(root, &path), code));
    }
    for path in files(&root.join("migrations")) {
        let (file, text) = (name(root, &path), fs::read_to_string(&path).unwrap());
        found.extend(in_sql(&text).map(|(line, sql)| Statement { file: file.clone(), line, sql }));
    }
    found
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_string_lossy().into_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

const VERBS: [&str; 17] = [
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "WITH",
    "REPLACE",
    "PRAGMA",
    "VACUUM",
    "CREATE",
    "ALTER",
    "DROP",
    "ANALYZE",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "RELEASE",
];

/// Literals that begin as a statement does, and pragmas that are set by name.
fn in_code(file: &str, code: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    for (at, literal) in literals(code) {
        let line = 1 + code[..at].matches('\n').count();
        if code[..at].ends_with("pragma_update(None, ") {
            let sql = plain(&format!("PRAGMA {literal} ="));
            found.push(Statement { file: file.to_owned(), line, sql });
        } else if VERBS.iter().any(|verb| literal.split([' ', '\n']).next() == Some(verb)) {
            let parts =
                in_sql(&literal).map(|(down, sql)| Statement { file: file.to_owned(), line: line + down - 1, sql });
            found.extend(parts);
        }
    }
    found
}

/// The statements of a text of several, with their lines.
fn in_sql(text: &str) -> impl Iterator<Item = (usize, String)> {
    let bare: String = text.lines().map(|line| line.split("--").next().unwrap_or_default().to_owned() + "\n").collect();
    let mut line = 1;
    let parts: Vec<_> = bare.split(';').map(str::to_owned).collect();
    parts.into_iter().filter_map(move |part| {
        let blank = part.len() - part.trim_start().len();
        let at = line + part[..blank].matches('\n').count();
        line += part.matches('\n').count();
        let sql = plain(&part);
        (!sql.is_empty()).then_some((at, sql))
    })
}

/// A statement without comments, its white space single, as it compares with what SQLite ran.
fn plain(sql: &str) -> String {
    let bare: String = sql.lines().map(|line| line.split("--").next().unwrap_or_default().to_owned() + "\n").collect();
    let words: Vec<_> = bare.split_whitespace().collect();
    let sql = words.join(" ").trim_end_matches(';').trim().to_owned();
    // Of what sets a pragma the spaces differ.
    if sql.starts_with("PRAGMA") { sql.replace(" = ", "=").replace(" =", "=") } else { sql }
}

/// What stands between quotation marks, and where; comments and single characters are passed over.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = code[at..].find(['"', '\'', '/']) {
        at += step;
        let rest = &code[at..];
        at += match rest.as_bytes()[0] {
            b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            b'\'' => character(rest),
            b'"' => {
                let (length, text) = literal(rest);
                found.push((at, text));
                length
            }
            _ => 1,
        };
    }
    found
}

/// How many bytes a character in single marks takes; 1 for the mark of a lifetime.
fn character(code: &str) -> usize {
    let mut inside = code[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => code[2..].find('\'').map_or(1, |end| end + 3),
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 1,
    }
}

/// A literal at the beginning of `code`: its length, and its text.
fn literal(code: &str) -> (usize, String) {
    let mut text = String::new();
    let mut characters = code.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (at + 1, text),
            '\\' => match characters.next().map(|(_, escaped)| escaped) {
                Some('\n') => while characters.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    (code.len(), text)
}

#[test]
fn every_statement_is_run() {
    RAN.take();
    everything::run();
    let ran = RAN.take();
    let all = statements();
    assert!(all.len() > 120, "{}", all.len());
    let idle: Vec<_> = all.iter().filter(|statement| !statement.ran(&ran)).collect();
    let idle: Vec<_> = idle.iter().map(|s| format!("{}:{}: {}", s.file, s.line, s.sql)).collect();
    assert!(idle.is_empty(), "run by nothing in src/store/statements/everything.rs:\n{}", idle.join("\n"));
}

#[test]
fn a_statement_that_did_not_run_is_found_with_its_line() {
    let code = "fn a<'a>(db: &'a str) { // \"SELECT 0\"\n let c = '\"'; let d = '\\'';\n\
        run(\"SELECT \\\"x\\\"\n   FROM y\"); say(\"Select it\");\n pragma_update(None, \"cache_size\", 3);\n\
        batch(\"PRAGMA a = 1; PRAGMA b = 2;\");\n}";
    let found = in_code("x.rs", code);
    let lines: Vec<_> = found.iter().map(|s| (s.line, s.sql.as_str())).collect();
    assert_eq!(lines, [(3, "SELECT \"x\" FROM y"), (5, "PRAGMA cache_size="), (6, "PRAGMA a=1"), (6, "PRAGMA b=2")]);
    let mut db = Connection::open_in_memory().unwrap();
    RAN.take();
    watch(&mut db).unwrap();
    db.execute_batch("PRAGMA b = 2; CREATE TABLE y (x);").unwrap();
    db.pragma_update(None, "cache_size", 4).unwrap();
    // Prepared is not run.
    drop(db.prepare("SELECT \"x\" FROM y").unwrap());
    let ran = RAN.take();
    let idle: Vec<_> = found.iter().filter(|s| !s.ran(&ran)).map(|s| s.sql.as_str()).collect();
    assert_eq!(idle, ["SELECT \"x\" FROM y", "PRAGMA a=1"]);
}

#[test]
fn statements_of_a_migration_are_found_with_their_lines() {
    let found: Vec<_> = in_sql("-- why; so\n\nCREATE TABLE a (\n  b INTEGER -- c\n);\n\nDROP TABLE d;\n").collect();
    assert_eq!(found, [(3, "CREATE TABLE a ( b INTEGER )".to_owned()), (7, "DROP TABLE d".to_owned())]);
}
