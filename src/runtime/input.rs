//! The thread that reads the terminal, and what it makes of crossterm's events.

use std::io::{self, PipeReader, PipeWriter, Read, Write, stdin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, Timespec};

use super::events::Incoming;
use super::threads;
use crate::app::{Code, Did, Key, Msg};

/// Stops the thread for a while, so that another program gets what is typed. Dropping it ends the thread.
pub(super) struct Gate {
    /// A byte stops the thread, the next lets it go on.
    turns: PipeWriter,
    stopped: Receiver<()>,
}

impl Gate {
    /// Returns once nothing is read any more.
    pub(super) fn close(&mut self) -> io::Result<()> {
        self.turns.write_all(b"-")?;
        self.stopped.recv().map_err(|_| io::ErrorKind::UnexpectedEof.into())
    }

    /// Lets the thread read again.
    pub(super) fn open(&mut self) -> io::Result<()> {
        self.turns.write_all(b"+")
    }
}

/// Reads for as long as there is a terminal and somebody who listens.
pub(super) fn listen(to: Sender<Incoming>) -> io::Result<Gate> {
    let (turned, turns) = io::pipe()?;
    let (stops, stopped) = channel();
    threads::start("input", to.clone(), move || {
        let gone = read(&to, Turns { turned, stops }).err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into());
        let _ = to.send(Incoming::Gone(gone));
    })?;
    Ok(Gate { turns, stopped })
}

/// The thread's side of the gate.
struct Turns {
    turned: PipeReader,
    stops: Sender<()>,
}

impl Turns {
    /// Waits until the gate opens again; an error where nobody is left to open it.
    fn wait(&mut self) -> io::Result<()> {
        let mut turn = [0];
        self.turned.read_exact(&mut turn)?;
        let _ = self.stops.send(());
        self.turned.read_exact(&mut turn)
    }
}

/// How long crossterm is given to hand out what it has read already. Not zero: it would not even look. And not a millisecond:
/// it asks without pause until the time is up, which costs as much as drawing a frame.
const A_MOMENT: Duration = Duration::from_micros(40);
/// How long after a key it is asked once more, should it have been too late to look.
const ONCE_MORE: Duration = Duration::from_millis(30);

fn read(to: &Sender<Incoming>, mut turns: Turns) -> io::Result<()> {
    loop {
        // crossterm reads for ever from a terminal that is gone (crossterm#793): so it is asked only when there is something.
        match readable(None, &turns)? {
            Readable::Gone => return Ok(()),
            Readable::Nothing => continue,
            Readable::Stopped => {
                turns.wait()?;
                continue;
            }
            Readable::Something => {}
        }
        let mut more = true;
        while more {
            if !pass_on(to)? {
                return Ok(());
            }
            more = event::poll(A_MOMENT)?
                || match readable(Some(ONCE_MORE), &turns)? {
                    Readable::Gone => return Ok(()),
                    Readable::Something => true,
                    Readable::Stopped => false,
                    Readable::Nothing => event::poll(A_MOMENT)?,
                };
        }
    }
}

/// Passes an event on; `false` where nobody listens any more.
fn pass_on(to: &Sender<Incoming>) -> io::Result<bool> {
    let incoming = match event::read()? {
        Event::Mouse(mouse) => did(mouse.kind).map(|did| Incoming::Pointer(did, mouse.column, mouse.row)),
        event => message(event).map(Incoming::Msg),
    };
    Ok(incoming.is_none_or(|incoming| to.send(incoming).is_ok()))
}

/// Whether the terminal has something to read.
enum Readable {
    Something,
    /// The gate is to close: what comes is another program's.
    Stopped,
    /// Not within the time.
    Nothing,
    Gone,
}

/// Waits until something can be read, or so long.
fn readable(within: Option<Duration>, turns: &Turns) -> io::Result<Readable> {
    let input = stdin();
    let within = within.map(|time| Timespec { tv_sec: 0, tv_nsec: time.subsec_nanos().into() });
    loop {
        let mut watched = [PollFd::new(&input, PollFlags::IN), PollFd::new(&turns.turned, PollFlags::IN)];
        match rustix::event::poll(&mut watched, within.as_ref()) {
            Ok(0) => return Ok(Readable::Nothing),
            Ok(_) if !watched[1].revents().is_empty() => return Ok(Readable::Stopped),
            Ok(_) => {
                let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
                let gone = watched[0].revents().intersects(gone);
                return Ok(if gone { Readable::Gone } else { Readable::Something });
            }
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn did(kind: MouseEventKind) -> Option<Did> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Did::Press),
        MouseEventKind::Drag(MouseButton::Left) => Some(Did::Drag),
        MouseEventKind::Up(MouseButton::Left) => Some(Did::Release),
        MouseEventKind::ScrollDown => Some(Did::Wheel(1)),
        MouseEventKind::ScrollUp => Some(Did::Wheel(-1)),
        _ => None,
    }
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => key_of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(width, height)),
        Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

/// The application's key. Letting a key go is no key.
fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_it_types_and_letting_it_go_is_none() {
        let mut event = KeyEvent::new(KeyCode::Char('J'), KeyModifiers::SHIFT);
        assert_eq!(key_of(event).unwrap().to_string(), "J");
        event.kind = KeyEventKind::Repeat;
        assert!(key_of(event).is_some());
        event.kind = KeyEventKind::Release;
        assert_eq!(key_of(event), None);
        let ctrl = KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL);
        assert_eq!(key_of(ctrl).unwrap().to_string(), "Ctrl-d");
    }
}
