//! The bytes of a file as evidence: their SHA-256 at the moment when it was added.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::domain::{Evidence, EvidenceKind};

/// Gives evidence that is a file its absolute path and the hash of its bytes; other evidence is as it was.
///
/// # Errors
/// Where the file can't be read, in words.
pub fn attest(evidence: &Evidence) -> Result<Evidence, String> {
    let mut evidence = evidence.clone();
    if evidence.kind == EvidenceKind::File && evidence.sha256.is_none() {
        let path = Path::new(&evidence.url);
        let hash = hash(path).map_err(|error| {
            format!("can't read the file {}: {error} (a link begins with https://)", path.display())
        })?;
        evidence.sha256 = Some(hash);
        if let Some(whole) = std::path::absolute(path).ok().and_then(|whole| whole.into_os_string().into_string().ok())
        {
            evidence.url = whole;
        }
    }
    Ok(evidence)
}

fn hash(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let (mut hash, mut bytes) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut bytes)? {
            0 => break,
            read => hash.update(&bytes[..read]),
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string can't fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(url: &str) -> Evidence {
        Evidence { url: url.to_owned(), kind: EvidenceKind::File, ..Evidence::default() }
    }

    #[test]
    fn a_file_is_named_by_its_whole_path_and_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scan.txt");
        std::fs::write(&path, "abc").unwrap();
        let attested = attest(&file(path.to_str().unwrap())).unwrap();
        // printf abc | sha256sum
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((attested.sha256.as_deref(), attested.url.as_str()), (Some(expected), path.to_str().unwrap()));
        assert_eq!(attest(&attested), Ok(attested.clone()));
    }

    #[test]
    fn what_is_no_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_path_buf(), folder.path().join("nothing")] {
            let said = attest(&file(path.to_str().unwrap())).unwrap_err();
            assert!(said.contains(path.to_str().unwrap()) && said.contains("a link begins"), "{said}");
        }
        let link = Evidence { url: "https://a.example".into(), ..Evidence::default() };
        assert_eq!(attest(&link), Ok(link.clone()));
    }
}
