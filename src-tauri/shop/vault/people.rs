//! The people of an open vault: added, given another PIN or phone, let in again, removed. An owner does it.
//!
//! Nothing here replaces a file that is in force before the header does: what somebody needs is written beside it,
//! then the header, then what nobody needs any more goes. A power cut leaves the people as they were or as they
//! are to be.

use std::fmt;

use super::approach::{Clock, Door};
use super::attempt::{Typed, attempt};
use super::bundle::Bundle;
use super::codes::{Codes, make_target, read_code};
use super::derive::{derive_device_key, derive_slot_keys};
use super::error::VaultError;
use super::file::Flush;
use super::header;
use super::key::Key;
use super::login::{lived, settle};
use super::open::Unlocked;
use super::pin::Pin;
use super::slot::{Cost, Kind, OWNER, Slot, SlotHead, SlotId};
use super::state::Now;
use super::table::Table;
use super::throttle::{Throttle, Who};
use super::totp::{TotpSecret, step_at};
use crate::stamp::Chance;

/// Who a new person will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The name on the lock screen.
    pub name: String,
    /// 1 is an owner ([`super::OWNER`]), who gets the root key; staff get their list of keys.
    pub role: u8,
    /// Whether the role may export, and so gets the key of backups.
    pub may_export: bool,
}

/// A person who is being added, or whose phone is being replaced: the phone's new secret, in memory alone.
///
/// The secret is shown once. Nothing can be written before two different codes from the phone have been typed back.
pub struct Enrolment {
    totp: TotpSecret,
    /// The steps of the codes typed back, lower first.
    steps: [Option<u64>; 2],
}

impl Enrolment {
    #[must_use]
    pub fn make(chance: &mut dyn Chance) -> Enrolment {
        Enrolment { totp: TotpSecret::make(chance), steps: [None; 2] }
    }

    /// The phone's secret as base32 in groups of four, for typing.
    #[must_use]
    pub fn secret_text(&self) -> String {
        self.totp.text()
    }

    /// The address an authenticator app reads from a QR picture.
    #[must_use]
    pub fn uri(&self, shop: &str, person: &str) -> String {
        self.totp.uri(shop, person)
    }

    /// Proves with one code that the phone shows the right ones; gives how many more are wanted. The time is that of
    /// the shop's phones, [`super::StateBook::phone_ms`]: a new one agrees with them and not with this PC's clock.
    ///
    /// # Errors
    /// [`VaultError::CodeWrong`] unless it is the code of this half minute or a neighbour, and another than before.
    pub fn check_code(&mut self, code: &str, phone_ms: i64) -> Result<u8, VaultError> {
        let code = read_code(code).ok_or(VaultError::CodeWrong)?;
        let here = step_at(phone_ms);
        let codes = Codes::new(&self.totp);
        let step = [here.saturating_sub(1), here, here + 1]
            .into_iter()
            .find(|step| codes.at(*step) == code && self.steps[1].is_none_or(|last| last < *step))
            .ok_or(VaultError::CodeWrong)?;
        self.steps = [self.steps[1], Some(step)];
        Ok(if self.proven().is_some() { 0 } else { 1 })
    }

    /// The later of the two steps: it and all before it do not log in any more.
    fn proven(&self) -> Option<u64> {
        self.steps[0].and(self.steps[1])
    }
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(..)")
    }
}

/// Adds a person. The PIN is typed by that person, twice, and never seen by the owner.
///
/// # Errors
/// [`VaultError::Unproven`] before two codes were typed back, [`VaultError::OwnerNeeded`] for staff,
/// [`VaultError::Full`] and [`VaultError::Disk`].
pub fn add(
    owner: &mut Unlocked,
    newcomer: &Newcomer,
    enrolment: &Enrolment,
    pin: &Pin,
    cost: Cost,
    chance: &mut dyn Chance,
) -> Result<SlotId, VaultError> {
    enrol(owner, newcomer, enrolment, pin, cost, None, chance)
}

/// Gives a person another phone: a new secret, target, table and slot in place of the old. The code of the old
/// phone then opens nothing. Gives the new slot.
///
/// # Errors
/// As [`add`]; [`VaultError::NoSuchPerson`] when nobody has the slot.
pub fn new_phone(
    owner: &mut Unlocked,
    slot: SlotId,
    may_export: bool,
    enrolment: &Enrolment,
    pin: &Pin,
    chance: &mut dyn Chance,
) -> Result<SlotId, VaultError> {
    let change = owner.begin_change()?;
    let before = change.header.slot(&slot).filter(|slot| slot.head.kind.is_person());
    let before = before.ok_or(VaultError::NoSuchPerson)?.head;
    let mut name = String::new();
    owner.change_roster(chance, |roster| roster.name_of(&slot).clone_into(&mut name))?;
    let same = Newcomer { name, role: before.role, may_export };
    let new = enrol(owner, &same, enrolment, pin, before.cost, Some(slot), chance)?;
    if owner.slot == slot {
        owner.slot = new;
    }
    Ok(new)
}

fn enrol(
    owner: &mut Unlocked,
    newcomer: &Newcomer,
    enrolment: &Enrolment,
    pin: &Pin,
    cost: Cost,
    replaces: Option<SlotId>,
    chance: &mut dyn Chance,
) -> Result<SlotId, VaultError> {
    let step = enrolment.proven().ok_or(VaultError::Unproven)?;
    let mut change = owner.begin_change()?;
    let head = SlotHead::make(newcomer.role, Kind::Bound, cost, chance);
    let target = make_target(chance);
    let keys = derive_slot_keys(pin, target, &change.device, &owner.vault, &head)?;
    let own = match newcomer.role {
        OWNER => Bundle {
            root: owner.keys.root().map(|key| Key::new(key.expose())),
            subkeys: owner.keys.copy_given(),
            ..Bundle::default()
        },
        _ => Bundle { subkeys: owner.keys.for_staff(newcomer.may_export)?, ..Bundle::default() },
    };
    let bundle = Bundle { totp: Some(enrolment.totp.copy()), target: Some(target), ..own };
    let admin = header::owner_key(&owner.keys)?;
    let slot = Slot::seal(head, &keys, &bundle, Some((&enrolment.totp, target, &admin)), chance);
    change.header.slots.retain(|other| Some(other.head.id) != replaces);
    // People stand before the paper.
    let place = change.header.people().count();
    change.header.slots.insert(place, slot);
    change.header.sign(&owner.keys)?;

    Table::new(&owner.places.vault, &change.device, &owner.vault, head.id, newcomer.role).write(
        &Codes::new(&enrolment.totp),
        target,
        step,
    )?;
    owner.state.state().use_step(head.id, step);
    owner.state.save(Flush::Now)?;
    owner.change_roster(chance, |roster| roster.name(head.id, newcomer.role, &newcomer.name))?;
    owner.finish_change(change)?;
    if let Some(replaced) = replaces {
        owner.change_roster(chance, |roster| roster.forget(&replaced))?;
    }
    Ok(head.id)
}

/// Removes a person: slot, table, name and wrong tries.
///
/// What the person had copied stays copied; where that matters there is [`super::Rotation`].
///
/// # Errors
/// [`VaultError::LastOwner`], [`VaultError::NoSuchPerson`] and [`VaultError::OwnerNeeded`].
pub fn remove(owner: &mut Unlocked, slot: SlotId, chance: &mut dyn Chance) -> Result<(), VaultError> {
    let mut change = owner.begin_change()?;
    let gone = change.header.slot(&slot).filter(|slot| slot.head.kind.is_person()).ok_or(VaultError::NoSuchPerson)?;
    let owners = change.header.people().filter(|person| person.head.role == OWNER).count();
    if gone.head.role == OWNER && owners == 1 {
        return Err(VaultError::LastOwner);
    }
    change.header.slots.retain(|other| other.head.id != slot);
    owner.finish_change(change)?;
    owner.change_roster(chance, |roster| roster.forget(&slot))
}

/// Gives a person another PIN: proven by the old PIN and a code, under a new salt. The keys, phone and table stay.
///
/// An owner changes his own, or signs for somebody of the staff who stands beside him: the header is authenticated
/// under the owner's key.
///
/// # Errors
/// As [`super::unlock`] for the old PIN and code; [`VaultError::OwnerNeeded`] without an owner.
pub fn change_pin(
    owner: &mut Unlocked,
    slot: SlotId,
    (old, code): (&Pin, &str),
    new: &Pin,
    now: Now,
    chance: &mut dyn Chance,
) -> Result<(), VaultError> {
    let mut change = owner.begin_change()?;
    let mut door = Door::approach(&owner.places, Clock::Believed, now)?;
    door.begin(slot, now)?;
    let proven = attempt(&mut door, slot, old, Typed::Code(code), now)?;
    let bundle = Bundle::read(&proven.bundle.bytes())?;
    let lived = lived(proven.step, now, Clock::Believed);
    settle(&mut door, slot, proven, lived)?;
    if bundle.target.is_none() {
        // A code that was only checked is bound at a login, before anything else is changed.
        return Err(VaultError::Refused);
    }
    change.wrap(slot, Kind::Bound, new, &bundle, &owner.keys, chance)?;
    owner.finish_change(change)
}

/// Lets somebody who was locked out try again, and the staff with them.
///
/// # Errors
/// [`VaultError::OwnerNeeded`], [`VaultError::NoSuchPerson`] and [`VaultError::Disk`].
pub fn let_try_again(owner: &Unlocked, slot: SlotId, now: Now) -> Result<(), VaultError> {
    let (mut throttle, slots) = throttle(owner, now)?;
    if !slots.contains(&slot) {
        return Err(VaultError::NoSuchPerson);
    }
    throttle.forgive(&slot)
}

/// Who is locked out until an owner lets them try again.
///
/// # Errors
/// [`VaultError::OwnerNeeded`] and [`VaultError::Disk`].
pub fn locked_out(owner: &Unlocked, now: Now) -> Result<Vec<SlotId>, VaultError> {
    let (throttle, mut slots) = throttle(owner, now)?;
    slots.retain(|slot| throttle.is_locked(slot));
    Ok(slots)
}

fn throttle(owner: &Unlocked, now: Now) -> Result<(Throttle, Vec<SlotId>), VaultError> {
    let change = owner.begin_change()?;
    let people: Vec<Who> = change.header.people().map(|slot| Who::of(slot.head.id, slot.head.role)).collect();
    let key = derive_device_key(&change.device, &owner.vault, "throttle", None);
    let (throttle, _) = Throttle::load(&owner.places, change.device_generation, key, &people, false, now)?;
    // An owner who is locked out waits an hour and is not shut out.
    let staff = change.header.people().filter(|slot| slot.head.role != OWNER);
    Ok((throttle, staff.map(|slot| slot.head.id).collect()))
}
