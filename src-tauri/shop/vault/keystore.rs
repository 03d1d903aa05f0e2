//! The device secret in the system's own keystore: Secret Service, Keychain, or the Windows Credential Manager.
//!
//! One entry a vault, because a keystore cannot be asked what it has: `"POSK" u16 version=1 |
//! (u64 generation | secret[32])… | crc32c`. A keystore may be locked, or gone after an update of the system, so it is
//! never the only way in: the paper holds the secret too.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::bytes::{Bytes, split_trailer};
use super::device::{DeviceStore, KEYSTORE};
use super::error::VaultError;
use super::hazmat::same;
use super::key::Key;
use crate::id::VaultId;
use crate::stamp::Chance;

const MAGIC: &[u8; 4] = b"POSK";
const VERSION: u16 = 1;
/// Room for the entry at once: a secret in force, one of a rotation, and what a cut-off change left.
const ROOM: usize = 512;

/// The name under which a keystore is tried out.
const TRIAL: &str = "trial";

/// What keeps secrets under a name: the keystore of this machine's system, or of a test.
pub trait Keystore: fmt::Debug + Send + Sync {
    /// # Errors
    /// [`VaultError::KeystoreSilent`] when it refuses or does not answer.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// # Errors
    /// [`VaultError::KeystoreSilent`] when it does not answer.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
    /// Lets a secret go; one that is not there is none.
    ///
    /// # Errors
    /// [`VaultError::KeystoreSilent`] when it refuses or does not answer.
    fn forget(&self, name: &str) -> Result<(), VaultError>;
}

/// No keystore: it never answers.
#[derive(Debug)]
pub struct NoKeystore;

impl Keystore for NoKeystore {
    fn set(&self, _: &str, _: &[u8]) -> Result<(), VaultError> {
        Err(VaultError::KeystoreSilent)
    }

    fn get(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Err(VaultError::KeystoreSilent)
    }

    fn forget(&self, _: &str) -> Result<(), VaultError> {
        Err(VaultError::KeystoreSilent)
    }
}

/// Whether a keystore gives back what it is given: tried with a secret that nobody needs, which then goes again.
pub fn works(keystore: &dyn Keystore, chance: &mut dyn Chance) -> bool {
    let mut secret = Zeroizing::new([0; 32]);
    chance.fill(&mut *secret);
    let kept = keystore.set(TRIAL, &*secret).and_then(|()| keystore.get(TRIAL));
    let is_back = kept.is_ok_and(|back| back.is_some_and(|back| *back == *secret));
    // What stays behind opens nothing.
    let _ = keystore.forget(TRIAL);
    is_back
}

pub(super) struct KeystoreStore {
    keystore: Arc<dyn Keystore>,
    vault: VaultId,
}

impl KeystoreStore {
    pub fn new(keystore: Arc<dyn Keystore>, vault: VaultId) -> KeystoreStore {
        KeystoreStore { keystore, vault }
    }

    fn name(&self) -> String {
        format!("vault-{}", self.vault)
    }

    fn load(&self) -> Result<Vec<(u64, Key)>, VaultError> {
        let entry = self.keystore.get(&self.name())?;
        Ok(entry.and_then(|bytes| read(&bytes)).unwrap_or_default())
    }

    fn save(&self, secrets: &[(u64, Key)]) -> Result<(), VaultError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        for (generation, secret) in secrets {
            bytes.extend_from_slice(&generation.to_le_bytes());
            bytes.extend_from_slice(secret.expose());
        }
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_le_bytes());
        self.keystore.set(&self.name(), &bytes)
    }
}

impl DeviceStore for KeystoreStore {
    fn location(&self) -> u8 {
        KEYSTORE
    }

    fn keep(&self, vault: &VaultId, generation: u64, secret: &Key) -> Result<(), VaultError> {
        let mut secrets = self.load()?;
        secrets.retain(|(kept, _)| *kept != generation);
        secrets.push((generation, Key::new(secret.expose())));
        self.save(&secrets)?;
        match self.fetch(vault, generation)? {
            (kept, back) if kept == generation && same(back.expose(), secret.expose()) => Ok(()),
            _ => Err(VaultError::DeviceMissing),
        }
    }

    fn fetch(&self, vault: &VaultId, generation: u64) -> Result<(u64, Key), VaultError> {
        if *vault != self.vault {
            return Err(VaultError::DeviceMissing);
        }
        let secrets = self.load()?.into_iter().filter(|(kept, _)| *kept <= generation);
        secrets.max_by_key(|(kept, _)| *kept).ok_or(VaultError::DeviceMissing)
    }

    fn keep_only(&self, kept: &[u64]) -> Result<(), VaultError> {
        let mut secrets = self.load()?;
        let before = secrets.len();
        secrets.retain(|(generation, _)| kept.contains(generation));
        if secrets.len() == before { Ok(()) } else { self.save(&secrets) }
    }
}

fn read(bytes: &[u8]) -> Option<Vec<(u64, Key)>> {
    let (body, crc) = split_trailer::<4>(bytes)?;
    (crc32c::crc32c(body) == u32::from_le_bytes(*crc)).then_some(())?;
    let mut from = Bytes(body);
    (from.array()? == *MAGIC && from.u16()? == VERSION).then_some(())?;
    let mut secrets = Vec::new();
    while from.end().is_none() {
        secrets.push((from.u64()?, from.take(32).and_then(Key::read)?));
    }
    Some(secrets)
}

/// A keystore in memory.
#[cfg(test)]
pub mod trial {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use zeroize::Zeroizing;

    use super::{Keystore, VaultError};

    thread_local! {
        static ENTRIES: RefCell<BTreeMap<String, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
        static IS_SILENT: Cell<bool> = const { Cell::new(true) };
    }

    #[derive(Debug)]
    pub struct Memory;

    /// Whether the keystore of this test answers; at first there is none.
    pub fn answers(does: bool) {
        IS_SILENT.set(!does);
    }

    /// Somebody empties the keystore.
    pub fn forget_all() {
        ENTRIES.take();
    }

    impl Keystore for Memory {
        fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
            if IS_SILENT.get() {
                return Err(VaultError::KeystoreSilent);
            }
            ENTRIES.with_borrow_mut(|entries| entries.insert(name.to_owned(), secret.to_vec()));
            Ok(())
        }

        fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
            if IS_SILENT.get() {
                return Err(VaultError::KeystoreSilent);
            }
            Ok(ENTRIES.with_borrow(|entries| entries.get(name).cloned()).map(Zeroizing::new))
        }

        fn forget(&self, name: &str) -> Result<(), VaultError> {
            ENTRIES.with_borrow_mut(|entries| entries.remove(name));
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{Counting, array};

    #[test]
    fn secrets_are_kept_by_generation_in_one_entry() {
        trial::answers(true);
        let vault = VaultId::new(array(1));
        let store = KeystoreStore::new(Arc::new(trial::Memory), vault);
        assert_eq!(store.fetch(&vault, 9).expect_err("nothing yet"), VaultError::DeviceMissing);
        store.keep(&vault, 1, &Key::new(&array(10))).expect("kept");
        store.keep(&vault, 12, &Key::new(&array(20))).expect("kept");
        store.keep(&vault, 12, &Key::new(&array(30))).expect("kept again");
        for (generation, kept, first) in [(1, 1, 10), (11, 1, 10), (12, 12, 30)] {
            let (found, secret) = store.fetch(&vault, generation).expect("kept before");
            assert_eq!((found, secret.expose()), (kept, &array(first)));
        }
        store.keep_only(&[12]).expect("removed");
        assert_eq!(store.fetch(&vault, 11).expect_err("forgotten"), VaultError::DeviceMissing);
        assert_eq!(store.fetch(&VaultId::new(array(2)), 12).expect_err("another's"), VaultError::DeviceMissing);
        trial::answers(false);
        assert_eq!(store.fetch(&vault, 12).expect_err("locked"), VaultError::KeystoreSilent);
    }

    #[test]
    fn an_entry_that_somebody_changed_is_none() {
        trial::answers(true);
        let vault = VaultId::new(array(1));
        let store = KeystoreStore::new(Arc::new(trial::Memory), vault);
        store.keep(&vault, 1, &Key::new(&array(10))).expect("kept");
        let whole = trial::Memory.get(&store.name()).expect("answers").expect("there");
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.to_vec();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&torn).is_none(), "bit {bit}");
        }
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none());
        }
    }
    #[test]
    fn a_keystore_is_tried_and_keeps_nothing_of_it() {
        trial::answers(false);
        assert!(!works(&trial::Memory, &mut Counting(1)) && !works(&NoKeystore, &mut Counting(1)));
        trial::answers(true);
        assert!(works(&trial::Memory, &mut Counting(1)));
        assert_eq!(trial::Memory.get(TRIAL).map(|left| left.is_some()), Ok(false));
        /// Takes everything and gives back something else.
        #[derive(Debug)]
        struct Sieve;
        impl Keystore for Sieve {
            fn set(&self, _: &str, _: &[u8]) -> Result<(), VaultError> {
                Ok(())
            }
            fn get(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
                Ok(Some(Zeroizing::new(vec![0; 32])))
            }
            fn forget(&self, _: &str) -> Result<(), VaultError> {
                Ok(())
            }
        }
        assert!(!works(&Sieve, &mut Counting(1)));
    }
}
