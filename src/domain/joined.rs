//! Names that analysts joined: which of them are one source, and under which name it is counted.
//!
//! Each name says at most which other it was joined into. Knows no store: who follows from what was decided alone, in
//! whatever order the decisions arrive.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::time::Clock;

/// A name that was joined into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<K> {
    /// The name.
    pub from: K,
    /// The name that it was joined into, which may itself be joined into a further one.
    pub into: K,
    /// Where the decision stands in the order of all.
    pub order: (Clock, Uuid),
}

/// The name under which each of the linked names is counted: the last that one comes to from link to link. Where analysts
/// joined names in a ring, its oldest link is left out. At most one link leaves each name.
pub fn heads<K: Copy + Ord>(links: &[Link<K>]) -> BTreeMap<K, K> {
    let mut next: BTreeMap<K, Link<K>> = links.iter().map(|link| (link.from, *link)).collect();
    open_rings(&mut next);
    let mut heads: BTreeMap<K, K> = BTreeMap::new();
    for link in links {
        let mut passed = Vec::new();
        let mut at = link.from;
        while let (Some(link), false) = (next.get(&at), heads.contains_key(&at)) {
            passed.push(at);
            at = link.into;
        }
        let head = heads.get(&at).copied().unwrap_or(at);
        heads.extend(passed.into_iter().map(|name| (name, head)));
    }
    heads
}

fn open_rings<K: Copy + Ord>(next: &mut BTreeMap<K, Link<K>>) {
    let names: Vec<K> = next.keys().copied().collect();
    let mut seen = BTreeSet::new();
    for name in names {
        let mut walk = BTreeSet::new();
        let mut at = name;
        while let (Some(link), true) = (next.get(&at), seen.insert(at)) {
            walk.insert(at);
            at = link.into;
        }
        if walk.contains(&at) {
            let oldest = ring(next, at).into_iter().min_by_key(|link| link.order);
            oldest.and_then(|link| next.remove(&link.from));
        }
    }
}

/// The links of the ring that goes through a name.
fn ring<K: Copy + Ord>(next: &BTreeMap<K, Link<K>>, through: K) -> Vec<Link<K>> {
    let mut links: Vec<Link<K>> = Vec::new();
    let mut at = through;
    while let Some(link) = next.get(&at) {
        links.push(*link);
        at = link.into;
        if at == through {
            break;
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn links(pairs: &[(u32, u32)]) -> Vec<Link<u32>> {
        let link = |(order, (from, into)): (i64, &(u32, u32))| Link {
            from: *from,
            into: *into,
            order: (Clock(order), Uuid::nil()),
        };
        (0..).zip(pairs).map(link).collect()
    }

    fn heads_of(pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
        heads(&links(pairs)).into_iter().collect()
    }

    #[test]
    fn names_are_followed_from_link_to_link() {
        assert_eq!(heads_of(&[(1, 2), (2, 3), (7, 3), (4, 5)]), [(1, 3), (2, 3), (4, 5), (7, 3)]);
    }

    #[test]
    fn in_a_ring_the_oldest_link_is_left_out() {
        assert_eq!(heads_of(&[(1, 2), (2, 1)]), [(2, 1)]);
        assert_eq!(heads_of(&[(2, 3), (3, 1), (1, 2), (9, 3)]), [(1, 2), (3, 2), (9, 2)]);
        assert_eq!(heads_of(&[(1, 1), (5, 1)]), [(5, 1)]);
    }

    #[test]
    fn a_long_chain_is_followed_in_one_go() {
        let chain: Vec<_> = (0..50_000).map(|name| (name, name + 1)).collect();
        assert!(heads_of(&chain).iter().all(|(_, head)| *head == 50_000));
    }

    proptest! {
        #[test]
        fn every_link_but_one_a_ring_is_kept_in_whatever_order_they_are_given(
            into in prop::collection::btree_map(0u32..12, 0u32..12, 0..12), turn in 0usize..12,
        ) {
            let given = links(&into.into_iter().collect::<Vec<_>>());
            let mut turned = given.clone();
            turned.rotate_left(turn.min(given.len()));
            let found = heads(&given);
            prop_assert_eq!(&found, &heads(&turned));
            for head in found.values() {
                prop_assert!(!found.contains_key(head), "a head is nobody else's name");
            }
            let head = |name: u32| found.get(&name).copied().unwrap_or(name);
            for link in &given {
                prop_assert_eq!(head(link.from), head(link.into));
            }
        }
    }
}
