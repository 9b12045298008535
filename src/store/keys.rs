//! What orders sort by, a number for each claim, in the same pieces as the sets of claims. Knows no SQL.

use super::bits::{Bits, PIECE, piece_of, place_of};
use super::error::{Result, damaged};
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

/// Planes of bits that hold worth in hundredths, highest first: which claims of the piece have that bit in their worth.
/// A comparison is then a few and, or, not over words for 64 claims (O'Neil and Quass, "Improved Query Performance
/// with Variant Indexes", 1997).
const PLANES: usize = 7;
/// Bytes of a set of claims, a bit each.
const SET_BYTES: usize = PIECE / 8;

/// Writes the worth of a claim.
pub(super) fn set_worth(keys: &mut Vec<u8>, claim: i64, hundredths: u8) {
    keys.resize(PLANES * SET_BYTES, 0);
    let place = place_of(claim);
    for plane in 0..PLANES {
        let byte = &mut keys[plane * SET_BYTES + place / 8];
        let bit = hundredths >> (PLANES - 1 - plane) & 1;
        *byte = *byte & !(1 << (place % 8)) | bit << (place % 8);
    }
}

/// The worth at a place; 0 where none was written.
pub(super) fn worth_at(keys: &[u8], place: usize) -> u8 {
    let bit = |plane: usize| keys.get(plane * SET_BYTES + place / 8).map_or(0, |byte| byte >> (place % 8) & 1);
    (0..PLANES).fold(0, |worth, plane| worth << 1 | bit(plane))
}

/// Those of some claims whose worth is between two others, both included; none where none was written.
pub(super) fn worth_between(keys: &[u8], (least, most): (u8, u8), among: &Bits) -> Bits {
    let (words, _) = keys.as_chunks::<8>();
    if words.len() != PLANES * SET_BYTES / 8 {
        return Bits::none();
    }
    let bits_of = |worth: u8| -> [u64; PLANES] {
        std::array::from_fn(|plane| if worth >> (PLANES - 1 - plane) & 1 == 1 { u64::MAX } else { 0 })
    };
    let (low, high) = (bits_of(least), bits_of(most));
    among.each_word(|index, asked| {
        let (mut less, mut as_low, mut more, mut as_high) = (0, u64::MAX, 0, u64::MAX);
        for plane in 0..PLANES {
            let bits = u64::from_le_bytes(words[plane * SET_BYTES / 8 + index]);
            less |= as_low & low[plane] & !bits;
            as_low &= !(bits ^ low[plane]);
            more |= as_high & bits & !high[plane];
            as_high &= !(bits ^ high[plane]);
        }
        asked & !less & !more
    })
}

/// The greatest number that can be told from others as a worth.
pub(super) const MOST_WORTH: u8 = (1 << PLANES) - 1;

/// The claims of a piece by source, as they are written: which have one, a bit each; how many sources, each with its
/// number of claims; then the places of each in turn.
pub(super) fn encode_sources(pairs: &mut [(u32, u16)]) -> Vec<u8> {
    pairs.sort_unstable();
    let groups: Vec<_> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let mut out = vec![0; SET_BYTES];
    out.reserve(2 + groups.len() * 6 + pairs.len() * 2);
    pairs.iter().for_each(|(_, place)| out[usize::from(*place) / 8] |= 1 << (place % 8));
    out.extend_from_slice(&(groups.len() as u16).to_le_bytes());
    for group in &groups {
        out.extend_from_slice(&group[0].0.to_le_bytes());
        out.extend_from_slice(&(group.len() as u16).to_le_bytes());
    }
    pairs.iter().for_each(|(_, place)| out.extend_from_slice(&place.to_le_bytes()));
    out
}

/// Numbers of sources above this are damage, and must not be believed when memory is asked for.
const MOST_SOURCES: u32 = 1 << 26;

/// The number of a source as keys hold it.
pub(super) fn source_number(number: i64) -> Result<u32> {
    let number = u32::try_from(number).ok().filter(|number| *number <= MOST_SOURCES);
    number.ok_or_else(|| damaged("a source has a number that no store gives"))
}

/// The claims of a piece that have a source.
pub(super) fn with_source(keys: &[u8]) -> Bits {
    let words = keys.get(..SET_BYTES).unwrap_or_default().as_chunks::<8>().0;
    Bits::by_word(|index| words.get(index).map_or(0, |word| u64::from_le_bytes(*word)))
}

/// Each source of a piece with the places of its claims.
pub(super) fn sources(keys: &[u8]) -> impl Iterator<Item = (u32, impl Iterator<Item = usize> + '_)> {
    let number = |bytes: &[u8]| bytes.try_into().map_or(0, u16::from_le_bytes) as usize;
    let groups = keys.get(SET_BYTES..).unwrap_or_default();
    let (head, rest) = groups.split_at_checked(2).unwrap_or_default();
    let (entries, mut places) = rest.split_at_checked(number(head) * 6).unwrap_or_default();
    entries.chunks_exact(6).map(move |entry| {
        let source = entry[..4].try_into().map_or(0, u32::from_le_bytes);
        let (own, others) = places.split_at_checked(number(&entry[4..]) * 2).unwrap_or_default();
        places = others;
        (source, own.chunks_exact(2).map(number).filter(|place| *place < PIECE))
    })
}

const MOMENT: usize = 10;

/// The moment of an article, once for all its claims in the piece: from which place on, and seconds since 1970.
pub(super) fn push_moment(keys: &mut Vec<u8>, claim: i64, moment: i64) {
    keys.extend_from_slice(&(place_of(claim) as u16).to_le_bytes());
    keys.extend_from_slice(&moment.to_le_bytes());
}

/// Stretches of a piece with the moment that holds in each: from, to (exclusive), seconds since 1970.
pub(super) fn moments(keys: &[u8]) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
    let (entries, _) = keys.as_chunks::<MOMENT>();
    let begin = |entry: &[u8; MOMENT]| usize::from(u16::from_le_bytes([entry[0], entry[1]])).min(PIECE);
    let ends = entries.iter().skip(1).map(begin).chain([PIECE]);
    entries.iter().zip(ends).map(move |(entry, end)| {
        let [_, _, moment @ ..] = entry;
        (begin(entry), end, i64::from_le_bytes(*moment))
    })
}

/// The claims of a piece whose moment is between two others, both included.
pub(super) fn moments_between(keys: &[u8], least: i64, most: i64) -> Bits {
    let mut inside = Bits::none();
    // Articles of one day mostly follow each other.
    let mut open = (0, 0);
    for (from, end, _) in moments(keys).filter(|(_, _, moment)| (least..=most).contains(moment)) {
        if open.1 != from {
            inside.set_range(open.0, open.1);
            open.0 = from;
        }
        open.1 = end;
    }
    inside.set_range(open.0, open.1);
    inside
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
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_hold_until_the_next_begins() {
        let mut keys = Vec::new();
        push_moment(&mut keys, 0, -5);
        push_moment(&mut keys, 7, 9);
        assert_eq!(moments(&keys).collect::<Vec<_>>(), [(0, 7, -5), (7, PIECE, 9)]);
    }

    proptest! {
        #[test]
        fn worth_reads_back_and_compares(
            worths in prop::collection::vec(0u8..=100, 1..200), least in 0..=MOST_WORTH, most in 0..=MOST_WORTH, step in 1usize..70,
        ) {
            let mut keys = Vec::new();
            worths.iter().enumerate().for_each(|(place, worth)| set_worth(&mut keys, place as i64, *worth));
            let mut asked = Bits::none();
            (0..PIECE).step_by(step).for_each(|place| asked.set(place));
            let between = worth_between(&keys, (least, most), &asked);
            for (place, worth) in worths.iter().enumerate() {
                prop_assert_eq!(worth_at(&keys, place), *worth);
                prop_assert_eq!(between.has(place), asked.has(place) && (least..=most).contains(worth));
            }
        }

        #[test]
        fn moments_compare(lengths in prop::collection::vec((1usize..40, -3i64..3), 1..80), least in -4i64..4, most in -4i64..4) {
            let (mut keys, mut place, mut expected) = (Vec::new(), 0, Bits::none());
            for (length, moment) in &lengths {
                push_moment(&mut keys, place as i64, *moment);
                if (least..=most).contains(moment) {
                    expected.set_range(place, place + length);
                }
                place += length;
            }
            let mut between = moments_between(&keys, least, most);
            between.keep_range(0, place);
            prop_assert_eq!(between, expected);
        }

        #[test]
        fn sources_read_back(pairs in prop::collection::btree_map(0u16..8192, 1u32..9, 0..300)) {
            let mut pairs: Vec<_> = pairs.into_iter().map(|(place, source)| (source, place)).collect();
            let written = encode_sources(&mut pairs);
            let back: Vec<_> =
                sources(&written).flat_map(|(source, places)| places.map(move |place| (source, place as u16))).collect();
            let with: BTreeSet<_> = pairs.iter().map(|(_, place)| usize::from(*place)).collect();
            prop_assert!(with_source(&written).places().eq(with));
            prop_assert_eq!(back, pairs);
        }

        #[test]
        fn hostile_keys_are_survived(keys in prop::collection::vec(any::<u8>(), 0..60), tail in any::<bool>()) {
            let keys = if tail { [vec![0; SET_BYTES], keys].concat() } else { keys };
            sources(&keys).for_each(|(_, places)| places.for_each(drop));
            moments(&keys).for_each(drop);
            let _ = (worth_between(&keys, (5, 50), &Bits::all()), worth_at(&keys, 5), moments_between(&keys, -9, 9));
        }
    }

    #[test]
    fn claims_over_a_border_lie_in_two_pieces() {
        let edge = PIECE as i64;
        assert_eq!(pieces(edge - 2, edge).collect::<Vec<_>>(), [(0, edge - 2, edge - 1), (1, edge, edge)]);
    }
}
