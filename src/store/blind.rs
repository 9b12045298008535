//! A blind review: what others decided on a claim stays out of sight until its analyst has decided on it. Whatever this store
//! is asked then, pages, filters, counts or statistics, it answers as if there were nobody else.
//!
//! Edits, added and hidden claims and grades of sources are everybody's: they say what a claim is, not what to think of it. So is
//! that a claim is furniture no more because somebody decided on it. What is written is never veiled.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rusqlite::{Connection, params};

use super::bits::piece_of;
use super::decide::{decisions_of, row_of, stored};
use super::error::Result;
use super::facets::{self, Facet, fold, kind};
use super::select::{Direction, last_piece};
use super::{Store, log};
use crate::domain::{
    Act, Agreement, ArticleId, ArticleInfo, ClaimId, ClaimState, Decision, Expr, Has, Is, Ledger, LedgerOrder,
    Progress, Query, SourceInfo, Stats, Status, Term, Words,
};

/// Through whose eyes the store is seen.
pub(super) struct Veil {
    pub(super) analyst: String,
    own: RefCell<Own>,
}

/// What the analyst did to claims without deciding on them: no facet tells it from what others did.
#[derive(Default)]
struct Own {
    /// The newest decision and the newest claim that it knows.
    newest: (i64, i64),
    facets: BTreeMap<i64, Vec<Facet>>,
}

impl Store {
    /// From now on shows what others decided on a claim only once this analyst has decided on it.
    #[must_use]
    pub fn blind_for(self, analyst: &str) -> Self {
        Self { veil: Some(Veil { analyst: analyst.to_owned(), own: RefCell::default() }), ..self }
    }

    /// How much the analyst of a blind review has decided on; none where the review isn't blind.
    pub(super) fn own_progress(&self, claims: u64) -> Result<Option<Progress>> {
        let Some(veil) = &self.veil else { return Ok(None) };
        let reviewed = self.count_term(Term::Analyst(veil.analyst.clone()))?;
        Ok(Some(Progress { claims, reviewed }))
    }

    /// Whether the words that this field takes are those of analysts.
    pub(super) fn hides_words(&self, field: &str) -> bool {
        self.veil.is_some() && [kind::TAG, kind::ANALYST].contains(&field)
    }

    /// Takes out of all counts what others decided.
    pub(super) fn veil_stats(&self, stats: &mut Stats) -> Result<()> {
        let Some(veil) = &self.veil else { return Ok(()) };
        stats.reviewed = self.count_term(Term::Analyst(veil.analyst.clone()))?;
        for status in Status::ALL {
            stats.by_status.insert(status.word().to_owned(), self.count_term(Term::Status(status))?);
        }
        stats.later = self.count_term(Term::Is(Is::Later))?;
        stats.conflicts = self.count_term(Term::Has(Has::Conflict))?;
        stats.by_analyst.retain(|name, _| veil.is(name));
        let own = |pair: &Agreement| pair.analysts.iter().any(|name| veil.is(name));
        stats.agreement.retain(own);
        // Kept for all analysts together, so that nobody's own could be told.
        (stats.by_outlet, stats.by_source, stats.by_day) = Default::default();
        Ok(())
    }

    /// The ledger in an order that tells nothing of what others decided.
    pub(super) fn veil_order(&self, ledger: &Ledger) -> Ledger {
        match (&self.veil, ledger.order) {
            (Some(_), LedgerOrder::Refuted) => Ledger { order: LedgerOrder::Claims, ..ledger.clone() },
            _ => ledger.clone(),
        }
    }

    /// Takes out of a source's record what others decided, and with them the analyst's own, which is not kept apart.
    pub(super) fn veil_source(&self, mut source: SourceInfo) -> SourceInfo {
        if self.veil.is_some() {
            source.by_status.values_mut().for_each(|n| *n = 0);
            source.by_status.insert(Status::Unreviewed.word().to_owned(), source.claims);
        }
        source
    }

    /// Counts of an article what its analyst has still to decide on.
    pub(super) fn veil_article(&self, article: &mut ArticleInfo) -> Result<()> {
        let Some(veil) = &self.veil else { return Ok(()) };
        // Nobody has to look at a hidden claim.
        let done = [Term::Analyst(veil.analyst.clone()), Term::Is(Is::Hidden)].map(Expr::Term);
        let here = Term::Article(Words { text: article.id.to_string(), prefix: false });
        let root = Some(Expr::And(vec![Expr::Term(here), Expr::Or(done.to_vec())]));
        let done = self.count_query(&Query { root }, self.pieces_of(article.id)?)?;
        article.unreviewed = article.claims.saturating_sub(u32::try_from(done).unwrap_or(u32::MAX));
        Ok(())
    }

    fn pieces_of(&self, article: ArticleId) -> Result<RangeInclusive<i64>> {
        let mut find = self.db.prepare_cached("SELECT first_claim, claims FROM article WHERE hash = ?1")?;
        let (first, claims): (i64, i64) = find.query_row([article.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(piece_of(first)..=piece_of(first + claims.max(1) - 1))
    }

    fn count_term(&self, term: Term) -> Result<u64> {
        let query = Query { root: Some(Expr::Term(term)) };
        self.count_query(&query, 0..=last_piece(&self.db)?)
    }

    fn count_query(&self, query: &Query, pieces: RangeInclusive<i64>) -> Result<u64> {
        let mut selection = self.selection(query, Direction::Forward)?;
        let found: u64 = pieces.map(|piece| Ok(selection.piece(piece)?.count())).sum::<Result<_>>()?;
        Ok(found + self.selected_added(query, &*self.added()?)?.len() as u64)
    }
}

impl Veil {
    fn is(&self, analyst: &str) -> bool {
        fold(analyst) == fold(&self.analyst)
    }

    fn lifts(&self, state: &ClaimState) -> bool {
        state.by_analyst.iter().any(|(name, status)| *status != Status::Unreviewed && self.is(name))
    }

    /// The state as it may be seen: of a claim that the analyst has not decided on, what they did themselves.
    pub(super) fn seen(&self, db: &Connection, row: i64, state: ClaimState) -> Result<ClaimState> {
        if self.lifts(&state) {
            return Ok(state);
        }
        let mut own = decisions_of(db, row)?;
        own.retain(|decision| self.is(&decision.analyst) || matches!(decision.act, Act::Undo { .. }));
        let ClaimState { edit, hidden, furniture_in, added_by, withdrawn, .. } = state;
        Ok(ClaimState { edit, hidden, furniture_in, added_by, withdrawn, ..ClaimState::of(&own) })
    }

    /// Leaves of a claim's decisions, in their order, those that may be seen: where the analyst has not decided on it, their own
    /// and those that say what a claim is.
    pub(super) fn retain_seen(&self, db: &Connection, row: i64, ordered: &mut Vec<Decision>) -> Result<()> {
        if self.lifts(&stored(db, row)?) {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        ordered.retain(|decision| {
            let shown = match decision.act {
                Act::Undo { target } => seen.contains(&target),
                Act::Edit(_) | Act::Add(_) | Act::Hide { .. } => true,
                _ => self.is(&decision.analyst),
            };
            shown && seen.insert(decision.id)
        });
        Ok(())
    }

    /// Claims that have something by what the analyst did without deciding.
    pub(super) fn own_rows(&self, db: &Connection, facet: &Facet) -> Result<Vec<(i64, i64)>> {
        self.learn(db)?;
        let own = self.own.borrow();
        Ok(own.facets.iter().filter(|(_, facets)| facets.contains(facet)).map(|(row, _)| (*row, *row)).collect())
    }

    /// Takes in what the analyst did since. New claims may take earlier decisions over.
    fn learn(&self, db: &Connection) -> Result<()> {
        let newest = log::newest_rows(db)?;
        let known = self.own.borrow().newest;
        if known == newest {
            return Ok(());
        }
        let after = if known.1 == newest.1 { known.0 } else { 0 };
        let mut find = db.prepare_cached("SELECT claim FROM decision WHERE analyst = ?1 AND id > ?2")?;
        let claims = find.query_map(params![self.analyst, after], |row| row.get(0).map(ClaimId))?;
        let mut learnt = BTreeMap::new();
        for claim in claims.collect::<Result<BTreeSet<_>, _>>()? {
            for row in row_of(db, claim)?.map_or(Ok(Vec::new()), |row| super::decide::followers(db, row))? {
                let state = stored(db, row)?;
                let undecided = !self.lifts(&state);
                let facets = if undecided { facets::of_state(&self.seen(db, row, state)?) } else { Vec::new() };
                learnt.insert(row, facets);
            }
        }
        let mut own = self.own.borrow_mut();
        own.facets.extend(learnt);
        own.facets.retain(|_, facets| !facets.is_empty());
        own.newest = newest;
        Ok(())
    }
}
