//! The shop's door: what is there, who may come in, and locking up.

use std::fs::{self, File};
use std::path::Path;

use super::folder::take_hold_of;
use super::rights::rights_of;
use super::seen::SeenShut;
use super::wire::{DeskView, Nothing, OpenView, PersonTile, PersonView, Screen, StageView, UnlockRequest};
use super::{Desk, DeskError, Stage};
use crate::bills::wire::MomentView;
use crate::day::Day;
use crate::fault::Fault;
use crate::profile::{self, wire::ProfileView};
use crate::records::Doubt;
use crate::staff;
use crate::store::StoreError;
use crate::vault::{self, Flush, Found, Pin, SlotId, Unlocked, VaultError};

/// Written before a set-up writes anything and removed when all of it is there.
pub(super) const UNFINISHED: &str = "setup.unfinished";

impl Desk {
    /// Looks what lies in the places.
    pub(super) fn look_around(&mut self) {
        self.stage = match self.find_stage() {
            Ok(stage) => stage,
            Err(fault) => Stage::Broken(fault),
        };
        let is_locked = matches!(self.stage, Stage::Locked(_));
        self.seen_shut = is_locked.then(|| SeenShut::begin(&self.around.places.database()));
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
        let unlocked = vault::unlock(&self.around.places.vault(), slot, &pin, &request.code, self.now())?;
        self.open_with(unlocked, &pin)
    }

    /// Opens the shop's file with the keys that came out of the vault.
    pub(super) fn open_with(&mut self, mut unlocked: Unlocked, pin: &Pin) -> Result<OpenView, Fault> {
        let looks = self.seen_shut.take().and_then(|seen| seen.finish(&self.around.places.database()));
        let shut_as = unlocked.state.shut_as();
        let is_changed = shut_as.is_some_and(|shut_as| looks != Some(shut_as));
        // Opening may already write. What the file looked like is forgotten first, so that a power cut is not taken for
        // somebody's hand; where it was changed, that is remembered until the owner goes on.
        if shut_as.is_some() && !is_changed {
            unlocked.state.note_shut(None);
            unlocked.state.save(Flush::Now)?;
        }
        let (shop, mut unlocked, renewal_ended) = self.open_file(unlocked)?;
        unlocked.bind(pin, &mut *self.around.chance)?;
        self.enter(shop, unlocked, pin, is_changed.then_some(Doubt::Changed).into_iter().collect())?;
        if let Stage::Open(open) = &mut self.stage {
            open.renewal_ended = renewal_ended;
        }
        self.open_view()
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
        notices.extend(open.renewal_ended.clone());
        notices.extend(self.clock_notice());
        let doubts = open.doubts.iter().map(Fault::from).collect();
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
            doubts,
            paper: self.paper_due()?,
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
