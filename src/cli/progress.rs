//! How far long work has come, on a terminal: what is done, how fast it goes, what is left.

use std::cell::Cell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Context;

/// Work that is over sooner shows nothing.
const SOON: Duration = Duration::from_millis(500);
/// How often it is drawn.
const EACH: Duration = Duration::from_millis(100);

const OF_BYTES: &str = "{bar:24} {percent:>3} %  {msg}  {binary_bytes_per_sec}  {eta} left";
const OF_THINGS: &str = "{bar:24} {percent:>3} %  {msg}  {per_sec}  {eta} left";
const ENDLESS: &str = "{spinner}  {msg}  {elapsed}";

/// A line on standard error that is redrawn; nothing where that is no terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    allowed: bool,
    drawn: Cell<Instant>,
    shown: Cell<bool>,
}

impl Progress {
    /// Of so many bytes; 0 where nobody knows.
    pub(super) fn of_bytes(context: &Context, total: u64) -> Self {
        Self::with(context.shows_progress(), total, OF_BYTES)
    }

    /// Of so many things; 0 where nobody knows.
    pub(super) fn of_things(context: &Context, total: u64) -> Self {
        Self::with(context.shows_progress(), total, OF_THINGS)
    }

    /// Never shown.
    pub(super) fn none() -> Self {
        Self::with(false, 0, ENDLESS)
    }

    fn with(allowed: bool, total: u64, template: &str) -> Self {
        let (length, template) = if total == 0 { (None, ENDLESS) } else { (Some(total), template) };
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("▓▒░"));
        }
        Self { bar, allowed, drawn: Cell::new(Instant::now()), shown: Cell::new(false) }
    }

    /// So much is done, in all. `message` is only asked for when it is drawn.
    pub(super) fn reached(&self, done: u64, message: impl FnOnce() -> String) {
        let wait = if self.shown.get() { EACH } else { SOON };
        if !self.allowed || self.drawn.get().elapsed() < wait {
            return;
        }
        self.drawn.set(Instant::now());
        self.bar.set_position(done);
        self.bar.set_message(message());
        if !self.shown.replace(true) {
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.tick();
    }

    /// Says something while the line is away.
    pub(super) fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
