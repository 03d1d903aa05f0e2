//! The device secret: what this PC has and a copy of the data folder has not.

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::same;
use super::header;
use super::key::Key;
use super::keystore::{KeystoreStore, machine::Machine};
use super::login::Places;
use crate::fault::Words;
use crate::id::VaultId;

/// The header's numbers of the places.
pub(super) const STICK: u8 = 1;
pub(super) const KEYSTORE: u8 = 2;
pub(super) const FILE: u8 = 3;

/// Where this PC's own secret is kept, from the strongest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file on a stick that is taken home at night.
    Stick,
    /// The system's own keystore.
    Keystore,
    /// A file of this user, in a folder of its own.
    File,
}

impl Place {
    pub(super) fn read(location: u8) -> Option<Place> {
        match location {
            STICK => Some(Place::Stick),
            KEYSTORE => Some(Place::Keystore),
            FILE => Some(Place::File),
            _ => None,
        }
    }

    /// What the place protects and what not, for the owner.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Place::Stick => Words::new(
                "This PC's key is on the key stick. Take it home at night: without it nobody opens the shop here.",
                "इस PC की चाबी पेन ड्राइव पर है। रात को उसे घर ले जाइए: उसके बिना यहाँ दुकान कोई नहीं खोल सकता।",
            ),
            Place::Keystore => Words::new(
                "This PC's key is in the system's keystore. It protects copies of the data and a disk taken out, not a PC \
                 that starts without a password.",
                "इस PC की चाबी सिस्टम के अपने ताले में है। डेटा की कॉपी और निकाली हुई डिस्क सुरक्षित है, बिना पासवर्ड चलने वाला PC नहीं।",
            ),
            Place::File => Words::new(
                "This PC's key is a file on it. It protects copies of the data folder, not a stolen PC.",
                "इस PC की चाबी इसी की एक फ़ाइल है। डेटा की कॉपी सुरक्षित है, चोरी हुआ PC नहीं।",
            ),
        }
    }
}

/// Where a new device secret is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepIn {
    /// On a stick: the folder that the owner named.
    Stick(PathBuf),
    /// In the system's keystore if one answers within seconds, else in a file.
    BestHere,
    File,
    /// Wherever this PC keeps the one before.
    AsBefore(Place),
}

/// The file in the folder of device secrets that says where the stick's folder is.
const POINTER: &str = "stick.path";

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
/// [`VaultError::Newer`] for a place this program does not know, [`VaultError::StickMissing`] where nothing says
/// where the stick would be.
pub(super) fn store(location: u8, folder: &Path, vault: &VaultId) -> Result<Box<dyn DeviceStore>, VaultError> {
    match Place::read(location).ok_or(VaultError::Newer)? {
        Place::Stick => {
            let path = file::read(&folder.join(POINTER))?.and_then(|bytes| String::from_utf8(bytes).ok());
            Ok(Box::new(StickStore(FileStore(path.ok_or(VaultError::StickMissing)?.into()))))
        }
        Place::Keystore => Ok(Box::new(KeystoreStore::new(Machine, *vault))),
        Place::File => Ok(Box::new(FileStore(folder.to_owned()))),
    }
}

/// Keeps a new secret where it is wished, or in the next place that works, and gives the place.
///
/// # Errors
/// [`VaultError::StickMissing`] when the owner's folder is not there: a stick that was wished for is not replaced
/// by something weaker. [`VaultError::Disk`] when not even a file can be written.
pub(super) fn keep(
    wish: &KeepIn,
    folder: &Path,
    vault: &VaultId,
    generation: u64,
    secret: &Key,
) -> Result<Box<dyn DeviceStore>, VaultError> {
    let location = match wish {
        KeepIn::Stick(stick) => {
            if !stick.is_dir() {
                return Err(VaultError::StickMissing);
            }
            let own = stick.join(format!("pakka-{vault}"));
            let path = own.to_str().ok_or(VaultError::StickMissing)?;
            file::write(&folder.join(POINTER), path.as_bytes(), Flush::Now)?;
            STICK
        }
        KeepIn::AsBefore(Place::Stick) => STICK,
        KeepIn::BestHere | KeepIn::AsBefore(Place::Keystore) => {
            let keystore = store(KEYSTORE, folder, vault)?;
            if keystore.keep(vault, generation, secret).is_ok() {
                return Ok(keystore);
            }
            FILE
        }
        KeepIn::File | KeepIn::AsBefore(Place::File) => FILE,
    };
    let store = store(location, folder, vault)?;
    store.keep(vault, generation, secret)?;
    Ok(store)
}

/// Where the vault in these places keeps this PC's secret.
///
/// # Errors
/// [`VaultError::NoVault`], [`VaultError::Damaged`], [`VaultError::Newer`] and [`VaultError::Disk`].
pub fn kept_in(places: &Places) -> Result<Place, VaultError> {
    let (header, _) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    Place::read(header.device_location).ok_or(VaultError::Newer)
}

/// The files on a stick, which may lie in a drawer at home.
struct StickStore(FileStore);

impl StickStore {
    /// # Errors
    /// [`VaultError::StickMissing`] when the folder that holds the files' own is not there.
    fn files(&self) -> Result<&FileStore, VaultError> {
        let is_in = self.0.0.parent().is_some_and(Path::is_dir);
        if is_in { Ok(&self.0) } else { Err(VaultError::StickMissing) }
    }
}

impl DeviceStore for StickStore {
    fn location(&self) -> u8 {
        STICK
    }

    fn keep(&self, vault: &VaultId, generation: u64, secret: &Key) -> Result<(), VaultError> {
        self.files()?.keep(vault, generation, secret)
    }

    fn fetch(&self, vault: &VaultId, generation: u64) -> Result<(u64, Key), VaultError> {
        self.files()?.fetch(vault, generation)
    }

    fn keep_only(&self, kept: &[u64]) -> Result<(), VaultError> {
        self.files()?.keep_only(kept)
    }
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
    use crate::vault::keystore::machine;
    use crate::vault::sample::array;

    #[test]
    fn a_secret_is_fetched_by_the_generation_of_the_header() {
        let place = tempfile::tempdir().expect("a folder");
        let vault = VaultId::new(array(1));
        let store = store(FILE, &place.path().join("device"), &vault).expect("a file");
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
        for location in [0, 4, 255] {
            let unknown = store(location, Path::new("device"), &VaultId::new(array(1)));
            assert_eq!(unknown.map(|_| ()).expect_err("unknown"), VaultError::Newer);
        }
    }

    fn wished(wish: &KeepIn, folder: &Path) -> Result<u8, VaultError> {
        let (vault, secret) = (VaultId::new(array(1)), Key::new(&array(9)));
        let kept = keep(wish, folder, &vault, 1, &secret)?;
        let back = store(kept.location(), folder, &vault)?.fetch(&vault, 1)?;
        assert_eq!((back.0, back.1.expose()), (1, secret.expose()));
        Ok(kept.location())
    }

    #[test]
    fn the_first_place_that_works_is_taken_and_told() {
        let place = tempfile::tempdir().expect("a folder");
        let (folder, stick) = (place.path().join("device"), place.path().join("stick"));
        assert_eq!(wished(&KeepIn::BestHere, &folder), Ok(FILE), "no keystore answers");
        machine::answers(true);
        assert_eq!(wished(&KeepIn::BestHere, &folder), Ok(KEYSTORE));
        assert_eq!(wished(&KeepIn::AsBefore(Place::Keystore), &folder), Ok(KEYSTORE));
        assert_eq!(wished(&KeepIn::File, &folder), Ok(FILE));
        assert_eq!(wished(&KeepIn::Stick(stick.clone()), &folder), Err(VaultError::StickMissing), "never weaker");
        std::fs::create_dir(&stick).expect("plugged in");
        assert_eq!(wished(&KeepIn::Stick(stick.clone()), &folder), Ok(STICK));
        assert_eq!(wished(&KeepIn::AsBefore(Place::Stick), &folder), Ok(STICK));
        let vault = VaultId::new(array(1));
        std::fs::rename(&stick, place.path().join("drawer")).expect("taken home");
        let away = store(STICK, &folder, &vault).expect("the pointer").fetch(&vault, 1);
        assert_eq!(away.expect_err("taken home"), VaultError::StickMissing);
        for place in [Place::Stick, Place::Keystore, Place::File] {
            assert!(place.words().en.ends_with('.') && place.words().hi.ends_with('।'));
        }
    }
}
