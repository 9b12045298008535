//! Everything that can be done, one row each: keys, help, palette, key line, the README's key table and the check of
//! the config follow from these rows. A new action is a new row.

mod decide;
mod edit;
mod find;
mod moves;
mod screens;
mod sources;

pub(super) use decide::{decide, decide_sources};
pub(super) use edit::{add, cycle_mode, decide_with_new, edit, open as open_words, open_line, take_line};
pub(super) use moves::{Ask, ask, ask_here, show_claim, step};
pub(super) use sources::{find as find_sources, list_around as list_sources_around, more as more_sources};

use super::msg::Effect;
use super::state::{App, Screen};

/// One thing that can be done.
#[derive(Debug)]
pub struct Action {
    /// What the config file and the palette call it.
    pub name: &'static str,
    /// Where its keys work.
    pub context: Context,
    /// The keys that it has of its own.
    pub keys: &'static [&'static str],
    /// One line of help.
    pub help: &'static str,
    /// Its word in the line of keys at the bottom, for the few that matter there.
    pub brief: Option<&'static str>,
    /// Why it can't be done now.
    pub blocked: fn(&App) -> Option<&'static str>,
    /// Does it.
    pub run: fn(&mut App) -> Vec<Effect>,
}

/// Where an action's keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, even while a text is typed.
    Always,
    /// On every screen.
    Anywhere,
    /// On the review.
    Review,
    /// On the list of articles.
    Articles,
    /// On the ledger of sources.
    Sources,
    /// On the statistics.
    Statistics,
    /// On the list of sessions.
    Sessions,
}

impl Context {
    /// All, in the order in which help lists them.
    pub const ALL: [Context; 7] =
        [Self::Review, Self::Articles, Self::Sources, Self::Statistics, Self::Sessions, Self::Anywhere, Self::Always];

    /// The context of a screen.
    pub fn of(screen: Screen) -> Self {
        match screen {
            Screen::Review => Self::Review,
            Screen::Articles => Self::Articles,
            Screen::Sources => Self::Sources,
            Screen::Statistics => Self::Statistics,
            Screen::Sessions => Self::Sessions,
        }
    }

    /// Its name in help and in the key table.
    pub fn title(self) -> &'static str {
        match self {
            Self::Always => "always, even while typing",
            Self::Anywhere => "on every screen",
            Self::Review => "review",
            Self::Articles => "articles",
            Self::Sources => "sources",
            Self::Statistics => "statistics",
            Self::Sessions => "sessions",
        }
    }

    /// Whether keys of both can be meant at one moment.
    pub fn meets(self, other: Context) -> bool {
        let everywhere = |context| matches!(context, Self::Always | Self::Anywhere);
        self == other || everywhere(self) || everywhere(other)
    }
}

/// The table.
pub const ACTIONS: &[Action] = &[
    decide::VERIFIED,
    decide::UNVERIFIED,
    decide::REFUTED,
    decide::DISPUTED,
    decide::NOT_A_CLAIM,
    decide::REOPEN,
    decide::LATER,
    decide::UNDO,
    decide::REDO,
    decide::NOTE,
    decide::EVIDENCE,
    decide::TAGS,
    edit::WORDS,
    edit::SOURCE,
    edit::CUE,
    edit::MODE,
    edit::HIDE,
    edit::JOIN,
    edit::SPLIT,
    edit::ADD,
    edit::ALL,
    decide::CREDIBILITY,
    moves::NEXT_UNREVIEWED,
    moves::NEXT_ARTICLE,
    moves::PREVIOUS_ARTICLE,
    moves::SCROLL_DOWN,
    moves::SCROLL_UP,
    find::SEARCH,
    find::FILTER,
    find::DECKS,
    find::SAVE_DECK,
    find::ORDER,
    find::WHOLE,
    find::RELATED,
    find::JUMP_BACK,
    find::OPEN,
    find::COPY,
    screens::OPEN_ARTICLE,
    sources::OPEN,
    sources::JOIN,
    sources::SPLIT,
    sources::GRADE,
    sources::MARK,
    sources::FIND,
    sources::ORDER,
    screens::RESUME,
    screens::NEW_SESSION,
    moves::NEXT,
    moves::PREVIOUS,
    moves::FIRST,
    moves::LAST,
    moves::HALF_DOWN,
    moves::HALF_UP,
    screens::REVIEW,
    screens::ARTICLES,
    sources::LEDGER,
    screens::STATISTICS,
    screens::SESSIONS,
    screens::BACK,
    screens::PALETTE,
    screens::RELOAD,
    screens::HELP,
    screens::QUIT,
    decide::NOTE_IN_EDITOR,
    screens::LEAVE,
    screens::SUSPEND,
    screens::REDRAW,
];

/// Nothing stands in its way.
fn never(_: &App) -> Option<&'static str> {
    None
}

/// Needs a claim.
fn no_claim(app: &App) -> Option<&'static str> {
    match app.current() {
        Some(_) => None,
        None if app.store_is_empty() => Some("the store holds no claims yet: leave with q, then `claimdeck load PATH`"),
        None => Some("no claim is selected: f changes the filter, Esc takes it off"),
    }
}

/// The key table of the README, in Markdown.
pub fn key_table() -> String {
    let mut table = String::from("| key | name | does |\n| --- | --- | --- |\n");
    for context in Context::ALL {
        table += &format!("| | | **{}** |\n", context.title());
        for action in ACTIONS.iter().filter(|a| a.context == context) {
            let keys: Vec<_> = action.keys.iter().map(|key| format!("`{key}`")).collect();
            table += &format!("| {} | `{}` | {} |\n", keys.join(" "), action.name, action.help);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_made_for_a_config_file() {
        for (place, action) in ACTIONS.iter().enumerate() {
            assert!(!ACTIONS[..place].iter().any(|a| a.name == action.name), "{} stands twice", action.name);
            assert!(action.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", action.name);
        }
    }

    #[test]
    fn keys_are_written_as_they_are_shown() {
        for key in ACTIONS.iter().flat_map(|a| a.keys) {
            assert_eq!(key.parse::<crate::app::Key>().unwrap().to_string(), *key);
        }
    }

    #[test]
    fn the_keys_of_the_readme_are_those_of_the_table() {
        let readme = include_str!("../../../README.md");
        let written = readme.split_once("<!-- keys -->\n").and_then(|(_, rest)| rest.split_once("<!-- /keys -->"));
        assert_eq!(written.unwrap().0, key_table(), "put the right side between the marks of README.md");
    }

    #[test]
    fn the_key_table_has_a_row_for_every_action() {
        let table = key_table();
        for action in ACTIONS {
            assert!(table.contains(&format!("`{}`", action.name)));
        }
    }
}
