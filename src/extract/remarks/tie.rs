//! Which claims a remark is about.

use super::super::lexicon::{Classes, EVENT, FOOTAGE};
use super::super::resolve::{Cast, Who};
use super::super::split::{Noted, Parts};
use super::super::token::key;
use super::super::words::Words;
use super::super::{Attribution, Claim, Mode, Remark, RemarkKind, Span};
use super::About;

/// How many sentences a remark reaches back.
const REACH: usize = 8;
/// How many sentences "the following" reaches.
const AHEAD: usize = 3;
/// How many claims back any remark looks, so that many remarks stay quick.
const CLAIMS_LOOKED_AT: usize = 400;
/// How many remarks a claim can have; more is no article.
const MOST_REMARKS: usize = 16;

/// Gives each remark to the claims that it is about. `whos`: who each attribution's source is.
pub(in crate::extract) fn tie(
    words: &Words,
    cast: &Cast,
    attributions: &[Attribution],
    whos: &[Option<Who>],
    parts: &mut Parts,
) {
    let noted = std::mem::take(&mut parts.remarks);
    for remark in &noted {
        let about = Ties { words, cast, whos, parts }.claims_of(remark);
        let given = Remark { span: remark.span, kind: remark.reading.kind };
        for place in about {
            if let Some(claim) = parts.claims.get_mut(place).filter(|c| takes(c, given)) {
                claim.remarks.push(given);
            }
        }
    }
    deny(words, attributions, &mut parts.claims);
    parts.remarks = noted;
}

/// Whether the claim has room for the remark and hasn't got it: the same one comes twice in a row or not at all.
fn takes(claim: &Claim, remark: Remark) -> bool {
    claim.remarks.len() < MOST_REMARKS && claim.remarks.last() != Some(&remark)
}

/// "The ministry denied that …": the content carries the denial itself.
fn deny(words: &Words, attributions: &[Attribution], claims: &mut [Claim]) {
    const DENY: &[u32] = &[key("denied"), key("denies"), key("deny"), key("denying")];
    for claim in claims {
        let Some(attribution) = claim.attribution.and_then(|k| attributions.get(k)) else { continue };
        // The cue may be given without its verb: look right before the content too.
        let before =
            attribution.content.first().map(|c| words.place(c.start())).map(|p| words.span(p.saturating_sub(3)..p));
        let denying = |span: &Span| words.inside(*span).any(|p| DENY.iter().any(|k| words.is_key(p, *k)));
        let Some(cue) = [attribution.cue, before].into_iter().flatten().find(denying) else { continue };
        claim.remarks.push(Remark { span: cue, kind: RemarkKind::Denied });
    }
}

struct Ties<'a, 't> {
    words: &'a Words<'t>,
    cast: &'a Cast,
    whos: &'a [Option<Who>],
    parts: &'a Parts,
}

impl Ties<'_, '_> {
    fn claims_of(&self, remark: &Noted) -> Vec<usize> {
        if !remark.reading.whole {
            let here = self.in_sentences(remark.sentence, remark.sentence);
            if !here.is_empty() {
                return here;
            }
        }
        let found = match remark.reading.about {
            About::Name(place) => self.said_by_name(place, remark),
            About::Said => self.said_last(remark.sentence),
            About::Footage => self.latest_with(FOOTAGE, remark.sentence, &|_| true),
            About::Event => self.latest_event(remark.sentence),
            About::Following => self.following(remark.sentence),
            About::Before => self.said_right_before(remark.sentence),
        };
        let or = |found: Vec<usize>, other: &dyn Fn() -> Vec<usize>| if found.is_empty() { other() } else { found };
        let found = or(found, &|| {
            if matches!(remark.reading.about, About::Said | About::Name(_)) {
                self.said_last(remark.sentence)
            } else {
                Vec::new()
            }
        });
        or(found, &|| self.right_before(remark.sentence))
    }

    /// The places of the claims of these sentences, first and last included.
    fn in_sentences(&self, first: usize, last: usize) -> Vec<usize> {
        let start = self.parts.sentence_of.partition_point(|s| *s < first);
        let end = self.parts.sentence_of.partition_point(|s| *s <= last);
        (start..end).collect()
    }

    /// The claims before the sentence, the latest first.
    fn before(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let end = self.parts.sentence_of.partition_point(|s| *s < sentence);
        (0..end).rev().take(CLAIMS_LOOKED_AT)
    }

    fn sentence_of(&self, claim: usize) -> usize {
        self.parts.sentence_of.get(claim).copied().unwrap_or(0)
    }

    fn who(&self, claim: usize) -> Option<&Who> {
        self.whos.get(self.parts.claims.get(claim)?.attribution?)?.as_ref()
    }

    /// All that the one whose name ends at `place` has said so far.
    fn said_by_name(&self, place: usize, remark: &Noted) -> Vec<usize> {
        let named = self.cast.mentions_in(place.saturating_sub(12)..place + 1);
        let member = named.iter().rev().find(|m| m.name.contains(&place)).map(|m| Who::Member(m.who));
        let said = |who: &Who| -> Vec<usize> {
            let mut claims: Vec<usize> = self.before(remark.sentence).filter(|c| self.who(*c) == Some(who)).collect();
            claims.reverse();
            claims
        };
        match member {
            Some(who) => said(&who),
            // "the governor’s claims": whoever was called so.
            None => self.called(place, remark.sentence).map(|who| said(&who)).unwrap_or_default(),
        }
    }

    /// The latest source whose role or name holds this word.
    fn called(&self, place: usize, sentence: usize) -> Option<Who> {
        let word = self.words.word(place);
        let holds = |who: &Who| match who {
            Who::Phrase(phrase) => phrase.split_whitespace().any(|w| w.eq_ignore_ascii_case(word)),
            Who::Member(who) => self.cast.members.get(*who).is_some_and(|m| {
                let roles = m.roles.iter().flat_map(Clone::clone).chain(m.name.clone());
                roles.into_iter().any(|p| self.words.word(p).eq_ignore_ascii_case(word))
            }),
        };
        self.before(sentence).filter_map(|c| self.who(c)).find(|who| holds(who)).cloned()
    }

    /// What the source heard last has said, without a break.
    fn said_last(&self, sentence: usize) -> Vec<usize> {
        let near = |c: &usize| self.sentence_of(*c) + REACH >= sentence;
        let attributed = |c: &usize| self.parts.claims.get(*c).is_some_and(|c| c.attribution.is_some());
        let Some(last) = self.before(sentence).take_while(near).find(attributed) else { return Vec::new() };
        let same = |c: &usize| match (self.who(*c), self.who(last)) {
            (Some(a), Some(b)) => a == b,
            _ => self.parts.claims.get(*c).map(|c| c.attribution) == self.parts.claims.get(last).map(|c| c.attribution),
        };
        let mut said: Vec<usize> = (0..=last).rev().take(CLAIMS_LOOKED_AT).take_while(same).filter(near).collect();
        said.reverse();
        said
    }

    /// What has been said without a break, if the claim right before is somebody's.
    fn said_right_before(&self, sentence: usize) -> Vec<usize> {
        let attributed = self.before(sentence).next().and_then(|c| self.parts.claims.get(c)?.attribution).is_some();
        if attributed { self.said_last(sentence) } else { Vec::new() }
    }

    /// The claims of the nearest sentence that tells of an event; what is merely quoted speaks of one that was told before.
    fn latest_event(&self, sentence: usize) -> Vec<usize> {
        let told = |c: usize| self.parts.claims.get(c).is_some_and(|c| c.mode != Mode::Direct);
        let found = self.latest_with(EVENT, sentence, &told);
        if found.is_empty() { self.latest_with(EVENT, sentence, &|_| true) } else { found }
    }

    /// The claims of the nearest sentence before that fit and speak of such things.
    fn latest_with(&self, classes: Classes, sentence: usize, fits: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let near = |c: &usize| self.sentence_of(*c) + REACH >= sentence;
        let speaks = |c: &usize| {
            let spans = self.parts.claims.get(*c).map(|c| c.spans.as_slice()).unwrap_or_default();
            fits(*c) && spans.iter().any(|s| self.words.inside(*s).any(|p| self.words.is(p, classes)))
        };
        match self.before(sentence).take_while(near).find(speaks) {
            Some(found) => {
                self.in_sentences(self.sentence_of(found), self.sentence_of(found)).into_iter().filter(speaks).collect()
            }
            None => Vec::new(),
        }
    }

    /// What the next source says.
    fn following(&self, sentence: usize) -> Vec<usize> {
        let after = self.in_sentences(sentence + 1, sentence + AHEAD);
        let first = after.first().and_then(|c| self.parts.claims.get(*c)).map(|c| c.attribution);
        after.into_iter().take_while(|c| self.parts.claims.get(*c).map(|c| c.attribution) == first).collect()
    }

    /// The claims of the nearest sentence that has any.
    fn right_before(&self, sentence: usize) -> Vec<usize> {
        match self.before(sentence).next() {
            Some(last) if self.sentence_of(last) + REACH >= sentence => {
                self.in_sentences(self.sentence_of(last), self.sentence_of(last))
            }
            _ => Vec::new(),
        }
    }
}
