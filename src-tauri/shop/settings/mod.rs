//! Settings of this PC: what paper the printer takes and how loud the counter is. Not facts of the shop.
//!
//! Owns the kept table `kept_setting`.

mod store;

pub use store::{get, set};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::store::Room;

pub const ROOM: Room = Room {
    name: "settings",
    kinds: &[],
    later: &[],
    tables: "",
    migrations: &[("20261122_1_setting", include_str!("migrations/20261122_1_setting.sql"))],
    apply: |_, fact| unreachable!("settings own no kind of fact, not {}", fact.kind),
};

/// The size of paper that bills are printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    #[default]
    A4,
    Mm80,
}

/// A language of screen and paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    Hi,
}

/// The settings of this PC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub paper: Paper,
    pub paper_language: Language,
    /// Loudness of the counter in percent.
    pub sound: u8,
    /// Idle minutes until the screen is locked.
    #[serde(default = "screen_lock_min")]
    pub screen_lock_min: u8,
    /// Idle minutes until the shop is locked.
    #[serde(default = "full_lock_min")]
    pub full_lock_min: u8,
}

const fn screen_lock_min() -> u8 {
    2
}

const fn full_lock_min() -> u8 {
    30
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            paper: Paper::A4,
            paper_language: Language::En,
            sound: 60,
            screen_lock_min: screen_lock_min(),
            full_lock_min: full_lock_min(),
        }
    }
}
