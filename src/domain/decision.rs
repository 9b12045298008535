//! Decisions, the only thing analysts add, and the present state that follows from them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::addition::Addition;
use super::edit::Edit;
use super::grade::Credibility;
use super::time::{Clock, Moment};
use super::{ClaimId, Status};

/// One act of one analyst on one claim. Never changed, never deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// UUIDv7: unique everywhere.
    pub id: Uuid,
    /// Orders decisions over all stores; ties are broken by `id`.
    pub clock: Clock,
    /// What the analyst's own clock said, for people.
    pub at: Moment,
    /// Who.
    pub analyst: String,
    /// In which session; none from a script.
    pub session: Option<Uuid>,
    /// Decisions of one act, such as one key or one command, share this: undo takes them back together.
    pub batch: Uuid,
    /// On which claim.
    pub claim: ClaimId,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

impl Decision {
    /// Where it stands in the order of all decisions.
    pub fn order(&self) -> (Clock, Uuid) {
        (self.clock, self.id)
    }

    /// The decision that it takes back, where it is an undo.
    pub fn target(&self) -> Option<Uuid> {
        match self.act {
            Act::Undo { target } => Some(target),
            _ => None,
        }
    }
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// Where the claim stands; `unreviewed` reopens it.
    Status {
        /// The new status.
        status: Status,
    },
    /// The note, as it now reads; empty removes it.
    Note {
        /// The whole text.
        note: String,
    },
    /// Puts a tag on.
    Tag {
        /// The word.
        tag: String,
    },
    /// Takes a tag off.
    Untag {
        /// The word.
        tag: String,
    },
    /// Adds evidence.
    Evidence(Evidence),
    /// Takes evidence away: all that is equal to this, whoever added it.
    Withdraw(Evidence),
    /// Sets words, source, cue or mode.
    Edit(Edit),
    /// Adds the claim to its article, where extraction missed it.
    Add(Box<Addition>),
    /// Takes the claim out of the decks, or, without a reason, puts it back.
    Hide {
        /// Why.
        why: String,
    },
    /// How credible the claim is; none takes the grade off.
    Credibility {
        /// The grade.
        credibility: Option<Credibility>,
    },
    /// Puts the claim on the later pile, or takes it off.
    Later {
        /// On or off.
        later: bool,
    },
    /// Takes a decision back; taking an undo back is redo.
    Undo {
        /// The decision taken back.
        target: Uuid,
    },
}

/// How the reason begins why a claim that was joined with another is hidden; then comes the other's id.
const JOINED: &str = "joined with ";

impl Act {
    /// What it did, in a word or two: "verified", "note", "for later".
    pub fn word(&self) -> &'static str {
        match self {
            Self::Status { status } => status.word(),
            Self::Note { note } if note.is_empty() => "without note",
            Self::Note { .. } => "note",
            Self::Tag { .. } | Self::Untag { .. } => "tags",
            Self::Evidence(_) => "evidence",
            Self::Withdraw(_) => "evidence removed",
            Self::Edit(_) => "edited",
            Self::Add(added) if added.split_from.is_some() => "split",
            Self::Add(_) => "added",
            Self::Hide { why } if why.is_empty() => "shown again",
            Self::Hide { why } if why.starts_with(JOINED) => "joined",
            Self::Hide { .. } => "hidden",
            Self::Credibility { credibility: None } => "without a grade",
            Self::Credibility { credibility: Some(grade) } => grade.words(),
            Self::Later { later: true } => "for later",
            Self::Later { later: false } => "off the later pile",
            Self::Undo { .. } => "undo",
        }
    }

    /// Takes a claim out of the decks because another has taken its words over.
    pub fn joined_with(other: ClaimId) -> Self {
        Self::Hide { why: format!("{JOINED}{other}") }
    }

    /// What several did, each word once: "verified, note". To join and to split edit a claim, too, which goes without
    /// saying.
    pub fn words<'a>(acts: impl IntoIterator<Item = &'a Self>) -> String {
        let mut words: Vec<&str> = Vec::new();
        for word in acts.into_iter().map(Self::word) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.iter().any(|word| matches!(*word, "joined" | "split")) {
            words.retain(|word| *word != "edited");
        }
        words.join(", ")
    }
}

/// A link, file or quotation that speaks for or against a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// A link, a path, or the words of a quotation.
    pub url: String,
    /// Which of these. Not called so in JSON: an export tells its lines apart by that word.
    #[serde(default, rename = "type")]
    pub kind: EvidenceKind,
    /// What it does to the claim.
    pub stance: Stance,
    /// The day it was seen: `2026-11-22`.
    pub seen: Option<String>,
    /// A word on it.
    pub note: Option<String>,
    /// Of a file: the SHA-256 of its bytes when it was added, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// A link to a copy that is kept elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<String>,
    /// Who added it; left empty in a decision, whose analyst it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub added_by: String,
}

/// What evidence is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// Something on the web.
    #[default]
    Link,
    /// A file.
    File,
    /// Words that somebody said or wrote.
    Quotation,
}

impl EvidenceKind {
    /// The word that files have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::File => "file",
            Self::Quotation => "quotation",
        }
    }
}

impl Evidence {
    /// Who is behind it, so that two pieces from one place count once: the host of a link, the bytes or path of a file.
    /// A quotation has nobody that could be told from others.
    pub fn origin(&self) -> Option<String> {
        match self.kind {
            EvidenceKind::Link => {
                let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
                let host =
                    rest.split(['/', '?', '#']).next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
                let host = host.to_lowercase();
                Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
            }
            EvidenceKind::File => Some(self.sha256.clone().unwrap_or_else(|| self.url.clone())),
            EvidenceKind::Quotation => None,
        }
    }

    /// The same piece, whoever added it.
    fn is_same(&self, other: &Evidence) -> bool {
        let piece = |e: &Evidence| Evidence { added_by: String::new(), ..e.clone() };
        piece(self) == piece(other)
    }
}

/// What evidence does to a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Speaks for it.
    #[default]
    Supports,
    /// Speaks against it.
    Refutes,
    /// Helps to understand it.
    Context,
}

impl Stance {
    /// The word for it in JSON and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Refutes => "refutes",
            Self::Context => "context",
        }
    }
}

/// The present state of a claim: what follows from its decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimState {
    /// The newest status of any analyst.
    pub status: Status,
    /// Who gave it.
    pub analyst: Option<String>,
    /// When.
    pub decided_at: Option<Moment>,
    /// The newest note.
    pub note: Option<String>,
    /// Sorted.
    pub tags: BTreeSet<String>,
    /// In the order added.
    pub evidence: Vec<Evidence>,
    /// How credible it is, by the newest grade of any analyst.
    #[serde(default)]
    pub credibility: Option<Credibility>,
    /// On the later pile.
    #[serde(default)]
    pub later: bool,
    /// What analysts set of what was found.
    #[serde(default, skip_serializing_if = "Edit::is_empty")]
    pub edit: Edit,
    /// Why it is in no deck, where an analyst has hidden it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<String>,
    /// In how many articles of its outlet its line stands, where that takes it out of the decks: so it is until somebody
    /// decides anything on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub furniture_in: Option<u32>,
    /// The analyst who added it, where the machine has not found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_by: Option<String>,
    /// It was added, and that was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// The newest status of each analyst, where there is more than one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_analyst: BTreeMap<String, Status>,
}

impl ClaimState {
    /// The state that these decisions on one claim lead to, in whatever order they are given.
    pub fn of(decisions: &[Decision]) -> Self {
        let mut ordered: Vec<&Decision> = decisions.iter().collect();
        ordered.sort_by_key(|d| d.order());
        let undone = undone(ordered.iter().map(|d| (d.id, d.target())));
        let mut state = Self { withdrawn: ordered.iter().any(|d| matches!(d.act, Act::Add(_))), ..Self::default() };
        for decision in ordered.into_iter().filter(|d| !undone.contains(&d.id)) {
            state.apply(&decision.act, &decision.analyst, decision.at);
        }
        state
    }

    /// Lays one act over the state. An undo needs the decisions before it, so it changes nothing here.
    pub fn apply(&mut self, act: &Act, analyst: &str, at: Moment) {
        if !matches!(act, Act::Undo { .. }) {
            self.furniture_in = None;
        }
        match act {
            Act::Status { status } => self.set_status(*status, analyst, at),
            Act::Note { note } => self.note = Some(note.trim().to_owned()).filter(|n| !n.is_empty()),
            Act::Tag { tag } => drop(self.tags.insert(tag.clone())),
            Act::Untag { tag } => drop(self.tags.remove(tag)),
            Act::Evidence(evidence) => {
                let added_by = analyst.to_owned();
                self.evidence.push(Evidence { added_by, ..evidence.clone() });
            }
            Act::Withdraw(evidence) => self.evidence.retain(|held| !held.is_same(evidence)),
            Act::Edit(edit) => self.edit.lay(edit),
            Act::Add(_) => {
                self.added_by.get_or_insert_with(|| analyst.to_owned());
                self.withdrawn = false;
            }
            Act::Hide { why } => self.hidden = Some(why.trim().to_owned()).filter(|why| !why.is_empty()),
            Act::Credibility { credibility } => self.credibility = *credibility,
            Act::Later { later } => self.later = *later,
            Act::Undo { .. } => {}
        }
    }

    /// Whether it is out of the decks.
    pub fn is_out(&self) -> bool {
        self.is_hidden() || self.withdrawn
    }

    /// Whether an analyst has hidden it, or it is furniture that nobody has decided on.
    pub fn is_hidden(&self) -> bool {
        self.hidden.is_some() || self.furniture_in.is_some()
    }

    /// Why it is hidden.
    pub fn why_hidden(&self) -> Option<Cow<'_, str>> {
        let furniture = |articles| Cow::Owned(format!("its line stands in {articles} articles of this outlet"));
        self.hidden.as_deref().map(Cow::Borrowed).or_else(|| self.furniture_in.map(furniture))
    }

    /// Whether none of these decisions on one claim stands.
    pub fn is_untouched(decisions: &[Decision]) -> bool {
        let gone = Self::taken_back(decisions);
        decisions.iter().all(|decision| decision.target().is_some() || gone.contains(&decision.id))
    }

    /// Those of these decisions on one claim that an undo which itself stands has taken back.
    pub fn taken_back(decisions: &[Decision]) -> BTreeSet<Uuid> {
        let mut ordered: Vec<&Decision> = decisions.iter().collect();
        ordered.sort_by_key(|d| d.order());
        undone(ordered.iter().map(|d| (d.id, d.target())))
    }

    /// How many independent sources of evidence support it.
    pub fn supporters(&self) -> usize {
        let supporting = self.evidence.iter().filter(|e| e.stance == Stance::Supports);
        supporting.filter_map(Evidence::origin).collect::<BTreeSet<_>>().len()
    }

    /// Whether analysts differ on the status.
    pub fn in_conflict(&self) -> bool {
        let mut each = self.by_analyst.values().filter(|s| **s != Status::Unreviewed);
        let first = each.next();
        each.any(|status| Some(status) != first)
    }

    fn set_status(&mut self, status: Status, analyst: &str, at: Moment) {
        self.by_analyst.insert(analyst.to_owned(), status);
        self.status = status;
        let decided = status != Status::Unreviewed;
        self.analyst = decided.then(|| analyst.to_owned());
        self.decided_at = decided.then_some(at);
        // A decision takes the claim off the later pile: it is no longer waiting.
        self.later &= !decided;
    }
}

/// Of decisions in their order, each with the one that it takes back, those that an undo which itself stands has taken
/// back. Newest first, so that redo is seen before the undo it lifts.
pub fn undone(ordered: impl DoubleEndedIterator<Item = (Uuid, Option<Uuid>)>) -> BTreeSet<Uuid> {
    let mut gone = BTreeSet::new();
    for (id, target) in ordered.rev() {
        if let Some(target) = target
            && !gone.contains(&id)
        {
            gone.insert(target);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Excerpt, Mode};
    use proptest::prelude::*;

    fn decision(number: u128, act: Act) -> Decision {
        Decision {
            id: Uuid::from_u128(number),
            clock: Clock(number as i64),
            at: Moment(number as i64),
            analyst: "ana".to_owned(),
            session: None,
            batch: Uuid::from_u128(number),
            claim: ClaimId::of_spans(ArticleId::of_text(""), &[]),
            act,
        }
    }

    fn status(number: u128, status: Status) -> Decision {
        decision(number, Act::Status { status })
    }

    fn undo(number: u128, target: u128) -> Decision {
        decision(number, Act::Undo { target: Uuid::from_u128(target) })
    }

    #[test]
    fn the_word_of_a_stance_is_that_of_json() {
        for stance in [Stance::Supports, Stance::Refutes, Stance::Context] {
            assert_eq!(serde_json::to_value(stance).unwrap(), stance.word());
        }
    }

    #[test]
    fn what_joins_or_splits_is_called_so_and_not_an_edit() {
        let edit = Act::Edit(Edit::default());
        let other = ClaimId::of_spans(ArticleId::of_text(""), &[]);
        assert_eq!(Act::words([&edit, &Act::joined_with(other)]), "joined");
        assert_eq!(Act::words([&edit, &Act::Hide { why: "told twice".into() }]), "edited, hidden");
        let part = Addition { split_from: Some(other), ..added() };
        assert_eq!(Act::words([&Act::Add(Box::new(part)), &edit]), "split");
    }

    #[test]
    fn an_undo_brings_back_what_was_before() {
        let log = [status(1, Status::Verified), status(2, Status::Refuted), undo(3, 2)];
        assert_eq!(ClaimState::of(&log).status, Status::Verified);
        assert_eq!(ClaimState::of(&log).decided_at, Some(Moment(1)));
    }

    #[test]
    fn an_undo_taken_back_is_a_redo() {
        let log = [status(1, Status::Verified), undo(2, 1), undo(3, 2)];
        assert_eq!(ClaimState::of(&log).status, Status::Verified);
        let again = [log.as_slice(), &[undo(4, 3)]].concat();
        assert_eq!(ClaimState::of(&again).status, Status::Unreviewed);
    }

    #[test]
    fn analysts_who_differ_are_in_conflict_and_the_newest_status_shows() {
        let mut theirs = status(2, Status::Refuted);
        theirs.analyst = "bo".to_owned();
        let state = ClaimState::of(&[status(1, Status::Verified), theirs]);
        assert_eq!((state.status, state.analyst.as_deref()), (Status::Refuted, Some("bo")));
        assert!(state.in_conflict());
    }

    #[test]
    fn reopening_a_claim_forgets_who_decided() {
        let state = ClaimState::of(&[status(1, Status::Verified), status(2, Status::Unreviewed)]);
        assert_eq!((state.analyst, state.decided_at), (None, None));
    }

    #[test]
    fn a_decision_reads_back_from_its_json() {
        let evidence = Evidence { url: "https://a.example".into(), stance: Stance::Refutes, ..Evidence::default() };
        let words = Excerpt { spans: vec![[1, 4], [6, 9]], text: "one … two".into() };
        let edit = Edit { words: Some(words), source: Some("Ida Berg".into()), ..Edit::default() };
        for act in [
            Act::Status { status: Status::NotAClaim },
            Act::Evidence(evidence.clone()),
            Act::Withdraw(evidence),
            Act::Edit(edit),
            Act::Hide { why: "told twice".into() },
            Act::Add(Box::new(added())),
            Act::Undo { target: Uuid::from_u128(7) },
        ] {
            let one = decision(9, act);
            let line = serde_json::to_string(&one).unwrap();
            assert_eq!(serde_json::from_str::<Decision>(&line).unwrap(), one, "{line}");
        }
    }

    fn added() -> Addition {
        let words = Excerpt { spans: vec![[1, 4]], text: "one".into() };
        Addition::by_hand(ArticleId::of_text("one two"), words, "Ida Berg")
    }

    #[test]
    fn a_claim_that_two_have_added_is_there_until_both_take_that_back() {
        let log = [decision(1, Act::Add(Box::new(added()))), decision(2, Act::Add(Box::new(added())))];
        assert_eq!(ClaimState::of(&log).added_by.as_deref(), Some("ana"));
        let log = [log.as_slice(), &[undo(3, 1)]].concat();
        assert!(!ClaimState::of(&log).withdrawn);
        let log = [log.as_slice(), &[undo(4, 2)]].concat();
        assert!(ClaimState::of(&log).withdrawn && ClaimState::of(&log).added_by.is_none());
    }

    fn any_evidence() -> impl Strategy<Value = Evidence> {
        "[a-b]".prop_map(|url| Evidence { url, ..Evidence::default() })
    }

    #[test]
    fn evidence_that_is_withdrawn_comes_back_with_the_undo() {
        let piece = Evidence { url: "https://a.example".into(), ..Evidence::default() };
        let log = [decision(1, Act::Evidence(piece.clone())), decision(2, Act::Withdraw(piece))];
        assert!(ClaimState::of(&log).evidence.is_empty());
        let log = [log.as_slice(), &[undo(3, 2)]].concat();
        assert_eq!(ClaimState::of(&log).evidence.len(), 1);
    }

    #[test]
    fn links_to_one_host_are_one_source_and_quotations_are_none() {
        let piece = |url: &str, kind| Act::Evidence(Evidence { url: url.into(), kind, ..Evidence::default() });
        let log = [
            decision(1, piece("https://www.a.example/one", EvidenceKind::Link)),
            decision(2, piece("http://A.example/two?x", EvidenceKind::Link)),
            decision(3, piece("scan.pdf", EvidenceKind::File)),
            decision(4, piece("it was so", EvidenceKind::Quotation)),
        ];
        assert_eq!(ClaimState::of(&log).supporters(), 2);
    }

    #[test]
    fn edits_of_different_parts_add_up_and_the_newest_of_one_part_counts() {
        let mode = |mode| Act::Edit(Edit { mode: Some(mode), ..Edit::default() });
        let source = Act::Edit(Edit { source: Some("Ida".into()), ..Edit::default() });
        let log = [decision(1, mode(Mode::Direct)), decision(2, source), decision(3, mode(Mode::Mixed))];
        let edit = ClaimState::of(&log).edit;
        assert_eq!((edit.mode, edit.source.as_deref()), (Some(Mode::Mixed), Some("Ida")));
    }

    fn any_act() -> impl Strategy<Value = Act> {
        prop_oneof![
            (0..6i64).prop_map(|code| Act::Status { status: Status::from_code(code).unwrap() }),
            "[a-b]{0,2}".prop_map(|note| Act::Note { note }),
            "[a-c]".prop_map(|tag| Act::Tag { tag }),
            "[a-c]".prop_map(|tag| Act::Untag { tag }),
            any::<bool>().prop_map(|later| Act::Later { later }),
            any_evidence().prop_map(Act::Evidence),
            any_evidence().prop_map(Act::Withdraw),
            "[a-b]?".prop_map(|why| Act::Hide { why }),
            Just(Act::Add(Box::new(added()))),
            ("[a-b]?").prop_map(|name| Act::Edit(Edit { source: Some(name), ..Edit::default() })),
            (0..7u8).prop_map(|n| Act::Credibility { credibility: Credibility::of_number(n) }),
            (1..12u128).prop_map(|target| Act::Undo { target: Uuid::from_u128(target) }),
        ]
    }

    proptest! {
        #[test]
        fn the_order_in_which_decisions_arrive_does_not_matter(acts in prop::collection::vec(any_act(), 0..12), seed in any::<u64>()) {
            let log: Vec<_> = acts.into_iter().zip(1..).map(|(act, number)| decision(number, act)).collect();
            let mut shuffled = log.clone();
            shuffled.sort_by_key(|d| (d.id.as_u128() as u64 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            prop_assert_eq!(ClaimState::of(&log), ClaimState::of(&shuffled));
        }
    }
}
