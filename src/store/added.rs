//! Claims that analysts add: their rows, and where they stand among those that the machine found.
//!
//! A claim's row follows from its earliest addition alone, in whatever order decisions arrive; whether it is in the decks
//! follows from whether one stands.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, params};

use super::by_hash::HashEdits;
use super::counters::Counts;
use super::decide::{row_of, stored};
use super::detail::{self, PhraseList, Slices};
use super::edits::{self, others_of};
use super::error::{Result, StoreError, damaged};
use super::facets::{self, Edits, fold, kind};
use super::load::{KeyEdits, WordEdits, source_name};
use super::read::row_of_article;
use super::reader::claim_of_row;
use super::{Store, carried, keys, log, numbers};
use crate::domain::{Act, Addition, ArticleId, ClaimId, NewClaim, Order, SourceKind, worth_in_hundredths};

/// The value of the facet "live" that added claims of current articles have, in the place of the machine's.
pub(super) const LIVE: &str = "added";

/// Bits of a place below the row: places before one row that added claims can have.
const BELOW: u32 = 24;
const OWN: i64 = (1 << BELOW) - 1;

/// Where a claim of the machine stands in the order of texts.
pub(super) fn place_of_found(row: i64) -> i64 {
    (row << BELOW) | OWN
}

/// The first row of the machine that stands at this place or after it.
pub(super) fn found_from(place: i64) -> i64 {
    place >> BELOW
}

/// An added claim and its article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Added {
    pub(super) row: i64,
    pub(super) article: i64,
    before: i64,
}

/// All added claims, in the order of texts.
#[derive(Debug, Default)]
pub(super) struct AddedClaims {
    all: Vec<Added>,
    places: HashMap<i64, i64>,
    newest: i64,
}

impl AddedClaims {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn all(&self) -> &[Added] {
        &self.all
    }

    /// Where a claim stands in the order of texts.
    pub(super) fn place_of(&self, row: i64) -> i64 {
        self.places.get(&row).copied().unwrap_or_else(|| place_of_found(row))
    }

    /// Before all claims of an article, whose first of the machine has this row.
    pub(super) fn start_of(&self, article: i64, first: i64) -> i64 {
        self.between(first, |a| a.article < article)
    }

    /// After all claims of an article; the machine's claim after its last has this row.
    pub(super) fn end_of(&self, article: i64, next: i64) -> i64 {
        self.between(next, |a| a.article <= article)
    }

    /// The place before a row, after those added there that are earlier.
    fn between(&self, row: i64, earlier: impl Fn(&Added) -> bool) -> i64 {
        let group = self.all.partition_point(|a| a.before < row);
        let count = self.all[group..].iter().take_while(|a| a.before == row && earlier(a)).count() as i64;
        (row << BELOW) | count.min(OWN)
    }

    fn read(db: &Connection, newest: i64) -> Result<Self> {
        let mut find = db.prepare_cached("SELECT claim, article, before, start FROM added")?;
        let rows = find.query_map([], |row| {
            let added = Added { row: row.get(0)?, article: row.get(1)?, before: row.get(2)? };
            Ok((added, row.get::<_, i64>(3)?))
        })?;
        let mut all = rows.collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|(a, start)| (a.before, a.article, *start, a.row));
        let mut places = HashMap::with_capacity(all.len());
        for group in all.chunk_by(|(a, _), (b, _)| a.before == b.before) {
            let numbered = (0i64..).zip(group);
            places.extend(numbered.map(|(number, (a, _))| (a.row, (a.before << BELOW) | number.min(OWN - 1))));
        }
        Ok(Self { all: all.into_iter().map(|(added, _)| added).collect(), places, newest })
    }
}

impl Store {
    /// All added claims, read again when there are new ones; rows of them are never taken away.
    pub(super) fn added(&self) -> Result<Arc<AddedClaims>> {
        let mut find = self.db.prepare_cached("SELECT coalesce(max(claim), 0) FROM added")?;
        let newest: i64 = find.query_row([], |row| row.get(0))?;
        let mut held = self.added.borrow_mut();
        match held.as_ref().filter(|added| added.newest == newest) {
            Some(added) => Ok(added.clone()),
            None => Ok(held.insert(Arc::new(AddedClaims::read(&self.db, newest)?)).clone()),
        }
    }
}

/// Whether an analyst may add this claim: its words stand in the article, and it is none yet.
pub(super) fn check(db: &Connection, claim: ClaimId, added: &Addition) -> Result<()> {
    if added.id() != claim {
        return Err(StoreError::WrongId { what: claim.to_string() });
    }
    let article = article_of(db, added)?;
    article.ok_or_else(|| StoreError::Unknown { what: "article", id: added.article.to_string() })?;
    match row_of(db, claim)? {
        Some(row) if !stored(db, row)?.withdrawn => Err(StoreError::Known { id: claim.to_string() }),
        _ => Ok(()),
    }
}

/// Whether a claim is one that an analyst added.
pub(super) fn is_added(db: &Connection, row: i64) -> Result<bool> {
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM added WHERE claim = ?1)")?;
    Ok(find.query_row([row], |row| row.get(0))?)
}

/// The rows of the claims that were ever added to an article, in the order of its text.
pub(super) fn rows_in(db: &Connection, article: i64) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached("SELECT claim, before, start FROM added WHERE article = ?1")?;
    let rows = find.query_map([article], |row| Ok((row.get(1)?, row.get(2)?, row.get(0)?)))?;
    let mut rows: Vec<(i64, i64, i64)> = rows.collect::<Result<_, _>>()?;
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, _, row)| row).collect())
}

/// Those of them that were not taken back.
pub(super) fn standing_in(db: &Connection, article: i64) -> Result<Vec<i64>> {
    let standing = |row| stored(db, row).map(|state| (!state.withdrawn).then_some(row)).transpose();
    rows_in(db, article)?.into_iter().filter_map(standing).collect()
}

/// The claims that decisions which wait for an article add to it.
pub(super) fn waiting_for(db: &Connection, article: ArticleId) -> Result<Vec<ClaimId>> {
    let mut find =
        db.prepare_cached("SELECT claim FROM decision WHERE adds_to = ?1 AND adds_to IS NOT NULL AND waiting = 1")?;
    let claims = find.query_map([article.0], |row| row.get(0).map(ClaimId))?;
    Ok(claims.collect::<Result<_, _>>()?)
}

/// Writes the row of a claim that decisions add, if there is none yet and its article is here. Gives back its row.
pub(super) fn insert(db: &Connection, edits: &mut Edits, counts: &mut Counts, claim: ClaimId) -> Result<Option<i64>> {
    let Some((claim, article)) = first_addition(db, claim)? else { return Ok(None) };
    put(db, (edits, counts), &claim, &article, None).map(Some)
}

/// Writes the row of a claim that stands in this article. `origin`: the one in the version before, whose decisions it takes
/// over.
pub(super) fn put(
    db: &Connection,
    (edits, counts): (&mut Edits, &mut Counts),
    claim: &NewClaim,
    article: &Article,
    origin: Option<i64>,
) -> Result<i64> {
    let row: i64 = db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM claim")?.query_row([], |row| row.get(0))?;
    let written = Written::of(db, claim, article)?;
    let start = claim.spans.first().map_or(0, |span| span[0]);
    let follows = article.claims_before(db, start)?;
    db.prepare_cached(
        "INSERT INTO claim (id, hash, article, ordinal, mode, worth, source, origin, detail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?9, ?8)",
    )?
    .execute(params![
        row,
        claim.id.0,
        article.row,
        follows,
        written.mode,
        written.worth,
        written.source,
        written.detail,
        origin
    ])?;
    db.prepare_cached("INSERT INTO added (claim, article, before, start) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, article.row, article.first + i64::from(follows), start])?;
    let mut hashes = HashEdits::default();
    hashes.add(claim.id.0, row)?;
    hashes.write(db)?;
    WordEdits::one(row, &claim.text, source_name(claim)).write(db)?;
    add_facets(db, edits, row, claim, article)?;
    add_keys(db, row, &written, article)?;
    counts.add_to_article(article.row, 1);
    if article.live {
        counts.add_unreviewed(article.outlet.as_deref(), 1);
        if let Some(source) = written.source {
            counts.add_source(source, 1, i64::from(!others_of(db, row, source)?));
        }
    }
    Ok(row)
}

/// Writes an added claim anew where an addition that arrived later turns out to be the earliest, or the version before has it
/// otherwise than was known.
pub(super) fn renew(db: &Connection, edits: &mut Edits, counts: &mut Counts, row: i64, claim: ClaimId) -> Result<()> {
    let before = carried::from_before(db, row)?;
    let Some((claim, article)) = before.map_or_else(|| first_addition(db, claim), |found| Ok(Some(found)))? else {
        return Ok(());
    };
    let Written { detail, mode, worth, .. } = Written::of(db, &claim, &article)?;
    let mut same = db.prepare_cached("SELECT detail = ?2 AND mode = ?3 AND worth = ?4 FROM claim WHERE id = ?1")?;
    if same.query_row(params![row, detail, mode, worth], |row| row.get(0))? {
        return Ok(());
    }
    let Some(old) = claim_of_row(db, row, None)? else { return Ok(()) };
    db.prepare_cached("UPDATE claim SET detail = ?2, mode = ?3, worth = ?4 WHERE id = ?1")?
        .execute(params![row, detail, mode, worth])?;
    let Some(new) = claim_of_row(db, row, None)? else { return Ok(()) };
    edits::moved(db, edits, counts, row, (&old, &new))?;
    let own = |hedges, remarks| facets::of_words(hedges, remarks);
    for (kind, value) in own(&old.hedges, &old.remarks) {
        let facet = facets::find_or_add(db, kind, &value)?;
        edits.clear(db, facet, row)?;
    }
    for (kind, value) in own(&new.hedges, &new.remarks) {
        let facet = facets::find_or_add(db, kind, &value)?;
        edits.set(db, facet, row)?;
    }
    let mut keys = KeyEdits::default();
    keys.change(db, Order::Worth, row, |keys| keys::set_worth(keys, row, worth))?;
    keys.write(db)
}

fn add_facets(db: &Connection, edits: &mut Edits, row: i64, claim: &NewClaim, article: &Article) -> Result<()> {
    let mut all = facets::of_words(&claim.hedges, &claim.remarks);
    all.push((kind::MODE, claim.mode.word().to_owned()));
    all.extend(article.outlet.clone().map(|outlet| (kind::OUTLET, outlet)));
    all.extend(article.lang.as_deref().map(|lang| (kind::LANG, fold(lang))));
    all.extend(article.live.then(|| (kind::LIVE, LIVE.to_owned())));
    for (kind, value) in all {
        let facet = facets::find_or_add(db, kind, &value)?;
        edits.set(db, facet, row)?;
    }
    Ok(())
}

fn add_keys(db: &Connection, row: i64, written: &Written, article: &Article) -> Result<()> {
    let mut keys = KeyEdits::default();
    keys.change(db, Order::Newest, row, |keys| keys::push_moment(keys, row, article.moment))?;
    keys.change(db, Order::Worth, row, |keys| keys::set_worth(keys, row, written.worth))?;
    if let Some(source) = written.source {
        keys.add_source(db, row, u32::try_from(source).map_err(damaged)?)?;
    }
    keys.write(db)
}

/// The columns of a claim.
struct Written {
    detail: Vec<u8>,
    mode: u8,
    worth: u8,
    source: Option<i64>,
}

impl Written {
    fn of(db: &Connection, claim: &NewClaim, article: &Article) -> Result<Self> {
        let mut phrases = PhraseList::default();
        let draft = detail::encode(claim, &article.slices, &mut phrases);
        let phrases = phrases.texts().iter().map(|text| numbers::phrase(db, text)).collect::<Result<Vec<_>>>()?;
        let mut detail = Vec::new();
        draft.write(&phrases, &mut detail);
        let kind = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).map_or(SourceKind::Unknown, |s| s.kind);
        let source = source_name(claim).map(|name| numbers::source(db, name, None, kind)).transpose()?;
        let (mode, worth) = (detail::mode_code(claim.mode), worth_in_hundredths(claim.worth));
        Ok(Self { detail, mode, worth, source })
    }
}

/// The earliest addition of a claim that fits an article which is here.
fn first_addition(db: &Connection, claim: ClaimId) -> Result<Option<(NewClaim, Article)>> {
    for decision in log::on_claim(db, claim)? {
        if let Act::Add(added) = decision.act
            && added.id() == claim
            && let Some(article) = article_of(db, &added)?
        {
            let mut claim = added.claim();
            // What came from elsewhere can't put words into the article.
            claim.text = article.slices.joined(&claim.spans).into_owned();
            return Ok(Some((claim, article)));
        }
    }
    Ok(None)
}

/// What an added claim needs of its article.
pub(super) struct Article {
    pub(super) id: ArticleId,
    row: i64,
    first: i64,
    claims: i64,
    live: bool,
    outlet: Option<String>,
    lang: Option<String>,
    moment: i64,
    pub(super) slices: Slices<'static>,
}

impl Article {
    /// The article with this row.
    pub(super) fn read(db: &Connection, row: i64) -> Result<Self> {
        let mut find = db.prepare_cached(
            "SELECT a.id, a.first_claim, a.claims, a.live > 0, a.outlet, a.lang, a.moment, t.text, a.hash
             FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1",
        )?;
        let article = find.query_row([row], |row| {
            Ok(Self {
                row: row.get(0)?,
                first: row.get(1)?,
                claims: row.get(2)?,
                live: row.get(3)?,
                outlet: row.get(4)?,
                lang: row.get(5)?,
                moment: row.get(6)?,
                slices: Slices::new(row.get::<_, String>(7)?),
                id: ArticleId(row.get(8)?),
            })
        });
        Ok(article?)
    }

    /// How many of the machine's claims begin at this place or before it.
    fn claims_before(&self, db: &Connection, start: u32) -> Result<u32> {
        let mut find = db.prepare_cached("SELECT detail FROM claim WHERE id >= ?1 AND id < ?2 ORDER BY id")?;
        let mut rows = find.query([self.first, self.first + self.claims])?;
        let mut count = 0;
        let mut last = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let written = row.get_ref(0)?.as_blob().map_err(damaged)?;
            if detail::spans(written)?.first().is_some_and(|span| span[0] <= start) {
                last = count;
            }
        }
        Ok(last)
    }
}

/// The article that a claim is added to; none where it is not here or does not have the words at those places.
fn article_of(db: &Connection, added: &Addition) -> Result<Option<Article>> {
    let article = row_of_article(db, added.article)?.map(|row| Article::read(db, row)).transpose()?;
    Ok(article.filter(|article| article.slices.hold(&added.words.spans)))
}
