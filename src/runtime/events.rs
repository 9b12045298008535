//! The event loop: everything that comes in goes through one channel, and a frame is drawn when nothing waits any more.
//! Idle it blocks and costs nothing.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::ExitStatus;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::counter::Opens;
use super::editor::{self, Editing};
use super::terminal::{Draw, Screen};
use super::worker::Wishes;
use super::{Ended, Options, Outcome, RuntimeError, app_moment, clipboard, input, opener, signals, worker};
use crate::app::{self, App, Did, Effect, Msg, Pointer};
use crate::domain::Session;
use crate::store::{Store, StoreError};
use crate::ui::{self, Look};
use signal_hook::consts::{SIGINT, SIGQUIT};

/// Something for the event loop.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message for the application.
    Msg(Msg),
    /// The mouse did something at this column and row.
    Pointer(Did, u16, u16),
    /// A signal (its number) asks to end.
    End(i32),
    /// A signal asks to stop for a while.
    Suspend,
    /// The process goes on after a stop.
    Continued,
    /// The editor that had the terminal has ended so.
    Edited(io::Result<ExitStatus>),
    /// The terminal has another size.
    Resized,
    /// The terminal can't be read any more.
    Gone(io::Error),
    /// There is no connection to count in.
    NoReader(StoreError),
    /// The store's thread has ended.
    WorkerEnded,
    /// Another thread broke down.
    Panicked,
}

/// How long a frame waits for a store that is about to answer: long enough for a page or a commit, too short to be seen.
const SETTLE: Duration = Duration::from_millis(6);
/// How long open decisions are waited for after a signal or when the terminal is gone.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How long one stays at a claim before the store is told the place; a crash before that goes on a claim or two earlier.
const STAYS: Duration = Duration::from_millis(250);
/// Messages taken between two frames at most, so that an endless stream still shows.
const BATCH: usize = 1000;

/// What a review begins with.
pub(super) struct Opened {
    pub(super) app: App,
    /// The first wishes.
    pub(super) first: Vec<Effect>,
    /// The one that is written and one to count in.
    pub(super) stores: (Store, Opens),
    pub(super) session: Session,
}

/// Runs the review until it ends; the terminal is left whatever comes back. A panic goes on once what was decided is saved.
pub(super) fn run(opened: Opened, draw: Draw<'_>, options: Options) -> Result<Ended, RuntimeError> {
    let Opened { app, first, stores, session } = opened;
    let (to, from) = channel();
    let wishes = worker::start(stores.0, stores.1, session, to.clone())?;
    let _listening = signals::listen(to.clone())?;
    let mut screen = Screen::enter()?;
    screen.use_mouse(options.settings.mouse)?;
    let look = options.settings.look();
    let input = input::listen(to.clone())?;
    let mut running = Running {
        app,
        look,
        draw,
        options,
        screen,
        wishes: Some(wishes),
        place: None,
        input,
        editing: None,
        to,
        from,
        ended: None,
    };
    running.grant(first)?;
    match catch_unwind(AssertUnwindSafe(|| running.until_ended())) {
        Ok(outcome) => running.finish(outcome),
        Err(panic) => {
            running.let_store_finish();
            resume_unwind(panic)
        }
    }
}

struct Running<'d> {
    app: App,
    look: Look,
    draw: Draw<'d>,
    options: Options,
    screen: Screen,
    /// To the store's thread; dropped to end it.
    wishes: Option<Wishes>,
    /// The last place, which the store does not know yet.
    place: Option<Effect>,
    input: input::Gate,
    /// Set while the terminal is the editor's.
    editing: Option<Editing>,
    to: Sender<Incoming>,
    from: Receiver<Incoming>,
    ended: Option<Outcome>,
}

impl Running<'_> {
    fn until_ended(&mut self) -> Result<Outcome, RuntimeError> {
        loop {
            self.settle()?;
            if let Some(outcome) = self.ended {
                return Ok(outcome);
            }
            self.screen.draw(&self.app, &self.look, self.draw)?;
            self.wait()?;
        }
    }

    /// Waits for something to happen; meanwhile keeps the place, once the analyst stays at it.
    fn wait(&mut self) -> Result<(), RuntimeError> {
        if self.place.is_some() {
            match self.from.recv_timeout(STAYS) {
                Ok(incoming) => return self.take(incoming),
                Err(_) => self.keep_place()?,
            }
        }
        match self.from.recv() {
            Ok(incoming) => self.take(incoming),
            Err(_) => Err(self.worker_died()),
        }
    }

    /// Sends the last place on its way.
    fn keep_place(&mut self) -> Result<(), RuntimeError> {
        match self.place.take() {
            Some(place) => self.wish(place),
            None => Ok(()),
        }
    }

    fn wish(&mut self, wish: Effect) -> Result<(), RuntimeError> {
        let sent = self.wishes.as_ref().is_some_and(|wishes| wishes.send(wish));
        if sent { Ok(()) } else { Err(self.worker_died()) }
    }

    /// Takes all that waits, and what the store is about to say.
    fn settle(&mut self) -> Result<(), RuntimeError> {
        let until = Instant::now() + SETTLE;
        for _ in 0..BATCH {
            if self.ended.is_some() {
                return Ok(());
            }
            let expects = self.app.is_reading() || self.app.unsaved() > 0;
            let patience = if expects { until.saturating_duration_since(Instant::now()) } else { Duration::ZERO };
            match self.from.recv_timeout(patience) {
                Ok(incoming) => self.take(incoming)?,
                Err(RecvTimeoutError::Timeout) => return Ok(()),
                Err(RecvTimeoutError::Disconnected) => return Err(self.worker_died()),
            }
        }
        Ok(())
    }

    fn take(&mut self, incoming: Incoming) -> Result<(), RuntimeError> {
        match incoming {
            Incoming::Msg(msg) => return self.update(msg),
            Incoming::Pointer(did, column, row) => {
                let under = ui::under(&self.app, crossterm::terminal::size()?, column, row);
                return self.update(Msg::Pointer(Pointer { did, under, column }));
            }
            // Typed to the editor, which shares the terminal.
            Incoming::End(SIGINT | SIGQUIT) if self.editing.is_some() => {}
            Incoming::End(signal) => self.ended = Some(Outcome::Signalled(signal)),
            Incoming::Suspend => self.suspend()?,
            Incoming::Continued if self.editing.is_some() => {}
            Incoming::Continued => self.retake()?,
            Incoming::Edited(how) => self.edited(how)?,
            Incoming::Resized => self.resized()?,
            Incoming::Gone(error) => return Err(error.into()),
            Incoming::NoReader(error) => return Err(error.into()),
            Incoming::WorkerEnded => return Err(self.worker_died()),
            Incoming::Panicked => return Err(RuntimeError::Panicked),
        }
        Ok(())
    }

    fn update(&mut self, msg: Msg) -> Result<(), RuntimeError> {
        app::update(&mut self.app, Msg::Time(app_moment()));
        let effects = app::update(&mut self.app, msg);
        self.grant(effects)
    }

    fn grant(&mut self, effects: Vec<Effect>) -> Result<(), RuntimeError> {
        for effect in effects {
            match effect {
                Effect::Quit => self.ended = Some(Outcome::Quit),
                Effect::Suspend => self.suspend()?,
                Effect::Reload => {
                    let msg = self.options.read_again();
                    self.look = self.options.settings.look();
                    self.screen.use_mouse(self.options.settings.mouse)?;
                    self.update(msg)?;
                }
                Effect::Redraw => self.screen.forget()?,
                Effect::Open(link) => opener::open(link, self.to.clone()),
                Effect::Editor(text) => self.edit(&text)?,
                Effect::Copy(text) => self.screen.send(&clipboard::sequence(&text))?,
                // Not worth a write for each claim that is only passed.
                place @ Effect::SavePlace { .. } => self.place = Some(place),
                wish => {
                    // A place belongs to the session in which it was.
                    if matches!(wish, Effect::OpenSession { .. }) {
                        self.keep_place()?;
                    }
                    self.wish(wish)?;
                }
            }
        }
        Ok(())
    }

    fn suspend(&mut self) -> Result<(), RuntimeError> {
        self.screen.release();
        signals::stop()?;
        // Where the editor stopped with us, the terminal is still its.
        if self.editing.is_none() {
            self.retake()?;
        }
        Ok(())
    }

    /// Takes the terminal again. Nobody tells its size to a program that it doesn't belong to, so that is asked for anew.
    fn retake(&mut self) -> Result<(), RuntimeError> {
        self.screen.retake()?;
        self.resized()
    }

    fn resized(&mut self) -> Result<(), RuntimeError> {
        let (width, height) = crossterm::terminal::size()?;
        self.screen.fit(width, height)?;
        self.update(Msg::Resize(width, height))
    }

    /// Gives the terminal and what is typed to the editor, until it ends.
    fn edit(&mut self, text: &str) -> Result<(), RuntimeError> {
        let editor = match editor::named() {
            Ok(editor) => editor,
            Err(why) => return self.update(Msg::Failed(why)),
        };
        self.input.close()?;
        self.screen.release();
        match Editing::start(editor, text, self.to.clone()) {
            Ok(editing) => self.editing = Some(editing),
            Err(why) => {
                self.retake()?;
                self.input.open()?;
                return self.update(Msg::Failed(why));
            }
        }
        Ok(())
    }

    fn edited(&mut self, how: io::Result<ExitStatus>) -> Result<(), RuntimeError> {
        let Some(editing) = self.editing.take() else { return Ok(()) };
        self.retake()?;
        self.input.open()?;
        let written = editing.ended(how);
        if let Some(text) = written.text {
            self.update(Msg::Replace(text))?;
        }
        written.problem.map_or(Ok(()), |problem| self.update(Msg::Failed(problem)))
    }

    /// After a panic nothing is known of the application any more: decisions on their way are saved, and that is all.
    fn let_store_finish(self) {
        let Self { screen, wishes, from, .. } = self;
        drop((screen, wishes));
        let until = Instant::now() + LAST_WORDS;
        while let Ok(incoming) = from.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if matches!(incoming, Incoming::WorkerEnded) {
                return;
            }
        }
    }

    fn worker_died(&self) -> RuntimeError {
        RuntimeError::WorkerDied { unsaved: self.app.unsaved() }
    }

    /// Leaves the terminal, then lets the store finish what it was asked: decisions on their way and the last place.
    fn finish(mut self, outcome: Result<Outcome, RuntimeError>) -> Result<Ended, RuntimeError> {
        // Where nobody is left to keep it, that is said with the outcome.
        let _ = self.keep_place();
        let Self { mut app, screen, wishes, from, editing, .. } = self;
        if let Some(text) = editing.and_then(Editing::end) {
            app::update(&mut app, Msg::Replace(text));
        }
        drop(screen);
        if !matches!(outcome, Ok(Outcome::Quit) | Err(RuntimeError::WorkerDied { .. })) {
            // A note that is being written when the end comes is a decision too.
            for effect in app::update(&mut app, Msg::Leave) {
                let _ = wishes.as_ref().map(|wishes| wishes.send(effect));
            }
        }
        drop(wishes);
        let until = match outcome {
            Ok(Outcome::Quit) => None,
            _ => Some(Instant::now() + LAST_WORDS),
        };
        loop {
            let incoming = match until {
                None => from.recv().ok(),
                Some(until) => from.recv_timeout(until.saturating_duration_since(Instant::now())).ok(),
            };
            match incoming {
                Some(Incoming::Msg(msg @ Msg::Answer(..))) => drop(app::update(&mut app, msg)),
                Some(Incoming::WorkerEnded) | None => break,
                Some(_) => {}
            }
        }
        match outcome {
            Ok(Outcome::Signalled(_)) if app.unsaved() > 0 => Err(RuntimeError::WorkerDied { unsaved: app.unsaved() }),
            other => other.map(|outcome| Ended { outcome, handover: app.handover() }),
        }
    }
}
