//! Pakka's shop: everything a billing counter knows and does, without a window.
//!
//! The code is a building of rooms; each folder is one room. `ARCHITECTURE.md` has the plan and the
//! order in which rooms may know each other.
//!
//! - Ground: [`money`], [`quantity`], [`rate`], [`day`], [`stamp`], [`id`], [`fault`]
//! - Floor: [`vault`], who may open the shop and the keys that come out

pub mod day;
pub mod fault;
pub mod id;
pub mod money;
pub mod quantity;
pub mod rate;
pub mod stamp;
pub mod vault;
