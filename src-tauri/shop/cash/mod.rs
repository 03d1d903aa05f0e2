//! Takings: a letterbox; whoever is paid says how much in which way.
//!
//! Owns `taking` and its sum per day. It knows nobody who writes to it.

mod store;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fault::Words;
use crate::journal::Fact;
use crate::money::Paise;
use crate::store::{Apply, Look, Room, StoreError};

pub const ROOM: Room = Room {
    name: "cash",
    kinds: &[],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply: |_, fact| unreachable!("cash owns no kind of fact, not {}", fact.kind),
};

/// The ways a customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum TenderKind {
    Cash,
    Upi,
    Card,
}

impl TenderKind {
    pub const ALL: [TenderKind; 3] = [TenderKind::Cash, TenderKind::Upi, TenderKind::Card];

    /// The name in tables and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            TenderKind::Cash => "cash",
            TenderKind::Upi => "upi",
            TenderKind::Card => "card",
        }
    }

    /// The word on screen and paper.
    #[must_use]
    pub fn word(self) -> Words {
        match self {
            TenderKind::Cash => Words::new("Cash", "नकद"),
            TenderKind::Upi => Words::new("UPI", "UPI"),
            TenderKind::Card => Words::new("Card", "कार्ड"),
        }
    }
}

/// Money that came in (or, negative, went back) with one document.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    pub day: Day,
    pub kind: TenderKind,
    pub amount: Paise,
}

/// Notes the takings of the document that a fact makes; net of change.
pub fn take(apply: &mut Apply<'_>, fact: &Fact, takings: &[Taking]) -> rusqlite::Result<()> {
    for (place, taking) in takings.iter().enumerate() {
        store::add(apply, fact, place, taking)?;
    }
    Ok(())
}

/// What was taken on a day, per way of paying: amount and number of takings.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn taken_on(look: Look<'_>, day: Day) -> Result<Vec<(TenderKind, Paise, i64)>, StoreError> {
    store::taken_on(look, day)
}
