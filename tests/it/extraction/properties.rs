//! What holds for every text, whatever it is.

use std::time::{Duration, Instant};

use claimdeck::extract::{Extraction, Mode, Span, extract};
use proptest::prelude::*;

fn all_spans(found: &Extraction) -> Vec<Span> {
    let mut spans = found.sentences.clone();
    for a in &found.attributions {
        spans.extend(a.source.as_ref().and_then(|s| s.span));
        spans.extend(a.cue);
        spans.extend(&a.content);
    }
    for c in &found.claims {
        spans.extend(&c.spans);
        spans.extend(c.hedges.iter().map(|h| h.span));
        spans.extend(c.remarks.iter().map(|r| r.span));
    }
    spans.extend(&found.furniture);
    spans.extend(found.hidden.iter().map(|h| h.span));
    spans
}

/// Everything that every layer above relies on.
fn check(text: &str) {
    let found = extract(text);
    for span in all_spans(&found) {
        assert!(text.get(span.range()).is_some(), "{span:?} is off a border");
    }
    for claim in &found.claims {
        assert!(!claim.spans.is_empty() && claim.spans.iter().all(|s| !s.of(text).trim().is_empty()));
        assert!(claim.spans.is_sorted() && claim.spans.windows(2).all(|s| !s[0].overlaps(s[1])));
        assert!(claim.attribution.is_none_or(|a| a < found.attributions.len()));
        assert_eq!(claim.attribution.is_none(), claim.mode == Mode::Narrative);
        assert!((0.0..=1.0).contains(&claim.worth));
    }
    assert!(found.claims.is_sorted_by_key(|c| c.spans[0].start()), "claims are in text order");
    let links = found.attributions.iter().enumerate().filter_map(|(i, a)| Some((i, a.within?)));
    for (inner, outer) in links {
        assert!(outer < found.attributions.len() && inner != outer);
    }
    assert_eq!(found, extract(text), "the same text gives the same claims");
}

/// Pieces of news, marks and scripts, to be put together at random.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "«",
    "»",
    "„",
    "「",
    "」",
    "(",
    ")",
    "[",
    ", ",
    ". ",
    "! ",
    "? ",
    ": ",
    "; ",
    " – ",
    "\n",
    "\n\n",
    "said ",
    "he said ",
    "it added ",
    "according to ",
    "the ministry ",
    "The governor ",
    "Pavel Orlan ",
    "Orlan ",
    "Ms. ",
    "Gen. ",
    "spokesman ",
    "that ",
    "who ",
    "which ",
    "and ",
    "but ",
    "while ",
    "the dam ",
    "broke ",
    "was hit ",
    "has not been verified",
    "denied the claims ",
    "on Telegram ",
    "could not ",
    "(MoH) ",
    "Ministry of Harbours ",
    "probably ",
    "Привет ",
    "мир ",
    "你好",
    "。",
    "مرحبا ",
    "é",
    "e\u{301}",
    "\u{202e}",
    "\u{200b}",
    "\u{0}",
    "😀",
    "12,000 ",
    "3.5 ",
    "U.S. ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_order_of_words_and_marks_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
    }
}

/// Shapes that make careless programs slow; each repeated to the length asked for.
const SHAPES: &[&str] = &[
    "“a ",
    "“a” said he. ",
    "\"a b\" ",
    "he said ",
    "he said that ",
    "denied the claims ",
    "Mayor Pavel Orlan said no. ",
    "Ministry of ",
    "and he was ",
    "it was; ",
    "“The dam is gone.\n\n",
    "The dam broke. The claims could not be verified. ",
    "It was a report by Orlan, the governor of Vell, who said: “No.” ",
    "«“‘",
    "a",
    "e\u{301}\u{301}\u{301}",
];

#[test]
fn hostile_shapes_take_time_in_proportion_to_their_length() {
    let time = |shape: &str, length: usize| {
        let text = shape.repeat(length / shape.len() + 1);
        let start = Instant::now();
        extract(&text);
        start.elapsed()
    };
    for shape in SHAPES {
        time(shape, 1000);
        let short = time(shape, 10_000).max(Duration::from_millis(4));
        let long = time(shape, 80_000);
        // Eight times the length; the rest is for a busy machine. Quadratic would be 64.
        assert!(long < short * 40 || long < Duration::from_millis(200), "{shape:?}: {short:?}, then {long:?}");
    }
}
