//! Pakka's shop: everything a billing counter knows and does, without a window.
//!
//! The code is a building of rooms; each folder is one room. `ARCHITECTURE.md` has the plan and the
//! order in which rooms may know each other.
//!
//! - Ground: [`money`], [`quantity`], [`rate`], [`day`], [`stamp`], [`id`], [`fault`]
//! - Shelf: [`catalog`]
//! - Pure helpers: [`find`]

pub mod catalog;
pub mod day;
pub mod fault;
pub mod find;
pub mod id;
pub mod money;
pub mod print;
pub mod quantity;
pub mod rate;
pub mod rules;
pub mod stamp;
pub mod vault;
