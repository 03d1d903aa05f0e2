//! All SQL of the customers.

use rusqlite::{OptionalExtension, Row, params};

use super::Contact;
use crate::gst::gstin::Gstin;
use crate::gst::state::State;
use crate::id::PersonId;
use crate::store::{Look, StoreError};

/// A customer's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub person: PersonId,
    pub contact: Contact,
    pub gstin: Option<Gstin>,
    pub state: Option<State>,
}

const COLUMNS: &str = "SELECT person, name, phone, address, gstin, state FROM customer";

/// The customer of an id.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn by_person(look: Look<'_>, person: PersonId) -> Result<Option<Customer>, StoreError> {
    let mut statement = look.sql().prepare_cached(&format!("{COLUMNS} WHERE person = ?1"))?;
    Ok(statement.query_row([person.bytes()], read).optional()?)
}

pub(super) fn by_phone(look: Look<'_>, phone: &str) -> Result<Option<Customer>, StoreError> {
    let mut statement =
        look.sql().prepare_cached(&format!("{COLUMNS} WHERE phone = ?1 ORDER BY hlc DESC, person LIMIT 1"))?;
    Ok(statement.query_row([phone], read).optional()?)
}

/// Customers whose phone ends in the digits typed, or whose name or GSTIN holds the text; latest first.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn find(look: Look<'_>, text: &str, most: usize) -> Result<Vec<Customer>, StoreError> {
    let mut statement = look.sql().prepare_cached(&format!(
        "{COLUMNS} WHERE (?1 <> '' AND substr(phone, -length(?1)) = ?1) OR instr(lower(name), lower(?2)) > 0 \
         OR instr(gstin, upper(?2)) > 0 ORDER BY hlc DESC, person LIMIT ?3"
    ))?;
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '+')).collect();
    let all_digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    // Of a number with its country code the last ten digits are looked for.
    let digits = if all_digits { &bare[bare.len().saturating_sub(10)..] } else { "" };
    let found = statement.query_map(params![digits, text, most as i64], read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Customer> {
    let gstin: Option<String> = row.get(4)?;
    let state: Option<String> = row.get(5)?;
    Ok(Customer {
        person: PersonId::new(row.get(0)?),
        contact: Contact { name: row.get(1)?, phone: row.get(2)?, address: row.get(3)? },
        gstin: gstin.map(|gstin| Gstin::read(&gstin).expect("a stored GSTIN was read once")),
        state: state.and_then(|state| State::read(&state).ok()),
    })
}
