//! The device secret: what this PC has and a copy of the data folder has not.

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::same;
use super::header;
use super::key::Key;
use super::keystore::KeystoreStore;
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

/// Files in the folder of device secrets that say where on a stick the secret of a generation is: `stick.<generation>`.
const POINTER: &str = "stick";

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
pub(super) fn store(location: u8, places: &Places, vault: &VaultId) -> Result<Box<dyn DeviceStore>, VaultError> {
    Ok(match Place::read(location).ok_or(VaultError::Newer)? {
        Place::Stick => Box::new(StickStore { pointers: places.device.clone() }),
        Place::Keystore => Box::new(KeystoreStore::new(places.keystore.clone(), *vault)),
        Place::File => Box::new(FileStore(places.device.clone())),
    })
}

/// Keeps a new secret where it is wished, or in the next place that works, and gives the place.
///
/// # Errors
/// [`VaultError::StickMissing`] when the owner's folder is not there: a stick that was wished for is not replaced
/// by something weaker. [`VaultError::Disk`] when not even a file can be written.
pub(super) fn keep(
    wish: &KeepIn,
    places: &Places,
    vault: &VaultId,
    generation: u64,
    secret: &Key,
) -> Result<Box<dyn DeviceStore>, VaultError> {
    let location = match wish {
        KeepIn::Stick(stick) => {
            if !stick.is_dir() {
                return Err(VaultError::StickMissing);
            }
            let own = own_folder(stick, vault);
            file::make_folder(&own)?;
            point_to(&own, places, generation)?;
            STICK
        }
        KeepIn::AsBefore(Place::Stick) => {
            let before = StickStore { pointers: places.device.clone() }.files(generation)?;
            point_to(&before.0, places, generation)?;
            STICK
        }
        KeepIn::BestHere | KeepIn::AsBefore(Place::Keystore) => {
            let keystore = store(KEYSTORE, places, vault)?;
            if keystore.keep(vault, generation, secret).is_ok() {
                return Ok(keystore);
            }
            FILE
        }
        KeepIn::File | KeepIn::AsBefore(Place::File) => FILE,
    };
    let store = store(location, places, vault)?;
    store.keep(vault, generation, secret)?;
    Ok(store)
}

/// The vault's own folder on a stick.
fn own_folder(stick: &Path, vault: &VaultId) -> PathBuf {
    stick.join(format!("pakka-{vault}"))
}

/// Notes where on a stick the secret of a generation is.
fn point_to(own: &Path, places: &Places, generation: u64) -> Result<(), VaultError> {
    let path = own.to_str().ok_or(VaultError::StickMissing)?;
    file::write(&places.device.join(format!("{POINTER}.{generation}")), path.as_bytes(), Flush::Now)
}

/// Where the vault in these places keeps this PC's secret.
///
/// # Errors
/// [`VaultError::NoVault`], [`VaultError::Damaged`], [`VaultError::Newer`] and [`VaultError::Disk`].
pub fn kept_in(places: &Places) -> Result<Place, VaultError> {
    let (header, _) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    Place::read(header.device_location).ok_or(VaultError::Newer)
}

/// The key stick came back under another name, as a drive letter changes: goes on with it in the folder named, which
/// may also be the vault's own on it.
///
/// # Errors
/// [`VaultError::StickMissing`] where this vault's secret is not in the folder, [`VaultError::DeviceMissing`] on a PC
/// that never had the stick.
pub fn find_stick(places: &Places, stick: &Path) -> Result<(), VaultError> {
    let (header, _) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    let generation = newest(&places.device, POINTER, header.generation)?.ok_or(VaultError::DeviceMissing)?;
    let own = own_folder(stick, &header.vault);
    let own = if own.file_name() == stick.file_name() { stick.to_owned() } else { own };
    FileStore(own.clone()).fetch(&header.vault, header.generation).map_err(|_| VaultError::StickMissing)?;
    point_to(&own, places, generation)
}

/// The highest generation of a kind of file that is not above a header's.
fn newest(folder: &Path, kind: &str, generation: u64) -> Result<Option<u64>, VaultError> {
    Ok(file::generations(folder, kind)?.into_iter().rfind(|kept| *kept <= generation))
}

/// The files on a stick, which may lie in a drawer at home.
struct StickStore {
    /// The folder of device secrets, in which the pointers are.
    pointers: PathBuf,
}

impl StickStore {
    /// # Errors
    /// [`VaultError::StickMissing`] when the vault's own folder is not there: another stick may be, or the bare folder
    /// in which sticks appear. [`VaultError::DeviceMissing`] where nothing points to a stick: this PC never had it.
    fn files(&self, generation: u64) -> Result<FileStore, VaultError> {
        let kept = newest(&self.pointers, POINTER, generation)?.ok_or(VaultError::DeviceMissing)?;
        let path = file::read(&self.pointers.join(format!("{POINTER}.{kept}")))?;
        let path = path.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(VaultError::DeviceMissing)?;
        let files = FileStore(path.into());
        if files.0.is_dir() { Ok(files) } else { Err(VaultError::StickMissing) }
    }
}

impl DeviceStore for StickStore {
    fn location(&self) -> u8 {
        STICK
    }

    fn keep(&self, vault: &VaultId, generation: u64, secret: &Key) -> Result<(), VaultError> {
        self.files(generation)?.keep(vault, generation, secret)
    }

    fn fetch(&self, vault: &VaultId, generation: u64) -> Result<(u64, Key), VaultError> {
        self.files(generation)?.fetch(vault, generation)
    }

    fn keep_only(&self, kept: &[u64]) -> Result<(), VaultError> {
        kept.iter().try_for_each(|generation| self.files(*generation)?.keep_only(kept))?;
        file::keep_only(&self.pointers, POINTER, kept)
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
        let kept = newest(&self.0, KIND, generation)?.ok_or(VaultError::DeviceMissing)?;
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
    use crate::vault::keystore::trial;
    use crate::vault::sample::{array, places};

    #[test]
    fn a_secret_is_fetched_by_the_generation_of_the_header() {
        let (_folder, places) = places();
        let vault = VaultId::new(array(1));
        let store = store(FILE, &places, &vault).expect("a file");
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
        let (_folder, places) = places();
        for location in [0, 4, 255] {
            let unknown = store(location, &places, &VaultId::new(array(1)));
            assert_eq!(unknown.map(|_| ()).expect_err("unknown"), VaultError::Newer);
        }
    }

    fn wished(wish: &KeepIn, places: &Places) -> Result<u8, VaultError> {
        let (vault, secret) = (VaultId::new(array(1)), Key::new(&array(9)));
        let kept = keep(wish, places, &vault, 1, &secret)?;
        let back = store(kept.location(), places, &vault)?.fetch(&vault, 1)?;
        assert_eq!((back.0, back.1.expose()), (1, secret.expose()));
        Ok(kept.location())
    }

    #[test]
    fn the_first_place_that_works_is_taken_and_told() {
        let (folder, places) = places();
        let stick = folder.path().join("stick");
        assert_eq!(wished(&KeepIn::BestHere, &places), Ok(FILE), "no keystore answers");
        trial::answers(true);
        assert_eq!(wished(&KeepIn::BestHere, &places), Ok(KEYSTORE));
        assert_eq!(wished(&KeepIn::AsBefore(Place::Keystore), &places), Ok(KEYSTORE));
        assert_eq!(wished(&KeepIn::File, &places), Ok(FILE));
        assert_eq!(wished(&KeepIn::Stick(stick.clone()), &places), Err(VaultError::StickMissing), "never weaker");
        std::fs::create_dir(&stick).expect("plugged in");
        assert_eq!(wished(&KeepIn::Stick(stick), &places), Ok(STICK));
        assert_eq!(wished(&KeepIn::AsBefore(Place::Stick), &places), Ok(STICK));
        for place in [Place::Stick, Place::Keystore, Place::File] {
            assert!(place.words().en.ends_with('.') && place.words().hi.ends_with('।'));
        }
    }

    #[test]
    fn a_stick_that_is_away_is_not_a_key_that_is_gone() {
        let (folder, places) = places();
        let (stick, drawer) = (folder.path().join("stick"), folder.path().join("drawer"));
        let vault = VaultId::new(array(1));
        let fetch = || store(STICK, &places, &vault).expect("a stick").fetch(&vault, 1).map(|(kept, _)| kept);
        assert_eq!(fetch(), Err(VaultError::DeviceMissing), "this PC never had a stick");
        std::fs::create_dir(&stick).expect("plugged in");
        assert_eq!(wished(&KeepIn::Stick(stick.clone()), &places), Ok(STICK));
        std::fs::rename(&stick, &drawer).expect("taken home");
        assert_eq!(fetch(), Err(VaultError::StickMissing));
        std::fs::create_dir(&stick).expect("another stick, or the bare folder in which sticks appear");
        assert_eq!(fetch(), Err(VaultError::StickMissing));
        let secret = Key::new(&array(10));
        let again = keep(&KeepIn::AsBefore(Place::Stick), &places, &vault, 2, &secret).map(|_| ());
        assert_eq!(again.expect_err("the bare folder"), VaultError::StickMissing);
        std::fs::remove_dir(&stick).expect("still empty");
        std::fs::rename(&drawer, &stick).expect("brought back");
        assert_eq!(fetch(), Ok(1));
        std::fs::remove_file(own_folder(&stick, &vault).join("device.1")).expect("lost");
        assert_eq!(fetch(), Err(VaultError::DeviceMissing), "the stick is in, the key on it is not");
    }

    #[test]
    fn each_generation_has_its_own_way_to_the_stick() {
        let (folder, places) = places();
        let vault = VaultId::new(array(1));
        let sticks = ["one", "two"].map(|name| folder.path().join(name));
        sticks.iter().for_each(|stick| std::fs::create_dir(stick).expect("plugged in"));
        for (generation, stick) in (1..).zip(&sticks) {
            let wish = KeepIn::Stick(stick.clone());
            keep(&wish, &places, &vault, generation, &Key::new(&array(9))).expect("kept");
        }
        // Cut off before its header was in force, the second leaves the first as it was.
        let store = store(STICK, &places, &vault).expect("a stick");
        assert_eq!(store.fetch(&vault, 1).map(|(kept, _)| kept), Ok(1));
        assert_eq!(store.fetch(&vault, 2).map(|(kept, _)| kept), Ok(2));
        store.keep_only(&[2]).expect("the second is in force");
        assert_eq!(file::generations(&places.device, POINTER), Ok(vec![2]));
    }
}
