//! Words that must lie on no disk: they are typed into the till, and then sought in every file it left.

use std::fs;
use std::path::{Path, PathBuf};

/// What was looked through, and where a canary lay.
#[derive(Debug, Default)]
pub struct Search {
    pub files: Vec<PathBuf>,
    pub bytes: u64,
    /// The file and which canary, in which writing.
    pub found: Vec<(PathBuf, String)>,
}

/// Looks through every file under `folder` but those that `apart` allows, for each word in UTF-8 and UTF-16 of both
/// orders. Latin letters are sought in either case.
#[must_use]
pub fn seek(folder: &Path, words: &[&str], apart: impl Fn(&Path) -> bool) -> Search {
    let needles: Vec<(String, Vec<u8>)> = words.iter().flat_map(|word| writings(word)).collect();
    let mut search = Search::default();
    for path in files(folder).into_iter().filter(|path| !apart(path)) {
        let mut bytes = fs::read(&path).unwrap_or_else(|why| panic!("{} cannot be read: {why}", path.display()));
        bytes.make_ascii_lowercase();
        for (name, needle) in &needles {
            if holds(&bytes, needle) {
                search.found.push((path.clone(), name.clone()));
            }
        }
        search.bytes += bytes.len() as u64;
        search.files.push(path);
    }
    search
}

/// Every plain file under a folder.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let below = entries.flat_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files(&entry.path()),
        Ok(kind) if kind.is_file() => vec![entry.path()],
        _ => Vec::new(),
    });
    below.collect()
}

fn writings(word: &str) -> [(String, Vec<u8>); 3] {
    let word = word.to_ascii_lowercase();
    // Byte by byte like what is looked through: half of a wide Hindi letter may look like a Latin capital.
    let wide = |turn: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(turn).collect::<Vec<u8>>().to_ascii_lowercase();
    [
        (format!("{word} in UTF-8"), word.clone().into_bytes()),
        (format!("{word} in UTF-16LE"), wide(u16::to_le_bytes)),
        (format!("{word} in UTF-16BE"), wide(u16::to_be_bytes)),
    ]
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    let (first, rest) = needle.split_first().expect("a canary has letters");
    let starts = hay.iter().enumerate().filter(|(_, byte)| *byte == first);
    starts.into_iter().any(|(at, _)| hay[at + 1..].starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_every_writing_and_depth() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).expect("folders");
        fs::write(deep.join("one"), b"xx ZyxCanary yy").expect("written");
        let wide: Vec<u8> = "बुलबुल".encode_utf16().flat_map(u16::to_be_bytes).collect();
        fs::write(folder.path().join("two"), [&b"\x01"[..], &wide].concat()).expect("written");
        fs::write(folder.path().join("three"), b"zyxcanar").expect("written");
        let search = seek(folder.path(), &["zyxcanary", "बुलबुल"], |_| false);
        assert_eq!(search.files.len(), 3);
        let mut found: Vec<&str> = search.found.iter().map(|(_, name)| name.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["zyxcanary in UTF-8", "बुलबुल in UTF-16BE"]);
        assert!(seek(folder.path(), &["zyxcanary"], |path| path.ends_with("a/b/one")).found.is_empty());
    }
}
