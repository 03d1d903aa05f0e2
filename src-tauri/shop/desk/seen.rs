//! What the shop's file looks like while nobody has it open, found out while somebody types PIN and code.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::SystemTime;

use crate::store::shut::look_of;

/// A look at a file that is shut, under way or done.
pub(super) struct SeenShut {
    path: PathBuf,
    stamp: Option<(u64, SystemTime)>,
    looks: Arc<OnceLock<Option<[u8; 32]>>>,
}

impl SeenShut {
    /// Begins to look; the file is read beside whatever else goes on.
    pub fn begin(path: &Path) -> SeenShut {
        let looks = Arc::new(OnceLock::new());
        let (seen, place) = (Arc::clone(&looks), path.to_owned());
        thread::spawn(move || seen.set(look(&place)));
        SeenShut { path: path.to_owned(), stamp: stamp_of(path), looks }
    }

    /// What the file looks like: what was seen, if it is still that file. `None` where it cannot be told.
    pub fn finish(self, path: &Path) -> Option<[u8; 32]> {
        let is_same = self.path == path && self.stamp.is_some() && self.stamp == stamp_of(path);
        if is_same { *self.looks.wait() } else { look(path) }
    }
}

/// What a file looks like that is shut now.
pub(super) fn look(path: &Path) -> Option<[u8; 32]> {
    look_of(path).ok().flatten()
}

fn stamp_of(path: &Path) -> Option<(u64, SystemTime)> {
    let file = std::fs::metadata(path).ok()?;
    Some((file.len(), file.modified().ok()?))
}
