//! How the panes of the review lie, as the analyst wants them.

/// The panes of the review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Whether the deck has a pane of its own.
    pub panes: Panes,
    /// Columns of that pane; none takes a share of the screen.
    pub list_width: Option<u16>,
}

/// Whether the deck lies beside the article or is folded into a line above it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panes {
    /// Beside it where there is room.
    #[default]
    Auto,
    /// Beside it on all but the narrowest screens.
    Side,
    /// Above it.
    Stacked,
}
