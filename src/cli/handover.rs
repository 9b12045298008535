//! The words at the end of a review, to hand over or to remember by: what was done, what is left, where it goes on.

use crate::domain::clean_line;
use crate::runtime::Handover;

/// Columns of a line at most: it stands whole in a terminal of eighty.
const WIDEST: usize = 78;

/// Two or three lines, each in as many as it takes.
pub(super) fn lines(done: &Handover) -> Vec<String> {
    let decided: u64 = done.decided.iter().map(|(_, n)| n).sum();
    let each: Vec<_> = done.decided.iter().map(|(status, n)| format!("{n} {status}")).collect();
    let mut lines = vec![match decided {
        0 => format!("nothing decided in {}", time(done.seconds)),
        _ => format!("{} decided in {}: {}", counted(decided, "claim"), time(done.seconds), each.join(", ")),
    }];
    let more = [
        (done.notes, "note"),
        (done.evidence, "piece of evidence"),
        (done.tags, "tag"),
        (done.later, "claim for later"),
        (done.reopened, "claim reopened"),
    ];
    let more: Vec<_> = more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    lines.extend((!more.is_empty()).then(|| more.join(", ")));
    lines.push(left(done));
    lines.iter().flat_map(|line| between_words(line)).collect()
}

/// Breaks a line where words end. One that is too long by itself stays whole: the terminal breaks it.
fn between_words(line: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ') {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= WIDEST => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// "133 of 214 claims left; claimdeck goes on at claim 12 of 140, status:unreviewed by worth"
fn left(done: &Handover) -> String {
    let left = done
        .progress
        .map(|p| format!("{} of {} left; ", p.claims.saturating_sub(p.reviewed), counted(p.claims, "claim")));
    let of = done.total.map(|t| format!(" of {}{}", t.n, if t.more { "+" } else { "" })).unwrap_or_default();
    let place = done.place.map(|place| format!(" at claim {place}{of}")).unwrap_or_default();
    let filter = clean_line(&done.deck.query);
    let filter = if filter.is_empty() { String::new() } else { format!(", {filter}") };
    format!("{}claimdeck goes on{place}{filter} by {}", left.unwrap_or_default(), done.deck.order)
}

fn counted(n: u64, what: &str) -> String {
    let (noun, rest) = what.split_once(' ').map_or((what, String::new()), |(noun, rest)| (noun, format!(" {rest}")));
    format!("{n} {noun}{}{rest}", if n == 1 { "" } else { "s" })
}

fn time(seconds: u64) -> String {
    match seconds {
        0..=89 => format!("{seconds} s"),
        90..=5399 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Count, Deck, Order, Progress, Status};

    #[test]
    fn what_was_done_what_is_left_and_where_it_goes_on() {
        let done = Handover {
            seconds: 2280,
            decided: vec![(Status::Verified, 14), (Status::NotAClaim, 1)],
            reopened: 0,
            notes: 1,
            evidence: 2,
            tags: 0,
            later: 1,
            progress: Some(Progress { claims: 214, reviewed: 81 }),
            deck: Deck { query: "status:unreviewed".into(), order: Order::Worth },
            place: Some(12),
            total: Some(Count { n: 140, more: false }),
        };
        assert_eq!(
            lines(&done),
            [
                "15 claims decided in 38 min: 14 verified, 1 not-a-claim",
                "1 note, 2 pieces of evidence, 1 claim for later",
                "133 of 214 claims left; claimdeck goes on at claim 12 of 140,",
                "status:unreviewed by worth",
            ]
        );
        assert_eq!(time(5), "5 s");
        assert_eq!(time(7260), "2 h 1 min");
    }
}
