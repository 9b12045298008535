//! Reads an export back: its articles with their claims, and its decisions.
//!
//! Every line is checked against what it says of itself: an article's id is made from its text, a claim's from its
//! spans, and a claim's words are those at its spans. A line that is wrong is named, and the rest goes in.

use std::collections::HashSet;
use std::io::BufRead;
use std::mem;

use serde::Deserialize;

use super::row::not_read;
use super::{Fault, Lines, MAX_ARTICLE, Reason};
use crate::domain::{
    ArticleId, Attribution, ClaimId, CodePoints, Decision, Draft, Found, GAP, Hedge, HiddenSpan, Meta, Mode,
};
use crate::domain::{Moment, NewArticle, NewClaim, Remark, SourceDecision};
use crate::extract::extract;

/// The longest line: a text of which every byte had to be escaped, and what stands beside it.
const LONGEST: usize = 8 * MAX_ARTICLE;
/// Bytes of lines without an article that are handed over together.
const TOGETHER: usize = 256 << 10;
/// Bytes of an article and its claims that are held together: every forty bytes of the longest may be a claim, whose line
/// has some six hundred. What comes after them follows no article.
const MOST: usize = 2 * LONGEST;

/// Claims for which room is made at once, if an article says that it has so many.
const FEW: usize = 64;

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

/// A line with its number; an error that is none of a line has no number.
type Line = (Option<u64>, Result<Vec<u8>, Reason>);

/// Lines of an export that can be understood by themselves: an article with what follows it.
#[derive(Debug, Default)]
pub struct Group {
    lines: Vec<Line>,
    bytes: usize,
    /// Whether claims may follow.
    open: bool,
}

impl Group {
    /// How long its lines are.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn add(&mut self, line: Line) {
        match line.1.as_ref().ok().and_then(|line| kind(line).ok()) {
            Some(Kind::Article) => self.open = true,
            Some(Kind::Decision | Kind::SourceDecision) => self.open = false,
            Some(Kind::Claim) | None => {}
        }
        self.bytes += line.1.as_ref().map_or(0, |line| line.len() + 1);
        self.lines.push(line);
    }

    fn is_full(&self) -> bool {
        self.bytes >= if self.open { MOST } else { TOGETHER }
    }
}

/// Cuts an export into groups.
#[derive(Debug)]
pub struct Groups<R> {
    /// None after an error.
    lines: Option<Lines<R>>,
    next: Group,
}

impl<R: BufRead> Groups<R> {
    /// The groups of `from`.
    pub fn new(from: R) -> Self {
        Self { lines: Some(Lines::up_to(from, LONGEST)), next: Group::default() }
    }
}

impl<R: BufRead> Iterator for Groups<R> {
    type Item = Group;

    fn next(&mut self) -> Option<Group> {
        while let Some(line) = self.lines.as_mut().and_then(Iterator::next) {
            let line = match line {
                Ok((number, line)) => (Some(number), line),
                Err(error) => {
                    self.lines = None;
                    (None, Err(error.into()))
                }
            };
            let begins = line.1.as_ref().is_ok_and(|line| kind(line).is_ok_and(|kind| kind == Kind::Article));
            let done =
                (begins && !self.next.lines.is_empty() || self.next.is_full()).then(|| mem::take(&mut self.next));
            self.next.add(line);
            if done.is_some() {
                return done;
            }
        }
        Some(mem::take(&mut self.next)).filter(|group| !group.lines.is_empty())
    }
}

/// What the lines of a group hold. `file` names them in faults.
pub fn restore(group: Group, file: &str) -> Vec<Result<Restored, Fault>> {
    let mut reader = Reader { file, open: None, found: Vec::new() };
    for (number, line) in group.lines {
        reader.line(number, line);
    }
    reader.close();
    reader.found
}

struct Reader<'r> {
    file: &'r str,
    /// The article whose claims are being read.
    open: Option<Open>,
    found: Vec<Result<Restored, Fault>>,
}

struct Open {
    article: ArticleLine,
    /// With the line that each stood in.
    claims: Vec<(Option<u64>, ClaimLine)>,
}

/// What is read of an article's line.
#[derive(Deserialize)]
struct ArticleLine {
    id: ArticleId,
    title: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
    url: Option<String>,
    path: Option<String>,
    published: Option<String>,
    lang: Option<String>,
    loaded_at: Moment,
    claims: u32,
    rules: u32,
    #[serde(default)]
    hidden: Vec<HiddenSpan>,
    text: String,
}

/// What is read of a claim's line: its state follows from the decisions.
#[derive(Deserialize)]
struct ClaimLine {
    id: ClaimId,
    article: Named,
    text: String,
    spans: Vec<[u32; 2]>,
    mode: Mode,
    attribution: Option<Attribution>,
    hedges: Vec<Hedge>,
    remarks: Vec<Remark>,
    worth: f32,
    worth_reasons: Vec<String>,
    /// What the machine found, where the rest is as analysts edited it: that follows from their decisions.
    #[serde(default)]
    found: Option<Found>,
    /// Who added it: then the machine has not found it, and it follows from their decision.
    #[serde(default)]
    added_by: Option<String>,
}

/// The article that a claim names.
#[derive(Deserialize)]
struct Named {
    id: ArticleId,
}

impl Reader<'_> {
    fn line(&mut self, number: Option<u64>, line: Result<Vec<u8>, Reason>) {
        if let Err(reason) = line.and_then(|line| self.read(number, &line)) {
            self.fault(number, reason);
        }
    }

    fn read(&mut self, number: Option<u64>, line: &[u8]) -> Result<(), Reason> {
        match kind(line)? {
            Kind::Article => {
                let article: ArticleLine = parsed(line)?;
                self.close();
                check_article(&article)?;
                let claims = Vec::with_capacity(FEW.min(article.claims as usize));
                self.open = Some(Open { article, claims });
            }
            Kind::Claim => {
                let claim: ClaimLine = parsed(line)?;
                match &mut self.open {
                    Some(open) if open.article.id == claim.article.id => open.claims.push((number, claim)),
                    _ => return Err(Reason::Json(format!("claim {} does not follow its article", claim.id))),
                }
            }
            Kind::Decision => {
                let decision = parsed(line)?;
                self.close();
                self.found.push(Ok(Restored::Decision(decision)));
            }
            Kind::SourceDecision => {
                let decision = parsed(line)?;
                self.close();
                self.found.push(Ok(Restored::SourceDecision(decision)));
            }
        }
        Ok(())
    }

    /// Hands the open article over.
    fn close(&mut self) {
        let Some(Open { mut article, claims }) = mem::take(&mut self.open) else { return };
        let points = CodePoints::new(&article.text);
        let length = points.of_byte(article.text.len());
        article.hidden.retain(|hidden| hidden.span[0] < hidden.span[1] && hidden.span[1] <= length);
        let mut good = Vec::with_capacity(claims.len());
        for (number, claim) in claims {
            if claim.added_by.is_some() {
                article.claims = article.claims.saturating_sub(1);
                continue;
            }
            match checked(claim, article.id, &article.text, &points) {
                Ok(claim) => good.push(claim),
                Err(reason) => self.fault(number, reason),
            }
        }
        let loaded_at = article.loaded_at;
        self.found.push(Ok(Restored::Article(Box::new(whole(article, good)), loaded_at)));
    }

    fn fault(&mut self, line: Option<u64>, reason: Reason) {
        self.found.push(Err(Fault { file: self.file.to_owned(), line, reason }));
    }
}

/// What a line says that it is.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Article,
    Claim,
    Decision,
    SourceDecision,
}

/// Lines of this program begin with their kind; in others it is looked for.
fn kind(line: &[u8]) -> Result<Kind, Reason> {
    #[derive(Deserialize)]
    struct OfKind {
        kind: Kind,
    }
    let beginnings = [
        (&b"{\"kind\":\"article\","[..], Kind::Article),
        (b"{\"kind\":\"claim\",", Kind::Claim),
        (b"{\"kind\":\"decision\",", Kind::Decision),
        (b"{\"kind\":\"source-decision\",", Kind::SourceDecision),
    ];
    match beginnings.iter().find(|(beginning, _)| line.starts_with(beginning)) {
        Some((_, kind)) => Ok(*kind),
        None => parsed::<OfKind>(line).map(|line| line.kind),
    }
}

fn parsed<'l, T: Deserialize<'l>>(line: &'l [u8]) -> Result<T, Reason> {
    // What is known to be text is looked at once, not word by word; what is none is told by its place.
    let read = match std::str::from_utf8(line) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(line),
    };
    read.map_err(|e| not_read(&e, "no line of an export"))
}

fn check_article(article: &ArticleLine) -> Result<(), Reason> {
    match ArticleId::of_text(&article.text) == article.id {
        true => Ok(()),
        false => Err(Reason::Json(format!("the text of article {} is not the one that its id names", article.id))),
    }
}

/// The article with the claims of the export where it holds them all. Of a part of them, as a query selects, the
/// store must not take the part for the whole: the others are found again in the text.
fn whole(article: ArticleLine, mut claims: Vec<NewClaim>) -> NewArticle {
    let ArticleLine { id, title, outlet, author, url, path, published, lang, rules, hidden, text, .. } = article;
    let meta = Meta { title, outlet, author, url, path, published, lang };
    if claims.len() == article.claims as usize {
        return NewArticle { id, text, meta, rules, claims, hidden };
    }
    let found = extract(&text);
    let mut article = NewArticle::new(Draft { text, meta }, found);
    let known: HashSet<_> = article.claims.iter().map(|claim| claim.id).collect();
    claims.retain(|claim| !known.contains(&claim.id));
    article.claims.append(&mut claims);
    article.claims.sort_by(|a, b| a.spans.cmp(&b.spans));
    article
}

fn checked(mut claim: ClaimLine, article: ArticleId, text: &str, points: &CodePoints) -> Result<NewClaim, Reason> {
    if let Some(Found { text, spans, mode, attribution }) = claim.found.take() {
        claim = ClaimLine { text, spans, mode, attribution, ..claim };
    }
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
    let mut words = claim.spans.iter().map(|span| points.span_of(*span).of(text));
    let same = match claim.spans.len() {
        1 => words.next() == Some(&claim.text),
        _ => words.collect::<Vec<_>>().join(GAP) == claim.text,
    };
    if !same {
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
    use crate::domain::{ArticleInfo, ArticleRecord, ArticleRef, Claim, ClaimState, Edit, Excerpt, Line};
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
        let article = ArticleRef { id: ArticleId::of_text(TEXT), meta: Meta::default().into() };
        Claim::bare(article, vec![span], words)
    }

    fn read(lines: &[Line<'_>]) -> (Vec<NewArticle>, Vec<String>) {
        let lines: Vec<_> = lines.iter().map(|line| serde_json::to_string(line).unwrap()).collect();
        let (mut articles, mut faults) = (Vec::new(), Vec::new());
        let lines = lines.join("\n");
        for found in Groups::new(lines.as_bytes()).flat_map(|group| restore(group, "x.jsonl")) {
            match found {
                Ok(Restored::Article(article, _)) => articles.push(*article),
                Ok(Restored::Decision(_) | Restored::SourceDecision(_)) => {}
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        (articles, faults)
    }

    #[test]
    fn an_article_comes_back_with_the_claims_that_follow_it() {
        let (article, claim) = (article(1), claim([0, 15], "The “dam” held."));
        let (articles, faults) = read(&[Line::Article(&article), Line::Claim(&claim.view())]);
        assert_eq!(faults, [""; 0]);
        assert_eq!(articles[0].text, TEXT);
        assert_eq!(articles[0].claims[0].id, claim.id);
    }

    #[test]
    fn of_an_edited_claim_what_the_machine_found_comes_back() {
        let mut edited = claim([0, 15], "The “dam” held.");
        let words = Excerpt { spans: vec![[4, 9]], text: "“dam”".to_owned() };
        let edit = Edit { words: Some(words), source: Some("Ida Berg".to_owned()), ..Edit::default() };
        edited.set_state(ClaimState { edit, ..ClaimState::default() });
        assert_eq!(edited.text, "“dam”");
        let (articles, faults) = read(&[Line::Article(&article(1)), Line::Claim(&edited.view())]);
        assert_eq!(faults, [""; 0]);
        let back = &articles[0].claims[0];
        assert_eq!((back.id, back.text.as_str(), &back.attribution), (edited.id, "The “dam” held.", &None));
    }

    #[test]
    fn what_contradicts_itself_is_named_by_its_line_and_left_out() {
        let mut other = article(0);
        other.text.push('!');
        let (_, faults) = read(&[
            Line::Article(&article(1)),
            Line::Claim(&claim([0, 15], "The dam broke.").view()),
            Line::Claim(&claim([9, 99], "x").view()),
            Line::Article(&other),
            Line::Claim(&claim([0, 15], "The “dam” held.").view()),
        ]);
        let said: Vec<_> = faults.iter().map(|f| f.split_once(": ").unwrap()).collect();
        assert!(said[0].0.ends_with(":2") && said[0].1.ends_with("its words are not those at its spans"), "{said:?}");
        assert!(said[1].0.ends_with(":3") && said[1].1.ends_with("its spans are not in the text"), "{said:?}");
        assert!(said[2].0.ends_with(":4") && said[2].1.ends_with("is not the one that its id names"), "{said:?}");
        assert!(said[3].0.ends_with(":5") && said[3].1.ends_with("does not follow its article"), "{said:?}");
    }

    #[test]
    fn a_line_that_names_its_kind_last_is_read_too() {
        let (article, claim) = (article(1), claim([0, 15], "The “dam” held."));
        let turned = |line: &Line<'_>| {
            let mut line = serde_json::to_value(line).unwrap();
            let kind = line.as_object_mut().unwrap().remove("kind").unwrap();
            let line = line.to_string();
            format!("{},\"kind\":{kind}}}", line.strip_suffix('}').unwrap())
        };
        let lines = [turned(&Line::Article(&article)), turned(&Line::Claim(&claim.view()))].join("\n");
        let groups: Vec<_> = Groups::new(lines.as_bytes()).collect();
        assert_eq!((groups.len(), groups[0].lines.len()), (1, 2));
        let found: Vec<_> = groups.into_iter().flat_map(|group| restore(group, "x.jsonl")).collect();
        assert!(matches!(&found[..], [Ok(Restored::Article(article, _))] if article.claims.len() == 1), "{found:?}");
    }

    #[test]
    fn an_article_stays_with_its_claims_and_all_else_is_cut_where_it_grows_large() {
        let article = serde_json::to_string(&Line::Article(&article(0))).unwrap();
        let claim = serde_json::to_string(&Line::Claim(&claim([0, 15], "The “dam” held.").view())).unwrap();
        let many = TOGETHER / claim.len() * 3;
        let lines: Vec<_> = [&article].into_iter().chain((0..many).map(|_| &claim)).map(String::as_str).collect();
        assert_eq!(Groups::new(lines.join("\n").as_bytes()).count(), 1);
        let stray = lines[1..].join("\n");
        assert!(Groups::new(stray.as_bytes()).all(|group| group.bytes() <= TOGETHER + claim.len() + 1));
        let bytes: usize = Groups::new(stray.as_bytes()).map(|group| group.bytes()).sum();
        assert_eq!(bytes, stray.len() + 1);
    }

    proptest! {
        #[test]
        fn spans_of_any_size_are_refused_or_inside(a in any::<u32>(), b in 0u32..40, c in 0u32..40) {
            for spans in [vec![[a, b]], vec![[b, a]], vec![[b, c]], vec![[0, b], [c, a]]] {
                let mut claim = claim([0, 15], "The “dam” held.");
                claim.id = ClaimId::of_spans(claim.article.id, &spans);
                claim.spans = spans;
                let (articles, _) = read(&[Line::Article(&article(1)), Line::Claim(&claim.view())]);
                let length = TEXT.chars().count() as u32;
                prop_assert!(articles[0].claims.iter().flat_map(|c| &c.spans).all(|[start, end]| start < end && *end <= length));
            }
        }
    }
}
