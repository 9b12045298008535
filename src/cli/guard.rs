//! Extraction of one article that can't take the others down with it.
//!
//! Extraction is meant to be total. Should it break on one text all the same, that article is named and the rest goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::extract::{Attribution, Explanation, Options, Pieces, explain, explain_around, pieces};
use crate::ingest::Reason;

/// What extraction finds in the text, or that it broke.
pub(super) fn guarded(text: &str, options: Options) -> Result<Pieces, Reason> {
    catch_unwind(AssertUnwindSafe(|| pieces(text, options))).map_err(|_| Reason::Extraction)
}

/// The same, with why each attribution is as it is.
pub(super) fn explained(text: &str, options: Options) -> Result<(Pieces, Vec<Explanation>), Reason> {
    catch_unwind(AssertUnwindSafe(|| explain(text, options))).map_err(|_| Reason::Extraction)
}

/// Attributions around this byte of the text, and why each is as it is.
pub(super) fn explained_around(
    text: &str,
    byte: usize,
    options: Options,
) -> Result<(Vec<Attribution>, Vec<Explanation>), Reason> {
    catch_unwind(AssertUnwindSafe(|| explain_around(text, byte, options))).map_err(|_| Reason::Extraction)
}
