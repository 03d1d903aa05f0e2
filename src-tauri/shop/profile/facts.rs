//! What can happen to the signboard, and what it then says.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::gst::gstin::Gstin;
use crate::gst::state::State;
use crate::journal::{Draft, Fact};
use crate::money::Paise;
use crate::price::Scheme;
use crate::store::{Apply, Room};

pub const ROOM: Room = Room {
    name: "profile",
    kinds: &[PROFILE_SET, COUNTER_NAMED, SERIES_SET],
    later: &[],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply,
};

const PROFILE_SET: &str = "profile.set";
const COUNTER_NAMED: &str = "profile.counter_named";
const SERIES_SET: &str = "profile.series_set";

/// The shop as its bills say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub legal_name: String,
    pub street: String,
    pub city: String,
    pub pin_code: String,
    pub state: State,
    pub gstin: Option<Gstin>,
    pub scheme: Scheme,
    pub turnover: Turnover,
    pub phone: String,
    pub fssai: String,
    pub upi_id: String,
    /// The words at the foot of a bill.
    pub footer: String,
    pub round_to_rupee: bool,
}

/// Turnover of the year before: decides how many digits of an HSN a bill must carry (N 78/2020-CT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Turnover {
    #[serde(rename = "upto_1_5_crore")]
    UptoOneAndAHalfCrore,
    #[serde(rename = "upto_5_crore")]
    UptoFiveCrore,
    #[serde(rename = "above_5_crore")]
    AboveFiveCrore,
}

impl Turnover {
    /// The most that a shop of this band may have turned over; above five crore, the least.
    #[must_use]
    pub fn limit(self) -> Paise {
        match self {
            Turnover::UptoOneAndAHalfCrore => Paise::rupees(1_50_00_000),
            Turnover::UptoFiveCrore => Paise::rupees(5_00_00_000),
            Turnover::AboveFiveCrore => Paise::rupees(5_00_00_000) + Paise::new(1),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct CounterNamedV1 {
    name: String,
}

#[derive(Serialize, Deserialize)]
struct SeriesSetV1 {
    prefix: String,
}

/// The shop's signboard was set.
pub(super) fn profile_set(profile: &Profile) -> Draft {
    Draft::new(PROFILE_SET, 1, profile)
}

/// This counter was given its name.
pub(super) fn counter_named(name: &str) -> Draft {
    Draft::new(COUNTER_NAMED, 1, &CounterNamedV1 { name: name.to_owned() })
}

/// This counter's bills are numbered under a prefix from now on.
pub(super) fn series_set(prefix: &str) -> Draft {
    Draft::new(SERIES_SET, 1, &SeriesSetV1 { prefix: prefix.to_owned() })
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    let (stream, seq, hlc) = (fact.stream.bytes(), fact.seq as i64, fact.hlc as i64);
    match fact.kind.as_str() {
        PROFILE_SET => {
            apply.run(
                "INSERT INTO profile (stream, seq, hlc, body) VALUES (?1, ?2, ?3, ?4)",
                params![stream, seq, hlc, fact.body],
            )?;
        }
        COUNTER_NAMED => {
            let body: CounterNamedV1 = fact.body();
            apply.run(
                "INSERT INTO counter (stream, hlc, name) VALUES (?1, ?2, ?3) ON CONFLICT (stream) DO UPDATE SET \
                 hlc = excluded.hlc, name = excluded.name WHERE excluded.hlc > hlc",
                params![stream, hlc, body.name],
            )?;
        }
        SERIES_SET => {
            let body: SeriesSetV1 = fact.body();
            apply.run(
                "INSERT INTO series (stream, hlc, prefix) VALUES (?1, ?2, ?3) ON CONFLICT (stream, prefix) DO UPDATE SET \
                 hlc = excluded.hlc WHERE excluded.hlc > hlc",
                params![stream, hlc, body.prefix],
            )?;
        }
        other => unreachable!("profile does not own {other}"),
    }
    Ok(())
}
