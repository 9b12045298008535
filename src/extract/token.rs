//! Cuts text into words and marks, with what later rules ask of each, worked out once.
//!
//! Knows nothing of sentences, quotations or attributions. Words are those that the evaluation counts
//! (letters, digits, inner hyphens and apostrophes), but endings such as "’s" and "’re" stand alone.

use super::Span;

/// One word or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The hash of its lower-case form: equal words, equal hashes.
    pub key: u32,
    /// Its last three bytes, lower case, the last one lowest: a cheap look at the ending.
    pub ending: u32,
    /// What kind of token it is.
    pub kind: Kind,
    /// How it is written.
    pub shape: Shape,
    /// White space stands before it.
    pub spaced: bool,
}

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits.
    Word,
    /// Begins with a digit.
    Number,
    /// "’s", "’re" and the like.
    Clitic,
    /// A double quotation mark, or two single ones.
    Quote,
    /// A single quotation mark or apostrophe that stands alone.
    Single,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `.`, `!`, `?`, `…`
    Stop,
    /// A dash that is no hyphen.
    Dash,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// Any other mark.
    Other,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its head.
    Lower,
    /// A capital, then others.
    Title,
    /// Capitals alone, two or more.
    Upper,
    /// No word.
    None,
}

impl Token {
    /// Whether it is a word, a number or an ending.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number | Kind::Clitic)
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper)
    }

    /// Whether it is "’s".
    pub fn ends_in_possessive(&self) -> bool {
        self.kind == Kind::Clitic && self.ending as u8 == b's'
    }

    /// Whether the lower-case word ends in these bytes; three at most.
    pub fn ends_in(&self, ending: &[u8]) -> bool {
        let mut seen = self.ending;
        self.kind == Kind::Word
            && ending.iter().rev().all(|b| {
                let same = seen as u8 == *b;
                seen >>= 8;
                same
            })
    }
}

/// The hash that [`Token::key`] holds for a word.
pub const fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = SEED;
    let mut i = 0;
    while i < bytes.len() {
        hash = step(hash, bytes[i]);
        i += 1;
    }
    finish(hash)
}

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

const fn step(hash: u64, byte: u8) -> u64 {
    join(hash, byte.to_ascii_lowercase())
}

const fn join(hash: u64, small: u8) -> u64 {
    (hash ^ small as u64).wrapping_mul(0x0100_0000_01B3)
}

const fn finish(hash: u64) -> u32 {
    let mixed = hash ^ (hash >> 29);
    (mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32) as u32
}

/// The tokens of `span` of `text`, in order.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut found = Vec::with_capacity(span.len() / 5 + 1);
    let mut cutter = Cutter { text, at: span.start(), end: span.end(), spaced: true };
    while let Some(token) = cutter.next() {
        found.push(token);
    }
    found
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    spaced: bool,
}

impl Cutter<'_> {
    fn next(&mut self) -> Option<Token> {
        let mut spaced = self.spaced;
        let first = loop {
            let c = self.peek(self.at)?;
            if !c.is_whitespace() {
                break c;
            }
            spaced = true;
            self.at += c.len_utf8();
        };
        self.spaced = false;
        let start = self.at;
        let token = if is_word_char(first) {
            self.word(start, first)
        } else if let Some(end) = self.clitic(start, first) {
            self.made(start, end, self.hash(start, end), Kind::Clitic, Shape::Lower)
        } else {
            let (end, kind) = self.mark(start, first);
            self.made(start, end, self.hash(start, end), kind, Shape::None)
        };
        self.at = token.span.end().max(start + 1);
        Some(Token { spaced, ..token })
    }

    fn peek(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 { Some(byte as char) } else { self.text.get(at..)?.chars().next() }
    }

    fn word(&self, start: usize, first: char) -> Token {
        let (mut at, mut hash) = (start, SEED);
        let (mut capitals, mut letters) = (0usize, 0usize);
        let numeric = first.is_ascii_digit();
        loop {
            let rest = self.text.as_bytes().get(at..self.end).unwrap_or_default();
            for byte in rest {
                let small = SMALL[usize::from(*byte)];
                if small == 0 {
                    break;
                }
                letters += 1;
                capitals += usize::from(small != *byte);
                hash = join(hash, small);
                at += 1;
            }
            let Some(c) = self.peek(at) else { break };
            let from = at;
            if is_word_char(c) {
                letters += 1;
                capitals += usize::from(c.is_uppercase());
                at += c.len_utf8();
            } else if matches!(c, '\'' | '’' | '-') {
                let after = at + c.len_utf8();
                if !self.peek(after).is_some_and(is_word_char) || (c != '-' && self.clitic(at, c).is_some()) {
                    break;
                }
                at = after;
            } else if numeric && matches!(c, ',' | '.') && self.peek(at + 1).is_some_and(|d| d.is_ascii_digit()) {
                at += 1;
            } else {
                break;
            }
            hash = self.text.as_bytes().get(from..at).unwrap_or_default().iter().fold(hash, |hash, b| step(hash, *b));
        }
        let kind = if first.is_numeric() { Kind::Number } else { Kind::Word };
        let shape = match () {
            () if !first.is_uppercase() => Shape::Lower,
            () if letters > 1 && capitals == letters => Shape::Upper,
            () => Shape::Title,
        };
        self.made(start, at, hash, kind, shape)
    }

    /// The end of "’s", "’re", "’ve", "’ll", "’d" or "’m" that begins at `at` right after a word.
    fn clitic(&self, at: usize, mark: char) -> Option<usize> {
        if !matches!(mark, '\'' | '’') || at == 0 {
            return None;
        }
        let before = self.text.get(..at)?.chars().next_back()?;
        if !before.is_alphanumeric() {
            return None;
        }
        let from = at + mark.len_utf8();
        let rest = self.text.as_bytes().get(from..self.end)?;
        let length = rest.iter().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
        let letters = &rest[..length];
        let known = [&b"s"[..], b"d", b"m", b"re", b"ve", b"ll"].iter().any(|k| k.eq_ignore_ascii_case(letters));
        let ends = !self.peek(from + length).is_some_and(is_word_char);
        (known && ends).then_some(from + length)
    }

    fn mark(&self, start: usize, first: char) -> (usize, Kind) {
        let end = start + first.len_utf8();
        let twin = self.peek(end) == Some(first);
        match first {
            '\'' | '`' if twin => (end + 1, Kind::Quote),
            '"' | '“' | '”' | '„' | '«' | '»' | '‟' | '＂' | '「' | '」' | '『' | '』' => {
                (end, Kind::Quote)
            }
            '\'' | '‘' | '’' | '`' | '‚' | '‹' | '›' => (end, Kind::Single),
            ',' | '，' | '、' | '،' => (end, Kind::Comma),
            ':' | '：' => (end, Kind::Colon),
            ';' | '；' | '؛' => (end, Kind::Semicolon),
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' => (self.run(end, first), Kind::Stop),
            '-' | '–' | '—' | '―' => (self.run(end, first), Kind::Dash),
            '(' | '[' => (end, Kind::Open),
            ')' | ']' => (end, Kind::Close),
            _ => (end, Kind::Other),
        }
    }

    fn run(&self, mut at: usize, mark: char) -> usize {
        while self.peek(at) == Some(mark) {
            at += mark.len_utf8();
        }
        at
    }

    fn hash(&self, start: usize, end: usize) -> u64 {
        self.text.as_bytes().get(start..end).unwrap_or_default().iter().fold(SEED, |hash, byte| step(hash, *byte))
    }

    fn made(&self, start: usize, end: usize, hash: u64, kind: Kind, shape: Shape) -> Token {
        let bytes = self.text.as_bytes().get(start..end).unwrap_or_default();
        let last = bytes.last_chunk::<3>().map_or(bytes, <[u8; 3]>::as_slice);
        let ending = last.iter().fold(0, |ending, byte| ending << 8 | u32::from(byte.to_ascii_lowercase()));
        let span = Span::within(self.text, start..end);
        Token { span, key: finish(hash), ending, kind, shape, spaced: false }
    }
}

/// Bytes that are letters or digits by themselves, in lower case; nought for all others.
static SMALL: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if is_plain(byte as u8) {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() { is_plain(c as u8) } else { c.is_alphanumeric() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, Span::within(text, 0..text.len())).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn a_word_keeps_its_hyphen_and_apostrophe_but_not_its_ending() {
        assert_eq!(words("Kyiv’s well-armed O'Neil doesn’t"), ["Kyiv", "’s", "well-armed", "O'Neil", "doesn’t"]);
    }

    #[test]
    fn two_single_marks_are_one_quotation_mark() {
        assert_eq!(words("''We left,'' he said"), ["''", "We", "left", ",", "''", "he", "said"]);
    }

    #[test]
    fn equal_words_have_equal_keys_whatever_their_case() {
        let text = "Said SAID said";
        let all = tokens(text, Span::within(text, 0..text.len()));
        assert!(all.iter().all(|t| t.key == key("said") && t.ends_in(b"aid")));
        assert_eq!(all.iter().map(|t| t.shape).collect::<Vec<_>>(), [Shape::Title, Shape::Upper, Shape::Lower]);
    }

    proptest! {
        #[test]
        fn tokens_go_forward_and_leave_only_white_space_out(text in any::<String>()) {
            let mut at = 0;
            for token in tokens(&text, Span::within(&text, 0..text.len())) {
                prop_assert!(text[at..token.span.start()].chars().all(char::is_whitespace));
                prop_assert!(token.span.end() > token.span.start());
                at = token.span.end();
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
