//! `completions`: for the shell, from the same table as help.

use clap::Args;
use clap_complete::Shell;

use crate::cli::{Error, Outcome, command_line, output};
use std::io::Write;

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  claimdeck completions bash > ~/.local/share/bash-completion/completions/claimdeck")]
pub(in crate::cli) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(in crate::cli) fn run(self) -> Result<Outcome, Error> {
        let mut script = Vec::new();
        // Into memory first: the generator panics where it can't write.
        clap_complete::generate(self.shell, &mut command_line(), "claimdeck", &mut script);
        let mut out = output::stdout();
        out.write_all(&script)?;
        out.flush()?;
        Ok(Outcome::Done)
    }
}
