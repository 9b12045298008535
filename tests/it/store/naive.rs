//! What a query means and how orders sort, said plainly over claims in memory: the store has to agree.

use claimdeck::domain::*;

/// A claim and when its article was published, or else loaded.
pub(super) struct Known {
    pub(super) claim: Claim,
    pub(super) moment: i64,
}

pub(super) fn selected<'k>(query: &str, order: Order, known: &'k [Known]) -> Vec<&'k Claim> {
    let query = Query::parse(query).unwrap();
    let mut found: Vec<(usize, &Known)> = known.iter().enumerate().collect();
    found.retain(|(_, known)| query.root.as_ref().is_none_or(|expr| fits(expr, known)));
    found.sort_by_cached_key(|(place, known)| match order {
        Order::Article => (0, String::new(), *place),
        Order::Worth => (-((known.claim.worth * 100.0).round() as i64), String::new(), *place),
        Order::Newest => (-known.moment, String::new(), *place),
        Order::Source => match source(&known.claim) {
            Some(name) => (0, name.to_lowercase(), *place),
            None => (1, String::new(), *place),
        },
    });
    found.into_iter().map(|(_, known)| &known.claim).collect()
}

fn fits(expr: &Expr, known: &Known) -> bool {
    match expr {
        Expr::Term(term) => holds(term, known),
        Expr::Not(inner) => !fits(inner, known),
        Expr::And(parts) => parts.iter().all(|part| fits(part, known)),
        Expr::Or(parts) => parts.iter().any(|part| fits(part, known)),
    }
}

fn holds(term: &Term, Known { claim, moment }: &Known) -> bool {
    let meta = &claim.article.meta;
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    match term {
        Term::Words(words) => {
            let title = meta.title.as_deref().unwrap_or_default();
            [&claim.text, title, source(claim).unwrap_or_default()].iter().any(|text| stand_in(words, text))
        }
        Term::Status(status) => claim.state.status == *status,
        Term::Mode(mode) => claim.mode == *mode,
        Term::Source(words) => source(claim).is_some_and(|name| stand_in(words, name)),
        Term::SourceNamed(name) => source(claim) == Some(name),
        Term::Outlet(name) => meta.outlet.as_deref().is_some_and(|outlet| stand_in(&plain(name), outlet)),
        Term::Article(words) => {
            let is_id = words.text.len() > 4 && claim.article.id.to_string().starts_with(&words.text);
            is_id || meta.title.as_deref().is_some_and(|title| stand_in(words, title))
        }
        Term::Analyst(name) => claim.state.by_analyst.iter().any(|(n, s)| same(n, name) && *s != Status::Unreviewed),
        Term::Hedge(hedge) => claim.hedges.iter().any(|h| {
            let band = h.band.map(|b| serde_json::to_value(b).unwrap().as_str().unwrap().to_owned());
            same(&h.term, hedge) || band.is_some_and(|b| same(&b, hedge))
        }),
        Term::Tag(tag) => claim.state.tags.iter().any(|t| same(t, tag)),
        Term::Lang(lang) => meta.lang.as_deref().is_some_and(|l| same(l, lang)),
        Term::Has(Has::Evidence) => !claim.state.evidence.is_empty(),
        Term::Has(Has::Note) => claim.state.note.is_some(),
        Term::Has(Has::Remark) => !claim.remarks.is_empty(),
        Term::Has(Has::Conflict) => claim.state.in_conflict(),
        Term::Is(Is::Later) => claim.state.later,
        Term::Is(Is::Added) => claim.state.added_by.is_some(),
        Term::Is(Is::Edited) => !claim.state.edit.is_empty(),
        Term::Is(Is::Hidden) => claim.state.is_hidden(),
        // The stores of these tests hold first versions only.
        Term::Is(Is::Changed) => false,
        Term::Is(Is::Related) => unreachable!("tested beside the look-up itself"),
        Term::Before(than) => moment < than,
        Term::After(than) => moment >= than,
        Term::Worth { comparison, than } => comparison.holds(f64::from((claim.worth * 100.0).round()) / 100.0, *than),
    }
}

fn source(claim: &Claim) -> Option<&str> {
    claim.attribution.as_ref()?.source.as_ref()?.best_name()
}

fn plain(text: &str) -> Words {
    Words { text: text.into(), prefix: false }
}

/// Whether the words stand in a text together, in their order; the last may be a beginning.
fn stand_in(words: &Words, text: &str) -> bool {
    let cut = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (wanted, found) = (cut(&words.text), cut(text));
    let Some((last, first)) = wanted.split_last() else { return false };
    found.windows(wanted.len()).any(|window| {
        let (end, start) = window.split_last().unwrap();
        start == first && (end == last || words.prefix && end.starts_with(last.as_str()))
    })
}
