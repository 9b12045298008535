//! Bytes to text, in any usual encoding, with nothing else changed.

use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::{MAX_ARTICLE, Reason};

/// How files of other programs begin, for a message that says what was found.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "an RTF file"),
];

/// As much of the input as one article may have.
pub(super) fn whole(from: &mut dyn BufRead) -> io::Result<Result<Vec<u8>, Reason>> {
    let mut bytes = Vec::new();
    from.take(MAX_ARTICLE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > MAX_ARTICLE { Err(Reason::TooLong) } else { Ok(bytes) })
}

/// The text that these bytes stand for: by byte order mark, as UTF-8, else in the encoding that fits best.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Reason> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Reason::Binary(what));
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
    } else {
        match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => guess(&error.into_bytes())?,
        }
    };
    if text.contains('\0') { Err(Reason::Binary("binary data")) } else { Ok(text) }
}

fn guess(bytes: &[u8]) -> Result<String, Reason> {
    if bytes.contains(&0) {
        return Err(Reason::Binary("binary data"));
    }
    if is_damaged_utf8(bytes) {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Whether this is UTF-8 but for a few bytes, such as a character cut in two: guessing would spoil all the others.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).unwrap()
    }

    #[test]
    fn an_article_may_be_as_long_as_the_longest_and_not_a_byte_longer() {
        let read = |length| {
            let mut from = io::BufReader::new(io::repeat(b'x').take(length as u64));
            whole(&mut from).unwrap().map(|bytes| bytes.len())
        };
        assert_eq!(read(MAX_ARTICLE).unwrap(), MAX_ARTICLE);
        assert!(matches!(read(MAX_ARTICLE + 1), Err(Reason::TooLong)));
    }

    #[test]
    fn a_byte_order_mark_names_the_encoding_and_is_no_text() {
        assert_eq!(decoded(b"\xef\xbb\xbfHi"), "Hi");
        assert_eq!(decoded(b"\xff\xfeH\0i\0"), "Hi");
        assert_eq!(decoded(b"\xfe\xff\0H\0i"), "Hi");
    }

    #[test]
    fn curly_quotes_of_windows_1252_are_recognised() {
        assert_eq!(decoded(b"\x93The bridge is closed,\x94 she said."), "“The bridge is closed,” she said.");
    }

    #[test]
    fn cyrillic_in_windows_1251_is_recognised() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Міст закрито, повідомила речниця міської ради.");
        assert_eq!(decoded(&bytes), "Міст закрито, повідомила речниця міської ради.");
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_rest_of_a_utf8_text() {
        let mut bytes = "“Міст закрито”, — сказала вона.".as_bytes().to_vec();
        bytes.push(0xd0);
        assert_eq!(decoded(&bytes), "“Міст закрито”, — сказала вона.\u{fffd}");
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        assert_eq!(decoded(b"one\r\n\r\ntwo\n"), "one\r\n\r\ntwo\n");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert_eq!(decode(b"%PDF-1.7 ...".to_vec()).unwrap_err().to_string(), "looks like a PDF, not text");
        assert_eq!(decode(b"ab\0\x90cd".to_vec()).unwrap_err().to_string(), "looks like binary data, not text");
    }
}
