//! Making a vault: everything in memory until phone and paper are proven, then the files, the header last.

use std::fmt;

use super::bundle::Bundle;
use super::codes::{Codes, make_target};
use super::derive::{derive_device_key, derive_recovery_keys, derive_slot_keys};
use super::device::{self, DeviceStore, KeepIn, Place};
use super::error::VaultError;
use super::file::{self, Flush};
use super::header::{self, Header};
use super::key::{Key, KeyRing};
use super::login::Places;
use super::mark::Mark;
use super::open::Unlocked;
use super::pin::Pin;
use super::recovery::{GROUPS, RecoveryCode};
use super::roster::{Roster, RosterNames};
use super::rotation::Next;
use super::slot::{Cost, Kind, OWNER, Slot, SlotHead, SlotId};
use super::state::{self, Now, State, StateBook};
use super::table::{self, Table};
use super::throttle::{self, Throttle};
use super::totp::TotpSecret;
use super::witness::{self, Witness};
use crate::id::VaultId;
use crate::stamp::Chance;

/// A vault that is not written yet: its keys, the phone's secret and the paper's code.
///
/// Letting it go leaves no trace. It cannot be written before a code from the phone and two groups from the
/// paper have been typed back.
pub struct Draft {
    keys: KeyRing,
    vault: VaultId,
    device: Key,
    totp: TotpSecret,
    code: RecoveryCode,
    /// The two groups to type back, counted from 1, and which of them have been.
    asked: [(usize, bool); 2],
    /// The step of the code typed back: that code does not log in any more.
    step: Option<u64>,
    /// The header this draft replaces; none when the shop is new.
    replaces: Option<u64>,
    /// The keys of a rotation that was cut off: the shop's file may have theirs already.
    pending: Option<KeyRing>,
    roster: Option<Roster>,
    marks: Vec<Mark>,
    keep_in: KeepIn,
}

impl Draft {
    /// A vault for a new shop.
    #[must_use]
    pub fn make(chance: &mut dyn Chance) -> Draft {
        let vault = VaultId::make(chance);
        let root = Key::make(chance);
        Draft::around(KeyRing::new(root, vault), vault, chance)
    }

    /// New secrets around a root key: another phone, another paper, another device secret.
    fn around(keys: KeyRing, vault: VaultId, chance: &mut dyn Chance) -> Draft {
        Draft {
            keys,
            vault,
            device: Key::make(chance),
            totp: TotpSecret::make(chance),
            code: RecoveryCode::make(chance),
            asked: pick_groups(chance).map(|number| (number, false)),
            step: None,
            replaces: None,
            pending: None,
            roster: None,
            marks: Vec::new(),
            keep_in: KeepIn::BestHere,
        }
    }

    /// All new around a new root key, but for the phone, which goes on from this step.
    pub(super) fn of_rotation(
        keys: KeyRing,
        vault: VaultId,
        totp: TotpSecret,
        step: u64,
        header: &Header,
        chance: &mut dyn Chance,
    ) -> Draft {
        let keep_in = KeepIn::AsBefore(Place::read(header.device_location).unwrap_or(Place::File));
        Draft {
            totp,
            step: Some(step),
            replaces: Some(header.generation),
            keep_in,
            ..Draft::around(keys, vault, chance)
        }
    }

    /// Says where this PC's own secret is to be kept; in the best place that asks nothing of anybody, if nothing is said.
    pub fn keep_in(&mut self, wish: KeepIn) {
        self.keep_in = wish;
    }

    /// The key that the shop's file has, as far as the slot knows that was opened.
    #[must_use]
    pub fn db(&self) -> Key {
        self.keys.db()
    }

    /// The key that the shop's file has if a rotation was cut off after giving it: to be tried when [`Draft::db`]
    /// does not open it.
    #[must_use]
    pub fn pending_db(&self) -> Option<Key> {
        self.pending.as_ref().map(KeyRing::db)
    }

    /// Goes on with the keys of that rotation: the shop's file opened with theirs.
    pub fn use_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.keys = pending;
        }
    }

    pub(super) fn keys(&self) -> KeyRing {
        self.keys.copy()
    }

    pub(super) fn code(&self) -> &RecoveryCode {
        &self.code
    }

    /// The phone's secret as base32 in groups of four, for typing.
    #[must_use]
    pub fn secret_text(&self) -> String {
        self.totp.text()
    }

    /// The address an authenticator app reads from a QR picture.
    #[must_use]
    pub fn uri(&self, shop: &str, person: &str) -> String {
        self.totp.uri(shop, person)
    }

    /// Proves that the phone shows the right codes.
    ///
    /// # Errors
    /// [`VaultError::CodeWrong`] unless it is the code of this half minute or a neighbouring one.
    pub fn check_code(&mut self, code: &str, wall_ms: i64) -> Result<(), VaultError> {
        let step = self.totp.matching_step(code, wall_ms, 0).ok_or(VaultError::CodeWrong)?;
        self.step = self.step.max(Some(step));
        Ok(())
    }

    /// The recovery code as it goes on the paper: six groups of five.
    #[must_use]
    pub fn recovery_groups(&self) -> [String; GROUPS] {
        self.code.groups()
    }

    /// The numbers of the two groups to type back, counted from 1 as on the paper.
    #[must_use]
    pub fn asked_groups(&self) -> [usize; 2] {
        self.asked.map(|(number, _)| number)
    }

    /// Proves that a group was written down.
    ///
    /// # Errors
    /// [`VaultError::RecoveryMistyped`] when it is not what stands on the paper under this number.
    pub fn check_group(&mut self, number: usize, typed: &str) -> Result<(), VaultError> {
        if !self.code.is_group(number, typed) {
            return Err(VaultError::RecoveryMistyped);
        }
        self.asked.iter_mut().filter(|(asked, _)| *asked == number).for_each(|(_, proven)| *proven = true);
        Ok(())
    }

    /// The names on the lock screen before the recovery, where they could still be read.
    #[must_use]
    pub fn roster(&self) -> Option<&Roster> {
        self.roster.as_ref()
    }

    /// Writes the vault and opens it: device secret, names, state and throttle first, the header last.
    ///
    /// Until the header is in its place the folder is as it was: a new shop is still none, a recovered one still
    /// opens as before. After a refusal of the disk the same draft can be written again.
    ///
    /// # Errors
    /// [`VaultError::Unproven`] before phone and paper are checked, [`VaultError::Taken`] when the folder holds
    /// another header by now, [`VaultError::Disk`] and [`VaultError::NoMemory`].
    pub fn write(
        &self,
        places: &Places,
        pin: &Pin,
        names: &RosterNames,
        cost: Cost,
        now: Now,
        chance: &mut dyn Chance,
    ) -> Result<Unlocked, VaultError> {
        let kept_before = header::load(&places.vault)?.map(|(header, _)| header.device_location);
        let Beside { header, bytes, mut state, store } = self.write_beside(places, pin, names, cost, now, chance)?;
        let generation = header.generation;
        header::save(&places.vault, &bytes)?;
        state.note_header(generation)?;
        Next::remove(&places.vault)?;
        keep_only(places, &*store, &header, generation)?;
        if let Some(location) = kept_before.filter(|location| *location != store.location()) {
            // The place before may be the very one that does not answer any more; what it holds opens nothing now.
            let _ = device::store(location, places, &self.vault).and_then(|before| before.keep_only(&[]));
        }
        let owner = header.people().next().expect("an owner was written");
        Ok(Unlocked {
            slot: owner.head.id,
            role: OWNER,
            vault: self.vault,
            generation,
            keys: self.keys.copy(),
            state,
            failed: None,
            last_login_ms: None,
            records_were_lost: false,
            header_was_old: false,
            true_time_ms: None,
            code_is_bound: true,
            roster_key: derive_device_key(&self.device, &self.vault, "roster", None),
            device_generation: generation,
            places: places.clone(),
        })
    }

    /// Writes all of the vault but its header, beside the one in force.
    pub(super) fn write_beside(
        &self,
        places: &Places,
        pin: &Pin,
        names: &RosterNames,
        cost: Cost,
        now: Now,
        chance: &mut dyn Chance,
    ) -> Result<Beside, VaultError> {
        let step = self.step.filter(|_| self.asked.iter().all(|(_, proven)| *proven)).ok_or(VaultError::Unproven)?;
        let in_force = header::load(&places.vault)?.map(|(header, _)| header.generation);
        if in_force != self.replaces {
            return Err(VaultError::Taken);
        }
        let before = in_force.unwrap_or(0);
        // Files of a rotation that was cut off keep their generation.
        let pending = Next::load(&places.vault, before)?.map_or(0, |next| next.header.generation);
        let generation = before.max(pending) + 1;
        let store = device::keep(&self.keep_in, places, &self.vault, generation, &self.device)?;
        let owner = SlotHead::make(OWNER, Kind::Bound, cost, chance);
        let paper = SlotHead::make(OWNER, Kind::Recovery, Cost::FLOOR, chance);
        let target = make_target(chance);
        let header = Header {
            vault: self.vault,
            generation,
            device_location: store.location(),
            slots: vec![self.owner_slot(owner, pin, target, chance)?, self.paper_slot(paper, chance)],
        };
        let bytes = header.sign(&self.keys)?;
        let device_key = |label| derive_device_key(&self.device, &self.vault, label, None);

        Roster::of_one(names, owner.id, OWNER).save(&places.vault, generation, &device_key("roster"), chance)?;
        Throttle::new(places, generation, device_key("throttle")).save()?;
        Table::new(&places.vault, &self.device, &self.vault, owner.id, OWNER).write(
            &Codes::new(&self.totp),
            target,
            step,
        )?;
        let mut state = State { marks: self.marks.clone(), header_generation: generation, ..State::default() };
        state.use_step(owner.id, step).last_login_ms = now.wall_ms;
        let witness = Witness::new(&places.device, &self.device, &self.vault, generation);
        let mut state = StateBook::new(state, &places.vault, generation, device_key("state"), witness, now);
        state.prove(now);
        state.save(Flush::Now)?;
        Ok(Beside { header, bytes, state, store })
    }

    /// The owner's way in: PIN and code open root key and authenticator.
    fn owner_slot(&self, head: SlotHead, pin: &Pin, target: u32, chance: &mut dyn Chance) -> Result<Slot, VaultError> {
        let keys = derive_slot_keys(pin, target, &self.device, &self.vault, &head)?;
        let bundle = Bundle { totp: Some(self.totp.copy()), target: Some(target), ..self.bundle() };
        Ok(Slot::seal(head, &keys, &bundle, Some((&self.totp, target, &header::owner_key(&self.keys)?)), chance))
    }

    /// The paper's way in: its code opens root key and device secret.
    fn paper_slot(&self, head: SlotHead, chance: &mut dyn Chance) -> Slot {
        let keys = derive_recovery_keys(self.code.secret(), &self.vault, &head);
        let bundle = Bundle { device: Some(Key::new(self.device.expose())), ..self.bundle() };
        Slot::seal(head, &keys, &bundle, None, chance)
    }

    /// What owner and paper both hold.
    pub(super) fn bundle(&self) -> Bundle {
        let root = self.keys.root().map(|key| Key::new(key.expose()));
        Bundle { root, subkeys: self.keys.copy_given(), ..Bundle::default() }
    }
}

/// A vault that is written, but for the header that puts it in force.
pub(super) struct Beside {
    pub header: Header,
    pub bytes: Vec<u8>,
    pub state: StateBook,
    pub store: Box<dyn DeviceStore>,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(..)")
    }
}

/// Opens the vault with the printed code alone, without PIN, phone or this PC's own secret.
///
/// What comes back is a draft around the same root key, with a new phone secret, a new code and a new device
/// secret. Writing it replaces every way in: old PINs, the old phone and the old paper are then void. Names and
/// the journal's marks are carried over where they can still be read.
///
/// Header authentication is not asked for here: nothing of the old header but this slot is used, and the slot
/// is bound to the code, so a header that somebody changed does not stop the paper.
///
/// # Errors
/// [`VaultError::RecoveryRefused`] when the code is not this vault's, [`VaultError::NoVault`] where there is none.
pub fn recover(places: &Places, code: &RecoveryCode, chance: &mut dyn Chance) -> Result<Draft, VaultError> {
    let (header, _) = header::load(&places.vault)?.ok_or(VaultError::NoVault)?;
    let slot = header.recovery().ok_or(VaultError::RecoveryRefused)?;
    let keys = derive_recovery_keys(code.secret(), &header.vault, &slot.head);
    let bundle = slot.open(&keys).map_err(|error| match error {
        VaultError::Refused => VaultError::RecoveryRefused,
        error => error,
    })?;
    let keys = KeyRing::of_bundle(bundle.root, bundle.subkeys, header.vault)?;
    let mut draft = Draft::around(keys, header.vault, chance);
    draft.replaces = Some(header.generation);
    // One that was meddled with is as good as none: the paper opens all the same.
    draft.pending = Next::load(&places.vault, header.generation)?.and_then(|next| next.keys(&draft.keys).ok());
    let kept = file::generations(&places.vault, "state")?.into_iter().rfind(|kept| *kept <= header.generation);
    if let Some((kept, device)) = kept.zip(bundle.device) {
        let device_key = |label| derive_device_key(&device, &header.vault, label, None);
        draft.roster = Roster::load(&places.vault, kept, &device_key("roster")).ok();
        let state = state::load(&places.vault, kept, &device_key("state"))?;
        draft.marks = state.map(|state| state.marks).unwrap_or_default();
    }
    Ok(draft)
}

/// Lets go of what belonged to other device secrets than the one in force, or that of a rotation under way, and of
/// tables without a slot.
pub(super) fn keep_only(
    places: &Places,
    store: &dyn DeviceStore,
    header: &Header,
    device_generation: u64,
) -> Result<(), VaultError> {
    let next = Next::load(&places.vault, header.generation)?.map(|next| next.header);
    let kept: Vec<u64> = std::iter::once(device_generation).chain(next.iter().map(|next| next.generation)).collect();
    store.keep_only(&kept)?;
    witness::keep_only(&places.device, &kept)?;
    throttle::keep_only(places, &kept)?;
    let people = header.people().chain(next.iter().flat_map(Header::people));
    let slots: Vec<SlotId> = people.map(|slot| slot.head.id).collect();
    table::keep_only(&places.vault, &slots)?;
    ["roster", "state"].into_iter().try_for_each(|kind| file::keep_only(&places.vault, kind, &kept))
}

/// Two different groups, lower number first.
fn pick_groups(chance: &mut dyn Chance) -> [usize; 2] {
    let mut bytes = [0; 16];
    chance.fill(&mut bytes);
    // A 64-bit number is near enough to even over six and over five.
    let pick = |bytes: &[u8], among: usize| {
        let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        usize::try_from(number % among as u64).expect("less than six")
    };
    let first = pick(&bytes[..8], GROUPS);
    let second = pick(&bytes[8..], GROUPS - 1);
    let second = if second >= first { second + 1 } else { second };
    [first.min(second) + 1, first.max(second) + 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::sample::Counting;

    #[test]
    fn two_different_groups_are_asked_and_every_pair_comes_up() {
        let mut chance = Counting(1);
        let mut pairs: Vec<[usize; 2]> = (0..500).map(|_| pick_groups(&mut chance)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), 15);
        assert!(pairs.iter().all(|[first, second]| 1 <= *first && first < second && *second <= GROUPS));
    }

    #[test]
    fn a_draft_does_not_print_itself() {
        assert_eq!(format!("{:?}", Draft::make(&mut Counting(1))), "Draft(..)");
    }
}
