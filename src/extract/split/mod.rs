//! Single claims: cuts sentences and contents of attributions where two things are asserted.

pub(in crate::extract) mod clauses;
pub(in crate::extract) mod verbs;
