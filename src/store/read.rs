//! Claims and articles as the layers above know them, put together from rows.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Store;
use super::blind::Veil;
use super::decide::{read_state, row_of};
use super::detail::{self, Numbers, Slices};
use super::error::{Result, damaged};
use super::ledger::grade;
use super::long::LongText;
use super::numbers::ByNumber;
use super::snapshot::Snapshot;
use super::stream::Flow;
use super::{added, joined, log};
use crate::domain::{
    ArticleId, ArticleInfo, ArticleRecord, ArticleRef, ArticleText, Claim, ClaimId, ClaimState, Decision, KnownSource,
    Meta, Moment,
};

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

    /// Reads claims as they may be seen.
    pub(super) fn claim_reader(&self) -> ClaimReader<'_> {
        ClaimReader { veil: self.veil.as_ref(), long: Some(&self.long), ..ClaimReader::new(&self.db) }
    }

    /// Claims by row, in the order asked for. Each article's text is read once.
    pub(super) fn claims_of_rows(&self, rows: &[i64]) -> Result<Vec<Claim>> {
        self.claim_reader().claims(rows)
    }
}

/// A claim by row: as it stands, or as it would with this state.
pub(super) fn claim_of_row(db: &Connection, row: i64, state: Option<&ClaimState>) -> Result<Option<Claim>> {
    let mut reader = ClaimReader::new(db);
    let mut found = reader.claims(&[row])?.pop();
    if let (Some(claim), Some(state), Some((_, article))) = (&mut found, state, &reader.last) {
        claim.set_state(checked(state.clone(), &article.slices));
    }
    Ok(found)
}

/// Puts claims together. A long read keeps one: what many claims share is then read once.
pub(super) struct ClaimReader<'db> {
    db: &'db Connection,
    phrases: PhraseTable<'db>,
    sources: KnownSources<'db>,
    /// The article that was needed last, which the next block often goes on with.
    last: Option<(i64, Article)>,
    veil: Option<&'db Veil>,
    long: Option<&'db LongText>,
}

/// What a claim says of its article, and the text to cut it out of.
struct Article {
    reference: ArticleRef,
    /// Whether it is a later version of its document.
    has_previous: bool,
    slices: Arc<Slices<'static>>,
}

impl<'db> ClaimReader<'db> {
    pub(super) fn new(db: &'db Connection) -> Self {
        let sources = KnownSources { db, known: HashMap::default() };
        Self { db, phrases: PhraseTable { db, known: HashMap::default() }, sources, last: None, veil: None, long: None }
    }

    /// Gives each of the claims with these rows, which ascend, as it is read: nothing is kept of those before.
    pub(super) fn each(&mut self, rows: &[i64], mut give: impl FnMut(Claim) -> Flow) -> Flow {
        let places: Vec<usize> = (0..rows.len()).collect();
        self.read(rows, &places, &mut |_, claim| give(claim))
    }

    /// Claims by row, in the order asked for.
    pub(super) fn claims(&mut self, rows: &[i64]) -> Result<Vec<Claim>> {
        // Article by article, so that no more than one text is held.
        let mut places: Vec<usize> = (0..rows.len()).collect();
        places.sort_by_key(|place| rows[*place]);
        let mut claims: Vec<Option<Claim>> = rows.iter().map(|_| None).collect();
        let flow = self.read(rows, &places, &mut |place, claim| {
            claims[place] = Some(claim);
            Ok(ControlFlow::Continue(()))
        });
        flow.map(|_| claims.into_iter().flatten().collect())
    }

    /// Gives each claim with its place. `places`: by row.
    fn read(&mut self, rows: &[i64], places: &[usize], give: &mut dyn FnMut(usize, Claim) -> Flow) -> Flow {
        let mut found = 0;
        for near in places.chunk_by(|a, b| rows[*b] - rows[*a] <= NEAR) {
            let flow = self.read_near(rows, near, &mut |place, claim| {
                found += 1;
                give(place, claim)
            })?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        self.phrases.bound();
        self.sources.bound();
        if found < rows.len() {
            return Err(damaged("a claim that a set holds is missing"));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Steps through a stretch of rows and puts those together that are asked for. `near`: their places, by row.
    fn read_near(&mut self, rows: &[i64], near: &[usize], give: &mut dyn FnMut(usize, Claim) -> Flow) -> Flow {
        let (Some(first), Some(last)) = (near.first(), near.last()) else { return Ok(ControlFlow::Continue(())) };
        let mut find = self.db.prepare_cached(
            "SELECT c.id, c.hash, c.article, c.ordinal, c.mode, c.worth, c.detail, s.state,
             c.source, c.origin FROM claim c LEFT JOIN state s ON s.claim = c.id WHERE c.id >= ?1 AND c.id <= ?2 ORDER BY c.id",
        )?;
        let mut found = find.query([rows[*first], rows[*last]])?;
        let mut near = near.iter().copied().peekable();
        while let Some(row) = found.next()? {
            let id: i64 = row.get(0)?;
            while let Some(place) = near.next_if(|place| rows[*place] == id) {
                if give(place, self.claim(row)?)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn claim(&mut self, row: &Row<'_>) -> Result<Claim> {
        let of: i64 = row.get(2)?;
        let article = match self.last.take().filter(|(article, _)| *article == of) {
            Some((_, article)) => article,
            None => self.article_of_claim(of)?,
        };
        let (_, article) = self.last.insert((of, article));
        let written = row.get_ref(6)?.as_blob().map_err(damaged)?;
        let detail = detail::decode(written, &article.slices, &mut self.phrases)?;
        let state = row.get_ref(7)?.as_str_or_null().map_err(damaged)?;
        let mut claim = Claim {
            id: ClaimId(row.get(1)?),
            article: article.reference.clone(),
            ordinal: row.get(3)?,
            text: detail.text,
            spans: detail.spans,
            mode: detail::mode_of(row.get(4)?)?,
            attribution: detail.attribution,
            source: row.get::<_, Option<i64>>(8)?.map_or(Ok(None), |source| self.sources.of(source))?,
            hedges: detail.hedges,
            remarks: detail.remarks,
            worth: f32::from(row.get::<_, u8>(5)?) / 100.0,
            worth_reasons: detail.worth_reasons,
            changed: article.has_previous && row.get::<_, Option<i64>>(9)?.is_none(),
            found: None,
            state: ClaimState::default(),
        };
        let mut state = state.map_or(Ok(ClaimState::default()), read_state)?;
        if let Some(veil) = self.veil {
            state = veil.seen(self.db, row.get(0)?, state)?;
        }
        if let Some(articles) = &mut state.furniture_in {
            *articles = articles_with_line_of(self.db, row.get(0)?)?.unwrap_or(*articles);
        }
        claim.set_state(checked(state, &article.slices));
        claim.changed &= claim.state.added_by.is_none();
        Ok(claim)
    }

    fn article_of_claim(&self, row: i64) -> Result<Article> {
        let article = article_ref(self.db, row, self.long.and_then(|long| long.of(row)))?;
        if let Some(long) = self.long {
            long.keep(row, article.reference.id, &article.slices);
        }
        Ok(article)
    }
}

/// In how many articles of its outlet the line of a claim stands that is furniture.
fn articles_with_line_of(db: &Connection, row: i64) -> Result<Option<u32>> {
    let mut find = db.prepare_cached(
        "SELECT l.articles FROM furniture f JOIN furniture_line l ON l.line = f.line WHERE f.claim = ?1",
    )?;
    Ok(find.query_row([row], |row| row.get(0)).optional()?)
}

/// The state with the words that stand where an edit says: what came from elsewhere is not believed.
fn checked(mut state: ClaimState, slices: &Slices<'_>) -> ClaimState {
    state.edit.words = state.edit.words.take().filter(|words| slices.hold(&words.spans));
    if let Some(words) = &mut state.edit.words {
        words.text = slices.joined(&words.spans);
    }
    state
}

impl ClaimReader<'_> {
    /// An article as an export holds it.
    pub(super) fn article(&mut self, row: i64) -> Result<ArticleRecord> {
        let mut find = self.db.prepare_cached(
            "SELECT a.hash, a.title, a.outlet, a.author, a.url, a.path, a.published, a.lang, a.version, a.live,
             a.loaded_at, a.claims + a.added, a.reviewed, a.rules, t.text, t.hidden
             FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1",
        )?;
        let read = |row: &Row<'_>| Ok((info(row)?, row.get(13)?, row.get(14)?, row.get::<_, Vec<u8>>(15)?));
        let (info, rules, text, hidden) = find.query_row([row], read)?;
        let hidden = detail::decode_hidden(&hidden, &mut self.phrases)?;
        Ok(ArticleRecord { info, rules, hidden, text })
    }
}

/// Rows so near to each other are stepped through, which is quicker than to look each up.
const NEAR: i64 = 4;

/// What analysts decided on sources, each read once; none of those on which they did not.
struct KnownSources<'a> {
    db: &'a Connection,
    known: HashMap<i64, Option<KnownSource>, ByNumber>,
}

impl KnownSources<'_> {
    fn of(&mut self, source: i64) -> Result<Option<KnownSource>> {
        if let Some(known) = self.known.get(&source) {
            return Ok(known.clone());
        }
        let mut find = self.db.prepare_cached("SELECT name, reliability FROM source WHERE id = ?1")?;
        let head = joined::head_of(self.db, source)?;
        let (name, reliability) = find.query_row([head], |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)))?;
        let reliability = reliability.map(grade).transpose()?;
        let known = (reliability.is_some() || head != source).then_some(KnownSource { name, reliability });
        self.known.insert(source, known.clone());
        Ok(known)
    }

    fn bound(&mut self) {
        if self.known.len() > MAX_PHRASES {
            self.known.clear();
        }
    }
}

/// Phrases by number, each read once.
struct PhraseTable<'a> {
    db: &'a Connection,
    known: HashMap<i64, String, ByNumber>,
}

/// Most phrases that are held between blocks of a long read.
const MAX_PHRASES: usize = 20_000;

impl PhraseTable<'_> {
    fn bound(&mut self) {
        if self.known.len() > MAX_PHRASES {
            self.known.clear();
        }
    }
}

impl Numbers for PhraseTable<'_> {
    fn phrase(&mut self, number: i64) -> Result<String> {
        if let Some(text) = self.known.get(&number) {
            return Ok(text.clone());
        }
        let mut find = self.db.prepare_cached("SELECT text FROM phrase WHERE id = ?1")?;
        let text: Option<String> = find.query_row([number], |row| row.get(0)).optional()?;
        let text = text.ok_or_else(|| damaged(format_args!("phrase {number} is missing")))?;
        self.known.insert(number, text.clone());
        Ok(text)
    }
}

/// The row of an article, if it is here.
pub(super) fn row_of_article(db: &Connection, id: ArticleId) -> Result<Option<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM article WHERE hash = ?1")?;
    Ok(find.query_row([id.0], |row| row.get(0)).optional()?)
}

/// The article with this row. A text that is known is not read again if it is still that of this row; what is said of a text
/// may change.
fn article_ref(db: &Connection, row: i64, known: Option<(ArticleId, Arc<Slices<'static>>)>) -> Result<Article> {
    let mut find = db.prepare_cached(
        "SELECT a.hash, a.title, a.outlet, a.author, a.url, a.path, a.published, a.lang,
                CASE WHEN a.hash IS ?2 THEN NULL ELSE t.text END, a.previous IS NOT NULL
         FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1",
    )?;
    let (known_as, text) = known.unzip();
    let read = |row: &Row<'_>| {
        let reference = ArticleRef { id: ArticleId(row.get(0)?), meta: meta(row, 1)?.into() };
        let slices = match text {
            Some(text) if row.get_ref(8)? == ValueRef::Null => text,
            _ => Slices::new(row.get::<_, String>(8)?).into(),
        };
        Ok(Article { reference, has_previous: row.get(9)?, slices })
    };
    Ok(find.query_row(params![row, known_as.map(|id| id.0)], read)?)
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

fn info(row: &Row<'_>) -> rusqlite::Result<ArticleInfo> {
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
