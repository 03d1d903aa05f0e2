//! The search index in memory: what a cashier types, letter by letter, to the items meant.
//!
//! It owns folded copies of names and codes of the items handed in; it knows no database and is built
//! anew at every start. It never decides a scan: that is a look-up by the exact barcode.

mod bits;
mod fold;
mod index;
mod line;
mod shelf;

pub use index::{Entry, Index};
