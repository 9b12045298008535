//! The closed classes of English words that resolution, splitting and remarks reason with, as rows of a table.
//!
//! One look-up gives all classes of a word as a set of bits. Knows nothing of texts or spans.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

use super::token::key;

/// A set of word classes.
pub(super) type Classes = u64;

/// "the", "this", "several", "its".
pub(super) const DETERMINER: Classes = 1 << 0;
/// "he", "it", "they": can be a subject by itself.
pub(super) const PRONOUN: Classes = 1 << 1;
/// "is", "has", "would": finite wherever it stands, save after "to".
pub(super) const AUXILIARY: Classes = 1 << 2;
/// "struck", "fell": a past that doesn't end in "ed".
pub(super) const PAST: Classes = 1 << 3;
/// "remains", "believe": a present that is hardly ever a noun.
pub(super) const PRESENT: Classes = 1 << 4;
/// "shares", "attacks": a present that is as often a noun.
pub(super) const VERB_OR_NOUN: Classes = 1 << 5;
/// "which", "because", "when": opens a clause that hangs on another.
pub(super) const SUBORDINATOR: Classes = 1 << 6;
/// "and", "but".
pub(super) const COORDINATOR: Classes = 1 << 7;
/// "of", "in", "to".
pub(super) const PREPOSITION: Classes = 1 << 8;
/// "also", "not", "repeatedly": may stand inside a verb group.
pub(super) const ADVERB: Classes = 1 << 9;
/// "arrived", "exploded": a past in "ed" of a verb that takes no object, so never a passive participle.
pub(super) const INTRANSITIVE: Classes = 1 << 10;
/// "governor", "spokesman": what one person is.
pub(super) const ROLE: Classes = 1 << 11;
/// "official", "leader": a role said of anybody in office.
pub(super) const BROAD_ROLE: Classes = 1 << 12;
/// "ministry", "police": a body.
pub(super) const BODY: Classes = 1 << 13;
/// "officials", "residents", "channels": people or outlets without a name.
pub(super) const CROWD: Classes = 1 << 14;
/// "report", "statement", "post": words that somebody put out.
pub(super) const DOCUMENT: Classes = 1 << 15;
/// "Mr", "Gen", "President": stands before a name.
pub(super) const TITLE: Classes = 1 << 16;
/// Certainly a man.
pub(super) const MALE: Classes = 1 << 17;
/// Certainly a woman.
pub(super) const FEMALE: Classes = 1 << 18;
/// A given name.
pub(super) const GIVEN_NAME: Classes = 1 << 19;
/// A country, or a seat of government that stands for one.
pub(super) const PLACE: Classes = 1 << 20;
/// "Ukrainian", "British".
pub(super) const DEMONYM: Classes = 1 << 21;
/// "claims", "allegation", "account": what a remark speaks of.
pub(super) const ASSERTION: Classes = 1 << 22;
/// "footage", "clip", "image".
pub(super) const FOOTAGE: Classes = 1 << 23;
/// "strike", "explosion", "raid".
pub(super) const EVENT: Classes = 1 << 24;
/// "not", "n't", "never", "unable".
pub(super) const NEGATION: Classes = 1 << 25;
/// "catastrophe", "shameful", "great": a judgement.
pub(super) const JUDGEMENT: Classes = 1 << 26;
/// "Monday", "January": capitalised, and never part of a name.
pub(super) const CALENDAR: Classes = 1 << 27;
/// "please", "let": opens a wish or an order.
pub(super) const ORDER: Classes = 1 << 28;
/// "two", "several", "many": says how many, so that a bare plural can follow.
pub(super) const QUANTITY: Classes = 1 << 29;
/// "said", "believes": takes a clause without "that", so what follows is no clause of its own.
pub(super) const SAYING: Classes = 1 << 30;
/// "de", "al", "von": joins the parts of a name.
pub(super) const NAME_PARTICLE: Classes = 1 << 31;
/// "me", "him", "them": never a subject.
pub(super) const OBJECT_PRONOUN: Classes = 1 << 32;
/// "been", "taken", "be": part of a verb group, never finite by itself.
pub(super) const NOT_FINITE: Classes = 1 << 33;

const TABLE: &[(Classes, &str)] = &[
    (
        DETERMINER,
        "the a an this that these those its their his her our my your some any no each every both either neither another such all most half",
    ),
    (
        DETERMINER | QUANTITY,
        "one several many few more two three four five six seven eight nine ten eleven twelve dozens hundreds thousands",
    ),
    (
        PRONOUN,
        "he she it they we i you there one everyone everybody someone somebody nobody nothing everything anyone this these those",
    ),
    (OBJECT_PRONOUN, "me him them us"),
    (
        AUXILIARY,
        "am is are was were has have had do does did will would can could may might shall should must cannot ought",
    ),
    (
        AUXILIARY | NEGATION,
        "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't mightn't shan't shouldn't mustn't",
    ),
    (
        AUXILIARY | PRONOUN,
        "it's he's she's that's there's i'm we're they're you're i've we've they've you've i'll we'll they'll he'll she'll it'll you'll i'd we'd they'd he'd she'd",
    ),
    (
        PAST,
        "said told went came took gave made left hit struck fell rose began ran saw knew thought felt kept held stood lost won met sent spent paid built brought bought caught taught fought sought found became got drew grew flew threw wrote drove spoke broke chose froze shook rode led fed put set cut let shut hurt cost burst spread shot sank swore wore tore bore lay laid dealt dug hung slept swept bent lent meant heard sold shed quit split fled withdrew overran overtook underwent forgot saw blew hid beat bid stole sat understood retook",
    ),
    (
        PRESENT,
        "says say tells tell remains remain includes include believes believe thinks think expects expect seems seem appears appear continues continue becomes become makes make takes take gives give gets get goes go comes come knows know sees see keeps keep means mean follows follow allows allow contains contain consists contributes accommodates provides provide requires require suggests suggest indicates indicate describes describe explains explain adds warns argues argue insists insist denies deny confirms confirm exists exist lies belongs belong depends happens occurs relies receives receive produces produce operates operate begins begin loses lose wins brings bring considers consider intends intend agrees agree refuses refuse seeks tries try uses involves represents serves serve opens lives live lie works hears writes write reads carries carry covers employs faces connects connect extends stretches sits stands",
    ),
    (
        VERB_OR_NOUN,
        "plans plan reports report claims claim states state shares share borders border attacks attack strikes strike moves move calls call needs need shows show holds hold fires fire forces force hopes hope wants want leads lead notes note offers offer aims aim runs run costs falls rises supports support controls control links link marks mark visits visit talks talk hits targets target results result threatens feels feel puts put sets set cuts cut ends end starts start helps help houses sends turns turn feed feeds supplies rule rules",
    ),
    (
        SUBORDINATOR,
        "which who whom whose if because when whenever although though unless until whether where whereby why how what once lest",
    ),
    (SUBORDINATOR | DETERMINER, "that"),
    (SUBORDINATOR | PREPOSITION, "after before since as than like"),
    (SUBORDINATOR | COORDINATOR, "while whereas"),
    (COORDINATOR, "and but or nor yet so"),
    (
        PREPOSITION,
        "of in on at by for with from to into onto over under between through against about during within without across along around behind beyond despite near off out toward towards upon via amid among per up down above below inside outside until following including according due because",
    ),
    (
        ADVERB,
        "also not never now still already just even only again later earlier then soon once often always reportedly allegedly apparently probably possibly likely now currently recently previously initially finally largely repeatedly directly independently immediately officially publicly fully partly since ever almost nearly clearly seriously badly heavily completely effectively simply merely too both all yet",
    ),
    (NEGATION, "not never no nor neither cannot unable failed impossible yet without nobody none n't"),
    (
        NOT_FINITE,
        "be been being taken given seen known done gone shown driven written broken chosen hidden stolen torn worn thrown drawn flown grown spoken forbidden forgotten become overrun begun risen fallen beaten eaten",
    ),
    (
        INTRANSITIVE,
        "arrived remained continued happened occurred died exploded erupted landed appeared crashed collapsed reacted responded agreed decided returned gathered lived worked voted resigned retired erupted emerged failed escalated tried wanted began declined increased decreased dropped seemed belonged existed ended started stopped opened closed vanished disappeared succeeded moved turned refused survived detonated burned lasted stayed waited looked proved",
    ),
    (
        ROLE,
        "governor mayor minister president premier chancellor ambassador senator lawmaker congressman congresswoman prosecutor judge sheriff lawyer attorney secretary director chairman chairwoman chairperson chair founder ceo manager editor journalist correspondent reporter analyst expert professor researcher scientist doctor economist historian author writer teacher coach captain commander general colonel major lieutenant admiral sergeant soldier pilot resident witness survivor victim farmer driver neighbour neighbor activist blogger head chief deputy adviser advisor envoy diplomat negotiator candidate king queen prince pope bishop imam patriarch coordinator ombudsman inspector investigator detective spokesperson aide speaker dictator veteran nurse student owner moderator recorder clerk treasurer commissioner superintendent anchor host consultant strategist pollster engineer mechanic guard miner trader shopkeeper",
    ),
    (
        ROLE | MALE,
        "spokesman chairman businessman congressman policeman fireman serviceman king prince father son husband brother",
    ),
    (
        ROLE | FEMALE,
        "spokeswoman chairwoman businesswoman congresswoman policewoman queen princess mother daughter wife sister",
    ),
    (ROLE | BROAD_ROLE, "official leader politician man woman officer representative figure boss"),
    (MALE, "man"),
    (FEMALE, "woman"),
    (
        BODY,
        "ministry department agency service services forces army navy police council committee commission union party university institute bank company group corporation inc ltd corp llc plc center centre association federation office bureau board court parliament senate congress house government administration intelligence command staff organisation organization foundation news times post guardian telegraph journal herald tribune network newspaper magazine broadcaster channel watch international observatory academy partnership chamber society club authority directorate fund treasury embassy cabinet kremlin pentagon airline airlines airways hospital school operator watchdog regulator mission league assembly tribunal inspectorate brigade regiment battalion corps guard coalition alliance militia firm charity museum supplier utility manufacturer militants rebels campaign",
    ),
    (
        CROWD,
        "deputies officials sources authorities residents witnesses eyewitnesses reports channels analysts experts observers media locals activists bloggers journalists correspondents diplomats lawmakers leaders ministers soldiers troops prosecutors investigators police rescuers doctors medics critics supporters opponents users people others scientists researchers economists commanders members politicians spokespeople representatives governors mayors commentators historians lawyers relatives families neighbours neighbors villagers outlets newspapers insiders aides advisers advisors figures allies groups monitors survivors civilians volunteers outsiders sceptics skeptics users readers firefighters paramedics informants partisans accounts",
    ),
    (
        DOCUMENT,
        "report statement post tweet update letter document documents law poll survey study communique dispatch bulletin release filing memo indictment transcript footage video clip message note briefing website article recording resolution ruling data figures map maps notice assessment summary dossier paper complaint lawsuit",
    ),
    (
        TITLE,
        "mr mrs ms miss dr prof sir dame lord lady gen col lt maj capt sgt adm rep sen gov president minister general colonel major lieutenant captain sergeant admiral chancellor senator governor mayor king queen pope prince princess secretary professor chief judge justice ambassador commander marshal rev father",
    ),
    (MALE, "mr sir lord king"),
    (FEMALE, "mrs ms miss dame lady queen"),
    (
        GIVEN_NAME | MALE,
        "john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry ted marco tyler aaron jose adam nathan henry peter douglas zachary kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell louis philip bobby johnny bradley martin simon graham neil ian barack joe bill tom jim bob mike dan steve ben sam tim jeff hans klaus karl jens lars sven emmanuel olaf giorgio luca marco pierre jean jacques francois carlos luis jorge pedro pablo antonio javier ivan dmitry dmitri dmytro vladimir volodymyr sergei sergey serhiy serhii andrei andriy alexei oleksiy oleksii oleksandr aleksandr mikhail mykhailo mykola nikolai igor ihor oleg oleh yuri yurii yuriy boris roman pavel pavlo viktor victor vitaliy vitali valeriy valery valerii anatoly vasyl vasily konstantin kyrylo denys denis maksym maxim anton artem bohdan taras petro pyotr stepan yevgeny yevhen ruslan ramzan kirill gennady vadim leonid stanislav ostap mohammed muhammad ahmed ali hassan hussein mahmoud ibrahim yusuf omar khalid abdullah recep benjamin itzhak david yoav hiroshi kenji takashi narendra rahul imran lukasz piotr andrzej jaroslaw donald mateusz viktor gyorgy zoltan jan tomas petr milos zoran aleksandar",
    ),
    (
        GIVEN_NAME | FEMALE,
        "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori hillary ursula annalena angela giorgia sanna olena iryna irina oksana maryna natalia natalya nataliya kateryna yulia yuliia svitlana svetlana tetiana tatiana olha olga anastasia daria darya hanna lyudmyla lyudmila vira halyna larysa inna alla ludmila galina elena ekaterina polina ksenia nadia nadiya fatima aisha leila zeynep carmen lucia sofia ana marta katarzyna agnieszka",
    ),
    (
        PLACE,
        "ukraine russia america britain england scotland wales ireland france germany italy spain portugal poland hungary romania bulgaria greece turkey turkiye china japan india pakistan iran iraq israel syria lebanon egypt jordan yemen qatar afghanistan belarus moldova georgia armenia azerbaijan kazakhstan lithuania latvia estonia finland sweden norway denmark netherlands belgium austria switzerland serbia kosovo croatia slovakia slovenia canada mexico brazil argentina chile venezuela colombia cuba australia nigeria ethiopia sudan kenya libya algeria morocco tunisia taiwan vietnam thailand indonesia philippines kingdom states uk us usa eu u.s u.k nato un korea kyiv kiev moscow washington london paris berlin beijing brussels warsaw tehran jerusalem ankara minsk tokyo delhi seoul pyongyang kremlin pentagon hamas hezbollah gaza tbilisi chisinau budapest",
    ),
    (
        DEMONYM,
        "ukrainian russian american british english scottish welsh irish french german italian spanish portuguese polish hungarian romanian bulgarian greek turkish chinese japanese indian pakistani iranian iraqi israeli syrian lebanese egyptian jordanian yemeni qatari afghan belarusian moldovan georgian armenian azerbaijani kazakh lithuanian latvian estonian finnish swedish norwegian danish dutch belgian austrian swiss serbian croatian slovak canadian mexican brazilian venezuelan cuban australian nigerian ethiopian sudanese libyan taiwanese korean palestinian european western soviet republican democrat democratic republicans democrats conservative conservatives liberal labour tory communist socialist",
    ),
    (
        ASSERTION,
        "claim claims allegation allegations accusation accusations assertion assertions account accounts statement statements report reports information details version figures numbers toll rumour rumours rumor rumors testimony suggestion suggestions charge charges story authenticity veracity accuracy data news estimates estimate",
    ),
    (
        FOOTAGE,
        "footage video videos clip clips image images photo photos photograph photographs picture pictures recording recordings film",
    ),
    (
        EVENT,
        "attack attacks strike strikes raid raids explosion explosions blast blasts bombing bombings shelling shellings drone drones assault assaults incident incidents missile missiles operation operations sabotage bombardment airstrike airstrikes killing killings assassination crash fire fires gain gains advance advances capture casualties losses deaths damage withdrawal",
    ),
    (
        JUDGEMENT,
        "catastrophe catastrophic disaster disastrous shameful shame outrageous outrage terrible horrible awful great wonderful fantastic brilliant good bad best worst fear joke nonsense ridiculous absurd disgrace disgraceful tragic tragedy sad heartbreaking beautiful ugly brave heroic cowardly evil proud grateful unacceptable wrong right important unfair fair unjust miracle nightmare hell madness insane crazy stupid pathetic inspiring amazing incredible hopeless perfect fine enough reasonable sensible mistake",
    ),
    (
        CALENDAR,
        "may monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec",
    ),
    (
        ORDER,
        "please let let's thanks thank welcome congratulations hail god bless beware imagine remember consider stay keep stop wait look listen join click subscribe read watch share follow send take make give get be do don't never help tell ask go come see support donate visit sign call try use find learn check enjoy forget rest buy download register",
    ),
    (
        SAYING,
        "said says say told tells tell claimed claims claim believe believes believed think thinks thought know knows knew hope hopes hoped fear fears feared insisted insists announced suggested suggests suggest explained warned warns added adds argued argues stated states confirmed confirms denied denies reported reports revealed reveals noted notes acknowledged admitted admits estimated estimates expects expected alleged alleges assumed assumes understand understood hear heard see saw feel felt mean means ensure ensured showed shows show indicated indicates predicted predicts concluded wrote writes",
    ),
    (NAME_PARTICLE, "de del della di da du la le van von der den bin ibn al el abu ben mac st dos das"),
];

static WORDS: LazyLock<HashMap<u32, Classes, ByKey>> = LazyLock::new(|| {
    let mut words: HashMap<u32, Classes, ByKey> = HashMap::default();
    for (classes, row) in TABLE {
        for word in row.split_ascii_whitespace() {
            *words.entry(key(word)).or_default() |= classes;
            if word.contains('\'') {
                *words.entry(key(&word.replace('\'', "’"))).or_default() |= classes;
            }
        }
    }
    words
});

/// All classes of the word with this key; none for a word that isn't in the table.
pub(super) fn classes(key: u32) -> Classes {
    WORDS.get(&key).copied().unwrap_or(0)
}

/// The country that a demonym, a country's short name or its capital stands for: one key for all of them.
pub(super) fn country(word: &str) -> Option<&'static str> {
    BY_WORD.get(&key(word)).copied()
}

static BY_WORD: LazyLock<HashMap<u32, &'static str, ByKey>> = LazyLock::new(|| {
    let rows = COUNTRIES.iter().flat_map(|(country, words)| words.iter().map(|word| (key(word), *country)));
    rows.collect()
});

const COUNTRIES: &[(&str, &[&str])] = &[
    ("ukraine", &["ukraine", "ukrainian", "kyiv", "kiev"]),
    ("russia", &["russia", "russian", "moscow", "kremlin"]),
    ("uk", &["uk", "u.k", "u.k.", "britain", "british", "london", "england", "english", "kingdom"]),
    ("us", &["us", "u.s", "u.s.", "usa", "america", "american", "states", "washington", "pentagon"]),
    ("eu", &["eu", "european", "brussels"]),
    ("belarus", &["belarus", "belarusian", "minsk"]),
    ("france", &["france", "french", "paris"]),
    ("germany", &["germany", "german", "berlin"]),
    ("poland", &["poland", "polish", "warsaw"]),
    ("china", &["china", "chinese", "beijing"]),
    ("iran", &["iran", "iranian", "tehran"]),
    ("israel", &["israel", "israeli", "jerusalem"]),
    ("turkey", &["turkey", "turkiye", "turkish", "ankara"]),
    ("syria", &["syria", "syrian", "damascus"]),
    ("india", &["india", "indian", "delhi"]),
    ("japan", &["japan", "japanese", "tokyo"]),
    ("italy", &["italy", "italian", "rome"]),
    ("spain", &["spain", "spanish", "madrid"]),
    ("georgia", &["georgia", "georgian", "tbilisi"]),
    ("moldova", &["moldova", "moldovan", "chisinau"]),
    ("hungary", &["hungary", "hungarian", "budapest"]),
    ("palestine", &["palestinian", "gaza"]),
];

/// A word's key is a hash already.
#[derive(Clone, Copy, Default)]
pub(super) struct ByKey(u64);

impl BuildHasher for ByKey {
    type Hasher = ByKey;

    fn build_hasher(&self) -> ByKey {
        ByKey(0)
    }
}

impl Hasher for ByKey {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, key: u32) {
        // The table takes its buckets from the low bits and its tags from the high ones.
        self.0 = u64::from(key) << 32 | u64::from(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case_and_with_either_apostrophe() {
        assert_ne!(classes(key("The")) & DETERMINER, 0);
        assert_ne!(classes(key("doesn’t")) & NEGATION, 0);
        assert_eq!(classes(key("Ярцево")), 0);
    }

    #[test]
    fn a_demonym_and_a_capital_name_the_same_country() {
        assert_eq!(country("Ukrainian"), country("kyiv"));
        assert_ne!(country("Russian"), country("British"));
        assert_eq!(country("Atlantis"), None);
    }
}
