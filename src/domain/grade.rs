//! The Admiralty grades: how reliable a source is, A to F, and how credible a claim is, 1 to 6.
//!
//! The words are those of NATO's AJP-2.1, "Allied Joint Doctrine for Intelligence Procedures", which took them over
//! from STANAG 2511. Both are judged apart: a reliable source may be wrong, and a bad one right.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How reliable a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Reliability cannot be judged.
    F,
}

impl Reliability {
    /// All, best first; the last says that nothing can be said.
    pub const ALL: [Reliability; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter.
    pub fn letter(self) -> char {
        char::from(b'A' + self as u8)
    }

    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Self::A => "completely reliable",
            Self::B => "usually reliable",
            Self::C => "fairly reliable",
            Self::D => "not usually reliable",
            Self::E => "unreliable",
            Self::F => "reliability cannot be judged",
        }
    }

    /// The number that stores it, from 1; never reused for another meaning.
    pub fn code(self) -> u8 {
        self as u8 + 1
    }

    /// The grade with this number.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code.checked_sub(1)?).ok()?).copied()
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// How credible a claim is, whoever says it. Written as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credibility {
    /// Confirmed by other sources.
    Confirmed,
    /// Probably true.
    ProbablyTrue,
    /// Possibly true.
    PossiblyTrue,
    /// Doubtful.
    Doubtful,
    /// Improbable.
    Improbable,
    /// Truth cannot be judged.
    NotJudged,
}

impl Credibility {
    /// All, best first; the last says that nothing can be said.
    pub const ALL: [Credibility; 6] =
        [Self::Confirmed, Self::ProbablyTrue, Self::PossiblyTrue, Self::Doubtful, Self::Improbable, Self::NotJudged];

    /// The number.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed by other sources",
            Self::ProbablyTrue => "probably true",
            Self::PossiblyTrue => "possibly true",
            Self::Doubtful => "doubtful",
            Self::Improbable => "improbable",
            Self::NotJudged => "truth cannot be judged",
        }
    }

    /// The grade with this number.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }
}

impl fmt::Display for Credibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

impl Serialize for Credibility {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for Credibility {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(from)?;
        Self::of_number(number).ok_or_else(|| serde::de::Error::custom(UnknownGrade(number.to_string())))
    }
}

impl FromStr for Reliability {
    type Err = UnknownGrade;

    fn from_str(word: &str) -> Result<Self, UnknownGrade> {
        let fits = |grade: &Reliability| word.eq_ignore_ascii_case(&grade.to_string());
        Self::ALL.into_iter().find(fits).ok_or_else(|| UnknownGrade(word.to_owned()))
    }
}

/// Not a grade.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown grade \"{0}\": expected A to F for a source, 1 to 6 for a claim")]
pub struct UnknownGrade(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scales_of_the_readme_are_those_of_the_program() {
        let readme = include_str!("../../README.md");
        for (r, c) in Reliability::ALL.into_iter().zip(Credibility::ALL) {
            let row = format!("| {r} | {} | {c} | {} |", r.words(), c.words());
            assert!(readme.contains(&row), "{row}");
        }
    }

    #[test]
    fn grades_read_back_from_what_is_written() {
        for grade in Reliability::ALL {
            assert_eq!(Reliability::from_code(i64::from(grade.code())), Some(grade));
            assert_eq!(grade.to_string().to_lowercase().parse(), Ok(grade));
            assert_eq!(serde_json::to_value(grade).unwrap(), grade.to_string());
        }
        for grade in Credibility::ALL {
            let written = serde_json::to_string(&grade).unwrap();
            assert_eq!(written, grade.number().to_string());
            assert_eq!(serde_json::from_str::<Credibility>(&written).unwrap(), grade);
        }
        assert!(serde_json::from_str::<Credibility>("7").is_err() && "G".parse::<Reliability>().is_err());
        assert_eq!((Reliability::from_code(0), Credibility::of_number(0)), (None, None));
    }
}
