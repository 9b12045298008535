//! An article as the screen reads it: its text, and its claims and furniture as bytes, found once when it arrives.

use std::ops::Range;

use crate::domain::{ArticleInfo, ArticleText, ClaimId, CodePoints, Excerpt, GAP};

/// An article with all places in it as bytes, each list sorted by where it starts.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What is known of it.
    pub info: ArticleInfo,
    points: CodePoints<'static>,
    claims: Vec<(Range<usize>, ClaimId)>,
    furniture: Vec<Range<usize>>,
}

impl Reading {
    /// Reads the text once; takes as long as that.
    pub fn new(article: ArticleText) -> Self {
        let points = CodePoints::new(article.text);
        let bytes = |span: [u32; 2]| points.span_of(span).range();
        let mut claims: Vec<_> = article
            .claims
            .iter()
            .flat_map(|(id, spans)| spans.iter().map(move |span| (*span, *id)))
            .map(|(span, id)| (bytes(span), id))
            .collect();
        claims.sort_by_key(|(range, _)| (range.start, range.end));
        let mut furniture: Vec<_> =
            article.hidden.iter().filter(|h| h.why == "furniture").map(|h| bytes(h.span)).collect();
        furniture.extend(title_again(points.text(), article.info.meta.title.as_deref(), &claims));
        furniture.sort_by_key(|range| (range.start, range.end));
        Self { info: article.info, points, claims, furniture }
    }

    /// The text, verbatim.
    pub fn text(&self) -> &str {
        self.points.text()
    }

    /// The bytes of a span in code points.
    pub fn bytes(&self, span: [u32; 2]) -> Range<usize> {
        self.points.span_of(span).range()
    }

    /// The words at these spans.
    pub fn excerpt(&self, spans: Vec<[u32; 2]>) -> Excerpt {
        let words = |span: &[u32; 2]| self.text().get(self.bytes(*span)).unwrap_or_default().to_owned();
        let text = spans.iter().map(words).collect::<Vec<_>>().join(GAP);
        Excerpt { spans, text }
    }

    /// The byte of a code point.
    pub fn byte_of(&self, point: u32) -> usize {
        self.points.byte_of(point)
    }

    /// The code point of a byte.
    pub fn point_of(&self, byte: usize) -> u32 {
        self.points.of_byte(byte)
    }

    /// Where claims stand that touch these bytes. Claims of one article don't overlap by more than a few, so looking a
    /// bounded way back is enough.
    pub fn claims_in(&self, bytes: &Range<usize>) -> impl Iterator<Item = &(Range<usize>, ClaimId)> {
        let from = self.claims.partition_point(|(range, _)| range.start < bytes.start).saturating_sub(OVERLAP);
        let end = bytes.end;
        let start = bytes.start;
        self.claims[from..].iter().take_while(move |(range, _)| range.start < end).filter(move |(r, _)| r.end > start)
    }

    /// Furniture that touches these bytes.
    pub fn furniture_in(&self, bytes: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        let from = self.furniture.partition_point(|range| range.start < bytes.start).saturating_sub(OVERLAP);
        let end = bytes.end;
        let start = bytes.start;
        self.furniture[from..].iter().take_while(move |range| range.start < end).filter(move |r| r.end > start)
    }
}

/// The first line, where it is the title, which stands above the text already; not where it is a claim.
fn title_again(text: &str, title: Option<&str>, claims: &[(Range<usize>, ClaimId)]) -> Option<Range<usize>> {
    let line = text.trim_start().lines().next()?.trim_end();
    let start = text.len() - text.trim_start().len();
    let is_title = title.is_some_and(|title| line.trim_start_matches(['#', ' ']) == title.trim());
    let is_claim = claims.first().is_some_and(|(claim, _)| claim.start < start + line.len());
    (is_title && !is_claim).then_some(start..start + line.len())
}

impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        self.info.id == other.info.id
    }
}

/// How many spans may start between another's start and its end.
const OVERLAP: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, HiddenSpan, Meta, Moment};

    #[test]
    fn places_are_bytes_whatever_the_text_is_written_in() {
        let text = "“Да”, said Ön. Menu";
        let id = ArticleId::of_text(text);
        let claim = ClaimId::of_spans(id, &[[0, 4]]);
        let info = ArticleInfo {
            id,
            meta: Meta::default(),
            version: 1,
            current: true,
            loaded_at: Moment(0),
            claims: 1,
            unreviewed: 1,
        };
        let hidden = vec![HiddenSpan { span: [15, 19], why: "furniture".into() }];
        let reading =
            Reading::new(ArticleText { info, text: text.into(), claims: vec![(claim, vec![[0, 4]])], hidden });
        let (range, found) = reading.claims_in(&(0..5)).next().unwrap();
        assert_eq!((&text[range.clone()], *found), ("“Да”", claim));
        assert_eq!(reading.claims_in(&(11..20)).count(), 0);
        let menu = reading.furniture_in(&(0..text.len())).next().unwrap();
        assert_eq!(&text[menu.clone()], "Menu");
    }

    #[test]
    fn a_title_said_again_is_quiet_and_one_that_is_a_claim_is_not() {
        let id = ArticleId::of_text("");
        let claim = |start| vec![(start..start + 3, ClaimId::of_spans(id, &[[0, 3]]))];
        let again = |text, claims: &[_]| title_again(text, Some("Dam broke"), claims);
        assert_eq!(again("\n# Dam broke\n\nIt broke.", &claim(14)), Some(1..12));
        assert_eq!(again("Dam broke", &[]), Some(0..9));
        assert_eq!(again("Dam broke\n", &claim(0)), None);
        assert_eq!(again("Dam broken", &[]), None);
        assert_eq!(again(" ", &[]), None);
    }
}
