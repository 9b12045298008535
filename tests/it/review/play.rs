//! Plays keys on the review and shows what is on screen.

use std::collections::{BTreeMap, VecDeque};

use claimdeck::app::{self, App, Effect, Key, Keymap, Layout, Msg, Start};
use claimdeck::domain::Claim;
use claimdeck::ui::{self, Look, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::store::FakeStore;

/// A review under test: the application, its store, and what it asked for and hasn't got.
pub(super) struct Play {
    pub(super) app: App,
    pub(super) store: FakeStore,
    pub(super) asked: VecDeque<Effect>,
    /// Wishes that are not for the store.
    pub(super) wishes: Vec<Effect>,
    pub(super) size: (u16, u16),
}

impl Play {
    /// A review that has read all it wants.
    pub(super) fn new(store: FakeStore) -> Self {
        let mut play = Self::unread(store);
        play.settle();
        play
    }

    /// A review whose store has not answered yet.
    pub(super) fn unread(store: FakeStore) -> Self {
        let size = (120, 40);
        let (app, effects) = app::start(Start {
            store_name: "fuel-depot-fire".into(),
            session: store.session.clone(),
            now: store.now,
            last_load: store.last_load,
            utc_offset: 3600,
            size,
            keymap: Keymap::new(&BTreeMap::new(), &app::USUAL).unwrap(),
            layout: Layout::default(),
            gate: store.gate,
            blind: store.blind,
        });
        let mut play = Self { app, store, asked: VecDeque::new(), wishes: Vec::new(), size };
        play.take(effects);
        play
    }

    /// Presses keys by name, the store answering after each.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.send(Msg::Key(key.parse().unwrap()));
            self.settle();
        }
        self
    }

    /// Types a text.
    pub(super) fn write(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.send(Msg::Key(Key::plain(app::Code::Char(c))));
            self.settle();
        }
        self
    }

    /// Lets something happen without an answer from the store.
    pub(super) fn send(&mut self, msg: Msg) {
        let effects = app::update(&mut self.app, msg);
        self.take(effects);
    }

    /// The store answers what it was asked first.
    pub(super) fn answer_one(&mut self) {
        let Some(effect) = self.asked.pop_front() else { return };
        if let Some((ticket, answer)) = self.store.answer(effect) {
            self.send(Msg::Answer(ticket, answer));
        }
    }

    /// The store answers everything, and what is asked thereupon.
    pub(super) fn settle(&mut self) {
        for _ in 0..10_000 {
            if self.asked.is_empty() {
                return;
            }
            self.answer_one();
        }
        panic!("the review asks for ever: {:?}", self.asked);
    }

    pub(super) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = (width, height);
        self.send(Msg::Resize(width, height));
        self.settle();
        self
    }

    pub(super) fn current(&self) -> &Claim {
        self.app.current().unwrap()
    }

    /// The frame, and where the cursor stands in it.
    pub(super) fn frame(&self, theme: Theme) -> (Buffer, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let cursor = ui::draw(&self.app, &Look::new(theme, false), &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text.
    pub(super) fn screen(&self) -> String {
        let (buffer, cursor) = self.frame(Theme::Dark);
        let mut lines = Vec::new();
        for y in 0..self.size.1 {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..self.size.0 {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = ui::clean::width(symbol).saturating_sub(1);
                line += if cursor == Some(Position::new(x, y)) { "▏" } else { symbol };
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Copy(_)
                | Effect::Editor(_)
                | Effect::Open(_)
                | Effect::Suspend
                | Effect::Reload
                | Effect::Redraw
                | Effect::Quit => self.wishes.push(effect),
                other => self.asked.push_back(other),
            }
        }
    }
}
