//! What is done about people, and the one question of right.

use super::error::StaffError;
use super::role::{Deed, Role};
use super::{Asked, Member, Renewal, Tally, facts, store};
use crate::day::Day;
use crate::id::{StaffId, StreamId};
use crate::store::{Act, Apply, Look, StoreError};
use crate::text;
use crate::vault::{KeptGroup, SlotId};

/// The longest name on the lock screen.
const NAME_MAX: usize = 40;

/// Adds the owner, the first person of a shop, by the key slot he opens.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn add_owner(act: &mut Act<'_>, name: &str, slot: &str) -> Result<StaffId, StoreError> {
    add_as(act, name, Role::Owner, slot)
}

/// Adds a person by the key slot the person opens.
///
/// # Errors
/// What [`check_name`] refuses.
pub fn add(act: &mut Act<'_>, name: &str, role: Role, slot: &str) -> Result<StaffId, StaffError> {
    let name = check_name(act.look(), name)?;
    Ok(add_as(act, &name, role, slot)?)
}

fn add_as(act: &mut Act<'_>, name: &str, role: Role, slot: &str) -> Result<StaffId, StoreError> {
    let mut bytes = [0; 4];
    act.chance().fill(&mut bytes);
    let staff = StaffId(u32::from_le_bytes(bytes) | 1);
    act.commit(vec![facts::added(staff, name, role, slot)])?;
    Ok(staff)
}

/// The name as it will be kept.
///
/// # Errors
/// [`StaffError::Name`], [`StaffError::NameTaken`]: on the lock screen two of one name are one too many.
pub fn check_name(look: Look<'_>, name: &str) -> Result<String, StaffError> {
    let name = text::line(name);
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(StaffError::Name);
    }
    let is_taken = store::members(look)?.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
    if is_taken { Err(StaffError::NameTaken) } else { Ok(name) }
}

/// A person who works here.
///
/// # Errors
/// [`StaffError::NoSuchPerson`].
pub fn find(look: Look<'_>, staff: StaffId) -> Result<Member, StaffError> {
    store::member(look, staff)?.filter(|member| !member.removed).ok_or(StaffError::NoSuchPerson)
}

/// Notes that a person's key slot is another one, as after a new phone.
///
/// # Errors
/// [`StaffError::NoSuchPerson`].
pub fn set_slot(act: &mut Act<'_>, staff: StaffId, slot: &str) -> Result<(), StaffError> {
    let member = find(act.look(), staff)?;
    act.commit(vec![facts::changed(&Member { slot: slot.to_owned(), ..member })])?;
    Ok(())
}

/// Notes that a person works here no more.
///
/// # Errors
/// [`StaffError::NoSuchPerson`], [`StaffError::LastOwner`].
pub fn remove(act: &mut Act<'_>, staff: StaffId) -> Result<(), StaffError> {
    let gone = removed(act.look(), staff)?;
    act.commit(vec![facts::changed(&gone)])?;
    Ok(())
}

/// A person as one who works here no more.
fn removed(look: Look<'_>, staff: StaffId) -> Result<Member, StaffError> {
    let member = find(look, staff)?;
    let owners = store::members(look)?.iter().filter(|other| other.role == Role::Owner).count();
    if member.role == Role::Owner && owners == 1 {
        return Err(StaffError::LastOwner);
    }
    Ok(Member { removed: true, ..member })
}

/// Whether somebody who left on bad terms can be removed by a person who makes all keys anew.
///
/// # Errors
/// [`StaffError::NoSuchPerson`], [`StaffError::LastOwner`]; [`StaffError::OwnKeys`]: the one way in that is left is
/// that of whoever makes it.
pub fn check_left(look: Look<'_>, left: StaffId, by: StaffId) -> Result<(), StaffError> {
    removed(look, left)?;
    if left == by { Err(StaffError::OwnKeys) } else { Ok(()) }
}

/// Notes that all keys are about to be made anew, and removes who left on bad terms.
///
/// # Errors
/// What [`check_left`] refuses.
pub fn begin_renewal(act: &mut Act<'_>, left: Option<StaffId>) -> Result<(), StaffError> {
    let mut drafts = vec![facts::renewal_begun(left)];
    if let Some(left) = left {
        check_left(act.look(), left, act.stamp().staff)?;
        drafts.push(facts::changed(&removed(act.look(), left)?));
    }
    act.commit(drafts)?;
    Ok(())
}

/// The renewal of all keys that was begun last by this counter.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn last_renewal(look: Look<'_>, stream: StreamId) -> Result<Option<Renewal>, StoreError> {
    facts::last_renewal(look, stream)
}

/// Notes that all keys are new: the journal goes on in an epoch of theirs, and its first fact states where the one
/// before it ended (architecture.md §2).
///
/// # Errors
/// [`StoreError::Disk`].
pub fn renewed(act: &mut Act<'_>, epoch_key: &[u8; 32], left: Option<StaffId>) -> Result<(), StoreError> {
    let ended = act.begin_epoch(epoch_key)?;
    act.commit(vec![facts::keys_renewed(left, &ended)])?;
    Ok(())
}

/// Notes that a person came in, and how many tries failed before.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn came_in(act: &mut Act<'_>, staff: StaffId, failed_before: u32) -> Result<(), StoreError> {
    act.commit(vec![facts::login_done(staff, failed_before)])?;
    Ok(())
}

/// Notes that the printed code was used.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn recovered(act: &mut Act<'_>) -> Result<(), StoreError> {
    act.commit(vec![facts::recovered()])?;
    Ok(())
}

/// Notes that the recovery code went on paper, with the group an owner will be asked for.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn paper_made(act: &mut Act<'_>, kept: &KeptGroup) -> Result<(), StoreError> {
    act.commit(vec![facts::paper_made(kept)])?;
    Ok(())
}

/// Notes that an owner found that paper, and whether a group was typed from it.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn paper_checked(act: &mut Act<'_>, paper: SlotId, typed: bool) -> Result<(), StoreError> {
    act.commit(vec![facts::paper_checked(paper, typed)])?;
    Ok(())
}

/// Notes that a person took the counter over from another.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn changed_in(act: &mut Act<'_>, staff: StaffId, failed_before: u32) -> Result<(), StoreError> {
    let after = act.stamp().staff;
    act.commit(vec![facts::changed_in(staff, after, failed_before)])?;
    Ok(())
}

/// Notes that somebody said yes to what the person at the counter asked.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn allowed(act: &mut Act<'_>, approver: StaffId, asked: &Asked, by_pin_alone: bool) -> Result<(), StoreError> {
    act.commit(vec![facts::allowed(approver, asked, by_pin_alone)])?;
    Ok(())
}

/// Notes that somebody who was asked for a yes typed a wrong PIN or code.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn yes_failed(act: &mut Act<'_>, approver: StaffId, asked: &Asked, by_pin_alone: bool) -> Result<(), StoreError> {
    act.commit(vec![facts::yes_failed(approver, asked, by_pin_alone)])?;
    Ok(())
}

/// Whether the person of an act, or whoever said yes to it, may do a deed of this size; tells whose yes was needed.
///
/// The only place where a right is asked for. Set-up, before the first person, may everything.
///
/// # Errors
/// [`StaffError::NeedsYes`].
pub fn check(act: &Act<'_>, deed: Deed, size: u64) -> Result<Option<StaffId>, StaffError> {
    check_each(act, deed, |_| Ok(size))
}

/// The same for a deed whose limit is a day's: one more of it is held against the day of whoever answers for it.
///
/// # Errors
/// [`StaffError::NeedsYes`].
pub fn check_today(act: &Act<'_>, deed: Deed, more: u64) -> Result<Option<StaffId>, StaffError> {
    check_each(act, deed, |who| Ok(today_with(act, who, deed, more)?))
}

fn check_each(
    act: &Act<'_>,
    deed: Deed,
    size_for: impl Fn(StaffId) -> Result<u64, StaffError>,
) -> Result<Option<StaffId>, StaffError> {
    let stamp = act.stamp();
    if stamp.staff == StaffId::SETUP {
        return Ok(None);
    }
    let (role, size) = (find(act.look(), stamp.staff)?.role, size_for(stamp.staff)?);
    if role.may(deed, size) {
        return Ok(None);
    }
    let Some(approver) = stamp.approver else { return Err(StaffError::NeedsYes { role, deed, size }) };
    let (role, size) = (find(act.look(), approver)?.role, size_for(approver)?);
    if role.may_approve(deed, size) { Ok(Some(approver)) } else { Err(StaffError::NeedsYes { role, deed, size }) }
}

/// Whether somebody's own role reaches to a deed of this size; nobody's does who works here no more.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn may(act: &Act<'_>, who: StaffId, deed: Deed, size: u64) -> Result<bool, StoreError> {
    if who == StaffId::SETUP {
        return Ok(true);
    }
    let member = store::member(act.look(), who)?.filter(|member| !member.removed);
    Ok(member.is_some_and(|member| member.role.may(deed, size)))
}

/// Whether somebody's day has room for so much more of a deed.
///
/// # Errors
/// [`StoreError::Disk`].
pub fn may_today(act: &Act<'_>, who: StaffId, deed: Deed, more: u64) -> Result<bool, StoreError> {
    may(act, who, deed, today_with(act, who, deed, more)?)
}

fn today_with(act: &Act<'_>, who: StaffId, deed: Deed, more: u64) -> Result<u64, StoreError> {
    Ok(store::tally(act.look(), who, act.stamp().day())?.of(deed).saturating_add(more))
}

/// Adds to what a person answers for on a day; called by whoever applies such a fact.
pub fn add_to_tally(apply: &mut Apply<'_>, staff: StaffId, day: Day, more: &Tally) -> rusqlite::Result<()> {
    store::add_to_tally(apply, staff, day, more)
}
