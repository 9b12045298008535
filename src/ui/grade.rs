//! The scale of a grade, floating: each step with its meaning, the present one marked, and what was decided before.

use ratatui::layout::Rect;

use super::header::minute;
use super::pen::Pen;
use crate::app::{App, Graded};
use crate::domain::{Credibility, Reliability, SourceAct, SourceDecision, standing};

/// Rows of a scale, and of the history below it at most.
const STEPS: u16 = 6;
const HISTORY: usize = 5;

/// Rows that it takes.
pub(super) fn rows(graded: &Graded) -> u16 {
    let history = match graded {
        Graded::Source { history, .. } => {
            1 + history.as_ref().map_or(0, |h| graded_before(h).len().min(HISTORY)) as u16
        }
        Graded::Claim { .. } => 0,
    };
    2 + STEPS + 1 + history
}

/// What it is called.
pub(super) fn title(graded: &Graded) -> &'static str {
    match graded {
        Graded::Source { .. } => "how reliable is the source?",
        Graded::Claim { .. } => "how credible is the claim?",
    }
}

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, graded: &Graded, area: Rect) {
    let look = pen.look;
    match graded {
        Graded::Source { name, history, .. } => {
            pen.put(area.x, area.y, area.width, name, look.strong);
            let source = app.sources().rows().iter().find(|source| source.name == *name);
            let now = source.and_then(|source| app.reliability_of(source));
            let steps = Reliability::ALL.map(|r| (r.letter().to_lowercase().to_string(), r.words(), now == Some(r)));
            scale(pen, &steps, area);
            let y = area.y + 3 + STEPS;
            match history.as_ref().map(|h| graded_before(h)) {
                None => drop(pen.put(area.x, y, area.width, "reading the store …", look.quiet)),
                Some(before) if before.is_empty() => {
                    pen.put(area.x, y, area.width, "nobody has graded it yet", look.quiet);
                }
                Some(before) => past(pen, app, &before, Rect { y, ..area }),
            }
        }
        Graded::Claim { before, .. } => {
            let words = app.current().map_or("", |claim| claim.text.as_str());
            pen.put(area.x, area.y, area.width, words, look.strong);
            let steps = Credibility::ALL.map(|c| (c.to_string(), c.words(), *before == Some(c)));
            scale(pen, &steps, area);
        }
    }
}

fn scale(pen: &mut Pen<'_>, steps: &[(String, &str, bool)], area: Rect) {
    let look = pen.look;
    for (row, (key, words, now)) in steps.iter().enumerate() {
        let y = area.y + 2 + row as u16;
        if *now {
            pen.put(area.x, y, 1, look.marks.cursor, look.accent);
        }
        pen.put(area.x + 2, y, 2, key, look.strong);
        pen.put(area.x + 6, y, area.width.saturating_sub(6), words, if *now { look.selected } else { look.words });
    }
}

/// The grades that stand, newest first.
fn graded_before(history: &[SourceDecision]) -> Vec<(&SourceDecision, Option<Reliability>)> {
    let grade = |decision: &'_ SourceDecision| match decision.act {
        SourceAct::Reliability { reliability } => Some(reliability),
        SourceAct::Join { .. } | SourceAct::Undo { .. } => None,
    };
    standing(history).into_iter().rev().filter_map(|decision| Some((decision, grade(decision)?))).collect()
}

fn past(pen: &mut Pen<'_>, app: &App, before: &[(&SourceDecision, Option<Reliability>)], area: Rect) {
    for (row, (decision, grade)) in before.iter().take(HISTORY).enumerate() {
        let grade = grade.map_or_else(|| "off".to_owned(), |grade| grade.to_string());
        let words = format!("{}  {grade:3}  {}", minute(app.local(decision.at)), decision.analyst);
        pen.put(area.x, area.y + row as u16, area.width, &words, pen.look.quiet);
    }
}
