//! Writes text into a frame. Everything on screen goes through `put`, so everything is clean and inside its place.

use std::ops::Range;

use super::clean;
use super::look::Look;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A frame to write in, and the look to write with.
pub(super) struct Pen<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) look: &'a Look,
}

/// Bytes of a text that are looked at for each column it may take: a claim of a megabyte costs what its visible
/// part costs.
const BYTES_A_COLUMN: usize = 64;

impl Pen<'_> {
    /// Writes `text` in at most `width` columns from `x`, cut with a mark where it is longer; the column after it.
    pub(super) fn put(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.y || y >= area.bottom() || x < area.x || x >= area.right() {
            return x;
        }
        let width = width.min(area.right() - x);
        let end = x + width;
        if text.len() <= usize::from(width) && clean::is_plain(text) {
            return self.put_plain(x, y, text, style);
        }
        let seen = prefix(text, BYTES_A_COLUMN * (usize::from(width) + 1));
        let mut at = x;
        // Where the last grapheme that leaves room for the mark ends.
        let mut cut_at = x;
        for (_, grapheme) in clean::graphemes(seen) {
            let piece = clean::piece(grapheme);
            let wide = clean::width(&piece).min(usize::from(u16::MAX)) as u16;
            if at + wide > end {
                return self.cut(cut_at, y, end, style);
            }
            if wide == 0 {
                continue;
            }
            self.buffer.set_stringn(at, y, piece, usize::from(wide), style);
            at += wide;
            if at < end {
                cut_at = at;
            }
        }
        if seen.len() < text.len() { self.cut(cut_at, y, end, style) } else { at }
    }

    /// Nearly all that is written: one byte a column, and it fits.
    fn put_plain(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let mut at = x;
        for place in 0..text.len() {
            self.buffer[(at, y)].set_symbol(&text[place..=place]).set_style(style);
            at += 1;
        }
        at
    }

    /// Lays a style over stretches (in bytes) of a text that was written from `x` in at most `width` columns.
    pub(super) fn light(&mut self, x: u16, y: u16, width: u16, text: &str, stretches: &[Range<usize>], style: Style) {
        if stretches.is_empty() {
            return;
        }
        let end = x.saturating_add(width).min(self.buffer.area.right());
        let mut at = x;
        for (byte, grapheme) in clean::graphemes(prefix(text, BYTES_A_COLUMN * (usize::from(width) + 1))) {
            let wide = clean::width(&clean::piece(grapheme)).min(usize::from(u16::MAX)) as u16;
            if at.saturating_add(wide) > end {
                return;
            }
            if stretches.iter().any(|stretch| stretch.contains(&byte)) {
                for column in at..at + wide {
                    self.buffer[(column, y)].set_style(style);
                }
            }
            at += wide;
        }
    }

    /// Writes pieces one after another; the column after the last.
    pub(super) fn run(&mut self, x: u16, y: u16, width: u16, pieces: &[(&str, Style)]) -> u16 {
        let end = x.saturating_add(width);
        pieces.iter().fold(x, |at, (text, style)| self.put(at, y, end.saturating_sub(at), text, *style))
    }

    /// Writes a line that ends at the right edge of `area`'s row `y`.
    pub(super) fn put_right(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let wide = columns(text).min(usize::from(area.width)) as u16;
        let x = area.right() - wide;
        self.put(x, y, wide, text, style);
        x
    }

    /// A hairline across.
    pub(super) fn across(&mut self, x: u16, y: u16, width: u16) {
        for column in x..x.saturating_add(width) {
            self.put(column, y, 1, self.look.marks.across, self.look.line);
        }
    }

    /// A hairline down.
    pub(super) fn down(&mut self, x: u16, y: u16, height: u16) {
        for row in y..y.saturating_add(height) {
            self.put(x, row, 1, self.look.marks.down, self.look.line);
        }
    }

    /// The border of a box, a little stronger than hairlines, since something lies behind it.
    pub(super) fn border(&mut self, area: Rect) {
        let [left_top, right_top, left_bottom, right_bottom] = self.look.marks.corners;
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        self.across(area.x, area.y, area.width);
        self.across(area.x, bottom, area.width);
        self.down(area.x, area.y, area.height);
        self.down(right, area.y, area.height);
        let corners = [
            (area.x, area.y, left_top),
            (right, area.y, right_top),
            (area.x, bottom, left_bottom),
            (right, bottom, right_bottom),
        ];
        for (x, y, corner) in corners {
            self.put(x, y, 1, corner, self.look.line);
        }
        for side in [
            Rect { height: 1, ..area },
            Rect { y: bottom, height: 1, ..area },
            Rect { width: 1, ..area },
            Rect { x: right, width: 1, ..area },
        ] {
            self.buffer.set_style(side, self.look.quiet);
        }
    }

    /// Spaces over what stood there.
    pub(super) fn blank(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
    }

    /// Lets all that stands there step back behind what floats over it.
    pub(super) fn fade(&mut self, area: Rect) {
        let Some(behind) = self.look.behind else { return };
        for position in area.intersection(self.buffer.area).positions() {
            self.buffer[position].set_style(Style::reset().patch(behind));
        }
    }

    /// A bar of so many columns, `done` of `all` filled.
    pub(super) fn bar(&mut self, x: u16, y: u16, width: u16, done: u64, all: u64) {
        let filled = if all == 0 { 0 } else { (u64::from(width) * done).div_ceil(all).min(u64::from(width)) as u16 };
        // Full only when nothing is left.
        let filled = if done < all { filled.min(width.saturating_sub(1)) } else { filled };
        for column in 0..width {
            let done = column < filled;
            let mark = if done { self.look.marks.done } else { self.look.marks.left };
            let style = if done { self.look.words } else { self.look.line };
            self.put(x + column, y, 1, mark, style);
        }
    }

    fn cut(&mut self, at: u16, y: u16, end: u16, style: Style) -> u16 {
        if at < end {
            self.buffer.set_stringn(at, y, self.look.marks.cut, 1, style);
            for column in at + 1..end {
                self.buffer[(column, y)].reset();
            }
        }
        end
    }
}

/// Columns that a short text of our own takes.
pub(super) fn columns(text: &str) -> usize {
    clean::width(&clean::line(text))
}

/// The longest start of the text with at most so many bytes.
pub(super) fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
