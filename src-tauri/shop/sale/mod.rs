//! A sale: the open bill, its settlement, and the document it becomes.
//!
//! Owns the kept table of open bills and the derived `document` tables. A bill is a plain value that every
//! action turns into the next one; sealing turns it into a fact that can no longer change. It asks the one
//! price engine for every figure and knocks on the letterboxes of GST, stock and cash.

pub mod actions;
mod basket;
pub mod bill;
mod cuts;
mod error;
mod facts;
pub mod number;
pub mod receipt;
mod rights;
mod store;
pub mod tender;
pub mod upi;
pub mod views;
pub mod wire;

pub use bill::{Allowed, Bill, BillLine};
pub use error::SaleError;
pub use facts::{Buyer, ROOM, SealedLine, SealedV1, sealed_of};
pub use store::{
    Cancelled, DaySum, Document, Found, Query, cancelled, copies, day_sum, document_at, find, last_document,
    open_bill_bytes, open_bill_token,
};
pub use tender::{Settlement, Tender, settle};
