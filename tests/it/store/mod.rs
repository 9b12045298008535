//! The store from outside: what is loaded, decided and asked for, on real SQLite files.

mod added;
mod blind;
mod decide;
mod furniture;
mod joined;
mod ledger;
mod load;
mod naive;
mod open;
mod related;
mod sample;
mod search;
