//! The cast of an article: who is named in it, once each, and where.
//!
//! Two names are one member only where nothing speaks against it. Knows nothing of attributions.

use std::collections::HashMap;
use std::ops::Range;

use smallvec::SmallVec;

use super::super::SourceKind;
use super::super::lexicon::{self, BODY, ByKey, DETERMINER, FEMALE, MALE, PLACE, ROLE, TITLE};
use super::super::token::{Kind, key};
use super::super::words::Words;
use super::names::{Gender, Name, Sort, names};
use super::spelling;

/// Somebody or something that the article names.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Member {
    /// The fullest name, as it stands first; places of words.
    pub name: Range<usize>,
    /// The name as it is shown: with the country that a body belongs to.
    pub shown: Range<usize>,
    /// The roles that the article gives, first one first.
    pub roles: Vec<Range<usize>>,
    /// What it is.
    pub kind: SourceKind,
    /// Two or three capitals that may as well be a thing.
    pub doubtful: bool,
    pub(super) gender: Option<Gender>,
    /// The country it belongs to, where a word of the name or role says so.
    pub(super) country: Option<&'static str>,
    /// The word at which it is first named.
    pub(super) first: usize,
}

/// One place where a member is named.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Mention {
    /// With title and role.
    pub whole: Range<usize>,
    /// The name alone.
    pub name: Range<usize>,
    /// Its place among the members.
    pub who: usize,
}

/// All members and mentions of one text.
pub(in crate::extract) struct Cast {
    pub members: Vec<Member>,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// Members by a word that names them: surname, acronym, one-word name, head of a body's name or of a role.
    by_word: HashMap<u32, Namesakes, ByKey>,
}

/// Places of members: mostly one.
type Namesakes = SmallVec<[usize; 2]>;

/// More members under one word than this make the word useless, and hostile text slow.
const MOST_NAMESAKES: usize = 8;

impl Cast {
    /// Reads the names of the text; none goes on over a word of `breaks`, which are in order.
    pub(in crate::extract) fn of(words: &Words, breaks: &[usize]) -> Self {
        let names = names(words, breaks);
        let mut cast = Self { members: Vec::new(), mentions: Vec::new(), by_word: HashMap::default() };
        let mut who = vec![None; names.len()];
        // Full names first: "Orlan" may stand in the headline, "Pavel Orlan" below.
        for full in [true, false] {
            for (name, who) in names.iter().zip(&mut who) {
                if is_full(words, name) == full {
                    *who = Some(cast.place(words, name, full));
                }
            }
        }
        for (name, who) in names.into_iter().zip(who) {
            if let Some(who) = who {
                cast.mentions.push(Mention { whole: name.whole, name: name.at, who });
            }
        }
        cast
    }

    /// The members that this word can name.
    pub(super) fn under(&self, key: u32) -> &[usize] {
        self.by_word.get(&key).map_or(&[], |members| members.as_slice())
    }

    /// The mentions that begin inside these words.
    pub(in crate::extract) fn mentions_in(&self, at: Range<usize>) -> &[Mention] {
        let start = self.mentions.partition_point(|m| m.name.start < at.start);
        let end = self.mentions.partition_point(|m| m.name.start < at.end);
        self.mentions.get(start..end).unwrap_or_default()
    }

    /// Finds or makes the member that the name names.
    fn place(&mut self, words: &Words, name: &Name, full: bool) -> usize {
        let known = if full { self.known_full(words, name) } else { self.known_short(words, name) };
        let who = known.unwrap_or_else(|| {
            self.members.push(Member {
                name: name.at.clone(),
                shown: name.shown.clone(),
                roles: Vec::new(),
                kind: kind_of(name.sort),
                doubtful: name.sort == Sort::PerhapsPerson,
                gender: None,
                country: None,
                first: name.whole.start,
            });
            self.members.len() - 1
        });
        self.learn(words, who, name, full);
        who
    }

    /// Adds what this mention says to what is known of the member.
    fn learn(&mut self, words: &Words, who: usize, name: &Name, full: bool) {
        let Some(member) = self.members.get_mut(who) else { return };
        member.first = member.first.min(name.whole.start);
        member.gender = member.gender.or(name.gender);
        // Who is called by the surname alone is a person; "a Republican" is no surname.
        let pointed = name.at.start > 0 && words.is(name.at.start - 1, DETERMINER | BODY);
        if name.sort == Sort::Person || (!full && member.doubtful && !pointed) {
            member.doubtful = false;
            member.kind = SourceKind::Person;
        }
        let countries = name.whole.clone().chain(name.role.clone().into_iter().flatten());
        member.country = member.country.or_else(|| country_in(words, countries));
        if let Some(role) = name.role.clone().filter(|_| member.roles.len() < MOST_NAMESAKES) {
            member.roles.push(role);
        }
        let role = name.role.clone().into_iter().flatten().filter(|p| words.is(*p, ROLE | TITLE | BODY));
        role.for_each(|p| self.index(key(words.word(p)), who));
        match name.sort {
            Sort::Body => {
                let heads = name.at.clone().filter(|p| words.is(*p, BODY));
                heads.for_each(|p| self.index(key(words.word(p)), who));
                initials(words, &name.at).into_iter().for_each(|initials| self.index(initials, who));
                self.index(key(words.word(name.at.start)), who);
            }
            _ => {
                last_word(words, &name.at).into_iter().for_each(|p| self.index(key(words.word(p)), who));
                self.index_stem(words, who, name);
            }
        }
        name.acronym.into_iter().for_each(|p| self.index(key(words.word(p)), who));
    }

    fn index(&mut self, key: u32, who: usize) {
        let list = self.by_word.entry(key).or_default();
        if list.len() < MOST_NAMESAKES && !list.contains(&who) {
            list.push(who);
        }
    }

    /// Under the name without its transliterated ending, and under the given name, for spelling variants.
    fn index_stem(&mut self, words: &Words, who: usize, name: &Name) {
        let Some(last) = last_word(words, &name.at) else { return };
        let given = (last != name.at.start).then(|| given_key(words, name));
        [Some(stem_key(words.word(last))), given].into_iter().flatten().for_each(|key| self.index(key, who));
    }

    fn known_full(&self, words: &Words, name: &Name) -> Option<usize> {
        let last = last_word(words, &name.at)?;
        if name.sort == Sort::Body {
            let same = |who: &&usize| self.members.get(**who).is_some_and(|m| same_body(words, m, name));
            return self
                .under(key(words.word(name.at.start)))
                .iter()
                .chain(self.heads(words, name))
                .find(same)
                .copied();
        }
        let candidates = [key(words.word(last)), stem_key(words.word(last)), given_key(words, name)];
        candidates
            .iter()
            .flat_map(|k| self.under(*k))
            .find(|who| self.members.get(**who).is_some_and(|m| same_person(words, &m.name, &name.at)))
            .copied()
    }

    fn heads<'s>(&'s self, words: &'s Words, name: &'s Name) -> impl Iterator<Item = &'s usize> {
        name.at.clone().filter(|p| words.is(*p, BODY)).flat_map(|p| self.under(key(words.word(p))))
    }

    /// The one member that a surname, acronym or single word can mean.
    fn known_short(&self, words: &Words, name: &Name) -> Option<usize> {
        let word = last_word(words, &name.at)?;
        let exact = self.under(key(words.word(word))).iter().copied();
        let named = |who: &usize| self.members.get(*who).is_some_and(|m| names_by(words, m, word));
        let mut fitting: Namesakes = exact.filter(named).collect();
        if fitting.is_empty() {
            let stem = self.under(stem_key(words.word(word))).iter().copied();
            fitting = stem.filter(|who| self.members.get(*who).is_some_and(|m| near_surname(words, m, word))).collect();
        }
        let known = |who: &usize| self.members.get(*who).is_some_and(|m| m.first < name.at.start);
        if fitting.len() > 1 && fitting.iter().any(known) {
            fitting.retain(|who| known(who));
        }
        if fitting.len() > 1 && name.role.is_some() {
            fitting.retain(|who| self.members.get(*who).is_some_and(|m| shares_title(words, m, name)));
        }
        fitting.retain(|who| {
            self.members
                .get(*who)
                .is_some_and(|m| m.gender.is_none() || name.gender.is_none() || m.gender == name.gender)
        });
        match fitting.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// A name of several words, or of a body; a surname, acronym or single word is short for one.
fn is_full(words: &Words, name: &Name) -> bool {
    name.at.len() > 1 && (name.sort != Sort::Bare) && name.at.clone().filter(|p| words.is_capital(*p)).count() > 1
}

fn kind_of(sort: Sort) -> SourceKind {
    match sort {
        Sort::Person => SourceKind::Person,
        Sort::Body | Sort::Place => SourceKind::Body,
        Sort::PerhapsPerson | Sort::Bare => SourceKind::Unknown,
    }
}

/// Whether two full names of people may be one: same surname or spellings of it, same given name or its initial.
fn same_person(words: &Words, a: &Range<usize>, b: &Range<usize>) -> bool {
    let ends = |r: &Range<usize>| Some((words.word(r.start), words.word(last_word(words, r)?)));
    let (Some((given_a, last_a)), Some((given_b, last_b))) = (ends(a), ends(b)) else { return false };
    let full = |r: &Range<usize>| r.len() > 1;
    full(a) && full(b) && spelling::same_given(given_a, given_b) && spelling::same_surname(last_a, last_b)
}

/// Whether the names of two bodies hold the same words in any order, and no two countries.
fn same_body(words: &Words, member: &Member, name: &Name) -> bool {
    let content = |r: &Range<usize>| {
        let mut keys: Vec<u32> = r
            .clone()
            .filter(|p| words.is_capital(*p) && lexicon::country(words.word(*p)).is_none() && !words.is(*p, PLACE))
            .map(|p| key(words.word(p)))
            .map(|k| if k == key("defense") { key("defence") } else { k })
            .collect();
        keys.sort_unstable();
        keys
    };
    let country = country_in(words, name.whole.clone());
    let countries_agree = member.country.is_none() || country.is_none() || member.country == country;
    let (a, b) = (content(&member.name), content(&name.at));
    countries_agree && !a.is_empty() && a == b
}

/// Whether the word is by itself a name of the member: surname, acronym, or its only word.
fn names_by(words: &Words, member: &Member, word: usize) -> bool {
    let last = last_word(words, &member.name).is_some_and(|p| words.word(p).eq_ignore_ascii_case(words.word(word)));
    match member.kind {
        SourceKind::Body => member.name.len() == 1 && last || is_short(words, word),
        _ => last,
    }
}

/// An acronym: two capitals or more.
fn is_short(words: &Words, word: usize) -> bool {
    words.word(word).chars().filter(|c| c.is_uppercase()).take(2).count() == 2
}

fn near_surname(words: &Words, member: &Member, word: usize) -> bool {
    member.kind == SourceKind::Person
        && last_word(words, &member.name)
            .is_some_and(|p| spelling::same_but_for_ending(words.word(p), words.word(word)))
}

/// Whether title or role of the mention is one that the member is known by.
fn shares_title(words: &Words, member: &Member, name: &Name) -> bool {
    let titles = name.role.clone().into_iter().flatten().filter(|p| words.is(*p, ROLE | TITLE));
    let known = |p: usize| {
        member.roles.iter().flat_map(Clone::clone).any(|r| words.word(r).eq_ignore_ascii_case(words.word(p)))
    };
    titles.into_iter().any(known)
}

/// The last word of a name that is no "Jr." or number.
fn last_word(words: &Words, at: &Range<usize>) -> Option<usize> {
    let suffix = |p: usize| ["jr", "sr", "ii", "iii"].iter().any(|s| words.word(p).eq_ignore_ascii_case(s));
    at.clone().rev().find(|p| words.kind(*p) == Some(Kind::Word) && !suffix(*p))
}

fn given_key(words: &Words, name: &Name) -> u32 {
    // Apart from surnames, so that a given name never names anybody alone.
    key(words.word(name.at.start)).rotate_left(7)
}

fn stem_key(word: &str) -> u32 {
    key(word.trim_end_matches(['y', 'i', 'j'])).rotate_left(13)
}

/// The key of the initials of a body's name, with and without its small words: "mod" for the Ministry of Defence.
fn initials(words: &Words, at: &Range<usize>) -> [u32; 2] {
    let spell = |capitals_only: bool| {
        let word = |p: &usize| words.kind(*p) == Some(Kind::Word) && (!capitals_only || words.is_capital(*p));
        at.clone().filter(word).filter_map(|p| words.word(p).chars().next()).collect::<String>()
    };
    [key(&spell(false)), key(&spell(true))]
}

fn country_in(words: &Words, mut at: impl Iterator<Item = usize>) -> Option<&'static str> {
    at.find_map(|p| words.is_capital(p).then(|| lexicon::country(words.word(p))).flatten())
}

impl Member {
    /// Whether a pronoun of this gender can mean the member.
    pub(super) fn may_be(&self, gender: Gender) -> bool {
        (self.kind == SourceKind::Person || self.doubtful) && self.gender.is_none_or(|g| g == gender)
    }
}

/// The gender that a word alone tells.
pub(super) fn gender(words: &Words, place: usize) -> Option<Gender> {
    match (words.is(place, MALE), words.is(place, FEMALE)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The members by their names, in the order of the mentions.
    fn mentioned(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        let cast = Cast::of(&words, &[]);
        cast.mentions.iter().map(|m| words.span(cast.members[m.who].name.clone()).of(text)).collect()
    }

    #[test]
    fn a_surname_before_or_after_is_the_one_full_name() {
        assert_eq!(
            mentioned("Orlan left. Vellia’s mayor Pavel Orlan, aged 50, came back. “No,” Orlan said."),
            ["Pavel Orlan", "Vellia", "Pavel Orlan", "Pavel Orlan"]
        );
    }

    #[test]
    fn namesakes_are_not_joined() {
        assert_eq!(
            mentioned("Mayor Pavel Orlan met General Igor Orlan. Then Orlan left. Mayor Orlan stayed."),
            ["Pavel Orlan", "Igor Orlan", "Orlan", "Pavel Orlan"]
        );
    }

    #[test]
    fn spellings_of_one_name_are_joined() {
        assert_eq!(
            mentioned(
                "President Mykola Balashevsky spoke. On Friday Balashevskyy left. Now Mykola Balashevskyi is back."
            ),
            ["Mykola Balashevsky"; 3]
        );
        assert_eq!(
            mentioned("President Mykola Balashevsky and Olena Balashevska left."),
            ["Mykola Balashevsky", "Olena Balashevska"]
        );
    }

    #[test]
    fn an_acronym_is_its_body() {
        assert_eq!(
            mentioned("according to the Port Intelligence of Ruritania (PIR). Later the PIR statement came."),
            ["Port Intelligence of Ruritania"; 3]
        );
        assert_eq!(mentioned("The Ministry of Harbours spoke. But the MoH denied it."), ["Ministry of Harbours"; 2]);
    }

    #[test]
    fn ministries_of_two_countries_stay_two() {
        assert_eq!(
            mentioned("the Russian Ministry of Defense, then the UK Ministry of Defence")
                .iter()
                .filter(|n| n.contains("UK"))
                .count(),
            1
        );
    }
}
