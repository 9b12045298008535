//! The mouse, as far as the application knows it: what it did, and what lay under it.

use super::actions::step;
use super::key::{Code, Key};
use super::msg::Effect;
use super::overlay::{self, Overlay};
use super::state::{App, Screen};

/// Something that the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What.
    pub did: Did,
    /// What it did it to.
    pub under: Under,
    /// The column of the screen.
    pub column: u16,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Pressed its left button.
    Press,
    /// Moved with the button held.
    Drag,
    /// Let the button go.
    Release,
    /// Turned its wheel down (1) or up (-1).
    Wheel(isize),
}

/// What lies at a place of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The claim at this place of the window.
    Claim(usize),
    /// The row at this place of the list that is open.
    Row(usize),
    /// The text of the article.
    Article,
    /// The line between the deck and the article.
    Divider,
    /// Nothing that the mouse has to do with.
    Nothing,
}

/// Rows of an article or a list that one notch of the wheel goes.
const NOTCH: isize = 3;
/// Rows that an article is scrolled from its claim at most.
const FARTHEST: isize = 4000;

pub(super) fn moved(app: &mut App, pointer: Pointer) -> Vec<Effect> {
    match (pointer.did, pointer.under) {
        (Did::Wheel(by), _) if app.overlay.is_some() => wheel_in_overlay(app, by),
        _ if app.overlay.is_some() => Vec::new(),
        (Did::Wheel(by), Under::Article) => {
            scroll(app, by * NOTCH);
            Vec::new()
        }
        (Did::Wheel(by), _) if app.screen == Screen::Review => step(app, by),
        (Did::Wheel(by), _) => step(app, by * NOTCH),
        (Did::Press, Under::Claim(place)) => {
            let here = app.window.as_ref().map_or(0, super::Window::cursor);
            step(app, place as isize - here as isize)
        }
        (Did::Press, Under::Row(place)) => {
            let here = app.chosen_row();
            step(app, place as isize - here as isize)
        }
        (Did::Press | Did::Release, under) => {
            app.dragging = pointer.did == Did::Press && under == Under::Divider;
            Vec::new()
        }
        (Did::Drag, _) => {
            if app.dragging {
                app.layout.list_width = Some(pointer.column);
            }
            Vec::new()
        }
    }
}

/// Moves the text of the article, so many rows from where its claim puts it.
pub(super) fn scroll(app: &mut App, by: isize) {
    let here = app.current().map(|c| c.id);
    app.scrolled = (here, (app.scroll() + by).clamp(-FARTHEST, FARTHEST));
}

fn wheel_in_overlay(app: &mut App, by: isize) -> Vec<Effect> {
    match app.overlay {
        Some(Overlay::Help { .. } | Overlay::Palette { .. } | Overlay::Claim(_)) => {
            overlay::key(app, Key::plain(if by < 0 { Code::Up } else { Code::Down }))
        }
        _ => Vec::new(),
    }
}
