//! When what claims tell of happened: the same words of two attacks, weeks apart, are two assertions and no contradiction.

use jiff::civil::Date;

use super::lexicon;
use super::wording::{Role, Word, Wording};

/// Days within which articles tell of one event, and so may contradict each other.
const ONE_EVENT: u32 = 7;

/// How many days lie between what two claims tell of, where that is too many for one event. None where the days are not known,
/// or where one of them tells of nothing that happened: what a thing is like holds at any time.
///
/// Each claim comes with the day or time at which it was published; a day that the claim itself names goes before. Where
/// neither does, the two have to `differ`: one event may be told of again at any time.
pub(super) fn days_apart(here: (&Wording, Option<&str>), there: (&Wording, Option<&str>), differ: bool) -> Option<u32> {
    if !tells_of_event(here.0) || !tells_of_event(there.0) {
        return None;
    }
    let (a, b) = (day_of(here.0, here.1)?, day_of(there.0, there.1)?);
    let apart = a.day.until(b.day).ok()?.get_days().unsigned_abs();
    (apart > ONE_EVENT && (differ || (a.is_named && b.is_named))).then_some(apart)
}

struct Told {
    day: Date,
    /// Whether the claim names it.
    is_named: bool,
}

/// The one day that a claim names, else that of its publication. None where it names several, or one that can't be told.
fn day_of(wording: &Wording, published: Option<&str>) -> Option<Told> {
    let published = published.and_then(|written| written.get(..10)?.parse::<Date>().ok());
    let Some(first) = wording.days.first() else { return Some(Told { day: published?, is_named: false }) };
    let day = first.seen_from(published)?;
    let others = wording.days[1..].iter().all(|other| other.seen_from(published) == Some(day));
    others.then_some(Told { day, is_named: true })
}

/// Whether a claim tells of something that happened, by the tense of its verbs.
fn tells_of_event(wording: &Wording) -> bool {
    let words = &wording.words;
    let after = |place: usize| words[place + 1..].iter().find(|word| !matches!(word.plain.as_str(), "not" | "never"));
    let is_past = |word: &Word| lexicon::is_past(&word.plain) || (word.role == Role::Content && ends_as_past(word));
    let stands = |(place, word): (usize, &Word)| match word.plain.as_str() {
        // "has a range", and not "has not reached".
        "has" | "have" => after(place).is_none_or(|next| !is_past(next)),
        // "is 450 miles long", and not "is closed" or "is burning".
        "is" | "are" => after(place).is_none_or(|next| !is_past(next) && !next.plain.ends_with("ing")),
        _ => false,
    };
    words.iter().any(is_past) && !words.iter().enumerate().any(stands)
}

fn ends_as_past(word: &Word) -> bool {
    !word.is_name && word.plain.len() > 4 && word.plain.ends_with("ed")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(here: (&str, &str), there: (&str, &str), differ: bool) -> Option<u32> {
        let (a, b) = (Wording::new(here.0), Wording::new(there.0));
        let one_way = days_apart((&a, Some(here.1)), (&b, Some(there.1)), differ);
        assert_eq!(one_way, days_apart((&b, Some(there.1)), (&a, Some(here.1)), differ));
        one_way
    }

    #[test]
    fn events_are_apart_by_the_days_on_which_they_are_told() {
        let sank = "Two barges sank off the Altona quay";
        assert_eq!(apart((sank, "2026-03-02"), (sank, "2026-03-30T12:00:00Z"), true), Some(28));
        assert_eq!(apart((sank, "2026-03-02"), (sank, "2026-03-09"), true), None);
        // Told again, with nothing else in it.
        assert_eq!(apart((sank, "2026-03-02"), (sank, "2026-03-30"), false), None);
        assert_eq!(apart((sank, "2026-03-02"), (sank, "some day"), true), None);
    }

    #[test]
    fn a_day_that_a_claim_names_goes_before_that_of_its_publication() {
        for (here, there, expected) in [
            // Of 3 May both, one in a look back.
            (("The silo burned down on 3 May", "2026-05-04"), ("The silo burned on May 3", "2026-09-01"), None),
            (("The silo burned down on 3 May", "2026-05-04"), ("The silo burned on 27 May", "2026-05-28"), Some(24)),
            // Two Mondays; the second text came out on its own.
            (
                ("The quay was shelled on Monday", "2026-03-04"),
                ("The quay was shelled on Monday", "2026-03-23"),
                Some(21),
            ),
            (("The quay was shelled on Monday", "2026-03-04"), ("The quay was shelled on Tuesday", "2026-03-04"), None),
            (
                ("The silo burned down on 30 December", "2026-01-02"),
                ("The silo burned down on 30 December 2025", "2026-08-01"),
                None,
            ),
            // Which day it was can't be told.
            (("The silo burned down in 2014", "2026-01-02"), ("The silo burned down", "2026-08-01"), None),
        ] {
            assert_eq!(apart(here, there, true), expected, "{here:?} / {there:?}");
        }
    }

    #[test]
    fn what_a_thing_is_like_holds_at_any_time() {
        for text in [
            "The Kestrel missile has a range of 450 miles",
            "The bridge is 400 metres long",
            "The tanks, built in Brode, have no armour",
            "The Sarn dam holds two million tonnes",
        ] {
            assert_eq!(apart((text, "2026-03-02"), (text, "2026-06-01"), true), None, "{text}");
        }
        for text in [
            "Two people have been killed in Altona",
            "Three drones were shot down overnight",
            "The convoy has not reached Altona",
            "The bridge is closed to lorries after two barges hit it",
            "A drone struck the depot",
        ] {
            assert!(apart((text, "2026-03-02"), (text, "2026-06-01"), true).is_some(), "{text}");
        }
    }
}
