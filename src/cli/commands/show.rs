//! `show`: one claim with all that is known about it.

use std::fmt::Display;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use crate::cli::guard::explained_around;
use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{
    Act, ArticleRef, Attribution, Claim, ClaimId, ClaimState, CodePoints, Decision, Difference, DifferenceKind, Line,
    Meta, Related, RelatedClaims, Status, clean_line,
};
use crate::export::{Why, write_line};
use crate::extract::Options;
use crate::store::Store;

/// Show claims with their context, attribution, decisions and evidence
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck show c3f9
  claimdeck show c3f9 c81d --json")]
pub(in crate::cli) struct Show {
    /// Ids, shortened as far as one claim fits
    #[arg(required = true, value_name = "CLAIM")]
    claims: Vec<String>,
    /// As JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// A claim's line with what only `show` has.
#[derive(Serialize)]
struct Shown<'c> {
    #[serde(flatten)]
    claim: Line<'c>,
    context: &'c Surroundings,
    decisions: &'c [Decision],
    related: Vec<Relative<'c>>,
    independent_sources: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
}

/// A claim of another article that says the same, or contradicts it.
#[derive(Serialize)]
struct Relative<'c> {
    id: ClaimId,
    article: &'c ArticleRef,
    text: &'c str,
    similarity: f32,
    conflict: bool,
    /// Where the two tell of different times.
    days_apart: Option<u32>,
    differs: Vec<Differing<'c>>,
    source: Option<&'c str>,
    status: Status,
}

/// Words of the one claim against words of the other.
#[derive(Serialize)]
struct Differing<'c> {
    kind: DifferenceKind,
    here: Option<&'c str>,
    there: Option<&'c str>,
}

/// The words around a claim, in its paragraph.
#[derive(Default, Serialize)]
struct Surroundings {
    before: String,
    after: String,
}

/// Characters of the paragraph that are shown on each side.
const MOST_AROUND: usize = 300;

impl Show {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let ids = context.find_claims(&store, &self.claims)?;
        let mut out = output::stdout();
        for (place, id) in ids.into_iter().enumerate() {
            let claim = store.claim(id)?.ok_or_else(|| Error::no_match(format!("no claim \"{id}\"")))?;
            let decisions = store.decisions(id)?;
            let context = surroundings(&store, &claim)?;
            let related = store.related(id)?;
            let why = why(&store, &claim)?;
            if self.json {
                let claim = &claim;
                let (relatives, independent_sources) = (relatives(claim, &related), related.origins.len());
                let view = claim.view();
                let shown = Shown {
                    claim: Line::Claim(&view),
                    context: &context,
                    decisions: &decisions,
                    related: relatives,
                    independent_sources,
                    why,
                };
                write_line(&mut out, &shown)?;
                continue;
            }
            if place > 0 {
                writeln!(out)?;
            }
            print(&mut out, &claim, &context, &decisions)?;
            row(&mut out, "why", why.map(|why| why.line()).unwrap_or_default())?;
            print_related(&mut out, &claim, &related)?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

fn surroundings(store: &Store, claim: &Claim) -> Result<Surroundings, Error> {
    let Some(article) = store.article(claim.article.id)? else { return Ok(Surroundings::default()) };
    let points = CodePoints::new(&article.text);
    let (Some(first), Some(last)) = (claim.spans.first(), claim.spans.last()) else {
        return Ok(Surroundings::default());
    };
    let before = &article.text[..points.span_of(*first).start()];
    let after = &article.text[points.span_of(*last).end()..];
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.lines().next().unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(MOST_AROUND);
    Ok(Surroundings {
        before: before.chars().skip(skipped).collect(),
        after: after.chars().take(MOST_AROUND).collect(),
    })
}

/// Why the machine ties the claim to its source: its article is read again. None where other rules had found it.
fn why(store: &Store, claim: &Claim) -> Result<Option<Why>, Error> {
    let Some(cue) = claim.attribution.as_ref().and_then(|a| Some(a.cue.as_ref()?.span)) else { return Ok(None) };
    let Some(article) = store.article(claim.article.id)? else { return Ok(None) };
    let points = CodePoints::new(&article.text);
    let byte = points.byte_of(cue[0]);
    let Ok((found, reasons)) = explained_around(&article.text, byte, Options::default()) else { return Ok(None) };
    let same = found.iter().position(|a| a.cue.is_some_and(|c| points.of_span(c) == cue));
    Ok(same.and_then(|place| reasons.get(place)).map(Why::of))
}

fn print(out: &mut impl Write, claim: &Claim, context: &Surroundings, decisions: &[Decision]) -> io::Result<()> {
    writeln!(out, "{}  {}", claim.id, claim.state.status)?;
    writeln!(out, "  {}", clean_line(&claim.text))?;
    row(out, "article", article(&claim.article.meta))?;
    row(out, "context", around(context, &claim.text))?;
    row(out, "source", claim.attribution.as_ref().map_or_else(|| "the article itself".to_owned(), source))?;
    row(out, "mode", claim.mode.word())?;
    if let Some(found) = &claim.found {
        row(out, "found", &found.text)?;
        row(out, "found by", found.attribution.as_ref().map_or_else(|| "the article itself".to_owned(), source))?;
        row(out, "found as", found.mode.word())?;
    }
    for hedge in &claim.hedges {
        let band = hedge.band.map(|band| format!(" ({})", band.word())).unwrap_or_default();
        row(out, "hedge", format!("{}{band}", hedge.term))?;
    }
    for remark in &claim.remarks {
        let words = remark.text.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        row(out, "remark", format!("{}{words}", remark.kind.word()))?;
    }
    row(out, "worth", format!("{:.2} {}", claim.worth, claim.worth_reasons.join(", ")))?;
    if let Some(known) = claim.known_as() {
        row(out, "known as", known)?;
    }
    if let Some(grade) = claim.source.as_ref().and_then(|source| source.reliability) {
        row(out, "source is", format!("{grade}, {}", grade.words()))?;
    }
    state(out, &claim.state)?;
    for decision in decisions {
        let words = match &decision.act {
            Act::Add(added) => format!("{} {}", decision.act.word(), added.words.text),
            act => act_words(&serde_json::to_value(act).unwrap_or_default()),
        };
        row(out, "decision", format!("{} {} {words}", decision.at, decision.analyst))?;
    }
    Ok(())
}

fn state(out: &mut impl Write, state: &ClaimState) -> io::Result<()> {
    if let Some(note) = &state.note {
        row(out, "note", note)?;
    }
    if let Some(analyst) = &state.added_by {
        row(out, "added by", analyst)?;
    }
    if state.withdrawn {
        row(out, "added", "taken back: it is in no deck")?;
    }
    if let Some(why) = state.why_hidden() {
        row(out, "hidden", why)?;
    }
    if !state.tags.is_empty() {
        row(out, "tags", state.tags.iter().cloned().collect::<Vec<_>>().join(", "))?;
    }
    if let Some(grade) = state.credibility {
        row(out, "claim is", format!("{grade}, {}", grade.words()))?;
    }
    for evidence in &state.evidence {
        let seen = evidence.seen.as_deref().map(|day| format!(", seen {day}")).unwrap_or_default();
        row(out, "evidence", format!("{} {}{seen}, by {}", evidence.stance.word(), evidence.url, evidence.added_by))?;
    }
    Ok(())
}

fn relatives<'c>(claim: &'c Claim, related: &'c RelatedClaims) -> Vec<Relative<'c>> {
    let one = |other: &'c Related| Relative {
        id: other.claim.id,
        article: &other.claim.article,
        text: &other.claim.text,
        // Two places are what the figure is worth; more would look like knowledge.
        similarity: (other.similarity * 100.0).round() / 100.0,
        conflict: other.conflicts(),
        days_apart: other.apart,
        differs: other.differences.iter().map(|difference| differing(claim, &other.claim, difference)).collect(),
        source: other.claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(|s| s.best_name()),
        status: other.claim.state.status,
    };
    related.claims.iter().map(one).collect()
}

fn differing<'c>(here: &'c Claim, there: &'c Claim, difference: &Difference) -> Differing<'c> {
    Differing {
        kind: difference.kind,
        here: difference.here.clone().and_then(|bytes| here.text.get(bytes)),
        there: difference.there.clone().and_then(|bytes| there.text.get(bytes)),
    }
}

fn print_related(out: &mut impl Write, claim: &Claim, related: &RelatedClaims) -> io::Result<()> {
    row(out, "related", related.summary())?;
    for other in relatives(claim, related) {
        let against = other.differs.iter().filter(|d| d.kind.contradicts());
        let against = against.map(|d| {
            let (here, there) = (d.here.unwrap_or_default(), d.there.unwrap_or_default());
            format!("{} “{here}” against “{there}”", d.kind.word())
        });
        let against: Vec<_> = match other.days_apart {
            Some(days) => vec![format!("of another time: {days} days apart")],
            None => against.collect(),
        };
        let id = other.id;
        let by = other.source.or(other.article.meta.outlet.as_deref()).unwrap_or("the article itself");
        row(out, "", format!("{id} {:.0} %, {by}: {}", other.similarity * 100.0, other.text))?;
        row(out, "", against.join(", "))?;
    }
    Ok(())
}

fn row(out: &mut impl Write, name: &str, value: impl Display) -> io::Result<()> {
    let value = clean_line(&value.to_string());
    if value.is_empty() { Ok(()) } else { writeln!(out, "  {name:<9} {value}") }
}

fn article(meta: &Meta) -> String {
    let known = [&meta.title, &meta.outlet, &meta.published, &meta.url].into_iter().flatten();
    let known: Vec<_> = known.cloned().collect();
    if known.is_empty() { meta.path.clone().unwrap_or_default() } else { known.join(" · ") }
}

fn around(context: &Surroundings, words: &str) -> String {
    match (context.before.trim(), context.after.trim()) {
        ("", "") => String::new(),
        _ => format!("{}⟦{words}⟧{}", context.before, context.after),
    }
}

fn source(attribution: &Attribution) -> String {
    let name = attribution.source.as_ref().and_then(|s| s.best_name()).unwrap_or("not named");
    let role = attribution.source.as_ref().and_then(|s| s.role.clone()).filter(|role| !name.contains(role));
    let cue = attribution.cue.as_ref().map(|cue| format!("“{}”", cue.text));
    let medium = attribution.medium.as_ref().map(|medium| format!("on {medium}"));
    let within = attribution.within.as_ref().and_then(|w| w.best_name()).map(|w| format!("relayed by {w}"));
    let more = [role, cue, medium, within].into_iter().flatten();
    std::iter::once(name.to_owned()).chain(more).collect::<Vec<_>>().join(", ")
}

/// "status verified", "undo 0192…": the act's name and what it holds.
fn act_words(act: &serde_json::Value) -> String {
    let Some(fields) = act.as_object() else { return String::new() };
    let name = fields.get("act").and_then(|v| v.as_str()).unwrap_or_default();
    let values = fields.iter().filter(|(key, value)| *key != "act" && !value.is_null());
    let values = values.map(|(_, value)| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    std::iter::once(name.to_owned()).chain(values).collect::<Vec<_>>().join(" ")
}
