//! The words that remarks are made of, one list for each part that they play.

use super::super::token::key;

pub(super) const VERIFY: &[u32] = &[
    key("verify"),
    key("verified"),
    key("confirm"),
    key("confirmed"),
    key("corroborate"),
    key("corroborated"),
    key("substantiate"),
    key("substantiated"),
    key("authenticate"),
    key("authenticated"),
    key("confirmation"),
    key("verification"),
    key("corroboration"),
    key("geolocated"),
    key("validated"),
];
pub(super) const VERIFIED: &[u32] = &[
    key("verified"),
    key("confirmed"),
    key("corroborated"),
    key("authenticated"),
    key("geolocated"),
    key("validated"),
    key("substantiated"),
    key("confirms"),
    key("verifies"),
    key("corroborates"),
];
pub(super) const UNVERIFIED: &[u32] =
    &[key("unverified"), key("unconfirmed"), key("uncorroborated"), key("unsubstantiated")];
pub(super) const DENY: &[u32] = &[
    key("denied"),
    key("denies"),
    key("deny"),
    key("denying"),
    key("rejected"),
    key("rejects"),
    key("dismissed"),
    key("dismisses"),
    key("refuted"),
    key("refutes"),
    key("disputed"),
    key("disputes"),
    key("rebuffed"),
    key("debunked"),
];
pub(super) const ANSWER: &[u32] = &[
    key("comment"),
    key("commented"),
    key("respond"),
    key("responded"),
    key("reply"),
    key("replied"),
    key("answer"),
    key("answered"),
    key("comments"),
    key("response"),
];
/// A refusal is a negation of what follows.
pub(super) const REFUSE: &[u32] = &[
    key("declined"),
    key("refused"),
    key("unavailable"),
    key("unable"),
    key("yet"),
    key("reached"),
    key("awaiting"),
    key("lacks"),
    key("lack"),
    key("pending"),
];
pub(super) const RESPONSIBILITY: &[u32] =
    &[key("claimed"), key("claim"), key("taken"), key("took"), key("admitted"), key("acknowledged"), key("accepted")];
