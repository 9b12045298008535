//! Lines that may be furniture of their outlet: "The Courier is read in forty towns", at the foot of each article.
//!
//! One article can't tell; how often a line stands in others is the store's to know. A story that is told again
//! repeats its lines as well, so only those may be furniture that no story needs: short, at the same place of the head or
//! the foot, without figures, and neither quoted nor said by anybody. What is missed is seen once more; a claim that was
//! missed is lost.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::article::{Meta, NewClaim};
use super::offsets::CodePoints;
use super::{ArticleId, Mode};

/// A line of so many articles of one outlet is furniture: more than a story and its follow-ups.
pub const FURNITURE: u32 = 5;

/// Lines with claims at the head and at the foot of an article in which furniture stands.
const HEAD: usize = 2;
const FOOT: usize = 3;
/// Bytes of the longest line: some sixty words.
const LONGEST: usize = 400;

/// A line that may be furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseLine {
    /// Equal for lines of one outlet that say the same at the same place.
    pub key: i64,
    /// Places of its claims in the article's list.
    pub claims: Range<usize>,
}

/// Looks for the lines of an article that may be furniture, claim by claim in the order of its text; none of its lines
/// may be where the claims are not. Only the lines of head and foot are held, however many there are.
#[derive(Debug, Default)]
pub struct LooseLines {
    /// The first lines and the last, with their numbers.
    held: Vec<(usize, Line)>,
    lines: usize,
    claims: usize,
    in_no_order: bool,
}

impl LooseLines {
    /// Adds the next claim. `points`: of the article's text.
    pub fn add(&mut self, points: &CodePoints<'_>, claim: &NewClaim) {
        let Some(first) = claim.spans.first().map(|span| points.span_of(*span)) else {
            self.in_no_order = true;
            return;
        };
        let last = claim.spans[1..].last().map_or(first, |span| points.span_of(*span));
        let held = self.held.last().map_or(0, |(_, line)| line.bytes.end);
        if self.held.is_empty() || first.start() >= held {
            self.begin_line(line_around(points.text().as_bytes(), held, first.start()));
        }
        let Some((_, line)) = self.held.last_mut() else { return };
        self.in_no_order |= first.start() < line.bytes.start;
        self.claims += 1;
        line.claims.end = self.claims;
        line.asserted &= claim.mode == Mode::Narrative && claim.attribution.is_none() && last.end() <= line.bytes.end;
    }

    fn begin_line(&mut self, bytes: Range<usize>) {
        if self.held.len() == HEAD + FOOT {
            self.held.remove(HEAD);
        }
        self.held.push((self.lines, Line { bytes, claims: self.claims..self.claims, asserted: true }));
        self.lines += 1;
    }

    /// The lines that may be furniture of the article's outlet.
    pub fn of(self, outlet: Option<&str>, points: &CodePoints<'_>) -> Vec<LooseLine> {
        let Some(outlet) = outlet.filter(|_| !self.in_no_order) else { return Vec::new() };
        let loose = self.held.into_iter().filter_map(|(number, line)| {
            let place = Place::of(number, self.lines)?;
            let words = points.text().get(line.bytes)?;
            (line.asserted && may_be_furniture(words))
                .then(|| LooseLine { key: key(outlet, place, words), claims: line.claims })
        });
        loose.collect()
    }
}

/// Where furniture stands: so many lines with claims from the beginning or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Head(u8),
    Foot(u8),
}

impl Place {
    /// The place of a line, where there can be furniture.
    fn of(number: usize, lines: usize) -> Option<Self> {
        let (above, below) = (number, lines.saturating_sub(number + 1));
        let foot = (below < FOOT).then_some(Self::Foot(below as u8));
        foot.or((above < HEAD).then_some(Self::Head(above as u8)))
    }

    fn bytes(self) -> [u8; 2] {
        match self {
            Self::Head(above) => [b'h', above],
            Self::Foot(below) => [b'f', below],
        }
    }
}

/// A number for the document, the same for all its versions.
pub fn document_key(meta: &Meta, article: ArticleId) -> i64 {
    number(match meta.document() {
        Some(name) => Sha256::digest(name.as_bytes()),
        None => Sha256::digest(article.0),
    })
}

/// A line with claims.
#[derive(Debug)]
struct Line {
    bytes: Range<usize>,
    claims: Range<usize>,
    /// The outlet itself asserts all its claims, and none goes on in another line.
    asserted: bool,
}

/// The line in which a byte stands; it begins after `from` at the earliest.
fn line_around(text: &[u8], from: usize, byte: usize) -> Range<usize> {
    let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let byte = byte.min(text.len());
    let start = text[from.min(byte)..byte].iter().rposition(ends).map_or(from.min(byte), |at| from + at + 1);
    let end = text[byte..].iter().position(ends).map_or(text.len(), |at| byte + at);
    start..end
}

fn may_be_furniture(line: &str) -> bool {
    let marks = ['"', '“', '”', '„', '«', '»', '‘', '「', '」', '『', '』'];
    line.len() <= LONGEST && !line.chars().any(|c| c.is_numeric() || marks.contains(&c))
}

/// A hash of the outlet, the place, and the words, whatever their case, the blanks between them and the marks around them.
fn key(outlet: &str, place: Place, line: &str) -> i64 {
    let mut hash = Sha256::new();
    hash.update(place.bytes());
    hash.update(outlet.trim().to_lowercase());
    let inner = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    for word in inner.split_whitespace() {
        hash.update([0]);
        hash.update(word);
    }
    number(hash.finalize())
}

fn number(digest: impl AsRef<[u8]>) -> i64 {
    let bytes = digest.as_ref().first_chunk().copied().unwrap_or_default();
    i64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Attribution, ClaimId, NewArticle};

    /// An article of which every line is a claim, some of them said by somebody.
    fn article(text: &str) -> NewArticle {
        let id = ArticleId::of_text(text);
        let mut end = 0;
        let claims = text.split_inclusive('\n').filter_map(|line| {
            let span = [end, end + line.trim_end().chars().count() as u32];
            end += line.chars().count() as u32;
            (span[0] < span[1]).then(|| claim(id, line.trim_end(), span))
        });
        let meta = Meta { outlet: Some("Courier".into()), ..Meta::default() };
        NewArticle { id, meta, rules: 1, claims: claims.collect(), hidden: Vec::new(), text: text.into() }
    }

    fn claim(article: ArticleId, line: &str, span: [u32; 2]) -> NewClaim {
        let said = line.contains(" said");
        NewClaim {
            id: ClaimId::of_spans(article, &[span]),
            text: line.into(),
            spans: vec![span],
            mode: if said { Mode::Indirect } else { Mode::Narrative },
            attribution: said.then(Attribution::default),
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 0.5,
            worth_reasons: Vec::new(),
        }
    }

    fn loose_lines(article: &NewArticle) -> Vec<LooseLine> {
        let points = CodePoints::new(&*article.text);
        let mut lines = LooseLines::default();
        article.claims.iter().for_each(|claim| lines.add(&points, claim));
        lines.of(article.meta.outlet.as_deref(), &points)
    }

    /// The lines that may be furniture, as they are written.
    fn loose(article: &NewArticle) -> Vec<String> {
        let words = loose_lines(article).into_iter().map(|line| {
            let claims = article.claims[line.claims].iter();
            claims.map(|claim| claim.text.clone()).collect::<Vec<_>>().join(" | ")
        });
        words.collect()
    }

    const ABOUT: &str = "The Courier is read in towns on both banks of the river.";
    const STORY: &str = "The council of Velm closed the bridge.\n\nThe mayor promised a ferry.\n\nTraders lost their customers.\n\n\
        The ferry came in the evening.\n\nThe bridge opened again at dawn.\n\nWorkers cleared the road.";

    #[test]
    fn what_stands_at_the_head_or_the_foot_may_be_furniture_and_the_middle_may_not() {
        let lines = loose(&article(&format!("{STORY}\n\n{ABOUT}")));
        assert_eq!(lines.len(), HEAD + FOOT, "{lines:?}");
        assert!(lines[0].contains("closed the bridge") && lines[4].contains("The Courier"), "{lines:?}");
    }

    #[test]
    fn figures_quotations_and_what_somebody_says_are_never_furniture() {
        for line in [
            "The Courier is read in 40 towns on both banks of the river.",
            "“The river is read like a newspaper,” the mayor said.",
            "The river is clean, the mayor said.",
        ] {
            let lines = loose(&article(&format!("{STORY}\n\n{line}")));
            assert_eq!(lines.len(), HEAD + FOOT - 1, "{lines:?}");
        }
    }

    #[test]
    fn a_long_paragraph_is_no_furniture() {
        let long = format!("The Courier is read {}in towns on both banks of the river.", "day and night ".repeat(30));
        assert_eq!(loose(&article(&format!("{STORY}\n\n{long}"))).len(), HEAD + FOOT - 1);
    }

    #[test]
    fn an_article_of_no_outlet_has_no_furniture_of_it() {
        let mut article = article(&format!("{STORY}\n\n{ABOUT}"));
        article.meta.outlet = None;
        assert!(loose(&article).is_empty());
    }

    #[test]
    fn case_blanks_and_marks_around_a_line_make_no_other_and_the_outlet_does() {
        let last = |outlet, line| key(outlet, Place::Foot(0), line);
        let same = "* THE Courier  is read in towns on both banks of the river";
        assert_eq!(last("Courier", ABOUT), last(" courier", same));
        assert_ne!(last("Courier", ABOUT), last("Gazette", ABOUT));
        assert_ne!(last("Courier", "in towns"), last("Courier", "intowns"));
    }

    #[test]
    fn a_line_that_stands_elsewhere_is_another() {
        let key = |text: &str| {
            let article = article(text);
            loose_lines(&article).last().unwrap().key
        };
        assert_eq!(key(ABOUT), key(&format!("{STORY}\n\n{ABOUT}")));
        assert_ne!(key(ABOUT), key(&format!("{ABOUT}\n\n{STORY}")));
    }

    #[test]
    fn claims_that_go_on_in_the_next_line_or_stand_in_no_order_make_no_line_furniture() {
        let mut broken = article(&format!("{ABOUT}\n\nThe bridge opened again at dawn."));
        let next = broken.claims[1].spans[0];
        broken.claims[0].spans.push(next);
        assert_eq!(loose(&broken), ["The bridge opened again at dawn."]);
        let mut reversed = article(&format!("{STORY}\n\n{ABOUT}"));
        reversed.claims.reverse();
        assert!(loose(&reversed).is_empty());
    }

    #[test]
    fn versions_of_one_document_have_one_number() {
        let meta = Meta { url: Some("https://a.example/1".into()), ..Meta::default() };
        let (one, other) = (ArticleId::of_text("one"), ArticleId::of_text("other"));
        assert_eq!(document_key(&meta, one), document_key(&meta, other));
        assert_ne!(document_key(&Meta::default(), one), document_key(&Meta::default(), other));
    }
}
