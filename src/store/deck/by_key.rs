//! Pages in orders by key.
//!
//! Claims of the key at which a page begins follow each other by row, so they are read from their piece on and no
//! further than the page. Only for other keys all pieces have to be looked at; then each claim that is found narrows
//! what is of interest in the next piece, and where nothing is, the query is not asked.

use std::collections::BinaryHeap;
use std::sync::Arc;

use super::window::{PieceKeys, Window};
use super::{Place, Rows, SourceRanks, Start};
use crate::domain::{Order, Query};
use crate::store::Store;
use crate::store::bits::{Bits, PIECE, claim_at, piece_of, place_of};
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
        let mut rows = self.of_same_key(query, order, place, to, limit)?;
        let mut nearest = Nearest::new(place.0, to, limit - rows.len());
        if nearest.limit > 0 {
            let mut scan = self.scan(query, order, to)?;
            for piece in scan.pieces() {
                let window = nearest.window();
                scan.visit(piece, window, nearest.is_full(), |place| nearest.add(place))?;
            }
        }
        rows.extend(nearest.rows());
        Ok(rows)
    }

    /// Whether any claim stands on that side of a place.
    fn any(&self, query: &Query, order: Order, place: Place, to: Direction) -> Result<bool> {
        if !self.of_same_key(query, order, place, to, 1)?.is_empty() {
            return Ok(true);
        }
        let window = Nearest::new(place.0, to, 1).window();
        let mut scan = self.scan(query, order, to)?;
        let mut any = false;
        for piece in scan.pieces().take_while(|_| !window.is_empty()) {
            scan.visit(piece, window, false, |_| any = true)?;
            if any {
                break;
            }
        }
        Ok(any)
    }

    /// The rows of claims with the key of a place, from it on or before it.
    fn of_same_key(&self, query: &Query, order: Order, place: Place, to: Direction, limit: usize) -> Result<Vec<i64>> {
        let (key, row) = place;
        let mut rows = Vec::new();
        // No claim has these keys: they stand for before and after everything.
        if key == i64::MIN || key == i64::MAX {
            return Ok(rows);
        }
        let window = Window { least: key, most: key };
        let mut scan = self.scan(query, order, to)?;
        let beyond = |piece: i64| if to == Direction::Forward { piece < piece_of(row) } else { piece > piece_of(row) };
        for piece in scan.pieces().skip_while(|piece| beyond(*piece)) {
            let keys = scan.keys(piece)?;
            let mut same = keys.within(window);
            match to {
                Direction::Forward => same.keep_range(end_in(piece, row), PIECE),
                Direction::Back => same.keep_range(0, end_in(piece, row)),
            }
            let same = scan.selected(piece, same)?;
            let left = limit - rows.len();
            match to {
                Direction::Forward => rows.extend(same.places().take(left).map(|place| claim_at(piece, place))),
                Direction::Back => rows.extend(same.places_back().take(left).map(|place| claim_at(piece, place))),
            }
            if rows.len() == limit {
                break;
            }
        }
        Ok(rows)
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

/// How many places of a piece hold claims before this row.
fn end_in(piece: i64, row: i64) -> usize {
    match piece.cmp(&piece_of(row)) {
        std::cmp::Ordering::Less => PIECE,
        std::cmp::Ordering::Equal => place_of(row),
        std::cmp::Ordering::Greater => 0,
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

    /// The keys of a piece.
    fn keys(&mut self, piece: i64) -> Result<PieceKeys<'_>> {
        self.selection.go_on()?;
        self.written.clear();
        read_keys(&self.store.db, self.order, piece, |keys| self.written.extend_from_slice(keys))?;
        Ok(PieceKeys { piece, order: self.order, written: &self.written, ranks: self.ranks.as_deref() })
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
        let keys = PieceKeys { piece, order: self.order, written: &self.written, ranks: self.ranks.as_deref() };
        keys.each(&inside, window, visit);
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

    /// Keys that can still come in. Pieces are looked at in the direction of the rows, so a claim in a later piece with
    /// the key of the farthest is farther.
    fn window(&self) -> Window {
        let farthest = self.heap.peek().filter(|_| self.is_full()).map(|farthest| turned(*farthest, self.to).0);
        match self.to {
            Direction::Forward => Window {
                least: if self.key == i64::MIN { self.key } else { self.key.saturating_add(1) },
                most: farthest.map_or(i64::MAX, |key| key.saturating_sub(1)),
            },
            Direction::Back => Window {
                least: farthest.map_or(i64::MIN, |key| key.saturating_add(1)),
                most: if self.key == i64::MAX { self.key } else { self.key.saturating_sub(1) },
            },
        }
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
