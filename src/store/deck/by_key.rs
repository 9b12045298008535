//! Pages in orders by key.
//!
//! Claims of the key at which a page begins follow each other by row, so they are read from their piece on and no
//! further than the page. Where these come too seldom, all pieces are looked at, once: each claim that is found narrows what is
//! of interest in the next piece, and where nothing is, the query is not asked.

use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::window::{PieceKeys, Window, side};
use super::{FIRST, LAST, Place, Rows, SourceRanks, Start};
use crate::domain::{Order, Query};
use crate::store::Store;
use crate::store::bits::{Bits, PIECE, claim_at, piece_of};
use crate::store::error::Result;
use crate::store::select::{Direction, Selection, last_piece};

impl Store {
    pub(super) fn rows_by_key(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Rows> {
        let (place, to) = match start {
            Start::From(from) => (from, Direction::Forward),
            Start::Before(end) => (end, Direction::Back),
        };
        let Found { mut rows, behind } = self.nearest((query, order), place, to, limit + 1)?;
        let ends = rows.len() <= limit;
        rows.truncate(limit);
        let begins = !behind;
        if to == Direction::Forward {
            return Ok(Rows { rows, at_start: begins, at_end: ends });
        }
        rows.reverse();
        Ok(Rows { rows, at_start: ends, at_end: begins })
    }

    /// How many selected claims stand before a place.
    pub(super) fn count_before(&self, query: &Query, order: Order, place: Place) -> Result<u64> {
        let mut scan = self.scan((query, order), Direction::Forward)?;
        let mut count = 0;
        for piece in scan.pieces() {
            count += scan.beyond(piece, place, Direction::Back)?.count();
        }
        Ok(count)
    }

    /// The first claims at a place or after it, or the last before it.
    fn nearest(&self, deck: (&Query, Order), place: Place, to: Direction, limit: usize) -> Result<Found> {
        let mut rows = Vec::new();
        let mut scan = self.scan(deck, to)?;
        // Mostly the next few pieces hold enough claims of the same key, or it can be told that half of all will.
        let all = scan.pieces().count();
        for (looked_at, piece) in scan.pieces_from(place).enumerate() {
            if looked_at >= CLOSE && rows.len() * all < limit.saturating_mul(2 * looked_at) {
                break;
            }
            let same = scan.of_same_key(piece, place)?;
            push(&mut rows, limit, (piece, &same), to);
            if rows.len() == limit {
                return Ok(Found { rows, behind: self.any(deck, place, to.turned())? });
            }
        }
        let mut pass = Pass::new(place, to, limit);
        let mut scan = self.scan(deck, to)?;
        for piece in scan.pieces() {
            if scan.look(piece, &mut pass)?.is_break() {
                break;
            }
        }
        Ok(Found { rows: pass.near.rows(), behind: pass.behind == Some(true) })
    }

    /// Whether any claim stands on that side of a place.
    fn any(&self, deck: (&Query, Order), place: Place, to: Direction) -> Result<bool> {
        if is_beyond_all(place, to) {
            return Ok(false);
        }
        let mut scan = self.scan(deck, to)?;
        for piece in scan.pieces_from(place).take(CLOSE) {
            if !scan.of_same_key(piece, place)?.is_empty() {
                return Ok(true);
            }
        }
        let mut scan = self.scan(deck, to)?;
        for piece in scan.pieces() {
            if !scan.beyond(piece, place, to)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn scan(&self, (query, order): (&Query, Order), direction: Direction) -> Result<Scan<'_>> {
        Ok(Scan {
            selection: self.selection(query, direction)?,
            direction,
            order,
            ranks: if order == Order::Source { Some(self.source_ranks()?) } else { None },
            last: last_piece(&self.db)?,
        })
    }
}

/// Pieces that are looked at for claims of one key alone, before it is known how often they come.
const CLOSE: usize = 16;

/// Claims on one side of a place.
struct Found {
    /// The nearest first.
    rows: Vec<i64>,
    /// Whether there are others on the other side.
    behind: bool,
}

/// Whether a place has nothing on that side by what it stands for.
fn is_beyond_all(place: Place, to: Direction) -> bool {
    place == if to == Direction::Forward { LAST } else { FIRST }
}

/// Adds claims of a piece, the nearest first, until there are enough.
fn push(rows: &mut Vec<i64>, limit: usize, (piece, claims): (i64, &Bits), to: Direction) {
    let left = limit - rows.len();
    match to {
        Direction::Forward => rows.extend(claims.places().take(left).map(|place| claim_at(piece, place))),
        Direction::Back => rows.extend(claims.places_back().take(left).map(|place| claim_at(piece, place))),
    }
}

/// Pieces looked at in one direction, each once.
struct Scan<'s> {
    selection: Selection<'s>,
    direction: Direction,
    order: Order,
    ranks: Option<Arc<SourceRanks>>,
    last: i64,
}

impl Scan<'_> {
    fn pieces(&self) -> impl Iterator<Item = i64> + use<> {
        let (last, direction) = (self.last, self.direction);
        (0..=last).map(move |piece| if direction == Direction::Forward { piece } else { last - piece })
    }

    /// The pieces in which claims of the key of a place can stand on its side. No claim has the keys that stand for before
    /// and after everything.
    fn pieces_from(&self, (key, row): Place) -> impl Iterator<Item = i64> + use<> {
        let (direction, own) = (self.direction, piece_of(row));
        let beyond = move |piece: i64| if direction == Direction::Forward { piece < own } else { piece > own };
        let pieces = if key == i64::MIN || key == i64::MAX { None } else { Some(self.pieces()) };
        pieces.into_iter().flatten().skip_while(move |piece| beyond(*piece))
    }

    /// The selected claims of a piece with the key of a place, on its side.
    fn of_same_key(&mut self, piece: i64, place: Place) -> Result<Bits> {
        let direction = self.direction;
        let same = self.keys(piece)?.of_same_key(place, direction, &Bits::all());
        self.selected(piece, same)
    }

    /// The selected claims of a piece on that side of a place.
    fn beyond(&mut self, piece: i64, place: Place, to: Direction) -> Result<Bits> {
        let asked = self.selected(piece, Bits::all())?;
        if asked.is_empty() {
            return Ok(asked);
        }
        Ok(self.keys(piece)?.beyond(place, to, &asked))
    }

    /// Looks at a piece for a page; breaks once the page is known.
    fn look(&mut self, piece: i64, pass: &mut Pass) -> Result<ControlFlow<()>> {
        let (place, to) = (pass.near.place, pass.near.to);
        let window = pass.near.window();
        let of_one_key = window == Window { least: place.0, most: place.0 };
        let (from, end) = if of_one_key { side(piece, place.1, to) } else { (0, PIECE) };
        if pass.behind.is_some() {
            if window.is_empty() {
                return Ok(ControlFlow::Break(()));
            }
            if from == end {
                return Ok(ControlFlow::Continue(()));
            }
        }
        // Where there are claims enough, few others are nearer; until then the query is likely to leave fewer.
        let few = pass.near.is_full() && pass.behind.is_some();
        let asked = if few { Bits::all() } else { self.selected(piece, Bits::all())? };
        if asked.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let keys = self.keys(piece)?;
        if pass.behind.is_none() && !keys.beyond(place, to.turned(), &asked).is_empty() {
            pass.behind = Some(true);
        }
        let mut inside = keys.within(window, &asked);
        inside.keep_range(from, end);
        if few {
            inside = self.selected(piece, inside)?;
        }
        if !inside.is_empty() {
            self.keys(piece)?.each(&inside, window, |place| pass.near.add(place));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The keys of a piece.
    fn keys(&mut self, piece: i64) -> Result<PieceKeys<'_>> {
        let written = self.selection.keys(self.order, piece)?;
        Ok(PieceKeys { piece, order: self.order, written, ranks: self.ranks.as_deref() })
    }

    /// Those of the claims that the query selects.
    fn selected(&mut self, piece: i64, mut of: Bits) -> Result<Bits> {
        if !of.is_empty() {
            of.and(&self.selection.among(piece, &of)?);
        }
        Ok(of)
    }
}

/// What is known of a page while all pieces are looked at.
struct Pass {
    near: Nearest,
    /// Whether any claim stands on the other side of the place; none as long as that is looked for.
    behind: Option<bool>,
}

impl Pass {
    fn new(place: Place, to: Direction, limit: usize) -> Self {
        let behind = if is_beyond_all(place, to.turned()) { Some(false) } else { None };
        Self { near: Nearest { place, to, limit, heap: BinaryHeap::new() }, behind }
    }
}

/// The claims nearest to a place in one direction, so many. They come piece by piece in that direction.
struct Nearest {
    place: Place,
    to: Direction,
    limit: usize,
    /// The farthest on top.
    heap: BinaryHeap<Place>,
}

impl Nearest {
    fn is_full(&self) -> bool {
        self.heap.len() == self.limit
    }

    /// Keys that can still come in. A claim in the next piece with the key of the farthest is farther.
    fn window(&self) -> Window {
        let mut window = Window::beyond(self.place.0, self.to);
        if let Some(farthest) = self.heap.peek().filter(|_| self.is_full()) {
            let key = turned(*farthest, self.to).0;
            match self.to {
                Direction::Forward => window.most = key.saturating_sub(1),
                Direction::Back => window.least = key.saturating_add(1),
            }
        }
        if is_beyond_all(self.place, self.to) {
            (window.least, window.most) = (i64::MAX, i64::MIN);
        }
        window
    }

    fn add(&mut self, found: Place) {
        let is_behind = if self.to == Direction::Forward { found < self.place } else { found >= self.place };
        if is_behind {
            return;
        }
        let found = turned(found, self.to);
        if self.heap.len() < self.limit {
            self.heap.push(found);
        } else if let Some(mut farthest) = self.heap.peek_mut()
            && found < *farthest
        {
            *farthest = found;
        }
    }

    /// The nearest first.
    fn rows(self) -> Vec<i64> {
        self.heap.into_sorted_vec().into_iter().map(|place| turned(place, self.to).1).collect()
    }
}

/// The place itself, or one that sorts the other way round. Turned twice it is itself.
fn turned((key, row): Place, to: Direction) -> Place {
    if to == Direction::Forward { (key, row) } else { (!key, !row) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::params;

    use super::*;
    use crate::store::facets::{self, Edits, kind};
    use crate::store::keys;
    use crate::store::load::KeyEdits;

    const DAY: i64 = 86_400;

    const ORDERS: [Order; 3] = [Order::Worth, Order::Source, Order::Newest];

    /// A query, and whether it selects a claim.
    type Deck = (&'static str, fn(Sample) -> bool);
    const DECKS: [Deck; 5] = [
        ("", |_| true),
        ("worth:>0.2 worth:<=0.6", |(_, _, worth, ..)| (21..=60).contains(&worth)),
        ("after:1970-01-02 before:1970-01-03", |(.., moment)| moment == DAY),
        ("source:bo OR (worth:0.3 after:1970-01-03)", |(_, _, worth, source, moment)| {
            source == 2 || worth == 30 && moment >= 2 * DAY
        }),
        ("worth:>0.5 worth:<0.4", |_| false),
    ];

    /// A claim's piece, place in it, worth, source and moment.
    type Sample = (i64, i64, u8, i64, i64);

    fn store_with(claims: &[Sample]) -> (Store, Vec<(i64, Sample)>) {
        let store = Store::empty().unwrap();
        let db = &store.db;
        db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        for (id, name) in [(1, "Ada"), (2, "Bo"), (3, "Cleo")] {
            db.execute("INSERT INTO source (id, name, fold, kind) VALUES (?1, ?2, ?2, 0)", params![id, name]).unwrap();
            db.execute("INSERT INTO source_words (rowid, name) VALUES (?1, ?2)", params![id, name]).unwrap();
        }
        let (mut keys, mut edits) = (KeyEdits::default(), Edits::default());
        let live = facets::find_or_add(db, kind::LIVE, "").unwrap();
        let mut rows: Vec<(i64, Sample)> = claims.iter().map(|c| (c.0 * PIECE as i64 + c.1 + 1, *c)).collect();
        rows.sort_unstable();
        rows.dedup_by_key(|(row, _)| *row);
        for (row, (_, _, worth, source, moment)) in &rows {
            db.execute(
                "INSERT INTO article (id, hash, rules, loaded_at, moment, version, live, first_claim, claims, reviewed)
                 VALUES (?1, ?2, 1, 0, ?3, 1, 1, ?1, 1, 0)",
                params![row, u128::to_be_bytes(*row as u128), moment],
            )
            .unwrap();
            db.execute(
                "INSERT INTO claim (id, hash, article, ordinal, mode, worth, source, detail)
                 VALUES (?1, ?2, ?1, 1, 0, ?3, nullif(?4, 0), x'')",
                params![row, u128::to_be_bytes(*row as u128), worth, source],
            )
            .unwrap();
            keys.change(db, Order::Worth, *row, |keys| keys::set_worth(keys, *row, *worth)).unwrap();
            keys.change(db, Order::Newest, *row, |keys| keys::push_moment(keys, *row, *moment)).unwrap();
            if *source > 0 {
                keys.add_source(db, *row, *source as u32).unwrap();
            }
            edits.set(db, live, *row).unwrap();
        }
        keys.write(db).unwrap();
        edits.write(db).unwrap();
        (store, rows)
    }

    fn claims() -> impl Strategy<Value = Vec<Sample>> {
        let claim = (0i64..3 * CLOSE as i64, 0i64..4, 0u8..4, 0i64..4, 0i64..3);
        prop::collection::vec(claim.prop_map(|(a, b, worth, c, day)| (a, b, worth * 30, c, day * DAY)), 1..90)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn pages_over_many_pieces_are_as_if_all_claims_were_sorted(
            claims in claims(),
            starts in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 1usize..40), 6),
        ) {
            let (store, rows) = store_with(&claims);
            for (order, (query, selects)) in ORDERS.into_iter().flat_map(|order| DECKS.map(|deck| (order, deck))) {
                let place = |row: i64| {
                    let (key, at) = store.place_of_row(order, row).unwrap();
                    (key, crate::store::added::found_from(at))
                };
                let mut sorted: Vec<(Place, i64)> =
                    rows.iter().filter(|(_, sample)| selects(*sample)).map(|(row, _)| (place(*row), *row)).collect();
                sorted.sort_unstable();
                let query = Query::parse(query).unwrap();
                let from_anywhere = starts.iter().map(|(start, to, limit)| (place(start.get(&rows).0), *to, *limit));
                let from_ends = [(FIRST, true, 20), (LAST, false, 20), (LAST, true, 3), (FIRST, false, 3)];
                for (start, is_forward, limit) in from_anywhere.chain(from_ends) {
                    let before = sorted.partition_point(|(place, _)| *place < start);
                    let (expected, found) = match is_forward {
                        true => (
                            &sorted[before..sorted.len().min(before + limit)],
                            store.rows_by_key(&query, order, Start::From(start), limit).unwrap(),
                        ),
                        false => (
                            &sorted[before.saturating_sub(limit)..before],
                            store.rows_by_key(&query, order, Start::Before(start), limit).unwrap(),
                        ),
                    };
                    let expected: Vec<i64> = expected.iter().map(|(_, row)| *row).collect();
                    prop_assert_eq!(&found.rows, &expected, "{} {:?} {} {}", order, query, is_forward, limit);
                    let (starts, ends) = match is_forward {
                        true => (before == 0, before + limit >= sorted.len()),
                        false => (before <= limit, before == sorted.len()),
                    };
                    prop_assert_eq!((found.at_start, found.at_end), (starts, ends), "{} {:?}", order, query);
                    if start != LAST {
                        prop_assert_eq!(store.count_before(&query, order, start).unwrap(), before as u64);
                    }
                }
            }
        }
    }
}
