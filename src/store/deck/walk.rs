//! Pages of what is searched for, where many claims have the words: the deck without them is walked in its own order and
//! claim after claim is tested. Where too few turn out to have them, the full-text index is quicker.

use super::{Place, Rows, Start, after};
use crate::domain::{Order, Query};
use crate::store::Store;
use crate::store::bits::PIECE;
use crate::store::error::Result;
use crate::store::select::{Wide, last_piece, without_related};

/// To test a claim takes as long as to read so many claims out of the index: in the order of texts, where claims of one article
/// follow each other, and in others.
const TEST: (u64, u64) = (25, 60);
/// Pages longer than this are for exports, which read everything.
const LONG: usize = 256;
/// Claims that are tested in one go.
const STEP: (usize, usize) = (32, 512);

impl Store {
    /// The rows of a page, where enough claims have the words of the query to find it so.
    pub(super) fn walked(&self, query: &Query, order: Order, start: Start, limit: usize) -> Result<Option<Rows>> {
        // Where related claims are looked up, nothing is quicker than to test as few as will do.
        if let Some(wide) = without_related(query) {
            let walk = Walk { store: self, query, wide: &wide, order, most: usize::MAX };
            return walk.page(start, limit);
        }
        if limit > LONG {
            return Ok(None);
        }
        let all = Wide::without(query, true);
        let found = all.map_or(Ok(None), |wide| self.walk_page(query, &wide, order, start, limit))?;
        if found.is_some() {
            return Ok(found);
        }
        // The other words may leave few claims to be tested.
        match Wide::without(query, false).filter(|wide| wide.has_words) {
            Some(wide) => self.walk_page(query, &wide, order, start, limit),
            None => Ok(None),
        }
    }

    fn walk_page(&self, query: &Query, wide: &Wide, order: Order, start: Start, limit: usize) -> Result<Option<Rows>> {
        let most = self.most_tests(wide, order, limit as u64 + 1)?;
        if order != Order::Article && !wide.beginnings && !self.is_frequent(query, limit, most)? {
            return Ok(None);
        }
        Walk { store: self, query, wide: &wide.query, order, most }.page(start, limit)
    }

    /// Whether whole words are so frequent, as the first claims that have them tell, that `most` tests are likely to do.
    fn is_frequent(&self, query: &Query, limit: usize, most: usize) -> Result<bool> {
        let first = self.forward(query, 0, last_piece(&self.db)?, limit + 1)?;
        Ok(first.get(limit).is_some_and(|row| usize::try_from(*row).is_ok_and(|row| row <= most)))
    }

    /// Claims that are tested at most for so many. Where a share of all claims has the words, the index gives all of these,
    /// and a walk tests the rarer the more: both take as long where the tests are the root of all claims times `limit`.
    fn most_tests(&self, wide: &Wide, order: Order, limit: u64) -> Result<usize> {
        let cost = match order {
            // Here the index gives the claims of a whole word one by one.
            Order::Article if !wide.beginnings => return Ok(limit as usize * 3),
            Order::Article => TEST.0,
            _ => TEST.1,
        };
        let claims = (last_piece(&self.db)? + 1) as u64 * PIECE as u64;
        Ok((claims * limit / cost).isqrt() as usize)
    }
}

/// A walk through a deck.
struct Walk<'a> {
    store: &'a Store,
    query: &'a Query,
    /// The deck that is walked.
    wide: &'a Query,
    order: Order,
    /// Claims that are tested at most.
    most: usize,
}

impl Walk<'_> {
    /// A page; none where it takes too many tests.
    fn page(&self, start: Start, limit: usize) -> Result<Option<Rows>> {
        let (other_way, forward) = match start {
            Start::From(place) => (Start::Before(place), true),
            Start::Before(place) => (Start::From(place), false),
        };
        let Some(mut rows) = self.from(start, limit + 1)? else { return Ok(None) };
        let Some(beyond) = self.from(other_way, 1)? else { return Ok(None) };
        let (ends, begins) = (rows.len() <= limit, beyond.is_empty());
        rows.truncate(limit);
        if !forward {
            rows.reverse();
        }
        let (at_start, at_end) = if forward { (begins, ends) } else { (ends, begins) };
        Ok(Some(Rows { rows, at_start, at_end }))
    }

    /// The rows of the nearest claims, so many, the nearest first; none where that takes too many tests.
    fn from(&self, mut start: Start, limit: usize) -> Result<Option<Vec<i64>>> {
        let (mut rows, mut tested) = (Vec::with_capacity(limit), 0);
        if matches!(start, Start::From((i64::MAX, _)) | Start::Before((i64::MIN, _))) {
            return Ok(Some(rows));
        }
        let mut step = limit.clamp(STEP.0, STEP.1);
        while rows.len() < limit {
            let near = self.store.found_at(self.wide, self.order, start, step)?;
            let (mut here, ends) = match start {
                Start::From(_) => (near.rows, near.at_end),
                Start::Before(_) => (near.rows.into_iter().rev().collect(), near.at_start),
            };
            let Some(last) = here.last().copied() else { break };
            tested += here.len();
            let place = self.place_of_found(last)?;
            start = match start {
                Start::From(_) => Start::From(after(place)),
                Start::Before(_) => Start::Before(place),
            };
            let fitting = self.store.tested(self.query, &here)?;
            here.retain(|row| fitting.binary_search(row).is_ok());
            rows.extend(here);
            if ends {
                break;
            }
            // As many tests as it will take if the words go on to be as common, two claims more taken for granted.
            if rows.len() < limit && (rows.len() + 2).saturating_mul(self.most) < limit.saturating_mul(tested) {
                return Ok(None);
            }
            let left = limit.saturating_sub(rows.len());
            step = (left * tested / (rows.len() + 1)).min(tested).clamp(STEP.0, STEP.1);
        }
        rows.truncate(limit);
        Ok(Some(rows))
    }

    fn place_of_found(&self, row: i64) -> Result<Place> {
        Ok((self.store.place_of_row(self.order, row)?.0, row))
    }
}
