//! Pages in orders by key: of each piece only the claims that can still be on the page are looked at singly.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Place, Rows, SourceRanks, Start};
use crate::domain::{Order, Query};
use crate::store::Store;
use crate::store::bits::{Bits, claim_at};
use crate::store::error::Result;
use crate::store::keys;
use crate::store::select::{Direction, last_piece, read_keys};

/// The keys that are of interest, both ends included, and whether claims outside are to be counted.
#[derive(Clone, Copy)]
struct Window {
    least: i64,
    most: i64,
    count_below: bool,
    count_above: bool,
}

/// Who looks at claims by their keys.
trait Visitor {
    /// What is of interest now; it may shrink with every piece.
    fn window(&self) -> Window;
    /// A claim within the window.
    fn visit(&mut self, place: Place);
    /// So many claims below and above the window, where they were to be counted.
    fn outside(&mut self, below: u64, above: u64);
}

impl Store {
    pub(super) fn rows_by_key(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Rows> {
        match start {
            Start::From(from) => {
                let mut page = Forward { from, least: Kept::new(limit + 1), before: false };
                self.visit_keys(query, order, &mut page)?;
                let mut rows: Vec<_> = page.least.heap.into_sorted_vec().into_iter().map(|(_, row)| row).collect();
                let at_end = rows.len() <= limit;
                rows.truncate(limit);
                Ok(Rows { rows, at_start: !page.before, at_end })
            }
            Start::Before(end) => {
                let mut page = Backward { end, greatest: Kept::new(limit + 1), after: false };
                self.visit_keys(query, order, &mut page)?;
                let sorted = page.greatest.heap.into_sorted_vec();
                let mut rows: Vec<_> = sorted.into_iter().map(|Reverse((_, row))| row).collect();
                let at_start = rows.len() <= limit;
                rows.truncate(limit);
                rows.reverse();
                Ok(Rows { rows, at_start, at_end: !page.after })
            }
        }
    }

    /// How many selected claims stand before a place.
    pub(super) fn count_before(&self, query: &Query, order: Order, place: Place) -> Result<u64> {
        let mut before = Before { place, count: 0 };
        self.visit_keys(query, order, &mut before)?;
        Ok(before.count)
    }

    fn visit_keys(&self, query: &Query, order: Order, visitor: &mut impl Visitor) -> Result<()> {
        let mut selection = self.selection(query, Direction::Forward)?;
        let ranks = if order == Order::Source { Some(self.source_ranks()?) } else { None };
        for piece in 0..=last_piece(&self.db)? {
            let bits = selection.piece(piece)?;
            if bits.is_empty() {
                continue;
            }
            let mut read = |keys: &[u8]| match (&ranks, order) {
                (Some(ranks), _) => by_source(keys, &bits, piece, ranks, visitor),
                (None, Order::Worth) => by_worth(keys, &bits, piece, visitor),
                (None, _) => by_moment(keys, &bits, piece, visitor),
            };
            let mut any = false;
            read_keys(&self.db, order, piece, |keys| {
                any = true;
                read(keys);
            })?;
            // No claim of the piece has a source, so none was written.
            if !any && order == Order::Source {
                read(&[]);
            }
        }
        Ok(())
    }
}

fn by_worth(keys: &[u8], bits: &Bits, piece: i64, visitor: &mut impl Visitor) {
    let window = visitor.window();
    // The most worth has the least key.
    let clamp = |key: i64| key.saturating_neg().clamp(-1, 127) as i32;
    let (most, least) = (clamp(window.least), clamp(window.most).max(0));
    let up_to_most = keys::worth_below(keys, (most + 1) as u32);
    let under_least = keys::worth_below(keys, least as u32);
    visitor.outside(bits.count() - bits.common(&up_to_most), bits.common(&under_least));
    let mut inside = bits.clone();
    inside.and(&up_to_most);
    inside.without(&under_least);
    for place in inside.places() {
        visitor.visit((-i64::from(keys::worth_at(keys, place)), claim_at(piece, place)));
    }
}

fn by_moment(keys: &[u8], bits: &Bits, piece: i64, visitor: &mut impl Visitor) {
    let window = visitor.window();
    let (mut below, mut above, mut inside) = (Bits::none(), Bits::none(), Bits::none());
    for (from, end, moment) in keys::moments(keys) {
        let key = moment.saturating_neg();
        let part = if key < window.least {
            &mut below
        } else if key > window.most {
            &mut above
        } else {
            &mut inside
        };
        part.set_range(from, end);
    }
    visitor.outside(bits.common(&below), bits.common(&above));
    inside.and(bits);
    let mut places = inside.places().peekable();
    for (_, end, moment) in keys::moments(keys) {
        while let Some(place) = places.next_if(|place| *place < end) {
            visitor.visit((moment.saturating_neg(), claim_at(piece, place)));
        }
    }
}

fn by_source(keys: &[u8], bits: &Bits, piece: i64, ranks: &SourceRanks, visitor: &mut impl Visitor) {
    let window = visitor.window();
    let (mut below, mut above) = (0, 0);
    let last = ranks.of_none();
    let reaches_last = window.count_above || window.most >= last;
    let mut without = bits.clone();
    for (source, places) in keys::sources(keys) {
        let rank = ranks.of(source);
        let inside = (window.least..=window.most).contains(&rank);
        let counted = if rank < window.least { window.count_below } else { window.count_above };
        if !inside && !counted && !reaches_last {
            continue;
        }
        for place in places.filter(|place| bits.has(*place)) {
            without.clear(place);
            if inside {
                visitor.visit((rank, claim_at(piece, place)));
            } else if rank < window.least {
                below += 1;
            } else {
                above += 1;
            }
        }
    }
    if reaches_last {
        if last > window.most {
            above += without.count();
        } else if last < window.least {
            below += without.count();
        } else {
            without.places().for_each(|place| visitor.visit((last, claim_at(piece, place))));
        }
    }
    visitor.outside(below, above);
}

/// The least values seen, so many.
struct Kept<T> {
    heap: BinaryHeap<T>,
    limit: usize,
}

impl<T: Ord> Kept<T> {
    fn new(limit: usize) -> Self {
        Self { heap: BinaryHeap::new(), limit }
    }

    fn add(&mut self, value: T) {
        if self.heap.len() < self.limit {
            self.heap.push(value);
        } else if let Some(mut greatest) = self.heap.peek_mut()
            && value < *greatest
        {
            *greatest = value;
        }
    }

    /// The greatest that is kept, once no other can be added without one leaving.
    fn bound(&self) -> Option<&T> {
        self.heap.peek().filter(|_| self.heap.len() == self.limit)
    }
}

/// The first claims from a place on.
struct Forward {
    from: Place,
    least: Kept<Place>,
    before: bool,
}

impl Visitor for Forward {
    fn window(&self) -> Window {
        let most = self.least.bound().map_or(i64::MAX, |(key, _)| *key);
        Window { least: self.from.0, most, count_below: !self.before, count_above: false }
    }

    fn visit(&mut self, place: Place) {
        if place < self.from { self.before = true } else { self.least.add(place) }
    }

    fn outside(&mut self, below: u64, _above: u64) {
        self.before |= below > 0;
    }
}

/// The last claims before a place.
struct Backward {
    end: Place,
    greatest: Kept<Reverse<Place>>,
    after: bool,
}

impl Visitor for Backward {
    fn window(&self) -> Window {
        let least = self.greatest.bound().map_or(i64::MIN, |Reverse((key, _))| *key);
        Window { least, most: self.end.0, count_below: false, count_above: !self.after }
    }

    fn visit(&mut self, place: Place) {
        if place >= self.end { self.after = true } else { self.greatest.add(Reverse(place)) }
    }

    fn outside(&mut self, _below: u64, above: u64) {
        self.after |= above > 0;
    }
}

/// How many stand before a place.
struct Before {
    place: Place,
    count: u64,
}

impl Visitor for Before {
    fn window(&self) -> Window {
        Window { least: self.place.0, most: self.place.0, count_below: true, count_above: false }
    }

    fn visit(&mut self, place: Place) {
        self.count += u64::from(place < self.place);
    }

    fn outside(&mut self, below: u64, _above: u64) {
        self.count += below;
    }
}
