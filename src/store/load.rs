//! Takes articles in, many to a transaction, with their claims, full text, facets, sort keys and counts written along.
//!
//! Within a transaction nothing is counted, looked up or merged that a bare insert of the same rows would not need:
//! what belongs to many claims is gathered and written once, before the commit.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::counters::{self, Counts};
use super::decide::Projector;
use super::detail::{self, Phrases, Slices};
use super::error::{Result, damaged};
use super::facets::{self, Edits, band_word, fold, kind, mode_word};
use super::keys;
use super::{Store, decide, log};
use crate::domain::{ArticleId, Decision, Meta, Moment, NewArticle, NewClaim, Order, SourceKind};

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not in the store.
    New {
        /// Claims in it.
        claims: u32,
    },
    /// Its text was in the store.
    Known,
    /// Another text of its document was in the store, which this one replaces.
    NewVersion {
        /// Its version, from 2.
        version: u32,
        /// Claims whose words stood in the version before, and which keep its decisions.
        carried: u32,
        /// Claims whose words are new.
        changed: u32,
    },
}

/// A transaction is written once it holds this many claims or bytes of text: large enough that the cost of a commit
/// is spread thin, small enough that others who write wait a moment only, and that memory stays bounded.
const MAX_CLAIMS: usize = 16_384;
const MAX_TEXT: usize = 8 << 20;
const MAX_DECISIONS: usize = 4_096;

/// Most phrases and sources whose numbers are remembered between look-ups.
const MAX_KNOWN: usize = 50_000;

/// Bytes of full text gathered before the index is written: the default, 1 MB, makes many small segments to merge.
const HASH_SIZE: i64 = 16 << 20;

/// Takes articles and decisions in. What was added is in the store once a later call or `finish` has committed it;
/// a loader that is dropped leaves out what it had not committed.
pub struct Loader<'s> {
    store: &'s mut Store,
    open: bool,
    pending: Pending,
    known: Known,
    next_claim: i64,
    decisions_wait: bool,
}

/// What the open transaction has still to write.
#[derive(Default)]
struct Pending {
    claims: usize,
    text: usize,
    decisions: usize,
    edits: Edits,
    counts: Counts,
    /// Sort keys by row.
    keys: BTreeMap<i64, Vec<u8>>,
}

/// Numbers of texts, remembered.
#[derive(Default)]
struct Known {
    phrases: HashMap<String, i64>,
    sources: HashMap<String, i64>,
    facets: HashMap<(&'static str, String), i64>,
}

impl Store {
    /// Begins to take articles in. Other processes may write between its transactions.
    pub fn loader(&mut self) -> Loader<'_> {
        Loader {
            store: self,
            open: false,
            pending: Pending::default(),
            known: Known::default(),
            next_claim: 0,
            decisions_wait: false,
        }
    }
}

impl Loader<'_> {
    /// Adds an article, or the next version of one, or nothing where its text is known at its place.
    pub fn add(&mut self, article: &NewArticle, loaded_at: Moment) -> Result<Added> {
        self.begin()?;
        let added = self.add_in_transaction(article, loaded_at);
        self.keep_or_forget(added)
    }

    /// Adds decisions that were made elsewhere; those that are here already change nothing. Gives back how many were new.
    pub fn add_decisions(&mut self, decisions: &[Decision]) -> Result<usize> {
        self.begin()?;
        let added = self.add_decisions_in_transaction(decisions);
        self.keep_or_forget(added)
    }

    /// Writes what is still open. What was added is durable when this returns.
    pub fn finish(mut self) -> Result<()> {
        let committed = self.commit();
        self.keep_or_forget(committed)
    }

    fn db(&self) -> &Connection {
        &self.store.db
    }

    fn begin(&mut self) -> Result<()> {
        if self.open {
            return Ok(());
        }
        self.db().execute_batch("BEGIN IMMEDIATE")?;
        self.open = true;
        let begun = begin(self.db());
        (self.next_claim, self.decisions_wait) = self.keep_or_forget(begun)?;
        Ok(())
    }

    /// After an error nothing of the open transaction is kept.
    fn keep_or_forget<T>(&mut self, done: Result<T>) -> Result<T> {
        if done.is_err() {
            self.roll_back();
        }
        done
    }

    fn roll_back(&mut self) {
        if std::mem::take(&mut self.open) && !self.db().is_autocommit() {
            // Where even this fails, SQLite rolls back by itself when the file is opened next.
            let _ = self.db().execute_batch("ROLLBACK");
        }
        self.pending = Pending::default();
        self.known = Known::default();
    }

    fn commit(&mut self) -> Result<()> {
        if !self.open {
            return Ok(());
        }
        let db = &self.store.db;
        self.pending.edits.write(db)?;
        self.pending.counts.write(db)?;
        let mut put = db.prepare_cached("INSERT OR REPLACE INTO sort_key (id, keys) VALUES (?1, ?2)")?;
        for (id, keys) in std::mem::take(&mut self.pending.keys) {
            put.execute(params![id, keys])?;
        }
        drop(put);
        db.execute_batch("COMMIT")?;
        self.open = false;
        self.pending = Pending::default();
        self.known.bound();
        Ok(())
    }

    fn add_in_transaction(&mut self, article: &NewArticle, loaded_at: Moment) -> Result<Added> {
        let db = &self.store.db;
        let known = article_with(db, article.id)?;
        let document = article.meta.document().map(|name| document_named(db, name)).transpose()?.flatten();
        let added = match (document, known) {
            (Some(document), Some(known)) if document.article == known => Added::Known,
            (Some(document), Some(known)) => {
                self.point(&document, known, &article.meta, false)?;
                Added::NewVersion { version: document.version + 1, carried: 0, changed: 0 }
            }
            (Some(document), None) => self.add_version(article, loaded_at, &document)?,
            (None, Some(known)) => {
                self.publish_again(article, known)?;
                Added::Known
            }
            (None, None) => {
                let inserted = self.insert_article(article, loaded_at, 1, None)?;
                let claims = self.insert_claims(article, inserted, None)?;
                self.insert_document(&article.meta, inserted.row, &article.meta)?;
                Added::New { claims }
            }
        };
        if self.pending.claims >= MAX_CLAIMS || self.pending.text >= MAX_TEXT {
            self.commit()?;
        }
        Ok(added)
    }

    fn add_version(&mut self, article: &NewArticle, loaded_at: Moment, document: &Document) -> Result<Added> {
        let version = document.version + 1;
        let before = words_of(&self.store.db, document.article)?;
        let carried = distinct(&article.claims).filter(|claim| before.contains_key(&claim.text)).count() as u32;
        let inserted = self.insert_article(article, loaded_at, version, Some(document.article))?;
        let claims = self.insert_claims(article, inserted, Some(&before))?;
        self.point(document, inserted.row, &article.meta, true)?;
        Ok(Added::NewVersion { version, carried, changed: claims - carried })
    }

    /// Makes an article the present text of a document. A fresh one was inserted live.
    fn point(&mut self, document: &Document, to: i64, meta: &Meta, fresh: bool) -> Result<()> {
        let other = other_meta(meta, &meta_of(self.db(), to)?)?;
        let sql = "UPDATE document SET article = ?2, version = version + 1, meta = ?3 WHERE id = ?1";
        self.db().prepare_cached(sql)?.execute(params![document.id, to, other])?;
        self.add_live(document.article, -1)?;
        if fresh { Ok(()) } else { self.add_live(to, 1) }
    }

    /// The same text at another place, or the same place that names itself otherwise.
    fn publish_again(&mut self, article: &NewArticle, known: i64) -> Result<()> {
        let sql = "SELECT live FROM article WHERE id = ?1";
        let live: i64 = self.db().prepare_cached(sql)?.query_row([known], |row| row.get(0))?;
        // A text of no place is there already, unless every place that had it has another one now.
        if article.meta.document().is_none() && live > 0 {
            return Ok(());
        }
        self.insert_document(&article.meta, known, &meta_of(self.db(), known)?)?;
        self.add_live(known, 1)
    }

    fn insert_document(&mut self, meta: &Meta, article: i64, first: &Meta) -> Result<()> {
        let sql = "INSERT INTO document (name, article, version, meta) VALUES (?1, ?2, 1, ?3)";
        self.db().prepare_cached(sql)?.execute(params![meta.document(), article, other_meta(meta, first)?])?;
        Ok(())
    }

    /// Counts the documents of which an article is the present text; its claims are in the decks while there are any.
    fn add_live(&mut self, article: i64, more: i64) -> Result<()> {
        let db = &self.store.db;
        let sql = "UPDATE article SET live = live + ?2 WHERE id = ?1 RETURNING live, first_claim, claims, outlet";
        let (live, first, claims, outlet): (i64, i64, i64, Option<String>) = db
            .prepare_cached(sql)?
            .query_row([article, more], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let sign = match (live - more, live) {
            (0, 1..) => 1,
            (1.., 0) => -1,
            _ => return Ok(()),
        };
        let facet = self.known.facet(db, kind::LIVE, "")?;
        let last = first + claims - 1;
        match sign {
            1 => self.pending.edits.set_all(db, facet, first, last)?,
            _ => self.pending.edits.clear_all(db, facet, first, last)?,
        }
        self.pending.counts.add(counters::ARTICLES, "", sign, 0);
        let mut sources = HashSet::new();
        for claim in first..=last {
            let (source, state) = decide::counted(db, claim)?;
            let of = counters::Counted { outlet: outlet.as_deref(), source };
            self.pending.counts.add_claim(of, &state, sign);
            if let Some(source) = source.filter(|s| sources.insert(*s)) {
                self.pending.counts.add_source(source, 0, sign);
            }
        }
        Ok(())
    }

    fn insert_article(
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
        let hidden = serde_json::to_string(&article.hidden).map_err(damaged)?;
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
    fn insert_claims(
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
        let worth = hundredths(claim.worth);
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
        self.push_keys(Order::Worth, id, |keys| keys::push_worth(keys, id, worth))?;
        let source_key = u32::try_from(source.unwrap_or(0)).map_err(damaged)?;
        self.push_keys(Order::Source, id, |keys| keys::push_source(keys, id, source_key))?;
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
            self.push_keys(Order::Newest, from, |keys| keys::push_moment(keys, from, article.moment))?;
        }
        Ok(())
    }

    fn push_keys(&mut self, order: Order, claim: i64, push: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        use std::collections::btree_map::Entry;
        let Some(code) = keys::code(order) else { return Ok(()) };
        match self.pending.keys.entry(keys::row_id(code, super::bits::piece_of(claim))) {
            Entry::Occupied(held) => push(held.into_mut()),
            Entry::Vacant(free) => {
                let mut get = self.store.db.prepare_cached("SELECT keys FROM sort_key WHERE id = ?1")?;
                let held = get.query_row([*free.key()], |row| row.get(0)).optional()?;
                push(free.insert(held.unwrap_or_default()));
            }
        }
        Ok(())
    }

    fn add_decisions_in_transaction(&mut self, decisions: &[Decision]) -> Result<usize> {
        let mut added = 0;
        for batch in decisions.chunks(MAX_DECISIONS) {
            self.begin()?;
            let mut touched = HashSet::new();
            for decision in batch {
                if log::append(&self.store.db, decision)? {
                    added += 1;
                    touched.insert(decision.claim);
                }
            }
            let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
            touched.iter().try_for_each(|claim| projector.decided(*claim))?;
            self.pending.decisions += batch.len();
            if self.pending.decisions >= MAX_DECISIONS {
                self.commit()?;
            }
        }
        Ok(added)
    }
}

impl Drop for Loader<'_> {
    fn drop(&mut self) {
        self.roll_back();
    }
}

impl Known {
    fn facet(&mut self, db: &Connection, kind: &'static str, value: &str) -> Result<i64> {
        // A key of borrowed parts would spare this copy; most values are a few bytes.
        let key = (kind, value.to_owned());
        if let Some(id) = self.facets.get(&key) {
            return Ok(*id);
        }
        let id = facets::find_or_add(db, kind, value)?;
        self.facets.insert(key, id);
        Ok(id)
    }

    fn source(&mut self, db: &Connection, name: &str, role: Option<&str>, kind: SourceKind) -> Result<i64> {
        if let Some(id) = self.sources.get(name) {
            return Ok(*id);
        }
        let mut find = db.prepare_cached("SELECT id FROM source WHERE name = ?1")?;
        let id = match find.query_row([name], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                db.prepare_cached("INSERT INTO source (name, fold, role, kind) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![name, fold(name), role, detail::kind_code(kind)])?;
                db.last_insert_rowid()
            }
        };
        self.sources.insert(name.to_owned(), id);
        Ok(id)
    }

    fn bound(&mut self) {
        if self.phrases.len() > MAX_KNOWN {
            self.phrases.clear();
        }
        if self.sources.len() > MAX_KNOWN {
            self.sources.clear();
        }
        if self.facets.len() > MAX_KNOWN {
            self.facets.clear();
        }
    }
}

struct KnownPhrases<'a> {
    db: &'a Connection,
    known: &'a mut Known,
}

impl Phrases for KnownPhrases<'_> {
    fn number(&mut self, text: &str) -> Result<i64> {
        if let Some(id) = self.known.phrases.get(text) {
            return Ok(*id);
        }
        let mut find = self.db.prepare_cached("SELECT id FROM phrase WHERE text = ?1")?;
        let id = match find.query_row([text], |row| row.get(0)).optional()? {
            Some(id) => id,
            None => {
                self.db.prepare_cached("INSERT INTO phrase (text) VALUES (?1)")?.execute([text])?;
                self.db.last_insert_rowid()
            }
        };
        self.known.phrases.insert(text.to_owned(), id);
        Ok(id)
    }
}

/// The number of the next claim, and whether decisions wait for their claims.
fn begin(db: &Connection) -> Result<(i64, bool)> {
    let sql = "SELECT coalesce(max(id), 0) + 1 FROM claim";
    let next = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM decision WHERE waiting = 1)";
    let waiting = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    let sql = "INSERT INTO claim_words (claim_words, rank) VALUES ('hashsize', ?1)";
    db.prepare_cached(sql)?.execute([HASH_SIZE])?;
    Ok((next, waiting))
}

/// An article's row, and what its claims need of it.
#[derive(Clone, Copy)]
struct Inserted {
    row: i64,
    first_claim: i64,
    moment: i64,
}

struct Document {
    id: i64,
    article: i64,
    version: u32,
}

fn article_with(db: &Connection, id: ArticleId) -> Result<Option<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM article WHERE hash = ?1")?;
    Ok(find.query_row([id.0], |row| row.get(0)).optional()?)
}

fn document_named(db: &Connection, name: &str) -> Result<Option<Document>> {
    let mut find = db.prepare_cached("SELECT id, article, version FROM document WHERE name = ?1")?;
    let document =
        find.query_row([name], |row| Ok(Document { id: row.get(0)?, article: row.get(1)?, version: row.get(2)? }));
    Ok(document.optional()?)
}

/// What a document says of itself, as JSON, where the article's row says otherwise.
fn other_meta(meta: &Meta, of_row: &Meta) -> Result<Option<String>> {
    (meta != of_row).then(|| serde_json::to_string(meta)).transpose().map_err(damaged)
}

pub(super) fn meta_of(db: &Connection, article: i64) -> Result<Meta> {
    let mut find =
        db.prepare_cached("SELECT title, outlet, author, url, path, published, lang FROM article WHERE id = ?1")?;
    Ok(find.query_row([article], |row| super::read::meta(row, 0))?)
}

/// Claims of an article by their words; the first where words repeat.
fn words_of(db: &Connection, article: i64) -> Result<HashMap<String, i64>> {
    let text: String = db
        .prepare_cached("SELECT text FROM article_text WHERE article = ?1")?
        .query_row([article], |row| row.get(0))?;
    let slices = Slices::new(&text);
    let mut words = HashMap::new();
    let mut statement = db.prepare_cached(
        "SELECT id, detail FROM claim WHERE id >= (SELECT first_claim FROM article WHERE id = ?1)
         AND id < (SELECT first_claim + claims FROM article WHERE id = ?1) ORDER BY id",
    )?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        let written = row.get_ref(1)?.as_blob().map_err(damaged)?;
        words.entry(detail::text(written, &slices)?).or_insert(row.get(0)?);
    }
    Ok(words)
}

/// Claims with the same spans are one.
fn distinct(claims: &[NewClaim]) -> impl Iterator<Item = &NewClaim> {
    let mut seen = HashSet::with_capacity(claims.len());
    claims.iter().filter(move |claim| seen.insert(claim.id))
}

/// When the document says that it was published: a date or a time.
fn published(meta: &Meta) -> Option<Moment> {
    let written = meta.published.as_deref()?.trim();
    written.parse().ok().or_else(|| format!("{}T00:00:00Z", written.get(..10)?).parse().ok())
}

/// Worth is kept in hundredths: finer differences mean nothing, and equal worth keeps the order of the text.
fn hundredths(worth: f32) -> u8 {
    (worth.clamp(0.0, 1.0) * 100.0).round() as u8
}
