//! Whom a pronoun means: who was heard or named last, if only one can be meant.
//!
//! Sources come before others; what stands inside the content that is being said doesn't count.

use super::super::token::key;
use super::super::words::Words;
use super::super::{Attribution, SourceKind, Span};
use super::Who;
use super::cast::{Cast, Mention};
use super::names::Gender;

/// A source that has been resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub who: Who,
    pub kind: SourceKind,
    /// Number of the sentence where the source stands.
    pub sentence: usize,
    /// Number of the last sentence that it is quoted in.
    pub until: usize,
}

/// All sources up to here.
pub(super) struct History<'a, 't> {
    words: &'a Words<'t>,
    cast: &'a Cast,
    sentences: &'a [Span],
    heard: Vec<Heard>,
    /// For each word, whether somebody is quoted with it.
    said: Vec<bool>,
}

/// How many sentences back a pronoun reaches.
const REACH: usize = 3;
/// How many sentences back a role or "the officials" reaches.
const FAR: usize = 12;

impl<'a, 't> History<'a, 't> {
    pub(super) fn new(
        words: &'a Words<'t>,
        cast: &'a Cast,
        sentences: &'a [Span],
        attributions: &[Attribution],
    ) -> Self {
        let mut said = vec![false; words.len()];
        for span in attributions.iter().flat_map(|a| &a.content) {
            if let Some(inside) = said.get_mut(words.inside(*span)) {
                inside.fill(true);
            }
        }
        Self { words, cast, sentences, heard: Vec::new(), said }
    }

    pub(super) fn hear(&mut self, heard: Heard) {
        self.heard.push(heard);
    }

    pub(super) fn last(&self) -> Option<&Heard> {
        self.heard.last()
    }

    /// The latest first, no further back than a role reaches.
    pub(super) fn recent(&self, sentence: usize) -> impl Iterator<Item = &Heard> {
        self.heard.iter().rev().take(LOOKED_AT).take_while(move |h| h.until + FAR >= sentence)
    }

    /// "he" or "she" at word `place`: the person of the nearest sentence that has one, a source before others.
    pub(super) fn person(&self, gender: Gender, place: usize, sentence: usize) -> Option<usize> {
        for back in 0..=REACH {
            let Some(number) = sentence.checked_sub(back) else { break };
            if let Some(found) = self.person_in(number, gender, place) {
                return found;
            }
        }
        None
    }

    /// `None`: nobody in this sentence. `Some(None)`: somebody, but not the one meant beyond doubt.
    fn person_in(&self, number: usize, gender: Gender, place: usize) -> Option<Option<usize>> {
        let recent = self.heard.iter().rev().take(LOOKED_AT).take_while(|h| h.until >= number);
        let spoke = recent.filter(|h| h.sentence <= number);
        let mut sources: Vec<usize> = Vec::new();
        let mut other_source = false;
        for heard in spoke {
            match &heard.who {
                Who::Member(who) if self.is_person(*who) || self.may_be_person(*who, place) => add(&mut sources, *who),
                _ => other_source = true,
            }
        }
        let named = self.named_in(number, place);
        let people = if sources.is_empty() { &named } else { &sources };
        match people.as_slice() {
            // Somebody else spoke here: "he" may be their unnamed speaker.
            [] => other_source.then_some(None),
            [only] if self.cast.members.get(*only).is_some_and(|m| m.may_be(gender)) => Some(Some(*only)),
            many => {
                let mut fitting =
                    many.iter().filter(|w| self.cast.members.get(**w).is_some_and(|m| m.gender == Some(gender)));
                let first = fitting.next().copied();
                let others_excluded = many
                    .iter()
                    .filter(|w| Some(**w) != first)
                    .all(|w| self.cast.members.get(*w).is_some_and(|m| !m.may_be(gender)));
                Some(first.filter(|_| others_excluded))
            }
        }
    }

    /// The people named in the sentence before `place`, outside the content in question.
    fn named_in(&self, number: usize, place: usize) -> Vec<usize> {
        let mut named = Vec::new();
        let Some(sentence) = self.sentences.get(number) else { return named };
        let all = self.words.inside(*sentence);
        let end = all.end.min(place.max(all.start));
        for mention in self.cast.mentions_in(all.start..end).iter().rev().take(LOOKED_AT) {
            let said = self.said.get(mention.name.start).copied().unwrap_or(false);
            if mention.name.start < place && !said && self.is_person(mention.who) {
                add(&mut named, mention.who);
            }
        }
        named
    }

    /// Two or three capitals that have spoken; "the" before them makes them a body.
    fn may_be_person(&self, who: usize, place: usize) -> bool {
        let the = |m: &Mention| m.whole.start > 0 && self.words.is_key(m.whole.start - 1, key("the"));
        let body =
            self.latest_mention(who, place).is_some_and(|m| the(m) || self.words.is_key(m.whole.start, key("the")));
        self.cast.members.get(who).is_some_and(|m| m.doubtful) && !body
    }

    fn is_person(&self, who: usize) -> bool {
        self.cast.members.get(who).is_some_and(|m| m.kind == SourceKind::Person)
    }

    /// "it": the latest source, if it is a body or a document.
    pub(super) fn body(&self, sentence: usize) -> Option<Heard> {
        let last = self.heard.last().filter(|h| h.until + REACH >= sentence)?;
        matches!(last.kind, SourceKind::Body | SourceKind::Document | SourceKind::Unknown).then(|| last.clone())
    }

    /// "they": the latest source, if it is not one person.
    pub(super) fn many(&self, sentence: usize) -> Option<Heard> {
        let last = self.heard.last().filter(|h| h.until + REACH >= sentence)?;
        (last.kind != SourceKind::Person).then(|| last.clone())
    }

    /// Whether the member has been named between these words.
    pub(super) fn latest_mention(&self, who: usize, before: usize) -> Option<&'a Mention> {
        let end = self.cast.mentions.partition_point(|m| m.name.start < before);
        self.cast.mentions.get(..end)?.iter().rev().take(LOOKED_AT).find(|m| m.who == who)
    }
}

/// More would make many names times many sources slow.
const LOOKED_AT: usize = 60;

fn add(list: &mut Vec<usize>, who: usize) {
    if !list.contains(&who) {
        list.push(who);
    }
}
