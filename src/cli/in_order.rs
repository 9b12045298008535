//! Work on all cores with the results in the order of the input, and memory that does not grow with it.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

/// Bytes of input that may wait for a core.
const WAITING: usize = 32 << 20;
/// Things that may wait for a core.
const QUEUE: usize = 1024;
/// Bytes of input that are worked on together, on each core.
const TOGETHER: usize = 512 << 10;
/// How often somebody who waits looks whether to go on.
const LOOK: Duration = Duration::from_millis(50);

/// Results in the order of the input.
#[derive(Debug)]
pub(super) struct InOrder<R> {
    results: Receiver<Option<Vec<R>>>,
}

/// What there is to take.
#[derive(Debug)]
pub(super) enum Next<R> {
    /// Results, in order.
    Some(Vec<R>),
    /// None yet.
    Wait,
    /// None any more.
    End,
    /// A thread died.
    Broken,
}

/// Hands things over to be worked on.
#[derive(Debug)]
pub(super) struct Feed<T> {
    queue: SyncSender<(T, usize)>,
    budget: Arc<Budget>,
}

impl<T> Feed<T> {
    /// Waits for room; false once nobody takes results any more. `weight` is the size in bytes.
    pub(super) fn give(&self, thing: T, weight: usize) -> bool {
        let weight = weight.min(WAITING);
        self.budget.take(weight);
        self.queue.send((thing, weight)).is_ok()
    }
}

/// Starts `produce` and, on all cores, `work` on what it gives. Threads are left alone at the end: a producer that
/// waits for standard input must not keep the program from ending.
pub(super) fn in_order<T, R>(
    produce: impl FnOnce(Feed<T>) + Send + 'static,
    work: impl Fn(T) -> R + Send + Sync + 'static,
) -> InOrder<R>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let budget = Arc::new(Budget { left: Mutex::new(WAITING), freed: Condvar::new() });
    let (queue, waiting) = mpsc::sync_channel(QUEUE);
    let feed = Feed { queue, budget: Arc::clone(&budget) };
    let (done, results) = mpsc::sync_channel(1);
    thread::spawn(move || produce(feed));
    thread::spawn(move || {
        while let Some((batch, weight)) = batch(&waiting) {
            let worked = batch.into_par_iter().map(&work).collect();
            budget.give_back(weight);
            if done.send(Some(worked)).is_err() {
                // Nobody listens: whoever waits for room is let go, to find that out.
                drop(waiting);
                return budget.give_back(usize::MAX / 2);
            }
        }
        // The end is said, so that a thread that died is not taken for one.
        let _ = done.send(None);
    });
    InOrder { results }
}

impl<R> InOrder<R> {
    /// Waits a moment for results, so that the caller can look at signals in between.
    pub(super) fn next(&self) -> Next<R> {
        match self.results.recv_timeout(LOOK) {
            Ok(Some(results)) => Next::Some(results),
            Ok(None) => Next::End,
            Err(RecvTimeoutError::Timeout) => Next::Wait,
            Err(RecvTimeoutError::Disconnected) => Next::Broken,
        }
    }
}

/// What waits, up to a bound; waits itself only for the first, so that a single line is answered at once.
fn batch<T>(waiting: &Receiver<(T, usize)>) -> Option<(Vec<T>, usize)> {
    let (first, mut weight) = waiting.recv().ok()?;
    let most = TOGETHER * rayon::current_num_threads();
    let mut batch = vec![first];
    while weight < most && batch.len() < QUEUE {
        let Ok((next, more)) = waiting.try_recv() else { break };
        weight = weight.saturating_add(more);
        batch.push(next);
    }
    Some((batch, weight))
}

/// Bytes that may still be taken in.
#[derive(Debug)]
struct Budget {
    left: Mutex<usize>,
    freed: Condvar,
}

impl Budget {
    fn take(&self, weight: usize) {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let room = self.freed.wait_while(left, |left| *left < weight);
        let mut left = room.unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_sub(weight);
    }

    fn give_back(&self, weight: usize) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_add(weight);
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<R>(results: &InOrder<R>) -> Vec<R> {
        let mut all = Vec::new();
        loop {
            match results.next() {
                Next::Some(more) => all.extend(more),
                Next::Wait => {}
                Next::End => return all,
                Next::Broken => panic!("a thread died"),
            }
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let results = in_order(
            |feed| (0..5_000u64).for_each(|n| assert!(feed.give(n, 1 << 16))),
            |n| (0..n % 97).fold(n, |sum, _| sum),
        );
        assert_eq!(all(&results), (0..5_000).collect::<Vec<_>>());
    }

    #[test]
    fn a_thing_larger_than_the_room_goes_through_alone() {
        let results = in_order(|feed| (0..3).for_each(|n| assert!(feed.give(n, WAITING * 2))), |n| n);
        assert_eq!(all(&results), [0, 1, 2]);
    }

    #[test]
    fn a_producer_is_let_go_when_nobody_takes_results() {
        let (told, ended) = mpsc::channel();
        let results = in_order(
            move |feed| {
                while feed.give((), 1 << 20) {}
                told.send(()).unwrap();
            },
            |()| (),
        );
        drop(results);
        ended.recv_timeout(Duration::from_secs(20)).unwrap();
    }

    #[test]
    fn a_thread_that_died_is_not_taken_for_the_end() {
        let results = in_order(|feed| assert!(feed.give((), 1)), |()| -> () { panic!("on purpose") });
        loop {
            match results.next() {
                Next::Wait => {}
                next => return assert!(matches!(next, Next::Broken)),
            }
        }
    }
}
