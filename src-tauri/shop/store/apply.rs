//! The writer of derived tables: what a room's `apply` is handed and nothing else can obtain.

use rusqlite::{Connection, Params, Result, Row};

use super::{Room, StoreError, people};
use crate::id::PersonId;
use crate::journal::Fact;

/// Writes derived tables while a fact is applied.
pub struct Apply<'a> {
    conn: &'a Connection,
}

impl<'a> Apply<'a> {
    pub(super) fn new(conn: &'a Connection) -> Apply<'a> {
        Apply { conn }
    }

    /// Runs one statement and gives the number of rows it touched.
    pub fn run(&mut self, sql: &str, params: impl Params) -> Result<usize> {
        self.conn.prepare_cached(sql)?.execute(params)
    }

    /// Reads rows of an earlier fact of the same stream.
    pub fn rows<T>(&self, sql: &str, params: impl Params, read: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        self.conn.prepare_cached(sql)?.query_map(params, read)?.collect()
    }

    /// Opens what was sealed under a person's key; nothing when the person was erased.
    pub fn unseal(&self, person: PersonId, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        people::unseal(self.conn, person, sealed)
    }

    /// Notes what looks wrong between counters, for the owner to see; a fact is never refused.
    pub fn conflict(&mut self, fact: &Fact, what: &str, detail: &str) -> Result<()> {
        self.run(
            "INSERT INTO conflict (stream, seq, what, detail) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            (fact.stream.bytes(), fact.seq as i64, what, detail),
        )?;
        Ok(())
    }
}

/// Hands a fact to the room that owns its kind.
pub(super) fn one(apply: &mut Apply<'_>, rooms: &[&Room], fact: &Fact) -> std::result::Result<(), StoreError> {
    let room = rooms.iter().find(|room| room.kinds.contains(&fact.kind.as_str())).ok_or(StoreError::NewerFact)?;
    let latest = room.later.iter().find(|(kind, _)| *kind == fact.kind).map_or(1, |(_, latest)| *latest);
    if !(1..=latest).contains(&fact.version) {
        return Err(StoreError::NewerFact);
    }
    (room.apply)(apply, fact)?;
    Ok(())
}
