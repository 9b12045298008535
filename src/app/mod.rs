//! The review's state and what changes it: `App`, `update`, and the table of actions.
//!
//! Knows no store, terminal, file, thread or clock: messages come in, effects go out as data.

pub mod actions;
mod answers;
mod completion;
mod field;
mod key;
mod keyboard;
mod keymap;
mod layout;
mod listing;
mod msg;
mod neighbours;
mod overlay;
mod pointer;
mod reading;
mod related;
mod sources;
mod state;
mod statistics;
mod update;
mod welcome;
mod window;
mod work;

pub use completion::Completion;
pub use field::Field;
pub use key::{Code, Key, UnknownKey};
pub use keyboard::{KEYBOARDS, Keyboard, USUAL};
pub use keymap::{Keymap, KeymapError};
pub use layout::{Layout, Panes};
pub use listing::Listing;
pub use msg::{Answer, Configured, Effect, Msg, Pass, Saved, Tally, Ticket};
pub use overlay::{
    All, Cut, Decks, Graded, HelpRow, Join, Names, Offer, Overlay, Part, Problem, RelatedList, Sign, Span, Whole,
    help_rows, letters_in, palette_rows,
};
pub use pointer::{Did, Pointer, Under};
pub use reading::Reading;
pub use sources::Sources;
pub use state::{App, Asked, Open, Said, Screen, Start, Wait};
pub use statistics::Statistics;
pub use update::{start, update};
pub use welcome::{CARD_KEYS, Welcome};
pub use window::{Stand, Window};
pub use work::Handover;
