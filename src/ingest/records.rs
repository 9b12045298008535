//! Reads an export back: its articles with their claims, and its decisions.
//!
//! Every line is checked against what it says of itself: an article's id is made from its text, a claim's from its
//! spans, and a claim's words are those at its spans. A line that is wrong is named, and the rest goes in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::BufRead;
use std::mem;
use std::ops::ControlFlow;

use serde::Deserialize;

use super::row::not_read;
use super::{Fault, Lines, MAX_ARTICLE, Reason};
use crate::domain::{ArticleId, ArticleRecord, Claim, ClaimId, CodePoints, Decision, Draft, GAP, Moment, NewArticle};
use crate::domain::{NewClaim, Record, SourceDecision};
use crate::extract::extract;

/// The longest line: a text of which every byte had to be escaped, and what stands beside it.
const LONGEST: usize = 8 * MAX_ARTICLE;

/// What an export holds.
#[derive(Debug)]
pub enum Restored {
    /// An article with its claims, and when it was loaded first.
    Article(Box<NewArticle>, Moment),
    /// A decision; its claim is in an article of this export or of the store.
    Decision(Decision),
    /// A decision on a source.
    SourceDecision(SourceDecision),
}

/// Hands over what the lines of `from` hold. `file` names them in faults.
pub fn records(
    from: impl BufRead,
    file: &str,
    sink: &mut dyn FnMut(Result<Restored, Fault>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut reader = Reader { file, open: None, sink };
    for line in Lines::up_to(from, LONGEST) {
        match line {
            Ok((number, line)) => reader.line(number, line)?,
            Err(error) => {
                (reader.sink)(Err(Fault { file: file.to_owned(), line: None, reason: error.into() }))?;
                break;
            }
        }
    }
    reader.close()
}

struct Reader<'r> {
    file: &'r str,
    /// The article whose claims are being read.
    open: Option<Open>,
    sink: &'r mut dyn FnMut(Result<Restored, Fault>) -> ControlFlow<()>,
}

struct Open {
    article: ArticleRecord,
    /// With the line that each stood in.
    claims: Vec<(u64, Claim)>,
}

impl Reader<'_> {
    fn line(&mut self, number: u64, line: Result<Vec<u8>, Reason>) -> ControlFlow<()> {
        let record = line.and_then(|line| record(&line).map_err(|e| not_read(&e, "no line of an export")));
        match record {
            Ok(Record::Article(article)) => {
                self.close()?;
                match check_article(&article) {
                    Ok(()) => self.open = Some(Open { article, claims: Vec::new() }),
                    Err(reason) => return self.fault(number, reason),
                }
            }
            Ok(Record::Claim(claim)) => match &mut self.open {
                Some(open) if open.article.info.id == claim.article.id => open.claims.push((number, *claim)),
                _ => {
                    let said = format!("claim {} does not follow its article", claim.id);
                    return self.fault(number, Reason::Json(said));
                }
            },
            Ok(Record::Decision(decision)) => {
                self.close()?;
                return (self.sink)(Ok(Restored::Decision(decision)));
            }
            Ok(Record::SourceDecision(decision)) => {
                self.close()?;
                return (self.sink)(Ok(Restored::SourceDecision(decision)));
            }
            Err(reason) => return self.fault(number, reason),
        }
        ControlFlow::Continue(())
    }

    /// Hands the open article over.
    fn close(&mut self) -> ControlFlow<()> {
        let Some(Open { mut article, claims }) = mem::take(&mut self.open) else { return ControlFlow::Continue(()) };
        let points = CodePoints::new(&article.text);
        let length = points.of_byte(article.text.len());
        article.hidden.retain(|hidden| hidden.span[0] < hidden.span[1] && hidden.span[1] <= length);
        let mut good = Vec::with_capacity(claims.len());
        for (number, claim) in claims {
            match checked(claim, article.info.id, &article.text, &points) {
                Ok(claim) => good.push(claim),
                Err(reason) => self.fault(number, reason)?,
            }
        }
        let loaded_at = article.info.loaded_at;
        (self.sink)(Ok(Restored::Article(Box::new(whole(article, good)), loaded_at)))
    }

    fn fault(&mut self, line: u64, reason: Reason) -> ControlFlow<()> {
        (self.sink)(Err(Fault { file: self.file.to_owned(), line: Some(line), reason }))
    }
}

/// The line's kind is looked for first: serde would else hold every value of the line apart until it has seen it.
fn record(line: &[u8]) -> serde_json::Result<Record> {
    #[derive(Deserialize)]
    struct Kind<'l> {
        #[serde(borrow)]
        kind: Cow<'l, str>,
    }
    let kind = serde_json::from_slice::<Kind<'_>>(line);
    match kind.as_ref().map_or("", |kind| &*kind.kind) {
        "article" => serde_json::from_slice(line).map(Record::Article),
        "claim" => serde_json::from_slice(line).map(Record::Claim),
        "decision" => serde_json::from_slice(line).map(Record::Decision),
        "source-decision" => serde_json::from_slice(line).map(Record::SourceDecision),
        _ => serde_json::from_slice(line),
    }
}

fn check_article(article: &ArticleRecord) -> Result<(), Reason> {
    match ArticleId::of_text(&article.text) == article.info.id {
        true => Ok(()),
        false => Err(Reason::Json(format!("the text of article {} is not the one that its id names", article.info.id))),
    }
}

/// The article with the claims of the export where it holds them all. Of a part of them, as a query selects, the
/// store must not take the part for the whole: the others are found again in the text.
fn whole(article: ArticleRecord, mut claims: Vec<NewClaim>) -> NewArticle {
    let ArticleRecord { info, rules, hidden, text } = article;
    if claims.len() == info.claims as usize {
        return NewArticle { id: info.id, text, meta: info.meta, rules, claims, hidden };
    }
    let found = extract(&text);
    let mut article = NewArticle::new(Draft { text, meta: info.meta }, &found);
    let known: HashSet<_> = article.claims.iter().map(|claim| claim.id).collect();
    claims.retain(|claim| !known.contains(&claim.id));
    article.claims.append(&mut claims);
    article.claims.sort_by(|a, b| a.spans.cmp(&b.spans));
    article
}

fn checked(claim: Claim, article: ArticleId, text: &str, points: &CodePoints) -> Result<NewClaim, Reason> {
    let wrong = |what: &str| Err(Reason::Json(format!("claim {}: {what}", claim.id)));
    let length = points.of_byte(text.len());
    let in_order = claim.spans.windows(2).all(|pair| pair[0][1] <= pair[1][0]);
    let inside = claim.spans.iter().all(|[start, end]| start < end && *end <= length);
    if claim.spans.is_empty() || !in_order || !inside {
        return wrong("its spans are not in the text");
    }
    if ClaimId::of_spans(article, &claim.spans) != claim.id {
        return wrong("its id is not the one that its spans make");
    }
    let words: Vec<_> = claim.spans.iter().map(|span| points.span_of(*span).of(text)).collect();
    if words.join(GAP) != claim.text {
        return wrong("its words are not those at its spans");
    }
    Ok(NewClaim {
        id: claim.id,
        text: claim.text,
        spans: claim.spans,
        mode: claim.mode,
        attribution: claim.attribution,
        hedges: claim.hedges,
        remarks: claim.remarks,
        worth: claim.worth,
        worth_reasons: claim.worth_reasons,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleInfo, ArticleRef, ClaimState, Line, Meta, Mode};
    use proptest::prelude::*;

    const TEXT: &str = "The “dam” held. It rained.";

    fn article(claims: u32) -> ArticleRecord {
        let id = ArticleId::of_text(TEXT);
        let info = ArticleInfo {
            id,
            meta: Meta { title: Some("Dam".to_owned()), ..Meta::default() },
            version: 1,
            current: true,
            loaded_at: Moment(7),
            claims,
            unreviewed: claims,
        };
        ArticleRecord { info, rules: 1, hidden: Vec::new(), text: TEXT.to_owned() }
    }

    fn claim(span: [u32; 2], words: &str) -> Claim {
        let id = ArticleId::of_text(TEXT);
        Claim {
            id: ClaimId::of_spans(id, &[span]),
            article: ArticleRef { id, meta: Meta::default() },
            ordinal: 1,
            text: words.to_owned(),
            spans: vec![span],
            mode: Mode::Narrative,
            attribution: None,
            source: None,
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 0.5,
            worth_reasons: Vec::new(),
            state: ClaimState::default(),
        }
    }

    fn read(lines: &[Line<'_>]) -> (Vec<NewArticle>, Vec<String>) {
        let lines: Vec<_> = lines.iter().map(|line| serde_json::to_string(line).unwrap()).collect();
        let (mut articles, mut faults) = (Vec::new(), Vec::new());
        let _ = records(lines.join("\n").as_bytes(), "x.jsonl", &mut |found| {
            match found {
                Ok(Restored::Article(article, _)) => articles.push(*article),
                Ok(Restored::Decision(_) | Restored::SourceDecision(_)) => {}
                Err(fault) => faults.push(fault.to_string()),
            }
            ControlFlow::Continue(())
        });
        (articles, faults)
    }

    #[test]
    fn an_article_comes_back_with_the_claims_that_follow_it() {
        let (article, claim) = (article(1), claim([0, 15], "The “dam” held."));
        let (articles, faults) = read(&[Line::Article(&article), Line::Claim(&claim)]);
        assert_eq!(faults, [""; 0]);
        assert_eq!(articles[0].text, TEXT);
        assert_eq!(articles[0].claims[0].id, claim.id);
    }

    #[test]
    fn what_contradicts_itself_is_named_by_its_line_and_left_out() {
        let mut other = article(0);
        other.text.push('!');
        let (_, faults) = read(&[
            Line::Article(&article(1)),
            Line::Claim(&claim([0, 15], "The dam broke.")),
            Line::Claim(&claim([9, 99], "x")),
            Line::Article(&other),
            Line::Claim(&claim([0, 15], "The “dam” held.")),
        ]);
        let said: Vec<_> = faults.iter().map(|f| f.split_once(": ").unwrap()).collect();
        assert!(said[0].0.ends_with(":2") && said[0].1.ends_with("its words are not those at its spans"), "{said:?}");
        assert!(said[1].0.ends_with(":3") && said[1].1.ends_with("its spans are not in the text"), "{said:?}");
        assert!(said[2].0.ends_with(":4") && said[2].1.ends_with("is not the one that its id names"), "{said:?}");
        assert!(said[3].0.ends_with(":5") && said[3].1.ends_with("does not follow its article"), "{said:?}");
    }

    proptest! {
        #[test]
        fn spans_of_any_size_are_refused_or_inside(a in any::<u32>(), b in 0u32..40, c in 0u32..40) {
            for spans in [vec![[a, b]], vec![[b, a]], vec![[b, c]], vec![[0, b], [c, a]]] {
                let mut claim = claim([0, 15], "The “dam” held.");
                claim.id = ClaimId::of_spans(claim.article.id, &spans);
                claim.spans = spans;
                let (articles, _) = read(&[Line::Article(&article(1)), Line::Claim(&claim)]);
                let length = TEXT.chars().count() as u32;
                prop_assert!(articles[0].claims.iter().flat_map(|c| &c.spans).all(|[start, end]| start < end && *end <= length));
            }
        }
    }
}
