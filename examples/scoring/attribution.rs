//! Attributions: exact, match, end to end, and whether the source is right, over word tokens.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Share, ratio};
use crate::training::gold::Gold;

/// What was found, as bytes of the text.
pub(crate) struct Found {
    /// Who says it.
    pub(crate) source: Option<Range<usize>>,
    /// What is said.
    pub(crate) content: Vec<Range<usize>>,
}

/// The figures of one or of many articles.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    /// The same set of word tokens.
    pub(crate) exact: Share,
    /// One to one, half of the tokens of both or more shared.
    pub(crate) matched: Share,
    /// Matched, and the source right.
    pub(crate) end_to_end: Share,
    /// Matched pairs whose known one has a source.
    pub(crate) with_source: f64,
    /// Those of them whose source is right.
    pub(crate) source_right: f64,
    /// Known ones with a plain verb of saying: all, found exactly, matched.
    pub(crate) speech: [f64; 3],
}

impl Score {
    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            exact: self.exact.plus(other.exact),
            matched: self.matched.plus(other.matched),
            end_to_end: self.end_to_end.plus(other.end_to_end),
            with_source: self.with_source + other.with_source,
            source_right: self.source_right + other.source_right,
            speech: std::array::from_fn(|i| self.speech[i] + other.speech[i]),
        }
    }

    /// The figures by name, in the order in which they are printed.
    pub(crate) fn figures(&self) -> [(&'static str, f64); 6] {
        [
            ("exact", self.exact.f1()),
            ("match", self.matched.f1()),
            ("e2e", self.end_to_end.f1()),
            ("speech exact recall", ratio(self.speech[1], self.speech[0])),
            ("speech match recall", ratio(self.speech[2], self.speech[0])),
            ("source where matched", ratio(self.source_right, self.with_source)),
        ]
    }
}

/// What went wrong with a known attribution.
pub(crate) type Mistake = &'static str;

/// Scores one article; `mistakes` counts the kinds of error.
pub(crate) fn score(text: &str, known: &[Gold], found: &[Found], mistakes: &mut HashMap<Mistake, usize>) -> Score {
    let words = Words::new(text);
    let known: Vec<(BTreeSet<usize>, &Gold)> =
        known.iter().map(|g| (words.of(&g.content), g)).filter(|(t, _)| !t.is_empty()).collect();
    let found: Vec<(BTreeSet<usize>, &Found)> =
        found.iter().map(|f| (words.of(&f.content), f)).filter(|(t, _)| !t.is_empty()).collect();
    let share = |right: f64| Share { right, found: found.len() as f64, known: known.len() as f64 };
    let mut score = Score { exact: share(exact(&known, &found)), ..Score::default() };
    let pairs = matched(&known, &found);
    let mut end_to_end = 0.0;
    let mut partner = HashMap::new();
    for &(_, f, k) in &pairs {
        let (gold, found) = (known[k].1, found[f].1);
        let right = source_is_right(text, &words, gold, found);
        if gold.source.is_some() {
            score.with_source += 1.0;
            score.source_right += f64::from(u8::from(right));
        }
        end_to_end += f64::from(u8::from(right));
        partner.insert(k, (f, right));
    }
    (score.matched, score.end_to_end) = (share(pairs.len() as f64), share(end_to_end));
    for (k, (tokens, gold)) in known.iter().enumerate() {
        let is_exact = found.iter().any(|(t, _)| t == tokens);
        if is_speech(text, gold) {
            score.speech[0] += 1.0;
            score.speech[1] += f64::from(u8::from(is_exact));
            score.speech[2] += f64::from(u8::from(partner.contains_key(&k)));
        }
        *mistakes.entry(mistake(is_exact, partner.get(&k), tokens, &found)).or_default() += 1;
    }
    let spare = found.len() - pairs.len();
    *mistakes.entry("found, but matches nothing known").or_default() += spare;
    score
}

fn mistake(
    exact: bool,
    partner: Option<&(usize, bool)>,
    tokens: &BTreeSet<usize>,
    found: &[(BTreeSet<usize>, &Found)],
) -> Mistake {
    match partner {
        Some((_, true)) if exact => "right",
        Some((f, false)) if found[*f].1.source.is_none() => "content matched, source missing",
        Some((_, false)) => "content matched, source wrong",
        Some((f, true)) if found[*f].0.len() > tokens.len() => "content too long",
        Some((_, true)) => "content too short or shifted",
        None if found.iter().any(|(t, _)| t.intersection(tokens).next().is_some()) => "content overlaps less than half",
        None => "missed",
    }
}

type Token = BTreeSet<usize>;

fn exact(known: &[(Token, &Gold)], found: &[(Token, &Found)]) -> f64 {
    let mut left: HashMap<&Token, usize> = HashMap::new();
    known.iter().for_each(|(t, _)| *left.entry(t).or_default() += 1);
    let mut right = 0;
    for (tokens, _) in found {
        if let Some(count) = left.get_mut(tokens).filter(|c| **c > 0) {
            *count -= 1;
            right += 1;
        }
    }
    f64::from(right)
}

/// Greedy, the likest first; at least half of the joint tokens shared.
fn matched(known: &[(Token, &Gold)], found: &[(Token, &Found)]) -> Vec<(f64, usize, usize)> {
    let mut pairs = Vec::new();
    for (f, (mine, _)) in found.iter().enumerate() {
        for (k, (theirs, _)) in known.iter().enumerate() {
            let shared = mine.intersection(theirs).count();
            let likeness = shared as f64 / (mine.len() + theirs.len() - shared) as f64;
            if likeness >= 0.3 {
                pairs.push((likeness, f, k));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut used_found, mut used_known) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|(_, f, k)| {
        let free = !used_found.contains(f) && !used_known.contains(k);
        if free {
            used_found.insert(*f);
            used_known.insert(*k);
        }
        free
    });
    pairs.retain(|(likeness, _, _)| *likeness >= 0.5);
    pairs
}

fn source_is_right(text: &str, words: &Words, gold: &Gold, found: &Found) -> bool {
    let (Some(known), Some(mine)) = (&gold.source, &found.source) else {
        return gold.source.is_none() && found.source.is_none();
    };
    let parts = if gold.source_parts.is_empty() { std::slice::from_ref(known) } else { &gold.source_parts };
    if parts.iter().any(|p| p.start < mine.end && mine.start < p.end) {
        return true;
    }
    let name = words.name(text, known);
    !STOP.contains(&name.as_str()) && words.inside(text, mine).iter().any(|w| bare(w).to_lowercase() == name)
}

const STOP: &[&str] =
    &["the", "a", "an", "of", "and", "in", "for", "to", "at", "on", "mr", "mrs", "ms", "dr", "jr", "sr"];

const SPEECH: &str = "said say says saying told tell tells telling wrote writes write writing added adds adding asked asks asking \
    noted notes noting reported reports reporting announced announces suggested suggests suggesting argued argues arguing tweeted \
    responded replied claimed claims claiming stated states stating insisted insists explained explains declared warned warns \
    acknowledged admitted confirmed denied predicted testified according";

fn is_speech(text: &str, gold: &Gold) -> bool {
    let cue = gold.cue.clone().and_then(|c| text.get(c)).unwrap_or_default().to_lowercase();
    let speech: BTreeSet<&str> = SPEECH.split_whitespace().collect();
    cue.split(|c: char| !c.is_ascii_lowercase()).any(|w| speech.contains(w))
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// The word tokens of a text: letters, digits, inner hyphens and apostrophes.
struct Words {
    all: Vec<Range<usize>>,
}

impl Words {
    fn new(text: &str) -> Self {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut all: Vec<Range<usize>> = Vec::new();
        let mut joins = false;
        for (at, c) in text.char_indices() {
            let touches = all.last().is_some_and(|w| w.end == at);
            if is_word(c) {
                match all.last_mut() {
                    Some(word) if touches || joins => word.end = at + c.len_utf8(),
                    _ => all.push(at..at + c.len_utf8()),
                }
                joins = false;
            } else {
                joins = touches && matches!(c, '’' | '\'' | '-');
            }
        }
        Self { all }
    }

    /// The tokens of which half or more lies in a span.
    fn of(&self, spans: &[Range<usize>]) -> BTreeSet<usize> {
        let mut tokens = BTreeSet::new();
        for span in spans {
            let first = self.all.partition_point(|w| w.end <= span.start);
            let inside = self.all[first..].iter().take_while(|w| w.start < span.end);
            for (at, word) in inside.enumerate() {
                let shared = word.end.min(span.end).saturating_sub(word.start.max(span.start));
                if shared * 2 >= word.len() {
                    tokens.insert(first + at);
                }
            }
        }
        tokens
    }

    fn inside<'t>(&self, text: &'t str, span: &Range<usize>) -> Vec<&'t str> {
        self.of(std::slice::from_ref(span)).into_iter().filter_map(|at| text.get(self.all[at].clone())).collect()
    }

    /// The last word with a capital, else the last word, titles and articles aside.
    fn name(&self, text: &str, span: &Range<usize>) -> String {
        let words: Vec<&str> = self.inside(text, span).into_iter().map(bare).collect();
        let plain = |w: &&&str| !STOP.contains(&w.to_lowercase().as_str());
        let capital = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase);
        let name =
            words.iter().rfind(|w| plain(w) && capital(w)).or_else(|| words.iter().rfind(plain)).or(words.last());
        name.map_or_else(String::new, |w| w.to_lowercase())
    }
}
