//! The config file: who decides, the terminal's background, and the keys of the review.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Deserialize;

use super::Error;

/// What the config file says. Anything else in it is a mistake and is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Config {
    /// Who decides.
    pub(super) analyst: Option<String>,
    /// What the terminal's background is, where it does not say so itself.
    pub(super) background: Option<Background>,
    /// Keys by the name of the action; the review checks both.
    pub(super) keys: BTreeMap<String, Keys>,
    /// The file that says it.
    #[serde(skip)]
    place: PathBuf,
}

/// What colours have to stand out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Background {
    /// Bright words on it.
    Dark,
    /// Dark words on it.
    Light,
}

/// One key or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a key such as \"ctrl-d\", or a list of them")]
pub(super) enum Keys {
    /// `verify = "v"`
    One(String),
    /// `verify = ["v", "y"]`
    Several(Vec<String>),
}

impl Keys {
    /// All of them.
    pub(super) fn all(self) -> Vec<String> {
        match self {
            Self::One(key) => vec![key],
            Self::Several(keys) => keys,
        }
    }
}

/// The settings, for "did you mean".
const SETTINGS: &[&str] = &["analyst", "background", "keys"];

impl Config {
    /// Reads the file that was named, else the one in its usual place, which need not be there.
    pub(super) fn read(named: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = named.map(Path::to_owned).or_else(usual_place) else { return Ok(Self::default()) };
        match fs::read_to_string(&path) {
            Ok(text) => match Self::parse(&text) {
                Ok(config) => Ok(Self { place: path, ..config }),
                Err(said) => Err(Error::usage(format!("{}:{said}", path.display()))),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => Ok(Self::default()),
            Err(error) => Err(Error::usage(format!("can't read the config file {}: {error}", path.display()))),
        }
    }

    /// The file that it was read from.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// The settings, or `line:column: what is wrong`.
    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            format!("{line}:{column}: {}", in_our_words(error.message()))
        })
    }
}

/// The config folder, beside those of other programs.
fn usual_place() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("claimdeck").join("config.toml"))
}

fn in_our_words(message: &str) -> String {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    match unknown {
        Some((name, _)) => match nearest(name, SETTINGS) {
            Some(meant) => format!("unknown setting \"{name}\", did you mean \"{meant}\"?"),
            None => format!("unknown setting \"{name}\": expected {}", SETTINGS.join(" or ")),
        },
        None => message.lines().collect::<Vec<_>>().join(", "),
    }
}

/// The word that was probably meant: at most a third of its letters are wrong.
fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let near = words.iter().map(|known| (strsim::damerau_levenshtein(word, known), *known));
    near.filter(|(wrong, known)| wrong * 3 <= known.len()).min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_keys_are_read() {
        let config = Config::parse("analyst = \"ana\"\n[keys]\nverify = \"v\"\nundo = [\"z\", \"ctrl-z\"]\n").unwrap();
        assert_eq!(config.analyst.as_deref(), Some("ana"));
        assert_eq!(config.keys["undo"].clone().all(), ["z", "ctrl-z"]);
        assert_eq!(Config::parse("background = \"light\"").unwrap().background, Some(Background::Light));
        assert_eq!(Config::parse("").unwrap(), Config::default());
    }

    #[test]
    fn a_mistake_is_named_with_its_place_and_what_was_meant() {
        let said = |text| Config::parse(text).unwrap_err();
        assert_eq!(said("\nanalist = \"ana\""), "2:1: unknown setting \"analist\", did you mean \"analyst\"?");
        assert_eq!(said("colour = 1"), "1:1: unknown setting \"colour\": expected analyst or background or keys");
        assert!(said("analyst = 3").starts_with("1:11: invalid type: integer `3`"), "{}", said("analyst = 3"));
        assert!(said("[keys]\nverify = 3").starts_with("2:10: expected a key"), "{}", said("[keys]\nverify = 3"));
        assert!(said("analyst = ").starts_with("1:"), "{}", said("analyst = "));
    }
}
