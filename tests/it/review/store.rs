//! A store in memory that answers effects as the real one does: pages by claim, a log of decisions, undo by batch.

use std::collections::BTreeMap;
use std::sync::Arc;

use claimdeck::app::{Answer, Effect, Pass, Reading, Saved, Tally, Ticket};
use claimdeck::domain::{
    Act, ArticleId, ArticleInfo, ArticleRef, ArticleText, Attribution, Claim, ClaimId, ClaimState, Clock, Count, Cue,
    Decision, Deck, HiddenSpan, KnownSource, Ledger, LedgerOrder, Meta, Mode, Moment, NamedDeck, NewClaim, News, Order,
    Page, Progress, Rarity, Related, RelatedClaims, Seek, Session, SourceAct, SourceDecision, SourceInfo, SourcePage,
    SourceRef, SourceSeek, SourceState, Stats, Status, Wording, relation,
};
use uuid::Uuid;

/// Articles, claims and decisions.
pub(super) struct FakeStore {
    pub(super) claims: Vec<Claim>,
    pub(super) articles: Vec<ArticleText>,
    pub(super) log: Vec<Decision>,
    /// Decisions on sources.
    pub(super) source_log: Vec<SourceDecision>,
    /// What the statistics hold beside counts of claims.
    pub(super) stats: Stats,
    pub(super) session: Session,
    /// What time it is when the review starts.
    pub(super) now: Moment,
    /// When something was loaded last.
    pub(super) last_load: Option<Moment>,
    /// Whether it finds related claims, by comparing with every claim.
    pub(super) relates: bool,
    /// Refuses decisions while it is set.
    pub(super) full: bool,
    /// Decks that were given a name.
    pub(super) decks: Vec<NamedDeck>,
    /// Independent sources that a verified claim is to have.
    pub(super) gate: u8,
    /// Whether the review says that it is blind; this store hides nothing.
    pub(super) blind: bool,
}

impl FakeStore {
    pub(super) fn empty() -> Self {
        let session = Session {
            id: Uuid::from_u128(1),
            analyst: "ana".into(),
            deck: Deck::default(),
            place: None,
            started_at: Moment(1_795_340_000),
            seen_at: Moment(1_795_356_191),
            decisions: 0,
        };
        Self {
            claims: Vec::new(),
            articles: Vec::new(),
            log: Vec::new(),
            source_log: Vec::new(),
            stats: Stats::default(),
            session,
            now: Moment(1_795_356_191),
            last_load: None,
            relates: false,
            full: false,
            gate: 0,
            blind: false,
            decks: Vec::new(),
        }
    }

    /// So many claims in articles of `each`.
    pub(super) fn plain(claims: usize, each: usize) -> Self {
        let mut store = Self::empty();
        for article in 0..claims.div_ceil(each) {
            let here = each.min(claims - article * each);
            let sentences: Vec<_> = (0..here).map(|n| format!("Article {article} asserts thing {n}.")).collect();
            let parts: Vec<_> = sentences.iter().map(|s| Part::claim(s)).collect();
            store.add(Meta { title: Some(format!("Article {article}")), ..Meta::default() }, &parts);
        }
        store
    }

    /// Adds an article made of these parts, a space between them where no line ends.
    pub(super) fn add(&mut self, meta: Meta, parts: &[Part]) {
        let spaced = |part: &Part| if part.text.ends_with('\n') { "" } else { " " };
        let text: String = parts.iter().flat_map(|p| [p.text.as_str(), spaced(p)]).collect();
        let id = ArticleId::of_text(&text);
        let mut at = 0;
        let mut claims = Vec::new();
        let mut hidden = Vec::new();
        let total = parts.iter().filter(|p| p.mode.is_some()).count() as u32;
        for part in parts {
            let length = part.text.chars().count() as u32;
            let span = [at, at + length];
            at += length + spaced(part).len() as u32;
            let Some(mode) = part.mode else {
                hidden.extend(part.furniture.then(|| HiddenSpan { span, why: "furniture".into() }));
                continue;
            };
            let claim_id = ClaimId::of_spans(id, &[span]);
            claims.push((claim_id, vec![span]));
            let mut claim = Claim {
                id: claim_id,
                article: ArticleRef { id, meta: meta.clone().into() },
                ordinal: claims.len() as u32,
                text: part.text.trim().to_owned(),
                spans: vec![span],
                mode,
                attribution: part.source.as_ref().map(|s| attribution(s)),
                source: None,
                hedges: Vec::new(),
                remarks: Vec::new(),
                worth: 1.0 / claims.len() as f32,
                worth_reasons: vec!["number".into(), "named place".into()],
                changed: false,
                found: None,
                state: ClaimState::default(),
            };
            (part.more)(&mut claim);
            self.claims.push(claim);
        }
        let info =
            ArticleInfo { id, meta, version: 1, current: true, loaded_at: Moment(0), claims: total, unreviewed: total };
        self.articles.push(ArticleText { info, text, claims, hidden });
    }

    /// Grants a wish; none for those that have no answer.
    pub(super) fn answer(&mut self, effect: Effect) -> Option<(Ticket, Answer)> {
        Some(match effect {
            Effect::Page { ticket, deck, seek, limit } => (ticket, Answer::Page(self.page(&deck, seek, limit))),
            Effect::DecideSources { ticket, .. }
            | Effect::Decide { ticket, .. }
            | Effect::DecideGroup { ticket, .. }
            | Effect::Undo { ticket }
            | Effect::Redo { ticket }
                if self.full =>
            {
                (ticket, Answer::Refused("the disk is full".into()))
            }
            Effect::Decks { ticket } => (ticket, Answer::Decks(self.decks.clone())),
            Effect::SaveDeck(named) => {
                self.decks.push(named);
                return None;
            }
            Effect::DropDeck(name) => {
                self.decks.retain(|named| named.name != name);
                return None;
            }
            Effect::DecideEach { ticket, .. } if self.full => (ticket, Answer::Refused("the disk is full".into())),
            Effect::DecideEach { ticket, acts } => {
                let batch = Uuid::from_u128(1000 + self.log.len() as u128);
                for (claim, act) in &acts {
                    self.write(*claim, batch, act.clone());
                }
                (ticket, Answer::Saved(acts.iter().map(|(claim, _)| self.saved(*claim)).collect()))
            }
            Effect::DecideAll { ticket, .. } if self.full => (ticket, Answer::Refused("the disk is full".into())),
            Effect::DecideAll { ticket, query, acts, over } => {
                let open = |c: &&Claim| over || self.state(c.id).status == Status::Unreviewed;
                let all: Vec<_> =
                    self.claims.iter().filter(|c| self.fits(c, &query)).filter(open).map(|c| c.id).collect();
                let batch = Uuid::from_u128(1000 + self.log.len() as u128);
                for claim in &all {
                    acts.iter().for_each(|act| self.write(*claim, batch, act.clone()));
                }
                (ticket, Answer::SavedAll(all.len() as u64))
            }
            Effect::CountAll { ticket, deck } => (ticket, self.count(&deck, None)),
            Effect::Decide { ticket, claim, acts } => (ticket, self.decide(claim, acts)),
            Effect::DecideGroup { ticket, claims, act } => (ticket, self.decide_group(&claims, &act)),
            Effect::DecideSources { ticket, acts } => {
                let batch = Uuid::from_u128(5000 + self.source_log.len() as u128);
                for (source, act) in &acts {
                    self.write_source(source, batch, act.clone());
                }
                (ticket, self.saved_source(&acts[0].0, Vec::new()))
            }
            Effect::History { ticket, claim } => {
                (ticket, Answer::History(self.log.iter().filter(|d| d.claim == claim).cloned().collect()))
            }
            Effect::SourceHistory { ticket, source } => {
                let own = self.source_log.iter().filter(|d| self.head(&d.source) == source).cloned();
                (ticket, Answer::SourceHistory(own.collect()))
            }
            Effect::Undo { ticket } => (ticket, self.back(false)),
            Effect::Redo { ticket } => (ticket, self.back(true)),
            Effect::Article { ticket, id } => match self.articles.iter().find(|a| a.info.id == id) {
                Some(article) => (ticket, Answer::Article(Arc::new(Reading::new(article.clone())))),
                None => (ticket, Answer::Refused("no such article".into())),
            },
            Effect::Count { ticket, deck, before } => (ticket, self.count(&deck, before)),
            Effect::Neighbours { ticket, article, claim, limit } => {
                let deck = Deck { query: format!("article:{article}"), order: Order::Article };
                let mut page = self.page(&deck, Seek::Before(claim), limit);
                let rest = self.page(&deck, Seek::From(claim), limit);
                page.claims.extend(rest.claims);
                (ticket, Answer::Neighbours(Page { at_end: rest.at_end, ..page }))
            }
            Effect::Related { ticket, claim } => (ticket, Answer::Related(Arc::new(self.related(claim)))),
            Effect::News { ticket, since } => (ticket, Answer::News(self.news(since))),
            Effect::Values { ticket, field, beginning, .. } => {
                let known =
                    if field == "outlet" { &["Harbour Gazette", "Northern Post", "Northern Wire"][..] } else { &[] };
                let fits = |value: &&&str| value.to_lowercase().starts_with(&beginning.to_lowercase());
                (ticket, Answer::Values(known.iter().filter(fits).map(|value| (*value).to_owned()).collect()))
            }
            Effect::Stats { ticket } => (ticket, Answer::Stats(Box::new(self.stats()))),
            Effect::Progress { ticket } => (ticket, Answer::Progress(self.progress())),
            Effect::Articles { ticket, after, limit } => {
                let from = after.map_or(0, |id| 1 + self.articles.iter().position(|a| a.info.id == id).unwrap());
                let rows = self.articles[from..].iter().take(limit).map(|a| self.info(a)).collect();
                (ticket, Answer::Articles(rows))
            }
            Effect::Sources { ticket, ledger, seek, limit } => {
                (ticket, Answer::Sources(self.sources(&ledger, &seek, limit)))
            }
            Effect::Sessions { ticket } => (ticket, Answer::Sessions(vec![self.session.clone()])),
            Effect::OpenSession { ticket, choice } => {
                match choice {
                    Pass::Resume(id) => assert_eq!(id, self.session.id),
                    Pass::New(deck) => {
                        let id = Uuid::from_u128(self.session.id.as_u128() + 1);
                        self.session = Session { id, deck, place: None, ..self.session.clone() };
                    }
                }
                (ticket, Answer::Session(self.session.clone()))
            }
            Effect::SavePlace { deck, place } => {
                (self.session.deck, self.session.place) = (deck, place);
                return None;
            }
            Effect::Copy(_)
            | Effect::Editor(_)
            | Effect::Open(_)
            | Effect::Suspend
            | Effect::Reload
            | Effect::Redraw
            | Effect::Quit => {
                return None;
            }
        })
    }

    /// The state of a claim by the log alone.
    pub(super) fn state(&self, claim: ClaimId) -> ClaimState {
        let own: Vec<_> = self.log.iter().filter(|d| d.claim == claim).cloned().collect();
        ClaimState::of(&own)
    }

    fn told(&self, claim: &Claim) -> Claim {
        let mut told = claim.clone();
        told.set_state(self.state(claim.id));
        let own = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(SourceRef::best_name);
        if let Some(name) = own.map(|own| self.head(own)).filter(|name| Some(name.as_str()) != own) {
            told.source = Some(KnownSource { name, reliability: None });
        }
        told
    }

    fn info(&self, article: &ArticleText) -> ArticleInfo {
        let open = |(id, _): &&(ClaimId, _)| self.state(*id).status == Status::Unreviewed;
        ArticleInfo { unreviewed: article.claims.iter().filter(open).count() as u32, ..article.info.clone() }
    }

    fn source_state(&self, name: &str) -> SourceState {
        let own: Vec<_> = self.source_log.iter().filter(|d| d.source == name).cloned().collect();
        SourceState::of(&own)
    }

    /// The name under which a source is counted.
    fn head(&self, name: &str) -> String {
        let mut at = name.to_owned();
        while let Some(into) = self.source_state(&at).joined {
            at = into.name;
        }
        at
    }

    fn write_source(&mut self, source: &str, batch: Uuid, act: SourceAct) {
        let number = self.log.len() as i64 + self.source_log.len() as i64 + 1;
        self.source_log.push(SourceDecision {
            id: Uuid::from_u128(number as u128),
            clock: Clock(number),
            at: Moment(1_795_356_191),
            analyst: "ana".into(),
            session: None,
            batch,
            source: source.to_owned(),
            act,
        });
    }

    fn saved_source(&self, name: &str, gone_over: Vec<(String, SourceAct)>) -> Answer {
        let ledger = Ledger { order: LedgerOrder::Name, letters: String::new() };
        let page = self.sources(&ledger, &SourceSeek::First, usize::MAX);
        let source = page.sources.into_iter().find(|s| s.is_called(name)).unwrap();
        Answer::SavedSource(gone_over, Box::new(source))
    }

    /// Counts, and the rest as a test sets it.
    fn stats(&self) -> Stats {
        let Progress { claims, reviewed } = self.progress();
        let of = |status| self.claims.iter().filter(|c| self.state(c.id).status == status).count() as u64;
        let by_status = Status::ALL.into_iter().map(|status| (status.word().to_owned(), of(status))).collect();
        Stats { claims, reviewed, by_status, ..self.stats.clone() }
    }

    /// The ledger, made from the claims each time it is asked for.
    fn sources(&self, ledger: &Ledger, seek: &SourceSeek, limit: usize) -> SourcePage {
        let mut all: Vec<SourceInfo> = Vec::new();
        for claim in &self.claims {
            let Some(source) = claim.attribution.as_ref().and_then(|a| a.source.as_ref()) else { continue };
            let own = source.name.clone().unwrap();
            let name = self.head(&own);
            let place = all.iter().position(|known| known.name == name).unwrap_or_else(|| {
                let by_status = BTreeMap::new();
                let (role, kind) = (source.role.clone(), source.kind);
                let reliability = self.source_state(&name).reliability;
                let joined = Vec::new();
                all.push(SourceInfo { name, role, kind, claims: 0, articles: 1, by_status, reliability, joined });
                all.len() - 1
            });
            if !all[place].is_called(&own) {
                all[place].joined.push(own);
            }
            all[place].claims += 1;
            *all[place].by_status.entry(self.state(claim.id).status.word().to_owned()).or_default() += 1;
        }
        let share = |s: &SourceInfo| s.record().map_or(-1.0, |record| record.refuted_share());
        all.sort_by(|a, b| a.name.cmp(&b.name));
        match ledger.order {
            LedgerOrder::Claims => all.sort_by_key(|s| std::cmp::Reverse(s.claims)),
            LedgerOrder::Name => {}
            LedgerOrder::Refuted => all.sort_by(|a, b| share(b).total_cmp(&share(a))),
        }
        all.retain(|s| s.name.to_lowercase().contains(&ledger.letters.trim().to_lowercase()));
        let place = |name: &str| all.iter().position(|s| s.name == name);
        let (start, end) = match seek {
            SourceSeek::First => (0, limit),
            SourceSeek::Last => (all.len().saturating_sub(limit), all.len()),
            SourceSeek::After(name) => place(name).map_or((0, limit), |at| (at + 1, at + 1 + limit)),
            SourceSeek::Before(name) => place(name).map_or((0, limit), |at| (at.saturating_sub(limit), at)),
            SourceSeek::Around(name) => {
                place(name).map_or((0, limit), |at| (at.saturating_sub(limit / 2), at + limit - limit / 2))
            }
        };
        let end = end.min(all.len());
        let (at_start, at_end) = (start == 0, end == all.len());
        SourcePage { sources: all[start.min(end)..end].to_vec(), at_start, at_end }
    }

    fn news(&self, since: Moment) -> News {
        let new = self.last_load.is_some_and(|at| at > since);
        let Progress { claims, reviewed } = self.progress();
        let later = self.claims.iter().filter(|c| self.state(c.id).later).count() as u64;
        let (articles, of_them) = if new { (2, 9) } else { (0, 0) };
        News { articles, claims: of_them, versions: 0, unreviewed: claims - reviewed, later, conflicts: 0 }
    }

    fn progress(&self) -> Progress {
        let reviewed = self.claims.iter().filter(|c| self.state(c.id).status != Status::Unreviewed).count();
        Progress { claims: self.claims.len() as u64, reviewed: reviewed as u64 }
    }

    fn count(&self, deck: &Deck, before: Option<ClaimId>) -> Answer {
        let ordered = self.ordered(deck.order);
        let fitting: Vec<_> = ordered.iter().filter(|c| self.fits(c, &deck.query)).collect();
        let before = before.map(|id| {
            let place = ordered.iter().position(|c| c.id == id).unwrap();
            let n = ordered[..place].iter().filter(|c| self.fits(c, &deck.query)).count() as u64;
            Count { n, more: false }
        });
        Answer::Count(Tally { total: Count { n: fitting.len() as u64, more: false }, before })
    }

    fn ordered(&self, order: Order) -> Vec<&Claim> {
        let mut all: Vec<_> = self.claims.iter().collect();
        if order == Order::Worth {
            all.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        }
        all
    }

    fn fits(&self, claim: &Claim, query: &str) -> bool {
        if self.state(claim.id).withdrawn || query.contains("is:added") && self.state(claim.id).added_by.is_none() {
            return false;
        }
        // A name has words between its marks; nothing else that these tests ask for has.
        if let Some((name, rest)) = query.strip_prefix("source:=\"").and_then(|q| q.split_once('"')) {
            let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref());
            let said = source.and_then(|s| s.name.as_deref()).is_some_and(|of| self.head(of) == self.head(name));
            return said && self.fits(claim, rest);
        }
        query.split_whitespace().all(|term| {
            let term = term.trim_matches(['(', ')', '"', '*']);
            match term.split_once(':') {
                Some(("is", "added")) => true,
                Some(("status", status)) => self.state(claim.id).status.word() == status,
                Some(("article", id)) => claim.article.id.to_string() == id,
                _ => {
                    let title = claim.article.meta.title.as_deref().unwrap_or_default();
                    [claim.text.as_str(), title].iter().any(|text| text.to_lowercase().contains(&term.to_lowercase()))
                }
            }
        })
    }

    fn page(&self, deck: &Deck, seek: Seek, limit: usize) -> Page {
        let all = self.ordered(deck.order);
        let place = |id: ClaimId| all.iter().position(|c| c.id == id).unwrap();
        let fits = |c: &&Claim| self.fits(c, &deck.query);
        let here = |id| all[place(id)].article.id;
        let start = match seek {
            Seek::First => 0,
            Seek::Last | Seek::Before(_) => {
                let end = if let Seek::Before(id) = seek { place(id) } else { all.len() };
                let mut back: Vec<_> = (0..end).rev().filter(|p| fits(&all[*p])).take(limit).collect();
                back.reverse();
                return self.cut(&all, deck, &back, end);
            }
            Seek::After(id) => place(id) + 1,
            Seek::From(id) => place(id),
            Seek::NextArticle(id) => {
                (place(id)..all.len()).find(|p| all[*p].article.id != here(id)).unwrap_or(all.len())
            }
            Seek::PreviousArticle(id) => {
                let before = (0..place(id)).rev().find(|p| all[*p].article.id != here(id) && fits(&all[*p]));
                let Some(before) = before else { return Page { at_start: true, at_end: true, ..Page::default() } };
                all.iter().position(|c| c.article.id == all[before].article.id).unwrap()
            }
            Seek::NextUnreviewed(id) => {
                let open = |p: &usize| self.state(all[*p].id).status == Status::Unreviewed && fits(&all[*p]);
                (place(id) + 1..all.len()).find(open).unwrap_or(all.len())
            }
        };
        let found: Vec<_> = (start..all.len()).filter(|p| fits(&all[*p])).take(limit).collect();
        self.cut(&all, deck, &found, start)
    }

    fn cut(&self, all: &[&Claim], deck: &Deck, places: &[usize], edge: usize) -> Page {
        let fits = |p: &usize| self.fits(all[*p], &deck.query);
        let first = places.first().copied().unwrap_or(edge);
        let after = places.last().map_or(edge, |last| last + 1);
        Page {
            claims: places.iter().map(|p| self.told(all[*p])).collect(),
            at_start: !(0..first).any(|p| fits(&p)),
            at_end: !(after..all.len()).any(|p| fits(&p)),
        }
    }

    fn decide(&mut self, claim: ClaimId, acts: Vec<Act>) -> Answer {
        let batch = Uuid::from_u128(1000 + self.log.len() as u128);
        for act in acts {
            self.write(claim, batch, act);
        }
        Answer::Saved(vec![self.saved(claim)])
    }

    fn decide_group(&mut self, claims: &[ClaimId], act: &Act) -> Answer {
        let batch = Uuid::from_u128(1000 + self.log.len() as u128);
        claims.iter().for_each(|claim| self.write(*claim, batch, act.clone()));
        Answer::Saved(claims.iter().map(|claim| self.saved(*claim)).collect())
    }

    fn related(&self, id: ClaimId) -> RelatedClaims {
        if !self.relates {
            return RelatedClaims { of: id, claims: Vec::new(), origins: Vec::new() };
        }
        let wordings: Vec<_> = self.claims.iter().map(|claim| Wording::new(&claim.text)).collect();
        let mut rarity = Rarity { claims: self.claims.len() as u64, ..Rarity::default() };
        for word in wordings.iter().flat_map(Wording::content) {
            *rarity.with.entry(word.to_owned()).or_default() += 1;
        }
        let here = self.claims.iter().position(|claim| claim.id == id).unwrap();
        let others = self.claims.iter().zip(&wordings).filter(|(c, _)| c.article.id != self.claims[here].article.id);
        let found = others.filter_map(|(claim, wording)| {
            let relation = relation(&wordings[here], wording, &rarity)?;
            let claim = self.told(claim);
            Some(Related::new((&wordings[here], &self.claims[here].article.meta), (wording, claim), relation))
        });
        RelatedClaims::new(&self.claims[here], found.collect())
    }

    fn saved(&self, claim: ClaimId) -> Saved {
        Saved { claim, short_id: claim.to_string().chars().take(5).collect(), state: self.state(claim) }
    }

    fn write(&mut self, claim: ClaimId, batch: Uuid, act: Act) {
        if let Act::Add(added) = &act {
            self.add_claim(&added.claim(), added.article);
        }
        let number = self.log.len() as i64 + self.source_log.len() as i64 + 1;
        self.log.push(Decision {
            id: Uuid::from_u128(number as u128),
            clock: Clock(number),
            at: Moment(1_795_356_191),
            analyst: "ana".into(),
            session: None,
            batch,
            claim,
            act,
        });
    }

    /// Puts a claim that an analyst adds where its words stand.
    fn add_claim(&mut self, new: &NewClaim, article: ArticleId) {
        if self.claims.iter().any(|claim| claim.id == new.id) {
            return;
        }
        let first = self.claims.iter().position(|claim| claim.article.id == article).unwrap();
        let here = self.claims[first..].iter().take_while(|claim| claim.article.id == article);
        let before = here.take_while(|claim| claim.spans[0][0] <= new.spans[0][0]).count();
        let text = &self.articles.iter().find(|a| a.info.id == article).unwrap().text;
        let words: String =
            text.chars().skip(new.spans[0][0] as usize).take((new.spans[0][1] - new.spans[0][0]) as usize).collect();
        assert!(new.text.starts_with(&words), "{new:?}");
        let claim = Claim {
            id: new.id,
            text: new.text.clone(),
            spans: new.spans.clone(),
            mode: new.mode,
            attribution: new.attribution.clone(),
            worth: new.worth,
            worth_reasons: new.worth_reasons.clone(),
            ..self.claims[first].clone()
        };
        self.claims.insert(first + before, claim);
    }

    /// Undo and redo, by replaying which decisions stand. Of sources only the very last act is known to be undone.
    fn back(&mut self, redo: bool) -> Answer {
        let newest = self.source_log.last().map(|d| (d.clock, d.batch, d.target().is_some()));
        if let Some((clock, batch, is_undo)) = newest
            && self.log.last().is_none_or(|d| d.clock < clock)
            && is_undo == redo
        {
            let of_batch: Vec<_> = self.source_log.iter().filter(|d| d.batch == batch).cloned().collect();
            let undo = Uuid::from_u128(5000 + self.source_log.len() as u128);
            let mut gone_over = Vec::new();
            for decision in &of_batch {
                self.write_source(&decision.source, undo, SourceAct::Undo { target: decision.id });
                let first = |id| self.source_log.iter().find(|d| d.id == id).unwrap().act.clone();
                gone_over
                    .push((decision.source.clone(), decision.target().map_or_else(|| decision.act.clone(), first)));
            }
            return self.saved_source(&of_batch[0].source, gone_over);
        }
        let mut standing: Vec<Uuid> = Vec::new();
        let mut undone: Vec<(Uuid, Vec<Uuid>)> = Vec::new();
        for decision in &self.log {
            match decision.act {
                Act::Undo { target } => match undone.iter().position(|(_, undos)| undos.contains(&target)) {
                    Some(place) => standing.push(undone.remove(place).0),
                    None => {
                        let batch = self.log.iter().find(|d| d.id == target).unwrap().batch;
                        standing.retain(|b| *b != batch);
                        match undone.iter_mut().find(|(b, _)| *b == batch) {
                            Some((_, undos)) => undos.push(decision.id),
                            None => undone.push((batch, vec![decision.id])),
                        }
                    }
                },
                _ if !standing.contains(&decision.batch) => {
                    standing.push(decision.batch);
                    undone.clear();
                }
                _ => {}
            }
        }
        let targets: Vec<(ClaimId, Uuid)> = if redo {
            let Some((_, undos)) = undone.last() else { return Answer::Refused("nothing to do again".into()) };
            self.log.iter().filter(|d| undos.contains(&d.id)).map(|d| (d.claim, d.id)).collect()
        } else {
            let Some(batch) = standing.last() else { return Answer::Refused("nothing to take back".into()) };
            let own = |d: &&Decision| d.batch == *batch && !matches!(d.act, Act::Undo { .. });
            self.log.iter().filter(own).map(|d| (d.claim, d.id)).collect()
        };
        let batch = Uuid::from_u128(1000 + self.log.len() as u128);
        for (claim, target) in &targets {
            self.write(*claim, batch, Act::Undo { target: *target });
        }
        let target = |id: &Uuid| self.log.iter().find(|d| d.id == *id).unwrap();
        let act = |id: &Uuid| match target(id).act {
            Act::Undo { target: first } => target(&first).act.clone(),
            ref act => act.clone(),
        };
        let acts = targets.iter().map(|(_, id)| act(id)).collect();
        let mut claims: Vec<_> = targets.iter().map(|(claim, _)| *claim).collect();
        claims.dedup();
        Answer::Undone(acts, claims.into_iter().map(|claim| self.saved(claim)).collect())
    }
}

/// A stretch of an article.
pub(super) struct Part {
    text: String,
    mode: Option<Mode>,
    source: Option<&'static str>,
    furniture: bool,
    more: fn(&mut Claim),
}

impl Part {
    pub(super) fn claim(text: &str) -> Self {
        Self { text: text.into(), mode: Some(Mode::Narrative), source: None, furniture: false, more: |_| () }
    }

    pub(super) fn said(text: &str, mode: Mode, source: &'static str) -> Self {
        Self { mode: Some(mode), source: Some(source), ..Self::claim(text) }
    }

    pub(super) fn rest(text: &str) -> Self {
        Self { mode: None, ..Self::claim(text) }
    }

    pub(super) fn furniture(text: &str) -> Self {
        Self { furniture: true, ..Self::rest(text) }
    }

    pub(super) fn with(self, more: fn(&mut Claim)) -> Self {
        Self { more, ..self }
    }
}

fn attribution(source: &str) -> Attribution {
    let (name, role) = source.split_once(", ").map_or((source, None), |(name, role)| (name, Some(role.to_owned())));
    let source = SourceRef { name: Some(name.to_owned()), role, ..SourceRef::default() };
    let cue = Cue { span: [0, 0], text: "said".into() };
    Attribution { source: Some(source), cue: Some(cue), medium: None, within: None }
}
