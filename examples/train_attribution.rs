//! Learns the weights of the attribution model: `cargo run --release --example train_attribution -- DEV_FOLDER [OUT_FOLDER]`.
//!
//! Reads `polnear.jsonl` of the folder; writes numbers alone (`weights.bin` for the models, `sources.bin` for the choice of
//! sources), by default where the program takes them from.
//! MODEL-CARD.md tells what they are, and must be brought up to date with them.

#![allow(clippy::print_stderr, reason = "a program for developers tells how far it is")]

#[allow(dead_code, reason = "evaluate uses more of it")]
mod training;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use claimdeck::extract::attribution::model;
use training::{Lesson, gold, train};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name the folder that holds polnear.jsonl")?);
    let out = PathBuf::from(arguments.next().unwrap_or_else(|| "src/extract/attribution/model".to_owned()));
    let articles = gold::read(&folder.join("polnear.jsonl"))?;
    let lessons: Vec<Lesson> = articles.iter().map(Lesson::new).collect();
    let began = Instant::now();
    let weights = train(&lessons.iter().collect::<Vec<_>>(), &mut |step| eprintln!("{step}: {:.0?}", began.elapsed()));
    let choice = weights.choice.as_ref().ok_or("no choice of sources was learnt")?;
    write(&out.join("weights.bin"), &model::write_weights(&weights))?;
    write(&out.join("sources.bin"), &choice.write())
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    std::fs::write(file, bytes)?;
    eprintln!("{}: {} bytes", file.display(), bytes.len());
    Ok(())
}
