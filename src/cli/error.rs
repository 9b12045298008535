//! Every way in which a command can fail, and the exit status of each: on this page and nowhere else.

use std::fmt;
use std::io;
use std::path::Path;

use crate::domain::clean_line;
use crate::ingest::Fault;
use crate::runtime::RuntimeError;
use crate::store::StoreError;

/// Its number is the same on all systems.
const SIGINT: u8 = 2;

/// Why a command could not do what it was asked, in words for the one who asked.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    message: String,
    hint: Option<String>,
}

/// What kind of failure; says the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whoever read the output has enough.
    ClosedPipe,
    /// Some input could not be used, or some output not be written.
    Input,
    /// What was asked makes no sense.
    Usage,
    /// The store can't be opened or is damaged.
    Store,
    /// Nothing matched where something had to.
    NoMatch,
    /// A mistake in this program.
    Broken,
    /// Stopped by the signal with this number.
    Signalled(u8),
}

impl Error {
    /// What can't be done as it was asked.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Input that can't be used.
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self::new(Kind::Input, message)
    }

    /// Nothing is there that had to be.
    pub(super) fn no_match(message: impl Into<String>) -> Self {
        Self::new(Kind::NoMatch, message)
    }

    /// Stopped by Ctrl-C; what was done stays.
    pub(super) fn interrupted() -> Self {
        Self::new(Kind::Signalled(SIGINT), "interrupted")
    }

    /// Stopped by a signal while the screen was open; what was decided is saved.
    pub(super) fn signalled(signal: i32) -> Self {
        let signal = u8::try_from(signal).unwrap_or(SIGINT);
        Self::new(Kind::Signalled(signal), format!("ended by signal {signal}; everything is saved"))
    }

    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    /// With what to do about it, beginning with a verb.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Names the store in what went wrong with it, where it is not named yet.
    pub(super) fn in_store(mut self, path: &Path) -> Self {
        let path = path.display().to_string();
        if self.kind == Kind::Store && !self.message.contains(&path) {
            self.message = format!("{path}: {}", self.message);
        }
        self
    }

    /// What is wrong, without what to do about it.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The process's exit status.
    pub fn exit_status(&self) -> u8 {
        match self.kind {
            Kind::ClosedPipe => 0,
            Kind::Input => 1,
            Kind::Usage => 2,
            Kind::Store => 3,
            Kind::NoMatch => 4,
            // As Rust has it for panics.
            Kind::Broken => 101,
            // As shells have it.
            Kind::Signalled(signal) => 128u8.saturating_add(signal),
        }
    }

    /// Whether anybody is told.
    pub(super) fn is_quiet(&self) -> bool {
        self.kind == Kind::ClosedPipe
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", clean_line(&self.message))?;
        self.hint.iter().try_for_each(|hint| write!(f, "\nhint: {}", clean_line(hint)))
    }
}

impl std::error::Error for Error {}

/// Commands read through readers of their own; what is left are failures to write.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::ClosedPipe, ""),
            _ => Self::new(Kind::Input, format!("can't write the output: {error}")),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let said = error.to_string();
        match error {
            StoreError::Output(error) => error.into(),
            StoreError::Interrupted => Self::interrupted(),
            StoreError::Query(_) => Self::usage(said),
            StoreError::Ambiguous { .. } => Self::usage(said).hint("type more of it"),
            StoreError::Unknown { what: "claim", .. } => {
                Self::no_match(said).hint("find ids with claimdeck list, or their first letters in the review")
            }
            StoreError::Unknown { what: "source", .. } => {
                Self::no_match(said).hint("list names with claimdeck sources LETTERS")
            }
            StoreError::Unknown { .. } => Self::no_match(said),
            StoreError::NotJoined { .. } => {
                Self::no_match(said).hint("list joined names with claimdeck sources: they stand after \"=\"")
            }
            StoreError::Busy => Self::new(Kind::Store, said).hint("try again in a moment"),
            StoreError::Missing { ref path } => {
                let path = path.display();
                Self::new(Kind::Store, said).hint(format!("make one with claimdeck load PATH --store {path}"))
            }
            StoreError::Foreign { .. } => Self::new(Kind::Store, said).hint("name another file with --store FILE"),
            StoreError::Newer { .. } => Self::new(Kind::Store, said).hint("install the newer claimdeck"),
            _ => Self::new(Kind::Store, said),
        }
    }
}

impl From<RuntimeError> for Error {
    fn from(error: RuntimeError) -> Self {
        let said = error.to_string();
        match error {
            RuntimeError::NoTerminal(_) => {
                Self::usage(said).hint("use claimdeck list, show and tag in scripts, or review --plain")
            }
            RuntimeError::Keys(_) => Self::usage(said).hint("see the names of actions and keys under ? in the review"),
            RuntimeError::Store(error) => error.into(),
            RuntimeError::Terminal(_) => Self::input(said),
            RuntimeError::Panicked => Self::new(Kind::Broken, said),
            RuntimeError::WorkerDied { .. } => Self::new(Kind::Store, said),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::input(fault.to_string())
    }
}
