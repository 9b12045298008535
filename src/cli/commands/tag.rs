//! `tag`: decides from a script.

use std::io::{self, Read};

use clap::Args;

use crate::cli::{Context, Error, Outcome};
use crate::domain::{Act, Claim, Evidence, EvidenceKind, Stance, Status};
use crate::runtime::attest;

/// Decide on claims from a script
///
/// All claims are decided on in one act, which one "undo" takes back; where one of them is unknown, none is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck tag c3f9 verified --evidence https://pictures.example/dam
  claimdeck tag c3f9 c81d disputed --note 'two figures' --tag flood
  claimdeck list 'hedge:reportedly' --json | jq -r .id | claimdeck tag - unverified

Statuses: unreviewed verified unverified refuted disputed not-a-claim")]
pub(in crate::cli) struct Tag {
    /// Ids, shortened as far as one claim fits, or - to read them from standard input; then the status
    #[arg(required = true, num_args = 1.., value_names = ["CLAIM", "STATUS"])]
    words: Vec<String>,
    /// A note, in place of the one that is there
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// A link or file that speaks for the claim; against it where the status is refuted
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,
    /// A tag to put on
    #[arg(long, value_name = "WORD")]
    tag: Vec<String>,
}

impl Tag {
    pub(in crate::cli) fn run(mut self, context: &Context) -> Result<Outcome, Error> {
        let status = self.words.pop().unwrap_or_default();
        let status: Status = status.parse().map_err(|e: crate::domain::UnknownStatus| Error::usage(e.to_string()))?;
        if self.words.is_empty() {
            return Err(
                Error::usage("no claims to decide on").hint("name some before the status, or - for standard input")
            );
        }
        let acts = self.acts(status)?;
        let by = context.by()?;
        let ids = self.ids()?;
        let mut store = context.store_to_change()?;
        let claims = context.find_claims(&store, &ids)?;
        let batch: Vec<_> = claims.iter().flat_map(|id| acts.iter().map(|act| (*id, act.clone()))).collect();
        let saved = store.decide(&by, &batch)?;
        for Claim { id, state, .. } in saved {
            context.note(&format!("saved {} {}", store.short_id(id)?, state.status));
        }
        Ok(Outcome::Done)
    }

    fn acts(&self, status: Status) -> Result<Vec<Act>, Error> {
        let mut acts = vec![Act::Status { status }];
        acts.extend(self.note.clone().map(|note| Act::Note { note }));
        for url in &self.evidence {
            let url = one_line("evidence", url)?;
            let stance = match status {
                Status::Refuted => Stance::Refutes,
                Status::Verified => Stance::Supports,
                _ => Stance::Context,
            };
            let seen = Some(jiff::Zoned::now().date().to_string());
            let kind = if url.contains("://") { EvidenceKind::Link } else { EvidenceKind::File };
            let piece = attest(&Evidence { url, kind, stance, seen, ..Evidence::default() }).map_err(Error::input)?;
            acts.push(Act::Evidence(piece));
        }
        for tag in &self.tag {
            acts.push(Act::Tag { tag: one_line("a tag", tag)? });
        }
        Ok(acts)
    }

    /// The ids as typed; those of standard input in the place of `-`.
    fn ids(self) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        for word in self.words {
            if word == "-" {
                let mut typed = String::new();
                let read = io::stdin().read_to_string(&mut typed);
                read.map_err(|e| Error::input(format!("standard input: {e}")))?;
                ids.extend(typed.split_whitespace().map(str::to_owned));
            } else {
                ids.push(word);
            }
        }
        match ids.is_empty() {
            true => Err(Error::no_match("no claim ids on standard input")),
            false => Ok(ids),
        }
    }
}

fn one_line(what: &str, words: &str) -> Result<String, Error> {
    let words = words.trim();
    match words.is_empty() || words.chars().any(char::is_control) {
        true => Err(Error::usage(format!("{what} is some words on one line"))),
        false => Ok(words.to_owned()),
    }
}
