//! Ids as people type them, shortened, and the shortest form that still tells one from all others.

use rusqlite::Connection;

use super::Store;
use super::by_hash::{self, Hash};
use super::error::{Result, StoreError};
use super::select::Direction;
use crate::domain::{ArticleId, ClaimId, ID_BYTES};

/// Hexadecimal digits that a shortened id has at least.
const SHORTEST: usize = 4;
/// Candidates that an error names.
const CANDIDATES: usize = 5;

/// What is named by its hash, and where such hashes are found.
struct Ids {
    what: &'static str,
    letter: char,
    /// The least hashes from one to another.
    between: fn(&Connection, Hash, Hash, usize) -> Result<Vec<Hash>>,
    /// The greatest hash below one, or the least above it.
    next: fn(&Connection, Hash, Direction) -> Result<Option<Hash>>,
}

const CLAIMS: Ids = Ids { what: "claim", letter: ClaimId::LETTER, between: by_hash::between, next: by_hash::next };

const ARTICLES: Ids = Ids { what: "article", letter: ArticleId::LETTER, between: articles_between, next: next_article };

fn articles_between(db: &Connection, low: Hash, high: Hash, limit: usize) -> Result<Vec<Hash>> {
    let sql = "SELECT hash FROM article WHERE hash >= ?1 AND hash <= ?2 ORDER BY hash LIMIT ?3";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((low, high, limit as i64), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn next_article(db: &Connection, hash: Hash, direction: Direction) -> Result<Option<Hash>> {
    let sql = match direction {
        Direction::Forward => "SELECT min(hash) FROM article WHERE hash > ?1",
        Direction::Back => "SELECT max(hash) FROM article WHERE hash < ?1",
    };
    Ok(db.prepare_cached(sql)?.query_row([hash], |row| row.get(0))?)
}

impl Store {
    /// The claim whose id begins so.
    pub fn find_claim(&self, written: &str) -> Result<ClaimId> {
        only(&CLAIMS, written, find(&self.db, &CLAIMS, written)?, |hash| ClaimId(hash).to_string()).map(ClaimId)
    }

    /// The article whose id begins so.
    pub fn find_article(&self, written: &str) -> Result<ArticleId> {
        only(&ARTICLES, written, find(&self.db, &ARTICLES, written)?, |hash| ArticleId(hash).to_string()).map(ArticleId)
    }

    /// The shortest beginning of this id, letter included, that no other claim in the store has.
    pub fn short_id(&self, id: ClaimId) -> Result<String> {
        shorten(&self.db, &CLAIMS, id.0, &id.to_string())
    }

    /// The same for an article.
    pub fn short_article_id(&self, id: ArticleId) -> Result<String> {
        shorten(&self.db, &ARTICLES, id.0, &id.to_string())
    }

    /// Articles whose id begins so; none where it isn't the beginning of an id.
    pub(super) fn articles_beginning(&self, written: &str) -> Result<Vec<ArticleId>> {
        let long_enough = written.len() > SHORTEST;
        let found = if long_enough { find(&self.db, &ARTICLES, written)? } else { Vec::new() };
        Ok(found.into_iter().map(ArticleId).collect())
    }
}

fn find(db: &Connection, ids: &Ids, written: &str) -> Result<Vec<Hash>> {
    let Some((low, high)) = range(ids.letter, written) else { return Ok(Vec::new()) };
    (ids.between)(db, low, high, CANDIDATES)
}

fn only(ids: &Ids, written: &str, mut found: Vec<Hash>, full: fn(Hash) -> String) -> Result<Hash> {
    let id = written.to_owned();
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(StoreError::Unknown { what: ids.what, id }),
        (Some(one), true) => Ok(one),
        (Some(last), false) => {
            found.push(last);
            Err(StoreError::Ambiguous { what: ids.what, id, candidates: found.into_iter().map(full).collect() })
        }
    }
}

/// The least and the greatest id that begin so.
fn range(letter: char, written: &str) -> Option<(Hash, Hash)> {
    let digits = written.trim().strip_prefix(letter)?;
    if digits.len() > ID_BYTES * 2 {
        return None;
    }
    let (mut low, mut high) = ([0x00; ID_BYTES], [0xFF; ID_BYTES]);
    for (place, digit) in digits.chars().enumerate() {
        let digit = digit.to_digit(16)? as u8;
        let shift = if place % 2 == 0 { 4 } else { 0 };
        low[place / 2] |= digit << shift;
        high[place / 2] &= digit << shift | !(0xF << shift);
    }
    Some((low, high))
}

fn shorten(db: &Connection, ids: &Ids, id: Hash, full: &str) -> Result<String> {
    let mut digits = SHORTEST;
    for direction in [Direction::Back, Direction::Forward] {
        let neighbour = (ids.next)(db, id, direction)?;
        digits = digits.max(neighbour.map_or(0, |other| shared_digits(id, other) + 1));
    }
    Ok(full.chars().take(1 + digits).collect())
}

fn shared_digits(a: Hash, b: Hash) -> usize {
    match a.iter().zip(b).position(|(a, b)| *a != b) {
        None => ID_BYTES * 2,
        Some(place) => place * 2 + usize::from(a[place] >> 4 == b[place] >> 4),
    }
}
