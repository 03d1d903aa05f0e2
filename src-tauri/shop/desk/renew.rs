//! All keys made anew, for when somebody left on bad terms or a paper was lost (`docs/decisions/0017`, `0020`).
//!
//! In order: the next vault beside the one in force, the fact that removes who left, the file's new key, the next
//! header in force, the fact that all keys are new. Wherever the power goes, the next login of an owner finds out from
//! the file which keys it has, and finishes the work or lets it go.

use super::wire::{GroupsRequest, Nothing, PeopleView, RecoveryView};
use super::{Desk, DeskError, Open, Stage, Surroundings, stamp};
use crate::exchange::ROOMS;
use crate::fault::Fault;
use crate::id::StaffId;
use crate::staff;
use crate::staff::wire::RenewBeginRequest;
use crate::store::{Shop, StoreError};
use crate::vault::{GROUPS, KeyRing, Pin, Rotation, Unlocked, VaultError};

/// A renewal that nobody goes on with is let go after so long.
const RENEW_MS: u64 = 30 * 60_000;
/// What the first key of an epoch of the journal's MACs is called in the vault.
const AUDIT: &str = "audit";

/// A renewal whose paper is being written down, in memory alone.
pub(super) struct Renewing {
    rotation: Rotation,
    pin: Pin,
    left: Option<StaffId>,
    until_ms: u64,
}

impl Desk {
    /// Begins with the owner's PIN and code, and shows the new paper.
    pub(crate) fn staff_renew_begin(&mut self, request: RenewBeginRequest) -> Result<RecoveryView, Fault> {
        let left = request.staff.map(StaffId);
        let open = self.opened()?;
        if let Some(left) = left {
            staff::actions::check_left(open.shop.look(), left, open.member.staff)?;
        }
        self.prove_owner(&request.pin, &request.code)?;
        let pin = Pin::typed(&request.pin)?;
        let until_ms = self.now().uptime_ms + RENEW_MS;
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        let carried = [(AUDIT, open.shop.epoch())];
        let rotation = open.unlocked.rotate(&carried, &mut *self.around.chance)?;
        let view = RecoveryView { groups: rotation.recovery_groups().to_vec(), ask: rotation.asked_groups() };
        open.renewing = Some(Renewing { rotation, pin, left, until_ms });
        Ok(view)
    }

    pub(crate) fn staff_renew_groups(&mut self, request: GroupsRequest) -> Result<(), Fault> {
        let rotation = &mut self.renewing()?.rotation;
        for (number, typed) in rotation.asked_groups().into_iter().zip(&request.answers) {
            rotation.check_group(number, typed)?;
        }
        Ok(())
    }

    pub(crate) fn staff_renew_leave(&mut self, _: Nothing) -> Result<(), Fault> {
        self.at_counter()?.renewing = None;
        Ok(())
    }

    /// Makes all keys anew. Whoever else works here needs a new way in from then on.
    ///
    /// What is refused before the file gets its new key leaves all as it was, and can be tried again.
    pub(crate) fn staff_renew_finish(&mut self, _: Nothing) -> Result<PeopleView, Fault> {
        let left = self.renewing()?.left;
        let prepared = self.prepare().and_then(|keys| {
            self.act(|act, _| staff::actions::begin_renewal(act, left))?;
            Ok(keys)
        });
        let Stage::Open(mut open) = std::mem::replace(&mut self.stage, Stage::New(None)) else {
            unreachable!("the shop was open on the lines above")
        };
        let keys = match prepared {
            Ok(keys) => keys,
            Err(fault) => {
                // What stays beside the vault in force is removed at the next login, if not now.
                let _ = open.unlocked.abandon_rotation();
                self.stage = Stage::Open(open);
                return Err(fault);
            }
        };
        let renewing = open.renewing.take().expect("the next vault was prepared from it");
        if let Err(why) = self.switch(*open, &keys, &renewing) {
            self.look_around();
            return Err(DeskError::RenewalCutOff { why: why.say }.into());
        }
        self.people_view()
    }

    /// Writes the next vault beside the one in force, and gives its keys.
    fn prepare(&mut self) -> Result<KeyRing, Fault> {
        let (now, cost) = (self.now(), self.dearest_login());
        let Stage::Open(open) = &self.stage else { return Err(DeskError::Locked.into()) };
        let Renewing { rotation, pin, .. } = open.renewing.as_ref().ok_or(DeskError::NotInSetUp)?;
        Ok(rotation.prepare(&open.unlocked, pin, cost, now, &mut *self.around.chance)?)
    }

    /// The file first, then the header: until that is in force both sets of keys can be had with the old way in.
    fn switch(&mut self, open: Open, keys: &KeyRing, renewing: &Renewing) -> Result<(), Fault> {
        let shop = open.shop.rekey(&keys.db())?;
        let unlocked = open.unlocked.finish_rotation(self.now())?;
        self.enter(shop, unlocked, &renewing.pin, Vec::new())?;
        let kept = renewing.rotation.keep_group(&self.around.places.vault(), &mut *self.around.chance)?;
        self.act(|act, _| staff::actions::paper_made(act, &kept))
    }

    /// The paper of a renewal under way, for whoever prints it.
    pub(super) fn renewed_paper(&self) -> Option<[String; GROUPS]> {
        let Stage::Open(open) = &self.stage else { return None };
        open.renewing.as_ref().map(|renewing| renewing.rotation.recovery_groups())
    }

    fn renewing(&mut self) -> Result<&mut Renewing, Fault> {
        let now_ms = self.now().uptime_ms;
        let renewing = self.at_counter()?.renewing.as_mut().filter(|renewing| now_ms <= renewing.until_ms);
        Ok(renewing.ok_or(DeskError::NotInSetUp)?)
    }

    /// Opens the shop's file for whoever unlocked the vault, and brings a renewal that was cut off to its end; tells
    /// which end that was.
    pub(super) fn open_file(&self, unlocked: Unlocked) -> Result<(Shop, Unlocked, Option<Fault>), Fault> {
        let file = self.around.places.database();
        let opened = Shop::open(&file, &unlocked.keys.db(), ROOMS);
        match (unlocked.pending_keys(), opened) {
            (Ok(None), opened) => Ok((opened?, unlocked, None)),
            (Ok(Some(_)), Ok(shop)) => {
                unlocked.abandon_rotation()?;
                Ok((shop, unlocked, Some(DeskError::RenewalLetGo.into())))
            }
            (Ok(Some(keys)), Err(StoreError::Unreadable)) => {
                let shop = Shop::open(&file, &keys.db(), ROOMS)?;
                shop.check_whole()?;
                // The one way into the next vault is that of whoever began.
                let me = staff::member_of_slot(shop.look(), &unlocked.slot.to_string())?.map(|member| member.staff);
                let by = staff::actions::last_renewal(shop.look(), shop.stream())?.map(|renewal| renewal.by);
                if me.is_none() || me != by {
                    return Err(DeskError::RenewalOpen.into());
                }
                let unlocked = unlocked.finish_rotation(self.now())?;
                Ok((shop, unlocked, Some(DeskError::RenewalFinished.into())))
            }
            (Ok(Some(_)), Err(error)) => Err(error.into()),
            // The staff do neither; while the file has the key they know, there is no need to.
            (Err(VaultError::OwnerNeeded), Ok(shop)) => Ok((shop, unlocked, None)),
            (Err(VaultError::OwnerNeeded), Err(StoreError::Unreadable)) => Err(DeskError::RenewalOpen.into()),
            (Err(VaultError::OwnerNeeded), Err(error)) => Err(error.into()),
            (Err(error), _) => Err(error.into()),
        }
    }
}

/// Where all keys are new since the journal's epoch began, the journal goes on in the next one.
pub(super) fn follow_new_keys(open: &mut Open, around: &mut Surroundings) -> Result<(), Fault> {
    let Open { shop, unlocked, .. } = open;
    if !unlocked.keys.is_carried(AUDIT, shop.epoch()) {
        return Ok(());
    }
    let renewal = staff::actions::last_renewal(shop.look(), shop.stream())?;
    let (by, left) = renewal.map_or((StaffId::SETUP, None), |renewal| (renewal.by, renewal.left));
    let key = unlocked.keys.sub(AUDIT, shop.epoch() + 1)?;
    let stamp = stamp(&*around.clock, by);
    shop.act(&stamp, &mut *around.chance, |act| staff::actions::renewed(act, key.expose(), left))?;
    Ok(())
}
