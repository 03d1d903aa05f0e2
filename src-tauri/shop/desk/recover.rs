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
use crate::vault::{self, Draft, Pin, RecoveryCode, RosterNames};

impl Desk {
    pub(crate) fn recover_begin(&mut self, request: RecoverBeginRequest) -> Result<SetupBeginView, Fault> {
        if !matches!(self.stage, Stage::Locked(_) | Stage::Broken(_) | Stage::Recovering(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        if !self.around.places.database().exists() {
            return Err(StoreError::Missing.into());
        }
        let code = RecoveryCode::read(&request.code)?;
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
        let names = names(draft, &owner);
        let unlocked = draft.write(&self.around.places.vault(), &pin, &names, cost, now, &mut *self.around.chance)?;
        self.enter_recovered(shop, unlocked, &pin, &owner)?;
        self.open_view()
    }

    fn enter_recovered(
        &mut self,
        mut shop: Shop,
        unlocked: vault::Unlocked,
        pin: &Pin,
        owner: &str,
    ) -> Result<(), Fault> {
        let members = staff::members(shop.look())?;
        let owners = || members.iter().filter(|member| member.role == Role::Owner);
        let known = owners().find(|member| member.name == owner).or_else(|| owners().next());
        let stamp = super::stamp(&*self.around.clock, known.map_or(crate::id::StaffId::SETUP, |member| member.staff));
        let slot = unlocked.slot.to_string();
        shop.act(&stamp, &mut *self.around.chance, |act| match known {
            Some(member) => staff::actions::set_slot(act, member.staff, &slot),
            None => staff::actions::add(act, owner, Role::Owner, &slot).map(|_| ()),
        })
        .map_err(|error: StaffError| Fault::from(error))?;
        self.enter(shop, unlocked, pin)
    }
}

fn names(draft: &Draft, owner: &str) -> RosterNames {
    let shop = draft.roster().map(|roster| roster.shop.clone()).unwrap_or_default();
    RosterNames { shop, person: owner.to_owned() }
}
