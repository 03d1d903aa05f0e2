//! All SQL of the catalogue.

use rusqlite::{OptionalExtension, Row, params};

use super::facts::{Change, changes_of};
use super::{Item, barcode};
use crate::find;
use crate::id::{ImportId, ItemId, StreamId};
use crate::journal::book;
use crate::store::{Look, StoreError};

/// The item of an id, also one that is not sold at present.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn by_id(look: Look<'_>, item: ItemId) -> Result<Option<Item>, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT body FROM item WHERE item = ?1 AND removed = 0")?;
    Ok(statement.query_row([item.bytes()], read).optional()?)
}

/// The item of a barcode in any of its written forms, or of a short code; one that is sold comes before one that
/// is not, and a barcode before a short code.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn by_code(look: Look<'_>, code: &str) -> Result<Option<Item>, StoreError> {
    let scanned = match barcode::normal(code) {
        Some(normal) => {
            let sql = "SELECT i.active, i.hlc, i.body FROM item_barcode b JOIN item i ON i.item = b.item \
                       WHERE b.code = ?1 AND i.removed = 0";
            foremost(look, sql, &normal)?
        }
        None => None,
    };
    if scanned.as_ref().is_some_and(|item| item.active) {
        return Ok(scanned);
    }
    let sql = "SELECT active, hlc, body FROM item WHERE short_code = upper(?1) AND removed = 0";
    let typed = foremost(look, sql, code.trim())?;
    Ok(match (scanned, typed) {
        (Some(scanned), Some(typed)) if !typed.active => Some(scanned),
        (scanned, typed) => typed.or(scanned),
    })
}

/// Of the few items of one code the one that is sold, and of those the latest; sorting in SQL would cost a scan dear.
fn foremost(look: Look<'_>, sql: &str, code: &str) -> Result<Option<Item>, StoreError> {
    let mut statement = look.sql().prepare_cached(sql)?;
    let mut rows = statement.query([code])?;
    let mut best: Option<((bool, i64), Vec<u8>)> = None;
    while let Some(row) = rows.next()? {
        let standing = (row.get(0)?, row.get(1)?);
        if best.as_ref().is_none_or(|(other, _)| *other < standing) {
            best = Some((standing, row.get(2)?));
        }
    }
    Ok(best.map(|(_, body)| decode(&body)))
}

/// Every item, in no order, handed to `take` one after the other.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn each(look: Look<'_>, mut take: impl FnMut(Item)) -> Result<(), StoreError> {
    let mut statement = look.sql().prepare("SELECT body FROM item WHERE removed = 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(read(row)?);
    }
    Ok(())
}

/// What the search index knows of every item that is sold, handed to `take` one after the other.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn each_entry(look: Look<'_>, mut take: impl FnMut(find::Entry)) -> Result<(), StoreError> {
    let mut items = look.sql().prepare(
        "SELECT item, name, name_second, short_code FROM item WHERE removed = 0 AND active = 1 ORDER BY item",
    )?;
    let mut codes = look.sql().prepare("SELECT item, code FROM item_barcode ORDER BY item, code")?;
    let (mut items, mut codes) = (items.query([])?, codes.query([])?);
    let code_of = |row: &Row<'_>| -> rusqlite::Result<([u8; 16], String)> { Ok((row.get(0)?, row.get(1)?)) };
    let mut code = codes.next()?.map(code_of).transpose()?;
    while let Some(row) = items.next()? {
        let item: [u8; 16] = row.get(0)?;
        let mut barcodes = Vec::new();
        // Both are in the order of the items; codes of items that are not sold are passed over.
        while let Some((of, text)) = code.take_if(|(of, _)| *of <= item) {
            if of == item {
                barcodes.push(text);
            }
            code = codes.next()?.map(code_of).transpose()?;
        }
        take(find::Entry {
            id: ItemId::new(item),
            name: row.get(1)?,
            name_second: row.get(2)?,
            short_code: row.get(3)?,
            barcodes,
            weight: 0,
        });
    }
    Ok(())
}

/// A page of items by name, with their number: of a category, or also those not sold at present.
pub(super) fn page(
    look: Look<'_>,
    category: Option<&str>,
    inactive: bool,
    offset: u32,
    most: u32,
) -> Result<(Vec<Item>, u64), StoreError> {
    const WHERE: &str = "FROM item WHERE removed = 0 AND (active = 1 OR ?1) AND (?2 IS NULL OR category = ?2)";
    let total: i64 = look
        .sql()
        .prepare_cached(&format!("SELECT count(*) {WHERE}"))?
        .query_row(params![inactive, category], |row| row.get(0))?;
    let mut statement =
        look.sql().prepare_cached(&format!("SELECT body {WHERE} ORDER BY name, item LIMIT ?3 OFFSET ?4"))?;
    let rows = statement.query_map(params![inactive, category, most, offset], read)?;
    Ok((rows.collect::<rusqlite::Result<_>>()?, total as u64))
}

/// The categories in use, by name.
pub(super) fn categories(look: Look<'_>) -> Result<Vec<String>, StoreError> {
    let mut statement = look
        .sql()
        .prepare_cached("SELECT DISTINCT category FROM item WHERE removed = 0 AND category <> '' ORDER BY category")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The items of the favourites row, by key.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn favourites(look: Look<'_>) -> Result<Vec<Item>, StoreError> {
    let mut statement = look.sql().prepare_cached(
        "SELECT body FROM item WHERE favourite IS NOT NULL AND removed = 0 AND active = 1 ORDER BY favourite, hlc DESC",
    )?;
    Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Another item than this one that has the short code or one of the barcodes.
pub(super) fn holder_of_code(look: Look<'_>, item: &Item) -> Result<Option<Item>, StoreError> {
    let codes = item.barcodes.iter().map(String::as_str).chain(item.short_code.as_deref());
    for code in codes {
        if let Some(other) = by_code(look, code)?
            && other.id != item.id
            && other.active
        {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

/// What an import changed, if it is there and was not taken back.
pub(super) fn changes_of_import(look: Look<'_>, import: ImportId) -> Result<Option<Vec<Change>>, StoreError> {
    let found: Option<([u8; 16], i64)> = look
        .sql()
        .prepare_cached(
            "SELECT stream, seq FROM item_import WHERE import = ?1 \
             AND NOT EXISTS (SELECT 1 FROM item_import_undone u WHERE u.import = ?1)",
        )?
        .query_row([import.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((stream, seq)) = found else { return Ok(None) };
    let stream = StreamId::new(stream);
    let begun = book::entry(look.sql(), stream, seq as u64)?.expect("an import's fact is in the journal");
    let mut changes = Vec::new();
    for place in 1..u64::from(begun.fact.group.count) {
        let entry = book::entry(look.sql(), stream, begun.fact.group.first + place)?.expect("a group is never cut");
        changes.extend(changes_of(&entry.fact).map(|body| body.items).unwrap_or_default());
    }
    Ok(Some(changes))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(decode(row.get_ref(0)?.as_blob()?))
}

fn decode(body: &[u8]) -> Item {
    ciborium::from_reader(body).expect("an item reads as it was written")
}
