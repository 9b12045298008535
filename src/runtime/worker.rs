//! The one thread that owns the store. It grants wishes in the order in which they came and answers each, except for
//! reads that a later wish has overtaken.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::events::Incoming;
use super::now_ms;
use crate::app::{Answer, Effect, Msg, Pass, Reading, Tally, Ticket};
use crate::domain::{Act, Claim, ClaimId, Deck, Moment, Order, Progress, Session};
use crate::store::{By, Store, StoreError};

/// Claims that are counted at most, where counting takes time.
const COUNTED: u64 = 10_000;

/// Starts the thread; wishes go in where this says, answers come out at `to`.
pub(super) fn start(store: Store, session: Session, to: Sender<Incoming>) -> io::Result<Sender<Effect>> {
    let (wishes, from) = channel();
    let worker = Worker { store, session, to: to.clone() };
    thread::Builder::new().name("store".to_owned()).spawn(move || {
        // Said however the thread ends, by a panic too.
        let _end = End(to);
        worker.run(&from);
    })?;
    Ok(wishes)
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
}

impl Worker {
    fn run(mut self, from: &Receiver<Effect>) {
        while let Ok(first) = from.recv() {
            let mut waiting: Vec<Effect> = vec![first];
            waiting.extend(from.try_iter());
            for place in 0..waiting.len() {
                if overtaken(&waiting[place], &waiting[place + 1..]) {
                    continue;
                }
                let Some((ticket, answer)) = self.grant(&waiting[place]) else { continue };
                if self.to.send(Incoming::Msg(Msg::Answer(ticket, answer))).is_err() {
                    return;
                }
            }
        }
    }

    fn grant(&mut self, wish: &Effect) -> Option<(Ticket, Answer)> {
        let (ticket, answer) = match wish {
            Effect::Page { ticket, deck, seek, limit } => {
                (*ticket, self.store.page(deck, *seek, *limit).map(Answer::Page))
            }
            Effect::Decide { ticket, claim, acts } => (*ticket, self.decide(*claim, acts)),
            Effect::Undo { ticket } => (*ticket, self.undo()),
            Effect::Redo { ticket } => (*ticket, self.redo()),
            Effect::Article { ticket, id } => (*ticket, self.article(*id)),
            Effect::Count { ticket, deck, before } => (*ticket, self.count(deck, *before).map(Answer::Count)),
            Effect::Progress { ticket } => (*ticket, self.progress().map(Answer::Progress)),
            Effect::Articles { ticket, after, limit } => {
                (*ticket, self.store.articles(*after, *limit).map(Answer::Articles))
            }
            Effect::Sessions { ticket } => {
                (*ticket, self.store.sessions(Some(&self.session.analyst)).map(Answer::Sessions))
            }
            Effect::OpenSession { ticket, choice } => (*ticket, self.open_session(choice)),
            Effect::SavePlace { deck, place } => {
                self.save_place(deck, *place);
                return None;
            }
            Effect::Copy(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => return None,
        };
        Some((ticket, answer.unwrap_or_else(|error| Answer::Refused(error.to_string()))))
    }

    fn by(&self) -> By {
        By { analyst: self.session.analyst.clone(), session: Some(self.session.id), now_ms: now_ms() }
    }

    fn decide(&mut self, claim: ClaimId, acts: &[Act]) -> Result<Answer, StoreError> {
        let acts: Vec<_> = acts.iter().map(|act| (claim, act.clone())).collect();
        self.store.decide(&self.by(), &acts).map(saved)
    }

    fn undo(&mut self) -> Result<Answer, StoreError> {
        let undone = self.store.undo(&self.by())?;
        Ok(undone.map_or_else(|| Answer::Refused("nothing left to take back".to_owned()), |u| saved(u.claims)))
    }

    fn redo(&mut self) -> Result<Answer, StoreError> {
        let redone = self.store.redo(&self.by())?;
        Ok(redone.map_or_else(|| Answer::Refused("nothing to do again".to_owned()), |u| saved(u.claims)))
    }

    fn article(&self, id: crate::domain::ArticleId) -> Result<Answer, StoreError> {
        let article = self.store.article(id)?;
        let missing = || Answer::Refused("the article of this claim is not in the store".to_owned());
        Ok(article.map_or_else(missing, |article| Answer::Article(Arc::new(Reading::new(article)))))
    }

    fn count(&self, deck: &Deck, before: Option<ClaimId>) -> Result<Tally, StoreError> {
        let mut total = self.store.count(deck, COUNTED)?;
        if total.more && deck.query.trim().is_empty() {
            total = crate::domain::Count { n: self.progress()?.claims, more: false };
        }
        // In other orders than that of the text the place is found by looking at every claim.
        let quick = deck.order == Order::Article || total.n < COUNTED;
        let before = before.filter(|_| quick).map(|claim| self.store.rank(deck, claim, u64::MAX)).transpose()?;
        Ok(Tally { total, before })
    }

    fn progress(&self) -> Result<Progress, StoreError> {
        let stats = self.store.stats()?;
        Ok(Progress { claims: stats.claims, reviewed: stats.reviewed })
    }

    fn open_session(&mut self, choice: &Pass) -> Result<Answer, StoreError> {
        let session = match choice {
            Pass::Resume(id) => self.store.resume(*id)?,
            Pass::New(deck) => self.store.open_session(&self.by(), deck)?,
        };
        self.session = Session { analyst: self.session.analyst.clone(), ..session };
        Ok(Answer::Session(self.session.clone()))
    }

    /// A place that can't be kept costs the analyst a few keys at the next start: no reason to disturb them now.
    fn save_place(&mut self, deck: &Deck, place: Option<ClaimId>) {
        let now = Moment(now_ms().div_euclid(1000));
        let _ = self.store.save_place(self.session.id, deck, place, now);
    }
}

fn saved(claims: Vec<Claim>) -> Answer {
    Answer::Saved(claims.into_iter().map(|claim| (claim.id, claim.state)).collect())
}

/// Whether a later wish of the same kind makes this one pointless.
fn overtaken(wish: &Effect, later: &[Effect]) -> bool {
    let same: fn(&Effect) -> bool = match wish {
        Effect::Page { .. } => |e| matches!(e, Effect::Page { .. }),
        Effect::Article { .. } => |e| matches!(e, Effect::Article { .. }),
        Effect::Progress { .. } => |e| matches!(e, Effect::Progress { .. }),
        Effect::SavePlace { .. } => |e| matches!(e, Effect::SavePlace { .. }),
        Effect::Count { before: None, .. } => |e| matches!(e, Effect::Count { before: None, .. }),
        Effect::Count { before: Some(_), .. } => |e| matches!(e, Effect::Count { before: Some(_), .. }),
        _ => return false,
    };
    // What belongs to one session is not overtaken by what belongs to the next.
    later.iter().take_while(|e| !matches!(e, Effect::OpenSession { .. })).any(same)
}
