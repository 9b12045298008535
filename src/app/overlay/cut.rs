//! Where a claim is split in two: a mark that moves through its words.

use super::super::actions::{decide_with_new, edit};
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::reading::Reading;
use super::super::state::{App, Said};
use super::Overlay;
use super::motion::{self, By};
use crate::domain::{Act, Addition, Claim, ClaimId, Edit, Excerpt};

/// The words of a claim, and before which of them it is cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Whose.
    pub claim: ClaimId,
    spans: Vec<[u32; 2]>,
    /// In code points; the second part begins here or at the first word behind it.
    at: u32,
}

impl Cut {
    /// Begins where a clause ends, else between words, as near to the middle as there is one.
    pub(in crate::app) fn new(claim: &Claim, reading: &Reading) -> Option<Self> {
        let (first, last) = (claim.spans.first()?[0], claim.spans.last()?[1]);
        let mut cut = Self { claim: claim.id, spans: claim.spans.clone(), at: first };
        let middle = first + (last - first) / 2;
        let mut best: Option<(bool, u32, u32)> = None;
        loop {
            let before = cut.at;
            cut.step(reading, true, By::Word);
            if cut.at == before {
                break;
            }
            let text = reading.text()[..reading.byte_of(cut.at)].trim_end();
            let within_clause = !text.ends_with([',', ';', ':', '—', '–', '.']);
            let here = (within_clause, cut.at.abs_diff(middle), cut.at);
            best = Some(best.map_or(here, |best| best.min(here)));
        }
        cut.at = best?.2;
        Some(cut)
    }

    /// The places before and behind the mark, without the blanks around it.
    pub fn parts(&self, reading: &Reading) -> [Vec<[u32; 2]>; 2] {
        let whole = |[start, end]: [u32; 2]| {
            let bytes = reading.bytes([start, end.max(start)]);
            let words = reading.text().get(bytes.clone()).unwrap_or_default();
            let from = bytes.start + words.len() - words.trim_start().len();
            let to = bytes.start + words.trim_end().len();
            (from < to).then(|| [reading.point_of(from), reading.point_of(to)])
        };
        let before = self.spans.iter().filter_map(|[start, end]| whole([*start, (*end).min(self.at)]));
        let behind = self.spans.iter().filter_map(|[start, end]| whole([(*start).max(self.at), *end]));
        [before.collect(), behind.collect()]
    }

    /// Where the second part begins.
    pub fn edge(&self) -> u32 {
        self.at
    }

    /// The words of both parts.
    pub fn excerpt(&self, reading: &Reading) -> Excerpt {
        reading.excerpt(self.parts(reading).concat())
    }

    /// Goes as far as both parts keep words.
    fn step(&mut self, reading: &Reading, forward: bool, by: By) {
        let to = motion::step(reading.text(), reading.byte_of(self.at), by, forward, true);
        let mut next = Self { at: reading.point_of(to), ..self.clone() };
        // Over what lies between two stretches of the claim in one step.
        if let Some(gap) = self.spans.windows(2).find(|pair| (pair[0][1]..pair[1][0]).contains(&next.at)) {
            next.at = if forward { gap[1][0] } else { gap[0][1].saturating_sub(1) };
        }
        if next.parts(reading).iter().all(|part| has_words(reading, part)) {
            *self = next;
        }
    }
}

fn has_words(reading: &Reading, part: &[[u32; 2]]) -> bool {
    let words = part.iter().map(|span| reading.text().get(reading.bytes(*span)).unwrap_or_default());
    words.into_iter().any(|words| words.chars().any(char::is_alphanumeric))
}

/// Gives a key to the overlay.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    match key.code {
        Code::Esc => {
            app.overlay = None;
            Vec::new()
        }
        Code::Enter => save(app),
        _ => motion::of_key(key).map_or_else(Vec::new, |(forward, by)| step(app, forward, by)),
    }
}

fn step(app: &mut App, forward: bool, by: By) -> Vec<Effect> {
    let Some(Overlay::Cut(mut cut)) = app.overlay.take() else { return Vec::new() };
    match app.reading() {
        Some(reading) => cut.step(reading, forward, by),
        None => app.said = Said::Problem("the article is not here yet".to_owned()),
    }
    app.overlay = Some(Overlay::Cut(cut));
    Vec::new()
}

/// One decision on each part, taken back together.
fn save(app: &mut App) -> Vec<Effect> {
    let Some(Overlay::Cut(cut)) = app.overlay.take() else { return Vec::new() };
    let (Some(reading), Some(claim)) = (app.reading(), app.current().filter(|c| c.id == cut.claim)) else {
        return Vec::new();
    };
    let [first, second] = cut.parts(reading).map(|spans| reading.excerpt(spans));
    let added = Addition::part_of(&app.shown(claim), second);
    let kept = edit(Edit { words: Some(first), ..Edit::default() });
    decide_with_new(app, vec![(added.id(), Act::Add(Box::new(added))), (cut.claim, kept)])
}
