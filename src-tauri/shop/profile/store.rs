//! All SQL of the signboard.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::Profile;
use crate::id::StreamId;
use crate::store::{Look, StoreError};

/// Which version of the signboard: the fact that set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileAt {
    pub stream: StreamId,
    pub seq: u64,
}

/// The signboard as it hangs today, and which version it is.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn current(look: Look<'_>) -> Result<Option<(ProfileAt, Profile)>, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT stream, seq, body FROM profile ORDER BY hlc DESC, stream DESC LIMIT 1")?;
    Ok(statement.query_row([], read).optional()?)
}

/// The signboard of a version that a document names.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn at(look: Look<'_>, version: ProfileAt) -> Result<Option<Profile>, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT stream, seq, body FROM profile WHERE stream = ?1 AND seq = ?2")?;
    let found = statement.query_row(params![version.stream.bytes(), version.seq as i64], read).optional()?;
    Ok(found.map(|(_, profile)| profile))
}

/// The name of the counter that writes a stream; empty before it has one.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn counter_name(look: Look<'_>, stream: StreamId) -> Result<String, StoreError> {
    one(look, "SELECT name FROM counter WHERE stream = ?1", stream)
}

/// The prefix under which a counter numbers its bills; empty before it has one.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn series(look: Look<'_>, stream: StreamId) -> Result<String, StoreError> {
    one(look, "SELECT prefix FROM series WHERE stream = ?1 ORDER BY hlc DESC LIMIT 1", stream)
}

/// Whether another counter numbers under this prefix, or ever did.
pub(super) fn is_taken(look: Look<'_>, prefix: &str, by_other_than: StreamId) -> Result<bool, StoreError> {
    Ok(look
        .sql()
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM series WHERE prefix = ?1 AND stream <> ?2)")?
        .query_row(params![prefix, by_other_than.bytes()], |row| row.get(0))?)
}

fn one(look: Look<'_>, sql: &str, stream: StreamId) -> Result<String, StoreError> {
    let found = look.sql().prepare_cached(sql)?.query_row([stream.bytes()], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or_default())
}

fn read(row: &Row<'_>) -> rusqlite::Result<(ProfileAt, Profile)> {
    let version = ProfileAt { stream: StreamId::new(row.get(0)?), seq: row.get::<_, i64>(1)? as u64 };
    let body: Vec<u8> = row.get(2)?;
    Ok((version, ciborium::from_reader(&body[..]).expect("a signboard reads as it was written")))
}
