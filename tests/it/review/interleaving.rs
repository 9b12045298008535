//! The rule that keeps screen and store honest: whatever keys meet whatever delays, nothing is lost, what is shown is
//! what the store said and the decisions on their way, and a slow store leads where a quick one does.

use claimdeck::app::{Asked, Msg};
use claimdeck::domain::{Act, Moment};
use proptest::prelude::*;

use super::play::Play;
use super::store::FakeStore;

#[derive(Clone, Debug)]
enum Step {
    Key(&'static str),
    Answer,
    Resize(u16, u16),
}

fn any_step() -> impl Strategy<Value = Step> {
    let keys = vec![
        "v",
        "u",
        "r",
        "d",
        "x",
        "Backspace",
        "l",
        "z",
        "z",
        "Z",
        "j",
        "j",
        "k",
        "J",
        "K",
        "g",
        "G",
        "Tab",
        "s",
        "Esc",
        "Ctrl-d",
        "Ctrl-u",
        "/",
        "f",
        "n",
        "t",
        "e",
        "X",
        "a",
        "E",
        "S",
        "1",
        "Enter",
        "2",
        "3",
        "4",
        "5",
        "?",
    ];
    prop_oneof![
        3 => prop::sample::select(keys).prop_map(Step::Key),
        2 => Just(Step::Answer),
        1 => (1u16..200, 1u16..70).prop_map(|(w, h)| Step::Resize(w, h)),
    ]
}

/// What the rule says is shown, made the slow way.
fn shown_as_promised(play: &Play) {
    for claim in play.app.window().into_iter().flat_map(|w| w.claims()) {
        let mut expected = claim.state.clone();
        for open in play.app.open() {
            if let Asked::Acts { claim: on, acts } = &open.asked
                && *on == claim.id
            {
                acts.iter().for_each(|act| expected.apply(act, "ana", play.app.now()));
            }
        }
        assert_eq!(*play.app.state_of(claim), expected);
        assert_eq!(play.app.status_of(claim), expected.status);
    }
}

/// The log without the parts that differ between runs.
fn log(play: &Play) -> Vec<(String, Act)> {
    play.store.log.iter().map(|d| (d.claim.to_string(), d.act.clone())).collect()
}

fn played(steps: &[Step], claims: usize, quick: bool) -> Play {
    let mut play = Play::unread(FakeStore::plain(claims, 7));
    if quick {
        play.settle();
    }
    for step in steps {
        match step {
            Step::Key(key) => play.send(Msg::Key(key.parse().unwrap())),
            Step::Answer => play.answer_one(),
            Step::Resize(width, height) => {
                play.size = (*width, *height);
                play.send(Msg::Resize(*width, *height));
            }
        }
        if quick {
            play.settle();
        }
        shown_as_promised(&play);
    }
    play.settle();
    play
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_slow_store_loses_nothing_and_leads_where_a_quick_one_does(
        steps in prop::collection::vec(any_step(), 0..80), claims in 0usize..400,
    ) {
        // Esc drops keys that wait, and half a screen is another way after a resize: there the two may part, and nothing
        // is lost either.
        let any = |keys: &[&str]| steps.iter().any(|s| matches!(s, Step::Key(key) if keys.contains(key)));
        let resized = steps.iter().any(|s| matches!(s, Step::Resize(..)));
        let comparable = !(any(&["Esc"]) || resized && any(&["Ctrl-d", "Ctrl-u"]));
        let slow = played(&steps, claims, false);
        prop_assert_eq!(slow.app.unsaved(), 0);
        for claim in slow.app.window().into_iter().flat_map(|w| w.claims()) {
            prop_assert_eq!(&claim.state, &slow.store.state(claim.id));
        }
        if comparable {
            let quick = played(&steps, claims, true);
            prop_assert_eq!(log(&slow), log(&quick));
            prop_assert_eq!(slow.app.current().map(|c| c.id), quick.app.current().map(|c| c.id));
            prop_assert_eq!(slow.app.deck(), quick.app.deck());
        }
    }

    #[test]
    fn a_refused_decision_undoes_itself(steps in prop::collection::vec(any_step(), 0..40)) {
        let mut play = Play::new(FakeStore::plain(30, 7));
        play.store.full = true;
        for step in &steps {
            match step {
                Step::Key(key) => play.send(Msg::Key(key.parse().unwrap())),
                Step::Answer => play.answer_one(),
                Step::Resize(..) => play.send(Msg::Time(Moment(5))),
            }
            shown_as_promised(&play);
        }
        play.settle();
        prop_assert!(play.store.log.is_empty());
        for claim in play.app.window().into_iter().flat_map(|w| w.claims()) {
            prop_assert_eq!(play.app.state_of(claim).into_owned(), claim.state.clone());
            prop_assert_eq!(claim.state.status, claimdeck::domain::Status::Unreviewed);
        }
    }
}
