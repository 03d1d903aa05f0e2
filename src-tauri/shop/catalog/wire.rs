//! Goods as they cross to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::ItemDraft;
use super::plan::RowFault;
use super::{Item, barcode};
use crate::fault::Words;
use crate::id::{ImportId, ItemId};
use crate::money::Paise;
use crate::quantity::Quantity;
use crate::rules::Rules;

#[derive(Debug, Deserialize, TS)]
pub struct CatalogListRequest {
    pub text: String,
    pub offset: u32,
    pub category: Option<String>,
    pub inactive: bool,
}

#[derive(Debug, Serialize, TS)]
pub struct CatalogListView {
    pub rows: Vec<ItemRow>,
    #[ts(type = "number")]
    pub total: u64,
    pub categories: Vec<String>,
}

#[derive(Debug, Serialize, TS)]
pub struct ItemRow {
    #[ts(type = "string")]
    pub item: ItemId,
    pub name: String,
    pub name_second: Option<String>,
    pub short_code: Option<String>,
    pub barcode: Option<String>,
    pub category: String,
    pub hsn: String,
    pub unit: String,
    #[ts(type = "Paise | null")]
    pub mrp: Option<Paise>,
    pub price: String,
    pub rate: Words,
    pub stock: String,
    pub active: bool,
    pub favourite: Option<u8>,
}

impl ItemRow {
    #[must_use]
    pub fn new(item: Item, stock: Quantity, rules: &Rules<'_>) -> ItemRow {
        ItemRow {
            item: item.id,
            barcode: item.barcodes.first().cloned(),
            rate: rate_words(&item.rate_class, rules),
            unit: item.unit.code(),
            price: item.price.decimal(),
            stock: stock.to_string(),
            name: item.name,
            name_second: item.name_second,
            short_code: item.short_code,
            category: item.category,
            hsn: item.hsn,
            mrp: item.mrp,
            active: item.active,
            favourite: item.favourite,
        }
    }
}

fn rate_words(class: &str, rules: &Rules<'_>) -> Words {
    let known = rules.classes().find(|known| known.code == class);
    known.map_or_else(|| Words::new("not in force", "अभी लागू नहीं"), |known| known.rate_words(rules.day()))
}

#[derive(Debug, Deserialize, TS)]
pub struct CatalogItemRequest {
    #[ts(type = "string")]
    pub item: ItemId,
}

/// An item in the editor, every field as it is typed.
#[derive(Debug, Serialize, TS)]
pub struct ItemView {
    #[ts(type = "string")]
    pub item: ItemId,
    pub name: String,
    pub name_second: String,
    pub short_code: String,
    pub barcodes: Vec<String>,
    pub hsn: String,
    pub is_service: bool,
    pub unit: String,
    pub mrp: String,
    pub price: String,
    pub inclusive: bool,
    pub rate_class: String,
    pub category: String,
    pub favourite: String,
    pub active: bool,
    pub opening_stock: String,
    pub stock: String,
    pub rate_now: Words,
}

impl ItemView {
    #[must_use]
    pub fn new(item: Item, stock: Quantity, rules: &Rules<'_>) -> ItemView {
        ItemView {
            item: item.id,
            name: item.name,
            name_second: item.name_second.unwrap_or_default(),
            short_code: item.short_code.unwrap_or_default(),
            barcodes: item.barcodes,
            hsn: item.hsn,
            is_service: item.is_service,
            unit: item.unit.code(),
            mrp: item.mrp.map(Paise::decimal).unwrap_or_default(),
            price: item.price.decimal(),
            inclusive: item.inclusive,
            rate_now: rate_words(&item.rate_class, rules),
            rate_class: item.rate_class,
            category: item.category,
            favourite: item.favourite.map(|key| key.to_string()).unwrap_or_default(),
            active: item.active,
            opening_stock: item.opening_stock.decimal(),
            stock: stock.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, TS)]
pub struct CatalogSetRequest {
    /// Nothing for a new item.
    #[ts(type = "string | null")]
    pub item: Option<ItemId>,
    pub name: String,
    pub name_second: String,
    pub short_code: String,
    pub barcodes: Vec<String>,
    pub hsn: String,
    pub is_service: bool,
    pub unit: String,
    pub mrp: String,
    pub price: String,
    pub inclusive: bool,
    pub rate_class: String,
    pub category: String,
    pub favourite: String,
    pub active: bool,
    pub opening_stock: String,
}

impl CatalogSetRequest {
    pub(super) fn draft(&self) -> ItemDraft {
        let yes_no = |yes: bool| if yes { "yes".to_owned() } else { "no".to_owned() };
        ItemDraft {
            name: self.name.clone(),
            name_second: self.name_second.clone(),
            short_code: self.short_code.clone(),
            barcodes: self.barcodes.join("|"),
            hsn: self.hsn.clone(),
            nature: if self.is_service { "service".to_owned() } else { "goods".to_owned() },
            unit: self.unit.clone(),
            mrp: self.mrp.clone(),
            price: self.price.clone(),
            inclusive: yes_no(self.inclusive),
            rate_class: self.rate_class.clone(),
            gst_rate: String::new(),
            category: self.category.clone(),
            favourite: self.favourite.clone(),
            active: yes_no(self.active),
            opening_stock: self.opening_stock.clone(),
        }
    }
}

#[derive(Debug, Serialize, TS)]
pub struct ClassView {
    pub code: String,
    pub name: Words,
    pub rate: Words,
}

#[derive(Debug, Serialize, TS)]
pub struct UnitView {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct ImportLookRequest {
    pub path: String,
}

/// A spreadsheet as it was understood, before anything is done.
#[derive(Debug, Serialize, TS)]
pub struct ImportView {
    pub path: String,
    pub encoding: String,
    pub delimiter: String,
    pub columns: Vec<ColumnView>,
    #[ts(type = "number")]
    pub rows: u64,
}

#[derive(Debug, Serialize, TS)]
pub struct ColumnView {
    pub header: String,
    pub sample: Vec<String>,
    pub meaning: String,
}

#[derive(Debug, Deserialize, TS)]
pub struct ImportRequest {
    pub path: String,
    pub encoding: Option<String>,
    pub delimiter: Option<String>,
    pub meanings: Vec<String>,
}

/// What an import would do.
#[derive(Debug, Serialize, TS)]
pub struct TryView {
    #[ts(type = "number")]
    pub rows: u64,
    #[ts(type = "number")]
    pub added: u64,
    #[ts(type = "number")]
    pub updated: u64,
    #[ts(type = "number")]
    pub same: u64,
    #[ts(type = "number")]
    pub bad: u64,
    pub faults: Vec<RowFaultView>,
    /// What is taken but worth a look.
    pub oddities: Vec<RowFaultView>,
}

#[derive(Debug, Serialize, TS)]
pub struct RowFaultView {
    pub row: u32,
    pub column: String,
    pub text: String,
    pub say: Words,
}

impl From<&RowFault> for RowFaultView {
    fn from(fault: &RowFault) -> RowFaultView {
        RowFaultView { row: fault.row, column: fault.column.clone(), text: fault.text.clone(), say: fault.say.clone() }
    }
}

/// What an import did.
#[derive(Debug, Serialize, TS)]
pub struct ImportDoneView {
    #[ts(type = "string")]
    pub import: ImportId,
    #[ts(type = "number")]
    pub added: u64,
    #[ts(type = "number")]
    pub updated: u64,
    #[ts(type = "number")]
    pub same: u64,
    #[ts(type = "number")]
    pub bad: u64,
}

#[derive(Debug, Deserialize, TS)]
pub struct ImportUndoRequest {
    #[ts(type = "string")]
    pub import: ImportId,
}

#[derive(Debug, Serialize, TS)]
pub struct ImportUndoneView {
    #[ts(type = "number")]
    pub put_back: u64,
    /// Items that were changed since, which stay as they are now.
    #[ts(type = "number")]
    pub kept: u64,
}

/// What the search index knows of an item.
#[must_use]
pub fn index_entry(item: &Item) -> crate::find::Entry {
    crate::find::Entry {
        id: item.id,
        name: item.name.clone(),
        name_second: item.name_second.clone(),
        short_code: item.short_code.clone(),
        barcodes: item.barcodes.iter().map(|code| barcode::normal(code).unwrap_or_else(|| code.clone())).collect(),
        weight: 0,
    }
}
