//! Completing a query while it is typed: fields by their table, values by the table or by what the store holds.
//!
//! Works on text alone; asking the store is an effect.

use std::ops::Range;

use super::field::Field;
use super::msg::{Answer, Effect, Ticket};
use super::state::App;
use crate::domain::{Field as QueryField, QUERY_FIELDS};

/// Values asked of the store at most: more than fit in the line that shows them.
const MOST: usize = 24;
/// Fields whose values the store knows.
const KEPT: &[&str] = &["source", "outlet", "article", "analyst", "hedge", "tag", "lang"];

/// What could stand where the cursor is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the query that an offer takes the place of.
    place: Range<usize>,
    offers: Vec<String>,
    chosen: Option<usize>,
    asked: Option<Ticket>,
}

impl Completion {
    /// What is offered, as it would stand in the query.
    pub fn offers(&self) -> &[String] {
        &self.offers
    }

    /// The one that stands in the query now.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// What fits behind the text before the cursor, and the wish for what only the store knows.
    pub(super) fn of(app: &mut App, field: &Field) -> (Self, Option<Effect>) {
        let spot = Spot::at(field.text(), field.cursor());
        let place = spot.start..field.cursor();
        let Some(of) = spot.field else {
            let offers = fields(spot.typed);
            return (Self { place, offers, ..Self::default() }, None);
        };
        if KEPT.contains(&of.name) {
            let ticket = app.ticket();
            let wish = Effect::Values { ticket, field: of.name, beginning: spot.typed.to_owned(), limit: MOST };
            return (Self { place, asked: Some(ticket), ..Self::default() }, Some(wish));
        }
        let typed = spot.typed.to_lowercase();
        let fits = |value: &&&str| value.starts_with(&typed) && **value != typed;
        let offers = of.values.iter().filter(fits).map(|value| (*value).to_owned()).collect();
        (Self { place, offers, ..Self::default() }, None)
    }

    /// Words that the whole line could begin with.
    pub(super) fn among(words: &[&str], field: &Field) -> Self {
        let typed = field.text().get(..field.cursor()).unwrap_or_default();
        let fits = |word: &&&str| word.starts_with(typed) && **word != typed;
        let offers = words.iter().filter(fits).map(|word| (*word).to_owned()).collect();
        Self { place: 0..typed.len(), offers, ..Self::default() }
    }

    /// Takes the store's values; `false` where they were not asked for.
    pub(super) fn take(&mut self, ticket: Ticket, answer: &Answer, field: &Field) -> bool {
        if self.asked != Some(ticket) {
            return false;
        }
        self.asked = None;
        if let (Answer::Values(values), Some(typed)) = (answer, field.text().get(self.place.clone())) {
            let typed = typed.trim_matches(QUOTES).to_lowercase();
            let fitting = values.iter().filter(|value| value.to_lowercase() != typed);
            self.offers = fitting.filter_map(|value| written(value)).collect();
        }
        true
    }

    /// Puts the next offer (or the one before) into the field; `false` where there is none.
    pub(super) fn step(&mut self, field: &mut Field, back: bool) -> bool {
        let Some(last) = self.offers.len().checked_sub(1) else { return false };
        let next = match (self.chosen, back) {
            (None, false) => 0,
            (None, true) => last,
            (Some(at), false) => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), true) => at.checked_sub(1).unwrap_or(last),
        };
        let offer = &self.offers[next];
        field.replace(self.place.clone(), offer);
        self.place.end = self.place.start + offer.len();
        self.chosen = Some(next);
        true
    }

    /// Whether there is nothing to step through: what was put in can be completed further.
    pub(super) fn is_single(&self) -> bool {
        self.offers.len() == 1
    }
}

const QUOTES: [char; 3] = ['"', '“', '”'];

/// Names of fields that begin so, with their colon.
fn fields(typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    QUERY_FIELDS.iter().filter(|f| f.name.starts_with(&typed)).map(|f| format!("{}:", f.name)).collect()
}

/// A value as it stands in a query. One with marks or characters in it that a query can't hold is not offered.
fn written(value: &str) -> Option<String> {
    let bare = !value.contains(|c: char| c.is_whitespace() || "()*".contains(c));
    let harmless = !value.contains(|c: char| c.is_control() || QUOTES.contains(&c)) && !value.is_empty();
    harmless.then(|| if bare { value.to_owned() } else { format!("\"{value}\"") })
}

/// The piece of a query that the cursor is in.
struct Spot<'t> {
    /// Where what is typed begins: behind the colon, before a quotation mark.
    start: usize,
    field: Option<&'static QueryField>,
    typed: &'t str,
}

impl<'t> Spot<'t> {
    fn at(text: &'t str, cursor: usize) -> Self {
        let head = text.get(..cursor).unwrap_or(text);
        let mut quoted = false;
        let mut start = 0;
        for (at, c) in head.char_indices() {
            quoted ^= QUOTES.contains(&c);
            let opens = c == '(' || c == ')' || (c == '-' && at == start);
            if !quoted && (c.is_whitespace() || opens) {
                start = at + c.len_utf8();
            }
        }
        let piece = &head[start..];
        let named = piece.split_once(':').and_then(|(name, value)| Some((field_named(name)?, value)));
        match named {
            Some((field, value)) => {
                Self { start: head.len() - value.len(), field: Some(field), typed: value.trim_start_matches(QUOTES) }
            }
            None => Self { start, field: None, typed: piece },
        }
    }
}

fn field_named(name: &str) -> Option<&'static QueryField> {
    QUERY_FIELDS.iter().find(|f| f.name.eq_ignore_ascii_case(name))
}

/// Whether something in the text is a field of the query language, rather than words alone.
pub(super) fn has_field(text: &str) -> bool {
    let name = |piece: &str| {
        piece.trim_start_matches(['-', '(']).split_once(':').is_some_and(|(n, _)| field_named(n).is_some())
    };
    text.split_whitespace().any(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(text: &str) -> (usize, Option<&str>, &str) {
        let spot = Spot::at(text, text.len());
        (spot.start, spot.field.map(|f| f.name), spot.typed)
    }

    #[test]
    fn what_is_typed_is_a_field_or_the_value_of_one() {
        assert_eq!(spot("oil st"), (4, None, "st"));
        assert_eq!(spot("-(sta"), (2, None, "sta"));
        assert_eq!(spot("status:ver"), (7, Some("status"), "ver"));
        assert_eq!(spot("oil outlet:\"Harbour Ga"), (11, Some("outlet"), "Harbour Ga"));
        assert_eq!(spot("\"oil st"), (0, None, "\"oil st"));
        assert_eq!(spot("\"oil\" "), (6, None, ""));
        assert_eq!(spot("https://a"), (0, None, "https://a"));
    }

    #[test]
    fn a_value_with_spaces_is_offered_in_quotation_marks() {
        assert_eq!(written("Northern Post").as_deref(), Some("\"Northern Post\""));
        assert_eq!(written("energy").as_deref(), Some("energy"));
        assert_eq!(written("the \"Post\""), None);
    }

    #[test]
    fn offers_follow_each_other_in_a_circle() {
        let mut field = Field::line("oil a");
        let mut completion = Completion { place: 4..5, offers: fields("a"), ..Completion::default() };
        let mut seen = Vec::new();
        for _ in 0..4 {
            assert!(completion.step(&mut field, false));
            seen.push(field.text().to_owned());
        }
        assert_eq!(seen, ["oil article:", "oil analyst:", "oil after:", "oil article:"]);
        assert!(completion.step(&mut field, true));
        assert_eq!(field.text(), "oil after:");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[a-c:()\"“” é\\-]{0,30}", cut in 0usize..40) {
            let cursor = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).nth(cut).unwrap_or(text.len());
            let spot = Spot::at(&text, cursor);
            prop_assert!(text.get(spot.start..cursor).is_some());
        }
    }
}
