//! A field of text that is being typed: moves and deletes by grapheme and by word, takes pastes whole.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Code, Key};

/// A text and the place in it where typing goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// A byte on a grapheme border.
    cursor: usize,
    /// Whether a paste keeps its line breaks.
    lines: bool,
}

impl Field {
    /// Longest text that a field takes, in bytes: room for a long note, and a bound on a paste.
    pub const MOST: usize = 64 * 1024;

    /// One line, with the cursor behind `text`.
    pub fn line(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, lines: false }
    }

    /// Several lines, with the cursor behind `text`.
    pub fn lines(text: impl Into<String>) -> Self {
        Self { lines: true, ..Self::line(text) }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the text before which the next character goes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Does what the key means in a text; `false` where it means nothing.
    pub fn key(&mut self, key: Key) -> bool {
        let word = key.ctrl || key.alt;
        match key.code {
            Code::Char(c) if key.typed().is_some() => self.insert(c.encode_utf8(&mut [0; 4])),
            Code::Enter if self.lines && key.alt => self.insert("\n"),
            Code::Char('j') if self.lines && key.ctrl => self.insert("\n"),
            Code::Backspace if word => self.delete(self.word_before(), self.cursor),
            Code::Char('w') if key.ctrl => self.delete(self.word_before(), self.cursor),
            Code::Backspace => self.delete(self.before(), self.cursor),
            Code::Char('h') if key.ctrl => self.delete(self.before(), self.cursor),
            Code::Delete => self.delete(self.cursor, self.after()),
            Code::Char('u') if key.ctrl => self.delete(self.line_start(), self.cursor),
            Code::Char('k') if key.ctrl => self.delete(self.cursor, self.line_end()),
            Code::Left if word => self.cursor = self.word_before(),
            Code::Right if word => self.cursor = self.word_after(),
            Code::Left => self.cursor = self.before(),
            Code::Right => self.cursor = self.after(),
            Code::Home => self.cursor = self.line_start(),
            Code::Char('a') if key.ctrl => self.cursor = self.line_start(),
            Code::End => self.cursor = self.line_end(),
            Code::Char('e') if key.ctrl => self.cursor = self.line_end(),
            Code::Up if self.lines => self.step_line(-1),
            Code::Down if self.lines => self.step_line(1),
            _ => return false,
        }
        true
    }

    /// Takes a pasted text as one edit: line breaks become spaces where there is only one line.
    pub fn paste(&mut self, pasted: &str) {
        let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
        if self.lines {
            self.insert(&pasted);
        } else {
            self.insert(&pasted.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    /// Puts a text in the place of these bytes, and the cursor behind it.
    pub(super) fn replace(&mut self, place: std::ops::Range<usize>, with: &str) {
        if self.text.get(place.clone()).is_some() {
            self.delete(place.start, place.end);
            self.insert(with);
        }
    }

    fn insert(&mut self, more: &str) {
        let mut fits = more.len().min(Self::MOST.saturating_sub(self.text.len()));
        while !more.is_char_boundary(fits) {
            fits -= 1;
        }
        self.text.insert_str(self.cursor, &more[..fits]);
        self.cursor += fits;
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let head = self.text[..self.cursor].trim_end();
        head.char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }

    fn word_after(&self) -> usize {
        let tail = &self.text[self.cursor..];
        let blank = tail.len() - tail.trim_start().len();
        self.cursor + tail[blank..].find(char::is_whitespace).map_or(tail.len(), |at| blank + at)
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn step_line(&mut self, by: isize) {
        let column = self.text[self.line_start()..self.cursor].graphemes(true).count();
        let start = if by < 0 {
            match self.line_start() {
                0 => return self.cursor = 0,
                at => self.text[..at - 1].rfind('\n').map_or(0, |before| before + 1),
            }
        } else {
            match self.line_end() {
                end if end == self.text.len() => return self.cursor = end,
                end => end + 1,
            }
        };
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        self.cursor = start + line.grapheme_indices(true).nth(column).map_or(line.len(), |(at, _)| at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn typed(field: &mut Field, keys: &str) {
        for key in keys.split(' ') {
            field.key(key.parse().unwrap());
        }
    }

    #[test]
    fn typing_and_deleting_go_by_what_a_reader_calls_a_letter() {
        let mut field = Field::line("e\u{301}🙂");
        typed(&mut field, "Backspace");
        assert_eq!(field.text(), "e\u{301}");
        typed(&mut field, "← x → y");
        assert_eq!(field.text(), "xe\u{301}y");
    }

    #[test]
    fn a_word_goes_at_once() {
        let mut field = Field::line("one two  three ");
        typed(&mut field, "Ctrl-w");
        assert_eq!(field.text(), "one two  ");
        typed(&mut field, "Home Alt-→ Ctrl-k");
        assert_eq!(field.text(), "one");
    }

    #[test]
    fn lines_are_kept_only_where_there_are_lines() {
        let mut line = Field::line("");
        line.paste(" a\r\nb ");
        assert_eq!(line.text(), "a b");
        let mut note = Field::lines("");
        note.paste("a\r\nbcd");
        typed(&mut note, "↑ x Ctrl-j y");
        assert_eq!(note.text(), "ax\ny\nbcd");
    }

    proptest! {
        #[test]
        fn no_keys_break_a_field(
            text in "[ab é日🙂\u{301}\n]{0,20}",
            keys in prop::collection::vec(prop::sample::select(vec![
                "←", "→", "↑", "↓", "Home", "End", "Backspace", "Delete", "Ctrl-w", "Ctrl-u", "Ctrl-k", "Alt-←", "Alt-→", "x",
                "Alt-Enter",
            ]), 0..40),
        ) {
            let mut field = Field::lines(text);
            for key in keys {
                field.key(key.parse().unwrap());
                prop_assert!(field.text().is_char_boundary(field.cursor()));
            }
        }
    }
}
