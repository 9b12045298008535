//! Which blocks are the article and which stand around it: menus, share bars, bylines, captions, lines said again.
//!
//! Judged by a lexicon of site words in many languages (`lexicon`), by the shape of a block alone (short, no stop
//! at its end, a date and nothing else), and by its place (head, foot, a run of short lines). Knows nothing of sentences.

mod lexicon;
mod shape;

use std::collections::HashSet;

use super::Span;
use super::blocks::BlockKind;
use shape::{Look, Shape};

/// What each block is, in the order of the blocks.
pub fn kinds(text: &str, blocks: &[Span]) -> Vec<BlockKind> {
    let shapes: Vec<Shape> = blocks.iter().map(|block| Shape::of(block.of(text))).collect();
    let mut kinds: Vec<BlockKind> = shapes.iter().map(Shape::kind_alone).collect();
    let first = shapes.iter().position(|shape| shape.look == Look::Prose);
    let last = shapes.iter().rposition(|shape| shape.look == Look::Prose);
    if let (Some(first), Some(last)) = (first, last) {
        judge_head(&shapes[..first], &mut kinds[..first]);
        judge_middle(&shapes[first..=last], &mut kinds[first..=last]);
        judge_foot(&shapes[last + 1..], &mut kinds[last + 1..]);
    }
    judge_repeats(text, blocks, &shapes, &mut kinds);
    kinds
}

/// Above the first paragraph: the headline, and lines of its length, stay; categories and the like do not.
fn judge_head(shapes: &[Shape], kinds: &mut [BlockKind]) {
    let loose = |at: &usize| shapes[*at].look == Look::Loose;
    let places = || (0..shapes.len()).filter(loose);
    let headline = places().find(|at| shapes[*at].words >= 4).or_else(|| places().next());
    for at in places() {
        let tiny = shapes[at].words <= 3 && Some(at) != headline;
        kinds[at] = if tiny { BlockKind::Furniture } else { BlockKind::Heading };
    }
}

/// Between paragraphs: a run of short lines is a menu, a line like a sentence is a caption, the rest are headings.
fn judge_middle(shapes: &[Shape], kinds: &mut [BlockKind]) {
    let mut at = 0;
    while at < shapes.len() {
        let run = shapes[at..].iter().take_while(|shape| shape.look != Look::Prose).count();
        judge_run(&shapes[at..at + run], &mut kinds[at..at + run]);
        at += run.max(1);
    }
}

/// Lines between two paragraphs.
fn judge_run(shapes: &[Shape], kinds: &mut [BlockKind]) {
    let menu = shapes.len() >= MENU && shapes.iter().all(|shape| shape.words <= MENU_WORDS);
    let links = shapes.iter().position(|shape| shape.look == Look::ListHead).unwrap_or(shapes.len());
    for place in (0..shapes.len()).filter(|place| shapes[*place].look == Look::Loose) {
        // The last of the lines under "Related" may head the paragraph that follows.
        let heads = place + 1 == shapes.len() && shapes[place].words < LINK_WORDS;
        kinds[place] = if menu || place > links && !heads {
            BlockKind::Furniture
        } else if shapes[place].is_like_a_sentence() {
            BlockKind::Caption
        } else {
            BlockKind::Heading
        };
    }
}

const MENU: usize = 4;
const MENU_WORDS: usize = 6;
const LINK_WORDS: usize = 7;

/// Below the last paragraph nothing is headed any more; a lone sentence may have lost its stop.
fn judge_foot(shapes: &[Shape], kinds: &mut [BlockKind]) {
    let lone = shapes.len() == 1;
    for (shape, kind) in shapes.iter().zip(kinds).filter(|(shape, _)| shape.look == Look::Loose) {
        let body = shape.asks || lone && shape.is_like_a_sentence();
        *kind = if body { BlockKind::Body } else { BlockKind::Furniture };
    }
}

/// A line said again is no second line; said again at once, it was a caption from the start.
fn judge_repeats(text: &str, blocks: &[Span], shapes: &[Shape], kinds: &mut [BlockKind]) {
    let mut seen: HashSet<u64> = HashSet::new();
    for at in 0..blocks.len() {
        let key = shapes[at].key;
        if kinds[at] == BlockKind::Furniture || shapes[at].words < 3 {
            continue;
        }
        if seen.contains(&key) {
            let at_once = at > 0 && shapes[at - 1].key == key;
            if at_once && shapes[at].look == Look::Loose && kinds[at - 1] != BlockKind::Repeated {
                kinds[at - 1] = BlockKind::Caption;
            }
            kinds[at] = BlockKind::Repeated;
        } else {
            seen.insert(key);
            // The title of a page is the headline with the site's name after a dash or bar.
            if at < TITLE_PLACES && kinds[at] == BlockKind::Heading {
                seen.extend(shape::without_site(blocks[at].of(text)).map(shape::key));
            }
        }
    }
}

const TITLE_PLACES: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::blocks::{BlockKind, blocks};
    use BlockKind::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        blocks(text).into_iter().map(|block| block.kind).collect()
    }

    const PROSE: &str = "Engineers reached the broken dam on Friday and began to pump water out of the valley.";

    /// A line between two paragraphs, and what it is.
    const BETWEEN: &[(&str, BlockKind)] = &[
        ("Advertisement", Furniture),
        ("ABONE OL", Furniture),
        ("Читайте также:", Furniture),
        ("Читайте также: Как починили плотину", Furniture),
        ("Lesen Sie auch: Der Damm hält", Furniture),
        ("À lire aussi", Furniture),
        ("اقرأ أيضاً", Furniture),
        ("関連記事", Furniture),
        ("知事は金曜日に壊れたダムを視察し二つの町の住民と話した", Caption),
        ("ダムの修理", Heading),
        ("12 Comments", Furniture),
        ("5 min read", Furniture),
        ("Friday, 3 March 2023 at 14:05", Furniture),
        ("By Ann Lee and Boris Smith", Furniture),
        ("https://example.org/dam", Furniture),
        ("Share on Facebook", Furniture),
        ("Follow us on Telegram.", Furniture),
        ("(Reporting by Ann Lee; editing by Bob Roe)", Furniture),
        ("* * *", Furniture),
        ("News » Regions » Valley", Furniture),
        ("Home | World | Valley", Furniture),
        ("Sign up here.", Furniture),
        ("Image caption, Ann Lee at the dam", Caption),
        ("![The dam](dam.jpg)", Furniture),
        ("## a long repair", Heading),
        ("A long repair", Heading),
        ("Why Did The Dam Break?", Heading),
        ("The dam was built by the council after the flood of the year before", Caption),
        ("Water runs over the broken dam. Photo: J. Roe/Anyagency", Caption),
        ("The minister answered in a letter:", Body),
        ("Nobody was hurt.", Body),
        ("• Two pumps were sent", Body),
        ("Previous articles by the council were wrong about the height of the dam and its age.", Body),
    ];

    #[test]
    fn a_line_between_paragraphs_is_known_by_its_words_and_shape() {
        for (line, kind) in BETWEEN {
            let text = format!("{PROSE}\n\n{line}\n\nThe valley is dry again, the council said in a report on Sunday.");
            assert_eq!(kinds(&text)[1], *kind, "{line}");
        }
    }

    #[test]
    fn a_page_title_a_category_and_the_headline_again_leave_one_headline() {
        let text = format!(
            "Dam breaks above two towns - Valley News\nHome NewsWorld\n\nDam breaks above two towns\n\n{PROSE}"
        );
        assert_eq!(kinds(&text), [Heading, Furniture, Repeated, Body]);
    }

    #[test]
    fn a_caption_said_three_times_is_one_caption() {
        let caption = "Governor Ann Lee has led the council for ten years";
        let text = format!("{PROSE}\n\n{caption}\n{caption}\n\n{caption}\n\n{PROSE} Twice.");
        assert_eq!(kinds(&text), [Body, Caption, Repeated, Repeated, Body]);
    }

    #[test]
    fn links_to_other_articles_with_the_title_glued_on_are_furniture() {
        let text = format!("{PROSE}\n\nPrevious articleHow the dam was built\nNext articleWhat the towns will do now");
        assert_eq!(kinds(&text), [Body, Furniture, Furniture]);
    }

    #[test]
    fn what_stands_below_the_last_paragraph_without_a_stop_is_furniture() {
        let text = format!("{PROSE}\n\nRelated Articles\n\nBack to top button\nClose\nClose");
        assert_eq!(kinds(&text), [Body, Furniture, Furniture, Furniture, Furniture]);
    }

    #[test]
    fn links_under_related_are_furniture_and_the_heading_behind_them_is_not() {
        let text = format!(
            "{PROSE}\n\nRelated\nHow the dam was built by the council\nWhat the two towns lost in the flood\nA long repair\n\n{PROSE} Twice."
        );
        assert_eq!(kinds(&text), [Body, Furniture, Furniture, Furniture, Heading, Body]);
    }

    #[test]
    fn a_last_sentence_that_lost_its_stop_is_body() {
        let text = format!("{PROSE}\n\nThe council said that the towns would be dry within a month");
        assert_eq!(kinds(&text), [Body, Body]);
    }

    #[test]
    fn a_paragraph_that_asks_the_reader_to_subscribe_is_furniture_however_long() {
        let plea = "Sign up for our newsletter to get the news of the valley and of the two towns every morning, before anyone else has read it.";
        assert_eq!(kinds(&format!("{PROSE}\n\n{plea}\n\n{PROSE} Twice.")), [Body, Furniture, Body]);
    }

    #[test]
    fn every_row_of_the_lexicon_is_written_as_lines_are_compared() {
        for row in super::lexicon::WORDS {
            for entry in [row.whole, row.lists, row.opening, row.pleas].concat() {
                assert_eq!(entry, entry.to_lowercase(), "{entry}");
            }
        }
    }

    #[test]
    fn a_text_of_one_line_is_body_even_without_a_stop() {
        assert_eq!(kinds("The dam broke on Friday"), [Body]);
    }
}
