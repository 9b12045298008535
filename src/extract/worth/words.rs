//! Words that tell what a claim is about, by class. General English, written by hand: no list is learnt from a corpus.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::fnv::Fnv;

/// Bit of each class, its place in `CLASSES`.
pub(super) const NUMBER: u64 = 1;
pub(super) const AMOUNT: u64 = 1 << 1;
pub(super) const SHARE: u64 = 1 << 2;
pub(super) const MONEY: u64 = 1 << 3;
pub(super) const TIME: u64 = 1 << 4;
pub(super) const CHANGE: u64 = 1 << 5;
pub(super) const COMPARISON: u64 = 1 << 6;
pub(super) const RECORD: u64 = 1 << 7;
pub(super) const HARM: u64 = 1 << 8;
pub(super) const ECONOMY: u64 = 1 << 9;
pub(super) const LAW: u64 = 1 << 10;
pub(super) const WAR: u64 = 1 << 11;
pub(super) const SOCIETY: u64 = 1 << 12;
pub(super) const SAYING: u64 = 1 << 13;
pub(super) const PAST: u64 = 1 << 14;
pub(super) const PERFECT: u64 = 1 << 15;
pub(super) const STATE: u64 = 1 << 16;
pub(super) const FUTURE: u64 = 1 << 17;
pub(super) const CONDITION: u64 = 1 << 18;
pub(super) const WISH: u64 = 1 << 19;
pub(super) const OPINION: u64 = 1 << 20;
pub(super) const VALUE: u64 = 1 << 21;
pub(super) const SELF: u64 = 1 << 22;
pub(super) const YOU: u64 = 1 << 23;
pub(super) const THIRD: u64 = 1 << 24;
pub(super) const COURTESY: u64 = 1 << 25;
pub(super) const VAGUE: u64 = 1 << 26;
pub(super) const ALL: u64 = 1 << 27;
pub(super) const QUESTION: u64 = 1 << 28;
pub(super) const PEOPLE: u64 = 1 << 29;
pub(super) const TALK: u64 = 1 << 30;
pub(super) const DEGREE: u64 = 1 << 31;
pub(super) const ACT: u64 = 1 << 32;
pub(super) const OFFICE: u64 = 1 << 33;
pub(super) const INTENT: u64 = 1 << 34;
pub(super) const ABILITY: u64 = 1 << 35;
pub(super) const POINTING: u64 = 1 << 36;
pub(super) const BEFORE_PLACES: u64 = 1 << 37;

#[rustfmt::skip]
const CLASSES: &[(u64, &[&str])] = &[
    (NUMBER, &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "twice", "double",
        "triple", "second", "third", "fourth", "fifth", "once"]),
    (AMOUNT, &["hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions", "trillion", "trillions", "dozen", "dozens",
        "tens", "tons", "tonnes", "kilometers", "kilometres", "miles", "acres", "barrels", "gallons"]),
    (SHARE, &["percent", "percentage", "half", "quarter", "third", "thirds", "majority", "rate", "ratio", "average", "proportion", "one-third", "two-thirds", "per"]),
    (MONEY, &["dollar", "dollars", "cents", "euro", "euros", "pound", "pounds", "rubles", "roubles", "hryvnias", "cost", "costs", "paid", "pay", "pays", "price", "prices",
        "fund", "funds", "funding", "funded", "money", "spent", "spend", "spends", "salary", "bill", "bills", "fee", "fees", "loan", "loans", "aid"]),
    (TIME, &["year", "years", "month", "months", "week", "weeks", "day", "days", "today", "yesterday", "decade", "decades", "century", "since", "ago", "january", "february",
        "march", "april", "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday", "overnight", "annually", "annual", "recently", "earlier", "hour", "hours", "minutes", "until", "during"]),
    (CHANGE, &["increase", "increased", "increases", "increasing", "decrease", "decreased", "reduce", "reduced", "reducing", "cut", "cuts", "cutting", "raised", "raise", "raises",
        "rose", "risen", "rising", "fell", "fallen", "falling", "dropped", "drop", "grew", "grown", "growing", "growth", "doubled", "tripled", "halved", "lost",
        "gained", "gain", "lower", "lowered", "expanded", "expand", "added", "created", "declined", "decline", "jumped", "slashed", "eliminated", "closed", "opened", "ended", "ran", "went", "gone", "down", "up"]),
    (COMPARISON, &["more", "less", "fewer", "than", "higher", "lower", "larger", "smaller", "bigger", "greater", "faster", "slower", "better", "worse", "compared", "same",
        "equal", "nearly", "almost", "over", "under", "above", "below", "exceed", "exceeds", "twice", "as"]),
    (RECORD, &["most", "least", "highest", "lowest", "largest", "biggest", "greatest", "smallest", "worst", "best", "longest", "fastest", "strongest", "first", "last", "only", "record",
        "ever", "history", "never", "leading", "number", "unprecedented"]),
    (HARM, &["killed", "kill", "killing", "wounded", "injured", "dead", "died", "die", "death", "deaths", "casualties", "victims", "destroyed", "damaged", "murder", "murdered",
        "raped", "tortured", "hostages", "captured", "burned", "shot", "exploded", "explosion", "attacked", "bombed", "suicide", "abuse", "drowned", "missing"]),
    (ECONOMY, &["jobs", "job", "tax", "taxes", "taxed", "deficit", "deficits", "debt", "unemployment", "unemployed", "economy", "economic", "budget", "budgets", "spending", "wages", "wage", "income", "incomes",
        "trade", "inflation", "interest", "bank", "banks", "companies", "company", "business", "businesses", "industry", "industries", "workers", "exports", "imports", "export", "import", "tariff", "tariffs",
        "oil", "gas", "coal", "energy", "steel", "manufacturing", "market", "markets", "investment", "surplus", "revenue", "revenues", "profits", "subsidies", "farmers", "farm", "production", "corporations", "payroll", "mortgage"]),
    (LAW, &["law", "laws", "legislation", "act", "amendment", "vote", "voted", "votes", "voting", "passed", "signed", "veto", "vetoed", "congress", "senate", "house", "parliament", "court", "courts", "supreme",
        "ban", "banned", "treaty", "agreement", "sanctions", "constitution", "constitutional", "illegal", "legal", "regulations", "regulation", "ruling", "ruled", "convicted", "arrested", "charged", "indicted",
        "investigation", "committee", "commission", "resolution", "repeal", "repealed", "program", "programs", "policy", "bankruptcy", "election", "elected", "candidate"]),
    (WAR, &["war", "wars", "troops", "soldiers", "army", "military", "forces", "weapons", "weapon", "missile", "missiles", "nuclear", "attack", "attacks", "strike", "strikes", "drone", "drones", "bomb", "bombs",
        "tank", "tanks", "invasion", "invaded", "terrorist", "terrorists", "terrorism", "border", "occupied", "shelling", "ceasefire", "combat", "navy", "defense", "defence", "arms", "refugees", "intelligence", "cia", "nato"]),
    (SOCIETY, &["health", "insurance", "medicare", "medicaid", "hospital", "hospitals", "doctors", "patients", "disease", "drug", "drugs", "school", "schools", "students", "teachers", "education", "college", "crime", "crimes", "criminals",
        "police", "prison", "poverty", "poor", "immigrants", "immigration", "immigrant", "refugee", "welfare", "housing", "homeless", "pension", "pensions", "retirement", "climate", "pollution", "guns", "gun", "abortion", "population", "veterans", "premiums", "coverage", "uninsured"]),
    (SAYING, &["said", "says", "told", "called", "calls", "promised", "claimed", "claims", "announced", "reported", "reports", "report", "wrote", "denied", "admitted", "stated", "testified", "warned",
        "confirmed", "according", "study", "studies", "statistics", "figures", "data", "poll", "polls", "survey", "proposed", "endorsed", "opposed", "supported", "supports", "opposes", "favored", "criticized", "agreed", "refused"]),
    (PAST, &["was", "were", "had", "did", "didn't", "wasn't", "weren't", "hadn't", "went", "got", "took", "gave", "made", "came", "became", "began", "left", "brought", "bought", "built", "sent", "met", "won", "held", "led", "kept", "saw", "found",
        "fought", "sold", "put", "stood", "broke", "chose", "drove", "flew", "threw", "ran", "rose", "fell", "grew", "knew", "lost", "paid", "said", "told", "spent", "wrote", "voted", "let", "taught", "caught", "heard", "used", "set", "shot", "struck", "thought"]),
    (PERFECT, &["has", "have", "been", "hasn't", "haven't", "we've", "they've", "i've", "you've", "he's", "she's", "gone", "done", "taken", "given", "seen", "become"]),
    (STATE, &["is", "are", "isn't", "aren't", "there's", "it's", "we're", "they're", "that's"]),
    (FUTURE, &["will", "shall", "won't", "i'll", "we'll", "you'll", "they'll", "he'll", "she'll", "it'll", "tomorrow", "gonna"]),
    (CONDITION, &["if", "would", "wouldn't", "could", "couldn't", "unless", "i'd", "we'd", "he'd", "they'd", "suppose", "whether"]),
    (WISH, &["should", "must", "ought", "shouldn't", "let's", "please", "hope", "hopes", "wish", "want", "wants", "need", "needs", "let", "deserve"]),
    (OPINION, &["think", "believe", "feel", "opinion", "view", "guess", "suppose", "seems", "agree", "disagree", "respect", "understand", "imagine", "sense", "know", "mean", "point", "sure", "care", "love", "proud"]),
    (VALUE, &["good", "bad", "great", "terrible", "wonderful", "right", "wrong", "important", "fair", "unfair", "disgraceful", "beautiful", "horrible", "tough", "strong", "weak", "honest", "serious", "difficult", "hard", "fine", "nice",
        "dangerous", "disaster", "tremendous", "ridiculous", "sad", "happy", "critical", "fundamental", "vital", "moral", "leadership", "courage", "faith", "dream", "hope", "freedom", "values"]),
    (SELF, &["i", "me", "my", "mine", "myself", "i'm", "i've", "i'll", "i'd"]),
    (YOU, &["you", "your", "yours", "you're", "you've", "you'll", "you'd"]),
    (THIRD, &["he", "she", "they", "him", "her", "them", "his", "their", "he's", "she's", "they're", "they've"]),
    (COURTESY, &["thank", "thanks", "welcome", "hello", "evening", "goodnight", "congratulations", "excuse", "sorry", "sir", "madam", "ladies", "gentlemen", "applause", "yes", "yeah", "okay", "ok", "oh", "please", "bye"]),
    (VAGUE, &["thing", "things", "something", "somebody", "someone", "stuff", "kind", "sort", "way", "ways", "anything", "everything", "lot", "lots", "maybe", "somehow", "whatever", "somewhere"]),
    (ALL, &["all", "every", "everybody", "everyone", "nobody", "none", "always", "entire", "whole", "each", "no", "any", "both", "zero"]),
    (QUESTION, &["what", "why", "how", "who", "which", "where", "when", "whose"]),
    (PEOPLE, &["people", "americans", "citizens", "families", "family", "children", "women", "men", "voters", "residents", "seniors", "individuals", "households", "population", "kids", "civilians", "minorities", "blacks", "whites", "hispanics", "muslims", "christians", "jews", "civilians"]),
    (TALK, &["question", "questions", "answer", "debate", "debates", "tonight", "issue", "issues", "talk", "talking", "speak", "response", "rebuttal", "minute", "moderator", "discuss", "campaign", "topic", "ask", "asked", "listen", "record"]),
    (DEGREE, &["very", "really", "so", "too", "extremely", "absolutely", "certainly", "just", "simply", "clearly", "frankly", "actually", "well", "quite", "totally"]),
    (ACT, &["supported", "opposed", "introduced", "sponsored", "appointed", "approved", "rejected", "blocked", "sued", "hired", "fired", "invested", "shipped", "moved", "received", "donated", "gave", "sold", "bought", "built", "sent", "signed", "negotiated", "released",
        "deployed", "withdrew", "provided", "imposed", "launched", "launches", "started", "established", "balanced", "inherited", "won", "defeated", "endorsed", "borrowed", "provides", "allows", "includes", "covers", "requires", "pays", "makes", "owns", "produces", "gets", "takes", "goes", "has", "spends", "employs", "supports"]),
    (OFFICE, &["president", "senator", "governor", "minister", "secretary", "congressman", "mayor", "general", "vice", "administration", "republican", "republicans", "democrat", "democrats", "democratic", "party", "ministry", "officials", "official", "department", "agency", "ambassador", "leader", "leaders", "opponent", "spokesman", "spokesperson"]),
    (ABILITY, &["can", "able", "cannot", "can't", "capable", "possible", "impossible", "opportunity", "chance"]),
    (POINTING, &["that", "that's", "this", "it", "it's", "these", "those", "there", "here"]),
    (BEFORE_PLACES, &["in", "near", "from", "across", "at", "to", "into", "outside"]),
    (INTENT, &["going", "plan", "plans", "try", "trying", "intend", "intends", "propose", "proposal", "fight", "continue", "make", "work", "keep", "bring", "give", "get", "look", "start", "stop", "help", "change", "build", "protect"]),
];

/// The classes of a word in lower case.
pub(super) fn classes(word: &[u8]) -> u64 {
    INDEX.get(word).copied().unwrap_or(0)
}

static INDEX: LazyLock<HashMap<&[u8], u64, Fnv>> = LazyLock::new(|| {
    let mut index = HashMap::default();
    for (class, words) in CLASSES {
        for word in *words {
            *index.entry(word.as_bytes()).or_insert(0) |= class;
        }
    }
    index
});
