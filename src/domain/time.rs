//! Moments and the clock that orders decisions. Knows no system clock: the caller says what time it is.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in seconds since 1970 (UTC). Written as RFC 3339: `2026-11-22T14:03:11Z`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The day, as `2026-11-22`.
    pub fn day(self) -> String {
        self.to_string().split('T').next().unwrap_or_default().to_owned()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A wrong system clock may be outside what the calendar can write: the nearest end is shown.
        let second = self.0.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        fmt::Display::fmt(&Timestamp::from_second(second).unwrap_or_default(), f)
    }
}

impl FromStr for Moment {
    type Err = jiff::Error;

    fn from_str(written: &str) -> Result<Self, jiff::Error> {
        written.parse::<Timestamp>().map(|t| Self(t.as_second()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A reading of a hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014): milliseconds since
/// 1970 above 12 bits of counter. It never goes back, so a system clock set back reorders nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clock(pub i64);

const COUNTER_BITS: u32 = 12;

impl Clock {
    /// The reading that follows this one, when the system clock says `now_ms` (milliseconds since 1970).
    pub fn next(self, now_ms: i64) -> Self {
        let now = now_ms.clamp(0, i64::MAX >> COUNTER_BITS) << COUNTER_BITS;
        Self(now.max(self.0.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_written_in_whole_seconds_and_reads_back() {
        let moment = Moment(1_795_356_191);
        assert_eq!(moment.to_string(), "2026-11-22T14:03:11Z");
        assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
        assert_eq!(moment.day(), "2026-11-22");
    }

    #[test]
    fn a_moment_past_the_calendar_is_shown_as_its_end() {
        assert!(Moment(i64::MAX).to_string().starts_with("9999-12-30"));
    }

    proptest! {
        #[test]
        fn the_clock_only_goes_forward(times in prop::collection::vec(any::<i64>(), 1..50)) {
            let mut clock = Clock::default();
            for now in times {
                let next = clock.next(now);
                prop_assert!(next > clock || clock.0 == i64::MAX);
                clock = next;
            }
        }
    }
}
