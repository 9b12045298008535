//! What a file says it is, before anything in it is trusted or changed: a store has its own application id.
//!
//! Read by SQLite as a file that nobody changes, which neither cleans up after another program's crash nor takes a lock.
//! Not by this program itself: whoever closes a file gives up all locks that the process holds on it
//! (sqlite.org/howtocorrupt.html, 2.2), and with them another connection's claim to the write-ahead log.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{Result, StoreError};
use super::open::cannot_open;

/// "clmd": tells a store of claims from every other SQLite file.
pub(super) const APPLICATION_ID: i64 = 0x636C_6D64;

/// Refuses a file that is no store. One that is not there, or empty, is none yet.
pub(super) fn check(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot_open(path, error)),
        Ok(file) if file.is_file() && file.len() == 0 => return Ok(()),
        Ok(file) if file.is_dir() => return Err(cannot_open(path, "it is a folder")),
        Ok(_) => {}
    }
    let foreign = |what: String| Err(StoreError::Foreign { path: path.into(), what });
    match application_id(path) {
        Ok(APPLICATION_ID) => Ok(()),
        Ok(0) => foreign("it is the SQLite database of another program".into()),
        Ok(id) => foreign(format!("it is the SQLite database of another program (application id {id:#x})")),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => foreign("it is not an SQLite database".into()),
            // What the system says of a file that it doesn't open says more.
            Some(ErrorCode::CannotOpen) => {
                Err(File::open(path).map_or_else(|why| cannot_open(path, why), |_| cannot_open(path, error)))
            }
            _ => Err(error.into()),
        },
    }
}

fn application_id(path: &Path) -> rusqlite::Result<i64> {
    let db = as_it_lies(path)?;
    // Else a file whose last pages still wait in the log, as in the middle of a checkpoint, is taken for damaged.
    db.pragma_update(None, "writable_schema", true)?;
    db.query_row("PRAGMA application_id", [], |row| row.get(0))
}

/// Opens a file as SQLite reads one that nobody changes: without its log, and without locks.
pub(super) fn as_it_lies(path: &Path) -> rusqlite::Result<Connection> {
    let path = path.canonicalize().unwrap_or_else(|_| path.into());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    #[cfg_attr(not(test), expect(unused_mut, reason = "watched in tests"))]
    let mut db = Connection::open_with_flags(immutable_uri(&path), flags)?;
    #[cfg(test)]
    super::statements::watch(&mut db)?;
    Ok(db)
}

/// The file's name as SQLite takes one that nobody changes (sqlite.org/uri.html).
fn immutable_uri(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri += &format!("%{byte:02X}"),
        }
    }
    uri + "?immutable=1"
}
