//! claimdeck splits news articles into single claims, keeps each with its source and its standing, and lets
//! analysts step through them in the terminal.
//!
//! Layers, each using only what is below it: `cli`, `runtime`, `ui`, `app`, then `store`, `ingest` and `export` side by
//! side, `domain`, `extract`. `tests/it/layers.rs` holds them to it.

pub mod app;
pub mod cli;
pub mod domain;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod runtime;
pub mod store;
pub mod ui;
