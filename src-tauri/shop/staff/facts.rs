//! What can happen to the people who work here.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::role::Role;
use super::{Member, Renewal};
use crate::day::Day;
use crate::id::{BillId, StaffId, StreamId};
use crate::journal::{Draft, Fact};
use crate::store::{Apply, Ended, Look, Room, StoreError};
use crate::vault::{KeptGroup, SlotId};

pub const ROOM: Room = Room {
    name: "staff",
    kinds: &[
        ADDED,
        CHANGED,
        LOGIN_DONE,
        CHANGED_IN,
        ALLOWED,
        YES_FAILED,
        RECOVERED,
        PAPER_MADE,
        PAPER_CHECKED,
        RENEWAL_BEGUN,
        KEYS_RENEWED,
    ],
    later: &[(ALLOWED, 2)],
    tables: include_str!("tables.sql"),
    migrations: &[],
    apply,
};

const ADDED: &str = "staff.added";
const CHANGED: &str = "staff.changed";
const LOGIN_DONE: &str = "staff.login_done";
const CHANGED_IN: &str = "staff.changed_in";
const ALLOWED: &str = "staff.allowed";
const YES_FAILED: &str = "staff.yes_failed";
const RECOVERED: &str = "staff.recovered";
const PAPER_MADE: &str = "staff.paper_made";
const PAPER_CHECKED: &str = "staff.paper_checked";
const RENEWAL_BEGUN: &str = "staff.renewal_begun";
const KEYS_RENEWED: &str = "staff.keys_renewed";

#[derive(Serialize, Deserialize)]
struct AddedV1 {
    staff: StaffId,
    name: String,
    role: Role,
    slot: String,
}

/// The whole of what is known of a person, as of now; the latest word counts.
#[derive(Serialize, Deserialize)]
struct ChangedV1 {
    staff: StaffId,
    name: String,
    role: Role,
    slot: String,
    removed: bool,
}

#[derive(Serialize, Deserialize)]
struct LoginDoneV1 {
    staff: StaffId,
    failed_before: u32,
}

#[derive(Serialize, Deserialize)]
struct ChangedInV1 {
    staff: StaffId,
    after: StaffId,
    /// Wrong PINs before the right one.
    failed_before: u32,
}

/// What was asked of somebody who may, and what it was about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The command's name.
    pub command: String,
    /// The bill that was open, for what is done at the counter.
    pub bill: Option<BillId>,
    pub line: Option<u32>,
    /// The number of a bill that is made.
    pub number: Option<String>,
    /// The deed that was refused, and how large it was in the deed's unit.
    pub deed: String,
    pub size: u64,
}

/// Somebody said yes to what another may not do alone; the fact's own person is who asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedV2 {
    pub approver: StaffId,
    pub asked: Asked,
    pub by_pin_alone: bool,
}

/// The same before it said what it was about.
#[derive(Serialize, Deserialize)]
struct AllowedV1 {
    approver: StaffId,
    asked: String,
    by_pin_alone: bool,
}

impl From<AllowedV1> for AllowedV2 {
    fn from(AllowedV1 { approver, asked, by_pin_alone }: AllowedV1) -> AllowedV2 {
        AllowedV2 { approver, asked: Asked { command: asked, ..Asked::default() }, by_pin_alone }
    }
}

/// Somebody was asked for a yes and typed a wrong PIN or code.
#[derive(Serialize, Deserialize)]
struct YesFailedV1 {
    approver: StaffId,
    asked: Asked,
    by_pin_alone: bool,
}

#[derive(Serialize, Deserialize)]
struct RecoveredV1 {}

/// The recovery code went on paper; one group of it is kept, sealed for owners.
#[derive(Serialize, Deserialize)]
struct PaperMadeV1 {
    /// The paper's slot in the vault.
    paper: String,
    group: u8,
    #[serde(with = "serde_bytes")]
    sealed: Vec<u8>,
}

/// An owner looked for that paper and found it.
#[derive(Serialize, Deserialize)]
struct PaperCheckedV1 {
    paper: String,
    /// Whether a group was typed from it, or it was looked at alone.
    typed: bool,
}

/// All keys are about to be made anew, by the fact's own person.
#[derive(Serialize, Deserialize)]
struct RenewalBegunV1 {
    /// Who left on bad terms.
    left: Option<StaffId>,
}

/// All keys are new. The first fact of the epoch that begins with them.
#[derive(Serialize, Deserialize)]
struct KeysRenewedV1 {
    left: Option<StaffId>,
    ended_epoch: u32,
    /// The last fact of the ended epoch in this stream.
    ended_seq: u64,
    #[serde(with = "serde_bytes")]
    ended_hash: [u8; 32],
}

pub(super) fn added(staff: StaffId, name: &str, role: Role, slot: &str) -> Draft {
    Draft::new(ADDED, 1, &AddedV1 { staff, name: name.to_owned(), role, slot: slot.to_owned() })
}

pub(super) fn changed(member: &Member) -> Draft {
    let Member { staff, role, removed, .. } = *member;
    let (name, slot) = (member.name.clone(), member.slot.clone());
    Draft::new(CHANGED, 1, &ChangedV1 { staff, name, role, slot, removed })
}

pub(super) fn login_done(staff: StaffId, failed_before: u32) -> Draft {
    Draft::new(LOGIN_DONE, 1, &LoginDoneV1 { staff, failed_before })
}

pub(super) fn changed_in(staff: StaffId, after: StaffId, failed_before: u32) -> Draft {
    Draft::new(CHANGED_IN, 1, &ChangedInV1 { staff, after, failed_before })
}

pub(super) fn allowed(approver: StaffId, asked: &Asked, by_pin_alone: bool) -> Draft {
    Draft::new(ALLOWED, 2, &AllowedV2 { approver, asked: asked.clone(), by_pin_alone })
}

pub(super) fn yes_failed(approver: StaffId, asked: &Asked, by_pin_alone: bool) -> Draft {
    Draft::new(YES_FAILED, 1, &YesFailedV1 { approver, asked: asked.clone(), by_pin_alone })
}

/// The yes in a fact, if the fact is one, in whichever version it was written.
#[must_use]
pub fn allowed_of(fact: &Fact) -> Option<AllowedV2> {
    match (fact.kind.as_str(), fact.version) {
        (ALLOWED, 1) => Some(fact.body::<AllowedV1>().into()),
        (ALLOWED, _) => Some(fact.body()),
        _ => None,
    }
}

/// The way in was made anew with the printed code; the fact's own person is the owner who did it.
pub(super) fn recovered() -> Draft {
    Draft::new(RECOVERED, 1, &RecoveredV1 {})
}

pub(super) fn paper_made(kept: &KeptGroup) -> Draft {
    let KeptGroup { paper, number, sealed } = kept;
    Draft::new(PAPER_MADE, 1, &PaperMadeV1 { paper: paper.to_string(), group: *number, sealed: sealed.clone() })
}

pub(super) fn paper_checked(paper: SlotId, typed: bool) -> Draft {
    Draft::new(PAPER_CHECKED, 1, &PaperCheckedV1 { paper: paper.to_string(), typed })
}

pub(super) fn renewal_begun(left: Option<StaffId>) -> Draft {
    Draft::new(RENEWAL_BEGUN, 1, &RenewalBegunV1 { left })
}

/// Who began the last renewal of all keys in a stream, and who had left.
pub(super) fn last_renewal(look: Look<'_>, stream: StreamId) -> Result<Option<Renewal>, StoreError> {
    let begun = look.last_fact(stream, RENEWAL_BEGUN)?;
    Ok(begun.map(|fact| Renewal { by: fact.staff, left: fact.body::<RenewalBegunV1>().left }))
}

pub(super) fn keys_renewed(left: Option<StaffId>, ended: &Ended) -> Draft {
    let Ended { epoch, seq, hash } = *ended;
    Draft::new(KEYS_RENEWED, 1, &KeysRenewedV1 { left, ended_epoch: epoch, ended_seq: seq, ended_hash: hash })
}

fn apply(apply: &mut Apply<'_>, fact: &Fact) -> rusqlite::Result<()> {
    match fact.kind.as_str() {
        ADDED => {
            let body: AddedV1 = fact.body();
            set(apply, fact, body.staff, &body.name, body.role, &body.slot, false)
        }
        CHANGED => {
            let body: ChangedV1 = fact.body();
            set(apply, fact, body.staff, &body.name, body.role, &body.slot, body.removed)
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
            Ok(())
        }
        PAPER_MADE => {
            let body: PaperMadeV1 = fact.body();
            apply.run(
                "INSERT INTO recovery_paper (paper, number, sealed, day) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (paper) DO UPDATE SET number = excluded.number, sealed = excluded.sealed, \
                 day = max(day, excluded.day)",
                params![body.paper, body.group, body.sealed, day_of(fact)],
            )?;
            Ok(())
        }
        PAPER_CHECKED => {
            let body: PaperCheckedV1 = fact.body();
            apply.run(
                "INSERT INTO recovery_paper (paper, day) VALUES (?1, ?2) \
                 ON CONFLICT (paper) DO UPDATE SET day = max(day, excluded.day)",
                params![body.paper, day_of(fact)],
            )?;
            Ok(())
        }
        // Who stood at the counter when, who said yes and who made all keys anew stands in the journal; no table is
        // derived from it.
        CHANGED_IN | ALLOWED | YES_FAILED | RECOVERED | RENEWAL_BEGUN | KEYS_RENEWED => Ok(()),
        other => unreachable!("staff does not own {other}"),
    }
}

fn day_of(fact: &Fact) -> String {
    Day::of(fact.wall_ms, fact.offset_min).to_string()
}

/// Takes the latest word on a person.
fn set(
    apply: &mut Apply<'_>,
    fact: &Fact,
    staff: StaffId,
    name: &str,
    role: Role,
    slot: &str,
    removed: bool,
) -> rusqlite::Result<()> {
    apply.run(
        "INSERT INTO staff (staff, hlc, stream, name, role, slot, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (staff) DO UPDATE SET hlc = excluded.hlc, stream = excluded.stream, name = excluded.name, \
         role = excluded.role, slot = excluded.slot, removed = excluded.removed \
         WHERE (excluded.hlc, excluded.stream) > (hlc, stream)",
        params![staff.0, fact.hlc as i64, fact.stream.bytes(), name, role.code(), slot, removed],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::StreamId;
    use crate::journal::Group;

    #[test]
    fn a_yes_of_the_first_version_is_still_read() {
        let old = AllowedV1 { approver: StaffId(7), asked: "sale_discount".to_owned(), by_pin_alone: true };
        let mut body = Vec::new();
        ciborium::into_writer(&old, &mut body).expect("plain data");
        let fact = Fact {
            stream: StreamId::new([7; 16]),
            seq: 1,
            group: Group { first: 1, count: 1 },
            hlc: 1,
            wall_ms: 0,
            offset_min: 0,
            uptime_ms: 0,
            staff: StaffId(1),
            approver: None,
            kind: ALLOWED.to_owned(),
            version: 1,
            body,
        };
        let asked = Asked { command: "sale_discount".to_owned(), ..Asked::default() };
        assert_eq!(allowed_of(&fact), Some(AllowedV2 { approver: StaffId(7), asked, by_pin_alone: true }));
        assert_eq!(allowed_of(&Fact { kind: RECOVERED.to_owned(), ..fact }), None);
    }
}
