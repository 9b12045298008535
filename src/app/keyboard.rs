//! Keyboards of other scripts: which of their letters lie on the keys of which Latin ones, so that keys of the review work
//! by their place, whatever the keyboard is switched to.

/// A keyboard by its name in the config.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    /// What the config calls it.
    pub name: &'static str,
    letters: &'static str,
}

/// The Latin letters in the order in which the rows of a keyboard have them.
const LATIN: &str = "qwertyuiopasdfghjklzxcvbnm";

/// Those that are known, letters in the order of `LATIN`; a dot where the key has no letter of the script.
pub const KEYBOARDS: &[Keyboard] = &[
    Keyboard { name: "russian", letters: "йцукенгшщзфывапролдячсмить" },
    Keyboard { name: "ukrainian", letters: "йцукенгшщзфівапролдячсмить" },
    Keyboard { name: "belarusian", letters: "йцукенгшўзфывапролдячсміть" },
    Keyboard { name: "bulgarian", letters: ".уеишщксдзьяаожгтнвюйъэфхп" },
    Keyboard { name: "greek", letters: ".ςερτυθιοπασδφγηξκλζχψωβνμ" },
    Keyboard { name: "hebrew", letters: "..קראטוןםפשדגכעיחלךזסבהנמצ" },
];

/// Those that hold where the config names none. They don't contradict each other.
pub const USUAL: [&str; 2] = ["russian", "ukrainian"];

/// The Latin letter on the key of this one, on the first of these keyboards that has it.
pub(super) fn latin(letter: char, keyboards: &[Keyboard]) -> Option<char> {
    let mut lower = letter.to_lowercase();
    let (Some(wanted), None) = (lower.next(), lower.next()) else { return None };
    if wanted.is_ascii() {
        return None;
    }
    let place = |keyboard: &Keyboard| keyboard.letters.chars().position(|c| c == wanted);
    let found = LATIN.chars().nth(keyboards.iter().find_map(place)?)?;
    Some(if letter == wanted { found } else { found.to_ascii_uppercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyboard_has_a_place_for_every_latin_letter() {
        for keyboard in KEYBOARDS {
            assert_eq!(keyboard.letters.chars().count(), LATIN.len(), "{}", keyboard.name);
            assert!(keyboard.letters.chars().all(|c| c == '.' || !c.is_ascii()), "{}", keyboard.name);
        }
    }

    #[test]
    fn a_letter_is_found_by_its_key_in_both_cases() {
        assert_eq!(latin('м', KEYBOARDS), Some('v'));
        assert_eq!(latin('О', KEYBOARDS), Some('J'));
        assert_eq!(latin('і', KEYBOARDS), Some('s'));
        assert_eq!(latin('v', KEYBOARDS), None);
        assert_eq!(latin('日', KEYBOARDS), None);
    }
}
