//! Joins what the learnt model finds with what the rules find, where they differ.
//!
//! The model knows more cues; the rules hold where it has never seen the words. So the model leads where it is sure,
//! and a clear quotation with a speaker, or an "according to", is kept whatever it thinks.

use std::ops::Range;

use super::super::token::key;
use super::draft::Draft;
use super::lexicon::Class;
use super::model::Paragraph;
use super::scene::Scene;
use super::subject;

/// The least chance at which the model is believed: chosen on held-out folds.
pub(super) const BELIEVED: f32 = 0.25;
/// How much surer it must be of a cue that no lexicon knows.
const UNHEARD_OF: f32 = 0.1;

/// The attributions of a paragraph from the model's drafts, each with its chance, and the rules'.
pub(super) fn blend(paragraph: &Paragraph, learnt: Vec<(Draft, f32)>) -> Vec<Draft> {
    if learnt.is_empty() && paragraph.drafts.is_empty() {
        return Vec::new();
    }
    let scene = &paragraph.scene;
    let mut learnt: Vec<_> = learnt.into_iter().filter(|(d, chance)| *chance >= BELIEVED + doubt(scene, d)).collect();
    learnt.retain(|(d, _)| !paragraph.drafts.iter().any(|rule| is_set_off(rule) && shares_cue(rule, d)));
    learnt.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut kept: Vec<(Draft, f32)> = Vec::with_capacity(learnt.len());
    let mut taken = Taken::new(scene.tokens.len());
    for (mut draft, chance) in learnt {
        if taken.mostly(&draft) && !make_room(&mut kept, &draft, chance) {
            continue;
        }
        lend_source(&mut draft, &paragraph.drafts);
        subject::mend(scene, &mut draft);
        cover_quotations(scene, &mut draft);
        taken.add(&draft);
        kept.push((draft, chance));
    }
    let mut kept: Vec<Draft> = kept.into_iter().map(|(draft, _)| draft).collect();
    for rule in &paragraph.drafts {
        if (is_clear(scene, rule) || is_set_off(rule)) && !taken.touches(rule) {
            taken.add(rule);
            kept.push(rule.clone());
        }
    }
    kept.sort_by_key(|d| (d.start(), d.end()));
    share_sources(scene, &mut kept);
    kept
}

/// “…,” she said, according to him: whether a draft is of one who reports all that is kept in its place, cue and
/// speaker included. What is kept there gives way, unless it is sure: it then stays inside.
fn make_room(kept: &mut Vec<(Draft, f32)>, outer: &Draft, chance: f32) -> bool {
    /// How much less likely the outer one may be.
    const LESS: f32 = 0.6;
    const SURE: f32 = 0.9;
    let meets = |inner: &Draft| inner.content.iter().any(|c| outer.covers(c));
    let reports = |(inner, other): &(Draft, f32)| {
        inner.named().all(|part| outer.covers(part))
            && !outer.named().any(|part| inner.covers(part))
            && chance > other * LESS
    };
    let all = outer.source.is_some() && kept.iter().filter(|(inner, _)| meets(inner)).all(reports);
    if all {
        kept.retain(|(inner, other)| *other >= SURE || !meets(inner));
    }
    all
}

/// How much surer the model must be where nothing but itself speaks for the cue.
///
/// "attacked" and "hit" are words of judgement in politics, and plain acts in war. "about", "have", "making" or
/// "night" alone is too little to go on.
fn doubt(scene: &Scene, draft: &Draft) -> f32 {
    let Some(cue) = &draft.cue else { return 0.0 };
    let is_said =
        |c: &Range<usize>| scene.quoted(c.start) || scene.quoted(c.end - 1) || scene.is(c.start, Class::OPENER);
    let known = Class::SPEECH.and(Class::STANCE).and(Class::NOUN);
    match () {
        () if draft.content.iter().any(is_said) => 0.0,
        () if cue.clone().any(|at| ACTS.contains(&scene.tokens[at].key)) => 1.0,
        () if cue.clone().all(|at| says_nothing(scene, at)) => 1.0,
        () if is_unanswered(scene, cue) => 1.0,
        () if cue.clone().any(|at| scene.is(at, known) || scene.word(at, key("according"))) => 0.0,
        () => UNHEARD_OF,
    }
}

/// "will have", "leaving", "on Sunday night": words that lead to no saying.
fn says_nothing(scene: &Scene, at: usize) -> bool {
    scene.is(at, Class::PREPOSITION.and(Class::AUXILIARY)) || EMPTY.contains(&scene.tokens[at].key)
}

/// "has not commented on the claims": a remark on them, by which nothing is said.
fn is_unanswered(scene: &Scene, cue: &Range<usize>) -> bool {
    const COMMENT: [u32; 4] = [key("comment"), key("commented"), key("comments"), key("commenting")];
    let comments = cue.clone().any(|at| COMMENT.contains(&scene.tokens[at].key));
    comments && (cue.start.saturating_sub(5)..cue.end).any(|at| scene.is(at, Class::NEGATION))
}

/// Verbs of causing, and times.
const EMPTY: [u32; 32] = [
    key("make"),
    key("makes"),
    key("made"),
    key("making"),
    key("cause"),
    key("causes"),
    key("caused"),
    key("causing"),
    key("leave"),
    key("leaves"),
    key("left"),
    key("leaving"),
    key("allow"),
    key("allows"),
    key("allowing"),
    key("enable"),
    key("enables"),
    key("enabled"),
    key("enabling"),
    key("forces"),
    key("forcing"),
    key("night"),
    key("morning"),
    key("evening"),
    key("afternoon"),
    key("day"),
    key("week"),
    key("month"),
    key("year"),
    key("today"),
    key("yesterday"),
    key("tonight"),
];

const ACTS: [u32; 24] = [
    key("attack"),
    key("attacks"),
    key("attacked"),
    key("attacking"),
    key("hit"),
    key("hits"),
    key("hitting"),
    key("strike"),
    key("strikes"),
    key("struck"),
    key("targeted"),
    key("targeting"),
    key("blast"),
    key("blasts"),
    key("blasted"),
    key("challenge"),
    key("seized"),
    key("captured"),
    key("defended"),
    key("defending"),
    key("fired"),
    key("threatening"),
    key("seen"),
    key("fighting"),
];

/// ", urging them to stay": a participle without a source speaks for the source before it in its sentence.
fn share_sources(scene: &Scene, kept: &mut [Draft]) {
    for at in 1..kept.len() {
        let (before, rest) = kept.split_at_mut(at);
        let (Some(earlier), Some(draft)) = (before.last(), rest.first_mut()) else { continue };
        let Some(cue) = draft.cue.clone().filter(|_| draft.source.is_none()) else { continue };
        let participle = cue.clone().any(|at| scene.tokens[at].ends_in(b"ing"));
        let sentence = scene.sentences.partition_point(|s| s.end <= cue.start);
        let same_sentence = scene.sentences.get(sentence).is_some_and(|s| earlier.end() > s.start);
        if participle && same_sentence {
            draft.source = earlier.source.clone().filter(|s| !draft.covers(s));
        }
    }
}

/// Which tokens are content of a draft that is kept.
struct Taken {
    tokens: Vec<bool>,
}

impl Taken {
    fn new(tokens: usize) -> Self {
        Self { tokens: vec![false; tokens] }
    }

    fn add(&mut self, draft: &Draft) {
        for range in &draft.content {
            self.tokens[range.clone()].fill(true);
        }
    }

    fn count(&self, draft: &Draft) -> usize {
        draft.content.iter().map(|c| self.tokens[c.clone()].iter().filter(|t| **t).count()).sum()
    }

    fn mostly(&self, draft: &Draft) -> bool {
        self.count(draft) * 2 > draft.length()
    }

    fn touches(&self, draft: &Draft) -> bool {
        self.count(draft) > 0
    }
}

/// Takes the source from the rules where the model saw none.
fn lend_source(draft: &mut Draft, rules: &[Draft]) {
    if draft.source.is_some() {
        return;
    }
    let lent = rules.iter().find(|r| shares_cue(r, draft)).and_then(|r| r.source.clone());
    draft.source = lent.filter(|s| !draft.covers(s));
}

/// Content that covers part of a quotation covers all of it, up to its own cue and source.
fn cover_quotations(scene: &Scene, draft: &mut Draft) {
    let fixed: Vec<Range<usize>> = draft.source.iter().chain(&draft.cue).cloned().collect();
    let free = |range: &Range<usize>| fixed.iter().all(|f| f.end <= range.start || range.end <= f.start);
    for content in &mut draft.content {
        let mut wide = content.clone();
        if let Some(quote) = scene.quote_at(content.start) {
            wide.start = wide.start.min(quote.tokens.start);
        }
        if let Some(quote) = scene.quote_at(content.end - 1) {
            wide.end = wide.end.max(quote.tokens.end);
        }
        if free(&wide) {
            *content = wide;
        }
    }
    let mut whole: Vec<Range<usize>> = Vec::with_capacity(draft.content.len());
    for content in draft.content.drain(..) {
        match whole.last_mut() {
            Some(last) if content.start <= last.end => last.end = last.end.max(content.end),
            _ => whole.push(content),
        }
    }
    draft.content = whole;
}

fn shares_cue(a: &Draft, b: &Draft) -> bool {
    a.cue.as_ref().zip(b.cue.as_ref()).is_some_and(|(a, b)| a.start < b.end && b.start < a.end)
}

/// "The danger, notes the engineer, is that …": source and cue are set off amid the content, which the model takes
/// for subject and object.
fn is_set_off(rule: &Draft) -> bool {
    let (Some(source), Some(cue)) = (&rule.source, &rule.cue) else { return false };
    let (start, end) = (source.start.min(cue.start), source.end.max(cue.end));
    cue.start < source.start
        && rule.content.iter().any(|c| c.end <= start)
        && rule.content.iter().any(|c| c.start >= end)
}

/// A quotation with a speaker, be it only "Name:", a quotation that stands alone, a plain "said" or "according to": right on any news.
fn is_clear(scene: &Scene, rule: &Draft) -> bool {
    let Some(cue) = &rule.cue else { return true };
    let according = cue.clone().any(|at| scene.word(at, key("according")));
    let speech = cue.clone().any(|at| scene.is(at, Class::SPEECH.and(Class::OF_THING)));
    let colon = cue.clone().any(|at| scene.word(at, key(":")));
    let quoted = rule.content.first().is_some_and(|c| scene.quoted(c.start));
    let plain = cue.clone().any(|at| PLAIN.contains(&scene.tokens[at].key));
    rule.source.is_some() && (according || quoted && (speech || colon) || plain && rule.length() > 3)
}

const PLAIN: [u32; 16] = [
    key("said"),
    key("says"),
    key("say"),
    key("claimed"),
    key("claims"),
    key("announced"),
    key("reported"),
    key("reports"),
    key("warned"),
    key("warns"),
    key("explained"),
    key("explains"),
    key("added"),
    key("adds"),
    key("wrote"),
    key("stated"),
];
