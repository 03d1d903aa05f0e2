//! Customers: who asked for a name on the bill, found again by phone or name.
//!
//! Owns `customer`. What identifies a person is sealed in the fact under that person's own key; the columns
//! here are opened from it and become empty when the key is gone.

pub mod actions;
mod error;
mod facts;
mod store;
pub mod wire;

pub use error::CustomerError;
pub use facts::{Contact, ROOM};
pub use store::{Customer, by_person, find};
