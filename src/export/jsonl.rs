//! Lines of JSON that an equal store can be built from.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::Exporter;
use super::json::write_long_line;
use crate::domain::{ArticleRecord, ClaimView, Decision, Line, SourceDecision};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Jsonl { out: BufWriter::with_capacity(GATHERED, out) })
}

/// Bytes that are gathered before they are written: JSON comes in pieces of a few bytes.
const GATHERED: usize = 1 << 16;

struct Jsonl<'w> {
    out: BufWriter<Box<dyn Write + 'w>>,
}

impl Jsonl<'_> {
    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        write_long_line(&mut self.out, value)
    }
}

impl Exporter for Jsonl<'_> {
    fn article(&mut self, article: &ArticleRecord) -> io::Result<()> {
        self.write(&Line::Article(article))
    }

    fn claim(&mut self, claim: &ClaimView<'_>) -> io::Result<()> {
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
    use crate::domain::Claim;
    use crate::export::samples;

    #[test]
    fn a_claim_reads_back_as_it_was() {
        let mut out = Vec::new();
        open(Box::new(&mut out)).claim(&samples::claim().view()).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert!(line.starts_with("{\"kind\":\"claim\",\"id\":\"c"), "{line}");
        assert_eq!(serde_json::from_str::<Claim>(&line).unwrap(), samples::claim());
    }
}
