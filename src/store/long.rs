//! The text of the long article that was read last. Claims are cut out of their article whenever they are shown, and a page of
//! those of a long one, or a single one that is decided on, is not to read megabytes each time.

use std::cell::RefCell;
use std::sync::Arc;

use super::detail::Slices;
use crate::domain::ArticleId;

/// Bytes from which on a text is kept.
const LONG: usize = 64 * 1024;

/// A text under its article, which never changes: an article is named by its text.
#[derive(Default)]
pub(super) struct LongText(RefCell<Option<(i64, ArticleId, Arc<Slices<'static>>)>>);

impl LongText {
    /// The text of the article with this row, and which article that was.
    pub(super) fn of(&self, row: i64) -> Option<(ArticleId, Arc<Slices<'static>>)> {
        let held = self.0.borrow();
        held.as_ref().filter(|(of, ..)| *of == row).map(|(_, id, text)| (*id, text.clone()))
    }

    /// Keeps the text, if it is long, in the place of the one before.
    pub(super) fn keep(&self, row: i64, id: ArticleId, text: &Arc<Slices<'static>>) {
        if text.points().text().len() >= LONG {
            *self.0.borrow_mut() = Some((row, id, text.clone()));
        }
    }
}
