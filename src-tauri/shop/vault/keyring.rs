//! The keystore of this machine's system, asked with patience: Secret Service, Keychain, Windows Credential Manager.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::error::VaultError;
use super::keystore::Keystore;

/// The program's name in the keystore.
const SERVICE: &str = "in.pakka.counter";
/// A keystore that is there answers at once.
const SET_WAIT: Duration = Duration::from_secs(3);
/// One that is locked asks the person at the PC first.
const GET_WAIT: Duration = Duration::from_secs(60);

/// The keystore of the system that the program runs on.
#[derive(Debug)]
pub struct MachineKeystore;

impl Keystore for MachineKeystore {
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

    fn forget(&self, name: &str) -> Result<(), VaultError> {
        let name = name.to_owned();
        within(SET_WAIT, move || match Entry::new(SERVICE, &name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::id::VaultId;
    use crate::vault::device::DeviceStore as _;
    use crate::vault::key::Key;
    use crate::vault::keystore::{KeystoreStore, works};
    use crate::vault::sample::{Counting, array};

    #[test]
    #[ignore = "writes to the keystore of whoever runs it: in a session of its own, `dbus-run-session`"]
    fn the_systems_own_keystore_gives_back_what_it_is_given() {
        assert!(works(&MachineKeystore, &mut Counting(1)));
        let vault = VaultId::new(array(200));
        let store = KeystoreStore::new(Arc::new(MachineKeystore), vault);
        for (generation, first) in [(1, 10), (12, 20)] {
            store.keep(&vault, generation, &Key::new(&array(first))).expect("kept");
        }
        let (kept, secret) = store.fetch(&vault, 13).expect("kept before");
        assert_eq!((kept, secret.expose()), (12, &array(20)));
        store.keep_only(&[]).expect("let go");
        MachineKeystore.forget(&format!("vault-{vault}")).expect("nothing stays");
        assert!(store.fetch(&vault, 13).is_err());
    }
}
