//! The catalogue: what the shop sells, under which name, code, price and tax class.
//!
//! It owns the item and how one is read from a form or a spreadsheet, barcodes, the planning of an
//! import, and the sample shops. It imports the ground alone: which tax classes exist and which items
//! the shop already has are handed in. It never works out a tax and never moves stock.

pub mod barcode;
pub mod csv;
pub mod draft;
pub mod error;
pub mod generator;
pub mod item;
pub mod mapping;
pub mod plan;
pub mod sample;
