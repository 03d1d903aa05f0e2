//! Where on this machine the shop, its device secret and its papers are kept.

use std::ffi::OsString;
use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pakka::desk::Places;
use pakka::vault::{Keystore, MachineKeystore, NoKeystore};
use tauri::{Runtime, path::PathResolver};

/// The folders of this run, made if they are missing, for this user only.
///
/// `PAKKA_HOME` puts everything under one folder, for a trial or a stick; the device secret then lies
/// beside it, because a copy of the shop's folder must not carry it. Otherwise each goes where the
/// system keeps such things.
///
/// # Errors
/// When the system names no folders or they cannot be made.
pub fn places<R: Runtime>(system: &PathResolver<R>) -> Result<Places, Box<dyn std::error::Error>> {
    let places = match std::env::var_os("PAKKA_HOME").filter(|home| !home.is_empty()) {
        Some(home) => under(&std::path::absolute(home)?),
        None => Places {
            data: system.data_dir()?.join("pakka"),
            device: system.config_dir()?.join("pakka-device"),
            papers: system.document_dir().or_else(|_| system.home_dir())?.join("Pakka bills"),
            keystore: keystore(),
        },
    };
    for folder in [&places.data, &places.device] {
        make_private(folder)?;
    }
    Ok(places)
}

/// The machine's memory in KiB; 2 GiB where the system does not say. A trial, which logs in many times, takes the least.
pub fn memory_kib() -> u64 {
    if cfg!(feature = "trial") {
        return 0;
    }
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(2 * 1024 * 1024)
}

/// The system's keystore. A trial leaves the machine's alone unless `PAKKA_TRIAL_KEYSTORE` asks for it.
fn keystore() -> Arc<dyn Keystore> {
    if cfg!(feature = "trial") && std::env::var_os("PAKKA_TRIAL_KEYSTORE").is_none() {
        return Arc::new(NoKeystore);
    }
    Arc::new(MachineKeystore)
}

fn under(home: &Path) -> Places {
    let mut device = home.file_name().map_or_else(|| OsString::from("pakka"), OsString::from);
    device.push("-device");
    Places {
        data: home.to_owned(),
        device: home.with_file_name(device),
        papers: home.join("papers"),
        keystore: keystore(),
    }
}

/// Makes a folder that only this user may enter; one that is there is left as it is.
fn make_private(folder: &PathBuf) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_device_secret_lies_beside_the_shop_and_not_in_it() {
        let places = under(Path::new("/media/stick/shop"));
        assert_eq!(places.data, Path::new("/media/stick/shop"));
        assert_eq!(places.device, Path::new("/media/stick/shop-device"));
        assert_eq!(places.papers, Path::new("/media/stick/shop/papers"));
        assert!(!places.device.starts_with(&places.data));
    }
}
