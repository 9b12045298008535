//! Threads of the review: none of them breaks down unheard.
//!
//! A panic on any thread leaves the terminal, so that its message can be read. The event loop must not go on drawing on
//! a terminal that it no longer has, or wait for a thread that is no more.

use std::io;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use super::events::Incoming;

/// Starts a thread. Should it panic, the event loop is told.
pub(super) fn start(
    name: &str,
    to: Sender<Incoming>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        let _told = Told(to);
        work();
    })
}

struct Told(Sender<Incoming>);

impl Drop for Told {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Incoming::Panicked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn a_thread_that_breaks_down_is_heard_of_and_one_that_ends_is_not() {
        let (to, from) = channel();
        start("whole", to.clone(), || ()).unwrap();
        start("broken", to, || panic!("as the test wants it")).unwrap();
        let heard: Vec<_> = from.iter().collect();
        assert!(matches!(heard[..], [Incoming::Panicked]), "{heard:?}");
    }
}
