//! Gives the file another key, and proves that it has it (`docs/decisions/0020`).

use rusqlite::Connection;

use super::{StoreError, open};
use crate::vault::Key;

/// Encrypts every page anew, as one transaction of the log.
///
/// Each page is read and thereby authenticated first, so a damaged file is refused and keeps its key. A power cut
/// leaves the file under the old key or under the new one, never under both.
///
/// # Errors
/// What refused. The connection must be let go then: what it wrote next would be under the new key.
pub(super) fn rekey(conn: &Connection, key: &Key) -> Result<(), StoreError> {
    fold_in_log(conn)?;
    // Its yes alone proves nothing: SQLCipher does not look whether the commit came to its end.
    open::say_key(conn, "rekey", key)?;
    fold_in_log(conn)
}

/// Reads every page and looks whether it is authentic, and whether all of them fit together.
///
/// # Errors
/// [`StoreError::Unreadable`] where one does not.
pub(super) fn check_whole(conn: &Connection) -> Result<(), StoreError> {
    let torn = conn.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
    let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if torn || said != "ok" { Err(StoreError::Unreadable) } else { Ok(()) }
}

/// Folds the write-ahead log into the file and empties it.
///
/// # Errors
/// [`StoreError::Disk`], also when somebody else reads the file and the log cannot be emptied.
pub(super) fn fold_in_log(conn: &Connection) -> Result<(), StoreError> {
    let busy: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::InUse) } else { Ok(()) }
}
