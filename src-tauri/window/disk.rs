//! Which disk a folder is on: what a thief takes in one piece.

use std::io;
use std::path::Path;

/// A name of the whole disk that a folder is on; the parts of one disk have the same.
///
/// # Errors
/// What the disk says.
#[cfg(unix)]
pub fn of(folder: &Path) -> io::Result<String> {
    use std::os::unix::fs::MetadataExt as _;
    let device = std::fs::metadata(folder)?.dev();
    Ok(whole_disk(device).unwrap_or_else(|| device.to_string()))
}

/// The disk that a part of it belongs to; none where the system names none, as for a folder over the network.
#[cfg(target_os = "linux")]
fn whole_disk(device: u64) -> Option<String> {
    // The numbers of a device as the kernel packs them (`gnu_dev_major`, `gnu_dev_minor`).
    let major = ((device >> 8) & 0xfff) | ((device >> 32) & 0xffff_f000);
    let minor = (device & 0xff) | ((device >> 12) & 0xffff_ff00);
    let part = std::fs::canonicalize(format!("/sys/dev/block/{major}:{minor}")).ok()?;
    let disk = if part.join("partition").exists() { part.parent()? } else { &part };
    disk.file_name().map(|name| name.to_string_lossy().into_owned())
}

#[cfg(all(unix, not(target_os = "linux")))]
fn whole_disk(_: u64) -> Option<String> {
    None
}

/// The drive letter or the share. The parts of one disk have several of these.
///
/// # Errors
/// What the disk says.
#[cfg(windows)]
pub fn of(folder: &Path) -> io::Result<String> {
    use std::path::{Component, Prefix};
    match folder.canonicalize()?.components().next() {
        Some(Component::Prefix(prefix)) => Ok(match prefix.kind() {
            Prefix::Disk(letter) | Prefix::VerbatimDisk(letter) => char::from(letter.to_ascii_uppercase()).to_string(),
            _ => prefix.as_os_str().to_string_lossy().into_owned(),
        }),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn two_folders_of_one_disk_are_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let within = folder.path().join("within");
        std::fs::create_dir(&within).expect("a folder");
        assert_eq!(of(folder.path()).expect("a disk"), of(&within).expect("a disk"));
        assert!(of(&within.join("nowhere")).is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_systems_own_folders_are_on_other_disks() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_ne!(of(folder.path()).expect("a disk"), of(Path::new("/proc")).expect("the kernel's"));
    }
}
