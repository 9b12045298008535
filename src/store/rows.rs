//! Claims as their rows are kept, with all that it takes to read them where no store is at hand: an export reads them on
//! the thread that writes it. Knows no SQL.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::detail::{self, Phrases, PhrasesLeft, Slices};
use super::error::Result;
use crate::domain::{ArticleId, ArticleRef, Claim, ClaimId, ClaimState, ClaimView, KnownSource, Mode};

/// Most claims that are held together.
const MOST: usize = 256;
/// Bytes from which on no more are added: a store may hold claims of any length.
const FULL: usize = 1 << 20;

/// Claims of the usual article, for which room is made at once.
const USUAL: usize = 16;

/// Claims of one article that follow each other.
pub struct ClaimRows {
    article: Arc<Article>,
    rows: Vec<Row>,
    /// One after the other, without the numbers of their phrases.
    details: Vec<u8>,
    phrases: Phrases,
}

/// What a claim says of its article, and the text to cut it out of.
pub(super) struct Article {
    pub(super) reference: ArticleRef,
    /// Whether it is a later version of its document.
    pub(super) has_previous: bool,
    pub(super) slices: Arc<Slices<'static>>,
}

/// What of a claim is no part of its detail.
pub(super) struct Columns {
    pub(super) id: ClaimId,
    pub(super) ordinal: u32,
    pub(super) mode: Mode,
    /// In hundredths.
    pub(super) worth: u8,
    pub(super) changed: bool,
    pub(super) source: Option<KnownSource>,
    /// None where nothing was decided.
    pub(super) state: Option<Box<ClaimState>>,
}

enum Row {
    /// A claim as it was found, with the lengths of its detail and of its phrases.
    Found { columns: Columns, detail: usize, phrases: usize },
    /// A claim as analysts have edited it.
    Edited(Box<Claim>),
}

/// The state of most claims.
static UNDECIDED: LazyLock<ClaimState> = LazyLock::new(ClaimState::default);

impl ClaimRows {
    pub(super) fn of(article: Arc<Article>) -> Self {
        Self { article, rows: Vec::new(), details: Vec::new(), phrases: Phrases::default() }
    }

    /// The article that all of them stand in.
    pub fn article(&self) -> ArticleId {
        self.article.reference.id
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Each of them, to look at.
    pub fn views(&self) -> impl Iterator<Item = Result<ClaimView<'_>>> {
        let (mut details, mut phrases) = (self.details.as_slice(), self.phrases.all());
        self.rows.iter().map(move |row| match row {
            Row::Found { columns, detail, phrases: count } => {
                let (detail, rest) = details.split_at(*detail);
                details = rest;
                self.view(columns, detail, phrases.take(*count))
            }
            Row::Edited(claim) => Ok(claim.view()),
        })
    }

    fn view<'a>(&'a self, columns: &'a Columns, detail: &'a [u8], phrases: PhrasesLeft<'a>) -> Result<ClaimView<'a>> {
        let detail = detail::decode(detail, &self.article.slices, phrases)?;
        Ok(ClaimView {
            id: columns.id,
            article: &self.article.reference,
            ordinal: columns.ordinal,
            text: detail.text,
            spans: Cow::Owned(detail.spans),
            mode: columns.mode,
            attribution: detail.attribution,
            source: columns.source.as_ref(),
            hedges: detail.hedges,
            remarks: detail.remarks,
            worth: f32::from(columns.worth) / 100.0,
            worth_reasons: detail.worth_reasons,
            changed: columns.changed,
            found: None,
            state: columns.state.as_deref().unwrap_or(&UNDECIDED),
        })
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= MOST || self.details.len() > FULL || self.phrases.is_longer_than(FULL)
    }

    /// Adds a claim. `phrase`: puts a phrase, by its number, behind the others.
    pub(super) fn push(
        &mut self,
        columns: Columns,
        written: &[u8],
        mut phrase: impl FnMut(i64, &mut Phrases) -> Result<()>,
    ) -> Result<()> {
        if columns.state.as_ref().is_some_and(|state| !state.edit.is_empty()) {
            let claim = Self::claim(self.article.clone(), columns, written, phrase)?;
            self.rows.push(Row::Edited(Box::new(claim)));
            return Ok(());
        }
        if self.rows.is_empty() {
            self.rows.reserve(USUAL);
            self.details.reserve(USUAL * 64);
            self.phrases.reserve(USUAL);
        }
        let mut phrases = 0;
        let detail = detail::take_numbers(written, |number| {
            phrases += 1;
            phrase(number, &mut self.phrases)
        })?;
        self.details.extend_from_slice(detail);
        self.rows.push(Row::Found { columns, detail: detail.len(), phrases });
        Ok(())
    }

    /// A claim by itself.
    pub(super) fn claim(
        article: Arc<Article>,
        mut columns: Columns,
        written: &[u8],
        mut phrase: impl FnMut(i64, &mut Phrases) -> Result<()>,
    ) -> Result<Claim> {
        let state = columns.state.take();
        let mut phrases = Phrases::default();
        let detail = detail::take_numbers(written, |number| phrase(number, &mut phrases))?;
        let mut claim = Self::of(article).view(&columns, detail, phrases.all())?.to_claim();
        state.into_iter().for_each(|state| claim.set_state(*state));
        Ok(claim)
    }
}

/// A claim that is in no store.
#[cfg(test)]
impl From<Claim> for ClaimRows {
    fn from(claim: Claim) -> Self {
        let slices = Slices::new(String::new()).into();
        let article = Article { reference: claim.article.clone(), has_previous: false, slices };
        Self { rows: vec![Row::Edited(Box::new(claim))], ..Self::of(article.into()) }
    }
}
