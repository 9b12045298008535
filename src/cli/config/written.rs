//! The config file as `claimdeck config init` writes it: every setting and every key with what it is for, all of them
//! commented out, made from the tables that the program runs by.

use super::settings::SETTINGS;
use crate::app::actions::{ACTIONS, Context};

const HEAD: &str = "\
# Settings of claimdeck. What is commented out says what holds without it.
# `claimdeck config check` names every mistake with its place; in the review `:reload-config` reads this file again.
";

/// The whole file.
pub(in crate::cli) fn commented() -> String {
    let mut file = HEAD.to_owned();
    for setting in SETTINGS {
        file.push('\n');
        for line in setting.help.lines() {
            file += &format!("# {line}\n");
        }
        file += &format!("#{} = {}\n", setting.name, setting.default);
    }
    file += "\n# action = \"key\" or [\"key\", \"key\"]; [] leaves it without one\n[keys]\n";
    for context in Context::ALL {
        file += &format!("\n# {}\n", context.title());
        for action in ACTIONS.iter().filter(|a| a.context == context) {
            let keys: Vec<_> = action.keys.iter().map(|key| format!("\"{key}\"")).collect();
            file += &format!("#{} = [{}] # {}\n", action.name, keys.join(", "), action.help);
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    #[test]
    fn as_it_is_written_it_changes_nothing() {
        let (config, mistakes) = Config::parse(&commented());
        assert_eq!((config, mistakes), (Config::default(), Vec::new()));
    }

    #[test]
    fn every_line_can_have_its_mark_taken_off() {
        let uncommented: Vec<_> = commented()
            .lines()
            .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned())
            .collect();
        let text = uncommented.join("\n");
        let (config, mistakes) = Config::parse(&text);
        assert_eq!(mistakes, [], "{text}");
        assert_eq!(config.keys.len(), ACTIONS.len());
        for setting in SETTINGS {
            assert!(text.contains(&format!("\n{} = {}\n", setting.name, setting.default)), "{}", setting.name);
        }
    }
}
