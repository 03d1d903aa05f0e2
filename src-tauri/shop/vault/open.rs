//! An open vault, and how an owner changes its header: one generation at a time, signed, power-safe.

use super::device::{self, DeviceStore};
use super::error::VaultError;
use super::header::{self, Header};
use super::key::{Key, KeyRing};
use super::login::Places;
use super::roster::{Roster, RosterNames};
use super::setup::keep_only;
use super::slot::{Cost, SlotId};
use super::state::StateBook;
use super::throttle::Failed;
use crate::id::VaultId;
use crate::stamp::Chance;

/// An open vault. Letting it go wipes the keys.
#[derive(Debug)]
pub struct Unlocked {
    /// Who opened it, and that person's role.
    pub slot: SlotId,
    pub role: u8,
    pub vault: VaultId,
    /// The header's generation; a shop file that has seen a higher one is not this header's.
    pub generation: u64,
    pub keys: KeyRing,
    pub state: StateBook,
    /// Wrong tries at this slot since its last login, to be told and put in the journal.
    pub failed: Option<Failed>,
    pub last_login_ms: Option<i64>,
    /// State or throttle had been removed or changed since the last login: to be told and put in the journal.
    pub records_were_lost: bool,
    /// An older header was put back. The staff's ways in are gone from it and have to be given again.
    pub header_was_old: bool,
    /// The time by the phone, after a login with two codes that showed this PC's clock to be wrong by more than ten
    /// minutes: what it should be set to.
    pub true_time_ms: Option<i64>,
    /// Whether the code on the phone goes into the key; if not, [`Unlocked::bind`] makes it so.
    pub code_is_bound: bool,
    pub(super) roster_key: Key,
    pub(super) device_generation: u64,
    pub(super) places: Places,
}

/// A change of the header under way: the header, and this PC's secret.
pub(super) struct Change {
    pub header: Header,
    pub device: Key,
    pub device_generation: u64,
    pub store: Box<dyn DeviceStore>,
}

impl Unlocked {
    /// Changes the names on the lock screen: the shop's, and that of whoever is logged in.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the folder refuses.
    pub fn rename(&self, names: &RosterNames, chance: &mut dyn Chance) -> Result<(), VaultError> {
        let renamed = Roster::of_one(names, self.slot, self.role);
        self.change_roster(chance, |roster| {
            roster.shop = renamed.shop;
            roster.name(self.slot, self.role, &names.person);
        })
    }

    /// What one derivation costs in this person's slot: measured at set-up, and right for whoever is added.
    ///
    /// # Errors
    /// [`VaultError::NoVault`] and [`VaultError::NoSuchPerson`] when the header is not the one that was opened.
    pub fn cost(&self) -> Result<Cost, VaultError> {
        let (header, _) = header::load(&self.places.vault)?.ok_or(VaultError::NoVault)?;
        header.slot(&self.slot).map(|slot| slot.head.cost).ok_or(VaultError::NoSuchPerson)
    }

    /// Changes the file of names; one that was lost is begun anew.
    pub(super) fn change_roster(
        &self,
        chance: &mut dyn Chance,
        change: impl FnOnce(&mut Roster),
    ) -> Result<(), VaultError> {
        let mut roster = match Roster::load(&self.places.vault, self.device_generation, &self.roster_key) {
            Err(VaultError::Altered) => Roster { shop: String::new(), people: Vec::new() },
            roster => roster?,
        };
        change(&mut roster);
        roster.save(&self.places.vault, self.device_generation, &self.roster_key, chance)
    }

    /// Begins a change of the header by an owner.
    ///
    /// # Errors
    /// [`VaultError::OwnerNeeded`] for staff; [`VaultError::Altered`] when the header is not the one that was opened.
    pub(super) fn begin_change(&self) -> Result<Change, VaultError> {
        if !self.keys.is_owner() {
            return Err(VaultError::OwnerNeeded);
        }
        let (header, bytes) = header::load(&self.places.vault)?.ok_or(VaultError::NoVault)?;
        header::verify(&bytes, &self.keys)?;
        if header.generation != self.generation {
            return Err(VaultError::Altered);
        }
        let store = device::store(header.device_location, &self.places, &header.vault)?;
        let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
        Ok(Change { header, device, device_generation, store })
    }

    /// Puts the changed header in force, one generation later. What it needs lies on the disk already; what it no
    /// longer needs goes afterwards.
    pub(super) fn finish_change(&mut self, change: Change) -> Result<(), VaultError> {
        let Change { mut header, device_generation, store, .. } = change;
        header.generation += 1;
        let bytes = header.sign(&self.keys)?;
        header::save(&self.places.vault, &bytes)?;
        self.generation = header.generation;
        self.state.note_header(header.generation)?;
        keep_only(&self.places, &*store, &header, device_generation)
    }
}
