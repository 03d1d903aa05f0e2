//! The device secret in the system's own keystore: Secret Service, Keychain, or the Windows Credential Manager.
//!
//! One entry a vault, because a keystore cannot be asked what it has: `"POSK" u16 version=1 |
//! (u64 generation | secret[32])… | crc32c`. A keystore may be locked, or gone after an update of the system, so it is
//! never the only way in: the paper holds the secret too.

use zeroize::Zeroizing;

use super::bytes::{Bytes, split_trailer};
use super::device::{DeviceStore, KEYSTORE};
use super::error::VaultError;
use super::hazmat::same;
use super::key::Key;
use crate::id::VaultId;

const MAGIC: &[u8; 4] = b"POSK";
const VERSION: u16 = 1;
/// Room for the entry at once: a secret in force, one of a rotation, and what a cut-off change left.
const ROOM: usize = 512;

/// What keeps secrets under a name.
pub(super) trait System {
    /// # Errors
    /// [`VaultError::KeystoreSilent`] when it refuses or does not answer.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// # Errors
    /// [`VaultError::KeystoreSilent`] when it does not answer.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;
}

pub(super) struct KeystoreStore<S> {
    system: S,
    vault: VaultId,
}

impl<S: System> KeystoreStore<S> {
    pub fn new(system: S, vault: VaultId) -> KeystoreStore<S> {
        KeystoreStore { system, vault }
    }

    fn name(&self) -> String {
        format!("vault-{}", self.vault)
    }

    fn load(&self) -> Result<Vec<(u64, Key)>, VaultError> {
        let entry = self.system.get(&self.name())?;
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
        self.system.set(&self.name(), &bytes)
    }
}

impl<S: System> DeviceStore for KeystoreStore<S> {
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

/// The keystore of this machine's system.
#[cfg(not(test))]
pub(super) mod machine {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use keyring::{Entry, Error};
    use zeroize::Zeroizing;

    use super::{System, VaultError};

    /// The program's name in the keystore.
    const SERVICE: &str = "in.pakka.counter";
    /// A keystore that is there answers at once.
    const SET_WAIT: Duration = Duration::from_secs(3);
    /// One that is locked asks the person at the PC first.
    const GET_WAIT: Duration = Duration::from_secs(60);

    pub struct Machine;

    impl System for Machine {
        fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
            let (name, secret) = (name.to_owned(), Zeroizing::new(secret.to_vec()));
            within(SET_WAIT, move || Entry::new(SERVICE, &name)?.set_secret(&secret))
        }

        fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
            let name = name.to_owned();
            within(GET_WAIT, move || match Entry::new(SERVICE, &name)?.get_secret() {
                Ok(secret) => Ok(Some(Zeroizing::new(secret))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            })
        }
    }

    /// What the keystore says within a time; one that never answers keeps a thread of its own waiting.
    fn within<T: Send + 'static>(
        wait: Duration,
        ask: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (say, hear) = mpsc::channel();
        thread::spawn(move || {
            // Nobody may be listening any more.
            let _ = say.send(ask());
        });
        hear.recv_timeout(wait).ok().and_then(Result::ok).ok_or(VaultError::KeystoreSilent)
    }
}

/// A keystore in memory.
#[cfg(test)]
pub mod machine {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;

    use zeroize::Zeroizing;

    use super::{System, VaultError};

    thread_local! {
        static ENTRIES: RefCell<BTreeMap<String, Vec<u8>>> = const { RefCell::new(BTreeMap::new()) };
        static IS_SILENT: Cell<bool> = const { Cell::new(true) };
    }

    pub struct Machine;

    /// Whether the keystore of this test answers; at first there is none.
    pub fn answers(does: bool) {
        IS_SILENT.set(!does);
    }

    /// Somebody empties the keystore.
    pub fn forget_all() {
        ENTRIES.take();
    }

    impl System for Machine {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::array;

    #[test]
    fn secrets_are_kept_by_generation_in_one_entry() {
        machine::answers(true);
        let vault = VaultId::new(array(1));
        let store = KeystoreStore::new(machine::Machine, vault);
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
        machine::answers(false);
        assert_eq!(store.fetch(&vault, 12).expect_err("locked"), VaultError::KeystoreSilent);
    }

    #[test]
    fn an_entry_that_somebody_changed_is_none() {
        machine::answers(true);
        let vault = VaultId::new(array(1));
        let store = KeystoreStore::new(machine::Machine, vault);
        store.keep(&vault, 1, &Key::new(&array(10))).expect("kept");
        let whole = machine::Machine.get(&store.name()).expect("answers").expect("there");
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.to_vec();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&torn).is_none(), "bit {bit}");
        }
        for length in 0..whole.len() {
            assert!(read(&whole[..length]).is_none());
        }
    }
}
