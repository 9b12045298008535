//! Claims put together from rows, or their rows gathered to be put together elsewhere. What many claims share is read once.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Rows, params};

use super::blind::Veil;
use super::decide::read_state;
use super::detail::{self, Phrases, Slices};
use super::error::{Result, damaged};
use super::ledger::grade;
use super::long::LongText;
use super::numbers::ByNumber;
use super::read::{info, meta};
use super::rows::{Article, ClaimRows, Columns};
use super::stream::Flow;
use super::{Store, joined};
use crate::domain::{ArticleId, ArticleRecord, ArticleRef, Claim, ClaimId, ClaimState, KnownSource};

/// Puts claims together. A long read keeps one: what many claims share is then read once.
pub(super) struct ClaimReader<'db> {
    db: &'db Connection,
    phrases: PhraseTable<'db>,
    sources: KnownSources<'db>,
    /// The article that was needed last, which the next block often goes on with.
    last: Option<(i64, Arc<Article>)>,
    veil: Option<&'db Veil>,
    long: Option<&'db LongText>,
}

impl Store {
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

impl<'db> ClaimReader<'db> {
    pub(super) fn new(db: &'db Connection) -> Self {
        let sources = KnownSources { db, known: HashMap::default() };
        Self { db, phrases: PhraseTable { db, known: HashMap::default() }, sources, last: None, veil: None, long: None }
    }

    /// Gives the claims with these rows in their order, those of an article together.
    pub(super) fn each_rows(&mut self, rows: &[i64], give: &mut dyn FnMut(ClaimRows) -> Flow) -> Flow {
        if !rows.is_sorted() {
            // Claims that analysts added stand between those of their article.
            for row in rows {
                if self.each_rows(&[*row], give)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            return Ok(ControlFlow::Continue(()));
        }
        let places: Vec<usize> = (0..rows.len()).collect();
        let mut open: Option<(i64, ClaimRows)> = None;
        let flow = self.read(rows, &places, &mut |reader, found| {
            let (of, article) = reader.article_of(found.row)?;
            if let Some((_, full)) = open.take_if(|(held, rows)| *held != of || rows.is_full())
                && give(full)?.is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
            let (_, rows) = open.get_or_insert_with(|| (of, ClaimRows::of(article.clone())));
            let columns = reader.columns(&found, &article)?;
            rows.push(columns, found.detail()?, |number, to| reader.phrases.push(number, to))?;
            Ok(ControlFlow::Continue(()))
        })?;
        match open {
            Some((_, rows)) if flow.is_continue() => give(rows),
            _ => Ok(flow),
        }
    }

    /// Claims by row, in the order asked for.
    pub(super) fn claims(&mut self, rows: &[i64]) -> Result<Vec<Claim>> {
        // Article by article, so that no more than one text is held.
        let mut places: Vec<usize> = (0..rows.len()).collect();
        places.sort_by_key(|place| rows[*place]);
        let mut claims: Vec<Option<Claim>> = rows.iter().map(|_| None).collect();
        let flow = self.read(rows, &places, &mut |reader, found| {
            let (_, article) = reader.article_of(found.row)?;
            let columns = reader.columns(&found, &article)?;
            let phrase = |number, to: &mut Phrases| reader.phrases.push(number, to);
            claims[found.place] = Some(ClaimRows::claim(article, columns, found.detail()?, phrase)?);
            Ok(ControlFlow::Continue(()))
        });
        flow.map(|_| claims.into_iter().flatten().collect())
    }

    /// Gives each row with its place. `places`: by row.
    fn read(&mut self, rows: &[i64], places: &[usize], give: &mut Give<'_, 'db>) -> Flow {
        let mut count = 0;
        for near in places.chunk_by(|a, b| rows[*b] - rows[*a] <= NEAR) {
            let flow = self.read_near(rows, near, &mut |reader, found| {
                count += 1;
                give(reader, found)
            })?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        self.phrases.bound();
        self.sources.bound();
        if count < rows.len() {
            return Err(damaged("a claim that a set holds is missing"));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Steps through a stretch of rows and gives those that are asked for. `near`: their places, by row.
    fn read_near(&mut self, rows: &[i64], near: &[usize], give: &mut Give<'_, 'db>) -> Flow {
        let (Some(first), Some(last)) = (near.first(), near.last()) else { return Ok(ControlFlow::Continue(())) };
        let mut find = self.db.prepare_cached(
            "SELECT id, hash, article, ordinal, mode, worth, detail, source, origin FROM claim
             WHERE id >= ?1 AND id <= ?2 ORDER BY id",
        )?;
        let mut find_states = self
            .db
            .prepare_cached("SELECT claim, state FROM state WHERE claim >= ?1 AND claim <= ?2 ORDER BY claim")?;
        let between = [rows[*first], rows[*last]];
        let mut found = find.query(between)?;
        let mut states = States { rows: find_states.query(between)?, next: None };
        states.step()?;
        let mut near = near.iter().copied().peekable();
        while let Some(row) = found.next()? {
            let id: i64 = row.get(0)?;
            let state = states.of(id)?;
            while let Some(place) = near.next_if(|place| rows[*place] == id) {
                if give(self, Found { place, row, state: state.as_deref() })?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The article that a claim stands in, with its row.
    fn article_of(&mut self, claim: &Row<'_>) -> Result<(i64, Arc<Article>)> {
        let of: i64 = claim.get(2)?;
        let article = match self.last.take().filter(|(article, _)| *article == of) {
            Some((_, article)) => article,
            None => Arc::new(self.article_of_claim(of)?),
        };
        Ok((of, self.last.insert((of, article)).1.clone()))
    }

    fn columns(&mut self, found: &Found<'_>, article: &Article) -> Result<Columns> {
        let row = found.row;
        let state = self.state(found, &article.slices)?;
        let is_added = state.as_ref().is_some_and(|state| state.added_by.is_some());
        Ok(Columns {
            id: ClaimId(row.get(1)?),
            ordinal: row.get(3)?,
            mode: detail::mode_of(row.get(4)?)?,
            worth: row.get(5)?,
            source: row.get::<_, Option<i64>>(7)?.map_or(Ok(None), |source| self.sources.of(source))?,
            changed: article.has_previous && !is_added && row.get::<_, Option<i64>>(8)?.is_none(),
            state,
        })
    }

    /// What was decided on a claim, if anything was.
    fn state(&self, found: &Found<'_>, slices: &Slices<'_>) -> Result<Option<Box<ClaimState>>> {
        if found.state.is_none() && self.veil.is_none() {
            return Ok(None);
        }
        let row: i64 = found.row.get(0)?;
        let mut state = found.state.map_or(Ok(ClaimState::default()), read_state)?;
        if let Some(veil) = self.veil {
            state = veil.seen(self.db, row, state)?;
        }
        if let Some(articles) = &mut state.furniture_in {
            *articles = articles_with_line_of(self.db, row)?.unwrap_or(*articles);
        }
        Ok(Some(Box::new(checked(state, slices))))
    }

    fn article_of_claim(&self, row: i64) -> Result<Article> {
        let article = article_ref(self.db, row, self.long.and_then(|long| long.of(row)))?;
        if let Some(long) = self.long {
            long.keep(row, article.reference.id, &article.slices);
        }
        Ok(article)
    }
}

/// Takes rows that were asked for.
type Give<'a, 'db> = dyn FnMut(&mut ClaimReader<'db>, Found<'_>) -> Flow + 'a;

/// A claim's row, with its place among those asked for.
struct Found<'r> {
    place: usize,
    row: &'r Row<'r>,
    /// JSON; none where nothing was decided.
    state: Option<&'r str>,
}

impl Found<'_> {
    fn detail(&self) -> Result<&[u8]> {
        self.row.get_ref(6)?.as_blob().map_err(damaged)
    }
}

/// The states of a stretch of claims, of which most have none: to step beside the claims is quicker than to look each up.
struct States<'r> {
    rows: Rows<'r>,
    next: Option<(i64, String)>,
}

impl States<'_> {
    /// The state of a claim. They are asked for in the order of rows.
    fn of(&mut self, claim: i64) -> Result<Option<String>> {
        while self.next.as_ref().is_some_and(|(of, _)| *of < claim) {
            self.step()?;
        }
        let Some((_, state)) = self.next.take_if(|(of, _)| *of == claim) else { return Ok(None) };
        self.step()?;
        Ok(Some(state))
    }

    fn step(&mut self) -> Result<()> {
        self.next = self.rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?;
        Ok(())
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
        words.text = slices.joined(&words.spans).into_owned();
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
        let mut phrases = Phrases::default();
        let rest = detail::take_numbers(&hidden, |number| self.phrases.push(number, &mut phrases))?;
        let hidden = detail::decode_hidden(rest, phrases.all())?;
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
    /// Puts the phrase with this number behind others.
    fn push(&mut self, number: i64, to: &mut Phrases) -> Result<()> {
        if let Some(text) = self.known.get(&number) {
            to.push(text);
            return Ok(());
        }
        let mut find = self.db.prepare_cached("SELECT text FROM phrase WHERE id = ?1")?;
        let text: Option<String> = find.query_row([number], |row| row.get(0)).optional()?;
        let text = text.ok_or_else(|| damaged(format_args!("phrase {number} is missing")))?;
        to.push(&text);
        self.known.insert(number, text);
        Ok(())
    }

    fn bound(&mut self) {
        if self.known.len() > MAX_PHRASES {
            self.known.clear();
        }
    }
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
