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
    /// The keys from one on, or up to it.
    pub(super) fn beyond(key: i64, to: Direction) -> Self {
        match to {
            Direction::Forward => Self { least: key, most: i64::MAX },
            Direction::Back => Self { least: i64::MIN, most: key },
        }
    }

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
    /// Those of some claims whose key is in the window.
    pub(super) fn within(&self, window: Window, among: &Bits) -> Bits {
        match (self.ranks, self.order) {
            (Some(ranks), _) => self.sources_within(ranks, window, among),
            (None, Order::Worth) => self.worth_within(window, among),
            (None, _) => {
                // The newest has the least key.
                let moment = |key: i64| if key == i64::MAX { i64::MIN } else { key.saturating_neg() };
                let mut inside = keys::moments_between(self.written, moment(window.most), moment(window.least));
                inside.and(among);
                inside
            }
        }
    }

    /// Those of some claims with the key of a place, from it on or before it.
    pub(super) fn of_same_key(&self, place: Place, to: Direction, among: &Bits) -> Bits {
        let (from, end) = side(self.piece, place.1, to);
        if from == end {
            return Bits::none();
        }
        let mut same = self.within(Window { least: place.0, most: place.0 }, among);
        same.keep_range(from, end);
        same
    }

    /// Those of some claims that stand at a place or after it, or before it.
    pub(super) fn beyond(&self, place: Place, to: Direction, among: &Bits) -> Bits {
        let mut beyond = self.within(Window::beyond(place.0, to), among);
        beyond.without(&self.of_same_key(place, to.turned(), &beyond));
        beyond
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

    fn worth_within(&self, window: Window, among: &Bits) -> Bits {
        // The most worth has the least key.
        let worth = |key: i64| key.saturating_neg();
        let (least, most) = (worth(window.most).max(0), worth(window.least).min(keys::MOST_WORTH.into()));
        match (u8::try_from(least), u8::try_from(most)) {
            (Ok(least), Ok(most)) if least <= most => keys::worth_between(self.written, (least, most), among),
            _ => Bits::none(),
        }
    }

    fn sources_within(&self, ranks: &SourceRanks, window: Window, among: &Bits) -> Bits {
        let mut inside = Bits::none();
        if window.has(ranks.of_none()) {
            inside = keys::with_source(self.written);
            inside.not();
        }
        for (_, places) in keys::sources(self.written).filter(|(source, _)| window.has(ranks.of(*source))) {
            places.for_each(|place| inside.set(place));
        }
        inside.and(among);
        inside
    }
}

/// The places of a piece that hold this row and those after it, or those before it: from, to (exclusive).
pub(super) fn side(piece: i64, row: i64, to: Direction) -> (usize, usize) {
    let border = match piece.cmp(&piece_of(row)) {
        std::cmp::Ordering::Less => PIECE,
        std::cmp::Ordering::Equal => place_of(row),
        std::cmp::Ordering::Greater => 0,
    };
    if to == Direction::Forward { (border, PIECE) } else { (0, border) }
}
