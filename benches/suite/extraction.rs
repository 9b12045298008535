//! Extraction on one core, beside a plain read of the same bytes.

use std::fmt::Write;
use std::fs;
use std::hint::black_box;

use claimdeck::extract::extract;

use crate::generator::Generator;
use crate::report::{Aim, Report, Work, per_second};
use crate::{Desk, Done};

const ARTICLES: u64 = 1_000;

pub(crate) fn run(desk: &Desk, report: &mut Report) -> Done {
    let generator = Generator::new(7);
    let texts: Vec<_> = (0..ARTICLES).map(|number| generator.article(number).text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let path = desk.path("articles.txt");
    fs::write(&path, texts.join("\n"))?;
    let (mut ours, mut plain, mut claims) = (Work::default(), Work::default(), 0);
    plain.time(|| fs::read(&path).map(|read| black_box(read.len())))?;
    ours.time(|| texts.iter().for_each(|text| claims += extract(text).claims.len()));
    fs::remove_file(path)?;
    let mut measured = String::new();
    write!(measured, "{claims} claims, read {:.0} MB/s", per_second(bytes as u64, plain.total()) / 1e6)?;
    report.row("extract, one core, MB/s", &measured, per_second(bytes as u64, ours.total()) / 1e6, "", Aim::None);
    Ok(())
}
