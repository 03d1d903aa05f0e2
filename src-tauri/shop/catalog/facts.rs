//! What can happen to the catalogue, and how it changes the tables.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::{Item, barcode};
use crate::id::{ImportId, ItemId};
use crate::journal::{Draft, Fact};
use crate::quantity::Quantity;
use crate::stock;
use crate::store::{Apply, Room};

pub const ROOM: Room = Room {
    name: "catalog",
    kinds: &[ITEM_SET, IMPORT_BEGUN, ITEMS_SET, IMPORT_ENDED, IMPORT_UNDONE, ITEMS_REMOVED],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply,
};

const ITEM_SET: &str = "catalog.item_set";
const IMPORT_BEGUN: &str = "catalog.import_begun";
const ITEMS_SET: &str = "catalog.items_set";
const IMPORT_ENDED: &str = "catalog.import_ended";
const IMPORT_UNDONE: &str = "catalog.import_undone";
const ITEMS_REMOVED: &str = "catalog.items_removed";

/// The most items in one fact, and the most bytes they may come to.
const ITEMS_MAX: usize = 500;
const ITEMS_BYTES_MAX: usize = 200 * 1024;

/// An item as an import leaves it, and as it was before; nothing when it was not there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Change {
    pub item: Item,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Item>,
}

#[derive(Serialize, Deserialize)]
struct ItemSetV1 {
    item: Item,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ImportBegunV1 {
    pub import: ImportId,
    pub file: String,
    pub rows: u64,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ItemsSetV1 {
    pub import: ImportId,
    pub items: Vec<Change>,
}

#[derive(Serialize, Deserialize)]
struct ImportEndedV1 {
    import: ImportId,
    added: u64,
    updated: u64,
}

#[derive(Serialize, Deserialize)]
struct ImportUndoneV1 {
    import: ImportId,
}

#[derive(Serialize, Deserialize)]
struct ItemsRemovedV1 {
    items: Vec<ItemId>,
}

pub(super) fn item_set(item: &Item) -> Draft {
    Draft::new(ITEM_SET, 1, &ItemSetV1 { item: item.clone() })
}

/// An import as one group of facts: begun, items in bounded portions, ended.
pub(super) fn import(import: ImportId, file: &str, rows: u64, changes: Vec<Change>) -> Vec<Draft> {
    let updated = changes.iter().filter(|change| change.was.is_some()).count() as u64;
    let added = changes.len() as u64 - updated;
    let mut drafts = vec![Draft::new(IMPORT_BEGUN, 1, &ImportBegunV1 { import, file: file.to_owned(), rows })];
    drafts.extend(portions(import, changes));
    drafts.push(Draft::new(IMPORT_ENDED, 1, &ImportEndedV1 { import, added, updated }));
    drafts
}

/// An import taken back as one group of facts: what is put back, what is removed.
pub(super) fn undo(import: ImportId, put_back: Vec<Change>, removed: &[ItemId]) -> Vec<Draft> {
    let mut drafts = vec![Draft::new(IMPORT_UNDONE, 1, &ImportUndoneV1 { import })];
    drafts.extend(portions(import, put_back));
    let removals = removed.chunks(ITEMS_BYTES_MAX / 32);
    drafts.extend(removals.map(|items| Draft::new(ITEMS_REMOVED, 1, &ItemsRemovedV1 { items: items.to_vec() })));
    drafts
}

fn portions(import: ImportId, changes: Vec<Change>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut portion = ItemsSetV1 { import, items: Vec::new() };
    let mut bytes = 0;
    for change in changes {
        bytes += bytes_of(&change.item) + change.was.as_ref().map_or(0, bytes_of);
        portion.items.push(change);
        if portion.items.len() == ITEMS_MAX || bytes > ITEMS_BYTES_MAX {
            drafts.push(Draft::new(ITEMS_SET, 1, &portion));
            portion.items.clear();
            bytes = 0;
        }
    }
    if !portion.items.is_empty() {
        drafts.push(Draft::new(ITEMS_SET, 1, &portion));
    }
    drafts
}

/// What an item comes to in a fact, rather too much than too little.
fn bytes_of(item: &Item) -> usize {
    let texts = [&item.name, &item.category, &item.rate_class].map(String::len).iter().sum::<usize>();
    let codes: usize = item.barcodes.iter().map(|code| code.len() + 3).sum();
    300 + texts + codes + item.name_second.as_ref().map_or(0, String::len)
}

/// The items in a fact of an import, if it is one.
pub(super) fn changes_of(fact: &Fact) -> Option<ItemsSetV1> {
    (fact.kind == ITEMS_SET).then(|| fact.body())
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    match fact.kind.as_str() {
        ITEM_SET => set(apply, fact, &fact.body::<ItemSetV1>().item),
        ITEMS_SET => fact.body::<ItemsSetV1>().items.iter().try_for_each(|change| set(apply, fact, &change.item)),
        ITEMS_REMOVED => fact.body::<ItemsRemovedV1>().items.iter().try_for_each(|item| remove(apply, fact, *item)),
        IMPORT_BEGUN => {
            let body: ImportBegunV1 = fact.body();
            apply.run(
                "INSERT INTO item_import (import, stream, seq, file, rows) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![body.import.bytes(), fact.stream.bytes(), fact.seq as i64, body.file, body.rows as i64],
            )?;
            Ok(())
        }
        IMPORT_ENDED => Ok(()),
        IMPORT_UNDONE => {
            let body: ImportUndoneV1 = fact.body();
            apply.run(
                "INSERT INTO item_import_undone (import, stream, seq) VALUES (?1, ?2, ?3)",
                params![body.import.bytes(), fact.stream.bytes(), fact.seq as i64],
            )?;
            Ok(())
        }
        other => unreachable!("the catalogue does not own {other}"),
    }
}

/// Removes an item if that is the latest word on it; the row is then the same whether the item was known here or not.
fn remove(apply: &mut Apply<'_>, fact: &Fact, item: ItemId) -> rusqlite::Result<()> {
    let taken = apply.run(
        "INSERT INTO item (item, hlc, stream, removed, active, name, category, body) \
         VALUES (?1, ?2, ?3, 1, 0, '', '', x'') ON CONFLICT (item) DO UPDATE SET hlc = excluded.hlc, \
         stream = excluded.stream, removed = 1, active = 0, name = '', category = '', short_code = NULL, \
         favourite = NULL, body = x'' WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
        params![item.bytes(), fact.hlc as i64, fact.stream.bytes()],
    )?;
    if taken == 0 {
        return Ok(());
    }
    apply.run("DELETE FROM item_barcode WHERE item = ?1", [item.bytes()])?;
    stock::open(apply, item, Quantity::ZERO)
}

/// Takes an item's word if it is the latest, and puts its codes and opening stock where they are looked up.
fn set(apply: &mut Apply<'_>, fact: &Fact, item: &Item) -> rusqlite::Result<()> {
    let mut body = Vec::with_capacity(300);
    ciborium::into_writer(item, &mut body).expect("an item is plain data");
    let taken = apply.run(
        "INSERT INTO item (item, hlc, stream, removed, active, name, name_second, category, short_code, favourite, body) \
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (item) DO UPDATE SET hlc = excluded.hlc, \
         stream = excluded.stream, removed = 0, active = excluded.active, name = excluded.name, \
         name_second = excluded.name_second, category = excluded.category, short_code = excluded.short_code, favourite = excluded.favourite, \
         body = excluded.body WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
        params![
            item.id.bytes(),
            fact.hlc as i64,
            fact.stream.bytes(),
            item.active,
            item.name,
            item.name_second,
            item.category,
            item.short_code,
            item.favourite,
            body
        ],
    )?;
    if taken == 0 {
        return Ok(());
    }
    apply.run("DELETE FROM item_barcode WHERE item = ?1", [item.id.bytes()])?;
    for code in item.barcodes.iter().filter_map(|code| barcode::normal(code)) {
        apply.run(
            "INSERT INTO item_barcode (code, item) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![code, item.id.bytes()],
        )?;
    }
    stock::open(apply, item.id, item.opening_stock)
}
