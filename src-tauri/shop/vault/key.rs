//! Keys that wipe themselves and print as `Key(..)`.

use std::fmt;

use pakka_guard::Locked;
use zeroize::Zeroizing;

use super::error::VaultError;
use super::hazmat;
use crate::id::VaultId;
use crate::stamp::Chance;

/// A 256-bit key. It lies in one place in memory that is not swapped, is wiped when let go, and cannot be copied or
/// printed.
pub struct Key(Locked);

impl Key {
    /// The key with these bytes.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Key {
        let mut key = Key(Locked::zeroed());
        key.0.copy_from_slice(bytes);
        key
    }

    /// A fresh key from the given chance.
    #[must_use]
    pub fn make(chance: &mut dyn Chance) -> Key {
        let mut key = Key(Locked::zeroed());
        chance.fill(&mut key.0[..]);
        key
    }

    /// The key in these bytes; `None` unless there are thirty-two of them.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Key> {
        bytes.try_into().ok().map(Key::new)
    }

    /// The bytes themselves, for a cipher or for being sealed under another key.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Sixty-four hexadecimal digits, the form SQLCipher takes a raw key in; wiped when let go.
    #[must_use]
    pub fn expose_hex(&self) -> Zeroizing<String> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // The whole room at once: a string that grows leaves its shorter selves behind in memory.
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in self.expose() {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        text
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// A subkey that a bundle holds by itself.
#[derive(Debug)]
pub(super) struct Given {
    pub label: String,
    pub epoch: u32,
    pub key: Key,
}

/// The keys of one open vault. An owner's come out of the root key; a person of the staff has a fixed list.
pub struct KeyRing {
    root: Option<Key>,
    vault: VaultId,
    given: Vec<Given>,
}

/// The subkeys of the database, of the columns all staff may read, and of the header's list of people.
const OF_STAFF: [&str; 3] = ["db", "field-staff", "hdr"];
/// The subkey of backups, for a role that may export.
const OF_EXPORT: &str = "backup";

/// The most subkeys of earlier root keys: a bundle has room for so many.
const GIVEN_MAX: usize = 12;

impl KeyRing {
    pub(super) fn new(root: Key, vault: VaultId) -> KeyRing {
        KeyRing { root: Some(root), vault, given: Vec::new() }
    }

    /// The ring of an opened bundle: of the root key if it has one, else of the list.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when neither a root key nor the key of the database is there.
    pub(super) fn of_bundle(root: Option<Key>, given: Vec<Given>, vault: VaultId) -> Result<KeyRing, VaultError> {
        let ring = KeyRing { root, vault, given };
        OF_STAFF.iter().try_for_each(|label| ring.sub(label, 1).map(|_| ())).map_err(|_| VaultError::Damaged)?;
        Ok(ring)
    }

    pub(super) fn root(&self) -> Option<&Key> {
        self.root.as_ref()
    }

    /// The same ring once more, for a second holder inside the vault.
    pub(super) fn copy(&self) -> KeyRing {
        let root = self.root.as_ref().map(|key| Key::new(key.expose()));
        KeyRing { root, vault: self.vault, given: self.copy_given() }
    }

    /// The subkeys that do not come out of the root key, for another bundle of the same holder.
    pub(super) fn copy_given(&self) -> Vec<Given> {
        let copy =
            |given: &Given| Given { label: given.label.clone(), epoch: given.epoch, key: Key::new(given.key.expose()) };
        self.given.iter().map(copy).collect()
    }

    /// Adds a subkey of an earlier root key. When there are too many for a bundle the oldest goes.
    pub(super) fn give(&mut self, label: &str, epoch: u32, key: Key) {
        self.given.retain(|given| (given.label.as_str(), given.epoch) != (label, epoch));
        self.given.push(Given { label: label.to_owned(), epoch, key });
        if self.given.len() > GIVEN_MAX {
            self.given.remove(0);
        }
    }

    /// The fixed list for a person of the staff.
    ///
    /// # Errors
    /// [`VaultError::KeyNotHeld`] where the ring is not an owner's.
    pub(super) fn for_staff(&self, may_export: bool) -> Result<Vec<Given>, VaultError> {
        let labels = OF_STAFF.into_iter().chain(may_export.then_some(OF_EXPORT));
        labels.map(|label| Ok(Given { label: label.to_owned(), epoch: 1, key: self.sub(label, 1)? })).collect()
    }

    /// The key for one purpose, `pos/v1/<label>/<epoch>` (HKDF-SHA256, salted with the vault's id).
    ///
    /// The next epoch is another key for the same purpose, so that one can change without the others.
    ///
    /// # Errors
    /// [`VaultError::KeyNotHeld`] when the ring has neither the root key nor this one.
    pub fn sub(&self, label: &str, epoch: u32) -> Result<Key, VaultError> {
        if let Some(given) = self.given.iter().find(|given| given.label == label && given.epoch == epoch) {
            return Ok(Key::new(given.key.expose()));
        }
        let root = self.root.as_ref().ok_or(VaultError::KeyNotHeld)?;
        let info = format!("pos/v1/{label}/{epoch}");
        Ok(Key::new(&hazmat::hkdf(root.expose(), self.vault.bytes(), &[info.as_bytes()])))
    }

    /// Whether a subkey is one of an earlier root key, carried along when all keys were made anew: what it was for
    /// goes on in the next epoch.
    #[must_use]
    pub fn is_carried(&self, label: &str, epoch: u32) -> bool {
        self.is_owner() && self.given.iter().any(|given| given.label == label && given.epoch == epoch)
    }

    /// The key of the shop's database, in its first epoch; every ring has it.
    #[must_use]
    pub fn db(&self) -> Key {
        self.sub("db", 1).expect("a ring without the database's key is not made")
    }

    /// Whether this is the ring of an owner: it gives every key and can sign for the header.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.root.is_some()
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{array, hex};

    fn annex() -> KeyRing {
        KeyRing::new(Key::new(&array(0x80)), VaultId::new(array(0x20)))
    }

    #[test]
    fn annex_a_db_1() {
        let text = "223fbd3799dea0c0203b2cf0e4b5898cc05ee972ace8c9ff413375eb70b5d031";
        assert_eq!(hex(annex().db().expose()), text);
        assert_eq!(annex().db().expose_hex().as_str(), text);
    }

    #[test]
    fn annex_a_audit_1() {
        let text = "ced68c57458010098c6af2151da50deb9614607a3e3e3f76def91839963d3b93";
        assert_eq!(hex(annex().sub("audit", 1).expect("an owner").expose()), text);
    }

    #[test]
    fn annex_a_backup_1() {
        let text = "2cd30f6a4e1d93122fc1b5eea3686ed9eec626d37173226a782141747ccfbb67";
        assert_eq!(hex(annex().sub("backup", 1).expect("an owner").expose()), text);
    }

    #[test]
    fn another_label_epoch_or_vault_is_another_key() {
        let other = KeyRing::new(Key::new(&array(0x80)), VaultId::new(array(0x21)));
        let sub = |ring: &KeyRing, label: &str, epoch| ring.sub(label, epoch).expect("an owner's ring gives every key");
        let mine = annex();
        let keys = [sub(&mine, "db", 1), sub(&mine, "db", 2), sub(&mine, "field", 1), sub(&other, "db", 1)];
        for (place, key) in keys.iter().enumerate() {
            assert!(keys[..place].iter().all(|before| before.expose() != key.expose()));
        }
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?} {:?}", annex(), annex().db()), "KeyRing(..) Key(..)");
    }

    #[test]
    fn staff_have_their_list_and_nothing_else() {
        let owner = annex();
        for (may_export, has_backup) in [(false, false), (true, true)] {
            let list = owner.for_staff(may_export).expect("an owner");
            let staff = KeyRing::of_bundle(None, list, VaultId::new(array(0x20))).expect("the list");
            assert_eq!(staff.db().expose(), owner.db().expose());
            for label in ["field-staff", "hdr"] {
                let both = [&staff, &owner].map(|ring| *ring.sub(label, 1).expect("on the list").expose());
                assert_eq!(both[0], both[1], "{label}");
            }
            assert_eq!(staff.sub("backup", 1).is_ok(), has_backup);
            for (label, epoch) in [("admin", 1), ("audit", 1), ("field", 1), ("sync", 1), ("db", 2), ("", 0)] {
                assert_eq!(staff.sub(label, epoch).expect_err("not on the list"), VaultError::KeyNotHeld);
            }
            assert_eq!((staff.is_owner(), owner.is_owner()), (false, true));
            assert!(!staff.is_carried("db", 1), "the list of the staff is of this root");
            assert_eq!(staff.for_staff(false).map(|_| ()), Ok(()), "what it has it could hand on");
        }
        let bare = KeyRing::of_bundle(None, Vec::new(), VaultId::new(array(0x20)));
        assert_eq!(bare.expect_err("opens nothing"), VaultError::Damaged);
    }

    #[test]
    fn a_subkey_of_an_earlier_root_is_kept_beside_the_new_ones() {
        let mut ring = KeyRing::new(Key::new(&array(0x11)), VaultId::new(array(0x20)));
        let fresh = *ring.sub("audit", 1).expect("an owner").expose();
        ring.give("audit", 1, annex().sub("audit", 1).expect("an owner"));
        let old = ring.sub("audit", 1).expect("given");
        assert_eq!(old.expose(), annex().sub("audit", 1).expect("an owner").expose());
        assert_ne!(old.expose(), &fresh);
        assert!(ring.is_carried("audit", 1) && !ring.is_carried("audit", 2) && !annex().is_carried("audit", 1));
        assert_eq!(ring.copy().sub("audit", 1).expect("copied").expose(), old.expose());
        for epoch in 2..=1 + GIVEN_MAX as u32 {
            ring.give("a-label-of-length", epoch, Key::new(&array(3)));
        }
        assert_eq!(ring.sub("audit", 1).expect("derived again").expose(), &fresh, "the oldest went");
        let bundle = super::super::bundle::Bundle { subkeys: ring.copy_given(), ..Default::default() };
        assert!(bundle.bytes().len() < 900, "root key, phone and tag fit beside them");
    }
}
