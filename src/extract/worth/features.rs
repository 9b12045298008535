//! What of a claim can be counted or seen, each under the name that an analyst reads.

/// What stands around a claim.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'t> {
    /// The sentence that the claim is part of; the claim itself where it is a whole sentence.
    pub sentence: &'t str,
}

/// The features, in the order of `measure`.
pub const NAMES: &[&str] = &[
    "number",
    "percentage",
    "money",
    "named person or body",
    "past event",
    "comparison",
    "date",
    "casualties",
    "question",
    "wish or order",
    "opinion",
    "future",
    "first person",
    "short",
];

/// The value of each feature, 0 to 1.
pub fn measure(claim: &str, context: Context<'_>) -> Vec<f32> {
    let lower: Vec<String> = claim
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '%' | '$'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let any = |list: &[&str]| lower.iter().any(|w| list.contains(&w.as_str()));
    let names = claim.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase) && w.len() > 2).count();
    let values = [
        lower.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit())) || any(NUMBERS),
        claim.contains('%') || any(&["percent", "per"]),
        claim.contains(['$', '€', '£', '₽', '₴']) || any(&["dollars", "euros", "rubles", "hryvnias"]),
        names > 0,
        lower.iter().any(|w| w.ends_with("ed") && w.len() > 4) || any(&["was", "were", "had", "did", "went"]),
        any(&["more", "less", "most", "least", "than", "highest", "lowest", "largest", "biggest"]),
        any(&["year", "years", "month", "months", "week", "today", "yesterday", "since", "ago"]),
        any(&["killed", "wounded", "injured", "dead", "died", "casualties"]),
        context.sentence.trim_end().ends_with('?'),
        any(&["let", "let's", "let’s", "please", "should", "must", "hope", "wish", "thank"]),
        any(&["think", "believe", "feel", "great", "terrible", "wonderful"]),
        any(&["will", "shall", "going"]),
        any(&["i", "we", "my", "our"]),
        lower.len() < 6,
    ];
    values.iter().map(|v| f32::from(u8::from(*v))).collect()
}

const NUMBERS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "half",
    "twice",
    "double",
];
