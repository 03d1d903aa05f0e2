//! Whole small files, written so that a power cut leaves the old one or the new one.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::error::VaultError;

/// The longest file the vault reads: nothing it writes comes near.
const LENGTH_MAX: u64 = 64 * 1024;

/// Whether a write waits until the disk says that it has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flush {
    Now,
    Later,
}

/// Puts a file in its place in one step: temporary file, flush, rename, flush of the folder.
pub(super) fn write(path: &Path, bytes: &[u8], flush: Flush) -> Result<(), VaultError> {
    #[cfg(test)]
    trial::count()?;
    let folder = path.parent().expect("the vault's files lie in a folder");
    make_folder(folder)?;
    let next = path.with_added_extension("next");
    let mut file = open_own(&next)?;
    file.write_all(bytes)?;
    if flush == Flush::Now {
        file.sync_all()?;
    }
    drop(file);
    fs::rename(&next, path)?;
    if flush == Flush::Now {
        flush_folder(folder)?;
    }
    Ok(())
}

/// Writes bytes into a file that is there. A power cut may leave some of them: the caller has a second copy.
pub(super) fn patch(path: &Path, at: u64, bytes: &[u8], flush: Flush) -> Result<(), VaultError> {
    #[cfg(test)]
    let bytes = trial::torn(bytes);
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)?;
    #[cfg(test)]
    trial::count()?;
    if flush == Flush::Now {
        file.sync_all()?;
    }
    Ok(())
}

/// Reads so many bytes of a file from a place on; fewer, or none, when the file ends before.
pub(super) fn read_part(path: &Path, at: u64, length: usize) -> Result<Vec<u8>, VaultError> {
    #[cfg(test)]
    trial::saw(path);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file whole; `None` when there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    #[cfg(test)]
    trial::saw(path);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    file.take(LENGTH_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LENGTH_MAX { Err(VaultError::Damaged) } else { Ok(Some(bytes)) }
}

/// An empty file to be locked, made where there is none.
pub(super) fn open_lock(path: &Path) -> Result<File, VaultError> {
    make_folder(path.parent().expect("the vault's files lie in a folder"))?;
    Ok(OpenOptions::new().create(true).truncate(false).write(true).open(path)?)
}

/// Removes a file; one that is not there is as good as removed.
pub(super) fn remove(path: &Path) -> Result<(), VaultError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The names in a folder; none when there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, VaultError> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            names.collect::<Result<_, std::io::Error>>().map_err(VaultError::from)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

/// The generations of the files `<kind>.<generation>` and `<kind>.<generation>.<copy>` in a folder, lowest first.
pub(super) fn generations(folder: &Path, kind: &str) -> Result<Vec<u64>, VaultError> {
    let names = names(folder)?;
    let mut found: Vec<u64> = names.iter().filter_map(|name| generation(name, kind)).collect();
    found.sort_unstable();
    Ok(found)
}

/// Removes the files of a kind that are of any other generation.
pub(super) fn keep_only(folder: &Path, kind: &str, kept: &[u64]) -> Result<(), VaultError> {
    let names = names(folder)?;
    let mut old =
        names.iter().filter(|name| generation(name, kind).is_some_and(|generation| !kept.contains(&generation)));
    old.try_for_each(|name| remove(&folder.join(name)))
}

fn generation(name: &str, kind: &str) -> Option<u64> {
    let (found, rest) = name.split_once('.')?;
    let number = rest.split_once('.').map_or(rest, |(number, _)| number);
    (found == kind).then(|| number.parse().ok())?
}

#[cfg(unix)]
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::DirBuilder::new().recursive(true).create(folder)
}

/// A fresh file that only this user of the PC may read.
#[cfg(unix)]
fn open_own(path: &Path) -> Result<File, VaultError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    remove(path)?;
    Ok(OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?)
}

#[cfg(not(unix))]
fn open_own(path: &Path) -> Result<File, VaultError> {
    remove(path)?;
    Ok(OpenOptions::new().write(true).create_new(true).open(path)?)
}

#[cfg(unix)]
fn flush_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows flushes a folder's entries with the file itself and refuses to open a folder for it.
#[cfg(not(unix))]
fn flush_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Lets a test cut the power before the n-th write.
#[cfg(test)]
pub mod trial {
    use std::cell::{Cell, RefCell};
    use std::path::{Path, PathBuf};

    use super::VaultError;

    thread_local! {
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
        static SEEN: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
    }

    /// The files that were read since this was last asked, in order.
    pub fn files_read() -> Vec<PathBuf> {
        SEEN.take()
    }

    pub(super) fn saw(path: &Path) {
        SEEN.with_borrow_mut(|seen| seen.push(path.to_owned()));
    }

    /// The part of a patch that still gets to the disk: half of it when the power goes meanwhile.
    pub(super) fn torn(bytes: &[u8]) -> &[u8] {
        if LEFT.get() == Some(0) { &bytes[..bytes.len() / 2] } else { bytes }
    }

    /// Lets this many writes through and refuses all that follow; `None` lets every write through.
    pub fn cut_after(writes: Option<u32>) {
        LEFT.set(writes);
    }

    pub(super) fn count() -> Result<(), VaultError> {
        match LEFT.get() {
            Some(0) => Err(VaultError::Disk(std::io::ErrorKind::BrokenPipe)),
            left => {
                LEFT.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_for_this_user_only() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("own").join("file.a");
        assert_eq!(read(&path).expect("no file"), None);
        write(&path, b"one", Flush::Now).expect("written");
        write(&path, b"second", Flush::Later).expect("written");
        assert_eq!(read(&path).expect("read").as_deref(), Some(&b"second"[..]));
        assert_eq!(names(path.parent().expect("folder")).expect("names"), ["file.a"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().expect("folder"))), (0o600, 0o700));
        }
        remove(&path).expect("removed");
        remove(&path).expect("nothing to remove");
    }

    #[test]
    fn files_are_told_by_kind_and_generation() {
        let place = tempfile::tempdir().expect("a folder");
        for name in ["state.2.a", "state.2.b", "state.10.a.next", "state.x", "state", "roster.1", "states.3"] {
            write(&place.path().join(name), b"", Flush::Later).expect("written");
        }
        assert_eq!(generations(place.path(), "state").expect("read"), [2, 2, 10]);
        keep_only(place.path(), "state", &[2]).expect("removed");
        assert_eq!(generations(place.path(), "state").expect("read"), [2, 2]);
        assert_eq!(generations(place.path(), "roster").expect("read"), [1]);
        assert!(generations(&place.path().join("nowhere"), "state").expect("no folder").is_empty());
    }

    #[test]
    fn a_file_too_long_to_be_ours_is_not_read() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("long");
        fs::write(&path, vec![0; LENGTH_MAX as usize + 1]).expect("written");
        assert_eq!(read(&path).expect_err("too long"), VaultError::Damaged);
    }
}
