//! Ctrl-C while work is done: the first time it is finished in good order, the second time the program ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Error;

/// Whether somebody wants the work to end.
#[derive(Clone, Debug)]
pub(super) struct Interrupt {
    wanted: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self, Error> {
        let wanted = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the signal that finds the flag set ends the program.
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&wanted))
                .and_then(|_| flag::register(signal, Arc::clone(&wanted)))
                .map_err(|error| Error::input(format!("can't listen to signals: {error}")))?;
        }
        Ok(Self { wanted })
    }

    /// Whether the work is to end.
    pub(super) fn wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}
