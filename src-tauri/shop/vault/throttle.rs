//! Wrong tries make the next one wait. A try is written down and flushed before the PIN is even looked at.
//!
//! Waits are measured by the machine's uptime, never by the wall clock, which a hand can turn. After a restart
//! the whole wait begins again. This protects the keyboard: who has the disk does not use our program.
//!
//! ```text
//! "POST" u16 version=1 | u64 number | u16 slots
//! (slot_id[16] u32 fails i64 first_wall_ms i64 last_wall_ms u64 uptime_ms)… | mac[32]
//! ```

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::Key;
use super::slot::SlotId;
use super::state::Now;

const MAGIC: &[u8; 4] = b"POST";
const VERSION: u16 = 1;
/// A lost or forged file counts as this many wrong tries.
const FAILS_LOST: u32 = 9;

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
    /// Uptime at the last wrong try; 0 once the machine was restarted.
    uptime_ms: u64,
}

pub(super) struct Throttle {
    number: u64,
    /// A slot that is not listed has had no wrong try.
    tries: Vec<Tries>,
    key: Key,
    path: PathBuf,
}

impl Tries {
    fn new(slot: SlotId, tries: u32, now: Now) -> Tries {
        let failed = Failed { tries, first_wall_ms: now.wall_ms, last_wall_ms: now.wall_ms };
        Tries { slot, failed, uptime_ms: now.uptime_ms }
    }
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
    pub fn new(folder: &Path, device_generation: u64, key: Key) -> Throttle {
        Throttle { number: 0, tries: Vec::new(), key, path: folder.join(format!("throttle.{device_generation}")) }
    }

    /// The throttle as it was written, and whether it was: a lost or forged one is begun anew with nine wrong
    /// tries for everybody, and written at once.
    pub fn load(
        folder: &Path,
        device_generation: u64,
        key: Key,
        people: impl Iterator<Item = SlotId>,
        now: Now,
    ) -> Result<(Throttle, bool), VaultError> {
        let mut throttle = Throttle::new(folder, device_generation, key);
        if let Some((number, tries)) = file::read(&throttle.path)?.and_then(|bytes| read(&bytes, &throttle.key)) {
            (throttle.number, throttle.tries) = (number, tries);
            return Ok((throttle, true));
        }
        throttle.tries = people.map(|slot| Tries::new(slot, FAILS_LOST, now)).collect();
        throttle.save()?;
        Ok((throttle, false))
    }

    /// Writes a try down and flushes it, if the slot need not wait; gives the wrong tries before it.
    ///
    /// # Errors
    /// [`VaultError::Wait`] with what is left of the wait; the try then does not count.
    pub fn begin(&mut self, slot: SlotId, now: Now) -> Result<Option<Failed>, VaultError> {
        let Some(tries) = self.tries.iter_mut().find(|tries| tries.slot == slot) else {
            self.tries.push(Tries::new(slot, 1, now));
            return self.save().map(|()| None);
        };
        let before = tries.failed;
        let was_restarted = now.uptime_ms < tries.uptime_ms;
        if was_restarted {
            tries.uptime_ms = 0;
        }
        let waited_ms = now.uptime_ms - tries.uptime_ms;
        let left_ms = (wait_s(before.tries) * 1000).saturating_sub(waited_ms);
        if left_ms > 0 {
            if was_restarted {
                self.save()?;
            }
            return Err(VaultError::Wait { seconds: left_ms.div_ceil(1000) });
        }
        tries.failed.tries = before.tries.saturating_add(1);
        tries.failed.last_wall_ms = now.wall_ms;
        tries.uptime_ms = now.uptime_ms;
        self.save().map(|()| Some(before))
    }

    /// Forgets a slot's tries: the last one begun was right.
    pub fn succeed(&mut self, slot: &SlotId) -> Result<(), VaultError> {
        self.tries.retain(|tries| tries.slot != *slot);
        self.save()
    }

    /// Writes the throttle and flushes it.
    pub fn save(&mut self) -> Result<(), VaultError> {
        self.number += 1;
        let count = u16::try_from(self.tries.len()).expect("no more than the header's slots");
        let mut out = [MAGIC, &VERSION.to_le_bytes()[..], &self.number.to_le_bytes(), &count.to_le_bytes()].concat();
        for Tries { slot, failed, uptime_ms } in &self.tries {
            out.extend_from_slice(slot.bytes());
            out.extend_from_slice(&failed.tries.to_le_bytes());
            out.extend_from_slice(&failed.first_wall_ms.to_le_bytes());
            out.extend_from_slice(&failed.last_wall_ms.to_le_bytes());
            out.extend_from_slice(&uptime_ms.to_le_bytes());
        }
        let mac = mac(self.key.expose(), &out);
        out.extend_from_slice(&mac);
        file::write(&self.path, &out, Flush::Now)
    }
}

fn read(bytes: &[u8], key: &Key) -> Option<(u64, Vec<Tries>)> {
    let (body, told) = split_trailer::<32>(bytes)?;
    same(told, &mac(key.expose(), body)).then_some(())?;
    let mut from = Bytes(body);
    (from.array()? == *MAGIC && from.u16()? == VERSION).then_some(())?;
    let number = from.u64()?;
    let tries = (0..from.u16()?).map(|_| {
        let slot = SlotId::new(from.array()?);
        let failed = Failed { tries: from.u32()?, first_wall_ms: from.i64()?, last_wall_ms: from.i64()? };
        Some(Tries { slot, failed, uptime_ms: from.u64()? })
    });
    let tries = tries.collect::<Option<_>>()?;
    from.end()?;
    Some((number, tries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::array;

    const SLOT: SlotId = SlotId::new([7; 16]);
    const OTHER: SlotId = SlotId::new([8; 16]);

    fn fresh(folder: &Path) -> Throttle {
        let mut throttle = Throttle::new(folder, 1, Key::new(&array(1)));
        throttle.save().expect("written");
        throttle
    }

    fn load_at(folder: &Path, now: Now) -> (Throttle, bool) {
        Throttle::load(folder, 1, Key::new(&array(1)), [SLOT, OTHER].into_iter(), now).expect("read")
    }

    fn load(folder: &Path) -> Throttle {
        load_at(folder, at(0)).0
    }

    fn failed(throttle: &Throttle) -> Option<Failed> {
        throttle.tries.iter().find(|tries| tries.slot == SLOT).map(|tries| tries.failed)
    }

    fn at(uptime_ms: u64) -> Now {
        Now { wall_ms: 1_000_000 + uptime_ms as i64, uptime_ms }
    }

    #[test]
    fn each_wrong_try_waits_longer_and_an_owner_is_never_shut_out() {
        let place = tempfile::tempdir().expect("a folder");
        fresh(place.path());
        let mut uptime_ms = 10_000;
        for (tries, seconds) in
            [(1, 0), (2, 0), (3, 5), (4, 15), (5, 60), (6, 300), (7, 900), (8, 1800), (9, 3600), (10, 3600), (11, 3600)]
        {
            // A fresh one each time: what counts is what was written, not what is remembered.
            load(place.path()).begin(SLOT, at(uptime_ms)).expect("no wait left");
            assert_eq!(failed(&load(place.path())).expect("written before the PIN").tries, tries);
            if seconds > 0 {
                let early = load(place.path()).begin(SLOT, at(uptime_ms + seconds * 1000 - 1));
                assert_eq!(early, Err(VaultError::Wait { seconds: 1 }));
                let at_once = load(place.path()).begin(SLOT, at(uptime_ms));
                assert_eq!(at_once, Err(VaultError::Wait { seconds }), "waiting does not count as a try");
            }
            uptime_ms += seconds * 1000;
        }
    }

    #[test]
    fn a_login_forgets_the_tries_and_tells_of_them() {
        let place = tempfile::tempdir().expect("a folder");
        let mut throttle = fresh(place.path());
        assert_eq!(throttle.begin(SLOT, at(1_000)), Ok(None));
        throttle.begin(SLOT, at(2_000)).expect("second");
        let told = throttle.begin(SLOT, at(3_000));
        assert_eq!(told, Ok(Some(Failed { tries: 2, first_wall_ms: 1_001_000, last_wall_ms: 1_002_000 })));
        throttle.succeed(&SLOT).expect("written");
        assert_eq!(failed(&load(place.path())), None);
    }

    #[test]
    fn one_slots_tries_do_not_make_another_wait() {
        let place = tempfile::tempdir().expect("a folder");
        let mut throttle = fresh(place.path());
        for uptime_ms in 0..3 {
            throttle.begin(SLOT, at(uptime_ms)).expect("no wait yet");
        }
        assert!(throttle.begin(SLOT, at(3)).is_err());
        assert_eq!(throttle.begin(OTHER, at(3)), Ok(None));
    }

    #[test]
    fn a_restart_begins_the_wait_again() {
        let place = tempfile::tempdir().expect("a folder");
        fresh(place.path());
        for uptime_ms in [100_000, 100_000, 100_000, 105_000] {
            load(place.path()).begin(SLOT, at(uptime_ms)).expect("waited");
        }
        for (uptime_ms, left) in [(1_000, 14), (14_999, 1)] {
            assert_eq!(load(place.path()).begin(SLOT, at(uptime_ms)), Err(VaultError::Wait { seconds: left }));
        }
        assert!(load(place.path()).begin(SLOT, at(15_000)).is_ok());
    }

    #[test]
    fn a_lost_or_forged_file_costs_an_hour_and_not_more() {
        for forged in [None, Some(&b"POST"[..])] {
            let place = tempfile::tempdir().expect("a folder");
            if let Some(bytes) = forged {
                file::write(&fresh(place.path()).path, bytes, Flush::Later).expect("written");
            }
            let (mut throttle, was_whole) = load_at(place.path(), at(500));
            assert!(!was_whole);
            assert_eq!(throttle.begin(SLOT, at(500)), Err(VaultError::Wait { seconds: 3600 }));
            for slot in [SLOT, OTHER] {
                assert_eq!(load(place.path()).begin(slot, at(60_500)), Err(VaultError::Wait { seconds: 3540 }));
            }
            assert!(load(place.path()).begin(SLOT, at(3_600_500)).is_ok());
        }
    }

    #[test]
    fn a_flipped_bit_is_a_forgery() {
        let place = tempfile::tempdir().expect("a folder");
        let mut throttle = fresh(place.path());
        throttle.begin(SLOT, at(0)).expect("first");
        let whole = file::read(&throttle.path).expect("read").expect("there");
        assert!(read(&whole, &throttle.key).is_some());
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.clone();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&torn, &throttle.key).is_none(), "bit {bit}");
        }
    }
}
