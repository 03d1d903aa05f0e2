//! The way back in with the printed code: another phone, another PIN, another paper.

use super::wire::{Nothing, OpenView, RecoverBeginRequest, RecoverFinishRequest, SetupBeginView};
use super::{Desk, DeskError, Stage, label};
use crate::exchange::ROOMS;
use crate::fault::Fault;
use crate::print::qr::Qr;
use crate::sale::wire::QrView;
use crate::staff::{self, Role, StaffError};
use crate::store::{Shop, StoreError};
use crate::text;
use crate::vault::{self, Draft, Pin, RecoveryCode, RosterNames, VaultError};

impl Desk {
    pub(crate) fn recover_begin(&mut self, request: RecoverBeginRequest) -> Result<SetupBeginView, Fault> {
        if !matches!(self.stage, Stage::Locked(_) | Stage::Broken(_) | Stage::Recovering(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        self.take_hold()?;
        self.put_unfinished_aside()?;
        if !self.around.places.database().exists() {
            return Err(StoreError::Missing.into());
        }
        let code = RecoveryCode::read(&request.code)?;
        // On another PC the folder is a copy, and the shop may have sold more since it was made.
        self.this_pc.is_fresh |= vault::find(&self.around.places.vault()) == Err(VaultError::DeviceMissing);
        let mut draft = vault::recover(&self.around.places.vault(), &code, &mut *self.around.chance)?;
        // The file tells whether a change of all keys had come to its end.
        if let Some(pending) = draft.pending_db()
            && Shop::open(&self.around.places.database(), &draft.db(), ROOMS).is_err()
            && Shop::open(&self.around.places.database(), &pending, ROOMS).is_ok()
        {
            draft.use_pending();
        }
        let shop = draft.roster().map(|roster| roster.shop.clone()).unwrap_or_default();
        let uri = draft.uri(&label(if shop.is_empty() { "Pakka" } else { &shop }), "owner");
        let qr = Qr::of(&uri).expect("a short address fits a code");
        let view = SetupBeginView { secret: draft.secret_text(), qr: QrView::from(&qr), uri };
        self.stage = Stage::Recovering(Box::new(draft));
        Ok(view)
    }

    pub(crate) fn recover_leave(&mut self, _: Nothing) -> Result<(), Fault> {
        if matches!(self.stage, Stage::Recovering(_)) {
            self.look_around();
        }
        Ok(())
    }

    /// Writes the new ways in and opens the shop. Every old PIN, phone and paper is void then.
    pub(crate) fn recover_finish(&mut self, request: RecoverFinishRequest) -> Result<OpenView, Fault> {
        if request.pin != request.pin_again {
            return Err(DeskError::PinsDiffer.into());
        }
        let pin = Pin::choose_owner(&request.pin)?;
        let owner = text::line(&request.owner_name);
        if owner.is_empty() {
            return Err(DeskError::OwnerMissing.into());
        }
        let (now, cost) = (self.now(), self.dearest_login());
        let Stage::Recovering(draft) = &mut self.stage else { return Err(DeskError::NotInSetUp.into()) };
        let shop = Shop::open(&self.around.places.database(), &draft.db(), ROOMS)?;
        let owner = owner_known(&shop, &owner)?;
        let names = names(draft, &owner);
        let unlocked = draft.write(&self.around.places.vault(), &pin, &names, cost, now, &mut *self.around.chance)?;
        let kept = draft.keep_group(&self.around.places.vault(), &mut *self.around.chance)?;
        self.enter(shop, unlocked, &pin, Vec::new())?;
        // Whoever holds the paper is the owner, and is told after the login why bills go on under another letter.
        if !self.opened()?.doubts.is_empty() {
            self.go_on()?;
        }
        self.act(|act, _| {
            staff::actions::recovered(act)?;
            staff::actions::paper_made(act, &kept)
        })?;
        self.open_view()
    }
}

fn names(draft: &Draft, owner: &str) -> RosterNames {
    let shop = draft.roster().map(|roster| roster.shop.clone()).unwrap_or_default();
    RosterNames { shop, person: owner.to_owned() }
}

/// The owner's name as the shop knows it. With one owner there is no choice; of several the name tells which.
fn owner_known(shop: &Shop, typed: &str) -> Result<String, Fault> {
    let members = staff::members(shop.look())?;
    let owners: Vec<_> = members.into_iter().filter(|member| member.role == Role::Owner).collect();
    let same = owners.iter().find(|owner| owner.name.to_lowercase() == typed.to_lowercase());
    match (same, owners.as_slice()) {
        (Some(owner), _) | (None, [owner]) => Ok(owner.name.clone()),
        (None, []) => Ok(typed.to_owned()),
        (None, _) => Err(StaffError::NoSuchPerson.into()),
    }
}
