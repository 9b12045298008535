//! The review played by key names on a store in memory, and compared as text.

mod bulk;
mod comfort;
mod decks;
mod editing;
mod editor;
mod golden;
mod hostile;
mod interleaving;
mod play;
mod pty;
mod pty_screens;
mod readme;
mod related;
mod screens;
mod sources;
mod statistics;
mod store;
