//! All SQL of the stock.

use rusqlite::{OptionalExtension, params};

use crate::id::ItemId;
use crate::quantity::Quantity;
use crate::store::{Apply, Look, StoreError};

pub(super) fn set_opening(apply: &mut Apply<'_>, item: ItemId, opening: Quantity) -> rusqlite::Result<()> {
    apply.run(
        "INSERT INTO stock_level (item, opening_milli) VALUES (?1, ?2) \
         ON CONFLICT (item) DO UPDATE SET opening_milli = excluded.opening_milli",
        params![item.bytes(), opening.milli()],
    )?;
    Ok(())
}

pub(super) fn add_moved(apply: &mut Apply<'_>, item: ItemId, by: Quantity) -> rusqlite::Result<()> {
    apply.run(
        "INSERT INTO stock_level (item, moved_milli) VALUES (?1, ?2) \
         ON CONFLICT (item) DO UPDATE SET moved_milli = moved_milli + excluded.moved_milli",
        params![item.bytes(), by.milli()],
    )?;
    Ok(())
}

pub(super) fn on_hand(look: Look<'_>, item: ItemId) -> Result<Quantity, StoreError> {
    let milli: Option<i64> = look
        .sql()
        .prepare_cached("SELECT opening_milli + moved_milli FROM stock_level WHERE item = ?1")?
        .query_row([item.bytes()], |row| row.get(0))
        .optional()?;
    Ok(Quantity::new(milli.unwrap_or(0)))
}
