//! Signals as messages: what ends the review, what stops it for a while, and a new size.

use std::io;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};

use super::events::Incoming;
use super::threads;

/// Listens until it is dropped.
pub(super) struct Listening(Handle);

/// Sends each signal to the event loop.
pub(super) fn listen(to: Sender<Incoming>) -> io::Result<Listening> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let handle = signals.handle();
    threads::start("signals", to.clone(), move || {
        for signal in signals.forever() {
            let incoming = match signal {
                SIGTSTP => Incoming::Suspend,
                SIGCONT => Incoming::Continued,
                SIGWINCH => Incoming::Resized,
                ending => Incoming::End(ending),
            };
            if to.send(incoming).is_err() {
                return;
            }
        }
    })?;
    Ok(Listening(handle))
}

/// Stops this process until the shell continues it. SIGSTOP, since a SIGTSTP that a process raises itself is thrown away
/// where its group has no shell.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(SIGSTOP)
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.close();
    }
}
