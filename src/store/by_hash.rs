//! Where a claim stands, by its hash: sorted runs, each written once, that are taken into longer ones as there are more
//! (O'Neil and others, "The Log-Structured Merge-Tree", 1996). Knows nothing of claims but their hashes and numbers.
//!
//! A run lies in buckets of some dozens of entries, found by the first bits of a hash. So looking a claim up reads one bucket
//! a run, and a load writes no page that it doesn't fill.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, params};

use super::error::{Result, damaged};
use super::select::Direction;
use crate::domain::ID_BYTES;

/// What a claim is named by.
pub(super) type Hash = [u8; ID_BYTES];

/// Claims in the longest run that is made of others: so much is written at most to merge some.
const LONGEST: usize = 1 << 20;
/// Room for so many entries is kept for the next transaction of a load.
const KEPT: usize = 1 << 16;
/// Entries that a bucket has on average, and twice as many at most.
const BUCKET: usize = 64;
/// Bytes of an entry: eight of the hash, four of the claim's number.
const ENTRY: usize = 12;
/// Bits of a row's number that are its bucket's.
const BUCKET_BITS: u32 = 24;

/// The first eight bytes of a hash, and the claim's number.
type Entry = (u64, u32);

/// Hashes that are not written yet.
#[derive(Default)]
pub(super) struct HashEdits(Vec<Entry>);

impl HashEdits {
    /// The hash of a new claim.
    pub(super) fn add(&mut self, hash: Hash, claim: i64) -> Result<()> {
        self.0.push((key(hash), u32::try_from(claim).map_err(damaged)?));
        Ok(())
    }

    /// Writes them as a run, into which go those before it that are not much longer: there are few runs, and each entry
    /// is written a few times only.
    pub(super) fn write(&mut self, db: &Connection) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let entries = &mut self.0;
        let newest = runs(db)?;
        let id = newest.first().map_or(1, |run| run.id + 1);
        for run in newest {
            if run.claims > entries.len() * 2 || run.claims + entries.len() > LONGEST {
                break;
            }
            run.take(db, entries)?;
        }
        // What was taken in is sorted already, which this sort makes use of.
        entries.sort();
        Run::write(db, id, entries)?;
        entries.clear();
        entries.shrink_to(KEPT);
        Ok(())
    }
}

/// The number of the claim with this hash.
pub(super) fn find(db: &Connection, hash: Hash) -> Result<Option<i64>> {
    for run in runs(db)? {
        for claim in run.claims_with(db, key(hash))? {
            if hash_of(db, claim)? == Some(hash) {
                return Ok(Some(claim.into()));
            }
        }
    }
    Ok(None)
}

/// The least hashes from `low` to `high`, both included, in their order.
pub(super) fn between(db: &Connection, low: Hash, high: Hash, limit: usize) -> Result<Vec<Hash>> {
    let mut found = Vec::new();
    for run in runs(db)? {
        let mut last = None;
        let mut taken = 0;
        run.walk(db, key(low), Direction::Forward, |(own, claim)| {
            // Those that begin the same are told apart by the rest.
            if own > key(high) || taken >= limit && last != Some(own) {
                return ControlFlow::Break(());
            }
            (last, taken) = (Some(own), taken + usize::from(own != key(low)));
            found.push(claim);
            ControlFlow::Continue(())
        })?;
    }
    let mut hashes = Vec::with_capacity(found.len());
    for claim in found {
        hashes.extend(hash_of(db, claim)?.filter(|hash| (low..=high).contains(hash)));
    }
    hashes.sort_unstable();
    hashes.truncate(limit);
    Ok(hashes)
}

/// The greatest hash below this one, or the least above it.
pub(super) fn next(db: &Connection, hash: Hash, direction: Direction) -> Result<Option<Hash>> {
    let nearer = |one: u64, other: u64| if direction == Direction::Forward { one < other } else { one > other };
    let (mut nearest, mut found): (Option<u64>, Vec<Entry>) = (None, Vec::new());
    for run in runs(db)? {
        run.walk(db, key(hash), direction, |entry| {
            if entry.0 != key(hash) {
                if nearest.is_some_and(|nearest| nearer(nearest, entry.0)) {
                    return ControlFlow::Break(());
                }
                nearest = Some(entry.0);
            }
            found.push(entry);
            ControlFlow::Continue(())
        })?;
    }
    let mut next: Option<Hash> = None;
    for (_, claim) in found.into_iter().filter(|(own, _)| *own == key(hash) || Some(*own) == nearest) {
        let Some(other) = hash_of(db, claim)? else { continue };
        let (beyond, closer) = match direction {
            Direction::Forward => (other > hash, next.is_none_or(|next| other < next)),
            Direction::Back => (other < hash, next.is_none_or(|next| other > next)),
        };
        if beyond && closer {
            next = Some(other);
        }
    }
    Ok(next)
}

/// A run, as it is written.
struct Run {
    id: i64,
    /// Of a hash, that say in which bucket it is.
    bits: u32,
    claims: usize,
}

/// All runs, the newest first.
fn runs(db: &Connection) -> Result<Vec<Run>> {
    let mut find = db.prepare_cached("SELECT id, bits, claims FROM hash_run ORDER BY id DESC")?;
    let mut runs = Vec::new();
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let claims = usize::try_from(row.get::<_, i64>(2)?).map_err(damaged)?;
        let run = Run { id: row.get(0)?, bits: row.get(1)?, claims };
        if run.bits > BUCKET_BITS || !(0..1 << (63 - BUCKET_BITS)).contains(&run.id) {
            return Err(damaged("a run of hashes has a number that no store gives"));
        }
        runs.push(run);
    }
    Ok(runs)
}

impl Run {
    fn write(db: &Connection, id: i64, entries: &[Entry]) -> Result<()> {
        let run = Self { id, bits: (entries.len() / BUCKET).max(1).ilog2(), claims: entries.len() };
        db.prepare_cached("INSERT INTO hash_run (id, bits, claims) VALUES (?1, ?2, ?3)")?.execute(params![
            run.id,
            run.bits,
            run.claims as i64
        ])?;
        let mut put = db.prepare_cached("INSERT INTO hash_bucket (id, entries) VALUES (?1, ?2)")?;
        let mut written = Vec::with_capacity(BUCKET * 3 * ENTRY);
        for bucket in entries.chunk_by(|a, b| run.row(a.0) == run.row(b.0)) {
            written.clear();
            for (key, claim) in bucket {
                written.extend_from_slice(&key.to_be_bytes());
                written.extend_from_slice(&claim.to_be_bytes());
            }
            put.execute(params![run.row(bucket[0].0), written])?;
        }
        Ok(())
    }

    /// Adds its entries to others, and ends it.
    fn take(&self, db: &Connection, entries: &mut Vec<Entry>) -> Result<()> {
        entries.reserve(self.claims);
        self.walk(db, 0, Direction::Forward, |entry| {
            entries.push(entry);
            ControlFlow::Continue(())
        })?;
        db.prepare_cached("DELETE FROM hash_bucket WHERE id >= ?1 AND id <= ?2")?
            .execute([self.row(0), self.row(u64::MAX)])?;
        db.prepare_cached("DELETE FROM hash_run WHERE id = ?1")?.execute([self.id])?;
        Ok(())
    }

    /// The row with the bucket of a hash that begins so.
    fn row(&self, key: u64) -> i64 {
        let bucket = key.checked_shr(u64::BITS - self.bits).unwrap_or(0);
        (self.id << BUCKET_BITS) | bucket as i64
    }

    /// The claims whose hash begins so.
    fn claims_with(&self, db: &Connection, key: u64) -> Result<Vec<u32>> {
        let mut find = db.prepare_cached("SELECT entries FROM hash_bucket WHERE id = ?1")?;
        let claims = find.query_row([self.row(key)], |row| {
            let entries = row.get_ref(0)?.as_blob()?.as_chunks::<ENTRY>().0;
            let first = entries.partition_point(|written| entry(written).0 < key);
            let same = entries[first..].iter().map(entry).take_while(|entry| entry.0 == key);
            Ok(same.map(|(_, claim)| claim).collect())
        });
        Ok(claims.optional()?.unwrap_or_default())
    }

    /// Looks at its entries from a hash on that begins so, in their order or against it, until it is enough.
    fn walk(
        &self,
        db: &Connection,
        from: u64,
        direction: Direction,
        mut look: impl FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<()> {
        let sql = match direction {
            Direction::Forward => "SELECT entries FROM hash_bucket WHERE id >= ?1 AND id <= ?2 ORDER BY id",
            Direction::Back => "SELECT entries FROM hash_bucket WHERE id >= ?2 AND id <= ?1 ORDER BY id DESC",
        };
        let end = if direction == Direction::Forward { u64::MAX } else { 0 };
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query([self.row(from), self.row(end)])?;
        while let Some(row) = rows.next()? {
            let entries = row.get_ref(0)?.as_blob().map_err(damaged)?.as_chunks::<ENTRY>().0;
            let done = match direction {
                Direction::Forward => entries.iter().map(entry).filter(|entry| entry.0 >= from).try_for_each(&mut look),
                Direction::Back => {
                    entries.iter().rev().map(entry).filter(|entry| entry.0 <= from).try_for_each(&mut look)
                }
            };
            if done.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn entry(written: &[u8; ENTRY]) -> Entry {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *written;
    (u64::from_be_bytes([a, b, c, d, e, f, g, h]), u32::from_be_bytes([i, j, k, l]))
}

/// What a hash is sorted by.
fn key(hash: Hash) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = hash;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

fn hash_of(db: &Connection, claim: u32) -> Result<Option<Hash>> {
    let mut find = db.prepare_cached("SELECT hash FROM claim WHERE id = ?1")?;
    Ok(find.query_row([claim], |row| row.get(0)).optional()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::btree_map::Entry;

    use proptest::prelude::*;

    use super::*;
    use crate::store::Store;

    /// A store that knows nothing but hashes.
    struct Desk {
        store: Store,
        all: BTreeMap<Hash, i64>,
    }

    impl Desk {
        fn new() -> Self {
            let store = Store::empty().unwrap();
            store.db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            Self { store, all: BTreeMap::new() }
        }

        fn add(&mut self, hashes: impl IntoIterator<Item = Hash>) {
            let mut edits = HashEdits::default();
            for hash in hashes {
                let claim = self.all.len() as i64 + 1;
                let Entry::Vacant(free) = self.all.entry(hash) else { continue };
                let sql = "INSERT INTO claim (id, hash, article, ordinal, mode, worth, detail) VALUES (?1, ?2, 1, 1, 1, 1, x'')";
                self.store.db.execute(sql, params![claim, hash]).unwrap();
                edits.add(hash, *free.insert(claim)).unwrap();
            }
            edits.write(&self.store.db).unwrap();
        }

        fn runs(&self) -> Vec<usize> {
            runs(&self.store.db).unwrap().into_iter().map(|run| run.claims).collect()
        }
    }

    /// Hashes of which many begin the same.
    fn hash(number: u32) -> Hash {
        let spread = number.wrapping_mul(0x9E37_79B9);
        let mut hash = [0; ID_BYTES];
        hash[..4].copy_from_slice(&(spread & 0xFFF0_0000).to_be_bytes());
        hash[12..].copy_from_slice(&spread.to_be_bytes());
        hash
    }

    #[test]
    fn a_run_takes_in_those_that_are_not_much_longer() {
        let mut desk = Desk::new();
        for number in 0..100 {
            desk.add((number * 10..number * 10 + 10).map(hash));
        }
        let runs = desk.runs();
        assert!(runs.len() <= 7 && runs.iter().sum::<usize>() == desk.all.len(), "{runs:?}");
        let rows: i64 = desk.store.db.query_row("SELECT count(*) FROM hash_bucket", [], |row| row.get(0)).unwrap();
        assert!(rows < 40, "{rows}");
    }

    #[test]
    fn a_run_in_one_bucket_begins_and_ends_in_it() {
        let run = Run { id: 3, bits: 0, claims: 1 };
        assert_eq!((run.row(0), run.row(u64::MAX)), (3 << 24, 3 << 24));
        let run = Run { id: 3, bits: 24, claims: 1 };
        assert_eq!(run.row(u64::MAX), (4 << 24) - 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn claims_are_found_as_in_an_index(
            batches in prop::collection::vec(prop::collection::vec(0u32..3000, 1..300), 1..8),
            asked in prop::collection::vec(0u32..3000, 20),
        ) {
            let mut desk = Desk::new();
            batches.into_iter().for_each(|batch| desk.add(batch.into_iter().map(hash)));
            let db = &desk.store.db;
            for pair in asked.windows(2) {
                let (one, other) = (hash(pair[0]), hash(pair[1]));
                prop_assert_eq!(find(db, one).unwrap(), desk.all.get(&one).copied());
                let (low, high) = (one.min(other), one.max(other));
                let expected: Vec<_> = desk.all.range(low..=high).map(|(hash, _)| *hash).take(5).collect();
                prop_assert_eq!(between(db, low, high, 5).unwrap(), expected);
                let before = desk.all.range(..one).next_back().map(|(hash, _)| *hash);
                prop_assert_eq!(next(db, one, Direction::Back).unwrap(), before);
                let after = desk.all.range(one..).map(|(hash, _)| *hash).find(|hash| *hash != one);
                prop_assert_eq!(next(db, one, Direction::Forward).unwrap(), after);
            }
        }
    }
}
