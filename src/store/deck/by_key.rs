//! Pages in orders by key.
//!
//! Claims of the key at which a page begins follow each other by row, so they are read from their piece on and no
//! further than the page. Only for other keys all pieces have to be looked at; then each claim that is found narrows
//! what is of interest in the next piece, and where nothing is, the query is not asked.

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::window::{PieceKeys, Window, end_in};
use super::{Place, Rows, SourceRanks, Start};
use crate::domain::{Order, Query};
use crate::store::Store;
use crate::store::bits::{Bits, claim_at, piece_of};
use crate::store::error::Result;
use crate::store::select::{Direction, Selection, last_piece, read_keys};

impl Store {
    pub(super) fn rows_by_key(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Rows> {
        match start {
            Start::From(from) => {
                let mut rows = self.nearest(query, order, from, Direction::Forward, limit + 1)?;
                let at_end = rows.len() <= limit;
                rows.truncate(limit);
                let at_start = !self.any(query, order, from, Direction::Back)?;
                Ok(Rows { rows, at_start, at_end })
            }
            Start::Before(end) => {
                let mut rows = self.nearest(query, order, end, Direction::Back, limit + 1)?;
                let at_start = rows.len() <= limit;
                rows.truncate(limit);
                rows.reverse();
                let at_end = !self.any(query, order, end, Direction::Forward)?;
                Ok(Rows { rows, at_start, at_end })
            }
        }
    }

    /// How many selected claims stand before a place.
    pub(super) fn count_before(&self, query: &Query, order: Order, place: Place) -> Result<u64> {
        let mut scan = self.scan(query, order, Direction::Forward)?;
        let mut count = 0;
        for piece in 0..=scan.last {
            let keys = scan.keys(piece)?;
            let mut before = keys.within(Window { least: place.0, most: place.0 });
            before.keep_range(0, end_in(piece, place.1));
            before.or(&keys.within(Window { least: i64::MIN, most: place.0.saturating_sub(1) }));
            count += scan.selected(piece, before)?.count();
        }
        Ok(count)
    }

    /// The rows of the first claims at a place or after it, or of the last before it, the nearest first.
    fn nearest(&self, query: &Query, order: Order, place: Place, to: Direction, limit: usize) -> Result<Vec<i64>> {
        let mut rows = Vec::new();
        let mut others = Nearest::new(place.0, to, limit);
        let mut scan = self.scan(query, order, to)?;
        // Mostly the next few pieces hold enough claims of the same key. Where they don't, the rest of the pieces is
        // looked at for other keys along with it.
        for (number, piece) in scan.pieces_from(place).enumerate() {
            if number < CLOSE {
                let same = scan.of_same_key(piece, place)?;
                push(&mut rows, limit, (piece, &same), to);
            } else {
                scan.visit_both(piece, place, &mut others, |same| push(&mut rows, limit, (piece, same), to))?;
            }
            if rows.len() == limit {
                return Ok(rows);
            }
        }
        others.keep(limit - rows.len());
        let mut scan = self.scan(query, order, to)?;
        let left = scan.pieces().count() - scan.pieces_from(place).skip(CLOSE).count();
        for piece in scan.pieces().take(left) {
            // These pieces come before those that were looked at, so a claim of the farthest's key may be nearer.
            let window = others.window(true);
            scan.visit(piece, window, others.is_full(), |place| others.add(place))?;
        }
        rows.extend(others.rows());
        Ok(rows)
    }

    /// Whether any claim stands on that side of a place.
    fn any(&self, query: &Query, order: Order, place: Place, to: Direction) -> Result<bool> {
        let mut scan = self.scan(query, order, to)?;
        for piece in scan.pieces_from(place).take(CLOSE) {
            if !scan.of_same_key(piece, place)?.is_empty() {
                return Ok(true);
            }
        }
        // Claims of other keys are found sooner than the next of a rare one.
        let window = Nearest::new(place.0, to, 1).window(false);
        let mut others = self.scan(query, order, to)?;
        let mut any = false;
        for piece in others.pieces().take_while(|_| !window.is_empty()) {
            others.visit(piece, window, false, |_| any = true)?;
            if any {
                return Ok(true);
            }
        }
        for piece in scan.pieces_from(place).skip(CLOSE) {
            if !scan.of_same_key(piece, place)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn scan(&self, query: &Query, order: Order, direction: Direction) -> Result<Scan<'_>> {
        Ok(Scan {
            store: self,
            selection: self.selection(query, direction)?,
            direction,
            order,
            ranks: if order == Order::Source { Some(self.source_ranks()?) } else { None },
            last: last_piece(&self.db)?,
            written: Vec::new(),
        })
    }
}

/// Pieces that are looked at for claims of one key alone.
const CLOSE: usize = 16;

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
    store: &'s Store,
    selection: Selection<'s>,
    direction: Direction,
    order: Order,
    ranks: Option<Arc<SourceRanks>>,
    last: i64,
    /// The keys of the piece that is looked at.
    written: Vec<u8>,
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
        let same = self.keys(piece)?.of_same_key(place, direction);
        self.selected(piece, same)
    }

    /// The same, and each selected claim that is near in a key beyond.
    fn visit_both(
        &mut self,
        piece: i64,
        place: Place,
        others: &mut Nearest,
        of_same_key: impl FnOnce(&Bits),
    ) -> Result<()> {
        let (window, few, direction) = (others.window(false), others.is_full(), self.direction);
        let asked = if few { Bits::all() } else { self.selected(piece, Bits::all())? };
        if asked.is_empty() {
            return Ok(());
        }
        let keys = self.keys(piece)?;
        let (mut same, mut inside) = (keys.of_same_key(place, direction), Bits::none());
        if !window.is_empty() {
            inside = keys.within(window);
        }
        let mut either = same.clone();
        either.or(&inside);
        either.and(&asked);
        if few {
            either = self.selected(piece, either)?;
        }
        same.and(&either);
        inside.and(&either);
        of_same_key(&same);
        self.piece_keys(piece).each(&inside, window, |place| others.add(place));
        Ok(())
    }

    /// The keys of a piece.
    fn keys(&mut self, piece: i64) -> Result<PieceKeys<'_>> {
        self.selection.go_on()?;
        self.written.clear();
        read_keys(&self.store.db, self.order, piece, |keys| self.written.extend_from_slice(keys))?;
        Ok(self.piece_keys(piece))
    }

    /// The keys of the piece that were read last.
    fn piece_keys(&self, piece: i64) -> PieceKeys<'_> {
        PieceKeys { piece, order: self.order, written: &self.written, ranks: self.ranks.as_deref() }
    }

    /// Those of the claims that the query selects.
    fn selected(&mut self, piece: i64, mut of: Bits) -> Result<Bits> {
        if !of.is_empty() {
            of.and(&self.selection.among(piece, &of)?);
        }
        Ok(of)
    }

    /// Each selected claim with a key in the window. `few`: whether the window is likely to leave fewer claims than the
    /// query.
    fn visit(&mut self, piece: i64, window: Window, few: bool, visit: impl FnMut(Place)) -> Result<()> {
        if window.is_empty() {
            return Ok(());
        }
        let all = Bits::all();
        let asked = if few { all } else { self.selected(piece, all)? };
        if asked.is_empty() {
            return Ok(());
        }
        let mut inside = self.keys(piece)?.within(window);
        inside.and(&asked);
        if few {
            inside = self.selected(piece, inside)?;
        }
        self.piece_keys(piece).each(&inside, window, visit);
        Ok(())
    }
}

/// The claims nearest to a key in one direction, those of the key itself left out, so many.
struct Nearest {
    /// The key from which they are counted.
    key: i64,
    to: Direction,
    limit: usize,
    /// The farthest on top.
    heap: BinaryHeap<Place>,
}

impl Nearest {
    fn new(key: i64, to: Direction, limit: usize) -> Self {
        Self { key, to, limit, heap: BinaryHeap::new() }
    }

    fn is_full(&self) -> bool {
        self.heap.len() == self.limit
    }

    /// Leaves so many of the nearest.
    fn keep(&mut self, limit: usize) {
        self.limit = limit;
        while self.heap.len() > limit {
            self.heap.pop();
        }
    }

    /// Keys that can still come in. `again`: where the next piece may come before those that were looked at. Else a claim in
    /// it with the key of the farthest is farther.
    fn window(&self, again: bool) -> Window {
        let inner = |key: i64| if again { key } else { self.inward(key) };
        let farthest = self.heap.peek().filter(|_| self.is_full()).map(|farthest| turned(*farthest, self.to).0);
        match self.to {
            Direction::Forward => Window {
                least: if self.key == i64::MIN { self.key } else { self.key.saturating_add(1) },
                most: farthest.map_or(i64::MAX, inner),
            },
            Direction::Back => Window {
                least: farthest.map_or(i64::MIN, inner),
                most: if self.key == i64::MAX { self.key } else { self.key.saturating_sub(1) },
            },
        }
    }

    /// The key before this one, seen from where they are counted.
    fn inward(&self, key: i64) -> i64 {
        if self.to == Direction::Forward { key.saturating_sub(1) } else { key.saturating_add(1) }
    }

    fn add(&mut self, place: Place) {
        let place = turned(place, self.to);
        if self.heap.len() < self.limit {
            self.heap.push(place);
        } else if let Some(mut farthest) = self.heap.peek_mut()
            && place < *farthest
        {
            *farthest = place;
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
    use crate::store::bits::PIECE;
    use crate::store::facets::{self, Edits, kind};
    use crate::store::keys;
    use crate::store::load::KeyEdits;

    /// A claim's piece, place in it, worth, source and moment.
    type Sample = (i64, i64, u8, i64, i64);

    fn store_with(claims: &[Sample]) -> (Store, Vec<i64>) {
        let store = Store::empty().unwrap();
        let db = &store.db;
        db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        for (id, name) in [(1, "Ada"), (2, "Bo"), (3, "Cleo")] {
            db.execute("INSERT INTO source (id, name, fold, kind) VALUES (?1, ?2, ?2, 0)", params![id, name]).unwrap();
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
        let rows = rows.into_iter().map(|(row, _)| row).collect();
        (store, rows)
    }

    fn claims() -> impl Strategy<Value = Vec<Sample>> {
        let claim = (0i64..3 * CLOSE as i64, 0i64..4, 0u8..4, 0i64..4, 0i64..3);
        prop::collection::vec(claim.prop_map(|(a, b, worth, c, d)| (a, b, worth * 30, c, d)), 1..90)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn pages_over_many_pieces_are_as_if_all_claims_were_sorted(
            claims in claims(),
            starts in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 1usize..40), 6),
        ) {
            let (store, rows) = store_with(&claims);
            let all = Query { root: None };
            for order in [Order::Worth, Order::Source, Order::Newest] {
                let place = |row: i64| {
                    let (key, at) = store.place_of_row(order, row).unwrap();
                    ((key, crate::store::added::found_from(at)), row)
                };
                let mut sorted: Vec<(Place, i64)> = rows.iter().map(|row| place(*row)).collect();
                sorted.sort_unstable();
                for (start, is_forward, limit) in &starts {
                    let at = start.index(sorted.len());
                    let (expected, found) = match is_forward {
                        true => (
                            &sorted[at..sorted.len().min(at + limit)],
                            store.rows_by_key(&all, order, Start::From(sorted[at].0), *limit).unwrap(),
                        ),
                        false => (
                            &sorted[at.saturating_sub(*limit)..at],
                            store.rows_by_key(&all, order, Start::Before(sorted[at].0), *limit).unwrap(),
                        ),
                    };
                    let expected: Vec<i64> = expected.iter().map(|(_, row)| *row).collect();
                    prop_assert_eq!(&found.rows, &expected, "{} {}", order, is_forward);
                    let (starts, ends) = match is_forward {
                        true => (at == 0, at + limit >= sorted.len()),
                        false => (at <= *limit, false),
                    };
                    prop_assert_eq!((found.at_start, found.at_end), (starts, ends));
                }
            }
        }
    }
}
