//! Stores that are opened, shared, foreign, newer or damaged.

use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use claimdeck::domain::*;
use claimdeck::store::{Store, StoreError};

use super::sample::{Desk, by, status};

fn refused(path: &Path) -> StoreError {
    let before = fs::read(path).unwrap();
    let error = Store::open(path).err().expect("refused");
    assert_eq!(fs::read(path).unwrap(), before, "a refused file is left as it was");
    assert!(Store::open_reader(path).is_err());
    error
}

#[test]
fn a_new_store_is_made_with_its_folder_and_opens_again() {
    let desk = Desk::new();
    let path = desk.folder.path().join("some/new/folder/claims.db");
    drop(Store::open(&path).unwrap());
    let store = Store::open(&path).unwrap();
    assert_eq!(store.stats().unwrap().claims, 0);
    assert_eq!(store.page(&Deck::default(), Seek::First, 5).unwrap().claims, []);
}

#[test]
fn an_empty_file_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.db");
    fs::write(&path, "").unwrap();
    assert_eq!(Store::open(&path).unwrap().stats().unwrap().claims, 0);
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(
        &path,
        "some notes of mine, longer than the header of a database would be, which is a hundred bytes or so",
    )
    .unwrap();
    let error = refused(&path);
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    assert!(error.to_string().contains("notes.txt"), "{error}");
    fs::write(&path, "S").unwrap();
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
}

#[test]
fn what_is_written_before_a_reader_looks_is_seen_and_a_reader_writes_nothing() {
    let mut desk = Desk::with(&["One rose."]);
    let mut reader = Store::open_reader(&desk.path()).unwrap();
    desk.decide("ana", 1, "One rose", status(Status::Verified));
    let deck = Deck { query: "status:verified".into(), ..Deck::default() };
    assert_eq!(reader.page(&deck, Seek::First, 5).unwrap().claims.len(), 1);
    let id = desk.id("One rose");
    let error = reader.decide(&by("bo", 2), &[(id, status(Status::Refuted))]).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly), "{error}");
}

#[test]
fn a_store_that_is_not_there_is_not_made_by_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.db");
    assert!(matches!(Store::open_reader(&path), Err(StoreError::Open { .. })));
    assert!(!path.exists());
}

#[test]
fn many_who_open_and_decide_at_once_lose_nothing() {
    const HANDS: usize = 6;
    const ACTS: usize = 10;
    let desk = Desk::with(&["One rose. Two rose."]);
    let ids: Vec<_> = desk.claims("", Order::Article).iter().map(|c| c.id).collect();
    let (path, start) = (desk.path(), Barrier::new(HANDS));
    thread::scope(|scope| {
        for hand in 0..HANDS {
            let (path, start, ids) = (&path, &start, &ids);
            scope.spawn(move || {
                start.wait();
                let mut store = Store::open(path).unwrap();
                for act in 0..ACTS {
                    let claim = ids[(hand + act) % 2];
                    let by = by(&format!("analyst {hand}"), act as i64);
                    store.decide(&by, &[(claim, status(Status::Verified))]).unwrap();
                }
            });
        }
    });
    let mut count = 0;
    desk.store
        .for_each_decision("", |_| {
            count += 1;
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(count, HANDS * ACTS);
}

#[test]
fn many_who_make_a_store_at_once_make_one() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let start = Barrier::new(6);
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    start.wait();
                    Store::open(&path).unwrap().stats().unwrap();
                });
            }
        });
        // Nothing half-made is left beside it. Of two who close at the same moment SQLite takes neither for the last, and
        // leaves the log to the next.
        drop(Store::open(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

fn sql(path: &Path, statements: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn another_programs_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    sql(&path, "CREATE TABLE mail (id INTEGER PRIMARY KEY); PRAGMA user_version = 3;");
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    sql(&path, "PRAGMA application_id = 77;");
    let error = refused(&path).to_string();
    assert!(error.contains("another program") && error.contains("0x4d"), "{error}");
}

#[test]
fn a_store_of_the_first_version_is_copied_aside_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let first = include_str!("../../../migrations/0001_start.sql");
    sql(&path, &format!("{first} PRAGMA application_id = {}; PRAGMA user_version = 1;", 0x636C_6D64));
    sql(&path, "INSERT INTO source (name, fold, kind, claims, refuted) VALUES ('Ada', 'ada', 1, 2, 1);");
    let store = Store::open(&path).unwrap();
    let ledger = Ledger { order: LedgerOrder::Refuted, letters: "ad".into() };
    let sources = store.sources(&ledger, &SourceSeek::First, 9).unwrap().sources;
    assert_eq!((sources.len(), sources[0].record().unwrap().refuted), (1, 1));
    assert!(folder.path().join("old.db.v1").exists());
}

#[test]
fn claims_of_a_store_from_before_the_runs_are_found_by_their_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    let mut names: Vec<_> = fs::read_dir("migrations").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let before: String = names[..10].iter().map(|name| fs::read_to_string(name).unwrap() + "\n").collect();
    sql(&path, &format!("{before} PRAGMA application_id = {}; PRAGMA user_version = 10;", 0x636C_6D64));
    sql(
        &path,
        "INSERT INTO article (id, hash, rules, loaded_at, moment, version, live, first_claim, claims, reviewed)
         VALUES (1, zeroblob(16), 4, 0, 0, 1, 1, 1, 500, 1);
         WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
         INSERT INTO claim (id, hash, article, ordinal, mode, worth, origin, detail)
         SELECT i, unhex(printf('%04X%028X', (i * 40503) % 65536, i)), 1, i, 0, 0, nullif(i - 1, 0), x'' FROM n;
         INSERT INTO state (claim, state) VALUES (7, '{}');",
    );
    let store = Store::open(&path).unwrap();
    for i in [1, 2, 250, 499, 500] {
        let id = ClaimId(u128::to_be_bytes(((i * 40503) % 65536) << 112 | i));
        assert_eq!(store.find_claim(&id.to_string()).unwrap(), id);
        assert_eq!(store.short_id(id).unwrap(), id.to_string()[..5]);
    }
    drop(store);
    let db = rusqlite::Connection::open(&path).unwrap();
    let entries = "SELECT sum(length(entries)) / 12 FROM hash_bucket";
    assert_eq!(db.query_row(entries, [], |row| row.get::<_, i64>(0)).unwrap(), 500);
    assert!(!db.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
    let refused = db.execute("INSERT INTO state (claim, state) VALUES (501, '{}')", []).unwrap_err();
    assert!(refused.to_string().contains("FOREIGN KEY"), "{refused}");
}

#[test]
fn agreement_is_counted_from_what_was_decided_before_it_was_kept() {
    let mut desk = Desk::with(&["One rose. Two rose."]);
    for (now, who) in ["ana", "Bö", "c\"d"].into_iter().enumerate() {
        desk.decide(who, now as i64, "One rose", status(Status::Verified));
        desk.decide(who, now as i64, "Two rose", status(if now == 1 { Status::Refuted } else { Status::Disputed }));
    }
    let kept = desk.store.stats().unwrap().agreement;
    assert_eq!(kept.len(), 3);
    let migration = include_str!("../../../migrations/0003_sources.sql");
    let again = &migration[migration.find("INSERT INTO counter").unwrap()..];
    sql(&desk.path(), &format!("DELETE FROM counter WHERE kind = 'pair'; {again}"));
    assert_eq!(desk.store.stats().unwrap().agreement, kept);
}

#[test]
fn a_newer_store_is_refused_with_both_versions() {
    let desk = Desk::with(&["One rose."]);
    let path = desk.folder.path().join("newer.db");
    sql(&desk.path(), &format!("PRAGMA user_version = 99; VACUUM INTO '{}';", path.display()));
    let error = refused(&path);
    assert!(matches!(error, StoreError::Newer { found: 99, known: 12, .. }), "{error}");
    assert!(error.to_string().contains("version 99"), "{error}");
}

#[test]
fn a_store_that_would_run_something_when_it_is_read_is_refused() {
    for trap in
        ["CREATE TRIGGER trap AFTER INSERT ON decision BEGIN DELETE FROM claim; END;", "CREATE VIEW trap AS SELECT 1;"]
    {
        let desk = Desk::with(&["One rose."]);
        let path = desk.folder.path().join("hostile.db");
        sql(&desk.path(), &format!("{trap} VACUUM INTO '{}';", path.display()));
        let error = refused(&path).to_string();
        assert!(error.contains("\"trap\", stores have none"), "{error}");
    }
}

/// Reads and writes whatever can be, and gives back the errors. It must not panic, hang, or ask for memory without end.
fn use_it(path: &Path) -> Vec<StoreError> {
    let mut errors = Vec::new();
    let mut keep = |result: Result<(), StoreError>| errors.extend(result.err());
    let mut store = match Store::open(path) {
        Ok(store) => store,
        Err(error) => return vec![error],
    };
    keep(store.stats().map(drop));
    keep(store.articles(None, 10).map(drop));
    keep(store.sources(&Ledger::default(), &SourceSeek::First, 10).map(drop));
    let mut ids = Vec::new();
    for query in ["", "rose", "status:verified OR -has:note", "outlet:post worth:>0.1"] {
        for order in Order::ALL {
            let page = store.page(&Deck { query: query.into(), order }, Seek::First, 20);
            keep(page.map(|page| ids.extend(page.claims.iter().map(|c| (c.id, c.article.id)))));
        }
    }
    for (claim, article) in ids.into_iter().take(4) {
        keep(store.decisions(claim).map(drop));
        keep(store.article(article).map(drop));
        keep(store.decide(&by("ana", 9), &[(claim, status(Status::Refuted))]).map(drop));
        keep(store.undo(&by("ana", 10)).map(drop));
    }
    let mut loader = store.loader();
    keep(loader.add(&super::sample::article("Three rose.", "3.txt"), Moment(5)).map(drop));
    keep(loader.finish());
    errors
}

#[test]
fn a_store_with_flipped_bytes_is_survived() {
    let mut desk = Desk::with(&["One rose. Two rose.", "Four rose to the north. Five did not."]);
    desk.decide("ana", 1, "One rose", status(Status::Verified));
    let whole = desk.folder.path().join("whole.db");
    sql(&desk.path(), &format!("VACUUM INTO '{}';", whole.display()));
    let bytes = fs::read(&whole).unwrap();
    let path = desk.folder.path().join("damaged.db");
    let mut noticed = 0;
    for round in 0..66usize {
        let mut damaged = bytes.clone();
        // Several bytes in one page, and every third time the file is cut short as well.
        for step in 0..6 {
            let at = (round * 104_729 + step * 37 + 100) % damaged.len();
            damaged[at] ^= 0x5A ^ (round as u8);
        }
        if round % 3 == 0 {
            damaged.truncate(damaged.len() * (round + 1) / 70);
        }
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(desk.folder.path().join(format!("damaged.db{end}")));
        }
        fs::write(&path, &damaged).unwrap();
        let errors = use_it(&path);
        noticed += usize::from(!errors.is_empty());
        for error in errors {
            let known = matches!(
                error,
                StoreError::Damaged(_) | StoreError::Foreign { .. } | StoreError::Io(_) | StoreError::Open { .. }
            );
            assert!(known, "round {round}: {error:?}");
        }
    }
    assert!(noticed > 20, "{noticed}");
}

#[test]
fn an_interrupted_read_says_so_and_the_store_goes_on_when_told() {
    let desk = Desk::with(&["One rose."]);
    let reader = Store::open_reader(&desk.path()).unwrap();
    let handle = reader.interrupt_handle();
    thread::spawn(move || handle.interrupt()).join().unwrap();
    let page = || reader.page(&Deck::default(), Seek::First, 1);
    assert!(matches!(page(), Err(StoreError::Interrupted)));
    assert!(matches!(page(), Err(StoreError::Interrupted)));
    reader.go_on();
    assert_eq!(page().unwrap().claims.len(), 1);
}

/// The files as a kill at this moment would leave them.
fn as_killed(desk: &Desk, name: &str) -> Store {
    let folder = desk.folder.path().join(name);
    fs::create_dir(&folder).unwrap();
    for end in ["", "-wal"] {
        let from = desk.folder.path().join(format!("claims.db{end}"));
        fs::copy(from, folder.join(format!("claims.db{end}"))).unwrap();
    }
    Store::open(&folder.join("claims.db")).unwrap()
}

#[test]
fn a_kill_in_the_middle_of_a_load_leaves_whole_articles() {
    let desk = Desk::new();
    let mut store = Store::open(&desk.path()).unwrap();
    let mut loader = store.loader();
    for number in 0..50 {
        let text: String = (0..500).map(|n| format!("Item {n} of list {number} was seen. ")).collect();
        loader.add(&super::sample::article(&text, &format!("{number}.txt")), Moment(1)).unwrap();
        if number % 7 != 0 {
            continue;
        }
        let left = as_killed(&desk, &format!("kill {number}"));
        let articles = left.articles(None, 100).unwrap();
        let claims = left.count(&Deck::default(), u64::MAX).unwrap().n;
        assert!(articles.iter().all(|a| a.claims == 500) && articles.len() <= number + 1);
        assert_eq!((claims, left.stats().unwrap().claims), (articles.len() as u64 * 500, claims));
        let found = left.count(&Deck { query: "item seen".into(), ..Deck::default() }, u64::MAX).unwrap();
        assert_eq!(found.n, claims);
    }
}

#[test]
fn a_decision_is_there_after_a_kill() {
    let mut desk = Desk::with(&["One rose."]);
    for (kill, standing) in [Status::Verified, Status::Refuted].into_iter().enumerate() {
        desk.decide("ana", kill as i64, "One rose", status(standing));
        let left = as_killed(&desk, &format!("kill {kill}"));
        let deck = Deck { query: format!("status:{standing}"), ..Deck::default() };
        assert_eq!(left.page(&deck, Seek::First, 5).unwrap().claims.len(), 1);
    }
}

/// Whoever closes a store as its last user takes its log away, so each user has to be seen by all others.
#[cfg(target_os = "linux")]
#[test]
fn a_second_connection_leaves_the_first_one_its_lock() {
    use std::os::unix::fs::MetadataExt;
    let desk = Desk::with(&["One rose."]);
    let _reader = Store::open_reader(&desk.path()).unwrap();
    assert!(Store::open_reader(&desk.folder.path().join("gone.db")).is_err());
    drop(Store::open(&desk.path()).unwrap());
    let (process, file) = (std::process::id(), fs::metadata(desk.path()).unwrap().ino());
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let own = |line: &str| line.contains(&format!(" READ {process} ")) && line.contains(&format!(":{file} "));
    assert!(locks.lines().any(own), "{locks}");
}
