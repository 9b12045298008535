//! The one thread that owns the store. It grants wishes in the order in which they came and answers each, except for
//! reads that a later wish has overtaken, and for decisions, which go before reads. Both stop the page that is being read;
//! after a decision it is read again, and so sees it. Counting, which can take long, has a thread and a connection that only reads.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use super::counter;
use super::events::Incoming;
use super::fingerprint::attest;
use super::now_ms;
use crate::app::{Answer, Effect, Msg, Pass, Reading, Saved, Ticket};
use crate::domain::{Act, ArticleId, Claim, ClaimId, Deck, Moment, Order, Page, Seek, Session, SourceAct};
use crate::store::{By, Interrupt, Store, StoreError, Undone};

/// Where wishes go.
pub(super) struct Wishes {
    store: Sender<Effect>,
    /// Those of the store's thread.
    reads: Interrupt,
    counter: counter::Counter,
}

impl Wishes {
    /// Passes a wish on; `false` where nobody is left to grant it.
    pub(super) fn send(&self, wish: Effect) -> bool {
        match wish {
            Effect::Count { .. }
            | Effect::CountAll { .. }
            | Effect::Progress { .. }
            | Effect::Stats { .. }
            | Effect::News { .. }
            | Effect::Values { .. }
            | Effect::Related { .. } => self.counter.send(wish),
            first if is_decision(&first) || matches!(first, Effect::Page { .. }) => {
                let sent = self.store.send(first).is_ok();
                self.reads.stop_page();
                sent
            }
            other => self.store.send(other).is_ok(),
        }
    }
}

/// Starts the threads; answers come out at `to`.
pub(super) fn start(store: Store, opens: counter::Opens, session: Session, to: Sender<Incoming>) -> io::Result<Wishes> {
    let (wishes, from) = channel();
    let (counter, counting) = counter::Counter::start(opens, to.clone())?;
    let reads = store.interrupt_handle();
    let mut worker = Worker { store, session, to: to.clone(), ahead: None };
    thread::Builder::new().name("store".to_owned()).spawn(move || {
        // Said however the thread ends, by a panic too.
        let _end = End(to);
        worker.run(&from);
        // The log goes into the store when the last connection closes, if that one may write; else the next start reads it.
        let _ = counting.join();
        drop(worker);
    })?;
    Ok(Wishes { store: wishes, reads, counter })
}

struct End(Sender<Incoming>);

impl Drop for End {
    fn drop(&mut self) {
        let _ = self.0.send(Incoming::WorkerEnded);
    }
}

struct Worker {
    store: Store,
    session: Session,
    to: Sender<Incoming>,
    /// The deck whose end was not read yet, and claims of a page.
    ahead: Option<(Deck, usize)>,
}

/// How long nobody asks for anything before the store reads ahead.
const IDLE: Duration = Duration::from_millis(100);

impl Worker {
    fn run(&mut self, from: &Receiver<Effect>) {
        let mut waiting: Vec<Effect> = Vec::new();
        loop {
            if waiting.is_empty() {
                let Some(wish) = self.next(from) else { return };
                waiting.push(wish);
            }
            // A decision that stops a read from now on is either taken now or makes that read be done again after it.
            self.store.go_on();
            let closing = loop {
                match from.try_recv() {
                    Ok(wish) => waiting.push(wish),
                    Err(end) => break end == TryRecvError::Disconnected,
                }
            };
            let place = most_pressing(&waiting);
            let wish = waiting.remove(place);
            // At the end nobody is left to read anything; what is to be written still is.
            if overtaken(&wish, &waiting[place..]) || closing && is_read(&wish) {
                continue;
            }
            match self.grant(&wish) {
                Some((_, Err(StoreError::Interrupted))) if is_read(&wish) => waiting.insert(place, wish),
                Some((ticket, answer)) => {
                    let answer = answer.unwrap_or_else(|error| Answer::Refused(error.to_string()));
                    if self.to.send(Incoming::Msg(Msg::Answer(ticket, answer))).is_err() {
                        return;
                    }
                }
                None => {}
            }
        }
    }

    /// The next wish; none where nobody is left to have one.
    fn next(&mut self, from: &Receiver<Effect>) -> Option<Effect> {
        if self.ahead.is_some() {
            match from.recv_timeout(IDLE) {
                Ok(wish) => return Some(wish),
                Err(RecvTimeoutError::Timeout) => self.read_ahead(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        from.recv().ok()
    }

    /// Has SQLite read the end of a deck that was opened, so that going there takes no longer than going on.
    fn read_ahead(&mut self) {
        let Some((deck, limit)) = self.ahead.take() else { return };
        // What comes of it is read again when it is wanted. A wish ends it, and it has another try after that.
        if let Err(StoreError::Interrupted) = self.store.page(&deck, Seek::Last, limit) {
            self.ahead = Some((deck, limit));
        }
    }

    fn grant(&mut self, wish: &Effect) -> Option<(Ticket, Result<Answer, StoreError>)> {
        Some(match wish {
            Effect::Page { ticket, deck, seek, limit } => {
                if matches!(seek, Seek::First | Seek::From(_)) {
                    self.ahead = Some((deck.clone(), *limit));
                }
                (*ticket, self.store.page(deck, *seek, *limit).map(Answer::Page))
            }
            Effect::Decide { ticket, claim, acts } => {
                (*ticket, self.decide(acts.iter().map(|act| (*claim, act.clone()))))
            }
            Effect::DecideGroup { ticket, claims, act } => (*ticket, self.decide_group(claims, act)),
            Effect::DecideSources { ticket, acts } => (*ticket, self.decide_sources(acts)),
            Effect::History { ticket, claim } => (*ticket, self.store.decisions(*claim).map(Answer::History)),
            Effect::SourceHistory { ticket, source } => {
                (*ticket, self.store.source_decisions(source).map(Answer::SourceHistory))
            }
            Effect::DecideEach { ticket, acts } => (*ticket, self.decide(acts.iter().cloned())),
            Effect::DecideAll { ticket, query, acts, over } => {
                (*ticket, self.store.decide_all(&self.by(), query, acts, *over).map(Answer::SavedAll))
            }
            Effect::Undo { ticket } => (*ticket, self.undo()),
            Effect::Redo { ticket } => (*ticket, self.redo()),
            Effect::Article { ticket, id } => (*ticket, self.article(*id)),
            Effect::Neighbours { ticket, article, claim, limit } => {
                (*ticket, self.neighbours(*article, *claim, *limit).map(Answer::Neighbours))
            }
            Effect::Articles { ticket, after, limit } => {
                (*ticket, self.store.articles(*after, *limit).map(Answer::Articles))
            }
            Effect::Sources { ticket, ledger, seek, limit } => {
                (*ticket, self.store.sources(ledger, seek, *limit).map(Answer::Sources))
            }
            Effect::Sessions { ticket } => {
                (*ticket, self.store.sessions(Some(&self.session.analyst)).map(Answer::Sessions))
            }
            Effect::OpenSession { ticket, choice } => (*ticket, self.open_session(choice)),
            Effect::Decks { ticket } => (*ticket, self.store.decks().map(Answer::Decks)),
            Effect::SaveDeck(named) => {
                self.keep(|store| store.save_deck(named));
                return None;
            }
            Effect::DropDeck(name) => {
                self.keep(|store| store.drop_deck(name));
                return None;
            }
            Effect::SavePlace { deck, place } => {
                self.save_place(deck, *place);
                return None;
            }
            // The counter's, and the event loop's own.
            Effect::Count { .. }
            | Effect::CountAll { .. }
            | Effect::Progress { .. }
            | Effect::Stats { .. }
            | Effect::News { .. }
            | Effect::Values { .. }
            | Effect::Related { .. } => {
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

    fn by(&self) -> By {
        By { analyst: self.session.analyst.clone(), session: Some(self.session.id), now_ms: now_ms() }
    }

    fn decide(&mut self, acts: impl Iterator<Item = (ClaimId, Act)>) -> Result<Answer, StoreError> {
        let attested = |(claim, act)| match act {
            Act::Evidence(evidence) => Ok((claim, Act::Evidence(attest(&evidence)?))),
            other => Ok((claim, other)),
        };
        match acts.map(attested).collect::<Result<Vec<_>, String>>() {
            Ok(acts) => self.store.decide(&self.by(), &acts).map(|claims| Answer::Saved(self.saved_claims(claims))),
            Err(why) => Ok(Answer::Refused(why)),
        }
    }

    fn decide_group(&mut self, claims: &[ClaimId], act: &Act) -> Result<Answer, StoreError> {
        let acts: Vec<_> = claims.iter().map(|claim| (*claim, act.clone())).collect();
        self.store.decide(&self.by(), &acts).map(|claims| Answer::Saved(self.saved_claims(claims)))
    }

    fn decide_sources(&mut self, acts: &[(String, SourceAct)]) -> Result<Answer, StoreError> {
        self.store.decide_sources(&self.by(), acts)?;
        let unknown = || StoreError::Unknown { what: "source", id: String::new() };
        let source = acts.first().map_or(Ok(None), |(name, _)| self.store.source(name))?.ok_or_else(unknown)?;
        Ok(Answer::SavedSource(Vec::new(), Box::new(source)))
    }

    fn undo(&mut self) -> Result<Answer, StoreError> {
        let undone = self.store.undo(&self.by())?;
        Ok(undone.map_or_else(|| Answer::Refused("nothing left to take back".to_owned()), |u| self.taken_back(u)))
    }

    fn redo(&mut self) -> Result<Answer, StoreError> {
        let redone = self.store.redo(&self.by())?;
        Ok(redone.map_or_else(|| Answer::Refused("nothing to do again".to_owned()), |u| self.taken_back(u)))
    }

    fn taken_back(&self, mut undone: Undone) -> Answer {
        if let Some(source) = undone.sources.pop() {
            let acts = undone.on_sources.into_iter().map(|decision| (decision.source, decision.act)).collect();
            return Answer::SavedSource(acts, Box::new(source));
        }
        let acts = undone.decisions.into_iter().map(|decision| decision.act).collect();
        Answer::Undone(acts, self.saved_claims(undone.claims))
    }

    /// What is durable is told as such, even where its short id can't be read: then in full.
    fn saved_claims(&self, claims: Vec<Claim>) -> Vec<Saved> {
        let one = |claim: Claim| {
            let short_id = self.store.short_id(claim.id).unwrap_or_else(|_| claim.id.to_string());
            Saved { claim: claim.id, short_id, state: claim.state }
        };
        claims.into_iter().map(one).collect()
    }

    fn article(&self, id: ArticleId) -> Result<Answer, StoreError> {
        let article = self.store.article(id)?;
        let missing = || Answer::Refused("the article of this claim is not in the store".to_owned());
        Ok(article.map_or_else(missing, |article| Answer::Article(Arc::new(Reading::new(article)))))
    }

    fn neighbours(&self, article: ArticleId, claim: ClaimId, limit: usize) -> Result<Page, StoreError> {
        let deck = Deck { query: format!("article:{article}"), order: Order::Article };
        let mut page = self.store.page(&deck, Seek::Before(claim), limit)?;
        let rest = self.store.page(&deck, Seek::From(claim), limit)?;
        page.claims.extend(rest.claims);
        Ok(Page { at_end: rest.at_end, ..page })
    }

    fn open_session(&mut self, choice: &Pass) -> Result<Answer, StoreError> {
        let session = match choice {
            Pass::Resume(id) => self.store.resume(*id)?,
            Pass::New(deck) => self.store.open_session(&self.by(), deck)?,
        };
        self.session = Session { analyst: self.session.analyst.clone(), ..session };
        Ok(Answer::Session(self.session.clone()))
    }

    /// Changes what is no decision: what fails is said.
    fn keep(&mut self, change: impl FnOnce(&mut Store) -> Result<(), StoreError>) {
        if let Err(error) = change(&mut self.store) {
            let _ = self.to.send(Incoming::Msg(Msg::Failed(error.to_string())));
        }
    }

    /// A place that can't be kept costs the analyst a few keys at the next start: no reason to disturb them now.
    fn save_place(&mut self, deck: &Deck, place: Option<ClaimId>) {
        let now = Moment(now_ms().div_euclid(1000));
        let _ = self.store.save_place(self.session.id, deck, place, now);
    }
}

/// The place of the wish to grant next. What is asked for in the next session waits until that is open.
fn most_pressing(waiting: &[Effect]) -> usize {
    waiting.iter().take_while(|wish| !matches!(wish, Effect::OpenSession { .. })).position(is_decision).unwrap_or(0)
}

fn is_decision(wish: &Effect) -> bool {
    matches!(wish, Effect::Decide { .. } | Effect::DecideSources { .. } | Effect::Undo { .. } | Effect::Redo { .. })
}

fn is_read(wish: &Effect) -> bool {
    let lists = matches!(wish, Effect::Articles { .. } | Effect::Sources { .. } | Effect::Sessions { .. });
    let histories = matches!(wish, Effect::History { .. } | Effect::SourceHistory { .. });
    let claims = matches!(wish, Effect::Page { .. } | Effect::Neighbours { .. });
    lists || histories || claims || matches!(wish, Effect::Article { .. })
}

/// Whether a later wish of the same kind makes this one pointless.
fn overtaken(wish: &Effect, later: &[Effect]) -> bool {
    let same: fn(&Effect) -> bool = match wish {
        Effect::Page { .. } => |e| matches!(e, Effect::Page { .. }),
        Effect::Article { .. } => |e| matches!(e, Effect::Article { .. }),
        Effect::Neighbours { .. } => |e| matches!(e, Effect::Neighbours { .. }),
        Effect::Sources { .. } => |e| matches!(e, Effect::Sources { .. }),
        Effect::SavePlace { .. } => |e| matches!(e, Effect::SavePlace { .. }),
        _ => return false,
    };
    // What belongs to one session is not overtaken by what belongs to the next.
    later.iter().take_while(|e| !matches!(e, Effect::OpenSession { .. })).any(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ticket: u64) -> Effect {
        Effect::Page { ticket: Ticket(ticket), deck: Deck::default(), seek: Seek::First, limit: 5 }
    }

    #[test]
    fn decisions_go_before_reads_but_not_into_another_session() {
        let undo = || Effect::Undo { ticket: Ticket(2) };
        let open = || Effect::OpenSession { ticket: Ticket(3), choice: Pass::New(Deck::default()) };
        assert_eq!(most_pressing(&[page(1), undo()]), 1);
        assert_eq!(most_pressing(&[page(1), open(), undo()]), 0);
        assert_eq!(most_pressing(&[page(1), page(4)]), 0);
    }

    #[test]
    fn every_page_is_answered_however_many_decisions_come_between() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let mut store = Store::open(&path).unwrap();
        let by = By { analyst: "ana".to_owned(), session: None, now_ms: 1_000 };
        let session = store.open_session(&by, &Deck::default()).unwrap();
        let (to, from) = channel();
        let wishes = start(store, Box::new(move || Store::open_reader(&path)), session, to).unwrap();
        for number in 0..100 {
            assert!(wishes.send(Effect::Undo { ticket: Ticket(2 * number) }));
            assert!(wishes.send(page(2 * number + 1)));
            if number % 7 == 0 {
                thread::yield_now();
            }
        }
        let (mut last, mut decided) = (false, 0);
        while !last || decided < 100 {
            match from.recv_timeout(std::time::Duration::from_secs(10)).unwrap() {
                Incoming::Msg(Msg::Answer(ticket, Answer::Page(_))) => last |= ticket == Ticket(199),
                Incoming::Msg(Msg::Answer(_, Answer::Refused(why))) => {
                    assert_eq!(why, "nothing left to take back");
                    decided += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_review_that_ends_while_something_is_counted_leaves_no_log_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        let mut store = Store::open(&path).unwrap();
        let by = By { analyst: "ana".to_owned(), session: None, now_ms: 1_000 };
        let session = store.open_session(&by, &Deck::default()).unwrap();
        let ((to, from), (opened, is_open)) = (channel(), channel());
        let opens = move || {
            let reader = Store::open_reader(&path);
            opened.send(()).unwrap();
            thread::sleep(Duration::from_millis(100));
            reader
        };
        let wishes = start(store, Box::new(opens), session, to).unwrap();
        is_open.recv().unwrap();
        drop(wishes);
        while !matches!(from.recv().unwrap(), Incoming::WorkerEnded) {}
        assert!(!folder.path().join("claims.db-wal").exists());
    }
}
