//! `man`: the manual, from the same table as help.

use std::io::Write;

use clap::Args;

use crate::cli::{Error, Outcome, command_line, output};

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck man | man -l -
  claimdeck man > ~/.local/share/man/man1/claimdeck.1")]
pub(in crate::cli) struct Man {}

impl Man {
    pub(in crate::cli) fn run(self) -> Result<Outcome, Error> {
        let mut out = output::stdout();
        clap_mangen::Man::new(command_line()).render(&mut out)?;
        for command in command_line().get_subcommands() {
            let page = clap_mangen::Man::new(command.clone());
            writeln!(out, ".SH \"CLAIMDECK {}\"", command.get_name().to_uppercase())?;
            page.render_synopsis_section(&mut out)?;
            page.render_description_section(&mut out)?;
            page.render_options_section(&mut out)?;
            page.render_extra_section(&mut out)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}
