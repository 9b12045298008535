//! The table of fields: a field is one row, from which come reading, help, completion and error messages.

use jiff::civil::Date;

use crate::domain::{Mode, Moment, Status};

/// One condition on a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// These words, together and in this order, in the claim, its article's title or its source's name.
    Words(Words),
    /// Where it stands.
    Status(Status),
    /// How its words are given.
    Mode(Mode),
    /// These words in its source's name.
    Source(Words),
    /// The whole name of its source.
    SourceNamed(String),
    /// These words in the name of its article's outlet.
    Outlet(String),
    /// Its article, by (shortened) id or by words of the title.
    Article(Words),
    /// Somebody whose status on it stands.
    Analyst(String),
    /// A hedge, by its term or band.
    Hedge(String),
    /// A tag on it.
    Tag(String),
    /// The language of its article.
    Lang(String),
    /// Something it has.
    Has(Has),
    /// Something it is.
    Is(Is),
    /// Its article was published, or loaded where that is unknown, before this second.
    Before(i64),
    /// The same, not before this second.
    After(i64),
    /// Its worth.
    Worth {
        /// How it compares.
        comparison: Comparison,
        /// With what, from 0 to 1.
        than: f64,
    },
}

/// Words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As written.
    pub text: String,
    /// Whether the last word need only begin so.
    pub prefix: bool,
}

/// What a claim can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// A link, file or note for or against it.
    Evidence,
    /// A note.
    Note,
    /// A remark of the article on whether it is verified.
    Remark,
    /// Analysts who differ.
    Conflict,
}

/// What a claim can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    /// Not found word for word in the version before of its article, and nobody has decided on it.
    Changed,
    /// Repeated or contradicted by a claim of another current article.
    Related,
    /// On the later pile.
    Later,
    /// Edited by an analyst.
    Edited,
    /// Hidden by an analyst: in no other deck.
    Hidden,
    /// Added by an analyst, where extraction missed it, or by splitting a claim.
    Added,
}

/// How a number compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `=`, or no sign.
    Equal,
}

impl Comparison {
    /// Whether `left` compares so with `right`.
    pub fn holds(self, left: f64, right: f64) -> bool {
        match self {
            Self::Above => left > right,
            Self::AtLeast => left >= right,
            Self::Below => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
        }
    }
}

/// A field of the query language.
pub struct Field {
    /// What stands before the colon.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// All values it takes, where they are few.
    pub values: &'static [&'static str],
    /// What it takes where they are not.
    pub(super) takes: &'static str,
    /// A value to show.
    pub example: &'static str,
    pub(super) read: fn(value: &str, prefix: bool) -> Option<Term>,
}

pub(super) fn field(name: &str) -> Option<&'static Field> {
    QUERY_FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

impl Field {
    /// What may stand after its colon, in words.
    pub fn takes(&self) -> String {
        if self.values.is_empty() { self.takes.to_owned() } else { self.values.join(", ") }
    }
}

/// Every field, in the order of the help.
pub const QUERY_FIELDS: &[Field] = &[
    Field {
        name: "status",
        help: "where the claim stands",
        values: &["unreviewed", "verified", "unverified", "refuted", "disputed", "not-a-claim"],
        takes: "",
        example: "unreviewed",
        read: |value, _| value.to_lowercase().parse().ok().map(Term::Status),
    },
    Field {
        name: "source",
        help: "words of the name of who asserts it; source:=\"Ada Brandt\" is nobody else",
        values: &[],
        takes: "words of a name",
        example: "ministry",
        read: |value, prefix| words(value, prefix).map(Term::Source),
    },
    Field {
        name: "outlet",
        help: "words of the name of who published it",
        values: &[],
        takes: "words of a name",
        example: "courier",
        read: |value, prefix| words(value, prefix).map(|words| Term::Outlet(words.text)),
    },
    Field {
        name: "article",
        help: "the article's id, or words of its title",
        values: &[],
        takes: "an id or words of a title",
        example: "harbour",
        read: |value, prefix| words(value, prefix).map(Term::Article),
    },
    Field {
        name: "analyst",
        help: "who decided on it",
        values: &[],
        takes: "a name",
        example: "ana",
        read: |value, _| text(value).map(Term::Analyst),
    },
    Field {
        name: "mode",
        help: "how its words are given",
        values: &["direct", "indirect", "mixed", "narrative"],
        takes: "",
        example: "direct",
        read: |value, _| mode(&value.to_lowercase()).map(Term::Mode),
    },
    Field {
        name: "hedge",
        help: "a word of likelihood or reserve in it, or its band",
        values: &[],
        takes: "a word such as \"reportedly\" or a band such as \"very-likely\"",
        example: "likely",
        read: |value, _| text(value).map(Term::Hedge),
    },
    Field {
        name: "tag",
        help: "a tag on it",
        values: &[],
        takes: "a tag",
        example: "energy",
        read: |value, _| text(value).map(Term::Tag),
    },
    Field {
        name: "lang",
        help: "the language of its article, as a code",
        values: &[],
        takes: "a code such as en",
        example: "en",
        read: |value, _| text(value).map(Term::Lang),
    },
    Field {
        name: "has",
        help: "what it has; conflict: analysts decided on it differently",
        values: &["evidence", "note", "remark", "conflict"],
        takes: "",
        example: "note",
        read: |value, _| has(&value.to_lowercase()).map(Term::Has),
    },
    Field {
        name: "is",
        help: "changed since the version before and not decided on yet, repeated or contradicted in another article, on the \
               later pile, edited, added by hand, or hidden",
        values: &["changed", "related", "later", "edited", "added", "hidden"],
        takes: "",
        example: "later",
        read: |value, _| is(&value.to_lowercase()).map(Term::Is),
    },
    Field {
        name: "before",
        help: "published (or loaded, where no date is known) before this day",
        values: &[],
        takes: "a day such as 2026-11-22, a month or a year",
        example: "2026-11-22",
        read: |value, _| start_of(value).map(Term::Before),
    },
    Field {
        name: "after",
        help: "published (or loaded, where no date is known) on this day or later",
        values: &[],
        takes: "a day such as 2026-11-22, a month or a year",
        example: "2026-11",
        read: |value, _| start_of(value).map(Term::After),
    },
    Field {
        name: "worth",
        help: "how check-worthy it is, from 0 to 1",
        values: &[],
        takes: "a number from 0 to 1, after >, >=, <, <= or =",
        example: ">0.6",
        read: |value, _| worth(value),
    },
];

fn text(value: &str) -> Option<String> {
    Some(value.trim().to_owned()).filter(|v| !v.is_empty())
}

fn words(value: &str, prefix: bool) -> Option<Words> {
    value.chars().any(char::is_alphanumeric).then(|| Words { text: value.to_owned(), prefix })
}

fn mode(value: &str) -> Option<Mode> {
    Some(match value {
        "direct" => Mode::Direct,
        "indirect" => Mode::Indirect,
        "mixed" => Mode::Mixed,
        "narrative" => Mode::Narrative,
        _ => return None,
    })
}

fn has(value: &str) -> Option<Has> {
    Some(match value {
        "evidence" => Has::Evidence,
        "note" => Has::Note,
        "remark" => Has::Remark,
        "conflict" => Has::Conflict,
        _ => return None,
    })
}

fn is(value: &str) -> Option<Is> {
    Some(match value {
        "changed" => Is::Changed,
        "related" => Is::Related,
        "later" => Is::Later,
        "edited" => Is::Edited,
        "added" => Is::Added,
        "hidden" => Is::Hidden,
        _ => return None,
    })
}

/// The first second (UTC) of a day, month or year.
fn start_of(value: &str) -> Option<i64> {
    let full = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        _ => value.to_owned(),
    };
    let plain = full.len() == 10 && full.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day: Date = plain.then(|| full.parse().ok())??;
    Some(format!("{day}T00:00:00Z").parse::<Moment>().ok()?.0)
}

fn worth(value: &str) -> Option<Term> {
    let (comparison, number) = [
        (">=", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        (">", Comparison::Above),
        ("<", Comparison::Below),
        ("=", Comparison::Equal),
    ]
    .into_iter()
    .find_map(|(sign, comparison)| Some((comparison, value.strip_prefix(sign)?)))
    .unwrap_or((Comparison::Equal, value));
    let number: f64 = number.trim().parse().ok()?;
    (0.0..=1.0).contains(&number).then_some(Term::Worth { comparison, than: number })
}
