//! Finding a vault and opening it.

use std::path::PathBuf;

use super::derive::{NO_TARGET, derive_device_key, derive_slot_keys};
use super::device::{self, DeviceStore};
use super::error::VaultError;
use super::file::Flush;
use super::header;
use super::key::{Key, KeyRing};
use super::pin::Pin;
use super::roster::{Roster, RosterNames, RosterPerson};
use super::setup::keep_only;
use super::slot::{Kind, SlotId};
use super::state::{self, Now, State, StateBook};
use super::throttle::{Failed, Throttle};
use super::totp::step_at;
use crate::id::VaultId;
use crate::stamp::Chance;

/// Where a vault's files lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The folder of header, state, throttle and names.
    pub vault: PathBuf,
    /// A folder of its own for the device secret; never in a backup, never copied with the other.
    pub device: PathBuf,
}

/// What lies in the places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// No header: set-up has not come to its end here.
    New,
    /// A vault, with the names that may be shown before it is open.
    Locked(Roster),
}

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
    pub(super) roster_key: Key,
    pub(super) device_generation: u64,
    pub(super) folder: PathBuf,
}

impl Unlocked {
    /// Changes the names on the lock screen: the shop's, and that of whoever is logged in.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the folder refuses.
    pub fn rename(&self, names: &RosterNames, chance: &mut dyn Chance) -> Result<(), VaultError> {
        let renamed = Roster::of_owner(names, self.slot);
        let mut roster = match Roster::load(&self.folder, self.device_generation, &self.roster_key) {
            Err(VaultError::Altered) => renamed.clone(),
            roster => roster?,
        };
        roster.shop = renamed.shop;
        for person in roster.people.iter_mut().filter(|person| person.slot == self.slot) {
            person.name.clone_from(&renamed.people[0].name);
        }
        roster.save(&self.folder, self.device_generation, &self.roster_key, chance)
    }
}

/// Looks whether there is a vault, and for whom.
///
/// When the file of names does not open, the people are there without names: the header tells who they are.
///
/// # Errors
/// [`VaultError::Newer`], [`VaultError::Damaged`], [`VaultError::DeviceMissing`] (the recovery code still opens it)
/// and [`VaultError::Disk`].
pub fn find(places: &Places) -> Result<Found, VaultError> {
    let Some((header, _)) = header::load(&places.vault)? else { return Ok(Found::New) };
    let store = device::store(header.device_location, &places.device)?;
    let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
    let key = derive_device_key(&device, &header.vault, "roster", None);
    match Roster::load(&places.vault, device_generation, &key) {
        Err(VaultError::Altered) => {
            let people = header.people().map(|slot| RosterPerson {
                slot: slot.head.id,
                name: String::new(),
                role: slot.head.role,
            });
            Ok(Found::Locked(Roster { shop: String::new(), people: people.collect() }))
        }
        roster => roster.map(Found::Locked),
    }
}

/// Opens the vault with a person's PIN and the code on the phone.
///
/// The try is written down before anything is derived, so stopping the program gives no free one. A code works
/// once: it and all earlier ones are refused afterwards.
///
/// # Errors
/// [`VaultError::Refused`] for a wrong PIN, a wrong or used code, and an unknown slot alike;
/// [`VaultError::Wait`] after too many wrong tries; [`VaultError::ClockBehind`] and [`VaultError::StateLost`] before
/// the try counts; [`VaultError::Altered`] when PIN and code are right but the header is not what the owner wrote.
pub fn unlock(places: &Places, slot: SlotId, pin: &Pin, code: &str, now: Now) -> Result<Unlocked, VaultError> {
    let (header, bytes) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    let store = device::store(header.device_location, &places.device)?;
    let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
    let device_key = |label| derive_device_key(&device, &header.vault, label, None);
    let way_in = header.slot(&slot).filter(|slot| slot.head.kind.is_person()).ok_or(VaultError::Refused)?;
    if way_in.head.kind == Kind::Bound {
        return Err(VaultError::Newer);
    }
    let people = || header.people().map(|slot| slot.head.id);
    let book = |state| StateBook::new(state, &places.vault, device_generation, device_key("state"), now);
    let Some(state) = state::load(&places.vault, device_generation, &device_key("state"))? else {
        return Err(begin_anew(book, people(), now));
    };
    state.check_clock(now)?;
    let (mut throttle, was_whole) =
        Throttle::load(&places.vault, device_generation, device_key("throttle"), people(), now)?;
    let mut state = book(state);
    if !was_whole {
        state.state().was_lost = true;
        state.save(Flush::Now)?;
    }
    let failed = throttle.begin(slot, now)?;

    let keys = derive_slot_keys(pin, NO_TARGET, &device, &header.vault, &way_in.head)?;
    let bundle = way_in.open(&keys)?;
    let (root, totp) = bundle.root.zip(bundle.totp).ok_or(VaultError::Newer)?;
    let step = totp.matching_step(code, now.wall_ms, state.state().floor_step(&slot)).ok_or(VaultError::Refused)?;
    let keys = KeyRing::new(root, header.vault);
    header::verify(&bytes, &keys)?;

    let last_login_ms = state.state().last_login_ms(&slot);
    let records_were_lost = std::mem::take(&mut state.state().was_lost);
    state.state().use_step(slot, step).last_login_ms = now.wall_ms;
    state.prove(now);
    state.save(Flush::Now)?;
    throttle.succeed(&slot)?;
    header::save(&places.vault, &bytes)?;
    keep_only(places, &store, device_generation)?;
    Ok(Unlocked {
        slot,
        role: way_in.head.role,
        vault: header.vault,
        generation: header.generation,
        keys,
        state,
        failed,
        last_login_ms,
        records_were_lost,
        roster_key: device_key("roster"),
        device_generation,
        folder: places.vault.clone(),
    })
}

/// Begins a lost state anew: every code that could be used at this moment counts as used.
fn begin_anew(book: impl FnOnce(State) -> StateBook, people: impl Iterator<Item = SlotId>, now: Now) -> VaultError {
    let mut state = State { time_floor_ms: now.wall_ms, was_lost: true, ..State::default() };
    for slot in people {
        state.use_step(slot, step_at(now.wall_ms) + 1);
    }
    book(state).save(Flush::Now).err().unwrap_or(VaultError::StateLost)
}
