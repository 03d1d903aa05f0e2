//! Another wrapping of the same bundle: a new PIN, or a code that was only checked and now goes into the key.

use super::bundle::Bundle;
use super::codes::{Codes, make_target};
use super::derive::{NO_TARGET, derive_slot_keys};
use super::error::VaultError;
use super::header;
use super::key::KeyRing;
use super::open::{Change, Unlocked};
use super::pin::Pin;
use super::slot::{Kind, Slot, SlotHead, SlotId};
use super::table::Table;
use crate::stamp::Chance;

impl Change {
    /// Wraps a bundle for a slot that is there, under a new salt, and puts it in the old one's place.
    pub(super) fn wrap(
        &mut self,
        slot: SlotId,
        kind: Kind,
        pin: &Pin,
        bundle: &Bundle,
        owner: &KeyRing,
        chance: &mut dyn Chance,
    ) -> Result<(), VaultError> {
        let (totp, target) = bundle.totp.as_ref().zip(bundle.target).ok_or(VaultError::Damaged)?;
        let place = self.header.slots.iter().position(|other| other.head.id == slot).ok_or(VaultError::NoSuchPerson)?;
        let before = self.header.slots[place].head;
        let head = SlotHead { id: slot, kind, ..SlotHead::make(before.role, kind, before.cost, chance) };
        let keys = derive_slot_keys(pin, target, &self.device, &self.header.vault, &head)?;
        let admin = header::owner_key(owner)?;
        self.header.slots[place] = Slot::seal(head, &keys, bundle, Some((totp, target, &admin)), chance);
        Ok(())
    }
}

impl Unlocked {
    /// Binds the code on the phone into this owner's key, if it was only checked until now. The PIN is the one just
    /// typed; the next login needs PIN and code for the derivation itself. Does nothing where the code is bound.
    ///
    /// # Errors
    /// [`VaultError::Refused`] when the PIN is not this slot's, [`VaultError::OwnerNeeded`] for staff, whose slots
    /// were never of that kind.
    pub fn bind(&mut self, pin: &Pin, chance: &mut dyn Chance) -> Result<(), VaultError> {
        if self.code_is_bound {
            return Ok(());
        }
        let mut change = self.begin_change()?;
        let slot = change.header.slot(&self.slot).ok_or(VaultError::NoSuchPerson)?;
        let keys = derive_slot_keys(pin, NO_TARGET, &change.device, &self.vault, &slot.head)?;
        let (role, mut bundle) = (slot.head.role, slot.open(&keys)?);
        let totp = bundle.totp.as_ref().ok_or(VaultError::Damaged)?;
        let target = make_target(chance);
        let floor_step = self.state.state().floor_step(&self.slot);
        Table::new(&self.places.vault, &change.device, &self.vault, self.slot, role).write(
            &Codes::new(totp),
            target,
            floor_step,
        )?;
        bundle.target = Some(target);
        change.wrap(self.slot, Kind::Bound, pin, &bundle, &self.keys, chance)?;
        self.finish_change(change)?;
        self.code_is_bound = true;
        Ok(())
    }
}
