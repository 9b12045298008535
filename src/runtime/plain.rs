//! The review in line mode: a line in does what a key would do, and what would be on screen comes out as lines. For readers
//! that read aloud, dumb terminals and pipes; the same actions, the same store.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::editor::{self, Editing};
use super::events::{Incoming, Opened};
use super::worker::{self, Wishes};
use super::{Ended, Options, Outcome, RuntimeError, app_moment, open, opener};
use crate::app::actions::ACTIONS;
use crate::app::{self, App, Code, Effect, Key, Msg, Overlay, Said, Screen};
use crate::store::Store;
use crate::ui::plain;

/// How long counts are waited for once everything else is there.
const COUNTS: Duration = Duration::from_millis(60);
/// What stands before a line is read.
const PROMPT: &str = "> ";

/// Opens the review on these lines and stays in it until they end or the analyst quits.
///
/// # Errors
/// Where the store can't be opened or written, or the output ends.
pub fn review_plain(
    store: Store,
    options: Options,
    input: impl BufRead,
    output: impl Write,
) -> Result<Ended, RuntimeError> {
    let Opened { app, first, stores, session } = open(store, &options, (120, 40))?;
    let (to, from) = channel();
    let wishes = worker::start(stores.0, stores.1, session, to.clone())?;
    let shown = app.screen();
    let mut lines = Lines { app, options, wishes: Some(wishes), to, from, output, shown, ended: false };
    lines.grant(first)?;
    lines.run(input)?;
    lines.finish()
}

struct Lines<W> {
    app: App,
    options: Options,
    /// To the store's thread; dropped to end it.
    wishes: Option<Wishes>,
    to: Sender<Incoming>,
    from: Receiver<Incoming>,
    output: W,
    /// The screen that was told last.
    shown: Screen,
    ended: bool,
}

impl<W: Write> Lines<W> {
    fn run(&mut self, input: impl BufRead) -> Result<(), RuntimeError> {
        self.settle()?;
        self.say("claimdeck, line by line: type a key or the name of an action, then Enter; ? lists them, q quits")?;
        if self.app.is_blind() {
            self.say("blind: what others decided on a claim is told once you have decided on it")?;
        }
        self.tell(&plain::lines(&self.app))?;
        for line in input.split(b'\n') {
            let line = line?;
            self.do_line(String::from_utf8_lossy(&line).trim())?;
            if self.ended {
                return Ok(());
            }
        }
        // The end of the input asks to end, as a hang-up does.
        self.send(Msg::Leave)?;
        self.settle()
    }

    /// Does what a line asks for, and tells what came of it.
    fn do_line(&mut self, line: &str) -> Result<(), RuntimeError> {
        let before = self.app.current().map(|c| c.id);
        if self.app.overlay().is_some() {
            self.answer_prompt(line)?;
        } else if !self.start_action(line)? {
            return self.say(&format!("nothing is called \"{line}\": type ? for all keys and names"));
        }
        self.settle()?;
        if self.ended {
            return Ok(());
        }
        self.tell_said()?;
        let moved = before != self.app.current().map(|c| c.id);
        let elsewhere = self.shown != self.app.screen();
        self.shown = self.app.screen();
        if elsewhere || self.app.overlay().is_some() {
            self.tell(&plain::lines(&self.app))?;
        } else if moved || line.is_empty() || self.shown != Screen::Review {
            self.tell(&plain::here(&self.app))?;
        } else {
            self.tell(&[])?;
        }
        self.close_what_only_tells()
    }

    /// A key by its name, or an action by its own; what follows is typed into what the action opens, and taken.
    fn start_action(&mut self, line: &str) -> Result<bool, RuntimeError> {
        if line.is_empty() {
            return Ok(true);
        }
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Ok(key) = word.parse::<Key>() {
            self.send(Msg::Key(key))?;
        } else if ACTIONS.iter().any(|a| a.name == word) {
            self.send(Msg::Do(word.to_owned()))?;
        } else {
            return Ok(false);
        }
        self.settle()?;
        if !rest.trim().is_empty() && self.app.overlay().is_some_and(|o| o.field().is_some()) {
            self.answer_prompt(rest.trim())?;
        }
        Ok(true)
    }

    /// Takes a line for what a prompt asks; an empty one leaves things as they are.
    fn answer_prompt(&mut self, line: &str) -> Result<(), RuntimeError> {
        let typed = self.app.overlay().is_some_and(|o| o.field().is_some());
        if line.is_empty() && !matches!(self.app.overlay(), Some(Overlay::Welcome(_))) {
            return self.send(Msg::Key(Key::plain(Code::Esc)));
        }
        if !typed {
            let on_card = matches!(self.app.overlay(), Some(Overlay::Welcome(_)));
            return match line.parse::<Key>() {
                Ok(key) => self.send(Msg::Key(key)),
                Err(_) if on_card => self.send(Msg::Key(Key::plain(Code::Enter))),
                // Whoever says "no" must not have agreed.
                Err(_) => self.say("that is no key here: Enter does it, an empty line leaves it"),
            };
        }
        // What stood there is replaced: it was told, and a line is a whole answer.
        self.send(Msg::Replace(line.to_owned()))?;
        self.settle()?;
        self.send(Msg::Key(Key::plain(Code::Enter)))
    }

    /// What was told in full needs no key to be closed.
    fn close_what_only_tells(&mut self) -> Result<(), RuntimeError> {
        if matches!(self.app.overlay(), Some(Overlay::Help { .. } | Overlay::Claim(_))) {
            self.send(Msg::Key(Key::plain(Code::Esc)))?;
            self.settle()?;
        }
        Ok(())
    }

    /// Waits until the store has said all that is on its way.
    fn settle(&mut self) -> Result<(), RuntimeError> {
        loop {
            let busy = self.app.is_reading() || self.app.unsaved() > 0 || self.app.held() > 0;
            let until = if busy { None } else { Some(Instant::now() + COUNTS) };
            let incoming = match until {
                _ if self.ended => return Ok(()),
                None => self.from.recv().map_err(|_| self.worker_died())?,
                Some(until) => match self.from.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(incoming) => incoming,
                    Err(RecvTimeoutError::Timeout) => return Ok(()),
                    Err(RecvTimeoutError::Disconnected) => return Err(self.worker_died()),
                },
            };
            match incoming {
                Incoming::Msg(msg) => self.send(msg)?,
                Incoming::NoReader(error) => return Err(error.into()),
                Incoming::WorkerEnded => return Err(self.worker_died()),
                _ => {}
            }
        }
    }

    fn send(&mut self, msg: Msg) -> Result<(), RuntimeError> {
        app::update(&mut self.app, Msg::Time(app_moment()));
        let effects = app::update(&mut self.app, msg);
        self.grant(effects)
    }

    fn grant(&mut self, effects: Vec<Effect>) -> Result<(), RuntimeError> {
        for effect in effects {
            match effect {
                Effect::Quit => self.ended = true,
                // There is no clipboard to reach and no screen to leave: what would be copied is told.
                Effect::Copy(text) => text.lines().try_for_each(|line| self.say(line))?,
                Effect::Open(link) => opener::open(link, self.to.clone()),
                Effect::Editor(text) => self.edit(&text)?,
                Effect::Suspend | Effect::Redraw => {}
                Effect::Reload => {
                    let msg = self.options.read_again();
                    self.send(msg)?;
                }
                wish => {
                    if !self.wishes.as_ref().is_some_and(|wishes| wishes.send(wish)) {
                        return Err(self.worker_died());
                    }
                }
            }
        }
        Ok(())
    }

    /// Gives the terminal to the editor and takes what it leaves: as with a line, that is the whole note.
    fn edit(&mut self, text: &str) -> Result<(), RuntimeError> {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return self.send(Msg::Failed("an editor needs a terminal: type the note in one line here".to_owned()));
        }
        let started = editor::named().and_then(|editor| Editing::start(editor, text, self.to.clone()));
        let editing = match started {
            Ok(editing) => editing,
            Err(why) => return self.send(Msg::Failed(why)),
        };
        let how = loop {
            match self.from.recv().map_err(|_| self.worker_died())? {
                Incoming::Edited(how) => break how,
                Incoming::Msg(msg) => self.send(msg)?,
                Incoming::WorkerEnded => return Err(self.worker_died()),
                _ => {}
            }
        };
        let written = editing.ended(how);
        let key = if written.text.is_some() { Code::Enter } else { Code::Esc };
        if let Some(text) = written.text {
            self.send(Msg::Replace(text))?;
        }
        self.send(Msg::Key(Key::plain(key)))?;
        written.problem.map_or(Ok(()), |problem| self.send(Msg::Failed(problem)))
    }

    fn tell_said(&mut self) -> Result<(), RuntimeError> {
        match self.app.said().clone() {
            Said::Nothing => Ok(()),
            Said::Saved(words) | Said::Info(words) => self.say(&words),
            Said::Problem(words) => self.say(&format!("problem: {words}")),
        }
    }

    fn tell(&mut self, lines: &[String]) -> Result<(), RuntimeError> {
        lines.iter().try_for_each(|line| self.say(line))?;
        write!(self.output, "{PROMPT}")?;
        Ok(self.output.flush()?)
    }

    fn say(&mut self, line: &str) -> Result<(), RuntimeError> {
        Ok(writeln!(self.output, "{}", crate::ui::clean::line(line))?)
    }

    fn worker_died(&self) -> RuntimeError {
        RuntimeError::WorkerDied { unsaved: self.app.unsaved() }
    }

    /// Lets the store write the last place.
    fn finish(mut self) -> Result<Ended, RuntimeError> {
        self.wishes = None;
        while let Ok(incoming) = self.from.recv() {
            if matches!(incoming, Incoming::WorkerEnded) {
                break;
            }
        }
        writeln!(self.output)?;
        Ok(Ended { outcome: Outcome::Quit, handover: self.app.handover() })
    }
}
