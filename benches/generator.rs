//! Wire news that nobody wrote: articles of any number, always the same for a seed, for benchmarks and soak tests.
//!
//! Article `i` depends on the seed and `i` alone, so a longer run begins with the shorter one. People, places and
//! outlets are invented. In the text: named officials with ranks, channels, quotations that run over paragraphs,
//! paraphrase, hedges, remarks on verification, repeated captions, furniture, and one article in twenty that is an
//! earlier one with another lead.

/// One article, as a line of `.jsonl` has it.
pub(crate) struct Article {
    pub(crate) title: String,
    pub(crate) outlet: &'static str,
    pub(crate) url: String,
    pub(crate) published: String,
    pub(crate) text: String,
}

/// Makes articles from a seed.
pub(crate) struct Generator {
    seed: u64,
    /// Paragraphs in an article on average.
    paragraphs: u64,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, paragraphs: 14 }
    }

    /// With this many paragraphs an article on average instead of 14 (about 2.7 kB).
    pub(crate) fn paragraphs(self, paragraphs: u64) -> Self {
        Self { paragraphs: paragraphs.max(1), ..self }
    }

    pub(crate) fn article(&self, number: u64) -> Article {
        let mut outer = Dice::new(self.seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let reissue = number > 20 && outer.one_in(20);
        let body_of = if reissue { number - 1 - outer.below(20) } else { number };
        let mut dice = Dice::new(self.seed ^ body_of.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ 1);
        let story = Story::cast(&mut dice);
        let outlet = outer.pick(OUTLETS);
        let title = story.sentence(dice.pick(TITLES), &mut dice);
        let mut text = format!("{title}\n\n");
        if reissue {
            text += &format!("{}\n\n", story.sentence(outer.pick(LEADS), &mut outer));
        }
        let caption = story.sentence(dice.pick(CAPTIONS), &mut dice);
        let count = 1 + dice.below(self.paragraphs * 2 - 1);
        for place in 0..count {
            let template = if place == 0 { dice.pick(LEADS) } else { dice.pick(PARAGRAPHS) };
            text += &story.sentence(template, &mut dice);
            text += "\n\n";
            if place == 2 || (place == 5 && dice.one_in(2)) {
                text += &format!("{caption}\n\n");
            }
            if dice.one_in(12) {
                text += &format!("{}\n\n", dice.pick(FURNITURE));
            }
        }
        text.truncate(text.trim_end().len());
        let day = outer.below(700);
        Article {
            title,
            outlet,
            url: format!("https://{}.example/news/{number}", outlet.to_lowercase().replace(' ', "-")),
            published: format!("20{}-{:02}-{:02}", 25 + day / 360, 1 + day % 360 / 30, 1 + day % 28),
            text,
        }
    }
}

/// The people and places of one story, so that surnames and pronouns have somebody to stand for.
struct Story {
    speaker: (&'static str, &'static str),
    other: (&'static str, &'static str),
    role: &'static str,
    body: &'static str,
    places: [&'static str; 3],
}

impl Story {
    fn cast(dice: &mut Dice) -> Self {
        Self {
            speaker: (dice.pick(FIRST), dice.pick(LAST)),
            other: (dice.pick(FIRST), dice.pick(LAST)),
            role: dice.pick(ROLES),
            body: dice.pick(BODIES),
            places: [dice.pick(PLACES), dice.pick(PLACES), dice.pick(PLACES)],
        }
    }

    /// The template filled and, since slots are lower case, begun with a capital.
    fn sentence(&self, template: &str, dice: &mut Dice) -> String {
        let mut words = self.fill(template, dice);
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }

    fn fill(&self, template: &str, dice: &mut Dice) -> String {
        let mut out = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, tail) = after.split_once('}').unwrap_or((after, ""));
            out += before;
            self.slot(slot, dice, &mut out);
            rest = tail;
        }
        out + rest
    }

    fn slot(&self, slot: &str, dice: &mut Dice, out: &mut String) {
        match slot {
            "name" => *out += &format!("{} {}", self.speaker.0, self.speaker.1),
            "last" => *out += self.speaker.1,
            "name2" => *out += &format!("{} {}", self.other.0, self.other.1),
            "last2" => *out += self.other.1,
            "role" => *out += self.role,
            "body" => *out += self.body,
            "place" => *out += dice.pick(&self.places),
            "thing" => *out += dice.pick(THINGS),
            "event" => *out += dice.pick(EVENTS),
            "did" => *out += &self.fill(dice.pick(DID), dice),
            "hedge" => *out += dice.pick(HEDGES),
            "cue" => *out += dice.pick(CUES),
            "day" => *out += dice.pick(DAYS),
            "n" => *out += &(2 + dice.below(90)).to_string(),
            "big" => *out += &format!("{},{:03}", 1 + dice.below(80), dice.below(1000)),
            "channel" => *out += dice.pick(CHANNELS),
            "fact" => *out += &self.fill(dice.pick(FACTS), dice),
            other => *out += other,
        }
    }
}

/// SplitMix64: small, quick, and the same everywhere (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len() as u64) as usize]
    }
}

const FIRST: &[&str] = &[
    "Ada", "Bruno", "Celia", "Darko", "Edda", "Fabio", "Greta", "Henrik", "Ilka", "Joris", "Katya", "Lorenz", "Mira",
    "Nils", "Olga", "Pavel", "Rasa", "Stefan", "Tilda", "Viktor",
];
const LAST: &[&str] = &[
    "Brandt",
    "Corvin",
    "Dragan",
    "Eklund",
    "Ferrante",
    "Galic",
    "Hollis",
    "Ivarsson",
    "Jansky",
    "Kessler",
    "Lindgren",
    "Maretti",
    "Novik",
    "Orlov",
    "Petrescu",
    "Quist",
    "Rademaker",
    "Soltesz",
    "Tamm",
    "Urbanek",
    "Varga",
    "Weller",
    "Zoric",
];
const ROLES: &[&str] = &[
    "district head",
    "army spokesman",
    "regional governor",
    "deputy defence minister",
    "mayor",
    "railway chief",
    "emergency service spokeswoman",
    "energy minister",
];
const BODIES: &[&str] = &[
    "the Ministry of Defence of Norrland",
    "the Varnian General Staff",
    "the State Emergency Service",
    "the Border Guard of Velland",
    "the Interior Ministry",
    "the Joint Monitoring Mission",
];
const PLACES: &[&str] = &[
    "Karsk",
    "Velmar",
    "Ostra",
    "Dunhaven",
    "Port Mirel",
    "Tarnow Hill",
    "Lower Brenn",
    "Sarnik",
    "Halde",
    "Corvina",
    "Estmark",
];
const THINGS: &[&str] = &[
    "a fuel depot",
    "the railway bridge",
    "two power stations",
    "an ammunition store",
    "the grain terminal",
    "a radar site",
    "the water works",
    "three transformers",
    "an apartment block",
    "the northern airfield",
];
const EVENTS: &[&str] =
    &["drone attack", "missile strike", "shelling", "explosion", "fire", "air raid", "ground assault"];
const DID: &[&str] = &[
    "damaged {thing}",
    "struck {thing} near {place}",
    "left {big} people without power",
    "killed {n} people in {place}",
    "wounded at least {n} people",
    "was repelled near {place}",
    "destroyed {n} vehicles",
    "closed the road to {place}",
];
const HEDGES: &[&str] =
    &["probably", "reportedly", "allegedly", "almost certainly", "likely", "apparently", "very likely"];
const CUES: &[&str] =
    &["said", "said", "said", "added", "claimed", "told reporters", "warned", "announced", "insisted", "wrote"];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const CHANNELS: &[&str] = &["his Telegram channel", "her Telegram channel", "social media", "the ministry's website"];
const OUTLETS: &[&str] =
    &["Northern Post", "Harbour Wire", "Daily Ledger", "Estmark Courier", "Continental Press", "Metro Dispatch"];
const FACTS: &[&str] = &[
    "the {event} {did}",
    "crews restored power to {big} homes",
    "the front line moved by {n} km near {place}",
    "{n} drones were shot down over {place}",
    "trains to {place} were cancelled",
    "the {event} began at 4:30 a.m. on {day}",
    "about {big} residents left {place}",
    "the depot held {big} tons of diesel",
];
const TITLES: &[&str] = &[
    "Fire in {place} after reported {event}",
    "{event} hits {thing} in {place}, {role} says",
    "What is known about the {event} in {place}",
    "{place} without power after night of strikes",
];
const LEADS: &[&str] = &[
    "A {event} {did} overnight, {body} said on {day}.",
    "{name}, the {role} of {place}, said on {day} that {fact}.",
    "At least {n} people were killed when a {event} hit {thing} in {place}, officials said.",
    "A suspected {event} {did} in the early hours of {day}, according to {body}.",
];
const CAPTIONS: &[&str] = &[
    "Smoke rises over {place} after the {event} on {day}",
    "Residents of {place} wait for water near {thing}",
    "Crews work at {thing} in {place}",
];
const FURNITURE: &[&str] = &[
    "Advertisement",
    "Related Articles",
    "Read more",
    "Share this article",
    "Sign up for our newsletter",
    "Back to top",
];
const PARAGRAPHS: &[&str] = &[
    "{role} {name} said in a post on {channel}: “We know that {fact}, and {fact}.”",
    "“We were told that {fact},” {last} {cue}. “It will {hedge} happen again.”",
    "{last} {cue} that {fact} and that {fact}.",
    "{last}’s claims have not been verified.",
    "According to {body}, {fact}.",
    "“The cause of the {event} is not known,” {body} said.\n\n“If it was deliberate, {body} will {hedge} respond.”",
    "{name2}, a spokesman for {body}, denied that {fact}.",
    "He added that {fact}.",
    "The {event} {did}, while {fact}.",
    "Several monitoring channels claimed that {fact}.",
    "The reports could not be independently confirmed.",
    "Gen. {name2} {cue} {n} days ago that {place} was “under control”.",
    "{body} {hedge} moved {n} units to {place}, analysts said.",
    "It comes after {fact} in recent weeks.",
    "Why did it take {n} days to reach {place}?",
    "Dr. {last2} of the {place} clinic said {n} of the {big} wounded were children.",
    "{fact}, {body} said in a statement. {last2} did not comment.",
    "The agency quoted {last2} as saying {fact}.",
];
