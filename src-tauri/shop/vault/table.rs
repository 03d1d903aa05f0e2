//! What to add to each coming code of a phone to come to the slot's target: `totp/<slot_id>.tab`.
//!
//! A ring of days. A day is 2 880 entries of four bytes, sealed under a key of the device secret and bound to slot
//! and day, so that a chunk opens only in its own place. Used entries leave the table: the day is written without
//! them, to the spare place behind the ring first, and every other day that is missing or torn is made anew. A
//! torn chunk thus costs at most its own day, until the next login.
//!
//! ```text
//! file: (nonce[24] | XChaCha20-Poly1305(2880 × u32, aad = slot_id ‖ u64 day) | tag[16]) × (days + 1)
//! ```
//!
//! The nonce is a MAC of day and text under a key of its own: another text never meets the same nonce, and no
//! chance is needed to log in.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::codes::{CODES, Codes};
use super::derive::derive_device_key;
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{NONCE, TAG, decrypt, encrypt, mac};
use super::key::Key;
use super::slot::{OWNER, SlotId};
use crate::id::VaultId;

/// Steps of a day.
const STEPS: u64 = 2_880;
const PLAIN: usize = STEPS as usize * 4;
const CHUNK: usize = NONCE + PLAIN + TAG;
/// Stands where an entry has left.
const GONE: u32 = u32::MAX;

/// How many days a table reaches: staff must be seen by an owner within four months, an owner has the paper.
pub(super) fn days_of(role: u8) -> u64 {
    #[cfg(test)]
    if let Some(days) = trial::DAYS.get() {
        return days;
    }
    if role == OWNER { 400 } else { 120 }
}

/// The entries of one day, wiped when let go.
type Day = Zeroizing<Vec<u8>>;

pub(super) struct Table {
    slot: SlotId,
    days: u64,
    key: Key,
    nonces: Key,
    path: PathBuf,
}

impl Table {
    pub fn new(folder: &Path, device: &Key, vault: &VaultId, slot: SlotId, role: u8) -> Table {
        let key = |label| derive_device_key(device, vault, label, Some(&slot));
        Table {
            slot,
            days: days_of(role),
            key: key("totp-table|"),
            nonces: key("totp-nonce|"),
            path: folder.join(FOLDER).join(format!("{slot}.tab")),
        }
    }

    /// The offset of a step, unless it was used, lies outside or its day is torn.
    pub fn offset(&self, step: u64) -> Result<Option<u32>, VaultError> {
        let day = step / STEPS;
        let chunk = match self.read(self.place(day), day)? {
            Some(chunk) => Some(chunk),
            None => self.read(self.days, day)?,
        };
        Ok(chunk.and_then(|chunk| entry(&chunk, step)))
    }

    /// Two steps after each other whose codes these are, above the floor, earliest first: the step of the second
    /// code and the target.
    pub fn find_pair(&self, codes: [u32; 2], floor_step: u64) -> Result<Vec<(u64, u32)>, VaultError> {
        let whole = self.read_whole()?;
        let mut found = Vec::new();
        let mut before: Option<(u64, u32)> = None;
        let first = floor_step / STEPS;
        for day in first..first + self.days {
            let Some(chunk) = self.chunk_of(&whole, day) else { continue };
            for step in (day * STEPS).max(floor_step + 1)..(day + 1) * STEPS {
                let target = |code: u32| entry(&chunk, step).map(|offset| (offset + code) % CODES);
                if let Some(((last, wanted), target)) = before.zip(target(codes[1]))
                    && last + 1 == step
                    && wanted == target
                {
                    found.push((step, target));
                }
                before = target(codes[0]).map(|target| (step, target));
            }
        }
        Ok(found)
    }

    /// Writes the table of a new secret, from the day of this step on.
    pub fn write(&self, codes: &Codes, target: u32, floor_step: u64) -> Result<(), VaultError> {
        let first = floor_step / STEPS;
        let mut bytes = vec![0; (self.days as usize + 1) * CHUNK];
        for day in first..first + self.days {
            let start = self.place(day) as usize * CHUNK;
            bytes[start..start + CHUNK].copy_from_slice(&self.seal(day, &make_day(codes, target, day, floor_step)));
        }
        file::write(&self.path, &bytes, Flush::Now)
    }

    /// Takes out what lies up to the floor and makes what is missing up to the far end, as seen from `now_step`.
    pub fn renew(&self, codes: &Codes, target: u32, floor_step: u64, now_step: u64) -> Result<(), VaultError> {
        let whole = self.read_whole()?;
        if whole.len() != (self.days as usize + 1) * CHUNK {
            return self.write(codes, target, floor_step.max(now_step.saturating_sub(STEPS)));
        }
        let used = floor_step / STEPS;
        let first = used.max((now_step / STEPS).saturating_sub(1));
        let mut patches = Vec::new();
        for day in first..first + self.days {
            let own = self.unseal(&whole, self.place(day), day);
            let is_fine = own.is_some_and(|chunk| day != used || !holds(&chunk, floor_step));
            if !is_fine {
                patches.push((day, self.seal(day, &make_day(codes, target, day, floor_step))));
            }
        }
        // The day in use is never without a whole copy.
        if let Some((day, chunk)) = patches.first()
            && *day == used
        {
            file::patch(&self.path, self.days * CHUNK as u64, chunk, Flush::Now)?;
        }
        let last = patches.len();
        for (number, (day, chunk)) in patches.iter().enumerate() {
            let flush = if number + 1 == last { Flush::Now } else { Flush::Later };
            file::patch(&self.path, self.place(*day) * CHUNK as u64, chunk, flush)?;
        }
        Ok(())
    }

    fn place(&self, day: u64) -> u64 {
        day % self.days
    }

    fn read(&self, place: u64, day: u64) -> Result<Option<Day>, VaultError> {
        let bytes = file::read_part(&self.path, place * CHUNK as u64, CHUNK)?;
        Ok(self.unseal(&bytes, 0, day))
    }

    fn read_whole(&self) -> Result<Vec<u8>, VaultError> {
        file::read_part(&self.path, 0, (self.days as usize + 1) * CHUNK)
    }

    fn chunk_of(&self, whole: &[u8], day: u64) -> Option<Day> {
        self.unseal(whole, self.place(day), day).or_else(|| self.unseal(whole, self.days, day))
    }

    fn seal(&self, day: u64, plain: &[u8]) -> Vec<u8> {
        let of_text = mac(self.nonces.expose(), &Zeroizing::new([&day.to_le_bytes()[..], plain].concat()));
        let nonce = *of_text.first_chunk::<NONCE>().expect("a MAC is longer than a nonce");
        [&nonce[..], &encrypt(self.key.expose(), &nonce, plain, &self.aad(day))].concat()
    }

    fn unseal(&self, bytes: &[u8], place: u64, day: u64) -> Option<Day> {
        let start = place as usize * CHUNK;
        let (nonce, sealed) = bytes.get(start..start + CHUNK)?.split_first_chunk::<NONCE>()?;
        decrypt(self.key.expose(), nonce, sealed, &self.aad(day))
    }

    fn aad(&self, day: u64) -> Vec<u8> {
        [&self.slot.bytes()[..], &day.to_le_bytes()].concat()
    }
}

const FOLDER: &str = "totp";

/// Removes the tables of all other slots: of people who left, and of a change that was cut off.
pub(super) fn keep_only(folder: &Path, slots: &[SlotId]) -> Result<(), VaultError> {
    let folder = folder.join(FOLDER);
    let kept: Vec<String> = slots.iter().map(|slot| format!("{slot}.tab")).collect();
    let names = file::names(&folder)?;
    names.iter().filter(|name| !kept.contains(name)).try_for_each(|name| file::remove(&folder.join(name)))
}

fn make_day(codes: &Codes, target: u32, day: u64, floor_step: u64) -> Day {
    let mut plain = Zeroizing::new(Vec::with_capacity(PLAIN));
    for step in day * STEPS..(day + 1) * STEPS {
        let offset = if step <= floor_step { GONE } else { codes.offset(step, target) };
        plain.extend_from_slice(&offset.to_le_bytes());
    }
    plain
}

fn entry(chunk: &[u8], step: u64) -> Option<u32> {
    let start = (step % STEPS) as usize * 4;
    let four = chunk.get(start..start + 4)?.try_into().expect("four bytes");
    Some(u32::from_le_bytes(four)).filter(|offset| *offset < CODES)
}

/// Whether an entry up to the floor is still in the chunk of the floor's day.
fn holds(chunk: &[u8], floor_step: u64) -> bool {
    (floor_step / STEPS * STEPS..=floor_step).any(|step| entry(chunk, step).is_some())
}

/// Shortens tables for a test.
#[cfg(test)]
pub mod trial {
    use std::cell::Cell;

    thread_local! {
        pub(super) static DAYS: Cell<Option<u64>> = const { Cell::new(None) };
    }

    /// Every table of this test reaches so many days.
    pub fn reach(days: u64) {
        DAYS.set(Some(days));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::vault::sample::array;
    use crate::vault::totp::TotpSecret;

    const TARGET: u32 = 123_456;
    const NOW: u64 = 59_843_041;

    fn table(folder: &Path) -> Table {
        trial::reach(5);
        Table::new(folder, &Key::new(&array(0)), &VaultId::new(array(0x20)), SlotId::new(array(0x30)), OWNER)
    }

    fn codes() -> Codes {
        Codes::new(&TotpSecret::read(b"12345678901234567890").expect("twenty bytes"))
    }

    fn fits(table: &Table, step: u64) -> bool {
        let offset = table.offset(step).expect("read");
        assert!(offset.is_none_or(|offset| (offset + codes().at(step)) % CODES == TARGET), "step {step} is wrong");
        offset.is_some()
    }

    #[test]
    fn staff_reach_120_days_and_owners_400() {
        assert_eq!((days_of(2), days_of(OWNER), days_of(9)), (120, 400, 120));
        assert_eq!((121 * CHUNK, 401 * CHUNK), (1_398_760, 4_635_560));
    }

    #[test]
    fn every_code_above_the_floor_comes_to_the_target_until_the_far_end() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        assert_eq!(table.offset(NOW), Ok(None), "no table yet");
        table.write(&codes(), TARGET, NOW).expect("written");
        let end = (NOW / STEPS + 5) * STEPS;
        for (step, there) in
            [(NOW - 1, false), (NOW, false), (NOW + 1, true), (NOW + STEPS, true), (end - 1, true), (end, false)]
        {
            assert_eq!(fits(&table, step), there, "{step}");
        }
    }

    #[test]
    fn a_login_takes_the_used_ones_out_and_adds_at_the_far_end() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        let used = NOW + 2 * STEPS + 7;
        table.renew(&codes(), TARGET, used, used).expect("renewed");
        let end = (used / STEPS + 5) * STEPS;
        for (step, there) in [
            (NOW + 1, false),
            (used - STEPS, false),
            (used, false),
            (used + 1, true),
            (end - STEPS, true),
            (end - 1, true),
            (end, false),
        ] {
            assert_eq!(fits(&table, step), there, "{step}");
        }
    }

    #[test]
    fn an_owner_lengthens_anothers_table_and_gives_no_used_code_back() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        let later = NOW + 100 * STEPS;
        table.renew(&codes(), TARGET, NOW, later).expect("renewed");
        assert!(fits(&table, later) && fits(&table, later + 3 * STEPS));
        assert!(fits(&table, later - STEPS), "the day before stays: midnight is near for somebody");
        assert!(!fits(&table, NOW + 1), "a hundred days have gone by");
        fs::remove_file(&table.path).expect("removed");
        table.renew(&codes(), TARGET, later + 5, later).expect("made anew");
        assert!(!fits(&table, later + 5) && fits(&table, later + 6));
    }

    #[test]
    fn a_torn_chunk_costs_its_day_and_is_healed() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        table.renew(&codes(), TARGET, NOW + 1, NOW).expect("a login");
        let whole = fs::read(&table.path).expect("there");
        let today = NOW / STEPS;
        for day in today..today + 5 {
            for at in [0, NONCE, NONCE + 4 * (NOW % STEPS) as usize, CHUNK - 1] {
                let mut torn = whole.clone();
                torn[(day % 5) as usize * CHUNK + at] ^= 1;
                fs::write(&table.path, &torn).expect("torn");
                let of_day = |day: u64| (day * STEPS).max(NOW + 2);
                for other in today..today + 5 {
                    let there = other != day || other == today;
                    assert_eq!(fits(&table, of_day(other)), there, "{day} is torn at {at}, {other} is read");
                }
                table.renew(&codes(), TARGET, NOW + 1, NOW).expect("a login");
                assert_eq!(fs::read(&table.path).expect("there"), whole, "healed");
            }
        }
    }

    #[test]
    fn the_day_in_use_is_never_without_a_whole_copy() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        let mut used = NOW;
        for writes in 0..4 {
            used += 1;
            file::trial::cut_after(Some(writes));
            let cut = table.renew(&codes(), TARGET, used, used);
            file::trial::cut_after(None);
            assert_eq!(cut.is_err(), writes < 2, "the spare and the place");
            assert!(fits(&table, used + 1), "after {writes} writes");
        }
    }

    #[test]
    fn a_chunk_opens_for_its_slot_its_machine_and_its_day_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let mine = table(place.path());
        mine.write(&codes(), TARGET, NOW).expect("written");
        let bytes = fs::read(&mine.path).expect("there");
        let moved = |device: u8, vault: u8, slot: u8| {
            let other = Table::new(
                place.path(),
                &Key::new(&array(device)),
                &VaultId::new(array(vault)),
                SlotId::new(array(slot)),
                OWNER,
            );
            fs::write(&other.path, &bytes).expect("copied");
            fits(&other, NOW + 1)
        };
        assert!(moved(0, 0x20, 0x30));
        for (device, vault, slot) in [(1, 0x20, 0x30), (0, 0x21, 0x30), (0, 0x20, 0x31)] {
            assert!(!moved(device, vault, slot), "{device} {vault} {slot}");
        }
        let mut swapped = bytes.clone();
        let today = (NOW / STEPS % 5) as usize;
        swapped.copy_within(((today + 1) % 5) * CHUNK..((today + 1) % 5 + 1) * CHUNK, today * CHUNK);
        fs::write(&mine.path, &swapped).expect("swapped");
        assert!(!fits(&mine, NOW + 1), "tomorrow's chunk in today's place");
        for cut in [0, 1, CHUNK - 1, CHUNK * 3 + 17] {
            fs::write(&mine.path, &bytes[..cut]).expect("cut");
            let _ = fits(&mine, NOW + 1);
            mine.renew(&codes(), TARGET, NOW, NOW).expect("healed");
            assert!(fits(&mine, NOW + 1) && fits(&mine, NOW + 4 * STEPS - NOW % STEPS));
        }
    }

    #[test]
    fn two_codes_after_each_other_tell_the_step() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        let midnight = (NOW / STEPS + 1) * STEPS;
        for step in [NOW + 1, NOW + 4_000, midnight - 1, midnight] {
            let pair = [codes().at(step), codes().at(step + 1)];
            let found = table.find_pair(pair, NOW).expect("read");
            assert!(found.contains(&(step + 1, TARGET)), "{step}");
            assert!(found.len() < 4);
        }
        let pair = [codes().at(NOW), codes().at(NOW + 1)];
        assert!(!table.find_pair(pair, NOW).expect("read").contains(&(NOW + 1, TARGET)), "the first is used");
    }

    #[test]
    fn nothing_of_a_table_tells_the_offsets() {
        let place = tempfile::tempdir().expect("a folder");
        let table = table(place.path());
        table.write(&codes(), TARGET, NOW).expect("written");
        let one = fs::read(&table.path).expect("there");
        let entries = make_day(&codes(), TARGET, NOW / STEPS + 1, 0);
        assert!(!one.windows(8).any(|part| part == &entries[..8]));
        table.write(&codes(), TARGET + 1, NOW).expect("another target");
        let two = fs::read(&table.path).expect("there");
        let start = ((NOW / STEPS + 1) % 5) as usize * CHUNK;
        assert_ne!(one[start..start + NONCE], two[start..start + NONCE], "another text, another nonce");
    }
}
