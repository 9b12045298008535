//! Words that end in a stop of their own, and what may follow it.
//!
//! One row, one word, lower case, without its last stop. Words of several languages stand together: they hardly clash.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What the stop after a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name, so the stop never ends a sentence: "Gen. Lee".
    BeforeName,
    /// Stands before a figure: "No. 5", "p. 12"; else it is a word like others.
    BeforeFigure,
    /// Stands in the middle of a sentence: "e.g.", "vs.".
    Inside,
    /// May end a sentence too: "Inc.", "p.m.", "U.S.".
    Anywhere,
}

/// The abbreviation that this word without its last stop is. `word` is in lower case.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    TABLE.get(word).copied()
}

static TABLE: LazyLock<HashMap<&str, Abbreviation>> = LazyLock::new(|| {
    let rows = [
        (BEFORE_NAME, Abbreviation::BeforeName),
        (BEFORE_FIGURE, Abbreviation::BeforeFigure),
        (INSIDE, Abbreviation::Inside),
        (ANYWHERE, Abbreviation::Anywhere),
    ];
    rows.into_iter().flat_map(|(words, kind)| words.iter().map(move |word| (*word, kind))).collect()
});

#[rustfmt::skip]
const BEFORE_NAME: &[&str] = &[
    "mr", "mrs", "ms", "mx", "messrs", "dr", "drs", "prof", "profs", "rev", "revd", "fr", "hon", "pres", "gov", "govs", "sen",
    "sens", "rep", "reps", "amb", "atty", "asst", "assoc", "supt", "insp", "det", "sec", "del", "ald", "min", "mt", "mts", "ft",
    // ranks
    "gen", "lt", "col", "maj", "capt", "cpt", "cmdr", "cdr", "adm", "brig", "sgt", "cpl", "pvt", "pfc", "spc", "ens", "lieut",
    "cmdt", "marsh", "vadm", "radm", "ltc", "msgt", "ssgt", "lt-col", "lt.-col", "maj.-gen", "lt.-gen", "brig.-gen", "lt. gen",
    "sr. lt", "com", "commdr", "const", "ofc", "m", "mm", "mme", "mlle", "me", "st", "ste", "sta", "sto",
    // German, French, Spanish, Italian, Portuguese, Polish, Turkish
    "hr", "fr", "frl", "sra", "srta", "d", "dña", "sig", "sigg", "dott", "ing", "dipl", "mgr", "ks", "im", "ul", "av", "sn", "doç",
    // Russian, Ukrainian
    "им", "ім", "г-н", "г-жа", "тов", "проф", "акад", "ген", "полк", "подполк", "ул", "вул", "пл", "пр", "просп", "обл", "р-н",
    "св", "пос", "дер", "оз",
];

#[rustfmt::skip]
const BEFORE_FIGURE: &[&str] = &[
    "no", "nos", "nr", "n°", "nº", "num", "p", "pp", "pg", "vol", "vols", "ch", "chap", "fig", "figs", "eq", "eqs", "art", "arts", "sect",
    "para", "para", "ver", "v", "tab", "ref", "refs", "op", "cl", "pt", "ex", "ca", "c", "approx", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "abs", "ziff", "bd", "стр", "рис", "гл", "ст", "п", "№", "тел", "кв", "tel", "ph", "ext", "est", "lat", "long",
];

#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "e.g", "eg", "i.e", "ie", "viz", "vs", "cf", "al", "incl", "esp", "resp", "aka", "a.k.a", "nee", "b", "née", "n.b", "q.v", "cit", "ibid", "et.al",
    "z.b", "d.h", "u.a", "bzw", "ggf", "evtl", "vgl", "sog", "inkl", "ca", "zzgl", "mind", "max", "p.ex", "np", "tzw", "tj", "m.in",
    "ör", "örn", "yy", "т.е", "т.н", "т.к", "см", "напр", "т", "тыс", "млн", "млрд", "руб", "кг", "tys", "mln", "mld", "mrd", "mio",
];

#[rustfmt::skip]
const ANYWHERE: &[&str] = &[
    "co", "cos", "corp", "inc", "ltd", "llc", "plc", "bros", "bro", "jr", "sr", "esq", "etc", "dept", "univ", "assn", "ave", "blvd",
    "rd", "sq", "bldg", "hwy", "ln", "apt", "intl", "natl", "mfg", "cie", "gmbh", "a.m", "p.m", "am", "pm", "b.c", "a.d", "b.c.e", "c.e", "ph.d", "phd",
    "m.d", "b.a", "m.a", "j.d", "b.sc", "m.sc", "b.s", "m.s", "ed", "eds", "trans", "lb", "lbs", "oz", "in", "cm", "mm", "km", "kg", "hr", "hrs", "mins",
    "yr", "yrs", "mph", "sec", "secs", "msec", "tbsp", "tsp", "qt", "gal", "ft", "ariz", "calif", "colo", "conn", "fla", "ga", "ill", "ind",
    "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "penn", "tenn", "tex", "vt", "va",
    "wash", "wis", "wyo", "ont", "que", "alta", "sask", "usw", "etw", "u.s.w", "т.д", "т.п", "др", "г", "гг", "в", "вв", "н.э", "р", "рр",
];

/// Words that open sentences and stand in the middle of names hardly ever: after "U.S." or "Inc." they begin a new one.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "a", "about", "according", "after", "again", "all", "also", "although", "among", "an", "and", "another", "any", "are", "as", "at",
    "because", "before", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "even", "every", "finally",
    "first", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "however", "i", "i'm", "i’m", "if", "in", "instead", "is",
    "it", "it's", "it’s", "its", "just", "last", "later", "let", "many", "maybe", "meanwhile", "more", "moreover", "most", "much", "my", "nearly",
    "never", "no", "nobody", "nor", "not", "now", "of", "on", "once", "one", "only", "or", "other", "others", "our", "over", "perhaps",
    "please", "several", "she", "should", "since", "so", "some", "still", "such", "than", "that", "that's", "that’s", "the", "their", "then", "there",
    "there's", "there’s", "therefore", "these", "they", "this", "those", "though", "thus", "to", "under", "until", "was", "we", "were", "what", "when", "where",
    "whether", "which", "while", "who", "whoever", "why", "will", "with", "within", "without", "would", "yes", "yesterday", "yet", "you", "you're",
    "your",
];
