//! What can be found wrong with the records, and the fact that an owner goes on.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::id::StreamId;
use crate::journal::{Draft, Fact};
use crate::store::{Apply, Room};

pub const ROOM: Room =
    Room { name: "records", kinds: &[GONE_ON], later: &[], tables: include_str!("tables.sql"), migrations: &[], apply };

const GONE_ON: &str = "records.gone_on";

/// Why the records are in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// The file lacks entries that this PC saw: an older copy was put in its place, or its end was cut off.
    Older { stream: StreamId, seen: u64, here: u64 },
    /// The file was changed while it was shut.
    Changed,
    /// An entry of the journal does not follow the one before, or does not carry its MAC.
    Broken { stream: StreamId, seq: u64 },
}

/// An owner was told of these doubts and went on; the fact's own person is that owner.
#[derive(Serialize, Deserialize)]
struct GoneOnV1 {
    doubts: Vec<Doubt>,
}

pub(super) fn gone_on(doubts: &[Doubt]) -> Draft {
    Draft::new(GONE_ON, 1, &GoneOnV1 { doubts: doubts.to_vec() })
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    let body: GoneOnV1 = fact.body();
    for doubt in body.doubts {
        let (what, of, seq) = match doubt {
            Doubt::Older { stream, seen, .. } => ("older", stream, seen),
            Doubt::Changed => ("changed", fact.stream, fact.seq),
            Doubt::Broken { stream, seq } => ("broken", stream, seq),
        };
        apply.run(
            "INSERT INTO doubt (stream, seq, what, of_stream, of_seq, wall_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT DO NOTHING",
            params![fact.stream.bytes(), fact.seq as i64, what, of.bytes(), seq as i64, fact.wall_ms],
        )?;
    }
    Ok(())
}
