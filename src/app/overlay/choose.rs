//! Help and palette: rows made from the table of actions, narrowed by what is typed.

use super::super::actions::{ACTIONS, Action, Context};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::state::{App, Said};
use super::super::update::run;
use super::Overlay;
use super::legend::{LEGEND, LEGEND_TITLE, Sign};

/// A row of the help.
#[derive(Clone, Copy, Debug)]
pub enum HelpRow {
    /// What can be done.
    Action(&'static Action),
    /// What a mark means.
    Mark(Sign, &'static str),
}

impl HelpRow {
    /// What the rows around it are called together.
    pub fn title(self) -> &'static str {
        match self {
            Self::Action(action) => action.context.title(),
            Self::Mark(..) => LEGEND_TITLE,
        }
    }
}

/// The rows of the help that fit what is typed: actions by context, then marks.
pub fn help_rows(app: &App, typed: &str) -> Vec<HelpRow> {
    let wanted = typed.trim().to_lowercase();
    let fits = |action: &&Action| {
        let keys = app.keymap().keys(action).iter().any(|k| k.to_string().to_lowercase() == wanted);
        keys || action.name.contains(&wanted) || action.help.to_lowercase().contains(&wanted)
    };
    let rows = |context| ACTIONS.iter().filter(move |a| a.context == context).filter(fits).map(HelpRow::Action);
    let meant = |(_, words): &&(Sign, &str)| LEGEND_TITLE.contains(&wanted) || words.to_lowercase().contains(&wanted);
    let marks = LEGEND.iter().filter(meant).map(|(sign, words)| HelpRow::Mark(*sign, words));
    Context::ALL.into_iter().flat_map(rows).chain(marks).collect()
}

/// The actions whose name has the letters typed, in this order, the best first; then those whose help has the words. Those
/// of other screens are left out.
pub fn palette_rows(app: &App, typed: &str) -> Vec<&'static Action> {
    let here = Context::of(app.screen());
    let words = typed.trim().to_lowercase();
    // Fewer letters stand in every other line.
    let told = words.chars().count() >= 4;
    let mut rows: Vec<_> = ACTIONS
        .iter()
        .filter(|a| a.context.meets(here) && a.name != "palette")
        .filter_map(|action| {
            let by_name = letters_in(action.name, typed).map(|letters| (0, far(&letters)));
            let by_help = || (told && action.help.to_lowercase().contains(&words)).then_some((1, 0));
            Some((by_name.or_else(by_help)?, action))
        })
        .collect();
    rows.sort_by_key(|(rank, _)| *rank);
    rows.into_iter().map(|(_, action)| action).collect()
}

/// The places in a name of the letters typed: together where they stand together, else one after the other, as near as
/// they come.
pub fn letters_in(name: &str, typed: &str) -> Option<Vec<usize>> {
    let wanted: Vec<char> = typed.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let letters: Vec<(usize, char)> = name.char_indices().filter(|(_, c)| *c != '-').collect();
    let from = |start: usize| {
        let mut found = Vec::with_capacity(wanted.len());
        let mut rest = letters[start..].iter();
        for letter in &wanted {
            found.push(rest.find(|(_, c)| c == letter)?.0);
        }
        Some(found)
    };
    (0..=letters.len()).filter_map(from).min_by_key(|places| far(places))
}

/// How far letters stand from each other and from the beginning.
fn far(places: &[usize]) -> usize {
    let gaps: usize = places.windows(2).map(|pair| (pair[1] - pair[0] - 1) * 2).sum();
    gaps + places.first().copied().unwrap_or(0)
}

/// By how many rows a key moves in a list.
pub(super) fn step_of(key: Key) -> isize {
    match (key.code, key.typed()) {
        (Code::Up, _) | (_, Some('k')) => -1,
        (Code::Down, _) | (_, Some('j')) => 1,
        _ => 0,
    }
}

/// The row of a list that is chosen after a key.
pub(super) fn row_after(key: Key, row: usize, last: usize) -> usize {
    row.saturating_add_signed(step_of(key)).min(last)
}

/// Moves the chosen row or the view of an overlay that is no text; `false` where the key is none for that.
pub(super) fn scrolled(app: &mut App, key: Key) -> bool {
    let page = usize::from(app.size.1 / 2).max(1) as isize;
    let plain = key.typed();
    let by = match key.code {
        Code::Up => -1,
        Code::Down => 1,
        Code::Char('p') if key.ctrl => -1,
        Code::Char('n') if key.ctrl => 1,
        Code::PageUp => -page,
        Code::PageDown => page,
        _ => 0,
    };
    match &app.overlay {
        Some(Overlay::Palette { field, cursor }) if by != 0 => {
            let last = palette_rows(app, field.text()).len().saturating_sub(1);
            let to = cursor.saturating_add_signed(by).min(last);
            if let Some(Overlay::Palette { cursor, .. }) = &mut app.overlay {
                *cursor = to;
            }
            true
        }
        Some(Overlay::Help { field, top }) if by != 0 => {
            let last = help_rows(app, field.text()).len().saturating_sub(1);
            let to = top.saturating_add_signed(by).min(last);
            if let Some(Overlay::Help { top, .. }) = &mut app.overlay {
                *top = to;
            }
            true
        }
        Some(Overlay::Claim(_)) => {
            let by = match plain.or_else(|| app.keymap.latin(key)?.typed()) {
                Some('j') => 1,
                Some('k') => -1,
                _ => by,
            };
            if let (true, Some(Overlay::Claim(whole))) = (by != 0, &mut app.overlay) {
                whole.top = whole.top.saturating_add_signed(by).min(MOST_ROWS);
            }
            by != 0
        }
        _ => false,
    }
}

/// Rows that a claim in full can be scrolled down; drawing stops at its last row by itself.
const MOST_ROWS: usize = 10_000;

pub(super) fn run_chosen(app: &mut App, typed: &str, cursor: usize) -> Vec<Effect> {
    match palette_rows(app, typed).get(cursor) {
        Some(action) => run(app, action),
        None => {
            app.said = Said::Problem(format!("no action is called \"{typed}\""));
            Vec::new()
        }
    }
}
