//! Claims that an analyst added by hand go on to the next version of their article, where their words still stand there.
//!
//! What goes on follows from the two texts and the places alone, so it is the same in whatever order versions and decisions
//! arrive. The claim of the next version has its own id and takes the decisions over, as every claim does whose words stayed.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension};

use super::added::{self, Article, is_added};
use super::counters::Counts;
use super::decide::{decisions_of, row_of};
use super::detail::Slices;
use super::error::Result;
use super::facets::{self, Edits, kind};
use super::reader::claim_of_row;
use crate::domain::{Act, Attribution, Claim, ClaimId, ClaimState, Cue, Decision, NewClaim, SourceRef};

/// Characters beside the words that tell them apart where they stand more than once.
const CONTEXT: usize = 32;

/// The next versions of an article; one text may have stood at several places.
pub(super) fn next_versions(db: &Connection, article: i64) -> Result<Vec<i64>> {
    let mut find = db.prepare_cached("SELECT id FROM article WHERE previous = ?1 AND id > ?1")?;
    let rows = find.query_map([article], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The article that an added claim stands in.
pub(super) fn article_of(db: &Connection, row: i64) -> Result<i64> {
    let mut find = db.prepare_cached("SELECT article FROM added WHERE claim = ?1")?;
    Ok(find.query_row([row], |row| row.get(0))?)
}

/// Whether an analyst added the claim by hand, here or in a version before. Part of a claim that was split goes no further
/// than its text: there the claim is whole again.
pub(super) fn is_by_hand(decisions: &[Decision]) -> bool {
    decisions.iter().any(|decision| matches!(&decision.act, Act::Add(added) if added.split_from.is_none()))
}

/// Lets an added claim go on to this article. Gives back the row that takes its decisions over, where there was none yet.
pub(super) fn go_on(
    db: &Connection,
    (edits, counts): (&mut Edits, &mut Counts),
    row: i64,
    article: i64,
) -> Result<Option<i64>> {
    let article = Article::read(db, article)?;
    let Some(claim) = placed(db, row, &article)? else { return Ok(None) };
    let Some(known) = row_of(db, claim.id)? else {
        return added::put(db, (edits, counts), &claim, &article, Some(row)).map(Some);
    };
    // The machine found it there by itself, or somebody added it there, too.
    let sql = "UPDATE claim SET origin = ?2 WHERE id = ?1 AND origin IS NULL";
    if db.prepare_cached(sql)?.execute([known, row])? == 0 {
        return Ok(None);
    }
    if !is_added(db, known)? {
        let facet = facets::find_or_add(db, kind::IS, "changed")?;
        edits.clear(db, facet, known)?;
    }
    Ok(Some(known))
}

/// The claim with this row as the version before has it, and its article; none where it was added here.
pub(super) fn from_before(db: &Connection, row: i64) -> Result<Option<(NewClaim, Article)>> {
    let mut find = db.prepare_cached("SELECT origin, article FROM claim WHERE id = ?1 AND origin IS NOT NULL")?;
    let origin = find.query_row([row], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((origin, article)): Option<(i64, i64)> = origin else { return Ok(None) };
    let article = Article::read(db, article)?;
    Ok(placed(db, origin, &article)?.map(|claim| (claim, article)))
}

/// An added claim in another text, if it stands there, as it was added.
fn placed(db: &Connection, row: i64, article: &Article) -> Result<Option<NewClaim>> {
    if !is_by_hand(&decisions_of(db, row)?) {
        return Ok(None);
    }
    let Some(claim) = claim_of_row(db, row, Some(&ClaimState::default()))? else { return Ok(None) };
    let text: String = db
        .prepare_cached("SELECT text FROM article_text WHERE article = ?1")?
        .query_row([article_of(db, row)?], |row| row.get(0))?;
    Ok(Move::of(&claim, &Slices::new(&text), &article.slices).map(|found| found.claim(&claim, article)))
}

/// From one text to another.
struct Move<'t> {
    before: &'t Slices<'t>,
    after: &'t Slices<'t>,
    by: i64,
}

impl<'t> Move<'t> {
    /// How far the words of a claim have moved, if they stand in the text after as they did.
    fn of(claim: &Claim, before: &'t Slices<'t>, after: &'t Slices<'t>) -> Option<Self> {
        let (first, last) = (claim.spans.first()?, claim.spans.last()?);
        let whole = before.points().span_of([first[0], last[1]]).range();
        let at = found_again(before.points().text(), &whole, after.points().text())?;
        Some(Self { before, after, by: i64::from(after.points().of_byte(at)) - i64::from(first[0]) })
    }

    /// Where the words at these places stand now; none where others do.
    fn span(&self, span: [u32; 2]) -> Option<[u32; 2]> {
        let moved = |place: u32| u32::try_from(i64::from(place) + self.by).ok();
        let after = [moved(span[0])?, moved(span[1])?];
        let same = self.after.hold(&[after]) && self.after.of(after) == self.before.of(span);
        same.then_some(after)
    }

    fn claim(&self, claim: &Claim, article: &Article) -> NewClaim {
        let spans: Vec<_> = claim.spans.iter().filter_map(|span| self.span(*span)).collect();
        let mut hedges = claim.hedges.clone();
        hedges.retain_mut(|hedge| self.span(hedge.span).map(|span| hedge.span = span).is_some());
        let mut remarks = claim.remarks.clone();
        remarks.retain_mut(|remark| self.span(remark.span).map(|span| remark.span = span).is_some());
        NewClaim {
            id: ClaimId::of_spans(article.id, &spans),
            text: self.after.joined(&spans).into_owned(),
            spans,
            mode: claim.mode,
            attribution: claim.attribution.as_ref().map(|attribution| self.attribution(attribution)),
            hedges,
            remarks,
            worth: claim.worth,
            worth_reasons: claim.worth_reasons.clone(),
        }
    }

    /// Who says it stays; what ties it to the text only where the text has it.
    fn attribution(&self, attribution: &Attribution) -> Attribution {
        let source =
            |source: &SourceRef| SourceRef { span: source.span.and_then(|span| self.span(span)), ..source.clone() };
        Attribution {
            source: attribution.source.as_ref().map(source),
            cue: attribution.cue.clone().and_then(|cue| Some(Cue { span: self.span(cue.span)?, ..cue })),
            medium: attribution.medium.clone(),
            within: attribution.within.as_ref().map(source),
        }
    }
}

/// Where the words at a place of a text begin in another that has them once; where either has them more than once, what
/// stands beside them has to be the same, and once in both.
fn found_again(before: &str, place: &Range<usize>, after: &str) -> Option<usize> {
    let words = before.get(place.clone())?;
    if let (Some(_), Some(at)) = (only(before, words), only(after, words)) {
        return Some(at);
    }
    let start = before[..place.start].char_indices().rev().take(CONTEXT).last().map_or(place.start, |(at, _)| at);
    let end = before[place.end..].char_indices().nth(CONTEXT).map_or(before.len(), |(at, _)| place.end + at);
    let wider = &before[start..end];
    only(before, wider)?;
    Some(only(after, wider)? + (place.start - start))
}

/// Where these words stand, if they do once.
fn only(text: &str, words: &str) -> Option<usize> {
    let mut found = text.match_indices(words).map(|(at, _)| at);
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(before: &str, words: &str, after: &str) -> Option<usize> {
        let at = before.rfind(words).unwrap();
        found_again(before, &(at..at + words.len()), after)
    }

    #[test]
    fn words_that_stand_once_are_found_wherever_they_have_moved() {
        assert_eq!(again("Rain. Roads closed.", "Roads closed", "É. Roads closed again."), Some(4));
        assert_eq!(again("Rain. Roads closed.", "Roads closed", "Roads open."), None);
        assert_eq!(again("", "", "x"), None);
    }

    #[test]
    fn words_that_repeat_are_told_apart_by_what_stands_beside_them() {
        let (morning, evening) = ("In the morning the road was shut. ", "In the evening the road was shut.");
        let before = format!("{morning}{evening}");
        let after = format!("New. {before}");
        assert_eq!(again(&before, "the road was shut", &after), Some(morning.len() + 5 + 15));
        assert_eq!(again(&before, "the road was shut", &format!("{before} {before}")), None);
        assert_eq!(again(&before, "the road was shut", morning), None);
    }
}
