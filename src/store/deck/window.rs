//! Which claims of a piece have a sort key within bounds. Knows no SQL.

use super::{Place, SourceRanks};
use crate::domain::Order;
use crate::store::bits::{Bits, PIECE, claim_at, piece_of, place_of};
use crate::store::keys;
use crate::store::select::Direction;

/// Keys that are of interest, both ends included; empty where the least is above the most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) least: i64,
    pub(super) most: i64,
}

impl Window {
    pub(super) fn has(self, key: i64) -> bool {
        (self.least..=self.most).contains(&key)
    }

    pub(super) fn is_empty(self) -> bool {
        self.least > self.most
    }
}

/// The sort keys of one piece, as they are written.
pub(super) struct PieceKeys<'k> {
    pub(super) piece: i64,
    pub(super) order: Order,
    pub(super) written: &'k [u8],
    /// Where the order is that of sources.
    pub(super) ranks: Option<&'k SourceRanks>,
}

impl PieceKeys<'_> {
    /// The claims whose key is in the window.
    pub(super) fn within(&self, window: Window) -> Bits {
        match (self.ranks, self.order) {
            (Some(ranks), _) => self.sources_within(ranks, window),
            (None, Order::Worth) => self.worth_within(window),
            (None, _) => {
                let mut inside = Bits::none();
                keys::moments(self.written)
                    .filter(|(_, _, moment)| window.has(moment.saturating_neg()))
                    .for_each(|(from, end, _)| inside.set_range(from, end));
                inside
            }
        }
    }

    /// The claims with the key of a place, from it on or before it.
    pub(super) fn of_same_key(&self, (key, row): Place, to: Direction) -> Bits {
        let mut same = self.within(Window { least: key, most: key });
        match to {
            Direction::Forward => same.keep_range(end_in(self.piece, row), PIECE),
            Direction::Back => same.keep_range(0, end_in(self.piece, row)),
        }
        same
    }

    /// Each of these claims, which are in the window, with its key.
    pub(super) fn each(&self, claims: &Bits, window: Window, mut visit: impl FnMut(Place)) {
        let at = |place| claim_at(self.piece, place);
        match (self.ranks, self.order) {
            (Some(ranks), _) => {
                for (source, places) in keys::sources(self.written) {
                    let rank = ranks.of(source);
                    if window.has(rank) {
                        places.filter(|place| claims.has(*place)).for_each(|place| visit((rank, at(place))));
                    }
                }
                if window.has(ranks.of_none()) {
                    let mut without = claims.clone();
                    without.without(&keys::with_source(self.written));
                    without.places().for_each(|place| visit((ranks.of_none(), at(place))));
                }
            }
            (None, Order::Worth) => {
                claims.places().for_each(|place| visit((-i64::from(keys::worth_at(self.written, place)), at(place))))
            }
            (None, _) => {
                let mut places = claims.places().peekable();
                for (_, end, moment) in keys::moments(self.written) {
                    while let Some(place) = places.next_if(|place| *place < end) {
                        visit((moment.saturating_neg(), at(place)));
                    }
                }
            }
        }
    }

    fn worth_within(&self, window: Window) -> Bits {
        // The most worth has the least key.
        let worth = |key: i64| key.saturating_neg().clamp(-1, 127) as i32;
        let (most, least) = (worth(window.least), worth(window.most).max(0));
        let mut inside = keys::worth_below(self.written, (most + 1) as u32);
        inside.without(&keys::worth_below(self.written, least as u32));
        inside
    }

    fn sources_within(&self, ranks: &SourceRanks, window: Window) -> Bits {
        let mut inside = Bits::none();
        if window.has(ranks.of_none()) {
            inside = keys::with_source(self.written);
            inside.not();
        }
        for (_, places) in keys::sources(self.written).filter(|(source, _)| window.has(ranks.of(*source))) {
            places.for_each(|place| inside.set(place));
        }
        inside
    }
}

/// How many places of a piece hold claims before this row.
pub(super) fn end_in(piece: i64, row: i64) -> usize {
    match piece.cmp(&piece_of(row)) {
        std::cmp::Ordering::Less => PIECE,
        std::cmp::Ordering::Equal => place_of(row),
        std::cmp::Ordering::Greater => 0,
    }
}
