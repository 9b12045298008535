//! Very long texts in pieces, so that what extraction holds while it works depends on no length but a piece's.
//!
//! No article is as long as one piece: what is longer is a whole archive in one file, or was made to be slow. Knows
//! where a text can be cut and how what was found in pieces is put together, nothing of what is looked for.

use std::ops::Range;

use super::{Attribution, Extraction, Source, Span};

/// Bytes of a piece at most: longer than a novel's chapter, some hundred and fifty thousand words.
const LONGEST: usize = 1 << 20;
/// A piece ends at a paragraph, line, sentence or word, whichever of them is found first in so many bytes of its end.
const END: usize = 1 << 16;

/// The pieces of a text, in order; they cover all of it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = end(text, start);
        (start < at).then_some(start..at)
    })
}

/// Where the piece that begins here ends.
fn end(text: &str, start: usize) -> usize {
    if text.len() - start <= LONGEST {
        return text.len();
    }
    let last = Span::within(text, start + LONGEST - END..start + LONGEST);
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

/// What was found in the pieces, put together.
#[derive(Default)]
pub(super) struct Joined {
    all: Extraction,
}

impl Joined {
    /// Adds what was found in the next piece of the text, which begins at this byte.
    pub(super) fn add(&mut self, text: &str, start: usize, found: Extraction) {
        let moved = |span: Span| Span::within(text, start + span.start()..start + span.end());
        let first = self.all.attributions.len();
        self.all.sentences.extend(found.sentences.into_iter().map(moved));
        self.all.furniture.extend(found.furniture.into_iter().map(moved));
        self.all.attributions.extend(found.attributions.into_iter().map(|a| Attribution {
            source: a.source.map(|source| Source { span: source.span.map(moved), ..source }),
            cue: a.cue.map(moved),
            content: a.content.into_iter().map(moved).collect(),
            within: a.within.map(|place| first + place),
            ..a
        }));
        self.all.claims.extend(found.claims.into_iter().map(|mut claim| {
            claim.spans.iter_mut().for_each(|span| *span = moved(*span));
            claim.hedges.iter_mut().for_each(|hedge| hedge.span = moved(hedge.span));
            claim.remarks.iter_mut().for_each(|remark| remark.span = moved(remark.span));
            claim.attribution = claim.attribution.map(|place| first + place);
            claim
        }));
        self.all.hidden.extend(found.hidden.into_iter().map(|mut hidden| {
            hidden.span = moved(hidden.span);
            hidden
        }));
    }

    /// All of it.
    pub(super) fn finish(self, lang: Option<&'static str>) -> Extraction {
        Extraction { lang, ..self.all }
    }
}

#[cfg(test)]
mod tests {
    use super::super::extract;
    use super::*;

    fn cuts(text: &str) -> Vec<&str> {
        pieces(text).map(|piece| &text[piece]).collect()
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
        assert_eq!(pieces(&text).count(), 2);
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
}
