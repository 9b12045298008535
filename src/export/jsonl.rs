//! Lines of JSON that an equal store can be built from.

use std::io::{self, Write};

use super::{Exporter, write_line};
use crate::domain::{ArticleRecord, Claim, Decision, Line, SourceDecision};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Jsonl { out })
}

struct Jsonl<'w> {
    out: Box<dyn Write + 'w>,
}

impl Exporter for Jsonl<'_> {
    fn article(&mut self, article: &ArticleRecord) -> io::Result<()> {
        write_line(&mut self.out, &Line::Article(article))
    }

    fn claim(&mut self, claim: &Claim) -> io::Result<()> {
        write_line(&mut self.out, &Line::Claim(claim))
    }

    fn decision(&mut self, decision: &Decision) -> io::Result<()> {
        write_line(&mut self.out, &Line::Decision(decision))
    }

    fn source_decision(&mut self, decision: &SourceDecision) -> io::Result<()> {
        write_line(&mut self.out, &Line::SourceDecision(decision))
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
