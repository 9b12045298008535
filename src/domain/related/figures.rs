//! Numbers with what they count, and days: what they are, and whether two of them can both be true.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::{self, Bound};
use super::wording::{Gap, Role, Word};

/// How many, or how much, of what.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// The number with its unit, in the claim's text.
    pub(super) bytes: Range<usize>,
    low: f64,
    high: f64,
    /// The first words after it, without endings.
    things: Vec<String>,
    /// What its unit measures.
    measures: Option<&'static str>,
    unit: Option<String>,
}

/// A day, as far as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) bytes: Range<usize>,
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    weekday: Option<u8>,
}

/// How far off a number may be that is said to be about right, and one that was converted to another unit.
const ABOUT: f64 = 0.10;
const CONVERTED: f64 = 0.05;
/// Words after a number that tell what it counts.
const THINGS: usize = 2;

impl Quantity {
    /// Whether both are the same number of the same.
    pub(super) fn is_equal(&self, other: &Quantity) -> bool {
        self.is_of_same(other) && (self.low, self.high) == (other.low, other.high)
    }

    /// Whether both count the same.
    pub(super) fn is_of_same(&self, other: &Quantity) -> bool {
        if self.measures.is_some() || other.measures.is_some() {
            return self.measures == other.measures;
        }
        let holds = |a: &Quantity, b: &Quantity| !a.things.is_empty() && a.things.iter().all(|t| b.things.contains(t));
        holds(self, other) || holds(other, self)
    }

    /// Whether both can be true of one thing.
    pub(super) fn agrees(&self, other: &Quantity) -> bool {
        let slack = if self.unit == other.unit { 0.0 } else { CONVERTED };
        let (wide, narrow) = (1.0 + slack, 1.0 - slack);
        self.low * narrow <= other.high * wide && other.low * narrow <= self.high * wide
    }
}

impl Day {
    /// Whether both can be one day.
    pub(super) fn agrees(&self, other: &Day) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        same(self.year, other.year)
            && same(self.month, other.month)
            && same(self.day, other.day)
            // A weekday beside a date says nothing more.
            && (self.day.is_some() || other.day.is_some() || same(self.weekday, other.weekday))
    }

    /// The day of the calendar that is meant, as somebody who writes on this day means it: the nearest of this date, the last
    /// of this weekday. None where no single day is.
    pub(super) fn seen_from(&self, written: Option<Date>) -> Option<Date> {
        let (Some(month), Some(day)) = (self.month, self.day) else {
            let (weekday, written) = (self.weekday?, written?);
            let back = (written.weekday().to_monday_zero_offset() - weekday as i8).rem_euclid(7);
            return written.checked_sub(i64::from(back).days()).ok();
        };
        let in_year = |year: i16| Date::new(year, month as i8, day as i8).ok();
        if let Some(year) = self.year {
            return in_year(year as i16);
        }
        let written = written?;
        let years =
            [written.year() - 1, written.year(), written.year().saturating_add(1)].into_iter().filter_map(in_year);
        years.min_by_key(|date| written.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
    }

    /// Whether one says something of what the other says.
    pub(super) fn is_comparable(&self, other: &Day) -> bool {
        self.year.is_some() && other.year.is_some()
            || self.month.is_some() && other.month.is_some()
            || self.weekday.is_some() && other.weekday.is_some()
    }
}

/// Finds numbers and days, and marks their words as such.
pub(super) fn find(text: &str, words: &mut [Word]) -> (Vec<Quantity>, Vec<Day>) {
    let (mut quantities, mut days) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let end = if let Some((day, end)) = day_at(words, at) {
            days.push(day);
            end
        } else if let Some((quantity, end)) = quantity_at(text, words, at) {
            quantities.push(quantity);
            end
        } else {
            at += 1;
            continue;
        };
        words[at..end].iter_mut().for_each(|word| word.role = Role::Figure);
        at = end;
    }
    (quantities, days)
}

/// "31 December 2025", "December 31", "2025-12-31", "Monday", "2025".
fn day_at(words: &[Word], at: usize) -> Option<(Day, usize)> {
    let plain = |place: usize| words.get(place).map(|w| w.plain.as_str());
    let (day, month, year) = (
        |place| plain(place).and_then(day_number),
        |place| month_at(words, place),
        |place| plain(place).and_then(year_number),
    );
    let made = |end: usize, year, month, day, weekday| {
        let bytes = words[at].bytes.start..words[end - 1].bytes.end;
        Some((Day { bytes, year, month, day, weekday }, end))
    };
    if let (Some(d), Some(m)) = (day(at), month(at + 1)) {
        let y = year(at + 2);
        return made(at + 2 + usize::from(y.is_some()), y, Some(m), Some(d), None);
    }
    if let Some(m) = month(at) {
        if let Some(d) = day(at + 1) {
            let y = year(at + 2);
            return made(at + 2 + usize::from(y.is_some()), y, Some(m), Some(d), None);
        }
        let y = year(at + 1);
        return made(at + 1 + usize::from(y.is_some()), y, Some(m), None, None);
    }
    if let Some(weekday) = plain(at).and_then(lexicon::weekday) {
        return made(at + 1, None, None, None, Some(weekday));
    }
    let y = year(at)?;
    let hyphen = |place: usize| words.get(place).is_some_and(|w| w.gap == Gap::Hyphen);
    if let (true, true, Some(m), Some(d)) =
        (hyphen(at + 1), hyphen(at + 2), plain(at + 1).and_then(day_number), plain(at + 2).and_then(day_number))
    {
        return made(at + 3, Some(y), Some(m).filter(|m| *m <= 12), Some(d), None);
    }
    // "in 2014" is a year, "2014 tents" are many.
    let counts = words.get(at + 1).is_some_and(|w| w.gap != Gap::Mark && w.role == Role::Content);
    let dated = at > 0 && matches!(plain(at - 1), Some("in" | "since" | "by" | "until" | "of" | "from"));
    if dated && !counts { made(at + 1, Some(y), None, None, None) } else { None }
}

/// "may" is a month only with its capital; others may stand in any case.
fn month_at(words: &[Word], at: usize) -> Option<u8> {
    let word = words.get(at)?;
    let is_verb = matches!(word.plain.as_str(), "may" | "march" | "mar" | "sep" | "dec") && !word.is_name;
    lexicon::month(&word.plain).filter(|_| !is_verb)
}

fn day_number(plain: &str) -> Option<u8> {
    let digits = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_number(plain: &str) -> Option<u16> {
    plain.parse().ok().filter(|year| plain.len() == 4 && (1900..2100).contains(year))
}

fn quantity_at(text: &str, words: &[Word], at: usize) -> Option<(Quantity, usize)> {
    // "Type-90" is a name.
    let is_named = words[at].gap == Gap::Hyphen && at > 0 && number_at(words, at - 1).is_none();
    let (value, end) = number_at(words, at).filter(|_| !is_named)?;
    let (low, high) = range(words, at, value);
    let unit_word = words.get(end).filter(|word| word.gap != Gap::Mark).map(|word| word.plain.as_str());
    let bytes = words[at].bytes.start..words[end - 1].bytes.end;
    let sign = sign_beside(text, &bytes);
    let mut quantity = Quantity { bytes, low, high, things: Vec::new(), measures: None, unit: None };
    if let Some((what, sign_bytes)) = sign {
        (quantity.measures, quantity.bytes) = (Some(what), sign_bytes);
        return Some((quantity, end));
    }
    if let Some((what, factor)) = unit_word.and_then(lexicon::unit) {
        (quantity.low, quantity.high) = (low * factor, high * factor);
        (quantity.measures, quantity.unit) = (Some(what), Some(words[end].stem.clone()));
        quantity.bytes.end = words[end].bytes.end;
        return Some((quantity, end + 1));
    }
    quantity.things = things(words, end);
    // "one of the ships" counts nothing that could be said otherwise.
    let is_pronoun =
        end == at + 1 && words[at].plain == "one" && words.get(end).is_none_or(|w| w.role != Role::Content);
    if is_pronoun { None } else { Some((quantity, end)) }
}

/// The number that begins here, and the word after it.
fn number_at(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let word = words.get(at)?;
    let mut end = at + 1;
    let follows = |place: usize| words.get(place).filter(|w| w.gap != Gap::Mark);
    let mut value = match digits(&word.plain) {
        Some(value) => value,
        None => {
            let mut value = lexicon::small_number(&word.plain)?;
            let ones =
                follows(end).and_then(|w| lexicon::small_number(&w.plain)).filter(|ones| (1.0..10.0).contains(ones));
            if let Some(ones) = ones.filter(|_| value >= 20.0) {
                value += ones;
                end += 1;
            }
            value
        }
    };
    while let Some(by) = follows(end).and_then(|w| lexicon::scale(&w.plain)) {
        value *= by;
        end += 1;
    }
    Some((value, end))
}

/// "1,200" and "1.5"; a time of day is none.
fn digits(plain: &str) -> Option<f64> {
    if !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.len() > 18 {
        return None;
    }
    let mut groups = plain.split(',');
    let first = groups.next()?;
    let thousands = (1..=3).contains(&first.len()) && groups.all(|g| g.split('.').next().is_some_and(|g| g.len() == 3));
    let number = if thousands { plain.replace(',', "") } else { plain.replace(',', ".") };
    number.parse().ok()
}

/// From and up to, as the words before the number have it.
fn range(words: &[Word], at: usize, value: f64) -> (f64, f64) {
    let before = |back: usize| at.checked_sub(back).map(|place| words[place].plain.as_str());
    match lexicon::bound(before).map(|(bound, _)| bound) {
        Some(Bound::AtLeast) => (value, f64::INFINITY),
        Some(Bound::AtMost) => (0.0, value),
        Some(Bound::About) => (value * (1.0 - ABOUT), value * (1.0 + ABOUT)),
        None => (value, value),
    }
}

/// A currency before the number or a per cent sign after it.
fn sign_beside(text: &str, number: &Range<usize>) -> Option<(&'static str, Range<usize>)> {
    let before = text[..number.start].chars().next_back();
    for (sign, what) in [('$', "dollars"), ('€', "euros"), ('£', "pounds")] {
        if before == Some(sign) {
            return Some((what, number.start - sign.len_utf8()..number.end));
        }
    }
    let after = &text[number.end..];
    let spaces = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
    after[spaces..].starts_with('%').then(|| ("share", number.start..number.end + spaces + 1))
}

/// The next words of content, up to the end of the clause.
fn things(words: &[Word], from: usize) -> Vec<String> {
    let clause = words[from..].iter().take_while(|word| word.gap != Gap::Mark && !lexicon::begins_clause(&word.plain));
    clause.filter(|word| word.role == Role::Content).take(THINGS).map(|word| word.stem.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::wording::Wording;

    fn agree(one: &str, other: &str) -> Option<bool> {
        let (one, other) = (Wording::new(one), Wording::new(other));
        let (a, b) = (&one.quantities[0], &other.quantities[0]);
        a.is_of_same(b).then(|| a.agrees(b))
    }

    #[test]
    fn numbers_of_the_same_agree_where_both_can_be_true() {
        for (one, other, agrees) in [
            ("twelve barges", "12 barges", Some(true)),
            ("twenty-one barges sank", "21 barges", Some(true)),
            ("1,200 barges", "1.2 thousand barges", Some(true)),
            ("more than 400 barges", "450 barges", Some(true)),
            ("about 400 barges", "430 barges", Some(true)),
            ("450 miles", "724 kilometres", Some(true)),
            ("450 miles", "150 miles", Some(false)),
            ("450km", "150 km", Some(false)),
            ("two barges", "three barges", Some(false)),
            ("no more than 5 barges", "7 barges", Some(false)),
            ("up to 5 barges", "at least 7 barges", Some(false)),
            ("12 % of it", "15 percent of it", Some(false)),
            ("$5 million", "5 million dollars", None),
            ("two barges", "three tugs", None),
        ] {
            assert_eq!(agree(one, other), agrees, "{one} / {other}");
        }
    }

    #[test]
    fn days_agree_as_far_as_they_are_said() {
        for (one, other, agrees) in [
            ("on 31 December", "on December 31, 2025", true),
            ("on 2025-12-31", "on 31 December 2025", true),
            ("on 30 December", "on 31 December", false),
            ("on Monday", "on Tuesday", false),
            ("in 2014", "in May 2014", true),
            ("in 2014", "in 2016", false),
        ] {
            let (a, b) = (Wording::new(one), Wording::new(other));
            assert!(a.days[0].is_comparable(&b.days[0]), "{one} / {other}");
            assert_eq!(a.days[0].agrees(&b.days[0]), agrees, "{one} / {other}");
        }
    }

    #[test]
    fn names_with_figures_and_pronouns_are_no_numbers() {
        for text in ["the Type-90 barge", "one of them", "it may rain", "at 10:30"] {
            let wording = Wording::new(text);
            assert!(wording.quantities.is_empty() && wording.days.is_empty(), "{text}: {wording:?}");
        }
    }
}
