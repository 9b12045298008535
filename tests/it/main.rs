//! Behaviour seen from outside the modules. Unit tests stand beside the code that they are about.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod cli;
mod extraction;
mod layers;
mod review;
mod store;
