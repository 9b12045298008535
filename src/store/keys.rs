//! What orders sort by, a number for each claim, in the same pieces as the sets of claims. Knows no SQL.

use super::bits::{PIECE, piece_of, place_of};
use crate::domain::Order;

/// The number that stores an order's keys; "article" needs none.
pub(super) fn code(order: Order) -> Option<i64> {
    match order {
        Order::Article => None,
        Order::Worth => Some(1),
        Order::Newest => Some(2),
        Order::Source => Some(3),
    }
}

/// The id of the row with the keys of a piece.
pub(super) fn row_id(code: i64, piece: i64) -> i64 {
    (code << 24) | piece
}

/// Worth in hundredths, a byte each, by place in the piece. Places past the end have none.
pub(super) fn push_worth(keys: &mut Vec<u8>, claim: i64, hundredths: u8) {
    keys.resize(place_of(claim), 0);
    keys.push(hundredths);
}

/// The source's number, four bytes each; 0 where there is none.
pub(super) fn push_source(keys: &mut Vec<u8>, claim: i64, source: u32) {
    keys.resize(place_of(claim) * 4, 0);
    keys.extend_from_slice(&source.to_le_bytes());
}

const MOMENT: usize = 10;

/// The moment of an article, once for all its claims in the piece: from which place on, and seconds since 1970.
pub(super) fn push_moment(keys: &mut Vec<u8>, claim: i64, moment: i64) {
    keys.extend_from_slice(&(place_of(claim) as u16).to_le_bytes());
    keys.extend_from_slice(&moment.to_le_bytes());
}

/// Stretches of a piece with the moment that holds in each: from, to (exclusive), seconds since 1970.
pub(super) fn moments(keys: &[u8]) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
    let entry = |bytes: &[u8]| -> Option<(usize, i64)> {
        let (place, moment) = bytes.split_at_checked(2)?;
        let place = u16::from_le_bytes(place.try_into().ok()?) as usize;
        Some((place.min(PIECE), i64::from_le_bytes(moment.try_into().ok()?)))
    };
    let mut entries = keys.chunks_exact(MOMENT).peekable();
    std::iter::from_fn(move || {
        let (from, moment) = entry(entries.next()?)?;
        let to = entries.peek().and_then(|next| entry(next)).map_or(PIECE, |(place, _)| place);
        Some((from, to, moment))
    })
}

/// The source of a claim by its place in the piece; 0 where it has none.
pub(super) fn source_at(keys: &[u8], place: usize) -> u32 {
    keys.get(place * 4..place * 4 + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The pieces that these claims touch, with the first and the last claim in each.
pub(super) fn pieces(first: i64, last: i64) -> impl Iterator<Item = (i64, i64, i64)> {
    (piece_of(first)..=piece_of(last)).map(move |piece| {
        let start = piece << super::bits::PIECE_BITS;
        (piece, first.max(start), last.min(start + PIECE as i64 - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_hold_until_the_next_begins() {
        let mut keys = Vec::new();
        push_moment(&mut keys, 0, -5);
        push_moment(&mut keys, 7, 9);
        assert_eq!(moments(&keys).collect::<Vec<_>>(), [(0, 7, -5), (7, PIECE, 9)]);
    }

    #[test]
    fn a_gap_in_the_claims_leaves_zeroes() {
        let mut keys = Vec::new();
        push_source(&mut keys, 2, 7);
        assert_eq!([0, 1, 2, 3].map(|place| source_at(&keys, place)), [0, 0, 7, 0]);
    }

    #[test]
    fn claims_over_a_border_lie_in_two_pieces() {
        let edge = PIECE as i64;
        assert_eq!(pieces(edge - 2, edge).collect::<Vec<_>>(), [(0, edge - 2, edge - 1), (1, edge, edge)]);
    }
}
