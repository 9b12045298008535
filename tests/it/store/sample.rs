//! Small articles and stores to try things on.

use std::path::PathBuf;

use claimdeck::domain::*;
use claimdeck::store::{Added, By, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// A store in a folder of its own, gone with the value.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) folder: TempDir,
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::open(&folder.path().join("claims.db")).unwrap(), folder }
    }

    /// With these articles, each in a file of its own, every sentence a claim.
    pub(super) fn with(texts: &[&str]) -> Self {
        let mut desk = Self::new();
        for (place, text) in texts.iter().enumerate() {
            desk.load(&article(text, &format!("{place}.txt")));
        }
        desk
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("claims.db")
    }

    pub(super) fn load(&mut self, article: &NewArticle) -> Added {
        self.load_at(article, 1_000)
    }

    pub(super) fn load_at(&mut self, article: &NewArticle, at: i64) -> Added {
        let mut loader = self.store.loader();
        let added = loader.add(article, Moment(at)).unwrap();
        loader.finish().unwrap();
        // A load doesn't ask SQLite to look after these.
        let db = rusqlite::Connection::open(self.path()).unwrap();
        assert!(!db.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap(), "a row refers to none");
        added
    }

    /// The words of the claims that a query selects, in the order of their articles.
    pub(super) fn texts(&self, query: &str) -> Vec<String> {
        self.claims(query, Order::Article).into_iter().map(|c| c.text).collect()
    }

    pub(super) fn claims(&self, query: &str, order: Order) -> Vec<Claim> {
        let deck = Deck { query: query.into(), order };
        self.store.page(&deck, Seek::First, 10_000).unwrap().claims
    }

    /// The claim with these words.
    pub(super) fn claim(&self, text: &str) -> Claim {
        let mut found = self.claims("", Order::Article);
        found.retain(|c| c.text == text);
        found.remove(0)
    }

    pub(super) fn id(&self, text: &str) -> ClaimId {
        self.claim(text).id
    }

    pub(super) fn decide(&mut self, analyst: &str, now_ms: i64, text: &str, act: Act) -> Claim {
        let id = self.id(text);
        self.store.decide(&by(analyst, now_ms), &[(id, act)]).unwrap().remove(0)
    }
}

pub(super) fn by(analyst: &str, now_ms: i64) -> By {
    By { analyst: analyst.into(), session: None, now_ms }
}

pub(super) fn by_in(analyst: &str, session: Uuid, now_ms: i64) -> By {
    By { session: Some(session), ..by(analyst, now_ms) }
}

pub(super) fn status(status: Status) -> Act {
    Act::Status { status }
}

/// An article whose sentences, ended by full stops, are its claims, without the stop.
pub(super) fn article(text: &str, path: &str) -> NewArticle {
    with_meta(text, Meta { path: Some(path.into()), ..Meta::default() })
}

pub(super) fn with_meta(text: &str, meta: Meta) -> NewArticle {
    let id = ArticleId::of_text(text);
    let mut claims = Vec::new();
    let mut start = 0;
    let characters: Vec<char> = text.chars().collect();
    for (place, c) in characters.iter().enumerate() {
        if *c == '.' {
            let from = (start..place).find(|p| !characters[*p].is_whitespace()).unwrap_or(place);
            if from < place {
                claims.push(claim(id, &characters, [from as u32, place as u32]));
            }
            start = place + 1;
        }
    }
    NewArticle { id, text: text.into(), meta, rules: 1, claims, hidden: Vec::new() }
}

fn claim(article: ArticleId, text: &[char], span: [u32; 2]) -> NewClaim {
    NewClaim {
        id: ClaimId::of_spans(article, &[span]),
        text: text[span[0] as usize..span[1] as usize].iter().collect(),
        spans: vec![span],
        mode: Mode::Narrative,
        attribution: None,
        hedges: Vec::new(),
        remarks: Vec::new(),
        worth: 0.5,
        worth_reasons: vec!["number".into()],
    }
}

/// Says that a source asserts the claim.
pub(super) fn said_by(claim: &mut NewClaim, name: &str) {
    claim.mode = Mode::Indirect;
    let source = SourceRef { name: Some(name.into()), kind: SourceKind::Person, ..SourceRef::default() };
    claim.attribution = Some(Attribution { source: Some(source), ..Attribution::default() });
}
