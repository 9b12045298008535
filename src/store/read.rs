//! Claims and articles as the layers above know them, put together from rows.

use rusqlite::{Connection, OptionalExtension, Row};

use super::decide::row_of;
use super::error::{Result, damaged};
use super::reader::ClaimReader;
use super::snapshot::Snapshot;
use super::{Store, added, detail, log};
use crate::domain::{ArticleId, ArticleInfo, ArticleRecord, ArticleText, Claim, ClaimId, Decision, Meta, Moment};

impl Store {
    /// A claim.
    pub fn claim(&self, id: ClaimId) -> Result<Option<Claim>> {
        let Some(row) = row_of(&self.db, id)? else { return Ok(None) };
        Ok(self.claims_of_rows(&[row])?.pop())
    }

    /// The decisions on a claim in their order, those of the versions before that it takes over among them.
    pub fn decisions(&self, id: ClaimId) -> Result<Vec<Decision>> {
        let Some(row) = row_of(&self.db, id)? else { return log::on_claim(&self.db, id) };
        let mut decisions = super::decide::decisions_of(&self.db, row)?;
        decisions.sort_by_key(Decision::order);
        if let Some(veil) = &self.veil {
            veil.retain_seen(&self.db, row, &mut decisions)?;
        }
        Ok(decisions)
    }

    /// An article to read.
    pub fn article(&self, id: ArticleId) -> Result<Option<ArticleText>> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let Some(row) = row_of_article(&self.db, id)? else { return Ok(None) };
        let mut article = article_text(&self.db, row)?;
        self.veil_article(&mut article.info)?;
        Ok(Some(article))
    }

    /// Articles in the order in which they were loaded, all versions, after this one.
    pub fn articles(&self, after: Option<ArticleId>, limit: usize) -> Result<Vec<ArticleInfo>> {
        let after = after.map_or(Ok(None), |id| row_of_article(&self.db, id))?.unwrap_or(0);
        let mut statement = self.db.prepare_cached(
            "SELECT hash, title, outlet, author, url, path, published, lang, version, live, loaded_at, claims + added, reviewed
             FROM article WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let rows = statement.query_map([after, limit as i64], info)?;
        let mut articles = rows.collect::<Result<Vec<_>, _>>()?;
        articles.iter_mut().try_for_each(|article| self.veil_article(article))?;
        Ok(articles)
    }

    /// Every place whose present text is this article, with what it says of itself, in the order of arrival.
    pub fn documents(&self, id: ArticleId) -> Result<Vec<Meta>> {
        let Some(row) = row_of_article(&self.db, id)? else { return Ok(Vec::new()) };
        let of_row = super::load::meta_of(&self.db, row)?;
        let mut find = self.db.prepare_cached("SELECT meta FROM document WHERE article = ?1 ORDER BY id")?;
        let rows = find.query_map([row], |row| row.get::<_, Option<String>>(0))?;
        rows.map(|other| other?.map_or(Ok(of_row.clone()), |json| serde_json::from_str(&json).map_err(damaged)))
            .collect()
    }
}

/// The row of an article, if it is here.
pub(super) fn row_of_article(db: &Connection, id: ArticleId) -> Result<Option<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM article WHERE hash = ?1")?;
    Ok(find.query_row([id.0], |row| row.get(0)).optional()?)
}

/// What is known of an article, from seven columns in the order of the table.
pub(super) fn meta(row: &Row<'_>, first: usize) -> rusqlite::Result<Meta> {
    Ok(Meta {
        title: row.get(first)?,
        outlet: row.get(first + 1)?,
        author: row.get(first + 2)?,
        url: row.get(first + 3)?,
        path: row.get(first + 4)?,
        published: row.get(first + 5)?,
        lang: row.get(first + 6)?,
    })
}

pub(super) fn info(row: &Row<'_>) -> rusqlite::Result<ArticleInfo> {
    let claims: u32 = row.get(11)?;
    let reviewed: u32 = row.get(12)?;
    Ok(ArticleInfo {
        id: ArticleId(row.get(0)?),
        meta: meta(row, 1)?,
        version: row.get(8)?,
        current: row.get::<_, i64>(9)? > 0,
        loaded_at: Moment(row.get(10)?),
        claims,
        unreviewed: claims.saturating_sub(reviewed),
    })
}

/// An article with its text and where its claims stand.
fn article_text(db: &Connection, row: i64) -> Result<ArticleText> {
    let ArticleRecord { info, hidden, text, .. } = ClaimReader::new(db).article(row)?;
    let mut claims = Vec::with_capacity(info.claims as usize);
    let mut find = db.prepare_cached(
        "SELECT c.hash, c.detail FROM article a JOIN claim c ON c.id >= a.first_claim AND c.id < a.first_claim + a.claims
         WHERE a.id = ?1 ORDER BY c.id",
    )?;
    let mut add = |row: &Row<'_>| -> Result<()> {
        let detail = row.get_ref(1)?.as_blob().map_err(damaged)?;
        claims.push((ClaimId(row.get(0)?), detail::spans(detail)?));
        Ok(())
    };
    let mut rows = find.query([row])?;
    while let Some(row) = rows.next()? {
        add(row)?;
    }
    let mut find = db.prepare_cached("SELECT hash, detail FROM claim WHERE id = ?1")?;
    for claim in added::standing_in(db, row)? {
        let mut rows = find.query([claim])?;
        rows.next()?.map_or(Ok(()), &mut add)?;
    }
    Ok(ArticleText { info, text, claims, hidden })
}
