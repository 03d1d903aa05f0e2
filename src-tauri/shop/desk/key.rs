//! Where this PC's own key is kept: on a stick that its owner names, in the system's keystore, or in a file.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::wire::{DeskView, FolderRequest, KeyPlaceRequest, KeyPlaceView, Nothing};
use super::{Desk, DeskError, Stage};
use crate::fault::Fault;
use crate::vault::{self, KeepIn, Place, VaultError};

/// Written to a stick and taken away again, to see whether it can be written.
const TRIAL: &str = "pakka-trial";

impl Desk {
    /// Says where a new shop, or one that is recovered, will keep this PC's own key, and what that protects: on the
    /// stick in the folder named, or else in the best place that this PC has.
    pub(crate) fn setup_key_place(&mut self, request: KeyPlaceRequest) -> Result<KeyPlaceView, Fault> {
        self.draft()?;
        let (wish, place) = match request.stick {
            Some(path) => (KeepIn::Stick(self.stick_named(&path)?), Place::Stick),
            None if vault::works(&*self.around.places.keystore, &mut *self.around.chance) => {
                (KeepIn::BestHere, Place::Keystore)
            }
            None => (KeepIn::File, Place::File),
        };
        self.draft()?.keep_in(wish);
        Ok(KeyPlaceView { words: place.words() })
    }

    /// Goes on with the key stick in a folder that its owner names: it came back under another name.
    pub(crate) fn desk_stick(&mut self, request: FolderRequest) -> Result<DeskView, Fault> {
        if !matches!(self.stage, Stage::Broken(_)) {
            return Err(DeskError::NotInSetUp.into());
        }
        vault::find_stick(&self.around.places.vault(), Path::new(request.path.trim())).map_err(|why| match why {
            VaultError::StickMissing => Fault::from(DeskError::NoKey),
            why => why.into(),
        })?;
        self.desk_state(Nothing {})
    }

    /// The folder of a stick: one that can be written, and not on the disk that a thief of the PC takes with it.
    fn stick_named(&mut self, path: &str) -> Result<PathBuf, DeskError> {
        let refused = |why: io::Error| DeskError::StickRefuses(why.kind());
        let folder = Path::new(path.trim()).canonicalize().map_err(refused)?;
        if !folder.is_dir() {
            return Err(DeskError::StickRefuses(io::ErrorKind::NotADirectory));
        }
        if !self.around.outlet.is_on_other_disk(&folder, &self.around.places.data).map_err(refused)? {
            return Err(DeskError::NoStick);
        }
        let trial = folder.join(TRIAL);
        let write =
            || File::create(&trial).and_then(|mut file| file.write_all(b"pakka").and_then(|()| file.sync_all()));
        write().and_then(|()| fs::remove_file(&trial)).map_err(refused)?;
        Ok(folder)
    }
}
