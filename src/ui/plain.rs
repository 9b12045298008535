//! The screen as plain lines, for readers that read aloud and for pipes: what would be drawn is read back as text, marks in
//! ASCII and without boxes, so that whatever a screen shows is told here too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::article::name_of;
use super::header::count_words;
use super::pen::Pen;
use super::{Look, Theme, clean, facts, float, lists, prompt, review, sources, statistics, welcome};
use crate::app::{App, HelpRow, Overlay, Screen, help_rows};
use crate::domain::Claim;

/// Columns and rows of what is read back: wide, so that lines stay whole.
const WIDE: u16 = 240;
const ROWS: u16 = 44;
/// So narrow that the statistics stand below each other.
const ONE_COLUMN: u16 = 90;
/// What the chosen row of a list begins with.
const CHOSEN: &str = "chosen:";

/// What one looks at: what floats over the screen where something does, else the screen.
pub fn lines(app: &App) -> Vec<String> {
    match app.overlay() {
        Some(Overlay::Help { field, .. }) => help(app, field.text()),
        Some(Overlay::Welcome(card)) => read(|pen, area| welcome::draw(pen, app, card, area)),
        Some(_) if prompt::height(app, WIDE) > 0 => {
            let area = |area| Rect { height: prompt::height(app, WIDE), ..area };
            in_lines(read(|pen, all| _ = prompt::draw(pen, app, area(all))))
        }
        Some(_) => in_lines(read(|pen, area| _ = float::draw(pen, app, area))),
        None => screen(app),
    }
}

/// What is said of keys, for whoever types lines: these have no line breaks, and an empty one is Esc.
fn in_lines(said: Vec<String>) -> Vec<String> {
    let reword = |line: String| line.replace(", Alt-Enter new line", "").replace("Esc ", "an empty line ");
    said.into_iter().map(reword).collect()
}

/// The chosen row of a list, or the claim: what a step leads to.
pub fn here(app: &App) -> Vec<String> {
    let lines = lines(app);
    match app.screen() {
        Screen::Review | Screen::Statistics => lines,
        _ => lines.into_iter().filter(|line| line.starts_with(CHOSEN)).collect(),
    }
}

fn screen(app: &App) -> Vec<String> {
    match (app.screen(), app.current()) {
        (Screen::Review, Some(claim)) => claim_lines(app, claim),
        (Screen::Review, None) => read(|pen, area| review::draw(pen, app, area)),
        (Screen::Articles, _) => read(|pen, area| lists::articles(pen, app, area)),
        (Screen::Sources, _) => read(|pen, area| sources::draw(pen, app, area)),
        (Screen::Statistics, _) => read(|pen, area| statistics::draw(pen, app, Rect { width: ONE_COLUMN, ..area })),
        (Screen::Sessions, _) => read(|pen, area| lists::sessions(pen, app, area)),
    }
}

/// Its place, its words, who says it, and all else that is known of it.
fn claim_lines(app: &App, claim: &Claim) -> Vec<String> {
    let claim = &*app.shown(claim);
    let known = read(|pen, area| facts::beside(pen, app, claim, area));
    let missing = |line: &String| line.ends_with(" -") && line.split_whitespace().count() == 2;
    let mut lines = vec![place(app, claim), clean::line(claim.text.trim()).into_owned()];
    lines.extend(known.into_iter().filter(|line| !missing(line)));
    lines
}

/// "claim 12 of 214 in Fire at fuel depot, Northern Post, 2025-12-31"
fn place(app: &App, claim: &Claim) -> String {
    let at = app.window().and_then(|w| w.position()).map(|at| format!(" {at}")).unwrap_or_default();
    let of = app.tally().map(|t| format!(" of {}", count_words(t.total))).unwrap_or_default();
    let meta = &claim.article.meta;
    let from = [Some(name_of(meta)), meta.outlet.as_deref(), meta.published.as_deref()];
    let from: Vec<_> = from.into_iter().flatten().collect();
    clean::line(&format!("claim{at}{of} in {}", from.join(", "))).into_owned()
}

fn help(app: &App, typed: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut last = None;
    let look = Look::new(Theme::Plain, true);
    for row in help_rows(app, typed) {
        if last.replace(row.title()) != Some(row.title()) {
            lines.push(format!("{}:", row.title()));
        }
        let action = match row {
            HelpRow::Action(action) => action,
            HelpRow::Mark(sign, words) => {
                lines.push(format!("{}  {words}", look.sign(sign).0));
                continue;
            }
        };
        let keys: Vec<_> = app.keymap().keys(action).iter().map(ToString::to_string).collect();
        let keys = if keys.is_empty() { String::new() } else { format!("{}, ", keys.join(" ")) };
        lines.push(format!("{keys}{}: {}", action.name, action.help));
    }
    lines
}

/// The lines that a drawing leaves, without the lines and corners of boxes.
fn read(draw: impl FnOnce(&mut Pen<'_>, Rect)) -> Vec<String> {
    let look = Look::new(Theme::Plain, true);
    let area = Rect::new(0, 0, WIDE, ROWS);
    let mut buffer = Buffer::empty(area);
    draw(&mut Pen { buffer: &mut buffer, look: &look }, area);
    let row = |y: u16| {
        let mut line = String::new();
        let mut covered = 0;
        for x in 0..WIDE {
            let symbol = buffer[(x, y)].symbol();
            if covered == 0 {
                line.push_str(symbol);
                covered = clean::width(symbol);
            }
            covered = covered.saturating_sub(1);
        }
        words_of(&line)
    };
    (0..ROWS).map(row).filter(|line| line.chars().any(char::is_alphanumeric)).collect()
}

fn words_of(row: &str) -> String {
    let words: Vec<_> = row.split_whitespace().collect();
    let chosen = words.first() == Some(&"|") && words.last() != Some(&"|");
    // Lines, corners and bars say nothing; a dash alone stands for what is missing.
    let told = |word: &&&str| word.len() == 1 && *word != &"|" || !word.chars().all(|c| "|+-#".contains(c));
    let mut line: Vec<&str> = words.iter().filter(told).map(|word| word.trim_matches('+')).collect();
    if chosen {
        line.insert(0, CHOSEN);
    }
    line.join(" ")
}
