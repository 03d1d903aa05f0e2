//! Where the shop lies: in the folder the program was given, or in the one its owner named when it was not there.
//!
//! A folder named by hand may be a copy, and nothing in a copy tells whether bills were made after it. So at its
//! first opening it goes on under a beginning of bill numbers that this PC never gave before.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::lock::{UNFINISHED, has_files};
use super::wire::{DeskView, FolderRequest, Nothing};
use super::{Desk, DeskError, Places, Stage};
use crate::fault::Fault;
use crate::vault::{self, Found, VaultError};

/// Lies beside the device secret, for it is of this PC and not of the shop's folder.
const FILE: &str = "this-pc.json";

/// What this PC remembers of the shop's folders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ThisPc {
    /// The folder named by hand; nothing while the shop lies where the program was told.
    pub folder: Option<PathBuf>,
    /// The folder was not opened since it was named.
    pub is_fresh: bool,
    /// Beginnings of bill numbers given so that no number comes twice; another copy must not get them again.
    pub prefixes: Vec<String>,
}

impl ThisPc {
    /// What is remembered; what does not read is as if nothing was.
    pub(super) fn read(device: &Path) -> ThisPc {
        let kept = fs::read(device.join(FILE)).ok();
        kept.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// # Errors
    /// [`DeskError::Folder`] when the disk refuses; what was remembered before still is.
    pub(super) fn keep(&self, device: &Path) -> Result<(), DeskError> {
        let text = serde_json::to_vec(self).expect("plain data encodes");
        let next = device.join(FILE).with_extension("next");
        let write = || -> io::Result<()> {
            fs::create_dir_all(device)?;
            let mut file = File::create(&next)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&next, device.join(FILE))
        };
        write().map_err(|why| DeskError::Folder(why.kind()))
    }
}

impl Desk {
    /// Goes on with the shop in a folder that its owner names; nothing in any folder is changed by naming it.
    pub(crate) fn desk_folder(&mut self, request: FolderRequest) -> Result<DeskView, Fault> {
        if !matches!(self.stage, Stage::Broken(_) | Stage::Locked(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        let folder = folder_named(Path::new(request.path.trim()))?;
        if self.hold.is_none() || self.around.places.data.canonicalize().ok().as_ref() != Some(&folder) {
            let places = Places { data: folder.clone(), ..self.around.places.clone() };
            look_for_shop(&places)?;
            let hold = take_hold_of(&folder)?;
            let this_pc = ThisPc { folder: Some(folder), is_fresh: true, ..self.this_pc.clone() };
            this_pc.keep(&places.device)?;
            (self.around.places, self.this_pc, self.hold) = (places, this_pc, Some(hold));
        }
        self.look_around();
        self.desk_state(Nothing {})
    }
}

/// The folder itself, also when somebody named a file in it.
fn folder_named(path: &Path) -> Result<PathBuf, DeskError> {
    let path = path.canonicalize().map_err(|why| DeskError::Folder(why.kind()))?;
    if path.is_dir() { Ok(path) } else { path.parent().map(Path::to_owned).ok_or(DeskError::NoShop) }
}

/// Looks whether this PC's shop lies whole in a folder; the file itself is read once somebody has logged in.
fn look_for_shop(places: &Places) -> Result<(), Fault> {
    if places.data.join(UNFINISHED).exists() {
        return Err(DeskError::NoShop.into());
    }
    match vault::find(&places.vault()) {
        Ok(Found::Locked(_)) if places.database().exists() => Ok(()),
        Ok(Found::New) if places.database().exists() => Err(DeskError::VaultMissing.into()),
        Ok(_) => Err(DeskError::NoShop.into()),
        Err(VaultError::DeviceMissing) if has_files(&places.device) => Err(DeskError::OtherShop.into()),
        Err(error) => Err(error.into()),
    }
}

/// Takes hold of a folder: one program at a time has a shop.
pub(super) fn take_hold_of(folder: &Path) -> Result<File, DeskError> {
    let file = File::create(folder.join("pakka.lock")).map_err(|why| DeskError::Folder(why.kind()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DeskError::InUse),
        Err(TryLockError::Error(why)) => Err(DeskError::Folder(why.kind())),
    }
}
