//! Documents and their versions: what a text that arrives is to what is there already.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::{Added, Loader, Prepared};
use crate::domain::{Meta, Moment, NewArticle};
use crate::store::decide::Projector;
use crate::store::detail::{self, Slices};
use crate::store::error::{Result, damaged};
use crate::store::facets::{self, kind};
use crate::store::{added, counters, decide, joined, read};

impl Loader<'_> {
    /// Puts an article where it belongs.
    pub(super) fn place(&mut self, prepared: &Prepared<'_>, loaded_at: Moment) -> Result<Added> {
        let meta = &prepared.article().meta;
        let Some(document) = meta.document().map(|name| document_named(self.db(), name)).transpose()?.flatten() else {
            return self.add_first(prepared, loaded_at);
        };
        match read::row_of_article(self.db(), prepared.article().id)? {
            Some(known) if document.article == known => Ok(Added::Known),
            Some(known) => {
                self.point(&document, known, meta, false)?;
                Ok(Added::NewVersion { version: document.version + 1, carried: 0, changed: 0 })
            }
            None => self.add_version(prepared, loaded_at, &document),
        }
    }

    /// Adds an article of a document that is not here yet. Its text may be here all the same, from another place: whether
    /// it is, is asked for by inserting it.
    fn add_first(&mut self, prepared: &Prepared<'_>, loaded_at: Moment) -> Result<Added> {
        let meta = &prepared.article().meta;
        let Some(inserted) = self.insert_article(prepared, loaded_at, 1, None)? else {
            let known = read::row_of_article(self.db(), prepared.article().id)?;
            self.publish_again(prepared.article(), known.ok_or_else(|| damaged("an article is there and is not"))?)?;
            return Ok(Added::Known);
        };
        self.insert_claims(prepared, &inserted, None)?;
        self.insert_document(meta, inserted.row, meta)?;
        Ok(Added::New { claims: prepared.claims() as u32 })
    }

    fn add_version(&mut self, prepared: &Prepared<'_>, loaded_at: Moment, document: &Document) -> Result<Added> {
        let version = document.version + 1;
        let before = words_of(&self.store.db, document.article)?;
        let inserted = self.insert_article(prepared, loaded_at, version, Some(document.article))?;
        let inserted = inserted.ok_or_else(|| damaged("an article is there and is not"))?;
        let carried = self.insert_claims(prepared, &inserted, Some(&before))?;
        self.point(document, inserted.row, &prepared.article().meta, true)?;
        self.take_on_added(document.article, inserted.row)?;
        Ok(Added::NewVersion { version, carried, changed: prepared.claims() as u32 - carried })
    }

    /// What analysts added by hand to the version before goes on to this one.
    fn take_on_added(&mut self, before: i64, version: i64) -> Result<()> {
        let by_hand = added::rows_in(&self.store.db, before)?;
        if by_hand.is_empty() {
            return Ok(());
        }
        self.pending.write_read_again(&self.store.db)?;
        let mut projector = Projector::new(&self.store.db, &mut self.pending.edits, &mut self.pending.counts);
        by_hand.into_iter().try_for_each(|row| projector.go_on(row, version))?;
        self.next_claim = super::next_claim(&self.store.db)?;
        Ok(())
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
        let by_hand = added::rows_in(db, article)?;
        let facet = if by_hand.is_empty() { facet } else { facets::find_or_add(db, kind::LIVE, added::LIVE)? };
        for claim in &by_hand {
            match sign {
                1 => self.pending.edits.set(db, facet, *claim)?,
                _ => self.pending.edits.clear(db, facet, *claim)?,
            }
        }
        let mut sources = HashSet::new();
        for claim in (first..=last).chain(added::standing_in(db, article)?) {
            let (source, state) = decide::counted(db, claim)?;
            let of = counters::Counted { outlet: outlet.as_deref(), source };
            self.pending.counts.add_claim(of, &state, sign);
            if let Some(source) = source.filter(|s| sources.insert(joined::head_in(&self.heads, *s))) {
                self.pending.counts.add_source(source, 0, sign);
            }
        }
        Ok(())
    }
}

struct Document {
    id: i64,
    article: i64,
    version: u32,
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

pub(in crate::store) fn meta_of(db: &Connection, article: i64) -> Result<Meta> {
    let mut find =
        db.prepare_cached("SELECT title, outlet, author, url, path, published, lang FROM article WHERE id = ?1")?;
    Ok(find.query_row([article], |row| read::meta(row, 0))?)
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
