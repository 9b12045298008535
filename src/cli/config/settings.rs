//! The table of settings, one row each: reading, the message of a mistake, and the commented file follow from it.

use toml::de::DeValue;

use super::Config;
use crate::app::{KEYBOARDS, Panes};
use crate::runtime::Theme;

/// One setting.
pub(super) struct Setting {
    pub(super) name: &'static str,
    /// What it is for, one line or two.
    pub(super) help: &'static str,
    /// What may stand there, as a mistake is answered.
    pub(super) takes: &'static str,
    /// As it stands in the commented file: what holds without it.
    pub(super) default: &'static str,
    /// Takes a value; none where it isn't one.
    pub(super) read: fn(&mut Config, &DeValue<'_>) -> Option<()>,
}

/// All but the keys.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "analyst",
        help: "who decides; without it your login name",
        takes: "a name in quotation marks",
        default: "\"ana\"",
        read: |config, value| {
            config.analyst = Some(word(value)?.to_owned());
            Some(())
        },
    },
    Setting {
        name: "theme",
        help: "colours; \"auto\" follows what the terminal says of itself",
        takes: "\"auto\", \"dark\", \"light\", \"high-contrast\", \"sixteen\" or \"none\"",
        default: "\"auto\"",
        read: |config, value| {
            config.theme = one_of(value, THEMES)?;
            Some(())
        },
    },
    Setting {
        name: "glyphs",
        help: "marks and lines; \"ascii\" for poor fonts",
        takes: "\"auto\", \"unicode\" or \"ascii\"",
        default: "\"auto\"",
        read: |config, value| {
            config.ascii = one_of(value, &[("auto", None), ("unicode", Some(false)), ("ascii", Some(true))])?;
            Some(())
        },
    },
    Setting {
        name: "layout",
        help: "the deck beside the article, or folded into a line above it",
        takes: "\"auto\", \"side\" or \"stacked\"",
        default: "\"auto\"",
        read: |config, value| {
            let panes = [("auto", Panes::Auto), ("side", Panes::Side), ("stacked", Panes::Stacked)];
            config.layout.panes = one_of(value, &panes)?;
            Some(())
        },
    },
    Setting {
        name: "list-width",
        help: "columns of the deck beside the article; without it three tenths of the screen",
        takes: "a number of columns from 20 to 200",
        default: "40",
        read: |config, value| {
            config.layout.list_width = Some(number(value).filter(|n| (20..=200).contains(n))?);
            Some(())
        },
    },
    Setting {
        name: "links",
        help: "titles and evidence as links that the terminal opens; \"auto\" where it is known to",
        takes: "\"auto\", true or false",
        default: "\"auto\"",
        read: |config, value| {
            config.links = match value {
                DeValue::Boolean(links) => Some(*links),
                other => one_of(other, &[("auto", None)])?,
            };
            Some(())
        },
    },
    Setting {
        name: "mouse",
        help: "click, wheel and dragging the line beside the deck; false leaves the mouse to the terminal",
        takes: "true or false",
        default: "true",
        read: |config, value| {
            let DeValue::Boolean(mouse) = value else { return None };
            config.mouse = Some(*mouse);
            Some(())
        },
    },
    Setting {
        name: "keyboards",
        help: "keyboards whose letters stand for the Latin ones on the same keys, so that keys work without switching:\n\
               russian, ukrainian, belarusian, bulgarian, greek, hebrew; [] for none",
        takes: "a list of \"russian\", \"ukrainian\", \"belarusian\", \"bulgarian\", \"greek\", \"hebrew\"",
        default: "[\"russian\", \"ukrainian\"]",
        read: |config, value| {
            let names = words(value)?;
            let known = |name: &String| KEYBOARDS.iter().any(|k| k.name == name);
            config.keyboards = Some(names.iter().all(known).then_some(names)?);
            Some(())
        },
    },
    Setting {
        name: "blind",
        help: "hide what other analysts decided on a claim until you have decided on it; from the next start on",
        takes: "true or false",
        default: "false",
        read: |config, value| {
            let DeValue::Boolean(blind) = value else { return None };
            config.blind = *blind;
            Some(())
        },
    },
    Setting {
        name: "gate",
        help: "how many independent sources of evidence a verified claim is to have; with fewer, v asks why",
        takes: "a table with a number from 0 to 9, as in { verified = 2 }",
        default: "{ verified = 0 }",
        read: |config, value| {
            let DeValue::Table(gates) = value else { return None };
            for (status, least) in gates {
                let least = number(least.get_ref()).and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 10)?;
                config.gate = (status.get_ref() == "verified").then_some(least)?;
            }
            Some(())
        },
    },
];

const THEMES: &[(&str, Option<Theme>)] = &[
    ("auto", None),
    ("dark", Some(Theme::Dark)),
    ("light", Some(Theme::Light)),
    ("high-contrast", Some(Theme::HighContrast)),
    ("sixteen", Some(Theme::Sixteen)),
    ("none", Some(Theme::Plain)),
];

fn word<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::String(word) => Some(word),
        _ => None,
    }
}

fn number(value: &DeValue<'_>) -> Option<u16> {
    match value {
        DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

/// One word or a list of them.
pub(super) fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(one) => Some(vec![one.to_string()]),
        DeValue::Array(several) => several.iter().map(|one| Some(word(one.get_ref())?.to_owned())).collect(),
        _ => None,
    }
}

fn one_of<T: Copy>(value: &DeValue<'_>, known: &[(&str, T)]) -> Option<T> {
    let wanted = word(value)?;
    known.iter().find(|(name, _)| *name == wanted).map(|(_, meaning)| *meaning)
}
