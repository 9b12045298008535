//! The analyst's own editor for a long note: it gets the terminal and a file that nobody else can read, and what it leaves in
//! the file comes back. Whatever becomes of the editor, nothing that was written is lost.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::Sender;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::events::Incoming;
use super::threads;
use crate::app::Field;

/// Where the editor's name is looked for, the first that is set wins.
const NAMED_BY: [&str; 2] = ["VISUAL", "EDITOR"];
/// The editor where none is named, as for every program of POSIX.
const USUAL: &str = "vi";

/// A note that is in the editor.
pub(super) struct Editing {
    editor: String,
    /// Only its owner can look into it, and its name can't be guessed; editors put their own copies beside the file.
    folder: TempDir,
    before: String,
    child: Option<Pid>,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The text; none where it is as it was.
    pub(super) text: Option<String>,
    /// What went wrong.
    pub(super) problem: Option<String>,
}

/// The editor's command line, which may have arguments of its own.
pub(super) fn named() -> Result<String, String> {
    let set = |name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    let usual = || is_there(USUAL).then(|| USUAL.to_owned());
    let none = || "no editor: set EDITOR, as in `export EDITOR=nano`".to_owned();
    NAMED_BY.into_iter().find_map(set).or_else(usual).ok_or_else(none)
}

fn is_there(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

impl Editing {
    /// Starts the editor on the text; its end comes out at `to`. The terminal has to be given up before.
    pub(super) fn start(editor: String, text: &str, to: Sender<Incoming>) -> Result<Self, String> {
        let failed = |error: io::Error| format!("the editor \"{editor}\" could not be started: {error}");
        let private = Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().prefix("claimdeck-").permissions(private).tempdir().map_err(failed)?;
        let mut editing = Self { editor: editor.clone(), folder, before: text.to_owned(), child: None };
        editing.write(text).map_err(failed)?;
        // As a shell reads it, so that arguments and quotation marks work as everywhere.
        let line = format!("{editor} \"$1\"");
        let mut command = Command::new("sh");
        command.args(["-c", &line, "sh"]).arg(editing.path());
        let child = command.spawn().map_err(failed)?;
        editing.child = Pid::from_raw(i32::try_from(child.id()).unwrap_or_default());
        wait_for(child, to).map_err(failed)?;
        Ok(editing)
    }

    /// What the editor has left, once it ended so.
    pub(super) fn ended(mut self, how: io::Result<ExitStatus>) -> Written {
        self.child = None;
        let problem = match how {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!("the editor \"{}\" {}", self.editor, words_of(status))),
            Err(error) => Some(format!("the editor \"{}\" could not be waited for: {error}", self.editor)),
        };
        let mut written = self.written();
        // One that broke down may have emptied the file first.
        if problem.is_some() && written.text.as_deref() == Some("") {
            written.text = None;
        }
        let kept = if written.text.is_some() { "what it wrote is here" } else { "the note is as it was" };
        written.problem = written.problem.or_else(|| problem.map(|problem| format!("{problem} · {kept}")));
        written
    }

    /// Ends the editor and takes what it has written so far.
    pub(super) fn end(mut self) -> Option<String> {
        self.stop();
        self.written().text.filter(|text| !text.is_empty())
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("note.md")
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.path())?;
        file.write_all(text.as_bytes())?;
        // Editors end the last line, too.
        if text.is_empty() { Ok(()) } else { file.write_all(b"\n") }
    }

    /// What the file holds. One that is longer than a note may be stays on disk, so that its end is not lost.
    fn written(&mut self) -> Written {
        let mut bytes = Vec::new();
        let most = Field::MOST as u64;
        let read = File::open(self.path()).and_then(|file| file.take(most + 4).read_to_end(&mut bytes));
        if let Err(error) = read {
            let why = format!("the editor's file can't be read: {error} · the note is as it was");
            return Written { text: None, problem: Some(why) };
        }
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let text = text.trim_end_matches('\n');
        let problem = (text.len() > Field::MOST).then(|| {
            self.folder.disable_cleanup(true);
            format!("a note takes {} kB: it is cut, all of it is in {}", Field::MOST / 1024, self.path().display())
        });
        Written { text: (text != self.before.trim_end_matches('\n')).then(|| text.to_owned()), problem }
    }

    fn stop(&mut self) {
        if let Some(child) = self.child.take() {
            let _ = kill_process(child, Signal::TERM);
        }
    }
}

impl Drop for Editing {
    fn drop(&mut self) {
        self.stop();
    }
}

fn wait_for(mut child: Child, to: Sender<Incoming>) -> io::Result<()> {
    threads::start("editor", to.clone(), move || {
        let _ = to.send(Incoming::Edited(child.wait()));
    })?;
    Ok(())
}

fn words_of(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        // What a shell says of a command that is not there, and of one that is no program.
        (Some(127), _) => "was not found".to_owned(),
        (Some(126), _) => "can't be run".to_owned(),
        (Some(code), _) => format!("ended with exit status {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "did not end well".to_owned(),
    }
}
