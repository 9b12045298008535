//! Who the sources are: "he", "the ministry", "Orlan" and "the post" led back to who the article introduced.
//!
//! A wrong name is worse than none: where two could be meant, none is. Knows nothing of claims.

mod antecedent;
mod bodies;
mod cast;
mod definite;
mod names;
mod phrase;
mod spelling;

use std::ops::Range;

use super::words::Words;
use super::{Attribution, Source, SourceKind, Span};
use antecedent::{Heard, History};
pub(super) use cast::Cast;
use phrase::{Phrase, PhraseSort};

/// Who a source is, as far as the article tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the cast.
    Member(usize),
    /// Known by a phrase alone: "several channels", "the governor". Equal where the words are.
    Phrase(String),
}

/// Fills name, role and kind of each source, and tells for each attribution who it is.
pub(super) fn resolve(
    words: &Words,
    cast: &Cast,
    sentences: &[Span],
    attributions: &mut [Attribution],
    english: bool,
) -> Vec<Option<Who>> {
    let mut order: Vec<(usize, usize)> = attributions.iter().enumerate().map(|(i, a)| (anchor(a), i)).collect();
    order.sort_unstable();
    let mut resolver =
        Resolver { words, cast, sentences, english, history: History::new(words, cast, sentences, attributions) };
    let mut whos = vec![None; attributions.len()];
    for (_, i) in order {
        let speaker = attributions.get(i).and_then(|a| a.within).and_then(|outer| whos.get(outer).cloned().flatten());
        let Some(attribution) = attributions.get_mut(i) else { continue };
        let who = resolver.one(attribution, speaker);
        if let Some(slot) = whos.get_mut(i) {
            *slot = who;
        }
    }
    whos
}

/// Where a cue follows its source at once, in order: in "Vellia Says Dam Holds" the name is "Vellia".
pub(super) fn cues_after_sources(words: &Words, attributions: &[Attribution]) -> Vec<usize> {
    let cue = |a: &Attribution| {
        let at = words.place(a.cue?.start());
        let source = words.inside(a.source.as_ref()?.span?);
        (source.end == at).then_some(at)
    };
    let mut found: Vec<usize> = attributions.iter().filter_map(cue).collect();
    found.sort_unstable();
    found
}

/// The byte at which an attribution is heard of: its source, else its cue, else its content.
fn anchor(attribution: &Attribution) -> usize {
    let source = attribution.source.as_ref().and_then(|s| s.span);
    source.or(attribution.cue).or(attribution.content.first().copied()).map_or(0, Span::start)
}

struct Resolver<'a, 't> {
    words: &'a Words<'t>,
    cast: &'a Cast,
    sentences: &'a [Span],
    /// Whether English pronouns and roles mean anything here.
    english: bool,
    history: History<'a, 't>,
}

/// What a phrase was found to mean.
struct Meant {
    who: Option<Who>,
    kind: SourceKind,
    /// The phrase's own words as a role, where nobody is named.
    role: Option<String>,
}

impl Resolver<'_, '_> {
    fn one(&mut self, attribution: &mut Attribution, speaker: Option<Who>) -> Option<Who> {
        let sentence = self.sentence_of(anchor(attribution));
        let meant = match attribution.source.as_ref().and_then(|s| s.span) {
            Some(span) => self.phrase(span, speaker)?,
            None => self.unnamed(attribution, sentence)?,
        };
        let source = attribution.source.get_or_insert_with(Source::default);
        source.kind = meant.kind;
        source.role = meant.role;
        match &meant.who {
            Some(Who::Member(who)) => self.fill(source, *who),
            Some(Who::Phrase(name)) if source.role.is_none() => source.name = Some(name.clone()),
            _ => {}
        }
        if let Some(who) = &meant.who {
            let last = attribution.content.last().map_or(0, |c| c.end().saturating_sub(1));
            let until = sentence.max(self.sentence_of(last));
            self.history.hear(Heard { who: who.clone(), kind: source.kind, sentence, until });
        }
        meant.who
    }

    fn fill(&self, source: &mut Source, who: usize) {
        let Some(member) = self.cast.members.get(who) else { return };
        source.name = Some(self.words.span(member.shown.clone()).of(self.words.text).to_owned());
        source.kind = member.kind;
        source.role = member.roles.first().map(|r| self.words.span(r.clone()).of(self.words.text).to_owned());
    }

    fn sentence_of(&self, byte: usize) -> usize {
        self.sentences.partition_point(|s| s.end() <= byte)
    }

    fn phrase(&self, span: Span, speaker: Option<Who>) -> Option<Meant> {
        let phrase = phrase::read(self.words, self.words.inside(span))?;
        if !self.english {
            return Some(self.name(&phrase));
        }
        let sentence = self.sentence_of(span.start());
        let named = |who: Option<usize>| Meant { who: who.map(Who::Member), kind: SourceKind::Unknown, role: None };
        let meant = match phrase.sort {
            PhraseSort::He(gender) => {
                Meant { kind: SourceKind::Person, ..named(self.history.person(gender, phrase.head, sentence)) }
            }
            PhraseSort::It => self.heard(self.history.body(sentence)),
            PhraseSort::They => self.heard(self.history.many(sentence)),
            PhraseSort::Speaker => Meant { who: speaker, kind: SourceKind::Unknown, role: None },
            PhraseSort::Relative => named(self.right_before(phrase.head)),
            PhraseSort::Role => self.role(&phrase, sentence),
            PhraseSort::Body => self.body(&phrase, sentence),
            PhraseSort::Crowd => self.crowd(&phrase, sentence),
            PhraseSort::Document => self.document(&phrase, sentence),
            PhraseSort::Name => self.name(&phrase),
            PhraseSort::Several => self.as_worded(&phrase, SourceKind::Unknown),
            PhraseSort::Other => self.other(&phrase),
        };
        Some(meant)
    }

    fn heard(&self, heard: Option<Heard>) -> Meant {
        let kind = heard.as_ref().map_or(SourceKind::Unknown, |h| h.kind);
        Meant { who: heard.map(|h| h.who), kind, role: None }
    }

    /// No words name the source: whoever was heard in the same sentence, else in the one before a bare quotation.
    fn unnamed(&self, attribution: &Attribution, sentence: usize) -> Option<Meant> {
        let reach = if attribution.cue.is_some() { 0 } else { 1 };
        let last = self.history.last().filter(|h| h.until + reach >= sentence)?;
        Some(self.heard(Some(last.clone())))
    }

    /// The phrase by its own words: not anybody by name.
    fn as_worded(&self, phrase: &Phrase, kind: SourceKind) -> Meant {
        Meant { who: Some(Who::Phrase(self.worded(phrase.at.clone()))), kind, role: None }
    }

    fn worded(&self, at: Range<usize>) -> String {
        let first_is_name = self.words.is_capital(at.start) && !self.words.is(at.start, super::lexicon::QUANTITY);
        let said = self.words.span(at).of(self.words.text);
        if first_is_name {
            said.to_owned()
        } else {
            said.chars().take(1).flat_map(char::to_lowercase).chain(said.chars().skip(1)).collect()
        }
    }
}
