//! A clock that is wrong: the way in by two codes, and the time that they proved until this PC's clock agrees with it.

use std::sync::{Arc, Mutex};

use super::wire::{OpenView, UnlockLostRequest};
use super::{Desk, DeskError, Stage};
use crate::bills::wire::time_of;
use crate::day::Day;
use crate::fault::Fault;
use crate::stamp::Clock;
use crate::vault::{self, Now, Pin, SlotId, VaultError};

/// So near to the proven time this PC's clock is believed again: a clock set by hand is right to the minute.
const AGREES_MS: u64 = 60_000;

/// The time that codes proved, as long as this PC's clock shows another.
#[derive(Clone, Default)]
pub(super) struct Proven(Arc<Mutex<Option<Now>>>);

impl Proven {
    fn set(&self, now: Now) {
        *self.0.lock().expect("no holder panics") = Some(now);
    }

    /// Whether the time of the shop is not that of this PC's clock, as of its last telling.
    pub fn is_in_force(&self) -> bool {
        self.0.lock().expect("no holder panics").is_some()
    }
}

/// This PC's clock; while it is proven wrong, the proven time and how long the machine has run since.
pub(super) struct DeskClock {
    machine: Box<dyn Clock>,
    proven: Proven,
}

impl DeskClock {
    pub fn over(machine: Box<dyn Clock>, proven: Proven) -> DeskClock {
        DeskClock { machine, proven }
    }
}

impl Clock for DeskClock {
    fn now(&self) -> (i64, i16, u64) {
        let (wall_ms, offset_min, uptime_ms) = self.machine.now();
        let mut proven = self.proven.0.lock().expect("no holder panics");
        let ran_ms = |since: Now| i64::try_from(uptime_ms.saturating_sub(since.uptime_ms)).unwrap_or(i64::MAX);
        let true_ms = proven.map_or(wall_ms, |since| since.wall_ms.saturating_add(ran_ms(since)));
        if true_ms.abs_diff(wall_ms) <= AGREES_MS {
            *proven = None;
            return (wall_ms, offset_min, uptime_ms);
        }
        (true_ms, offset_min, uptime_ms)
    }
}

impl Desk {
    /// Opens a locked shop with PIN and two codes after each other, whatever this PC's clock shows. From then on bills
    /// are dated by the phone's time, until the clock agrees with it or Pakka is closed.
    pub(crate) fn desk_unlock_lost(&mut self, request: UnlockLostRequest) -> Result<OpenView, Fault> {
        if !matches!(self.stage, Stage::Locked(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        let pin = Pin::typed(&request.pin)?;
        let slot = SlotId::read(&request.slot).ok_or(VaultError::Refused)?;
        let (now, codes) = (self.now(), [&*request.code, &*request.next_code]);
        let unlocked = vault::unlock_clock_lost(&self.around.places.vault(), slot, &pin, codes, now)?;
        if let Some(wall_ms) = unlocked.true_time_ms {
            self.proven.set(Now { wall_ms, ..now });
        }
        self.open_with(unlocked, &pin)
    }

    /// What is said while the shop goes by the phone's time.
    pub(super) fn clock_notice(&self) -> Option<Fault> {
        let (wall_ms, offset_min, _) = self.around.clock.now();
        let (day, time) = (Day::of(wall_ms, offset_min), time_of(wall_ms, offset_min));
        self.proven.is_in_force().then(|| DeskError::ClockWrong { day, time }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_795_291_200_000;
    const YEAR: i64 = 365 * 86_400_000;

    struct Hands(Arc<Mutex<(i64, u64)>>);

    impl Clock for Hands {
        fn now(&self) -> (i64, i16, u64) {
            let (wall_ms, uptime_ms) = *self.0.lock().expect("one thread");
            (wall_ms, 330, uptime_ms)
        }
    }

    #[test]
    fn the_proven_time_goes_on_until_the_clock_agrees() {
        for wrong in [NOON - YEAR, NOON + YEAR, 0, i64::MAX] {
            let hands = Arc::new(Mutex::new((wrong, 5_000)));
            let proven = Proven::default();
            let clock = DeskClock::over(Box::new(Hands(hands.clone())), proven.clone());
            let shows = |wall_ms, uptime_ms| {
                *hands.lock().expect("one thread") = (wall_ms, uptime_ms);
                clock.now().0
            };
            assert_eq!(shows(wrong, 5_000), wrong, "nothing is proven");
            proven.set(Now { wall_ms: NOON, uptime_ms: 5_000 });
            assert_eq!(shows(wrong, 5_000), NOON);
            assert_eq!(shows(wrong, 65_000), NOON + 60_000);
            let nearly = NOON + 60_000 + 60_001;
            assert_eq!((shows(nearly, 65_000), proven.is_in_force()), (NOON + 60_000, true), "not set right yet");
            assert_eq!((shows(nearly - 1, 65_000), proven.is_in_force()), (nearly - 1, false), "set by hand");
            assert_eq!(shows(NOON - YEAR, 66_000), NOON - YEAR, "believed as ever");
        }
    }
}
