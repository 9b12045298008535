//! Prints how good extraction is: `cargo run --release --example evaluate -- DEV_FOLDER [--folds 1,3] [--floors FILE]`.
//!
//! Attribution is cross-validated: learnt on four fifths of the articles and judged on the fifth, five times.
//! `--folds 1,3` learns and judges those alone, each on a thread of its own: what CI has time for. With `--floors` it
//! fails when a figure is below the one recorded in the file (a name and a number on each line).

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for developers prints its figures")]

mod scoring;
mod training;

use std::collections::HashMap;
use std::error::Error;
use std::ops::Range;
use std::path::{Path, PathBuf};

use claimdeck::extract::attribution::model::{Packed, Weights};
use claimdeck::extract::{blocks, extract, extract_by, sentences};

use rustix::time::{ClockId, clock_gettime};
use scoring::attribution::{Found, Mistake, Score};
use scoring::{Share, average_precision};
use training::gold::{self, Article};
use training::{Lesson, train};

const FOLDS: u64 = 5;

/// A figure and its value.
type Figure = (String, f64);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().ok_or("name the folder that holds the known articles")?);
    let after = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let folds: Vec<u64> = match after("--folds") {
        Some(list) => list.split(',').map(str::parse).collect::<Result<_, _>>()?,
        None => (0..FOLDS).collect(),
    };
    let mut figures = Vec::new();
    figures.extend(judge_sentences(&folder)?);
    figures.extend(judge_worth(&folder)?);
    let articles = gold::read(&folder.join("polnear.jsonl"))?;
    figures.extend(judge_speed(&articles));
    figures.extend(judge_attribution(&articles, &folds));
    match after("--floors") {
        Some(file) => compare(&figures, Path::new(file)),
        None => Ok(()),
    }
}

fn judge_sentences(folder: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut figures = Vec::new();
    for set in ["gum_news", "gum", "ewt", "pud_news"] {
        let articles = gold::read(&folder.join(format!("{set}.jsonl")))?;
        let one = |a: &Article| scoring::sentences::score(&a.text, &a.sentences, &sentences_of(&a.text));
        let all = articles.iter().map(one).fold(Share::default(), Share::plus);
        figures.push(shown(format!("sentences {set}"), all.f1()));
    }
    let rules = gold::read(&folder.join("pysbd_golden.jsonl"))?;
    let is_golden = |a: &&Article| scoring::sentences::is_golden(&a.text, &a.expected, &sentences_of(&a.text));
    figures.push(shown(format!("golden rules of {}", rules.len()), rules.iter().filter(is_golden).count() as f64));
    Ok(figures)
}

fn sentences_of(text: &str) -> Vec<Range<usize>> {
    sentences::split(text, &blocks::blocks(text)).iter().map(|s| s.range()).collect()
}

fn judge_worth(folder: &Path) -> Result<Vec<Figure>, Box<dyn Error>> {
    let articles = gold::read(&folder.join("claimbuster.jsonl"))?;
    let scored = articles.iter().flat_map(|a| {
        let worth = extract(&a.text).claims.iter().map(|c| c.worth).fold(0.0, f32::max);
        a.labels.iter().map(move |label| (worth, *label))
    });
    Ok(vec![shown("worth average precision".into(), average_precision(scored.collect()))])
}

fn judge_speed(articles: &[Article]) -> Vec<Figure> {
    let megabytes = articles.iter().map(|a| a.text.len()).sum::<usize>() as f64 / 1e6;
    // What else runs on the machine is left out, and what it does to the caches is less in the best of three.
    let once = || {
        let began = processor_time();
        let claims: usize = articles.iter().map(|a| extract(&a.text).claims.len()).sum();
        (megabytes / (processor_time() - began), claims)
    };
    let runs = [once(), once(), once()];
    let speed = runs.iter().map(|(speed, _)| *speed).fold(0.0, f64::max);
    let claims = runs[0].1;
    vec![shown("MB/s of processor time".into(), speed), shown("claims".into(), claims as f64)]
}

/// What this thread has used so far, in seconds.
fn processor_time() -> f64 {
    let used = clock_gettime(ClockId::ThreadCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 / 1e9
}

fn judge_attribution(articles: &[Article], folds: &[u64]) -> Vec<Figure> {
    let lessons: Vec<Lesson> = articles.iter().map(Lesson::new).collect();
    let mut mistakes: HashMap<Mistake, usize> = HashMap::new();
    let (mut learnt, mut ruled) = (Score::default(), Score::default());
    // Two at a time: learning takes some 400 MB.
    for pair in folds.chunks(2) {
        let lessons = &lessons;
        let judged: Vec<Judged> = std::thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|&fold| scope.spawn(move || judge_fold(lessons, fold))).collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for (fold, one) in pair.iter().zip(judged) {
            print_score(&format!("fold {fold}"), &one.learnt);
            (learnt, ruled) = (learnt.plus(one.learnt), ruled.plus(one.ruled));
            one.mistakes.into_iter().for_each(|(kind, count)| *mistakes.entry(kind).or_default() += count);
        }
    }
    print_score("rules alone", &ruled);
    print_score("all folds", &learnt);
    let mut kinds: Vec<_> = mistakes.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds.iter().for_each(|(kind, count)| println!("{count:>8}  {kind}"));
    learnt.figures().into_iter().map(|(name, value)| (format!("attribution {name}"), value)).collect()
}

/// What one fold shows.
#[derive(Default)]
struct Judged {
    learnt: Score,
    ruled: Score,
    mistakes: HashMap<Mistake, usize>,
}

fn judge_fold(lessons: &[Lesson], fold: u64) -> Judged {
    let others: Vec<&Lesson> = lessons.iter().filter(|l| l.article.number % FOLDS != fold).collect();
    let weights = train(&others, &mut |_| {});
    let mut judged = Judged::default();
    for article in lessons.iter().map(|l| l.article).filter(|a| a.number % FOLDS == fold) {
        judged.learnt = judged.learnt.plus(judge(article, Some(&weights), &mut judged.mistakes));
        judged.ruled = judged.ruled.plus(judge(article, None, &mut HashMap::new()));
    }
    judged
}

fn judge(article: &Article, weights: Option<&Weights<Packed>>, mistakes: &mut HashMap<Mistake, usize>) -> Score {
    let text = &article.text;
    let found: Vec<Found> = extract_by(text, weights)
        .attributions
        .into_iter()
        .map(|a| Found {
            source: a.source.and_then(|s| s.span).map(|s| s.range()),
            content: a.content.iter().map(|c| c.range()).collect(),
        })
        .collect();
    scoring::attribution::score(text, &article.attributions, &found, mistakes)
}

fn print_score(name: &str, score: &Score) {
    let figures: Vec<String> = score.figures().iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
    println!("{name:>12}: {}", figures.join(", "));
}

fn shown(name: String, value: f64) -> Figure {
    println!("{name:<28} {value:.3}");
    (name, value)
}

fn compare(figures: &[Figure], floors: &Path) -> Result<(), Box<dyn Error>> {
    let mut below = Vec::new();
    for line in std::fs::read_to_string(floors)?.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (name, floor) = line.rsplit_once(' ').ok_or_else(|| format!("{line}: a name and a number are expected"))?;
        let floor: f64 = floor.parse()?;
        match figures.iter().find(|(n, _)| n == name.trim()) {
            Some((_, value)) if *value >= floor => {}
            Some((name, value)) => below.push(format!("{name}: {value:.3} is below {floor:.3}")),
            None => below.push(format!("{name}: is not measured")),
        }
    }
    if below.is_empty() { Ok(()) } else { Err(below.join("\n").into()) }
}
