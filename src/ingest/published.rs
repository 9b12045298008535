//! Dates of publication, in the forms in which documents write them.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, fmt::rfc2822};

/// A date (`2026-11-22`) or a time (RFC 3339) from what a document says; none where it is neither. A time without a
/// zone is kept as its date, which is all that it tells.
pub fn published(written: &str) -> Option<String> {
    let written = written.trim();
    if let Ok(time) = written.parse::<Timestamp>() {
        return Some(time.to_string());
    }
    if let Ok(zoned) = rfc2822::parse(written) {
        return Some(zoned.timestamp().to_string());
    }
    let day = written.parse::<Date>().or_else(|_| written.parse::<DateTime>().map(|t| t.date()));
    day.ok().map(|d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_in_their_usual_forms() {
        assert_eq!(published(" 2026-03-02 ").as_deref(), Some("2026-03-02"));
        assert_eq!(published("2026-03-02T14:00:00+02:00").as_deref(), Some("2026-03-02T12:00:00Z"));
        assert_eq!(published("Mon, 02 Mar 2026 14:00:00 +0200").as_deref(), Some("2026-03-02T12:00:00Z"));
        assert_eq!(published("2026-03-02 14:00").as_deref(), Some("2026-03-02"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in ["", "yesterday", "2026-13-40", "=1+1"] {
            assert_eq!(published(written), None, "{written}");
        }
    }
}
