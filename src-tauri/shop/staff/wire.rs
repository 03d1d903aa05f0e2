//! People as they cross to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Member, Role};
use crate::fault::Words;

/// One person in the list of people.
#[derive(Serialize, TS)]
pub struct MemberView {
    pub staff: u32,
    pub name: String,
    pub role: Role,
    pub role_word: Words,
    /// When this person last came in.
    pub last_login: Option<String>,
    /// Too many wrong tries: an owner lets them try again.
    pub locked_out: bool,
    /// Whoever looks.
    pub me: bool,
}

/// One role to choose from.
#[derive(Serialize, TS)]
pub struct RoleView {
    pub role: Role,
    pub word: Words,
    pub task: Words,
}

impl From<Role> for RoleView {
    fn from(role: Role) -> RoleView {
        RoleView { role, word: role.word(), task: role.task() }
    }
}

/// Somebody who could say yes.
#[derive(Serialize, TS)]
pub struct ApproverView {
    pub slot: String,
    pub name: String,
    pub role_word: Words,
    /// Said yes a moment ago: the PIN alone is enough.
    pub pin_alone: bool,
}

impl ApproverView {
    #[must_use]
    pub fn new(member: &Member, pin_alone: bool) -> ApproverView {
        ApproverView { slot: member.slot.clone(), name: member.name.clone(), role_word: member.role.word(), pin_alone }
    }
}

#[derive(Deserialize, TS)]
pub struct ApproveRequest {
    pub slot: String,
    pub pin: String,
    /// Empty where the PIN alone is enough.
    pub code: String,
}
