//! `config`: writes the config file to begin with, and checks the one that is there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::config::{Config as Settings, commented, usual_place};
use crate::cli::{Context, Error, Outcome};

/// Write a commented config file, or check the one that is there
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck config init
  claimdeck config check
  claimdeck --config other.toml config check")]
pub(in crate::cli) struct Config {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum What {
    /// Write a config file with every setting and key in it, commented out; never over one that is there
    Init,
    /// Name every mistake in the config file with its place
    Check,
}

impl Config {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let named = context.config_path();
        let path = named.map(Path::to_owned).or_else(usual_place).ok_or_else(|| {
            Error::usage("no home folder to keep the config file in").hint("name one with --config FILE")
        })?;
        match self.what {
            What::Init => init(context, &path),
            What::Check => check(context, &path, named.is_some()),
        }
    }
}

fn init(context: &Context, path: &Path) -> Result<Outcome, Error> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::usage(format!("{} is there already", path.display()))
            .hint("check it with claimdeck config check, or move it away first"),
        _ => Error::input(format!("can't write {}: {error}", path.display())),
    };
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::create_new(path).map_err(failed)?;
    file.write_all(commented().as_bytes()).map_err(failed)?;
    context.note(&format!("wrote {}", path.display()));
    Ok(Outcome::Done)
}

fn check(context: &Context, path: &Path, named: bool) -> Result<Outcome, Error> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !named => {
            context.note(&format!("no config file at {}: what is built in holds", path.display()));
            return Ok(Outcome::Done);
        }
        Err(error) => return Err(Error::usage(format!("can't read the config file {}: {error}", path.display()))),
    };
    let (_, mistakes) = Settings::parse(&text);
    let Some((last, before)) = mistakes.split_last() else {
        context.note(&format!("{} is fine", path.display()));
        return Ok(Outcome::Done);
    };
    for mistake in before {
        context.warn(&format!("{}:{mistake}", path.display()));
    }
    Err(Error::usage(format!("{}:{last}", path.display())))
}
