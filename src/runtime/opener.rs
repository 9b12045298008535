//! Opens a link with what the desktop opens links with, beside the review.

use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;

use super::events::Incoming;
use super::threads;
use crate::app::Msg;

/// The program that hands a link to the desktop.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Starts it and waits for its end on a thread of its own; says so where it fails.
pub(super) fn open(link: String, to: Sender<Incoming>) {
    let failed = |why: String| Incoming::Msg(Msg::Failed(format!("{OPENER} could not open the link: {why}")));
    let waiting = to.clone();
    let started = threads::start("opener", to.clone(), move || {
        let mut command = Command::new(OPENER);
        command.arg(&link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let why = match command.status() {
            Ok(status) if status.success() => return,
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let _ = waiting.send(failed(why));
    });
    if let Err(error) = started {
        let _ = to.send(failed(error.to_string()));
    }
}
