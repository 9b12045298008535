//! Breaks text into lines, and finds the lines around a place of a long text without reading the rest of it.

use std::ops::Range;

use super::clean;
use super::pen::prefix;

/// Longest stretch without a line break that is wrapped as a whole, in bytes.
const STRETCH: usize = 8 * 1024;
/// Stretches that are looked at to one side at most: a megabyte of empty lines isn't walked through.
const MOST_STRETCHES: usize = 512;

/// The lines of `text`, as bytes of it, around the bytes of `focus`, for a pane of so many columns and rows: all of the text where it
/// fits, else the focus at about a third of
/// the height, moved on by `shift` lines (or back) as far as the text goes. An empty range is an empty line.
pub(super) fn around(
    text: &str,
    focus: &Range<usize>,
    (width, height): (usize, usize),
    shift: isize,
) -> Vec<Range<usize>> {
    let wanted = height + shift.unsigned_abs();
    let at = floor(text, focus.start.min(text.len().saturating_sub(1)));
    let start = stretch_start(text, at);
    let mut after = Vec::new();
    let mut from = start;
    let mut first = 0;
    // Down: the stretch that holds the focus, and those that follow.
    for _ in 0..MOST_STRETCHES {
        if from >= text.len() || after.len() > first + wanted {
            break;
        }
        let end = stretch_end(text, from);
        push_lines(text, from..end, width, &mut after);
        if from == start {
            first = after.iter().rposition(|line| line.start <= focus.start).unwrap_or_default();
        }
        from = end;
    }
    // Up: those before.
    let mut before: Vec<Range<usize>> = Vec::new();
    let mut from = start;
    for _ in 0..MOST_STRETCHES {
        if from == 0 || before.len() + first >= wanted {
            break;
        }
        let begin = stretch_start(text, floor(text, from - 1));
        let mut lines = Vec::new();
        push_lines(text, begin..from, width, &mut lines);
        lines.append(&mut before);
        before = lines;
        collapse(&mut before);
        from = begin;
    }
    before.extend(after);
    collapse(&mut before);
    if before.first().is_some_and(|line| line.start == line.end) {
        before.remove(0);
    }
    let first = before.iter().rposition(|line| line.start <= focus.start && line.start < line.end).unwrap_or_default();
    cut(&before, first, height, shift)
}

/// So many of the lines that line `first` stands at a third of the height, or lower or higher where the text ends.
fn cut(lines: &[Range<usize>], first: usize, height: usize, shift: isize) -> Vec<Range<usize>> {
    let below = lines.len() - first;
    let above = first.min((height / 3).max(height.saturating_sub(below)));
    let last = lines.len().saturating_sub(height);
    let mut top = (first - above).saturating_add_signed(shift).min(last.max(first - above));
    // An empty row at the top would only push the text down.
    top += usize::from(top < first && lines[top].start == lines[top].end);
    lines[top..lines.len().min(top + height)].to_vec()
}

/// One empty line is as good as ten.
fn collapse(lines: &mut Vec<Range<usize>>) {
    lines.dedup_by(|next, before| next.start == next.end && before.start == before.end);
}

/// All lines of a short text, at most so many.
pub(super) fn all(text: &str, width: usize, most: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut from = 0;
    while from < text.len() && lines.len() < most {
        let end = stretch_end(text, from);
        push_lines(text, from..end, width, &mut lines);
        from = end;
    }
    lines.truncate(most);
    lines
}

/// Where the paragraph that holds this byte begins; in one that is too long, a place near by.
pub(super) fn stretch_start(text: &str, at: usize) -> usize {
    let from = floor(text, at.saturating_sub(STRETCH));
    if let Some(found) = text[from..at].rfind('\n') {
        return from + found + 1;
    }
    if from == 0 {
        return 0;
    }
    // The same place for all bytes of one block, so that lines don't move while one steps through it.
    let block = floor(text, at / STRETCH * STRETCH);
    let space = text[block..at].find(char::is_whitespace).map(|found| block + found);
    space.map_or(block, |space| ceil_after(text, space))
}

fn stretch_end(text: &str, from: usize) -> usize {
    let most = floor(text, (from + STRETCH).min(text.len()));
    if let Some(found) = text[from..most].find('\n') {
        return from + found + 1;
    }
    if most == text.len() {
        return most;
    }
    match text[from..most].rfind(char::is_whitespace) {
        Some(space) => ceil_after(text, from + space),
        None => most.max(from + 1),
    }
}

fn push_lines(text: &str, stretch: Range<usize>, width: usize, lines: &mut Vec<Range<usize>>) {
    let body = text[stretch.clone()].trim_end_matches(['\n', '\r']);
    if body.trim().is_empty() {
        lines.push(stretch.start..stretch.start);
        return;
    }
    let mut at = 0;
    while at < body.len() {
        let (end, next) = first_line(&body[at..], width);
        lines.push(stretch.start + at..stretch.start + at + end);
        at += next;
    }
}

/// Bytes of the first line without the white space at its end, and where the next line begins.
fn first_line(text: &str, width: usize) -> (usize, usize) {
    let mut used = 0;
    // The last place to break at: where the line ends there, and where the next begins.
    let mut chance = None;
    let mut in_space = true;
    let mut indent = true;
    for (at, grapheme) in clean::graphemes(prefix(text, (width + 1) * 256)) {
        let next = at + grapheme.len();
        let space = grapheme.chars().all(char::is_whitespace) && !grapheme.starts_with('\u{a0}');
        if space {
            chance = match chance {
                Some((end, _)) if in_space && !indent => Some((end, next)),
                _ if indent => None,
                _ => Some((at, next)),
            };
            in_space = true;
            used += 1;
            continue;
        }
        let wide = clean::width(&clean::piece(grapheme));
        if used + wide > width && at > 0 {
            return chance.unwrap_or((at, at));
        }
        (in_space, indent) = (false, false);
        used += wide;
        // Scripts without spaces break behind any letter, words with a hyphen behind it.
        if wide > 1 || matches!(grapheme, "-" | "—" | "–" | "/") && used < width {
            chance = Some((next, next));
        }
    }
    let seen = prefix(text, (width + 1) * 256).len();
    if seen < text.len() {
        return chance.unwrap_or((seen, seen));
    }
    (text.trim_end().len(), text.len())
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The border behind the character at this byte.
fn ceil_after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        all(text, width, 100).into_iter().map(|line| &text[line]).collect()
    }

    fn seen<'t>(text: &'t str, focus: &str, width: usize, height: usize) -> Vec<&'t str> {
        let at = text.find(focus).unwrap();
        around(text, &(at..at + focus.len()), (width, height), 0).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("the quick brown  fox", 10), ["the quick", "brown  fox"]);
        assert_eq!(wrapped("a extraordinarily b", 6), ["a", "extrao", "rdinar", "ily b"]);
        assert_eq!(wrapped("日本語の文", 4), ["日本", "語の", "文"]);
        assert_eq!(wrapped("one\n\n  two", 20), ["one", "", "  two"]);
    }

    #[test]
    fn a_text_that_fits_is_shown_whole_whatever_is_lit() {
        let text = "one\n\n\n\ntwo\n\nthree";
        for focus in ["one", "two", "three"] {
            assert_eq!(seen(text, focus, 20, 9), ["one", "", "two", "", "three"]);
        }
    }

    #[test]
    fn what_is_lit_stands_at_a_third_of_the_height() {
        let text = (0..100).map(|n| format!("line {n}.\n")).collect::<String>();
        assert_eq!(
            seen(&text, "line 50.", 20, 6),
            ["line 48.", "line 49.", "line 50.", "line 51.", "line 52.", "line 53."]
        );
        assert_eq!(seen(&text, "line 99.", 20, 3), ["line 97.", "line 98.", "line 99."]);
        assert_eq!(seen(&text, "line 0.", 20, 2), ["line 0.", "line 1."]);
    }

    #[test]
    fn the_text_is_moved_on_and_back_as_far_as_it_goes() {
        let text = (0..100).map(|n| format!("line {n}.\n")).collect::<String>();
        let moved = |focus: &str, shift: isize| {
            let at = text.find(focus).unwrap();
            text[around(&text, &(at..at + 1), (20, 6), shift)[0].clone()].to_owned()
        };
        assert_eq!((moved("line 50.", 3), moved("line 50.", -3)), ("line 51.".into(), "line 45.".into()));
        assert_eq!((moved("line 50.", 400), moved("line 50.", -400)), ("line 94.".into(), "line 0.".into()));
        assert_eq!((moved("line 0.", -9), moved("line 99.", 9)), ("line 0.".into(), "line 94.".into()));
    }

    #[test]
    fn one_line_of_megabytes_costs_what_is_seen_of_it() {
        let text = "word ".repeat(4_000_000);
        let began = std::time::Instant::now();
        let lines = around(&text, &(10_000_000..10_000_004), (80, 40), 0);
        assert_eq!(lines.len(), 40);
        assert!(lines.iter().any(|line| line.contains(&10_000_000)));
        assert!(began.elapsed().as_millis() < 500, "{:?}", began.elapsed());
    }

    proptest! {
        #[test]
        fn lines_are_in_order_inside_the_text_and_hold_the_focus(
            text in "[a-c é日\u{301}\u{200b}\n-]{1,200}", at in 0usize..200, width in 1usize..30, height in 1usize..12,
        ) {
            let at = floor(&text, at.min(text.len() - 1));
            let lines = around(&text, &(at..at), (width, height), 0);
            prop_assert!(lines.len() <= height);
            for pair in lines.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for line in &lines {
                prop_assert!(text.get(line.clone()).is_some());
            }
            if !text[at..].starts_with(char::is_whitespace) {
                prop_assert!(lines.iter().any(|l| l.contains(&at)));
            }
        }
    }
}
