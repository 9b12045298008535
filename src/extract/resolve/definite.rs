//! Whom a name or a role means: "Orlan", "the governor", "the Ruritanian official", "the spokesman".

use std::ops::Range;

use super::super::SourceKind;
use super::super::lexicon::{self, BROAD_ROLE, DEMONYM, DETERMINER, PLACE, QUANTITY, ROLE, TITLE};
use super::super::token::{Kind, key};
use super::cast::{Member, Mention, gender};
use super::phrase::Phrase;
use super::{Meant, Resolver, Who};

/// How many words back "a senior official" is remembered as "the official".
const INTRODUCED_WITHIN: usize = 60;
/// How many sentences back "the post" or "the company" reaches for who put it out.
pub(super) const NEAR: usize = 4;

impl Resolver<'_, '_> {
    /// A name in the phrase at its head, or set off beside its role.
    pub(super) fn name(&self, phrase: &Phrase) -> Meant {
        match self.named_at(phrase) {
            // "many Latinos" are nobody by name.
            _ if self.words.is(phrase.at.start, QUANTITY) => self.as_worded(phrase, SourceKind::Anonymous),
            Some(who) => self.member(who),
            None => self.as_worded(phrase, SourceKind::Unknown),
        }
    }

    /// The member that stands at the head of the phrase, or whose role the phrase is.
    pub(super) fn named_at(&self, phrase: &Phrase) -> Option<usize> {
        let around = phrase.at.start.saturating_sub(2)..phrase.at.end + 4;
        let mentions = self.cast.mentions_in(around);
        let at_head = mentions
            .iter()
            .find(|m| m.name.contains(&phrase.head))
            .or_else(|| mentions.iter().find(|m| m.whole.contains(&phrase.head) && self.is_person(m.who)));
        let set_off = || mentions.iter().find(|m| self.is_set_off(m, phrase));
        at_head.or_else(set_off).map(|m| m.who)
    }

    /// "the head of the district, Pavel Orlan", "his brother, Igor Orlan": the name after the comma.
    fn is_set_off(&self, mention: &Mention, phrase: &Phrase) -> bool {
        let start = mention.whole.start;
        if mention.name.start <= phrase.head
            || mention.name.start >= phrase.at.end + 3
            || !self.may_be_person(mention.who)
        {
            return false;
        }
        let member = self.cast.members.get(mention.who);
        let told = member.is_some_and(|m| m.roles.iter().any(|r| r.contains(&phrase.head)));
        let comma = |p: usize| self.words.is_kind(p, Kind::Comma);
        let beside = start > phrase.head + 1 && comma(start - 1) && !(phrase.head..start - 1).any(comma);
        told || (beside && self.words.is(phrase.head, ROLE))
    }

    fn may_be_person(&self, who: usize) -> bool {
        self.is_person(who) || self.cast.members.get(who).is_some_and(|m| m.doubtful)
    }

    fn is_person(&self, who: usize) -> bool {
        self.cast.members.get(who).is_some_and(|m| m.kind == SourceKind::Person)
    }

    pub(super) fn member(&self, who: usize) -> Meant {
        let kind = self.cast.members.get(who).map_or(SourceKind::Unknown, |m| m.kind);
        Meant { who: Some(Who::Member(who)), kind, role: None }
    }

    /// "who", "which": the name that ends right before.
    pub(super) fn right_before(&self, place: usize) -> Option<usize> {
        let near = self.cast.mentions_in(place.saturating_sub(16)..place);
        // "Pavel Orlan, head of the Vell Council, who": the role's own names are passed over.
        let end = place.saturating_sub(usize::from(place > 0 && self.words.is_kind(place - 1, Kind::Comma)));
        let told = |m: &&Mention| {
            self.cast
                .members
                .get(m.who)
                .is_some_and(|who| who.roles.iter().any(|r| r.start >= m.name.end && r.end == end))
        };
        let mention = near.iter().rev().find(told).or(near.last())?;
        // Between the name and "who" only its role in commas may stand.
        let between = mention.name.end..place;
        let role_between =
            self.cast.members.get(mention.who).is_some_and(|m| m.roles.iter().any(|r| between.contains(&r.start)));
        let bare = between.clone().all(|p| !self.words.is_word(p) || self.is_acronym_of(p, mention.who));
        if bare || role_between {
            return Some(mention.who);
        }
        None
    }

    fn is_acronym_of(&self, place: usize, who: usize) -> bool {
        self.cast.under(key(self.words.word(place))).contains(&who)
    }

    /// "the governor", "the Ruritanian official": a person whose role fits, if only one does.
    pub(super) fn role(&self, phrase: &Phrase, sentence: usize) -> Meant {
        if let Some(who) = self.named_at(phrase) {
            return self.member(who);
        }
        let worded = self.words.span(phrase.at.clone()).of(self.words.text).to_owned();
        let unnamed =
            Meant { who: Some(Who::Phrase(worded.clone())), kind: SourceKind::Person, role: Some(worded.clone()) };
        if !phrase.definite && !self.is_modified_by_country(phrase) {
            let crowd = Meant { who: Some(Who::Phrase(worded)), kind: SourceKind::Anonymous, role: None };
            return if phrase.at.len() == 1 { unnamed } else { crowd };
        }
        if self.asks_not_to_be_named(phrase) {
            let own = || self.words.span(phrase.at.start..phrase.head + 1).of(self.words.text).to_owned();
            let name = self.introduced_unnamed(phrase, sentence).unwrap_or_else(own);
            return Meant { who: Some(Who::Phrase(name)), kind: SourceKind::Anonymous, role: None };
        }
        // "A spokesman for the port said …. The spokesman": the same one, still without a name.
        if let Some(phrase) = self.introduced_unnamed(phrase, sentence) {
            let name = Who::Phrase(phrase);
            return Meant { who: Some(name), kind: SourceKind::Anonymous, role: None };
        }
        let broad = self.words.is(phrase.head, BROAD_ROLE);
        let found = if broad { self.by_broad_role(phrase, sentence) } else { self.by_role(phrase, sentence) };
        found.map_or(unnamed, |who| self.member(who))
    }

    /// "The official, who asked not to be named", "speaking on condition of anonymity".
    fn asks_not_to_be_named(&self, phrase: &Phrase) -> bool {
        const UNNAMED: &[u32] =
            &[key("named"), key("identified"), key("anonymity"), key("anonymously"), key("unnamed")];
        let after = (phrase.head + 1..phrase.head + 12).take_while(|p| !self.words.is_kind(*p, Kind::Stop));
        let aside = self.words.is_kind(phrase.head + 1, Kind::Comma);
        aside && after.into_iter().any(|p| UNNAMED.iter().any(|k| self.words.is_key(p, *k)))
    }

    /// The phrase that an unnamed person with this role was introduced by, if it is nearer than any name.
    fn introduced_unnamed(&self, phrase: &Phrase, sentence: usize) -> Option<String> {
        let head = self.words.word(phrase.head);
        let near = self.history.recent(sentence).take_while(|h| h.until + NEAR >= sentence);
        let heard = near.into_iter().find_map(|h| match &h.who {
            Who::Phrase(said) if said.split_whitespace().any(|w| w.eq_ignore_ascii_case(head)) => Some(said.clone()),
            _ => None,
        });
        heard.or_else(|| self.introduced_nearby(phrase))
    }

    /// "… , a senior official said": the role with "a" before it, not long ago, and no name beside it.
    fn introduced_nearby(&self, phrase: &Phrase) -> Option<String> {
        let role = self.words.tokens.get(phrase.head)?.key;
        let from = phrase.at.start.saturating_sub(INTRODUCED_WITHIN);
        let before = (from..phrase.at.start.saturating_sub(1)).rev().find(|p| self.words.is_key(*p, role))?;
        // The stops of "U.S." end nothing.
        let ends = |p: usize| !self.words.is_word(p) && !self.words.is_kind(p, Kind::Stop);
        let article = (before.saturating_sub(8)..before).rev().find(|p| ends(*p) || self.words.is(*p, DETERMINER))?;
        let indefinite = [key("a"), key("an"), key("one")].iter().any(|k| self.words.is_key(article, *k));
        // "Mila Tarn, a spokeswoman for the port": that role has a name.
        let told =
            |who: &usize| self.cast.members.get(*who).is_some_and(|m| m.roles.iter().any(|r| r.contains(&before)));
        let beside = self.cast.mentions_in(before..before + 8).iter().any(|m| self.is_person(m.who));
        let named = beside || self.cast.under(role).iter().any(told);
        (indefinite && !named).then(|| self.words.span(article + 1..before + 1).of(self.words.text).to_owned())
    }

    fn by_broad_role(&self, phrase: &Phrase, sentence: usize) -> Option<usize> {
        let mut recent = self.history.recent(sentence).filter_map(|h| match h.who {
            Who::Member(who) => Some(who),
            Who::Phrase(_) => None,
        });
        let fits = |who: &usize| {
            self.cast.members.get(*who).is_some_and(|m| {
                m.kind == SourceKind::Person
                    && !m.roles.is_empty()
                    && self.fits(phrase, m)
                    && self.gender_fits(phrase, m)
            })
        };
        recent.find(fits)
    }

    fn by_role(&self, phrase: &Phrase, sentence: usize) -> Option<usize> {
        let head = self.words.word(phrase.head);
        let mut fitting: Vec<usize> = Vec::new();
        for key in role_keys(head) {
            for who in self.cast.under(key) {
                let member = self.cast.members.get(*who);
                let fits = member.is_some_and(|m| {
                    m.kind == SourceKind::Person
                        && m.first < phrase.head
                        && self.has_role(m, key)
                        && self.fits(phrase, m)
                        && self.gender_fits(phrase, m)
                });
                if fits && !fitting.contains(who) {
                    fitting.push(*who);
                }
            }
        }
        match fitting.as_slice() {
            [] => None,
            [only] => Some(*only),
            many => self.only_recent(many, phrase.head, sentence),
        }
    }

    /// Of several that fit, the one heard or named lately, where none of the others has been.
    pub(super) fn only_recent(&self, fitting: &[usize], before: usize, sentence: usize) -> Option<usize> {
        let lately = |who: &usize| {
            let heard = self.history.recent(sentence).any(|h| h.who == Who::Member(*who) && h.until + NEAR >= sentence);
            let named = || {
                self.history
                    .latest_mention(*who, before)
                    .is_some_and(|m| self.sentence_at(m.name.start) + NEAR >= sentence)
            };
            heard || named()
        };
        let mut near = fitting.iter().copied().filter(|who| lately(who));
        let first = near.next()?;
        near.next().is_none().then_some(first)
    }

    fn sentence_at(&self, place: usize) -> usize {
        self.words.tokens.get(place).map_or(0, |t| self.sentence_of(t.span.start()))
    }

    fn has_role(&self, member: &Member, role: u32) -> bool {
        member
            .roles
            .iter()
            .any(|r| r.clone().any(|p| self.words.is(p, ROLE | TITLE) && key(self.words.word(p)) == role))
    }

    fn gender_fits(&self, phrase: &Phrase, member: &Member) -> bool {
        gender(self.words, phrase.head).is_none_or(|g| member.gender.is_none_or(|m| m == g))
    }

    /// Whether countries and names before the head don't speak against the member.
    pub(super) fn fits(&self, phrase: &Phrase, member: &Member) -> bool {
        let before = (phrase.at.start..phrase.head).filter(|p| self.words.is_capital(*p));
        before.into_iter().all(|p| {
            let word = self.words.word(p);
            match lexicon::country(word) {
                Some(country) => member.country.is_none_or(|c| c == country),
                None => self.says_of(member, word),
            }
        })
    }

    /// Whether a role or the name of the member holds this word.
    pub(super) fn says_of(&self, member: &Member, word: &str) -> bool {
        let known = |r: &Range<usize>| r.clone().any(|p| self.words.word(p).eq_ignore_ascii_case(word));
        known(&member.name) || member.roles.iter().any(known)
    }

    fn is_modified_by_country(&self, phrase: &Phrase) -> bool {
        (phrase.at.start..phrase.head).any(|p| self.words.is(p, DEMONYM | PLACE))
    }
}

/// The keys under which a role is known: a spokesman may be called spokesperson.
fn role_keys(head: &str) -> Vec<u32> {
    const SAME: &[&[&str]] = &[
        &["spokesman", "spokeswoman", "spokesperson"],
        &["chairman", "chairwoman", "chairperson", "chair"],
        &["chief", "head", "director"],
        &["reporter", "journalist", "correspondent"],
        &["premier", "minister"],
        &["scientist", "researcher", "professor"],
    ];
    let row = SAME.iter().find(|row| row.iter().any(|w| w.eq_ignore_ascii_case(head)));
    row.map_or_else(|| vec![key(head)], |row| row.iter().map(|w| key(w)).collect())
}
