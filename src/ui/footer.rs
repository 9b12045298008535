//! The last row: what was saved, what is on its way, and the few keys that matter now.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{Pen, columns};
use crate::app::actions::{ACTIONS, Action, Context};
use crate::app::{App, Said, Screen};

/// Draws the row, without the keys of actions that are `said` elsewhere on the screen.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, row: Rect, said: &[&str]) {
    let look = pen.look;
    let (state, style) = state(pen, app);
    let least = columns(&state).min(usize::from(row.width) * 2 / 3) as u16;
    let room = row.width.saturating_sub(least + 4);
    let keys = keys(app, room, said);
    let width: usize = keys.iter().map(|(key, word)| columns(key) + columns(word) + 3).sum();
    let at = row.right().saturating_sub((width as u16).max(1));
    pen.put(row.x + 1, row.y, at.saturating_sub(row.x + 3), &state, style);
    let mut x = at;
    for (key, word) in &keys {
        x = pen.put(x, row.y, row.right() - x, key, look.strong) + 1;
        x = pen.put(x, row.y, row.right().saturating_sub(x), word, look.quiet) + 2;
    }
}

fn state(pen: &Pen<'_>, app: &App) -> (String, Style) {
    let look = pen.look;
    let unsaved = app.unsaved();
    if app.leaving() {
        return (
            format!("leaving once {unsaved} unsaved {} saved", if unsaved == 1 { "is" } else { "are" }),
            look.unsaved,
        );
    }
    if app.held() > 0 {
        let held = app.held();
        let (keys, them) = if held == 1 { ("key waits", "it") } else { ("keys wait", "them") };
        return (format!("reading the deck · {held} {keys}, Esc drops {them}"), look.unsaved);
    }
    if let Said::Problem(words) = app.said() {
        return (words.clone(), look.problem);
    }
    if unsaved > 0 {
        return (format!("unsaved {unsaved}"), look.unsaved);
    }
    match app.said() {
        Said::Nothing | Said::Problem(_) => (resting(app), look.quiet),
        Said::Saved(words) => (words.clone(), look.saved),
        Said::Info(words) => (words.clone(), look.quiet),
    }
}

fn resting(app: &App) -> String {
    if app.window().is_none() {
        return "reading the store".to_owned();
    }
    format!("{} · {}", app.analyst(), "nothing unsaved")
}

/// The keys that fit, the help always among them unless it is said elsewhere, and on the review what leads out of a filter.
fn keys(app: &App, room: u16, said: &[&str]) -> Vec<(String, &'static str)> {
    // What floats says its own keys; those of the screen mean something else there.
    if app.overlay().is_some() {
        return Vec::new();
    }
    let here = Context::of(app.screen());
    let mut fitting = Vec::new();
    // Until the deck is read nobody knows what can be done with it.
    let can_do = |a: &Action| app.window().is_none() || (a.blocked)(app).is_none();
    let here = ACTIONS.iter().filter(|a| a.context == here || a.context == Context::Anywhere);
    let rows = here.filter(|a| can_do(a) && !said.contains(&a.name));
    let row = |action: &Action| Some((app.keymap().keys(action).first()?.to_string(), action.brief?));
    let last = |name: &str| {
        let shown = |a: &&Action| a.name == name && !said.contains(&a.name) && can_do(a);
        ACTIONS.iter().find(shown).and_then(row)
    };
    let kept = if app.screen() == Screen::Review { ["back", "help"].as_slice() } else { &["help"] };
    let mut last: Vec<_> = kept.iter().filter_map(|name| last(name)).collect();
    let wide = |(key, word): &(String, &str)| columns(key) + columns(word) + 3;
    let mut used: usize = last.iter().map(wide).sum();
    // Help stays longest.
    while used > usize::from(room) && !last.is_empty() {
        used -= wide(&last.remove(0));
    }
    for pair in rows.filter(|a| !kept.contains(&a.name)).filter_map(row) {
        if used + wide(&pair) > usize::from(room) {
            break;
        }
        used += wide(&pair);
        fitting.push(pair);
    }
    fitting.extend(last);
    fitting
}
