//! Writing on a thread of its own, while what is to be written next is put together. Knows no format and no file.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::domain::{ArticleRecord, Decision, SourceDecision};
use crate::export::{Exporter, Format};
use crate::store::{ClaimRows, StoreError};

/// Claims and other things that are handed over together.
const BLOCK: usize = 256;
/// Blocks that may wait to be written: memory stays flat, and neither side waits for the other at every step.
const WAITING: usize = 4;

/// What is exported.
pub(super) enum Piece {
    /// An article that holds claims of the selection.
    Article(Box<ArticleRecord>),
    /// Claims of the selection.
    Claims(ClaimRows),
    /// A decision on a claim of the selection.
    Decision(Box<Decision>),
    /// A decision on a source.
    SourceDecision(Box<SourceDecision>),
}

/// Takes pieces to be written, in their order.
pub(super) struct Pieces {
    /// None is the end.
    to: SyncSender<Option<Vec<Piece>>>,
    block: Vec<Piece>,
    /// What the block holds, a claim for one.
    held: usize,
}

impl Pieces {
    /// Hands a piece over. Fails once the writer has, with an error that [`behind`] replaces by the writer's own.
    pub(super) fn give(&mut self, piece: Piece) -> io::Result<()> {
        self.held += match &piece {
            Piece::Claims(rows) => rows.count(),
            _ => 1,
        };
        self.block.push(piece);
        if self.held < BLOCK { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> io::Result<()> {
        self.held = 0;
        let block = std::mem::take(&mut self.block);
        self.to.send(Some(block)).map_err(|_| gone())
    }

    fn stop(mut self) -> io::Result<()> {
        self.send()
    }

    fn end(mut self) -> io::Result<()> {
        self.send()?;
        self.to.send(None).map_err(|_| gone())
    }
}

fn gone() -> io::Error {
    io::Error::other("the thread that writes has ended")
}

/// Writes to `out`, on a thread of its own, what `read` hands over. Where `read` fails, what it had handed over is
/// written, and the format's end is not.
pub(super) fn behind<E: From<io::Error> + From<StoreError>>(
    format: Format,
    out: impl Write + Send,
    read: impl FnOnce(&mut Pieces) -> Result<(), E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let (to, from) = sync_channel(WAITING);
        let writer = scope.spawn(move || write(format, out, &from));
        let mut pieces = Pieces { to, block: Vec::new(), held: 0 };
        let read = read(&mut pieces);
        let ended = match &read {
            Ok(()) => pieces.end(),
            Err(_) => pieces.stop(),
        };
        // The writer's own error says why it takes nothing more.
        writer.join().unwrap_or_else(|_| Err(gone().into()))?;
        read?;
        Ok(ended?)
    })
}

fn write(format: Format, out: impl Write + Send, from: &Receiver<Option<Vec<Piece>>>) -> Result<(), StoreError> {
    let mut to = (format.open)(Box::new(out));
    for block in from {
        let Some(block) = block else { return Ok(to.end()?) };
        block.iter().try_for_each(|piece| put(&mut *to, piece))?;
    }
    Ok(())
}

fn put(to: &mut dyn Exporter, piece: &Piece) -> Result<(), StoreError> {
    match piece {
        Piece::Article(article) => to.article(article)?,
        Piece::Claims(rows) => return rows.views().try_for_each(|claim| Ok(to.claim(&claim?)?)),
        Piece::Decision(decision) => to.decision(decision)?,
        Piece::SourceDecision(decision) => to.source_decision(decision)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, ArticleRef, Claim, Meta};

    fn claim(ordinal: u32) -> Piece {
        let article = ArticleRef { id: ArticleId::of_text("text"), meta: Meta::default().into() };
        Piece::Claims(Claim { ordinal, ..Claim::bare(article, vec![[0, 4]], "text") }.into())
    }

    #[test]
    fn all_that_is_handed_over_is_written_in_its_order() {
        let mut out = Vec::new();
        let csv = Format::of("csv").unwrap();
        let read = |to: &mut Pieces| -> Result<(), StoreError> {
            Ok((0..BLOCK * 3 + 7).try_for_each(|number| to.give(claim(number as u32)))?)
        };
        behind(csv, &mut out, read).unwrap();
        let mut rows = csv::Reader::from_reader(&*out);
        let place = rows.headers().unwrap().iter().position(|head| head == "ordinal").unwrap();
        let ordinals: Vec<usize> = rows.records().map(|row| row.unwrap()[place].parse().unwrap()).collect();
        assert_eq!(ordinals, (0..BLOCK * 3 + 7).collect::<Vec<_>>());
    }

    #[test]
    fn a_reader_that_stops_leaves_whole_lines_of_what_it_gave() {
        let mut out = Vec::new();
        let stopped = behind(Format::of("jsonl").unwrap(), &mut out, |pieces| {
            pieces.give(claim(1))?;
            Err(StoreError::Interrupted)
        });
        assert!(matches!(stopped, Err(StoreError::Interrupted)));
        assert!(out.ends_with(b"}\n"));
    }

    #[test]
    fn an_output_that_takes_no_more_ends_the_reading_with_its_own_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let ended = behind(Format::of("jsonl").unwrap(), Full, |pieces| {
            loop {
                pieces.give(claim(1))?;
            }
        });
        let full = |error: &io::Error| error.kind() == io::ErrorKind::StorageFull;
        assert!(matches!(ended, Err(StoreError::Output(error)) if full(&error)));
    }
}
