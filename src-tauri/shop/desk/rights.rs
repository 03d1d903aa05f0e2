//! Who may give a command, and the yes of somebody who may.
//!
//! A refusal for lack of right is remembered as what was asked: the command, its request and the open bill. A yes is
//! for exactly that, once, within a minute; whoever said it stands in every fact of the act.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::wire::Nothing;
use super::{Desk, DeskError, Open, Stage};
use crate::fault::Fault;
use crate::id::StaffId;
use crate::sale;
use crate::staff::wire::{ApproveRequest, ApproverView};
use crate::staff::{self, Asked, Deed, NEEDS_YES, Role, StaffError};
use crate::vault::{self, Cost, Pin, PinCheck, SlotId, VaultError};
use crate::wire::Command;

/// A yes is good for so long.
const YES_MS: u64 = 60_000;
/// After a yes with PIN and code, the PIN alone is enough for so long.
const PIN_ALONE_MS: u64 = 5 * 60_000;
/// Wrong PINs after which the code is asked for again.
const WRONG_MAX: u32 = 5;

/// What a command asks of whoever gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it belongs before the login, or tells nothing of the shop.
    Nothing,
    /// Somebody at the counter.
    Somebody,
    /// Somebody who may do this.
    Right(Deed),
}

/// What was asked, hashed. Requests with a PIN in them are never among these.
type Subject = [u8; 32];

/// What goes on about rights at one counter.
#[derive(Default)]
pub(super) struct Rights {
    /// What was refused last.
    asked: Option<(Asked, Subject)>,
    /// A yes that was not used yet.
    yes: Option<Yes>,
    /// Whose yes the command that runs now has.
    pub approver: Option<StaffId>,
    /// Who said yes with PIN and code a moment ago.
    proven: Vec<Proven>,
    /// How often the paper's group was typed wrongly.
    pub paper_wrong: u32,
}

struct Yes {
    approver: StaffId,
    subject: Subject,
    until_ms: u64,
}

struct Proven {
    slot: SlotId,
    check: PinCheck,
    until_ms: u64,
    wrong: u32,
}

impl Desk {
    /// Runs a command if whoever stands at the counter may give it.
    pub(super) fn run_as_allowed(&mut self, command: &'static Command, body: Value) -> Result<Value, Fault> {
        if command.needs == Needs::Nothing {
            return (command.run)(self, body);
        }
        let now_ms = self.now().uptime_ms;
        let open = self.at_counter()?;
        let Needs::Right(deed) = command.needs else { return (command.run)(self, body) };
        if deed == Deed::ManagePeople {
            if !open.doubts.is_empty() {
                return Err(DeskError::InDoubt.into());
            }
            return self.may(deed).and_then(|()| (command.run)(self, body));
        }
        // Most commands, a scan above all, have neither a yes nor need of one: only then is the bill read for it.
        if open.rights.yes.is_some() {
            let subject = subject(open, command.name, &body)?;
            let yes = open.rights.yes.take_if(|yes| yes.subject == subject);
            open.rights.approver = yes.filter(|yes| now_ms <= yes.until_ms).map(|yes| yes.approver);
        }
        let asked = body.clone();
        let done = self.may(deed).and_then(|()| (command.run)(self, body));
        if let Stage::Open(open) = &mut self.stage {
            open.rights.approver = None;
            if let Some(fault) = done.as_ref().err().filter(|fault| fault.code == NEEDS_YES) {
                // What was refused changed nothing, so the bill is the one that was asked about.
                let subject = subject(open, command.name, &asked)?;
                open.rights.asked = Some((about(open, command.name, &asked, fault)?, subject));
            }
        }
        done
    }

    /// The open shop, if somebody stands at its counter.
    pub(super) fn at_counter(&mut self) -> Result<&mut Open, Fault> {
        match &mut self.stage {
            Stage::Open(open) if !open.is_covered => Ok(open),
            _ => Err(DeskError::Locked.into()),
        }
    }

    /// Whether whoever stands at the counter, or who said yes, may do a deed at all.
    pub(super) fn may(&self, deed: Deed) -> Result<(), Fault> {
        let open = self.opened()?;
        let role = open.member.role;
        if role.may(deed, 0) {
            return Ok(());
        }
        if deed == Deed::ManagePeople {
            return Err(StaffError::OwnerOnly.into());
        }
        let approver = match open.rights.approver {
            Some(approver) => Some(staff::actions::find(open.shop.look(), approver)?.role),
            None => None,
        };
        let allowed = approver.is_some_and(|approver| approver.may_approve(deed, 0));
        if allowed {
            Ok(())
        } else {
            Err(StaffError::NeedsYes { role: approver.unwrap_or(role), deed, size: 0 }.into())
        }
    }

    /// Who could say yes: whoever may, but for the one who asks.
    pub(crate) fn staff_approvers(&mut self, _: Nothing) -> Result<Vec<ApproverView>, Fault> {
        let (now_ms, ways_in) = (self.now().uptime_ms, self.ways_in());
        let open = self.at_counter()?;
        let members = staff::members(open.shop.look())?;
        let others = members
            .iter()
            .filter(|member| member.staff != open.member.staff && member.role.may(Deed::Approve, 0))
            .filter(|member| ways_in.lead(member))
            .map(|member| {
                let is_proven = |proven: &Proven| proven.slot.to_string() == member.slot && now_ms <= proven.until_ms;
                ApproverView::new(member, open.rights.proven.iter().any(is_proven))
            });
        Ok(others.collect())
    }

    /// Somebody says yes to what was asked last, and proves who it is.
    pub(crate) fn staff_approve(&mut self, request: ApproveRequest) -> Result<(), Fault> {
        let now = self.now();
        let places = self.around.places.vault();
        let open = self.at_counter()?;
        let (asked, subject) = open.rights.asked.clone().ok_or(StaffError::NothingAsked)?;
        let slot = SlotId::read(&request.slot).ok_or(VaultError::Refused)?;
        let approver = staff::member_of_slot(open.shop.look(), &request.slot)?.ok_or(StaffError::NoSuchPerson)?;
        if approver.staff == open.member.staff {
            return Err(StaffError::OwnYes.into());
        }
        if !approver.role.may(Deed::Approve, 0) {
            return Err(StaffError::NeedsYes { role: approver.role, deed: Deed::Approve, size: 0 }.into());
        }
        let pin = Pin::typed(&request.pin)?;
        let by_pin_alone = request.code.trim().is_empty();
        let (proof, wrong) = if by_pin_alone {
            (open.rights.check_pin(slot, &pin, now.uptime_ms), "desk.pin_wrong")
        } else {
            (
                vault::verify_person(&places, slot, &pin, &request.code, now).map(drop).map_err(Fault::from),
                "vault.refused",
            )
        };
        if let Err(fault) = proof {
            // Every wrong try stands in the journal, whether a right one follows or not.
            if fault.code == wrong {
                self.act(|act, _| staff::actions::yes_failed(act, approver.staff, &asked, by_pin_alone))?;
            }
            return Err(fault);
        }
        if !by_pin_alone {
            let check = PinCheck::make(&pin, Cost::FLOOR, &mut *self.around.chance)?;
            let open = self.at_counter()?;
            open.rights.proven.retain(|proven| proven.slot != slot);
            open.rights.proven.push(Proven { slot, check, until_ms: now.uptime_ms + PIN_ALONE_MS, wrong: 0 });
        }
        self.act(|act, _| staff::actions::allowed(act, approver.staff, &asked, by_pin_alone))?;
        let rights = &mut self.at_counter()?.rights;
        rights.asked = None;
        rights.yes = Some(Yes { approver: approver.staff, subject, until_ms: now.uptime_ms + YES_MS });
        Ok(())
    }
}

impl Rights {
    /// # Errors
    /// [`DeskError::PinWrong`]; [`VaultError::Refused`] when PIN and code were not given a moment ago.
    fn check_pin(&mut self, slot: SlotId, pin: &Pin, now_ms: u64) -> Result<(), Fault> {
        self.proven.retain(|proven| now_ms <= proven.until_ms && proven.wrong < WRONG_MAX);
        let proven = self.proven.iter_mut().find(|proven| proven.slot == slot).ok_or(VaultError::Refused)?;
        if proven.check.fits(pin)? {
            proven.wrong = 0;
            return Ok(());
        }
        proven.wrong += 1;
        Err(DeskError::PinWrong.into())
    }
}

/// What is asked: the command, its request, and the bill it is about.
fn subject(open: &Open, command: &str, body: &Value) -> Result<Subject, Fault> {
    let mut hash = Sha256::new();
    hash.update(command);
    hash.update([0]);
    hash.update(body.to_string());
    hash.update([0]);
    hash.update(sale::open_bill_bytes(open.shop.look())?.unwrap_or_default());
    Ok(hash.finalize().into())
}

/// What was asked, for the books: the thing itself stands in the request, the deed and its size in the refusal.
fn about(open: &Open, command: &str, body: &Value, fault: &Fault) -> Result<Asked, Fault> {
    let (deed, size) = fault.about.as_deref().cloned().unwrap_or_default();
    let at_counter = command.starts_with("sale_");
    Ok(Asked {
        command: command.to_owned(),
        bill: if at_counter { sale::open_bill_token(open.shop.look())? } else { None },
        line: body["line"].as_u64().and_then(|line| u32::try_from(line).ok()),
        number: body["number"].as_str().map(str::to_owned),
        deed,
        size,
    })
}

/// What a role may do at all, for the window to show no more than that.
pub(super) fn rights_of(role: Role) -> Vec<Deed> {
    Deed::ALL.into_iter().filter(|deed| role.may(*deed, 0)).collect()
}
