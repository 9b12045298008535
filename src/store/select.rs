//! Which claims a query selects: its conditions are looked up piece by piece and joined as sets of bits.
//!
//! Every statement is fixed text; what a query says is only ever bound to it. Work grows with the claims looked at in
//! pieces of 8192, in whichever direction a page is read, and stops with the page.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{Connection, params};

use super::bits::{Bits, PIECE, PIECE_BITS, claim_at, piece_of, place_of};
use super::error::{Result, StoreError, damaged};
use super::facets::{self, fold, kind};
use super::keys;
use super::{Store, words};
use crate::domain::{Comparison, Expr, Has, Is, Order, Query, Status, Term, Words};

/// In which direction pieces are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Back,
}

/// A query made ready to be looked up in one direction.
pub(super) struct Selection<'db> {
    db: &'db Connection,
    stopped: &'db AtomicBool,
    root: Node,
    direction: Direction,
}

/// A condition, or conditions joined.
enum Node {
    Leaf(Leaf),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

/// A condition that is looked up.
enum Leaf {
    /// Claims with a facet.
    Facet(Postings),
    /// Claims whose own words or source's name match.
    Words(Matches),
    /// Claims of articles whose title matches.
    Titles(Ranges),
    /// Claims of these articles: first and last claim.
    Claims(Vec<(i64, i64)>),
    /// Claims of this worth.
    Worth(Comparison, f64),
    /// Claims of articles of this moment.
    Moment(Comparison, i64),
}

impl Store {
    /// Makes a query ready. Claims of articles that were replaced are in no selection.
    pub(super) fn selection(&self, query: &Query, direction: Direction) -> Result<Selection<'_>> {
        let live = self.facet_node(kind::LIVE, "")?;
        let root = match &query.root {
            None => live,
            Some(expr) => Node::And(vec![live, self.node(expr)?]),
        };
        Ok(Selection { db: &self.db, stopped: &self.stopped, root, direction })
    }

    fn node(&self, expr: &Expr) -> Result<Node> {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.node(part)).collect::<Result<Vec<_>>>();
        Ok(match expr {
            Expr::Term(term) => self.term(term)?,
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            Expr::And(parts) => {
                let mut parts = all(parts)?;
                // Cheap conditions first: where they leave nothing, the dear ones are not looked up.
                parts.sort_by_key(Node::cost);
                Node::And(parts)
            }
            Expr::Or(parts) => Node::Or(all(parts)?),
        })
    }

    fn term(&self, term: &Term) -> Result<Node> {
        Ok(match term {
            Term::Words(words) => Node::Or(vec![
                Node::Leaf(Leaf::Words(Matches::new(words::in_claim(words)))),
                Node::Leaf(Leaf::Titles(Ranges::new(words::in_title(words)))),
            ]),
            Term::Source(words) => Node::Leaf(Leaf::Words(Matches::new(words::in_source(words)))),
            Term::Status(Status::Unreviewed) => Node::Not(Box::new(self.any_of(kind::STATUS, |_| true)?)),
            Term::Status(status) => self.facet_node(kind::STATUS, status.word())?,
            Term::Mode(mode) => self.facet_node(kind::MODE, facets::mode_word(*mode))?,
            Term::Outlet(name) => self.any_of(kind::OUTLET, |outlet| words::stand_in(name, outlet))?,
            Term::Article(words) => self.article_node(words)?,
            Term::Analyst(name) => self.facet_node(kind::ANALYST, &fold(name))?,
            Term::Hedge(hedge) => self.facet_node(kind::HEDGE, &fold(hedge))?,
            Term::Tag(tag) => self.facet_node(kind::TAG, &fold(tag))?,
            Term::Lang(lang) => self.facet_node(kind::LANG, &fold(lang))?,
            Term::Has(Has::Evidence) => self.facet_node(kind::HAS, "evidence")?,
            Term::Has(Has::Note) => self.facet_node(kind::HAS, "note")?,
            Term::Has(Has::Remark) => self.facet_node(kind::HAS, "remark")?,
            Term::Has(Has::Conflict) => self.facet_node(kind::HAS, "conflict")?,
            Term::Is(Is::Changed) => self.facet_node(kind::IS, "changed")?,
            Term::Is(Is::Later) => self.facet_node(kind::IS, "later")?,
            Term::Before(moment) => Node::Leaf(Leaf::Moment(Comparison::Below, *moment)),
            Term::After(moment) => Node::Leaf(Leaf::Moment(Comparison::AtLeast, *moment)),
            Term::Worth { comparison, than } => Node::Leaf(Leaf::Worth(*comparison, *than)),
        })
    }

    fn facet_node(&self, kind: &str, value: &str) -> Result<Node> {
        let found = facets::find(&self.db, kind, value)?;
        Ok(found.map_or(Node::Or(Vec::new()), |facet| Node::Leaf(Leaf::Facet(Postings::new(facet)))))
    }

    fn any_of(&self, kind: &str, fits: impl Fn(&str) -> bool) -> Result<Node> {
        let fitting = facets::all(&self.db, kind)?.into_iter().filter(|(_, value)| fits(value));
        Ok(Node::Or(fitting.map(|(facet, _)| Node::Leaf(Leaf::Facet(Postings::new(facet)))).collect()))
    }

    /// An article by its shortened id, if it is one, else by words of its title.
    fn article_node(&self, words: &Words) -> Result<Node> {
        let mut ranges = Vec::new();
        for id in self.articles_beginning(&words.text)? {
            let mut find = self.db.prepare_cached("SELECT first_claim, claims FROM article WHERE hash = ?1")?;
            let (first, claims): (i64, i64) = find.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            ranges.push((first, first + claims - 1));
        }
        if ranges.is_empty() {
            return Ok(Node::Leaf(Leaf::Titles(Ranges::new(words::in_title(words)))));
        }
        Ok(Node::Leaf(Leaf::Claims(ranges)))
    }
}

impl Selection<'_> {
    /// The claims of a piece. Pieces have to be asked for in the direction of the selection, each once.
    pub(super) fn piece(&mut self, piece: i64) -> Result<Bits> {
        if self.stopped.load(Ordering::Acquire) {
            return Err(StoreError::Interrupted);
        }
        self.root.bits(self.db, piece, self.direction)
    }
}

impl Node {
    fn cost(&self) -> u8 {
        match self {
            Self::Leaf(Leaf::Facet(_) | Leaf::Claims(_)) => 0,
            Self::Leaf(Leaf::Moment(..)) => 1,
            Self::Leaf(Leaf::Worth(..)) => 2,
            Self::Leaf(Leaf::Titles(_)) => 3,
            Self::Leaf(Leaf::Words(_)) => 4,
            Self::Not(inner) => inner.cost(),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::cost).max().unwrap_or(0),
        }
    }

    fn bits(&mut self, db: &Connection, piece: i64, direction: Direction) -> Result<Bits> {
        Ok(match self {
            Self::Leaf(leaf) => {
                let mut bits = Bits::none();
                leaf.add(db, piece, direction, &mut bits)?;
                bits
            }
            Self::Not(inner) => {
                let mut bits = inner.bits(db, piece, direction)?;
                bits.not();
                bits
            }
            Self::And(parts) => {
                let mut bits = Bits::all();
                for part in parts {
                    bits.and(&part.bits(db, piece, direction)?);
                    if bits.is_empty() {
                        break;
                    }
                }
                bits
            }
            Self::Or(parts) => {
                let mut bits = Bits::none();
                for part in parts {
                    // A leaf adds its claims itself, which spares a set for each of many.
                    match part {
                        Self::Leaf(leaf) => leaf.add(db, piece, direction, &mut bits)?,
                        other => bits.or(&other.bits(db, piece, direction)?),
                    }
                }
                bits
            }
        })
    }
}

impl Leaf {
    fn add(&mut self, db: &Connection, piece: i64, direction: Direction, to: &mut Bits) -> Result<()> {
        match self {
            Self::Facet(postings) => postings.add(db, piece, direction, to),
            Self::Words(matches) => matches.add(db, piece, direction, to),
            Self::Titles(ranges) => ranges.add(db, piece, direction, to),
            Self::Claims(ranges) => {
                ranges.iter().for_each(|(first, last)| add_range(to, piece, *first, *last));
                Ok(())
            }
            Self::Worth(comparison, than) => {
                // One comparison for each of the hundred values, not for each claim.
                let holds: Vec<bool> =
                    (0..=u8::MAX).map(|key| comparison.holds(f64::from(key) / 100.0, *than)).collect();
                read_keys(db, Order::Worth, piece, |keys| {
                    for (place, key) in keys.iter().take(PIECE).enumerate() {
                        if holds[*key as usize] {
                            to.set(place);
                        }
                    }
                })
            }
            Self::Moment(comparison, than) => read_keys(db, Order::Newest, piece, |keys| {
                for (from, end, moment) in keys::moments(keys) {
                    let fits = match comparison {
                        Comparison::Below => moment < *than,
                        _ => moment >= *than,
                    };
                    if fits {
                        to.set_range(from, end);
                    }
                }
            }),
        }
    }
}

/// Gives the sort keys of a piece to `read`; nothing where it has none.
pub(super) fn read_keys(db: &Connection, order: Order, piece: i64, read: impl FnOnce(&[u8])) -> Result<()> {
    let Some(code) = keys::code(order) else { return Ok(()) };
    let mut find = db.prepare_cached("SELECT keys FROM sort_key WHERE id = ?1")?;
    let mut rows = find.query([keys::row_id(code, piece)])?;
    if let Some(row) = rows.next()? {
        read(row.get_ref(0)?.as_blob().map_err(damaged)?);
    }
    Ok(())
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

/// How many rows are read ahead: few for the first page, more the longer a selection is read.
struct Ahead {
    rows: i64,
    most: i64,
}

impl Ahead {
    fn next(&mut self) -> i64 {
        let rows = self.rows;
        self.rows = (rows * 4).min(self.most);
        rows
    }
}

/// The claims of one facet, read ahead.
struct Postings {
    facet: i64,
    ahead: Ahead,
    read: VecDeque<(i64, Vec<u8>)>,
    done: bool,
}

impl Postings {
    fn new(facet: i64) -> Self {
        Self { facet, ahead: Ahead { rows: 2, most: 32 }, read: VecDeque::new(), done: false }
    }

    fn add(&mut self, db: &Connection, piece: i64, direction: Direction, to: &mut Bits) -> Result<()> {
        let behind = |at: i64| if direction == Direction::Forward { at < piece } else { at > piece };
        while self.read.front().is_some_and(|(at, _)| behind(*at)) {
            self.read.pop_front();
        }
        if self.read.is_empty() && !self.done {
            self.fill(db, piece, direction)?;
        }
        if self.read.front().is_some_and(|(at, _)| *at == piece)
            && let Some((_, written)) = self.read.pop_front()
        {
            let facet = self.facet;
            to.add_encoded(&written).ok_or_else(|| damaged(format_args!("facet {facet} can't be read")))?;
        }
        Ok(())
    }

    fn fill(&mut self, db: &Connection, piece: i64, direction: Direction) -> Result<()> {
        let sql = match direction {
            Direction::Forward => {
                "SELECT id & 0xFFFFFF, bits FROM posting WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT ?3"
            }
            Direction::Back => {
                "SELECT id & 0xFFFFFF, bits FROM posting WHERE id <= ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3"
            }
        };
        let end = if direction == Direction::Forward { 0xFF_FFFF } else { 0 };
        let most = self.ahead.next();
        let mut find = db.prepare_cached(sql)?;
        let bounds = params![facets::row_id(self.facet, piece), facets::row_id(self.facet, end), most];
        let rows = find.query_map(bounds, |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            self.read.push_back(row?);
        }
        self.done = (self.read.len() as i64) < most;
        Ok(())
    }
}

/// The claims that full text finds, read ahead.
struct Matches {
    query: String,
    ahead: Ahead,
    read: VecDeque<i64>,
    done: bool,
}

impl Matches {
    fn new(query: String) -> Self {
        Self { query, ahead: Ahead { rows: 256, most: 16_384 }, read: VecDeque::new(), done: false }
    }

    fn add(&mut self, db: &Connection, piece: i64, direction: Direction, to: &mut Bits) -> Result<()> {
        let (low, high) = ends(piece);
        let behind = |claim: i64| if direction == Direction::Forward { claim < low } else { claim > high };
        while self.read.front().is_some_and(|claim| behind(*claim)) {
            self.read.pop_front();
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
        self.done = (self.read.len() as i64) < most;
        Ok(())
    }
}

/// Claims of articles whose title matches, as first and last claim, read ahead.
struct Ranges {
    query: String,
    ahead: Ahead,
    read: VecDeque<(i64, i64)>,
    /// The article to go on after; none before the first look-up.
    next: Option<i64>,
    done: bool,
}

impl Ranges {
    fn new(query: String) -> Self {
        Self { query, ahead: Ahead { rows: 64, most: 4096 }, read: VecDeque::new(), next: None, done: false }
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

/// The article of the first claim from here on.
fn article_at(db: &Connection, claim: i64, direction: Direction) -> Result<i64> {
    let (sql, none) = match direction {
        Direction::Forward => ("SELECT article FROM claim WHERE id >= ?1 ORDER BY id LIMIT 1", i64::MAX),
        Direction::Back => ("SELECT article FROM claim WHERE id <= ?1 ORDER BY id DESC LIMIT 1", 0),
    };
    let mut find = db.prepare_cached(sql)?;
    let mut rows = find.query([claim])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or(none))
}

/// Pieces up to the one with the newest claim.
pub(super) fn last_piece(db: &Connection) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT coalesce(max(id), 0) FROM claim")?;
    let newest: i64 = find.query_row([], |row| row.get(0))?;
    Ok(newest >> PIECE_BITS)
}
