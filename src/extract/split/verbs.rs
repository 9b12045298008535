//! Finds the finite verb groups of a stretch of words ("were reportedly damaged", "said"), with how sure that is.
//!
//! No tagger: closed classes, endings and the neighbours decide. Knows nothing of claims.

use smallvec::SmallVec;

use super::super::lexicon::{
    ADVERB, AUXILIARY, CALENDAR, COORDINATOR, DETERMINER, INTRANSITIVE, NEGATION, NOT_FINITE, OBJECT_PRONOUN, PAST,
    PREPOSITION, PRESENT, PRONOUN, QUANTITY, SAYING, SUBORDINATOR, VERB_OR_NOUN,
};
use super::super::token::{Kind, key};
use super::super::words::Words;

/// A finite verb with its auxiliaries: places in the list of words that was looked through, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct VerbGroup {
    pub start: usize,
    pub end: usize,
    /// Whether it can hardly be anything else.
    pub sure: bool,
    /// Whether it takes a clause without "that".
    pub saying: bool,
}

/// The verb groups of a sentence: seldom more than four.
pub(in crate::extract) type VerbGroups = SmallVec<[VerbGroup; 4]>;

/// The finite verb groups among the words at `places` (places in `words`, in order), in order.
pub(in crate::extract) fn verb_groups(words: &Words, places: &[usize]) -> VerbGroups {
    let mut found = VerbGroups::new();
    let mut at = 0;
    while at < places.len() {
        match group_at(words, places, at) {
            Some(group) => {
                at = group.end.max(at + 1);
                found.push(group);
            }
            None => at += 1,
        }
    }
    found
}

/// Where a word stands among those looked through.
struct View<'w, 't> {
    words: &'w Words<'t>,
    places: &'w [usize],
}

impl View<'_, '_> {
    fn is(&self, at: usize, classes: u64) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is(*p, classes))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.places.get(at).and_then(|p| self.words.kind(*p))
    }

    fn is_lower_word(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word) && !self.is_capital(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is_capital(*p))
    }

    fn is_key(&self, at: usize, key: u32) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is_key(*p, key))
    }

    fn ends_in(&self, at: usize, ending: &[u8]) -> bool {
        self.places.get(at).is_some_and(|p| self.words.ends_in(*p, ending))
    }

    /// The nearest word before, adverbs and quotation marks passed over.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().take(4).find(|i| {
            !matches!(self.kind(*i), Some(Kind::Quote | Kind::Single))
                && (!self.is(*i, ADVERB) || self.is(*i, PRONOUN | DETERMINER))
                && !self.ends_in(*i, b"ly")
        })
    }

    /// Whether what stands before can be the end of a subject, or joins another verb to one.
    fn follows_subject(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        match self.kind(before) {
            Some(Kind::Comma | Kind::Close | Kind::Number | Kind::Dash) => true,
            Some(Kind::Word | Kind::Clitic) => {
                !self.is(before, OBJECT_PRONOUN | NOT_FINITE | AUXILIARY)
                    && (!self.is(before, PREPOSITION) || self.is(before, SUBORDINATOR))
                    && (!self.is(before, DETERMINER) || self.is(before, PRONOUN | SUBORDINATOR))
                    && self.kind(before) != Some(Kind::Clitic)
            }
            _ => false,
        }
    }

    /// Whether a noun phrase, a clause or a complement can begin here: what a finite verb takes after it.
    fn begins_object(&self, at: usize) -> bool {
        self.is(at, DETERMINER | QUANTITY | PRONOUN | OBJECT_PRONOUN)
            || self.kind(at) == Some(Kind::Number)
            || self.is_capital(at)
            || self.is_key(at, key("to"))
            || (self.is_lower_word(at) && !self.is(at, PREPOSITION | COORDINATOR | AUXILIARY | SUBORDINATOR | ADVERB))
    }
}

fn group_at(words: &Words, places: &[usize], at: usize) -> Option<VerbGroup> {
    let view = View { words, places };
    let sure = sureness(&view, at)?;
    let saying = view.is(at, SAYING);
    let (end, last_saying) = if view.is(at, AUXILIARY) || view.kind(at) == Some(Kind::Clitic) {
        group_end(&view, at + 1)
    } else {
        (at + 1, saying)
    };
    Some(VerbGroup { start: at, end, sure, saying: saying || last_saying })
}

/// Where the group that an auxiliary opens ends, and whether its last verb takes a clause.
fn group_end(view: &View, from: usize) -> (usize, bool) {
    let mut end = from;
    while end < view.places.len() {
        if view.is(end, ADVERB | NEGATION | NOT_FINITE | AUXILIARY) && !view.is(end, PRONOUN)
            || view.ends_in(end, b"ly")
        {
            end += 1;
        } else if is_verb_form(view, end) {
            return (end + 1, view.is(end, SAYING));
        } else {
            break;
        }
    }
    (end, false)
}

/// A participle, or a word that is a verb in its base form.
fn is_verb_form(view: &View, at: usize) -> bool {
    view.is_lower_word(at)
        && (view.is(at, PAST | PRESENT | VERB_OR_NOUN | SAYING)
            || view.ends_in(at, b"ed")
            || view.ends_in(at, b"ing")
            || view.ends_in(at, b"en"))
}

/// Whether a finite verb group begins here, and whether that is sure.
fn sureness(view: &View, at: usize) -> Option<bool> {
    if view.kind(at) == Some(Kind::Clitic) {
        return clitic(view, at);
    }
    if view.kind(at) != Some(Kind::Word) || (view.is_capital(at) && (at > 0 || view.is(at, CALENDAR))) {
        return None;
    }
    if view.is(at, AUXILIARY) {
        let before = view.before(at);
        let infinitive = before.is_some_and(|b| view.is_key(b, key("to")));
        let noun = before.is_some_and(|b| view.is(b, DETERMINER) && !view.is(b, PRONOUN | SUBORDINATOR | QUANTITY))
            && !view.is(at, NEGATION)
            && [key("will"), key("can"), key("must"), key("might"), key("may")].iter().any(|k| view.is_key(at, *k));
        return (!infinitive && !noun).then_some(true);
    }
    let bare_subject = at.checked_sub(1).is_some_and(|b| is_subject_pronoun(view, b));
    if bare_subject && is_plain_verb(view, at) {
        return Some(true);
    }
    let may_be_verb =
        view.is(at, PAST | INTRANSITIVE | PRESENT | VERB_OR_NOUN) || view.ends_in(at, b"ed") || view.ends_in(at, b"s");
    if !may_be_verb || !view.follows_subject(at) {
        return None;
    }
    if view.is(at, PAST) {
        return (!view.is_key(at + 1, key("by"))).then_some(true);
    }
    if view.is(at, INTRANSITIVE) {
        return Some(true);
    }
    if view.ends_in(at, b"ed") {
        let passive = view.is_key(at + 1, key("by"));
        return (!passive).then(|| view.begins_object(at + 1));
    }
    if view.is(at, PRESENT) {
        return Some(true);
    }
    present_that_may_be_a_noun(view, at).then_some(false)
}

/// "shares borders": agrees in number with the noun before, and something that it can govern follows.
fn present_that_may_be_a_noun(view: &View, at: usize) -> bool {
    let Some(before) = view.before(at).filter(|b| matches!(view.kind(*b), Some(Kind::Word | Kind::Number))) else {
        return false;
    };
    // "as", "this", "plus" end like a verb and are none.
    let closed = view.is(at, PREPOSITION | SUBORDINATOR | COORDINATOR | DETERMINER | PRONOUN | ADVERB);
    if closed || view.ends_in(before, b"ed") || view.ends_in(before, b"ing") || view.is(before, COORDINATOR) {
        return false;
    }
    let plural_subject = view.ends_in(before, b"s") && !view.is_capital(before);
    let third_person = view.ends_in(at, b"s");
    let agrees = if third_person { !plural_subject } else { plural_subject && view.is(at, VERB_OR_NOUN) };
    // A word that no table knows is more often a plural noun.
    let known = view.is(at, VERB_OR_NOUN)
        || view.is_capital(before)
        || view.before(before).is_some_and(|d| view.is(d, DETERMINER));
    let governs = view.is(at + 1, DETERMINER | PRONOUN | QUANTITY | PREPOSITION | SUBORDINATOR)
        || view.is_capital(at + 1)
        || view.kind(at + 1) == Some(Kind::Number)
        || (view.is_lower_word(at + 1) && view.ends_in(at + 1, b"s"));
    known && agrees && governs
}

/// "’s" and its kind after a pronoun; after a noun it is a possessive.
fn clitic(view: &View, at: usize) -> Option<bool> {
    let before = at.checked_sub(1)?;
    let ending_s =
        view.ends_in(at, b"s") || view.places.get(at).is_some_and(|p| view.words.word(*p).ends_with(['s', 'S']));
    let verb = if ending_s {
        view.is(before, PRONOUN | SUBORDINATOR)
            || view.is(at + 1, NEGATION | NOT_FINITE)
            || (view.ends_in(at + 1, b"ing") && view.is(at + 2, PREPOSITION | DETERMINER))
            || is_predicate(view, at + 1)
    } else {
        true
    };
    verb.then_some(true)
}

/// "at an end", "the only port": what follows a noun that owns nothing.
fn is_predicate(view: &View, at: usize) -> bool {
    const PREDICATES: &[u32] =
        &[key("a"), key("an"), key("the"), key("at"), key("in"), key("on"), key("from"), key("under"), key("not")];
    PREDICATES.iter().any(|k| view.is_key(at, *k))
}

fn is_subject_pronoun(view: &View, at: usize) -> bool {
    const ALONE: &[u32] =
        &[key("he"), key("she"), key("they"), key("we"), key("i"), key("it"), key("who"), key("which")];
    ALONE.iter().any(|k| view.is_key(at, *k))
}

/// A lower-case word that no closed class claims, right after a pronoun that can only be a subject.
fn is_plain_verb(view: &View, at: usize) -> bool {
    let closed = DETERMINER
        | PREPOSITION
        | COORDINATOR
        | SUBORDINATOR
        | ADVERB
        | PRONOUN
        | OBJECT_PRONOUN
        | NOT_FINITE
        | NEGATION;
    view.is_lower_word(at) && !view.is(at, closed) && !view.ends_in(at, b"ing") && !view.ends_in(at, b"ly")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<String> {
        let words = Words::of(text);
        let places: Vec<_> = (0..words.len()).collect();
        verb_groups(&words, &places)
            .iter()
            .map(|g| {
                let sure = if g.sure { "" } else { "?" };
                format!("{}{sure}", words.span(places[g.start]..places[g.end - 1] + 1).of(text))
            })
            .collect()
    }

    #[test]
    fn auxiliaries_adverbs_and_participles_make_one_group() {
        assert_eq!(groups("Two bridges were reportedly damaged near the port."), ["were reportedly damaged"]);
        assert_eq!(groups("The dam has not been fully repaired"), ["has not been fully repaired"]);
        assert_eq!(groups("It’s a port, and they’ve left"), ["’s", "’ve left"]);
        assert_eq!(groups("The mayor doesn’t appear to mind"), ["doesn’t appear"]);
    }

    #[test]
    fn a_participle_after_its_noun_is_no_finite_verb() {
        assert_eq!(groups("the gains made by the army"), Vec::<String>::new());
        assert_eq!(groups("the damaged bridge"), Vec::<String>::new());
        assert_eq!(groups("to have slept"), Vec::<String>::new());
        assert_eq!(groups("following a suspected strike inside the port"), Vec::<String>::new());
    }

    #[test]
    fn a_past_after_its_subject_is_finite() {
        assert_eq!(groups("A depot erupted into flames"), ["erupted"]);
        assert_eq!(groups("The attack hit a depot, which caught fire"), ["hit", "caught"]);
        assert_eq!(groups("Rescuers pulled two men from the ruins"), ["pulled"]);
        assert_eq!(groups("The region shares borders with others"), ["shares?"]);
    }

    #[test]
    fn a_possessive_is_no_verb() {
        assert_eq!(groups("the city’s main port"), Vec::<String>::new());
    }
}
