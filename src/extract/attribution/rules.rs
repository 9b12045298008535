//! Attribution by plain rules: right on wire news whatever the words are about, without any learnt weight.
//!
//! Each rule looks at one cue and says who speaks and what is said, in tokens of the paragraph.

use std::ops::Range;

use super::super::token::{Kind, key};
use super::draft::Draft;
use super::lexicon::Class;
use super::phrase;
use super::scene::Scene;

/// Everything that the rules find in a paragraph, in text order.
pub(super) fn find(scene: &Scene) -> Vec<Draft> {
    let mut found: Vec<Draft> = Vec::new();
    for sentence in &scene.sentences {
        let mut done = sentence.start;
        for cue in sentence.clone() {
            if cue < done || scene.quoted(cue) {
                continue;
            }
            let clause = Clause {
                scene,
                sentence: sentence.clone(),
                cue,
                earlier: found.last().filter(|d| d.ends_in(sentence)),
            };
            if let Some(draft) = clause.read() {
                done = cue + 1;
                found.push(draft);
            }
        }
    }
    quotations_without_verb(scene, &mut found);
    quotations_that_go_on(scene, &mut found);
    found
}

/// One possible cue in its sentence.
struct Clause<'s, 'a> {
    scene: &'s Scene<'a>,
    sentence: Range<usize>,
    cue: usize,
    earlier: Option<&'s Draft>,
}

impl Clause<'_, '_> {
    fn read(&self) -> Option<Draft> {
        if self.scene.word(self.cue, key("according")) && self.scene.word(self.cue + 1, key("to")) {
            return self.according();
        }
        let verb = Class::SPEECH.and(Class::STANCE);
        let is_verb = self.scene.is(self.cue, verb) && self.scene.kind(self.cue) == Kind::Word;
        if !is_verb || self.scene.capital(self.cue) && !self.is_headline() || self.is_noun() {
            return None;
        }
        self.passive().or_else(|| self.trailing()).or_else(|| self.finite())
    }

    /// Whether most words of the sentence begin with a capital.
    fn is_headline(&self) -> bool {
        let words = self.sentence.clone().filter(|&at| self.scene.kind(at) == Kind::Word);
        let (mut all, mut capital) = (0, 0);
        for at in words {
            all += 1;
            capital += usize::from(self.scene.capital(at));
        }
        capital * 4 >= all * 3
    }

    /// "the claims", "its report", "Moscow’s claims".
    fn is_noun(&self) -> bool {
        let (scene, Some(before)) = (self.scene, self.cue.checked_sub(1)) else { return false };
        let can_be = scene.is(self.cue, Class::NOUN);
        let article = scene.is(before, Class::DETERMINER.and(Class::POSSESSIVE).and(Class::PREPOSITION));
        can_be && (article && !scene.is(before, Class::PRONOUN) || scene.tokens[before].ends_in_possessive())
    }

    /// "according to X", before, after or amid what is said.
    fn according(&self) -> Option<Draft> {
        let (scene, Range { start, end }) = (self.scene, self.sentence.clone());
        let mut source = phrase::after(scene, self.cue + 2, end)?;
        let nothing_left = source.end + 1 >= scene.before_stop(self.sentence.clone());
        if self.cue == start && nothing_left {
            // What looked like an apposition is all that is said.
            let comma = source.clone().find(|&at| scene.kind(at) == Kind::Comma)?;
            source = phrase::after(scene, self.cue + 2, comma)?;
        }
        let rest = skip_comma(scene, source.end)..scene.before_stop(self.sentence.clone());
        let before = start..before_comma(scene, self.cue);
        let content = match () {
            () if before.len() < 2 => vec![rest],
            () if rest.len() < 2 || scene.kind(source.end) != Kind::Comma => vec![self.back_to_quote(before)],
            () if scene.is(rest.start, Class::RELATIVE.and(Class::SUBORDINATE)) => vec![before],
            () => vec![before, rest],
        };
        Draft::new(Some(source), self.cue..self.cue + 2, content)
    }

    /// "was confirmed by X".
    fn passive(&self) -> Option<Draft> {
        let scene = self.scene;
        if !scene.is(self.cue, Class::PAST) || !scene.word(self.cue + 1, key("by")) {
            return None;
        }
        let group = phrase::verb_group_start(scene, self.cue, self.sentence.start);
        if group == self.cue {
            return None;
        }
        let source = phrase::after(scene, self.cue + 2, self.sentence.end)?;
        let content = phrase::before(scene, self.sentence.start, group)?;
        Draft::new(Some(source), group..self.cue + 2, vec![content])
    }

    /// ", adding that …": speaks for the source of the cue before it.
    fn trailing(&self) -> Option<Draft> {
        let scene = self.scene;
        if !scene.is(self.cue, Class::ING) || !scene.is(self.cue, Class::SPEECH) {
            return None;
        }
        let after_mark =
            self.cue > 0 && (scene.kind(self.cue - 1) == Kind::Comma || scene.is(self.cue - 1, Class::AND));
        let source = match self.earlier {
            Some(earlier) if after_mark => earlier.source.clone(),
            _ if after_mark => phrase::after(scene, self.sentence.start, self.cue),
            _ => return None,
        };
        let content = self.content_after(phrase::after_circumstances(scene, self.cue, self.sentence.end))?;
        Draft::new(source, self.cue..self.cue + 1, vec![content])
    }

    /// "X said …", "…, X said", "…, said X".
    fn finite(&self) -> Option<Draft> {
        let scene = self.scene;
        if !scene.is(self.cue, Class::PAST.and(Class::S).and(Class::BASE)) {
            return None;
        }
        let from = self.sentence.start;
        let group = phrase::verb_group_start(scene, self.cue, from);
        if scene.is(self.cue, Class::PAST) && (group..self.cue).any(|at| BEING.contains(&scene.tokens[at].key)) {
            return None;
        }
        let subject = phrase::before(scene, from, group).filter(|s| self.is_subject(s, group));
        if let Some(source) = subject.filter(|_| !self.points_out()) {
            return self.with_subject_before(source, group);
        }
        if self.points_out() {
            let source = phrase::after(scene, self.cue + 2, self.sentence.end)?;
            let end = source.end;
            return self.around(source, self.cue..self.cue + 2, group, end);
        }
        let follows_content = group > from && (scene.kind(group - 1) == Kind::Comma || scene.quoted(group - 1));
        let source = phrase::after(scene, self.cue + 1, self.sentence.end).filter(|_| follows_content)?;
        if !scene.is(self.cue, Class::SPEECH) {
            return None;
        }
        let after = phrase::after_circumstances(scene, source.end - 1, self.sentence.end);
        self.around(source, self.cue..self.cue + 1, group, after)
    }

    /// Whether these words can be the subject of this cue, and the cue a verb here.
    fn is_subject(&self, source: &Range<usize>, group: usize) -> bool {
        let scene = self.scene;
        let last = source.end - 1;
        let bare = group == self.cue;
        let only_article = source.len() == 1
            && scene.is(last, Class::DETERMINER.and(Class::POSSESSIVE))
            && !scene.is(last, Class::PRONOUN);
        let plural =
            scene.tokens[last].ends_in(b"s") || scene.is(last, Class::PRONOUN) || scene.word(last, key("police"));
        let base_form = scene.is(self.cue, Class::BASE) && !scene.is(self.cue, Class::PAST);
        !(only_article || base_form && bare && !plural || scene.kind(last) == Kind::Clitic)
    }

    /// "…, points out the mayor".
    fn points_out(&self) -> bool {
        let scene = self.scene;
        scene.word(self.cue + 1, key("out"))
            && scene.is(self.cue + 2, Class::DETERMINER.and(Class::TITLE).and(Class::SPEAKER))
    }

    fn with_subject_before(&self, source: Range<usize>, group: usize) -> Option<Draft> {
        let scene = self.scene;
        let after = phrase::after_circumstances(scene, self.cue, self.sentence.end);
        let opener = scene.is(after, Class::OPENER) && !scene.is(after, Class::RELATIVE);
        let marked = scene.kind(after) == Kind::Colon || scene.quoted(skip_comma(scene, after));
        let of_thing = scene.is(self.cue, Class::OF_THING) && scene.kind(after) == Kind::Word;
        let quoted_before = before_comma(scene, source.start).checked_sub(1).is_some_and(|at| scene.quoted(at));
        let believes = BELIEVING.contains(&scene.tokens[self.cue].key);
        if !(scene.is(self.cue, Class::SPEECH) || opener || marked || of_thing || believes || quoted_before) {
            return None;
        }
        let start = source.start;
        self.around(source, group..self.cue + 1, start, after)
    }

    /// The content after the cue phrase, else before it, else both where the cue stands amid it.
    fn around(&self, source: Range<usize>, cue: Range<usize>, phrase_start: usize, after: usize) -> Option<Draft> {
        let scene = self.scene;
        let before = self.content_before(phrase_start);
        let quoted_before = before.as_ref().is_some_and(|b| scene.quoted(b.end - 1));
        // "The base, where sources heard blasts, is old": the clause in commas ends before "is".
        let comma = source.start > 1 && scene.kind(source.start - 2) == Kind::Comma;
        let aside = comma && scene.is(source.start - 1, Class::RELATIVE.and(Class::SUBORDINATE).and(Class::OPENER));
        let after = self.content_after(after).map(|a| if aside { self.up_to_predicate(a) } else { a });
        let content = match (before, after) {
            (Some(before), Some(after)) => {
                let goes_on = scene.quoted(after.start) == quoted_before;
                let predicate = self.is_predicate(after.start);
                // "…, who wrote that …": what stands before is the article's own.
                let opens = !quoted_before && scene.is(source.start, Class::RELATIVE);
                if goes_on && !opens && (predicate || self.is_amid(&before, quoted_before)) {
                    vec![before, after]
                } else if quoted_before {
                    vec![before]
                } else {
                    vec![after]
                }
            }
            (Some(before), None) => vec![before],
            (None, Some(after)) => vec![after],
            (None, None) => return None,
        };
        Draft::new(Some(source), cue, content)
    }

    /// ", said X, were closed": the verb of what was said follows a comma.
    fn is_predicate(&self, at: usize) -> bool {
        let verb = Class::AUXILIARY.and(Class::PAST).and(Class::S);
        at > 0 && self.scene.kind(at - 1) == Kind::Comma && self.scene.is(at, verb)
    }

    /// The range up to a comma that the verb of the enclosing clause follows.
    fn up_to_predicate(&self, range: Range<usize>) -> Range<usize> {
        let end = range.clone().find(|&at| self.scene.kind(at) == Kind::Comma && self.is_predicate(at + 1));
        range.start..end.unwrap_or(range.end)
    }

    /// Whether what precedes the cue phrase is content, and not an introduction: "On Tuesday, X said …".
    fn is_amid(&self, before: &Range<usize>, quoted: bool) -> bool {
        quoted
            || before.clone().any(|at| self.scene.is(at, Class::AUXILIARY))
                && !self.scene.is(before.start, Class::SUBORDINATE.and(Class::PREPOSITION))
    }

    /// What stands before the cue phrase that begins at `end`, up to a comma or a closing quotation mark.
    fn content_before(&self, end: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let from = self.earlier.map_or(self.sentence.start, |d| d.end().max(self.sentence.start));
        let last = end.checked_sub(1).filter(|&at| at >= from)?;
        let comma = scene.kind(last) == Kind::Comma;
        let stop = before_comma(scene, end);
        if !(comma || scene.quoted(last)) || stop <= from {
            return None;
        }
        let begins = self.earlier.map_or(from, |_| skip_comma(scene, from));
        let range = self.back_to_quote(begins..stop);
        (range.len() > 1 || scene.quoted(last)).then_some(range)
    }

    /// The range, begun where the quotation that it begins in begins.
    fn back_to_quote(&self, range: Range<usize>) -> Range<usize> {
        let quote = self.scene.quote_at(range.start).or_else(|| self.scene.quote_at(range.end.saturating_sub(1)));
        match quote {
            Some(quote) => quote.tokens.start.min(range.start)..range.end,
            None => range,
        }
    }

    /// What is said after the cue: to the end of the sentence, or of the quotation where it is longer.
    fn content_after(&self, from: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let mut start = from;
        while start < self.sentence.end
            && !scene.quoted(start)
            && matches!(scene.kind(start), Kind::Comma | Kind::Colon | Kind::Dash)
        {
            start += 1;
        }
        let full = scene.before_stop(start..self.sentence.end);
        let aside = self.cue > 0 && scene.is(self.cue - 1, Class::RELATIVE);
        let ends =
            |at: usize| self.another_cue_begins(start, at) || aside && at > start && scene.kind(at) == Kind::Comma;
        let end = (start..full).find(|&at| !scene.quoted(at) && ends(at)).unwrap_or(full);
        if end <= start || !(start..end).any(|at| scene.kind(at) == Kind::Word) {
            return None;
        }
        if !scene.quoted(start) && scene.is(start, Class::AND) && scene.kind(from) == Kind::Comma {
            return None;
        }
        let end = scene.quote_at(end - 1).map_or(end, |q| q.tokens.end.max(end));
        Some(start..end)
    }

    /// ", adding that", ", according to".
    fn another_cue_begins(&self, start: usize, at: usize) -> bool {
        let scene = self.scene;
        at > start
            && !scene.quoted(at)
            && scene.kind(at) == Kind::Comma
            && (scene.is(at + 1, Class::ING) && scene.is(at + 1, Class::SPEECH) || scene.word(at + 1, key("according")))
    }
}

const BELIEVING: [u32; 8] = [
    key("believes"),
    key("believe"),
    key("believed"),
    key("thinks"),
    key("think"),
    key("hopes"),
    key("fears"),
    key("expects"),
];

const BEING: [u32; 8] =
    [key("is"), key("are"), key("was"), key("were"), key("been"), key("be"), key("being"), key("’re")];

fn skip_comma(scene: &Scene, at: usize) -> usize {
    if scene.kind(at) == Kind::Comma { at + 1 } else { at }
}

fn before_comma(scene: &Scene, end: usize) -> usize {
    if end > 0 && scene.kind(end - 1) == Kind::Comma && !scene.quoted(end - 1) { end - 1 } else { end }
}

/// "The ministry in its morning update: “…”": a colon is the cue where nothing else is.
fn quotations_without_verb(scene: &Scene, found: &mut Vec<Draft>) {
    for quote in &scene.quotes {
        let Some(colon) = quote.tokens.start.checked_sub(1).filter(|&at| scene.kind(at) == Kind::Colon) else {
            continue;
        };
        let Some(sentence) = scene.sentences.iter().find(|s| s.contains(&colon)) else { continue };
        if found.iter().any(|d| d.covers(&quote.tokens)) {
            continue;
        }
        let Some(source) = phrase::after(scene, sentence.start, colon) else { continue };
        let place = found.partition_point(|d| d.start() < source.start);
        if let Some(draft) = Draft::new(Some(source), colon..colon + 1, vec![quote.tokens.clone()]) {
            found.insert(place, draft);
        }
    }
}

/// “…,” he said. “…”: a quotation that fills the next sentence belongs to the same cue.
fn quotations_that_go_on(scene: &Scene, found: &mut Vec<Draft>) {
    for quote in &scene.quotes {
        if found.iter().any(|d| d.covers(&quote.tokens)) || !stands_alone(scene, &quote.tokens) {
            continue;
        }
        if let Some(earlier) = found.iter_mut().rev().find(|d| d.end() <= quote.tokens.start) {
            let quoted = earlier.content.last().is_some_and(|c| scene.quoted(c.start) || scene.quoted(c.end - 1));
            if quoted {
                earlier.content.push(quote.tokens.clone());
            }
        }
    }
    let free: Vec<Draft> = scene
        .quotes
        .iter()
        .filter(|q| stands_alone(scene, &q.tokens) && !found.iter().any(|d| d.covers(&q.tokens)))
        .map(|q| Draft { source: None, cue: None, content: vec![q.tokens.clone()] })
        .collect();
    for draft in free {
        let place = found.partition_point(|d| d.start() < draft.start());
        found.insert(place, draft);
    }
}

/// Whether the quotation begins a sentence and nothing but marks follows it in its last one.
fn stands_alone(scene: &Scene, quote: &Range<usize>) -> bool {
    let begins = scene.sentences.iter().any(|s| s.start == quote.start);
    let last = scene.sentences.iter().find(|s| s.contains(&(quote.end - 1)));
    begins && quote.len() > 3 && last.is_some_and(|s| (quote.end..s.end).all(|at| scene.kind(at) == Kind::Stop))
}
