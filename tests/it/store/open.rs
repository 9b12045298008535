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
    for _ in 0..5 {
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
    }
}
