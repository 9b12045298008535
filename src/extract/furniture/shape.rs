//! What can be told of a block by its own words.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use super::super::Span;
use super::super::blocks::{BlockKind, is_marked_heading};
use super::super::fnv::Fnv;
use super::lexicon::{CREDITS, DATE_WORDS, MONTHS, WORDS, Words};

/// What a block looks like before its place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Running text.
    Prose,
    /// Site words, a byline, a date: furniture wherever it stands.
    Furniture,
    /// Site words above a list of links.
    ListHead,
    /// Names the maker of a picture.
    Caption,
    /// Marked as a heading.
    Heading,
    /// Short and without a stop: heading, caption or menu, as its place tells.
    Loose,
}

/// The measures that judge a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) look: Look,
    /// Words, counted up to a bound that no line judged by it passes.
    pub(super) words: usize,
    /// Equal for blocks that say the same, whatever their case and outer punctuation.
    pub(super) key: u64,
    /// A question.
    pub(super) asks: bool,
    title_case: bool,
}

/// Longer blocks are prose.
const LONGEST: usize = 600;
const LOOSE_WORDS: usize = 30;
const QUESTION_WORDS: usize = 14;
/// A line of site words may have a stop when it has no more words.
const FEW_WORDS: usize = 14;
const CAPTION_WORDS: usize = 60;
/// Lines are counted in words, and in characters where a script writes none.
const LOOSE_CHARS: usize = 220;

impl Shape {
    pub(super) fn of(block: &str) -> Self {
        let prose = |words| Self { look: Look::Prose, words, key: hash(block), asks: false, title_case: false };
        if block.len() > LONGEST {
            return prose(LOOSE_WORDS);
        }
        let words = block.split_ascii_whitespace().count() + unspaced(block) / CHARS_PER_WORD;
        let stops = block.trim_end_matches(CLOSING).ends_with(STOPS);
        // Nearly all of an article: nothing about it has to be looked up.
        if stops && words > FEW_WORDS {
            let look = match words <= CAPTION_WORDS {
                true if is_plea(block) => Look::Furniture,
                true if ends_with_a_credit(block) => Look::Caption,
                _ => Look::Prose,
            };
            return Self { look, ..prose(words) };
        }
        let line = normal(block);
        let asks = block.ends_with(['?', '؟', '？']);
        let look = look(block, &line, words, stops, asks);
        Self { look, words, key: hash(&line), asks, title_case: is_title_case(block) }
    }

    /// The kind where the place tells nothing.
    pub(super) fn kind_alone(&self) -> BlockKind {
        match self.look {
            Look::Furniture | Look::ListHead => BlockKind::Furniture,
            Look::Caption => BlockKind::Caption,
            Look::Heading => BlockKind::Heading,
            Look::Prose | Look::Loose => BlockKind::Body,
        }
    }

    /// Long enough for a sentence and not written like a title.
    pub(super) fn is_like_a_sentence(&self) -> bool {
        self.words >= 9 && !self.title_case && !self.asks
    }
}

/// Characters of scripts that put no blank between words.
fn unspaced(block: &str) -> usize {
    if block.is_ascii() {
        return 0;
    }
    let unspaced = |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}');
    block.chars().filter(unspaced).count()
}

const CHARS_PER_WORD: usize = 3;

fn look(block: &str, line: &str, words: usize, stops: bool, asks: bool) -> Look {
    if is_marked_heading(block) {
        return Look::Heading;
    }
    if words <= 6 && LISTS.contains(line.trim_end_matches([':', ' '])) {
        return Look::ListHead;
    }
    if is_plea(block)
        || is_site_words(block, line, words, stops)
        || is_date(line, words)
        || is_byline(block, words)
        || is_link(block)
        || !says_anything(block)
        || is_trail(block, words, stops)
    {
        return Look::Furniture;
    }
    if words <= CAPTION_WORDS && (opens_with_a_credit(block) || ends_with_a_credit(block)) {
        return Look::Caption;
    }
    let lists = block.starts_with(['•', '·', '*', '-', '–', '—', '‣', '▪', '●']);
    let runs_on = block.ends_with([':', '：', ',', ';', '"', '”', '»', '“', '」']);
    // A line that begins small goes on with something.
    let small = block.starts_with(char::is_lowercase);
    let open = !stops && !runs_on && !lists && !small && words <= LOOSE_WORDS && block.chars().count() <= LOOSE_CHARS;
    // A question of a few words on a line of its own heads what answers it.
    let heads = asks && words <= QUESTION_WORDS && !block.contains(['"', '“', '”', '«']);
    if open || heads { Look::Loose } else { Look::Prose }
}

const STOPS: [char; 12] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', '։', '።'];
const CLOSING: [char; 10] = ['"', '”', '’', '\'', ')', ']', '»', '“', '」', '』'];

/// Equal for blocks that say the same.
pub(super) fn key(block: &str) -> u64 {
    hash(&normal(block))
}

/// A page's title without the site's name: "Dam breaks - Valley News" is "Dam breaks".
pub(super) fn without_site(title: &str) -> Option<&str> {
    [" - ", " | ", " – ", " — ", " :: "].iter().filter_map(|mark| title.rfind(mark)).max().map(|at| &title[..at])
}

/// Lower case, one blank between words, no marks or figures at the ends.
fn normal(block: &str) -> String {
    let outer = |c: char| !c.is_alphabetic() && c != '©';
    let inner = block.trim_start_matches(outer).trim_end_matches(|c: char| outer(c) && c != ':');
    let mut line = String::with_capacity(block.len());
    for word in if inner.is_empty() { block } else { inner }.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.is_ascii() {
            let start = line.len();
            line.push_str(word);
            line[start..].make_ascii_lowercase();
        } else {
            line.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    line
}

fn hash(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

static WHOLE: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.iter().flat_map(|row| row.whole).copied().collect());

static LISTS: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.iter().flat_map(|row| row.lists).copied().collect());

static OPENINGS: LazyLock<ByFirst> = LazyLock::new(|| by_first(|row| row.opening));

static PLEAS: LazyLock<ByFirst> = LazyLock::new(|| by_first(|row| row.pleas));

type ByFirst = HashMap<char, Vec<&'static str>, Fnv>;

fn by_first(of: impl Fn(&'static Words) -> &'static [&'static str]) -> ByFirst {
    let mut by_first = ByFirst::default();
    for opening in WORDS.iter().flat_map(of) {
        by_first.entry(opening.chars().next().unwrap_or_default()).or_default().push(*opening);
    }
    by_first
}

/// "Sign up for our newsletter …"
fn is_plea(block: &str) -> bool {
    let inner = block.trim_start_matches(|c: char| !c.is_alphabetic() && c != '©');
    let Some(first) = inner.chars().next().and_then(|c| c.to_lowercase().next()) else {
        return false;
    };
    PLEAS.get(&first).is_some_and(|list| {
        let start = Span::within(inner, 0..LONGEST_PLEA).of(inner).to_lowercase();
        list.iter().any(|plea| start.starts_with(plea))
    })
}

const LONGEST_PLEA: usize = 80;

fn is_site_words(block: &str, line: &str, words: usize, stops: bool) -> bool {
    if words <= 6 && WHOLE.contains(line.trim_end_matches([':', ' '])) {
        return true;
    }
    // A paragraph may begin with the same words.
    if words > LOOSE_WORDS || stops && words > FEW_WORDS {
        return false;
    }
    let candidates = line.chars().next().and_then(|first| OPENINGS.get(&first));
    candidates.is_some_and(|list| list.iter().any(|opening| line.starts_with(opening) && ends_a_word(block, opening)))
}

/// Whether the opening's last word ends there, be it that a title is glued on: "Previous articleHow the dam …".
fn ends_a_word(block: &str, opening: &str) -> bool {
    let inner = block.trim_start_matches(|c: char| !c.is_alphabetic() && c != '©');
    let next = inner.chars().nth(opening.chars().count());
    opening.ends_with([' ', ':', '(']) || !next.is_some_and(char::is_lowercase)
}

/// A date, a time, a reading time, and nothing else.
fn is_date(line: &str, words: usize) -> bool {
    let mut known = false;
    words <= 14
        && line.split(|c: char| !c.is_alphabetic() && c != '.').map(|word| word.trim_matches('.')).all(|word| {
            let month = MONTHS.contains(&word);
            known |= month || DATE_WORDS.contains(&word) && word.len() > 2;
            month || word.is_empty() || DATE_WORDS.contains(&word)
        })
        && known
}

/// "By" and names.
fn is_byline(block: &str, words: usize) -> bool {
    let by = ["By ", "BY ", "Von ", "Par ", "Por ", "Автор: ", "Автор ", "Yazan: "];
    let Some(rest) = by.iter().find_map(|by| block.strip_prefix(by)).filter(|_| (2..=12).contains(&words)) else {
        return false;
    };
    let joins = ["and", "et", "und", "y", "for", "in", "of", "the", "de", "von", "van", "|", "-", "&", "и"];
    !rest.ends_with(STOPS)
        && rest.split_whitespace().all(|w| joins.contains(&w) || !w.starts_with(|c: char| c.is_lowercase()))
}

/// A rule of dashes, a row of stars or smileys says nothing; nor does a picture of Markdown.
fn says_anything(block: &str) -> bool {
    !block.starts_with("![") && block.chars().any(char::is_alphanumeric)
}

/// "News » Regions » Valley": the way to the page, or a menu in one line.
fn is_trail(block: &str, words: usize, stops: bool) -> bool {
    let marks = |mark: &str| block.matches(mark).count();
    !stops && words <= LOOSE_WORDS && [" » ", " › ", " > ", " | ", " · "].iter().any(|mark| marks(mark) >= 2)
}

fn is_link(block: &str) -> bool {
    block.split_whitespace().all(|w| {
        w.starts_with("http://")
            || w.starts_with("https://")
            || w.starts_with("www.")
            || w.starts_with(['#', '@']) && w.len() > 1
    })
}

/// The maker of a picture at the start: "Photo: Ann Lee".
fn opens_with_a_credit(block: &str) -> bool {
    names_a_credit(block, 0..CREDIT_OPENS)
}

/// Or at the end: "… on Friday. (Ann Lee/Agency)".
fn ends_with_a_credit(block: &str) -> bool {
    let from = block.len().saturating_sub(CREDIT_ENDS);
    // The marks with which credits are set apart; most paragraphs have none there.
    let marked = block.as_bytes()[from..].iter().any(|b| matches!(b, b'/' | b'(' | b':' | b'['));
    let loose = block.len() < 2 * CREDIT_ENDS;
    (marked || loose) && names_a_credit(block, from..block.len())
}

fn names_a_credit(block: &str, range: std::ops::Range<usize>) -> bool {
    let words = Span::within(block, range).of(block).to_lowercase();
    let mut before = b' ';
    words.bytes().enumerate().any(|(at, byte)| {
        // Credits begin with a mark or with a word.
        let begins = !byte.is_ascii_alphanumeric() || !before.is_ascii_alphanumeric();
        before = byte;
        let candidates = if begins { CREDITS_BY_BYTE.get(&byte) } else { None };
        candidates.is_some_and(|list| list.iter().any(|credit| words.as_bytes()[at..].starts_with(credit.as_bytes())))
    })
}

static CREDITS_BY_BYTE: LazyLock<HashMap<u8, Vec<&str>>> = LazyLock::new(|| {
    let mut by_byte: HashMap<u8, Vec<&str>> = HashMap::new();
    for credit in CREDITS {
        by_byte.entry(credit.as_bytes()[0]).or_default().push(credit);
    }
    by_byte
});

const CREDIT_OPENS: usize = 20;
const CREDIT_ENDS: usize = 50;

/// Whether all words but the small ones are capitalised.
fn is_title_case(block: &str) -> bool {
    let mut long = block.split_whitespace().filter(|w| w.chars().count() > 4);
    long.by_ref().take(12).all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()))
}
