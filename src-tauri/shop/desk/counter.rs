//! Who stands at the counter: the screen lock, and the fast change from one cashier to the next.
//!
//! While the screen is covered the shop stays open behind it and the bill stays as it is. Whoever came in with PIN and
//! code since the last full lock comes back by the PIN alone, for a shift; the check value for it is in memory alone.

use super::rights::Rights;
use super::wire::{Nothing, OpenView, PersonTile, UnlockRequest};
use super::{Desk, DeskError, Open, Stage};
use crate::fault::Fault;
use crate::staff::{self, Member, Role};
use crate::vault::{self, Cost, Flush, Pin, PinCheck, SlotId, VaultError};

/// So long a PIN alone lets somebody back in: a shift.
const SHIFT_MS: u64 = 8 * 3_600_000;
/// Wrong PINs at the screen lock before the shop is locked fully.
const WRONG_MAX: u32 = 5;

/// Somebody who came in with PIN and code since the last full lock.
pub(super) struct Present {
    pub slot: SlotId,
    check: PinCheck,
    until_ms: u64,
    /// Wrong PINs at this person's tile in a row.
    wrong: u32,
}

impl Present {
    pub(super) fn new(slot: SlotId, check: PinCheck, now_ms: u64) -> Present {
        Present { slot, check, until_ms: now_ms + SHIFT_MS, wrong: 0 }
    }
}

impl Open {
    /// Whether somebody's PIN alone is enough. An owner's is not once somebody of the staff has come in with a code:
    /// the keys in memory are not the owner's any more.
    fn is_pin_enough(&self, member: &Member, now_ms: u64) -> bool {
        let is_known = |present: &Present| present.slot.to_string() == member.slot && now_ms <= present.until_ms;
        (member.role != Role::Owner || self.unlocked.keys.is_owner()) && self.present.iter().any(is_known)
    }
}

impl Desk {
    /// Covers the screen: nothing is done until somebody proves who it is.
    pub(crate) fn desk_cover(&mut self, _: Nothing) -> Result<(), Fault> {
        let open = self.at_counter()?;
        // Coming back would be written down, and nothing is while the records are in doubt.
        if !open.doubts.is_empty() {
            self.shut();
            return Err(DeskError::Locked.into());
        }
        open.is_covered = true;
        open.enrolling = None;
        let _ = open.unlocked.state.save(Flush::Later);
        Ok(())
    }

    /// Uncovers the screen for whoever was there or for the next; the bill is as it was.
    pub(crate) fn desk_uncover(&mut self, request: UnlockRequest) -> Result<OpenView, Fault> {
        let now = self.now();
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        if !open.is_covered {
            return Err(DeskError::NotCovered.into());
        }
        let pin = Pin::typed(&request.pin)?;
        let slot = SlotId::read(&request.slot).ok_or(VaultError::Refused)?;
        let member = staff::member_of_slot(open.shop.look(), &request.slot)?.ok_or(VaultError::Refused)?;
        let mut failed = 0;
        if request.code.trim().is_empty() && open.is_pin_enough(&member, now.uptime_ms) {
            let present = open.present.iter_mut().find(|present| present.slot == slot).ok_or(VaultError::Refused)?;
            if !present.check.fits(&pin)? {
                present.wrong += 1;
                if present.wrong < WRONG_MAX {
                    return Err(DeskError::PinWrong.into());
                }
                self.shut();
                return Err(DeskError::LockedFully.into());
            }
            failed = std::mem::take(&mut present.wrong);
        } else {
            self.come_in(slot, &pin, &request.code)?;
        }
        self.take_over(member, failed)?;
        self.open_view()
    }

    /// Somebody comes in with PIN and code while the shop is open: the keys in memory are that person's from now on.
    pub(super) fn come_in(&mut self, slot: SlotId, pin: &Pin, code: &str) -> Result<(), Fault> {
        let now = self.now();
        let places = self.around.places.vault();
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        open.unlocked.state.save(Flush::Now)?;
        let mut unlocked = vault::unlock(&places, slot, pin, code, now)?;
        unlocked.bind(pin, &mut *self.around.chance)?;
        let check = PinCheck::make(pin, Cost::FLOOR, &mut *self.around.chance)?;
        let failed = unlocked.failed.as_ref().map_or(0, |failed| failed.tries);
        open.unlocked = unlocked;
        open.present.retain(|present| present.slot != slot);
        open.present.push(Present::new(slot, check, now.uptime_ms));
        if let Some(member) = staff::member_of_slot(open.shop.look(), &slot.to_string())? {
            self.act(|act, _| staff::actions::came_in(act, member.staff, failed))?;
        }
        Ok(())
    }

    /// The fact first: a disk that refuses it leaves the screen covered.
    fn take_over(&mut self, member: Member, failed: u32) -> Result<(), Fault> {
        let Stage::Open(open) = &self.stage else { return Err(DeskError::Locked.into()) };
        let is_another = open.member.staff != member.staff;
        if is_another || failed > 0 {
            self.act(|act, _| staff::actions::changed_in(act, member.staff, failed))?;
        }
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        if is_another {
            open.last_login = staff::last_login(open.shop.look(), member.staff)?;
            open.rights = Rights::default();
            // It stays under the cover for its own owner: the paper takes longer to write than the screen stays open.
            open.renewing = None;
            open.member = member;
        }
        open.is_covered = false;
        Ok(())
    }

    /// The tiles of a covered screen.
    pub(super) fn cover_tiles(&self, open: &Open) -> Vec<PersonTile> {
        let now_ms = self.now().uptime_ms;
        let ways_in = self.ways_in();
        let members = staff::members(open.shop.look()).unwrap_or_default();
        let tile = |member: Member| PersonTile {
            pin_alone: open.is_pin_enough(&member, now_ms),
            here: member.staff == open.member.staff,
            slot: member.slot,
            name: member.name,
            role: member.role.word(),
        };
        members.into_iter().filter(|member| ways_in.lead(member)).map(tile).collect()
    }
}
