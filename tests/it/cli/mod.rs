//! The real program, with a home of its own: what it prints, where, and the exit status that it ends with.

mod extract;
mod general;
mod opening;
mod review;
mod store;
mod terminal;
mod transfer;

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use assert_cmd::Command;
use tempfile::TempDir;

/// A home folder with nothing in it, and the program that runs there.
struct Home {
    folder: TempDir,
}

/// What a run of the program left.
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program, knowing nothing of the world outside this home.
    fn program(&self) -> Command {
        let mut command = Command::cargo_bin("claimdeck").unwrap();
        command.env_clear().env("HOME", self.path()).env("USER", "ana").current_dir(self.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.program().args(arguments).output().unwrap())
    }

    fn run_with_input(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Run {
        Run::of(self.program().args(arguments).write_stdin(input).output().unwrap())
    }

    /// Runs the program with standard output going nowhere from the start.
    #[cfg(unix)]
    fn run_into_closed_pipe(&self, arguments: &[&str], input: &str) -> Run {
        use std::io::Write;
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("claimdeck"));
        command.env_clear().env("HOME", self.path()).env("USER", "ana").current_dir(self.path()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        // The program may end before it has read all of it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Run::of(child.wait_with_output().unwrap())
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The exit status, with what was said on standard error where it is not the expected one.
    #[track_caller]
    fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }

    fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The sample articles.
fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}
