//! Where words leave the program: standard output for results, standard error for all else.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Error;
use super::context::Color;
use crate::domain::clean;
use crate::runtime;

/// Standard output, buffered; flushed by the caller, who hears of a failure.
pub(super) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(64 << 10, io::stdout().lock())
}

/// Columns for a line of a list on standard output: those of the terminal, and elsewhere as many as it takes.
pub(super) fn columns() -> usize {
    let terminal = if io::stdout().is_terminal() { runtime::columns() } else { None };
    terminal.filter(|columns| *columns > 0).map_or(usize::MAX, usize::from)
}

/// The line, which is clean, cut so that it takes so many columns at most.
pub(super) fn cut(mut line: String, columns: usize) -> String {
    // Cheaper to see, and nothing in UTF-8 is wider than its bytes.
    if line.len() <= columns || line.width() <= columns {
        return line;
    }
    let (mut taken, mut end) = (0, 0);
    for (at, grapheme) in line.grapheme_indices(true) {
        taken += grapheme.width();
        if taken >= columns {
            break;
        }
        end = at + grapheme.len();
    }
    line.truncate(end);
    line + "…"
}

/// A line on standard error. Where it can't be written nobody is there to be told.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(line.trim_end()));
}

/// The error that ends the program.
pub(super) fn report(error: &Error, color: Color) {
    if error.is_quiet() {
        return;
    }
    let said = error.to_string();
    let mut err = io::stderr().lock();
    let _ = match said.strip_prefix("error:") {
        Some(rest) if colored(color, err.is_terminal()) => writeln!(err, "\x1b[1;31merror:\x1b[0m{rest}"),
        _ => writeln!(err, "{said}"),
    };
}

/// Whether to use colour on a stream that is, or is not, a terminal.
pub(super) fn colored(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            is_terminal
                && env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
                && env::var_os("TERM").is_none_or(|t| t != "dumb")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_between_letters_as_people_see_them_and_fits() {
        for (columns, shown) in [(9, "Kö水水 x"), (8, "Kö水水 x"), (7, "Kö水水…"), (6, "Kö水…"), (3, "Kö…"), (1, "…")]
        {
            assert_eq!(cut("Kö水水 x".to_owned(), columns), shown, "{columns}");
        }
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}".to_owned(), 2), "e\u{301}…");
    }
}
