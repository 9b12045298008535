//! What came into the store since a moment.

use rusqlite::OptionalExtension;

use super::Store;
use super::error::Result;
use super::snapshot::Snapshot;
use crate::domain::{Moment, News, Status};

impl Store {
    /// When the article that came last was loaded.
    pub fn last_load(&self) -> Result<Option<Moment>> {
        let sql = "SELECT loaded_at FROM article WHERE id = (SELECT max(id) FROM article)";
        Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0).map(Moment)).optional()?)
    }

    /// What was loaded after this moment, and what is left to do. Looks at each article that was.
    pub fn news(&self, since: Moment) -> Result<News> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let mut statement = self.db.prepare_cached(
            "SELECT count(*), coalesce(sum(claims), 0), count(previous) FROM article WHERE loaded_at > ?1 AND live > 0",
        )?;
        let count = |n: i64| n.max(0) as u64;
        let loaded = statement.query_row([since.0], |row| {
            Ok(News {
                articles: count(row.get(0)?),
                claims: count(row.get(1)?),
                versions: count(row.get(2)?),
                ..News::default()
            })
        })?;
        let stats = self.stats()?;
        let unreviewed = stats.by_status.get(Status::Unreviewed.word()).copied().unwrap_or(0);
        Ok(News { unreviewed, later: stats.later, conflicts: stats.conflicts, ..loaded })
    }
}
