//! One decision, asked for to durable, beside one bare commit with one sync, turn by turn.

use std::hint::black_box;

use claimdeck::domain::{Act, ClaimId, Status};
use claimdeck::store::{By, Store};
use rusqlite::Connection;

use crate::generator::Dice;
use crate::report::{Aim, Report, Times};
use crate::{Desk, Done, remove};

const TIMES: u64 = 300;

pub(crate) fn run(desk: &Desk, report: &mut Report) -> Done {
    let bare = desk.path("commit.db");
    remove(&bare);
    let db = Connection::open(&bare)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch("PRAGMA synchronous = FULL; CREATE TABLE decision (id INTEGER PRIMARY KEY, claim, act, at)")?;
    let mut insert = db.prepare("INSERT INTO decision (claim, act, at) VALUES (?1, ?2, ?3)")?;
    let other = Connection::open(&desk.store)?;
    let mut find = other.prepare("SELECT hash FROM claim WHERE id = ?1")?;
    let mut store = Store::open(&desk.store)?;
    // What was decided by a run before this one is not decided again: that would change nothing.
    let before: i64 = other.query_row("SELECT count(*) FROM decision", [], |row| row.get(0))?;
    let before = before as u64;
    let mut dice = Dice::new(9 + before);
    let (mut ours, mut limit) = (Times::default(), Times::default());
    for n in 0..TIMES {
        let hash: [u8; 16] = find.query_row([1 + dice.below(desk.claims) as i64], |row| row.get(0))?;
        let by = By { analyst: "ana".into(), session: None, now_ms: 1_800_000_000_000 + (before + n) as i64 * 700 };
        let act = Act::Status { status: Status::ALL[1 + n as usize % 5] };
        limit.time(|| insert.execute((hash, "{\"act\":\"status\",\"status\":\"verified\"}", n as i64)))?;
        black_box(ours.time(|| store.decide(&by, &[(ClaimId(hash), act)]))?);
    }
    remove(&bare);
    let measured = format!(
        "p50 {:.2} of {:.2} ms, p99 {:.2} of {:.2}",
        ours.at(0.5),
        limit.at(0.5),
        ours.at(0.99),
        limit.at(0.99)
    );
    report.row("decision, of a bare commit (p50)", &measured, ours.at(0.5) / limit.at(0.5), "", Aim::AtMost(1.5));
    Ok(())
}
