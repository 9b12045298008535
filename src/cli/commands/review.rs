//! `review`, also without its name: loads what is new, then opens the review.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::list::order;
use super::load::{Given, load};
use crate::app::USUAL;
use crate::cli::config::Config;
use crate::cli::context::Color;
use crate::cli::{Context, Error, Outcome, handover, output};
use crate::domain::{Order, Query};
use crate::runtime::{self, Options, Reload, SessionChoice, Settings, Theme};
use crate::store::StoreError;

/// Load what is new, then review claims where you stopped
#[derive(Debug, Default, Args)]
#[command(after_help = "Examples:
  claimdeck review
  claimdeck review articles/ --filter 'status:unreviewed worth:>0.6'
  claimdeck review --new --order worth
  claimdeck review --blind
  claimdeck review --plain")]
pub(in crate::cli) struct Review {
    /// Files, folders, or - for standard input; those that are loaded change nothing
    paths: Vec<PathBuf>,
    /// Only the claims that this query selects
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    filter: Option<String>,
    /// The order of the claims
    #[arg(long, value_name = "ORDER", value_parser = order())]
    order: Option<Order>,
    /// Line by line, for screen readers and pipes: a key or an action's name on each line of standard input
    #[arg(long)]
    plain: bool,
    /// Hide what other analysts decided on a claim until you have decided on it
    #[arg(long)]
    blind: bool,
    /// Begin a new session
    #[arg(long, conflicts_with = "resume")]
    new: bool,
    /// Go on with this session
    #[arg(long, value_name = "ID")]
    resume: Option<String>,
}

impl Review {
    pub(in crate::cli) fn run(self, context: &Context) -> Result<Outcome, Error> {
        if let Some(filter) = &self.filter {
            Query::parse(filter).map_err(StoreError::from)?;
        }
        let analyst = context.analyst()?;
        let outcome = match self.paths.is_empty() {
            true => Outcome::Done,
            false => load(context, &mut context.open_store()?, &self.paths, Given::default())?,
        };
        let store = context.store_to_change()?;
        if store.articles(None, 1)?.is_empty() {
            let path = context.store_path()?;
            context.warn(&format!("nothing is loaded yet in {}", path.display()));
            context.warn(&"hint: load articles with claimdeck load PATH, or see claimdeck --help");
            return Ok(outcome);
        }
        let session = match (&self.resume, self.new) {
            (Some(id), _) => SessionChoice::Resume(store.find_session(id)?.id),
            (None, true) => SessionChoice::New,
            (None, false) => SessionChoice::Last,
        };
        let options = Options {
            store: context.store_path()?,
            analyst,
            session,
            filter: self.filter,
            order: self.order,
            blind: self.blind || context.config().blind,
            settings: settings(context.config(), context.color()),
            reload: Some(reload(context)),
        };
        let ended = match self.plain {
            true => runtime::review_plain(store, options, io::stdin().lock(), io::stdout().lock())?,
            false => runtime::review(store, options)?,
        };
        if let Some(done) = &ended.handover {
            handover::lines(done).iter().for_each(|line| context.note(line));
        }
        match ended.outcome {
            runtime::Outcome::Quit => Ok(outcome),
            runtime::Outcome::Signalled(signal) => Err(Error::signalled(signal)),
        }
    }
}

/// What the config file says of the review, and what terminal and locale say where it is silent.
fn settings(config: &Config, color: Color) -> Settings {
    let keyboards = config.keyboards.clone();
    Settings {
        theme: match output::colored(color, io::stdout().is_terminal()) {
            false => Theme::Plain,
            true => config.theme.unwrap_or_else(theme_of_terminal),
        },
        ascii: config.ascii.unwrap_or_else(has_poor_font),
        links: config.links.unwrap_or_else(opens_links),
        mouse: config.mouse.unwrap_or(true),
        layout: config.layout,
        gate: config.gate,
        keys: config.keys.clone(),
        keyboards: keyboards.unwrap_or_else(|| USUAL.map(str::to_owned).to_vec()),
    }
}

fn reload(context: &Context) -> Reload {
    let (path, color) = (context.config_path().map(Path::to_owned), context.color());
    Reload(Arc::new(move || match Config::read(path.as_deref()) {
        Ok(config) => Ok(settings(&config, color)),
        Err(error) => Err(error.message().to_owned()),
    }))
}

fn theme_of_terminal() -> Theme {
    let few_colours = ["linux", "ansi", "rxvt", "cygwin", "vt100", "vt220"];
    if env::var("TERM").is_ok_and(|term| few_colours.contains(&term.as_str())) {
        return Theme::Sixteen;
    }
    env::var("COLORFGBG").ok().and_then(|said| background(&said)).unwrap_or_default()
}

/// Terminals that open links (OSC 8), by what they put into the environment. Others may print the addresses.
const OPEN_LINKS: &[(&str, &[&str])] = &[
    ("TERM", &["xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "rio", "wezterm", "contour"]),
    ("TERM_PROGRAM", &["kitty", "ghostty", "WezTerm", "iTerm.app", "rio", "vscode", "Hyper", "Tabby"]),
];
/// Names that are there on such terminals alone: those of GNOME and its kin, of KDE, and of Windows.
const OPEN_LINKS_WHERE_SET: &[&str] = &["VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION"];

fn opens_links() -> bool {
    let is = |name: &str, values: &[&str]| env::var(name).is_ok_and(|value| values.contains(&value.as_str()));
    OPEN_LINKS.iter().any(|(name, values)| is(name, values))
        || OPEN_LINKS_WHERE_SET.iter().any(|name| env::var_os(name).is_some())
}

/// What terminals say of their colours, "foreground;background" by number as rxvt began it: 7 and those above 8 are light.
fn background(said: &str) -> Option<Theme> {
    match said.rsplit(';').next()?.parse::<u8>().ok()? {
        7 | 9..=15 => Some(Theme::Light),
        _ => Some(Theme::Dark),
    }
}

/// Whether letters beyond ASCII can't be counted on: the console of Linux, or a locale that says so.
fn has_poor_font() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    let in_utf8 = |locale: String| locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    env::var("TERM").is_ok_and(|term| term == "linux") || !locale.is_none_or(in_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_names_its_colours_is_believed() {
        assert_eq!(background("0;15"), Some(Theme::Light));
        assert_eq!(background("15;default;0"), Some(Theme::Dark));
        assert_eq!(background("0;default"), None);
    }
}
