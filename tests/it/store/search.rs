//! Queries and pages over a store of several pieces, compared with what they mean.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use claimdeck::domain::*;
use claimdeck::store::Store;
use proptest::prelude::*;

use super::naive::{Known, selected};
use super::sample::{Desk, by, said_by, with_meta};

const WORDS: [&str; 12] =
    ["oil", "gas", "oilfield", "harbour", "rose", "fell", "night", "strike", "rain", "of", "the", "new"];
const NAMES: [&str; 5] = ["Ida Berg", "berg council", "Ministry of Rain", "Abe Long", "ida Strand"];

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn words(&mut self, most: u64) -> String {
        let count = 1 + self.roll(most);
        (0..count).map(|_| WORDS[self.roll(WORDS.len() as u64) as usize]).collect::<Vec<_>>().join(" ")
    }
}

struct Sample {
    desk: Desk,
    known: Vec<Known>,
}

fn some_article(dice: &mut Dice, number: u64) -> (NewArticle, i64) {
    let text: String = (0..dice.roll(160)).map(|_| format!("{}. ", dice.words(5))).collect();
    let published =
        (dice.roll(3) > 0).then(|| format!("19{}-0{}-1{}", 70 + dice.roll(9), 1 + dice.roll(9), dice.roll(9)));
    let meta = Meta {
        title: (dice.roll(4) > 0).then(|| dice.words(3)),
        outlet: (dice.roll(3) > 0).then(|| ["Night Post", "Harbour Post"][dice.roll(2) as usize].into()),
        path: Some(format!("{number}.txt")),
        lang: Some(["en", "de"][dice.roll(2) as usize].into()),
        published: published.clone(),
        ..Meta::default()
    };
    let mut article = with_meta(&format!("{number}\n{text}"), meta);
    for claim in &mut article.claims {
        if dice.roll(3) > 0 {
            said_by(claim, NAMES[dice.roll(5) as usize]);
            claim.mode = [Mode::Direct, Mode::Mixed, Mode::Indirect][dice.roll(3) as usize];
        }
        if dice.roll(9) == 0 {
            let band = [None, Some(Band::VeryLikely)][dice.roll(2) as usize];
            claim.hedges.push(Hedge { span: [0, 1], term: "reportedly".into(), band });
        }
        if dice.roll(200) == 0 {
            claim.remarks.push(Remark { span: [0, 1], kind: RemarkKind::NotVerified, text: None });
        }
        claim.worth = dice.roll(101) as f32 / 100.0;
    }
    let moment = published.map_or(1_000, |day| format!("{day}T00:00:00Z").parse::<Moment>().unwrap().0);
    (article, moment)
}

fn some_act(dice: &mut Dice) -> Act {
    match dice.roll(5) {
        0 | 1 => Act::Status { status: Status::ALL[dice.roll(6) as usize] },
        2 => Act::Note { note: "n".into() },
        3 => Act::Tag { tag: ["oil", "Gas"][dice.roll(2) as usize].into() },
        _ => Act::Later { later: true },
    }
}

/// Some 9,000 claims, two pieces, with decisions here and there. Made once.
fn sample() -> MutexGuard<'static, Sample> {
    static SAMPLE: OnceLock<Mutex<Sample>> = OnceLock::new();
    let held = SAMPLE.get_or_init(|| {
        let (mut desk, mut dice) = (Desk::new(), Dice(7));
        let mut loaded = Vec::new();
        let mut loader = desk.store.loader();
        for number in 0..120 {
            let (article, moment) = some_article(&mut dice, number);
            loader.add(&article, Moment(1_000)).unwrap();
            loaded.push((article, moment));
        }
        loader.finish().unwrap();
        add_some(&mut desk, &mut dice, &loaded);
        let ids: Vec<_> = read_all(&desk.store).into_iter().map(|c| c.id).collect();
        for now in 0..60 {
            // A few stretches with many decisions, and single ones far between.
            let start = dice.roll(ids.len() as u64) as usize;
            let many = if dice.roll(4) == 0 { 40 } else { 1 };
            let acts: Vec<_> = ids[start..].iter().take(many).map(|id| (*id, some_act(&mut dice))).collect();
            desk.store.decide(&by(["ana", "Bo"][dice.roll(2) as usize], now), &acts).unwrap();
        }
        let place = |claim: &Claim| loaded.iter().position(|(article, _)| article.id == claim.article.id).unwrap();
        let all = read_all(&desk.store);
        assert!(all.is_sorted_by_key(|c| (place(c), c.spans[0][0])), "not in the order of the texts");
        let known = all.into_iter().map(|claim| Known { moment: loaded[place(&claim)].1, claim });
        let known: Vec<_> = known.collect();
        assert!(known.len() > 8_192, "{}", known.len());
        Mutex::new(Sample { known, desk })
    });
    // A test that failed with the sample in its hand changed nothing in it.
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Claims that analysts add: before the first of an article, after the last, in the middle, in one without claims; and
/// some that they take back.
fn add_some(desk: &mut Desk, dice: &mut Dice, loaded: &[(NewArticle, i64)]) {
    for (number, (article, _)) in loaded.iter().enumerate() {
        let length = article.text.chars().count() as u32;
        for _ in 0..if number % 3 == 0 { dice.roll(4) } else { 0 } {
            let start = [0, dice.roll(length.into()) as u32, length - 2][dice.roll(3) as usize];
            let end = (start + 1 + dice.roll(30) as u32).min(length);
            let source = ["", NAMES[dice.roll(5) as usize]][dice.roll(2) as usize];
            let words = Excerpt { spans: vec![[start, end]], text: String::new() };
            let added = Addition::by_hand(article.id, words, source);
            if desk.store.decide(&by("ana", 0), &[(added.id(), Act::Add(Box::new(added)))]).is_ok() && dice.roll(4) == 0
            {
                desk.store.undo(&by("ana", 0)).unwrap().unwrap();
            }
        }
    }
    assert!(desk.texts("is:added").len() > 40);
}

fn read_all(store: &Store) -> Vec<Claim> {
    store.page(&Deck::default(), Seek::First, usize::MAX >> 1).unwrap().claims
}

fn any_condition() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(WORDS.to_vec());
    prop_oneof![
        4 => word().prop_map(str::to_owned),
        1 => (word(), word()).prop_map(|(a, b)| format!("\"{a} {b}\"")),
        1 => prop::sample::select(vec!["oi*", "h*", "\"new oil\"*", "zebra", "nigh*", "Ida", "council"]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "status:verified", "status:unreviewed", "status:not-a-claim", "-status:unreviewed", "mode:direct",
            "mode:narrative", "source:berg", "source:\"ministry of\"", "source:nobody", "source:=\"Ida Berg\"", "source:=\"Ida\"", "outlet:post", "outlet:night",
            "outlet:daily", "article:oil", "article:a12345", "analyst:ana", "analyst:BO", "hedge:reportedly",
            "hedge:very-likely", "tag:gas", "tag:none", "lang:en", "lang:fr", "has:note", "has:remark", "has:conflict",
            "has:evidence", "is:later", "is:changed", "is:added", "before:1974", "after:1973-05", "worth:>0.9", "worth:<=0.02",
            "worth:0.5", "worth:>=0.005",
        ]).prop_map(str::to_owned),
    ]
}

fn any_query() -> impl Strategy<Value = String> {
    let nested = any_condition().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    });
    prop_oneof![1 => Just(String::new()), 12 => nested]
}

fn any_order() -> impl Strategy<Value = Order> {
    prop::sample::select(Order::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_query_selects_what_it_means(query in any_query(), order in any_order()) {
        let sample = sample();
        let expected: Vec<_> = selected(&query, order, &sample.known).iter().map(|c| c.id).collect();
        let deck = Deck { query: query.clone(), order };
        for (seek, part) in [
            (Seek::First, &expected[..expected.len().min(100)]),
            (Seek::Last, &expected[expected.len().saturating_sub(100)..]),
        ] {
            let page = sample.desk.store.page(&deck, seek, 100).unwrap();
            prop_assert!(page.claims.iter().map(|c| c.id).eq(part.iter().copied()), "{} {:?}", query, seek);
        }
        let count = sample.desk.store.count(&deck, 1_000_000).unwrap();
        prop_assert_eq!(count, Count { n: expected.len() as u64, more: false });
    }

    #[test]
    fn every_seek_gives_the_stretch_that_it_means(
        query in any_query(), order in any_order(), at in any::<prop::sample::Index>(), limit in 1usize..9, kind in 0..8
    ) {
        let sample = sample();
        let all = selected("", order, &sample.known);
        let place = at.index(all.len());
        let (claim, id) = (all[place], all[place].id);
        // Each claim's place in the whole store, so that a claim outside the deck has one too.
        let places: std::collections::HashMap<_, _> = all.iter().enumerate().map(|(p, c)| (c.id, p)).collect();
        let deck_claims = selected(&query, order, &sample.known);
        let first_after = deck_claims.partition_point(|c| places[&c.id] <= place);
        let first_from = deck_claims.partition_point(|c| places[&c.id] < place);
        let other = |c: &&&Claim| c.article.id != claim.article.id;
        let (seek, from) = match kind {
            0 => (Seek::First, Some(0)),
            1 => (Seek::Last, None),
            2 => (Seek::After(id), Some(first_after)),
            3 => (Seek::Before(id), None),
            4 => (Seek::From(id), Some(first_from)),
            5 => {
                let next = deck_claims[first_after..].iter().position(|c| other(&c));
                (Seek::NextArticle(id), Some(next.map_or(deck_claims.len(), |p| first_after + p)))
            }
            6 => {
                let before = deck_claims[..first_from].iter().rposition(|c| other(&c));
                let start = before.map_or(0, |last| {
                    let article = deck_claims[last].article.id;
                    deck_claims[..last].iter().rposition(|c| c.article.id != article).map_or(0, |p| p + 1)
                });
                (Seek::PreviousArticle(id), Some(start))
            }
            _ => {
                let open = |c: &&Claim| c.state.status == Status::Unreviewed;
                let next = deck_claims[first_after..].iter().position(open);
                (Seek::NextUnreviewed(id), Some(next.map_or(deck_claims.len(), |p| first_after + p)))
            }
        };
        let (start, end) = match (from, seek) {
            (Some(start), _) => (start, (start + limit).min(deck_claims.len())),
            (None, Seek::Last) => (deck_claims.len().saturating_sub(limit), deck_claims.len()),
            (None, _) => (first_from.saturating_sub(limit), first_from),
        };
        let deck = Deck { query: query.clone(), order };
        let page = sample.desk.store.page(&deck, seek, limit).unwrap();
        let expected: Vec<_> = deck_claims[start..end].iter().map(|c| c.id).collect();
        prop_assert_eq!(page.claims.iter().map(|c| c.id).collect::<Vec<_>>(), expected, "{} {:?}", query, seek);
        prop_assert_eq!((page.at_start, page.at_end), (start == 0, end == deck_claims.len()), "{} {:?}", query, seek);

        let rank = sample.desk.store.rank(&deck, id, 1_000_000).unwrap();
        prop_assert_eq!(rank, Count { n: first_from as u64, more: false });
        let bounded = sample.desk.store.rank(&deck, id, 10).unwrap();
        prop_assert_eq!(bounded, Count { n: (first_from as u64).min(10), more: first_from > 10 });
    }

    #[test]
    fn nothing_that_can_be_typed_breaks_a_statement(
        query in prop_oneof![any::<String>(), "[a-z\"*:^(){}+\\-\0'%_ ]{0,24}", "(source|article|outlet|tag|hedge|analyst|lang):\\PC{1,12}"],
        order in any_order()
    ) {
        let sample = sample();
        let deck = Deck { query, order };
        if let Err(error) = sample.desk.store.page(&deck, Seek::First, 3) {
            prop_assert!(matches!(error, claimdeck::store::StoreError::Query(_)), "{:?}: {error}", deck.query);
        }
    }
}

#[test]
fn words_are_found_without_case_and_accents_in_text_title_and_source() {
    let mut desk = Desk::new();
    let mut article =
        with_meta("Die Größe in Łódź. Ein Café.", Meta { title: Some("Über Nacht".into()), ..Meta::default() });
    said_by(&mut article.claims[1], "Škoda Works");
    desk.load(&article);
    assert_eq!(desk.texts("cafe"), ["Ein Café"]);
    assert_eq!(desk.texts("skoda"), ["Ein Café"]);
    assert_eq!(desk.texts("uber").len(), 2);
    assert_eq!(desk.texts("GRÖSSE OR größe"), ["Die Größe in Łódź"]);
    assert_eq!(desk.texts("\"cafe nacht\"").len(), 0);
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "(Łódź|Lodz|Ida|ida|BERG|berg|Ministry|of|Größe|x1|東京|O.K.|Ἀθήνα)( |-|, |’)?(of|Berg|Šibenik|no 7|ministry|e\u{301}t)?",
        1 => "\\PC{1,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_source_is_found_by_the_words_that_full_text_holds_of_its_name(
        names in prop::collection::vec(any_name(), 1..12),
        edited in any_name(),
        asked in prop::collection::vec((any_name(), any::<bool>()), 1..6),
    ) {
        let mut desk = Desk::new();
        let text: String = (0..names.len() * 3).map(|n| format!("Number {n} rose. ")).collect();
        let mut article = with_meta(&text, Meta::default());
        for (place, claim) in article.claims.iter_mut().enumerate().filter(|(place, _)| place % 3 > 0) {
            said_by(claim, &names[place % names.len()]);
        }
        desk.load(&article);
        let edit = Act::Edit(Edit { source: Some(edited.trim().into()), ..Edit::default() });
        desk.store.decide(&by("ana", 5), &[(article.claims[1].id, edit)]).unwrap();
        let raw = rusqlite::Connection::open(desk.path()).unwrap();
        let mut find = raw
            .prepare("SELECT hash FROM claim WHERE id IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?1) ORDER BY id")
            .unwrap();
        for (words, prefix) in asked {
            let words = words.replace(['"', '“', '”'], " ");
            let star = if prefix { "*" } else { "" };
            let query = format!("source:\"{words}\"{star}");
            if Query::parse(&query).is_err() {
                continue;
            }
            let matching = format!("source : \"{}\" {star}", words.replace('\0', " "));
            let expected = find.query_map([matching], |row| row.get(0).map(ClaimId)).unwrap();
            let expected: Vec<ClaimId> = expected.collect::<Result<_, _>>().unwrap();
            for order in [Order::Article, Order::Worth] {
                let found: Vec<_> = desk.claims(&query, order).into_iter().map(|claim| claim.id).collect();
                prop_assert_eq!(&found, &expected, "{} in {:?}", query, names);
            }
        }
    }
}

/// A short page is found by testing claims where many have the words; one of everything in full text alone.
#[test]
fn words_mean_the_same_to_every_way_of_finding_them() {
    let words =
        ["Łódź", "city", "café", "x1’s", "東京都", "Ἀθήνα", "o'clock", "re\u{301}gime", "ＦＵＬＬ", "①", "a_b", "٣"];
    let mut desk = Desk::new();
    let mut dice = Dice(3);
    for number in 0..12 {
        let text: String = (0..40)
            .map(|n| format!("{n} {} {}. ", words[dice.roll(12) as usize], words[dice.roll(12) as usize]))
            .collect();
        let title = (number % 2 == 0).then(|| words[number % 12].to_owned());
        let mut article = with_meta(&text, Meta { title, path: Some(format!("{number}")), ..Meta::default() });
        article.claims.iter_mut().step_by(5).for_each(|claim| said_by(claim, words[dice.roll(12) as usize]));
        desk.load(&article);
    }
    let all: Vec<_> = read_all(&desk.store).into_iter().map(|claim| claim.id).collect();
    for (place, claim) in all.iter().enumerate().step_by(7) {
        let edit = Edit { source: Some(words[place % 12].into()), ..Edit::default() };
        desk.store.decide(&by("ana", 5), &[(*claim, Act::Edit(edit))]).unwrap();
    }
    let asked = ["l", "CAFE", "x", "東", "αθ", "clock", "regime", "full", "é", "3", "nothing"];
    for (number, word) in asked.into_iter().enumerate() {
        for query in [
            format!("{word}*"),
            word.to_owned(),
            format!("-{word}*"),
            format!("{word}* (city OR a_b)"),
            format!("is:edited {word}*"),
        ] {
            for order in [Order::Article, Order::ALL[number % 4]] {
                let deck = Deck { query: query.clone(), order };
                let expected: Vec<_> = desk.claims(&query, order).into_iter().map(|claim| claim.id).collect();
                let mut found: Vec<ClaimId> = Vec::new();
                let mut seek = Seek::First;
                loop {
                    let page = desk.store.page(&deck, seek, 40).unwrap();
                    found.extend(page.claims.iter().map(|claim| claim.id));
                    match found.last() {
                        Some(last) if !page.at_end => seek = Seek::After(*last),
                        _ => break,
                    }
                }
                assert_eq!(found, expected, "{query} {order}");
                let last = desk.store.page(&deck, Seek::Last, 40).unwrap();
                let last: Vec<_> = last.claims.iter().map(|claim| claim.id).collect();
                assert_eq!(last, expected[expected.len().saturating_sub(40)..], "{query} {order}");
            }
        }
    }
}

#[test]
fn an_article_is_asked_for_by_its_shortened_id() {
    let desk = Desk::with(&["One rose.", "Two rose."]);
    let id = desk.claim("Two rose").article.id.to_string();
    assert_eq!(desk.texts(&format!("article:{}", &id[..8])), ["Two rose"]);
    assert_eq!(desk.texts(&format!("article:{id}")), ["Two rose"]);
}

#[test]
fn ids_may_be_shortened_while_one_fits() {
    let sample = sample();
    let store = &sample.desk.store;
    for known in sample.known.iter().step_by(997) {
        let short = store.short_id(known.claim.id).unwrap();
        assert!(short.len() >= 5 && known.claim.id.to_string().starts_with(&short), "{short}");
        assert_eq!(store.find_claim(&short).unwrap(), known.claim.id);
        assert_eq!(store.find_claim(&known.claim.id.to_string()).unwrap(), known.claim.id);
        let article = store.short_article_id(known.claim.article.id).unwrap();
        assert_eq!(store.find_article(&article).unwrap(), known.claim.article.id);
    }
    let error = store.find_claim("c1").unwrap_err().to_string();
    assert!(error.starts_with("\"c1\" fits several claims: c1"), "{error}");
    for wrong in ["", "c", "zzz", "a1", "cé", "c00000000000000000000000000000000000"] {
        assert!(store.find_claim(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn streams_give_everything_once_and_stop_when_told() {
    use std::ops::ControlFlow;
    let sample = sample();
    let store = &sample.desk.store;
    for order in Order::ALL {
        let deck = Deck { query: "oil -status:verified".into(), order };
        let expected: Vec<_> = selected(&deck.query, order, &sample.known).iter().map(|c| c.id).collect();
        let mut found = Vec::new();
        store
            .for_each_claim(&deck, |claim| {
                found.push(claim.id);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        assert_eq!(found, expected);
    }
    let mut articles = 0;
    store
        .for_each_article("", |_| {
            articles += 1;
            Ok(if articles == 100 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .unwrap();
    assert_eq!(articles, 100);
    let mut asked_for = std::collections::BTreeSet::new();
    store
        .for_each_article("tag:oil", |article| {
            asked_for.insert(article.info.id);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    let tagged = selected("tag:oil", Order::Article, &sample.known);
    assert_eq!(asked_for, tagged.iter().map(|c| c.article.id).collect());
    let mut claims = std::collections::BTreeSet::new();
    store
        .for_each_decision("tag:oil", |decision| {
            claims.insert(decision.claim);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    assert_eq!(claims, tagged.iter().map(|c| c.id).collect());
}

#[test]
fn counts_of_sources_and_outlets_are_those_of_their_claims() {
    let sample = sample();
    let stats = sample.desk.store.stats().unwrap();
    let sources = sample.desk.store.sources(&Ledger::default(), &SourceSeek::First, 100).unwrap().sources;
    assert_eq!(sources.len(), NAMES.len());
    for source in &sources {
        let of: Vec<_> = sample.known.iter().filter(|k| name_of(&k.claim) == Some(source.name.as_str())).collect();
        let reviewed = of.iter().filter(|k| k.claim.state.status != Status::Unreviewed).count() as u64;
        let articles: std::collections::BTreeSet<_> = of.iter().map(|k| k.claim.article.id).collect();
        assert_eq!((source.claims, source.articles), (of.len() as u64, articles.len() as u64));
        assert_eq!(stats.by_source[&source.name], Progress { claims: source.claims, reviewed });
        assert_eq!(source.by_status.values().sum::<u64>(), source.claims);
    }
    let without = sample.known.iter().filter(|k| k.claim.article.meta.outlet.is_none()).count() as u64;
    assert_eq!(stats.by_outlet[""].claims, without);
    assert_eq!(stats.by_outlet.values().map(|p| p.claims).sum::<u64>(), sample.known.len() as u64);
}

#[test]
fn values_to_complete_are_those_in_the_store() {
    let sample = sample();
    let store = &sample.desk.store;
    assert_eq!(store.values("source", "ida", 9).unwrap(), ["Ida Berg", "ida Strand"]);
    assert_eq!(store.values("source", "", 1).unwrap(), ["Abe Long"]);
    assert_eq!(store.values("outlet", "night", 9).unwrap(), ["Night Post"]);
    assert_eq!(store.values("tag", "", 9).unwrap(), ["gas", "oil"]);
    assert_eq!(store.values("analyst", "b", 9).unwrap(), ["bo"]);
    assert!(store.values("status", "", 9).unwrap().is_empty());
}

#[test]
fn titles_to_complete_are_those_of_current_articles_with_such_words_newest_first() {
    let mut desk = Desk::new();
    let titles = ["Fire at the depot", "“Fire!” on a ferry", "Rain \u{1b}[2J", "Firewood is dear", "Fire at the depot"];
    for (place, title) in titles.into_iter().enumerate() {
        let path = format!("{place}.txt");
        let meta = Meta { title: Some(title.into()), path: Some(path), ..Meta::default() };
        desk.load(&with_meta(&format!("Number {place} rose."), meta));
    }
    let meta = Meta { title: Some("Snow".into()), path: Some("3.txt".into()), ..Meta::default() };
    desk.load(&with_meta("The wood is wet.", meta));
    let titles = |typed: &str| desk.store.values("article", typed, 9).unwrap();
    assert_eq!(titles("fire"), ["Fire at the depot", "Fire! on a ferry"]);
    assert_eq!(titles("fire at the d"), ["Fire at the depot"]);
    assert_eq!(titles("")[..2], ["Snow", "Fire at the depot"]);
    assert_eq!(titles("\" OR \"").len(), 0);
    for title in titles("fire") {
        assert!(!desk.texts(&format!("article:\"{title}\"")).is_empty(), "{title}");
    }
}

fn name_of(claim: &Claim) -> Option<&str> {
    claim.attribution.as_ref()?.source.as_ref()?.best_name()
}
