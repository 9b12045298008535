//! Draws `&App` into a frame: changes nothing, works at any size at any time.
//!
//! `clean` is the one place where text from outside becomes harmless; the command line prints through it too.

mod article;
pub mod clean;
mod facts;
mod float;
mod footer;
mod found;
mod grade;
mod header;
mod link;
mod list;
mod lists;
mod look;
mod names;
mod pen;
pub mod plain;
mod prompt;
mod related;
mod review;
mod sources;
mod statistics;
mod under;
mod welcome;
mod whole;
mod wrap;

pub use under::under;

pub use look::{Look, Marks, Theme};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::{App, Overlay, Screen};
use pen::Pen;

/// Columns and rows below which there is only a message.
const LEAST: (u16, u16) = (40, 10);

/// Draws everything; where the terminal's cursor goes, if a text is being typed.
pub fn draw(app: &App, look: &Look, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut pen = Pen { buffer, look };
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(&mut pen, area);
        return None;
    }
    header::draw(&mut pen, app, Rect { height: 1, ..area });
    let body = body(app, area);
    if let Some(Overlay::Welcome(card)) = app.overlay() {
        welcome::draw(&mut pen, app, card, body);
        return None;
    }
    match app.screen() {
        Screen::Review => review::draw(&mut pen, app, body),
        Screen::Articles => lists::articles(&mut pen, app, body),
        Screen::Sources => sources::draw(&mut pen, app, body),
        Screen::Statistics => statistics::draw(&mut pen, app, body),
        Screen::Sessions => lists::sessions(&mut pen, app, body),
    }
    let prompt = prompt_rows(app, area);
    let below = prompt.max(1);
    let bottom = Rect { y: area.bottom() - below, height: below, ..area };
    if prompt > 0 {
        return prompt::draw(&mut pen, app, bottom);
    }
    footer::draw(&mut pen, app, bottom, review::first_keys(app, body));
    if app.overlay().is_some() {
        pen.fade(Rect { height: area.height - below, ..area });
    }
    float::draw(&mut pen, app, area)
}

/// Rows of what is typed at the bottom.
fn prompt_rows(app: &App, area: Rect) -> u16 {
    prompt::height(app, area.width).min(area.height / 2)
}

/// What is left for a screen between the header and the last row or what is typed there.
fn body(app: &App, area: Rect) -> Rect {
    let air = u16::from(area.height >= 20);
    let prompt = prompt_rows(app, area);
    let taken = 1 + air + prompt.max(1) + u16::from(area.height >= 30 && prompt == 0);
    Rect { y: area.y + 1 + air, height: area.height.saturating_sub(taken), ..area }
}

fn too_small(pen: &mut Pen<'_>, area: Rect) {
    let text = format!("claimdeck needs {}×{} or more; this is {}×{}", LEAST.0, LEAST.1, area.width, area.height);
    let lines = wrap::all(&text, usize::from(area.width).max(1), usize::from(area.height));
    for (row, line) in lines.into_iter().enumerate() {
        pen.put(area.x, area.y + row as u16, area.width, &text[line], pen.look.words);
    }
}
