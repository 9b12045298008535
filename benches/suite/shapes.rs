//! Extraction of texts that are made to be slow: what a megabyte costs must not grow with the length of the text.

use std::fmt::Write;
use std::hint::black_box;

use claimdeck::extract::extract;

use crate::Done;
use crate::report::{Aim, Report, Work};

/// What is repeated to the length asked for; `{}` becomes another name each time.
const SHAPES: &[(&str, &str)] = &[
    ("one word", "a"),
    ("letters under ten accents", "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}"),
    ("one line of prose", "The dam broke and two towns were flooded, the governor of Vell said on Friday. "),
    ("one line without a stop", "the dam broke and two towns were flooded in the valley "),
    ("quotations", "“No,” he said. "),
    ("quotations that are never closed", "“no "),
    ("opening marks", "“"),
    ("straight marks", "\""),
    ("nested marks", "«“‘"),
    ("nothing but cues", "says claims that said "),
    ("one sentence of cues", "he said that it held, "),
    ("subjects and cues", "he said "),
    ("semicolons", ";"),
    ("clauses in one line", "the dam broke; "),
    ("commas", ","),
    ("brackets", "("),
    ("stops", ". "),
    ("initials", "U.S."),
    ("numbers", "1,"),
    ("hyphens", "a-"),
    ("lines of a letter", "a\n"),
    ("blank lines", "\n"),
    ("paragraphs", "The dam broke.\n\n"),
    ("remarks", "It could not be verified. "),
    ("denials", "Vell denied the claims. "),
    ("hedges", "may likely "),
    ("who, who, who", "who said, "),
    ("relays", "quoted him as saying "),
    ("roles", "Governor {} left. The governor said so. "),
    ("names that speak", "{} {} said it held. "),
    ("names in one line", "{} {} met and "),
    ("bodies", "The {} Ministry said it. "),
    ("no blanks", "知事は金曜日"),
    ("pictures", "🙂"),
];

/// Lengths in millions of bytes.
const LENGTHS: [usize; 4] = [1, 2, 4, 8];
/// One line of this length ends the run.
const LONGEST: usize = 50;

pub(crate) fn run(report: &mut Report) -> Done {
    for (name, piece) in SHAPES {
        let costs: Vec<f64> = LENGTHS.iter().map(|length| cost(&repeated(piece, *length))).collect();
        let mut measured = String::new();
        for cost in &costs {
            write!(measured, "{cost:.2} ")?;
        }
        let growth = costs.last().zip(costs.first()).map_or(0.0, |(last, first)| last / first.max(0.01));
        // Quadratic would be 8, and 2 is what the neighbours on a machine can make of 1.
        report.row(&format!("{name}: s/MB at 1, 2, 4, 8 MB"), &measured, growth, "×", Aim::AtMost(2.0));
    }
    let prose = "The dam broke and two towns were flooded, the governor of Vell said on Friday. ";
    report.row("one line of 50 MB", "s/MB", cost(&repeated(prose, LONGEST)), "", Aim::None);
    Ok(())
}

/// Seconds of processor for a million bytes.
fn cost(text: &str) -> f64 {
    let mut work = Work::default();
    work.time(|| black_box(extract(text).claims.len()));
    work.total().as_secs_f64() / (text.len() as f64 / 1e6)
}

fn repeated(piece: &str, millions: usize) -> String {
    let length = millions * 1_000_000;
    if !piece.contains("{}") {
        return piece.repeat(length / piece.len() + 1);
    }
    let mut text = String::with_capacity(length + piece.len() * 2);
    let mut parts = piece.split("{}").cycle();
    let mut number = 0;
    let names = piece.matches("{}").count();
    while text.len() < length {
        for _ in 0..names {
            text.extend(parts.next());
            number += 1;
            name(number, &mut text);
        }
        text.extend(parts.next());
    }
    text
}

/// A name that no other number gives.
fn name(mut number: u64, text: &mut String) {
    let letter = |number: u64, first: u8| char::from(first + (number % 26) as u8);
    text.push(letter(number, b'A'));
    while number >= 26 {
        number /= 26;
        text.push(letter(number, b'a'));
    }
    text.push('o');
}
