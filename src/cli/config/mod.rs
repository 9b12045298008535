//! The config file: who decides, how the review looks, and its keys. Every mistake in it has a place and says what was
//! expected there.

mod settings;
mod written;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Error;
use crate::app::actions::ACTIONS;
use crate::app::{Key, Keymap, KeymapError, Layout};
use crate::runtime::Theme;

pub(super) use written::commented;

/// What the config file says. Anything else in it is a mistake and is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// Who decides.
    pub(super) analyst: Option<String>,
    /// Colours; none follows the terminal.
    pub(super) theme: Option<Theme>,
    /// Whether marks and lines are ASCII alone; none follows locale and terminal.
    pub(super) ascii: Option<bool>,
    /// Whether addresses are links that the terminal opens; none follows the terminal.
    pub(super) links: Option<bool>,
    /// Whether the mouse is the review's; none takes it.
    pub(super) mouse: Option<bool>,
    /// Whether what others decided is hidden in the review until one has decided oneself.
    pub(super) blind: bool,
    /// How the review's panes lie.
    pub(super) layout: Layout,
    /// Independent sources that a verified claim is to have; 0 asks for none.
    pub(super) gate: u8,
    /// Keyboards whose letters stand for the Latin ones of the same keys; none takes the usual ones.
    pub(super) keyboards: Option<Vec<String>>,
    /// Keys by the name of the action.
    pub(super) keys: BTreeMap<String, Vec<String>>,
}

/// Something in the file that can't be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    line: usize,
    column: usize,
    message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Config {
    /// Reads the file that was named, else the one in its usual place, which need not be there.
    pub(super) fn read(named: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = named.map(Path::to_owned).or_else(usual_place) else { return Ok(Self::default()) };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && named.is_none() => return Ok(Self::default()),
            Err(error) => return Err(Error::usage(format!("can't read the config file {}: {error}", path.display()))),
        };
        let (config, mistakes) = Self::parse(&text);
        let Some(first) = mistakes.first() else { return Ok(config) };
        let error = Error::usage(format!("{}:{first}", path.display()));
        Err(if mistakes.len() > 1 { error.hint("see all mistakes with claimdeck config check") } else { error })
    }

    /// The settings, and all that is wrong with them in the order of the text.
    pub(super) fn parse(text: &str) -> (Self, Vec<Mistake>) {
        let mut config = Self::default();
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        match DeTable::parse(text) {
            Ok(table) => table.get_ref().iter().for_each(|(name, value)| config.take(name, value, &mut found)),
            Err(error) => {
                let message = error.message().lines().collect::<Vec<_>>().join(", ");
                found.push((error.span().unwrap_or_default(), message));
            }
        }
        found.sort_by_key(|(place, _)| place.start);
        let mistakes = found.into_iter().map(|(place, message)| mistake(text, place.start, message)).collect();
        (config, mistakes)
    }

    fn take(&mut self, name: &Name<'_>, value: &Spanned<DeValue<'_>>, found: &mut Vec<(Range<usize>, String)>) {
        if name.get_ref() == "keys" {
            return self.take_keys(value, found);
        }
        let Some(setting) = settings::SETTINGS.iter().find(|s| s.name == name.get_ref().as_ref()) else {
            let names: Vec<_> = settings::SETTINGS.iter().map(|s| s.name).chain(["keys"]).collect();
            return found.push((name.span(), unknown("setting", name.get_ref(), &names)));
        };
        if (setting.read)(self, value.get_ref()).is_none() {
            found.push((value.span(), format!("{}: expected {}", setting.name, setting.takes)));
        }
    }

    fn take_keys(&mut self, table: &Spanned<DeValue<'_>>, found: &mut Vec<(Range<usize>, String)>) {
        let DeValue::Table(rows) = table.get_ref() else {
            return found.push((table.span(), "keys: expected a table, as in [keys]".to_owned()));
        };
        let mut places: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for (name, value) in rows {
            match keys_of(name, value.get_ref()) {
                Ok(keys) => {
                    places.insert(name.get_ref(), value.span());
                    self.keys.insert(name.get_ref().to_string(), keys);
                }
                Err((at_name, why)) => found.push((if at_name { name.span() } else { value.span() }, why)),
            }
        }
        // Two actions may swap their keys, so clashes are looked for among all of them.
        while let Err(error) = Keymap::new(&self.keys, &[]) {
            let KeymapError::Clash { first, second, .. } = &error else { return };
            let Some(name) = [second, first].into_iter().find(|name| self.keys.contains_key(**name)) else { return };
            self.keys.remove(*name);
            found.push((places.get(name).cloned().unwrap_or_else(|| table.span()), error.to_string()));
        }
    }
}

/// The keys that a row of the file gives to an action; else what is wrong, and whether with the name.
fn keys_of(name: &Name<'_>, value: &DeValue<'_>) -> Result<Vec<String>, (bool, String)> {
    let name = name.get_ref().as_ref();
    if !ACTIONS.iter().any(|a| a.name == name) {
        let names: Vec<_> = ACTIONS.iter().map(|a| a.name).collect();
        return Err((true, unknown("action", name, &names)));
    }
    let keys = settings::words(value);
    let keys = keys.ok_or((false, "expected a key such as \"Ctrl-d\", or a list of them".to_owned()))?;
    match keys.iter().find_map(|key| key.parse::<Key>().err()) {
        Some(error) => Err((false, format!("{name}: {error}"))),
        None => Ok(keys),
    }
}

type Name<'t> = Spanned<std::borrow::Cow<'t, str>>;

/// The config folder, beside those of other programs.
pub(super) fn usual_place() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("claimdeck").join("config.toml"))
}

fn mistake(text: &str, at: usize, message: String) -> Mistake {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Mistake { line, column, message }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(meant) => format!("unknown {what} \"{name}\", did you mean \"{meant}\"?"),
        None if what == "action" => format!("unknown {what} \"{name}\": the review's ? lists all"),
        None => format!("unknown {what} \"{name}\": expected {}", known.join(", ")),
    }
}

/// The word that was probably meant: at most two fifths of its letters are wrong.
fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let near = words.iter().map(|known| (strsim::damerau_levenshtein(word, known), *known));
    near.filter(|(wrong, known)| wrong * 5 <= known.len() * 2).min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Panes;

    fn fine(text: &str) -> Config {
        let (config, mistakes) = Config::parse(text);
        assert_eq!(mistakes, [], "{text}");
        config
    }

    fn wrong(text: &str) -> Vec<String> {
        Config::parse(text).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn settings_and_keys_are_read() {
        let config = fine("analyst = \"ana\"\n[keys]\nverified = \"w\"\nundo = [\"z\", \"Ctrl-b\"]\nredo = []\n");
        assert_eq!(config.analyst.as_deref(), Some("ana"));
        assert_eq!(config.keys["undo"], ["z", "Ctrl-b"]);
        assert!(config.keys["redo"].is_empty());
        let config = fine("theme = \"high-contrast\"\nglyphs = \"ascii\"\nlayout = \"stacked\"\nlist-width = 40");
        assert_eq!((config.theme, config.ascii), (Some(Theme::HighContrast), Some(true)));
        assert_eq!(config.layout, Layout { panes: Panes::Stacked, list_width: Some(40) });
        assert_eq!(fine(""), Config::default());
    }

    #[test]
    fn each_mistake_is_named_with_its_place_and_what_was_expected() {
        assert_eq!(wrong("\nanalist = \"ana\""), ["2:1: unknown setting \"analist\", did you mean \"analyst\"?"]);
        assert_eq!(
            wrong("theme = \"dusk\"\nlist-width = 5\n"),
            [
                "1:9: theme: expected \"auto\", \"dark\", \"light\", \"high-contrast\", \"sixteen\" or \"none\"",
                "2:14: list-width: expected a number of columns from 20 to 200",
            ]
        );
        assert_eq!(wrong("analyst = 3"), ["1:11: analyst: expected a name in quotation marks"]);
        assert!(wrong("analyst = ")[0].starts_with("1:"), "{:?}", wrong("analyst = "));
        assert!(wrong("colour = 1")[0].starts_with("1:1: unknown setting \"colour\": expected analyst, theme"));
    }

    #[test]
    fn mistakes_in_keys_have_their_place_too() {
        assert_eq!(
            wrong("[keys]\nverifed = \"w\"\nundo = 3\nnote = \"hyper-x\"\nredo = \"j\"\n"),
            [
                "2:1: unknown action \"verifed\", did you mean \"verified\"?",
                "3:8: expected a key such as \"Ctrl-d\", or a list of them",
                "4:8: note: no key is called \"hyper-x\": expected one character, or a name as in Enter, Ctrl-d, Alt-Enter, F5",
                "5:8: the key j is for both \"redo\" and \"next\": give one of them another",
            ]
        );
    }

    #[test]
    fn two_actions_may_swap_their_keys() {
        let config = fine("[keys]\nverified = \"u\"\nunverified = \"v\"\n");
        assert_eq!(config.keys.len(), 2);
    }
}
