//! Pages of decks at any depth, seeks, searches, counts, and opening a large store beside an empty one.

use std::hint::black_box;

use claimdeck::domain::{ClaimId, Deck, Ledger, Order, Seek, SourceSeek};
use claimdeck::store::Store;
use rusqlite::Connection;

use crate::generator::Dice;
use crate::pool::rare_word;
use crate::report::{Aim, Report, Times};
use crate::{Desk, Done, remove};

/// Claims on a page: what a tall terminal shows.
const PAGE: usize = 50;
/// Times that each deck is read.
const TIMES: u64 = 60;
const PAGE_AIM: Aim = Aim::AtMost(10.0);

/// Filters of every kind that the language has.
const FILTERS: [&str; 12] = [
    "",
    "status:verified",
    "status:unreviewed",
    "outlet:harbour",
    "mode:direct worth:>0.6",
    "-mode:narrative -has:remark",
    "hedge:likely OR tag:energy",
    "after:2026-03-01 before:2026-06-01",
    "analyst:ana has:note",
    "source:kessler",
    "is:later",
    "tag:none-has-this",
];

pub(crate) fn run(desk: &Desk, report: &mut Report) -> Done {
    // As the review reads: its other connection, which counts, holds fewer pages.
    let store = Store::open(&desk.store)?;
    let claims = Claims::of(desk)?;
    pages(&store, &claims, report)?;
    seeks(&store, &claims, report)?;
    searches(&store, report)?;
    counts(&store, report)?;
    open(desk, report)
}

/// Claims at random, so that pages are read at any depth.
struct Claims(Vec<ClaimId>);

impl Claims {
    fn of(desk: &Desk) -> Done<Self> {
        let db = Connection::open(&desk.store)?;
        let most: i64 = db.query_row("SELECT max(id) FROM claim", [], |row| row.get(0))?;
        let mut dice = Dice::new(5);
        let mut find = db.prepare("SELECT hash FROM claim WHERE id = ?1")?;
        let any =
            (0..TIMES).map(|_| find.query_row([1 + dice.below(most as u64) as i64], |row| Ok(ClaimId(row.get(0)?))));
        Ok(Self(any.collect::<Result<_, _>>()?))
    }
}

fn deck(query: &str, order: Order) -> Deck {
    Deck { query: query.to_owned(), order }
}

fn pages(store: &Store, claims: &Claims, report: &mut Report) -> Done {
    for order in Order::ALL {
        let (mut all, mut worst) = (Times::default(), (0.0, ""));
        for query in FILTERS {
            let deck = deck(query, order);
            let mut times = Times::default();
            for (n, claim) in claims.0.iter().enumerate() {
                let seek = if n % 2 == 0 { Seek::From(*claim) } else { Seek::Before(*claim) };
                black_box(times.best(|| store.page(&deck, seek, PAGE))?);
            }
            for seek in [Seek::First, Seek::Last] {
                black_box(times.best(|| store.page(&deck, seek, PAGE))?);
            }
            if times.at(0.99) > worst.0 {
                worst = (times.at(0.99), query);
            }
            all.add(&times);
        }
        report.percentiles(&format!("page, order {order}, {} filters", FILTERS.len()), &all, PAGE_AIM);
        report.row("  … its slowest filter", worst.1, worst.0, "ms", PAGE_AIM);
    }
    Ok(())
}

fn seeks(store: &Store, claims: &Claims, report: &mut Report) -> Done {
    type ToSeek = fn(ClaimId) -> Seek;
    let kinds: [(&str, ToSeek); 3] = [
        ("next unreviewed", Seek::NextUnreviewed),
        ("next article", Seek::NextArticle),
        ("previous article", Seek::PreviousArticle),
    ];
    for (name, to) in kinds {
        let mut times = Times::default();
        for order in Order::ALL {
            let deck = deck("worth:>0.3", order);
            for claim in &claims.0 {
                black_box(times.best(|| store.page(&deck, to(*claim), PAGE))?);
            }
        }
        report.percentiles(&format!("{name}, all orders"), &times, PAGE_AIM);
    }
    let mut times = Times::default();
    for order in Order::ALL {
        for claim in &claims.0 {
            black_box(times.best(|| store.rank(&deck("mode:indirect", order), *claim, u64::MAX))?);
        }
    }
    report.percentiles("place in the deck, exact, all orders", &times, PAGE_AIM);
    Ok(())
}

/// The first page of what is typed, and the count beside it.
fn searches(store: &Store, report: &mut Report) -> Done {
    let rare = rare_word();
    let kinds = [
        ("common word", "drones"),
        ("rare word", rare.as_str()),
        ("phrase", "\"front line moved\""),
        ("prefix", "dam*"),
        ("prefix of one letter", "t*"),
        ("word in most claims", "the"),
        ("two words", "drones karsk"),
        ("nowhere", "zzyzx"),
    ];
    let all = store.count(&Deck::default(), u64::MAX)?.n;
    for (name, words) in kinds {
        let (mut first, mut count) = (Times::default(), Times::default());
        let mut hits = 0;
        for order in Order::ALL {
            let times = if order == Order::Article { TIMES } else { TIMES / 10 };
            let mut held = Times::default();
            for _ in 0..times {
                black_box(held.best(|| store.page(&deck(words, order), Seek::First, PAGE))?);
            }
            if order == Order::Article {
                first = held;
            } else if order == Order::Worth {
                report.percentiles(&format!("  … by worth: {name}"), &held, Aim::None);
            }
        }
        for _ in 0..TIMES / 10 {
            hits = count.best(|| store.count(&deck(words, Order::Article), 10_000))?.n;
        }
        let share = if hits == 10_000 { ">10000".to_owned() } else { hits.to_string() };
        report.percentiles(&format!("search, first page: {name} ({share} of {all})"), &first, Aim::AtMost(50.0));
        report.percentiles("  … count up to 10,000", &count, Aim::AtMost(50.0));
    }
    Ok(())
}

fn counts(store: &Store, report: &mut Report) -> Done {
    let (mut stats, mut sources) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        black_box(stats.best(|| store.stats())?);
        black_box(sources.best(|| store.sources(&Ledger::default(), &SourceSeek::First, PAGE))?);
    }
    report.percentiles("statistics", &stats, Aim::AtMost(5.0));
    report.percentiles("list of sources, first page", &sources, Aim::AtMost(5.0));
    Ok(())
}

fn open(desk: &Desk, report: &mut Report) -> Done {
    let empty = desk.path("empty.db");
    remove(&empty);
    drop(Store::open(&empty)?);
    let (mut large, mut small) = (Times::default(), Times::default());
    for _ in 0..TIMES / 2 {
        for (path, times) in [(&desk.store, &mut large), (&empty, &mut small)] {
            times.time(|| Store::open(path).and_then(|store| store.page(&Deck::default(), Seek::First, PAGE)))?;
        }
    }
    remove(&empty);
    let more = large.at(0.5) - small.at(0.5);
    let measured = format!("{:.2} and {:.2} ms, with a page", large.at(0.5), small.at(0.5));
    report.row("open, more than an empty store", &measured, more, "ms", Aim::AtMost(20.0));
    Ok(())
}
