//! What is written of pieces, a facet's claims or the keys of an order, read in runs in the direction of a page: to find
//! the next row beside the one before costs a fraction of looking it up.

use std::collections::VecDeque;
use std::ops::Range;

use rusqlite::{Connection, params};

use super::{At, Direction};
use crate::domain::Order;
use crate::store::error::{Result, damaged};
use crate::store::{Store, facets, keys};

/// How many rows are read ahead: few for the first page, more the longer a selection is read.
pub(super) struct Steps {
    pub(super) rows: i64,
    pub(super) most: i64,
}

impl Steps {
    pub(super) fn next(&mut self) -> i64 {
        let rows = self.rows;
        self.rows = (rows * 4).min(self.most);
        rows
    }
}

/// Reads for a selection: the keys of an order once, however many of its conditions and whoever else ask for them.
pub(super) struct Reader<'db> {
    pub(super) store: &'db Store,
    keys: Vec<(Order, Pieces)>,
}

impl<'db> Reader<'db> {
    pub(super) fn new(store: &'db Store) -> Self {
        Self { store, keys: Vec::new() }
    }

    /// The sort keys of a piece, in the direction of the selection.
    pub(super) fn keys(&mut self, order: Order, at: At) -> Result<&[u8]> {
        let place = self.keys.iter().position(|(held, _)| *held == order).unwrap_or_else(|| {
            self.keys.push((order, Pieces::of_keys(order)));
            self.keys.len() - 1
        });
        self.keys[place].1.at(&self.store.db, at)
    }
}

/// Whose pieces are read.
#[derive(Clone, Copy)]
enum Of {
    Facet(i64),
    Keys(i64),
}

impl Of {
    fn row_id(self, piece: i64) -> i64 {
        match self {
            Self::Facet(facet) => facets::row_id(facet, piece),
            Self::Keys(code) => keys::row_id(code, piece),
        }
    }

    fn sql(self, direction: Direction) -> &'static str {
        match (self, direction) {
            (Self::Facet(_), Direction::Forward) => {
                "SELECT id & 0xFFFFFF, bits FROM posting WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3"
            }
            (Self::Facet(_), Direction::Back) => {
                "SELECT id & 0xFFFFFF, bits FROM posting WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3"
            }
            (Self::Keys(_), Direction::Forward) => {
                "SELECT id & 0xFFFFFF, keys FROM sort_key WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3"
            }
            (Self::Keys(_), Direction::Back) => {
                "SELECT id & 0xFFFFFF, keys FROM sort_key WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3"
            }
        }
    }
}

/// Pieces of one facet or order. They have to be asked for in one direction; some may be left out.
pub(in crate::store) struct Pieces {
    of: Of,
    steps: Steps,
    /// The pieces that were read, each with its place in `bytes`.
    read: VecDeque<(i64, Range<usize>)>,
    bytes: Vec<u8>,
    done: bool,
}

impl Pieces {
    /// The claims that have a facet.
    pub(super) fn of_facet(facet: i64) -> Self {
        Self::new(Of::Facet(facet), Steps { rows: 2, most: 32 })
    }

    /// The sort keys of an order; "article" has none.
    pub(in crate::store) fn of_keys(order: Order) -> Self {
        // Keys are longer than sets: so many take a tenth of a megabyte.
        Self::new(Of::Keys(keys::code(order).unwrap_or(0)), Steps { rows: 1, most: 16 })
    }

    fn new(of: Of, steps: Steps) -> Self {
        Self { of, steps, read: VecDeque::new(), bytes: Vec::new(), done: false }
    }

    /// What is written of a piece; nothing where it has none.
    pub(in crate::store) fn at(&mut self, db: &Connection, At { piece, direction }: At) -> Result<&[u8]> {
        let behind = |at: i64| if direction == Direction::Forward { at < piece } else { at > piece };
        while self.read.front().is_some_and(|(at, _)| behind(*at)) {
            self.read.pop_front();
        }
        if self.read.is_empty() && !self.done {
            self.fill(db, piece, direction)?;
        }
        let held = self.read.front().filter(|(at, _)| *at == piece);
        Ok(held.and_then(|(_, place)| self.bytes.get(place.clone())).unwrap_or_default())
    }

    fn fill(&mut self, db: &Connection, piece: i64, direction: Direction) -> Result<()> {
        let end = if direction == Direction::Forward { 0xFF_FFFF } else { 0 };
        let most = self.steps.next();
        self.bytes.clear();
        let mut find = db.prepare_cached(self.of.sql(direction))?;
        let mut rows = find.query(params![self.of.row_id(piece), self.of.row_id(end), most])?;
        while let Some(row) = rows.next()? {
            let from = self.bytes.len();
            self.bytes.extend_from_slice(row.get_ref(1)?.as_blob().map_err(damaged)?);
            self.read.push_back((row.get(0)?, from..self.bytes.len()));
        }
        self.done = (self.read.len() as i64) < most;
        Ok(())
    }
}
