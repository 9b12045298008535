//! Writes generated articles as JSON lines:
//! `cargo run --release --example generate -- ARTICLES [SEED] [PARAGRAPHS] > articles.jsonl`
#![allow(missing_docs, reason = "a program of the benchmarks, not of the product")]

use std::io::{BufWriter, Write};

mod generator;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let mut next = |otherwise| match arguments.next() {
        Some(Ok(number)) => Ok(number),
        Some(Err(problem)) => Err(std::io::Error::other(format!("expected ARTICLES [SEED] [PARAGRAPHS]: {problem}"))),
        None => Ok(otherwise),
    };
    let (articles, seed, paragraphs) = (next(1000)?, next(1)?, next(14)?);
    let generator = generator::Generator::new(seed).paragraphs(paragraphs);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in 0..articles {
        let article = generator.article(number);
        let line = serde_json::json!({
            "title": article.title, "outlet": article.outlet, "url": article.url,
            "published": article.published, "text": article.text,
        });
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
