//! `list`: the deck, one claim a line.

use std::io::Write;
use std::ops::ControlFlow;

use clap::Args;

use crate::cli::{Context, Error, Outcome, output};
use crate::domain::{Claim, Deck, Field, Line, Order, QUERY_FIELDS, clean_line};
use crate::export::write_line;
use crate::store::Store;

const EXAMPLES: &str = "Examples:
  claimdeck list
  claimdeck list 'status:unreviewed worth:>0.6' --order worth --limit 20
  claimdeck list 'source:Brandt -has:evidence' --json | jq -r .id";

/// The examples, and what a query may name.
fn help() -> String {
    let width = QUERY_FIELDS.iter().map(|field| field.name.len()).max().unwrap_or(0) + 1;
    let field = |field: &Field| format!("\n  {:width$}  {}", format!("{}:", field.name), field.takes());
    let fields: String = QUERY_FIELDS.iter().map(field).collect();
    format!("Fields of a QUERY, beside words, \"phrases\", OR, - for not, and brackets:{fields}\n\n{EXAMPLES}")
}

/// List claims, one a line
#[derive(Debug, Args)]
#[command(after_help = help())]
pub(in crate::cli) struct List {
    #[command(flatten)]
    selection: Selection,
    /// The order of the claims
    #[arg(long, default_value_t, value_name = "ORDER", value_parser = order())]
    order: Order,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// As JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Which claims.
#[derive(Clone, Debug, Args)]
pub(super) struct Selection {
    /// Words, "phrases" and fields such as status:verified; all claims without one
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
}

impl Selection {
    /// The query; the empty one selects all.
    pub(super) fn query(&self) -> String {
        self.query.clone().unwrap_or_default()
    }
}

/// Reads the word of an order and offers all of them in help and completions.
pub(super) fn order() -> impl clap::builder::TypedValueParser<Value = Order> {
    use clap::builder::{PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(Order::ALL.map(Order::word)).try_map(|word| word.parse::<Order>())
}

impl List {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        let store = context.store_to_read()?;
        let deck = Deck { query: self.selection.query(), order: self.order };
        let (mut out, columns) = (output::stdout(), output::columns());
        let mut left = self.limit.unwrap_or(u64::MAX);
        let mut found = false;
        store.for_each_claim(&deck, |claim| {
            found = true;
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            left -= 1;
            match self.json {
                true => write_line(&mut out, &Line::Claim(&claim.view()))?,
                false => writeln!(out, "{}", output::cut(line(&store, &claim)?, columns))?,
            }
            Ok(ControlFlow::Continue(()))
        })?;
        out.flush()?;
        if !found {
            context.note_nothing(&store, "no claim fits")?;
        }
        Ok(Outcome::Done)
    }
}

fn line(store: &Store, claim: &Claim) -> Result<String, crate::store::StoreError> {
    let id = store.short_id(claim.id)?;
    let source = claim.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(|s| s.best_name());
    let said = source.map(|name| format!("{}: ", clean_line(name))).unwrap_or_default();
    Ok(format!("{id:<8} {:<11} {said}{}", claim.state.status, clean_line(&claim.text)))
}
