//! Everything new, for when somebody left on bad terms: root key, device secret, paper, and nobody in but the owner.
//!
//! In order: the new vault is written beside the old one, its header as `vault.hdr.next`; the caller gives the
//! shop's file its new key; then the new header is put in force. A power cut leaves a header and a file of the
//! same keys, or the old header beside a file whose key nobody knows yet: the old header's owner finds the next keys
//! in `vault.hdr.next` and both are tried.
//!
//! ```text
//! "POSN" u16 version=1 | u32 length, the next owner's keys sealed under this owner's `admin` key | the next header
//! ```

use std::fmt;
use std::path::Path;

use super::bundle::Bundle;
use super::bytes::Bytes;
use super::derive::derive_device_key;
use super::device;
use super::error::VaultError;
use super::file::{self, Flush};
use super::header::{self, Header};
use super::key::{Key, KeyRing};
use super::login::Places;
use super::open::Unlocked;
use super::paper::KeptGroup;
use super::pin::Pin;
use super::recovery::GROUPS;
use super::roster::{Roster, RosterNames};
use super::seal::{seal, unseal};
use super::setup::{Beside, Draft, keep_only};
use super::slot::Cost;
use super::state::{self, Now, StateBook};
use super::witness::Witness;
use crate::stamp::Chance;

const NAME: &str = "vault.hdr.next";
const MAGIC: &[u8; 4] = b"POSN";
const VERSION: u16 = 1;
const NAMESPACE: &str = "rotation/v1";

/// The next header, as it lies beside the one in force.
pub(super) struct Next {
    pub header: Header,
    bytes: Vec<u8>,
    sealed: Vec<u8>,
}

impl Next {
    /// The next header, if a rotation was begun and is not over; one that is torn was never finished.
    pub fn load(folder: &Path, in_force: u64) -> Result<Option<Next>, VaultError> {
        let Some(bytes) = file::read(&folder.join(NAME))? else { return Ok(None) };
        Ok(Next::read(&bytes).filter(|next| next.header.generation > in_force))
    }

    fn read(bytes: &[u8]) -> Option<Next> {
        let mut from = Bytes(bytes);
        (from.array()? == *MAGIC && from.u16()? == VERSION).then_some(())?;
        let length = usize::try_from(from.u32()?).ok()?;
        let sealed = from.take(length)?.to_vec();
        let header = Header::read(from.0).ok()?;
        Some(Next { header, bytes: from.0.to_vec(), sealed })
    }

    /// The next owner's keys, for an owner of the header in force.
    pub fn keys(&self, owner: &KeyRing) -> Result<KeyRing, VaultError> {
        let plain = unseal(&header::owner_key(owner)?, NAMESPACE, &self.sealed, self.header.vault.bytes())?;
        let bundle = Bundle::read(&plain)?;
        let keys = KeyRing::of_bundle(bundle.root, bundle.subkeys, self.header.vault)?;
        header::verify(&self.bytes, &keys)?;
        Ok(keys)
    }

    pub fn remove(folder: &Path) -> Result<(), VaultError> {
        file::remove(&folder.join(NAME))
    }
}

/// A rotation that is not written yet: its paper must be proven first.
///
/// The owner's phone stays paired. Everybody else is taken out and added again: their slots hold keys that the
/// one who left may have copied.
pub struct Rotation {
    draft: Draft,
}

impl Unlocked {
    /// Begins a rotation. `carried` are subkeys of the old root key that stay readable, such as `("audit", 1)` for
    /// checking what was written before. The latest dozen of them is kept over all rotations.
    ///
    /// # Errors
    /// [`VaultError::OwnerNeeded`] for staff.
    pub fn rotate(&mut self, carried: &[(&str, u32)], chance: &mut dyn Chance) -> Result<Rotation, VaultError> {
        let change = self.begin_change()?;
        let admin = header::owner_key(&self.keys)?;
        let own = change.header.slot(&self.slot).ok_or(VaultError::NoSuchPerson)?;
        let (totp, _) = own.open_escrow(&admin).ok_or(VaultError::Damaged)?;
        let mut keys = KeyRing::new(Key::make(chance), self.vault);
        for given in self.keys.copy_given() {
            keys.give(&given.label, given.epoch, given.key);
        }
        for (label, epoch) in carried {
            keys.give(label, *epoch, self.keys.sub(label, *epoch)?);
        }
        let step = self.state.state().floor_step(&self.slot);
        let draft = Draft::of_rotation(keys, self.vault, totp, step, &change.header, chance);
        Ok(Rotation { draft })
    }

    /// The keys of a rotation that was cut off before its header was put in force. If the shop's file opens with
    /// their `db` key, [`Unlocked::finish_rotation`]; if with this one's, [`Unlocked::abandon_rotation`].
    ///
    /// # Errors
    /// [`VaultError::OwnerNeeded`] for staff, who can do neither; [`VaultError::Disk`].
    pub fn pending_keys(&self) -> Result<Option<KeyRing>, VaultError> {
        let Some(next) = Next::load(&self.places.vault, self.generation)? else { return Ok(None) };
        if !self.keys.is_owner() {
            return Err(VaultError::OwnerNeeded);
        }
        next.keys(&self.keys).map(Some)
    }

    /// Puts the next header in force: the shop's file has its new key. What opened the old vault opens nothing now.
    ///
    /// # Errors
    /// [`VaultError::NoVault`] when no rotation was prepared; [`VaultError::Disk`].
    pub fn finish_rotation(self, now: Now) -> Result<Unlocked, VaultError> {
        let next = Next::load(&self.places.vault, self.generation)?.ok_or(VaultError::NoVault)?;
        let keys = next.keys(&self.keys)?;
        let places = self.places.clone();
        let Next { header, bytes, .. } = next;
        let owner = header.people().next().ok_or(VaultError::Damaged)?.head;
        let store = device::store(header.device_location, &places, &header.vault)?;
        let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
        let device_key = |label| derive_device_key(&device, &header.vault, label, None);
        let witness = Witness::new(&places.device, &device, &header.vault, device_generation);
        let written = state::load(&places.vault, device_generation, &device_key("state"))?;
        let mut state = StateBook::new(
            written.ok_or(VaultError::StateLost)?,
            &places.vault,
            device_generation,
            device_key("state"),
            witness,
            now,
        );
        header::save(&places.vault, &bytes)?;
        state.note_header(header.generation)?;
        state.prove(now);
        state.save(Flush::Now)?;
        Next::remove(&places.vault)?;
        keep_only(&places, &*store, &header, device_generation)?;
        Ok(Unlocked {
            slot: owner.id,
            role: owner.role,
            vault: header.vault,
            generation: header.generation,
            keys,
            state,
            failed: None,
            last_login_ms: self.last_login_ms,
            records_were_lost: false,
            header_was_old: false,
            true_time_ms: None,
            code_is_bound: true,
            roster_key: device_key("roster"),
            device_generation,
            places,
        })
    }

    /// Lets a rotation go that never gave the shop's file its new key.
    ///
    /// # Errors
    /// [`VaultError::OwnerNeeded`] for staff; [`VaultError::Disk`].
    pub fn abandon_rotation(&self) -> Result<(), VaultError> {
        let change = self.begin_change()?;
        Next::remove(&self.places.vault)?;
        keep_only(&self.places, &*change.store, &change.header, change.device_generation)
    }
}

impl Rotation {
    /// The new recovery code as it goes on the paper.
    #[must_use]
    pub fn recovery_groups(&self) -> [String; GROUPS] {
        self.draft.recovery_groups()
    }

    /// The numbers of the two groups to type back, counted from 1.
    #[must_use]
    pub fn asked_groups(&self) -> [usize; 2] {
        self.draft.asked_groups()
    }

    /// Proves that a group was written down.
    ///
    /// # Errors
    /// [`VaultError::RecoveryMistyped`].
    pub fn check_group(&mut self, number: usize, typed: &str) -> Result<(), VaultError> {
        self.draft.check_group(number, typed)
    }

    /// Keeps one group of the new paper for owners, as [`Draft::keep_group`] does; the new header is in force by then.
    ///
    /// # Errors
    /// As [`Draft::keep_group`].
    pub fn keep_group(&self, places: &Places, chance: &mut dyn Chance) -> Result<KeptGroup, VaultError> {
        self.draft.keep_group(places, chance)
    }

    /// Writes the new vault beside the old one and gives its keys: next the shop's file gets their `db` key, then
    /// [`Unlocked::finish_rotation`]. Until then the old PIN, paper and header are in force.
    ///
    /// # Errors
    /// [`VaultError::Unproven`] before the paper is checked, [`VaultError::Altered`] when the header has changed
    /// meanwhile; [`VaultError::Disk`] leaves all as it was.
    pub fn prepare(
        &self,
        owner: &Unlocked,
        pin: &Pin,
        cost: Cost,
        now: Now,
        chance: &mut dyn Chance,
    ) -> Result<KeyRing, VaultError> {
        owner.begin_change()?;
        let roster = Roster::load(&owner.places.vault, owner.device_generation, &owner.roster_key).ok();
        let names = RosterNames {
            shop: roster.as_ref().map_or_else(String::new, |roster| roster.shop.clone()),
            person: roster.as_ref().map_or_else(String::new, |roster| roster.name_of(&owner.slot).to_owned()),
        };
        // What an earlier try left must not be taken for this one's.
        Next::remove(&owner.places.vault)?;
        let Beside { bytes, .. } = self.draft.write_beside(&owner.places, pin, &names, cost, now, chance)?;
        let sealed = seal(
            &header::owner_key(&owner.keys)?,
            NAMESPACE,
            chance,
            &self.draft.bundle().bytes(),
            owner.vault.bytes(),
        );
        let length = u32::try_from(sealed.len()).expect("a few hundred bytes").to_le_bytes();
        let next = [MAGIC, &VERSION.to_le_bytes()[..], &length, &sealed, &bytes].concat();
        file::write(&owner.places.vault.join(NAME), &next, Flush::Now)?;
        Ok(self.draft.keys())
    }
}

impl fmt::Debug for Rotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rotation(..)")
    }
}

#[cfg(test)]
mod tests;
