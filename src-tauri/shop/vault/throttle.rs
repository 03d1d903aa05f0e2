//! Wrong tries make the next one wait. A try is written down and flushed before the PIN is even looked at.
//!
//! Waits are measured by the time the machine has been running, never by the wall clock, which a hand can turn:
//! after a restart only what has run since counts, so nothing is gained by one. The file lies in two places, beside
//! the header and beside the device secret, under one number; an older or missing one costs what it would hide. This
//! protects the keyboard: who has the disk does not use our program.
//!
//! ```text
//! "POST" u16 version=2 | u64 number | u64 ran_ms | u64 uptime_ms | u64 shut_ms | u16 recent (u64 ran_ms)…
//! u16 slots (slot_id[16] u32 fails i64 first_wall_ms i64 last_wall_ms u64 ran_ms)… | mac[32]
//! ```
//! Version 1 lay beside the header alone: `u64 number | u16 slots (… u64 uptime_ms)…`.

use std::fs::File;
use std::path::PathBuf;

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::Key;
use super::login::Places;
use super::slot::{OWNER, SlotId};
use super::state::Now;

const MAGIC: &[u8; 4] = b"POST";
const VERSION: u16 = 2;
/// A lost or forged file counts as this many wrong tries.
const FAILS_LOST: u32 = 9;
/// So many wrong tries shut a slot of the staff until an owner opens it again.
const FAILS_MAX: u32 = 10;
/// So many wrong tries over all slots within [`DAY_MS`] of running time leave the shop to owners alone, as long again.
const RECENT_MAX: usize = 30;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Stands in `shut_ms` while the staff may come in.
const NOT_SHUT: u64 = u64::MAX;

/// Wrong tries at one slot since its last login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    pub tries: u32,
    pub first_wall_ms: i64,
    pub last_wall_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tries {
    slot: SlotId,
    failed: Failed,
    /// Running time at the last wrong try.
    ran_ms: u64,
}

/// Whose try it is, as far as waiting is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Owner(SlotId),
    Staff(SlotId),
    /// A slot that is not there: counted in the sum of all.
    Nobody,
}

impl Who {
    pub fn of(slot: SlotId, role: u8) -> Who {
        if role == OWNER { Who::Owner(slot) } else { Who::Staff(slot) }
    }

    fn slot(self) -> Option<SlotId> {
        match self {
            Who::Owner(slot) | Who::Staff(slot) => Some(slot),
            Who::Nobody => None,
        }
    }
}

/// What was written: tries and the running time they are measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tally {
    number: u64,
    /// How long machines have been running as far as this file has seen; goes forward only.
    ran_ms: u64,
    /// The machine's uptime when that was written.
    uptime_ms: u64,
    /// When the staff were shut out by the sum of all tries.
    shut_ms: u64,
    /// Wrong tries of the last day over all slots.
    recent: Vec<u64>,
    /// A slot that is not listed has had no wrong try.
    tries: Vec<Tries>,
}

impl Tally {
    const NEW: Tally =
        Tally { number: 0, ran_ms: 0, uptime_ms: 0, shut_ms: NOT_SHUT, recent: Vec::new(), tries: Vec::new() };
}

pub(super) struct Throttle {
    tally: Tally,
    /// Whether the try begun last shut the staff out.
    has_shut: bool,
    key: Key,
    /// Beside the header, beside the device secret.
    paths: [PathBuf; 2],
    lock: PathBuf,
}

/// The wait after so many wrong tries in a row, in seconds; an owner is never shut out for good.
fn wait_s(fails: u32) -> u64 {
    match fails {
        0..=2 => 0,
        3 => 5,
        4 => 15,
        5 => 60,
        6 => 5 * 60,
        7 => 15 * 60,
        8 => 30 * 60,
        _ => 60 * 60,
    }
}

impl Throttle {
    /// A throttle without a wrong try, for a vault that is just being made.
    pub fn new(places: &Places, device_generation: u64, key: Key) -> Throttle {
        let name = format!("throttle.{device_generation}");
        Throttle {
            tally: Tally::NEW,
            has_shut: false,
            key,
            paths: [places.vault.join(&name), places.device.join(name)],
            lock: places.vault.join("throttle.lock"),
        }
    }

    /// The throttle as it was written, and whether nothing of it had been removed, forged or put back.
    ///
    /// Of two whole copies the newer counts: an older one put back hides nothing, and is told. Where one copy is missing
    /// the other counts, with nine wrong tries for everybody at least. Where both are, the
    /// staff are shut out until an owner comes, who waits an hour. `is_first` allows the file of a program that
    /// wrote one copy only.
    pub fn load(
        places: &Places,
        device_generation: u64,
        key: Key,
        people: &[Who],
        is_first: bool,
        now: Now,
    ) -> Result<(Throttle, bool), VaultError> {
        let mut throttle = Throttle::new(places, device_generation, key);
        let mut copies = Vec::new();
        for path in &throttle.paths {
            copies.push(file::read(path)?.and_then(|bytes| read(&bytes, &throttle.key, is_first)));
        }
        let [beside_header, beside_secret] = copies.try_into().expect("two places");
        let is_upgrade = is_first && beside_secret.is_none() && beside_header.is_some();
        let (newest, is_whole, lost) = match (beside_header, beside_secret) {
            (Some(one), Some(two)) => {
                // Between the two writes of one try the power may have gone.
                let is_whole = one.number.abs_diff(two.number) <= 1;
                (if one.number > two.number { one } else { two }, is_whole, 0)
            }
            (Some(one), None) | (None, Some(one)) => (one, is_upgrade, FAILS_LOST),
            (None, None) => (Tally::NEW, false, FAILS_MAX),
        };
        throttle.tally = newest;
        let was_restarted = throttle.run(now);
        if lost > 0 && !is_whole {
            people.iter().for_each(|who| throttle.fear(*who, lost, now));
        }
        if !is_whole || was_restarted || is_upgrade {
            throttle.save()?;
        }
        Ok((throttle, is_whole))
    }

    /// Holds the counting for this process alone, and takes in what another has counted meanwhile: of two tries at
    /// once both count.
    fn hold(&mut self) -> Result<File, VaultError> {
        let lock = file::open_lock(&self.lock)?;
        lock.lock()?;
        for path in &self.paths {
            let written = file::read(path)?.and_then(|bytes| read(&bytes, &self.key, false));
            if let Some(newer) = written.filter(|written| written.number > self.tally.number) {
                self.tally = newer;
            }
        }
        Ok(lock)
    }

    /// Brings the running time up to now; whether the machine was restarted since.
    fn run(&mut self, now: Now) -> bool {
        let was_restarted = now.uptime_ms < self.tally.uptime_ms;
        let ran_ms = if was_restarted { now.uptime_ms } else { now.uptime_ms - self.tally.uptime_ms };
        self.tally.ran_ms = self.tally.ran_ms.saturating_add(ran_ms);
        self.tally.uptime_ms = now.uptime_ms;
        let ran_ms = self.tally.ran_ms;
        self.tally.recent.retain(|at| ran_ms.saturating_sub(*at) < DAY_MS);
        if ran_ms.saturating_sub(self.tally.shut_ms) >= DAY_MS {
            self.tally.shut_ms = NOT_SHUT;
        }
        was_restarted
    }

    /// Counts at least so many tries for somebody: what the file would have told is not known. An owner is not
    /// shut out for good by any number of them.
    fn fear(&mut self, who: Who, fails: u32, now: Now) {
        let Some(slot) = who.slot() else { return };
        let tries = self.tries_of(slot, now);
        tries.failed.tries = tries.failed.tries.max(fails);
        tries.failed.last_wall_ms = now.wall_ms;
        let ran_ms = self.tally.ran_ms;
        self.tries_of(slot, now).ran_ms = ran_ms;
    }

    fn tries_of(&mut self, slot: SlotId, now: Now) -> &mut Tries {
        let tries = &mut self.tally.tries;
        let place = tries.iter().position(|tries| tries.slot == slot).unwrap_or_else(|| {
            let failed = Failed { tries: 0, first_wall_ms: now.wall_ms, last_wall_ms: now.wall_ms };
            tries.push(Tries { slot, failed, ran_ms: 0 });
            tries.len() - 1
        });
        &mut tries[place]
    }

    /// Writes a try down and flushes it, if the slot need not wait; gives the wrong tries before it.
    ///
    /// # Errors
    /// [`VaultError::Wait`] with what is left of the wait, [`VaultError::SlotLocked`] and [`VaultError::OwnerOnly`];
    /// the try then does not count.
    pub fn begin(&mut self, who: Who, now: Now) -> Result<Option<Failed>, VaultError> {
        let _held = self.hold()?;
        self.run(now);
        let ran_ms = self.tally.ran_ms;
        let known = self.tally.tries.iter().find(|tries| Some(tries.slot) == who.slot()).copied();
        let fails = known.map_or(0, |tries| tries.failed.tries);
        if !matches!(who, Who::Owner(_)) {
            if fails >= FAILS_MAX {
                return Err(VaultError::SlotLocked);
            }
            if self.tally.shut_ms != NOT_SHUT {
                return Err(VaultError::OwnerOnly);
            }
        }
        let waited_ms = known.map_or(u64::MAX, |tries| ran_ms.saturating_sub(tries.ran_ms));
        let left_ms = (wait_s(fails) * 1000).saturating_sub(waited_ms);
        if left_ms > 0 {
            return Err(VaultError::Wait { seconds: left_ms.div_ceil(1000) });
        }
        if let Some(slot) = who.slot() {
            let tries = self.tries_of(slot, now);
            tries.failed.tries = fails.saturating_add(1);
            tries.failed.last_wall_ms = now.wall_ms;
            tries.ran_ms = ran_ms;
        }
        if self.tally.recent.len() == RECENT_MAX {
            self.tally.recent.remove(0);
        }
        self.tally.recent.push(ran_ms);
        self.has_shut = self.tally.recent.len() == RECENT_MAX && self.tally.shut_ms == NOT_SHUT;
        if self.has_shut {
            self.tally.shut_ms = ran_ms;
        }
        self.save()?;
        Ok(known.map(|tries| tries.failed))
    }

    /// Forgets a slot's tries: the last one begun was right.
    pub fn succeed(&mut self, slot: &SlotId) -> Result<(), VaultError> {
        let _held = self.hold()?;
        self.tally.tries.retain(|tries| tries.slot != *slot);
        self.tally.recent.pop();
        if std::mem::take(&mut self.has_shut) {
            self.tally.shut_ms = NOT_SHUT;
        }
        self.save()
    }

    /// An owner lets somebody try again, and the staff with them.
    pub fn forgive(&mut self, slot: &SlotId) -> Result<(), VaultError> {
        let _held = self.hold()?;
        self.tally.tries.retain(|tries| tries.slot != *slot);
        self.tally.recent.clear();
        self.tally.shut_ms = NOT_SHUT;
        self.save()
    }

    /// Forgets the slots that are no more.
    pub fn keep_only(&mut self, slots: &[SlotId]) -> Result<(), VaultError> {
        let before = self.tally.tries.len();
        self.tally.tries.retain(|tries| slots.contains(&tries.slot));
        if self.tally.tries.len() == before { Ok(()) } else { self.save() }
    }

    /// Whether a person is shut out until an owner comes.
    pub fn is_locked(&self, slot: &SlotId) -> bool {
        self.tally.tries.iter().any(|tries| tries.slot == *slot && tries.failed.tries >= FAILS_MAX)
    }

    /// Writes both copies and flushes them.
    pub fn save(&mut self) -> Result<(), VaultError> {
        self.tally.number += 1;
        let bytes = self.tally.bytes(&self.key);
        self.paths.iter().try_for_each(|path| file::write(path, &bytes, Flush::Now))
    }
}

impl Tally {
    fn bytes(&self, key: &Key) -> Vec<u8> {
        let count = |length: usize| u16::try_from(length).expect("no more than the header's slots").to_le_bytes();
        let mut out = [
            MAGIC,
            &VERSION.to_le_bytes()[..],
            &self.number.to_le_bytes(),
            &self.ran_ms.to_le_bytes(),
            &self.uptime_ms.to_le_bytes(),
            &self.shut_ms.to_le_bytes(),
            &count(self.recent.len()),
        ]
        .concat();
        self.recent.iter().for_each(|at| out.extend_from_slice(&at.to_le_bytes()));
        out.extend_from_slice(&count(self.tries.len()));
        for Tries { slot, failed, ran_ms } in &self.tries {
            out.extend_from_slice(slot.bytes());
            out.extend_from_slice(&failed.tries.to_le_bytes());
            out.extend_from_slice(&failed.first_wall_ms.to_le_bytes());
            out.extend_from_slice(&failed.last_wall_ms.to_le_bytes());
            out.extend_from_slice(&ran_ms.to_le_bytes());
        }
        let mac = mac(key.expose(), &out);
        out.extend_from_slice(&mac);
        out
    }
}

fn read(bytes: &[u8], key: &Key, is_first: bool) -> Option<Tally> {
    let (body, told) = split_trailer::<32>(bytes)?;
    same(told, &mac(key.expose(), body)).then_some(())?;
    let mut from = Bytes(body);
    (from.array()? == *MAGIC).then_some(())?;
    let mut tally = Tally::NEW;
    match (from.u16()?, is_first) {
        (1, true) => tally.number = from.u64()?,
        (VERSION, _) => {
            (tally.number, tally.ran_ms, tally.uptime_ms) = (from.u64()?, from.u64()?, from.u64()?);
            tally.shut_ms = from.u64()?;
            tally.recent = (0..from.u16()?).map(|_| from.u64()).collect::<Option<_>>()?;
        }
        _ => return None,
    }
    let tries = (0..from.u16()?).map(|_| {
        let slot = SlotId::new(from.array()?);
        let failed = Failed { tries: from.u32()?, first_wall_ms: from.i64()?, last_wall_ms: from.i64()? };
        Some(Tries { slot, failed, ran_ms: from.u64()? })
    });
    tally.tries = tries.collect::<Option<_>>()?;
    from.end()?;
    Some(tally)
}

/// Removes the throttles of other device secrets, in both places.
pub(super) fn keep_only(places: &Places, kept: &[u64]) -> Result<(), VaultError> {
    [&places.vault, &places.device].into_iter().try_for_each(|folder| file::keep_only(folder, "throttle", kept))
}

#[cfg(test)]
mod tests;
