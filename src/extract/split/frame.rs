//! What is left of a sentence around the contents that it attributes: mostly "he said", sometimes a claim.
//!
//! "Two men died, and the mayor said that …": the first half. "It was confirmed by the mayor, who wrote that …": all up
//! to "who".

use super::super::lexicon::{ADVERB, AUXILIARY, COORDINATOR, SUBORDINATOR};
use super::super::remarks::{self, Reading};
use super::super::token::Kind;
use super::super::{RemarkKind, Span};
use super::clauses::{Clause, clauses};
use super::verbs::verb_groups;
use super::{Noted, Share, Splitter, marks};

impl Splitter<'_, '_> {
    /// Finds what the words around the contents of `cues` assert by themselves.
    pub(super) fn frame(&mut self, number: usize, start: usize, share: &Share, cues: &[usize]) {
        let mut at = 0;
        while at < share.places.len() {
            let end = (at + 1..share.places.len())
                .find(|i| share.places.get(*i) != share.places.get(i - 1).map(|p| p + 1).as_ref())
                .unwrap_or(share.places.len());
            let run = share.places.get(at..end).unwrap_or_default();
            self.run(number, start, run, share.owner, cues);
            let before = share.places.get(..at).unwrap_or_default();
            self.around_aside(number, before, run, share.owner);
            at = end;
        }
    }

    /// "The base, where sources heard blasts, is old": the sentence without the clause in commas.
    fn around_aside(&mut self, number: usize, before: &[usize], run: &[usize], owner: Option<usize>) {
        let words = self.found.words;
        let goes_on = run.split_first().filter(|(first, _)| words.is_kind(**first, Kind::Comma)).map(|(_, rest)| rest);
        let Some(rest) = goes_on.filter(|rest| verb_groups(words, rest).first().is_some_and(|g| g.start == 0)) else {
            return;
        };
        let opens = |at: usize| {
            before.get(at).is_some_and(|p| words.is_kind(*p, Kind::Comma))
                && before.get(at + 1).is_some_and(|p| words.is(*p, SUBORDINATOR))
        };
        let Some(comma) = (0..before.len()).find(|at| opens(*at)) else { return };
        let places: Vec<usize> = before.iter().take(comma).chain(rest).copied().collect();
        if self.asserts(&places) {
            self.clause(number, &places, owner, owner.is_none());
        }
    }

    /// One unbroken run of a frame.
    fn run(&mut self, number: usize, start: usize, run: &[usize], owner: Option<usize>, cues: &[usize]) {
        let cues = self.places_of_cues(run, cues);
        for (i, clause) in clauses(self.found.words, run).into_iter().enumerate() {
            let joined = i > 0 || run.first().is_some_and(|p| *p == start);
            let cue = cues.get(cues.partition_point(|c| *c < clause.at.start)).copied().filter(|c| *c < clause.at.end);
            let end = match cue {
                None => Some(clause.at.end),
                Some(cue) => self.before_cue(run, &clause, cue),
            };
            if cue.is_some() && owner.is_none() {
                self.remark_in_frame(number, run.get(clause.at.clone()).unwrap_or_default());
            }
            let Some(end) = end else { continue };
            let Some(places) = run.get(clause.at.start..end) else { continue };
            if joined && self.asserts(places) {
                self.clause(number, places, owner, owner.is_none());
            } else if i == 0 {
                self.after_join(number, places, owner);
            }
        }
    }

    /// "…, Orlan said in a post that could not be verified": said of what the sentence attributes.
    fn remark_in_frame(&mut self, number: usize, places: &[usize]) {
        let reading = remarks::read(self.found.words, places)
            .filter(|r| r.kind == RemarkKind::NotVerified || (r.kind == RemarkKind::Denied && !r.whole));
        let span = marks::spans(self.found.words, places, false).into_iter().reduce(Span::cover);
        if let (Some(reading), Some(span)) = (reading, span) {
            self.parts.remarks.push(Noted { span, reading: Reading { whole: false, ..reading }, sentence: number });
        }
    }

    /// ", but no bodies were found" after a content: what follows the join, if it asserts.
    fn after_join(&mut self, number: usize, places: &[usize], owner: Option<usize>) {
        let words = self.found.words;
        let marks = places.iter().take_while(|p| super::is_mark(words.kind(**p))).count();
        let joins = places.get(marks).is_some_and(|p| words.is(*p, COORDINATOR))
            || places.iter().take(marks).any(|p| words.is_kind(*p, Kind::Semicolon));
        let from = marks + usize::from(places.get(marks).is_some_and(|p| words.is(*p, COORDINATOR)));
        let rest = places.get(from..).unwrap_or_default();
        if joins && self.asserts(rest) {
            self.clause(number, rest, owner, owner.is_none());
        }
    }

    /// Whether the words have a subject and a main verb that is sure.
    fn asserts(&self, places: &[usize]) -> bool {
        let main = clauses(self.found.words, places).into_iter().next().and_then(|c| c.verb);
        main.is_some_and(|v| v.sure && v.start > 0)
    }

    /// Where in the run, which is unbroken, words of these cues stand; in order.
    fn places_of_cues(&self, run: &[usize], cues: &[usize]) -> Vec<usize> {
        let words = self.found.words;
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
        let spans = cues.iter().filter_map(|k| self.found.attributions.get(*k)?.cue);
        let mut places: Vec<usize> =
            spans.flat_map(|s| words.inside(s)).filter(|p| (first..=last).contains(&p)).map(|p| p - first).collect();
        places.sort_unstable();
        places
    }

    /// Where what stands before the cue ends, if it can be a clause of its own: before "who", "and", ", adding".
    fn before_cue(&self, run: &[usize], clause: &Clause, cue: usize) -> Option<usize> {
        let words = self.found.words;
        let mut at = cue;
        while at > clause.at.start && run.get(at - 1).is_some_and(|p| words.is(*p, ADVERB | AUXILIARY)) {
            at -= 1;
        }
        let before = *run.get(at.checked_sub(1).filter(|b| *b > clause.at.start)?)?;
        let relative = words.is(before, SUBORDINATOR) && !words.is(before, COORDINATOR);
        let participle = run.get(cue).is_some_and(|p| words.ends_in(*p, b"ing")) && words.is_kind(before, Kind::Comma);
        let mut end = at - 1;
        if !relative && !participle && !words.is(before, COORDINATOR) {
            return None;
        }
        while end > clause.at.start && run.get(end - 1).is_some_and(|p| words.is_kind(*p, Kind::Comma)) {
            end -= 1;
        }
        Some(end)
    }
}
