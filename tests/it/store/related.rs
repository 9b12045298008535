//! Related claims: found in other current articles, however common their words, and only there.

use claimdeck::domain::*;
use claimdeck::store::{Store, StoreError};

use super::sample::{Desk, article, said_by, with_meta};

const SEEN: &str = "The Kestrel missile flew 450 miles before the Altona harbour fire";

fn outlet(text: &str, outlet: &str) -> NewArticle {
    let meta = Meta { outlet: Some(outlet.into()), path: Some(format!("{outlet}.txt")), ..Meta::default() };
    with_meta(text, meta)
}

fn found(desk: &Desk, text: &str) -> RelatedClaims {
    desk.store.related(desk.id(text)).unwrap()
}

#[test]
fn the_same_assertion_is_found_in_other_articles_and_compared() {
    let mut desk = Desk::new();
    desk.load(&outlet(&format!("{SEEN}. Nothing else happened in the town."), "Northern Post"));
    desk.load(&outlet("The Kestrel missile flew 150 miles before the fire in Altona harbour.", "Harbour Gazette"));
    desk.load(&outlet("Before the Altona harbour fire the Kestrel missile flew 450 miles.", "Sarn Wire"));
    desk.load(&outlet("The harbour master of Altona thanked the crews.", "Tidewater Times"));
    let related = found(&desk, SEEN);
    let told: Vec<_> =
        related.claims.iter().map(|r| (r.claim.article.meta.outlet.as_deref().unwrap(), r.conflicts())).collect();
    assert_eq!(told, [("Harbour Gazette", true), ("Sarn Wire", false)], "{related:?}");
    assert_eq!(related.summary(), "2 in 2 articles, 1 contradicts, 2 independent sources");
    assert!(found(&desk, "Nothing else happened in the town").claims.is_empty());
}

#[test]
fn what_differs_between_events_weeks_apart_is_no_contradiction() {
    let mut desk = Desk::new();
    let told = |text: &str, day: &str| {
        let meta = Meta { published: Some(day.into()), path: Some(format!("{day}.txt")), ..Meta::default() };
        with_meta(text, meta)
    };
    desk.load(&told("Two barges sank off the Altona quay overnight.", "2026-03-02"));
    desk.load(&told("Three barges sank off the Altona quay overnight, a pilot said.", "2026-03-03"));
    desk.load(&told("Five barges sank off the Altona quay overnight, he said.", "2026-05-20"));
    desk.load(&told("Overnight two barges sank off the Altona quay, it is said.", "2026-06-01T10:00:00Z"));
    let related = found(&desk, "Two barges sank off the Altona quay overnight");
    let mut told: Vec<_> = related.claims.iter().map(|r| (r.apart, r.conflicts(), r.agrees())).collect();
    told.sort();
    assert_eq!(told, [(None, false, true), (None, true, false), (Some(79), false, false)], "{related:?}");
    assert_eq!(related.summary(), "3 in 3 articles, 1 contradicts, 1 of another time, 2 independent sources");
}

#[test]
fn being_related_goes_both_ways() {
    let desk = Desk::with(&[&format!("{SEEN}."), "The Kestrel missile flew 150 miles before the Altona harbour fire."]);
    let (one, other) = (desk.id(SEEN), found(&desk, SEEN).claims[0].claim.id);
    let (there, back) = (desk.store.related(one).unwrap(), desk.store.related(other).unwrap());
    assert_eq!(back.claims[0].claim.id, one);
    assert_eq!(there.claims[0].similarity, back.claims[0].similarity);
}

#[test]
fn claims_of_the_same_article_and_of_replaced_ones_are_left_out() {
    let mut desk = Desk::new();
    desk.load(&article(&format!("{SEEN}. Later: {SEEN}."), "a.txt"));
    desk.load(&article(&format!("{SEEN}. It was night."), "b.txt"));
    assert_eq!(found(&desk, "It was night").claims.len(), 0);
    let of_other = desk.claims("article:nothing OR missile", Order::Article).remove(0);
    assert_eq!(desk.store.related(of_other.id).unwrap().claims.len(), 1);
    desk.load(&article("The second text of this article is about rain.", "b.txt"));
    assert_eq!(desk.store.related(of_other.id).unwrap().claims.len(), 0);
}

#[test]
fn related_claims_are_a_deck_of_their_own() {
    let mut desk = Desk::new();
    for night in 0..14 {
        desk.load(&article(
            &format!("The {night}th ferry left Altona. Rain fell on quay {night}. Larch{night} bloomed near Elm{night} alone."),
            &format!("a{night}.txt"),
        ));
        if night % 2 == 0 {
            let again = format!("Quay {night} saw rain, the {night}th ferry left Altona. Nobody else left.");
            desk.load(&article(&again, &format!("{night}.txt")));
        }
    }
    let is_related = |claim: &Claim| {
        let found = desk.store.related(claim.id).unwrap();
        found.claims.iter().any(|related| related.agrees() || related.conflicts())
    };
    for order in Order::ALL {
        for rest in ["", "ferry OR bloomed", "worth:>=0"] {
            let all = desk.claims(rest, order);
            let (related, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_related);
            assert!(related.len() > 8 && others.len() > 8, "{order:?} {rest}: {} of {}", related.len(), others.len());
            assert_eq!(desk.claims(&format!("{rest} is:related"), order), related, "{order:?} {rest}");
            assert_eq!(desk.claims(&format!("-is:related {rest}"), order), others, "{order:?} {rest}");
            assert_eq!(desk.claims(&format!("({rest} is:related) OR nothingsuch"), order), related, "{order:?} {rest}");
        }
    }
    let deck = Deck { query: "is:related".into(), ..Deck::default() };
    let (mut paged, mut seek) = (Vec::new(), Seek::First);
    loop {
        let page = desk.store.page(&deck, seek, 7).unwrap();
        assert_eq!(page.at_start, paged.is_empty());
        seek = Seek::After(page.claims.last().unwrap().id);
        paged.extend(page.claims);
        if page.at_end {
            break;
        }
    }
    assert_eq!(paged, desk.claims("is:related", Order::Article));
    let count = desk.store.count(&deck, 10_000).unwrap();
    assert_eq!((count.n as usize, count.more), (desk.claims("is:related", Order::Article).len(), false));
}

#[test]
fn two_outlets_that_quote_one_person_are_one_source() {
    let mut desk = Desk::new();
    for (place, name) in ["Ada Brandt", "Brandt"].into_iter().enumerate() {
        let mut quoting = outlet(&format!("{SEEN}. Number {place} ends."), &format!("Outlet {place}"));
        said_by(&mut quoting.claims[0], name);
        desk.load(&quoting);
    }
    let related = found(&desk, SEEN);
    assert_eq!((related.claims.len(), related.origins.len()), (1, 1));
}

#[test]
fn words_that_thousands_of_claims_have_hide_nothing() {
    let mut desk = Desk::new();
    let many: String = (0..3000).map(|n| format!("Kestrel missile report {n} from Altona harbour. ")).collect();
    desk.load(&article(&many, "many.txt"));
    desk.load(&article("Mariners saw the Kestrel missile pass Altona harbour at dusk.", "a.txt"));
    desk.load(&article("The Kestrel missile passed the harbour of Altona at dusk, mariners said.", "b.txt"));
    let related = found(&desk, "Mariners saw the Kestrel missile pass Altona harbour at dusk");
    assert_eq!(related.claims.len(), 1, "{related:?}");
}

#[test]
fn claims_made_only_of_common_words_are_looked_for_nearby() {
    let mut desk = Desk::new();
    let each = ["Kestrel", "missile", "Altona", "harbour", "mariners", "dusk", "tide"];
    let many: String = each.iter().flat_map(|word| (0..1100).map(move |n| format!("{word} {n}. "))).collect();
    desk.load(&article(&many, "many.txt"));
    let text = "Kestrel missile, Altona harbour: mariners at dusk, at low tide";
    desk.load(&article(&format!("{text}."), "a.txt"));
    desk.load(&article("At dusk, low tide, mariners: Kestrel missile in Altona harbour.", "b.txt"));
    assert_eq!(found(&desk, text).claims.len(), 1);
}

#[test]
fn any_text_is_looked_up_without_an_error() {
    let hostile = [
        "\"OR\" (NEAR * ^ claim_words : 0",
        "’’’'s n't —",
        "ﷺ 𝟘𝟙 ½ ² e\u{301}\u{301}",
        "日本語の文章 東京",
        "\u{202e}abc \u{0}def",
    ];
    let desk = Desk::with(&hostile.map(|text| format!("{text}.")).iter().map(String::as_str).collect::<Vec<_>>());
    for claim in desk.claims("", Order::Article) {
        desk.store.related(claim.id).unwrap();
    }
}

#[test]
fn a_reader_looks_for_them_and_can_be_stopped() {
    let desk = Desk::with(&[&format!("{SEEN}."), &format!("{SEEN}, said a pilot.")]);
    let reader = Store::open_reader(&desk.path()).unwrap();
    assert_eq!(reader.related(desk.id(SEEN)).unwrap().claims.len(), 1);
    reader.interrupt_handle().interrupt();
    assert!(matches!(reader.related(desk.id(SEEN)), Err(StoreError::Interrupted)));
    reader.go_on();
    assert!(reader.related(desk.id(SEEN)).is_ok());
}

#[test]
fn a_claim_that_is_not_here_is_said() {
    let desk = Desk::with(&["One rose."]);
    let gone = ClaimId::of_spans(ArticleId::of_text("gone"), &[[0, 4]]);
    assert!(matches!(desk.store.related(gone), Err(StoreError::Unknown { .. })));
}
