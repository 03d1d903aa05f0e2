//! The set-up of a new shop, step by step; nothing is written before the last one.

use std::fs::File;

use super::lock::{UNFINISHED, remove_mark};
use super::wire::{
    CodeRequest, GroupsRequest, Nothing, OpenView, RecoveryView, SetupBeginRequest, SetupBeginView, SetupFinishRequest,
};
use super::{Desk, DeskError, Stage, label, stamp};
use crate::catalog::csv::Sheet;
use crate::catalog::mapping::Mapping;
use crate::catalog::{self, CatalogError};
use crate::exchange::ROOMS;
use crate::fault::Fault;
use crate::id::{StaffId, StreamId};
use crate::print::qr::Qr;
use crate::profile::{self, ProfileError};
use crate::sale::wire::QrView;
use crate::staff;
use crate::store::{Beginning, Shop, StoreError};
use crate::text;
use crate::vault::{self, Draft, Found, Pin, RosterNames, Unlocked};

/// The epoch of a shop that never changed its root key.
const FIRST_EPOCH: u32 = 1;

/// The most characters of the owner's name; it stands on every bill as the cashier's.
const OWNER_MAX: usize = 60;

/// What a set-up has gathered so far, in memory alone.
pub(super) struct Setup {
    draft: Draft,
    pin: Pin,
    pub(super) names: RosterNames,
}

impl Desk {
    pub(crate) fn setup_begin(&mut self, request: SetupBeginRequest) -> Result<SetupBeginView, Fault> {
        let Stage::New(setup) = &mut self.stage else { return Err(DeskError::NotInSetUp.into()) };
        let owner = text::line(&request.owner_name);
        if owner.is_empty() {
            return Err(DeskError::OwnerMissing.into());
        }
        if request.pin != request.pin_again {
            return Err(DeskError::PinsDiffer.into());
        }
        let pin = Pin::choose_owner(&request.pin)?;
        let shop = text::line(&request.shop_name);
        for (field, name, most) in [("name", &shop, 80), ("owner_name", &owner, OWNER_MAX)] {
            if name.chars().count() > most {
                return Err(ProfileError::TooLong { field, most }.into());
            }
        }
        let names = RosterNames { shop, person: owner };
        // Going back a step and on again keeps the phone's secret: it may be in the phone already.
        let draft = setup.take().map_or_else(|| Draft::make(&mut *self.around.chance), |before| before.draft);
        let uri = draft.uri(&label(&names.shop), &label(&names.person));
        let qr = Qr::of(&uri).expect("a short address fits a code");
        let view = SetupBeginView { secret: draft.secret_text(), qr: QrView::from(&qr), uri };
        *setup = Some(Box::new(Setup { draft, pin, names }));
        Ok(view)
    }

    pub(crate) fn setup_code(&mut self, request: CodeRequest) -> Result<(), Fault> {
        let wall_ms = self.now().wall_ms;
        Ok(self.draft()?.check_code(&request.code, wall_ms)?)
    }

    pub(crate) fn setup_recovery(&mut self, _: Nothing) -> Result<RecoveryView, Fault> {
        let draft = self.draft()?;
        Ok(RecoveryView { groups: draft.recovery_groups().to_vec(), ask: draft.asked_groups() })
    }

    pub(crate) fn setup_groups(&mut self, request: GroupsRequest) -> Result<(), Fault> {
        let draft = self.draft()?;
        for (number, typed) in draft.asked_groups().into_iter().zip(&request.answers) {
            draft.check_group(number, typed)?;
        }
        Ok(())
    }

    /// Writes vault and shop file, commits what the shop begins with, and opens it.
    pub(crate) fn setup_finish(&mut self, request: SetupFinishRequest) -> Result<OpenView, Fault> {
        profile::actions::read(&request.profile)?;
        profile::actions::read_counter_name(&request.counter_name)?;
        // A shop may have been copied into the folder since the set-up began: it must not be taken for half of this one.
        if vault::find(&self.around.places.vault())? != Found::New || self.around.places.database().exists() {
            return Err(StoreError::Exists.into());
        }
        let Stage::New(setup) = &mut self.stage else { return Err(DeskError::NotInSetUp.into()) };
        let setup = setup.take().ok_or(DeskError::NotInSetUp)?;
        let mark = self.around.places.data.join(UNFINISHED);
        File::create(&mark).and_then(|file| file.sync_all()).map_err(|why| DeskError::Folder(why.kind()))?;
        let done = self.write_shop(&setup, &request).and_then(|(shop, unlocked)| {
            // While the mark is there nothing may be sold: the next start would put the shop aside.
            remove_mark(&mark).map_err(|why| DeskError::Folder(why.kind()))?;
            self.enter(shop, unlocked, &setup.pin, Vec::new())
        });
        if done.is_err() {
            self.look_around();
            // The phone has the secret already, so it is kept for the next try.
            if let Stage::New(kept) = &mut self.stage {
                *kept = Some(setup);
            }
        }
        done.and_then(|()| self.open_view())
    }

    fn write_shop(&mut self, setup: &Setup, request: &SetupFinishRequest) -> Result<(Shop, Unlocked), Fault> {
        let (now, cost) = (self.now(), self.dearest_login());
        let names = RosterNames { shop: text::line(&request.profile.name), person: setup.names.person.clone() };
        let unlocked =
            setup.draft.write(&self.around.places.vault(), &setup.pin, &names, cost, now, &mut *self.around.chance)?;
        let stream = StreamId::make(&mut *self.around.chance);
        let epoch_key = *unlocked.keys.sub("audit", FIRST_EPOCH)?.expose();
        let beginning = Beginning { stream, epoch: FIRST_EPOCH, epoch_key };
        let stamp = stamp(&*self.around.clock, StaffId::SETUP);
        let mut shop = Shop::make(&self.around.places.database(), &unlocked.keys.db(), ROOMS, &beginning, &stamp)?;
        let slot = unlocked.slot.to_string();
        let kept = setup.draft.keep_group(&self.around.places.vault(), &mut *self.around.chance)?;
        shop.act(&stamp, &mut *self.around.chance, |act| {
            profile::actions::set(act, &request.profile)?;
            profile::actions::name_counter(act, &request.counter_name)?;
            profile::actions::set_series(act, "A")?;
            staff::actions::add_owner(act, &names.person, &slot)?;
            staff::actions::paper_made(act, &kept)?;
            Ok::<_, ProfileError>(())
        })?;
        if let Some(sample) = request.sample {
            let sheet = Sheet::read(sample.csv().as_bytes()).map_err(CatalogError::from)?;
            let mapping = Mapping::guess(&sheet.headers);
            shop.act(&stamp, &mut *self.around.chance, |act| {
                catalog::actions::import(act, "sample", &sheet, &mapping, &mut |_, _| ()).map(|_| ())
            })?;
        }
        Ok((shop, unlocked))
    }

    /// The vault that is being made, for a new shop or for one that is recovered.
    pub(super) fn draft(&mut self) -> Result<&mut Draft, Fault> {
        match &mut self.stage {
            Stage::New(Some(setup)) => Ok(&mut setup.draft),
            Stage::Recovering(draft) => Ok(draft),
            _ => Err(DeskError::NotInSetUp.into()),
        }
    }
}
