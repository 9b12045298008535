//! Which key starts which action: the table's own keys, with what the config file says laid over them.

use std::collections::{BTreeMap, HashMap};

use super::actions::{ACTIONS, Action, Context};
use super::key::{Code, Key, UnknownKey};
use super::keyboard::{KEYBOARDS, Keyboard, latin};
use super::state::Screen;

/// Keys to actions, and back.
#[derive(Clone, Debug)]
pub struct Keymap {
    bound: HashMap<(Context, Key), usize>,
    keys: Vec<Vec<Key>>,
    keyboards: Vec<Keyboard>,
}

/// What is wrong with the config's `[keys]`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No action has this name.
    #[error("no action is called \"{name}\"{}", nearest.map(|n| format!(": did you mean \"{n}\"?")).unwrap_or_default())]
    UnknownAction {
        /// What was written.
        name: String,
        /// The action whose name is nearest.
        nearest: Option<&'static str>,
    },
    /// No key has this name.
    #[error("{action}: {source}")]
    UnknownKey {
        /// The action that it was for.
        action: String,
        /// What was written.
        source: UnknownKey,
    },
    /// Two actions want one key in one place.
    #[error("the key {key} is for both \"{first}\" and \"{second}\": give one of them another")]
    Clash {
        /// The key.
        key: Key,
        /// One action.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

impl Keymap {
    /// The keys of the table, where `overrides` (action name to keys) does not replace them; letters of these keyboards stand
    /// for the Latin ones on the same keys.
    ///
    /// # Errors
    /// Where a name is no action's, a key is none, or two actions of one screen want the same.
    pub fn new(overrides: &BTreeMap<String, Vec<String>>, keyboards: &[&str]) -> Result<Self, KeymapError> {
        if let Some(name) = overrides.keys().find(|name| !ACTIONS.iter().any(|a| a.name == **name)) {
            return Err(KeymapError::UnknownAction {
                name: name.clone(),
                nearest: nearest(name, ACTIONS.iter().map(|a| a.name)),
            });
        }
        let mut keys = Vec::with_capacity(ACTIONS.len());
        for action in ACTIONS {
            keys.push(keys_of(action, overrides)?);
        }
        let keyboard = |name: &&str| KEYBOARDS.iter().find(|k| k.name == *name).copied();
        let keyboards = keyboards.iter().filter_map(keyboard).collect();
        let mut map = Self { bound: HashMap::new(), keys: Vec::new(), keyboards };
        for (place, action) in ACTIONS.iter().enumerate() {
            for key in &keys[place] {
                map.bind(*key, place, action)?;
            }
        }
        map.keys = keys;
        Ok(map)
    }

    /// The action of a key on this screen. A letter that has none stands for the Latin one on its key.
    pub fn action(&self, screen: Screen, key: Key) -> Option<&'static Action> {
        self.bound_to(screen, key).or_else(|| self.bound_to(screen, self.latin(key)?))
    }

    /// The Latin key in the place of this one on the keyboards that are set.
    pub fn latin(&self, key: Key) -> Option<Key> {
        let Code::Char(letter) = key.code else { return None };
        Some(Key { code: Code::Char(latin(letter, &self.keyboards)?), ..key })
    }

    fn bound_to(&self, screen: Screen, key: Key) -> Option<&'static Action> {
        [Context::Always, Context::of(screen), Context::Anywhere]
            .iter()
            .find_map(|context| self.bound.get(&(*context, key)))
            .map(|place| &ACTIONS[*place])
    }

    /// The keys of an action, the first being the one to show.
    pub fn keys(&self, action: &Action) -> &[Key] {
        let place = ACTIONS.iter().position(|a| a.name == action.name);
        place.and_then(|place| self.keys.get(place)).map_or(&[], Vec::as_slice)
    }

    fn bind(&mut self, key: Key, place: usize, action: &'static Action) -> Result<(), KeymapError> {
        let clash = Context::ALL.iter().filter(|other| action.context.meets(**other));
        for context in clash {
            if let Some(other) = self.bound.get(&(*context, key)).filter(|other| **other != place) {
                return Err(KeymapError::Clash { key, first: ACTIONS[*other].name, second: action.name });
            }
        }
        self.bound.insert((action.context, key), place);
        Ok(())
    }
}

fn keys_of(action: &Action, overrides: &BTreeMap<String, Vec<String>>) -> Result<Vec<Key>, KeymapError> {
    let read = |written: &str| {
        written.parse::<Key>().map_err(|source| KeymapError::UnknownKey { action: action.name.to_owned(), source })
    };
    match overrides.get(action.name) {
        Some(written) => written.iter().map(|w| read(w)).collect(),
        None => action.keys.iter().map(|w| read(w)).collect(),
    }
}

/// Letters of a name that are compared.
const LONGEST: usize = 64;

/// The one among these that fewest edits make of `name`, where that is few.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let beginning: String = name.chars().take(LONGEST).collect();
    let near = known.map(|known| (strsim::levenshtein(&beginning, known), known)).min()?;
    (near.0 <= 1 + name.chars().count() / 3).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides(rows: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        rows.iter().map(|(name, keys)| ((*name).to_owned(), keys.iter().map(|k| (*k).to_owned()).collect())).collect()
    }

    #[test]
    fn the_tables_own_keys_do_not_clash() {
        Keymap::new(&BTreeMap::new(), &[]).unwrap();
    }

    #[test]
    fn a_config_gives_an_action_other_keys() {
        let map = Keymap::new(&overrides(&[("verified", &["w", "Ctrl-v"])]), &[]).unwrap();
        assert_eq!(map.action(Screen::Review, "w".parse().unwrap()).unwrap().name, "verified");
        assert!(map.action(Screen::Review, "v".parse().unwrap()).is_none());
    }

    #[test]
    fn a_letter_of_another_script_does_what_the_latin_one_on_its_key_does() {
        let map = Keymap::new(&overrides(&[("later", &["й"])]), &["russian"]).unwrap();
        let does = |key: &str| map.action(Screen::Review, key.parse().unwrap()).map(|a| a.name);
        assert_eq!(does("м"), Some("verified"));
        assert_eq!(does("О"), Some("next-article"));
        assert_eq!(does("Ctrl-в"), Some("half-screen-down"));
        // A key of its own goes before.
        assert_eq!(does("й"), Some("later"));
        assert_eq!(does("ю"), None);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest() {
        let error = Keymap::new(&overrides(&[("verifed", &["w"])]), &[]).unwrap_err();
        assert_eq!(error.to_string(), "no action is called \"verifed\": did you mean \"verified\"?");
        let error = Keymap::new(&overrides(&[("make-coffee", &["w"])]), &[]).unwrap_err();
        assert_eq!(error.to_string(), "no action is called \"make-coffee\"");
    }

    #[test]
    fn a_key_given_twice_is_said_with_both_names() {
        let error = Keymap::new(&overrides(&[("verified", &["j"])]), &[]).unwrap_err();
        assert_eq!(error.to_string(), "the key j is for both \"verified\" and \"next\": give one of them another");
    }
}
