//! All SQL of the staff.

use rusqlite::{OptionalExtension, Row, params};

use super::role::{Deed, Role};
use crate::day::Day;
use crate::id::StaffId;
use crate::money::Paise;
use crate::store::{Apply, Look, StoreError};
use crate::vault::{KeptGroup, SlotId};

/// A person who works here, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub staff: StaffId,
    pub name: String,
    pub role: Role,
    /// The key slot the person opens, as its text.
    pub slot: String,
    pub removed: bool,
}

/// All keys were to be made anew: by whom, and who had left on bad terms, if somebody had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    pub by: StaffId,
    pub left: Option<StaffId>,
}

/// What one person answers for on one day: what he did without anybody's yes, and what he allowed to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub discount: Paise,
    /// Lines taken off, quantities lowered, bills thrown away.
    pub taken_off: u64,
    pub cancelled: Paise,
}

impl Tally {
    /// How much of a deed whose limit is a day's there was, in the deed's unit.
    #[must_use]
    pub fn of(&self, deed: Deed) -> u64 {
        let paise = |amount: Paise| u64::try_from(amount.get()).unwrap_or(0);
        match deed {
            Deed::DiscountDay => paise(self.discount),
            Deed::TakeOff => self.taken_off,
            Deed::Cancel => paise(self.cancelled),
            _ => 0,
        }
    }
}

const COLUMNS: &str = "SELECT staff, name, role, slot, removed FROM staff";

/// The person whose key slot this is; one who was removed has none any more.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn member_of_slot(look: Look<'_>, slot: &str) -> Result<Option<Member>, StoreError> {
    let mut statement = look.sql().prepare_cached(&format!("{COLUMNS} WHERE slot = ?1 AND removed = 0"))?;
    Ok(statement.query_row([slot], read).optional()?)
}

/// Whether a slot is somebody's here, or that of one who was removed.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn knows_slot(look: Look<'_>, slot: &str) -> Result<bool, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT EXISTS (SELECT 1 FROM staff WHERE slot = ?1)")?;
    Ok(statement.query_row([slot], |row| row.get(0))?)
}

/// Whether a slot belongs to somebody who was removed.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn is_removed_slot(look: Look<'_>, slot: &str) -> Result<bool, StoreError> {
    let mut statement =
        look.sql().prepare_cached("SELECT EXISTS (SELECT 1 FROM staff WHERE slot = ?1 AND removed = 1)")?;
    Ok(statement.query_row([slot], |row| row.get(0))?)
}

/// A person by number.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn member(look: Look<'_>, staff: StaffId) -> Result<Option<Member>, StoreError> {
    let mut statement = look.sql().prepare_cached(&format!("{COLUMNS} WHERE staff = ?1"))?;
    Ok(statement.query_row([staff.0], read).optional()?)
}

/// Everybody who works here, by role and name.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn members(look: Look<'_>) -> Result<Vec<Member>, StoreError> {
    let mut statement = look.sql().prepare_cached(&format!("{COLUMNS} WHERE removed = 0"))?;
    let mut members: Vec<Member> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    members.sort_by(|one, other| (one.role as u8, &one.name).cmp(&(other.role as u8, &other.name)));
    Ok(members)
}

/// When a person last came in: Unix milliseconds and offset in minutes.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn last_login(look: Look<'_>, staff: StaffId) -> Result<Option<(i64, i16)>, StoreError> {
    let mut statement = look
        .sql()
        .prepare_cached("SELECT wall_at, offset_min FROM login WHERE staff = ?1 ORDER BY wall_at DESC LIMIT 1")?;
    Ok(statement.query_row([staff.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// What is known of a paper with the recovery code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// None for a paper of which no group was kept.
    pub kept: Option<KeptGroup>,
    /// When it was made or last looked at.
    pub day: Day,
}

/// The paper of a slot; nothing where it is not known, as of a shop that is older than the question.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn paper(look: Look<'_>, paper: SlotId) -> Result<Option<Paper>, StoreError> {
    let mut statement = look.sql().prepare_cached("SELECT number, sealed, day FROM recovery_paper WHERE paper = ?1")?;
    let read = |row: &Row<'_>| {
        let kept: (Option<u8>, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?);
        Ok((kept, row.get::<_, String>(2)?))
    };
    let found = statement.query_row([paper.to_string()], read).optional()?;
    Ok(found.map(|((number, sealed), day)| Paper {
        kept: number.zip(sealed).map(|(number, sealed)| KeptGroup { paper, number, sealed }),
        day: Day::read(&day).expect("a day reads as it was written"),
    }))
}

/// What a person did on a day so far.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn tally(look: Look<'_>, staff: StaffId, day: Day) -> Result<Tally, StoreError> {
    let mut statement = look.sql().prepare_cached(
        "SELECT discount_paise, taken_off, cancelled_paise FROM staff_day WHERE staff = ?1 AND day = ?2",
    )?;
    let read = |row: &Row<'_>| {
        Ok(Tally {
            discount: Paise::new(row.get(0)?),
            taken_off: row.get::<_, i64>(1)? as u64,
            cancelled: Paise::new(row.get(2)?),
        })
    };
    Ok(statement.query_row(params![staff.0, day.to_string()], read).optional()?.unwrap_or_default())
}

/// Adds to what a person did on a day.
pub(super) fn add_to_tally(apply: &mut Apply<'_>, staff: StaffId, day: Day, more: &Tally) -> rusqlite::Result<()> {
    apply.run(
        "INSERT INTO staff_day (staff, day, discount_paise, taken_off, cancelled_paise) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (staff, day) DO UPDATE SET discount_paise = discount_paise + excluded.discount_paise, \
         taken_off = taken_off + excluded.taken_off, cancelled_paise = cancelled_paise + excluded.cancelled_paise",
        params![staff.0, day.to_string(), more.discount.get(), more.taken_off as i64, more.cancelled.get()],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Member> {
    let role: String = row.get(2)?;
    Ok(Member {
        staff: StaffId(row.get(0)?),
        name: row.get(1)?,
        role: Role::of_code(&role),
        slot: row.get(3)?,
        removed: row.get(4)?,
    })
}
