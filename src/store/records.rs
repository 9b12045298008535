//! What an export holds that no screen shows: articles whole, and the claims of versions that newer ones replaced.

use rusqlite::Row;

use super::error::Result;
use super::read::row_of_article;
use super::reader::ClaimReader;
use super::rows::ClaimRows;
use super::stream::Flow;
use super::{Store, added};
use crate::domain::{ArticleId, ArticleRecord};

impl Store {
    /// The article as an export holds it.
    pub fn record(&self, article: ArticleId) -> Result<Option<ArticleRecord>> {
        let row = row_of_article(&self.db, article)?;
        row.map(|row| ClaimReader::new(&self.db).article(row)).transpose()
    }

    /// All claims of an article, whether or not it is the present text of its document, in the order of the text.
    pub fn claims_of(&self, article: ArticleId, mut give: impl FnMut(ClaimRows) -> Flow) -> Result<()> {
        let mut find = self.db.prepare_cached("SELECT id, first_claim, claims FROM article WHERE hash = ?1")?;
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
        let (article, first, claims) = find.query_row([article.0], read)?;
        let mut rows: Vec<i64> = (first..first + claims).chain(added::standing_in(&self.db, article)?).collect();
        let order = self.added()?;
        rows.sort_by_key(|row| order.place_of(*row));
        self.claim_reader().each_rows(&rows, &mut give).map(drop)
    }
}
