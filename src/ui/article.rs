//! The article, wrapped around the current claim, which is lit in its context.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::found::Found;
use super::pen::Pen;
use super::review::article_progress;
use super::{clean, list, wrap};
use crate::app::{App, Overlay, Reading};
use crate::domain::{Claim, ClaimId, Meta};

/// Where the current claim and what belongs to it stand in the article, in bytes.
pub(super) struct Lit<'a> {
    reading: Option<&'a Reading>,
    claim: &'a Claim,
    spans: Vec<Range<usize>>,
    names: Vec<Range<usize>>,
    /// The letter at the end that is being moved.
    edge: Option<Range<usize>>,
}

impl<'a> Lit<'a> {
    pub(super) fn new(app: &'a App, claim: &'a Claim) -> Self {
        let reading = app.reading();
        let bytes = |spans: &mut dyn Iterator<Item = [u32; 2]>| match reading {
            Some(reading) => spans.map(|span| reading.bytes(span)).collect(),
            None => Vec::new(),
        };
        let attribution = claim.attribution.as_ref();
        let source = attribution.and_then(|a| a.source.as_ref()).and_then(|s| s.span);
        let cue = attribution.and_then(|a| a.cue.as_ref()).map(|c| c.span);
        let edge = reading.zip(app.overlay()).and_then(|(reading, overlay)| match overlay {
            Overlay::Span(span) if span.moves_start() => Some(reading.bytes([span.edge(), span.edge() + 1])),
            Overlay::Span(span) | Overlay::Added { span, .. } => {
                Some(reading.bytes([span.edge().saturating_sub(1), span.edge()]))
            }
            Overlay::Cut(cut) => Some(reading.bytes([cut.edge(), cut.edge() + 1])),
            _ => None,
        });
        let (spans, names) = match app.overlay() {
            // The claim that is added is lit in the place of the one beside which it is.
            Some(Overlay::Span(span) | Overlay::Added { span, .. }) if span.adds => (&span.spans, [None, None]),
            _ => (&claim.spans, [source, cue]),
        };
        Self {
            reading,
            claim,
            edge,
            spans: bytes(&mut spans.iter().copied()),
            names: bytes(&mut names.into_iter().flatten()),
        }
    }
}

/// What an article is called: its title, else its file's name, else its url.
pub(super) fn name_of(meta: &Meta) -> &str {
    let file = || meta.path.as_deref().map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path));
    meta.title.as_deref().or_else(file).or(meta.url.as_deref()).unwrap_or("untitled")
}

/// Title, outlet and date above the text; how many rows they take.
pub(super) fn title_rows(pen: &mut Pen<'_>, app: &App, claim: &Claim, area: Rect) -> u16 {
    let look = pen.look;
    let meta = &claim.article.meta;
    let name = name_of(meta);
    pen.put(area.x, area.y, area.width, name, look.strong);
    pen.link((area.x, area.y), area.width, name, &(0..name.len()), meta.url.as_deref().unwrap_or_default());
    // A search goes through titles too: this is why a claim is here that has none of the words.
    pen.light(area.x, area.y, area.width, name, &Found::new(app).ranges(name), look.found);
    if area.height < 10 {
        return 1;
    }
    let progress = article_progress(app);
    let facts = [meta.outlet.as_deref(), meta.published.as_deref(), meta.author.as_deref(), progress.as_deref()];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    pen.put(area.x, area.y + 1, area.width, &facts.join(" · "), look.quiet);
    if area.height < 16 { 2 } else { 3 }
}

/// The text around the current claim. Only what is seen is read.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App, lit: &Lit<'_>, area: Rect) {
    if area.width <= GUTTER || area.height == 0 {
        return;
    }
    let (text, spans) = match lit.reading {
        Some(reading) => (reading.text(), lit.spans.clone()),
        // Until the article is here, the claim's own words.
        None => (lit.claim.text.as_str(), std::iter::once(0..lit.claim.text.len()).collect()),
    };
    let focus = lit.edge.clone().or(spans.first().cloned()).unwrap_or(0..0);
    let (width, height) = (usize::from(area.width - GUTTER), usize::from(area.height));
    let lines = wrap::around(text, &focus, (width, height), app.scroll());
    let seen = lines.first().map_or(0, |l| l.start)..lines.last().map_or(0, |l| l.end);
    let mut inks = Inks::new(lit, text, &spans, &seen);
    inks.found = found_in(app, text, &seen);
    let marks = opening_marks(pen, app, lit, &seen);
    for (row, line) in lines.into_iter().enumerate() {
        let y = area.y + row as u16;
        if spans.iter().any(|span| span.start < line.end && line.start < span.end) {
            pen.put(area.x, y, 1, pen.look.marks.bar, pen.look.accent);
        } else if let Some((_, (mark, style))) = marks.iter().find(|(at, _)| line.contains(at)) {
            pen.put(area.x, y, 1, mark, *style);
        }
        write(pen, text, &line, &inks, Rect { x: area.x + GUTTER, y, width: area.width - GUTTER, height: 1 });
    }
}

/// Columns left of the text, for the bar and marks.
const GUTTER: u16 = 2;

/// The status marks of the other claims that are known, by the byte where the claim begins.
fn opening_marks(pen: &Pen<'_>, app: &App, lit: &Lit<'_>, seen: &Range<usize>) -> Vec<(usize, (&'static str, Style))> {
    let Some(reading) = lit.reading else { return Vec::new() };
    let near: Vec<(usize, ClaimId)> = reading.claims_in(seen).map(|(range, id)| (range.start, *id)).collect();
    let known = |id: ClaimId| app.claims_of_article().find(|c| c.id == id);
    near.into_iter().filter_map(|(at, id)| Some((at, list::mark_of(pen, app, known(id)?)))).collect()
}

/// What lies over which bytes.
struct Inks {
    edge: Range<usize>,
    lit: Vec<Range<usize>>,
    names: Vec<Range<usize>>,
    claims: Vec<Range<usize>>,
    furniture: Vec<Range<usize>>,
    quoted: Vec<Range<usize>>,
    found: Vec<Range<usize>>,
    all_known: bool,
}

impl Inks {
    fn new(lit: &Lit<'_>, text: &str, spans: &[Range<usize>], seen: &Range<usize>) -> Self {
        let claims = lit.reading.map(|r| r.claims_in(seen).map(|(range, _)| range.clone()).collect());
        let furniture = lit.reading.map(|r| r.furniture_in(seen).cloned().collect());
        Self {
            edge: lit.edge.clone().unwrap_or_default(),
            lit: spans.to_vec(),
            names: lit.names.clone(),
            claims: claims.unwrap_or_default(),
            furniture: furniture.unwrap_or_default(),
            quoted: quoted(text, seen),
            found: Vec::new(),
            all_known: lit.reading.is_some(),
        }
    }

    fn style(&self, pen: &Pen<'_>, at: usize) -> Style {
        let look = pen.look;
        let in_any = |ranges: &[Range<usize>]| ranges.iter().any(|r| r.contains(&at));
        if self.edge.contains(&at) {
            return look.edge;
        }
        let mut style = if in_any(&self.lit) {
            look.claim
        } else if in_any(&self.furniture) {
            return look.furniture;
        } else if in_any(&self.claims) || !self.all_known {
            look.words
        } else {
            look.between
        };
        if in_any(&self.found) {
            style = style.patch(look.found);
        }
        if in_any(&self.names) {
            style = style.patch(look.source);
        }
        if in_any(&self.quoted) { style.add_modifier(Modifier::ITALIC) } else { style }
    }
}

/// What the search found in the bytes that are seen.
fn found_in(app: &App, text: &str, seen: &Range<usize>) -> Vec<Range<usize>> {
    let ranges = Found::new(app).ranges(text.get(seen.clone()).unwrap_or_default());
    ranges.into_iter().map(|range| range.start + seen.start..range.end + seen.start).collect()
}

/// The stretches in quotation marks that touch `seen`. A mark left open holds to the end of its paragraph.
fn quoted(text: &str, seen: &Range<usize>) -> Vec<Range<usize>> {
    let start = wrap::stretch_start(text, seen.start.min(text.len()));
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.get(start..seen.end).unwrap_or_default().char_indices() {
        let at = start + at;
        match (open, c) {
            (None, '“' | '"' | '«' | '„') => open = Some((at, closing(c))),
            (Some((from, _)), '\n') => {
                found.push(from..at);
                open = None;
            }
            (Some((from, end)), c) if c == end || (end == '“' && c == '”') => {
                found.push(from..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|(from, _)| from..seen.end));
    found
}

fn closing(open: char) -> char {
    match open {
        '“' => '”',
        '«' => '»',
        '„' => '“',
        same => same,
    }
}

fn write(pen: &mut Pen<'_>, text: &str, line: &Range<usize>, inks: &Inks, row: Rect) {
    let mut x = row.x;
    for (at, grapheme) in clean::graphemes(&text[line.clone()]) {
        let piece = clean::piece(grapheme);
        let wide = clean::width(&piece) as u16;
        if x + wide > row.right() {
            break;
        }
        pen.put(x, row.y, wide, &piece, inks.style(pen, line.start + at));
        x += wide;
    }
}
