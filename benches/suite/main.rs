//! What claimdeck's parts cost, each beside the limit that the disk, SQLite or a bare writer sets in the same run:
//! `cargo bench -- [--claims 100000] [--folder DIR] [--only extract,load,read,decide,transfer,shapes]`
//! (`export` and `import` are the two halves of `transfer`)
//!
//! Shapes (texts made to be slow) are measured only where `--only` names them: they take some minutes.
//! With `--folder` the store is kept there and taken up again, so that a large one is built once.
#![allow(missing_docs, reason = "a program of the benchmarks, not of the product")]

mod bare;
mod decide;
mod extraction;
#[path = "../generator.rs"]
#[allow(dead_code, reason = "shared with the program that only generates")]
mod generator;
mod load;
mod pool;
mod read;
mod report;
mod shapes;
mod transfer;

use std::path::{Path, PathBuf};

use report::Report;

/// Whatever goes wrong ends the run.
pub(crate) type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// What the command line asks for.
struct Asked {
    claims: u64,
    folder: Option<PathBuf>,
    only: Vec<String>,
}

/// Where the run keeps its stores, and what is in the one that is read.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) store: PathBuf,
    pub(crate) claims: u64,
}

impl Desk {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn main() -> Done {
    let asked = asked()?;
    let scratch = tempfile::tempdir()?;
    let folder = asked.folder.clone().unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let desk = Desk { store: folder.join(format!("claims-{}.db", asked.claims)), folder, claims: asked.claims };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut report = Report::start(&format!("{} claims, {cores} cores", asked.claims));
    let wanted = |part: &str| asked.only.is_empty() || asked.only.iter().any(|only| only == part);
    if wanted("extract") {
        extraction::run(&desk, &mut report)?;
    }
    if asked.only.iter().any(|only| only == "shapes") {
        shapes::run(&mut report)?;
    }
    let asks_store = ["read", "transfer", "export", "import", "decide"].into_iter().any(wanted);
    if wanted("load") || asks_store && !desk.store.exists() {
        load::run(&desk, &mut report, wanted("load"))?;
    }
    if wanted("read") {
        read::run(&desk, &mut report)?;
    }
    if wanted("transfer") || asked.only.iter().any(|only| only == "export") {
        transfer::export(&desk, &mut report)?;
    }
    if wanted("transfer") || asked.only.iter().any(|only| only == "import") {
        transfer::import(&desk, &mut report)?;
    }
    if wanted("decide") {
        decide::run(&desk, &mut report)?;
    }
    report.end();
    Ok(())
}

fn asked() -> Done<Asked> {
    let mut asked = Asked { claims: 100_000, folder: None, only: Vec::new() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--claims" => asked.claims = value()?.replace('_', "").parse()?,
            "--folder" => asked.folder = Some(value()?.into()),
            "--only" => asked.only = value()?.split(',').map(str::to_owned).collect(),
            // cargo says so to every benchmark.
            "--bench" => {}
            other => return Err(format!("expected --claims N, --folder DIR or --only PARTS, not {other}").into()),
        }
    }
    Ok(asked)
}

/// Takes a store away, with what SQLite keeps beside it.
pub(crate) fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(name);
    }
}
