//! Finding a vault, opening it, and proving who somebody is.

use std::path::PathBuf;
use std::sync::Arc;

use super::approach::{Clock, Door};
use super::attempt::{Proven, Typed, attempt};
use super::codes::Codes;
use super::derive::derive_device_key;
use super::device;
use super::error::VaultError;
use super::file::Flush;
use super::header;
use super::key::KeyRing;
use super::keystore::Keystore;
use super::open::Unlocked;
use super::pin::Pin;
use super::roster::{Roster, RosterPerson};
use super::setup::keep_only;
use super::slot::{Kind, OWNER, SlotId};
use super::state::Now;
use super::totp::{moment_of, step_at};

/// The most steps a clock may be wrong at a login with two codes to be lived with: ten minutes.
const DRIFT_MAX: i64 = 20;

/// Where a vault's files lie.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of header, state, throttle and names.
    pub vault: PathBuf,
    /// A folder of its own for the device secret; never in a backup, never copied with the other.
    pub device: PathBuf,
    /// What the system keeps secrets in.
    pub keystore: Arc<dyn Keystore>,
}

/// What lies in the places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No header: set-up has not come to its end here.
    New,
    /// A vault, with the names that may be shown before it is open.
    Locked(Roster),
}

/// Somebody who proved who he is; nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    pub slot: SlotId,
    pub role: u8,
}

/// Looks whether there is a vault, and for whom.
///
/// The header says who the people are; the file of names only what they are called. One who is missing there has
/// an empty name.
///
/// # Errors
/// [`VaultError::Newer`], [`VaultError::Damaged`], [`VaultError::DeviceMissing`] (the recovery code still opens it)
/// and [`VaultError::Disk`].
pub fn find(places: &Places) -> Result<Found, VaultError> {
    let Some((header, _)) = header::load(&places.vault)? else { return Ok(Found::New) };
    let store = device::store(header.device_location, places, &header.vault)?;
    let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
    let key = derive_device_key(&device, &header.vault, "roster", None);
    let named = match Roster::load(&places.vault, device_generation, &key) {
        Err(VaultError::Altered) => Roster { shop: String::new(), people: Vec::new() },
        roster => roster?,
    };
    let people = header.people().map(|slot| RosterPerson {
        slot: slot.head.id,
        name: named.name_of(&slot.head.id).to_owned(),
        role: slot.head.role,
    });
    Ok(Found::Locked(Roster { people: people.collect(), shop: named.shop }))
}

/// Opens the vault with a person's PIN and the code on the phone.
///
/// The try is written down before anything is derived, so stopping the program gives no free one. A code works
/// once: it and all earlier ones are refused afterwards.
///
/// # Errors
/// [`VaultError::Refused`] for a wrong PIN, a wrong or used code, and an unknown slot alike;
/// [`VaultError::Wait`], [`VaultError::SlotLocked`] and [`VaultError::OwnerOnly`] after too many wrong tries;
/// [`VaultError::ClockBehind`], [`VaultError::StateLost`] and [`VaultError::HeaderOld`] before the try counts;
/// [`VaultError::Altered`] when PIN and code are right but the header is not what the owner wrote.
pub fn unlock(places: &Places, slot: SlotId, pin: &Pin, code: &str, now: Now) -> Result<Unlocked, VaultError> {
    open(places, slot, pin, Typed::Code(code), now)
}

/// Opens the vault when this PC's clock cannot be believed: PIN and two codes after each other.
///
/// The codes also tell the time; where the clock is far from it, it comes back in [`Unlocked::true_time_ms`]. A time the
/// shop has lived through is refused as a used code is.
///
/// # Errors
/// As [`unlock`], but never [`VaultError::ClockBehind`].
pub fn unlock_clock_lost(
    places: &Places,
    slot: SlotId,
    pin: &Pin,
    codes: [&str; 2],
    now: Now,
) -> Result<Unlocked, VaultError> {
    open(places, slot, pin, Typed::Codes(codes), now)
}

/// Proves who somebody is, for an approval: the same tries and waits, the same three calls, and the code is used
/// up. Nothing is opened; what the slot holds is wiped at once.
///
/// # Errors
/// As [`unlock`].
pub fn verify_person(places: &Places, slot: SlotId, pin: &Pin, code: &str, now: Now) -> Result<Verified, VaultError> {
    let mut door = Door::approach(places, Clock::Believed, now)?;
    door.begin(slot, now)?;
    let proven = attempt(&mut door, slot, pin, Typed::Code(code), now)?;
    let role = door.way_in(&slot).expect("it was opened").head.role;
    let lived = lived(proven.step, now, Clock::Believed);
    settle(&mut door, slot, proven, lived)?;
    Ok(Verified { slot, role })
}

fn open(places: &Places, slot: SlotId, pin: &Pin, typed: Typed<'_>, now: Now) -> Result<Unlocked, VaultError> {
    let clock = if matches!(typed, Typed::Code(_)) { Clock::Believed } else { Clock::Lost };
    let mut door = Door::approach(places, clock, now)?;
    let failed = door.begin(slot, now)?;
    let proven = attempt(&mut door, slot, pin, typed, now)?;
    let kind = proven.kind;
    let last_login_ms = door.state.state().last_login_ms(&slot);
    let records_were_lost = std::mem::take(&mut door.state.state().was_lost);
    let lived = lived(proven.step, now, clock);
    door.state.state().use_step(slot, proven.step).last_login_ms = lived.0.wall_ms;
    let keys = settle(&mut door, slot, proven, lived)?;
    let role = door.way_in(&slot).expect("it was opened").head.role;
    let header_was_old = door.header.generation < door.seen_generation;
    if keys.is_owner() {
        look_after(&mut door, &keys, slot)?;
    }
    header::save(&door.places.vault, &door.bytes)?;
    door.state.note_header(door.header.generation)?;
    let slots: Vec<SlotId> = door.header.people().map(|slot| slot.head.id).collect();
    door.throttle.keep_only(&slots)?;
    keep_only(&door.places, &*door.store, &door.header, door.device_generation)?;
    Ok(Unlocked {
        slot,
        role,
        vault: door.header.vault,
        generation: door.header.generation,
        keys,
        failed,
        last_login_ms,
        records_were_lost,
        header_was_old,
        true_time_ms: (lived.0 != now).then_some(lived.0.wall_ms),
        code_is_bound: kind == Kind::Bound,
        roster_key: door.device_key("roster"),
        device_generation: door.device_generation,
        places: door.places,
        state: door.state,
    })
}

/// The moment of a right try, and how many steps the phone is ahead of this PC.
///
/// A clock that goes wrong little by little stays this PC's own, and is followed. One that is lost is replaced by
/// the phone's time, and nothing of its error is kept: it will be set.
pub(super) fn lived(step: u64, now: Now, clock: Clock) -> (Now, i64) {
    let ahead = i128::from(step) - i128::from(step_at(now.wall_ms));
    let ahead = i64::try_from(ahead).unwrap_or(i64::MAX);
    if clock == Clock::Believed || ahead.abs() <= DRIFT_MAX {
        (now, ahead)
    } else {
        (Now { wall_ms: moment_of(step), ..now }, 0)
    }
}

/// What follows a right try: the header is checked, the code is used up everywhere, the tries are forgotten.
pub(super) fn settle(
    door: &mut Door,
    slot: SlotId,
    proven: Proven,
    (now, drift_steps): (Now, i64),
) -> Result<KeyRing, VaultError> {
    let Proven { bundle, step, kind } = proven;
    let keys = KeyRing::of_bundle(bundle.root, bundle.subkeys, door.header.vault)?;
    header::verify(&door.bytes, &keys)?;
    let role = door.way_in(&slot).expect("it was opened").head.role;
    if keys.is_owner() != (role == OWNER) {
        return Err(VaultError::Altered);
    }
    let state = door.state.state();
    state.use_step(slot, step);
    state.drift_steps = drift_steps;
    door.state.prove(now);
    door.state.save(Flush::Now)?;
    door.throttle.succeed(&slot)?;
    if kind == Kind::Bound {
        let (totp, target) = bundle.totp.zip(bundle.target).ok_or(VaultError::Damaged)?;
        door.table(slot, role).renew(&Codes::new(&totp), target, step, step)?;
    }
    Ok(keys)
}

/// What an owner's login does for the others: tables are lengthened from the escrow, and an older header that was put
/// back is replaced by one without staff, because nobody can say which of them had been removed.
fn look_after(door: &mut Door, keys: &KeyRing, owner: SlotId) -> Result<(), VaultError> {
    if door.header.generation < door.seen_generation {
        door.header.slots.retain(|slot| slot.head.role == OWNER);
        door.header.generation = door.seen_generation + 1;
        door.bytes = door.header.sign(keys)?;
    }
    let admin = header::owner_key(keys)?;
    let now_step = door.state.state().floor_step(&owner);
    let others = door.header.people().filter(|slot| slot.head.kind == Kind::Bound && slot.head.id != owner);
    for slot in others.cloned().collect::<Vec<_>>() {
        let floor_step = door.state.state().floor_step(&slot.head.id);
        if let Some((totp, target)) = slot.open_escrow(&admin) {
            let table = door.table(slot.head.id, slot.head.role);
            // A disk that refuses somebody else's table does not keep the owner out.
            let _ = table.renew(&Codes::new(&totp), target, floor_step, now_step);
        }
    }
    Ok(())
}
