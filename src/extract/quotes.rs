//! Quotation marks paired: every kind in use, nested, unclosed, and a quotation that goes on over paragraphs.
//!
//! One pass over the bytes; a mark looks at its two neighbours and at a bounded stack of open ones, so the time is
//! linear whatever the text. Knows nothing of who is quoted.

mod marks;

use super::Span;
use super::blocks::{Block, BlockKind};
use marks::{Family, MAY_MARK, mark_at, opens_here};

/// What stands between one opening mark and its closing one, or the end of its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// With the marks.
    pub outer: Span,
    /// Without the marks.
    pub inner: Span,
    /// How many quotations enclose it.
    pub depth: u8,
    /// Whether its closing mark was found.
    pub closed: bool,
    /// Place of the quotation of an earlier paragraph that this one goes on with: its mark is opened again
    /// at each paragraph and closed only at the end.
    pub continues: Option<usize>,
}

/// All quotations in the order in which they open.
pub fn quotes(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let mut pairing = Pairing { text, found: Vec::new(), open: Vec::new() };
    let mut before: Option<Open> = None;
    for block in blocks {
        let first = pairing.found.len();
        let left_open = pairing.read(block.span, before);
        let goes_on = |open: &Open| {
            pairing.found.get(first).is_some_and(|q| q.family == open.family && q.start == block.span.start())
        };
        if let Some(open) = before.filter(goes_on) {
            pairing.found[first].continues = Some(open.place);
        }
        // Furniture may stand in the middle of a quotation of several paragraphs.
        if block.kind == BlockKind::Body {
            before = left_open;
        }
    }
    finish(text, &pairing.found)
}

/// What a mark does where it stands.
enum Act {
    Opens(Family),
    Closes(Family),
    Nothing,
}

#[derive(Clone, Copy)]
struct Open {
    place: usize,
    family: Family,
}

struct Found {
    family: Family,
    start: usize,
    inner_start: usize,
    inner_end: usize,
    end: usize,
    closed: bool,
    dropped: bool,
    continues: Option<usize>,
}

/// A mark with its neighbours in the paragraph.
struct Mark {
    sign: char,
    at: usize,
    end: usize,
    before: Option<char>,
    after: Option<char>,
    /// It opens a paragraph, and the one before left a quotation open.
    goes_on: bool,
}

impl Mark {
    fn may_open(&self) -> bool {
        opens_here(self.before)
    }

    fn before_word(&self) -> bool {
        self.after.is_some_and(char::is_alphanumeric)
    }

    fn must_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace()) && !self.before_word()
    }
}

struct Pairing<'t> {
    text: &'t str,
    found: Vec<Found>,
    open: Vec<Open>,
}

/// Deeper marks are not opened: nobody nests so deep, and it bounds the search for what a mark closes.
const DEEPEST: usize = 8;

impl Pairing<'_> {
    /// Pairs the marks of one paragraph; gives the outermost quotation that it leaves open.
    fn read(&mut self, block: Span, before: Option<Open>) -> Option<Open> {
        let bytes = self.text.as_bytes();
        let mut at = block.start();
        while at < block.end() {
            if !MAY_MARK[bytes[at] as usize] {
                at += 1;
                continue;
            }
            let Some((sign, length)) = mark_at(&bytes[at..block.end()]) else {
                at += 1;
                continue;
            };
            let mark = Mark {
                sign,
                at,
                end: at + length,
                before: self.text[block.start()..at].chars().next_back(),
                after: self.text[at + length..block.end()].chars().next(),
                goes_on: at == block.start() && before.is_some(),
            };
            match self.act(&mark, block) {
                Act::Opens(family) => self.open(family, &mark, block),
                Act::Closes(family) => self.close(family, &mark),
                Act::Nothing => {}
            }
            at += length;
        }
        for open in &self.open {
            self.found[open.place].dropped |= open.family.is_doubtful();
        }
        let left = self.open.iter().find(|open| !open.family.is_doubtful()).copied();
        self.open.clear();
        left
    }

    fn open(&mut self, family: Family, mark: &Mark, block: Span) {
        if self.open.len() >= DEEPEST {
            return;
        }
        self.open.push(Open { place: self.found.len(), family });
        self.found.push(Found {
            family,
            start: mark.at,
            inner_start: mark.end,
            inner_end: block.end(),
            end: block.end(),
            closed: false,
            dropped: false,
            continues: None,
        });
    }

    /// Closes the innermost quotation of the family; what was opened inside and not closed ends there too.
    fn close(&mut self, family: Family, mark: &Mark) {
        let Some(place) = self.open.iter().rposition(|open| open.family == family) else {
            return;
        };
        for inside in self.open.drain(place + 1..) {
            let found = &mut self.found[inside.place];
            (found.inner_end, found.end) = (mark.at, mark.at);
            found.dropped |= inside.family.is_doubtful();
        }
        if let Some(open) = self.open.pop() {
            let found = &mut self.found[open.place];
            (found.inner_end, found.end, found.closed) = (mark.at, mark.end, true);
        }
    }

    fn is_open(&self, family: Family) -> bool {
        self.open.iter().any(|open| open.family == family)
    }

    fn act(&self, mark: &Mark, block: Span) -> Act {
        use Family::*;
        let double = mark.end - mark.at == 2;
        match mark.sign {
            '"' | '＂' => self.straight(mark),
            '“' if self.is_open(Low) => Act::Closes(Low),
            // Written by mistake where the other one is meant.
            '“' if self.is_open(Curly) && mark.must_close() => Act::Closes(Curly),
            '“' | '‟' => Act::Opens(Curly),
            '„' => Act::Opens(Low),
            '”' => match [Curly, Low, Right, Straight].into_iter().find(|family| self.is_open(*family)) {
                Some(family) => Act::Closes(family),
                None if mark.may_open() && mark.before_word() => Act::Opens(Right),
                None => Act::Nothing,
            },
            '«' if self.is_open(Outward) => Act::Closes(Outward),
            '«' => Act::Opens(Guillemets),
            '»' => self.two_way(Guillemets, Outward, mark),
            '‹' if self.is_open(OutwardAngles) => Act::Closes(OutwardAngles),
            '‹' => Act::Opens(Angles),
            '›' => self.two_way(Angles, OutwardAngles, mark),
            '「' => Act::Opens(Corners),
            '」' => Act::Closes(Corners),
            '『' => Act::Opens(WhiteCorners),
            '』' => Act::Closes(WhiteCorners),
            '`' if double => Act::Opens(Typewriter),
            '\'' if double && self.is_open(Typewriter) => Act::Closes(Typewriter),
            '\'' if double && mark.may_open() => Act::Opens(Typewriter),
            '‘' if self.is_open(LowSingle) => Act::Closes(LowSingle),
            '‘' if mark.may_open() => Act::Opens(Single),
            '‚' => Act::Opens(LowSingle),
            '’' if self.is_open(Single) => self.single(Single, mark, block),
            '\'' if self.is_open(StraightSingle) => self.single(StraightSingle, mark, block),
            '\'' | '`' if !double && mark.may_open() && mark.before_word() => Act::Opens(StraightSingle),
            _ => Act::Nothing,
        }
    }

    /// A mark that closes what points inward, or opens what points outward.
    fn two_way(&self, inward: Family, outward: Family, mark: &Mark) -> Act {
        if self.is_open(inward) {
            Act::Closes(inward)
        } else if mark.may_open() && mark.after.is_some_and(|c| !c.is_whitespace()) {
            Act::Opens(outward)
        } else {
            Act::Nothing
        }
    }

    /// The same mark opens and closes: the side on which the blank stands tells which.
    fn straight(&self, mark: &Mark) -> Act {
        if self.is_open(Family::Straight) {
            let nested = mark.before.is_some_and(char::is_whitespace) && mark.before_word();
            return if nested { Act::Opens(Family::Straight) } else { Act::Closes(Family::Straight) };
        }
        if self.is_open(Family::Curly) && mark.must_close() {
            return Act::Closes(Family::Curly);
        }
        // Without a blank before it is a unit (6") or a mark whose opening one is missing.
        let apart = mark.after.is_some_and(|c| !c.is_whitespace()) && !mark.before.is_some_and(char::is_alphanumeric);
        let opens = mark.goes_on || mark.may_open() || apart;
        if opens && mark.after.is_some() { Act::Opens(Family::Straight) } else { Act::Nothing }
    }

    /// A closing single mark, or an apostrophe: inside a word, or after the s of a plural while a better one follows.
    fn single(&self, family: Family, mark: &Mark, block: Span) -> Act {
        if mark.before_word() || mark.before.is_some_and(char::is_whitespace) {
            return Act::Nothing;
        }
        let plural = mark.before == Some('s') && mark.after == Some(' ');
        let sign = if family == Family::Single { '’' } else { '\'' };
        if plural && self.closes_later(sign, mark.end, block) { Act::Nothing } else { Act::Closes(family) }
    }

    /// Whether the same mark stands at the end of a word soon after, with no opening one in between.
    fn closes_later(&self, mark: char, from: usize, block: Span) -> bool {
        let ahead = Span::within(self.text, from..block.end().min(from + AHEAD));
        let mut before = ' ';
        let mut ahead = ahead.of(self.text).chars().peekable();
        while let Some(c) = ahead.next() {
            let end_of_word = before.is_alphanumeric() || matches!(before, '.' | ',' | '!' | '?');
            if c == mark && end_of_word && !ahead.peek().is_some_and(|next| next.is_alphanumeric()) {
                return true;
            }
            if c == '‘' || c == mark && before.is_whitespace() {
                return false;
            }
            before = c;
        }
        false
    }
}

/// Bytes that an apostrophe looks ahead for the mark that closes.
const AHEAD: usize = 200;

/// Leaves out what was no quotation, and counts the depth of the rest.
fn finish(text: &str, found: &[Found]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::with_capacity(found.len());
    let mut places = Vec::with_capacity(found.len());
    let mut around: Vec<Span> = Vec::new();
    for one in found {
        places.push(quotes.len());
        let outer = Span::within(text, one.start..one.end).trim(text);
        if one.dropped || outer.is_empty() {
            continue;
        }
        around.retain(|other| outer.start() < other.end());
        quotes.push(Quote {
            outer,
            inner: Span::within(text, one.inner_start.min(outer.end())..one.inner_end.min(outer.end())).trim(text),
            depth: around.len().min(u8::MAX as usize) as u8,
            closed: one.closed,
            continues: one.continues.and_then(|place| places.get(place).copied()),
        });
        around.push(outer);
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&str, u8)> {
        quotes(text, &blocks(text)).into_iter().map(|q| (q.inner.of(text), q.depth)).collect()
    }

    /// A text and the quotations in it with their depth.
    const CASES: &[(&str, &[(&str, u8)])] = &[
        ("“The dam holds,” she said. “It will hold.”", &[("The dam holds,", 0), ("It will hold.", 0)]),
        ("\"The dam holds,\" she said. \"It will hold.\"", &[("The dam holds,", 0), ("It will hold.", 0)]),
        ("``The dam holds,'' she said.", &[("The dam holds,", 0)]),
        ("''The dam holds,'' she said.", &[("The dam holds,", 0)]),
        ("« Le barrage tient », dit-elle.", &[("Le barrage tient", 0)]),
        ("„Der Damm hält“, sagte sie.", &[("Der Damm hält", 0)]),
        ("„Tama trzyma”, powiedziała.", &[("Tama trzyma", 0)]),
        ("»Der Damm hält«, sagte sie.", &[("Der Damm hält", 0)]),
        ("”Dammen håller”, sade hon.", &[("Dammen håller", 0)]),
        ("彼女は「ダムは『安全』だ」と述べた。", &[("ダムは『安全』だ", 0), ("安全", 1)]),
        (
            "She said: “He told me ‘the dam holds’ twice.”",
            &[("He told me ‘the dam holds’ twice.", 0), ("the dam holds", 1)],
        ),
        (
            "She said: \"He told me 'the dam holds' twice.\"",
            &[("He told me 'the dam holds' twice.", 0), ("the dam holds", 1)],
        ),
        ("The dam’s wall and the towns’ walls can’t hold.", &[]),
        ("The dam's wall and the towns' walls can't hold.", &[]),
        ("‘The towns’ walls won’t hold,’ she said.", &[("The towns’ walls won’t hold,", 0)]),
        ("'The towns' walls won't hold,' she said.", &[("The towns' walls won't hold,", 0)]),
        ("The pipe is 6\" wide and the wall 5'10\" high.", &[]),
        ("Back in the ’90s and '80s it held.", &[]),
        ("He said:\"Yes.\"", &[("Yes.", 0)]),
        ("“It holds,\" she said. \"It will.”", &[("It holds,", 0), ("It will.", 0)]),
        ("“It holds,“ she said. “It will.”", &[("It holds,", 0), ("It will.", 0)]),
        ("The so-called “safe dam” broke", &[("safe dam", 0)]),
    ];

    #[test]
    fn marks_of_every_kind_pair_and_apostrophes_do_not() {
        for (text, expected) in CASES {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_over_paragraphs_is_a_chain() {
        let text = "She said: “The dam holds.\n\n“The wall is dry.\n\n“Nobody was hurt.”\n\nHe left. “So it is.”";
        let chain: Vec<_> = quotes(text, &blocks(text)).into_iter().map(|q| (q.closed, q.continues)).collect();
        assert_eq!(chain, [(false, None), (false, Some(0)), (true, Some(1)), (true, None)]);
    }

    #[test]
    fn an_unclosed_quotation_ends_with_its_paragraph() {
        let text = "She said: \"The dam holds.\n\nThe wall is dry.";
        assert_eq!(found(text), [("The dam holds.", 0)]);
    }

    #[test]
    fn ten_thousand_marks_of_one_kind_take_no_time() {
        for mark in ["“", "\"", "'", "‘a ", "”", "''", "„", " \"a"] {
            let text = mark.repeat(10_000);
            quotes(&text, &blocks(&text));
        }
    }

    proptest! {
        #[test]
        fn quotations_lie_in_their_paragraphs_and_in_order(text in "(\\PC|[ \n.a“”\"'’‘«»„「」`]){0,200}") {
            let all = blocks(&text);
            let found = quotes(&text, &all);
            for (place, quote) in found.iter().enumerate() {
                prop_assert!(quote.outer.contains(quote.inner));
                prop_assert!(all.iter().any(|block| block.span.contains(quote.outer)));
                prop_assert!(quote.continues.is_none_or(|before| before < place));
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].outer.start() < pair[1].outer.start()));
        }
    }
}
