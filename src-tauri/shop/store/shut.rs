//! What a shop's file looks like while it is shut.
//!
//! Each page of an encrypted file ends with its own nonce and its tag (SQLCipher: 16 and 64 bytes), so a hash over these
//! ends says which pages the file has, and in which version. An older page put back fits the database's key and its
//! tag, and no check of the database finds it (security.md §1.2); this hash does.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use sha2::{Digest, Sha256};

const PAGE: usize = 4_096;
/// Nonce and tag at the end of a page.
const END: usize = 16 + 64;
/// The first page begins with the salt, which its tag does not cover.
const SALT: usize = 16;
const PAGES_AT_ONCE: usize = 256;

/// A hash over what tells every page of a file that is shut; `None` when changes lie beside it that are not folded in.
///
/// # Errors
/// What the disk says.
pub fn look_of(path: &Path) -> io::Result<Option<[u8; 32]>> {
    for log in ["-wal", "-journal"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(log);
        if std::fs::metadata(beside).is_ok_and(|log| log.len() > 0) {
            return Ok(None);
        }
    }
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    hash.update(b"pakka/shut/v1");
    hash.update(file.metadata()?.len().to_le_bytes());
    let mut pages = Vec::with_capacity(PAGE * PAGES_AT_ONCE);
    let mut is_first = true;
    loop {
        pages.clear();
        file.by_ref().take((PAGE * PAGES_AT_ONCE) as u64).read_to_end(&mut pages)?;
        if pages.is_empty() {
            return Ok(Some(hash.finalize().into()));
        }
        if std::mem::take(&mut is_first) {
            hash.update(&pages[..pages.len().min(SALT)]);
        }
        for page in pages.chunks(PAGE) {
            hash.update(&page[page.len().saturating_sub(END)..]);
        }
    }
}
