//! The rows of an article and its claims, with their full text, facets and sort keys.

use std::collections::HashMap;

use rusqlite::params;

use super::known::KnownPhrases;
use super::{Loader, distinct};
use crate::domain::{Meta, Moment, NewArticle, NewClaim, Order, worth_in_hundredths};
use crate::store::decide::Projector;
use crate::store::detail::{self, Slices};
use crate::store::error::{Result, damaged};
use crate::store::facets::{band_word, fold, kind, mode_word};
use crate::store::{counters, keys};

/// An article's row, and what its claims need of it.
#[derive(Clone, Copy)]
pub(super) struct Inserted {
    pub(super) row: i64,
    first_claim: i64,
    moment: i64,
}

impl Loader<'_> {
    pub(super) fn insert_article(
        &mut self,
        article: &NewArticle,
        loaded_at: Moment,
        version: u32,
        previous: Option<i64>,
    ) -> Result<Inserted> {
        let meta = &article.meta;
        let moment = published(meta).unwrap_or(loaded_at);
        let claims = distinct(&article.claims).count();
        let db = &self.store.db;
        db.prepare_cached(
            "INSERT INTO article (hash, title, outlet, author, url, path, published, lang, rules, loaded_at, moment,
             version, previous, live, first_claim, claims, reviewed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14, ?15, 0)",
        )?
        .execute(params![
            article.id.0,
            meta.title,
            meta.outlet,
            meta.author,
            meta.url,
            meta.path,
            meta.published,
            meta.lang,
            article.rules,
            loaded_at.0,
            moment.0,
            version,
            previous,
            self.next_claim,
            claims as i64
        ])?;
        let row = db.last_insert_rowid();
        let hidden = detail::encode_hidden(&article.hidden, &mut KnownPhrases { db, known: &mut self.known })?;
        db.prepare_cached("INSERT INTO article_text (article, text, hidden) VALUES (?1, ?2, ?3)")?.execute(params![
            row,
            article.text,
            hidden
        ])?;
        if let Some(title) = &meta.title {
            db.prepare_cached("INSERT INTO title_words (rowid, title) VALUES (?1, ?2)")?
                .execute(params![row, title])?;
        }
        self.pending.text += article.text.len();
        self.pending.counts.add(counters::ARTICLES, "", 1, 0);
        Ok(Inserted { row, first_claim: self.next_claim, moment: moment.0 })
    }

    /// Inserts the claims of an article. `before`: claims of the version before, if there is one, by their words.
    pub(super) fn insert_claims(
        &mut self,
        article: &NewArticle,
        inserted: Inserted,
        before: Option<&HashMap<String, i64>>,
    ) -> Result<u32> {
        let first = inserted.first_claim;
        let slices = Slices::new(&article.text);
        let mut sources = HashMap::<i64, i64>::new();
        for claim in distinct(&article.claims) {
            let origin = before.and_then(|before| before.get(&claim.text).copied());
            let source = self.insert_claim(claim, inserted, &slices, origin)?;
            if let Some(source) = source {
                *sources.entry(source).or_default() += 1;
            }
            if before.is_some() && origin.is_none() {
                let facet = self.known.facet(&self.store.db, kind::IS, "changed")?;
                self.pending.edits.set(&self.store.db, facet, self.next_claim)?;
            }
            self.next_claim += 1;
        }
        let count = self.next_claim - first;
        if count > 0 {
            self.add_article_facets(&article.meta, inserted)?;
        }
        self.pending.claims += count as usize;
        self.pending.counts.add_unreviewed(article.meta.outlet.as_deref(), count);
        sources.into_iter().for_each(|(source, claims)| self.pending.counts.add_source(source, claims, 1));
        if before.is_some() || self.decisions_wait {
            self.project(first, self.next_claim)?;
        }
        Ok(count as u32)
    }

    /// Claims that come with decisions: those of the version before, or those that arrived earlier.
    fn project(&mut self, first: i64, end: i64) -> Result<()> {
        let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
        (first..end).try_for_each(|claim| projector.arrived(claim))
    }

    fn insert_claim(
        &mut self,
        claim: &NewClaim,
        article: Inserted,
        slices: &Slices<'_>,
        origin: Option<i64>,
    ) -> Result<Option<i64>> {
        let db = &self.store.db;
        let id = self.next_claim;
        let named = claim.attribution.as_ref().and_then(|a| a.source.as_ref());
        let name = named.and_then(|s| s.best_name());
        let source = match (name, named) {
            (Some(name), Some(named)) => Some(self.known.source(db, name, named.role.as_deref(), named.kind)?),
            _ => None,
        };
        let worth = worth_in_hundredths(claim.worth);
        let detail = detail::encode(claim, slices, &mut KnownPhrases { db, known: &mut self.known })?;
        db.prepare_cached(
            "INSERT INTO claim (id, hash, article, ordinal, mode, worth, source, origin, detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            id,
            claim.id.0,
            article.row,
            id - article.first_claim + 1,
            detail::mode_code(claim.mode),
            worth,
            source,
            origin,
            detail
        ])?;
        db.prepare_cached("INSERT INTO claim_words (rowid, text, source) VALUES (?1, ?2, ?3)")?
            .execute(params![id, claim.text, name])?;
        self.add_claim_facets(claim, id)?;
        let keys = &mut self.pending.keys;
        keys.change(&self.store.db, Order::Worth, id, |keys| keys::set_worth(keys, id, worth))?;
        if let Some(source) = source {
            keys.add_source(&self.store.db, id, u32::try_from(source).map_err(damaged)?)?;
        }
        Ok(source)
    }

    fn add_claim_facets(&mut self, claim: &NewClaim, id: i64) -> Result<()> {
        let db = &self.store.db;
        let mut set = |kind, value: &str| -> Result<()> {
            let facet = self.known.facet(db, kind, value)?;
            self.pending.edits.set(db, facet, id)
        };
        set(kind::MODE, mode_word(claim.mode))?;
        for hedge in &claim.hedges {
            set(kind::HEDGE, &fold(&hedge.term))?;
            if let Some(band) = hedge.band {
                set(kind::HEDGE, band_word(band))?;
            }
        }
        if !claim.remarks.is_empty() {
            set(kind::HAS, "remark")?;
        }
        Ok(())
    }

    /// What all claims of an article share is written as one run.
    fn add_article_facets(&mut self, meta: &Meta, article: Inserted) -> Result<()> {
        let db = &self.store.db;
        let first = article.first_claim;
        let last = self.next_claim - 1;
        let mut set = |kind, value: &str| -> Result<()> {
            let facet = self.known.facet(db, kind, value)?;
            self.pending.edits.set_all(db, facet, first, last)
        };
        set(kind::LIVE, "")?;
        if let Some(outlet) = &meta.outlet {
            set(kind::OUTLET, outlet)?;
        }
        if let Some(lang) = &meta.lang {
            set(kind::LANG, &fold(lang))?;
        }
        for (_, from, _) in keys::pieces(first, last) {
            let push = |keys: &mut Vec<u8>| keys::push_moment(keys, from, article.moment);
            self.pending.keys.change(db, Order::Newest, from, push)?;
        }
        Ok(())
    }
}

/// When the document says that it was published: a date or a time.
fn published(meta: &Meta) -> Option<Moment> {
    let written = meta.published.as_deref()?.trim();
    written.parse().ok().or_else(|| format!("{}T00:00:00Z", written.get(..10)?).parse().ok())
}
