//! Fits the weights of check-worthiness: `cargo run --release --example fit_worth -- claimbuster.jsonl [--write]`.
//!
//! Logistic regression with an L2 penalty by Newton's method: deterministic, and exact for so few weights. Prints the
//! average precision of five-fold cross-validation, then the weights of a fit on everything; `--write` puts these into
//! `src/extract/worth/weights.tsv`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for developers")]

use std::error::Error;
use std::fs;

use claimdeck::extract::worth::{Context, FEATURES, measure};

const FOLDS: usize = 5;
/// Chosen by cross-validation among 0.3, 1, 3, 10, 30.
const PENALTY: f64 = 3.0;
const ROUNDS: usize = 12;
const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/extract/worth/weights.tsv");

/// What stands above the weights.
const CARD: &str = "\
# Weights of check-worthiness: a logistic sum over the features of `features.rs`, one weight a line.
# Data: 6,292 sentences of ClaimBuster (Arslan, Hassan, Li, Tremayne: A Benchmark Dataset of Check-worthy Factual Claims,
#   ICWSM 2020), US presidential debates; its repository is under GPL-3.0. No text and no list of
#   words of it stands here.
# Method: logistic regression, L2 penalty 3, Newton, deterministic: `cargo run --release --example fit_worth`.
# Figures: average precision .792 in five-fold cross-validation by stretches of debate (folds .753 to .823), F1 .686 at 0.5.
# Limits: speech of politicians, in English; features that speak only of a debate's manners (quotation marks, hedges) were
#   left out on purpose. Fitted November 2026.
";

struct Example {
    fold: usize,
    /// The bias first.
    values: Vec<f64>,
    worth: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: fit_worth FILE.jsonl [--write]")?;
    let examples = read(&path)?;
    let mut scored = Vec::new();
    for fold in 0..FOLDS {
        let weights = fit(examples.iter().filter(|e| e.fold != fold));
        let of_fold: Vec<_> =
            examples.iter().filter(|e| e.fold == fold).map(|e| (dot(&weights, &e.values), e.worth)).collect();
        println!("fold {fold}: average precision {:.4}", average_precision(&of_fold));
        scored.extend(of_fold);
    }
    println!("all folds: average precision {:.4}, F1 at 0.5 {:.4}", average_precision(&scored), f1(&scored));
    let weights = fit(examples.iter());
    let names = std::iter::once("bias").chain(FEATURES.iter().map(|feature| feature.name));
    let table: String = names.zip(&weights).map(|(name, weight)| format!("{name}\t{weight:.3}\n")).collect();
    print!("{table}");
    if arguments.next().as_deref() == Some("--write") {
        fs::write(WEIGHTS, format!("{CARD}{table}"))?;
    }
    Ok(())
}

/// Lines of `{"id", "text", "sentences", "sentence_labels"}`; spans are code points.
fn read(path: &str) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut examples = Vec::new();
    for line in fs::read_to_string(path)?.lines() {
        let document: serde_json::Value = serde_json::from_str(line)?;
        let text: Vec<char> = document["text"].as_str().unwrap_or_default().chars().collect();
        let id = document["id"].as_str().unwrap_or_default();
        // Neighbours of one debate stay together: ids count up.
        let number: usize = id.rsplit('/').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let spans = document["sentences"].as_array().into_iter().flatten();
        let labels = document["sentence_labels"].as_array().into_iter().flatten();
        for (span, label) in spans.zip(labels) {
            let at = |place: usize| span[place].as_u64().unwrap_or(0) as usize;
            let sentence: String = text.iter().take(at(1)).skip(at(0)).collect();
            let measured = measure(&sentence, Context { sentence: &sentence });
            let values = std::iter::once(1.0).chain(measured.into_iter().map(f64::from)).collect();
            examples.push(Example { fold: number / 500 % FOLDS, values, worth: label.as_u64() == Some(1) });
        }
    }
    Ok(examples)
}

fn fit<'e>(examples: impl Iterator<Item = &'e Example> + Clone) -> Vec<f64> {
    let size = FEATURES.len() + 1;
    let mut weights = vec![0.0; size];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; size];
        let mut bend = vec![vec![0.0; size]; size];
        for example in examples.clone() {
            let guess = 1.0 / (1.0 + (-dot(&weights, &example.values)).exp());
            let miss = f64::from(u8::from(example.worth)) - guess;
            let spread = guess * (1.0 - guess);
            for (i, value) in example.values.iter().enumerate().filter(|(_, value)| **value != 0.0) {
                slope[i] += miss * value;
                for (j, other) in example.values.iter().enumerate() {
                    bend[i][j] += spread * value * other;
                }
            }
        }
        for i in 1..size {
            slope[i] -= PENALTY * weights[i];
            bend[i][i] += PENALTY;
        }
        for (weight, step) in weights.iter_mut().zip(solve(bend, slope)) {
            *weight += step;
        }
    }
    weights
}

/// Gauss' elimination; the matrix is positive definite thanks to the penalty.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let row = matrix[pivot].clone();
        let value = right[pivot];
        for below in pivot + 1..size {
            let factor = matrix[below][pivot] / row[pivot];
            for (cell, above) in matrix[below].iter_mut().zip(&row).skip(pivot) {
                *cell -= factor * above;
            }
            right[below] -= factor * value;
        }
    }
    for pivot in (0..size).rev() {
        let known: f64 = (pivot + 1..size).map(|column| matrix[pivot][column] * right[column]).sum();
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    right
}

fn dot(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}

/// Mean of the precision at each right answer, best score first.
fn average_precision(scored: &[(f64, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut hits = 0.0;
    let mut sum = 0.0;
    for (rank, (_, worth)) in sorted.iter().enumerate() {
        if *worth {
            hits += 1.0;
            sum += hits / (rank + 1) as f64;
        }
    }
    sum / f64::max(hits, 1.0)
}

fn f1(scored: &[(f64, bool)]) -> f64 {
    let both = scored.iter().filter(|(score, worth)| *score > 0.0 && *worth).count() as f64;
    let said = scored.iter().filter(|(score, _)| *score > 0.0).count() as f64;
    let gold = scored.iter().filter(|(_, worth)| *worth).count() as f64;
    2.0 * both / f64::max(said + gold, 1.0)
}
