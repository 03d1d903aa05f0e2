//! One try at a slot: three Argon2id calls, whatever is wrong.
//!
//! A code may be that of this half minute or of a neighbour, so there are three targets to try. A right one ends the
//! try; a wrong PIN, a wrong or used code, and a slot that is not there all cost the same three calls and read the
//! same files, so that the time taken tells nothing.

use zeroize::Zeroizing;

use super::approach::Door;
use super::bundle::Bundle;
use super::codes::{CODES, Codes, read_code};
use super::derive::{NO_TARGET, derive_slot_keys};
use super::error::VaultError;
use super::hazmat::sha256;
use super::pin::Pin;
use super::slot::{Cost, Kind, OWNER, SlotHead, SlotId};
use super::state::Now;
use super::table::days_of;
use super::totp::step_at;

/// Nobody's target: there is no such code.
const NOBODYS: u32 = CODES;
/// Steps of a day, as far as a clock that is lost is searched day by day.
const STEPS_OF_DAY: u64 = 2_880;
/// How far the phone may be behind the latest time seen on this PC.
const BEHIND_STEPS: u64 = 2;

/// What was typed beside the PIN.
#[derive(Clone, Copy)]
pub(super) enum Typed<'a> {
    Code(&'a str),
    /// Two codes after each other, when the clock cannot be believed.
    Codes([&'a str; 2]),
}

/// A slot that was opened, and the step of the code that did it.
pub(super) struct Proven {
    pub bundle: Bundle,
    pub step: u64,
    pub kind: Kind,
}

/// A step and the target it would mean.
type Guess = Option<(u64, u32)>;

/// Tries a PIN and what was typed beside it. The try has been counted already.
///
/// # Errors
/// [`VaultError::Refused`] after three derivations, whatever was wrong.
pub(super) fn attempt(
    door: &mut Door,
    slot: SlotId,
    pin: &Pin,
    typed: Typed<'_>,
    now: Now,
) -> Result<Proven, VaultError> {
    let drift_steps = door.state.state().drift_steps;
    let here = step_at(now.wall_ms).saturating_add_signed(drift_steps);
    let floor_step = floor_step(door, slot, typed);
    let way_in = door.way_in(&slot);
    let head = way_in.map_or_else(|| nobodys_head(door, slot), |way_in| way_in.head);
    let guesses = guesses(door, &head, typed, here, floor_step)?;
    for guess in guesses {
        let target = if head.kind == Kind::Checked { NO_TARGET } else { guess.map_or(NOBODYS, |(_, target)| target) };
        let keys = derive_slot_keys(pin, target, &door.device, &door.header.vault, &head)?;
        let Some(way_in) = way_in else { continue };
        let bundle = match way_in.open(&keys) {
            Ok(bundle) => bundle,
            Err(VaultError::Refused) => continue,
            Err(error) => return Err(error),
        };
        let step = match head.kind {
            Kind::Checked => checked_step(&bundle, head.role, typed, here, floor_step),
            _ => guess.map(|(step, _)| step),
        };
        if let Some(step) = step {
            return Ok(Proven { bundle, step, kind: head.kind });
        }
    }
    Err(VaultError::Refused)
}

/// Codes up to this step are refused. When the clock is lost, so are those of a time the shop has lived through.
fn floor_step(door: &mut Door, slot: SlotId, typed: Typed<'_>) -> u64 {
    let state = door.state.state();
    let used = state.floor_step(&slot);
    match typed {
        Typed::Code(_) => used,
        Typed::Codes(_) => {
            let lived = step_at(state.time_floor_ms).saturating_add_signed(state.drift_steps);
            used.max(lived.saturating_sub(BEHIND_STEPS))
        }
    }
}

/// The three targets that what was typed could mean, the likeliest first.
fn guesses(
    door: &Door,
    head: &SlotHead,
    typed: Typed<'_>,
    here: u64,
    floor_step: u64,
) -> Result<[Guess; 3], VaultError> {
    let table = door.table(head.id, head.role);
    let mut guesses = [None; 3];
    match typed {
        Typed::Code(code) => {
            let code = read_code(code);
            for (guess, step) in guesses.iter_mut().zip(candidates(here)) {
                let offset = table.offset(step)?.filter(|_| step > floor_step);
                *guess = offset.zip(code).map(|(offset, code)| (step, (offset + code) % CODES));
            }
        }
        Typed::Codes(codes) => {
            let codes = codes.map(|code| read_code(code).unwrap_or(NOBODYS));
            let found = if codes.contains(&NOBODYS) { Vec::new() } else { table.find_pair(codes, floor_step)? };
            guesses.iter_mut().zip(found).for_each(|(guess, pair)| *guess = Some(pair));
        }
    }
    Ok(guesses)
}

fn candidates(here: u64) -> [u64; 3] {
    [here, here.saturating_sub(1), here + 1]
}

/// The step of a code that the program itself checks, in a slot whose key the PIN makes alone.
fn checked_step(bundle: &Bundle, role: u8, typed: Typed<'_>, here: u64, floor_step: u64) -> Option<u64> {
    let codes = Codes::new(bundle.totp.as_ref()?);
    match typed {
        Typed::Code(code) => {
            let code = read_code(code)?;
            // All three are always worked out.
            let mut found = None;
            for step in candidates(here).into_iter().rev() {
                if codes.at(step) == code && step > floor_step {
                    found = Some(step);
                }
            }
            found
        }
        Typed::Codes(typed) => {
            let typed = Zeroizing::new([read_code(typed[0])?, read_code(typed[1])?]);
            let end = floor_step + days_of(role) * STEPS_OF_DAY;
            (floor_step + 2..=end).find(|step| codes.at(step - 1) == typed[0] && codes.at(*step) == typed[1])
        }
    }
}

/// What is derived for a slot that is not there: as dear as somebody's.
fn nobodys_head(door: &Door, slot: SlotId) -> SlotHead {
    let cost = door.header.people().next().map_or(Cost::FLOOR, |slot| slot.head.cost);
    let hash = sha256(&[b"pos/v1/nobody|", slot.bytes()]);
    let salt = *hash.first_chunk().expect("a hash is longer than a salt");
    SlotHead { id: slot, role: OWNER, cost, salt, kind: Kind::Bound }
}
