//! Remarks on verification, and the claims that they are tied to.

use claimdeck::extract::{RemarkKind, Why};

use super::{Read, Score};
use RemarkKind::{Confirmed, Denied, NoComment, NotVerified};

/// An article, and its remarks: the kind, and how the claims begin that it is about. Claims not named have none.
struct Fixture {
    text: &'static str,
    tied: &'static [(RemarkKind, &'static [&'static str])],
}

const FIXTURES: &[Fixture] = &[
    Fixture {
        text: "District head Pavel Orlan said a drone had hit the depot.\n\nOrlan’s claims have not been verified.\n\nAccording to reports, crews are at the scene.",
        tied: &[(NotVerified, &["a drone had"])],
    },
    Fixture {
        text: "“The fleet has left the port,” the ministry said. “Two cranes are lost.”\n\nThe claims could not be independently verified.\n\nThe port lies 40 miles from the border.",
        tied: &[(NotVerified, &["The fleet", "Two cranes"])],
    },
    Fixture {
        text: "Governor Anna Tarn said the bridge was down.\n\nResidents said they had heard two blasts.\n\nTarn’s account could not be confirmed.",
        tied: &[(NotVerified, &["the bridge was"])],
    },
    Fixture {
        text: "A video shows a tanker on fire near the pier.\n\nThe tanker belongs to a company in Vell.\n\nThe footage has been geolocated by analysts.",
        tied: &[(Confirmed, &["A video shows"])],
    },
    Fixture {
        text: "Freedonia said that 40 soldiers had been captured.\n\nRuritania denied the claim.\n\nThe front has hardly moved since May.",
        tied: &[(Denied, &["40 soldiers"])],
    },
    Fixture {
        text: "The company said all of its pumps were working.\n\nUnconfirmed reports said three pumps had failed.",
        tied: &[(NotVerified, &["three pumps"])],
    },
    Fixture {
        text: "Two blasts were heard near the airfield on Monday.\n\nFreedonia has not claimed responsibility for the blasts.\n\nThe airfield is the largest of the region.",
        tied: &[(NoComment, &["Two blasts"])],
    },
    Fixture {
        text: "Three blasts shook the port of Vell on Sunday.\n\n“Whoever let this incident happen will be punished,” the harbour master said.\n\nFreedonia has not claimed responsibility for any of the blasts.",
        tied: &[(NoComment, &["Three blasts"])],
    },
    Fixture {
        text: "The mayor said the dam was leaking, in a claim that could not be verified.\n\nThe dam was built in 1961.",
        tied: &[(NotVerified, &["the dam was leaking"])],
    },
    Fixture {
        text: "The army said it had taken the town of Vell.\n\nThe report was confirmed by two local councils.\n\nThe town had 4,000 inhabitants before the war.",
        tied: &[(Confirmed, &["it had taken"])],
    },
    Fixture {
        text: "The newspaper wrote that the minister had sold the port.\n\nThe minister’s office did not respond to a request for comment.\n\nThe port was built by the state.",
        tied: &[(NoComment, &["the minister had"])],
    },
    Fixture {
        text: "The ministry denied that the plant had been hit.\n\nThe plant makes engines.",
        tied: &[(Denied, &["the plant had"])],
    },
    Fixture {
        text: "The following claims could not be verified:\n\nThe army said two ships had sunk.\n\nThe coast is 300 miles long.",
        tied: &[(NotVerified, &["two ships"])],
    },
    Fixture {
        text: "Officials said the fire had been put out.\n\nThe authenticity of the report couldn’t be verified, and Freedonia does not appear to have commented on it.",
        tied: &[(NotVerified, &["the fire had"]), (NoComment, &["the fire had"])],
    },
    Fixture {
        text: "Ruritania said its pilots had shot down nine drones.\n\nThe agency was unable to verify the battlefield reports.\n\nNine is the highest number so far this month.",
        tied: &[(NotVerified, &["its pilots"])],
    },
    Fixture {
        text: "The deaths were reported on Monday.\n\nThe mayor has confirmed that the bridge is closed.\n\nPolice responded to the call within minutes.",
        tied: &[],
    },
    Fixture {
        text: "The union said 300 workers had been dismissed.\n\nThe firm dismissed the allegations as false.\n\nIt employs 9,000 people.",
        tied: &[(Denied, &["300 workers"])],
    },
    Fixture {
        text: "Governor Igor Sarn said three villages had been lost. He said the road was cut.\n\nThe governor’s statements could not be verified.",
        tied: &[(NotVerified, &["three villages", "the road was"])],
    },
];

#[test]
fn remarks_are_tied_to_the_claims_that_they_are_about() {
    let mut score = Score::default();
    for fixture in FIXTURES {
        let read = Read::of(fixture.text);
        let mut expected: Vec<(String, RemarkKind)> = Vec::new();
        for (kind, starts) in fixture.tied {
            expected.extend(starts.iter().map(|s| ((*s).to_owned(), *kind)));
        }
        for claim in &read.found.claims {
            let words = read.words(claim);
            for remark in &claim.remarks {
                match expected.iter().position(|(start, kind)| words.starts_with(start) && *kind == remark.kind) {
                    Some(at) => {
                        expected.remove(at);
                        score.right += 1;
                    }
                    None => {
                        score.wrong += 1;
                        score.errors.push(format!("wrong: {:?} on \"{words}\"", remark.kind));
                    }
                }
            }
        }
        score.missed += expected.len();
        score.errors.extend(
            expected.iter().map(|(start, kind)| format!("missed: {kind:?} on \"{start}…\" among {:?}", read.claims())),
        );
    }
    score.hold("remarks", 0.95, 0.95);
}

#[test]
fn a_sentence_that_is_a_remark_is_no_claim() {
    let read = Read::of(FIXTURES[0].text);
    let hidden: Vec<_> =
        read.found.hidden.iter().filter(|h| h.why == Why::Remark).map(|h| h.span.of(read.text)).collect();
    assert_eq!(hidden, ["Orlan’s claims have not been verified"]);
    assert!(!read.claims().iter().any(|c| c.contains("verified")));
}
