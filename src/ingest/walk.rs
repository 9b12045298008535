//! From the paths that a user names to the inputs that are read: folders walked, in a fixed order.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Fault, Format, Reason, SNIFFED};

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A path of `-`.
    StandardInput,
    /// A file.
    File(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardInput => f.write_str("standard input"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Something to read, and how.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where from.
    pub origin: Origin,
    /// How.
    pub format: Format,
    /// Its size in bytes; 0 where it has none to speak of.
    pub size: u64,
}

/// What the paths lead to.
#[derive(Debug, Default)]
pub struct Walk {
    /// What to read, in order: as named, and inside a folder by name.
    pub inputs: Vec<Input>,
    /// What can't be read.
    pub faults: Vec<Fault>,
    /// Files in folders whose extension is no format's.
    pub ignored: Vec<PathBuf>,
}

/// Finds what there is to read under `paths`.
///
/// In folders, hidden entries and unknown extensions are left out, and a folder that links lead to twice is walked
/// once. A file that is named itself is read whatever its name, unless its extension is that of another format.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    let mut seen = HashSet::new();
    for path in paths {
        walk.named(path, &mut seen);
    }
    walk
}

impl Walk {
    fn named(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) {
        if path.as_os_str() == "-" {
            return self.inputs.push(Input { origin: Origin::StandardInput, format: SNIFFED, size: 0 });
        }
        match fs::metadata(path) {
            Err(error) => self.fault(path, error.into()),
            Ok(data) if data.is_dir() => self.folder(path, seen),
            Ok(data) => match (Format::of(path), path.extension()) {
                (Some(format), _) => self.input(path, format, data.len()),
                (None, None) => self.input(path, SNIFFED, data.len()),
                (None, Some(_)) => self.fault(path, Reason::UnknownFormat),
            },
        }
    }

    fn folder(&mut self, root: &Path, seen: &mut HashSet<PathBuf>) {
        let mut waiting = vec![root.to_owned()];
        while let Some(path) = waiting.pop() {
            match fs::metadata(&path) {
                Err(error) => self.fault(&path, error.into()),
                Ok(data) if data.is_dir() => match entries(&path, seen) {
                    // The last one waiting is taken first.
                    Ok(entries) => waiting.extend(entries.into_iter().rev()),
                    Err(error) => self.fault(&path, error.into()),
                },
                Ok(data) if data.is_file() => match Format::of(&path) {
                    Some(format) => self.input(&path, format, data.len()),
                    None => self.ignored.push(path),
                },
                Ok(_) => self.ignored.push(path),
            }
        }
    }

    fn input(&mut self, path: &Path, format: Format, size: u64) {
        self.inputs.push(Input { origin: Origin::File(path.to_owned()), format, size });
    }

    fn fault(&mut self, path: &Path, reason: Reason) {
        self.faults.push(Fault { file: path.display().to_string(), line: None, reason });
    }
}

/// What is in the folder, by name; nothing where it was walked before.
fn entries(folder: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<Vec<PathBuf>> {
    if !seen.insert(fs::canonicalize(folder)?) {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(walk: &Walk, root: &Path) -> Vec<String> {
        let name = |input: &Input| match &input.origin {
            Origin::File(path) => path.strip_prefix(root).unwrap().display().to_string(),
            Origin::StandardInput => "-".to_owned(),
        };
        walk.inputs.iter().map(name).collect()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        root
    }

    #[test]
    fn a_folder_is_walked_by_name_without_what_is_hidden_or_unknown() {
        let root = folder(&["b.txt", "a/z.MD", "a/.hidden.txt", ".git/c.txt", "c.jpeg", "d"]);
        let walk = walk(&[root.path().to_owned()]);
        assert_eq!(names(&walk, root.path()), ["a/z.MD", "b.txt"]);
        assert_eq!(walk.ignored, [root.path().join("c.jpeg"), root.path().join("d")]);
        assert!(walk.faults.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_back_to_the_folder_does_not_go_round() {
        let root = folder(&["a/one.txt"]);
        std::os::unix::fs::symlink(root.path(), root.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.path().join("broken.txt")).unwrap();
        let walk = walk(&[root.path().to_owned()]);
        assert_eq!(names(&walk, root.path()), ["a/one.txt"]);
        assert_eq!(walk.faults[0].reason.to_string(), "no such file or folder");
    }

    #[test]
    fn a_file_named_itself_must_be_of_a_known_format_or_have_no_extension() {
        let root = folder(&["page.docx", ".note.txt", "notes"]);
        let walk = walk(&["page.docx", ".note.txt", "notes", "gone.txt"].map(|name| root.path().join(name)));
        assert_eq!(names(&walk, root.path()), [".note.txt", "notes"]);
        let said: Vec<_> = walk.faults.iter().map(|f| f.reason.to_string()).collect();
        assert_eq!(said, ["unknown format: expected .txt .md .json .jsonl, or a folder", "no such file or folder"]);
    }
}
