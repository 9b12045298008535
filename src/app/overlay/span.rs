//! The ends of a claim's words being moved: by letter and by word, never over each other.

use unicode_segmentation::UnicodeSegmentation;

use super::super::actions::{cycle_mode, decide, open_line};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::reading::Reading;
use super::super::state::{App, Said};
use super::{Overlay, Part};
use crate::domain::{Act, ClaimId, Edit, Excerpt};

/// The spans of a claim as they will be, and the end that moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Whose.
    pub claim: ClaimId,
    /// In code points, as in the claim.
    pub spans: Vec<[u32; 2]>,
    before: Vec<[u32; 2]>,
    /// Counted over all spans: start, end, start, end.
    end: usize,
}

/// Bytes that one step looks at: a word is shorter, and a text without a space isn't read through.
const REACH: usize = 4096;

impl Span {
    /// Begins with the end of the last span, which is wrong most often.
    pub(in crate::app) fn new(claim: ClaimId, spans: Vec<[u32; 2]>) -> Self {
        Self { claim, end: (spans.len() * 2).saturating_sub(1), before: spans.clone(), spans }
    }

    /// Whether the end that moves is where words begin.
    pub fn moves_start(&self) -> bool {
        self.end.is_multiple_of(2)
    }

    /// Where the end that moves stands, in code points.
    pub fn edge(&self) -> u32 {
        self.spans.get(self.end / 2).map_or(0, |span| span[self.end % 2])
    }

    /// The words between the ends.
    pub fn excerpt(&self, reading: &Reading) -> Excerpt {
        reading.excerpt(self.spans.clone())
    }

    fn turn(&mut self, back: bool) {
        let ends = (self.spans.len() * 2).max(1);
        self.end = (self.end + if back { ends - 1 } else { 1 }) % ends;
    }

    fn step(&mut self, reading: &Reading, forward: bool, word: bool) {
        let text = reading.text();
        let at = reading.byte_of(self.edge());
        let to = match (forward, word) {
            (true, false) => at + head(&text[at..]).graphemes(true).next().map_or(0, str::len),
            (false, false) => at - tail(&text[..at]).graphemes(true).next_back().map_or(0, str::len),
            (true, true) => next_word(text, at, self.moves_start()),
            (false, true) => word_before(text, at, self.moves_start()),
        };
        let to = reading.point_of(to);
        // Ends stay in their order, and no span is empty.
        let ends: Vec<u32> = self.spans.iter().flatten().copied().collect();
        let held = |place: usize| u32::from(place / 2 == self.end / 2);
        let least = self.end.checked_sub(1).map_or(0, |place| ends[place] + held(place));
        let most = ends.get(self.end + 1).map_or(u32::MAX, |next| next.saturating_sub(held(self.end + 1)));
        if let Some(span) = self.spans.get_mut(self.end / 2) {
            span[self.end % 2] = to.clamp(least.min(most), most);
        }
    }
}

/// Gives a key to the overlay.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let word = key.ctrl || key.alt;
    match (key.code, key.typed()) {
        (Code::Esc, _) => {
            app.overlay = None;
            Vec::new()
        }
        (Code::Enter, _) => save(app),
        (Code::Tab, _) => turn(app, false),
        (Code::BackTab, _) => turn(app, true),
        (Code::Left, _) => step(app, false, word),
        (Code::Right, _) => step(app, true, word),
        (_, Some('h')) => step(app, false, false),
        (_, Some('l')) => step(app, true, false),
        (_, Some('b')) => step(app, false, true),
        (_, Some('w')) => step(app, true, true),
        (_, Some('s')) => then(app, |app| open_line(app, Part::Source)),
        (_, Some('c')) => then(app, |app| open_line(app, Part::Cue)),
        (_, Some('x')) => then(app, |app| open_line(app, Part::Hide)),
        (_, Some('m')) => cycle_mode(app),
        _ => Vec::new(),
    }
}

fn then(app: &mut App, next: impl FnOnce(&mut App) -> Vec<Effect>) -> Vec<Effect> {
    let mut effects = save(app);
    effects.extend(next(app));
    effects
}

fn turn(app: &mut App, back: bool) -> Vec<Effect> {
    if let Some(Overlay::Span(span)) = &mut app.overlay {
        span.turn(back);
    }
    Vec::new()
}

fn step(app: &mut App, forward: bool, word: bool) -> Vec<Effect> {
    let Some(Overlay::Span(mut span)) = app.overlay.take() else { return Vec::new() };
    match app.reading() {
        Some(reading) => span.step(reading, forward, word),
        None => app.said = Said::Problem("the article is not here yet".to_owned()),
    }
    app.overlay = Some(Overlay::Span(span));
    Vec::new()
}

fn save(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Span(span)) = app.overlay.take() else { return Vec::new() };
    let words = app.reading().map(|reading| span.excerpt(reading));
    match words.filter(|_| span.spans != span.before) {
        Some(words) => decide(app, span.claim, vec![Act::Edit(Edit { words: Some(words), ..Edit::default() })]),
        None => Vec::new(),
    }
}

fn head(text: &str) -> &str {
    let end = (REACH.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(text.len())]
}

fn tail(text: &str) -> &str {
    let start = (text.len().saturating_sub(REACH)..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[start.unwrap_or_default()..]
}

fn next_word(text: &str, at: usize, start: bool) -> usize {
    let ahead = head(&text[at..]);
    let blank = |rest: &str| rest.len() - rest.trim_start().len();
    let word = |rest: &str| rest.find(char::is_whitespace).unwrap_or(rest.len());
    let first = if start { word(ahead) } else { blank(ahead) };
    let rest = &ahead[first..];
    at + first + if start { blank(rest) } else { word(rest) }
}

fn word_before(text: &str, at: usize, start: bool) -> usize {
    let behind = tail(&text[..at]);
    let before_word = |head: &str| head.trim_end_matches(|c: char| !c.is_whitespace()).len();
    let kept = if start { before_word(behind.trim_end()) } else { behind[..before_word(behind)].trim_end().len() };
    at - (behind.len() - kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_by_word_leads_to_where_a_word_begins_or_ends() {
        let text = "“Ja”, said  Ön.\n\nMenu";
        let all = text.len();
        let last = text.find("Menu").unwrap();
        assert_eq!(next_word(text, 0, true), text.find("said").unwrap());
        assert_eq!(next_word(text, 0, false), text.find(" said").unwrap());
        assert_eq!(word_before(text, all, true), last);
        assert_eq!(word_before(text, all, false), text.find('\n').unwrap());
        assert_eq!((next_word(text, last, true), next_word(text, all, false)), (all, all));
        assert_eq!((word_before(text, 0, true), word_before(text, 3, false)), (0, 0));
    }
}
