//! Statistics: how far, how quickly, by what and by whom. Lengths say how much; no colour is needed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use ratatui::layout::Rect;

use super::header::number;
use super::pen::Pen;
use crate::app::App;
use crate::domain::{Moment, Progress, Stats, Status};

/// A row of a column.
enum Row {
    Title(&'static str),
    Blank,
    /// A label and what there is to say.
    Words(&'static str, String),
    /// Counts of the last days, oldest first.
    Days(Vec<u64>),
    /// The first and the last of these days.
    Ends(String, String),
    Bar(Bar),
    Quiet(String),
}

/// How much of something there is against the most, and how much of that is done.
struct Bar {
    mark: Option<Status>,
    name: String,
    done: u64,
    all: u64,
    most: u64,
    figure: String,
}

/// Columns from which on there are two and three columns of rows.
const TWO: u16 = 96;
const THREE: u16 = 160;
/// Columns of labels, of names before a bar and of figures after it.
const LABELS: u16 = 10;
const NAMES: u16 = 22;
const FIGURES: u16 = 20;
/// Rows of a list at most, and days of the sparkline and of the pace.
const LISTED: usize = 10;
const DAYS: i64 = 42;
const PACE_DAYS: i64 = 14;
const DAY: i64 = 86_400;

pub(super) fn draw(pen: &mut Pen<'_>, app: &App, area: Rect) {
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), ..area };
    let Some(stats) = app.statistics().stats() else {
        pen.put(inner.x, inner.y, inner.width, "reading the store …", pen.look.quiet);
        return;
    };
    if stats.claims == 0 {
        return nothing(pen, inner);
    }
    let (overview, mut lists, people) = (overview(app, stats), lists(stats), people(stats));
    if app.is_blind() {
        lists = vec![Row::Quiet("blind: only what you decided is counted".to_owned())];
    }
    let columns: Vec<Vec<Row>> = match inner.width {
        THREE.. => vec![overview, lists, people],
        TWO.. => vec![overview.into_iter().chain([Row::Blank]).chain(people).collect(), lists],
        _ => vec![overview.into_iter().chain([Row::Blank]).chain(lists).chain([Row::Blank]).chain(people).collect()],
    };
    let gap = 5;
    let count = columns.len() as u16;
    let width = (inner.width.saturating_sub(gap * (count - 1)) / count).min(72);
    let longest = columns.iter().map(Vec::len).max().unwrap_or_default();
    let below = longest.saturating_sub(app.statistics().top() + usize::from(area.height));
    if below > 0 {
        let words = format!("{} more rows below", below + 1);
        pen.put(inner.x, area.bottom() - 1, inner.width, &words, pen.look.quiet);
    }
    let height = usize::from(area.height) - usize::from(below > 0);
    for (place, rows) in columns.iter().enumerate() {
        let column = Rect { x: inner.x + place as u16 * (width + gap), width, ..inner };
        // Scrolled no further than its last row.
        let top = app.statistics().top().min(rows.len().saturating_sub(usize::from(area.height)));
        for (y, row) in rows.iter().skip(top).take(height).enumerate() {
            one(pen, row, Rect { y: column.y + y as u16, height: 1, ..column });
        }
    }
}

fn nothing(pen: &mut Pen<'_>, at: Rect) {
    pen.put(at.x + 1, at.y, at.width, "There is nothing to count yet.", pen.look.strong);
    let words = "Once articles are loaded: how many claims are decided, by whom, how quickly, and what is left.";
    pen.put(at.x + 1, at.y + 1, at.width, words, pen.look.quiet);
}

fn one(pen: &mut Pen<'_>, row: &Row, at: Rect) {
    let look = pen.look;
    match row {
        Row::Blank => {}
        Row::Title(title) => drop(pen.put(at.x, at.y, at.width, title, look.quiet)),
        Row::Quiet(words) => drop(pen.put(at.x, at.y, at.width, words, look.quiet)),
        Row::Words(label, words) => {
            pen.put(at.x, at.y, LABELS, label, look.quiet);
            pen.put(at.x + LABELS, at.y, at.width.saturating_sub(LABELS), words, look.words);
        }
        Row::Days(days) => {
            let most = days.iter().max().copied().unwrap_or_default().max(1);
            let shown = days.len().min(usize::from(at.width.saturating_sub(LABELS)));
            pen.put(at.x, at.y, LABELS, "by day", look.quiet);
            for (place, n) in days[days.len() - shown..].iter().enumerate() {
                let (mark, style) = match n {
                    0 => (look.marks.left, look.line),
                    n => (look.marks.levels[((n * 8).div_ceil(most) as usize).clamp(1, 8) - 1], look.words),
                };
                pen.put(at.x + LABELS + place as u16, at.y, 1, mark, style);
            }
        }
        Row::Ends(first, last) => {
            let days = Rect { x: at.x + LABELS, width: at.width.saturating_sub(LABELS).min(DAYS as u16), ..at };
            pen.put_right(days, at.y, last, look.quiet);
            if days.width == DAYS as u16 {
                pen.put(days.x, at.y, days.width, first, look.quiet);
            }
        }
        Row::Bar(bar) => draw_bar(pen, bar, at),
    }
}

fn draw_bar(pen: &mut Pen<'_>, bar: &Bar, at: Rect) {
    let look = pen.look;
    let mut x = at.x;
    if let Some(status) = bar.mark {
        let (mark, style) = look.status(status);
        pen.put(x, at.y, 1, mark, style);
        x += 2;
    }
    pen.put(x, at.y, (at.x + NAMES).saturating_sub(x + 2), &bar.name, look.words);
    let room = at.width.saturating_sub(NAMES + FIGURES);
    let length = (u64::from(room) * bar.all).div_ceil(bar.most.max(1)).min(room.into()) as u16;
    pen.bar(at.x + NAMES, at.y, length, bar.done, bar.all);
    pen.put_right(Rect { x: at.x + NAMES + room, width: FIGURES, ..at }, at.y, &bar.figure, look.quiet);
}

fn overview(app: &App, stats: &Stats) -> Vec<Row> {
    let left = stats.claims.saturating_sub(stats.reviewed);
    let percent = stats.reviewed.saturating_mul(100) / stats.claims.max(1);
    let mut rows = vec![
        Row::Words("decided", format!("{} of {} · {percent} %", number(stats.reviewed), number(stats.claims))),
        Row::Words(
            "left",
            format!("{} · {} for later · {} in dispute", number(left), number(stats.later), number(stats.conflicts)),
        ),
        Row::Blank,
        Row::Days((0..DAYS).rev().map(|back| decided_on(stats, app.now(), back)).collect()),
        Row::Ends(day(app.now(), DAYS - 1), day(app.now(), 0)),
    ];
    rows.extend(pace(app, stats, left).into_iter().map(|(label, words)| Row::Words(label, words)));
    // What is left would dwarf the others, and is told above.
    let decided = || Status::ALL.into_iter().filter(|status| *status != Status::Unreviewed);
    rows.extend([Row::Blank, Row::Title("by status")]);
    let count = |status: Status| stats.by_status.get(status.word()).copied().unwrap_or_default();
    let most = decided().map(count).max().unwrap_or_default();
    rows.extend(decided().map(|status| {
        let all = count(status);
        Row::Bar(Bar { mark: Some(status), name: status.word().into(), done: all, all, most, figure: number(all) })
    }));
    rows
}

fn day(now: Moment, days_back: i64) -> String {
    Moment(now.0.saturating_sub(days_back * DAY)).day()
}

fn decided_on(stats: &Stats, now: Moment, days_back: i64) -> u64 {
    stats.by_day.get(&day(now, days_back)).copied().unwrap_or_default()
}

/// How quickly claims were decided since the start and on the last days, and how long what is left takes so.
fn pace(app: &App, stats: &Stats, left: u64) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    if let Some(work) = app.handover() {
        let decided: u64 = work.decided.iter().map(|(_, n)| n).sum();
        let minutes = work.seconds.div_ceil(60).max(1);
        let an_hour = decided * 60 / minutes;
        let claims = if decided == 1 { "claim" } else { "claims" };
        // A few minutes say nothing of an hour.
        let pace = if minutes < 10 { String::new() } else { format!(" · {} an hour", number(an_hour)) };
        rows.push(("now", format!("{} {claims} in {minutes} min{pace}", number(decided))));
    }
    let days: Vec<u64> = (0..PACE_DAYS).map(|back| decided_on(stats, app.now(), back)).filter(|n| *n > 0).collect();
    let worked = days.len() as u64;
    // A day in the list has at least one claim, so the mean is never 0.
    if let Some(a_day) = days.iter().sum::<u64>().checked_div(worked) {
        rows.push(("pace", format!("{} a day on {worked} of the last {PACE_DAYS} days", number(a_day))));
        let needed = left.div_ceil(a_day.max(1));
        if left > 0 {
            let days = if needed == 1 { "day" } else { "days" };
            rows.push(("", format!("{} {days} for what is left", number(needed))));
        }
    }
    rows
}

fn lists(stats: &Stats) -> Vec<Row> {
    let mut rows = progress("by outlet, claims and those decided", &stats.by_outlet);
    if !rows.is_empty() && !stats.by_source.is_empty() {
        rows.push(Row::Blank);
    }
    rows.extend(progress("by source", &stats.by_source));
    // Only the largest are counted here, so how many more there are is not known.
    if let Some(Row::Quiet(words)) = rows.last_mut().filter(|_| stats.by_source.len() > LISTED) {
        "all of them are on the screen of sources".clone_into(words);
    }
    rows
}

/// The largest first; of the rest only how many there are.
fn progress(title: &'static str, by_name: &BTreeMap<String, Progress>) -> Vec<Row> {
    let mut sorted: Vec<_> = by_name.iter().collect();
    sorted.sort_by_key(|(_, progress)| Reverse(progress.claims));
    let most = sorted.first().map_or(0, |(_, progress)| progress.claims);
    let bar = |(name, progress): &(&String, &Progress)| {
        let name = if name.is_empty() { "not known".to_owned() } else { (*name).clone() };
        let figure = format!("{} of {}", number(progress.reviewed), number(progress.claims));
        Row::Bar(Bar { mark: None, name, done: progress.reviewed, all: progress.claims, most, figure })
    };
    titled(title, &sorted, bar)
}

fn people(stats: &Stats) -> Vec<Row> {
    let mut sorted: Vec<_> = stats.by_analyst.iter().collect();
    sorted.sort_by_key(|(_, decided)| Reverse(**decided));
    let most = sorted.first().map_or(0, |(_, decided)| **decided);
    let mut rows = titled("by analyst, claims decided", &sorted, |(name, decided)| {
        let all = **decided;
        Row::Bar(Bar { mark: None, name: (*name).clone(), done: all, all, most, figure: number(all) })
    });
    if !rows.is_empty() && !stats.agreement.is_empty() {
        rows.push(Row::Blank);
    }
    rows.extend(titled("agreement, where two decided the same claim", &stats.agreement, |pair| {
        // Never "-0.00".
        let kappa = pair.kappa.map(|kappa| format!(" · κ {:.2}", (kappa * 100.0).round() / 100.0 + 0.0));
        let kappa = kappa.unwrap_or_default();
        let figure = format!("{:.0} % of {}{kappa}", pair.percent(), number(pair.claims));
        let name = pair.analysts.join(" · ");
        Row::Bar(Bar { mark: None, name, done: pair.agreed, all: pair.claims, most: pair.claims, figure })
    }));
    rows
}

fn titled<T>(title: &'static str, all: &[T], row: impl Fn(&T) -> Row) -> Vec<Row> {
    if all.is_empty() {
        return Vec::new();
    }
    let more = all.len().saturating_sub(LISTED);
    let rest = (more > 0).then(|| Row::Quiet(format!("and {} more", number(more as u64))));
    std::iter::once(Row::Title(title)).chain(all.iter().take(LISTED).map(row)).chain(rest).collect()
}
