//! Single claims: cuts sentences and contents of attributions where two things are asserted.
//!
//! Each sentence is looked at once. Its words belong to the innermost attribution whose content they stand in, or to
//! the outlet; the words of each are cut into clauses, and each clause is a claim, or hidden with the reason.

pub(in crate::extract) mod clauses;
mod frame;
mod marks;
mod owners;
mod reason;
pub(in crate::extract) mod verbs;

use std::collections::HashSet;
use std::ops::Range;

use smallvec::SmallVec;

use super::blocks::{Block, BlockKind};
use super::lexicon::NEGATION;
use super::quotes::Quote;
use super::remarks;
use super::token::Kind;
use super::words::Words;
use super::{Attribution, Claim, Hidden, Mode, RemarkKind, Span, Why};
use clauses::clauses;
use owners::Owners;

/// What the earlier stages found.
#[derive(Clone, Copy)]
pub(super) struct Found<'a, 't> {
    pub words: &'a Words<'t>,
    pub blocks: &'a [Block],
    pub sentences: &'a [Span],
    pub quotes: &'a [Quote],
    pub attributions: &'a [Attribution],
    /// Whether the rules for English hold; without them nothing is cut and little is hidden.
    pub english: bool,
}

/// What the sentences were cut into.
#[derive(Default)]
pub(super) struct Parts {
    /// In text order.
    pub claims: Vec<Claim>,
    /// The number of the sentence of each claim.
    pub sentence_of: Vec<usize>,
    pub hidden: Vec<Hidden>,
    /// Remarks on other claims, with the number of their sentence.
    pub remarks: Vec<Noted>,
}

/// A remark where it stands.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    pub span: Span,
    pub reading: remarks::Reading,
    pub sentence: usize,
}

/// Cuts all sentences.
pub(super) fn split(found: Found) -> Parts {
    let mut splitter = Splitter {
        found,
        owners: Owners::of(found.words, found.attributions),
        quoted: quoted(found.words, found.quotes),
        parts: Parts::default(),
        seen: HashSet::new(),
    };
    let mut block = 0;
    for (number, sentence) in found.sentences.iter().enumerate() {
        while found.blocks.get(block).is_some_and(|b| b.span.end() <= sentence.start()) {
            block += 1;
        }
        match found.blocks.get(block).map(|b| b.kind) {
            Some(BlockKind::Heading) => splitter.hide(*sentence, Why::Heading),
            Some(kind) if !kind.may_claim() => {}
            _ => splitter.sentence(number, *sentence),
        }
    }
    splitter.parts
}

/// For each word, whether it stands in quotation marks.
fn quoted(words: &Words, quotes: &[Quote]) -> Vec<bool> {
    let mut quoted = vec![false; words.len()];
    for quote in quotes.iter().filter(|q| q.depth == 0) {
        if let Some(inside) = quoted.get_mut(words.inside(quote.inner)) {
            inside.fill(true);
        }
    }
    quoted
}

struct Splitter<'a, 't> {
    found: Found<'a, 't>,
    owners: Owners,
    quoted: Vec<bool>,
    parts: Parts,
    /// Words of claims that the outlet has asserted already.
    seen: HashSet<&'t str>,
}

/// Numbers of attributions: a sentence has few.
type Numbers = SmallVec<[usize; 4]>;

/// The words of one sentence that belong to one attribution, or to the outlet.
struct Share {
    owner: Option<usize>,
    places: Vec<usize>,
}

impl<'t> Splitter<'_, 't> {
    fn sentence(&mut self, number: usize, sentence: Span) {
        let places = self.found.words.inside(sentence);
        if !places.clone().any(|p| self.found.words.is_word(p)) {
            return self.hide(sentence, Why::Fragment);
        }
        let first = self.parts.claims.len();
        let mut at = places.start;
        while at < places.end {
            let end = (at + LONGEST).min(places.end);
            self.piece(number, at..end);
            at = end;
        }
        self.sort_from(first);
    }

    /// A sentence, or a piece of a very long one.
    fn piece(&mut self, number: usize, places: Range<usize>) {
        if self.found.english && self.is_remark(number, places.clone()) {
            return;
        }
        let weak = if self.found.english { self.release_fragments(places.clone()) } else { Numbers::new() };
        for share in self.shares(places.clone()) {
            let strong = |k: &usize| !weak.contains(k) && self.cue_is_in(*k, share.owner);
            let cues: Numbers = self.owners.cued_in(places.clone()).filter(strong).collect();
            if cues.is_empty() {
                self.unit(number, &share, &weak);
            } else {
                self.frame(number, places.start, &share, &cues);
            }
        }
    }

    /// "The report could not be confirmed": a remark whole, whatever was taken for a cue in it.
    fn is_remark(&mut self, number: usize, places: Range<usize>) -> bool {
        let quoted = |p: usize| self.quoted.get(p).copied().unwrap_or(false);
        if self.owners.cued_in(places.clone()).next().is_none() || places.clone().any(quoted) {
            return false;
        }
        let places: Vec<usize> = places.collect();
        let reading = remarks::read(self.found.words, &places);
        let unverified = |r: &remarks::Reading| r.whole && r.kind == RemarkKind::NotVerified;
        reading.as_ref().is_some_and(unverified) && self.remark(number, &places, true)
    }

    /// Whether the cue of attribution `k` stands among the words of `owner`.
    fn cue_is_in(&self, k: usize, owner: Option<usize>) -> bool {
        let cue = self.found.attributions.get(k).and_then(|a| a.cue);
        cue.is_some_and(|c| self.owners.of_word(self.found.words.place(c.start())) == owner)
    }

    /// Content without a verb of its own ("a just war", "to leave") says nothing alone: its words go back to what
    /// encloses it. Gives the attributions that have lost theirs.
    fn release_fragments(&mut self, places: Range<usize>) -> Numbers {
        let mut weak = Numbers::new();
        for k in self.owners.innermost_first(places.clone()) {
            let owned = |p: &usize| self.owners.of_word(*p) == Some(k);
            let own: Vec<usize> = places.clone().filter(owned).collect();
            let all = own.len() == places.len() || places.clone().all(|p| owned(&p) || !self.found.words.is_word(p));
            if !all && !self.is_clause(&own) && !self.is_full_quotation(&own) && !self.withholds(k, &own) {
                let parent = self.found.attributions.get(k).and_then(|a| a.within);
                self.owners.give(&own, parent);
                weak.push(k);
            }
        }
        weak
    }

    /// Whether content asserts something by itself: "that" opens it, or it has a main verb.
    fn is_clause(&self, own: &[usize]) -> bool {
        let words = self.found.words;
        if reason::is_that_clause(words, own) {
            return true;
        }
        let groups = verbs::verb_groups(words, own);
        let verb = groups.iter().any(|g| g.sure) || own.len() >= ENOUGH && reason::may_predicate(words, own, &groups);
        verb && !reason::is_predicate(words, own)
            && reason::stands_alone(words, own, &groups)
            && reason::has_main_verb(words, own)
    }

    /// “Ask me in May,” she said: all that was said, with a capital at its head; what it lacks, it lacks there too.
    fn is_full_quotation(&self, own: &[usize]) -> bool {
        let first = own.iter().find(|p| self.found.words.is_word(**p));
        first.is_some_and(|p| self.found.words.is_capital(*p)) && self.all_quoted(own)
    }

    /// "The mayor did not say who had called": nothing is said.
    fn withholds(&self, k: usize, own: &[usize]) -> bool {
        let words = self.found.words;
        let Some(cue) = self.found.attributions.get(k).and_then(|a| a.cue) else { return false };
        let head = own.iter().find(|p| words.is_word(**p));
        let asks = head.is_some_and(|p| reason::INTERROGATIVE.iter().any(|key| words.is_key(*p, *key)));
        let cue = words.inside(cue);
        let denied = (cue.start.saturating_sub(2)..cue.end).any(|p| words.is(p, NEGATION));
        asks && denied && head.is_some_and(|p| *p >= cue.end)
    }

    fn shares(&self, places: Range<usize>) -> SmallVec<[Share; 2]> {
        let mut shares = SmallVec::<[Share; 2]>::new();
        for place in places.clone() {
            let owner = self.owners.of_word(place);
            if let Some(share) = shares.iter_mut().find(|s| s.owner == owner) {
                share.places.push(place);
            } else {
                let mut own = Vec::with_capacity(places.end - place);
                own.push(place);
                shares.push(Share { owner, places: own });
            }
        }
        shares
    }

    /// Words that hold no attribution of their own: each clause a claim.
    fn unit(&mut self, number: usize, share: &Share, weak: &[usize]) {
        let words = self.found.words;
        if !share.places.iter().any(|p| words.is_word(*p)) {
            return;
        }
        if reason::asks(words, &share.places) {
            return self.hide_places(&share.places, Why::Question);
        }
        if !self.found.english {
            return self.claim(number, &share.places, share.owner);
        }
        if share.owner.is_some_and(|k| self.withholds(k, &share.places)) {
            return self.hide_places(&share.places, Why::Fragment);
        }
        for clause in clauses(words, &share.places) {
            let places = share.places.get(clause.at.clone()).unwrap_or_default();
            let main = clause.verb.and_then(|v| share.places.get(v.start..v.end)).unwrap_or_default();
            let owner = share.owner.or_else(|| self.cue_among(main, weak));
            self.clause(number, places, owner, share.owner.is_none());
        }
    }

    /// The attribution, of those without content of their own, whose cue is among these words.
    fn cue_among(&self, places: &[usize], weak: &[usize]) -> Option<usize> {
        let (first, last) = (*places.first()?, *places.last()?);
        weak.iter().copied().find(|k| {
            let cue = self.found.attributions.get(*k).and_then(|a| a.cue);
            cue.is_some_and(|c| (first..=last).contains(&self.found.words.place(c.start())))
        })
    }

    /// One clause: a remark, a claim, or hidden.
    pub(super) fn clause(&mut self, number: usize, places: &[usize], owner: Option<usize>, outlet: bool) {
        if (outlet || !self.all_quoted(places)) && self.remark(number, places, outlet) {
            return;
        }
        let words = self.found.words;
        match reason::why(words, places) {
            // What "that" opens is a clause, even if no table knows its verb.
            Some(Why::Fragment) if !outlet && reason::is_that_clause(words, places) => {
                self.claim(number, places, owner);
            }
            Some(why) => self.hide_places(places, why),
            None => self.claim(number, places, owner),
        }
    }

    /// Notes a remark among the words; true where they are nothing else.
    pub(super) fn remark(&mut self, number: usize, places: &[usize], outlet: bool) -> bool {
        let Some(reading) = remarks::read(self.found.words, places) else { return false };
        // "The agency said it could not verify the report" is a remark as well; what else is said is theirs.
        let relayed = reading.kind == RemarkKind::NotVerified && !matches!(reading.about, remarks::About::Before);
        if !outlet && reading.whole && !relayed {
            return false;
        }
        let spans = marks::spans(self.found.words, places, false);
        let Some(span) = spans.iter().copied().reduce(Span::cover) else { return false };
        let whole = reading.whole;
        self.parts.remarks.push(Noted { span, reading, sentence: number });
        if whole {
            self.hide_places(places, Why::Remark);
        }
        whole
    }

    fn claim(&mut self, number: usize, places: &[usize], owner: Option<usize>) {
        let spans = marks::spans(self.found.words, places, owner.is_some());
        let Some(all) = spans.iter().copied().reduce(Span::cover) else { return };
        if owner.is_none() && all.len() > SHORT && !self.seen.insert(all.of(self.found.words.text)) {
            return self.hide(all, Why::Repeated);
        }
        let mode = self.mode(places, owner);
        self.parts.sentence_of.push(number);
        self.parts.claims.push(Claim {
            spans: spans.into_vec(),
            attribution: owner,
            mode,
            hedges: Vec::new(),
            remarks: Vec::new(),
            worth: 0.0,
            worth_reasons: Vec::new(),
        });
    }

    fn all_quoted(&self, places: &[usize]) -> bool {
        let words = places.iter().filter(|p| self.found.words.is_word(**p));
        words.into_iter().all(|p| self.quoted.get(*p).copied().unwrap_or(false))
    }

    fn mode(&self, places: &[usize], owner: Option<usize>) -> Mode {
        if owner.is_none() {
            return Mode::Narrative;
        }
        let (mut inside, mut outside) = (false, false);
        for place in places.iter().filter(|p| self.found.words.is_word(**p)) {
            let quoted = self.quoted.get(*place).copied().unwrap_or(false);
            inside |= quoted;
            outside |= !quoted;
        }
        match (inside, outside) {
            (true, false) => Mode::Direct,
            (true, true) => Mode::Mixed,
            _ => Mode::Indirect,
        }
    }

    fn hide_places(&mut self, places: &[usize], why: Why) {
        for span in marks::spans(self.found.words, places, false) {
            self.hide(span, why);
        }
    }

    fn hide(&mut self, span: Span, why: Why) {
        self.parts.hidden.push(Hidden { span, why });
    }

    /// Shares come in the order of their first word; claims in the order of their first span.
    fn sort_from(&mut self, first: usize) {
        let starts = |c: &Claim| c.spans.first().map_or(0, |s| s.start());
        if let Some(new) = self.parts.claims.get_mut(first..) {
            new.sort_by_key(starts);
        }
    }
}

/// No sentence that anybody wrote is longer, in words and marks; hostile ones are cut here, so that time stays linear.
const LONGEST: usize = 300;

/// From this many words and marks on, content with a verb that is not sure is believed to have one.
const ENOUGH: usize = 6;

/// Shorter words may be said twice.
const SHORT: usize = 24;

/// Whether a word of this kind can be part of an assertion.
fn is_mark(kind: Option<Kind>) -> bool {
    !matches!(kind, Some(Kind::Word | Kind::Number | Kind::Clitic))
}
