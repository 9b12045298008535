//! The thread that counts, on a connection that only reads: a count of millions never holds up a key or a decision.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Duration;

use super::events::Incoming;
use super::threads;
use crate::app::{Answer, Effect, Msg, Tally, Ticket};
use crate::domain::{ClaimId, Count, Deck, Order};
use crate::store::{Interrupt, Store, StoreError};

/// Claims that are counted at most, where counting takes time.
const COUNTED: u64 = 10_000;

/// How long a claim is looked at before those related to it are looked for: who leafs through doesn't wait for them.
const PAUSE: Duration = Duration::from_millis(120);

/// Opens the connection, on the thread that counts: the first frame needs no counts, and does not wait for it.
pub(super) type Opens = Box<dyn FnOnce() -> Result<Store, StoreError> + Send>;

/// Counts what is asked for last, and gives up what was asked for before.
pub(super) struct Counter {
    /// Dropped to end it.
    wishes: Option<Sender<Effect>>,
    stop: Box<dyn Fn() + Send>,
}

impl Counter {
    /// Starts the thread, which ends soon after the counter is dropped; answers come out at `to`.
    pub(super) fn start(opens: Opens, to: Sender<Incoming>) -> io::Result<(Self, JoinHandle<()>)> {
        let (wishes, from) = channel();
        let handle = Arc::new(OnceLock::new());
        let known = handle.clone();
        let thread = threads::start("counter", to.clone(), move || match opens() {
            Ok(reader) => {
                known.get_or_init(|| reader.interrupt_handle());
                run(&reader, &from, &to);
            }
            Err(error) => drop(to.send(Incoming::NoReader(error))),
        })?;
        let stop = move || {
            if let Some(handle) = handle.get() {
                Interrupt::interrupt(handle)
            }
        };
        Ok((Self { wishes: Some(wishes), stop: Box::new(stop) }, thread))
    }

    /// Passes a wish on and ends the one that is being granted; `false` where nobody is left.
    pub(super) fn send(&self, wish: Effect) -> bool {
        let sent = self.wishes.as_ref().is_some_and(|wishes| wishes.send(wish).is_ok());
        (self.stop)();
        sent
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        // In this order: whoever is stopped sees that this was the end.
        self.wishes = None;
        (self.stop)();
    }
}

fn run(store: &Store, from: &Receiver<Effect>, to: &Sender<Incoming>) {
    let mut waiting: Vec<Effect> = Vec::new();
    loop {
        if waiting.is_empty() {
            let Ok(wish) = from.recv() else { return };
            waiting.push(wish);
        }
        // Stops from now on are meant for what is taken now or later; those before have done their work.
        store.go_on();
        loop {
            match from.try_recv() {
                Ok(wish) => waiting.push(wish),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let wish = waiting.remove(0);
        if waiting.iter().any(|later| overtakes(later, &wish)) {
            continue;
        }
        if waits(&wish) {
            let later = from.recv_timeout(PAUSE).or_else(|_| {
                // A stop that came behind the last wish was none for this one.
                store.go_on();
                from.recv_timeout(Duration::ZERO)
            });
            match later {
                Ok(later) => {
                    waiting.extend([later, wish]);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        let Some((ticket, answer)) = grant(store, &wish) else { continue };
        match answer {
            // Tried again, unless what it was stopped for is a newer wish of the same kind.
            Err(StoreError::Interrupted) if waits(&wish) => waiting.push(wish),
            Err(StoreError::Interrupted) => waiting.insert(0, wish),
            answer => {
                let answer = answer.unwrap_or_else(|error| Answer::Refused(error.to_string()));
                if to.send(Incoming::Msg(Msg::Answer(ticket, answer))).is_err() {
                    return;
                }
            }
        }
    }
}

fn grant(store: &Store, wish: &Effect) -> Option<(Ticket, Result<Answer, StoreError>)> {
    match wish {
        Effect::Count { ticket, deck, before } => Some((*ticket, count(store, deck, *before).map(Answer::Count))),
        Effect::News { ticket, since } => Some((*ticket, store.news(*since).map(Answer::News))),
        Effect::Values { ticket, field, beginning, limit } => {
            Some((*ticket, store.values(field, beginning, *limit).map(Answer::Values)))
        }
        Effect::CountAll { ticket, deck } => {
            let all = store.count(deck, u64::MAX).map(|total| Answer::Count(Tally { total, before: None }));
            Some((*ticket, all))
        }
        Effect::Progress { ticket } => Some((*ticket, store.progress().map(Answer::Progress))),
        Effect::Stats { ticket } => Some((*ticket, store.stats().map(|stats| Answer::Stats(Box::new(stats))))),
        Effect::Related { ticket, claim } => {
            Some((*ticket, store.related(*claim).map(|related| Answer::Related(Arc::new(related)))))
        }
        _ => None,
    }
}

fn count(store: &Store, deck: &Deck, before: Option<ClaimId>) -> Result<Tally, StoreError> {
    let mut total = store.count(deck, COUNTED)?;
    if total.more && deck.query.trim().is_empty() {
        total = Count { n: store.progress()?.claims, more: false };
    }
    // In other orders than that of the text the place is found by looking at every claim.
    let quick = deck.order == Order::Article || total.n < COUNTED;
    let before = before.filter(|_| quick).map(|claim| store.rank(deck, claim, u64::MAX)).transpose()?;
    Ok(Tally { total, before })
}

/// Whether a wish lets all others go first.
fn waits(wish: &Effect) -> bool {
    matches!(wish, Effect::Related { .. })
}

/// Whether the later wish makes the earlier one pointless. A count for the deck and one for a filter being typed differ
/// in whether they ask for a place.
fn overtakes(later: &Effect, earlier: &Effect) -> bool {
    match (later, earlier) {
        (Effect::Count { before: a, .. }, Effect::Count { before: b, .. }) => a.is_some() == b.is_some(),
        (Effect::Stats { .. }, Effect::Stats { .. }) => true,
        (Effect::Progress { .. }, Effect::Progress { .. }) | (Effect::Values { .. }, Effect::Values { .. }) => true,
        (Effect::CountAll { .. }, Effect::CountAll { .. }) => true,
        // One that lets others go first may stand behind a newer one.
        (Effect::Related { ticket: a, .. }, Effect::Related { ticket: b, .. }) => a > b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ArticleId;

    #[test]
    fn the_last_count_asked_for_is_always_answered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claims.db");
        drop(Store::open(&path).unwrap());
        let claim = ClaimId::of_spans(ArticleId::of_text("gone"), &[[0, 4]]);
        let (to, from) = channel();
        let (counter, _) = Counter::start(Box::new(move || Store::open_reader(&path)), to).unwrap();
        for number in 1..=200 {
            assert!(counter.send(Effect::Count { ticket: Ticket(number), deck: Deck::default(), before: None }));
            assert!(counter.send(Effect::Progress { ticket: Ticket(1000 + number) }));
            assert!(counter.send(Effect::Related { ticket: Ticket(2000 + number), claim }));
        }
        let mut wanted = vec![Ticket(200), Ticket(1200), Ticket(2200)];
        while !wanted.is_empty() {
            match from.recv_timeout(std::time::Duration::from_secs(10)).unwrap() {
                Incoming::Msg(Msg::Answer(ticket, answer)) => {
                    // The claim is not there, and that is an answer too.
                    assert!(ticket.0 > 2000 || !matches!(answer, Answer::Refused(_)), "{answer:?}");
                    wanted.retain(|t| *t != ticket);
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
