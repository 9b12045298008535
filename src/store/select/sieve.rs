//! Tests claims for words one by one: an index in memory is made of these claims alone and asked what the store's would
//! be. It has the same tables, so that words mean the same in both.
//!
//! The index of a store gives the claims that have a word, and is slow where most have it: for the beginning of a word it
//! puts all of them together before it gives the first.

use rusqlite::{Connection, params};

use super::words;
use crate::domain::{ArticleId, Claim, Expr, Is, Query, SourceRef, Term, Words};
use crate::store::error::{Result, damaged};
use crate::store::snapshot::Snapshot;
use crate::store::{Store, open};

/// Which of the claims that were tested have which words.
pub(in crate::store) struct Tested(Vec<(Words, Vec<i64>)>);

impl Tested {
    /// The rows of the claims that have these words, ascending.
    pub(super) fn with(&self, words: &Words) -> &[i64] {
        self.0.iter().find(|(tested, _)| tested == words).map_or(&[], |(_, rows)| rows)
    }
}

impl Store {
    /// Tests claims, which are given by row, for all words that a query looks for in them.
    pub(in crate::store) fn test(&self, query: &Query, rows: &[i64]) -> Result<Tested> {
        let all = all_words(query);
        if all.is_empty() {
            return Ok(Tested(Vec::new()));
        }
        let asked: Vec<Letters> = all.iter().map(|words| Letters::of(words)).collect();
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let rows = likely(&self.db, &rows, &asked)?;
        let claims = self.claims_of_rows(&rows)?;
        let mut held = self.sieve.borrow_mut();
        let sieve = match &mut *held {
            Some(sieve) => sieve,
            none => none.insert(open::empty()?),
        };
        // Forgets the claims in the end.
        let _snapshot = Snapshot::begin(sieve)?;
        let articles = put_in(sieve, &rows, &claims, &asked)?;
        let mut tested = Vec::new();
        for words in all {
            let claims = matching(
                sieve,
                "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 ORDER BY rowid",
                words::quoted(words),
            )?;
            let titles = matching(
                sieve,
                "SELECT rowid FROM title_words WHERE title_words MATCH ?1 ORDER BY rowid",
                words::quoted(words),
            )?;
            let has = |(row, article): &(&i64, &i64)| {
                claims.binary_search(row).is_ok() || titles.binary_search(article).is_ok()
            };
            let with = rows.iter().zip(&articles).filter(has).map(|(row, _)| *row).collect();
            tested.push((words.clone(), with));
        }
        Ok(Tested(tested))
    }
}

/// Rows that follow each other so closely are stepped through in one go.
const NEAR: i64 = 8;
/// Bytes of an article whose claims are all read, which has its text found only once.
const LONG: i64 = 1 << 16;

/// Those of some claims, by row, that may have any of the words: to see that an article has none of the letters costs a
/// tenth of reading its claims.
fn likely(db: &Connection, rows: &[i64], asked: &[Letters]) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached(
        "SELECT c.id, c.article, s.name, EXISTS (SELECT 1 FROM state WHERE claim = c.id)
         FROM claim c LEFT JOIN source s ON s.id = c.source WHERE c.id >= ?1 AND c.id <= ?2 ORDER BY c.id",
    )?;
    let mut likely = Vec::with_capacity(rows.len());
    let mut last: Option<(i64, bool)> = None;
    for near in rows.chunk_by(|a, b| b - a <= NEAR) {
        let mut found = find.query(params![near.first(), near.last()])?;
        while let Some(row) = found.next()? {
            let (claim, article) = (row.get(0)?, row.get(1)?);
            if near.binary_search(&claim).is_err() {
                continue;
            }
            let of_article = match last.filter(|(of, _)| *of == article) {
                Some((_, has)) => has,
                None => article_may_match(db, article, asked)?,
            };
            last = Some((article, of_article));
            let source = row.get_ref(2)?.as_str_or_null().map_err(damaged)?;
            // What analysts decided may have given it other words.
            if of_article || row.get(3)? || source.is_some_and(|name| may_match(asked, name)) {
                likely.push(claim);
            }
        }
    }
    Ok(likely)
}

/// Whether an article's text or title has the letters of any of the words.
fn article_may_match(db: &Connection, article: i64, asked: &[Letters]) -> Result<bool> {
    let mut find = db.prepare_cached(
        "SELECT a.title, CASE WHEN octet_length(t.text) <= ?2 THEN t.text END
         FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1",
    )?;
    let mut rows = find.query([article, LONG])?;
    let Some(row) = rows.next()? else { return Ok(true) };
    let [title, text] = [0, 1].map(|column| row.get_ref(column).map(|held| held.as_str_or_null()));
    let (title, text) = (title?.map_err(damaged)?, text?.map_err(damaged)?);
    Ok(text.is_none_or(|text| may_match(asked, text)) || title.is_some_and(|title| may_match(asked, title)))
}

fn may_match(asked: &[Letters], text: &str) -> bool {
    asked.iter().any(|letters| letters.may_be_in(text))
}

/// Makes the index of what may have any of the words; gives back the number of each claim's article in it.
fn put_in(sieve: &Connection, rows: &[i64], claims: &[Claim], asked: &[Letters]) -> Result<Vec<i64>> {
    let may_match = |text: &str| may_match(asked, text);
    let mut put = sieve.prepare_cached("INSERT INTO claim_words (rowid, text, source) VALUES (?1, ?2, ?3)")?;
    for (row, claim) in rows.iter().zip(claims) {
        let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
        if may_match(&claim.text) || source.is_some_and(may_match) {
            put.execute(params![row, claim.text, source])?;
        }
    }
    let mut put = sieve.prepare_cached("INSERT INTO title_words (rowid, title) VALUES (?1, ?2)")?;
    let mut articles: Vec<i64> = Vec::with_capacity(claims.len());
    let mut last: Option<(ArticleId, i64)> = None;
    for claim in claims {
        let number = match last {
            Some((id, number)) if id == claim.article.id => number,
            _ => {
                let number = last.map_or(1, |(_, number)| number + 1);
                if let Some(title) = claim.article.meta.title.as_ref().filter(|title| may_match(title)) {
                    put.execute(params![number, title])?;
                }
                number
            }
        };
        last = Some((claim.article.id, number));
        articles.push(number);
    }
    Ok(articles)
}

fn matching(sieve: &Connection, sql: &'static str, matching: String) -> Result<Vec<i64>> {
    let mut find = sieve.prepare_cached(sql)?;
    let rows = find.query_map([matching], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Letters that have to stand in a text for words to be found there: what has none of them needn't be cut into words.
struct Letters {
    /// None where letters of the words may be written in several ways.
    pieces: Option<Vec<String>>,
}

impl Letters {
    fn of(words: &Words) -> Self {
        let pieces = words.text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty());
        let pieces = words.text.chars().all(is_plain).then(|| pieces.map(str::to_ascii_lowercase).collect());
        Self { pieces }
    }

    /// False only where full text can't find the words.
    fn may_be_in(&self, text: &str) -> bool {
        let Some(pieces) = &self.pieces else { return true };
        if !text.chars().all(is_plain) {
            return true;
        }
        let text = text.to_ascii_lowercase();
        pieces.iter().all(|piece| text.contains(piece.as_str()))
    }
}

/// Whether a character is the same to full text however it is written: ASCII, which it folds by case alone, and dashes and
/// quotation marks, which part words. Others may be taken for ASCII letters, or for nothing between two of them.
fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{2010}'..='\u{2027}')
}

/// The words that a query looks for in claims.
fn all_words(query: &Query) -> Vec<&Words> {
    let mut found = Vec::new();
    let mut open: Vec<&Expr> = query.root.iter().collect();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Term(Term::Words(words)) if !found.contains(&words) => found.push(words),
            Expr::Term(_) => {}
            Expr::Not(inner) => open.push(inner),
            Expr::And(parts) | Expr::Or(parts) => open.extend(parts),
        }
    }
    found
}

/// Which words are left out of a query, and what is left of it.
pub(in crate::store) struct Wide {
    /// Selects every claim that the whole query selects, and others.
    pub(in crate::store) query: Query,
    /// Whether one of the words left out need only be the beginning of a word.
    pub(in crate::store) beginnings: bool,
    /// Whether the query still looks for words.
    pub(in crate::store) has_words: bool,
}

impl Wide {
    /// Leaves words out of a query: all, or those that need only be the beginning of a word. None where it has none.
    pub(in crate::store) fn without(query: &Query, all: bool) -> Option<Self> {
        let words = all_words(query);
        let (left_out, kept): (Vec<&Words>, Vec<&Words>) = words.into_iter().partition(|words| all || words.prefix);
        let is_out = |term: &Term| matches!(term, Term::Words(held) if left_out.contains(&held));
        let root = query.root.as_ref().map(|expr| opened(expr, &is_out, true));
        let beginnings = left_out.iter().any(|words| words.prefix);
        (!left_out.is_empty()).then_some(Self { query: Query { root }, beginnings, has_words: !kept.is_empty() })
    }
}

/// A query without the condition that claims are related to others, which is dear. None where it has none.
pub(in crate::store) fn without_related(query: &Query) -> Option<Query> {
    let related = Term::Is(Is::Related);
    let root = query.root.as_ref()?;
    let wide = opened(root, &|term| *term == related, true);
    (wide != *root).then_some(Query { root: Some(wide) })
}

/// The condition with these terms left out, so that it holds wherever it held (`widely`), or nowhere where it didn't.
fn opened(expr: &Expr, is_out: &dyn Fn(&Term) -> bool, widely: bool) -> Expr {
    let each = |parts: &[Expr]| parts.iter().map(|part| opened(part, is_out, widely)).collect();
    match expr {
        Expr::Term(term) if is_out(term) => {
            if widely {
                Expr::And(Vec::new())
            } else {
                Expr::Or(Vec::new())
            }
        }
        Expr::Term(term) => Expr::Term(term.clone()),
        Expr::Not(inner) => Expr::Not(Box::new(opened(inner, is_out, !widely))),
        Expr::And(parts) => Expr::And(each(parts)),
        Expr::Or(parts) => Expr::Or(each(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_full_text_finds_has_the_letters(
            text in "([dDaáa\u{301}mM1 ’–.'_-]|\\PC){0,12}", words in "[daáDm1 ’-]{1,4}", prefix: bool
        ) {
            let words = Words { text: words, prefix };
            let db = open::empty().unwrap();
            db.execute("INSERT INTO claim_words (rowid, text) VALUES (1, ?1)", [&text]).unwrap();
            let sql = "SELECT rowid FROM claim_words WHERE claim_words MATCH ?1 ORDER BY rowid";
            let found = !matching(&db, sql, words::quoted(&words)).unwrap().is_empty();
            prop_assert!(!found || Letters::of(&words).may_be_in(&text), "{words:?} in {text:?}");
        }
    }
}
