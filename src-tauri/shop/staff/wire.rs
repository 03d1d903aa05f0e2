//! People as they cross to the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Member, Role};
use crate::fault::Words;

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

#[derive(Deserialize, TS)]
pub struct EnrolBeginRequest {
    /// Nothing for a new person; somebody who is known gets a new phone and PIN.
    pub staff: Option<u32>,
    pub name: String,
    pub role: Role,
    /// The owner's own, anew.
    pub pin: String,
    pub code: String,
}

#[derive(Serialize, TS)]
pub struct EnrolCodeView {
    /// How many more codes are wanted.
    pub left: u8,
}

#[derive(Deserialize, TS)]
pub struct EnrolFinishRequest {
    pub pin: String,
    pub pin_again: String,
}

#[derive(Deserialize, TS)]
pub struct RemoveRequest {
    pub staff: u32,
    /// The owner's own, anew.
    pub pin: String,
    pub code: String,
}

#[derive(Deserialize, TS)]
pub struct RenewBeginRequest {
    /// Who left on bad terms and is removed with the old keys; nothing where nobody did.
    pub staff: Option<u32>,
    /// The owner's own, anew.
    pub pin: String,
    pub code: String,
}

#[derive(Deserialize, TS)]
pub struct PinRequest {
    pub staff: u32,
    pub old: String,
    pub code: String,
    pub new_pin: String,
    pub new_again: String,
}

#[derive(Deserialize, TS)]
pub struct ResetRequest {
    pub staff: u32,
}
