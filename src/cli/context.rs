//! What all commands share: where the store is, who decides, how much is said.

use std::env;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use etcetera::BaseStrategy;

use super::config::Config;
use super::{Error, output};
use crate::domain::{ClaimId, clean_line};
use crate::store::{By, Store, StoreError};

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// The store [default: claims.db in the data folder, ~/.local/share/claimdeck]
    #[arg(long, global = true, value_name = "FILE", env = "CLAIMDECK_STORE", hide_env_values = true)]
    store: Option<PathBuf>,
    /// Who decides [default: the config file's analyst, else your login name, else "analyst"]
    #[arg(long, global = true, value_name = "NAME", env = "CLAIMDECK_ANALYST", hide_env_values = true)]
    analyst: Option<String>,
    /// The config file [default: ~/.config/claimdeck/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// When to use colour: auto, always or never; NO_COLOR is heeded
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true)]
    pub(super) color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Who decides where nobody says so, as in a container without a login.
const NOBODY: &str = "analyst";

/// What all commands share.
#[derive(Debug)]
pub(super) struct Context {
    global: Global,
    config: Config,
}

impl Context {
    /// Reads the config file.
    pub(super) fn new(global: Global) -> Result<Self, Error> {
        let config = Config::read(global.config.as_deref())?;
        Ok(Self { global, config })
    }

    /// Reads no config file, for the command that writes and checks it.
    pub(super) fn without_config(global: Global) -> Self {
        Self { global, config: Config::default() }
    }

    /// Where the store is.
    pub(super) fn store_path(&self) -> Result<PathBuf, Error> {
        if let Some(path) = self.global.store.clone().filter(|_| self.names_store()) {
            return Ok(path);
        }
        let folders = etcetera::choose_base_strategy()
            .map_err(|_| Error::usage("no home folder to keep the store in").hint("name a store with --store FILE"))?;
        Ok(folders.data_dir().join("claimdeck").join("claims.db"))
    }

    /// Opens the store, and makes it where there is none.
    pub(super) fn open_store(&self) -> Result<Store, Error> {
        Ok(Store::open(&self.store_path()?)?)
    }

    /// Opens the store for a command that only reads. One that was named has to be there; the usual one holds nothing
    /// until something is loaded, and isn't made before.
    pub(super) fn store_to_read(&self) -> Result<Store, Error> {
        self.existing(Store::open_to_read)
    }

    /// The same for a command that decides on what is there.
    pub(super) fn store_to_change(&self) -> Result<Store, Error> {
        self.existing(Store::open)
    }

    fn existing(&self, open: fn(&Path) -> Result<Store, StoreError>) -> Result<Store, Error> {
        let path = self.store_path()?;
        match path.try_exists() {
            Ok(false) if self.names_store() => Err(StoreError::Missing { path }.into()),
            Ok(false) => Ok(Store::empty()?),
            _ => Ok(open(&path)?),
        }
    }

    fn names_store(&self) -> bool {
        self.global.store.as_ref().is_some_and(|path| !path.as_os_str().is_empty())
    }

    /// The error, with the store's path where it is about the store and does not say which.
    pub(super) fn in_store(&self, error: Error) -> Error {
        match self.store_path() {
            Ok(path) => error.in_store(&path),
            Err(_) => error,
        }
    }

    /// Who decides, now and from a script.
    pub(super) fn by(&self) -> Result<By, Error> {
        Ok(By { analyst: self.analyst()?, session: None, now_ms: jiff::Timestamp::now().as_millisecond() })
    }

    /// The claims with these ids, shortened as they may be. Each that is not there is named; then none is given back.
    pub(super) fn find_claims(&self, store: &Store, ids: &[String]) -> Result<Vec<ClaimId>, Error> {
        let mut found = Vec::with_capacity(ids.len());
        let mut missing: Option<Error> = None;
        for id in ids {
            match (store.find_claim(id), &missing) {
                (Ok(claim), _) => found.push(claim),
                (Err(error), None) => missing = Some(error.into()),
                (Err(error), Some(_)) => self.warn(&error),
            }
        }
        missing.map_or(Ok(found), Err)
    }

    /// Says that a list is empty, and how to load where nothing is loaded.
    pub(super) fn note_nothing(&self, store: &Store, what: &str) -> Result<(), Error> {
        match store.articles(None, 1)?.is_empty() {
            true => self.note(&format!(
                "nothing is loaded yet in {}\nhint: load articles with claimdeck load PATH",
                clean_line(&self.store_path()?.display().to_string())
            )),
            false => self.note(what),
        }
        Ok(())
    }

    /// Who decides.
    pub(super) fn analyst(&self) -> Result<String, Error> {
        let given = self.global.analyst.as_deref().or(self.config.analyst.as_deref());
        let name = given.map(|n| n.trim().to_owned()).or_else(login_name).unwrap_or_else(|| NOBODY.to_owned());
        match name.as_str() {
            "" => Err(Error::usage("nobody is named as analyst").hint("name one with --analyst NAME")),
            name if name.chars().any(char::is_control) || name.chars().count() > 100 => {
                Err(Error::usage("an analyst's name is at most 100 letters on one line"))
            }
            name => Ok(name.to_owned()),
        }
    }

    /// What the config file says.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// The config file that was named.
    pub(super) fn config_path(&self) -> Option<&Path> {
        self.global.config.as_deref()
    }

    /// When to use colour.
    pub(super) fn color(&self) -> Color {
        self.global.color
    }

    /// Says what was done, unless it is to be quiet.
    pub(super) fn note(&self, line: &str) {
        if !self.global.quiet {
            output::say(line);
        }
    }

    /// Says what only the curious want to know.
    pub(super) fn detail(&self, line: &str) {
        if self.global.verbose {
            output::say(line);
        }
    }

    /// Says what could not be used, always.
    pub(super) fn warn(&self, what: &dyn std::fmt::Display) {
        output::say(&what.to_string());
    }

    /// Whether progress may be drawn.
    pub(super) fn shows_progress(&self) -> bool {
        !self.global.quiet
    }
}

fn login_name() -> Option<String> {
    let set = |name: &&str| env::var(name).ok().map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(set)
}
