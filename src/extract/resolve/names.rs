//! Finds where names stand in the text, with the role that the article gives beside them.
//!
//! "Vell district head Pavel Orlan": a name and what stands before it. "Pavel Orlan, head of the district": after it.
//! "the head of the district, Pavel Orlan": before it, set off. Says nothing of who is who.

use std::ops::Range;

use super::super::lexicon::{
    ADVERB, AUXILIARY, BODY, CALENDAR, COORDINATOR, CROWD, DEMONYM, DETERMINER, DOCUMENT, FEMALE, GIVEN_NAME, MALE,
    NAME_PARTICLE, PAST, PLACE, PREPOSITION, PRESENT, PRONOUN, ROLE, SAYING, SUBORDINATOR, TITLE,
};
use super::super::token::{Kind, key};
use super::super::words::Words;

/// A name where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Its words, without title and role.
    pub at: Range<usize>,
    /// The name as it is shown: with the country that owns a body.
    pub shown: Range<usize>,
    /// Name, title and role before it: what a source phrase may cover.
    pub whole: Range<usize>,
    /// The role given beside it.
    pub role: Option<Range<usize>>,
    /// An acronym in brackets after it.
    pub acronym: Option<usize>,
    /// What it names, as far as its own words tell.
    pub sort: Sort,
    /// What its titles, given name and role say.
    pub gender: Option<Gender>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A person beyond doubt: a title, a role or a known given name stands with it.
    Person,
    /// Two or three capitals and nothing that speaks against a person.
    PerhapsPerson,
    /// A ministry, company, agency.
    Body,
    /// A country or its capital.
    Place,
    /// One capital word.
    Bare,
}

/// The gender by which pronouns refer to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// The longest name or role phrase, in words.
const LONGEST: usize = 12;

/// All names of the text, in order; none goes on over a word of `breaks`, which are in order too.
pub(super) fn names(words: &Words, breaks: &[usize]) -> Vec<Name> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut breaks = breaks.iter().copied().peekable();
    while at < words.len() {
        while breaks.next_if(|b| *b <= at).is_some() {}
        let mut run = if can_begin(words, at) { run_of_capitals(words, at) } else { at..at };
        run.end = breaks.peek().map_or(run.end, |b| run.end.min(*b));
        at = run.end.max(at + 1);
        found.extend(name_in(words, run));
    }
    found
}

/// A capital that is not merely the first word of a sentence.
fn can_begin(words: &Words, at: usize) -> bool {
    let small = DETERMINER | PRONOUN | PREPOSITION | ADVERB | SUBORDINATOR | COORDINATOR | AUXILIARY | CALENDAR;
    words.kind(at) == Some(Kind::Word) && words.is_capital(at) && (!words.is(at, small) || words.is(at, PLACE))
}

fn run_of_capitals(words: &Words, start: usize) -> Range<usize> {
    let mut end = start + 1;
    let mut has_body = words.is(start, BODY);
    while end < start + LONGEST {
        let next = match next_capital(words, end, has_body) {
            Some(next) if !words.is(next, CALENDAR | PRONOUN) => next,
            _ => break,
        };
        has_body |= words.is(next, BODY);
        end = next + 1;
    }
    start..end
}

/// The capital that goes on with the name before `at`: the next word, or after an initial's stop, a particle, or "of".
fn next_capital(words: &Words, at: usize, has_body: bool) -> Option<usize> {
    let capital = |place: usize| (words.kind(place) == Some(Kind::Word) && words.is_capital(place)).then_some(place);
    if words.starts_line(at) {
        return None;
    }
    if let Some(next) = capital(at) {
        return Some(next);
    }
    let before = at.checked_sub(1)?;
    if words.kind(at) == Some(Kind::Stop) {
        let short = words.is(before, TITLE) || words.word(before).chars().count() == 1;
        return (short && !words.starts_line(at + 1)).then(|| capital(at + 1)).flatten();
    }
    if words.is(at, NAME_PARTICLE) {
        return capital(at + 1);
    }
    if has_body && (words.is_key(at, key("of")) || words.is_key(at, key("for")) || words.is_key(at, key("and"))) {
        let next = at + 1 + usize::from(words.is_key(at + 1, key("the")) && !words.is_key(at, key("and")));
        // "the Ministry of Defence and Kyiv" are two.
        let joins = !words.is_key(at, key("and")) || !words.is(next, PLACE | TITLE | ROLE | GIVEN_NAME);
        return joins.then(|| capital(next)).flatten();
    }
    None
}

fn name_in(words: &Words, run: Range<usize>) -> Option<Name> {
    let head = after_titles(words, &run);
    let at = head..run.end;
    if at.is_empty() {
        return None;
    }
    let before = role_before(words, run.start, head);
    let of_body = run.start > 0 && before.is_some() && head == run.start && !words.is(run.start - 1, ROLE);
    let sort = match sort_of(words, &at, head > run.start || (before.is_some() && !of_body)) {
        Sort::Bare | Sort::PerhapsPerson if of_body => Sort::Body,
        sort => sort,
    };
    let personal = matches!(sort, Sort::Person | Sort::PerhapsPerson);
    let ranked = before.as_ref().is_some_and(|b| b.start == run.start && is_rank(words, b));
    let set_off = if personal && (before.is_none() || ranked) { role_set_off(words, run.start, at.end) } else { None };
    let after = if personal { role_after(words, at.end) } else { None };
    let owner = if sort == Sort::Body { owning_country(words, run.start) } else { None };
    let whole = before.as_ref().map_or(run.start, |b| b.start.min(run.start)).min(owner.unwrap_or(run.start))..at.end;
    let role = set_off.or(before).or(after).map(|r| without_rank(words, r));
    // "unlike Mr Orlan": words before a courtesy title are no role.
    let role = role.filter(|r| r.clone().any(|p| words.is(p, ROLE | TITLE | BODY)));
    let sort = if sort == Sort::PerhapsPerson && role.is_some() { Sort::Person } else { sort };
    let gender = if personal { gender_of(words, &(run.start..at.end), role.as_ref()) } else { None };
    let shown = owner.unwrap_or(at.start)..at.end;
    Some(Name { acronym: acronym_after(words, at.end), shown, at, whole, role, sort, gender })
}

/// The first word of the name proper: after the last title or role, if a name is left.
fn after_titles(words: &Words, run: &Range<usize>) -> usize {
    let last = run.clone().rev().find(|p| words.is(*p, TITLE | ROLE) && !words.is(*p, GIVEN_NAME));
    match last {
        Some(title) if title + 1 < run.end && words.kind(title + 1) == Some(Kind::Stop) => title + 2,
        // "Secretary of State John Doe" has its name after the place; "Head of State" has none.
        Some(title) if title + 1 < run.end && !words.is(title + 1, PREPOSITION) => title + 1,
        Some(title) => (title..run.end).find(|p| words.is(*p, GIVEN_NAME)).unwrap_or(run.start),
        // "County Recorder Helen Purcell": a given name before the last word begins the name.
        None => (run.start + 1..run.end.saturating_sub(1))
            .rev()
            .find(|p| {
                words.is(*p, GIVEN_NAME)
                    && !words.is(*p - 1, GIVEN_NAME | BODY | NAME_PARTICLE)
                    && words.is_capital(p - 1)
                    && run.end - p < 4
            })
            .filter(|_| !words.is(run.start, GIVEN_NAME) && !(run.clone()).any(|p| words.is(p, BODY | PREPOSITION)))
            .unwrap_or(run.start),
    }
    .min(run.end)
}

fn sort_of(words: &Words, at: &Range<usize>, titled: bool) -> Sort {
    let mut length = 0;
    let (mut body, mut place) = (false, false);
    for p in at.clone().filter(|p| words.is_capital(*p)) {
        length += 1;
        body |= words.is(p, BODY);
        place |= words.is(p, PLACE | DEMONYM) && !words.is(p, GIVEN_NAME);
    }
    let given = words.is(at.start, GIVEN_NAME);
    match () {
        () if body && !(given && length == 2) => Sort::Body,
        () if place => Sort::Place,
        () if length > 1 && (titled || given) && length <= 4 => Sort::Person,
        () if length == 1 && titled => Sort::Person,
        () if (2..=3).contains(&length) && !words.is(at.start, CROWD | DOCUMENT) => Sort::PerhapsPerson,
        () if length == 1 => Sort::Bare,
        () => Sort::Body,
    }
}

/// "Vell district head": capitals and small words that end in a role right before the name.
fn role_before(words: &Words, run: usize, head: usize) -> Option<Range<usize>> {
    let titled = head > run;
    let last = run.saturating_sub(1);
    let small = run > 0 && !words.is_capital(last) && !words.starts_line(run);
    let small_role = small && words.is(last, ROLE);
    let small_body = small && words.is(last, BODY) && !titled;
    if !small_role && !small_body && !titled {
        return None;
    }
    let mut start = if small_role || small_body { last } else { run };
    while start > 0 && head - start < LONGEST && can_modify(words, start - 1) && !words.starts_line(start) {
        start -= 1;
    }
    // A possessive can't open the phrase.
    while words.kind(start) == Some(Kind::Clitic) {
        start += 1;
    }
    Some(start..head)
}

/// Whether the word can stand between the article and the role.
fn can_modify(words: &Words, at: usize) -> bool {
    let stops = DETERMINER | PRONOUN | PREPOSITION | SUBORDINATOR | COORDINATOR | AUXILIARY | ADVERB | CALENDAR;
    match words.kind(at) {
        Some(Kind::Clitic) => true,
        Some(Kind::Word) => {
            let verb = words.is(at, PRESENT | PAST | SAYING) || words.ends_in(at, b"ed") || words.ends_in(at, b"ing");
            !words.is(at, stops) && (words.is_capital(at) || !verb)
        }
        _ => false,
    }
}

/// "the head of the district, Pavel Orlan,": a role in commas before the name.
fn role_set_off(words: &Words, start: usize, end: usize) -> Option<Range<usize>> {
    let comma = start.checked_sub(1).filter(|p| words.is_kind(*p, Kind::Comma))?;
    let closes =
        matches!(words.kind(end), None | Some(Kind::Comma | Kind::Stop | Kind::Colon | Kind::Quote | Kind::Close));
    if !closes {
        return None;
    }
    let from = comma.saturating_sub(LONGEST);
    let mut start = comma;
    let mut role = None;
    while start > from && in_phrase(words, start - 1) {
        start -= 1;
        role = if words.is(start, ROLE) { Some(start) } else { role };
    }
    let role = role?;
    let article = (start..=role).find(|p| words.is(*p, DETERMINER))?;
    let direct = (article..role).all(|p| !words.is(p, PREPOSITION));
    direct.then_some(article + 1..comma)
}

/// "Pavel Orlan, a spokesman for the port authority,": a role in commas after the name.
fn role_after(words: &Words, end: usize) -> Option<Range<usize>> {
    let start = Some(end).filter(|p| words.is_kind(*p, Kind::Comma))? + 1;
    let first = start + usize::from(words.is(start, DETERMINER));
    let role = (first..first + 5)
        .take_while(|p| in_phrase(words, *p) && !words.is(*p, PREPOSITION))
        .filter(|p| words.is(*p, ROLE))
        .last()?;
    let mut stop = role + 1;
    while stop < start + LONGEST + 2
        && in_phrase(words, stop)
        && (!words.is(stop, DETERMINER) || words.is(stop - 1, PREPOSITION))
    {
        stop += 1;
    }
    while stop > role + 1 && words.is(stop - 1, PREPOSITION | COORDINATOR | DETERMINER) {
        stop -= 1;
    }
    Some(first..stop)
}

/// Whether a role phrase goes on with this word.
fn in_phrase(words: &Words, at: usize) -> bool {
    let stops = AUXILIARY | PAST | SAYING | PRONOUN | CALENDAR;
    match words.kind(at) {
        Some(Kind::Clitic | Kind::Number) => true,
        Some(Kind::Stop) => at > 0 && words.is(at - 1, TITLE),
        Some(Kind::Word) if words.is_capital(at) => true,
        Some(Kind::Word) => {
            (!words.is(at, stops) || (words.is(at, DETERMINER) && words.is(at, PRONOUN)))
                && (!words.is(at, SUBORDINATOR) || words.is(at, PREPOSITION))
        }
        _ => false,
    }
}

/// "the United Kingdom’s" before a body: where the country begins.
fn owning_country(words: &Words, start: usize) -> Option<usize> {
    let clitic = start.checked_sub(1).filter(|p| words.is_kind(*p, Kind::Clitic))?;
    let first = (clitic.saturating_sub(3)..clitic).rev().take_while(|p| words.is_capital(*p)).last()?;
    (first..clitic).any(|p| words.is(p, PLACE)).then_some(first)
}

/// "General", "Lt. Col.": titles and nothing else.
fn is_rank(words: &Words, role: &Range<usize>) -> bool {
    role.clone().all(|p| words.is(p, TITLE) || words.is_kind(p, Kind::Stop))
}

/// A rank after a role adds nothing: "military chief Gen." is "military chief". Alone it is the role.
fn without_rank(words: &Words, role: Range<usize>) -> Range<usize> {
    let mut end = role.end;
    while end > role.start && words.kind(end - 1) == Some(Kind::Stop) {
        end -= 1;
    }
    let courtesy = |p: usize| words.is(p, TITLE) && words.is(p, MALE | FEMALE) && !words.is(p, ROLE);
    let rank = |p: usize| words.is(p, TITLE) && !words.is(p, ROLE);
    let alone = end == role.start + 1;
    match end.checked_sub(1) {
        Some(last) if last >= role.start && (courtesy(last) || (rank(last) && !alone)) => role.start..last,
        Some(last) if alone && words.word(last).eq_ignore_ascii_case("dr") => role.start..role.start,
        _ => role.start..end,
    }
}

fn gender_of(words: &Words, named: &Range<usize>, role: Option<&Range<usize>>) -> Option<Gender> {
    let all = named.clone().chain(role.cloned().into_iter().flatten());
    let (mut male, mut female) = (false, false);
    for p in all {
        male |= words.is(p, MALE);
        female |= words.is(p, FEMALE);
    }
    match (male, female) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// "(GUR)" right after a name.
fn acronym_after(words: &Words, end: usize) -> Option<usize> {
    let short = words.is_capital(end + 1) && words.word(end + 1).chars().filter(|c| c.is_uppercase()).count() > 1;
    (words.is_kind(end, Kind::Open) && short && words.is_kind(end + 2, Kind::Close)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each name with its role and sort, as "role | name | sort".
    fn read(text: &str) -> Vec<String> {
        let words = Words::of(text);
        names(&words, &[])
            .into_iter()
            .map(|n| {
                let role = n.role.map_or("", |r| words.span(r).of(text));
                format!("{role} | {} | {:?}", words.span(n.at).of(text), n.sort)
            })
            .collect()
    }

    #[test]
    fn a_role_is_read_before_the_name() {
        assert_eq!(read("Vell district head Pavel Orlan said")[1], "Vell district head | Pavel Orlan | Person");
        assert_eq!(
            read("by Ruritanian military chief Gen. Pavel Orlan, who")[1],
            "Ruritanian military chief | Pavel Orlan | Person"
        );
        assert_eq!(read("On Monday Defense Minister Pavel Orlan left"), ["Defense Minister | Pavel Orlan | Person"]);
        assert_eq!(read("but spokesman Orlan said"), ["spokesman | Orlan | Person"]);
    }

    #[test]
    fn a_role_is_read_after_the_name() {
        assert_eq!(
            read("Pavel Orlan, a spokesperson for the port authority, said"),
            ["spokesperson for the port authority | Pavel Orlan | Person"]
        );
        assert_eq!(read("Pavel Orlan, head of the council, left")[0], "head of the council | Pavel Orlan | Person");
    }

    #[test]
    fn a_role_is_read_before_the_name_in_commas() {
        assert_eq!(
            read("the military spokesman in Ostrava, Mila Orlan."),
            [" | Ostrava | Bare", "military spokesman in Ostrava | Mila Orlan | Person"]
        );
    }

    #[test]
    fn a_courtesy_title_is_no_role() {
        assert_eq!(read("and Mrs Orlan said"), [" | Orlan | Person"]);
    }

    #[test]
    fn bodies_and_places_are_no_people() {
        assert_eq!(read("the Ministry of Defence said"), [" | Ministry of Defence | Body"]);
        assert_eq!(read("the Institute for the Study of War said"), [" | Institute for the Study of War | Body"]);
        assert_eq!(read("the Moscow region"), [" | Moscow | Place"]);
        assert_eq!(read("On Monday, Vell fell"), [" | Vell | Bare"]);
    }
}
