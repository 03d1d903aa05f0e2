//! The catalogue: what the shop sells, under which name, code, price and tax class.
//!
//! It owns the item and how one is read from a form or a spreadsheet, barcodes, the planning of an
//! import, and the sample shops. Reading and planning are pure: which tax
//! classes exist and which items the shop already has are handed in. It never works out a tax; what an item
//! began with goes into the letterbox of the stock.

pub mod actions;
pub mod barcode;
pub mod csv;
pub mod draft;
pub mod encoding;
pub mod error;
mod facts;
pub mod generator;
pub mod item;
pub mod mapping;
pub mod plan;
mod refusal;
pub mod sample;
mod store;
pub mod wire;

pub use facts::ROOM;
pub use item::{Field, Item};
pub use refusal::CatalogError;
pub use store::{by_code, by_id, each, each_entry, favourites};
