//! The ends of words being moved, by letter, word and sentence, never over each other: of a claim that is edited, or of
//! one that is added.

use super::super::actions::{add, cycle_mode, decide, open_line};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::reading::Reading;
use super::super::state::{App, Said};
use super::motion::{self, By};
use super::{Field, Overlay, Part};
use crate::domain::{Act, Claim, ClaimId, Edit, Excerpt};

/// The spans of a claim as they will be, and the end that moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Whose; of a claim that is added, the one beside which that began.
    pub claim: ClaimId,
    /// Whether they are those of a new claim.
    pub adds: bool,
    /// In code points, as in the claim.
    pub spans: Vec<[u32; 2]>,
    before: Vec<[u32; 2]>,
    /// Counted over all spans: start, end, start, end.
    end: usize,
}

impl Span {
    /// Begins with the end of the last span, which is wrong most often.
    pub(in crate::app) fn new(claim: ClaimId, spans: Vec<[u32; 2]>) -> Self {
        Self { claim, adds: false, end: (spans.len() * 2).saturating_sub(1), before: spans.clone(), spans }
    }

    /// A new claim: begins with the sentence after this one, else with the one in which it stands.
    pub(in crate::app) fn beside(claim: &Claim, reading: &Reading) -> Option<Self> {
        let text = reading.text();
        let own = reading.bytes(*claim.spans.last()?);
        let sentence = motion::sentence(text, &own, true).or_else(|| motion::sentence_at(text, own.start))?;
        let span = [reading.point_of(sentence.start), reading.point_of(sentence.end)];
        Some(Self { adds: true, ..Self::new(claim.id, vec![span]) })
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

    /// To the next sentence, or the one before.
    fn turn_to_sentence(&mut self, reading: &Reading, forward: bool) {
        let Some((first, last)) = self.spans.first().zip(self.spans.last()) else { return };
        let own = reading.bytes([first[0], last[1]]);
        if let Some(sentence) = motion::sentence(reading.text(), &own, forward) {
            self.spans = vec![[reading.point_of(sentence.start), reading.point_of(sentence.end)]];
            self.end = 1;
        }
    }

    fn step(&mut self, reading: &Reading, forward: bool, by: By) {
        let at = reading.byte_of(self.edge());
        let to = reading.point_of(motion::step(reading.text(), at, by, forward, self.moves_start()));
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
    if let Some((forward, by)) = motion::of_key(key) {
        return step(app, forward, by);
    }
    let adds = matches!(&app.overlay, Some(Overlay::Span(span)) if span.adds);
    match (key.code, key.typed()) {
        (Code::Esc, _) => {
            app.overlay = None;
            Vec::new()
        }
        (Code::Enter, _) => save(app),
        (Code::Tab, _) => turn(app, false),
        (Code::BackTab, _) => turn(app, true),
        (_, Some('(')) => step(app, false, By::Sentence),
        (_, Some(')')) => step(app, true, By::Sentence),
        (code, typed) if adds => key_of_new(app, code, typed),
        (_, Some('s')) => then(app, |app| open_line(app, Part::Source)),
        (_, Some('c')) => then(app, |app| open_line(app, Part::Cue)),
        (_, Some('x')) => then(app, |app| open_line(app, Part::Hide)),
        (_, Some('m')) => cycle_mode(app),
        _ => Vec::new(),
    }
}

/// The keys that only a claim that is added has.
fn key_of_new(app: &mut App, code: Code, typed: Option<char>) -> Vec<Effect> {
    match (code, typed) {
        (Code::Down, _) | (_, Some('j')) => changed(app, |span, reading| span.turn_to_sentence(reading, true)),
        (Code::Up, _) | (_, Some('k')) => changed(app, |span, reading| span.turn_to_sentence(reading, false)),
        (_, Some('s')) => {
            if let Some(Overlay::Span(span)) = app.overlay.take() {
                app.overlay = Some(Overlay::Added { span, field: Field::line(String::new()) });
            }
            Vec::new()
        }
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

fn step(app: &mut App, forward: bool, by: By) -> Vec<Effect> {
    changed(app, |span, reading| span.step(reading, forward, by))
}

fn changed(app: &mut App, change: impl FnOnce(&mut Span, &Reading)) -> Vec<Effect> {
    let Some(Overlay::Span(mut span)) = app.overlay.take() else { return Vec::new() };
    match app.reading() {
        Some(reading) => change(&mut span, reading),
        None => app.said = Said::Problem("the article is not here yet".to_owned()),
    }
    app.overlay = Some(Overlay::Span(span));
    Vec::new()
}

fn save(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Span(span)) = app.overlay.take() else { return Vec::new() };
    if span.adds {
        return add(app, &span, "");
    }
    let words = app.reading().map(|reading| span.excerpt(reading));
    match words.filter(|_| span.spans != span.before) {
        Some(words) => decide(app, span.claim, vec![Act::Edit(Edit { words: Some(words), ..Edit::default() })]),
        None => Vec::new(),
    }
}
