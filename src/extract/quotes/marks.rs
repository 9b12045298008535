//! The quotation marks of the world: which bytes they are and which pair with which.

/// Marks that pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Straight,
    Curly,
    Low,
    /// ”so”, in Swedish and Finnish.
    Right,
    Guillemets,
    /// »so«, in German and Danish.
    Outward,
    Angles,
    OutwardAngles,
    Corners,
    WhiteCorners,
    /// ``so''.
    Typewriter,
    Single,
    LowSingle,
    StraightSingle,
}

impl Family {
    /// Whether the opening mark may have been an apostrophe, so that without a closing one it was no quotation.
    pub(super) fn is_doubtful(self) -> bool {
        matches!(self, Self::Single | Self::LowSingle | Self::StraightSingle)
    }
}

/// Whether a mark after this character can be an opening one.
pub(super) fn opens_here(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{<—–-/:“‘„«\"'`‹「『…".contains(c))
}

/// Bytes with which a mark may begin.
pub(super) static MAY_MARK: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [b'"', b'\'', b'`', 0xc2, 0xe2, 0xe3, 0xef];
    let mut at = 0;
    while at < leads.len() {
        table[leads[at] as usize] = true;
        at += 1;
    }
    table
};

/// The mark at the start of these bytes and its length.
pub(super) fn mark_at(bytes: &[u8]) -> Option<(char, usize)> {
    match bytes {
        [b'"', ..] => Some(('"', 1)),
        [b'\'', b'\'', ..] => Some(('\'', 2)),
        [b'\'', ..] => Some(('\'', 1)),
        [b'`', b'`', ..] => Some(('`', 2)),
        [b'`', ..] => Some(('`', 1)),
        [0xc2, 0xab, ..] => Some(('«', 2)),
        [0xc2, 0xbb, ..] => Some(('»', 2)),
        [0xe2, 0x80, low, ..] => match low {
            0x98 | 0x9b => Some(('‘', 3)),
            0x99 => Some(('’', 3)),
            0x9a => Some(('‚', 3)),
            0x9c => Some(('“', 3)),
            0x9d => Some(('”', 3)),
            0x9e => Some(('„', 3)),
            0x9f => Some(('‟', 3)),
            0xb9 => Some(('‹', 3)),
            0xba => Some(('›', 3)),
            _ => None,
        },
        [0xe3, 0x80, low, ..] => match low {
            0x8c => Some(('「', 3)),
            0x8d => Some(('」', 3)),
            0x8e => Some(('『', 3)),
            0x8f => Some(('』', 3)),
            _ => None,
        },
        [0xef, 0xbc, 0x82, ..] => Some(('＂', 3)),
        _ => None,
    }
}
