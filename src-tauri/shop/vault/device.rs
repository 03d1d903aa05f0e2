//! The device secret: what this PC has and a copy of the data folder has not.

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::same;
use super::key::Key;
use crate::id::VaultId;

/// The header's number for a file in a folder of its own; 1 is a key stick, 2 the system's keystore.
pub(super) const FILE: u8 = 3;

const KIND: &str = "device";
const MAGIC: &[u8; 4] = b"POSD";
const VERSION: u16 = 1;

/// A place where device secrets are kept, each with the header generation it came with.
pub(super) trait DeviceStore {
    /// The header's number for this kind of place.
    fn location(&self) -> u8;
    /// Keeps a secret and proves it by reading it back.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the place refuses, [`VaultError::DeviceMissing`] when it gives back another secret.
    fn keep(&self, vault: &VaultId, generation: u64, secret: &Key) -> Result<(), VaultError>;
    /// The newest secret of this vault that is not newer than the header, and its own generation.
    ///
    /// # Errors
    /// [`VaultError::DeviceMissing`] when there is none.
    fn fetch(&self, vault: &VaultId, generation: u64) -> Result<(u64, Key), VaultError>;
    /// Lets all other secrets go: older ones, and those of a recovery that was cut off.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the place refuses.
    fn keep_only(&self, kept: &[u64]) -> Result<(), VaultError>;
}

/// The place that a header names.
///
/// # Errors
/// [`VaultError::Newer`] for a place this program does not know.
pub(super) fn store(location: u8, folder: &Path) -> Result<Box<dyn DeviceStore>, VaultError> {
    if location == FILE { Ok(Box::new(FileStore(folder.to_owned()))) } else { Err(VaultError::Newer) }
}

/// Files that only this user of the PC may read, `device.<generation>`:
/// `"POSD" u16 version | vault_id[16] | secret[32] | crc32c`.
struct FileStore(PathBuf);

impl FileStore {
    fn path(&self, generation: u64) -> PathBuf {
        self.0.join(format!("{KIND}.{generation}"))
    }
}

impl DeviceStore for FileStore {
    fn location(&self) -> u8 {
        FILE
    }

    fn keep(&self, vault: &VaultId, generation: u64, secret: &Key) -> Result<(), VaultError> {
        // Room for the whole file at once, so that it never moves and leaves a copy behind.
        let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(64));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(vault.bytes());
        bytes.extend_from_slice(secret.expose());
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        file::write(&self.path(generation), &bytes, Flush::Now)?;
        match self.fetch(vault, generation)? {
            (kept, back) if kept == generation && same(back.expose(), secret.expose()) => Ok(()),
            _ => Err(VaultError::DeviceMissing),
        }
    }

    fn fetch(&self, vault: &VaultId, generation: u64) -> Result<(u64, Key), VaultError> {
        let kept = file::generations(&self.0, KIND)?.into_iter().rfind(|kept| *kept <= generation);
        let kept = kept.ok_or(VaultError::DeviceMissing)?;
        let bytes = file::read(&self.path(kept))?.ok_or(VaultError::DeviceMissing)?;
        let bytes = zeroize::Zeroizing::new(bytes);
        read(&bytes, vault).map(|secret| (kept, secret)).ok_or(VaultError::DeviceMissing)
    }

    fn keep_only(&self, kept: &[u64]) -> Result<(), VaultError> {
        file::keep_only(&self.0, KIND, kept)
    }
}

fn read(bytes: &[u8], vault: &VaultId) -> Option<Key> {
    let (body, crc) = split_trailer::<4>(bytes)?;
    let mut from = Bytes(body);
    let is_whole = crc32c::crc32c(body) == u32::from_le_bytes(*crc);
    let is_ours = from.array()? == *MAGIC && from.u16()? == VERSION && from.array()? == *vault.bytes();
    let secret = from.take(32).and_then(Key::read)?;
    from.end()?;
    (is_whole && is_ours).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::array;

    #[test]
    fn a_secret_is_fetched_by_the_generation_of_the_header() {
        let place = tempfile::tempdir().expect("a folder");
        let (store, vault) = (store(FILE, &place.path().join("device")).expect("a file"), VaultId::new(array(1)));
        assert_eq!(store.fetch(&vault, 9).expect_err("nothing yet"), VaultError::DeviceMissing);
        store.keep(&vault, 1, &Key::new(&array(10))).expect("kept");
        store.keep(&vault, 12, &Key::new(&array(20))).expect("kept");
        for (generation, kept, first) in [(1, 1, 10), (11, 1, 10), (12, 12, 20), (u64::MAX, 12, 20)] {
            let (found, secret) = store.fetch(&vault, generation).expect("kept before");
            assert_eq!((found, secret.expose()), (kept, &array(first)));
        }
        assert_eq!(store.fetch(&vault, 0).expect_err("older than all"), VaultError::DeviceMissing);
        store.keep_only(&[12]).expect("removed");
        assert_eq!(store.fetch(&vault, 11).expect_err("forgotten"), VaultError::DeviceMissing);
        assert_eq!(store.fetch(&vault, 12).expect("still there").0, 12);
    }

    #[test]
    fn another_vaults_secret_and_a_torn_one_are_missing() {
        let place = tempfile::tempdir().expect("a folder");
        let (store, vault) = (FileStore(place.path().to_owned()), VaultId::new(array(1)));
        store.keep(&vault, 1, &Key::new(&array(10))).expect("kept");
        assert_eq!(store.fetch(&VaultId::new(array(2)), 1).expect_err("another's"), VaultError::DeviceMissing);
        let whole = file::read(&store.path(1)).expect("read").expect("there");
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.clone();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&torn, &vault).is_none(), "bit {bit}");
        }
    }

    #[test]
    fn an_unknown_place_is_for_a_newer_program() {
        for location in [0, 1, 2, 4, 255] {
            assert_eq!(store(location, Path::new("device")).map(|_| ()).expect_err("unknown"), VaultError::Newer);
        }
    }
}
