//! Runs the review in a real terminal: threads, terminal, signals, event loop, and the worker that owns the store.
//!
//! Decides nothing: what a key means is `app`'s business, how it looks is `ui`'s.

mod clipboard;
mod counter;
mod editor;
mod events;
mod fingerprint;
mod input;
mod opener;
mod plain;
mod sessions;
mod signals;
mod terminal;
mod threads;
mod worker;

use std::collections::BTreeMap;
use std::fmt;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

pub use plain::review_plain;

pub use crate::app::Handover;
use crate::app::{self, Configured, Keymap, KeymapError, Layout, Msg, Start};
use crate::domain::Order;
use crate::store::{Store, StoreError};
pub use crate::ui::Theme;
use crate::ui::{self, Look};
use events::Opened;
pub use fingerprint::attest;
use terminal::Draw;
pub use terminal::columns;

/// What `claimdeck review` was asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The store's file.
    pub store: PathBuf,
    /// Who decides.
    pub analyst: String,
    /// Which pass over which deck.
    pub session: SessionChoice,
    /// A filter asked for on the command line; none keeps the session's.
    pub filter: Option<String>,
    /// An order asked for on the command line; none keeps the session's.
    pub order: Option<Order>,
    /// Keeps what others decided on a claim out of sight until this analyst has decided on it.
    pub blind: bool,
    /// How it looks and is operated.
    pub settings: Settings,
    /// Reads the settings again; none where there is nothing to read them from.
    pub reload: Option<Reload>,
}

/// How the review looks and is operated: what can be set anew while it runs.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Only ASCII on screen beside the words of articles, for poor fonts.
    pub ascii: bool,
    /// Whether addresses are links that the terminal opens.
    pub links: bool,
    /// Whether the mouse is the review's; else it is the terminal's own.
    pub mouse: bool,
    /// How the panes lie.
    pub layout: Layout,
    /// Independent sources that a verified claim is to have; 0 asks for none.
    pub gate: u8,
    /// Keys from the config's `[keys]`: action name to the keys that replace its own.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Keyboards whose letters stand for the Latin ones on the same keys.
    pub keyboards: Vec<String>,
}

impl Settings {
    fn keymap(&self) -> Result<Keymap, KeymapError> {
        let keyboards: Vec<_> = self.keyboards.iter().map(String::as_str).collect();
        Keymap::new(&self.keys, &keyboards)
    }

    fn look(&self) -> Look {
        Look::new(self.theme, self.ascii).with_links(self.links)
    }
}

/// Reads the settings again, or says what is wrong with them.
#[derive(Clone)]
pub struct Reload(pub Arc<dyn Fn() -> Result<Settings, String> + Send + Sync>);

impl fmt::Debug for Reload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reload")
    }
}

/// Which session to work in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionChoice {
    /// This analyst's last one, or the last over the deck that is asked for; a first one where there is none.
    #[default]
    Last,
    /// A new one.
    New,
    /// This one.
    Resume(Uuid),
}

/// A review that has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How.
    pub outcome: Outcome,
    /// What was done in it; none where that is nothing.
    pub handover: Option<Handover>,
}

/// How the review ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The analyst quit; everything is saved.
    Quit,
    /// A signal ended it (its number); everything is saved and the terminal is whole. The exit status is 128 more.
    Signalled(i32),
}

/// Why the review could not be run or went on no longer. The terminal is whole again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuntimeError {
    /// Standard input or output is no terminal: a usage error.
    #[error("the review needs a terminal, and standard {0} is none")]
    NoTerminal(&'static str),
    /// The keys of the config file: a usage error.
    #[error("[keys]: {0}")]
    Keys(#[from] KeymapError),
    /// The store can't be opened or read, or has no such session, or the filter is wrong.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The terminal could not be read or written.
    #[error("the terminal failed: {0}")]
    Terminal(#[from] std::io::Error),
    /// A thread broke down; the panic has been told.
    #[error("the review broke down; whatever it said was saved is saved")]
    Panicked,
    /// The thread that owns the store broke down, with so many decisions not confirmed.
    #[error("the store's thread broke down: {unsaved} decisions are not confirmed")]
    WorkerDied {
        /// Decisions whose fate is not known.
        unsaved: usize,
    },
}

/// Opens the review on the store that the options name, and stays in it until the analyst quits.
///
/// # Errors
/// Where there is no terminal, the store can't be opened or the terminal fails. The screen is restored before it returns.
pub fn review(store: Store, options: Options) -> Result<Ended, RuntimeError> {
    review_drawn_by(&ui::draw, store, options)
}

fn review_drawn_by(draw: Draw<'_>, store: Store, options: Options) -> Result<Ended, RuntimeError> {
    if !std::io::stdin().is_terminal() {
        return Err(RuntimeError::NoTerminal("input"));
    }
    if !std::io::stdout().is_terminal() {
        return Err(RuntimeError::NoTerminal("output"));
    }
    let size = crossterm::terminal::size()?;
    let opened = open(store, &options, size)?;
    events::run(opened, draw, options)
}

fn open(mut store: Store, options: &Options, size: (u16, u16)) -> Result<Opened, RuntimeError> {
    let keymap = options.settings.keymap()?;
    let session = sessions::choose(&mut store, options)?;
    let start = Start {
        store_name: name_of(&options.store),
        now: app_moment(),
        last_load: store.last_load()?,
        utc_offset: utc_offset(),
        size,
        session: session.clone(),
        keymap,
        layout: options.settings.layout,
        gate: options.settings.gate,
        blind: options.blind,
    };
    let (app, effects) = app::start(start);
    let (path, blind_for) = (options.store.clone(), options.blind.then(|| options.analyst.clone()));
    if let Some(analyst) = &blind_for {
        store = store.blind_for(analyst);
    }
    let opens = Box::new(move || {
        let reader = Store::open_reader(&path)?;
        Ok(blind_for.iter().fold(reader, |reader, analyst| reader.blind_for(analyst)))
    });
    Ok(Opened { app, first: effects, stores: (store, opens), session })
}

impl Options {
    /// Reads the settings again; a mistake in them changes nothing.
    fn read_again(&mut self) -> Msg {
        let Some(Reload(read)) = &self.reload else { return Msg::Failed("there is no config file to read".to_owned()) };
        let settings = match read() {
            Ok(settings) => settings,
            Err(why) => return Msg::Failed(why),
        };
        match settings.keymap() {
            Ok(keymap) => {
                let (layout, gate) = (settings.layout, settings.gate);
                self.settings = settings;
                Msg::Configured(Box::new(Configured { keymap, layout, gate }))
            }
            Err(error) => Msg::Failed(error.to_string()),
        }
    }
}

fn name_of(store: &Path) -> String {
    store.file_stem().map_or_else(|| "claimdeck".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Milliseconds since 1970, as the system clock says.
fn now_ms() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    }
}

/// Seconds that local clocks are ahead of UTC now.
fn utc_offset() -> i32 {
    let zone = zone_of_machine().unwrap_or_else(TimeZone::system);
    zone.to_offset(Timestamp::now()).seconds()
}

/// What the machine's own file says, unless the analyst's environment names a zone. By its name it would be found only after a
/// look through all zones that there are, which takes longer than a frame.
fn zone_of_machine() -> Option<TimeZone> {
    let named = std::env::var_os("TZ").is_some();
    let rules = if named { None } else { std::fs::read("/etc/localtime").ok() };
    TimeZone::tzif("local", &rules?).ok()
}

fn app_moment() -> crate::domain::Moment {
    crate::domain::Moment(now_ms().div_euclid(1000))
}

#[cfg(test)]
mod panics;
