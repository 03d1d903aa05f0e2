//! The names on the lock screen, sealed under the device secret: the header has none, and none lies in clear.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::VaultError;
use super::file::{self, Flush};
use super::key::Key;
use super::seal::{seal, unseal};
use super::slot::SlotId;
use crate::stamp::Chance;

const NAMESPACE: &str = "roster/v1";
/// The longest name the lock screen keeps, in characters; what is longer is cut.
const NAME_MAX: usize = 100;

/// The names an owner gives at set-up: of the shop and of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterNames {
    pub shop: String,
    pub person: String,
}

/// What the lock screen shows: the shop and who may log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    pub shop: String,
    pub people: Vec<RosterPerson>,
}

/// One tile of the lock screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPerson {
    pub slot: SlotId,
    pub name: String,
    /// 1 is an owner ([`super::OWNER`]).
    pub role: u8,
}

impl Roster {
    pub(super) fn of_one(names: &RosterNames, slot: SlotId, role: u8) -> Roster {
        let person = RosterPerson { slot, name: cut(&names.person), role };
        Roster { shop: cut(&names.shop), people: vec![person] }
    }

    /// What a person is called; nothing when nobody knows.
    pub(super) fn name_of(&self, slot: &SlotId) -> &str {
        self.people.iter().find(|person| person.slot == *slot).map_or("", |person| &person.name)
    }

    /// Names a person, who is added where he is not yet there.
    pub(super) fn name(&mut self, slot: SlotId, role: u8, name: &str) {
        self.people.retain(|person| person.slot != slot);
        self.people.push(RosterPerson { slot, name: cut(name), role });
    }

    pub(super) fn forget(&mut self, slot: &SlotId) {
        self.people.retain(|person| person.slot != *slot);
    }

    /// Writes the file of the device secret with this generation, `roster.<generation>`.
    pub(super) fn save(
        &self,
        folder: &Path,
        device_generation: u64,
        key: &Key,
        chance: &mut dyn Chance,
    ) -> Result<(), VaultError> {
        let mut plain = Vec::new();
        ciborium::into_writer(self, &mut plain).expect("names can be encoded");
        let sealed = seal(key, NAMESPACE, chance, &plain, b"");
        file::write(&path(folder, device_generation), &sealed, Flush::Now)
    }

    /// # Errors
    /// [`VaultError::Altered`] when the file is missing or does not open under the key.
    pub(super) fn load(folder: &Path, device_generation: u64, key: &Key) -> Result<Roster, VaultError> {
        let sealed = file::read(&path(folder, device_generation))?.ok_or(VaultError::Altered)?;
        let plain = unseal(key, NAMESPACE, &sealed, b"")?;
        ciborium::from_reader(plain.as_slice()).map_err(|_| VaultError::Altered)
    }
}

fn path(folder: &Path, device_generation: u64) -> PathBuf {
    folder.join(format!("roster.{device_generation}"))
}

fn cut(name: &str) -> String {
    name.trim().chars().take(NAME_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::{Counting, array};

    #[test]
    fn names_come_back_and_lie_nowhere_in_clear() {
        let place = tempfile::tempdir().expect("a folder");
        let names = RosterNames { shop: "  Sharma Stores ".to_owned(), person: "आशा".repeat(50) };
        let (roster, key) = (Roster::of_one(&names, SlotId::new(array(1)), 1), Key::new(&array(9)));
        assert_eq!((roster.shop.as_str(), roster.people[0].name.chars().count()), ("Sharma Stores", NAME_MAX));
        roster.save(place.path(), 1, &key, &mut Counting(1)).expect("written");
        assert_eq!(Roster::load(place.path(), 1, &key).expect("read"), roster);
        let lying = file::read(&path(place.path(), 1)).expect("read").expect("there");
        assert!(!lying.windows(6).any(|part| part == b"Sharma" || part == "आश".as_bytes()));
        for (generation, key) in [(2, array(9)), (1, array(8))] {
            let refused = Roster::load(place.path(), generation, &Key::new(&key));
            assert_eq!(refused.expect_err("not this one"), VaultError::Altered);
        }
    }
}
