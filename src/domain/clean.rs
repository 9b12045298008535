//! Makes text from outside harmless to show. One choke point for everything that people see: the screen, what
//! commands print, messages, reports. What is stored is never changed.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Marks without a width of their own that are shown on one character; more would make one cell of any size.
const MOST_MARKS: usize = 12;

/// The text with everything that steers a terminal, turns the reading direction or hides characters shown as a
/// visible mark: ESC as `␛`, a right-to-left override as `⟨U+202E⟩`. Line ends and tabs stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !needs_cleaning(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut marks = 0;
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let joins = is_joiner(c) && may_join(before) && may_join(characters.peek().copied());
        if (is_harmful(c) || is_joiner(c)) && !joins && !matches!(c, '\n' | '\t') {
            if !(c == '\r' && characters.peek() == Some(&'\n')) {
                push_mark(&mut shown, c);
            }
            marks = 0;
        } else {
            marks = if c.width() == Some(0) { marks + 1 } else { 0 };
            if marks <= MOST_MARKS {
                shown.push(c);
            }
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

/// The same on one line: runs of white space, line ends included, are one space.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a terminal or an eye is misled by this character: C0, DEL, C1, bidirectional controls, characters that
/// show nothing. Line ends and tabs are among them, for callers to whom a line is a line.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Joiners belong to words of some scripts and to emoji, and hide in others.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn may_join(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_harmful(c) && !is_joiner(c))
}

fn needs_cleaning(text: &str) -> bool {
    let is_plain_ascii = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    // All of it is looked at at once, which is quicker than to stop at the first.
    if text.bytes().fold(true, |plain, byte| plain & is_plain_ascii(byte)) {
        return false;
    }
    let (mut rest, mut marks) = (text, 0);
    while let Some(ahead) = rest.bytes().position(|byte| !is_plain_ascii(byte)) {
        let mut after = rest[ahead..].chars();
        let Some(c) = after.next() else { return false };
        rest = after.as_str();
        if c.is_ascii() {
            return true;
        }
        if ahead > 0 || is_plain(c) {
            marks = 0;
        }
        if is_plain(c) {
            continue;
        }
        marks = if c.width() == Some(0) { marks + 1 } else { 0 };
        if is_harmful(c) || is_joiner(c) || marks > MOST_MARKS {
            return true;
        }
    }
    false
}

/// Characters of most texts that are known to be harmless and to have a width, without a look into tables.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20bf}' | '\u{4e00}'..='\u{9fff}')
}

fn push_mark(shown: &mut String, c: char) {
    match c as u32 {
        code @ 0..0x20 => shown.extend(char::from_u32(0x2400 + code)),
        0x7f => shown.push('␡'),
        code => shown.push_str(&format!("⟨U+{code:04X}⟩")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_mark() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{7f}\u{9b}0m"), "␛[31mred␇␡⟨U+009B⟩0m");
        assert_eq!(clean("overwritten\rnew\r\nline\t."), "overwritten␍new\nline\t.");
    }

    #[test]
    fn what_is_passed_over_quickly_would_be_passed_over_slowly_too() {
        for c in (0x80..=0x10_ffff).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            assert!(!is_harmful(c) && !is_joiner(c) && c.width() != Some(0), "{c:?}");
        }
    }

    #[test]
    fn what_turns_or_hides_text_becomes_a_mark() {
        assert_eq!(
            clean("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{e0041}"),
            "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩d⟨U+FEFF⟩e⟨U+E0041⟩"
        );
    }

    #[test]
    fn joiners_stay_where_they_make_words_and_emoji() {
        for text in ["👩\u{200d}🚒", "می\u{200c}روم"] {
            assert_eq!(clean(text), text);
        }
        assert_eq!(clean("pay\u{200d}pal"), "pay⟨U+200D⟩pal");
    }

    #[test]
    fn a_pile_of_combining_marks_is_cut() {
        let pile = format!("e{}", "\u{301}".repeat(100_000));
        assert!(clean(&pile).chars().count() <= 1 + MOST_MARKS);
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(clean("“Ordinary” text,\n\twith é and е́."), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(clean_line(" a\r\n\n b\u{a0}c\u{2028} "), "a b c⟨U+2028⟩");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            prop_assert!(!clean(&text).chars().any(|c| is_harmful(c) && !matches!(c, '\n' | '\t')));
            prop_assert!(!clean_line(&text).chars().any(is_harmful));
        }
    }
}
