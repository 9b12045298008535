//! The table of layers in ARCHITECTURE.md, held by reading every `use crate::` under `src`.

use std::fs;
use std::path::{Path, PathBuf};

/// A module and what it may use. `main` and `lib` are not modules.
const MAY_USE: &[(&str, &[&str])] = &[
    ("extract", &[]),
    ("domain", &["extract"]),
    ("store", &["domain", "extract"]),
    ("ingest", &["domain", "extract"]),
    ("export", &["domain", "extract"]),
    ("app", &["domain", "extract"]),
    ("ui", &["app", "domain", "extract"]),
    ("runtime", &["ui", "app", "store", "ingest", "export", "domain", "extract"]),
    ("cli", &["runtime", "ui", "app", "store", "ingest", "export", "domain", "extract"]),
];

/// Crates that only these modules may name, so that the centre stays pure.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite::", &["store"]),
    ("crossterm::", &["runtime"]),
    ("ratatui::", &["ui", "runtime"]),
    ("ratatui_textarea::", &["ui", "runtime"]),
    ("clap::", &["cli"]),
    // The store starts none: it only sleeps while others write.
    ("std::thread", &["runtime", "cli", "ingest", "store"]),
    ("thread::spawn", &["runtime", "cli", "ingest"]),
    ("thread::scope", &["runtime", "cli", "ingest"]),
    ("thread::Builder", &["runtime", "cli", "ingest"]),
    ("std::fs", &["store", "ingest", "export", "runtime", "cli"]),
    ("SystemTime", &["runtime", "cli"]),
    ("Timestamp::now", &["runtime", "cli"]),
];

#[test]
fn every_module_uses_only_the_layers_below_it() {
    let mut broken = Vec::new();
    for (file, line_number, line) in source_lines() {
        let module = module_of(&file);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            broken.push(format!("{}: module \"{module}\" has no row in the table of layers", file.display()));
            continue;
        };
        for used in crate_modules_in(&line) {
            if used != module && MAY_USE.iter().any(|(name, _)| *name == used) && !allowed.contains(&used.as_str()) {
                broken.push(format!("{}:{line_number}: {module} may not use {used}", file.display()));
            }
        }
        for (name, homes) in ONLY_IN {
            if line.contains(name) && !homes.contains(&module.as_str()) {
                broken.push(format!("{}:{line_number}: {module} may not name {name}", file.display()));
            }
        }
    }
    broken.dedup();
    assert!(broken.is_empty(), "layers broken:\n{}", broken.join("\n"));
}

#[test]
fn the_table_sees_an_import_in_every_form() {
    for line in [
        "use crate::store::Store;",
        "crate::store::open()",
        "use crate::{domain::X, store};",
        "pub use crate::{store::{A, B}};",
    ] {
        assert!(crate_modules_in(line).contains(&"store".to_owned()), "{line}");
    }
}

/// The top-level modules that a line names after `crate::`, grouped imports included.
fn crate_modules_in(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (i, c) in group.char_indices() {
                    if start && depth == 0 && !c.is_whitespace() {
                        found.push(word(&group[i..]));
                        start = false;
                    }
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn source_lines() -> Vec<(PathBuf, usize, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.retain(|f| {
        f.parent() != Some(&root) || !matches!(f.file_name().and_then(|n| n.to_str()), Some("lib.rs" | "main.rs"))
    });
    let lines = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        // Tests at the end of a file may use more.
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        let name = file.strip_prefix(&root).unwrap().to_path_buf();
        code.lines().enumerate().map(|(n, l)| (name.clone(), n + 1, l.to_owned())).collect::<Vec<_>>()
    };
    files.into_iter().flat_map(lines).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn module_of(file: &Path) -> String {
    let first = file.iter().next().unwrap_or_default().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
