//! Coming into a shop that was unlocked: what is in doubt about its records, and the first facts of a session.

use super::counter::Present;
use super::folder::ThisPc;
use super::renew::follow_new_keys;
use super::rights::Rights;
use super::wire::{Nothing, OpenView};
use super::{Desk, DeskError, Open, Stage, Surroundings, stamp};
use crate::catalog;
use crate::fault::Fault;
use crate::find;
use crate::id::{StaffId, StreamId};
use crate::profile;
use crate::records::{self, Doubt};
use crate::staff::{self, Member, StaffError};
use crate::stamp::Stamp;
use crate::store::Shop;
use crate::vault::{self, Cost, Flush, Found, Pin, PinCheck, SlotId, Unlocked, VaultError};

impl Desk {
    /// Brings an unlocked shop to the desk: who it is, the search index, and what is in doubt about its records.
    ///
    /// Nothing is written before the doubts are dealt with: what followed the older file may still turn up, and it
    /// has the numbers that would be written now.
    pub(super) fn enter(
        &mut self,
        shop: Shop,
        unlocked: Unlocked,
        pin: &Pin,
        mut doubts: Vec<Doubt>,
    ) -> Result<(), Fault> {
        doubts.extend(records::actions::examine(&shop, &unlocked)?);
        let member = match self.member_of(&shop, &unlocked)? {
            Some(member) => member,
            None => return Err(doubts.first().map_or_else(|| VaultError::Refused.into(), Fault::from)),
        };
        let last_login = staff::last_login(shop.look(), member.staff)?;
        let mut entries = Vec::new();
        catalog::each_entry(shop.look(), |entry| entries.push(entry))?;
        let index = find::Index::build(entries);
        let check = PinCheck::make(pin, Cost::FLOOR, &mut *self.around.chance)?;
        let present = vec![Present::new(unlocked.slot, check, self.now().uptime_ms)];
        let open = Open {
            shop,
            unlocked,
            member,
            index,
            last_login,
            doubts,
            renumbered: None,
            renewal_ended: None,
            state_saved_at: 0,
            is_covered: false,
            present,
            rights: Rights::default(),
            enrolling: None,
            renewing: None,
        };
        let is_in_doubt = !open.doubts.is_empty();
        self.stage = Stage::Open(Box::new(open));
        if is_in_doubt {
            return Ok(());
        }
        self.begin_work().inspect_err(|_| self.look_around())
    }

    /// The owner was told what is in doubt about the records, and goes on.
    pub(crate) fn desk_go_on(&mut self, _: Nothing) -> Result<OpenView, Fault> {
        let open = self.at_counter()?;
        if !open.doubts.is_empty() {
            if !open.unlocked.keys.is_owner() {
                return Err(StaffError::OwnerOnly.into());
            }
            self.go_on()?;
        }
        self.open_view()
    }

    /// Goes on with records that are in doubt. A file that was changed gives no figure before it is worked out anew.
    pub(super) fn go_on(&mut self) -> Result<(), Fault> {
        self.check_changed().and_then(|()| self.begin_work()).inspect_err(|_| self.look_around())
    }

    fn check_changed(&mut self) -> Result<(), Fault> {
        let Stage::Open(open) = &self.stage else { return Err(DeskError::Locked.into()) };
        if !open.doubts.contains(&Doubt::Changed) {
            return Ok(());
        }
        let Stage::Open(mut open) = std::mem::replace(&mut self.stage, Stage::New(None)) else { unreachable!() };
        open.shop = open.shop.rebuild(&open.unlocked.keys.db())?;
        if let Err((stream, broken)) = open.shop.verify()? {
            let broken = Doubt::Broken { stream, seq: broken.seq() };
            if !open.doubts.contains(&broken) {
                open.doubts.push(broken);
            }
        }
        self.stage = Stage::Open(open);
        Ok(())
    }

    /// The first facts of a session: why the records go on as they do, who it is, and that he came in.
    fn begin_work(&mut self) -> Result<(), Fault> {
        let roster = vault::find(&self.around.places.vault())?;
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        let (around, this_pc) = (&mut self.around, &mut self.this_pc);
        let stamp = stamp(&*around.clock, open.member.staff);
        let is_older = open.doubts.iter().any(|doubt| matches!(doubt, Doubt::Older { .. }));
        if is_older || this_pc.is_fresh {
            let prefix = begin_anew(&mut open.shop, this_pc, around, &stamp)?;
            let why = if is_older { DeskError::OlderData { prefix } } else { DeskError::NamedByHand { prefix } };
            open.renumbered = Some(why.into());
        }
        if !open.doubts.is_empty() {
            let doubts = std::mem::take(&mut open.doubts);
            open.shop.act(&stamp, &mut *around.chance, |act| records::actions::go_on(act, &doubts))?;
        }
        follow_new_keys(open, around)?;
        know_person(open, &roster, around)?;
        let failed = open.unlocked.failed.as_ref().map_or(0, |failed| failed.tries);
        let staff = open.member.staff;
        let stamp = Stamp { staff, ..stamp };
        open.shop.act(&stamp, &mut *around.chance, |act| staff::actions::came_in(act, staff, failed))?;
        open.note_progress(&stamp);
        // That the file was changed stands in the journal now.
        if open.unlocked.state.shut_as().is_some() {
            open.unlocked.state.note_shut(None);
            open.unlocked.state.save(Flush::Now)?;
        }
        Ok(())
    }

    /// What is known of whoever opened the vault. A person whom the shop's file does not know by this way in is known
    /// by name; the vault has the last word, but for one who was removed.
    fn member_of(&self, shop: &Shop, unlocked: &Unlocked) -> Result<Option<Member>, Fault> {
        let slot = unlocked.slot.to_string();
        if let Some(member) = staff::member_of_slot(shop.look(), &slot)? {
            return Ok(Some(member));
        }
        if staff::knows_slot(shop.look(), &slot)? {
            return Ok(None);
        }
        let Found::Locked(roster) = vault::find(&self.around.places.vault())? else { return Ok(None) };
        let name = name_of(&roster, unlocked.slot);
        let role = staff::Role::of_number(unlocked.role);
        let members = staff::members(shop.look())?;
        let same = |member: &Member| member.role == role && member.name.to_lowercase() == name.to_lowercase();
        let known = members.into_iter().find(same);
        Ok(Some(known.unwrap_or(Member { staff: StaffId::SETUP, name, role, slot, removed: false })))
    }
}

/// Sees to it that the shop knows whoever opened the vault.
///
/// The vault is written before the fact, so a power cut between them, or a recovery, leaves somebody with a way in whom
/// the shop knows under another slot or not at all.
fn know_person(open: &mut Open, roster: &Found, around: &mut Surroundings) -> Result<(), Fault> {
    let slot = open.unlocked.slot.to_string();
    if open.member.staff == StaffId::SETUP || open.member.slot != slot {
        let (known, role) = (open.member.staff, open.member.role);
        let name = match roster {
            Found::Locked(roster) => name_of(roster, open.unlocked.slot),
            Found::New => String::new(),
        };
        let stamp = stamp(&*around.clock, known);
        open.shop
            .act(&stamp, &mut *around.chance, |act| match known {
                StaffId::SETUP => staff::actions::add(act, &name, role, &slot).map(|_| ()),
                known => staff::actions::set_slot(act, known, &slot),
            })
            .map_err(|error: StaffError| Fault::from(error))?;
        open.member = staff::member_of_slot(open.shop.look(), &slot)?.ok_or(VaultError::Refused)?;
    }
    Ok(())
}

fn name_of(roster: &vault::Roster, slot: SlotId) -> String {
    roster.people.iter().find(|person| person.slot == slot).map(|person| person.name.clone()).unwrap_or_default()
}

/// An older file was put in place, or a copy that may be one: bills that followed are on paper somewhere, so none
/// of their numbers may be given again. The counter goes on in a stream of its own and under a prefix that was
/// never used, neither in this file nor by this PC in another copy of it.
fn begin_anew(
    shop: &mut Shop,
    this_pc: &mut ThisPc,
    around: &mut Surroundings,
    stamp: &Stamp,
) -> Result<String, Fault> {
    let before = shop.stream();
    shop.begin_stream(StreamId::make(&mut *around.chance))?;
    let prefix = shop.act(stamp, &mut *around.chance, |act| {
        let name = profile::counter_name(act.look(), before)?;
        profile::actions::name_counter(act, &name)?;
        profile::actions::set_fresh_series(act, &this_pc.prefixes)
    })?;
    this_pc.prefixes.push(prefix.clone());
    this_pc.is_fresh = false;
    this_pc.keep(&around.places.device)?;
    Ok(prefix)
}
