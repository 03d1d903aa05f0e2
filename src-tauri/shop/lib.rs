//! Pakka's shop: everything a billing counter knows and does, without a window.
//!
//! The code is a building of rooms; each folder is one room. `ARCHITECTURE.md` has the plan and the
//! order in which rooms may know each other, from the ground up:
//!
//! - Ground: [`money`], [`quantity`], [`rate`], [`day`], [`stamp`], [`id`], [`text`], [`fault`]
//! - Floor: [`vault`] (keys), [`journal`] (facts), [`store`] (the encrypted file and the one way to change it)
//! - Pure helpers: [`price`] (the one engine), [`rules`] (dated rates), [`find`] (search)
//! - Letterboxes: [`gst`], [`stock`], [`cash`], [`print`]
//! - Shelves: [`profile`], [`staff`], [`customer`], [`catalog`], [`settings`], [`records`]
//! - Trade: [`sale`], [`bills`]
//! - Roof: [`wire`] (commands), [`desk`] (what the window meets), [`exchange`] (rooms), [`promises`] (what always holds)

pub mod bills;
pub mod cash;
pub mod catalog;
pub mod customer;
pub mod day;
pub mod desk;
pub mod exchange;
pub mod fault;
pub mod find;
pub mod gst;
pub mod id;
pub mod journal;
pub mod money;
pub mod price;
pub mod print;
pub mod profile;
pub mod promises;
pub mod quantity;
pub mod rate;
pub mod records;
pub mod rules;
pub mod sale;
pub mod settings;
pub mod staff;
pub mod stamp;
pub mod stock;
pub mod store;
pub mod text;
pub mod vault;
pub mod wire;
