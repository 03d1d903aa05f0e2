//! All SQL of the staff.

use rusqlite::{OptionalExtension, Row};

use super::Role;
use crate::id::StaffId;
use crate::store::{Look, StoreError};

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
}

/// The person whose key slot this is.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn member_of_slot(look: Look<'_>, slot: &str) -> Result<Option<Member>, StoreError> {
    Ok(look
        .sql()
        .prepare_cached("SELECT staff, name FROM staff WHERE slot = ?1")?
        .query_row([slot], read)
        .optional()?)
}

/// A person by number.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn member(look: Look<'_>, staff: StaffId) -> Result<Option<Member>, StoreError> {
    Ok(look
        .sql()
        .prepare_cached("SELECT staff, name FROM staff WHERE staff = ?1")?
        .query_row([staff.0], read)
        .optional()?)
}

/// When a person last came in: Unix milliseconds and offset in minutes.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn last_login(look: Look<'_>, staff: StaffId) -> Result<Option<(i64, i16)>, StoreError> {
    let mut statement = look
        .sql()
        .prepare_cached("SELECT wall_at, offset_min FROM login WHERE staff = ?1 ORDER BY wall_at DESC LIMIT 1")?;
    Ok(statement.query_row([staff.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member { staff: StaffId(row.get(0)?), name: row.get(1)?, role: Role::Owner })
}
