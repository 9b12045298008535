//! Conditions that are looked up: each gives its claims piece by piece, read ahead in the direction of a page.

use std::collections::VecDeque;

use rusqlite::{Connection, params};

use super::ahead::{Pieces, Reader, Steps};
use super::sources::Sources;
use super::{At, Direction};
use crate::domain::{Comparison, Order};
use crate::store::bits::{Bits, PIECE, claim_at, piece_of, place_of};
use crate::store::error::{Result, damaged};
use crate::store::keys;

/// A condition that is looked up.
pub(super) enum Leaf {
    /// Claims with a facet.
    Facet(Pieces),
    /// Claims whose own words or source's name match.
    Words(Matches),
    /// Claims of articles whose title matches.
    Titles(Ranges),
    /// Claims of these articles: first and last claim.
    Claims(Vec<(i64, i64)>),
    /// Claims that one of these sources asserts.
    Sources(Sources),
    /// Claims whose worth or moment lies within bounds.
    Between(Between),
    /// Claims that are repeated or contradicted elsewhere, which is looked up for each that is asked for.
    Related,
}

impl Leaf {
    /// Adds the leaf's claims in a piece. Of claims outside `asked` nothing needs to be right.
    pub(super) fn add(&mut self, reader: &mut Reader<'_>, at: At, asked: &Bits, to: &mut Bits) -> Result<()> {
        let (db, At { piece, direction }) = (&reader.store.db, at);
        match self {
            Self::Facet(facet) => {
                let written = facet.at(db, at)?;
                to.add_encoded(written)
                    .ok_or_else(|| damaged(format_args!("the claims of a facet in {piece} can't be read")))
            }
            Self::Words(matches) => matches.add(db, at, asked, to),
            Self::Titles(ranges) => ranges.add(db, piece, direction, to),
            Self::Claims(ranges) => {
                ranges.iter().for_each(|(first, last)| add_range(to, piece, *first, *last));
                Ok(())
            }
            Self::Sources(wanted) => wanted.add(reader, at, to),
            Self::Between(bounds) => bounds.add(reader, at, asked, to),
            Self::Related => {
                for place in asked.places() {
                    if reader.store.is_related(claim_at(piece, place))? {
                        to.set(place);
                    }
                }
                Ok(())
            }
        }
    }
}

/// The first and the last claim of a piece.
fn ends(piece: i64) -> (i64, i64) {
    (claim_at(piece, 0), claim_at(piece, PIECE - 1))
}

fn add_range(to: &mut Bits, piece: i64, first: i64, last: i64) {
    let (low, high) = ends(piece);
    let (from, end) = (first.max(low), last.min(high));
    if from <= end {
        to.set_range(place_of(from), place_of(end) + 1);
    }
}

/// Claims whose worth, in hundredths, or whose article's moment is between two others, both included.
pub(super) struct Between {
    pub(super) order: Order,
    pub(super) least: i64,
    pub(super) most: i64,
}

impl Between {
    pub(super) fn worth(comparison: Comparison, than: f64) -> Self {
        let holds = |hundredths: &i64| comparison.holds(*hundredths as f64 / 100.0, than);
        let (least, most) = ((0..=100).find(holds), (0..=100).rev().find(holds));
        // None at all are none between one and zero.
        Self::of(Order::Worth, (least.unwrap_or(1), most.unwrap_or(0)))
    }

    pub(super) fn moment(comparison: Comparison, than: i64) -> Self {
        Self::of(
            Order::Newest,
            match comparison {
                Comparison::Below => (i64::MIN, than.saturating_sub(1)),
                _ => (than, i64::MAX),
            },
        )
    }

    fn of(order: Order, (least, most): (i64, i64)) -> Self {
        Self { order, least, most }
    }

    fn add(&self, reader: &mut Reader<'_>, at: At, asked: &Bits, to: &mut Bits) -> Result<()> {
        let keys = reader.keys(self.order, at)?;
        to.or(&match self.order {
            Order::Worth => keys::worth_between(keys, (self.least as u8, self.most as u8), asked),
            _ => keys::moments_between(keys, self.least, self.most),
        });
        Ok(())
    }
}

/// So few claims are asked for one by one where the words are common, and so few where they are not: there one more look-up
/// costs as much as reading all that match in a piece.
const FEW: u64 = 8;
const FEWER: u64 = 2;
/// Words are common that one claim in so many has, or more.
const COMMON: i64 = 32;
/// For the beginning of a word FTS5 puts all that match together before it gives the first, so many are taken at once.
const PREFIX: i64 = 1 << 18;

/// The claims that full text finds, read ahead.
pub(super) struct Matches {
    query: String,
    prefix: bool,
    /// Whether what was read last stands close together.
    common: bool,
    ahead: Steps,
    read: VecDeque<i64>,
    done: bool,
}

impl Matches {
    pub(super) fn new(query: String, prefix: bool) -> Self {
        let ahead = if prefix { Steps { rows: PREFIX, most: PREFIX } } else { Steps { rows: 256, most: 4096 } };
        Self { query, prefix, common: false, ahead, read: VecDeque::new(), done: false }
    }

    fn add(&mut self, db: &Connection, at: At, asked: &Bits, to: &mut Bits) -> Result<()> {
        let At { piece, direction } = at;
        let (low, high) = ends(piece);
        let behind = |claim: i64| if direction == Direction::Forward { claim < low } else { claim > high };
        while self.read.front().is_some_and(|claim| behind(*claim)) {
            self.read.pop_front();
        }
        let few = if self.common { FEW } else { FEWER };
        if self.read.is_empty() && !self.done && !self.prefix && asked.count() <= few {
            return self.probe(db, piece, asked, to);
        }
        let mut start = if direction == Direction::Forward { low } else { high };
        loop {
            while let Some(claim) = self.read.front().copied().filter(|claim| piece_of(*claim) == piece) {
                to.set(place_of(claim));
                start = if direction == Direction::Forward { claim + 1 } else { claim - 1 };
                self.read.pop_front();
            }
            if !self.read.is_empty() || self.done || piece_of(start) != piece {
                return Ok(());
            }
            self.fill(db, start, direction)?;
        }
    }

    /// Asks for each of a few claims alone, which spares reading past all others that match.
    fn probe(&self, db: &Connection, piece: i64, asked: &Bits, to: &mut Bits) -> Result<()> {
        let sql = "SELECT EXISTS (SELECT 1 FROM claim_words WHERE claim_words MATCH ?1 AND rowid = ?2)";
        let mut find = db.prepare_cached(sql)?;
        for place in asked.places() {
            if find.query_row(params![self.query, claim_at(piece, place)], |row| row.get(0))? {
                to.set(place);
            }
        }
        Ok(())
    }

    fn fill(&mut self, db: &Connection, start: i64, direction: Direction) -> Result<()> {
        let sql = match direction {
            Direction::Forward => {
                "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 AND rowid >= ?2 ORDER BY rowid LIMIT ?3"
            }
            Direction::Back => {
                "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC LIMIT ?3"
            }
        };
        let most = self.ahead.next();
        let mut find = db.prepare_cached(sql)?;
        let rows = find.query_map(params![self.query, start, most], |row| row.get(0))?;
        for row in rows {
            self.read.push_back(row?);
        }
        let found = self.read.len() as i64;
        self.done = found < most;
        self.common = self.read.back().is_some_and(|last| (last - start).abs() < found * COMMON);
        Ok(())
    }
}

/// Claims of articles whose title matches, as first and last claim, read ahead.
pub(super) struct Ranges {
    query: String,
    ahead: Steps,
    read: VecDeque<(i64, i64)>,
    /// The article to go on after; none before the first look-up.
    next: Option<i64>,
    done: bool,
}

impl Ranges {
    pub(super) fn new(query: String) -> Self {
        Self { query, ahead: Steps { rows: 64, most: 4096 }, read: VecDeque::new(), next: None, done: false }
    }

    fn add(&mut self, db: &Connection, piece: i64, direction: Direction, to: &mut Bits) -> Result<()> {
        let (low, high) = ends(piece);
        loop {
            while let Some((first, last)) = self.read.front().copied() {
                let beyond = if direction == Direction::Forward { first > high } else { last < low };
                if beyond {
                    return Ok(());
                }
                add_range(to, piece, first, last);
                // An article that goes on in the next piece is still needed there.
                let goes_on = if direction == Direction::Forward { last > high } else { first < low };
                if goes_on {
                    return Ok(());
                }
                self.read.pop_front();
            }
            if self.done {
                return Ok(());
            }
            self.fill(db, if direction == Direction::Forward { low } else { high }, direction)?;
        }
    }

    fn fill(&mut self, db: &Connection, start: i64, direction: Direction) -> Result<()> {
        let from = match self.next {
            Some(article) => article,
            None => article_at(db, start, direction)?,
        };
        let sql = match direction {
            Direction::Forward => {
                "SELECT a.id, a.first_claim, a.claims FROM title_words t JOIN article a ON a.id = t.rowid
                 WHERE title_words MATCH ?1 AND t.rowid >= ?2 ORDER BY t.rowid LIMIT ?3"
            }
            Direction::Back => {
                "SELECT a.id, a.first_claim, a.claims FROM title_words t JOIN article a ON a.id = t.rowid
                 WHERE title_words MATCH ?1 AND t.rowid <= ?2 ORDER BY t.rowid DESC LIMIT ?3"
            }
        };
        let most = self.ahead.next();
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query(params![self.query, from, most])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let (article, first, claims): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            self.next = Some(if direction == Direction::Forward { article + 1 } else { article - 1 });
            if claims > 0 {
                self.read.push_back((first, first + claims - 1));
            }
            count += 1;
        }
        self.done = count < most;
        Ok(())
    }
}

/// The article of the first claim that the machine found from here on: an added one lies far from its article's.
fn article_at(db: &Connection, claim: i64, direction: Direction) -> Result<i64> {
    let (sql, none) = match direction {
        Direction::Forward => (
            "SELECT article FROM claim WHERE id >= ?1 AND NOT EXISTS (SELECT 1 FROM added WHERE claim = claim.id)
             ORDER BY id LIMIT 1",
            i64::MAX,
        ),
        Direction::Back => (
            "SELECT article FROM claim WHERE id <= ?1 AND NOT EXISTS (SELECT 1 FROM added WHERE claim = claim.id)
             ORDER BY id DESC LIMIT 1",
            0,
        ),
    };
    let mut find = db.prepare_cached(sql)?;
    let mut rows = find.query([claim])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or(none))
}
