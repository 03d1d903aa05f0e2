//! The screens: Node and its packages, their checks, and the build that goes into the window.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::UNIX_EPOCH;

use crate::step::{self, Stop, Tool};

/// What Vite 8 runs on.
const NODE: &str = "Node 20.19 or newer, 22.12 or newer, or any later one";
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };
/// The packages' lock file as it was when they were installed.
const INSTALLED: &str = "ui/node_modules/.pakka-installed";
/// The list of sources as it was when the screens were built.
const BUILT: &str = "ui/node_modules/.pakka-built";

/// Types, then the unit tests of the screens.
pub fn check() -> Result<(), Stop> {
    install()?;
    npm("the screens' types", &["run", "--silent", "check"])?;
    npm("the screens' tests", &["run", "--silent", "test"])
}

/// Builds the screens into `ui/dist`, if a source has changed since.
pub fn build() -> Result<(), Stop> {
    install()?;
    let sources = sources(Path::new("ui")).map_err(unreadable)?;
    let stands = fs::read_to_string(BUILT).is_ok_and(|before| before == sources);
    if stands && Path::new("ui/dist/index.html").exists() {
        step::say("the screens are built");
        return Ok(());
    }
    npm("build the screens", &["run", "--silent", "build"])?;
    fs::write(BUILT, sources).map_err(unreadable)
}

fn install() -> Result<(), Stop> {
    node()?;
    let lock = fs::read("ui/package-lock.json").map_err(unreadable)?;
    if fs::read(INSTALLED).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    npm("fetch the screens' packages", &["ci", "--no-audit", "--no-fund"])?;
    fs::write(INSTALLED, lock).map_err(unreadable)
}

fn npm(what: &str, words: &[&str]) -> Result<(), Stop> {
    Tool::new(what, NPM).args(words).within("ui").run()
}

fn node() -> Result<(), Stop> {
    let told = Command::new("node").arg("--version").output();
    let version = told.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned()).unwrap_or_default();
    if new_enough(&version) && Command::new(NPM).arg("--version").output().is_ok_and(|told| told.status.success()) {
        return Ok(());
    }
    let has = if version.is_empty() { "none".to_owned() } else { version };
    Err(Stop(format!(
        "pakka: the screens are built with {NODE}, and npm with it; this machine has {has}.\n       \
         Get it from https://nodejs.org or your version manager (`nvm install 22`), then start again."
    )))
}

/// `v20.19.0`, `v22.12.0` and all from 23 on.
fn new_enough(version: &str) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    match (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) {
        (20, minor) => minor >= 19,
        (22, minor) => minor >= 12,
        (major, _) => major > 22,
    }
}

/// Every source with its size and time, one a line; what is installed and built is no source.
fn sources(folder: &Path) -> io::Result<String> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut list = String::new();
    for entry in entries {
        let (path, about) = (entry.path(), entry.metadata()?);
        if about.is_file() {
            let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
            list.push_str(&format!("{} {} {changed}\n", path.display(), about.len()));
        } else if !["node_modules", "dist"].iter().any(|name| entry.file_name() == *name) {
            list.push_str(&sources(&path)?);
        }
    }
    Ok(list)
}

fn unreadable(error: io::Error) -> Stop {
    Stop(format!("pakka: the folder ui cannot be used: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_is_new_enough_for_the_builder() {
        for (version, enough) in [
            ("v20.19.0", true),
            ("v20.18.3", false),
            ("v21.7.0", false),
            ("v22.11.0", false),
            ("v22.12.0", true),
            ("v24.1.0", true),
            ("v18.19.0", false),
            ("", false),
        ] {
            assert_eq!(new_enough(version), enough, "{version}");
        }
    }
}
