//! Stock on hand: a letterbox; whoever moves goods says how many of which item.
//!
//! Owns `stock_level`. It knows nobody who writes to it and never refuses: a shop sells what lies on the
//! counter, also when the book says there is none.

mod store;

use crate::id::ItemId;
use crate::quantity::Quantity;
use crate::store::{Apply, Look, Room, StoreError};

pub const ROOM: Room = Room {
    name: "stock",
    kinds: &[],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply: |_, fact| unreachable!("stock owns no kind of fact, not {}", fact.kind),
};

/// Notes the stock an item began with; called with the item's latest word alone.
pub fn open(apply: &mut Apply<'_>, item: ItemId, opening: Quantity) -> rusqlite::Result<()> {
    store::set_opening(apply, item, opening)
}

/// Moves stock of an item: goods that leave are negative.
pub fn moved(apply: &mut Apply<'_>, item: ItemId, by: Quantity) -> rusqlite::Result<()> {
    store::add_moved(apply, item, by)
}

/// What should be on the shelf.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn on_hand(look: Look<'_>, item: ItemId) -> Result<Quantity, StoreError> {
    store::on_hand(look, item)
}
