//! A set of words that tells at once that a word is not in it, so that longer looks are for the few that may be.

/// The keys of words, by their low bits.
pub(super) struct KeySet([u64; 256]);

impl KeySet {
    /// None.
    pub(super) const fn new() -> Self {
        Self([0; 256])
    }

    /// With these keys too.
    pub(super) const fn with(mut self, keys: &[u32]) -> Self {
        let mut at = 0;
        while at < keys.len() {
            self.0[place(keys[at])] |= bit(keys[at]);
            at += 1;
        }
        self
    }

    /// False: the key is not in the set. True: it may be.
    pub(super) const fn may_hold(&self, key: u32) -> bool {
        self.0[place(key)] & bit(key) != 0
    }
}

const fn place(key: u32) -> usize {
    (key >> 6 & 255) as usize
}

const fn bit(key: u32) -> u64 {
    1 << (key & 63)
}

#[cfg(test)]
mod tests {
    use super::super::token::key;
    use super::*;

    #[test]
    fn what_was_put_in_may_be_there_and_little_else() {
        const SET: KeySet = KeySet::new().with(&[key("dam"), key("wall")]);
        assert!(SET.may_hold(key("dam")) && SET.may_hold(key("Wall")));
        let others = (0..1000).filter(|number| SET.may_hold(key(&format!("gate {number}"))));
        assert!(others.count() < 10);
    }
}
