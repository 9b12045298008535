//! Pages of decks, and where in a deck a claim stands.
//!
//! A deck in the order of articles is read from its place on and no further than the page. In every other order the
//! sort keys of all selected claims are looked at and the page's claims picked out, which costs the same at any depth.

mod by_key;
mod ranks;
mod walk;
mod window;

use super::Store;
use super::added::found_from;
use super::bits::{PIECE, claim_at, piece_of, place_of};
use super::decide::row_of;
use super::error::Result;
use super::select::{Direction, last_piece, without_related};
use super::snapshot::Snapshot;
use crate::domain::{ClaimId, Count, Deck, Expr, Order, Page, Query, Seek, Status, Term};

pub(super) use ranks::SourceRanks;

/// A claim's place in an order: its sort key, then its place in the order of texts. Lesser comes first.
pub(super) type Place = (i64, i64);

/// Where a page begins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Start {
    /// The first claims at this place or after it.
    From(Place),
    /// The last claims before this place.
    Before(Place),
}

impl Start {
    /// The same for claims that the machine found, whose places are their rows.
    fn of_found(self) -> Self {
        match self {
            Self::From((key, at)) => Self::From((key, found_from(at))),
            Self::Before((key, at)) => Self::Before((key, found_from(at))),
        }
    }
}

const FIRST: Place = (i64::MIN, i64::MIN);
const LAST: Place = (i64::MAX, i64::MAX);

/// Claims looked at in one go when the next article is searched for in an order that mixes articles.
const STRIDE: usize = 64;

/// Claims that are looked up at most to count those with related ones.
const COUNTED: usize = 1000;

/// Rows of a page, in the order of the deck.
pub(super) struct Rows {
    pub(super) rows: Vec<i64>,
    pub(super) at_start: bool,
    pub(super) at_end: bool,
}

impl Store {
    /// A page of a deck, at most `limit` claims. A claim to seek from that is unknown counts as the first.
    pub fn page(&self, deck: &Deck, seek: Seek, limit: usize) -> Result<Page> {
        let _snapshot = Snapshot::begin(&self.db)?;
        // Given up before the snapshot is, whose end nothing may stop.
        let _in_page = self.in_page();
        let rows = self.page_rows(deck, seek, limit)?;
        Ok(Page { claims: self.claims_of_rows(&rows.rows)?, at_start: rows.at_start, at_end: rows.at_end })
    }

    /// How many claims a query selects, at most `bound`.
    pub fn count(&self, deck: &Deck, bound: u64) -> Result<Count> {
        let query = Query::parse(&deck.query)?;
        let _snapshot = Snapshot::begin(&self.db)?;
        if let Some(wide) = without_related(&query) {
            return self.count_related(&query, &wide, bound);
        }
        let mut selection = self.selection(&query, Direction::Forward)?;
        let mut n = 0;
        for piece in 0..=last_piece(&self.db)? {
            n += selection.piece(piece)?.count();
            if n > bound {
                return Ok(Count { n: bound, more: true });
            }
        }
        n += self.selected_added(&query, &*self.added()?)?.len() as u64;
        Ok(Count { n: n.min(bound), more: n > bound })
    }

    /// Where related claims are looked up, only the first claims are counted: more would keep a processor busy for minutes.
    fn count_related(&self, query: &Query, wide: &Query, bound: u64) -> Result<Count> {
        let first = self.found_at(wide, Order::Article, Start::From(FIRST), COUNTED)?;
        let n = (self.tested(query, &first.rows)?.len() + self.selected_added(query, &*self.added()?)?.len()) as u64;
        Ok(Count { n: n.min(bound), more: n > bound || !first.at_end })
    }

    /// How many claims of the deck stand before this one, at most `bound`; the claim itself need not be among them.
    pub fn rank(&self, deck: &Deck, claim: ClaimId, bound: u64) -> Result<Count> {
        let query = Query::parse(&deck.query)?;
        if without_related(&query).is_some() {
            return Ok(Count { n: 0, more: true });
        }
        let _snapshot = Snapshot::begin(&self.db)?;
        let Some(place) = self.place(deck.order, claim)? else { return Ok(Count::default()) };
        let places = self.added_places(&query, deck.order)?;
        let mut n = places.iter().filter(|(added, _)| *added < place).count() as u64;
        let found = (place.0, found_from(place.1));
        match deck.order {
            Order::Article => {
                let mut selection = self.selection(&query, Direction::Forward)?;
                for piece in 0..=piece_of(found.1) {
                    let mut bits = selection.piece(piece)?;
                    if piece == piece_of(found.1) {
                        bits.keep_range(0, place_of(found.1));
                    }
                    n += bits.count();
                    if n > bound {
                        break;
                    }
                }
            }
            order => n += self.count_before(&query, order, found)?,
        }
        Ok(Count { n: n.min(bound), more: n > bound })
    }

    /// The rows after this one, or the first, in the order of the deck.
    pub(super) fn rows_after(&self, query: &Query, order: Order, row: Option<i64>, limit: usize) -> Result<Rows> {
        let start = row.map_or(Ok(FIRST), |row| self.place_of_row(order, row).map(after))?;
        self.rows_at(query, order, Start::From(start), limit)
    }

    /// The rows of a page, in the order of the deck.
    fn page_rows(&self, deck: &Deck, seek: Seek, limit: usize) -> Result<Rows> {
        let query = Query::parse(&deck.query)?;
        let start = self.start(&query, deck.order, seek)?;
        self.rows_at(&query, deck.order, start, limit)
    }

    fn start(&self, query: &Query, order: Order, seek: Seek) -> Result<Start> {
        let claim = match seek {
            Seek::First => return Ok(Start::From(FIRST)),
            Seek::Last => return Ok(Start::Before(LAST)),
            Seek::After(claim)
            | Seek::Before(claim)
            | Seek::From(claim)
            | Seek::NextArticle(claim)
            | Seek::PreviousArticle(claim)
            | Seek::NextUnreviewed(claim) => claim,
        };
        let Some(row) = row_of(&self.db, claim)? else { return Ok(Start::From(FIRST)) };
        let place = self.place_of_row(order, row)?;
        Ok(match seek {
            Seek::From(_) => Start::From(place),
            Seek::Before(_) => Start::Before(place),
            Seek::NextArticle(_) => Start::From(self.next_article(query, order, (place, row))?),
            Seek::PreviousArticle(_) => self.previous_article(query, order, (place, row))?,
            Seek::NextUnreviewed(_) => Start::From(self.next_unreviewed(query, order, place)?),
            _ => Start::From(after(place)),
        })
    }

    fn next_unreviewed(&self, query: &Query, order: Order, place: Place) -> Result<Place> {
        let unreviewed = Expr::Term(Term::Status(Status::Unreviewed));
        let root = match &query.root {
            Some(expr) => Expr::And(vec![unreviewed, expr.clone()]),
            None => unreviewed,
        };
        let found = self.rows_at(&Query { root: Some(root) }, order, Start::From(after(place)), 1)?;
        found.rows.first().map_or(Ok(LAST), |row| self.place_of_row(order, *row))
    }

    fn next_article(&self, query: &Query, order: Order, (place, row): (Place, i64)) -> Result<Place> {
        let (article, _, last) = self.article_of(row)?;
        if in_one_piece(order) {
            return Ok((place.0, self.added()?.end_of(article, last + 1)));
        }
        let mut place = place;
        loop {
            let found = self.rows_at(query, order, Start::From(after(place)), STRIDE)?;
            for row in &found.rows {
                if self.article_of(*row)?.0 != article {
                    return self.place_of_row(order, *row);
                }
            }
            match found.rows.last() {
                Some(row) if !found.at_end => place = self.place_of_row(order, *row)?,
                _ => return Ok(LAST),
            }
        }
    }

    fn previous_article(&self, query: &Query, order: Order, (place, row): (Place, i64)) -> Result<Start> {
        let (mut article, first, _) = self.article_of(row)?;
        if in_one_piece(order) {
            let added = self.added()?;
            let start = added.start_of(article, first);
            let found = self.rows_at(query, order, Start::Before((place.0, start)), 1)?;
            let Some(row) = found.rows.first() else { return Ok(Start::From(FIRST)) };
            let (article, first, _) = self.article_of(*row)?;
            return Ok(Start::From((self.place_of_row(order, *row)?.0, added.start_of(article, first))));
        }
        // Back over what is left of this article's claims, then over those of the one before.
        let (mut place, mut inside) = (place, false);
        loop {
            let found = self.rows_at(query, order, Start::Before(place), STRIDE)?;
            for row in found.rows.iter().rev() {
                let of = self.article_of(*row)?.0;
                if of != article {
                    if inside {
                        return Ok(Start::From(place));
                    }
                    (article, inside) = (of, true);
                }
                place = self.place_of_row(order, *row)?;
            }
            if found.at_start {
                return Ok(Start::From(if inside { place } else { FIRST }));
            }
        }
    }

    /// A claim's article with the first and the last claim that the machine found in it.
    fn article_of(&self, row: i64) -> Result<(i64, i64, i64)> {
        let mut find = self.db.prepare_cached(
            "SELECT a.id, a.first_claim, a.first_claim + a.claims - 1
             FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
        )?;
        Ok(find.query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    fn place(&self, order: Order, claim: ClaimId) -> Result<Option<Place>> {
        row_of(&self.db, claim)?.map(|row| self.place_of_row(order, row)).transpose()
    }

    fn place_of_row(&self, order: Order, row: i64) -> Result<Place> {
        let sql = match order {
            Order::Article => return Ok((0, self.added()?.place_of(row))),
            Order::Worth => "SELECT -worth FROM claim WHERE id = ?1",
            Order::Newest => "SELECT a.moment FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1",
            Order::Source => "SELECT coalesce(source, 0) FROM claim WHERE id = ?1",
        };
        let key: i64 = self.db.prepare_cached(sql)?.query_row([row], |row| row.get(0))?;
        let at = self.added()?.place_of(row);
        Ok(match order {
            Order::Source => (self.source_ranks()?.of(u32::try_from(key).unwrap_or(0)), at),
            Order::Newest => (key.saturating_neg(), at),
            _ => (key, at),
        })
    }

    fn rows_at(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Rows> {
        // One more than the page tells whether the deck goes on.
        let limit = limit.min(usize::MAX - 1);
        let found = match self.walked(query, order, start.of_found(), limit)? {
            Some(found) => found,
            None => self.found_at(query, order, start.of_found(), limit)?,
        };
        let added = self.added_places(query, order)?;
        if added.is_empty() { Ok(found) } else { self.put_in(order, start, limit, (found, added)) }
    }

    /// The rows of claims that the machine found.
    fn found_at(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Rows> {
        match order {
            Order::Article => self.rows_in_text_order(query, start, limit),
            _ => self.rows_by_key(query, order, start, limit),
        }
    }

    /// Puts added claims in where they stand among those that were found.
    fn put_in(&self, order: Order, start: Start, limit: usize, of: (Rows, Vec<(Place, i64)>)) -> Result<Rows> {
        let (Rows { rows, mut at_start, mut at_end }, added) = of;
        let mut all = Vec::with_capacity(rows.len() + added.len());
        for row in rows {
            all.push((self.place_of_row(order, row)?, row));
        }
        // Past the last row of a page that has an end the deck goes on with others of the machine's.
        let (first, last) = (all.first().map(|(place, _)| *place), all.last().map(|(place, _)| *place));
        match start {
            Start::From(from) => {
                let edge = if at_end { LAST } else { last.unwrap_or(LAST) };
                at_start &= added.iter().all(|(place, _)| *place >= from);
                at_end &= added.iter().all(|(place, _)| *place <= edge);
                all.extend(added.into_iter().filter(|(place, _)| (from..=edge).contains(place)));
                all.sort_unstable();
                at_end &= all.len() <= limit;
                all.truncate(limit);
            }
            Start::Before(end) => {
                let edge = if at_start { FIRST } else { first.unwrap_or(FIRST) };
                at_end &= added.iter().all(|(place, _)| *place < end);
                at_start &= added.iter().all(|(place, _)| *place >= edge);
                all.extend(added.into_iter().filter(|(place, _)| (edge..end).contains(place)));
                all.sort_unstable();
                at_start &= all.len() <= limit;
                all.drain(..all.len().saturating_sub(limit));
            }
        }
        Ok(Rows { rows: all.into_iter().map(|(_, row)| row).collect(), at_start, at_end })
    }

    /// The claims of a deck that analysts added, with their places.
    fn added_places(&self, query: &Query, order: Order) -> Result<Vec<(Place, i64)>> {
        let added = self.added()?;
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.selected_added(query, &added)?;
        rows.into_iter().map(|row| Ok((self.place_of_row(order, row)?, row))).collect()
    }

    fn rows_in_text_order(&self, query: &Query, start: Start, limit: usize) -> Result<Rows> {
        let last = last_piece(&self.db)?;
        match start {
            Start::From((key, row)) => {
                // The key is the same for all: only "before everything" and "after everything" differ.
                let from = if key < 0 {
                    0
                } else if key > 0 {
                    i64::MAX
                } else {
                    row
                };
                let mut rows = self.forward(query, from, last, limit + 1)?;
                let at_end = rows.len() <= limit;
                rows.truncate(limit);
                let at_start = self.back(query, rows.first().copied().unwrap_or(from), last, 1)?.is_empty();
                Ok(Rows { rows, at_start, at_end })
            }
            Start::Before((key, row)) => {
                let end = if key > 0 { i64::MAX } else { row };
                let mut rows = self.back(query, end, last, limit + 1)?;
                let at_start = rows.len() <= limit;
                rows.truncate(limit);
                rows.reverse();
                let from = rows.last().map_or(end, |row| row.saturating_add(1));
                let at_end = self.forward(query, from, last, 1)?.is_empty();
                Ok(Rows { rows, at_start, at_end })
            }
        }
    }

    /// The first claims at this row or after it.
    fn forward(&self, query: &Query, from: i64, last: i64, limit: usize) -> Result<Vec<i64>> {
        let mut selection = self.selection(query, Direction::Forward)?;
        let mut rows = Vec::with_capacity(limit.min(256));
        for piece in piece_of(from)..=last {
            let mut bits = selection.piece(piece)?;
            if piece == piece_of(from) {
                bits.keep_range(place_of(from), PIECE);
            }
            rows.extend(bits.places().take(limit - rows.len()).map(|place| claim_at(piece, place)));
            if rows.len() == limit {
                break;
            }
        }
        Ok(rows)
    }

    /// The last claims before this row, last first.
    fn back(&self, query: &Query, end: i64, last: i64, limit: usize) -> Result<Vec<i64>> {
        let mut selection = self.selection(query, Direction::Back)?;
        let mut rows = Vec::with_capacity(limit.min(256));
        for piece in (0..=piece_of(end).min(last)).rev() {
            let mut bits = selection.piece(piece)?;
            if piece == piece_of(end) {
                bits.keep_range(0, place_of(end));
            }
            rows.extend(bits.places_back().take(limit - rows.len()).map(|place| claim_at(piece, place)));
            if rows.len() == limit {
                break;
            }
        }
        Ok(rows)
    }
}

/// Whether an order keeps the claims of an article together.
fn in_one_piece(order: Order) -> bool {
    matches!(order, Order::Article | Order::Newest)
}

fn after((key, row): Place) -> Place {
    (key, row.saturating_add(1))
}
