//! The limit of a load: all rows of a store once more, through prepared statements into the same tables and indexes,
//! with no thought for what they are, in one transaction that is synced once.

use std::path::Path;
use std::time::Duration;

use claimdeck::domain::Deck;
use claimdeck::store::Store;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::report::Work;
use crate::{Done, remove};

/// Rows that are read before the clock runs and written while it does.
const BLOCK: usize = 20_000;
const TABLES: [&str; 16] = [
    "article",
    "article_text",
    "document",
    "source",
    "claim",
    "phrase",
    "facet",
    "posting",
    "sort_key",
    "counter",
    "decision",
    "line_place",
    "furniture_line",
    "furniture",
    "hash_run",
    "hash_bucket",
];

/// What the rows cost, without full text and what full text adds.
pub(crate) struct Bare {
    pub(crate) rows: Duration,
    pub(crate) words: Duration,
}

/// Writes what is in the store `from` to a new one.
pub(crate) fn copy(from: &Path, to: &Path) -> Done<Bare> {
    remove(to);
    drop(Store::open(to)?);
    let db = Connection::open(to)?;
    db.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY; BEGIN")?;
    let source = Connection::open(from)?;
    let mut rows = Work::default();
    for table in TABLES {
        copy_table(&source, &db, table, &mut rows)?;
    }
    let mut words = Work::default();
    copy_words(from, &source, &db, &mut words)?;
    // The end of the transaction is shared out as the rest is: it writes the pages of both.
    let mut end = Work::default();
    end.time(|| db.execute_batch("COMMIT"))?;
    end.time(|| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))?;
    let share = rows.total().as_secs_f64() / (rows.total() + words.total()).as_secs_f64().max(1e-9);
    Ok(Bare {
        rows: rows.total() + end.total().mul_f64(share),
        words: words.total() + end.total().mul_f64(1.0 - share),
    })
}

fn copy_table(from: &Connection, to: &Connection, table: &str, times: &mut Work) -> Done {
    let mut read = from.prepare(&format!("SELECT * FROM {table}"))?;
    let columns = read.column_count();
    let marks = vec!["?"; columns].join(", ");
    let mut write = to.prepare(&format!("INSERT INTO {table} VALUES ({marks})"))?;
    let mut rows = read.query([])?;
    loop {
        let mut block: Vec<Vec<Value>> = Vec::with_capacity(BLOCK);
        while block.len() < BLOCK
            && let Some(row) = rows.next()?
        {
            block.push((0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?);
        }
        if block.is_empty() {
            return Ok(());
        }
        times.time(|| block.iter().try_for_each(|row| write.execute(params_from_iter(row)).map(drop)))?;
    }
}

fn copy_words(path: &Path, from: &Connection, to: &Connection, times: &mut Work) -> Done {
    let mut titles = from.prepare("SELECT id, title FROM article WHERE title IS NOT NULL")?;
    let titles: Vec<(i64, String)> =
        titles.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut write = to.prepare("INSERT INTO title_words (rowid, title) VALUES (?1, ?2)")?;
    times.time(|| titles.iter().try_for_each(|title| write.execute((title.0, &title.1)).map(drop)))?;
    let mut names = from.prepare("SELECT id, name FROM source")?;
    let names: Vec<(i64, String)> =
        names.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut write = to.prepare("INSERT INTO source_words (rowid, name) VALUES (?1, ?2)")?;
    times.time(|| names.iter().try_for_each(|name| write.execute((name.0, &name.1)).map(drop)))?;
    let mut write = to.prepare("INSERT INTO claim_words (rowid, text, source) VALUES (?1, ?2, ?3)")?;
    let (mut id, mut block) = (0_i64, Vec::with_capacity(BLOCK));
    let mut put = |block: &mut Vec<(i64, String, Option<String>)>| {
        times.time(|| block.iter().try_for_each(|row| write.execute((row.0, &row.1, &row.2)).map(drop)))?;
        block.clear();
        Ok(())
    };
    Store::open_reader(path)?.for_each_claim(&Deck::default(), |claim| {
        id += 1;
        let name = claim.attribution.as_ref().and_then(|a| a.source.as_ref()?.best_name()).map(str::to_owned);
        block.push((id, claim.text, name));
        if block.len() == BLOCK {
            put(&mut block)?;
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    put(&mut block).map_err(|error: claimdeck::store::StoreError| error.into())
}
