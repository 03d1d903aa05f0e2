//! The journal: what happened in the shop, fact after fact, chained so that nothing slips out unseen.
//!
//! Owns the table `journal` and the day keys of its MAC. Imports the vault's hashing and the ground.
//! It knows no room: what a fact means is the business of the room that owns its kind.

pub mod book;
pub mod chain;
mod fact;
mod hlc;

pub use fact::{BODY_BYTES_MAX, Draft, Entry, Fact, Group};
pub use hlc::Hlc;
