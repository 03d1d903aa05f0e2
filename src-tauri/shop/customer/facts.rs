//! What can happen to a customer's card.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::gst::gstin::Gstin;
use crate::gst::state::State;
use crate::id::PersonId;
use crate::journal::{Draft, Fact};
use crate::store::{Act, Apply, Room, StoreError};

pub const ROOM: Room = Room {
    name: "customer",
    kinds: &[CUSTOMER_SET],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply,
};

const CUSTOMER_SET: &str = "customer.set";

/// What identifies a person: sealed wherever it is written down.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    #[serde(rename = "n")]
    pub name: String,
    #[serde(rename = "p")]
    pub phone: String,
    #[serde(rename = "a")]
    pub address: String,
}

/// Says nothing about the person.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(..)")
    }
}

impl Contact {
    /// Seals the contact under the person's key.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn seal(&self, act: &mut Act<'_>, person: PersonId) -> Result<Vec<u8>, StoreError> {
        let mut plain = Vec::new();
        ciborium::into_writer(self, &mut plain).expect("three texts encode");
        act.seal(person, &plain)
    }

    /// The contact in these opened bytes; an empty one when the person was erased.
    #[must_use]
    pub fn opened(plain: Option<Vec<u8>>) -> Contact {
        plain
            .map(|plain| ciborium::from_reader(&plain[..]).expect("a contact reads as it was written"))
            .unwrap_or_default()
    }
}

#[derive(Serialize, Deserialize)]
struct CustomerSetV1 {
    person: PersonId,
    #[serde(with = "serde_bytes")]
    sealed: Vec<u8>,
    gstin: Option<Gstin>,
    state: Option<State>,
}

pub(super) fn customer_set(person: PersonId, sealed: Vec<u8>, gstin: Option<Gstin>, state: Option<State>) -> Draft {
    Draft::new(CUSTOMER_SET, 1, &CustomerSetV1 { person, sealed, gstin, state })
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    let body: CustomerSetV1 = fact.body();
    let contact = Contact::opened(apply.unseal(body.person, &body.sealed)?);
    apply.run(
        "INSERT INTO customer (person, hlc, stream, name, phone, address, gstin, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (person) DO UPDATE SET hlc = excluded.hlc, \
         stream = excluded.stream, name = excluded.name, phone = excluded.phone, address = excluded.address, \
         gstin = excluded.gstin, state = excluded.state WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
        params![
            body.person.bytes(),
            fact.hlc as i64,
            fact.stream.bytes(),
            contact.name,
            contact.phone,
            contact.address,
            body.gstin.as_ref().map(Gstin::as_str),
            body.state.map(State::code),
        ],
    )?;
    Ok(())
}
