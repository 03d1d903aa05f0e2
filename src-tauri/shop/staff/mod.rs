//! The people who work here: who was added with which role, and when each came in.
//!
//! Owns `staff` and `login`. How a person proves who he is belongs to the vault; this room only knows that
//! he did.

mod facts;
mod store;

pub use facts::{ROOM, Role};
pub use store::{Member, last_login, member, member_of_slot};

use crate::id::StaffId;
use crate::store::{Act, StoreError};

/// Adds the owner, the first person of a shop, by the key slot he opens.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn add_owner(act: &mut Act<'_>, name: &str, slot: &str) -> Result<StaffId, StoreError> {
    let mut bytes = [0; 4];
    act.chance().fill(&mut bytes);
    let staff = StaffId(u32::from_le_bytes(bytes) | 1);
    act.commit(vec![facts::added(staff, name, Role::Owner, slot)])?;
    Ok(staff)
}

/// Notes that a person came in, and how many tries failed before.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn came_in(act: &mut Act<'_>, staff: StaffId, failed_before: u32) -> Result<(), StoreError> {
    act.commit(vec![facts::login_done(staff, failed_before)])?;
    Ok(())
}
