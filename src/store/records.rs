//! What an export holds that no screen shows: articles whole, and the claims of versions that newer ones replaced.

use super::Store;
use super::error::Result;
use crate::domain::{ArticleId, ArticleRecord, ArticleText, Claim};

impl Store {
    /// The article as an export holds it.
    pub fn record(&self, article: ArticleText) -> Result<ArticleRecord> {
        let ArticleText { info, text, hidden, .. } = article;
        let mut find = self.db.prepare_cached("SELECT rules FROM article WHERE hash = ?1")?;
        let rules = find.query_row([info.id.0], |row| row.get(0))?;
        Ok(ArticleRecord { info, rules, hidden, text })
    }

    /// All claims of an article, whether or not it is the present text of its document, in the order of the text.
    pub fn claims_of(&self, article: ArticleId) -> Result<Vec<Claim>> {
        let mut find = self.db.prepare_cached("SELECT first_claim, claims FROM article WHERE hash = ?1")?;
        let (first, claims) = find.query_row([article.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let rows: Vec<i64> = (first..first + claims).collect();
        self.claims_of_rows(&rows)
    }
}
