//! Lines of JSON that an equal store can be built from.

use std::io::{self, Write};

use serde::Serialize;

use super::Exporter;
use super::json::write_long_line;
use crate::domain::{ArticleRecord, Claim, Decision, Line, SourceDecision};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Jsonl { out, line: Vec::new() })
}

/// Room that is kept for the next line: an article's may be long.
const KEPT: usize = 1 << 16;

struct Jsonl<'w> {
    out: Box<dyn Write + 'w>,
    /// The line that is put together.
    line: Vec<u8>,
}

impl Jsonl<'_> {
    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        self.line.shrink_to(KEPT);
        write_long_line(&mut self.line, value)?;
        self.out.write_all(&self.line)
    }
}

impl Exporter for Jsonl<'_> {
    fn article(&mut self, article: &ArticleRecord) -> io::Result<()> {
        self.write(&Line::Article(article))
    }

    fn claim(&mut self, claim: &Claim) -> io::Result<()> {
        self.write(&Line::Claim(claim))
    }

    fn decision(&mut self, decision: &Decision) -> io::Result<()> {
        self.write(&Line::Decision(decision))
    }

    fn source_decision(&mut self, decision: &SourceDecision) -> io::Result<()> {
        self.write(&Line::SourceDecision(decision))
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::samples;

    #[test]
    fn a_claim_reads_back_as_it_was() {
        let mut out = Vec::new();
        open(Box::new(&mut out)).claim(&samples::claim()).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert!(line.starts_with("{\"kind\":\"claim\",\"id\":\"c"), "{line}");
        assert_eq!(serde_json::from_str::<Claim>(&line).unwrap(), samples::claim());
    }
}
