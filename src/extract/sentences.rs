//! Paragraphs cut into sentences.
//!
//! One pass over the bytes finds marks that may end a sentence; what stands around a mark decides. Sentences never
//! cross a block and cover all of it but white space. Knows nothing of quotation pairs: a closing mark that touches
//! the stop belongs to the sentence.

mod abbreviations;
mod breaks;
mod lists;
mod next;
mod stop;

use super::Span;
use super::blocks::Block;
use stop::Stop;

/// All of the text but white space, in order, without overlaps.
pub fn split(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut sentences = Vec::with_capacity(text.len() / 100 + blocks.len());
    for block in blocks {
        let (head, body) = breaks::label(text, block.span);
        push(text, head.range(), &mut sentences);
        let (body, tail) = breaks::dateline(text, body);
        for item in lists::items(text, body) {
            split_item(text, item, &mut sentences);
        }
        push(text, tail.range(), &mut sentences);
    }
    sentences
}

fn split_item(text: &str, item: Span, sentences: &mut Vec<Span>) {
    let bytes = &text.as_bytes()[..item.end()];
    let mut start = item.start();
    let mut at = start;
    while let Some(skipped) = bytes[at..].iter().position(|byte| MAY_END[*byte as usize]) {
        at += skipped;
        let cut = if let Some(stop) = Stop::at(text, at, start..item.end()) {
            at = stop.end();
            stop.sentence_end()
        } else {
            let (cut, next) = breaks::without_stop(text, at, start..item.end());
            at = next;
            cut
        };
        if let Some(cut) = cut.filter(|cut| *cut > start) {
            push(text, start..cut, sentences);
            // Looks back to the start of a sentence never meet the same white space twice.
            start = item.end() - text[cut..item.end()].trim_start().len();
            at = at.max(start);
        }
    }
    push(text, start..item.end(), sentences);
}

/// Bytes with which an end mark or a break without one may begin.
static MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let leads = [
        b'.', b'!', b'?', b':', b';', b',', b'=', b'-', b'_', b'*', b'^', b'H', b'I', b'P', b'S', b'T', b'W', 0xd6,
        0xd8, 0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xef,
    ];
    let mut at = 0;
    while at < leads.len() {
        table[leads[at] as usize] = true;
        at += 1;
    }
    table
};

fn push(text: &str, range: std::ops::Range<usize>, sentences: &mut Vec<Span>) {
    let sentence = Span::within(text, range).trim(text);
    if !sentence.is_empty() {
        sentences.push(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;
    use super::*;
    use proptest::prelude::*;

    fn split_of(text: &str) -> Vec<&str> {
        split(text, &blocks(text)).into_iter().map(|s| s.of(text)).collect()
    }

    /// Sentences set apart by a bar.
    const CASES: &[&str] = &[
        "The dam broke. | Two towns were flooded.",
        "Did it break? | Yes! | Nobody was hurt.",
        "Mr. Lee and Gen. Ann Roe met Lt. Col. Park at 5 a.m. on Friday. | They left.",
        "The U.S. Army came from the U.S. | It left at 6 p.m. | The rest stayed.",
        "She works for Dam Inc. in Ohio. | He works for Wall Corp. | They met.",
        "See No. 5 on p. 12, e.g. the wall, vs. the gate. | No. | He did not.",
        "It cost $3.5 million. | The 2.5 km wall is old.",
        "“It broke.” | “I saw it.” | He left.",
        "“It broke!” she said. | “Did it?” he asked.",
        "\"It broke.\" | \"I saw it.\" | He left.",
        "Write to a.lee@example.org or see www.example.org/a.b.html. | It helps.",
        "The wall (It is old.) was built by J. R. Lee. | It fell.",
        "Well... it broke. | It fell.... | She left.",
        "1. The wall. | 2. The gate. | 3. The pump.",
        "a) the wall b. the gate",
        "堤防が壊れた。 | 二つの町が浸水した。 | 「けが人はいない。」",
        "انهار السد. | هل أصيب أحد؟ | لا.",
        "बाँध टूट गया। | दो शहर डूब गए।",
        "Плотина рухнула в 5 ч. утра. | Погибших нет.",
        "Der Damm brach z.B. am Rand. | Niemand wurde verletzt.",
        "„Der Damm hält.“ | Er ging am 5. März.",
        "« Le barrage tient. » | Il part.",
        "¿Qué pasó? | ¡Nada!",
        "Am 3. Okt. 2023 traf Dr. Roe den 1. Vorsitzenden der 2. Kammer. | Sie ging.",
        "Дамба рухнула 3 янв. 2024 г. в полдень. | Погибших нет, и т.д. | Всё спокойно.",
        "Τι έγινε; | Κανείς δεν ξέρει.",
        "知事は「壊れた。」と述べた。 | けが人はいない。",
        "« Il tient ! » dit-elle.",
        "他说：“今天很好。” | 然后他走了。",
        // without a stop
        "The dam broke. [3] | Two towns were flooded.[4] | Nobody was hurt.",
        "The dam broke. 3 | The towns were flooded.",
        "It broke! :) | Nobody was hurt.",
        "Figure 2.1 | The wall before the flood | (credit: A. Lee)",
        "The broken wall | Image: Ann Lee.",
        "Dam breaks above two towns | Friday, March 3, 2023",
        "See https://example.org/a.b?c=d. | It helps.",
        "The map is at http://example.org/map | The wall is old.",
        "Thanks, | Ann",
        "Ann Lee | 12/26/2000 03:33 PM | The dam broke.",
        "He drew it from that | They sell these maps.",
        "The dam broke | ------------ | Two towns were flooded.",
        // a stop that ends nothing
        "Sgt. Maj. Lee of Roe Bros. met Sen. Park (R-Ohio).",
        "A day of Life In the valley, and Why This is hard.",
        "At 5 a.m. Mr. Lee left.",
        "It broke at 3 p.m. | Police came at 4 p.m. Friday, 6 p.m. GMT or 8 p.m. Kyiv time.",
        "She lives in St. Louis on Mill St. | The house is old.",
        "She came on Sat. Oct. 5 or Sun. Oct. 6.",
        "“Why?” Lee asked.",
        "Judge James C. Lee and Ann P. Roe sat.",
        "She works at Yahoo! in the city.",
        "He said it... well, it broke.",
        "“We saw [...] the wall” (Roe 55).",
        "The wall was drawn by G. Lee. | The gate was drawn by G. | The pump was new.",
        "The rest, e.g. the gate, etc., held. | Pumps, boats, etc. | Nobody asked.",
        "i saw it. | it broke. | really? | yes.",
    ];

    #[test]
    fn a_stop_ends_a_sentence_where_its_neighbours_let_it() {
        let split = |case: &str| split_of(&case.replace(" | ", " ")).join(" | ");
        let wrong: Vec<_> = CASES.iter().filter(|case| split(case) != **case).map(|case| split(case)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    proptest! {
        #[test]
        fn sentences_cover_all_but_white_space_in_order(text in "(\\PC|[ \n.!?…。A-Ca-c0-9)\"”:;,=_/*HIT\\[\\]-]|http://|12/26/2000 03:33 PM| T|Thanks, ){0,200}") {
            let mut at = 0;
            for sentence in split(&text, &blocks(&text)) {
                prop_assert!(sentence.start() >= at && !sentence.is_empty());
                prop_assert!(text[at..sentence.start()].trim().is_empty());
                at = sentence.end();
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
