//! Articles with claims, as many as a benchmark wants, quicker than extraction gives them.
//!
//! Some hundred generated articles are extracted. Each further one is a copy of one of them with a paragraph of its own
//! that ends it: other ids, one more claim, and words drawn from a vocabulary of 60,000 as unevenly as words are used,
//! so that the index grows as it would on real text. Some copies name their sources differently, so that a store of
//! millions of claims has tens of thousands of sources.

use claimdeck::domain::{ArticleId, ClaimId, CodePoints, Draft, Meta, Mode, NewArticle, NewClaim};
use claimdeck::extract::extract;

use crate::generator::{Dice, Generator};

/// Articles that are extracted.
const EXTRACTED: u64 = 800;
/// Words that a store of any size draws from.
const VOCABULARY: u64 = 60_000;
/// In one copy of so many a source has a name of its own.
const OWN_SOURCE: u64 = 12;

/// Makes articles from a few.
pub(crate) struct Pool {
    articles: Vec<NewArticle>,
}

impl Pool {
    pub(crate) fn extracted() -> Self {
        let generator = Generator::new(1);
        Self { articles: (0..EXTRACTED).map(|number| found(&generator, number)).collect() }
    }

    /// The article with this number, always the same.
    pub(crate) fn article(&self, number: u64) -> NewArticle {
        let mut article = self.articles[(number % EXTRACTED) as usize].clone();
        let mut dice = Dice::new(number ^ 0xC1A1_4DEC);
        let begin = CodePoints::new(&article.text).of_byte(article.text.len()) + 2;
        let words: Vec<_> = (0..14).map(|_| word(&mut dice)).collect();
        let last = format!("Observer {} said {}.", word(&mut dice), words.join(" "));
        article.text = format!("{}\n\n{last}", article.text);
        article.id = ArticleId::of_text(&article.text);
        if dice.one_in(OWN_SOURCE) {
            let own = format!("{} {}", word(&mut dice), word(&mut dice));
            let sources = article.claims.iter_mut().filter_map(|c| c.attribution.as_mut()?.source.as_mut());
            sources.filter(|_| dice.one_in(4)).for_each(|source| source.name = Some(own.clone()));
        }
        article.claims.push(NewClaim {
            id: ClaimId::of_spans(article.id, &[]),
            spans: vec![[begin, begin + last.len() as u32]],
            text: last,
            mode: Mode::Narrative,
            attribution: None,
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: (number % 97) as f32 / 100.0,
            worth_reasons: Vec::new(),
        });
        for claim in &mut article.claims {
            claim.id = ClaimId::of_spans(article.id, &claim.spans);
        }
        article.meta.url = Some(format!("https://copy.example/{number}"));
        article
    }
}

fn found(generator: &Generator, number: u64) -> NewArticle {
    let made = generator.article(number);
    let meta = Meta {
        title: Some(made.title),
        outlet: Some(made.outlet.to_owned()),
        url: Some(made.url),
        published: Some(made.published),
        ..Meta::default()
    };
    let found = extract(&made.text);
    NewArticle::new(Draft { text: made.text, meta }, found)
}

/// A word of the vocabulary, the lower its number the more often.
fn word(dice: &mut Dice) -> String {
    // The square of an even draw is a rough Zipf: half of all draws fall on a quarter of the words.
    let draw = dice.below(1 << 20);
    invented((draw * draw / (1 << 20) * VOCABULARY) >> 20)
}

/// One of the words that stand in the fewest claims.
pub(crate) fn rare_word() -> String {
    invented(VOCABULARY - 7)
}

fn invented(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "ve", "lo", "mi", "tru", "sha", "ne", "bor", "ul", "ri", "za", "ged", "pon", "ist", "eh", "wal"];
    let mut word = "q".to_owned();
    loop {
        word += SYLLABLES[(number % 16) as usize];
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}
