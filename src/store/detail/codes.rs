//! The numbers that store modes, kinds, remarks and bands; a number is never used for another meaning.

use crate::domain::{Band, Mode, RemarkKind, SourceKind};
use crate::store::error::{Result, damaged};

const MODES: [Mode; 4] = [Mode::Direct, Mode::Indirect, Mode::Mixed, Mode::Narrative];
const KINDS: [SourceKind; 5] =
    [SourceKind::Unknown, SourceKind::Person, SourceKind::Body, SourceKind::Anonymous, SourceKind::Document];
const REMARKS: [RemarkKind; 4] =
    [RemarkKind::NotVerified, RemarkKind::Confirmed, RemarkKind::Denied, RemarkKind::NoComment];
const BANDS: [Band; 7] = [
    Band::AlmostNoChance,
    Band::VeryUnlikely,
    Band::Unlikely,
    Band::RoughlyEven,
    Band::Likely,
    Band::VeryLikely,
    Band::AlmostCertain,
];

fn code_in<T: PartialEq>(all: &[T], value: T) -> u8 {
    all.iter().position(|v| *v == value).unwrap_or_default() as u8
}

fn of_code<T: Copy>(all: &[T], code: u8, what: &str) -> Result<T> {
    all.get(code as usize).copied().ok_or_else(|| damaged(format_args!("no {what} has the code {code}")))
}

/// The number that stores a mode.
pub(in crate::store) fn mode_code(mode: Mode) -> u8 {
    code_in(&MODES, mode)
}

pub(in crate::store) fn mode_of(code: u8) -> Result<Mode> {
    of_code(&MODES, code, "mode")
}

/// The number that stores a kind of source.
pub(in crate::store) fn kind_code(kind: SourceKind) -> u8 {
    code_in(&KINDS, kind)
}

pub(in crate::store) fn kind_of(code: u8) -> Result<SourceKind> {
    of_code(&KINDS, code, "kind of source")
}

pub(super) fn remark_code(kind: RemarkKind) -> u8 {
    code_in(&REMARKS, kind)
}

pub(super) fn remark_of(code: u8) -> Result<RemarkKind> {
    of_code(&REMARKS, code, "remark")
}

pub(super) fn band_code(band: Band) -> u8 {
    code_in(&BANDS, band)
}

pub(super) fn band_of(code: u8) -> Result<Band> {
    of_code(&BANDS, code, "band")
}
