//! Builds the derived tables anew from the journal: for a changed layout, and to prove that they are derived.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sha2::{Digest, Sha256};

use super::{Apply, Room, StoreError, apply, open};
use crate::journal::book;
use crate::vault::Key;

/// A table of the file, told by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Journal,
    Kept,
    Derived,
}

/// A derived table that a rebuild does not give back as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub table: String,
    pub rows_here: u64,
    pub rows_rebuilt: u64,
}

/// Every table of the file with its kind, by name.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn tables(conn: &Connection) -> Result<Vec<(String, Table)>, StoreError> {
    let names: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let kind = |name: &str| match name {
        "journal" => Table::Journal,
        kept if kept.starts_with("kept_") => Table::Kept,
        _ => Table::Derived,
    };
    Ok(names.into_iter().map(|name| (name.clone(), kind(&name))).collect())
}

/// Builds the file anew beside itself and puts the new one in its place.
pub(super) fn swap(path: &Path, key: &Key, rooms: &[&Room]) -> Result<(), StoreError> {
    let fresh = path.with_extension("rebuild");
    let old = open::connect(path, key, open::Want::Existing)?;
    let built = build(&old, &fresh, key, rooms)?;
    for conn in [&built, &old] {
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    drop(built);
    drop(old);
    // A crash before the rename leaves the old file whole; both logs are empty by then.
    std::fs::rename(&fresh, path).map_err(StoreError::Place)?;
    for log in logs(path) {
        let _ = std::fs::remove_file(log);
    }
    Ok(())
}

/// Builds a scratch file from the journal and compares every derived table with the one in use.
pub(super) fn compare(
    conn: &Connection,
    scratch: &Path,
    key: &Key,
    rooms: &[&Room],
) -> Result<Vec<Difference>, StoreError> {
    let rebuilt = build(conn, scratch, key, rooms)?;
    let mut differences = Vec::new();
    for (table, kind) in tables(conn)? {
        if kind != Table::Derived {
            continue;
        }
        let (here, there) = (contents(conn, &table)?, contents(&rebuilt, &table)?);
        if here != there {
            differences.push(Difference { table, rows_here: here.0, rows_rebuilt: there.0 });
        }
    }
    drop(rebuilt);
    remove(scratch);
    Ok(differences)
}

/// A new file with the journal and kept tables of `old` and every derived table made from the journal.
fn build(old: &Connection, path: &Path, key: &Key, rooms: &[&Room]) -> Result<Connection, StoreError> {
    remove(path);
    let mut fresh = open::connect(path, key, open::Want::New)?;
    let tx = fresh.transaction()?;
    open::lay_out(&tx, rooms)?;
    for (table, kind) in tables(old)? {
        if kind == Table::Kept && table != "kept_layout" && table != "kept_step" {
            copy(old, &tx, &table)?;
        }
    }
    book::each(old, |entry| -> Result<(), StoreError> {
        book::insert(&tx, &entry)?;
        apply::one(&mut Apply::new(&tx), rooms, &entry.fact)
    })?;
    tx.commit()?;
    Ok(fresh)
}

fn copy(from: &Connection, to: &Connection, table: &str) -> Result<(), StoreError> {
    let mut select = from.prepare(&format!("SELECT * FROM {table}"))?;
    let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let mut insert = to.prepare(&format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", ")))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (0..columns.len()).map(|place| row.get(place)).collect::<Result<_, _>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

/// The number of rows and a fingerprint of all of them, in an order of their own contents.
fn contents(conn: &Connection, table: &str) -> Result<(u64, [u8; 32]), StoreError> {
    let columns = conn.prepare(&format!("SELECT * FROM {table}"))?.column_count();
    let order: Vec<String> = (1..=columns).map(|place| place.to_string()).collect();
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY {}", order.join(", ")))?;
    let mut rows = statement.query([])?;
    let (mut count, mut to) = (0, Sha256::new());
    while let Some(row) = rows.next()? {
        for place in 0..columns {
            let value: Value = row.get(place)?;
            to.update(format!("{value:?}\u{1f}"));
        }
        to.update("\u{1e}");
        count += 1;
    }
    Ok((count, to.finalize().into()))
}

fn logs(path: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
    for log in logs(path) {
        let _ = std::fs::remove_file(log);
    }
}
