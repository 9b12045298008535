//! Claims of sentences and whole articles, and what is hidden with its reason.

use claimdeck::extract::{Mode, Why};

use super::Read;

#[test]
fn a_sentence_that_asserts_two_things_is_two_claims() {
    let read = Read::of(
        "Three barges were reportedly sunk at Ostrava while two sailors were also hurt when a crane fell at Vell.\n\nThe governor said a grain silo had been hit but there were no victims.",
    );
    assert_eq!(
        read.claims(),
        [
            "Three barges were reportedly sunk at Ostrava",
            "two sailors were also hurt when a crane fell at Vell",
            "a grain silo had been hit",
            "there were no victims",
        ]
    );
    assert_eq!(read.claim("a grain").attribution, read.claim("there were").attribution);
}

#[test]
fn each_sentence_of_a_quotation_is_a_claim_of_one_attribution() {
    let read = Read::of(
        "The Ministry of Harbours said on Tuesday: “The cause of the fire is not known.\n\n“However, the pier will probably be closed for weeks.”",
    );
    assert_eq!(
        read.claims(),
        ["The cause of the fire is not known", "However, the pier will probably be closed for weeks"]
    );
    let [first, second] = &read.found.claims[..] else { panic!() };
    assert_eq!(first.attribution, second.attribution);
    assert_eq!((first.mode, second.mode), (Mode::Direct, Mode::Direct));
    assert_eq!(read.found.attributions[first.attribution.unwrap()].content.len(), 2);
}

#[test]
fn a_quotation_after_a_name_and_a_colon_is_that_names_over_its_paragraphs() {
    let read = Read::of(
        "The eastern port lost two cranes, according to the latest bulletin from Halvere’s harbour watch.\n\nThe Ministry of Transport in its bulletin on Friday: “The cause of the collapse has not been established.\n\n“However, if the bolts were loose, the port will probably close for a month.”",
    );
    let [watch, ministry] = &read.found.attributions[..] else { panic!("{:?}", read.found.attributions) };
    assert_eq!(watch.content.len(), 1);
    assert_eq!(ministry.content.len(), 2);
    let name = ministry.source.as_ref().and_then(|source| source.name.as_deref());
    assert_eq!((name, ministry.mode), (Some("Ministry of Transport"), Mode::Direct));
}

#[test]
fn a_claim_broken_by_its_attribution_has_two_spans() {
    let read = Read::of("“The dam,” Orlan said, “has been leaking since Monday.”");
    assert_eq!(read.claims(), ["The dam … has been leaking since Monday"]);
}

#[test]
fn content_that_cannot_stand_alone_takes_its_sentence() {
    let read = Read::of(
        "The general described the retreat as a “planned move” on Friday.\n\nOrlan plans to leave the town in May.",
    );
    assert_eq!(
        read.claims(),
        ["The general described the retreat as a “planned move” on Friday", "Orlan plans to leave the town in May"]
    );
}

#[test]
fn what_a_sentence_says_beside_what_it_attributes_is_a_claim_too() {
    let read = Read::of("Two men died in the fire, and the mayor said that the house had no alarm.");
    assert_eq!(read.claims(), ["Two men died in the fire", "the house had no alarm"]);
    let read = Read::of(
        "The hall was opened by Mayor Pavel Orlan, who wrote on Facebook on Friday that it had cost 3 million crowns.",
    );
    assert_eq!(read.claims(), ["The hall was opened by Mayor Pavel Orlan", "it had cost 3 million crowns"]);
}

#[test]
fn the_channel_is_kept_with_the_attribution() {
    let read = Read::of("District head Pavel Orlan said in a post on his Telegram channel: “A depot is on fire.”");
    let attribution = read.claim("A depot").attribution.unwrap();
    assert_eq!(read.found.attributions[attribution].medium.as_deref(), Some("Telegram"));
}

#[test]
fn a_clause_set_off_in_commas_leaves_the_sentence_around_it_whole() {
    let read = Read::of(
        "The Vell airfield, where several residents said there were two blasts, is 300 miles from the border.",
    );
    assert_eq!(read.claims(), ["The Vell airfield … is 300 miles from the border", "there were two blasts"]);
}

#[test]
fn what_is_no_claim_is_kept_with_its_reason() {
    let read = Read::of(
        "Fire at the Ostrava depot kills two\n\nTwo men died in a fire at the Ostrava depot on Friday night.\n\nThe alarm did not sound. Why did it fail? Nobody in the town council has answered that so far.\n\nThat would be a disgrace.\n\nPlease keep away from the harbour, the mayor said.\n\nThe depot holds 40,000 tonnes of fuel.",
    );
    let why: Vec<_> = read.found.hidden.iter().map(|h| h.why).collect();
    assert!(why.contains(&Why::Heading) && why.contains(&Why::Question) && why.contains(&Why::Opinion), "{why:?}");
    assert_eq!(
        read.claims(),
        [
            "Two men died in a fire at the Ostrava depot on Friday night",
            "The alarm did not sound",
            "Nobody in the town council has answered that so far",
            "The depot holds 40,000 tonnes of fuel"
        ]
    );
}

#[test]
fn what_opens_a_sentence_before_its_subject_is_no_part_of_the_source() {
    let read = Read::of("In its update the ministry said that stocks are low.");
    let sources: Vec<_> = read.found.attributions.iter().filter_map(|a| a.source.as_ref()).collect();
    let said: Vec<_> = sources.iter().filter_map(|s| s.span).map(|s| s.of(read.text)).collect();
    assert_eq!(said, ["the ministry"]);
}

#[test]
fn a_passive_cue_takes_its_subject_and_not_the_clause_before() {
    let read = Read::of(
        "Fighting went on in the east, and heavy losses were reported. The bridge fell, and more rain was forecast.",
    );
    let whole =
        ["Fighting went on in the east", "heavy losses were reported", "The bridge fell", "more rain was forecast"];
    assert_eq!(read.claims(), whole);
}

#[test]
fn every_sentence_is_a_claim_or_hidden_or_frames_one() {
    let read = Read::of(
        "The port of Vell was closed on Monday after a storm.\n\nMayor Pavel Orlan told reporters: “Two cranes fell. Nobody was hurt. Who could have known?”\n\nOrlan’s claims have not been verified. The storm was the third in a month, and more rain is expected.",
    );
    for sentence in &read.found.sentences {
        let claimed = read.found.claims.iter().flat_map(|c| &c.spans).any(|s| s.overlaps(*sentence));
        let hidden = read.found.hidden.iter().any(|h| h.span.overlaps(*sentence));
        assert!(claimed || hidden, "{:?}", sentence.of(read.text));
    }
    assert_eq!(read.found.claims.len(), 5, "{:?}", read.claims());
}

#[test]
fn other_languages_keep_their_sentences_and_are_not_read_as_english() {
    let read = Read::of(
        "Die Stadt Weil meldete am Montag einen Brand im Hafen. Zwei Männer wurden verletzt, und die Straße ist gesperrt. „Das Feuer ist gelöscht“, sagte der Bürgermeister.",
    );
    assert_eq!(read.found.lang, Some("de"));
    assert!(read.claims().iter().any(|c| c.starts_with("Zwei Männer wurden verletzt, und")), "{:?}", read.claims());
    assert!(read.found.hidden.iter().all(|h| h.why != Why::Fragment));
    let read =
        Read::of("В понедельник в порту Велла начался пожар. Два человека пострадали. Дорога закрыта до вторника.");
    assert_eq!(read.claims().len(), 3, "{:?}", read.claims());
}

#[test]
fn a_source_set_off_amid_its_words_speaks_for_both_sides() {
    let read = Read::of(
        "“The pumps are old,” said engineer Mara Voss on Monday.\n\nBut the risk, points out the engineer, is that the wall could give way within four or five days.",
    );
    let set_off = &read.found.attributions[1];
    assert_eq!(set_off.content.len(), 2);
    assert_eq!(set_off.source.as_ref().unwrap().name.as_deref(), Some("Mara Voss"));
}
