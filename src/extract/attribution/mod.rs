//! Who says what: ties content to its source by its cue.
//!
//! Two ways lead to an attribution: plain rules, which hold on any news, and a small learnt model, which knows the
//! many cues that no rule lists. Names, roles and channels of sources are worked out elsewhere.

mod blend;
mod draft;
mod explain;
#[cfg(test)]
mod fixtures;
mod lexicon;
pub mod model;
mod phrase;
mod rules;
mod scene;
mod sorts;
mod subject;

use std::ops::Range;

use super::blocks::Block;
use super::quotes::Quote;
use super::token::Token;
use super::{Attribution, Mode, Source, Span};

use draft::Draft;
pub use explain::{Decided, Explanation, explain};
use model::{Rows, Weights};
use scene::Scene;

/// What the earlier stages found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// All words and marks, in order.
    pub tokens: &'a [Token],
    /// All paragraphs, in order; furniture and repeated lines get no attribution.
    pub blocks: &'a [Block],
    /// All sentences, in order.
    pub sentences: &'a [Span],
    /// All quotations, in order of their opening marks.
    pub quotes: &'a [Quote],
}

/// How to look for attributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Use the learnt weights; without them the rules work alone.
    pub learnt: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { learnt: true }
    }
}

/// The attributions of a text, in text order.
pub fn find(text: &str, layout: &Layout, options: Options) -> Vec<Attribution> {
    find_with(text, layout, options.learnt.then(model::stored).flatten())
}

/// The attributions of a text by these weights, or by the rules alone.
pub fn find_with<R: Rows>(text: &str, layout: &Layout, weights: Option<&Weights<R>>) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    let mut paragraph_before = 0;
    for paragraph in model::paragraphs(text, layout) {
        let drafts = match weights {
            Some(weights) => blend::blend(&paragraph, paragraph.find(weights, blend::BELIEVED)),
            None => paragraph.drafts.clone(),
        };
        let scene = &paragraph.scene;
        let first = found.len();
        for draft in &drafts {
            let mut made = made(scene, draft);
            if made.cue.is_none() && made.source.is_none() {
                made.source = speaker(found.get(paragraph_before..).unwrap_or_default());
            }
            match found.last_mut().filter(|earlier| earlier.mode != Mode::Indirect && goes_on(scene, draft)) {
                Some(earlier) if draft.cue.is_none() => earlier.content.append(&mut made.content),
                Some(earlier) if earlier.cue.is_none() => {
                    made.content.splice(0..0, std::mem::take(&mut earlier.content));
                    *earlier = made;
                }
                _ => found.push(made),
            }
        }
        enclose(&mut found, first);
        paragraph_before = first;
    }
    found
}

/// Whether its content begins with a quotation that goes on from the paragraph before.
fn goes_on(scene: &Scene, draft: &Draft) -> bool {
    let quote = draft.content.first().and_then(|c| scene.quote_at(c.start));
    quote.is_some_and(|q| q.continues && q.tokens.start == 0)
}

/// Who is being quoted: a quotation that names nobody goes on with the speaker of the paragraph before.
fn speaker(before: &[Attribution]) -> Option<Source> {
    before.last().filter(|earlier| earlier.mode != Mode::Indirect).and_then(|earlier| earlier.source.clone())
}

fn made(scene: &Scene, draft: &Draft) -> Attribution {
    let source = draft.source.as_ref().map(|s| Source { span: Some(scene.span(s.clone())), ..Source::default() });
    Attribution {
        source,
        cue: draft.cue.as_ref().map(|c| scene.span(c.clone())),
        content: draft.content.iter().map(|c| scene.span(c.clone())).collect(),
        mode: mode(scene, &draft.content),
        medium: None,
        within: None,
    }
}

/// Direct where every word is in quotation marks, mixed where some are.
fn mode(scene: &Scene, content: &[Range<usize>]) -> Mode {
    let words = content.iter().cloned().flatten().filter(|&at| scene.tokens[at].is_word());
    let (mut inside, mut outside) = (false, false);
    for at in words {
        if scene.quoted(at) { inside = true } else { outside = true }
    }
    match (inside, outside) {
        (true, false) => Mode::Direct,
        (true, true) => Mode::Mixed,
        _ => Mode::Indirect,
    }
}

/// Ties each attribution from `first` on to the nearest one whose content holds it.
fn enclose(found: &mut [Attribution], first: usize) {
    for inner in first..found.len() {
        let Some(cue) = found[inner].cue else { continue };
        let holds = |outer: &Attribution| outer.content.iter().any(|c| c.contains(cue));
        let nearest =
            (first..found.len()).filter(|&o| o != inner && holds(&found[o])).min_by_key(|&o| length(&found[o]));
        found[inner].within = nearest;
    }
}

fn length(attribution: &Attribution) -> usize {
    attribution.content.iter().map(|c| c.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, quotes, sentences, token};
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, options: Options) -> Vec<Attribution> {
        let blocks = blocks::blocks(text);
        let sentences = sentences::split(text, &blocks);
        let quotes = quotes::quotes(text, &blocks);
        let tokens = token::tokens(text, Span::within(text, 0..text.len()));
        find(text, &Layout { tokens: &tokens, blocks: &blocks, sentences: &sentences, quotes: &quotes }, options)
    }

    fn shown(text: &str, options: Options) -> Vec<String> {
        let show = |a: &Attribution| {
            let source = a.source.as_ref().and_then(|s| s.span);
            let parts = [source, a.cue].into_iter().map(|s| s.map_or("-", |s| s.of(text)));
            parts.chain(a.content.iter().map(|c| c.of(text))).collect::<Vec<_>>().join(" | ")
        };
        found(text, options).iter().map(show).collect()
    }

    #[test]
    fn the_rules_alone_hold_on_wire_news() {
        let alone = Options { learnt: false };
        let wrong: Vec<_> = fixtures::FIXTURES
            .iter()
            .filter(|(text, expected)| shown(text, alone) != *expected)
            .map(|(text, expected)| format!("{text}\n  expected {expected:?}\n  found    {:?}", shown(text, alone)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The text of an attribution without its cue: where the cue begins and ends is a matter of taste.
    fn without_cue(row: &str) -> String {
        let parts: Vec<&str> = row.split(" | ").map(|p| p.trim_end_matches(',')).collect();
        parts.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, part)| *part).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_learnt_weights_keep_nearly_all_that_the_rules_find_on_wire_news() {
        let (mut known, mut found, mut right) = (0, 0, 0);
        let mut missed = Vec::new();
        for (text, expected) in fixtures::FIXTURES {
            let shown: Vec<_> = shown(text, Options::default()).iter().map(|row| without_cue(row)).collect();
            let expected: Vec<_> = expected.iter().map(|row| without_cue(row)).collect();
            (known, found) = (known + expected.len(), found + shown.len());
            right += expected.iter().filter(|e| shown.contains(e)).count();
            missed.extend(expected.iter().filter(|e| !shown.contains(e)).map(|e| format!("{e}\n   not {shown:?}")));
        }
        let enough = right * 100 >= known * 85 && right * 100 >= found * 80;
        assert!(enough, "{right} right of {known} known, {found} found\n{}", missed.join("\n"));
    }

    #[test]
    fn a_quotation_that_names_nobody_goes_on_with_the_speaker_of_the_paragraph_before_or_with_nobody() {
        let quotation = "“It will stay closed until May.”";
        for (before, source) in [
            ("“The pier is closed,” the mayor said.", Some("the mayor")),
            ("The mayor wrote: “The pier is closed.”", Some("The mayor")),
            ("“The pier is closed,” said Ada Brenn of the port.", Some("Ada Brenn of the port")),
            // Not in the same words: somebody else may be quoted.
            ("The mayor said the pier was closed.", None),
            // Too far away.
            ("“The pier is closed,” the mayor said.\n\nIt was built a hundred years ago.", None),
            // Nobody spoke.
            ("The pier was closed on Monday.", None),
        ] {
            let text = format!("{before}\n\n{quotation}");
            for learnt in [false, true] {
                let found = found(&text, Options { learnt });
                let last = found.iter().rfind(|a| a.content.iter().any(|c| quotation.contains(c.of(&text))));
                let span = last.and_then(|a| a.source.as_ref()).and_then(|s| s.span);
                assert_eq!(span.map(|s| s.of(&text)), source, "{text} (learnt: {learnt})");
            }
        }
        let own = format!("“The pier is closed,” the mayor said.\n\n{quotation} the harbour master said.");
        let found = found(&own, Options::default());
        let names: Vec<_> = found.iter().filter_map(|a| a.source.as_ref()?.span).map(|s| s.of(&own)).collect();
        assert_eq!(names, ["the mayor", "the harbour master"]);
    }

    #[test]
    fn no_comment_and_words_that_lead_to_no_saying_are_no_cue() {
        for text in [
            "The scale of the fire is not known, and Freedonia doesn’t appear to have commented on the reports.",
            "Authorities are yet to give further details on the number of houses that were lost.",
            "The visit comes amid warnings from Freedonia about a possible new raid that could be launched from the north.",
            "The latest wave of floods has reached the port, making it harder for the council to pay for a new wall.",
            "The Ruritanian president went on television on Friday night to praise the crews and mock the council of Vell.",
        ] {
            let found = shown(text, Options::default());
            let says = |row: &String| {
                ["| about |", "| have |", "| are |", "| making |", "| night |", "comment"]
                    .iter()
                    .any(|c| row.contains(c))
            };
            assert!(!found.iter().any(says), "{found:?}");
        }
    }

    #[test]
    fn whoever_reports_what_another_says_is_kept_around_it() {
        let text = "“The pier will be closed for a year,” Brenn said, according to the harbour master.";
        let found = shown(text, Options::default());
        assert!(found.iter().any(|row| row.starts_with("the harbour master | according to")), "{found:?}");
    }

    #[test]
    fn a_cue_at_the_edge_of_a_text_is_no_trouble() {
        for text in [
            "according to ",
            "said",
            "“said",
            "said.\n\naccording to",
            ", he said",
            ": “”",
            "he said “",
            "that said that",
        ] {
            found(text, Options::default());
        }
    }

    #[test]
    fn a_long_line_and_many_quotations_take_no_more_than_their_length() {
        for text in ["He said that it held, ".repeat(20_000), "“No,” he said. ".repeat(10_000), "“".repeat(50_000)]
        {
            found(&text, Options { learnt: false });
            let head: String = text.chars().take(20_000).collect();
            found(&head, Options::default());
        }
    }

    proptest! {
        #[test]
        fn every_part_lies_in_the_text(text in "(\\PC|[ \n.,:“”\"]|said |he |that |according to ){0,120}") {
            for attribution in found(&text, Options::default()) {
                prop_assert!(!attribution.content.is_empty());
                for part in attribution.content.iter().chain(&attribution.cue) {
                    prop_assert!(!part.of(&text).is_empty());
                }
            }
        }
    }
}
