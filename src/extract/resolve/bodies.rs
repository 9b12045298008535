//! Which body, crowd or document a description means: "the ministry", "the officials", "the statement".

use super::super::SourceKind;
use super::super::lexicon::{self, BODY, CROWD, DEMONYM, DOCUMENT, PLACE, PREPOSITION};
use super::super::token::key;
use super::antecedent::Heard;
use super::cast::Member;
use super::definite::NEAR;
use super::phrase::Phrase;
use super::{Meant, Resolver, Who};

impl Resolver<'_, '_> {
    /// "the ministry", "the company": a body whose name holds the head, else the body heard last.
    pub(super) fn body(&self, phrase: &Phrase, sentence: usize) -> Meant {
        if let Some(who) = self.named_at(phrase) {
            return self.member(who);
        }
        let found = if phrase.definite { self.by_head(phrase, sentence) } else { None };
        found.map_or_else(|| self.as_worded(phrase, SourceKind::Body), |who| self.member(who))
    }

    fn by_head(&self, phrase: &Phrase, sentence: usize) -> Option<usize> {
        let fits = |who: &usize| {
            self.cast.members.get(*who).is_some_and(|m| {
                m.kind != SourceKind::Person
                    && m.first < phrase.head
                    && self.fits(phrase, m)
                    && self.small_words_fit(phrase, m)
            })
        };
        let fitting: Vec<usize> =
            self.cast.under(key(self.words.word(phrase.head))).iter().copied().filter(fits).collect();
        match fitting.as_slice() {
            [] => self.general_body(phrase, sentence),
            [only] => Some(*only),
            many => self.only_recent(many, phrase.head, sentence),
        }
    }

    /// "the defence ministry" is no ministry of harbours.
    fn small_words_fit(&self, phrase: &Phrase, member: &Member) -> bool {
        let mut before =
            (phrase.at.start..phrase.head).filter(|p| self.words.is_word(*p) && !self.words.is_capital(*p));
        before.all(|p| {
            let word = self.words.word(p);
            let british = if word.eq_ignore_ascii_case("defense") { "defence" } else { word };
            self.says_of(member, word) || self.says_of(member, british)
        })
    }

    /// "the agency", "the company" say nothing of the name; the last source may be meant, if it is a body.
    fn general_body(&self, phrase: &Phrase, sentence: usize) -> Option<usize> {
        const GENERAL: &[u32] = &[
            key("agency"),
            key("company"),
            key("group"),
            key("organisation"),
            key("organization"),
            key("service"),
            key("operator"),
            key("outlet"),
            key("newspaper"),
            key("broadcaster"),
            key("network"),
            key("watchdog"),
            key("institute"),
            key("firm"),
            key("body"),
            key("office"),
            key("department"),
            key("party"),
            key("magazine"),
            key("tank"),
        ];
        if !GENERAL.iter().any(|k| self.words.is_key(phrase.head, *k))
            || (phrase.head > phrase.at.start && !self.words.is_key(phrase.head, key("tank")))
        {
            return None;
        }
        match self.history.recent(sentence).next() {
            Some(Heard { who: Who::Member(who), until, .. }) if until + NEAR >= sentence => {
                let member = self.cast.members.get(*who)?;
                let place = self.words.is(member.name.start, PLACE);
                (member.kind != SourceKind::Person && !place).then_some(*who)
            }
            _ => None,
        }
    }

    /// "officials" are nobody in particular; "the officials", after a body has been heard, are that body.
    pub(super) fn crowd(&self, phrase: &Phrase, sentence: usize) -> Meant {
        const SPEAK_FOR_A_BODY: &[u32] =
            &[key("officials"), key("analysts"), key("experts"), key("researchers"), key("representatives")];
        let speaks = SPEAK_FOR_A_BODY.iter().any(|k| self.words.is_key(phrase.head, *k));
        if speaks && phrase.definite {
            let body = self.history.recent(sentence).find_map(|h| match h.who {
                Who::Member(who) if h.kind == SourceKind::Body && !self.is_place(who) => Some(who),
                _ => None,
            });
            let agrees = |who: &usize| self.cast.members.get(*who).is_some_and(|m| self.country_fits(phrase, m));
            if let Some(who) = body.filter(agrees) {
                return self.member(who);
            }
        }
        self.as_worded(phrase, SourceKind::Anonymous)
    }

    fn is_place(&self, who: usize) -> bool {
        self.cast.members.get(who).is_some_and(|m| m.name.clone().all(|p| self.words.is(p, PLACE | DEMONYM)))
    }

    fn country_fits(&self, phrase: &Phrase, member: &Member) -> bool {
        (phrase.at.start..phrase.head)
            .filter_map(|p| lexicon::country(self.words.word(p)))
            .all(|c| member.country.is_none_or(|m| m == c))
    }

    /// "the post", "the PIR statement": its author; a document without one is named as worded.
    pub(super) fn document(&self, phrase: &Phrase, sentence: usize) -> Meant {
        let own = self.cast.mentions_in(phrase.at.start..phrase.head).last().map(|m| m.who);
        if let Some(who) = own.filter(|who| !self.is_place(*who)) {
            return self.member(who);
        }
        if let Some(who) = self.author_after(phrase) {
            return self.member(who);
        }
        let bare = phrase.at.start == phrase.head && phrase.at.end == phrase.head + 1;
        // A post or statement speaks for who put it out; a lawsuit, poll or law is a source of its own.
        const SPEAKS_FOR_AUTHOR: &[u32] = &[
            key("post"),
            key("tweet"),
            key("statement"),
            key("update"),
            key("message"),
            key("letter"),
            key("briefing"),
            key("release"),
            key("bulletin"),
            key("communique"),
            key("note"),
            key("notice"),
            key("dispatch"),
            key("memo"),
        ];
        let speaks = SPEAKS_FOR_AUTHOR.iter().any(|k| self.words.is_key(phrase.head, *k));
        let author = self.history.recent(sentence).next().filter(|h| h.until + NEAR >= sentence);
        match author {
            Some(heard) if phrase.definite && bare && speaks && heard.kind != SourceKind::Anonymous => {
                Meant { who: Some(heard.who.clone()), kind: heard.kind, role: None }
            }
            _ => self.as_worded(phrase, SourceKind::Document),
        }
    }

    /// "a report by the institute", "a statement from the ministry".
    fn author_after(&self, phrase: &Phrase) -> Option<usize> {
        let by = phrase.head + 1;
        if !(self.words.is_key(by, key("by")) || self.words.is_key(by, key("from"))) {
            return None;
        }
        let mention = self.cast.mentions_in(by..by + 6).first()?;
        (mention.whole.start <= by + 2 && mention.name.start < phrase.at.end && !self.is_place(mention.who))
            .then_some(mention.who)
    }

    /// Neither pronoun nor known noun: a name if one stands in it before any "of", else its own words.
    pub(super) fn other(&self, phrase: &Phrase) -> Meant {
        if let Some(who) = self.named_at(phrase) {
            return self.member(who);
        }
        let plural_people = (phrase.at.start..phrase.head).any(|p| self.words.is(p, CROWD | PREPOSITION));
        let kind = match () {
            () if plural_people => SourceKind::Anonymous,
            () if self.words.is(phrase.head, BODY) => SourceKind::Body,
            () if self.words.is(phrase.head, DOCUMENT) => SourceKind::Document,
            () => SourceKind::Unknown,
        };
        self.as_worded(phrase, kind)
    }
}
