//! The signboard: what the shop is called, where it stands, how it is registered, how its bills are numbered.
//!
//! Owns `profile`, `counter` and `series`. Every version of the signboard stays, so that an old bill is
//! printed again with the one of its day. It imports GST for the check of a GSTIN and knows no trading room.

pub mod actions;
mod error;
mod facts;
mod store;
pub mod wire;

pub use error::ProfileError;
pub use facts::{Profile, ROOM, Turnover};
pub use store::{ProfileAt, at, counter_name, current, series};
