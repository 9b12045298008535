//! Lines of a stream, none of them longer than a bound.

use std::io::{self, BufRead};

use super::{MAX_ARTICLE, Reason};

/// Reads lines with their numbers, from 1. A line that is too long is skipped and named; blank lines are passed over.
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    number: u64,
    longest: usize,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `from`, each as long as an article may be.
    pub fn new(from: R) -> Self {
        Self::up_to(from, MAX_ARTICLE)
    }

    /// The lines of `from`, each of so many bytes at most.
    pub(super) fn up_to(from: R, longest: usize) -> Self {
        Self { from, number: 0, longest }
    }

    /// The next line without its end: none at the end of the stream.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, Reason>>> {
        let mut line = Vec::new();
        let mut too_long = false;
        let mut any = false;
        loop {
            let chunk = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = line_end(chunk);
            let taken = end.unwrap_or(chunk.len());
            too_long |= line.len() + taken > self.longest;
            if too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(&chunk[..taken]);
            }
            self.from.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                break;
            }
        }
        Ok(any.then_some(if too_long { Err(Reason::TooLong) } else { Ok(line) }))
    }
}

/// Where the first line ends.
fn line_end(bytes: &[u8]) -> Option<usize> {
    // A stretch is looked at at once, which is quicker than byte after byte.
    const STRETCH: usize = 128;
    let ends = |stretch: &[u8]| stretch.iter().fold(false, |found, byte| found | (*byte == b'\n'));
    let start = bytes.chunks(STRETCH).position(ends)? * STRETCH;
    bytes[start..].iter().position(|byte| *byte == b'\n').map(|place| start + place)
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<(u64, Result<Vec<u8>, Reason>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.line().transpose()?;
            self.number += 1;
            match line {
                Err(error) => return Some(Err(error)),
                Ok(Ok(line)) if line.trim_ascii().is_empty() => {}
                Ok(line) => return Some(Ok((self.number, line))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Read};

    #[test]
    fn lines_carry_their_numbers_and_blank_ones_only_count() {
        let lines: Vec<_> = Lines::new(&b"a\n\n \r\nb"[..]).map(|l| l.unwrap()).map(|(n, l)| (n, l.unwrap())).collect();
        assert_eq!(lines, [(1, b"a".to_vec()), (4, b"b".to_vec())]);
    }

    #[test]
    fn a_line_ends_at_its_first_line_end_wherever_that_is() {
        for place in 0..700 {
            let mut bytes = vec![b'x'; 700];
            assert_eq!(line_end(&bytes), None);
            bytes[place..].fill(b'\n');
            assert_eq!(line_end(&bytes), Some(place));
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_named_and_the_next_is_read() {
        let long = io::repeat(b'x').take(10_001).chain(&b"\nshort\n"[..]);
        let lines: Vec<_> = Lines::up_to(BufReader::new(long), 10_000).map(|l| l.unwrap()).collect();
        assert!(matches!(lines[0], (1, Err(Reason::TooLong))));
        assert_eq!(lines[1].1.as_deref().unwrap(), b"short");
    }
}
