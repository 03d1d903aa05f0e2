//! What was found wrong with the shop's own records, and that its owner went on all the same.
//!
//! Owns the table `doubt`. A shop whose records are in doubt may be looked at; nothing is written to it until an owner
//! has been told and goes on, and that is a fact like any other (security.md §4.2).

pub mod actions;
mod error;
mod facts;
mod store;

pub use facts::{Doubt, ROOM};
