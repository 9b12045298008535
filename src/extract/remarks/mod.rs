//! The article's own word on whether claims have been verified, and which claims it is about.
//!
//! `read` finds a remark in a clause ("could not be verified", "denied the report"); `tie` finds its claims.

mod about;
mod read;
mod tie;
mod words;

pub(super) use read::{About, Reading, read};
pub(super) use tie::tie;
