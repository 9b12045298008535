//! Claims of other articles that say the same as one, or contradict it: candidates by its rarest words out of the full-text
//! index, then compared word by word. Looked for when they are looked at, so that a load pays nothing for them.
//!
//! Bounded whatever the store holds: a word is followed to so many claims, so many candidates are read.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::Store;
use super::decide::{row_of, unknown};
use super::error::Result;
use super::snapshot::Snapshot;
use crate::domain::{Claim, ClaimId, LEAST_SHARE, Meta, Rarity, Related, RelatedClaims, Wording, relation};

/// Words of the claim that are looked up.
const MOST_WORDS: usize = 40;
/// Claims with a word that are followed. A word in more of them is common: how common is then estimated.
const FOLLOWED: i64 = 1024;
/// Claims with a word that are looked at to learn how rare the words of a candidate are.
const SAMPLED: i64 = 64;
/// Common words that have to stand together, and how far to both sides of the claim they are looked for.
const TOGETHER: usize = 3;
const NEARBY: i64 = 1 << 16;
/// Candidates whose article is looked at, and those that are read.
const CHECKED: usize = 512;
const READ: usize = 64;
/// Related claims that are given back.
const MOST: usize = 32;

impl Store {
    /// The claims of other current articles that are related to this one, most alike first.
    pub fn related(&self, id: ClaimId) -> Result<RelatedClaims> {
        let _snapshot = Snapshot::begin(&self.db)?;
        let row = row_of(&self.db, id)?.ok_or_else(|| unknown(id))?;
        let claim = self.claims_of_rows(&[row])?.pop().ok_or_else(|| unknown(id))?;
        let wording = Wording::new(&claim.text);
        let mut index = Index::new(self)?;
        let rows = index.candidates(row, &wording)?;
        let mut found = Vec::new();
        let mut reader = self.claim_reader();
        for row in rows {
            self.stops.go_on()?;
            for other in reader.claims(&[row])? {
                found.extend(index.compare((&wording, &claim.article.meta), other)?);
            }
        }
        let mut related = RelatedClaims::new(&claim, found);
        if related.claims.len() > MOST {
            related.claims.truncate(MOST);
            related = RelatedClaims::new(&claim, related.claims);
        }
        Ok(related)
    }
}

impl Store {
    /// Whether a claim of another current article says the same as this one, or contradicts it.
    pub(super) fn is_related(&self, row: i64) -> Result<bool> {
        let Some(claim) = self.claims_of_rows(&[row])?.pop() else { return Ok(false) };
        let wording = Wording::new(&claim.text);
        let mut index = Index::new(self)?;
        let mut reader = self.claim_reader();
        for row in index.candidates(row, &wording)? {
            self.stops.go_on()?;
            for other in reader.claims(&[row])? {
                let found = index.compare((&wording, &claim.article.meta), other)?;
                if found.is_some_and(|related| related.agrees() || related.conflicts()) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// What is known of words so far.
struct Index<'s> {
    store: &'s Store,
    rarity: Rarity,
}

impl<'s> Index<'s> {
    fn new(store: &'s Store) -> Result<Self> {
        Ok(Self { store, rarity: Rarity { claims: newest(&store.db)? as u64, ..Rarity::default() } })
    }

    /// Claims that share enough of the claim's words to be related to it, those that share most first.
    fn candidates(&mut self, row: i64, wording: &Wording) -> Result<Vec<i64>> {
        let mut scores: HashMap<i64, f64> = HashMap::new();
        let mut common = Vec::new();
        let words = wording.content();
        for word in words.iter().take(MOST_WORDS) {
            let rows = self.look_up(word, FOLLOWED)?;
            let weight = self.rarity.weight(word);
            if rows.len() as i64 == FOLLOWED {
                common.push((weight, *word));
            } else {
                rows.into_iter().for_each(|row| *scores.entry(row).or_default() += weight);
            }
        }
        let whole: f64 = words.iter().take(MOST_WORDS).map(|word| self.rarity.weight(word)).sum();
        let of_common: f64 = common.iter().map(|(weight, _)| weight).sum();
        for found in self.together(row, &mut common)? {
            scores.entry(found).or_default();
        }
        // Common words count for all: which claims have them is seen once those are read.
        let mut best: Vec<(i64, f64)> =
            scores.into_iter().filter(|(_, score)| score + of_common >= whole * LEAST_SHARE).collect();
        best.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        best.truncate(CHECKED);
        self.in_other_current_articles(row, best)
    }

    /// Claims nearby that have the rarest of the common words together.
    fn together(&self, row: i64, common: &mut [(f64, &str)]) -> Result<Vec<i64>> {
        if common.len() < TOGETHER {
            return Ok(Vec::new());
        }
        common.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let words: Vec<_> = common[..TOGETHER].iter().map(|(_, word)| format!("\"{word}\"")).collect();
        let query = format!("text : ({})", words.join(" AND "));
        let mut find = self.store.db.prepare_cached(
            "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 AND rowid >= ?2 AND rowid <= ?3 ORDER BY rowid
             LIMIT ?4",
        )?;
        let near = params![query, row - NEARBY, row + NEARBY, FOLLOWED];
        let rows = find.query_map(near, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first claims with a word; learns how many have it.
    fn look_up(&mut self, word: &str, most: i64) -> Result<Vec<i64>> {
        self.store.stops.go_on()?;
        let sql = "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 ORDER BY rowid LIMIT ?2";
        let mut find = self.store.db.prepare_cached(sql)?;
        // Only letters and digits, which end no string.
        let rows = find.query_map(params![format!("text : \"{word}\""), most], |row| row.get(0))?;
        let rows: Vec<i64> = rows.collect::<Result<_, _>>()?;
        let seen = rows.len() as u64;
        let with = match rows.last() {
            // Taken to be spread evenly over all claims, as over those that were passed to find these.
            Some(last) if rows.len() as i64 == most => (seen * self.rarity.claims / (*last).max(1) as u64).max(seen),
            _ => seen,
        };
        self.rarity.with.insert(word.to_owned(), with.max(1));
        Ok(rows)
    }

    fn in_other_current_articles(&self, row: i64, best: Vec<(i64, f64)>) -> Result<Vec<i64>> {
        let sql = "SELECT c.article, a.live FROM claim c JOIN article a ON a.id = c.article WHERE c.id = ?1";
        let mut find = self.store.db.prepare_cached(sql)?;
        let mut article = |row: i64| find.query_row([row], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        let (own, _) = article(row)?;
        let mut rows = Vec::new();
        for (candidate, _) in best {
            let (other, live) = article(candidate)?;
            if other != own && live > 0 {
                rows.push(candidate);
            }
            if rows.len() == READ {
                break;
            }
        }
        Ok(rows)
    }

    fn compare(&mut self, here: (&Wording, &Meta), other: Claim) -> Result<Option<Related>> {
        if other.state.is_out() {
            return Ok(None);
        }
        let there = Wording::new(&other.text);
        // How rare the other's words are matters only where the two may be alike: that they share enough, whatever those are.
        for word in there.content().into_iter().take(MOST_WORDS) {
            if !self.rarity.with.contains_key(word) {
                self.look_up(word, SAMPLED)?;
            }
        }
        let found = relation(here.0, &there, &self.rarity);
        Ok(found.map(|relation| Related::new(here, (&there, other), relation)))
    }
}

/// The number of the newest claim: how many there are, but for articles that were replaced.
fn newest(db: &Connection) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT coalesce(max(id), 0) FROM claim")?;
    Ok(find.query_row([], |row| row.get(0))?)
}
