//! Loading articles whose claims are known already, beside the same rows through bare statements.

use std::fs;

use claimdeck::domain::{Act, Clock, Decision, Moment, Status};
use claimdeck::store::{Prepared, Store};
use rusqlite::Connection;
use uuid::Uuid;

use crate::pool::Pool;
use crate::report::{Aim, Report, Work, per_second};
use crate::{Desk, Done, bare, remove};

/// Articles that are made before the clock runs.
const BLOCK: u64 = 500;
/// One claim in so many is decided on.
const DECIDED: i64 = 50;
const NOW: i64 = 1_790_000_000;

pub(crate) fn run(desk: &Desk, report: &mut Report, measured: bool) -> Done {
    remove(&desk.store);
    let pool = Pool::extracted();
    let (mut ours, mut prepared) = (Work::default(), Work::default());
    let mut store = Store::open(&desk.store)?;
    let mut loader = store.loader();
    let (mut claims, mut articles, mut text) = (0, 0, 0);
    while claims < desk.claims {
        let block: Vec<_> = (articles..articles + BLOCK).map(|number| pool.article(number)).collect();
        articles += BLOCK;
        claims += block.iter().map(|article| article.claims.len() as u64).sum::<u64>();
        text += block.iter().map(|article| article.text.len()).sum::<usize>();
        // In a load the threads that extract do this.
        let block = prepared.time(|| block.into_iter().map(Prepared::new).collect::<Result<Vec<_>, _>>())?;
        ours.time(|| block.iter().try_for_each(|article| loader.add_prepared(article, Moment(NOW)).map(drop)))?;
    }
    ours.time(|| loader.finish())?;
    ours.time(|| drop(store));
    if measured {
        let size = fs::metadata(&desk.store)?.len();
        let copy = desk.path("bare.db");
        let bare = bare::copy(&desk.store, &copy)?;
        remove(&copy);
        let all = bare.rows + bare.words;
        let rate = |time| format!("{:.0} of {:.0} claims/s", per_second(claims, time), per_second(claims, all));
        report.row(
            "load with full text, of bare statements",
            &rate(ours.total()),
            all.as_secs_f64() / ours.total().as_secs_f64(),
            "",
            Aim::AtLeast(0.7),
        );
        let without = ours.total().saturating_sub(bare.words);
        report.row(
            "load less full text's bare cost",
            &format!("{:.0} of {:.0} claims/s", per_second(claims, without), per_second(claims, bare.rows)),
            bare.rows.as_secs_f64() / without.as_secs_f64().max(1e-9),
            "",
            Aim::AtLeast(0.6),
        );
        let each = prepared.total().as_secs_f64() / claims as f64 * 1e6;
        report.row("  … prepared on other threads, µs a claim", "", each, "µs", Aim::None);
        let figure = size as f64 / text as f64;
        report.row(
            "size of the store, of the text",
            &format!("{} of {} MB", size >> 20, text >> 20),
            figure,
            "",
            Aim::AtMost(3.0),
        );
    }
    let mut store = Store::open(&desk.store)?;
    let decisions = decisions(desk)?;
    let mut loader = store.loader();
    let mut times = Work::default();
    times.time(|| loader.add_decisions(&decisions))?;
    times.time(|| loader.finish())?;
    let rate = per_second(decisions.len() as u64, times.total());
    report.row("decisions taken in, thousand/s", &format!("{} decisions", decisions.len()), rate / 1e3, "", Aim::None);
    Ok(())
}

/// Decisions of three analysts, spread over the store.
fn decisions(desk: &Desk) -> Done<Vec<Decision>> {
    let db = Connection::open(&desk.store)?;
    let mut find = db.prepare("SELECT hash, id FROM claim WHERE id % ?1 = 0 ORDER BY id")?;
    let rows = find.query_map([DECIDED], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?)))?;
    let mut made = Vec::new();
    for row in rows {
        let (hash, id) = row?;
        let act = match id / DECIDED % 10 {
            0 => Act::Tag { tag: "energy".into() },
            1 => Act::Note { note: "call back".into() },
            2 => Act::Later { later: true },
            n => Act::Status { status: Status::ALL[1 + n as usize % 5] },
        };
        let uuid = Uuid::from_u128(0x7000_8000_0000_0000_0000 + id as u128);
        made.push(Decision {
            id: uuid,
            clock: Clock(id << 16),
            at: Moment(NOW + id),
            analyst: ["ana", "ben", "cleo"][(id / DECIDED % 3) as usize].into(),
            session: None,
            batch: uuid,
            claim: claimdeck::domain::ClaimId(hash),
            act,
        });
    }
    Ok(made)
}
