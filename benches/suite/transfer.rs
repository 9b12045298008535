//! Export beside a bare streaming writer of the same rows, import beside the same rows through bare statements.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use claimdeck::domain::{Claim, Deck};
use claimdeck::export::{Exporter, Format};
use claimdeck::ingest::{Groups, Restored, restore};
use claimdeck::store::{ClaimRows, Prepared, Store, StoreError};
use rusqlite::Connection;

use crate::report::{Aim, Report, Work};
use crate::{Desk, Done, bare, remove};

/// Claims that the bare writer is handed at a time.
const BLOCK: usize = 20_000;
/// Claims between two looks at the clock: few enough that an export, too, would hold them at once.
const AT_ONCE: usize = 1_000;
/// Articles that an import writes between two looks at the clock, which is slow.
const TOGETHER: usize = 500;

pub(crate) fn export(desk: &Desk, report: &mut Report) -> Done {
    let store = Store::open_reader(&desk.store)?;
    let rows = step(desk)?;
    for name in ["csv", "jsonl"] {
        let format = Format::of(name).ok_or("a format that is none")?;
        let path = desk.path("export");
        let (reads, writes) = halves(&store, format, &path)?;
        let size = std::fs::metadata(&path)?.len();
        let bare = rows + written(&store, name, &path)?;
        let limit = bare.as_secs_f64();
        let rate = |time: f64| size as f64 / 1e6 / time;
        // On two threads, of which one waits for the other: the slower is what an export takes.
        let taken = reads.max(writes);
        let share = reads / (reads + writes) * 100.0;
        let measured = format!("{:.0} of {:.0} MB/s, {share:.0} % reading", rate(taken), rate(limit));
        report.row(
            &format!("export {name}, claims, of a bare writer"),
            &measured,
            limit / taken,
            "",
            Aim::AtLeast(0.7),
        );
    }
    Ok(())
}

/// Seconds of an export's two threads: one reads rows in blocks, one makes claims of them, writes and drops them.
fn halves(store: &Store, format: Format, path: &std::path::Path) -> Done<(f64, f64)> {
    let (mut both, mut writes) = (Work::default(), Work::default());
    both.time(|| -> Done {
        let mut out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        let mut to = (format.open)(Box::new(&mut out));
        let mut put =
            |block: &mut Vec<ClaimRows>| writes.time(|| block.drain(..).try_for_each(|rows| all(&mut *to, &rows)));
        let (mut block, mut claims) = (Vec::new(), 0);
        store.for_each_rows("", |rows| {
            claims += rows.count();
            block.push(rows);
            if claims >= AT_ONCE {
                claims = 0;
                put(&mut block)?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        put(&mut block)?;
        Ok(to.end()?)
    })?;
    let writes = writes.total().as_secs_f64();
    Ok((both.total().as_secs_f64() - writes, writes))
}

fn all(to: &mut dyn Exporter, rows: &ClaimRows) -> Result<(), StoreError> {
    rows.views().try_for_each(|claim| Ok(to.claim(&claim?)?))
}

/// What SQLite takes to step through the same rows.
fn step(desk: &Desk) -> Done<Duration> {
    let db = Connection::open(&desk.store)?;
    let mut times = Work::default();
    times.time(|| -> Done {
        let sqls = [
            "SELECT c.hash, c.article, c.ordinal, c.mode, c.worth, c.detail, s.state
             FROM claim c LEFT JOIN state s ON s.claim = c.id ORDER BY c.id",
            "SELECT a.hash, a.title, a.outlet, a.url, a.published, t.text
             FROM article a JOIN article_text t ON t.article = a.id ORDER BY a.id",
        ];
        for sql in sqls {
            let mut read = db.prepare(sql)?;
            let columns = read.column_count();
            let mut rows = read.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column)?);
                }
            }
        }
        Ok(())
    })?;
    Ok(times.total())
}

/// What a plain writer takes for the same rows, with nothing behind it.
fn written(store: &Store, name: &str, exported: &std::path::Path) -> Done<Duration> {
    let mut out = BufWriter::with_capacity(1 << 18, File::create(exported.with_extension("bare"))?);
    let mut times = Work::default();
    if name == "csv" {
        rows_again(exported, &mut out, &mut times)?;
    } else {
        claims_again(store, &mut out, &mut times)?;
    }
    times.time(|| out.flush())?;
    std::fs::remove_file(exported.with_extension("bare"))?;
    Ok(times.total())
}

/// The cells that were exported, read back off the clock.
fn rows_again(exported: &std::path::Path, out: &mut impl Write, times: &mut Work) -> Done {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_path(exported)?;
    let mut rows = rows.byte_records().peekable();
    let mut to = csv::Writer::from_writer(out);
    while rows.peek().is_some() {
        let block = rows.by_ref().take(BLOCK).collect::<Result<Vec<_>, _>>()?;
        times.time(|| block.iter().try_for_each(|row| to.write_byte_record(row)))?;
    }
    Ok(times.time(|| to.flush())?)
}

fn claims_again(store: &Store, out: &mut impl Write, times: &mut Work) -> Done {
    let mut block: Vec<Claim> = Vec::new();
    let mut put = |block: &mut Vec<Claim>| {
        let done = times.time(|| lines_of(block, out));
        block.clear();
        done
    };
    store.for_each_claim(&Deck::default(), |claim| {
        block.push(claim);
        if block.len() == BLOCK {
            put(&mut block)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(put(&mut block)?)
}

fn lines_of(block: &[Claim], mut out: &mut impl Write) -> std::io::Result<()> {
    block.iter().try_for_each(|claim| {
        serde_json::to_writer(&mut out, claim)?;
        out.write_all(b"\n")
    })
}

pub(crate) fn import(desk: &Desk, report: &mut Report) -> Done {
    let store = Store::open_reader(&desk.store)?;
    let (path, copy) = (desk.path("export"), desk.path("import.db"));
    let format = Format::of("jsonl").ok_or("a format that is none")?;
    let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
    {
        let mut to = (format.open)(Box::new(&mut out));
        store.for_each_article("", |article| {
            let id = article.info.id;
            to.article(&article)?;
            store.claims_of(id, |rows| {
                all(&mut *to, &rows)?;
                Ok(ControlFlow::Continue(()))
            })?;
            Ok(ControlFlow::Continue(()))
        })?;
        to.end()?;
    }
    drop(out);
    remove(&copy);
    let (mut ours, mut written) = (Work::default(), Work::default());
    ours.time(|| read_back(&path, &copy, &mut written))?;
    remove(&copy);
    std::fs::remove_file(path)?;
    let bare = bare::copy(&desk.store, &copy)?;
    remove(&copy);
    let limit = (bare.rows + bare.words).as_secs_f64();
    let taken = ours.total().as_secs_f64();
    let measured = format!("{taken:.1} s, bare statements {limit:.1} s");
    report.row("import, all on one core, of bare statements", &measured, limit / taken, "", Aim::AtLeast(0.33));
    let writing = written.total().as_secs_f64();
    let measured = format!("{writing:.1} s on the thread that writes");
    report.row(
        "import, two cores, of bare statements",
        &measured,
        limit / writing.max(taken / 2.0),
        "",
        Aim::AtLeast(0.33),
    );
    Ok(())
}

fn read_back(path: &std::path::Path, to: &std::path::Path, written: &mut Work) -> Done {
    let mut store = Store::open(to)?;
    let mut loader = store.loader();
    let mut prepared = Vec::with_capacity(TOGETHER);
    for group in Groups::new(BufReader::with_capacity(1 << 18, File::open(path)?)) {
        for found in restore(group, "export") {
            if let Restored::Article(article, at) = found.map_err(|fault| fault.to_string())? {
                prepared.push((Prepared::new(*article)?, at));
            }
        }
        if prepared.len() >= TOGETHER {
            written.time(|| {
                prepared.drain(..).try_for_each(|(article, at)| loader.add_prepared(&article, at).map(drop))
            })?;
        }
    }
    written.time(|| prepared.drain(..).try_for_each(|(article, at)| loader.add_prepared(&article, at).map(drop)))?;
    written.time(|| loader.finish())?;
    Ok(())
}
