//! Links that the terminal itself opens: the escape sequence OSC 8 ("Hyperlinks in Terminal Emulators",
//! gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda), laid over cells that are written already.
//!
//! Each cell carries the whole sequence, so that a frame of which only some cells are sent stays right, and the number by
//! which the terminal knows that neighbours are one link.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU16;
use std::ops::Range;

use ratatui::buffer::CellDiffOption;

use super::clean;
use super::pen::Pen;
use crate::domain::is_harmful;

/// Longest address that terminals take.
const MOST: usize = 2083;

/// Where a link goes, as it may stand in the sequence. Only the web is linked to; an address that could end the sequence, or
/// show as something else, is none.
pub(super) fn target(address: &str) -> Option<String> {
    let of_the_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    if !of_the_web || address.len() > MOST {
        return None;
    }
    let mut target = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '!'..='~' => target.push(c),
            c if c.is_ascii() || c.is_whitespace() || is_harmful(c) => return None,
            // Letters of other scripts, as RFC 3987 turns them into an address of ASCII.
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string can't fail.
                    let _ = write!(target, "%{byte:02X}");
                }
            }
        }
    }
    (target.len() <= MOST).then_some(target)
}

impl Pen<'_> {
    /// Makes the stretch (in bytes) of a text that was written from `x` in at most `width` columns a link, where links are
    /// wanted and the address is one that may be linked to.
    pub(super) fn link(&mut self, at: (u16, u16), width: u16, text: &str, stretch: &Range<usize>, address: &str) {
        if !self.look.links {
            return;
        }
        let Some(target) = target(address) else { return };
        let before = clean::width(&clean::line(text.get(..stretch.start).unwrap_or_default()));
        let within = clean::width(&clean::line(text.get(stretch.clone()).unwrap_or_default()));
        let (x, y) = at;
        let end = usize::from(x.saturating_add(width).min(self.buffer.area.right()));
        let columns = usize::from(x) + before..(usize::from(x) + before + within).min(end);
        let mut hasher = DefaultHasher::new();
        target.hash(&mut hasher);
        let opens = format!("\x1b]8;id={:x};{target}\x1b\\", hasher.finish());
        let mut covered = 0;
        for column in columns {
            let Some(cell) = self.buffer.cell_mut((column as u16, y)) else { return };
            // The second half of a wide letter.
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let wide = clean::width(cell.symbol()).max(1);
            covered = wide - 1;
            let symbol = format!("{opens}{}\x1b]8;;\x1b\\", cell.symbol());
            cell.set_symbol(&symbol);
            if let Some(wide) = u16::try_from(wide).ok().and_then(NonZeroU16::new) {
                cell.set_diff_option(CellDiffOption::ForcedWidth(wide));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Look, Theme};
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    #[test]
    fn only_plain_addresses_of_the_web_are_linked_to() {
        assert_eq!(target("https://a.example/b;c?d=%20#e").as_deref(), Some("https://a.example/b;c?d=%20#e"));
        assert_eq!(target("http://a.example/ї").as_deref(), Some("http://a.example/%D1%97"));
        for hostile in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://a.example",
            "a.example",
            "https://a.example/\x1b\\\x1b]0;gone\x07",
            "https://a.example/\u{9c}",
            "https://a.example/ b",
            "https://a.example/\u{a0}b",
            "https://a.example/\u{202e}gpj.exe",
            "https://a.example/\u{200b}",
        ] {
            assert_eq!(target(hostile), None, "{hostile:?}");
        }
        assert_eq!(target(&format!("https://a.example/{}", "x".repeat(MOST))), None);
    }

    fn frames(text: &str, stretch: &Range<usize>, address: &str, width: u16) -> [Buffer; 2] {
        [false, true].map(|links| {
            let look = Look::new(Theme::Plain, false).with_links(links);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
            let mut pen = Pen { buffer: &mut buffer, look: &look };
            pen.put(2, 0, width, text, look.words);
            pen.link((2, 0), width, text, stretch, address);
            buffer
        })
    }

    #[test]
    fn a_link_reaches_as_far_as_its_words_are_seen() {
        let linked = |text: &str, stretch, width| {
            let [_, frame] = frames(text, &stretch, "https://a.example", width);
            let seen = frame.content().iter().map(|c| if c.symbol().starts_with("\x1b]8;id=") { '#' } else { '.' });
            seen.collect::<String>().trim_end_matches('.').to_owned()
        };
        assert_eq!(linked("by a.example, seen", 3..12, 18), ".....#########");
        assert_eq!(linked("by a.example, seen", 3..12, 8), ".....#####");
        assert_eq!(linked("вид 東京 on", 7..13, 18), "......#.#");
        assert_eq!(linked("", 0..0, 18), "");
    }

    proptest! {
        #[test]
        fn nothing_but_the_links_differs(
            text in any::<String>(), start in 0usize..40, length in 0usize..40, width in 0u16..24
        ) {
            let [without, with] = frames(&text, &(start..start + length), "https://a.example", width);
            for (plain, linked) in without.content().iter().zip(with.content()) {
                let bare = linked.symbol().split_once("\x1b\\").and_then(|(_, rest)| rest.strip_suffix("\x1b]8;;\x1b\\"));
                prop_assert_eq!(plain.symbol(), bare.unwrap_or(linked.symbol()));
                prop_assert_eq!((plain.fg, plain.bg, plain.modifier), (linked.fg, linked.bg, linked.modifier));
            }
        }
    }
}
