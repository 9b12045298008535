//! Extraction on one core, beside a plain read of the same bytes.

use std::fmt::Write;
use std::fs;
use std::hint::black_box;

use claimdeck::extract::{Options, extract, pieces};

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
    report.row(
        "extract, one core, MB/s",
        &measured,
        per_second(bytes as u64, ours.total()) / 1e6,
        "",
        Aim::AtLeast(3.0),
    );
    drop(texts);
    one_long(&generator, report)
}

/// The most memory that one article of ten million bytes takes, the article's own included.
fn one_long(generator: &Generator, report: &mut Report) -> Done {
    let mut text = String::with_capacity(LONG);
    let mut articles = (ARTICLES..).map(|number| generator.article(number).text);
    while let Some(article) = articles.next().filter(|article| text.len() + article.len() + 2 < LONG) {
        text.push_str(&article);
        text.push_str("\n\n");
    }
    let claims =
        with_peak(|| pieces(&text, Options::default()).iter().map(|piece| piece.claims().len()).sum::<usize>());
    if let (claims, Some(peak)) = claims {
        let measured = format!("{claims} claims of {} MB", text.len() / 1_000_000);
        report.row("one article of 10 MB, most memory", &measured, peak as f64 / 1e6, "MB", Aim::AtMost(200.0));
    }
    Ok(())
}

const LONG: usize = 10_000_000;

/// The most bytes of memory that the process has had since the work began, where the system tells it (Linux).
fn with_peak<T>(work: impl FnOnce() -> T) -> (T, Option<u64>) {
    let reset = fs::write("/proc/self/clear_refs", "5").is_ok();
    let done = work();
    let told = fs::read_to_string("/proc/self/status").ok().filter(|_| reset);
    let line = told.as_deref().and_then(|told| told.lines().find_map(|line| line.strip_prefix("VmHWM:")));
    let peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    (done, peak.map(|kilobytes| kilobytes * 1024))
}
