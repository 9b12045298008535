//! Plain text: the whole file is the article, its first line the title where it looks like one.

use std::io::{self, BufRead};

use super::decode::{decode, whole};
use super::{Part, Reason, Sink};
use crate::domain::{Draft, Meta};

/// The longest line that is taken for a title, in characters.
const LONGEST_TITLE: usize = 200;

pub(super) fn read(from: &mut dyn BufRead, sink: &mut Sink) -> io::Result<()> {
    let draft = whole(from)?.and_then(decode).and_then(draft);
    // Nothing is left to stop.
    let _ = sink(Part::whole(draft));
    Ok(())
}

/// The article that is this text.
pub(super) fn draft(text: String) -> Result<Draft, Reason> {
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let meta = Meta { title: title(&text), ..Meta::default() };
    Ok(Draft { text, meta })
}

/// The first line, if it is short, ends like no sentence, and stands apart from what follows.
fn title(text: &str) -> Option<String> {
    let mut lines = text.trim_start().lines();
    let first = lines.next()?.trim();
    let next = lines.next()?.trim();
    let length = first.chars().take(LONGEST_TITLE + 1).count();
    let ends_like_a_sentence = first.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(['.', ',', ';', ':']);
    let stands_apart = next.is_empty() || next.chars().count() > 2 * length;
    let more_follows = lines.any(|line| !line.trim().is_empty()) || !next.is_empty();
    (length <= LONGEST_TITLE && !ends_like_a_sentence && stands_apart && more_follows).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title_of(text: &str) -> Option<String> {
        draft(text.to_owned()).unwrap().meta.title
    }

    #[test]
    fn a_short_first_line_before_a_blank_one_is_the_title() {
        assert_eq!(title_of("Ferry service halted\r\n\r\nThe ferry stopped.").as_deref(), Some("Ferry service halted"));
        assert_eq!(title_of("Is the ferry safe?\n\nNobody knows.").as_deref(), Some("Is the ferry safe?"));
    }

    #[test]
    fn a_short_first_line_before_a_much_longer_one_is_the_title() {
        let text = "Ferry halted\nThe ferry between the two banks of the river stopped on Monday.";
        assert_eq!(title_of(text).as_deref(), Some("Ferry halted"));
    }

    #[test]
    fn a_sentence_or_a_lone_line_is_no_title() {
        assert_eq!(title_of("The ferry stopped.\n\nIt was late."), None);
        assert_eq!(title_of("“The ferry stopped.”\n\nIt was late."), None);
        assert_eq!(title_of("Ferry halted"), None);
        assert_eq!(title_of("Ferry halted\n\n \n"), None);
        assert_eq!(title_of("The ferry\nhas stopped."), None);
    }

    #[test]
    fn the_text_keeps_its_title_and_every_character() {
        let text = " Ferry halted\r\n\r\nThe ferry stopped. \u{200b}\n";
        assert_eq!(draft(text.to_owned()).unwrap().text, text);
    }

    #[test]
    fn white_space_alone_is_no_article() {
        assert!(matches!(draft(" \n\u{a0}".to_owned()), Err(Reason::Empty)));
    }
}
