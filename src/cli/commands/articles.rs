//! `articles`: what is loaded.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{ArticleInfo, clean_line};
use crate::export::write_line;

/// List the articles
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  claimdeck articles
  claimdeck articles --json | jq -r .title")]
pub(in crate::cli) struct Articles {
    /// As JSON, one object a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    #[serde(flatten)]
    article: &'a ArticleInfo,
}

/// Articles that are read at once.
const PAGE: usize = 500;

impl Articles {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let (mut out, columns) = (output::stdout(), output::columns());
        let mut last = None;
        loop {
            let page = store.articles(last, PAGE)?;
            for article in &page {
                match self.json {
                    true => write_line(&mut out, &Line { kind: "article", article })?,
                    false => {
                        let line = line(&store.short_article_id(article.id)?, article);
                        writeln!(out, "{}", output::cut(line, columns))?;
                    }
                }
            }
            match page.last() {
                Some(article) => last = Some(article.id),
                None => break,
            }
        }
        out.flush()?;
        if last.is_none() {
            context.note_nothing(&store, "no articles")?;
        }
        Ok(Outcome::Done)
    }
}

fn line(id: &str, article: &ArticleInfo) -> String {
    let file = article.meta.path.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
    let title = article.meta.title.as_deref().or(file).unwrap_or("untitled");
    let more = [&article.meta.outlet, &article.meta.published].into_iter().flatten();
    let more: String = more.map(|known| format!(" · {}", clean_line(known))).collect();
    let old = if article.current { "" } else { " · an older version" };
    let noun = if article.claims == 1 { "claim" } else { "claims" };
    let counts = format!("{:>5} {noun:<6} {:>5} left", article.claims, article.unreviewed);
    format!("{id:<8} {counts}  {}{more}{old}", clean_line(title))
}
