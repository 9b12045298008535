//! Opens a store: makes a new one, refuses what is none, brings an older one up to date after copying it aside.
//!
//! Every file is taken for hostile until it has shown what it is; nothing is written to it before.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior};

use super::error::{Result, StoreError};
use super::header::{self, APPLICATION_ID};

/// The migrations in order; a store's version is how many it has been through.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_ledger.sql"),
    include_str!("../../migrations/0003_sources.sql"),
    include_str!("../../migrations/0004_decks.sql"),
    include_str!("../../migrations/0005_added.sql"),
    include_str!("../../migrations/0006_source_words.sql"),
    include_str!("../../migrations/0007_news.sql"),
    include_str!("../../migrations/0008_joined.sql"),
    include_str!("../../migrations/0009_furniture.sql"),
    include_str!("../../migrations/0010_batches.sql"),
    include_str!("../../migrations/0011_by_hash.sql"),
    include_str!("../../migrations/0012_next_versions.sql"),
];

/// The version that this program writes.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Bytes in a page of a new store. Two articles of usual length leave a quarter of SQLite's default of 4096 empty,
/// and a piece of sort keys does not fit into it.
const PAGE_SIZE: i64 = 8192;
/// How often somebody who waits to write looks whether they can. SQLite's own waiting soon looks ten times a second
/// only, and would miss every pause between the transactions of a load.
const LOOK: Duration = Duration::from_millis(1);
/// How often at most: for some ten seconds.
const LOOKS: i32 = 10_000;
const STATEMENTS: usize = 128;
/// KiB of pages held, written as SQLite wants it.
pub(super) const READ_CACHE: i64 = -8_000;
/// The same for a connection that stands beside another in a review, which is to stay under 25 MB in all.
const SIDE_CACHE: i64 = -3_000;

/// Opens the store to read and write; makes it, with its folder, where there is none.
pub(super) fn open(path: &Path) -> Result<Connection> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| cannot_open(path, e))?;
    }
    if !path.exists() {
        make(path)?;
    }
    open_made(path)
}

/// Makes a new store beside its place and puts it there whole: nobody ever opens half of one, and where several make
/// it at once, all use the one that was quickest.
fn make(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claims-").suffix(".new");
    // As SQLite itself would make it: others may read unless the umask says otherwise.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    // What went wrong with the file beside it is told of the one that was asked for.
    let made = builder.tempfile_in(folder).map_err(|e| cannot_open(path, io::Error::from(e.kind())))?.into_temp_path();
    drop(open_made(&made).map_err(|error| match error {
        StoreError::Open { reason, .. } => cannot_open(path, reason),
        other => other,
    })?);
    match made.persist_noclobber(path) {
        Err(failed) if failed.error.kind() != ErrorKind::AlreadyExists => Err(cannot_open(path, failed.error)),
        _ => Ok(()),
    }
}

fn open_made(path: &Path) -> Result<Connection> {
    let mut db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let version = version(&db, path)?;
    if version != Some(VERSION) {
        migrate(&mut db, path, version)?;
    }
    let mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(cannot_open(
            path,
            format_args!("it needs a write-ahead log, and the journal mode stays \"{mode}\""),
        ));
    }
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
    Ok(db)
}

/// Opens a store that exists, to read: as for a writer, who brings an older one up to date and leaves nothing beside it;
/// as it lies on disk where it may not be written.
pub(super) fn open_to_read(path: &Path) -> Result<Connection> {
    match open_made(path) {
        Err(StoreError::ReadOnly | StoreError::Io(_)) => open_as_it_lies(path),
        other => other,
    }
}

/// Opens a store where neither it nor a file beside it may be written, as SQLite's log would need.
fn open_as_it_lies(path: &Path) -> Result<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        let waits = "it may not be written, and what was decided last waits in its -wal file";
        return open_reader(path).map_err(|_| cannot_open(path, waits));
    }
    header::check(path)?;
    let mut db = header::as_it_lies(path).map_err(|e| cannot_open(path, e))?;
    set_up(&mut db, path)?;
    up_to_date(db, path)
}

/// A store with nothing in it that is on no disk.
pub(super) fn empty() -> Result<Connection> {
    let place = Path::new("memory");
    let mut db = Connection::open_in_memory().map_err(|e| cannot_open(place, e))?;
    set_up(&mut db, place)?;
    migrate(&mut db, place, None)?;
    Ok(db)
}

/// Opens a store that exists, to read only.
pub(super) fn open_reader(path: &Path) -> Result<Connection> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.pragma_update(None, "cache_size", SIDE_CACHE)?;
    up_to_date(db, path)
}

/// The connection, where nothing has to be written before it is read.
fn up_to_date(db: Connection, path: &Path) -> Result<Connection> {
    match version(&db, path)? {
        Some(VERSION) => Ok(db),
        Some(old) => Err(cannot_open(path, format_args!("its version {old} has to be brought to {VERSION} first"))),
        None => Err(StoreError::Foreign { path: path.into(), what: "it is empty".into() }),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    header::check(path)?;
    let mut db = Connection::open_with_flags(path, flags).map_err(|e| cannot_open(path, e))?;
    // SQLite opens a file that it may not write all the same, and would leave files of its own beside it.
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) && db.is_readonly(MAIN_DB)? {
        return Err(StoreError::ReadOnly);
    }
    set_up(&mut db, path)?;
    Ok(db)
}

/// What holds for every connection, before the first read.
fn set_up(db: &mut Connection, path: &Path) -> Result<()> {
    #[cfg(test)]
    super::statements::watch(db)?;
    db.busy_handler(Some(wait_for_others))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // A store may come from anybody: its schema runs nothing, and a cell that lies about its size is seen.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Plans don't depend on what is bound: else SQLite parses and plans a statement anew for each new value of a LIMIT.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "cache_size", READ_CACHE)?;
    db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;")
        .map_err(|e| of_first_read(path, e))
}

/// Waits a moment for others who write; false once that takes too long.
pub(super) fn wait_for_others(times: i32) -> bool {
    thread::sleep(LOOK);
    times < LOOKS
}

/// The store's version; none where nothing is in the file yet.
fn version(db: &Connection, path: &Path) -> Result<Option<i64>> {
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let found = number("PRAGMA user_version").map_err(|e| of_first_read(path, e))?;
    if found == 0 && number("PRAGMA application_id")? == 0 {
        return Ok(None);
    }
    if found > VERSION {
        return Err(StoreError::Newer { path: path.into(), found, known: VERSION });
    }
    if found < 1 {
        return Err(StoreError::Damaged(format!("{} has the version {found}", path.display())));
    }
    check_schema(db, path)?;
    Ok(Some(found))
}

/// A store has no triggers and no views: what a hostile one could run when it is read.
fn check_schema(db: &Connection, path: &Path) -> Result<()> {
    let sql = "SELECT type || ' \"' || name || '\"' FROM sqlite_schema WHERE type NOT IN ('table', 'index') LIMIT 1";
    match db.query_row(sql, [], |row| row.get::<_, String>(0)) {
        Ok(what) => Err(StoreError::Foreign { path: path.into(), what: format!("it has a {what}, stores have none") }),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        Err(error) => Err(of_first_read(path, error)),
    }
}

fn migrate(db: &mut Connection, path: &Path, from: Option<i64>) -> Result<()> {
    match from {
        Some(from) => copy_aside(db, path, from)?,
        None => db.pragma_update(None, "page_size", PAGE_SIZE)?,
    }
    // A table that others refer to can be replaced by another one of its name.
    db.pragma_update(None, "foreign_keys", false)?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let done: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for sql in MIGRATIONS.iter().skip(done.max(0) as usize) {
        transaction.execute_batch(sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(db.pragma_update(None, "foreign_keys", true)?)
}

/// A whole copy beside the store, named after its version; a copy that is already there is not touched.
pub(super) fn copy_aside(db: &Connection, path: &Path, version: i64) -> Result<()> {
    let copy = copy_name(path, version);
    if copy.exists() {
        return Ok(());
    }
    db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    Ok(())
}

/// Where the copy of a store goes before it is migrated: `claims.db` of version 1 to `claims.db.v1`.
fn copy_name(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".v{version}"));
    name.into()
}

pub(super) fn cannot_open(path: &Path, reason: impl std::fmt::Display) -> StoreError {
    StoreError::Open { path: path.into(), reason: reason.to_string() }
}

/// The first read is where SQLite notices what a file is.
fn of_first_read(path: &Path, error: rusqlite::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Damaged(what) => StoreError::Damaged(format!("{}: {what}", path.display())),
        StoreError::Io(what) => cannot_open(path, what),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_copied_aside_whole_and_a_copy_that_is_there_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let db = open(&path).unwrap();
        db.execute("INSERT INTO phrase (text) VALUES ('kept')", []).unwrap();
        copy_aside(&db, &path, 1).unwrap();
        db.execute("DELETE FROM phrase", []).unwrap();
        copy_aside(&db, &path, 1).unwrap();
        let copy = open_reader(&folder.path().join("claims.db.v1")).unwrap();
        let text: String = copy.query_row("SELECT text FROM phrase", [], |row| row.get(0)).unwrap();
        assert_eq!(text, "kept");
    }

    #[test]
    fn every_migration_says_why_first() {
        assert!(MIGRATIONS.iter().all(|sql| sql.starts_with("-- ")));
    }
}
