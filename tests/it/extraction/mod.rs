//! The whole pipeline on texts in the register of wire news, written for these tests.

#![allow(clippy::print_stdout, reason = "the figures are what some of these tests are for")]

mod articles;
mod properties;
mod remarks;
mod sources;

use claimdeck::extract::{Claim, Extraction, extract};

/// A text with what was found in it.
struct Read {
    text: &'static str,
    found: Extraction,
}

impl Read {
    fn of(text: &'static str) -> Self {
        Self { text, found: extract(text) }
    }

    /// The words of a claim; pieces are joined by " … ".
    fn words(&self, claim: &Claim) -> String {
        claim.spans.iter().map(|s| s.of(self.text)).collect::<Vec<_>>().join(" … ")
    }

    /// The words of all claims.
    fn claims(&self) -> Vec<String> {
        self.found.claims.iter().map(|c| self.words(c)).collect()
    }

    /// The claim that begins with these words.
    fn claim(&self, start: &str) -> &Claim {
        let found = self.found.claims.iter().find(|c| self.words(c).starts_with(start));
        found.unwrap_or_else(|| panic!("no claim \"{start}…\" among {:#?}", self.claims()))
    }

    /// Who says the claim that begins with these words, by the resolved name.
    fn name(&self, start: &str) -> Option<&str> {
        let attribution = self.claim(start).attribution?;
        self.found.attributions[attribution].source.as_ref()?.name.as_deref()
    }
}

/// Counts for precision and recall.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
    errors: Vec<String>,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    /// Prints the figures and holds them.
    fn hold(&self, what: &str, precision: f64, recall: f64) {
        let counts = format!("{} right, {} wrong, {} missed", self.right, self.wrong, self.missed);
        println!("{what}: precision {:.3}, recall {:.3} ({counts})", self.precision(), self.recall());
        println!("{}", self.errors.join("\n"));
        assert!(
            self.precision() >= precision && self.recall() >= recall,
            "{what}: {counts}\n{}",
            self.errors.join("\n")
        );
    }
}
