//! The people who work here: who was added with which role, who may do what, and when each came in.
//!
//! Owns `staff`, `login`, the tally of a day and when the recovery paper was last looked at. How a person proves who he is belongs to the vault; this room only
//! knows that he did. `role.rs` holds the one table of rights.

pub mod actions;
mod error;
mod facts;
pub mod role;
mod store;
pub mod wire;

pub use error::{NEEDS_YES, StaffError};
pub use facts::{AllowedV2, Asked, ROOM, allowed_of};
pub use role::{Deed, Role};
pub use store::{
    Member, Paper, Renewal, Tally, is_removed_slot, knows_slot, last_login, member, member_of_slot, members, paper,
    tally,
};
