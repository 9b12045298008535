//! What can go wrong with a store, made for the caller: each kind has its own exit status and hint further up.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::domain::QueryError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file can't be opened or made.
    #[error("can't open the store {}: {reason}", path.display())]
    Open {
        /// The store.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// No file is there.
    #[error("no store at {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is something else than a store of claims.
    #[error("{} is not a claimdeck store: {what}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead, as far as it can be told.
        what: String,
    },
    /// A newer claimdeck wrote it.
    #[error("{} has store version {found}, this claimdeck knows versions up to {known}", path.display())]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// The store can be read but its content contradicts itself.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Another process kept writing for longer than the busy timeout.
    #[error("another claimdeck is writing to the store and did not finish in time")]
    Busy,
    /// No room is left.
    #[error("the disk with the store is full")]
    Full,
    /// The store, its folder or this connection may only be read.
    #[error("the store can only be read, not written")]
    ReadOnly,
    /// The read was cancelled.
    #[error("interrupted")]
    Interrupted,
    /// The query of a deck.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// An article whose id or claims' ids are not made from what they stand for. Nothing of it was taken in, and what
    /// was added before it is not touched.
    #[error("{what} is not the id of what it stands for")]
    WrongId {
        /// The id.
        what: String,
    },
    /// No such thing.
    #[error("no {what} \"{id}\"")]
    Unknown {
        /// "claim", "article", "session".
        what: &'static str,
        /// As it was asked for.
        id: String,
    },
    /// A name that was to be taken apart from others is joined into none.
    #[error("\"{name}\" is not joined into another source")]
    NotJoined {
        /// The name.
        name: String,
    },
    /// A claim that was to be added is there already.
    #[error("these words are a claim already: {id}")]
    Known {
        /// Its id.
        id: String,
    },
    /// A shortened id that several fit.
    #[error("\"{id}\" fits several {what}s: {}", candidates.join(", "))]
    Ambiguous {
        /// "claim", "article".
        what: &'static str,
        /// As it was asked for.
        id: String,
        /// Some that fit, in full.
        candidates: Vec<String>,
    },
    /// Reading or writing the file failed.
    #[error("reading or writing the store failed: {0}")]
    Io(String),
    /// SQLite refused a statement: a mistake in this program.
    #[error("the store refused a statement: {0}")]
    Sql(#[source] rusqlite::Error),
    /// What a reader of a stream gave back.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// What the methods of the store give back.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let said = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(said),
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Io(said),
            _ => match error {
                // A row of another shape than the schema allows.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => Self::Damaged(said),
                other => Self::Sql(other),
            },
        }
    }
}

/// A piece of content that doesn't read as what it should be.
pub(super) fn damaged(what: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(what.to_string())
}
