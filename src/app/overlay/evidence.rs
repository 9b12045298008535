//! Evidence: the list of what a claim has, and the line in which a piece is written.

use super::super::actions::decide;
use super::super::field::Field;
use super::super::key::{Code, Key};
use super::super::msg::Effect;
use super::super::state::{App, Said};
use super::{Overlay, choose};
use crate::domain::{Act, ClaimId, Evidence, EvidenceKind, Stance};

/// Opens the list, or where there is nothing to list the line for a first piece.
pub(in crate::app) fn open(app: &mut App, claim: ClaimId) -> Vec<Effect> {
    let any = app.current().is_some_and(|c| !app.state_of(c).evidence.is_empty());
    app.overlay = Some(if any { Overlay::EvidenceList { claim, cursor: 0 } } else { line(claim, None) });
    Vec::new()
}

/// Opens the line again with a piece that could not be saved.
pub(super) fn open_again(app: &mut App, claim: ClaimId, piece: &Evidence, replaces: Option<Evidence>) {
    if app.overlay.is_none() && app.current().is_some_and(|here| here.id == claim) {
        app.overlay = Some(Overlay::Evidence { claim, field: Field::line(written(piece)), problem: None, replaces });
    }
}

fn line(claim: ClaimId, replaces: Option<Evidence>) -> Overlay {
    let written = replaces.as_ref().map(written).unwrap_or_default();
    Overlay::Evidence { claim, field: Field::line(written), problem: None, replaces }
}

/// Gives a key to the list.
pub(super) fn key(app: &mut App, key: Key) -> Vec<Effect> {
    let Some(Overlay::EvidenceList { claim, cursor }) = app.overlay.take() else { return Vec::new() };
    let all = app.current().map(|c| app.state_of(c).evidence.clone()).unwrap_or_default();
    let chosen = all.get(cursor).cloned();
    let last = all.len().saturating_sub(1);
    let to = |cursor| Some(Overlay::EvidenceList { claim, cursor });
    match (key.code, key.typed(), chosen) {
        (Code::Esc, ..) | (_, Some('q'), _) => {}
        (_, Some('a'), _) => app.overlay = Some(line(claim, None)),
        (Code::Enter, _, Some(piece)) | (_, Some('e'), Some(piece)) => app.overlay = Some(line(claim, Some(piece))),
        (Code::Delete, _, Some(piece)) | (_, Some('x'), Some(piece)) => {
            if last > 0 {
                app.overlay = to(cursor.min(last - 1));
            }
            return decide(app, claim, vec![Act::Withdraw(bare(piece))]);
        }
        _ => app.overlay = to(choose::row_after(key, cursor, last)),
    }
    Vec::new()
}

/// Takes what was typed: a new piece, or one in the place of another.
pub(super) fn accept(app: &mut App, claim: ClaimId, field: Field, replaces: Option<Evidence>) -> Vec<Effect> {
    if field.text().trim().is_empty() {
        app.said = Said::Info("no evidence added".to_owned());
        return Vec::new();
    }
    match read(field.text(), app.local(app.now).day()) {
        Ok(mut piece) => {
            let before = replaces.map(bare);
            if let Some(before) = before.as_ref().filter(|before| before.url == piece.url) {
                piece.sha256.clone_from(&before.sha256);
            }
            if before.as_ref() == Some(&piece) {
                return Vec::new();
            }
            decide(app, claim, before.map(Act::Withdraw).into_iter().chain([Act::Evidence(piece)]).collect())
        }
        Err(problem) => {
            app.overlay = Some(Overlay::Evidence { claim, field, problem: Some(problem), replaces });
            Vec::new()
        }
    }
}

/// As a decision holds it.
fn bare(piece: Evidence) -> Evidence {
    Evidence { added_by: String::new(), ..piece }
}

/// What a piece looks like in the line in which it is written.
fn written(piece: &Evidence) -> String {
    let what = match piece.kind {
        EvidenceKind::Quotation => format!("“{}”", piece.url),
        EvidenceKind::Link | EvidenceKind::File => piece.url.clone(),
    };
    let seen = piece.seen.as_ref().map(|day| format!("seen:{day}"));
    let archived = piece.archived.as_ref().map(|link| format!("archived:{link}"));
    let parts = [Some(what), Some(piece.stance.word().to_owned()), seen, archived, piece.note.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl App {
    /// The evidence that a line says, where it says one.
    pub fn evidence_in(&self, line: &str) -> Option<Evidence> {
        read(line, self.local(self.now).day()).ok()
    }
}

/// A link, a path or words in quotation marks, then in any order what they do to the claim, when they were seen and where
/// a copy is kept, and a word on them; all but the first may be missing. What they do to the claim stands at either end.
fn read(line: &str, today: String) -> Result<Evidence, &'static str> {
    let (url, kind, rest) = what(line.trim())?;
    if url.is_empty() {
        return Err("a link, a file or a quotation comes first");
    }
    if kind != EvidenceKind::Quotation && stance_named(&url).is_some() {
        return Err("the link, file or quotation comes first, then supports, refutes or context");
    }
    let mut piece = Evidence { url, kind, seen: Some(today), ..Evidence::default() };
    let mut note = String::new();
    for word in rest.trim().split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if let Some(day) = bare.strip_prefix("seen:") {
            let day: jiff::civil::Date = day.parse().map_err(|_| "seen: takes a day such as 2026-11-22")?;
            piece.seen = Some(day.to_string());
        } else if let Some(link) = bare.strip_prefix("archived:") {
            piece.archived = Some(Some(link.to_owned()).filter(|l| l.contains("://")).ok_or("archived: takes a link")?);
        } else {
            note.push_str(word);
        }
    }
    let (stance, note) = stance_and_note(note.trim())?;
    piece.stance = stance.unwrap_or_default();
    piece.note = Some(note.to_owned()).filter(|note| !note.is_empty());
    Ok(piece)
}

/// What evidence does to the claim, if that is said, and the word on it. A sense that is not where it is looked for, or
/// written nearly so, is asked about: it must not be turned round.
fn stance_and_note(words: &str) -> Result<(Option<Stance>, &str), &'static str> {
    let first = words.split_whitespace().next().unwrap_or_default();
    if let Some(stance) = stance_named(first) {
        return Ok((Some(stance), words[first.len()..].trim_start()));
    }
    let last = words.split_whitespace().next_back().unwrap_or_default();
    if let Some(stance) = stance_named(last) {
        return Ok((Some(stance), words[..words.len() - last.len()].trim_end()));
    }
    if words.split_whitespace().any(|word| stance_named(word).is_some()) {
        return Err("supports, refutes or context: which? Write it right after the link, file or quotation");
    }
    let near = |word: &str| strsim::damerau_levenshtein(&first.to_lowercase(), word) == 1;
    match STANCES.into_iter().find(|stance| near(stance.word())) {
        Some(Stance::Supports) => Err("did you mean supports?"),
        Some(Stance::Refutes) => Err("did you mean refutes?"),
        Some(Stance::Context) => Err("did you mean context?"),
        None => Ok((None, words)),
    }
}

/// The first thing of the line, what it is, and what follows.
fn what(line: &str) -> Result<(String, EvidenceKind, &str), &'static str> {
    let opened = line.chars().next().and_then(|c| Some((c, closing(c)?)));
    if let Some((open, close)) = opened {
        let words = &line[open.len_utf8()..];
        let end = words.find(close).ok_or("the quotation has no closing mark")?;
        return Ok((words[..end].trim().to_owned(), EvidenceKind::Quotation, &words[end + close.len_utf8()..]));
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let kind = if first.contains("://") { EvidenceKind::Link } else { EvidenceKind::File };
    Ok((first.to_owned(), kind, rest))
}

fn closing(open: char) -> Option<char> {
    [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“')].iter().find(|(o, _)| *o == open).map(|(_, close)| *close)
}

const STANCES: [Stance; 3] = [Stance::Supports, Stance::Refutes, Stance::Context];

fn stance_named(word: &str) -> Option<Stance> {
    STANCES.into_iter().find(|stance| stance.word().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_a_link_a_stance_and_a_word_on_it() {
        let all = read(" https://a.example/x refutes photo of  the day ", "2026-11-22".into()).unwrap();
        assert_eq!(
            (all.url.as_str(), all.stance, all.kind),
            ("https://a.example/x", Stance::Refutes, EvidenceKind::Link)
        );
        assert_eq!((all.note.as_deref(), all.seen.as_deref()), (Some("photo of  the day"), Some("2026-11-22")));
        let bare = read("scan.pdf page 3", String::new()).unwrap();
        assert_eq!(
            (bare.kind, bare.stance, bare.note.as_deref()),
            (EvidenceKind::File, Stance::Supports, Some("page 3"))
        );
        let last =
            read("https://a.example archived:https://b.example geolocated seen:2026-01-02 refutes", String::new());
        let last = last.unwrap();
        assert_eq!((last.stance, last.note.as_deref()), (Stance::Refutes, Some("geolocated")));
        assert_eq!((last.seen.as_deref(), last.archived.is_some()), (Some("2026-01-02"), true));
        for asked in ["a.pdf suports the gate", "a.pdf Refute", "a.pdf it refutes the first claim"] {
            assert!(read(asked, String::new()).is_err(), "{asked}");
        }
        for wrong in ["", "refutes https://a.example", "“open", "a.pdf seen:yesterday", "a.pdf context archived:x"] {
            assert!(read(wrong, String::new()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_piece_reads_back_from_the_line_that_changes_it() {
        for line in [
            "https://a.example/x refutes seen:2025-01-02 archived:https://copies.example/1 photo of the day",
            "“the gate was open” context seen:2025-01-02 guard, by telephone",
            "scan.pdf supports seen:2025-01-02",
        ] {
            assert_eq!(written(&read(line, "2026-11-22".into()).unwrap()), line);
        }
    }
}
