//! Names that were joined: under which one a source is counted, and the counts that follow when that changes.
//!
//! All of it is made from the decisions that stand, so that it is the same in whatever order they arrive.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::bits::{Bits, claim_at};
use super::error::{Result, damaged};
use super::facets::{self, kind, read_posting};
use super::select::{At, Direction, Pieces, last_piece};
use super::{added, keys};
use crate::domain::{Clock, JoinedInto, Link, Order, Status, heads};

/// Under which name each joined source is counted, by their numbers.
pub(super) type Heads = HashMap<i64, i64>;

/// The source under whose name this one is counted, by heads that were read.
pub(super) fn head_in(heads: &Heads, source: i64) -> i64 {
    heads.get(&source).copied().unwrap_or(source)
}

/// The sources that are counted under another's name.
pub(super) fn all_heads(db: &Connection) -> Result<Heads> {
    let mut find = db.prepare_cached("SELECT source, head FROM joined WHERE head <> source")?;
    let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The source under whose name this one is counted: most often itself.
pub(super) fn head_of(db: &Connection, source: i64) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT coalesce((SELECT head FROM joined WHERE source = ?1), ?1)")?;
    Ok(find.query_row([source], |row| row.get(0))?)
}

/// Whether a source was joined into another.
pub(super) fn is_joined(db: &Connection, source: i64) -> Result<bool> {
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM joined WHERE source = ?1)")?;
    Ok(find.query_row([source], |row| row.get(0))?)
}

/// All sources that are counted together with this one, itself among them.
pub(super) fn one_with(db: &Connection, source: i64) -> Result<Vec<i64>> {
    let head = head_of(db, source)?;
    let mut find = db.prepare_cached("SELECT source FROM joined WHERE head = ?1 AND source <> ?1")?;
    let mut all = vec![head];
    for name in find.query_map([head], |row| row.get(0))? {
        all.push(name?);
    }
    Ok(all)
}

/// The names that are counted under this source, in order.
pub(super) fn names_under(db: &Connection, head: i64) -> Result<Vec<String>> {
    let mut find = db.prepare_cached(
        "SELECT s.fold, s.name FROM joined j JOIN source s ON s.id = j.source WHERE j.head = ?1 AND j.source <> ?1",
    )?;
    let rows = find.query_map([head], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut names: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
    names.sort_unstable();
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

/// The sources that are counted together with one whose name matches in full text, where any was ever joined.
pub(super) fn with_words(db: &Connection, matching: &str) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached("SELECT rowid FROM joined_words WHERE joined_words MATCH ?1")?;
    let rows = find.query_map([matching], |row| row.get::<_, i64>(0))?;
    let mut all = BTreeSet::new();
    for source in rows.collect::<Result<Vec<_>, _>>()? {
        all.extend(one_with(db, source)?);
    }
    Ok(all.into_iter().collect())
}

/// The sources under which a name with these letters, as it sorts, is counted.
pub(super) fn heads_with_letters(db: &Connection, letters: &str) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached(
        "SELECT j.head FROM joined j JOIN source s ON s.id = j.source WHERE j.head <> j.source AND instr(s.fold, ?1)",
    )?;
    let rows = find.query_map([letters], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes what a source was joined into. What follows is written by `settle`.
pub(super) fn note(db: &Connection, source: i64, into: Option<(i64, &JoinedInto)>) -> Result<()> {
    match into {
        Some((into, JoinedInto { order: (clock, uuid), .. })) => db
            .prepare_cached(
                "INSERT INTO joined (source, into_source, clock, uuid, head) VALUES (?1, ?2, ?3, ?4, ?1)
                 ON CONFLICT (source) DO UPDATE SET into_source = ?2, clock = ?3, uuid = ?4",
            )?
            .execute(params![source, into, clock.0, uuid.as_bytes()])?,
        None => db.prepare_cached("DELETE FROM joined WHERE source = ?1")?.execute([source])?,
    };
    Ok(())
}

/// Writes what follows from who is joined into whom. `before`: who was counted under whose name until now. Counts that
/// are still to be written must have been written.
pub(super) fn settle(db: &Connection, before: &Heads) -> Result<()> {
    let links = links(db)?;
    let now: Heads = heads(&links).into_iter().collect();
    let mut put = db.prepare_cached("UPDATE joined SET head = ?2 WHERE source = ?1 AND head <> ?2")?;
    for link in &links {
        put.execute([link.from, head_in(&now, link.from)])?;
    }
    let (then, now) = (|name| head_in(before, name), |name| head_in(&now, name));
    let moved: BTreeSet<i64> = before.keys().copied().chain(links.iter().map(|link| link.from)).collect();
    let moved: Vec<i64> = moved.into_iter().filter(|name| then(*name) != now(*name)).collect();
    if moved.is_empty() {
        return Ok(());
    }
    let mut put = db.prepare_cached(
        "INSERT OR REPLACE INTO joined_words (rowid, name) SELECT id, name FROM source WHERE id = ?1",
    )?;
    let recounted: BTreeSet<i64> = moved.iter().flat_map(|name| [then(*name), now(*name), *name]).collect();
    for name in &recounted {
        put.execute([name])?;
    }
    recount(db, recounted)
}

fn links(db: &Connection) -> Result<Vec<Link<i64>>> {
    let mut find = db.prepare_cached("SELECT source, into_source, clock, uuid FROM joined")?;
    let rows = find.query_map([], |row| {
        let order = (Clock(row.get(2)?), Uuid::from_bytes(row.get(3)?));
        Ok(Link { from: row.get(0)?, into: row.get(1)?, order })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the ledger says of a source in figures.
#[derive(Default)]
struct Figures {
    claims: i64,
    articles: HashSet<i64>,
    /// In the order of the codes, without unreviewed.
    by_status: [i64; 5],
}

/// Counts the claims of these sources and of all that are counted with them anew, each piece of the store read once.
fn recount(db: &Connection, sources: BTreeSet<i64>) -> Result<()> {
    let mut of: HashMap<u32, i64> = HashMap::new();
    let mut figures: BTreeMap<i64, Figures> = BTreeMap::new();
    for source in sources {
        figures.entry(source).or_default();
        for one in one_with(db, source)? {
            of.insert(u32::try_from(one).map_err(damaged)?, head_of(db, one)?);
        }
    }
    let sets = Sets::find(db)?;
    let mut articles = db.prepare_cached("SELECT article FROM claim WHERE id = ?1")?;
    let mut keys = Pieces::of_keys(Order::Source);
    for piece in 0..=last_piece(db)? {
        let mut here: Vec<(i64, Vec<usize>)> = Vec::new();
        let written = keys.at(db, At { piece, direction: Direction::Forward })?;
        let known = keys::sources(written).filter_map(|(source, places)| Some((*of.get(&source)?, places.collect())));
        here.extend(known);
        if here.is_empty() {
            continue;
        }
        let sets = sets.of_piece(db, piece)?;
        for (head, places) in here {
            let figures = figures.entry(head).or_default();
            for place in places.into_iter().filter(|place| sets.live.has(*place)) {
                figures.articles.insert(articles.query_row([claim_at(piece, place)], |row| row.get(0))?);
                if !sets.out.has(place) {
                    figures.claims += 1;
                    sets.by_status
                        .iter()
                        .zip(&mut figures.by_status)
                        .for_each(|(of, n)| *n += i64::from(of.has(place)));
                }
            }
        }
    }
    write(db, figures)
}

fn write(db: &Connection, figures: BTreeMap<i64, Figures>) -> Result<()> {
    let mut put = db.prepare_cached(
        "UPDATE source SET claims = ?2, articles = ?3, verified = ?4, unverified = ?5, refuted = ?6, disputed = ?7,
         not_a_claim = ?8 WHERE id = ?1",
    )?;
    for (source, Figures { claims, articles, by_status: [a, b, c, d, e] }) in figures {
        put.execute(params![source, claims, articles.len() as i64, a, b, c, d, e])?;
    }
    Ok(())
}

/// The numbers of the sets that figures are counted from.
struct Sets {
    live: Vec<i64>,
    out: Vec<i64>,
    by_status: Vec<Option<i64>>,
}

/// These sets in one piece.
struct SetsOfPiece {
    live: Bits,
    out: Bits,
    by_status: Vec<Bits>,
}

impl Sets {
    fn find(db: &Connection) -> Result<Self> {
        let all = |named: [(&str, &str); 2]| -> Result<Vec<i64>> {
            let found = named.iter().map(|(kind, value)| facets::find(db, kind, value));
            Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
        };
        let decided = Status::ALL.iter().filter(|status| **status != Status::Unreviewed);
        Ok(Self {
            live: all([(kind::LIVE, ""), (kind::LIVE, added::LIVE)])?,
            out: all([(kind::IS, "hidden"), (kind::WITHDRAWN, "")])?,
            by_status: decided.map(|status| facets::find(db, kind::STATUS, status.word())).collect::<Result<_>>()?,
        })
    }

    fn of_piece(&self, db: &Connection, piece: i64) -> Result<SetsOfPiece> {
        let read = |facets: &[i64]| {
            let mut bits = Bits::none();
            facets.iter().try_for_each(|facet| read_posting(db, facets::row_id(*facet, piece), &mut bits))?;
            Ok(bits)
        };
        let by_status = self.by_status.iter().map(|facet| read(facet.as_slice())).collect::<Result<_>>()?;
        Ok(SetsOfPiece { live: read(&self.live)?, out: read(&self.out)?, by_status })
    }
}
