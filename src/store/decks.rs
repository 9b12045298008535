//! Decks that analysts gave a name.

use rusqlite::params;

use super::Store;
use super::error::Result;
use crate::domain::{Deck, NamedDeck, Order, Query};

impl Store {
    /// All decks with a name, in the order of their names.
    pub fn decks(&self) -> Result<Vec<NamedDeck>> {
        let mut find = self.db.prepare_cached("SELECT name, query, ord FROM deck ORDER BY name")?;
        let rows = find.query_map([], |row| {
            // An order that a later version may know is read as the plainest one.
            let order: Order = row.get::<_, String>(2)?.parse().unwrap_or_default();
            Ok(NamedDeck { name: row.get(0)?, deck: Deck { query: row.get(1)?, order } })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a deck under a name, in the place of another that has it.
    pub fn save_deck(&mut self, named: &NamedDeck) -> Result<()> {
        Query::parse(&named.deck.query)?;
        let sql = "INSERT INTO deck (name, query, ord) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET query = ?2, ord = ?3";
        let NamedDeck { name, deck } = named;
        self.db.prepare_cached(sql)?.execute(params![name, deck.query, deck.order.word()])?;
        Ok(())
    }

    /// Forgets the deck with this name.
    pub fn drop_deck(&mut self, name: &str) -> Result<()> {
        self.db.prepare_cached("DELETE FROM deck WHERE name = ?1")?.execute([name])?;
        Ok(())
    }
}
