//! Long reads for exports: one thing at a time, in memory that doesn't grow, from one moment of the store.

use std::ops::ControlFlow;

use super::Store;
use super::added::place_of_found;
use super::bits::{claim_at, piece_of};
use super::decide::decisions_of;
use super::error::Result;
use super::reader::ClaimReader;
use super::rows::ClaimRows;
use super::select::{Direction, last_piece};
use super::snapshot::Snapshot;
use super::{log, source_log};
use crate::domain::{ArticleRecord, Claim, Decision, Deck, Order, Query, SourceDecision};

/// Claims and decisions that are put together in one go.
const BLOCK: usize = 256;
/// Claims whose rows are held at once in an order by key.
const STRETCH: usize = 1 << 16;

/// What a reader of a stream answers: go on, or stop here.
pub type Flow = Result<ControlFlow<()>>;

impl Store {
    /// The claims of a deck, in its order.
    pub fn for_each_claim(&self, deck: &Deck, mut give: impl FnMut(Claim) -> Flow) -> Result<()> {
        let query = Query::parse(&deck.query)?;
        let _snapshot = Snapshot::begin(&self.db)?;
        if deck.order == Order::Article {
            return self.for_each_rows(&deck.query, |rows| {
                for view in rows.views() {
                    if give(view?.to_claim())?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            });
        }
        let mut reader = ClaimReader::new(&self.db);
        let mut next = None;
        loop {
            // Each stretch looks at all keys again, so it is long; its claims are read in blocks all the same.
            let stretch = self.rows_after(&query, deck.order, next, STRETCH)?;
            for block in stretch.rows.chunks(BLOCK) {
                if give_all(reader.claims(block)?, &mut give)?.is_break() {
                    return Ok(());
                }
            }
            next = stretch.rows.last().copied();
            if stretch.at_end || next.is_none() {
                return Ok(());
            }
        }
    }

    /// The claims that a query selects, in the order of texts, as their rows are kept.
    pub fn for_each_rows(&self, query: &str, mut give: impl FnMut(ClaimRows) -> Flow) -> Result<()> {
        let query = Query::parse(query)?;
        let _snapshot = Snapshot::begin(&self.db)?;
        let mut reader = ClaimReader::new(&self.db);
        self.for_each_block(&query, |rows| reader.each_rows(rows, &mut give))
    }

    /// The articles of the claims that a query selects with the versions before them, or, for the empty query, all.
    /// In the order in which they were loaded.
    pub fn for_each_article(&self, query: &str, give: impl FnMut(ArticleRecord) -> Flow) -> Result<()> {
        self.for_each_article_that(query, false, give)
    }

    /// Of these, those whose claims are in no deck: versions that newer ones replaced, and articles without claims.
    pub fn for_each_article_outside_decks(&self, query: &str, give: impl FnMut(ArticleRecord) -> Flow) -> Result<()> {
        self.for_each_article_that(query, true, give)
    }

    fn for_each_article_that(
        &self,
        query: &str,
        outside: bool,
        mut give: impl FnMut(ArticleRecord) -> Flow,
    ) -> Result<()> {
        let query = Query::parse(query)?;
        let _snapshot = Snapshot::begin(&self.db)?;
        let mut wanted = if query.root.is_some() { Some(self.articles_of(&query)?) } else { None };
        let mut reader = ClaimReader::new(&self.db);
        let mut next = 0;
        loop {
            let rows: Vec<i64> = match &mut wanted {
                Some(wanted) => std::mem::take(wanted),
                None => self.article_rows_after(next, outside)?,
            };
            let Some(last) = rows.last() else { return Ok(()) };
            next = *last;
            for row in rows {
                if outside && !self.is_outside_decks(row)? {
                    continue;
                }
                if give(reader.article(row)?)?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    fn is_outside_decks(&self, article: i64) -> Result<bool> {
        let mut find = self.db.prepare_cached("SELECT live = 0 OR claims = 0 FROM article WHERE id = ?1")?;
        Ok(find.query_row([article], |row| row.get(0))?)
    }

    /// The decisions on the claims that a query selects, or, for the empty query, all, in their order.
    pub fn for_each_decision(&self, query: &str, mut give: impl FnMut(Decision) -> Flow) -> Result<()> {
        let query = Query::parse(query)?;
        let _snapshot = Snapshot::begin(&self.db)?;
        if query.root.is_some() {
            return self.for_each_block(&query, |rows| {
                for row in rows {
                    let mut decisions = decisions_of(&self.db, *row)?;
                    decisions.sort_by_key(Decision::order);
                    if give_all(decisions, &mut give)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            });
        }
        let mut place = None;
        loop {
            let decisions = log::after(&self.db, place, BLOCK)?;
            let Some(last) = decisions.last() else { return Ok(()) };
            place = Some(last.order());
            if give_all(decisions, &mut give)?.is_break() {
                return Ok(());
            }
        }
    }

    /// All decisions on sources, in their order.
    pub fn for_each_source_decision(&self, mut give: impl FnMut(SourceDecision) -> Flow) -> Result<()> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let mut place = None;
        loop {
            let decisions = source_log::after(&self.db, place, BLOCK)?;
            let Some(last) = decisions.last() else { return Ok(()) };
            place = Some(last.order());
            if give_all(decisions, &mut give)?.is_break() {
                return Ok(());
            }
        }
    }

    /// The rows that a query selects, in the order of texts.
    pub(super) fn rows_of(&self, query: &Query) -> Result<Vec<i64>> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let mut all = Vec::new();
        self.for_each_block(query, |rows| {
            all.extend_from_slice(rows);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(all)
    }

    fn for_each_block(&self, query: &Query, mut give: impl FnMut(&[i64]) -> Flow) -> Result<()> {
        let mut selection = self.selection(query, Direction::Forward)?;
        let order = self.added()?;
        let mut added = self.selected_added(query, &order)?;
        added.sort_by_key(|row| order.place_of(*row));
        let mut added = added.into_iter().peekable();
        let mut rows = Vec::with_capacity(BLOCK);
        for piece in piece_of(0)..=last_piece(&self.db)? {
            let bits = selection.piece(piece)?;
            for place in bits.places() {
                let row = claim_at(piece, place);
                while let Some(added) = added.next_if(|added| order.place_of(*added) < place_of_found(row)) {
                    rows.push(added);
                }
                rows.push(row);
                if rows.len() >= BLOCK {
                    if give(&rows)?.is_break() {
                        return Ok(());
                    }
                    rows.clear();
                }
            }
        }
        rows.extend(added);
        give(&rows).map(drop)
    }

    /// The rows of the articles of selected claims and of the versions before them, ascending.
    fn articles_of(&self, query: &Query) -> Result<Vec<i64>> {
        let mut articles = std::collections::BTreeSet::new();
        let mut find = self.db.prepare_cached(
            "SELECT a.id, a.previous, a.first_claim + a.claims FROM claim c JOIN article a ON a.id = c.article
             WHERE c.id = ?1",
        )?;
        let mut before = self.db.prepare_cached("SELECT previous FROM article WHERE id = ?1")?;
        let mut end = 0;
        self.for_each_block(query, |rows| {
            for row in rows.iter().copied() {
                if row < end {
                    continue;
                }
                let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?, row.get(2)?));
                let (article, mut previous, next) = find.query_row([row], read)?;
                end = next;
                articles.insert(article);
                while let Some(version) = previous.filter(|version| articles.insert(*version)) {
                    previous = before.query_row([version], |row| row.get(0))?;
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(articles.into_iter().collect())
    }

    fn article_rows_after(&self, after: i64, outside: bool) -> Result<Vec<i64>> {
        let sql = match outside {
            false => "SELECT id FROM article WHERE id > ?1 ORDER BY id LIMIT ?2",
            true => "SELECT id FROM article WHERE id > ?1 AND (live = 0 OR claims = 0) ORDER BY id LIMIT ?2",
        };
        let mut find = self.db.prepare_cached(sql)?;
        let rows = find.query_map([after, BLOCK as i64], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn give_all<T>(all: Vec<T>, give: &mut impl FnMut(T) -> Flow) -> Flow {
    for one in all {
        if give(one)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
