//! A random key per person: deleting it erases the person from every fact without touching the chain.

use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::id::PersonId;
use crate::stamp::Chance;
use crate::vault::{self, Key};

const NAMESPACE: &str = "person";

pub(super) fn seal(conn: &Connection, chance: &mut dyn Chance, person: PersonId, plain: &[u8]) -> Result<Vec<u8>> {
    let key = match key(conn, person)? {
        Some(key) => key,
        None => {
            let mut bytes = [0; 32];
            chance.fill(&mut bytes);
            keep(conn, person, &bytes)?;
            Key::new(&bytes)
        }
    };
    Ok(vault::seal(&key, NAMESPACE, chance, plain, person.bytes()))
}

pub(super) fn unseal(conn: &Connection, person: PersonId, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(key(conn, person)?
        .and_then(|key| vault::unseal(&key, NAMESPACE, sealed, person.bytes()).ok().map(|plain| plain.to_vec())))
}

pub(super) fn keep(conn: &Connection, person: PersonId, key: &[u8; 32]) -> Result<()> {
    conn.prepare_cached("INSERT INTO kept_person_key (person, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![person.bytes(), key])?;
    Ok(())
}

pub(super) fn all(conn: &Connection) -> Result<Vec<(PersonId, [u8; 32])>> {
    conn.prepare("SELECT person, key FROM kept_person_key ORDER BY person")?
        .query_map([], |row| Ok((PersonId::new(row.get(0)?), row.get(1)?)))?
        .collect()
}

fn key(conn: &Connection, person: PersonId) -> Result<Option<Key>> {
    let bytes: Option<[u8; 32]> = conn
        .prepare_cached("SELECT key FROM kept_person_key WHERE person = ?1")?
        .query_row([person.bytes()], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(|bytes| Key::new(&bytes)))
}
