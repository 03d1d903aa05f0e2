//! Opens the encrypted file, fail-closed at each step (security.md §1.2), and lays out its tables.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Room, StoreError};
use crate::journal::book;
use crate::vault::Key;

/// Marks the file as Pakka's ("PAKK").
const APPLICATION_ID: i64 = 0x5041_4b4b;
/// Raised only when the journal or the meaning of the file changes.
const FORMAT: i64 = 1;
/// Page cache in KiB: a shop of a million bills stays as quick as an empty one (performance.md §2a).
const CACHE_KIB: i64 = 64 * 1024;

const STORE_TABLES: &str = include_str!("store.sql");
const STORE_KEPT: &str = include_str!("kept.sql");

pub(super) enum Want {
    New,
    Existing,
}

/// Opens a connection with the raw key and every guard set.
pub(super) fn connect(path: &Path, key: &Key, want: Want) -> Result<Connection, StoreError> {
    let create = match want {
        Want::New => OpenFlags::SQLITE_OPEN_CREATE,
        Want::Existing => OpenFlags::empty(),
    };
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create,
    )?;
    // A library that cannot encrypt passes over what it does not know: it would write a shop in clear.
    let version: Option<String> = conn.query_row("PRAGMA cipher_version", [], |row| row.get(0)).optional()?;
    if version.is_none_or(|version| version.is_empty()) {
        return Err(StoreError::NoCipher);
    }
    conn.pragma_update(None, "cipher_log_level", "NONE")?;
    conn.pragma_update(None, "cipher_memory_security", "ON")?;
    say_key(&conn, "key", key)?;
    conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    for (name, value) in [
        ("synchronous", "FULL"),
        ("fullfsync", "ON"),
        ("checkpoint_fullfsync", "ON"),
        ("foreign_keys", "ON"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("secure_delete", "ON"),
        ("temp_store", "MEMORY"),
    ] {
        conn.pragma_update(None, name, value)?;
    }
    conn.query_row("PRAGMA mmap_size = 0", [], |_| Ok(())).or_else(|error| match error {
        rusqlite::Error::QueryReturnedNoRows => Ok(()),
        other => Err(other),
    })?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.set_prepared_statement_cache_capacity(256);
    if let Want::Existing = want {
        check_format(&conn)?;
    }
    Ok(conn)
}

/// Tells SQLCipher a key, by `PRAGMA key` or `PRAGMA rekey`.
pub(super) fn say_key(conn: &Connection, pragma: &str, key: &Key) -> rusqlite::Result<()> {
    // Room for all of it at once, so that it never moves and leaves a copy of the key behind.
    let mut statement = Zeroizing::new(String::with_capacity(96));
    for part in ["PRAGMA ", pragma, " = \"x'", key.expose_hex().as_str(), "'\""] {
        statement.push_str(part);
    }
    conn.query_row(&statement, [], |_| Ok(()))
}

fn check_format(conn: &Connection) -> Result<(), StoreError> {
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let format: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match (application, format) {
        (APPLICATION_ID, FORMAT) => Ok(()),
        (APPLICATION_ID, newer) if newer > FORMAT => Err(StoreError::Newer { format: newer }),
        _ => Err(StoreError::Unreadable),
    }
}

/// Lays out every table in a new file: the journal, the kept ones, the derived ones.
pub(super) fn lay_out(conn: &Connection, rooms: &[&Room]) -> Result<(), StoreError> {
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", FORMAT)?;
    conn.execute_batch(book::TABLES)?;
    conn.execute_batch(STORE_KEPT)?;
    take_steps(conn, rooms)?;
    conn.execute_batch(STORE_TABLES)?;
    for room in rooms {
        conn.execute_batch(room.tables)?;
    }
    conn.execute("INSERT INTO kept_layout (one, fingerprint) VALUES (1, ?1)", [fingerprint(rooms)])?;
    Ok(())
}

/// Takes the steps of kept tables that this file has not seen, all or none.
pub(super) fn migrate(conn: &mut Connection, rooms: &[&Room]) -> Result<(), StoreError> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    take_steps(&tx, rooms)?;
    tx.commit()?;
    Ok(())
}

fn take_steps(conn: &Connection, rooms: &[&Room]) -> Result<(), StoreError> {
    let mut steps: Vec<(&str, &str)> = rooms.iter().flat_map(|room| room.migrations.iter().copied()).collect();
    steps.sort_unstable();
    for (name, sql) in steps {
        let taken: bool =
            conn.query_row("SELECT EXISTS (SELECT 1 FROM kept_step WHERE name = ?1)", [name], |row| row.get(0))?;
        if !taken {
            conn.execute_batch(sql)?;
            conn.execute("INSERT INTO kept_step (name) VALUES (?1)", [name])?;
        }
    }
    Ok(())
}

/// Whether the derived tables are laid out as this program states them.
pub(super) fn is_current(conn: &Connection, rooms: &[&Room]) -> Result<bool, StoreError> {
    let laid_out: String = conn.query_row("SELECT fingerprint FROM kept_layout", [], |row| row.get(0))?;
    Ok(laid_out == fingerprint(rooms))
}

/// A short name for the text of all derived tables: when it changes, the file is rebuilt.
fn fingerprint(rooms: &[&Room]) -> String {
    let mut to = Sha256::new();
    to.update(STORE_TABLES);
    for room in rooms {
        to.update(room.name);
        to.update(room.tables);
    }
    to.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_key_opens_nothing_and_no_second_file_is_attached() {
        let folder = tempfile::tempdir().expect("a folder");
        let (place, clear) = (folder.path().join("shop.db"), folder.path().join("clear.db"));
        let conn = connect(&place, &Key::new(&[7; 32]), Want::New).expect("a new file");
        lay_out(&conn, &[]).expect("tables");
        let attach = format!("ATTACH '{}' AS clear KEY ''", clear.display());
        conn.execute_batch(&attach).expect_err("a file in clear");
        conn.execute_batch("VACUUM INTO 'copy.db'").expect_err("another file");
        assert!(!clear.exists());
        drop(conn);
        assert!(connect(&place, &Key::new(&[7; 32]), Want::Existing).is_ok());
        let other = connect(&place, &Key::new(&[8; 32]), Want::Existing).expect_err("another key");
        assert!(matches!(other, StoreError::Unreadable), "{other}");
    }
}
