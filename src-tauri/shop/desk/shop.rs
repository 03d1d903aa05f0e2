//! Signboard, settings and customers, as the window asks for them.

use super::Desk;
use super::wire::{Nothing, SettingsSetRequest, SettingsView};
use crate::customer::wire::{CustomerFindRequest, CustomerView};
use crate::customer::{self, CustomerError};
use crate::fault::Fault;
use crate::gst::state::State;
use crate::profile::wire::{
    FieldFaultView, GstinRequest, GstinView, ProfileCheckRequest, ProfileSetRequest, ProfileView, StateView,
};
use crate::profile::{self, ProfileError};
use crate::sale;
use crate::settings;
use crate::staff::{self, Deed};
use crate::vault::{self, Place, RosterNames};

/// The most customers a search shows.
const CUSTOMERS_MAX: usize = 8;

impl Desk {
    pub(crate) fn profile_gstin(&mut self, request: GstinRequest) -> Result<GstinView, Fault> {
        Ok(profile::actions::look_at_gstin(&request.gstin))
    }

    pub(crate) fn profile_check(&mut self, request: ProfileCheckRequest) -> Result<Vec<FieldFaultView>, Fault> {
        Ok(profile::actions::check(&request.profile, &request.counter_name))
    }

    pub(crate) fn profile_states(&mut self, _: Nothing) -> Result<Vec<StateView>, Fault> {
        let (wall_ms, offset_min, _) = self.around.clock.now();
        Ok(State::of_shops(crate::day::Day::of(wall_ms, offset_min)).map(StateView::from).collect())
    }

    pub(crate) fn profile_set(&mut self, request: ProfileSetRequest) -> Result<ProfileView, Fault> {
        let profile = self.act(|act, _| profile::actions::set(act, &request.profile))?;
        let super::Stage::Open(open) = &self.stage else { unreachable!("the shop was open on the line above") };
        // The name goes to the slot that opened the vault, which need not be that of who stands here.
        if let Some(opener) = staff::member_of_slot(open.shop.look(), &open.unlocked.slot.to_string())? {
            let names = RosterNames { shop: profile.name.clone(), person: opener.name };
            open.unlocked.rename(&names, &mut *self.around.chance)?;
        }
        Ok(ProfileView::from(&profile))
    }

    pub(crate) fn settings_get(&mut self, _: Nothing) -> Result<SettingsView, Fault> {
        let printer = self.around.outlet.printer();
        let today = super::stamp(&*self.around.clock, crate::id::StaffId::SETUP).day();
        let open = self.opened()?;
        let (look, stream) = (open.shop.look(), open.shop.stream());
        let kept = settings::get(look)?;
        let prefix = profile::series(look, stream)?;
        Ok(SettingsView {
            paper: kept.paper,
            paper_language: kept.paper_language,
            round_to_rupee: profile::current(look)?.is_none_or(|(_, profile)| profile.round_to_rupee),
            sound: kept.sound,
            next_number: sale::actions::next_number(look, &prefix, today)?,
            series_prefix: prefix,
            printer,
            screen_lock_min: kept.screen_lock_min,
            full_lock_min: kept.full_lock_min,
            key_place: vault::kept_in(&self.around.places.vault()).ok().map(Place::words),
            counter_name: profile::counter_name(look, stream)?,
        })
    }

    pub(crate) fn settings_set(&mut self, request: SettingsSetRequest) -> Result<SettingsView, Fault> {
        if request.round_to_rupee.is_some() || request.series_prefix.is_some() || request.counter_name.is_some() {
            self.may(Deed::ChangeShop)?;
        }
        self.act(|act, _| {
            let mut kept = settings::get(act.look())?;
            kept.paper = request.paper.unwrap_or(kept.paper);
            kept.paper_language = request.paper_language.unwrap_or(kept.paper_language);
            kept.sound = request.sound.unwrap_or(kept.sound).min(100);
            kept.screen_lock_min = request.screen_lock_min.unwrap_or(kept.screen_lock_min).clamp(1, 15);
            kept.full_lock_min = request.full_lock_min.unwrap_or(kept.full_lock_min).clamp(5, 120);
            settings::set(act, &kept)?;
            if let Some(round_to_rupee) = request.round_to_rupee {
                profile::actions::set_rounding(act, round_to_rupee)?;
            }
            if let Some(prefix) = &request.series_prefix {
                profile::actions::set_series(act, prefix)?;
            }
            if let Some(name) = &request.counter_name {
                profile::actions::name_counter(act, name)?;
            }
            Ok::<_, ProfileError>(())
        })?;
        self.settings_get(Nothing {})
    }

    pub(crate) fn customer_find(&mut self, request: CustomerFindRequest) -> Result<Vec<CustomerView>, Fault> {
        let found = customer::find(self.look()?, request.text.trim(), CUSTOMERS_MAX).map_err(CustomerError::from)?;
        Ok(found.into_iter().map(CustomerView::from).collect())
    }
}
