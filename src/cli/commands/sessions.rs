//! `sessions`: who went over what, and where they stopped.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{Session, clean_line};
use crate::export::write_line;

/// List the sessions, those worked in last first
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck sessions
  claimdeck sessions --json")]
pub(in crate::cli) struct Sessions {
    /// As JSON, one object a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'s> {
    kind: &'static str,
    #[serde(flatten)]
    session: &'s Session,
}

impl Sessions {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let sessions = store.sessions(None)?;
        let (mut out, columns) = (output::stdout(), output::columns());
        for session in &sessions {
            match self.json {
                true => write_line(&mut out, &Line { kind: "session", session })?,
                false => writeln!(out, "{}", output::cut(line(session), columns))?,
            }
        }
        out.flush()?;
        if sessions.is_empty() {
            context.note_nothing(&store, "no sessions yet: begin one with claimdeck review")?;
        }
        Ok(Outcome::Done)
    }
}

fn line(session: &Session) -> String {
    let Session { id, analyst, deck, seen_at, decisions, .. } = session;
    let query = if deck.query.is_empty() { "all claims" } else { &deck.query };
    let counts = format!("{decisions:>5} decisions");
    format!("{id}  {seen_at}  {counts}  {}: {} by {}", clean_line(analyst), clean_line(query), deck.order)
}
