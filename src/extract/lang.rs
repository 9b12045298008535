//! Which language a text is in, by the letters and letter triples of a bounded sample.

use whatlang::Lang;

use super::Span;

/// The ISO 639-1 code, where it can be told with some certainty.
pub fn recognise(text: &str) -> Option<&'static str> {
    let sample = middle(text, LONG_SAMPLE).of(text);
    if is_plainly_english(sample) {
        return Some("en");
    }
    let info = whatlang::detect(middle(text, SAMPLE).of(text))?;
    if info.is_reliable() { code(info.lang()) } else { None }
}

/// Bytes that are enough to tell a language by letter triples, which cost a microsecond for every five.
const SAMPLE: usize = 1536;
/// Bytes in which English words are counted.
const LONG_SAMPLE: usize = 4096;

/// From the middle of a long text, where the article is and menus are not.
fn middle(text: &str, length: usize) -> Span {
    let start = text.len().saturating_sub(length) / 2;
    Span::within(text, start..start.saturating_add(length))
}

/// Most articles are English: one word in six is one of a handful, and no other language has "the" so often.
fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut known, mut the) = (0, 0, 0);
    for word in sample.split_ascii_whitespace() {
        words += 1;
        the += usize::from(word == "the" || word == "The");
        known += usize::from(is_frequent(word));
    }
    words >= FEWEST_WORDS && known * 6 >= words && the * 50 >= words
}

const FEWEST_WORDS: usize = 30;

#[rustfmt::skip]
fn is_frequent(word: &str) -> bool {
    matches!(
        word,
        "the" | "of" | "and" | "to" | "that" | "was" | "for" | "with" | "on" | "it" | "by" | "from" | "are" | "have"
            | "has" | "were" | "this" | "said"
    )
}

/// Two letters for the three that the recogniser gives; macro-languages for their members.
fn code(lang: Lang) -> Option<&'static str> {
    CODES.iter().find(|(three, _)| *three == lang.code()).map(|(_, two)| *two)
}

#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("dan", "da"), ("deu", "de"), ("ell", "el"),
    ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"),
    ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"), ("nld", "nl"),
    ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("ron", "ro"),
    ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"), ("srp", "sr"),
    ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"),
    ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"), ("cym", "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_tells_its_language() {
        for (text, lang) in [
            ("The governor said on Friday that the dam above the two towns would be repaired within a month.", "en"),
            ("Губернатор заявил в пятницу, что плотину над двумя городами отремонтируют в течение месяца.", "ru"),
            ("Губернатор заявив у п'ятницю, що греблю над двома містами відремонтують протягом місяця.", "uk"),
            (
                "Der Gouverneur sagte am Freitag, der Damm über den beiden Städten werde binnen eines Monats repariert.",
                "de",
            ),
            (
                "Vali cuma günü yaptığı açıklamada iki kasabanın üstündeki barajın bir ay içinde onarılacağını söyledi.",
                "tr",
            ),
            ("قال المحافظ يوم الجمعة إن السد الواقع فوق البلدتين سيتم إصلاحه خلال شهر واحد", "ar"),
            ("知事は金曜日、二つの町の上にあるダムを一か月以内に修理すると述べた。", "ja"),
        ] {
            assert_eq!(recognise(text), Some(lang), "{text}");
        }
    }

    #[test]
    fn a_long_english_text_is_told_by_its_small_words_and_others_are_not() {
        let english =
            "The governor said on Friday that the dam above the two towns would be repaired by the army. ".repeat(9);
        assert!(is_plainly_english(&english));
        let dutch = "De gouverneur zei op vrijdag dat de dam boven de twee steden door het leger is hersteld, of was. "
            .repeat(9);
        assert!(!is_plainly_english(&dutch));
        assert_eq!(recognise(&dutch), Some("nl"));
    }

    #[test]
    fn what_has_no_words_has_no_language() {
        for text in ["", " ", "12 345", "🙂🙂", "?!"] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn every_language_of_the_recogniser_has_a_code() {
        for lang in Lang::all() {
            assert!(code(*lang).is_some(), "{lang:?}");
        }
    }
}
