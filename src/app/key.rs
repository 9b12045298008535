//! Keys as the application knows them. The runtime makes them from the terminal's; tests write them as words.

use std::fmt;
use std::str::FromStr;

/// One key with what was held down. Shift is part of the character: `J`, not Shift-j.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// Which key, without what was held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the name printed on the key")]
pub enum Code {
    /// A character, as the keyboard layout makes it.
    Char(char),
    Enter,
    Esc,
    Tab,
    /// Shift and Tab.
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// A function key.
    F(u8),
}

/// Names of the keys that are no character: as shown, then other spellings that are understood.
const NAMES: &[(Code, &[&str])] = &[
    (Code::Enter, &["Enter", "return"]),
    (Code::Esc, &["Esc", "escape"]),
    (Code::Tab, &["Tab"]),
    (Code::BackTab, &["Shift-Tab", "backtab"]),
    (Code::Backspace, &["Backspace"]),
    (Code::Delete, &["Delete", "del"]),
    (Code::Up, &["↑", "up"]),
    (Code::Down, &["↓", "down"]),
    (Code::Left, &["←", "left"]),
    (Code::Right, &["→", "right"]),
    (Code::Home, &["Home"]),
    (Code::End, &["End"]),
    (Code::PageUp, &["PgUp", "pageup"]),
    (Code::PageDown, &["PgDn", "pagedown"]),
    (Code::Char(' '), &["Space"]),
];

impl Key {
    /// The key alone, with nothing held down.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The character that it types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ctrl { "Ctrl-" } else { "" })?;
        f.write_str(if self.alt { "Alt-" } else { "" })?;
        match (NAMES.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some((_, names)), _) => f.write_str(names[0]),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, Code::F(number)) => write!(f, "F{number}"),
            (None, _) => Ok(()),
        }
    }
}

/// Not the name of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key is called \"{0}\": expected one character, or a name as in Enter, Ctrl-d, Alt-Enter, F5")]
pub struct UnknownKey(pub String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(written: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(written.to_owned());
        let mut key = Key::plain(Code::Esc);
        let mut rest = written.trim();
        loop {
            let held = |prefix: &str| {
                let head = rest.get(..prefix.len())?;
                (head.eq_ignore_ascii_case(prefix) && rest.len() > prefix.len()).then(|| &rest[prefix.len()..])
            };
            if let Some(after) = held("ctrl-") {
                (key.ctrl, rest) = (true, after);
            } else if let Some(after) = held("alt-") {
                (key.alt, rest) = (true, after);
            } else {
                break;
            }
        }
        key.code = code_named(rest).ok_or_else(unknown)?;
        Ok(key)
    }
}

fn code_named(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && !NAMES.iter().any(|(_, names)| names.contains(&name))
    {
        return Some(Code::Char(c));
    }
    if let Some(number) = name.strip_prefix(['f', 'F']).and_then(|digits| digits.parse().ok()) {
        return (1..=24).contains(&number).then_some(Code::F(number));
    }
    NAMES.iter().find(|(_, names)| names.iter().any(|n| n.eq_ignore_ascii_case(name))).map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_from_the_way_it_is_shown() {
        for written in
            ["j", "J", "?", "-", "Ctrl-d", "Ctrl--", "Alt-Enter", "Tab", "PgDn", "Space", "F5", "↑", "é", "ж"]
        {
            let key: Key = written.parse().unwrap();
            assert_eq!(key.to_string(), written);
        }
        assert_eq!("ctrl-PGDN".parse::<Key>().unwrap().to_string(), "Ctrl-PgDn");
        assert_eq!("down".parse::<Key>().unwrap(), Key::plain(Code::Down));
    }

    #[test]
    fn what_names_no_key_is_said() {
        for written in ["", "hyper-x", "ctrl-", "F99", "esk"] {
            assert_eq!(written.parse::<Key>(), Err(UnknownKey(written.to_owned())), "{written}");
        }
    }
}
