//! Very long texts in pieces, so that what extraction holds while it works depends on no length but a piece's.
//!
//! No article is as long as one piece: what is longer is a whole archive in one file, or was made to be slow. Knows
//! where a text can be cut and how what was found in pieces is put together, nothing of what is looked for.

use std::borrow::Cow;
use std::ops::Range;

use super::compact::Compact;
use super::{Attribution, Claim, Extraction, Hidden, Span};

/// Bytes of a piece at most: some hundred and fifty thousand words, a long novel.
pub(super) const LONGEST: usize = 1 << 20;
/// A piece ends at a paragraph, line, sentence or word, whichever of them is found first in this part of it at its end.
const END: usize = 16;

/// The pieces of a text, in order, of so many bytes at most; they cover all of it.
fn cut(text: &str, longest: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = end(text, start, longest);
        (start < at).then_some(start..at)
    })
}

/// Where the piece that begins here ends.
fn end(text: &str, start: usize, longest: usize) -> usize {
    if text.len() - start <= longest {
        return text.len();
    }
    let last = Span::within(text, start + longest - longest / END..start + longest);
    let tail = last.of(text);
    let stop = |c| matches!(c, '。' | '！' | '？' | '।' | '؟');
    let after = |mark: &str| tail.rfind(mark).map(|at| at + mark.len());
    let cut = after("\n\n")
        .or_else(|| after("\n"))
        .or_else(|| [". ", "! ", "? ", ".” ", ".\" "].into_iter().filter_map(after).max())
        .or_else(|| tail.rfind(stop).and_then(|at| Some(at + tail[at..].chars().next()?.len_utf8())))
        .or_else(|| after(" "));
    last.start() + cut.unwrap_or(tail.len())
}

/// What was found in a text, piece by piece. An article is one piece; of what is longer, each piece is kept in a few
/// bytes until somebody looks at it, so that there need be no room for all of it at once.
#[derive(Debug)]
pub struct Pieces {
    lang: Option<&'static str>,
    pieces: Vec<Piece>,
}

/// What was found in one piece. Spans are those of the whole text; places in lists are those of the piece's own.
#[derive(Debug)]
pub struct Piece {
    kept: Kept,
    first_attribution: usize,
}

#[derive(Debug)]
enum Kept {
    Whole(Box<Extraction>),
    Compact(Box<Compact>),
}

impl Pieces {
    /// Looks through the pieces of a text, of so many bytes at most, with `find`.
    pub(super) fn find(
        text: &str,
        longest: usize,
        lang: Option<&'static str>,
        find: impl FnMut(&str) -> Extraction,
    ) -> Self {
        Self::of_cuts(text, lang, cut(text, longest), find)
    }

    /// Looks with `find` through the piece alone in which this byte stands.
    pub(super) fn around(text: &str, byte: usize, longest: usize, find: impl FnMut(&str) -> Extraction) -> Self {
        Self::of_cuts(text, None, cut(text, longest).filter(|cut| cut.contains(&byte)), find)
    }

    fn of_cuts(
        text: &str,
        lang: Option<&'static str>,
        cuts: impl Iterator<Item = Range<usize>>,
        mut find: impl FnMut(&str) -> Extraction,
    ) -> Self {
        let mut all = Self { lang, pieces: Vec::new() };
        let mut first_attribution = 0;
        for cut in cuts {
            let found = find(&text[cut.clone()]);
            let attributions = found.attributions.len();
            let kept = match cut == (0..text.len()) {
                true => Kept::Whole(Box::new(found)),
                false => Kept::Compact(Box::new(Compact::of(&found, cut.start))),
            };
            all.pieces.push(Piece { kept, first_attribution });
            first_attribution += attributions;
        }
        all
    }

    /// The language as an ISO 639-1 code, where it could be told.
    pub fn lang(&self) -> Option<&'static str> {
        self.lang
    }

    /// The pieces, in text order.
    pub fn iter(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter()
    }

    /// Whether there are several.
    pub fn are_several(&self) -> bool {
        self.pieces.len() > 1
    }

    /// All of it at once.
    pub fn joined(self) -> Extraction {
        let lang = self.lang;
        let mut all = Extraction { lang, ..Extraction::default() };
        for piece in self.pieces {
            let first = piece.first_attribution;
            let compact = match piece.kept {
                Kept::Whole(found) => return Extraction { lang, ..*found },
                Kept::Compact(compact) => compact,
            };
            let in_all = |place: Option<usize>| place.map(|place| first + place);
            all.sentences.append(&mut compact.sentences());
            let attributions = compact.attributions().into_iter();
            all.attributions.extend(attributions.map(|a| Attribution { within: in_all(a.within), ..a }));
            let claims = compact.claims().into_iter();
            all.claims.extend(claims.map(|claim| Claim { attribution: in_all(claim.attribution), ..claim }));
            all.furniture.append(&mut compact.furniture());
            all.hidden.append(&mut compact.hidden());
        }
        all
    }
}

impl From<Extraction> for Pieces {
    /// One piece.
    fn from(found: Extraction) -> Self {
        let lang = found.lang;
        Self { lang, pieces: vec![Piece { kept: Kept::Whole(Box::new(found)), first_attribution: 0 }] }
    }
}

impl Piece {
    /// How many attributions are in the pieces before.
    pub fn first_attribution(&self) -> usize {
        self.first_attribution
    }

    /// As of an [`Extraction`].
    pub fn sentences(&self) -> Cow<'_, [Span]> {
        self.list(|found| &found.sentences, Compact::sentences)
    }

    /// As of an [`Extraction`].
    pub fn attributions(&self) -> Cow<'_, [Attribution]> {
        self.list(|found| &found.attributions, Compact::attributions)
    }

    /// As of an [`Extraction`].
    pub fn claims(&self) -> Cow<'_, [Claim]> {
        self.list(|found| &found.claims, Compact::claims)
    }

    /// As of an [`Extraction`].
    pub fn furniture(&self) -> Cow<'_, [Span]> {
        self.list(|found| &found.furniture, Compact::furniture)
    }

    /// As of an [`Extraction`].
    pub fn hidden(&self) -> Cow<'_, [Hidden]> {
        self.list(|found| &found.hidden, Compact::hidden)
    }

    fn list<T: Clone>(
        &self,
        whole: impl Fn(&Extraction) -> &Vec<T>,
        compact: impl Fn(&Compact) -> Vec<T>,
    ) -> Cow<'_, [T]> {
        match &self.kept {
            Kept::Whole(found) => Cow::Borrowed(whole(found)),
            Kept::Compact(found) => Cow::Owned(compact(found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::extract;
    use super::*;
    use proptest::prelude::*;

    fn cuts(text: &str) -> Vec<&str> {
        cut(text, LONGEST).map(|piece| &text[piece]).collect()
    }

    #[test]
    fn an_article_is_one_piece_and_an_empty_text_none() {
        assert_eq!(cuts("The dam broke.").len(), 1);
        assert!(cuts("").is_empty());
    }

    #[test]
    fn pieces_end_where_a_reader_would_stop_and_cover_the_text() {
        for (unit, end) in [
            ("The dam broke. It was dry again.\n\n", "\n\n"),
            ("The dam broke. It was dry again.\n", "\n"),
            ("The dam broke, he said. ", ". "),
            ("水坝决堤了。", "。"),
            ("water and more ", " "),
            ("水", "水"),
        ] {
            let text = unit.repeat(3 * LONGEST / unit.len());
            let all = cuts(&text);
            assert!((3..=4).contains(&all.len()), "{unit:?}: {}", all.len());
            assert!(all.iter().all(|piece| piece.ends_with(end) && piece.len() <= LONGEST), "{unit:?}");
            assert_eq!(all.concat(), text);
        }
    }

    #[test]
    fn what_is_found_in_a_later_piece_stands_where_it_stands_in_the_text() {
        let filler = "The water in Velm rose by the hour. ".repeat(LONGEST / 36);
        let quoted =
            "“Two bridges are closed, probably for weeks,” governor Ada Brandt said. Her claim could not be verified.";
        let text = format!("{filler}\n\nAt the dam.\n\n{quoted}");
        assert_eq!(cuts(&text).len(), 2);
        let (whole, alone) = (extract(&text), extract(quoted));
        let words = |text: &str, found: &Extraction| {
            let claim = found.claims.iter().find(|claim| claim.attribution.is_some()).unwrap().clone();
            let said = found.attributions[claim.attribution.unwrap()].clone();
            let spans =
                [claim.spans, claim.hedges.iter().map(|h| h.span).collect(), vec![said.cue.unwrap()], said.content];
            let all: Vec<_> = spans.concat().iter().map(|span| span.of(text).to_owned()).collect();
            (all, said.source.unwrap().name, claim.remarks.len())
        };
        assert_eq!(words(&text, &whole), words(quoted, &alone));
        assert!(whole.sentences.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        assert_eq!(whole.sentences.last().unwrap().end(), text.len());
    }

    const PARAGRAPHS: [&str; 6] = [
        "“The dam held, probably,” governor Ada Brandt said. He quoted the mayor as saying it could not be verified.\n\n",
        "Two bridges — closed since May — were opened again. Why?\n\n",
        "The ministry denied the claims on Telegram. It added that 40 houses were lost.\n\n",
        "Share\n\nSubscribe to our newsletter\n\n",
        "Überall stieg das Wasser. 水坝决堤了。\n\n",
        "The dam held, it said. ",
    ];

    /// All that was found, as words and places: equal for a piece and for its text alone.
    fn words(text: &str, [sentences, furniture]: [&[Span]; 2], piece: (&[Attribution], &[Claim], &[Hidden])) -> String {
        let (attributions, claims, hidden) = piece;
        let of = |spans: &[Span]| format!("{:?}", spans.iter().map(|span| span.of(text)).collect::<Vec<_>>());
        let mut all = of(sentences) + &of(furniture);
        for from in attributions {
            let spans: Vec<_> = from.cue.iter().chain(&from.content).copied().collect();
            let source = from.source.as_ref().map(|s| (s.span.map(|s| s.of(text)), &s.name, &s.role, s.kind));
            all += &format!("{} {source:?} {:?} {:?} {:?}", of(&spans), from.mode, from.medium, from.within);
        }
        for claim in claims {
            let hedges: Vec<_> = claim.hedges.iter().map(|h| (h.span.of(text), h.term, h.band)).collect();
            let remarks: Vec<_> = claim.remarks.iter().map(|r| (r.span.of(text), r.kind)).collect();
            let rest = (claim.attribution, claim.mode, claim.worth, &claim.worth_reasons);
            all += &format!("{} {hedges:?} {remarks:?} {rest:?}", of(&claim.spans));
        }
        all + &format!("{:?}", hidden.iter().map(|h| (h.span.of(text), h.why)).collect::<Vec<_>>())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn each_piece_tells_what_is_found_in_it_alone_and_together_they_tell_all(
            paragraphs in prop::collection::vec(prop::sample::select(&PARAGRAPHS[..]), 1..12),
        ) {
            let text = paragraphs.concat();
            let longest = 320;
            let pieces = Pieces::find(&text, longest, None, extract);
            let cuts: Vec<_> = cut(&text, longest).collect();
            prop_assert_eq!(pieces.iter().count(), cuts.len());
            for (piece, cut) in pieces.iter().zip(&cuts) {
                let (alone, found) = (&text[cut.clone()], extract(&text[cut.clone()]));
                let expected = words(
                    alone,
                    [&found.sentences, &found.furniture],
                    (&found.attributions, &found.claims, &found.hidden),
                );
                let spans = [&*piece.sentences(), &*piece.furniture()];
                let lists = (&*piece.attributions(), &*piece.claims(), &*piece.hidden());
                prop_assert_eq!(words(&text, spans, lists), expected);
            }
            let counts: Vec<_> = pieces.iter().map(|piece| (piece.first_attribution(), piece.claims().len())).collect();
            let joined = pieces.joined();
            let mut claims = joined.claims.iter();
            for ((first, count), cut) in counts.iter().zip(&cuts) {
                for claim in claims.by_ref().take(*count) {
                    prop_assert!(claim.attribution.is_none_or(|place| place >= *first));
                    let within = claim.spans.iter().all(|span| cut.start <= span.start() && span.end() <= cut.end);
                    prop_assert!(within);
                }
            }
            prop_assert!(claims.next().is_none());
            prop_assert!(joined.sentences.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        }
    }
}
