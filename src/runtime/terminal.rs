//! The terminal: entered as a whole and left as a whole, whatever ends the review.

use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags,
    PushKeyboardEnhancementFlags,
};
use crossterm::execute;
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;
use crate::ui::Look;

/// Whether there is something to leave. The panic hook has no other way to know.
static ENTERED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();
/// Whether the terminal was asked for the keyboard protocol of kitty, which has to be taken back.
static TELLS_APART: AtomicBool = AtomicBool::new(false);

/// Terminals that know the keyboard protocol of kitty (sw.kovidgoyal.net/kitty/keyboard-protocol), by what they put into
/// the environment. Asking the terminal itself would hold up keys where nobody answers.
const KNOW_KITTY: &[(&str, &[&str])] = &[
    ("TERM", &["xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "rio", "wezterm"]),
    ("TERM_PROGRAM", &["kitty", "ghostty", "WezTerm", "iTerm.app", "rio"]),
];

/// Whether the terminal was asked to tell what the mouse does.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Buttons and wheel, and moves with a button held, with places beyond column 223 (xterm control sequences, "Mouse Tracking").
/// Moves without a button are not asked for: each would wake the program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Bytes of a frame that go to the terminal at once.
const FRAME: usize = 64 * 1024;

/// What fills a frame: `ui::draw`, and in tests also what breaks.
pub(super) type Draw<'d> = &'d dyn Fn(&App, &Look, &mut Buffer) -> Option<Position>;

/// The terminal while the review is on it; dropping it leaves.
///
/// Not `ratatui::Terminal`: that asks for the size at each frame, and sends the terminal something for a frame like the last.
pub(super) struct Screen {
    terminal: CrosstermBackend<BufWriter<Stdout>>,
    /// What the terminal shows, and where its cursor is if it is to be seen.
    shown: (Buffer, Option<Position>),
    /// What it is to show next.
    next: Buffer,
}

impl Screen {
    /// Takes the terminal. A panic from now on leaves it before it prints.
    pub(super) fn enter() -> io::Result<Self> {
        HOOK.call_once(|| {
            let print = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                leave();
                print(panic);
            }));
        });
        enter()?;
        // From here on dropping it leaves.
        let terminal = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
        let mut screen = Self { terminal, shown: (Buffer::default(), None), next: Buffer::default() };
        let (width, height) = crossterm::terminal::size()?;
        screen.fit(width, height)?;
        Ok(screen)
    }

    /// Draws a frame; only what changed since the last is sent, and nothing where that is nothing.
    pub(super) fn draw(&mut self, app: &App, look: &Look, draw: Draw<'_>) -> io::Result<()> {
        // A panic on another thread has left the terminal: its message stays readable until the loop hears of it.
        if !ENTERED.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.next.reset();
        let cursor = draw(app, look, &mut self.next);
        let (shown, cursor_shown) = &self.shown;
        let mut changes = shown.diff_iter(&self.next).peekable();
        if changes.peek().is_none() && cursor == *cursor_shown {
            return Ok(());
        }
        self.terminal.draw(changes)?;
        match cursor {
            Some(at) => {
                self.terminal.set_cursor_position(at)?;
                self.terminal.show_cursor()?;
            }
            None if cursor_shown.is_some() => self.terminal.hide_cursor()?,
            None => {}
        }
        Write::flush(&mut self.terminal)?;
        std::mem::swap(&mut self.shown.0, &mut self.next);
        self.shown.1 = cursor;
        Ok(())
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn use_mouse(&mut self, on: bool) -> io::Result<()> {
        if MOUSE.swap(on, Ordering::SeqCst) == on {
            return Ok(());
        }
        self.send(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
    }

    /// Draws at this size from now on.
    pub(super) fn fit(&mut self, width: u16, height: u16) -> io::Result<()> {
        let area = Rect::new(0, 0, width, height);
        if self.next.area == area {
            return Ok(());
        }
        self.shown.0.resize(area);
        self.next.resize(area);
        self.forget()
    }

    /// Forgets what the terminal shows, so that the next frame is sent in full.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()?;
        self.terminal.hide_cursor()?;
        self.shown.0.reset();
        self.shown.1 = None;
        Ok(())
    }

    /// Sends bytes that are no part of a frame.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.terminal.write_all(bytes)?;
        Write::flush(&mut self.terminal)
    }

    /// Gives the terminal back, to take it again with `retake`.
    pub(super) fn release(&self) {
        leave();
    }

    /// Takes the terminal again, whatever happened to it meanwhile.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        enter()?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

/// How many columns the terminal has; none where there is no terminal.
pub fn columns() -> Option<u16> {
    crossterm::terminal::size().ok().map(|(columns, _)| columns)
}

fn enter() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    let entered = enable_raw_mode()
        .and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste))
        .and_then(|()| if tells_keys_apart() { tell_keys_apart() } else { Ok(()) })
        .and_then(|()| if MOUSE.load(Ordering::SeqCst) { execute!(stdout(), Print(MOUSE_ON)) } else { Ok(()) });
    if entered.is_err() {
        leave();
    }
    entered
}

fn tells_keys_apart() -> bool {
    KNOW_KITTY.iter().any(|(name, values)| std::env::var(name).is_ok_and(|value| values.contains(&value.as_str())))
}

/// Asks for keys that differ to be told apart: Esc from the beginning of a sequence, Ctrl-i from Tab, and Ctrl with letters of
/// other scripts.
fn tell_keys_apart() -> io::Result<()> {
    TELLS_APART.store(true, Ordering::SeqCst);
    execute!(stdout(), PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES))
}

/// Leaves the terminal as it was, once. It may be gone: then there is nothing to tell anybody.
fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        if MOUSE.load(Ordering::SeqCst) {
            let _ = execute!(stdout(), Print(MOUSE_OFF));
        }
        if TELLS_APART.swap(false, Ordering::SeqCst) {
            let _ = execute!(stdout(), PopKeyboardEnhancementFlags);
        }
        let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
