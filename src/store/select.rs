//! Which claims a query selects: its conditions are looked up piece by piece and joined as sets of bits.
//!
//! Every statement is fixed text; what a query says is only ever bound to it. Work grows with the claims looked at in
//! pieces of 8192, in whichever direction a page is read, and stops with the page.

mod ahead;
mod leaves;
mod opinions;
mod sieve;
mod sources;
mod words;

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use super::Store;
use super::added::{self, AddedClaims};
use super::bits::{Bits, PIECE_BITS, claim_at, piece_of, place_of};
use super::error::Result;
use super::facets::{self, fold, kind};
use super::stops::Stops;
use crate::domain::{Comparison, Expr, Has, Is, Order, Query, Status, Term, Words};

pub(super) use ahead::Pieces;
pub(super) use sieve::{Wide, without_related};
pub(super) use words::quoted;

use ahead::Reader;
use leaves::{Between, Leaf, Matches, Ranges};
use sieve::Tested;
use sources::Sources;

/// In which direction pieces are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Back,
}

impl Direction {
    /// The other one.
    pub(super) fn turned(self) -> Self {
        if self == Self::Forward { Self::Back } else { Self::Forward }
    }
}

/// Which piece is looked at, and in which direction the pieces follow each other.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) piece: i64,
    pub(super) direction: Direction,
}

/// A query made ready to be looked up in one direction.
pub(super) struct Selection<'db> {
    reader: Reader<'db>,
    stops: &'db Stops,
    root: Node,
    direction: Direction,
}

/// A condition, or conditions joined.
enum Node {
    Leaf(Leaf),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

/// So many claims that analysts added are tested for beginnings of words instead of looked up.
const FEW: usize = 256;

/// Of which claims a query is asked, and how it comes by their words.
#[derive(Clone, Copy, Default)]
struct Of<'a> {
    /// Those that analysts added.
    added: Option<&'a AddedClaims>,
    /// Those that were tested for its words; no others are asked for then.
    tested: Option<&'a Tested>,
}

impl Store {
    /// Makes a query ready. Claims of articles that were replaced are in no selection, hidden ones only in one that names
    /// them.
    /// Of claims that analysts added it says nothing.
    pub(super) fn selection(&self, query: &Query, direction: Direction) -> Result<Selection<'_>> {
        self.selection_of(query, direction, Of::default())
    }

    /// Those of the claims that analysts added, which are given in full, by row.
    pub(super) fn selected_added(&self, query: &Query, added: &AddedClaims) -> Result<Vec<i64>> {
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<i64> = added.all().iter().map(|a| a.row).collect();
        let beginnings = Wide::without(query, false).is_some();
        let tested = if beginnings && rows.len() <= FEW { Some(self.test(query, &rows)?) } else { None };
        self.those_of(query, rows, Of { added: Some(added), tested: tested.as_ref() })
    }

    /// Those of a few claims that the machine found, by row, without looking their words up in full text.
    pub(super) fn tested(&self, query: &Query, rows: &[i64]) -> Result<Vec<i64>> {
        let tested = self.test(query, rows)?;
        self.those_of(query, rows.to_vec(), Of { tested: Some(&tested), ..Of::default() })
    }

    fn those_of(&self, query: &Query, mut rows: Vec<i64>, of: Of<'_>) -> Result<Vec<i64>> {
        let mut selection = self.selection_of(query, Direction::Forward, of)?;
        rows.sort_unstable();
        let mut selected = Vec::new();
        for here in rows.chunk_by(|a, b| piece_of(*a) == piece_of(*b)) {
            let mut asked = Bits::none();
            here.iter().for_each(|row| asked.set(place_of(*row)));
            let piece = piece_of(here[0]);
            let mut bits = selection.among(piece, &asked)?;
            bits.and(&asked);
            selected.extend(bits.places().map(|place| claim_at(piece, place)));
        }
        Ok(selected)
    }

    fn selection_of(&self, query: &Query, direction: Direction, of: Of<'_>) -> Result<Selection<'_>> {
        let mut parts = vec![self.facet_node(kind::LIVE, if of.added.is_some() { added::LIVE } else { "" })?];
        if of.added.is_some()
            && let Some(withdrawn) = facets::find(&self.db, kind::WITHDRAWN, "")?
        {
            parts.push(Node::Not(Box::new(Node::Leaf(Leaf::Facet(Pieces::of_facet(withdrawn))))));
        }
        if !query.root.as_ref().is_some_and(names_hidden)
            && let Some(hidden) = facets::find(&self.db, kind::IS, "hidden")?
        {
            parts.push(Node::Not(Box::new(Node::Leaf(Leaf::Facet(Pieces::of_facet(hidden))))));
        }
        parts.extend(query.root.as_ref().map(|expr| self.node(expr, of)).transpose()?);
        let root = Node::And(parts);
        Ok(Selection { reader: Reader::new(self), stops: &self.stops, root, direction })
    }

    fn node(&self, expr: &Expr, of: Of<'_>) -> Result<Node> {
        let all = |parts: &[Expr]| parts.iter().map(|part| self.node(part, of)).collect::<Result<Vec<_>>>();
        Ok(match expr {
            Expr::Term(term) => self.term(term, of)?,
            Expr::Not(inner) => Node::Not(Box::new(self.node(inner, of)?)),
            Expr::And(parts) => {
                let mut parts = within_all_bounds(all(parts)?);
                // Cheap conditions first: where they leave nothing, the dear ones are not looked up.
                parts.sort_by_key(Node::cost);
                Node::And(parts)
            }
            Expr::Or(parts) => Node::Or(all(parts)?),
        })
    }

    fn term(&self, term: &Term, of: Of<'_>) -> Result<Node> {
        Ok(match term {
            Term::Words(words) if of.tested.is_some() => {
                let rows = of.tested.map_or(&[][..], |tested| tested.with(words));
                let own = Node::Leaf(Leaf::Claims(rows.iter().map(|row| (*row, *row)).collect()));
                Node::Or(vec![own, self.joined_with(words)?])
            }
            Term::Words(words) => Node::Or(vec![
                Node::Leaf(Leaf::Words(Matches::new(quoted(words), words.prefix))),
                self.titles(quoted(words), of)?,
                self.joined_with(words)?,
            ]),
            Term::Source(words) => Node::Leaf(Leaf::Sources(Sources::with_words(&self.db, &quoted(words))?)),
            Term::SourceNamed(name) => Node::Leaf(Leaf::Sources(Sources::named(&self.db, name)?)),
            Term::Status(Status::Unreviewed) => Node::Not(Box::new(self.decided()?)),
            Term::Status(status) => self.opinion(kind::STATUS, status.word())?,
            Term::Mode(mode) => self.facet_node(kind::MODE, mode.word())?,
            Term::Outlet(name) => self.any_of(kind::OUTLET, |outlet| words::stand_in(name, outlet))?,
            Term::Article(words) => self.article_node(words, of)?,
            Term::Analyst(name) => self.decided_by_analyst(name)?,
            Term::Hedge(hedge) => self.facet_node(kind::HEDGE, &fold(hedge))?,
            Term::Tag(tag) => self.opinion(kind::TAG, &fold(tag))?,
            Term::Lang(lang) => self.facet_node(kind::LANG, &fold(lang))?,
            Term::Has(Has::Evidence) => self.opinion(kind::HAS, "evidence")?,
            Term::Has(Has::Note) => self.opinion(kind::HAS, "note")?,
            Term::Has(Has::Remark) => self.facet_node(kind::HAS, "remark")?,
            Term::Has(Has::Conflict) => self.opinion(kind::HAS, "conflict")?,
            Term::Is(Is::Changed) => self.changed()?,
            Term::Is(Is::Related) => Node::Leaf(Leaf::Related),
            Term::Is(Is::Later) => self.opinion(kind::IS, "later")?,
            Term::Is(Is::Added) => self.facet_node(kind::IS, "added")?,
            Term::Is(Is::Edited) => self.facet_node(kind::IS, "edited")?,
            Term::Is(Is::Hidden) => self.facet_node(kind::IS, "hidden")?,
            Term::Before(moment) => Node::Leaf(Leaf::Between(Between::moment(Comparison::Below, *moment))),
            Term::After(moment) => Node::Leaf(Leaf::Between(Between::moment(Comparison::AtLeast, *moment))),
            Term::Worth { comparison, than } => Node::Leaf(Leaf::Between(Between::worth(*comparison, *than))),
        })
    }

    /// The claims of sources that are one with another that has these words in its name.
    fn joined_with(&self, words: &Words) -> Result<Node> {
        Ok(Node::Leaf(Leaf::Sources(Sources::joined_with_words(&self.db, &quoted(words))?)))
    }

    /// The claims that have a facet.
    fn facet_node(&self, kind: &str, value: &str) -> Result<Node> {
        let found = facets::find(&self.db, kind, value)?;
        Ok(found.map_or(Node::Or(Vec::new()), |facet| Node::Leaf(Leaf::Facet(Pieces::of_facet(facet)))))
    }

    /// The claims that have any of the fitting facets of a kind.
    fn any_of(&self, kind: &str, fits: impl Fn(&str) -> bool) -> Result<Node> {
        let fitting = facets::all(&self.db, kind)?.into_iter().filter(|(_, value)| fits(value));
        Ok(Node::Or(fitting.map(|(facet, _)| Node::Leaf(Leaf::Facet(Pieces::of_facet(facet)))).collect()))
    }

    /// An article by its shortened id, if it is one, else by words of its title.
    fn article_node(&self, words: &Words, of: Of<'_>) -> Result<Node> {
        let ids = self.articles_beginning(&words.text)?;
        if ids.is_empty() {
            return self.titles(quoted(words), of);
        }
        let mut ranges = Vec::new();
        for id in ids {
            let mut find = self.db.prepare_cached("SELECT id, first_claim, claims FROM article WHERE hash = ?1")?;
            let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let (article, first, claims): (i64, i64, i64) = find.query_row([id.0], read)?;
            match of.added {
                Some(added) => {
                    ranges.extend(added.all().iter().filter(|a| a.article == article).map(|a| (a.row, a.row)))
                }
                None => ranges.push((first, first + claims - 1)),
            }
        }
        Ok(Node::Leaf(Leaf::Claims(ranges)))
    }

    /// Claims of articles whose title matches. Added ones lie apart from their article, so each article is asked.
    fn titles(&self, matching: String, of: Of<'_>) -> Result<Node> {
        let Some(added) = of.added else { return Ok(Node::Leaf(Leaf::Titles(Ranges::new(matching)))) };
        let mut articles: HashMap<i64, bool> = HashMap::new();
        let mut find = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM title_words WHERE title_words MATCH ?1 AND rowid = ?2)")?;
        let mut rows = Vec::new();
        for claim in added.all() {
            let matches = match articles.get(&claim.article) {
                Some(known) => *known,
                None => find.query_row(params![matching, claim.article], |row| row.get(0))?,
            };
            articles.insert(claim.article, matches);
            rows.extend(matches.then_some((claim.row, claim.row)));
        }
        Ok(Node::Leaf(Leaf::Claims(rows)))
    }
}

/// Conditions that all have to hold, with several bounds of one key made one.
fn within_all_bounds(parts: Vec<Node>) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::with_capacity(parts.len());
    for part in parts {
        let Node::Leaf(Leaf::Between(bounds)) = part else {
            all.push(part);
            continue;
        };
        let held = all.iter_mut().find_map(|held| match held {
            Node::Leaf(Leaf::Between(held)) if held.order == bounds.order => Some(held),
            _ => None,
        });
        match held {
            Some(held) => (held.least, held.most) = (held.least.max(bounds.least), held.most.min(bounds.most)),
            None => all.push(Node::Leaf(Leaf::Between(bounds))),
        }
    }
    all
}

/// Whether a query says of hidden claims whether it wants them.
fn names_hidden(expr: &Expr) -> bool {
    match expr {
        Expr::Term(term) => *term == Term::Is(Is::Hidden),
        Expr::Not(inner) => names_hidden(inner),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(names_hidden),
    }
}

impl Selection<'_> {
    /// The claims of a piece. Pieces have to be asked for in the direction of the selection, each once.
    pub(super) fn piece(&mut self, piece: i64) -> Result<Bits> {
        self.among(piece, &Bits::all())
    }

    /// The same where only these claims are of interest: nothing is said of others.
    pub(super) fn among(&mut self, piece: i64, asked: &Bits) -> Result<Bits> {
        self.stops.go_on()?;
        self.root.bits(&mut self.reader, At { piece, direction: self.direction }, asked)
    }

    /// The sort keys of a piece, which are asked for as its claims are.
    pub(super) fn keys(&mut self, order: Order, piece: i64) -> Result<&[u8]> {
        self.stops.go_on()?;
        self.reader.keys(order, At { piece, direction: self.direction })
    }
}

impl Node {
    fn cost(&self) -> u8 {
        match self {
            Self::Leaf(Leaf::Facet(_) | Leaf::Claims(_)) => 0,
            Self::Leaf(Leaf::Between(_)) => 1,
            Self::Leaf(Leaf::Sources(_)) => 2,
            Self::Leaf(Leaf::Titles(_)) => 3,
            Self::Leaf(Leaf::Words(_)) => 4,
            Self::Leaf(Leaf::Related) => 5,
            Self::Not(inner) => inner.cost(),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::cost).max().unwrap_or(0),
        }
    }

    /// The claims of a piece that fit. Of claims outside `asked` nothing is said.
    fn bits(&mut self, reader: &mut Reader<'_>, at: At, asked: &Bits) -> Result<Bits> {
        let mut bits = Bits::none();
        match self {
            Self::Leaf(leaf) => leaf.add(reader, at, asked, &mut bits)?,
            Self::Not(inner) => {
                bits = inner.bits(reader, at, asked)?;
                bits.not();
            }
            Self::And(parts) => {
                bits = asked.clone();
                for part in parts {
                    if bits.is_empty() {
                        break;
                    }
                    let fitting = part.bits(reader, at, &bits)?;
                    bits.and(&fitting);
                }
            }
            Self::Or(parts) => {
                for part in parts {
                    // A leaf adds its claims itself, which spares a set for each of many.
                    match part {
                        Self::Leaf(leaf) => leaf.add(reader, at, asked, &mut bits)?,
                        other => bits.or(&other.bits(reader, at, asked)?),
                    }
                }
            }
        }
        Ok(bits)
    }
}

/// Pieces up to the one with the newest claim.
pub(super) fn last_piece(db: &Connection) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT coalesce(max(id), 0) FROM claim")?;
    let newest: i64 = find.query_row([], |row| row.get(0))?;
    Ok(newest >> PIECE_BITS)
}
