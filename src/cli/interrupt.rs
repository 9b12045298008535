//! Ctrl-C while work is done: the first time it is finished in good order, the second time the program ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{SigId, flag, low_level};

use super::Error;

/// Whether somebody wants the work to end. Listens until it is dropped.
#[derive(Debug)]
pub(super) struct Interrupt {
    wanted: Arc<AtomicBool>,
    handlers: Vec<SigId>,
}

impl Interrupt {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self, Error> {
        let mut interrupt = Self { wanted: Arc::default(), handlers: Vec::new() };
        for signal in [SIGINT, SIGTERM] {
            // In this order: the signal that finds the flag set ends the program.
            let ends = flag::register_conditional_shutdown(signal, 130, Arc::clone(&interrupt.wanted));
            let sets = flag::register(signal, Arc::clone(&interrupt.wanted));
            for handler in [ends, sets] {
                let failed = |error| Error::input(format!("can't listen to signals: {error}"));
                interrupt.handlers.push(handler.map_err(failed)?);
            }
        }
        Ok(interrupt)
    }

    /// Whether the work is to end.
    pub(super) fn wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}

impl Drop for Interrupt {
    /// What follows, such as the review, listens itself; ending the program at once would leave its screen behind.
    fn drop(&mut self) {
        self.handlers.drain(..).for_each(|handler| {
            low_level::unregister(handler);
        });
    }
}
