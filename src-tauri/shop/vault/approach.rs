//! What is read and judged before anybody's PIN: header, device secret, witness, state, clock, wrong tries.

use super::derive::derive_device_key;
use super::device::{self, DeviceStore};
use super::error::VaultError;
use super::file::Flush;
use super::header::{self, Header};
use super::key::Key;
use super::login::Places;
use super::slot::{Kind, Slot, SlotId};
use super::state::{self, Now, State, StateBook};
use super::table::Table;
use super::throttle::{Failed, Throttle, Who};
use super::totp::step_at;
use super::witness::{Seen, Witness};

/// Whether the wall clock is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    Believed,
    /// Two codes will tell the time.
    Lost,
}

/// A vault that somebody stands before.
pub(super) struct Door {
    pub places: Places,
    pub header: Header,
    /// The header's bytes as they were read, for its MACs.
    pub bytes: Vec<u8>,
    pub device: Key,
    pub device_generation: u64,
    pub store: Box<dyn DeviceStore>,
    pub state: StateBook,
    pub throttle: Throttle,
    /// The header is older than the one last seen, or nobody can say: only owners come in.
    pub is_header_old: bool,
    /// The highest generation of a header that was seen here.
    pub seen_generation: u64,
}

impl Door {
    /// # Errors
    /// [`VaultError::NoVault`], [`VaultError::DeviceMissing`], [`VaultError::StateLost`] and
    /// [`VaultError::ClockBehind`]; no try has been counted yet.
    pub fn approach(places: &Places, clock: Clock, now: Now) -> Result<Door, VaultError> {
        let (header, bytes) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
        let store = device::store(header.device_location, places, &header.vault)?;
        let (device_generation, device) = store.fetch(&header.vault, header.generation)?;
        let device_key = |label| derive_device_key(&device, &header.vault, label, None);
        let witness = || Witness::new(&places.device, &device, &header.vault, device_generation);
        let seen = witness().load()?;
        // A vault of the first program has no witness and one copy of the throttle, and no slot that binds the code.
        let is_first = seen.is_none() && header.people().all(|slot| slot.head.kind == Kind::Checked);
        let is_witness_lost = seen.is_none() && !is_first;
        let seen = seen.unwrap_or(Seen::NOTHING);
        let book = |state| StateBook::new(state, &places.vault, device_generation, device_key("state"), witness(), now);
        let mut state = match state::load(&places.vault, device_generation, &device_key("state"))? {
            Some(state) if state.number >= seen.state_number => state,
            Some(older) => brought_up(older, &header, &seen),
            None => return Err(begin_anew(book, State::default(), &header, &seen, now)),
        };
        seen.marks.iter().for_each(|mark| state.note(*mark));
        if clock == Clock::Believed {
            state.check_clock(now)?;
        }
        let people: Vec<Who> = header.people().map(|slot| Who::of(slot.head.id, slot.head.role)).collect();
        let (throttle, is_whole) =
            Throttle::load(places, device_generation, device_key("throttle"), &people, is_first, now)?;
        let seen_generation = seen.header_generation.max(state.header_generation);
        let mut state = book(state);
        if !is_whole || is_witness_lost {
            state.state().was_lost = true;
            state.save_lost()?;
        }
        Ok(Door {
            places: places.clone(),
            is_header_old: is_witness_lost || header.generation < seen_generation,
            seen_generation,
            header,
            bytes,
            device,
            device_generation,
            store,
            state,
            throttle,
        })
    }

    /// The way in of a person; none where there is no such slot, or it is the paper's.
    pub fn way_in(&self, slot: &SlotId) -> Option<&Slot> {
        self.header.slot(slot).filter(|slot| slot.head.kind.is_person())
    }

    /// Writes the try down and flushes it, before anything is derived.
    ///
    /// # Errors
    /// [`VaultError::Wait`], [`VaultError::SlotLocked`], [`VaultError::OwnerOnly`], and [`VaultError::HeaderOld`] for
    /// staff before a header that is not the last one.
    pub fn begin(&mut self, slot: SlotId, now: Now) -> Result<Option<Failed>, VaultError> {
        let who = self.way_in(&slot).map_or(Who::Nobody, |way_in| Who::of(slot, way_in.head.role));
        if self.is_header_old && !matches!(who, Who::Owner(_)) {
            return Err(VaultError::HeaderOld);
        }
        self.throttle.begin(who, now)
    }

    pub fn table(&self, slot: SlotId, role: u8) -> Table {
        Table::new(&self.places.vault, &self.device, &self.header.vault, slot, role)
    }

    pub fn device_key(&self, label: &str) -> Key {
        derive_device_key(&self.device, &self.header.vault, label, None)
    }
}

/// An older state that was put back, up to where the witness had come: every code of a time the shop has lived through
/// counts as used, so nobody has to wait.
fn brought_up(mut state: State, header: &Header, seen: &Seen) -> State {
    state.was_lost = true;
    // What the file looked like then says nothing of what it must look like now.
    state.shut_as = None;
    state.number = seen.state_number;
    state.time_floor_ms = state.time_floor_ms.max(seen.time_floor_ms);
    let last = step_at(state.time_floor_ms).saturating_add_signed(state.drift_steps) + 1;
    for slot in header.people() {
        state.use_step(slot.head.id, last);
    }
    state
}

/// Begins a lost state anew: every code that could be used at this moment counts as used.
fn begin_anew(
    book: impl FnOnce(State) -> StateBook,
    mut state: State,
    header: &Header,
    seen: &Seen,
    now: Now,
) -> VaultError {
    state.was_lost = true;
    state.drift_steps = 0;
    state.number = state.number.max(seen.state_number);
    state.time_floor_ms = state.time_floor_ms.max(seen.time_floor_ms);
    if seen.time_floor_ms == Seen::NOTHING.time_floor_ms {
        state.time_floor_ms = state.time_floor_ms.max(now.wall_ms);
    }
    let last = step_at(now.wall_ms.max(state.time_floor_ms)) + 1;
    for slot in header.people() {
        state.use_step(slot.head.id, last);
    }
    book(state).save(Flush::Now).err().unwrap_or(VaultError::StateLost)
}
