//! A report to read: claims under the articles that they stand in.
//!
//! Text from outside is escaped so that it makes no link, heading, picture or HTML, bare addresses included. The one
//! exception is evidence whose address is plain http or https.

use std::io::{self, Write};

use super::Exporter;
use crate::domain::{
    ArticleId, ArticleRef, Attribution, ClaimView, Evidence, EvidenceKind, Meta, Mode, RemarkKind, Stance, clean_line,
};

pub(super) fn open<'w>(out: Box<dyn Write + 'w>) -> Box<dyn Exporter + 'w> {
    Box::new(Markdown { out, article: None, begun: false })
}

/// Letters of an id that are enough to find the claim again in any but the largest stores.
const SHORT_ID: usize = 9;

struct Markdown<'w> {
    out: Box<dyn Write + 'w>,
    /// The article whose claims are being written.
    article: Option<ArticleId>,
    begun: bool,
}

impl Markdown<'_> {
    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            writeln!(self.out, "# Claims")?;
        }
        Ok(())
    }

    fn heading(&mut self, article: &ArticleRef) -> io::Result<()> {
        let Meta { title, outlet, author, url, path, published, .. } = &*article.meta;
        let file = path.as_deref().map(|p| p.rsplit('/').next().unwrap_or(p));
        let title = title.as_deref().or(file).unwrap_or("Untitled");
        writeln!(self.out, "\n## {}\n", escaped(title))?;
        let known = [outlet, author, published].into_iter().flatten().map(|s| escaped(s));
        let known: Vec<_> = known.chain(url.iter().map(|u| address(u))).collect();
        if !known.is_empty() {
            writeln!(self.out, "{}\n", known.join(" · "))?;
        }
        Ok(())
    }
}

impl Exporter for Markdown<'_> {
    fn claim(&mut self, claim: &ClaimView<'_>) -> io::Result<()> {
        self.head()?;
        if self.article.replace(claim.article.id) != Some(claim.article.id) {
            self.heading(claim.article)?;
        }
        let short: String = claim.id.to_string().chars().take(SHORT_ID).collect();
        writeln!(self.out, "- `{short}` **{}** {}", claim.state.status, escaped(&claim.text))?;
        if let Some(analyst) = &claim.state.added_by {
            writeln!(self.out, "  - added by {}", escaped(analyst))?;
        }
        if let Some(mut said) = claim.attribution.as_ref().and_then(said_by) {
            if let Some(known) = claim.known_as() {
                said = format!("{said}, known as {}", escaped(known));
            }
            writeln!(self.out, "  - source: {said}")?;
        } else if claim.mode == Mode::Narrative {
            writeln!(self.out, "  - source: the article itself")?;
        }
        for hedge in &claim.hedges {
            writeln!(self.out, "  - hedge: {}", escaped(hedge.term))?;
        }
        for remark in &claim.remarks {
            let words = remark.text.map(|t| format!(": {}", escaped(t))).unwrap_or_default();
            writeln!(self.out, "  - the article: {}{words}", of_remark(remark.kind))?;
        }
        if let Some(note) = &claim.state.note {
            writeln!(self.out, "  - note: {}", escaped(note))?;
        }
        for evidence in &claim.state.evidence {
            writeln!(self.out, "  - {}", of_evidence(evidence))?;
        }
        if let Some(grade) = claim.source.and_then(|source| source.reliability) {
            writeln!(self.out, "  - reliability of the source: {grade}, {}", grade.words())?;
        }
        if let Some(grade) = claim.state.credibility {
            writeln!(self.out, "  - credibility: {grade}, {}", grade.words())?;
        }
        if !claim.state.tags.is_empty() {
            let tags: Vec<_> = claim.state.tags.iter().map(|t| escaped(t)).collect();
            writeln!(self.out, "  - tags: {}", tags.join(", "))?;
        }
        if let (Some(analyst), Some(at)) = (&claim.state.analyst, claim.state.decided_at) {
            writeln!(self.out, "  - decided by {}, {at}", escaped(analyst))?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

fn said_by(attribution: &Attribution<&str>) -> Option<String> {
    let source = attribution.source.as_ref()?;
    let mut said = escaped(source.best_name()?);
    let within = attribution.within.as_ref().and_then(|w| w.best_name()).map(|w| format!("relayed by {w}"));
    let medium = attribution.medium.map(|m| format!("on {m}"));
    // A source that is named by its role alone has it as its name.
    let role = source.role.filter(|role| !said.contains(role)).map(str::to_owned);
    for more in [role, medium, within].into_iter().flatten() {
        said.push_str(&format!(", {}", escaped(&more)));
    }
    Some(said)
}

fn of_remark(kind: RemarkKind) -> &'static str {
    match kind {
        RemarkKind::NotVerified => "not verified",
        RemarkKind::Confirmed => "confirmed",
        RemarkKind::Denied => "denied",
        RemarkKind::NoComment => "no comment",
    }
}

fn of_evidence(evidence: &Evidence) -> String {
    let stance = match evidence.stance {
        Stance::Supports => "supported by",
        Stance::Refutes => "refuted by",
        Stance::Context => "context:",
    };
    let piece = match evidence.kind {
        EvidenceKind::Link => address(&evidence.url),
        EvidenceKind::File => format!("the file {}", escaped(&evidence.url)),
        EvidenceKind::Quotation => format!("“{}”", escaped(&evidence.url)),
    };
    let mut line = format!("{stance} {piece}");
    for more in [&evidence.seen, &evidence.note].into_iter().flatten() {
        line.push_str(&format!(", {}", escaped(more)));
    }
    if let Some(copy) = &evidence.archived {
        line.push_str(&format!(", copy {}", address(copy)));
    }
    if let Some(hash) = &evidence.sha256 {
        line.push_str(&format!(", SHA-256 {}", escaped(hash)));
    }
    line
}

/// A link where it is a plain web address, else its letters.
fn address(url: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '`');
    let of_the_web = ["https://", "http://"].iter().any(|start| url.starts_with(start));
    if of_the_web && url.chars().all(plain) { format!("<{url}>") } else { escaped(url) }
}

/// The words on one line, with nothing in them that Markdown would read as more than words.
fn escaped(text: &str) -> String {
    let line = clean_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    // The word that is being written, as far as it matters.
    let mut word = String::new();
    for c in line.chars() {
        let starts_something = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '@' | '$' => true,
            '#' | '+' | '-' | '=' => out.is_empty(),
            // Addresses are made into links wherever they stand, and "1." or "1)" opens a list.
            ':' => matches!(word.to_ascii_lowercase().as_str(), "http" | "https" | "ftp" | "mailto" | "xmpp"),
            '.' => word.eq_ignore_ascii_case("www") || is_number_at_start(&out),
            ')' => is_number_at_start(&out),
            _ => false,
        };
        if starts_something {
            out.push('\\');
        }
        out.push(c);
        match c.is_alphanumeric() {
            true if word.len() < 12 => word.push(c),
            true => {}
            false => word.clear(),
        }
    }
    out
}

fn is_number_at_start(out: &str) -> bool {
    !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Claim, KnownSource};
    use crate::export::samples;

    fn report(claims: &[Claim]) -> String {
        let mut out = Vec::new();
        {
            let mut markdown = open(Box::new(&mut out));
            claims.iter().for_each(|claim| markdown.claim(&claim.view()).unwrap());
            markdown.end().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn claims_stand_under_their_article() {
        insta::assert_snapshot!(report(&[samples::claim()]), @r"
        # Claims

        ## The dam

        Port Gazette

        - `ccb269a2d` **refuted** the dam held
          - source: Ada Brandt, mayor, on Telegram
          - hedge: reportedly
          - note: see pictures
          - refuted by <https://pictures.example/dam>, 2026-11-22, dry
          - tags: dam
          - decided by ana, 2026-11-22T14:03:11Z
        ");
    }

    #[test]
    fn a_report_says_who_added_a_claim_and_by_which_name_its_source_goes() {
        let mut claim = samples::claim();
        claim.state.added_by = Some("b*o".into());
        claim.source = Some(KnownSource { name: "A. Brandt".into(), reliability: None });
        let report = report(&[claim]);
        assert!(report.contains("  - added by b\\*o\n"), "{report}");
        assert!(report.contains("source: Ada Brandt, mayor, on Telegram, known as A. Brandt\n"), "{report}");
    }

    #[test]
    fn evidence_says_what_it_is_where_its_copy_is_and_what_its_bytes_were() {
        let lines: Vec<_> = samples::evidence().iter().map(of_evidence).collect();
        assert_eq!(
            lines,
            [
                "supported by <https://pictures.example/dam>, copy <https://copies.example/1>".to_owned(),
                format!(r"supported by the file /scans/dam\_1.pdf, SHA-256 {}", "ab".repeat(32)),
                r"context: “I \*saw\* it”".to_owned(),
            ]
        );
    }

    #[test]
    fn text_from_outside_makes_no_link_and_no_html() {
        let hostile =
            "[a](http://b.example) <img src=x> **c** https://d.example www.e.example f@g.example\n\n# h \u{202e}";
        insta::assert_snapshot!(
            escaped(hostile),
            @r"\[a\](http\://b.example) \<img src=x\> \*\*c\*\* https\://d.example www\.e.example f\@g.example # h ⟨U+202E⟩"
        );
        assert_eq!(escaped("1. one"), "1\\. one");
        assert_eq!(escaped("- one"), "\\- one");
        assert_eq!(escaped("It rose 3.5% - again (twice)."), "It rose 3.5% - again (twice).");
    }

    #[test]
    fn only_plain_web_addresses_are_links() {
        assert_eq!(address("https://a.example/b?c=1"), "<https://a.example/b?c=1>");
        assert_eq!(address("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(address("https://a.example/> <b>"), "https\\://a.example/\\> \\<b\\>");
    }
}
