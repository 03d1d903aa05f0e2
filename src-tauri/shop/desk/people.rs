//! The people of the shop, as an owner asks for them: listed, added, given another phone or PIN, let in again, removed.
//!
//! What changes a way in needs the owner's PIN and code anew; the keys in memory are the owner's from then on.

use super::wire::{CodeRequest, MemberView, Nothing, PeopleView, SetupBeginView};
use super::{Desk, DeskError, label};
use crate::bills::wire::MomentView;
use crate::fault::Fault;
use crate::id::StaffId;
use crate::print::qr::Qr;
use crate::profile;
use crate::sale::wire::QrView;
use crate::staff::wire::{
    EnrolBeginRequest, EnrolCodeView, EnrolFinishRequest, PinRequest, RemoveRequest, ResetRequest, RoleView,
};
use crate::staff::{self, Deed, Member, Role};
use crate::vault::people::{self, Enrolment, Newcomer};
use crate::vault::{self, Found, Pin, SlotId, VaultError};

/// An enrolment that nobody goes on with is let go after so long.
const ENROL_MS: u64 = 15 * 60_000;

/// Somebody who is getting a phone and a PIN, in memory alone.
pub(super) struct Enrolling {
    enrolment: Enrolment,
    who: Who,
    until_ms: u64,
}

/// The slots that open the vault; nothing while they cannot be read, as when the key stick is pulled out.
pub(super) struct WaysIn(Option<Vec<String>>);

impl WaysIn {
    /// Whether a person can come in. All others were taken out when the keys were made anew or the shop recovered.
    pub(super) fn lead(&self, member: &Member) -> bool {
        self.0.as_ref().is_none_or(|slots| slots.contains(&member.slot))
    }
}

enum Who {
    New { name: String, role: Role },
    Known(Member),
}

impl Desk {
    pub(crate) fn staff_list(&mut self, _: Nothing) -> Result<PeopleView, Fault> {
        self.sweep();
        self.people_view()
    }

    /// Begins with the owner's PIN and code, and shows the new phone's secret.
    pub(crate) fn staff_enrol_begin(&mut self, request: EnrolBeginRequest) -> Result<SetupBeginView, Fault> {
        let look = self.look()?;
        let who = match request.staff {
            Some(staff) => Who::Known(staff::actions::find(look, StaffId(staff))?),
            None => Who::New { name: staff::actions::check_name(look, &request.name)?, role: request.role },
        };
        let (_, shop) = profile::current(look)?.ok_or(DeskError::NotInSetUp)?;
        self.prove_owner(&request.pin, &request.code)?;
        let enrolment = Enrolment::make(&mut *self.around.chance);
        let name = match &who {
            Who::New { name, .. } => name,
            Who::Known(member) => &member.name,
        };
        let uri = enrolment.uri(&label(&shop.name), &label(name));
        let qr = Qr::of(&uri).expect("a short address fits a code");
        let view = SetupBeginView { secret: enrolment.secret_text(), qr: QrView::from(&qr), uri };
        let until_ms = self.now().uptime_ms + ENROL_MS;
        self.at_counter()?.enrolling = Some(Enrolling { enrolment, who, until_ms });
        Ok(view)
    }

    pub(crate) fn staff_enrol_code(&mut self, request: CodeRequest) -> Result<EnrolCodeView, Fault> {
        let wall_ms = self.now().wall_ms;
        let open = self.at_counter()?;
        let phone_ms = open.unlocked.state.phone_ms(wall_ms);
        let enrolling = open.enrolling.as_mut().ok_or(DeskError::NotInSetUp)?;
        Ok(EnrolCodeView { left: enrolling.enrolment.check_code(&request.code, phone_ms)? })
    }

    pub(crate) fn staff_enrol_leave(&mut self, _: Nothing) -> Result<(), Fault> {
        self.at_counter()?.enrolling = None;
        Ok(())
    }

    /// The new person types a PIN, and is in from then on.
    pub(crate) fn staff_enrol_finish(&mut self, request: EnrolFinishRequest) -> Result<PeopleView, Fault> {
        if request.pin != request.pin_again {
            return Err(DeskError::PinsDiffer.into());
        }
        let now = self.now();
        let cost = self.dearest_login();
        let chance = &mut *self.around.chance;
        let super::Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        let enrolling = open.enrolling.as_ref().filter(|enrolling| now.uptime_ms <= enrolling.until_ms);
        let Enrolling { enrolment, who, .. } = enrolling.ok_or(DeskError::NotInSetUp)?;
        let (name, role) = match who {
            Who::New { name, role } => (name.clone(), *role),
            Who::Known(member) => (member.name.clone(), member.role),
        };
        let pin = if role == Role::Owner { Pin::choose_owner(&request.pin)? } else { Pin::choose_staff(&request.pin)? };
        let may_export = role.may(Deed::ChangeShop, 0);
        let newcomer = Newcomer { name: name.clone(), role: role.number(), may_export };
        let known = match who {
            Who::Known(member) => Some((member.staff, SlotId::read(&member.slot).ok_or(VaultError::NoSuchPerson)?)),
            Who::New { .. } => None,
        };
        let slot = match known {
            // After a recovery or a renewal of all keys the old slots are gone, and a known person is added like a new one.
            Some((_, slot)) => match people::new_phone(&mut open.unlocked, slot, may_export, enrolment, &pin, chance) {
                Err(VaultError::NoSuchPerson) => {
                    people::add(&mut open.unlocked, &newcomer, enrolment, &pin, cost, chance)?
                }
                done => done?,
            },
            None => people::add(&mut open.unlocked, &newcomer, enrolment, &pin, cost, chance)?,
        };
        open.enrolling = None;
        let slot = slot.to_string();
        self.act(|act, _| match known {
            Some((staff, _)) => staff::actions::set_slot(act, staff, &slot),
            None => staff::actions::add(act, &name, role, &slot).map(|_| ()),
        })?;
        if let Some((staff, _)) = known {
            let open = self.at_counter()?;
            if open.member.staff == staff {
                open.member = staff::actions::find(open.shop.look(), staff)?;
            }
        }
        self.people_view()
    }

    pub(crate) fn staff_remove(&mut self, request: RemoveRequest) -> Result<PeopleView, Fault> {
        let staff = StaffId(request.staff);
        let member = staff::actions::find(self.look()?, staff)?;
        self.prove_owner(&request.pin, &request.code)?;
        // The fact first: one who is named as removed comes in no more, and the next look at the list sweeps the rest.
        self.act(|act, _| staff::actions::remove(act, staff))?;
        let slot = SlotId::read(&member.slot).ok_or(VaultError::NoSuchPerson)?;
        let chance = &mut *self.around.chance;
        let super::Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        open.present.retain(|present| present.slot != slot);
        match people::remove(&mut open.unlocked, slot, chance) {
            Ok(()) | Err(VaultError::NoSuchPerson) => {}
            Err(error) => return Err(error.into()),
        }
        if open.member.staff == staff {
            self.shut();
            return Err(DeskError::Locked.into());
        }
        self.people_view()
    }

    /// Takes away the ways in of people who were removed when the power went before the header was written.
    fn sweep(&mut self) {
        let places = self.around.places.vault();
        let chance = &mut *self.around.chance;
        let super::Stage::Open(open) = &mut self.stage else { return };
        let Ok(Found::Locked(roster)) = vault::find(&places) else { return };
        for person in roster.people {
            if staff::is_removed_slot(open.shop.look(), &person.slot.to_string()).unwrap_or(false) {
                // What is refused now is tried again the next time the list is looked at.
                let _ = people::remove(&mut open.unlocked, person.slot, chance);
            }
        }
    }

    /// Another PIN for somebody who stands there, proven by the old one and that person's code.
    pub(crate) fn staff_pin(&mut self, request: PinRequest) -> Result<PeopleView, Fault> {
        if request.new_pin != request.new_again {
            return Err(DeskError::PinsDiffer.into());
        }
        let now = self.now();
        let member = staff::actions::find(self.look()?, StaffId(request.staff))?;
        let new = if member.role == Role::Owner {
            Pin::choose_owner(&request.new_pin)?
        } else {
            Pin::choose_staff(&request.new_pin)?
        };
        let slot = SlotId::read(&member.slot).ok_or(VaultError::NoSuchPerson)?;
        let old = Pin::typed(&request.old)?;
        let chance = &mut *self.around.chance;
        let super::Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        people::change_pin(&mut open.unlocked, slot, (&old, &request.code), &new, now, chance)?;
        // The old PIN lets nobody back in.
        open.present.retain(|present| present.slot != slot);
        self.people_view()
    }

    /// Lets somebody who is locked out try again.
    pub(crate) fn staff_reset(&mut self, request: ResetRequest) -> Result<PeopleView, Fault> {
        let member = staff::actions::find(self.look()?, StaffId(request.staff))?;
        let slot = SlotId::read(&member.slot).ok_or(VaultError::NoSuchPerson)?;
        people::let_try_again(&self.opened()?.unlocked, slot, self.now())?;
        self.people_view()
    }

    /// The owner at the counter proves who it is, with PIN and code.
    pub(super) fn prove_owner(&mut self, pin: &str, code: &str) -> Result<(), Fault> {
        let slot = SlotId::read(&self.opened()?.member.slot).ok_or(VaultError::Refused)?;
        self.come_in(slot, &Pin::typed(pin)?, code)
    }

    /// The ways in that the vault has.
    pub(super) fn ways_in(&self) -> WaysIn {
        let Ok(Found::Locked(roster)) = vault::find(&self.around.places.vault()) else { return WaysIn(None) };
        WaysIn(Some(roster.people.into_iter().map(|person| person.slot.to_string()).collect()))
    }

    pub(super) fn people_view(&self) -> Result<PeopleView, Fault> {
        let open = self.opened()?;
        let look = open.shop.look();
        // Who is locked out can be seen with an owner's keys alone.
        let locked_out = people::locked_out(&open.unlocked, self.now()).unwrap_or_default();
        let ways_in = self.ways_in();
        let mut members = Vec::new();
        for member in staff::members(look)? {
            let last = staff::last_login(look, member.staff)?;
            members.push(MemberView {
                staff: member.staff.0,
                locked_out: locked_out.iter().any(|slot| slot.to_string() == member.slot),
                needs_way_in: !ways_in.lead(&member),
                me: member.staff == open.member.staff,
                role: member.role,
                role_word: member.role.word(),
                last_login: last.map(|(wall_ms, offset_min)| MomentView::new(wall_ms, offset_min)),
                name: member.name,
            });
        }
        Ok(PeopleView { people: members, roles: Role::ALL.map(RoleView::from).into() })
    }
}
