//! Takes articles in, many to a transaction, with their claims, full text, facets, sort keys and counts written along.
//!
//! Within a transaction nothing is counted, looked up or merged that a bare insert of the same rows would not need:
//! what belongs to many claims is gathered and written once, before the commit.

mod furniture;
mod insert;
mod key_edits;
mod known;
mod prepared;
mod versions;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::by_hash::HashEdits;
use super::counters::Counts;
use super::decide::{Projector, row_of};
use super::error::Result;
use super::facets::Edits;
use super::joined::Heads;
use super::open::READ_CACHE;
use super::waits::Told;
use super::{Store, joined, log, source_log};
use crate::domain::{Decision, Moment, NewArticle, SourceDecision};

pub(super) use key_edits::KeyEdits;
use known::Known;
pub use prepared::Prepared;
pub(super) use prepared::source_name;
pub(super) use versions::meta_of;
pub(super) use words::WordEdits;

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not in the store.
    New {
        /// Claims in it.
        claims: u32,
    },
    /// Its text was in the store.
    Known,
    /// Another text of its document was in the store, which this one replaces.
    NewVersion {
        /// Its version, from 2.
        version: u32,
        /// Claims whose words stood in the version before, and which keep its decisions.
        carried: u32,
        /// Claims whose words are new.
        changed: u32,
    },
}

/// What a transaction holds, by which it is told when it is to be written.
#[derive(Clone, Copy)]
struct Size {
    claims: usize,
    text: usize,
}

/// Where others tell that they wait, and get in when they do: most pages of an index change in each transaction, so that long
/// ones write fewer. Memory and the log stay bounded.
const LONG: Size = Size { claims: 131_072, text: 32 << 20 };
/// Where nobody can tell: large enough that the cost of a commit is spread thin, small enough that others who write wait a
/// moment only.
const SHORT: Size = Size { claims: 32_768, text: 8 << 20 };
/// Where somebody waits: a script that decides without end is not to be all that gets in.
const LEAST: Size = Size { claims: 1_024, text: 256 << 10 };
const MAX_DECISIONS: usize = 4_096;
/// How long a transaction is open at most: an older program tells nothing, and gives up after ten seconds.
const OPEN: Duration = Duration::from_secs(3);
/// Claims, or bytes of text, between two looks at whether somebody waits.
const LOOK_CLAIMS: usize = 128;
const LOOK_TEXT: usize = 64 << 10;
/// Between two transactions: longer than others take to look again whether they can write.
const PAUSE: Duration = Duration::from_millis(3);

/// KiB of pages held while loading, written as SQLite wants it: new ids fall all over their indexes.
const LOAD_CACHE: i64 = -64_000;

/// Pages in the write-ahead log before they go into the store: most pages of an index change in every transaction of
/// a load, and are then written back once for several.
const LOAD_CHECKPOINT: i64 = 8_192;
/// SQLite's own bound.
const CHECKPOINT: i64 = 1_000;

/// Takes articles and decisions in. What was added is in the store once a later call or `finish` has committed it;
/// a loader that is dropped leaves out what it had not committed.
pub struct Loader<'s> {
    store: &'s mut Store,
    open: bool,
    /// Whether the connection has the memory that a load needs.
    roomy: bool,
    /// Where others tell that they wait.
    told: Option<Told>,
    since: Instant,
    /// Stretches of the transaction after which it was looked whether somebody waits.
    looks: usize,
    pending: Pending,
    known: Known,
    /// Sources that are counted under another's name.
    heads: Heads,
    next_claim: i64,
    decisions_wait: bool,
    /// Whether somebody wants the load to end.
    wanted: Box<dyn Fn() -> bool + 's>,
}

/// What the open transaction has still to write.
#[derive(Default)]
struct Pending {
    claims: usize,
    text: usize,
    decisions: usize,
    edits: Edits,
    counts: Counts,
    keys: KeyEdits,
    words: WordEdits,
    hashes: HashEdits,
}

impl Pending {
    fn reaches(&self, size: Size) -> bool {
        self.claims >= size.claims || self.text >= size.text
    }

    /// Counts anew after a commit. What was gathered is written by then, and the memory it took serves again.
    fn begin_again(&mut self) {
        (self.claims, self.text, self.decisions) = (0, 0, 0);
    }

    fn write(&mut self, db: &Connection) -> Result<()> {
        self.edits.write(db)?;
        self.counts.write(db)?;
        self.write_read_again(db)
    }

    /// Writes what decisions on a claim read: where it is; and, as an edit moves it in the order by source, and in full
    /// text, what stands there.
    fn write_read_again(&mut self, db: &Connection) -> Result<()> {
        self.keys.write(db)?;
        self.hashes.write(db)?;
        self.words.write(db)
    }
}

impl Store {
    /// Begins to take articles in. Other processes may write between its transactions.
    pub fn loader(&mut self) -> Loader<'_> {
        Loader {
            store: self,
            open: false,
            roomy: false,
            told: None,
            since: Instant::now(),
            looks: 0,
            pending: Pending::default(),
            known: Known::default(),
            heads: Heads::default(),
            next_claim: 0,
            decisions_wait: false,
            wanted: Box::new(|| false),
        }
    }
}

impl<'s> Loader<'s> {
    /// Has it ask, in the middle of a very long article, whether somebody wants the load to end: then that article is
    /// left out, with [`StoreError::Interrupted`](super::StoreError::Interrupted).
    pub fn until(mut self, wanted: impl Fn() -> bool + 's) -> Self {
        self.wanted = Box::new(wanted);
        self
    }
}

impl Loader<'_> {
    /// Adds an article, or the next version of one, or nothing where its text is known at its place.
    ///
    /// After `WrongId` the load may go on; after any other error what was added since the last commit is not kept.
    pub fn add(&mut self, article: &NewArticle, loaded_at: Moment) -> Result<Added> {
        self.add_prepared(&Prepared::of(Cow::Borrowed(article))?, loaded_at)
    }

    /// The same with an article that another thread has prepared.
    pub fn add_prepared(&mut self, article: &Prepared<'_>, loaded_at: Moment) -> Result<Added> {
        if article.is_long() {
            // Should it be given up, what came before it stays.
            let committed = self.commit();
            self.keep_or_forget(committed)?;
        }
        self.begin()?;
        let added = self.place(article, loaded_at).and_then(|added| self.commit_when_full().map(|()| added));
        self.keep_or_forget(added)
    }

    /// Adds decisions that were made elsewhere; those that are here already change nothing. Gives back how many were new.
    pub fn add_decisions(&mut self, decisions: &[Decision]) -> Result<usize> {
        self.begin()?;
        let added = self.add_decisions_in_transaction(decisions);
        self.keep_or_forget(added)
    }

    /// Adds decisions on sources that were made elsewhere; those that are here already change nothing. Gives back how
    /// many were new.
    pub fn add_source_decisions(&mut self, decisions: &[SourceDecision]) -> Result<usize> {
        self.begin()?;
        let added = self.add_source_decisions_in_transaction(decisions);
        self.keep_or_forget(added)
    }

    /// Writes what is still open. What was added is durable when this returns.
    pub fn finish(mut self) -> Result<()> {
        let committed = self.commit();
        self.keep_or_forget(committed)
    }

    fn db(&self) -> &Connection {
        &self.store.db
    }

    fn begin(&mut self) -> Result<()> {
        if self.open {
            return Ok(());
        }
        if !std::mem::replace(&mut self.roomy, true) {
            self.db().pragma_update(None, "cache_size", LOAD_CACHE)?;
            self.db().pragma_update(None, "wal_autocheckpoint", LOAD_CHECKPOINT)?;
            // A load refers to nothing but rows that it has just looked up or written.
            self.db().pragma_update(None, "foreign_keys", false)?;
            self.told = self.store.waits.begin();
        }
        self.db().execute_batch("BEGIN IMMEDIATE")?;
        self.open = true;
        (self.since, self.looks) = (Instant::now(), 0);
        self.told = self.told.take().and_then(Told::anew);
        let begun = begin(self.db());
        (self.next_claim, self.decisions_wait, self.heads) = self.keep_or_forget(begun)?;
        Ok(())
    }

    /// After an error nothing of the open transaction is kept.
    fn keep_or_forget<T>(&mut self, done: Result<T>) -> Result<T> {
        if done.is_err() {
            self.roll_back();
        }
        done
    }

    fn roll_back(&mut self) {
        if std::mem::take(&mut self.open) && !self.db().is_autocommit() {
            // Where even this fails, SQLite rolls back by itself when the file is opened next.
            let _ = self.db().execute_batch("ROLLBACK");
        }
        self.pending = Pending::default();
        self.known = Known::default();
    }

    fn commit_when_full(&mut self) -> Result<()> {
        let pending = &self.pending;
        let most = if self.told.is_some() { LONG } else { SHORT };
        if pending.reaches(most) || pending.decisions >= MAX_DECISIONS {
            return self.make_way();
        }
        let looks = pending.claims / LOOK_CLAIMS + pending.text / LOOK_TEXT;
        if std::mem::replace(&mut self.looks, looks) == looks {
            return Ok(());
        }
        let waited_for = pending.reaches(LEAST) && self.is_waited_for();
        if waited_for || self.since.elapsed() >= OPEN { self.make_way() } else { Ok(()) }
    }

    /// Lets those write who wait for it. For somebody whose next article takes a while.
    pub fn rest(&mut self) -> Result<()> {
        if self.open && self.is_waited_for() {
            let made = self.make_way();
            self.keep_or_forget(made)?;
        }
        Ok(())
    }

    /// Whether somebody is known to wait.
    fn is_waited_for(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.has_waiting() == Some(true))
    }

    fn make_way(&mut self) -> Result<()> {
        self.commit()?;
        // Whoever waits to write, such as an analyst who decides, comes in before the next transaction.
        thread::sleep(PAUSE);
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        if !self.open {
            return Ok(());
        }
        let db = &self.store.db;
        self.pending.write(db)?;
        db.execute_batch("COMMIT")?;
        self.open = false;
        self.pending.begin_again();
        self.known.bound();
        Ok(())
    }

    fn add_decisions_in_transaction(&mut self, decisions: &[Decision]) -> Result<usize> {
        self.pending.write_read_again(&self.store.db)?;
        self.decisions_wait = true;
        let mut added = 0;
        for batch in decisions.chunks(MAX_DECISIONS) {
            self.begin()?;
            let mut touched = HashSet::new();
            for decision in batch {
                let waits = row_of(&self.store.db, decision.claim)?.is_none();
                if log::append(&self.store.db, decision, waits)? {
                    added += 1;
                    touched.insert(decision.claim);
                }
            }
            let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
            touched.iter().try_for_each(|claim| projector.decided(*claim))?;
            self.pending.decisions += batch.len();
            self.next_claim = next_claim(&self.store.db)?;
            self.commit_when_full()?;
        }
        Ok(added)
    }

    fn add_source_decisions_in_transaction(&mut self, decisions: &[SourceDecision]) -> Result<usize> {
        let mut added = 0;
        let mut touched = BTreeSet::new();
        for decision in decisions {
            if source_log::append(&self.store.db, decision)? {
                added += 1;
                touched.insert(decision.source.as_str());
            }
        }
        // Joined names are counted anew, by what is written.
        self.pending.write(&self.store.db)?;
        source_log::project(&self.store.db, touched.into_iter())?;
        self.heads = joined::all_heads(&self.store.db)?;
        self.pending.decisions += decisions.len();
        self.commit_when_full()?;
        Ok(added)
    }
}

impl Drop for Loader<'_> {
    fn drop(&mut self) {
        self.roll_back();
        // Only speed depends on it.
        if self.roomy {
            let _ = self.db().query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            let _ = self.db().pragma_update(None, "wal_autocheckpoint", CHECKPOINT);
            let _ = self.db().pragma_update(None, "cache_size", READ_CACHE);
            let _ = self.db().pragma_update(None, "foreign_keys", true);
            self.store.waits.end(self.told.take());
        }
    }
}

/// The number of the next claim, whether decisions wait for their claims, and which sources are joined.
fn begin(db: &Connection) -> Result<(i64, bool, Heads)> {
    let next = next_claim(db)?;
    let sql = "SELECT EXISTS (SELECT 1 FROM decision WHERE waiting = 1)";
    let waiting = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok((next, waiting, joined::all_heads(db)?))
}

fn next_claim(db: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) + 1 FROM claim";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::domain::{ArticleId, Meta, NewClaim};

    fn article(number: usize) -> NewArticle {
        let text = format!("Dam {number} held");
        let id = ArticleId::of_text(&text);
        let claim = NewClaim::bare(id, vec![[0, text.len() as u32]], &text);
        NewArticle { id, text, meta: Meta::default(), rules: 1, claims: vec![claim], hidden: Vec::new() }
    }

    #[test]
    fn who_waits_gets_in_long_before_a_transaction_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let (mut store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let written = &AtomicBool::new(false);
        let mut loader = store.loader();
        let mut loaded = 0;
        let mut add = |loader: &mut Loader<'_>| {
            // However slow the machine is: it is not the time that ends the transaction.
            loader.since = Instant::now();
            loader.add(&article(loaded), Moment(7)).unwrap();
            loaded += 1;
        };
        add(&mut loader);
        thread::scope(|scope| {
            scope.spawn(move || {
                other.db.execute_batch("BEGIN IMMEDIATE; ROLLBACK").unwrap();
                written.store(true, Ordering::Release);
            });
            while !written.load(Ordering::Acquire) {
                add(&mut loader);
            }
        });
        loader.finish().unwrap();
        assert!((LEAST.claims..LONG.claims).contains(&loaded), "{loaded}");
        assert_eq!(next_claim(&store.db).unwrap() as usize, loaded + 1);
    }

    #[test]
    fn who_waits_while_no_article_comes_gets_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let (mut store, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let mut loader = store.loader();
        loader.add(&article(0), Moment(7)).unwrap();
        loader.rest().unwrap();
        assert!(loader.open, "nobody waits");
        thread::scope(|scope| {
            let waiting = scope.spawn(move || other.db.execute_batch("BEGIN IMMEDIATE; ROLLBACK"));
            while !waiting.is_finished() {
                loader.rest().unwrap();
            }
            waiting.join().unwrap().unwrap();
        });
        assert!(!loader.open);
    }
}
