//! Those who wait to write tell a load so, for which SQLite has no means: by a lock on a file beside the store, which the
//! system takes off them when they end, however they do. So a transaction of a load may be long, and is short where it is in
//! somebody's way. Knows no SQL.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::error::Result;
use super::open::wait_for_others;

/// Looks after which one who waits opens the file anew: a load may have begun since.
const AGAIN: i32 = 64;

/// What a connection that may load knows of the file.
#[derive(Debug)]
pub(super) struct Waits {
    /// None where the store is on no disk.
    place: Option<PathBuf>,
    /// Whether the connection loads. Two loads take turns when their transactions are full: if they told each other, they
    /// would drive each other to short ones.
    loads: Arc<AtomicBool>,
}

/// The same connection as one that waits.
struct Waiter {
    place: Option<PathBuf>,
    loads: Arc<AtomicBool>,
    file: Option<File>,
}

/// The file of a load, where others look for it.
#[derive(Debug)]
pub(super) struct Told {
    place: PathBuf,
    file: File,
}

impl Waits {
    /// Has a connection tell that it waits.
    pub(super) fn of(db: &mut Connection) -> Result<Self> {
        let place = db.path().filter(|path| !path.is_empty()).map(|path| place_beside(Path::new(path)));
        let loads = Arc::default();
        let mut waiter = Waiter { place: place.clone(), loads: Arc::clone(&loads), file: None };
        db.busy_handler(Some(move |times: i32| {
            waiter.tell(times);
            let goes_on = wait_for_others(times);
            // Nobody says when the waiting is over, so it is told for a moment each time.
            waiter.hush();
            goes_on
        }))?;
        Ok(Self { place, loads })
    }

    /// Has others tell this connection that they wait, until [`Waits::end`]; none where they can't.
    pub(super) fn begin(&self) -> Option<Told> {
        self.loads.store(true, Ordering::Release);
        let place = self.place.clone()?;
        let told = Told { file: made(&place)?, place };
        // Where locks are not to be had, nobody could tell.
        told.has_waiting().is_some().then_some(told)
    }

    /// The connection loads no more.
    pub(super) fn end(&self, told: Option<Told>) {
        self.loads.store(false, Ordering::Release);
        // What is left over does no harm, and serves the next load.
        told.into_iter().for_each(|told| drop(fs::remove_file(told.place)));
    }
}

impl Waiter {
    fn tell(&mut self, times: i32) {
        if times % AGAIN == 0 {
            let wanted = self.place.as_ref().filter(|_| !self.loads.load(Ordering::Acquire));
            self.file = wanted.and_then(|place| opened(place));
        }
        // Where the load looks this very moment, it is told the next time.
        self.file.as_ref().map(File::try_lock_shared);
    }

    fn hush(&self) {
        self.file.as_ref().map(File::unlock);
    }
}

impl Told {
    /// Whether somebody waits; none where that can't be found out.
    pub(super) fn has_waiting(&self) -> Option<bool> {
        match self.file.try_lock() {
            Ok(()) => self.file.unlock().ok().map(|()| false),
            Err(TryLockError::WouldBlock) => Some(true),
            Err(TryLockError::Error(_)) => None,
        }
    }

    /// The file that others find now: another load may have taken it away when it ended.
    pub(super) fn anew(self) -> Option<Self> {
        Some(Self { file: made(&self.place)?, place: self.place })
    }
}

/// `claims.db` has `claims.db-waits`.
fn place_beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push("-waits");
    name.into()
}

/// The file of a load, if there is one. Nothing is ever written to it, so that it may be somebody else's.
fn opened(place: &Path) -> Option<File> {
    // A pipe of that name would be waited for.
    fs::metadata(place).ok().filter(fs::Metadata::is_file)?;
    File::open(place).ok()
}

fn made(place: &Path) -> Option<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(place).ok()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::store::Store;

    #[test]
    fn a_load_is_told_while_somebody_waits_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let (store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let told = store.waits.begin().unwrap();
        assert_eq!(told.has_waiting(), Some(false));
        store.db.execute_batch("BEGIN IMMEDIATE").unwrap();
        thread::scope(|scope| {
            let waiting = scope.spawn(move || other.db.execute_batch("BEGIN IMMEDIATE; ROLLBACK").unwrap());
            while told.has_waiting() == Some(false) {
                assert!(!waiting.is_finished(), "it waited and was not seen");
            }
            store.db.execute_batch("ROLLBACK").unwrap();
        });
        assert_eq!(told.has_waiting(), Some(false));
        store.waits.end(Some(told));
        assert!(!place_beside(&path).exists());
    }

    #[test]
    fn two_loads_do_not_tell_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let place = Some(folder.path().join("claims.db-waits"));
        let (load, loads) = (Waits { place: place.clone(), loads: Arc::default() }, Arc::new(AtomicBool::new(false)));
        let told = load.begin().unwrap();
        let mut waiter = Waiter { place, loads: Arc::clone(&loads), file: None };
        waiter.tell(0);
        assert_eq!(told.has_waiting(), Some(true));
        waiter.hush();
        loads.store(true, Ordering::Release);
        waiter.tell(0);
        assert_eq!(told.has_waiting(), Some(false));
    }

    #[test]
    fn a_store_on_no_disk_is_told_nothing() {
        assert!(Store::empty().unwrap().waits.begin().is_none());
    }
}
