//! `extract`: no store; lines of articles in, lines of what is found in each out. Made for pipes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::cli::guard::{explained, guarded};
use crate::cli::in_order::{Feed, Next, in_order};
use crate::cli::{Context, Error, Outcome, output};
use crate::export::{self, Extracted};
use crate::extract::{Explanation, Options, Pieces};
use crate::ingest::{Fault, Lines, Reason, Row};

/// Read articles as JSON lines and print what is found in each, in order; needs no store
///
/// Each line is an object with "text" and, if you like, "id". Each gives one line: sentences, attributions, claims,
/// what is no part of the article, what is no claim and why. Offsets are Unicode code points. A line that is no
/// article gives {"id":…,"error":"…"}, and the exit status is 1 at the end.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck extract articles.jsonl > found.jsonl
  zcat articles.jsonl.gz | claimdeck extract - | grep Telegram")]
pub(in crate::cli) struct Extract {
    /// The file; standard input without one or with -
    file: Option<PathBuf>,
    /// Find attributions by rules alone, without the learnt model
    #[arg(long)]
    rules_only: bool,
    /// Say of each attribution why it is as it is, under "why"; takes twice as long
    #[arg(long)]
    explain: bool,
}

/// What is asked of each line.
#[derive(Clone, Copy)]
struct Asked {
    options: Options,
    explain: bool,
}

/// What a line of input became.
struct Answer {
    said: Said,
    failed: Option<Failure>,
}

/// What is answered.
enum Said {
    Line(Vec<u8>),
    /// What was found in a very long text. Its line is written as it is put together, since there is no room for it.
    Long(Box<Found>),
}

struct Found {
    id: Value,
    text: String,
    pieces: Pieces,
    why: Option<Vec<Explanation>>,
}

struct Failure {
    number: u64,
    reason: Reason,
}

/// A line of input; the last may say that nothing more can be read.
type Line = (u64, Result<Vec<u8>, Reason>);

impl Extract {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let (name, input) = self.open()?;
        let asked = Asked { options: Options { learnt: !self.rules_only }, explain: self.explain };
        let answers = in_order(move |feed| read(input, &feed), move |line| answer(line, asked));
        let mut out = output::stdout();
        let mut outcome = Outcome::Done;
        loop {
            match answers.next() {
                Next::Some(answers) => {
                    for Answer { said, failed } in answers {
                        match said {
                            Said::Line(line) => out.write_all(&line)?,
                            Said::Long(found) => export::write_long_line(&mut out, &found.words())?,
                        }
                        out.flush()?;
                        if let Some(Failure { number, reason }) = failed {
                            outcome = Outcome::SomeFailed;
                            context.warn(&Fault { file: name.clone(), line: Some(number), reason });
                        }
                    }
                }
                Next::Wait => {}
                Next::End => return Ok(outcome),
                Next::Broken => return Err(Error::input("internal error: a thread ended early")),
            }
        }
    }

    fn open(&self) -> Result<(String, Box<dyn BufRead + Send>), Error> {
        match self.file.as_deref().filter(|path| path.as_os_str() != "-") {
            None => Ok(("standard input".to_owned(), Box::new(BufReader::new(io::stdin())))),
            Some(path) => {
                let name = path.display().to_string();
                let file = File::open(path).and_then(|f| match f.metadata()?.is_dir() {
                    true => Err(io::ErrorKind::IsADirectory.into()),
                    false => Ok(f),
                });
                match file {
                    Ok(file) => Ok((name, Box::new(BufReader::with_capacity(256 << 10, file)))),
                    Err(error) => Err(Fault { file: name, line: None, reason: error.into() }.into()),
                }
            }
        }
    }
}

fn read(input: Box<dyn BufRead + Send>, feed: &Feed<Line>) {
    let mut last = 0;
    for line in Lines::new(input) {
        let (line, ends) = match line {
            Ok(line) => (line, false),
            Err(error) => ((last + 1, Err(error.into())), true),
        };
        last = line.0;
        let weight = line.1.as_ref().map_or(0, Vec::len);
        if !feed.give(line, weight) || ends {
            return;
        }
    }
}

/// A line that is no article, as it is answered.
#[derive(Serialize)]
struct Unusable {
    id: Value,
    error: String,
}

fn answer((number, line): Line, asked: Asked) -> Answer {
    let row = line.map_err(|reason| (Value::Null, reason));
    let row = row.and_then(|line| Row::parse(line).map_err(|bad| (bad.id.unwrap_or_default(), bad.reason)));
    let found = row.and_then(|row| {
        let id = row.id.unwrap_or_default();
        let found = match asked.explain {
            true => explained(&row.text, asked.options).map(|(pieces, why)| (pieces, Some(why))),
            false => guarded(&row.text, asked.options).map(|pieces| (pieces, None)),
        };
        match found {
            Ok((pieces, why)) => Ok(Found { id, text: row.text, pieces, why }),
            Err(reason) => Err((id, reason)),
        }
    });
    let (written, failed) = match found {
        Ok(found) if found.pieces.are_several() => {
            return Answer { said: Said::Long(Box::new(found)), failed: None };
        }
        Ok(found) => (export::line(&found.words()), None),
        Err((id, reason)) => {
            let said = Unusable { id, error: reason.to_string() };
            (export::line(&said), Some(Failure { number, reason }))
        }
    };
    // Memory takes every byte; what JSON has no word for would be a mistake of this program.
    match written {
        Ok(line) => Answer { said: Said::Line(line), failed },
        Err(error) => Answer { said: Said::Line(Vec::new()), failed: Some(Failure { number, reason: error.into() }) },
    }
}

impl Found {
    /// As it is written.
    fn words(&self) -> Extracted<'_> {
        let found = Extracted::new(self.id.clone(), &self.text, &self.pieces);
        self.why.iter().fold(found, |found, why| found.with_reasons(why))
    }
}
