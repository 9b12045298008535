//! Where words leave the program: standard output for results, standard error for all else.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::Error;
use super::context::Color;
use crate::domain::clean;

/// Standard output, buffered; flushed by the caller, who hears of a failure.
pub(super) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(64 << 10, io::stdout().lock())
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
