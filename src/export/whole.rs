//! A file that appears whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file being written beside its place; it takes the place in [`Whole::finish`]. Dropped before, it leaves nothing,
/// and what was there stays.
#[derive(Debug)]
pub struct Whole {
    target: Target,
}

#[derive(Debug)]
enum Target {
    Beside {
        file: BufWriter<NamedTempFile>,
        place: PathBuf,
    },
    /// What can't be replaced, such as `/dev/null` or a named pipe.
    Direct(BufWriter<File>),
}

impl Whole {
    /// Begins to write what will be at `place`.
    pub fn create(place: &Path) -> io::Result<Self> {
        // A link keeps pointing where it does: the file that it names is replaced.
        let place = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
        let existing = fs::metadata(&place).ok();
        if existing.as_ref().is_some_and(|data| data.is_dir()) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        if existing.as_ref().is_some_and(|data| !data.is_file()) {
            let file = fs::OpenOptions::new().write(true).open(&place)?;
            return Ok(Self { target: Target::Direct(BufWriter::new(file)) });
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".claimdeck-");
        let new = new_file_permissions();
        let permissions = existing.map(|data| data.permissions()).or(new);
        if let Some(permissions) = permissions.clone() {
            builder.permissions(permissions);
        }
        let folder = folder_of(&place);
        fs::metadata(folder)?;
        // What the system says names the file beside the place, which nobody asked for.
        let file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
        Ok(Self { target: Target::Beside { file: BufWriter::new(file), place } })
    }

    /// Puts the file in its place, on disk, and only then returns.
    pub fn finish(self) -> io::Result<()> {
        match self.target {
            Target::Direct(mut file) => file.flush(),
            Target::Beside { file, place } => {
                let file = file.into_inner().map_err(|e| e.into_error())?;
                file.as_file().sync_all()?;
                file.persist(&place).map_err(|e| e.error)?;
                sync_folder(folder_of(&place))
            }
        }
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            Target::Beside { file, .. } => file.write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Beside { file, .. } => file.flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a new file of this user gets; the mask is applied by the system.
#[cfg(unix)]
fn new_file_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_permissions() -> Option<Permissions> {
    None
}

/// A rename is on disk once its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_until_the_new_file_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("out.csv");
        fs::write(&place, "old").unwrap();
        let mut dropped = Whole::create(&place).unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(fs::read_to_string(&place).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

        let mut whole = Whole::create(&place).unwrap();
        whole.write_all(b"new").unwrap();
        whole.finish().unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_modes_stay_and_devices_are_written_to() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (place, link) = (folder.path().join("out"), folder.path().join("link"));
        fs::write(&place, "old").unwrap();
        fs::set_permissions(&place, Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&place, &link).unwrap();
        Whole::create(&link).unwrap().finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
        Whole::create(Path::new("/dev/null")).unwrap().finish().unwrap();
    }

    #[test]
    fn a_folder_is_no_place_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Whole::create(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }
}
