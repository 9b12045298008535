//! Finds a remark in a clause: which words say that something was, or wasn't, verified, denied, answered.
//!
//! A rule is a word at which a remark may end, and what has to stand before or after it. Knows nothing of claims.

use std::ops::Range;

use super::super::RemarkKind;
use super::super::keyset::KeySet;
use super::super::lexicon::{
    ADVERB, ASSERTION, AUXILIARY, DETERMINER, EVENT, FOOTAGE, NEGATION, NOT_FINITE, PREPOSITION, PRONOUN, QUANTITY,
    SUBORDINATOR,
};
use super::super::split::verbs::{VerbGroup, verb_groups};
use super::super::token::{Kind, key};
use super::super::words::Words;
use super::words::{ANSWER, DENY, REFUSE, RESPONSIBILITY, UNVERIFIED, VERIFIED, VERIFY};

/// The words at which a remark may end.
static ENDS: KeySet =
    KeySet::new().with(VERIFY).with(VERIFIED).with(UNVERIFIED).with(DENY).with(ANSWER).with(&[key("responsibility")]);

/// A remark as it is worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Reading {
    /// What it says.
    pub kind: RemarkKind,
    /// Whether the clause says nothing else.
    pub whole: bool,
    /// What it speaks of.
    pub about: About,
}

/// What a remark speaks of, as far as its own words tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) enum About {
    /// What this name said: "Orlan’s claims". Place of the name's last word.
    Name(usize),
    /// "the claims", "his account", "it": what was said last.
    Said,
    /// "the footage", "that clip".
    Footage,
    /// "these raids", "the blast".
    Event,
    /// "the following".
    Following,
    /// Nothing named: what stands right before.
    Before,
}

/// The remark in the clause at `places`, if there is one.
pub(in crate::extract) fn read(words: &Words, places: &[usize]) -> Option<Reading> {
    let view = View { words, places };
    let may_end = |at: &usize| places.get(*at).and_then(|p| words.tokens.get(*p)).is_some_and(|t| ENDS.may_hold(t.key));
    let (at, found) = (0..places.len()).filter(may_end).find_map(|at| Some((at, view.remark_at(at)?)))?;
    let groups = verb_groups(words, places);
    let outside = |g: &&VerbGroup| g.sure && (g.end <= found.at.start || g.start >= found.at.end);
    let whole = !found.inside && !groups.iter().any(|g| outside(&g));
    let about = view.about(at, &found);
    Some(Reading { kind: found.kind, whole, about })
}

pub(super) struct View<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) places: &'w [usize],
}

/// A remark's own words.
pub(super) struct Match {
    kind: RemarkKind,
    pub(super) at: Range<usize>,
    /// Never the whole of a clause: "unconfirmed reports say".
    inside: bool,
}

/// Alone at the head they point back to what was said.
pub(super) const POINTING: &[u32] =
    &[key("it"), key("this"), key("that"), key("these"), key("those"), key("neither"), key("none")];

impl View<'_, '_> {
    pub(super) fn is(&self, at: usize, classes: u64) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is(*p, classes))
    }

    pub(super) fn one_of(&self, at: usize, keys: &[u32]) -> bool {
        self.places.get(at).is_some_and(|p| keys.iter().any(|k| self.words.is_key(*p, *k)))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.places.get(at).and_then(|p| self.words.kind(*p))
    }

    /// The remark whose last word stands here.
    fn remark_at(&self, at: usize) -> Option<Match> {
        if self.one_of(at, UNVERIFIED) {
            return Some(self.unverified(at));
        }
        let neither = self.one_of(at + 1, &[key("nor"), key("or")]) && self.one_of(at + 2, DENY);
        if self.one_of(at, VERIFY)
            && !neither
            && let Some(start) = self.negated(at)
        {
            return Some(Match { kind: RemarkKind::NotVerified, at: start..at + 1, inside: false });
        }
        self.neither_nor(at).or_else(|| self.verified(at)).or_else(|| self.denied(at)).or_else(|| self.unanswered(at))
    }

    /// "remains unconfirmed" says it of its subject; "unconfirmed reports" is part of what it stands in.
    fn unverified(&self, at: usize) -> Match {
        let before = at.checked_sub(1).is_some_and(|b| {
            self.is(b, AUXILIARY | NOT_FINITE | ADVERB)
                || self.one_of(b, &[key("remain"), key("remains"), key("remained"), key("went")])
        });
        let start = (0..at)
            .rev()
            .take(4)
            .take_while(|i| {
                self.is(*i, AUXILIARY | NOT_FINITE | ADVERB)
                    || self.one_of(*i, &[key("remain"), key("remains"), key("remained")])
            })
            .last();
        Match { kind: RemarkKind::NotVerified, at: start.unwrap_or(at)..at + 1, inside: !before }
    }

    /// Where the group begins that negates the word here: "could not be independently", "yet to be", "no official".
    fn negated(&self, at: usize) -> Option<usize> {
        if let Some(start) = self.negated_subject(at) {
            return Some(start);
        }
        let mut negation = None;
        for i in (0..at).rev().take(9) {
            if self.is(i, NEGATION) || self.one_of(i, REFUSE) {
                negation = Some(i);
            } else if negation.is_some() && !self.is(i, AUXILIARY | ADVERB) || !self.may_stand_between(i) {
                break;
            } else if negation.is_some() {
                return Some(i);
            }
        }
        negation
    }

    /// "Neither figure could be verified", "None of the reports has been confirmed": the head of the verb group.
    fn negated_subject(&self, at: usize) -> Option<usize> {
        let group = (0..at).rev().take(6).take_while(|i| self.is(*i, AUXILIARY | NOT_FINITE | ADVERB)).last()?;
        let subject = (0..group).rev().take(9).take_while(|i| {
            matches!(self.kind(*i), Some(Kind::Word | Kind::Number | Kind::Clitic))
                && (!self.is(*i, SUBORDINATOR | AUXILIARY) || self.one_of(*i, POINTING))
        });
        let mut assertion = false;
        for i in subject {
            assertion |= self.is(i, ASSERTION | FOOTAGE);
            if self.one_of(i, &[key("neither"), key("none")]) || assertion && self.one_of(i, &[key("no")]) {
                return Some(group);
            }
        }
        None
    }

    /// Words between a negation and the verb that it negates.
    fn may_stand_between(&self, at: usize) -> bool {
        const BETWEEN: &[u32] = &[
            key("to"),
            key("able"),
            key("possible"),
            key("independent"),
            key("official"),
            key("immediate"),
            key("any"),
            key("been"),
            key("be"),
            key("been"),
            key("appear"),
            key("appears"),
            key("have"),
            key("for"),
            key("a"),
            key("request"),
            key("requests"),
            key("seem"),
            key("outside"),
            key("public"),
            key("further"),
            key("known"),
            key("provide"),
            key("received"),
            key("in"),
            key("a"),
            key("position"),
            key("far"),
            key("the"),
            key("of"),
            key("separately"),
            key("publicly"),
            key("managed"),
        ];
        self.is(at, ADVERB | NOT_FINITE | AUXILIARY)
            || self.one_of(at, BETWEEN)
            || self.places.get(at).is_some_and(|p| self.words.ends_in(*p, b"ly"))
            || self.kind(at) == Some(Kind::Comma)
    }

    /// "neither confirmed nor denied": no comment.
    fn neither_nor(&self, at: usize) -> Option<Match> {
        let pair = self.one_of(at, DENY)
            && self.one_of(at.checked_sub(1)?, &[key("nor"), key("or")])
            && self.one_of(at.checked_sub(2)?, VERIFY);
        let start = (0..at).rev().take(8).find(|i| self.is(*i, NEGATION) && !self.one_of(*i, &[key("nor")]));
        let first = start.filter(|_| pair)?;
        Some(Match { kind: RemarkKind::NoComment, at: first..at + 1, inside: false })
    }

    /// "were confirmed by", "verified the footage".
    fn verified(&self, at: usize) -> Option<Match> {
        if !self.one_of(at, VERIFIED) || self.negated(at).is_some() {
            return None;
        }
        let before = (0..at).rev().take_while(|i| self.is(*i, ADVERB)).last().unwrap_or(at).checked_sub(1)?;
        let passive =
            self.is(before, NOT_FINITE) || self.one_of(before, &[key("was"), key("were"), key("is"), key("are")]);
        if passive {
            let that = self.is(at + 1, SUBORDINATOR);
            let subject = (0..before).any(|i| self.is(i, ASSERTION | FOOTAGE | EVENT) || self.is(i, PRONOUN));
            let indefinite = self.is(0, QUANTITY) || self.one_of(0, &[key("a"), key("an"), key("some")]);
            let definite = self.is(0, DETERMINER | PRONOUN) && !indefinite || self.kind(1) == Some(Kind::Clitic);
            let by = self.one_of(at + 1, &[key("by"), key("independently")]);
            return (!that && subject && definite && (by || self.object_of(at).is_none()))
                .then(|| self.confirmed(before, at, false));
        }
        // "Video geolocated by the agency shows smoke."
        if self.is(before, FOOTAGE) && self.one_of(at + 1, &[key("by")]) {
            return Some(self.confirmed(at, at, true));
        }
        let (_, noun) = self.object_of(at)?;
        let inside = !self.is(noun, ASSERTION | FOOTAGE);
        Some(self.confirmed(at, at, inside))
    }

    fn confirmed(&self, from: usize, at: usize, inside: bool) -> Match {
        let start = (0..from).rev().take_while(|i| self.is(*i, AUXILIARY | ADVERB)).last().unwrap_or(from);
        Match { kind: RemarkKind::Confirmed, at: start..at + 1, inside }
    }

    /// The noun that the verb here governs, if it is an assertion, footage or an event: its article and its place.
    fn object_of(&self, at: usize) -> Option<(usize, usize)> {
        let first = at + 1;
        let mut noun = None;
        for i in first..first + 6 {
            let breaks = self.is(i, PREPOSITION | SUBORDINATOR | AUXILIARY) && !(i == first && self.is(i, DETERMINER));
            if breaks || !matches!(self.kind(i), Some(Kind::Word | Kind::Clitic | Kind::Quote)) {
                break;
            }
            noun = if self.is(i, ASSERTION | FOOTAGE | EVENT) { Some(i) } else { noun };
        }
        noun.map(|n| (first, n))
    }

    /// "denied the report", "rejected the claims", "were denied by".
    fn denied(&self, at: usize) -> Option<Match> {
        if !self.one_of(at, DENY) || self.negated(at).is_some() {
            return None;
        }
        let denies = self.one_of(at, &[key("denied"), key("denies"), key("deny"), key("denying")]);
        const PLEA: &[u32] =
            &[key("involvement"), key("responsibility"), key("wrongdoing"), key("it"), key("this"), key("them")];
        let plea = (at + 1..at + 4).take_while(|i| !self.is(*i, SUBORDINATOR)).any(|i| self.one_of(i, PLEA))
            && !(self.is(at + 1, PRONOUN) && self.is(at + 2, AUXILIARY));
        let object = self.object_of(at).is_some_and(|(_, noun)| denies || self.is(noun, ASSERTION | FOOTAGE));
        let passive = at > 0
            && self.is(at - 1, AUXILIARY | NOT_FINITE | ADVERB)
            && self.one_of(at + 1, &[key("by"), key("as")])
            && (0..at).any(|i| self.is(i, ASSERTION | FOOTAGE));
        // "a claim that the ministry rejected": said of the sentence that it stands in.
        let relative = (at.saturating_sub(6)..at)
            .any(|i| i > 0 && self.one_of(i, &[key("that"), key("which")]) && self.is(i - 1, ASSERTION))
            && !self.is(at + 1, DETERMINER | PRONOUN);
        if relative && !object {
            return Some(Match { kind: RemarkKind::Denied, at: at..at + 1, inside: true });
        }
        if !(object || passive || (denies && plea)) {
            return None;
        }
        let start = (0..at).rev().take_while(|i| self.is(*i, AUXILIARY | ADVERB | NOT_FINITE)).last().unwrap_or(at);
        Some(Match { kind: RemarkKind::Denied, at: start..at + 1, inside: false })
    }

    /// "did not respond", "declined to comment", "has not claimed responsibility".
    fn unanswered(&self, at: usize) -> Option<Match> {
        let responsibility = self.one_of(at, &[key("responsibility")])
            && at > 0
            && (self.one_of(at - 1, RESPONSIBILITY)
                || (self.one_of(at - 1, &[key("any")]) && self.one_of(at.saturating_sub(2), RESPONSIBILITY)));
        let target = if responsibility { at - 1 } else { at };
        if !responsibility && !self.one_of(at, ANSWER) {
            return None;
        }
        // "no group has claimed responsibility": the subject is negated.
        let start = self.negated(target).or_else(|| {
            let nobody = (0..target)
                .rev()
                .take(7)
                .find(|i| self.one_of(*i, &[key("no"), key("nobody"), key("none"), key("neither")]));
            nobody.filter(|_| responsibility)
        });
        Some(Match { kind: RemarkKind::NoComment, at: start?..at + 1, inside: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RemarkKind::{Confirmed, Denied, NoComment, NotVerified};

    fn reading(text: &str) -> Option<Reading> {
        let words = Words::of(text);
        let places: Vec<_> = (0..words.len()).collect();
        read(&words, &places)
    }

    #[test]
    fn remarks_in_all_their_wordings_are_found() {
        for (text, kind) in [
            ("Orlan’s claims have not been verified.", NotVerified),
            ("The report could not be independently confirmed.", NotVerified),
            ("The footage couldn’t immediately be verified", NotVerified),
            ("Reuters was not able to verify the footage.", NotVerified),
            ("The agency was unable to independently verify the battlefield reports.", NotVerified),
            ("The figures are yet to be confirmed.", NotVerified),
            ("There was no independent confirmation of the report.", NotVerified),
            ("The account remains unverified.", NotVerified),
            ("Neither figure could be verified.", NotVerified),
            ("None of the reports has been independently confirmed.", NotVerified),
            ("The accounts of neither side could be confirmed.", NotVerified),
            ("No report of losses could be verified.", NotVerified),
            ("It was not immediately possible to verify the claims.", NotVerified),
            ("The losses were confirmed by the regional council.", Confirmed),
            ("The newspaper has geolocated the footage to a pier in Vell.", Confirmed),
            ("His account was corroborated by two neighbours.", Confirmed),
            ("Analysts verified the video.", Confirmed),
            ("Ruritania denied the claims.", Denied),
            ("The ministry has rejected the allegations as baseless.", Denied),
            ("The company denied any involvement.", Denied),
            ("The report was dismissed by the mayor as a rumour.", Denied),
            ("The ministry did not respond to a request for comment.", NoComment),
            ("Freedonia has not commented on the raid.", NoComment),
            ("The council declined to comment.", NoComment),
            ("No group has claimed responsibility for the blast.", NoComment),
            ("Freedonia has not directly claimed responsibility for these raids.", NoComment),
            ("Vell doesn’t appear to have commented on the report.", NoComment),
            ("The army has neither confirmed nor denied the strike.", NoComment),
            ("The mayor could not be reached for comment.", NoComment),
        ] {
            let found = reading(text);
            assert_eq!(found.as_ref().map(|r| (r.kind, r.whole)), Some((kind, true)), "{text} {found:?}");
        }
    }

    #[test]
    fn a_remark_inside_a_sentence_is_not_all_of_it() {
        for text in [
            "Unconfirmed reports speak of two dead.",
            "The dam was hit, according to a post that could not be verified.",
            "The claim that the dam was hit could not be verified.",
        ] {
            assert_eq!(reading(text).map(|r| (r.kind, r.whole)), Some((NotVerified, false)), "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_are_no_remarks() {
        for text in [
            "Two deaths were confirmed on Monday.",
            "The dam did not hold.",
            "He rejected the offer of a truce.",
            "The army claimed responsibility for the blast.",
            "Police responded to the call.",
            "The minister confirmed that the port is closed.",
            "The judge dismissed the jury.",
            "She has not left the town.",
        ] {
            assert_eq!(reading(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_remark_speaks_of_is_read() {
        let about = |text| reading(text).map(|r| r.about);
        assert_eq!(about("Orlan’s claims have not been verified."), Some(About::Name(0)));
        assert_eq!(about("The claims by Orlan have not been verified."), Some(About::Name(3)));
        assert_eq!(about("The authenticity of that clip could not be verified."), Some(About::Footage));
        assert_eq!(about("Freedonia has not claimed responsibility for these raids."), Some(About::Event));
        assert_eq!(about("The reports could not be verified."), Some(About::Said));
        assert_eq!(about("The following could not be verified:"), Some(About::Following));
        assert_eq!(about("The council declined to comment."), Some(About::Before));
    }
}
