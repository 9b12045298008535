//! temp
use super::RemarkKind;
use super::words::Words;
/// What a remark is.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub kind: RemarkKind,
    pub whole: bool,
    pub at: std::ops::Range<usize>,
}
pub(super) fn read(_words: &Words, _places: &[usize]) -> Option<Reading> {
    None
}
