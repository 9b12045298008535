//! A claim for the tests of the writers.

use std::sync::Arc;

use crate::domain::{
    ArticleId, ArticleRef, Attribution, Claim, ClaimId, ClaimState, Cue, Evidence, EvidenceKind, Meta, Mode,
};
use crate::domain::{Hedge, Moment, SourceRef, Stance, Status};

/// A link with a copy, a file with its hash, and words that somebody said.
pub(super) fn evidence() -> Vec<Evidence> {
    let link = Evidence {
        url: "https://pictures.example/dam".to_owned(),
        archived: Some("https://copies.example/1".to_owned()),
        ..Evidence::default()
    };
    let sha256 = Some("ab".repeat(32));
    let file = Evidence { url: "/scans/dam_1.pdf".to_owned(), kind: EvidenceKind::File, sha256, ..Evidence::default() };
    let words = "I *saw* it".to_owned();
    let quotation =
        Evidence { url: words, kind: EvidenceKind::Quotation, stance: Stance::Context, ..Evidence::default() };
    vec![link, file, quotation]
}

/// A claim with something in every place.
pub(super) fn claim() -> Claim {
    let article = ArticleId::of_text("text");
    let evidence = Evidence {
        url: "https://pictures.example/dam".to_owned(),
        stance: Stance::Refutes,
        seen: Some("2026-11-22".to_owned()),
        note: Some("dry".to_owned()),
        added_by: "ana".to_owned(),
        ..Evidence::default()
    };
    Claim {
        id: ClaimId::of_spans(article, &[[4, 9]]),
        article: ArticleRef {
            id: article,
            meta: Arc::new(Meta {
                title: Some("The dam".to_owned()),
                outlet: Some("Port Gazette".to_owned()),
                ..Meta::default()
            }),
        },
        ordinal: 2,
        text: "the dam held".to_owned(),
        spans: vec![[4, 9], [12, 20]],
        mode: Mode::Indirect,
        attribution: Some(Attribution {
            source: Some(SourceRef {
                name: Some("Ada Brandt".to_owned()),
                role: Some("mayor".to_owned()),
                ..SourceRef::default()
            }),
            cue: Some(Cue { span: [1, 3], text: "said".to_owned() }),
            medium: Some("Telegram".to_owned()),
            within: None,
        }),
        source: None,
        hedges: vec![Hedge { span: [1, 2], term: "reportedly".to_owned(), band: None }],
        remarks: Vec::new(),
        worth: 0.82,
        worth_reasons: vec!["number".to_owned()],
        changed: false,
        found: None,
        state: ClaimState {
            status: Status::Refuted,
            analyst: Some("ana".to_owned()),
            decided_at: Some(Moment(1_795_356_191)),
            note: Some("see pictures".to_owned()),
            tags: ["dam".to_owned()].into(),
            evidence: vec![evidence],
            ..ClaimState::default()
        },
    }
}
