//! Cuts a stretch of words where a second thing is asserted: both sides have a subject and a finite verb of their own.
//!
//! In doubt nothing is cut: a claim too long can be read, a fragment can't. Knows nothing of sources.

use std::ops::Range;

use smallvec::SmallVec;

use super::super::lexicon::{
    ADVERB, AUXILIARY, COORDINATOR, DETERMINER, NOT_FINITE, PREPOSITION, PRONOUN, QUANTITY, SUBORDINATOR,
};
use super::super::token::{Kind, key};
use super::super::words::Words;
use super::marks;
use super::verbs::{VerbGroup, verb_groups};

/// How far a subject may reach before its verb.
const LONGEST_SUBJECT: usize = 25;

/// A clause of a stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Clause {
    /// Its words, as places in the list that was cut; what joins it to its neighbours is left out.
    pub at: Range<usize>,
    /// Its main verb, where it has one of its own.
    pub verb: Option<VerbGroup>,
}

/// The clauses among the words at `places`, in order. One where nothing can be cut.
pub(in crate::extract) fn clauses(words: &Words, places: &[usize]) -> SmallVec<[Clause; 2]> {
    let groups = verb_groups(words, places);
    let mut found = SmallVec::new();
    let quoted = pairs(words, places);
    let mut reader = Reader { words, places, groups: &groups, quoted: &quoted, next_group: 0, state: State::default() };
    let mut start = 0;
    let mut at = 0;
    while at < places.len() {
        if let Some(right) = reader.cut_at(at) {
            found.push(Clause { at: trim_end(words, places, start..at), verb: reader.state.main });
            start = right;
            reader.restart(right);
            at = right;
        } else {
            reader.step(at);
            at += 1;
        }
    }
    found.push(Clause { at: start..places.len(), verb: reader.state.main });
    found
}

/// For each place, whether it stands in quotation marks that hold only part of what was said: "a “wall and moat” at
/// Vell". Marks around all of an unbroken run leave its words free. Nothing where there are no marks.
fn pairs(words: &Words, places: &[usize]) -> Vec<bool> {
    if !places.iter().any(|p| words.is_kind(*p, Kind::Quote)) {
        return Vec::new();
    }
    let mut inside = vec![false; places.len()];
    let mark = |at: usize| places.get(at).is_some_and(|p| words.is_kind(*p, Kind::Quote));
    let joined = |at: usize| at > 0 && places.get(at - 1).map(|p| p + 1) == places.get(at).copied();
    let mut at = 0;
    while at < places.len() {
        let run_end = (at + 1..places.len()).find(|i| !joined(*i)).unwrap_or(places.len());
        let marks: Vec<usize> = (at..run_end).filter(|i| mark(*i)).collect();
        let closing = marks.first().is_some_and(|m| places.get(*m).is_some_and(|p| marks::is_closing(words.word(*p))));
        for pair in marks.get(usize::from(closing)..).unwrap_or_default().chunks(2) {
            let (open, close) = (pair.first().copied().unwrap_or(at), pair.get(1).copied().unwrap_or(run_end));
            let rest = places.get(close..run_end).unwrap_or_default();
            if open > at || rest.iter().any(|p| words.is_word(*p)) {
                inside.get_mut(open..close).unwrap_or_default().fill(true);
            }
        }
        at = run_end;
    }
    inside
}

/// What has been read of the clause so far.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    main: Option<VerbGroup>,
    /// A subordinate clause that waits for its verb.
    open: Option<Opener>,
    /// The subordinate clause that follows the main verb.
    hanging: Option<Opener>,
}

#[derive(Clone, Copy, Debug)]
struct Opener {
    /// What it says may be meant only, not asserted: "if", "whether", "that".
    unsure: bool,
    /// A preposition as well, so it may govern a noun and no clause: "after".
    preposition: bool,
}

struct Reader<'w, 't> {
    words: &'w Words<'t>,
    places: &'w [usize],
    groups: &'w [VerbGroup],
    quoted: &'w [bool],
    next_group: usize,
    state: State,
}

impl Reader<'_, '_> {
    fn is(&self, at: usize, classes: u64) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is(*p, classes))
    }

    fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is_kind(*p, kind))
    }

    fn is_key(&self, at: usize, key: u32) -> bool {
        self.places.get(at).is_some_and(|p| self.words.is_key(*p, key))
    }

    fn restart(&mut self, at: usize) {
        self.state = State::default();
        while self.groups.get(self.next_group).is_some_and(|g| g.start < at) {
            self.next_group += 1;
        }
    }

    /// Takes one word into the state of the clause.
    fn step(&mut self, at: usize) {
        if let Some(group) = self.groups.get(self.next_group).filter(|g| g.start == at) {
            self.next_group += 1;
            self.state = after_verb(self.state, *group);
        } else if let Some(opener) = self.opener(at) {
            self.state.open = Some(opener);
        } else if self.is_kind(at, Kind::Comma) && self.state.open.is_some_and(|o| o.preposition) {
            self.state.open = None;
        }
    }

    /// Whether "that" points to a noun: "and that clip shows".
    fn is_points(&self, at: usize) -> bool {
        self.is(at + 1, AUXILIARY) || (self.is(at + 2, AUXILIARY) && !self.is(at + 1, PRONOUN | DETERMINER | QUANTITY))
    }

    fn opener(&self, at: usize) -> Option<Opener> {
        if !self.is(at, SUBORDINATOR) || self.is(at, COORDINATOR) {
            return None;
        }
        // "of that clip", and "That clip …" at the head, point to a noun.
        let points = self.is_key(at, key("that"))
            && (at == 0 || self.is(at - 1, PREPOSITION | COORDINATOR) || self.is_kind(at - 1, Kind::Comma));
        // "how" at the head of what somebody revealed opens it as "that" does.
        if points || (at == 0 && self.is_key(at, key("how"))) {
            return None;
        }
        const UNSURE: &[u32] = &[
            key("if"),
            key("unless"),
            key("whether"),
            key("that"),
            key("until"),
            key("lest"),
            key("how"),
            key("why"),
            key("what"),
            key("than"),
            key("as"),
            key("like"),
        ];
        let unsure = UNSURE.iter().any(|k| self.is_key(at, *k));
        Some(Opener { unsure, preposition: self.is(at, PREPOSITION) })
    }

    /// Where the next clause begins, if one ends before the word at `at`.
    fn cut_at(&self, at: usize) -> Option<usize> {
        let join = self.join(at)?;
        if self.quoted.get(at).copied().unwrap_or(false) {
            return None;
        }
        let main = self.state.main?;
        if main.start == 0 || main.saying || self.state.open.is_some_and(|o| !o.preposition) {
            return None;
        }
        let firm = join.strong || (at > 0 && self.is_kind(at - 1, Kind::Comma));
        // "…, which was put off while the case went on": part of what hangs on "which".
        let loose = !firm || (!self.is_kind(at - 1, Kind::Comma) && self.is(at, SUBORDINATOR));
        if self.state.hanging.is_some_and(|h| h.unsure || loose) || (!firm && !main.sure) {
            return None;
        }
        let right = at + join.length;
        self.asserts(right, firm).then_some(right)
    }

    fn join(&self, at: usize) -> Option<Join> {
        if at == 0 {
            return None;
        }
        if self.is_kind(at, Kind::Semicolon) {
            let length = 1 + usize::from(self.is(at + 1, COORDINATOR));
            return Some(Join { length, strong: true });
        }
        let after_comma = self.is_kind(at - 1, Kind::Comma);
        let noun = self.is(at - 1, DETERMINER | PREPOSITION);
        match () {
            () if self.is_key(at, key("and")) && self.is_key(at + 1, key("that")) && !self.is_points(at + 1) => {
                Some(Join { length: 2, strong: true })
            }
            () if self.is_key(at, key("and")) => Some(Join { length: 1, strong: false }),
            () if self.is_key(at, key("but")) => Some(Join { length: 1, strong: true }),
            () if (self.is_key(at, key("while")) || self.is_key(at, key("whereas"))) && !noun => {
                Some(Join { length: 1, strong: true })
            }
            () if self.is_key(at, key("so")) && after_comma => Some(Join { length: 1, strong: true }),
            () => None,
        }
    }

    /// Whether the words from `at` on have a subject and a finite verb that is sure enough.
    fn asserts(&self, at: usize, firm: bool) -> bool {
        let Some(subject) = self.subject(at, firm) else { return false };
        // "the men, aged 24 and 31, had left"
        if self.is_kind(subject, Kind::Number) && self.is_kind(subject + 1, Kind::Comma) {
            return false;
        }
        let first = self.next_group + self.groups[self.next_group..].iter().take_while(|g| g.start < subject).count();
        let mut simple = true;
        let mut probe = Reader { next_group: first, state: State::default(), ..*self };
        for i in subject..(subject + LONGEST_SUBJECT).min(self.places.len()) {
            probe.step(i);
            simple &= probe.state.open.is_none();
            if let Some(main) = probe.state.main {
                let shared = self.is(i - 1, COORDINATOR);
                return main.start > subject && !shared && (main.sure || firm && simple);
            }
            if i > subject && (self.is_kind(i, Kind::Semicolon) || self.is_key(i, key("but"))) {
                return false;
            }
        }
        false
    }

    /// Where the subject begins, adverbs and one phrase of time or place passed over.
    fn subject(&self, at: usize, firm: bool) -> Option<usize> {
        if self.is_counted(at) {
            return Some(at);
        }
        let mut at = at;
        while self.is(at, ADVERB) && !self.is(at, PRONOUN | DETERMINER) {
            at += 1 + usize::from(self.is_kind(at + 1, Kind::Comma));
        }
        if self.is(at, PREPOSITION) && !self.is(at, SUBORDINATOR) {
            let comma = (at + 1..at + 9).find(|i| self.is_kind(*i, Kind::Comma))?;
            let verbless = !self.groups[self.next_group..].iter().take_while(|g| g.start < comma).any(|g| g.start > at);
            at = if verbless { comma + 1 } else { return None };
        }
        if self.is_kind(at, Kind::Quote) {
            at += 1;
        }
        let place = *self.places.get(at)?;
        let opens = self.is(at, DETERMINER | QUANTITY | PRONOUN)
            || self.is_kind(at, Kind::Number)
            || self.words.is_capital(place)
            || (self.is_kind(at, Kind::Word)
                && !self.is(at, COORDINATOR | SUBORDINATOR | PREPOSITION | NOT_FINITE | ADVERB)
                && (self.words.ends_in(place, b"s")
                    || (firm && !self.words.ends_in(place, b"ing") && !self.words.ends_in(place, b"ed"))));
        (opens
            && !self.groups[self.next_group..]
                .iter()
                .take_while(|g| g.start <= at)
                .any(|g| g.start == at && !self.is(at, PRONOUN)))
        .then_some(at)
    }

    /// Whether a number begins here with what tells how exact it is: "at least 23", "more than 300".
    fn is_counted(&self, at: usize) -> bool {
        const PAIRS: [(u32, u32); 6] = [
            (key("at"), key("least")),
            (key("at"), key("most")),
            (key("up"), key("to")),
            (key("more"), key("than")),
            (key("fewer"), key("than")),
            (key("less"), key("than")),
        ];
        const ALONE: [u32; 5] = [key("about"), key("around"), key("over"), key("nearly"), key("almost")];
        let number = |at: usize| self.is_kind(at, Kind::Number) || self.is(at, QUANTITY);
        number(at + 1) && ALONE.iter().any(|alone| self.is_key(at, *alone))
            || number(at + 2) && PAIRS.iter().any(|(a, b)| self.is_key(at, *a) && self.is_key(at + 1, *b))
    }
}

struct Join {
    /// How many words join.
    length: usize,
    /// Joins clauses more often than nouns.
    strong: bool,
}

fn after_verb(state: State, group: VerbGroup) -> State {
    match (state.open, state.main) {
        (Some(opener), main) => State { open: None, hanging: main.and(Some(opener)), main },
        (None, None) => State { main: Some(group), hanging: None, open: None },
        (None, Some(_)) => state,
    }
}

fn trim_end(words: &Words, places: &[usize], at: Range<usize>) -> Range<usize> {
    let mut end = at.end;
    while end > at.start
        && places
            .get(end - 1)
            .is_some_and(|p| matches!(words.kind(*p), Some(Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Colon)))
    {
        end -= 1;
    }
    at.start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        let places: Vec<_> = (0..words.len()).collect();
        clauses(&words, &places).iter().map(|c| words.span(c.at.clone()).of(text)).collect()
    }

    #[test]
    fn two_assertions_are_cut_where_each_has_a_subject_and_a_verb() {
        for (text, parts) in [
            (
                "Three boats were reportedly sunk at Ostrava while two sailors were also hurt when a crane fell at Vell",
                &[
                    "Three boats were reportedly sunk at Ostrava",
                    "two sailors were also hurt when a crane fell at Vell",
                ][..],
            ),
            (
                "A grain silo had been hit but there were no victims",
                &["A grain silo had been hit", "there were no victims"],
            ),
            ("The port is closed, and the railway has stopped.", &["The port is closed", "the railway has stopped."]),
            ("The bridge collapsed; nobody was on it", &["The bridge collapsed", "nobody was on it"]),
            (
                "Both sides have ruled out a truce and there are currently no talks",
                &["Both sides have ruled out a truce", "there are currently no talks"],
            ),
            (
                "The mayor left the town on Friday, but in Ostrava, the council is still at work",
                &["The mayor left the town on Friday", "in Ostrava, the council is still at work"],
            ),
            ("The dam broke, and 40 houses were flooded", &["The dam broke", "40 houses were flooded"]),
            (
                "Two men were killed and at least 12 were injured when a wall fell",
                &["Two men were killed", "at least 12 were injured when a wall fell"],
            ),
            (
                "The bridge is closed and about 300 people have left",
                &["The bridge is closed", "about 300 people have left"],
            ),
            ("“The dam broke, and 40 houses were flooded,”", &["“The dam broke", "40 houses were flooded,”"]),
            (
                "The army hit “a barge and a workshop”, and the port was closed",
                &["The army hit “a barge and a workshop”", "the port was closed"],
            ),
        ] {
            assert_eq!(cut(text), parts, "{text}");
        }
    }

    #[test]
    fn what_cannot_stand_alone_is_not_cut_off() {
        for text in [
            "The minister and the mayor met in Ostrava",
            "The attack destroyed a depot and damaged two houses",
            "The mayor has resigned but is still in town",
            "He will resign if the council votes and the court agrees",
            "It is unclear whether the dam was hit and the town was flooded",
            "While the bridge is closed, the ferry is running",
            "The line between Ostrava and Vell was cut",
            "She listed towns that Ruritania and Freedonia have taken",
            "He believes the dam was hit and the town is flooded",
            "Not only soldiers but also civilians were killed",
            "The town, and with it the port, was taken",
            "The villages of Vell, Ostra and Birk",
            "The convoy stopped after a while and the road",
            "Two men were killed and at least 12 injured when a wall fell",
            "The council spoke of floods and of about 300 houses that were lost",
            "The raid has hit ten houses and more than 20 sheds",
            "The army hit “a barge and the crew quarters had burned” at Vell",
            "It has said that the brothers, aged 24 and 31, had fled",
        ] {
            assert_eq!(cut(text), [text], "{text}");
        }
    }

    #[test]
    fn ten_thousand_joins_take_linear_time() {
        let text = "and he ".repeat(10_000) + &"the dam and ".repeat(10_000);
        assert!(!cut(&text).is_empty());
    }
}
