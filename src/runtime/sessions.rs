//! Which session a review goes on in.

use super::{Options, RuntimeError, SessionChoice, now_ms};
use crate::domain::{Deck, Session};
use crate::store::{By, Store};

/// The session asked for. A deck asked for on the command line goes on in the last session over that deck.
pub(super) fn choose(store: &mut Store, options: &Options) -> Result<Session, RuntimeError> {
    let by = By { analyst: options.analyst.clone(), session: None, now_ms: now_ms() };
    let found = match options.session {
        SessionChoice::New => None,
        SessionChoice::Resume(id) => {
            let session = store.resume(id)?;
            // The decisions made in it are this analyst's, whoever began it.
            Some(Session { analyst: options.analyst.clone(), ..session })
        }
        SessionChoice::Last if options.filter.is_none() => store.last_session(&options.analyst)?,
        SessionChoice::Last => {
            let fits = |s: &Session| Some(&s.deck.query) == options.filter.as_ref();
            store.sessions(Some(&options.analyst))?.into_iter().find(fits)
        }
    };
    let before = found.as_ref().map(|s| s.deck.clone()).unwrap_or_default();
    let deck =
        Deck { query: options.filter.clone().unwrap_or(before.query), order: options.order.unwrap_or(before.order) };
    match found {
        Some(session) => Ok(Session { deck, ..session }),
        None => Ok(store.open_session(&by, &deck)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Order;

    fn options() -> (tempfile::TempDir, Options) {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("claims.db");
        (folder, Options { store, analyst: "ana".into(), ..Options::default() })
    }

    #[test]
    fn a_second_start_goes_on_in_the_first_ones_session() {
        let (_folder, options) = options();
        let mut store = Store::open(&options.store).unwrap();
        let first = choose(&mut store, &options).unwrap();
        assert_eq!(choose(&mut store, &options).unwrap().id, first.id);
        let new = Options { session: SessionChoice::New, ..options.clone() };
        assert_ne!(choose(&mut store, &new).unwrap().id, first.id);
    }

    #[test]
    fn a_filter_goes_on_in_the_session_that_had_it() {
        let (_folder, options) = options();
        let mut store = Store::open(&options.store).unwrap();
        let plain = choose(&mut store, &options).unwrap();
        let filtered = Options { filter: Some("status:verified".into()), order: Some(Order::Worth), ..options };
        let second = choose(&mut store, &filtered).unwrap();
        assert_ne!(second.id, plain.id);
        assert_eq!((second.deck.query.as_str(), second.deck.order), ("status:verified", Order::Worth));
        assert_eq!(choose(&mut store, &filtered).unwrap().id, second.id);
    }

    #[test]
    fn a_wrong_filter_is_refused_before_the_screen_opens() {
        let (_folder, options) = options();
        let mut store = Store::open(&options.store).unwrap();
        let wrong = Options { filter: Some("stats:verified".into()), ..options };
        assert!(matches!(choose(&mut store, &wrong), Err(RuntimeError::Store(_))));
    }
}
