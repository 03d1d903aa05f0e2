//! What can happen to the people who work here.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::fault::Words;
use crate::id::StaffId;
use crate::journal::{Draft, Fact};
use crate::store::{Apply, Room};

pub const ROOM: Room =
    Room { name: "staff", kinds: &[ADDED, LOGIN_DONE], tables: include_str!("tables.sql"), migrations: &[], apply };

const ADDED: &str = "staff.added";
const LOGIN_DONE: &str = "staff.login_done";

/// What a person may do, by the name of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
}

impl Role {
    /// The word on screen.
    #[must_use]
    pub fn word(self) -> Words {
        match self {
            Role::Owner => Words::new("Owner", "मालिक"),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct AddedV1 {
    staff: StaffId,
    name: String,
    role: Role,
    slot: String,
}

#[derive(Serialize, Deserialize)]
struct LoginDoneV1 {
    staff: StaffId,
    failed_before: u32,
}

pub(super) fn added(staff: StaffId, name: &str, role: Role, slot: &str) -> Draft {
    Draft::new(ADDED, 1, &AddedV1 { staff, name: name.to_owned(), role, slot: slot.to_owned() })
}

pub(super) fn login_done(staff: StaffId, failed_before: u32) -> Draft {
    Draft::new(LOGIN_DONE, 1, &LoginDoneV1 { staff, failed_before })
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    match fact.kind.as_str() {
        ADDED => {
            let body: AddedV1 = fact.body();
            let role = match body.role {
                Role::Owner => "owner",
            };
            apply.run(
                "INSERT INTO staff (staff, hlc, stream, name, role, slot) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT (staff) DO UPDATE SET hlc = excluded.hlc, stream = excluded.stream, name = excluded.name, \
                 role = excluded.role, slot = excluded.slot WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
                params![body.staff.0, fact.hlc as i64, fact.stream.bytes(), body.name, role, body.slot],
            )?;
        }
        LOGIN_DONE => {
            let body: LoginDoneV1 = fact.body();
            apply.run(
                "INSERT INTO login (stream, seq, staff, wall_at, offset_min, failed_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    fact.stream.bytes(),
                    fact.seq as i64,
                    body.staff.0,
                    fact.wall_ms,
                    fact.offset_min,
                    body.failed_before
                ],
            )?;
        }
        other => unreachable!("staff does not own {other}"),
    }
    Ok(())
}
