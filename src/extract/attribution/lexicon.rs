//! What words can do in an attribution: a table of word classes, looked up by a token's key.
//!
//! Knows words alone, never their neighbours. Verbs are listed by their base form, and their other forms follow.

use std::sync::OnceLock;

use super::super::token::{self, Token};
use super::sorts::SORTS;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// A verb of saying: what follows or precedes is what was said.
    pub(super) const SPEECH: Class = Class(1);
    /// A verb of thinking, showing, wanting, judging.
    pub(super) const STANCE: Class = Class(1 << 1);
    /// A noun that stands for an utterance: "claim", "report".
    pub(super) const NOUN: Class = Class(1 << 2);
    /// The form in "-s".
    pub(super) const S: Class = Class(1 << 3);
    /// The past or the participle.
    pub(super) const PAST: Class = Class(1 << 4);
    /// The form in "-ing".
    pub(super) const ING: Class = Class(1 << 5);
    /// The base form of a verb.
    pub(super) const BASE: Class = Class(1 << 6);
    /// "he", "they", "who".
    pub(super) const PRONOUN: Class = Class(1 << 7);
    /// "his", "their".
    pub(super) const POSSESSIVE: Class = Class(1 << 8);
    /// "the", "a", "some", "several".
    pub(super) const DETERMINER: Class = Class(1 << 9);
    /// "of", "in", "with".
    pub(super) const PREPOSITION: Class = Class(1 << 10);
    /// "that", "whether", "how".
    pub(super) const OPENER: Class = Class(1 << 11);
    /// "and", "but", "or".
    pub(super) const AND: Class = Class(1 << 12);
    /// "is", "has", "will".
    pub(super) const AUXILIARY: Class = Class(1 << 13);
    /// "not", "never".
    pub(super) const NEGATION: Class = Class(1 << 14);
    /// "also", "later", "repeatedly" and what ends in "-ly".
    pub(super) const ADVERB: Class = Class(1 << 15);
    /// "Mr.", "General", "President".
    pub(super) const TITLE: Class = Class(1 << 16);
    /// "Monday", "January", "yesterday".
    pub(super) const TIME: Class = Class(1 << 17);
    /// "reporters", "parliament": who is told.
    pub(super) const HEARER: Class = Class(1 << 18);
    /// "Telegram", "statement", "interview".
    pub(super) const CHANNEL: Class = Class(1 << 19);
    /// "who", "which".
    pub(super) const RELATIVE: Class = Class(1 << 20);
    /// "because", "while", "after": begins another clause.
    pub(super) const SUBORDINATE: Class = Class(1 << 21);
    /// A verb that takes no "that" clause but a thing: "confirmed", "described", "condemned".
    pub(super) const OF_THING: Class = Class(1 << 22);
    /// "officials", "ministry", "analysts", "report": can be a source.
    pub(super) const SPEAKER: Class = Class(1 << 23);

    /// Whether any class of `other` is in this one.
    pub(super) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(super) const fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// The classes as bits.
    pub(super) fn bits(self) -> u32 {
        self.0 & SORT_BELOW
    }

    /// The number of the word's sort; 0 where it has none.
    pub(super) fn sort(self) -> u32 {
        self.0 >> SORT_BELOW.count_ones()
    }
}

/// The bits of a class that are classes; those above hold the number of a sort.
const SORT_BELOW: u32 = (1 << 24) - 1;

/// The classes of a token.
pub(super) fn class(token: &Token) -> Class {
    let found = table().get(token.key);
    if found.bits() == 0 && token.ends_in(b"ly") { found.and(Class::ADVERB) } else { found }
}

const VERBS: &[(Class, &str)] = &[
    (
        Class::SPEECH,
        "acknowledge add admit affirm agree allege announce answer argue ask assert assess assure caution charge claim \
         clarify comment complain concede conclude confess confirm contend continue counter declare deny disclose elaborate \
         emphasise emphasize estimate explain exclaim hint imply inform insist interject joke lament maintain mention note notify \
         observe opine point post proclaim promise pronounce quip reaffirm reassure recall reckon reiterate relate remark remind \
         repeat reply report respond retort reveal say state stipulate stress suggest swear tell testify tweet \
         underline underscore urge vow warn whisper write boast predict pledge recount summarise summarize shout publish accuse",
    ),
    (
        Class::STANCE,
        "believe think know want hope fear expect plan intend wish prefer consider doubt feel find see show indicate \
         demonstrate prove assume suppose suspect understand speculate guess worry wonder forecast anticipate seek demand \
         request order propose recommend advise support oppose endorse reject back favor favour blame praise criticise criticize \
         condemn denounce describe call label brand dub depict portray cite quote refer discuss question challenge dispute \
         dismiss defend welcome applaud attack slam blast decry hail highlight detail outline conclude determine decide \
         decline refuse aim vote rule learn discover realise realize recognise recognize regret appear seem judge regard view \
         pray read signal mean threaten",
    ),
    (
        Class::OF_THING,
        "confirm describe condemn welcome denounce criticise criticize reject dismiss deny publish release share",
    ),
];

const IRREGULAR: &[(&str, &str, &str)] = &[
    ("say", "says", "said"),
    ("tell", "tells", "told"),
    ("write", "writes", "wrote written"),
    ("think", "thinks", "thought"),
    ("know", "knows", "knew known"),
    ("feel", "feels", "felt"),
    ("find", "finds", "found"),
    ("see", "sees", "saw seen"),
    ("show", "shows", "showed shown"),
    ("prove", "proves", "proved proven"),
    ("understand", "understands", "understood"),
    ("seek", "seeks", "sought"),
    ("swear", "swears", "swore sworn"),
    ("read", "reads", "read"),
    ("mean", "means", "meant"),
    ("foresee", "foresees", "foresaw foreseen"),
    ("admit", "admits", "admitted"),
    ("quip", "quips", "quipped"),
    ("slam", "slams", "slammed"),
    ("plan", "plans", "planned"),
    ("prefer", "prefers", "preferred"),
    ("refer", "refers", "referred"),
    ("forecast", "forecasts", "forecast"),
    ("learn", "learns", "learned learnt"),
    ("aim", "aims", "aimed"),
    ("beg", "begs", "begged"),
    ("begin", "begins", "began begun"),
    ("bet", "bets", "bet"),
    ("brag", "brags", "bragged"),
    ("break", "breaks", "broke broken"),
    ("chat", "chats", "chatted"),
    ("choose", "chooses", "chose chosen"),
    ("commit", "commits", "committed"),
    ("compel", "compels", "compelled"),
    ("dub", "dubs", "dubbed"),
    ("fight", "fights", "fought"),
    ("forget", "forgets", "forgot forgotten"),
    ("fret", "frets", "fretted"),
    ("give", "gives", "gave given"),
    ("go", "goes", "went gone"),
    ("hear", "hears", "heard"),
    ("hit", "hits", "hit"),
    ("hold", "holds", "held"),
    ("infer", "infers", "inferred"),
    ("jab", "jabs", "jabbed"),
    ("make", "makes", "made"),
    ("meet", "meets", "met"),
    ("pan", "pans", "panned"),
    ("peg", "pegs", "pegged"),
    ("plot", "plots", "plotted"),
    ("rebel", "rebels", "rebelled"),
    ("rebut", "rebuts", "rebutted"),
    ("rip", "rips", "ripped"),
    ("run", "runs", "ran"),
    ("shoot", "shoots", "shot"),
    ("snap", "snaps", "snapped"),
    ("speak", "speaks", "spoke spoken"),
    ("spin", "spins", "spun"),
    ("spot", "spots", "spotted"),
    ("stand", "stands", "stood"),
    ("strive", "strives", "strove striven"),
    ("stump", "stumps", "stumped"),
    ("sum", "sums", "summed"),
    ("teach", "teaches", "taught"),
    ("tip", "tips", "tipped"),
];

const WORDS: &[(Class, &str)] = &[
    (
        Class::NOUN,
        "claim claims announcement report reports statement allegation allegations accusation accusations promise pledge \
         warning warnings suggestion argument belief hope hopes fear fears plan plans proposal demand demands call calls \
         view opinion idea notion speculation rumors rumours assertion admission revelation concern concerns conclusion \
         estimate estimates prediction forecast decision evidence remark remarks comment comments criticism support denial \
         confirmation threat vow question questions word news signs impression conviction assessment insistence",
    ),
    (Class::PRONOUN, "i you he she it we they one who which both others many some someone another"),
    (Class::RELATIVE, "who which whom whose"),
    (Class::POSSESSIVE, "my your his her its our their whose"),
    (
        Class::DETERMINER,
        "the a an this that these those some several many most all both another any each every few multiple various \
         numerous two three four five six seven eight nine ten dozens other no one",
    ),
    (
        Class::PREPOSITION,
        "of in on at by for with from to into about against between among during over through under without within \
         across toward towards near via per behind beyond despite outside inside around upon amid alongside regarding",
    ),
    (Class::OPENER, "that whether if how why what when where which who"),
    (Class::AND, "and but or nor yet"),
    (
        Class::AUXILIARY,
        "is are was were be been being am has have had having do does did will would can could may might must shall should \
         ’s 's ’ve 've ’re 're ’ll 'll ’d 'd ’m 'm",
    ),
    (
        Class::NEGATION,
        "not never n't hasn't haven't didn't doesn't don't isn't wasn't hasn’t haven’t didn’t doesn’t don’t isn’t wasn’t",
    ),
    (
        Class::ADVERB,
        "also later then again once still even just already now further meanwhile thus therefore often always ever soon \
         long since earlier today yesterday too instead however though separately recently previously",
    ),
    (
        Class::TITLE,
        "mr mrs ms dr gen general col colonel maj major capt captain lt lieutenant sgt adm admiral president minister \
         premier chancellor governor gov mayor sen senator rep representative secretary spokesman spokeswoman spokesperson \
         chief commander director head ambassador professor prof deputy king prince pope judge",
    ),
    (
        Class::TIME,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september \
         october november december jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tonight morning \
         afternoon evening night week month year weekend earlier later recently last midday noon overnight tomorrow",
    ),
    (
        Class::HEARER,
        "reporters journalists lawmakers supporters viewers residents parliament congress senators deputies reporter \
         audience crowd colleagues voters listeners members host correspondents agency newspaper magazine court jurors",
    ),
    (
        Class::CHANNEL,
        "telegram twitter facebook x instagram youtube statement interview post tweet channel briefing update address speech \
         message video report press conference email e-mail letter television tv radio remarks bulletin broadcast article \
         page website blog social media phone telephone memo release account",
    ),
    (
        Class::SUBORDINATE,
        "because while after before although though since until unless as whereas when where if so than adding saying \
         noting citing calling claiming warning arguing stressing according despite following including amid",
    ),
    (
        Class::SPEAKER,
        "official officials authorities ministry minister spokesman spokeswoman spokesperson president governor mayor \
         government police army military forces staff agency analysts analyst experts expert source sources witnesses \
         witness residents reports report study survey poll company group organisation organization commander general \
         channel channels media outlets newspaper kremlin pentagon statement intelligence observers monitors prosecutors \
         investigators court committee council commission party leader leaders chief head researchers scientists doctors",
    ),
];

/// Open addressing over a power of two, at most half full.
struct Table {
    slots: Vec<(u32, Class)>,
}

const SLOTS: usize = 1 << 14;

impl Table {
    fn get(&self, key: u32) -> Class {
        let mut at = key as usize % SLOTS;
        loop {
            match self.slots.get(at) {
                Some((found, class)) if *class != Class::default() => {
                    if *found == key {
                        return *class;
                    }
                }
                _ => return Class::default(),
            }
            at = (at + 1) % SLOTS;
        }
    }

    fn add(&mut self, word: &str, class: Class) {
        let slot = self.slot(word);
        let known = slot.1.0 & !SORT_BELOW;
        let class = if known == 0 { class } else { Class(class.bits()) };
        slot.1 = slot.1.and(class);
    }

    fn slot(&mut self, word: &str) -> &mut (u32, Class) {
        let key = token::key(word);
        let mut at = key as usize % SLOTS;
        while self.slots[at].1 != Class::default() && self.slots[at].0 != key {
            at = (at + 1) % SLOTS;
        }
        self.slots[at].0 = key;
        &mut self.slots[at]
    }

    fn add_verb(&mut self, base: &str, class: Class) {
        let irregular = IRREGULAR.iter().find(|row| row.0 == base);
        let stem = base.strip_suffix('e').unwrap_or(base);
        let ending_y = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
        let third = match (irregular, ending_y) {
            (Some(row), _) => row.1.to_owned(),
            (None, Some(stem)) => format!("{stem}ies"),
            (None, None) if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") => {
                format!("{base}es")
            }
            (None, None) => format!("{base}s"),
        };
        let past = match (irregular, ending_y) {
            (Some(row), _) => row.2.to_owned(),
            (None, Some(stem)) => format!("{stem}ied"),
            (None, None) => format!("{stem}ed"),
        };
        // A sort alone says nothing of the form: no rule is to take the word for a verb.
        let formed = |form: Class| if class.bits() == 0 { class } else { class.and(form) };
        self.add(base, formed(Class::BASE));
        self.add(&third, formed(Class::S));
        for past in past.split(' ') {
            self.add(past, formed(Class::PAST));
        }
        let doubled = past.strip_suffix("ed").filter(|p| irregular.is_some() && p.len() > base.len());
        let stem = doubled.unwrap_or(if base.ends_with("ee") || base == "see" { base } else { stem });
        self.add(&format!("{stem}ing"), formed(Class::ING));
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { slots: vec![(0, Class::default()); SLOTS] };
        for (class, verbs) in VERBS {
            verbs.split_whitespace().for_each(|verb| table.add_verb(verb, *class));
        }
        for (class, words) in WORDS {
            words.split_whitespace().for_each(|word| table.add(word, *class));
        }
        for (sort, number) in SORTS.iter().zip(1..) {
            let class = Class(number << SORT_BELOW.count_ones());
            sort.verbs.split_whitespace().for_each(|verb| table.add_verb(verb, class));
            sort.words.split_whitespace().for_each(|word| table.add(word, class));
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::Span;
    use super::*;

    fn class_of(word: &str) -> Class {
        let all = token::tokens(word, Span::within(word, 0..word.len()));
        class(&all[all.len() - 1])
    }

    #[test]
    fn every_form_of_a_verb_is_known_by_its_base() {
        for word in
            ["says", "said", "saying", "warned", "denies", "denied", "admitted", "admitting", "writing", "stressing"]
        {
            assert!(class_of(word).has(Class::SPEECH), "{word}");
        }
        assert!(class_of("said").has(Class::PAST) && !class_of("said").has(Class::ING));
    }

    #[test]
    fn an_unknown_word_has_no_class_but_an_adverb_is_told_by_its_ending() {
        assert_eq!(class_of("zucchini"), Class::default());
        assert!(class_of("grudgingly").has(Class::ADVERB));
    }
}
