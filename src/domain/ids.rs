//! Names of things that are the same wherever they are loaded.
//!
//! Articles and claims are named by their content, so two analysts who load the same text hold the same
//! ids. Decisions and sessions are named by UUIDv7, which the caller draws: this layer knows no clock.

use std::fmt;
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Bytes of a content id: half of SHA-256, so a clash by chance at 5 million claims is below 2^-80.
pub const ID_BYTES: usize = 16;

macro_rules! content_id {
    ($name:ident, $letter:literal, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; ID_BYTES]);

        impl $name {
            /// The letter that opens the written form, so that ids of different things can't be confused.
            pub const LETTER: char = $letter;

            /// The written form: its letter and hexadecimal digits, all of them ASCII.
            pub fn letters(self) -> [u8; 1 + ID_BYTES * 2] {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let mut written = [0; 1 + ID_BYTES * 2];
                $letter.encode_utf8(&mut written[..1]);
                for (pair, byte) in written[1..].chunks_exact_mut(2).zip(self.0) {
                    pair.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
                }
                written
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(std::str::from_utf8(&self.letters()).map_err(|_| fmt::Error)?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(written: &str) -> Result<Self, BadId> {
                let hex = written.strip_prefix($letter).ok_or(BadId)?;
                let pairs = hex.as_bytes().chunks_exact(2);
                if hex.len() != ID_BYTES * 2 {
                    return Err(BadId);
                }
                let mut bytes = [0; ID_BYTES];
                for (byte, pair) in bytes.iter_mut().zip(pairs) {
                    *byte = digit(pair[0])? << 4 | digit(pair[1])?;
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                // An export writes two ids a claim, so this is one call.
                to.serialize_str(std::str::from_utf8(&self.letters()).map_err(serde::ser::Error::custom)?)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Written;
                impl Visitor<'_> for Written {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an id")
                    }

                    fn visit_str<E: serde::de::Error>(self, written: &str) -> Result<$name, E> {
                        written.parse().map_err(E::custom)
                    }
                }
                from.deserialize_str(Written)
            }
        }
    };
}

content_id!(ArticleId, 'a', "An article: one text, whoever published it.");
content_id!(ClaimId, 'c', "A claim: an article's text and the claim's spans in it.");

/// Not the written form of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected its letter and {} hexadecimal digits", ID_BYTES * 2)]
pub struct BadId;

fn digit(written: u8) -> Result<u8, BadId> {
    match written {
        b'0'..=b'9' => Ok(written - b'0'),
        b'a'..=b'f' => Ok(written - b'a' + 10),
        b'A'..=b'F' => Ok(written - b'A' + 10),
        _ => Err(BadId),
    }
}

impl ArticleId {
    /// The id of this text: the first half of its SHA-256, so `sha256sum` can check it.
    pub fn of_text(text: &str) -> Self {
        Self(first_half(Sha256::digest(text.as_bytes()).as_slice()))
    }
}

impl ClaimId {
    /// The id of the claim with these spans (code points) in the article.
    pub fn of_spans(article: ArticleId, spans: &[[u32; 2]]) -> Self {
        let mut hash = Sha256::new();
        hash.update(article.0);
        for [start, end] in spans {
            hash.update(start.to_be_bytes());
            hash.update(end.to_be_bytes());
        }
        Self(first_half(hash.finalize().as_slice()))
    }
}

fn first_half(digest: &[u8]) -> [u8; ID_BYTES] {
    let mut half = [0; ID_BYTES];
    half.copy_from_slice(&digest[..ID_BYTES]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_named_by_the_sha256_of_its_text() {
        // printf 'abc' | sha256sum
        assert_eq!(ArticleId::of_text("abc").to_string(), "aba7816bf8f01cfea414140de5dae2223");
    }

    #[test]
    fn a_written_id_reads_back_and_another_letter_does_not() {
        let id = ClaimId::of_spans(ArticleId::of_text("abc"), &[[0, 3]]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().parse::<ArticleId>(), Err(BadId));
        assert_eq!("c12".parse::<ClaimId>(), Err(BadId));
        assert_eq!("cé".parse::<ClaimId>(), Err(BadId));
        assert_eq!(format!("c{}", "+f".repeat(ID_BYTES)).parse::<ClaimId>(), Err(BadId));
    }

    #[test]
    fn spans_that_differ_give_ids_that_differ() {
        let article = ArticleId::of_text("abc");
        assert_ne!(ClaimId::of_spans(article, &[[0, 3]]), ClaimId::of_spans(article, &[[0, 1], [1, 3]]));
    }
}
