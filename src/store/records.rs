//! What an export holds that no screen shows: articles whole, and the claims of versions that newer ones replaced.

use super::Store;
use super::error::Result;
use super::read::ClaimReader;
use crate::domain::{ArticleId, ArticleRecord, Claim};

impl Store {
    /// The article as an export holds it.
    pub fn record(&self, article: ArticleId) -> Result<Option<ArticleRecord>> {
        let row = self.row_of_article(article)?;
        row.map(|row| ClaimReader::new(&self.db).article(row).map(|(record, _)| record)).transpose()
    }

    /// All claims of an article, whether or not it is the present text of its document, in the order of the text.
    pub fn claims_of(&self, article: ArticleId) -> Result<Vec<Claim>> {
        let mut find = self.db.prepare_cached("SELECT first_claim, claims FROM article WHERE hash = ?1")?;
        let (first, claims) = find.query_row([article.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let rows: Vec<i64> = (first..first + claims).collect();
        self.claims_of_rows(&rows)
    }
}
