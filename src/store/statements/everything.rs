//! Uses everything that the store can do, so that every statement runs. What comes of it is tested elsewhere.

use std::ops::ControlFlow;
use std::path::Path;

use crate::domain::{
    Act, Addition, ArticleId, ClaimId, Clock, Deck, Draft, Edit, Excerpt, Meta, Mode, Moment, NamedDeck, NewArticle,
    NewClaim, Order, Seek, Status,
};
use crate::domain::{Ledger, LedgerOrder, Reliability, SourceAct, SourceSeek};
use crate::extract::extract;
use crate::store::{By, Store, log, open};

pub(super) fn run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.db");
    let mut store = Store::open(&path).unwrap();
    load(&mut store);
    decide(&mut store);
    find(&store);
    grade(&mut store);
    edit(&mut store);
    add(&mut store);
    join(&mut store);
    repeat(&mut store);
    read(&store);
    list_sources(&store);
    pass_on(&store, &folder.path().join("other.db"));
    relate(&mut store);
    see_blind(Store::open_reader(&path).unwrap().blind_for("bo"));
    drop(Store::open_to_read(&path).unwrap());
    drop(Store::open_reader(&path).unwrap());
    open::copy_aside(&store.db, &path, 1).unwrap();
}

const FLOOD: &str = "Flood at Velm\n\nTwelve houses were probably flooded in Velm on Monday, mayor Ada Brandt said. \
    The bridge over the Aarn was closed. The figures could not be verified independently.\n";
const FLOOD_LATER: &str = "Flood at Velm\n\nTwenty houses were probably flooded in Velm on Monday, mayor Ada Brandt said. \
    The bridge over the Aarn was closed. The figures could not be verified independently.\n";
const STRIKE: &str =
    "Strike at the port\n\nForty dockers walked out on Tuesday, the harbour union wrote on Telegram.\n";

fn article(text: &str, path: &str) -> NewArticle {
    let known = |word: &str| Some(word.to_owned());
    let title = text.lines().next().map(str::to_owned);
    let meta = Meta { path: known(path), outlet: known("Gazette"), lang: known("en"), title, ..Meta::default() };
    let found = extract(text);
    assert!(!found.claims.is_empty());
    NewArticle::new(Draft { text: text.to_owned(), meta }, found)
}

fn by(now_ms: i64) -> By {
    By { analyst: "ana".into(), session: None, now_ms }
}

/// A new text, a version, the version before again, another place of a text; and a load that is given up.
fn load(store: &mut Store) {
    let mut loader = store.loader();
    for (text, path) in
        [(FLOOD, "a.txt"), (STRIKE, "b.txt"), (FLOOD_LATER, "a.txt"), (FLOOD, "a.txt"), (STRIKE, "c.txt")]
    {
        loader.add(&article(text, path), Moment(7)).unwrap();
    }
    // More claims than full text is asked for one by one, and a version before.
    for hour in [6, 7] {
        let houses = |street| format!("At {hour} on Monday {street} houses were flooded in street {street}. ");
        loader.add(&article(&(10..30).map(houses).collect::<String>(), "log.txt"), Moment(8)).unwrap();
    }
    loader
        .add(&article(&format!("Long\n\nThe dam held on Monday.{}", "\n".repeat(70_000)), "long.txt"), Moment(8))
        .unwrap();
    loader.finish().unwrap();
    let mut dropped = store.loader();
    dropped.add(&article("The mill burned down on Friday.", "d.txt"), Moment(8)).unwrap();
}

fn ids(store: &Store, query: &str) -> Vec<ClaimId> {
    let deck = Deck { query: query.into(), ..Deck::default() };
    store.page(&deck, Seek::First, 100).unwrap().claims.iter().map(|claim| claim.id).collect()
}

fn decide(store: &mut Store) {
    let session = store.open_session(&by(1), &Deck::default()).unwrap();
    let claims = ids(store, "");
    for (now_ms, claim) in claims.iter().enumerate() {
        let by = By { session: Some(session.id), ..by(now_ms as i64) };
        for status in [Status::Disputed, Status::Verified] {
            store.decide(&by, &[(*claim, Act::Status { status })]).unwrap();
        }
    }
    // The only claim with this tag, so that none has it once it is taken back.
    store.decide(&by(1_000), &[(claims[0], Act::Tag { tag: "once".into() })]).unwrap();
    store.undo(&by(1_000)).unwrap().unwrap();
    store.redo(&by(1_001)).unwrap().unwrap();
    store.undo(&by(1_002)).unwrap().unwrap();
    store.save_place(session.id, &Deck::default(), claims.first().copied(), Moment(9)).unwrap();
    store.resume(session.id).unwrap();
    store.last_session("ana").unwrap().unwrap();
    store.sessions(None).unwrap();
    store.find_session(&session.id.to_string()).unwrap();
}

/// A claim that an analyst adds, and another analyst, earlier, with another source.
fn add(store: &mut Store) {
    let article = store.page(&Deck::default(), Seek::First, 1).unwrap().claims[0].article.id;
    let words = Excerpt { spans: vec![[0, 5]], text: "Flood".into() };
    let added = |source| Addition::by_hand(article, words.clone(), source);
    let id = added("").id();
    store.decide(&by(70), &[(id, Act::Add(Box::new(added("Ida Berg"))))]).unwrap();
    let mut earlier = store.decisions(id).unwrap().remove(0);
    (earlier.id, earlier.clock, earlier.act) = (uuid::Uuid::nil(), Clock(0), Act::Add(Box::new(added("Ada Brandt"))));
    let mut loader = store.loader();
    loader.add_decisions(&[earlier]).unwrap();
    loader.finish().unwrap();
    assert_eq!(ids(store, "source:brandt is:added"), [id]);
    assert_eq!(ids(store, "flood is:added"), [id]);
}

/// A line that stands at the foot of so many articles of one outlet that it is furniture.
fn repeat(store: &mut Store) {
    let mut loader = store.loader();
    for street in ["High", "Mill", "Church", "School", "Bridge", "Castle"] {
        let text = format!("The council closed {street} Street.\n\nThe Gazette is read in every town on the Aarn.");
        loader.add(&article(&text, &format!("{street}.txt")), Moment(9)).unwrap();
    }
    loader.finish().unwrap();
    let hidden = store.page(&Deck { query: "is:hidden".into(), ..Deck::default() }, Seek::First, 9).unwrap().claims;
    assert_eq!(hidden.iter().filter_map(|claim| claim.state.furniture_in).collect::<Vec<_>>(), [6; 6]);
}

/// Every kind of filter in every order, from every place.
fn find(store: &Store) {
    let here = ids(store, "")[1];
    let flood = store.articles(None, 1).unwrap()[0].id;
    for query in [
        "",
        "houses",
        "status:verified houses",
        "hedge:probably houses",
        "article:flood",
        "source:brandt",
        "source:=\"Ada Brandt\"",
        "outlet:gazette -hedge:probably",
        "tag:x OR worth:>0.1",
        "after:1960-01-01",
        &format!("article:{flood}"),
    ] {
        for order in Order::ALL {
            let deck = Deck { query: query.into(), order };
            let places = [Seek::First, Seek::Last, Seek::From(here), Seek::Before(here), Seek::After(here)];
            let articles = [Seek::NextArticle(here), Seek::PreviousArticle(here), Seek::NextUnreviewed(here)];
            for seek in places.into_iter().chain(articles) {
                store.page(&deck, seek, 2).unwrap();
                // What is long is not found by testing claims.
                store.page(&deck, seek, 300).unwrap();
            }
            store.count(&deck, 10).unwrap();
            store.rank(&deck, here, 10).unwrap();
        }
    }
    for (field, typed) in [("source", ""), ("outlet", ""), ("article", ""), ("article", "fl")] {
        store.values(field, typed, 5).unwrap();
    }
}

/// Words that so many claims have that they are only looked for together, and the claim that has nothing else.
fn relate(store: &mut Store) {
    const SENTENCE: &str = "Harbour dockers union. ";
    const TIMES: u32 = 1100;
    let text = SENTENCE.repeat(TIMES as usize);
    let id = ArticleId::of_text(&text);
    let claim = |place: u32| {
        let start = place * SENTENCE.len() as u32;
        let span = [start, start + SENTENCE.len() as u32 - 2];
        NewClaim::bare(id, vec![span], SENTENCE.trim_end_matches(". "))
    };
    let claims: Vec<_> = (0..TIMES).map(claim).collect();
    let first = claims[0].id;
    let mut loader = store.loader();
    let meta = Meta { path: Some("union.txt".to_owned()), ..Meta::default() };
    loader.add(&NewArticle { id, text, meta, rules: 1, claims, hidden: Vec::new() }, Moment(9)).unwrap();
    loader.finish().unwrap();
    store.related(first).unwrap();
}

/// What a blind review alone asks.
fn see_blind(store: Store) {
    assert!(ids(&store, "status:verified").is_empty());
    ids(&store, "tag:x OR is:changed");
    store.stats().unwrap();
    store.alpha().unwrap();
    store.articles(None, 1).unwrap();
}

fn read(store: &Store) {
    let info = store.articles(None, 1).unwrap().remove(0);
    store.articles(Some(info.id), 1).unwrap();
    store.documents(info.id).unwrap();
    store.claims_of(info.id, |_| Ok(ControlFlow::Continue(()))).unwrap();
    store.find_article(&store.short_article_id(info.id).unwrap()).unwrap();
    let claim = ids(store, "")[0];
    store.claim(claim).unwrap().unwrap();
    store.decisions(claim).unwrap();
    store.find_claim(&store.short_id(claim).unwrap()).unwrap();
    store.stats().unwrap();
    store.progress().unwrap();
    store.source_count().unwrap();
    store.last_load().unwrap();
    store.news(Moment(0)).unwrap();
}

/// Grades a source, takes that back, and does it again.
fn grade(store: &mut Store) {
    let first = store.sources(&Ledger::default(), &SourceSeek::First, 1).unwrap().sources.remove(0);
    let act = SourceAct::Reliability { reliability: Some(Reliability::B) };
    store.decide_source(&by(2_000), &first.name, act).unwrap();
    store.undo(&by(2_001)).unwrap().unwrap();
    store.redo(&by(2_002)).unwrap().unwrap();
    store.source(&first.name).unwrap().unwrap();
    store.source_decisions(&first.name).unwrap();
}

/// Joins two sources, looks for them, and takes them apart.
fn join(store: &mut Store) {
    let mut names = store.sources(&Ledger::default(), &SourceSeek::First, 2).unwrap().sources;
    let (other, first) = (names.remove(1).name, names.remove(0).name);
    store.join_sources(&by(2_003), std::slice::from_ref(&other), &first).unwrap();
    let ledger = Ledger { letters: other.clone(), ..Ledger::default() };
    assert_eq!(store.sources(&ledger, &SourceSeek::First, 2).unwrap().sources[0].name, first);
    assert!(!ids(store, &format!("source:\"{other}\"")).is_empty());
    store.split_sources(&by(2_004), &[other]).unwrap();
    store.undo(&by(2_005)).unwrap().unwrap();
    store.redo(&by(2_006)).unwrap().unwrap();
}

/// The ledger of sources in each of its orders, in both directions.
fn list_sources(store: &Store) {
    for order in LedgerOrder::ALL {
        let ledger = Ledger { order, letters: String::new() };
        let page = store.sources(&ledger, &SourceSeek::First, 2).unwrap();
        let name = page.sources[0].name.clone();
        for seek in [SourceSeek::Last, SourceSeek::After(name.clone()), SourceSeek::Before(name)] {
            store.sources(&ledger, &seek, 2).unwrap();
        }
    }
}

/// Hands everything to another store as an export and an import do: decisions first, so that they wait for their claims.
fn pass_on(store: &Store, other: &Path) {
    let (mut articles, mut decisions) = (Vec::new(), Vec::new());
    for query in ["", "status:verified"] {
        store
            .for_each_claim(&Deck { query: query.into(), ..Deck::default() }, |_| Ok(ControlFlow::Continue(())))
            .unwrap();
        store.for_each_article_outside_decks(query, |_| Ok(ControlFlow::Continue(()))).unwrap();
        let keep = |article: crate::domain::ArticleRecord| {
            store.article(article.info.id)?.unwrap();
            articles.push(store.record(article.info.id)?.unwrap());
            Ok(ControlFlow::Continue(()))
        };
        store.for_each_article(query, keep).unwrap();
        let keep = |decision| {
            decisions.push(decision);
            Ok(ControlFlow::Continue(()))
        };
        store.for_each_decision(query, keep).unwrap();
    }
    let mut on_sources = Vec::new();
    let keep = |decision| {
        on_sources.push(decision);
        Ok(ControlFlow::Continue(()))
    };
    store.for_each_source_decision(keep).unwrap();
    let mut other = Store::open(other).unwrap();
    let mut loader = other.loader();
    loader.add_source_decisions(&on_sources).unwrap();
    loader.add_decisions(&decisions).unwrap();
    for record in articles {
        loader.add(&article(&record.text, record.info.meta.path.as_deref().unwrap()), record.info.loaded_at).unwrap();
    }
    loader.finish().unwrap();
    assert!(log::newest_clock(&other.db).unwrap().0 > 0);
}

/// An edit that moves a claim to another source, one act on many claims, decks with a name.
fn edit(store: &mut Store) {
    let claim =
        store.page(&Deck { query: "source:brandt".into(), ..Deck::default() }, Seek::First, 1).unwrap().claims[0].id;
    for source in ["", "Harbour master"] {
        let edit = Edit { source: Some(source.into()), mode: Some(Mode::Mixed), ..Edit::default() };
        store.decide(&by(60), &[(claim, Act::Edit(edit))]).unwrap();
    }
    let later = [Act::Later { later: true }];
    assert!(store.decide_all(&by(61), "houses", &later, true).unwrap() > 0);
    let deck = NamedDeck { name: "floods".into(), deck: Deck { query: "flood".into(), order: Order::Worth } };
    store.save_deck(&deck).unwrap();
    assert_eq!(store.decks().unwrap(), [deck]);
    store.drop_deck("floods").unwrap();
}
