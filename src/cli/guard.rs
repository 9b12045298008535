//! Extraction of one article that can't take the others down with it.
//!
//! Extraction is meant to be total. Should it break on one text all the same, that article is named and the rest goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::extract::{Explanation, Extraction, Options, explain, extract_with};
use crate::ingest::Reason;

/// What extraction finds in the text, or that it broke.
pub(super) fn guarded(text: &str, options: Options) -> Result<Extraction, Reason> {
    catch_unwind(AssertUnwindSafe(|| extract_with(text, options))).map_err(|_| Reason::Extraction)
}

/// The same, with why each attribution is as it is.
pub(super) fn explained(text: &str, options: Options) -> Result<(Extraction, Vec<Explanation>), Reason> {
    catch_unwind(AssertUnwindSafe(|| explain(text, options))).map_err(|_| Reason::Extraction)
}
