//! The desk: one shop, shut or open, and what surrounds it. Every command of the window ends here.
//!
//! It holds the open file, the keys' state, the search index and the draft of a set-up, and hands clock,
//! chance and the ways out of the program to whoever needs them. A command is one method: it runs one action
//! of a room and makes a view of what came of it.

mod bills;
mod clock;
mod counter;
mod enter;
mod error;
mod folder;
mod goods;
mod key;
mod lock;
#[cfg(all(test, target_os = "linux"))]
#[path = "memory/tests.rs"]
mod memory;
mod paper;
mod people;
mod recover;
mod renew;
mod rights;
mod sale;
mod seen;
mod setup;
mod sheets;
mod shop;
pub mod wire;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use clock::{DeskClock, Proven};
pub use error::DeskError;
use folder::ThisPc;
pub use rights::Needs;
use seen::SeenShut;

use crate::fault::Fault;
use crate::find;
use crate::id::StaffId;
use crate::records::Doubt;
use crate::staff::Member;
use crate::stamp::{Chance, Clock, Stamp};
use crate::store::{Act, Look, Shop, StoreError};
use crate::vault::{self, Cost, Flush, Keystore, Mark, Now, Unlocked};
use crate::wire::COMMANDS;

/// Where the shop keeps its things.
#[derive(Clone, Debug)]
pub struct Places {
    /// Database, vault header, settings of the screen.
    pub data: PathBuf,
    /// The device secret, in a folder of its own.
    pub device: PathBuf,
    /// Bills that somebody saved.
    pub papers: PathBuf,
    /// The system's own keystore, which may have the device secret instead of its folder.
    pub keystore: Arc<dyn Keystore>,
}

impl Places {
    fn database(&self) -> PathBuf {
        self.data.join("shop.db")
    }

    fn vault(&self) -> vault::Places {
        vault::Places { vault: self.data.join("vault"), device: self.device.clone(), keystore: self.keystore.clone() }
    }
}

/// What became of a print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    Queued,
    NoPrinter,
}

/// The ways out of the shop: paper, files and notices.
pub trait Outlet: Send {
    fn print(&mut self, pdf: &[u8], name: &str) -> Printed;
    /// The name of the printer bills go to; empty where there is none.
    fn printer(&mut self) -> String;
    /// # Errors
    /// What the disk says.
    fn save(&mut self, folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf>;
    /// # Errors
    /// What the disk says.
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>>;
    fn choose_file(&mut self, kind: &str) -> Option<PathBuf>;
    /// Whether a folder is on another disk than a second one, such as a stick.
    ///
    /// # Errors
    /// What the disk says.
    fn is_on_other_disk(&mut self, folder: &Path, than: &Path) -> io::Result<bool>;
    fn announce(&mut self, event: &str, done: u64, total: u64);
}

/// Everything that is handed in.
pub struct Surroundings {
    pub places: Places,
    pub clock: Box<dyn Clock>,
    pub chance: Box<dyn Chance>,
    pub outlet: Box<dyn Outlet>,
    /// The machine's memory; a part of it may be lent to a login.
    pub memory_kib: u64,
}

/// The shop as the window meets it.
pub struct Desk {
    around: Surroundings,
    /// Held while the program runs, so that a second one does not open the same shop.
    hold: Option<std::fs::File>,
    this_pc: ThisPc,
    /// The time that two codes proved, while this PC's clock is wrong.
    proven: Proven,
    stage: Stage,
    /// The file of a locked shop, looked at before it is opened.
    seen_shut: Option<SeenShut>,
}

enum Stage {
    New(Option<Box<setup::Setup>>),
    Locked(vault::Roster),
    Open(Box<Open>),
    Broken(Fault),
    Recovering(Box<vault::Draft>),
}

/// A shop that somebody has unlocked.
struct Open {
    shop: Shop,
    unlocked: Unlocked,
    member: Member,
    index: find::Index,
    last_login: Option<(i64, i16)>,
    /// What is in doubt about its records; nothing is written until the owner goes on.
    doubts: Vec<Doubt>,
    /// Why its bills go on under another prefix, if they do.
    renumbered: Option<Fault>,
    /// How a renewal of all keys ended that had been cut off.
    renewal_ended: Option<Fault>,
    /// When the state was last written, in milliseconds of uptime.
    state_saved_at: u64,
    /// The screen is locked; the shop is open behind it.
    is_covered: bool,
    present: Vec<counter::Present>,
    rights: rights::Rights,
    enrolling: Option<people::Enrolling>,
    renewing: Option<renew::Renewing>,
}

/// The state file is written at most this often; it is synced at lock.
const STATE_EVERY_MS: u64 = 1000;

impl Desk {
    /// The desk over whatever lies in the places: nothing yet, a locked shop, or something that does not open.
    #[must_use]
    pub fn open(surroundings: Surroundings) -> Desk {
        let this_pc = ThisPc::read(&surroundings.places.device);
        let proven = Proven::default();
        let clock = Box::new(DeskClock::over(surroundings.clock, proven.clone()));
        let around = Surroundings { clock, ..surroundings };
        let mut desk = Desk { around, hold: None, this_pc, proven, stage: Stage::New(None), seen_shut: None };
        if let Some(folder) = &desk.this_pc.folder {
            desk.around.places.data.clone_from(folder);
        }
        desk.look_around();
        desk
    }

    /// Runs the command of a name.
    ///
    /// # Errors
    /// The fault that the command is refused with.
    pub fn run(&mut self, name: &str, body: Value) -> Result<Value, Fault> {
        let command = COMMANDS.iter().find(|command| command.name == name);
        let command = command.ok_or_else(|| Fault::from(DeskError::NoSuchCommand))?;
        self.run_as_allowed(command, body)
    }

    /// Shuts the shop, settling the file and wiping the keys, and looks what is there.
    fn shut(&mut self) {
        self.settle();
        self.look_around();
    }

    /// Lets an open shop go: the log is folded in, the mark is flushed, the keys are wiped.
    fn settle(&mut self) {
        if let Stage::Open(open) = std::mem::replace(&mut self.stage, Stage::New(None)) {
            let Open { shop, mut unlocked, doubts, .. } = *open;
            let path = shop.path().to_owned();
            // Nothing is lost when this fails: the log is folded in at the next opening.
            let settled = shop.settle();
            drop(shop);
            // Where the owner has not gone on, what the file should look like stays as it was noted.
            if doubts.is_empty() {
                unlocked.state.note_shut(settled.ok().and_then(|()| seen::look(&path)));
            }
            let _ = unlocked.state.save(Flush::Now);
        }
    }

    fn now(&self) -> Now {
        let (wall_ms, _, uptime_ms) = self.around.clock.now();
        Now { wall_ms, uptime_ms }
    }

    /// The dearest login that this PC bears.
    fn dearest_login(&self) -> Cost {
        let uptime_ms = || self.around.clock.now().2;
        Cost::calibrate(self.around.memory_kib, &mut |cost| {
            let begun = uptime_ms();
            cost.try_out().ok()?;
            uptime_ms().checked_sub(begun)
        })
    }

    fn opened(&self) -> Result<&Open, Fault> {
        match &self.stage {
            Stage::Open(open) => Ok(open),
            _ => Err(DeskError::Locked.into()),
        }
    }

    fn look(&self) -> Result<Look<'_>, Fault> {
        Ok(self.opened()?.shop.look())
    }

    /// Runs one act in the name of whoever is logged in, then notes how far the journal has come.
    fn act<T, E: From<StoreError> + Into<Fault>>(
        &mut self,
        act: impl FnOnce(&mut Act<'_>, &find::Index) -> Result<T, E>,
    ) -> Result<T, Fault> {
        self.act_telling("", |one, index, _| act(one, index))
    }

    /// Runs a long act, which tells the window how much of it is done.
    fn act_telling<T, E: From<StoreError> + Into<Fault>>(
        &mut self,
        event: &str,
        act: impl FnOnce(&mut Act<'_>, &find::Index, &mut dyn FnMut(u64, u64)) -> Result<T, E>,
    ) -> Result<T, Fault> {
        let Stage::Open(open) = &mut self.stage else { return Err(DeskError::Locked.into()) };
        if !open.doubts.is_empty() {
            return Err(DeskError::InDoubt.into());
        }
        let stamp = Stamp { approver: open.rights.approver, ..stamp(&*self.around.clock, open.member.staff) };
        let (index, Surroundings { chance, outlet, .. }) = (&open.index, &mut self.around);
        let tell = &mut |done, total| outlet.announce(event, done, total);
        let done = open.shop.act(&stamp, &mut **chance, |one| act(one, index, tell)).map_err(Into::into)?;
        open.note_progress(&stamp);
        Ok(done)
    }
}

/// Closing the window locks the shop.
impl Drop for Desk {
    fn drop(&mut self) {
        self.settle();
    }
}

impl Open {
    /// Notes how far the journal has come, so that an older file put back in its place is seen.
    ///
    /// What it follows is committed already, so nothing here may make it look refused: the mark only ever lags.
    fn note_progress(&mut self, stamp: &Stamp) {
        let now = Now { wall_ms: stamp.wall_ms, uptime_ms: stamp.uptime_ms };
        let Ok((seq, hash)) = self.shop.head() else { return };
        self.unlocked.state.record(Mark { stream: self.shop.stream(), seq, hash }, now);
        if now.uptime_ms >= self.state_saved_at + STATE_EVERY_MS {
            self.state_saved_at = now.uptime_ms;
            // A disk that refuses the mark will refuse the next sale in words.
            let _ = self.unlocked.state.save(Flush::Later);
        }
    }
}

/// A name as the phone lists it.
fn label(name: &str) -> String {
    name.chars().take(LABEL_MAX).collect()
}

/// The most characters of a name in the phone's list; longer ones would outgrow the picture.
const LABEL_MAX: usize = 30;

fn stamp(clock: &dyn Clock, staff: StaffId) -> Stamp {
    let (wall_ms, offset_min, uptime_ms) = clock.now();
    Stamp { wall_ms, offset_min, uptime_ms, staff, approver: None }
}
