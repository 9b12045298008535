//! The rows of an article and its claims, with their full text, facets and sort keys.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::Loader;
use super::prepared::{Group, Prepared, source_name};
use crate::domain::{ArticleId, Meta, Moment, Order};
use crate::store::decide::Projector;
use crate::store::detail;
use crate::store::error::{Result, StoreError, damaged};
use crate::store::facets::{fold, kind};
use crate::store::{added, counters, joined, keys};

/// An article's row, and what its claims need of it.
pub(super) struct Inserted {
    pub(super) row: i64,
    pub(super) first_claim: i64,
    /// Whether it is the first of its document.
    pub(super) is_first: bool,
    moment: i64,
}

/// What the groups of an article's claims that are in have added up to.
#[derive(Default)]
struct Done {
    claims: usize,
    /// Those whose words stood in the version before.
    carried: u32,
    /// Their sources, those that are joined as one.
    sources: HashSet<i64>,
}

impl Loader<'_> {
    /// Inserts an article's row and text; none where its text is here already.
    pub(super) fn insert_article(
        &mut self,
        prepared: &Prepared<'_>,
        loaded_at: Moment,
        version: u32,
        previous: Option<i64>,
    ) -> Result<Option<Inserted>> {
        let article = prepared.article();
        let meta = &article.meta;
        let moment = published(meta).unwrap_or(loaded_at);
        let db = &self.store.db;
        let inserted = db.prepare_cached(
            "INSERT INTO article (hash, title, outlet, author, url, path, published, lang, rules, loaded_at, moment,
             version, previous, live, first_claim, claims, reviewed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14, ?15, 0)
             ON CONFLICT (hash) DO NOTHING",
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
            prepared.claims() as i64
        ])?;
        if inserted == 0 {
            return Ok(None);
        }
        let row = db.last_insert_rowid();
        let phrases = self.known.phrases(db, &prepared.hidden.phrases)?;
        let mut hidden = Vec::new();
        prepared.hidden.draft.write(&phrases, &mut hidden);
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
        Ok(Some(Inserted { row, first_claim: self.next_claim, is_first: version == 1, moment: moment.0 }))
    }

    /// Inserts the claims of an article, and says how many of them stood in the version before. `before`: claims of that
    /// version, if there is one, by their words.
    pub(super) fn insert_claims(
        &mut self,
        prepared: &Prepared<'_>,
        inserted: &Inserted,
        before: Option<&HashMap<String, i64>>,
    ) -> Result<u32> {
        let count = prepared.claims();
        let meta = &prepared.article().meta;
        let mut done = Done::default();
        if count > 0 {
            prepared.each_group(|group| self.insert_group(group, inserted, before, &mut done))?;
            self.add_article_facets(meta, inserted, count)?;
        }
        self.next_claim += count as i64;
        self.pending.claims += count;
        self.pending.counts.add_unreviewed(meta.outlet.as_deref(), count as i64);
        if before.is_some() || self.decisions_wait {
            self.project(inserted.first_claim, self.next_claim)?;
        }
        self.note_lines(prepared, inserted)?;
        if self.decisions_wait {
            self.add_waiting(prepared.article().id)?;
        }
        Ok(done.carried)
    }

    fn insert_group(
        &mut self,
        group: &Group<'_>,
        inserted: &Inserted,
        before: Option<&HashMap<String, i64>>,
        done: &mut Done,
    ) -> Result<()> {
        // Not before the first: with an article of usual length all that is open would be given up.
        if done.claims > 0 && (self.wanted)() {
            return Err(StoreError::Interrupted);
        }
        if group.drafts().claims.is_empty() {
            return Ok(());
        }
        let first = inserted.first_claim + done.claims as i64;
        let sources = self.source_numbers(group)?;
        self.insert_rows(group, inserted, &sources, before, done)?;
        self.add_keys(group, first, inserted.moment, &sources, done)?;
        self.add_claim_facets(group, first)?;
        done.claims += group.drafts().claims.len();
        Ok(())
    }

    /// Claims that decisions which arrived earlier add to the article.
    fn add_waiting(&mut self, article: ArticleId) -> Result<()> {
        let waiting = added::waiting_for(&self.store.db, article)?;
        if waiting.is_empty() {
            return Ok(());
        }
        self.pending.write_read_again(&self.store.db)?;
        let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
        waiting.into_iter().try_for_each(|claim| projector.decided(claim))?;
        self.next_claim = super::next_claim(&self.store.db)?;
        Ok(())
    }

    /// Claims that come with decisions: those of the version before, or those that arrived earlier.
    fn project(&mut self, first: i64, end: i64) -> Result<()> {
        self.pending.write_read_again(&self.store.db)?;
        let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
        (first..end).try_for_each(|claim| projector.arrived(claim))
    }

    fn source_numbers(&mut self, group: &Group<'_>) -> Result<Vec<i64>> {
        let mut numbers = Vec::with_capacity(group.drafts().sources.len());
        for claim in group.sources() {
            let named = claim.attribution.as_ref().and_then(|a| a.source.as_ref());
            if let (Some(name), Some(named)) = (source_name(claim), named) {
                numbers.push(self.known.source(&self.store.db, name, named.role.as_deref(), named.kind)?);
            }
        }
        Ok(numbers)
    }

    fn insert_rows(
        &mut self,
        group: &Group<'_>,
        inserted: &Inserted,
        sources: &[i64],
        before: Option<&HashMap<String, i64>>,
        done: &mut Done,
    ) -> Result<()> {
        let db = &self.store.db;
        let drafts = group.drafts();
        let phrases = self.known.phrases(db, &drafts.phrases)?;
        let mut put = db.prepare_cached(
            "INSERT INTO claim (id, hash, article, ordinal, mode, worth, source, origin, detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        let mut detail = Vec::new();
        for (ordinal, written) in (1 + done.claims as i64..).zip(&drafts.claims) {
            let claim = group.claim(written);
            let id = inserted.first_claim + ordinal - 1;
            let origin = before.and_then(|before| before.get(&claim.text).copied());
            detail.clear();
            written.detail.write(&phrases, &mut detail);
            let source = written.source.and_then(|place| sources.get(place));
            let mode = detail::mode_code(claim.mode);
            put.execute(params![id, claim.id.0, inserted.row, ordinal, mode, written.worth, source, origin, detail])?;
            self.pending.hashes.add(claim.id.0, id)?;
            self.pending.words.add(id, &claim.text, source_name(claim));
            done.carried += u32::from(origin.is_some());
            if before.is_some() && origin.is_none() {
                let facet = self.known.facet(db, kind::IS, "changed")?;
                self.pending.edits.set(db, facet, id)?;
            }
        }
        if self.pending.words.is_full() { self.pending.words.write(db) } else { Ok(()) }
    }

    fn add_keys(&mut self, group: &Group<'_>, first: i64, moment: i64, sources: &[i64], done: &mut Done) -> Result<()> {
        let db = &self.store.db;
        let claims = &group.drafts().claims;
        for (_, from, to) in keys::pieces(first, first + claims.len() as i64 - 1) {
            let here = &claims[(from - first) as usize..=(to - first) as usize];
            let set = |keys: &mut Vec<u8>| {
                (from..).zip(here).for_each(|(claim, written)| keys::set_worth(keys, claim, written.worth));
            };
            self.pending.keys.change(db, Order::Worth, from, set)?;
            let push = |keys: &mut Vec<u8>| keys::push_moment(keys, from, moment);
            self.pending.keys.change(db, Order::Newest, from, push)?;
        }
        let mut counts = vec![0; sources.len()];
        for (claim, written) in (first..).zip(claims) {
            if let Some(place) = written.source {
                counts[place] += 1;
                self.pending.keys.add_source(db, claim, u32::try_from(sources[place]).map_err(damaged)?)?;
            }
        }
        for (source, claims) in sources.iter().zip(counts) {
            let is_new = done.sources.insert(joined::head_in(&self.heads, *source));
            self.pending.counts.add_source(*source, claims, i64::from(is_new));
        }
        Ok(())
    }

    fn add_claim_facets(&mut self, group: &Group<'_>, first: i64) -> Result<()> {
        let db = &self.store.db;
        for facet in &group.drafts().facets {
            let number = self.known.facet(db, facet.kind, &facet.value)?;
            let claims = facet.claims.iter().map(|place| first + i64::from(*place));
            self.pending.edits.set_each(db, number, claims)?;
        }
        Ok(())
    }

    /// What all claims of an article share is written as one run.
    fn add_article_facets(&mut self, meta: &Meta, inserted: &Inserted, count: usize) -> Result<()> {
        let db = &self.store.db;
        let first = inserted.first_claim;
        let last = first + count as i64 - 1;
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
        Ok(())
    }
}

/// When the document says that it was published: a date or a time.
fn published(meta: &Meta) -> Option<Moment> {
    let written = meta.published.as_deref()?.trim();
    written.parse().ok().or_else(|| format!("{}T00:00:00Z", written.get(..10)?).parse().ok())
}
