//! The command line: arguments, sub-commands, config, exit status.
//!
//! A sub-command is a file under `commands` and a row in `commands::Command`. Standard output carries results
//! alone; everything else goes to standard error, through `Context`, which makes text from outside harmless.

mod behind;
mod commands;
mod config;
mod context;
mod error;
mod guard;
mod handover;
mod in_order;
mod interrupt;
mod output;
mod progress;

use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use commands::Command;
use context::{Context, Global};
pub use error::Error;

/// Split news articles into single claims and verify them, one key at a time.
///
/// Without a command it opens the review where you stopped.
#[derive(Debug, Parser)]
#[command(name = "claimdeck", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
#[command(subcommand_value_name = "COMMAND", args_conflicts_with_subcommands = false)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  claimdeck load articles/          load a folder of articles
  claimdeck                         review their claims
  claimdeck list 'status:verified'  what was found to be true
  claimdeck export --format csv -o claims.csv

Exit status:
  0 done   1 some input could not be used   2 usage   3 the store can't be opened
  4 nothing matched   130 interrupted";

/// What a command leaves to say when it ends well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Some input could not be used; each was named.
    SomeFailed,
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let color = cli.global.color;
    let command = cli.command.unwrap_or_default();
    let context = match command {
        Command::Config(_) => Ok(Context::without_config(cli.global)),
        _ => Context::new(cli.global),
    };
    let outcome = context.and_then(|context| command.run(&context).map_err(|error| context.in_store(error)));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(error) => {
            output::report(&error, color);
            ExitCode::from(error.exit_status())
        }
    }
}

/// Help and version go to standard output, mistakes to standard error with what was typed made harmless.
fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        // A closed pipe is no reason to complain about help that nobody reads.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => drop(error.print()),
        _ => output::say(&format!("{}{}", error.render(), path_hint(error))),
    }
    ExitCode::from(error.exit_code() as u8)
}

/// What to type where a path stands in place of a command.
fn path_hint(error: &clap::Error) -> String {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(path)) if Path::new(path).exists() => {
            format!("\nhint: load what is in {path} and review it with claimdeck review {path}\n")
        }
        _ => String::new(),
    }
}

/// The whole command line as a value: for completions, the manual and their tests.
fn command_line() -> clap::Command {
    Cli::command()
}

/// Whether these arguments, the program's name first, are understood; what is wrong with them otherwise. Runs nothing.
pub fn understands<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
    Cli::try_parse_from(arguments).map(drop).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command_line().debug_assert();
    }

    #[test]
    fn every_command_has_examples_in_its_help() {
        for command in command_line().get_subcommands() {
            let help = command.get_after_help().map(|h| h.to_string()).unwrap_or_default();
            assert!(help.contains("Example"), "{}", command.get_name());
            assert!(help.contains("claimdeck "), "{}", command.get_name());
        }
    }

    #[test]
    fn every_example_in_help_is_understood() {
        let whole = command_line();
        let helps: Vec<String> = std::iter::once(&whole)
            .chain(whole.get_subcommands())
            .filter_map(|c| c.get_after_help().map(|h| h.to_string()))
            .collect();
        for line in helps.iter().flat_map(|h| h.lines()) {
            assert_understood(line);
        }
    }

    #[test]
    fn every_command_of_the_readme_is_understood() {
        let readme = include_str!("../../README.md");
        let commands: Vec<_> = readme.lines().filter(|line| line.starts_with("    ")).collect();
        assert!(commands.iter().any(|c| c.contains("cargo run --locked --release -- review seeds")));
        for line in commands {
            assert_understood(&line.replace("cargo run --locked --release --", "claimdeck"));
        }
    }

    #[test]
    fn the_tables_of_formats_in_the_readme_are_those_of_the_program() {
        let readme = include_str!("../../README.md").replace('`', "");
        let read = crate::ingest::FORMATS.iter().map(|f| format!("| .{} | {} |", f.extension, f.help));
        let written = crate::export::FORMATS.iter().map(|f| format!("| {} | {}", f.name, f.help));
        for row in read.chain(written) {
            assert!(readme.contains(&row), "{row}");
        }
    }

    /// Each command of a shell's line that is one of ours; a comment may follow after two spaces.
    fn assert_understood(line: &str) {
        for command in line.split('|').map(str::trim).filter(|c| c.starts_with("claimdeck")) {
            let command = command.split("  ").next().unwrap_or_default();
            let words = words(command);
            let words = words.iter().map(String::as_str).take_while(|word| !word.starts_with('>'));
            assert_eq!(understands(words), Ok(()), "{line}");
        }
    }

    /// The words of a command as a shell takes them apart.
    fn words(command: &str) -> Vec<String> {
        let (mut words, mut quote) = (vec![String::new()], None);
        for c in command.chars() {
            match (c, quote) {
                (_, Some(open)) if c == open => quote = None,
                ('\'' | '"', None) => quote = Some(c),
                (' ', None) => words.push(String::new()),
                _ => words.last_mut().unwrap().push(c),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}
