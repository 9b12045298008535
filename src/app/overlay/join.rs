//! Asks before names of sources are joined: which names go, and which one stays.

use super::super::actions::decide_sources;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::state::App;
use super::Overlay;
use crate::domain::SourceAct;

/// Names that are about to be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Those that go.
    pub names: Vec<String>,
    /// The one under which all are counted and found.
    pub into: String,
}

/// Gives a key to the question: only Enter joins, and any marks stay where it is left.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let Some(Overlay::Join(join)) = app.overlay.take() else { return Vec::new() };
    match (key.code, key.typed()) {
        (Code::Enter, _) => {
            app.sources.unmark_all();
            let into = |name| (name, SourceAct::Join { into: Some(join.into.clone()) });
            return decide_sources(app, join.names.into_iter().map(into).collect());
        }
        (Code::Esc, _) | (_, Some('q')) => {}
        _ => app.overlay = Some(Overlay::Join(join)),
    }
    Vec::new()
}
