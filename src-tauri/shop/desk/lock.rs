//! The shop's door: what is there, who may come in, and locking up.

use std::fs::{self, File};
use std::path::Path;

use super::counter::Present;
use super::folder::take_hold_of;
use super::rights::{Rights, rights_of};
use super::wire::{DeskView, Nothing, OpenView, PersonTile, PersonView, Screen, StageView, UnlockRequest};
use super::{Desk, DeskError, Open, Stage, stamp};
use crate::bills::wire::MomentView;
use crate::catalog;
use crate::day::Day;
use crate::exchange::ROOMS;
use crate::fault::Fault;
use crate::find;
use crate::id::{StaffId, StreamId};
use crate::profile::{self, wire::ProfileView};
use crate::staff;
use crate::stamp::Stamp;
use crate::store::{Shop, StoreError};
use crate::vault::{self, Cost, Found, Pin, PinCheck, SlotId, Unlocked, VaultError};

/// Written before a set-up writes anything and removed when all of it is there.
pub(super) const UNFINISHED: &str = "setup.unfinished";

impl Desk {
    /// Looks what lies in the places.
    pub(super) fn look_around(&mut self) {
        self.stage = match self.find_stage() {
            Ok(stage) => stage,
            Err(fault) => Stage::Broken(fault),
        };
    }

    fn find_stage(&mut self) -> Result<Stage, Fault> {
        self.take_hold()?;
        self.put_unfinished_aside()?;
        let database = self.around.places.database();
        match vault::find(&self.around.places.vault())? {
            Found::New if database.exists() => Err(DeskError::VaultMissing.into()),
            // A key without a shop: the drive with the data is not there. A new shop would write over the key.
            Found::New if has_files(&self.around.places.device) => Err(StoreError::Missing.into()),
            Found::New => Ok(Stage::New(None)),
            Found::Locked(_) if !database.exists() => Err(StoreError::Missing.into()),
            Found::Locked(roster) => Ok(Stage::Locked(roster)),
        }
    }

    /// Takes hold of the folder: one program at a time has a shop.
    pub(super) fn take_hold(&mut self) -> Result<(), Fault> {
        if self.hold.is_some() {
            return Ok(());
        }
        let folder = &self.around.places.data;
        // A folder named by hand is not made: its drive is not there, and something else would lie in its place.
        if self.this_pc.folder.is_some() && !folder.is_dir() {
            return Err(StoreError::Missing.into());
        }
        fs::create_dir_all(folder).map_err(|why| DeskError::Folder(why.kind()))?;
        self.hold = Some(take_hold_of(folder)?);
        Ok(())
    }

    /// A set-up that was cut off leaves nothing that was ever used; it is put aside and the set-up begins anew.
    pub(super) fn put_unfinished_aside(&self) -> Result<(), Fault> {
        let places = &self.around.places;
        let mark = places.data.join(UNFINISHED);
        if !mark.exists() {
            return Ok(());
        }
        let aside = places.data.join(format!("unfinished-{}", self.now().wall_ms));
        let put = || -> std::io::Result<()> {
            fs::create_dir_all(&aside)?;
            for name in ["vault", "shop.db", "shop.db-wal", "shop.db-shm"] {
                let path = places.data.join(name);
                if path.exists() {
                    fs::rename(path, aside.join(name))?;
                }
            }
            if has_files(&places.device) {
                fs::rename(&places.device, places.device.with_extension(format!("unfinished-{}", self.now().wall_ms)))?;
            }
            remove_mark(&mark)
        };
        put().map_err(|why| DeskError::Folder(why.kind()).into())
    }

    pub(crate) fn desk_state(&mut self, _: Nothing) -> Result<DeskView, Fault> {
        if matches!(self.stage, Stage::Broken(_)) {
            self.look_around();
        }
        let screen = self.screen();
        let (stage, fault, roster) = match &self.stage {
            Stage::New(_) => (StageView::New, None, None),
            Stage::Locked(roster) => (StageView::Locked, None, Some(roster)),
            Stage::Open(open) if open.is_covered => (StageView::Covered, None, None),
            Stage::Open(_) => (StageView::Open, None, None),
            Stage::Recovering(_) => (StageView::Locked, None, None),
            Stage::Broken(fault) => (StageView::Broken, Some(fault.clone()), None),
        };
        Ok(DeskView {
            stage,
            fault,
            shop_name: roster.map(|roster| roster.shop.clone()).filter(|name| !name.is_empty()),
            people: self.tiles(),
            screen,
            data_dir: self.around.places.data.display().to_string(),
            can_choose_file: true,
        })
    }

    /// Who may come in.
    fn tiles(&self) -> Vec<PersonTile> {
        let tile = |person: &vault::RosterPerson| PersonTile {
            slot: person.slot.to_string(),
            name: person.name.clone(),
            role: staff::Role::of_number(person.role).word(),
            pin_alone: false,
            here: false,
        };
        match &self.stage {
            Stage::Locked(roster) => roster.people.iter().map(tile).collect(),
            Stage::Open(open) if open.is_covered => self.cover_tiles(open),
            _ => Vec::new(),
        }
    }

    pub(crate) fn desk_painted(&mut self, _: Nothing) -> Result<(), Fault> {
        Ok(())
    }

    /// What the open shop looks like to a window that was loaded anew.
    pub(crate) fn desk_opened(&mut self, _: Nothing) -> Result<OpenView, Fault> {
        self.open_view()
    }

    pub(crate) fn desk_unlock(&mut self, request: UnlockRequest) -> Result<OpenView, Fault> {
        if !matches!(self.stage, Stage::Locked(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        let pin = Pin::typed(&request.pin)?;
        let slot = SlotId::read(&request.slot).ok_or(VaultError::Refused)?;
        let mut unlocked = vault::unlock(&self.around.places.vault(), slot, &pin, &request.code, self.now())?;
        unlocked.bind(&pin, &mut *self.around.chance)?;
        let key = unlocked.keys.db();
        let shop = Shop::open(&self.around.places.database(), &key, ROOMS)?;
        self.enter(shop, unlocked, &pin)?;
        self.open_view()
    }

    /// Brings an unlocked shop to the desk: who it is, the search index, the login as a fact.
    pub(super) fn enter(&mut self, mut shop: Shop, unlocked: Unlocked, pin: &Pin) -> Result<(), Fault> {
        let renumbered = self.find_stream(&mut shop, &unlocked)?;
        self.know_person(&mut shop, &unlocked)?;
        let member = staff::member_of_slot(shop.look(), &unlocked.slot.to_string())?.ok_or(VaultError::Refused)?;
        let last_login = staff::last_login(shop.look(), member.staff)?;
        let stamp = stamp(&*self.around.clock, member.staff);
        let failed = unlocked.failed.as_ref().map_or(0, |failed| failed.tries);
        shop.act(&stamp, &mut *self.around.chance, |act| staff::actions::came_in(act, member.staff, failed))?;
        let mut entries = Vec::new();
        catalog::each_entry(shop.look(), |entry| entries.push(entry))?;
        let index = find::Index::build(entries);
        let check = PinCheck::make(pin, Cost::FLOOR, &mut *self.around.chance)?;
        let present = vec![Present::new(unlocked.slot, check, stamp.uptime_ms)];
        let mut open = Open {
            shop,
            unlocked,
            member,
            index,
            last_login,
            renumbered,
            state_saved_at: 0,
            is_covered: false,
            present,
            rights: Rights::default(),
            enrolling: None,
        };
        open.note_progress(&stamp);
        self.stage = Stage::Open(Box::new(open));
        Ok(())
    }

    /// Goes on in a new stream where the file is older than what this PC saw, or may be; tells why.
    fn find_stream(&mut self, shop: &mut Shop, unlocked: &Unlocked) -> Result<Option<Fault>, Fault> {
        let stamp = stamp(&*self.around.clock, StaffId::SETUP);
        if is_older(shop, unlocked)? {
            Ok(Some(DeskError::OlderData { prefix: self.begin_anew(shop, &stamp)? }.into()))
        } else if self.this_pc.is_fresh {
            Ok(Some(DeskError::NamedByHand { prefix: self.begin_anew(shop, &stamp)? }.into()))
        } else {
            Ok(None)
        }
    }

    /// Sees to it that the shop knows whoever opened the vault.
    ///
    /// The vault is written before the fact, so a power cut between them, or a recovery, leaves somebody with a way
    /// in whom the shop knows under another slot or not at all. The vault has the last word, but for one who was
    /// removed: that fact comes first.
    fn know_person(&mut self, shop: &mut Shop, unlocked: &Unlocked) -> Result<(), Fault> {
        let slot = unlocked.slot.to_string();
        if staff::knows_slot(shop.look(), &slot)? {
            return Ok(());
        }
        let Found::Locked(roster) = vault::find(&self.around.places.vault())? else { return Ok(()) };
        let name = roster.people.iter().find(|person| person.slot == unlocked.slot).map(|person| person.name.clone());
        let name = name.unwrap_or_default();
        let role = staff::Role::of_number(unlocked.role);
        let members = staff::members(shop.look())?;
        let same = |member: &&staff::Member| member.role == role && member.name.to_lowercase() == name.to_lowercase();
        let known = members.iter().find(same).map(|member| member.staff);
        let stamp = stamp(&*self.around.clock, known.unwrap_or(StaffId::SETUP));
        shop.act(&stamp, &mut *self.around.chance, |act| match known {
            Some(staff) => staff::actions::set_slot(act, staff, &slot),
            None => staff::actions::add(act, &name, role, &slot).map(|_| ()),
        })
        .map_err(|error: staff::StaffError| error.into())
    }

    /// An older file was put in place, or a copy that may be one: bills that followed are on paper somewhere, so none
    /// of their numbers may be given again. The counter goes on in a stream of its own and under a prefix that was
    /// never used, neither in this file nor by this PC in another copy of it.
    fn begin_anew(&mut self, shop: &mut Shop, stamp: &Stamp) -> Result<String, Fault> {
        let before = shop.stream();
        shop.begin_stream(StreamId::make(&mut *self.around.chance))?;
        let prefix = shop.act(stamp, &mut *self.around.chance, |act| {
            let name = profile::counter_name(act.look(), before)?;
            profile::actions::name_counter(act, &name)?;
            profile::actions::set_fresh_series(act, &self.this_pc.prefixes)
        })?;
        self.this_pc.prefixes.push(prefix.clone());
        self.this_pc.is_fresh = false;
        self.this_pc.keep(&self.around.places.device)?;
        Ok(prefix)
    }

    pub(super) fn open_view(&mut self) -> Result<OpenView, Fault> {
        let settings = self.settings_get(Nothing {})?;
        let open = self.opened()?;
        let look = open.shop.look();
        let (_, profile) = profile::current(look)?.ok_or(DeskError::NotInSetUp)?;
        let mut notices = Vec::new();
        if open.unlocked.records_were_lost {
            notices.push(VaultError::StateLost.into());
        }
        if open.unlocked.header_was_old {
            notices.push(VaultError::HeaderReplaced.into());
        }
        notices.extend(open.renumbered.clone());
        let (wall_ms, offset_min, _) = self.around.clock.now();
        Ok(OpenView {
            profile: ProfileView::from(&profile),
            counter_name: settings.counter_name.clone(),
            person: PersonView {
                name: open.member.name.clone(),
                role: open.member.role.word(),
                code: open.member.role,
                may: rights_of(open.member.role),
            },
            day: Day::of(wall_ms, offset_min).to_string(),
            settings,
            last_login: open.last_login.map(|(wall_ms, offset_min)| MomentView::new(wall_ms, offset_min)),
            notices,
        })
    }

    pub(crate) fn desk_lock(&mut self, _: Nothing) -> Result<(), Fault> {
        self.shut();
        Ok(())
    }

    pub(crate) fn desk_screen(&mut self, screen: Screen) -> Result<(), Fault> {
        let text = serde_json::to_vec(&screen).expect("two words encode");
        let path = self.around.places.data.join("screen.json");
        fs::write(path, text).map_err(|why| DeskError::Folder(why.kind()).into())
    }

    /// The look of the screen as it was last chosen; what does not read is as if nothing was.
    fn screen(&self) -> Screen {
        let kept = fs::read(self.around.places.data.join("screen.json")).ok();
        kept.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }
}

/// Whether the file is behind what this PC last saw of it: an older copy was put in its place (security.md §4.2).
fn is_older(shop: &Shop, unlocked: &Unlocked) -> Result<bool, StoreError> {
    let Some(mark) = unlocked.state.mark(&shop.stream()) else { return Ok(false) };
    Ok(shop.hash_of(mark.seq)? != Some(mark.hash))
}

/// Whether a folder is there and holds anything.
pub(super) fn has_files(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some())
}

/// Takes the mark of an unfinished set-up away, on the disk as well.
pub(super) fn remove_mark(mark: &Path) -> std::io::Result<()> {
    fs::remove_file(mark)?;
    let folder = mark.parent().expect("the mark lies in the shop's folder");
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
