//! Keys that wipe themselves and print as `Key(..)`.

use std::fmt;

use zeroize::Zeroizing;

use super::hazmat::{self, Secret};
use crate::id::VaultId;
use crate::stamp::Chance;

/// A 256-bit key. It lies in one place in memory, is wiped when let go, and cannot be copied or printed.
pub struct Key(Box<Secret>);

impl Key {
    /// The key with these bytes.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Key {
        let mut key = Key(Box::default());
        key.0.copy_from_slice(bytes);
        key
    }

    /// A fresh key from the given chance.
    #[must_use]
    pub fn make(chance: &mut dyn Chance) -> Key {
        let mut key = Key(Box::default());
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

/// The root key of one vault; it stays inside and gives a subkey for every purpose.
pub struct KeyRing {
    root: Key,
    vault: VaultId,
}

impl KeyRing {
    pub(super) fn new(root: Key, vault: VaultId) -> KeyRing {
        KeyRing { root, vault }
    }

    pub(super) fn root(&self) -> &Key {
        &self.root
    }

    /// The key for one purpose, `pos/v1/<label>/<epoch>` (HKDF-SHA256, salted with the vault's id).
    ///
    /// The next epoch is another key for the same purpose, so that one can change without the others.
    #[must_use]
    pub fn sub(&self, label: &str, epoch: u32) -> Key {
        let info = format!("pos/v1/{label}/{epoch}");
        Key::new(&hazmat::hkdf(self.root.expose(), self.vault.bytes(), &[info.as_bytes()]))
    }

    /// The key of the shop's database, in its first epoch.
    #[must_use]
    pub fn db(&self) -> Key {
        self.sub("db", 1)
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
        assert_eq!(hex(annex().sub("audit", 1).expose()), text);
    }

    #[test]
    fn annex_a_backup_1() {
        let text = "2cd30f6a4e1d93122fc1b5eea3686ed9eec626d37173226a782141747ccfbb67";
        assert_eq!(hex(annex().sub("backup", 1).expose()), text);
    }

    #[test]
    fn another_label_epoch_or_vault_is_another_key() {
        let other = KeyRing::new(Key::new(&array(0x80)), VaultId::new(array(0x21)));
        let keys = [annex().sub("db", 1), annex().sub("db", 2), annex().sub("field", 1), other.sub("db", 1)];
        for (place, key) in keys.iter().enumerate() {
            assert!(keys[..place].iter().all(|before| before.expose() != key.expose()));
        }
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?} {:?}", annex(), annex().db()), "KeyRing(..) Key(..)");
    }
}
