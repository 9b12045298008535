//! Who relays whom: an attribution whose cue stands in the content of another is enclosed by it.

use super::words::Words;
use super::{Attribution, Span};

/// How far up a chain is followed; nobody relays a relay of a relay more often.
const DEEPEST: usize = 16;

/// Links each attribution that has no link yet to the innermost one whose content holds its cue.
pub(super) fn link(words: &Words, attributions: &mut [Attribution]) {
    let length = |a: &Attribution| a.content.iter().map(|c| c.len()).sum::<usize>();
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|k| std::cmp::Reverse(attributions.get(*k).map(length)));
    // Longest first: what covers a word when a shorter one comes is the innermost that encloses it.
    let mut covers: Vec<u32> = vec![0; words.len()];
    for k in order {
        let Some(attribution) = attributions.get(k) else { continue };
        let cue = attribution.cue.map(Span::start);
        let outer = cue.and_then(|c| covers.get(words.place(c))).and_then(|o| (*o as usize).checked_sub(1));
        for span in &attribution.content {
            if let Some(covered) = covers.get_mut(words.inside(*span)) {
                covered.fill(k as u32 + 1);
            }
        }
        let free = attribution.within.is_none() && !leads_to(attributions, outer, k);
        if let Some(attribution) = attributions.get_mut(k).filter(|_| free) {
            attribution.within = outer;
        }
    }
}

/// Whether the chain from `from` upwards comes to `k`, or has no end.
fn leads_to(attributions: &[Attribution], from: Option<usize>, k: usize) -> bool {
    let mut at = from;
    for _ in 0..DEEPEST {
        match at {
            None => return false,
            Some(outer) if outer == k => return true,
            Some(outer) => at = attributions.get(outer).and_then(|a| a.within),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::*;

    fn attribution(text: &str, cue: &str, content: &[&str]) -> Attribution {
        let find = |words: &str| text.find(words).map(|at| Span::within(text, at..at + words.len())).unwrap();
        Attribution {
            source: None,
            cue: Some(find(cue)),
            content: content.iter().map(|c| find(c)).collect(),
            mode: Mode::Direct,
            medium: None,
            within: None,
        }
    }

    #[test]
    fn an_attribution_inside_a_quotation_of_two_paragraphs_is_enclosed_by_it() {
        let text = "The agency wrote: “The dam holds.\n\n“The mayor said that help is near,” it added.";
        let mut all = [
            attribution(text, "wrote", &["“The dam holds.", "“The mayor said that help is near,”"]),
            attribution(text, "said", &["help is near"]),
        ];
        link(&Words::of(text), &mut all);
        assert_eq!(all.map(|a| a.within), [None, Some(0)]);
    }

    #[test]
    fn two_that_hold_each_other_make_no_circle() {
        let text = "a said b wrote c";
        let mut all = [attribution(text, "said", &["b wrote c"]), attribution(text, "wrote", &["a said"])];
        link(&Words::of(text), &mut all);
        assert!(all.iter().filter(|a| a.within.is_some()).count() < 2);
    }
}
