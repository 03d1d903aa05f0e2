//! Papers saved for people, and files chosen by them.

use std::fs::{File, create_dir_all};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

/// More copies of one paper than anybody keeps.
const COPIES_MAX: u32 = 10_000;

/// The kind that is no file.
const FOLDER: &str = "folder";

/// More bytes than any file that the shop takes in; what is longer comes cut off and is refused there.
const READ_MAX: u64 = 80 << 20;

/// The bytes of a file that a person named.
///
/// # Errors
/// What the disk says.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(READ_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a paper under its name, or under the next free `name (2).pdf`; what is there is never overwritten.
///
/// # Errors
/// What the disk says; a paper half written is taken away again.
pub fn save(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    create_dir_all(folder)?;
    let name = plain(name);
    for copy in 1..=COPIES_MAX {
        let path = folder.join(numbered(&name, copy));
        let mut file = match File::create_new(&path) {
            Ok(file) => file,
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            drop(file);
            std::fs::remove_file(&path)?;
            return Err(error);
        }
        return Ok(path);
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many papers of this name"))
}

/// A file name that every system takes: `A/26-27/000001.pdf` becomes `A-26-27-000001.pdf`.
fn plain(name: &str) -> String {
    let refused = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let safe: String = name.chars().map(|c| if refused(c) { '-' } else { c }).collect();
    let safe = safe.trim_matches(['.', ' ']);
    if safe.is_empty() { "paper".to_owned() } else { safe.to_owned() }
}

fn numbered(name: &str, copy: u32) -> String {
    match (copy, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (copy, Some((stem, ending))) => format!("{stem} ({copy}).{ending}"),
        (copy, None) => format!("{name} ({copy})"),
    }
}

/// Asks the person for a file of the kind, such as `csv`, or for a `folder`; waits, so never on the main thread.
pub fn choose(app: &AppHandle, kind: &str) -> Option<PathBuf> {
    #[cfg(feature = "trial")]
    if let Some(chosen) = std::env::var_os(if kind == FOLDER { "PAKKA_TRIAL_FOLDER" } else { "PAKKA_TRIAL_FILE" }) {
        return Some(PathBuf::from(chosen));
    }
    // The one that does not wait in a loop of its own, so that the window can still close meanwhile.
    let mut dialog = rfd::AsyncFileDialog::new();
    if kind != FOLDER {
        dialog = dialog.add_filter(kind.to_uppercase(), &[kind, &kind.to_uppercase()]);
    }
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    let folders = [app.path().download_dir(), app.path().home_dir()];
    if let Some(folder) = folders.into_iter().flatten().find(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let asked = async { if kind == FOLDER { dialog.pick_folder().await } else { dialog.pick_file().await } };
    tauri::async_runtime::block_on(asked).map(|file| file.path().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_number_becomes_a_file_name() {
        for (name, plain_name) in [
            ("A/26-27/000001.pdf", "A-26-27-000001.pdf"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("पक्का बिल.pdf", "पक्का बिल.pdf"),
            ("C:\\x.pdf", "C--x.pdf"),
            ("..", "paper"),
        ] {
            assert_eq!(plain(name), plain_name);
        }
    }

    #[test]
    fn a_second_copy_stands_beside_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = save(folder.path(), "A/1.pdf", b"one").expect("saved");
        let second = save(folder.path(), "A/1.pdf", b"two").expect("saved");
        assert_eq!(first.file_name().expect("a name"), "A-1.pdf");
        assert_eq!(second.file_name().expect("a name"), "A-1 (2).pdf");
        assert_eq!(std::fs::read(first).expect("the first"), b"one");
    }
}
