//! Words that end in a stop of their own, and what may follow it.
//!
//! One row, one word, lower case, without its last stop. Words of several languages stand together: they hardly clash.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::fnv::Fnv;

/// What the stop after a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name, so the stop never ends a sentence: "Gen. Lee".
    BeforeName,
    /// Stands before a figure: "No. 5", "p. 12"; else it is a word like others.
    BeforeFigure,
    /// Stands in the middle of a sentence: "e.g.", "vs.".
    Inside,
    /// Stands at the end of a list, so that a capital behind it begins a sentence: "etc."
    Last,
    /// A day of the week before a date: "Sat. 5", "Sun. Oct. 1"; else it is a word like others.
    Day,
    /// A time of day: what may still follow is a day or a zone.
    Time,
    /// May end a sentence too: "Inc.", "p.m.", "U.S.".
    Anywhere,
}

/// The abbreviation that this word without its last stop is, in lower case or as written.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    TABLE.get(word).copied()
}

static TABLE: LazyLock<HashMap<&str, Abbreviation, Fnv>> = LazyLock::new(|| {
    let rows = [
        (BEFORE_NAME, Abbreviation::BeforeName),
        (BEFORE_FIGURE, Abbreviation::BeforeFigure),
        (INSIDE, Abbreviation::Inside),
        (STATES, Abbreviation::Anywhere),
        (LAST, Abbreviation::Last),
        (DAY, Abbreviation::Day),
        (TIME, Abbreviation::Time),
        (ANYWHERE, Abbreviation::Anywhere),
    ];
    rows.into_iter().flat_map(|(words, kind)| words.iter().map(move |word| (*word, kind))).collect()
});

#[rustfmt::skip]
const BEFORE_NAME: &[&str] = &[
    "mr", "mrs", "ms", "mx", "messrs", "dr", "drs", "prof", "profs", "rev", "revd", "fr", "hon", "pres", "gov", "govs", "sen",
    "sens", "rep", "reps", "amb", "atty", "asst", "assoc", "supt", "insp", "det", "sec", "ald", "mt", "mts", "ft",
    // ranks
    "gen", "lt", "col", "maj", "capt", "cpt", "cmdr", "cdr", "adm", "brig", "sgt", "cpl", "pvt", "pfc", "spc", "ens", "lieut",
    "cmdt", "marsh", "vadm", "radm", "ltc", "msgt", "ssgt", "lt-col", "lt.-col", "maj.-gen", "lt.-gen", "brig.-gen", "lt. gen",
    "sr. lt", "commdr", "const", "ofc", "m", "mm", "mme", "mlle", "ste", "sta", "sto",
    // German, French, Spanish, Italian, Portuguese, Polish, Turkish
    "hr", "fr", "frl", "sra", "srta", "d", "dña", "sig", "sigg", "dott", "ing", "dipl", "mgr", "ks", "im", "ul", "av", "sn", "doç",
    // Russian, Ukrainian
    "им", "ім", "г-н", "г-жа", "тов", "проф", "акад", "ген", "полк", "подполк", "ул", "вул", "пл", "пр", "просп", "обл", "р-н",
    "डॉ", "श्री", "κ", "св", "пос", "дер", "оз",
];

#[rustfmt::skip]
const BEFORE_FIGURE: &[&str] = &[
    "no", "nos", "nr", "n°", "nº", "num", "p", "pp", "pg", "vol", "vols", "ch", "chap", "fig", "figs", "eq", "eqs", "art", "arts", "sect",
    "para", "ver", "tab", "ref", "refs", "op", "cl", "pt", "ex", "ca", "c", "approx", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "abs", "ziff", "bd", "стр", "рис", "гл", "ст", "п", "№", "тел", "кв", "янв", "февр", "фев", "апр", "авг", "сент", "сен", "окт", "нояб", "дек", "січ", "лют", "квіт", "трав", "черв", "лип", "серп", "вер", "жовт",
    "лист", "груд", "jän", "okt", "dez", "janv", "févr", "avr", "juil", "déc", "stycz", "kwiet", "czerw", "paźdz", "grudz", "dn", "ok", "env", "ene", "abr", "ago", "dic", "mag", "giu", "lug", "ott", "tel", "ph", "ext", "est", "lat", "long",
];

#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "e.g", "eg", "i.e", "ie", "viz", "v", "vs", "p.s", "p.p.s", "cf", "al", "incl", "esp", "resp", "aka", "a.k.a", "nee", "b", "née", "n.b", "q.v", "cit", "ibid", "et.al",
    "z.b", "d.h", "u.a", "bzw", "ggf", "evtl", "vgl", "sog", "inkl", "ca", "zzgl", "max", "p.ex", "np", "tzw", "tj", "m.in",
    "ör", "örn", "yy", "т.е", "т.н", "т.к", "см", "напр", "т", "тыс", "млн", "млрд", "руб", "кг", "tys", "mln", "mld", "mrd", "mio",
];

#[rustfmt::skip]
pub(super) const GERMAN_MONTHS: &[&str] = &[
    "Januar", "Jänner", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", "Okt", "Dez",
];

/// Written with a capital only: most are words too.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Kans", "Ky", "La", "Mass", "Md", "Me", "Mich", "Minn",
    "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Pa", "Penn", "Que", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Alta", "Sask",
];

const LAST: &[&str] = &["etc", "usw", "u.s.w", "и т.д", "т.д", "т.п", "др", "itd", "itp", "vb", "vs.vb"];

const TIME: &[&str] = &["a.m", "p.m"];

const DAY: &[&str] = &["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];

pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[rustfmt::skip]
const ANYWHERE: &[&str] = &[
    "co", "st", "cos", "corp", "inc", "ltd", "llc", "plc", "bros", "bro", "jr", "sr", "esq", "dept", "univ", "assn", "ave", "blvd",
    "rd", "sq", "bldg", "hwy", "ln", "apt", "intl", "natl", "mfg", "cie", "gmbh", "b.c", "a.d", "b.c.e", "c.e", "ph.d", "phd",
    "m.d", "b.a", "m.a", "j.d", "b.sc", "m.sc", "b.s", "m.s", "ed", "eds", "trans", "lb", "lbs", "oz", "cm", "mm", "km", "kg", "hr", "hrs", "mins",
    "yr", "yrs", "mph", "sec", "secs", "msec", "tbsp", "tsp", "qt", "gal", "ft", "etw", "г", "гг", "в", "вв", "н.э", "р", "рр",
];

/// Words that open sentences and stand in the middle of names hardly ever: after "U.S." or "Inc." they begin a new one.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "a", "about", "according", "after", "again", "all", "also", "although", "among", "an", "and", "another", "any", "are", "as", "at",
    "because", "before", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "even", "every", "finally",
    "first", "for", "from", "had", "has", "have", "he", "he's", "he’s", "her", "here", "his", "how", "however", "i", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll", "i'd", "i’d", "if", "in", "instead", "is",
    "it", "it's", "it’s", "its", "just", "last", "later", "let", "many", "maybe", "meanwhile", "more", "moreover", "most", "much", "my", "nearly",
    "never", "no", "nobody", "nor", "not", "now", "of", "on", "once", "one", "only", "or", "other", "others", "our", "over", "perhaps",
    "please", "several", "she", "she's", "she’s", "should", "since", "so", "some", "still", "such", "than", "that", "that's", "that’s", "the", "their", "then", "there",
    "there's", "there’s", "therefore", "these", "they", "they're", "they’re", "this", "those", "though", "thus", "to", "together", "today", "under", "until", "was", "we", "we're", "we’re", "we've", "we’ve", "were", "what", "when", "where",
    "whether", "which", "while", "who", "whoever", "why", "will", "with", "within", "without", "would", "yes", "yesterday", "yet", "you", "you're",
    "your",
];
