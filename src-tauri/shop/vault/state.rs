//! What must not be turned back: used codes, the latest time seen, and how far the journal had come.
//!
//! Two copies under a MAC of the device secret. `a` is flushed to the disk at every login, lock and close of a
//! shift; `b` is also written in between, as often as once a second and without waiting for the disk. The whole
//! one with the higher number is believed, so a power cut costs at most what `b` was ahead of `a`.
//!
//! Writing begins with reading: somebody's approval may have used a code while the shop was open, and what any of
//! the two knows is kept.
//!
//! ```text
//! "POSS" u16 version=3 | u64 number | i64 time_floor_ms | u8 was_lost | i64 drift_steps (version 1 has none)
//! u16 people | (slot_id[16] u64 floor_step i64 last_login_ms)… | u16 marks | (stream[16] u64 seq hash[32])…
//! u64 header_generation | u8 has_shut_as | shut_as[32] (versions 1 and 2 have none of these) | mac[32]
//! ```

use std::path::{Path, PathBuf};

use super::bytes::{Bytes, split_trailer};
use super::error::VaultError;
use super::file::{self, Flush};
use super::hazmat::{mac, same};
use super::key::Key;
use super::mark::{self, Mark};
use super::slot::SlotId;
use super::totp::STEP_MS;
use super::witness::{Seen, Witness};

const MAGIC: &[u8; 4] = b"POSS";
const VERSION: u16 = 3;
/// How far a clock may run ahead of the time since login before it is no longer believed.
const AHEAD_MS: i64 = 60_000;
/// How far a clock may be behind the latest time seen: less than a code lives.
const BEHIND_MS: i64 = 60_000;

/// A moment as the shell hands it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Wall clock, Unix milliseconds.
    pub wall_ms: i64,
    /// Milliseconds since the machine was started.
    pub uptime_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub slot: SlotId,
    /// The latest step whose code was used; it and all before it are refused.
    pub floor_step: u64,
    /// Wall clock of the last login; `i64::MIN` before the first.
    pub last_login_ms: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    pub number: u64,
    pub time_floor_ms: i64,
    /// Set when the file had to be begun anew, until somebody has logged in and been told.
    pub was_lost: bool,
    /// How many steps the phones are ahead of this PC's clock, as the last code showed.
    pub drift_steps: i64,
    pub people: Vec<Person>,
    pub marks: Vec<Mark>,
    /// The highest generation of a header that was in force.
    pub header_generation: u64,
    /// What the shop's file looked like when it was shut; nothing while it is open, and after a power cut.
    pub shut_as: Option<[u8; 32]>,
}

impl State {
    fn bytes(&self, key: &Key) -> Vec<u8> {
        let count = |length: usize| u16::try_from(length).expect("a few people").to_le_bytes();
        let mut out = [
            MAGIC,
            &VERSION.to_le_bytes()[..],
            &self.number.to_le_bytes(),
            &self.time_floor_ms.to_le_bytes(),
            &[u8::from(self.was_lost)],
            &self.drift_steps.to_le_bytes(),
            &count(self.people.len()),
        ]
        .concat();
        for Person { slot, floor_step, last_login_ms } in &self.people {
            out.extend_from_slice(slot.bytes());
            out.extend_from_slice(&floor_step.to_le_bytes());
            out.extend_from_slice(&last_login_ms.to_le_bytes());
        }
        out.extend_from_slice(&mark::bytes(&self.marks));
        out.extend_from_slice(&self.header_generation.to_le_bytes());
        out.push(u8::from(self.shut_as.is_some()));
        out.extend_from_slice(&self.shut_as.unwrap_or_default());
        let mac = mac(key.expose(), &out);
        out.extend_from_slice(&mac);
        out
    }

    /// Reads what was written under this key; `None` for anything else.
    fn read(bytes: &[u8], key: &Key) -> Option<State> {
        let (body, told) = split_trailer::<32>(bytes)?;
        same(told, &mac(key.expose(), body)).then_some(())?;
        let mut from = Bytes(body);
        let version = (from.array()? == *MAGIC).then_some(from.u16()?)?;
        (1..=VERSION).contains(&version).then_some(())?;
        let (number, time_floor_ms, was_lost) = (from.u64()?, from.i64()?, from.u8()? != 0);
        let drift_steps = if version == 1 { 0 } else { from.i64()? };
        let people = (0..from.u16()?).map(|_| {
            Some(Person { slot: SlotId::new(from.array()?), floor_step: from.u64()?, last_login_ms: from.i64()? })
        });
        let people = people.collect::<Option<_>>()?;
        let marks = mark::read(&mut from)?;
        let mut state = State { number, time_floor_ms, was_lost, drift_steps, people, marks, ..State::default() };
        if version >= 3 {
            state.header_generation = from.u64()?;
            let (is_shut, shut_as) = (from.u8()? != 0, from.array()?);
            state.shut_as = is_shut.then_some(shut_as);
        }
        from.end()?;
        Some(state)
    }

    pub fn floor_step(&self, slot: &SlotId) -> u64 {
        self.people.iter().find(|person| person.slot == *slot).map_or(0, |person| person.floor_step)
    }

    pub fn last_login_ms(&self, slot: &SlotId) -> Option<i64> {
        let person = self.people.iter().find(|person| person.slot == *slot)?;
        (person.last_login_ms != i64::MIN).then_some(person.last_login_ms)
    }

    /// Counts a step as used, and everything before it.
    pub fn use_step(&mut self, slot: SlotId, step: u64) -> &mut Person {
        let place = self.people.iter().position(|person| person.slot == slot).unwrap_or_else(|| {
            self.people.push(Person { slot, floor_step: 0, last_login_ms: i64::MIN });
            self.people.len() - 1
        });
        let person = &mut self.people[place];
        person.floor_step = person.floor_step.max(step);
        person
    }

    /// Takes in what another state of the same shop knows: nothing that was used, seen or lived through is lost.
    pub fn take_in(&mut self, other: &State) {
        if other.number > self.number {
            (self.number, self.drift_steps, self.was_lost) = (other.number, other.drift_steps, other.was_lost);
            self.shut_as = other.shut_as;
        }
        self.time_floor_ms = self.time_floor_ms.max(other.time_floor_ms);
        self.header_generation = self.header_generation.max(other.header_generation);
        for person in &other.people {
            let known = self.use_step(person.slot, person.floor_step);
            known.last_login_ms = known.last_login_ms.max(person.last_login_ms);
        }
        other.marks.iter().for_each(|mark| self.note(*mark));
    }

    pub fn note(&mut self, mark: Mark) {
        mark::note(&mut self.marks, mark);
    }

    /// # Errors
    /// [`VaultError::ClockBehind`] when the clock shows a time the shop has already lived through.
    pub fn check_clock(&self, now: Now) -> Result<(), VaultError> {
        let is_behind = now.wall_ms < self.time_floor_ms.saturating_sub(BEHIND_MS);
        if is_behind { Err(VaultError::ClockBehind) } else { Ok(()) }
    }
}

/// The state of an open shop and the place it is written to; holds no key of the data.
pub struct StateBook {
    state: State,
    /// When the phone's code last agreed with the clock.
    proven: Now,
    key: Key,
    folder: PathBuf,
    device_generation: u64,
    witness: Witness,
}

impl StateBook {
    pub(super) fn new(
        state: State,
        folder: &Path,
        device_generation: u64,
        key: Key,
        witness: Witness,
        proven: Now,
    ) -> StateBook {
        StateBook { state, proven, key, folder: folder.to_owned(), device_generation, witness }
    }

    /// Notes how far the journal has come, and the time, in memory.
    ///
    /// A clock that jumps ahead is followed only as far as the machine has really been running since login: a
    /// year typed wrongly must not shut the owner out until that year.
    pub fn record(&mut self, mark: Mark, now: Now) {
        self.pass(now);
        self.state.note(mark);
    }

    /// Notes the time, in memory.
    pub fn pass(&mut self, now: Now) {
        let ran_ms = i64::try_from(now.uptime_ms.saturating_sub(self.proven.uptime_ms)).unwrap_or(i64::MAX);
        let believed = self.proven.wall_ms.saturating_add(ran_ms).saturating_add(AHEAD_MS);
        self.state.time_floor_ms = self.state.time_floor_ms.max(now.wall_ms.min(believed));
    }

    /// The time that the phones show when this PC's clock shows another, as the last code told.
    #[must_use]
    pub fn phone_ms(&self, wall_ms: i64) -> i64 {
        wall_ms.saturating_add(self.state.drift_steps.saturating_mul(STEP_MS))
    }

    /// How far each stream of this PC had come when it was last noted; a journal that is shorter was put back.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.state.marks
    }

    /// What the shop's file looked like when it was last shut; nothing where it was not shut, as after a power cut.
    #[must_use]
    pub fn shut_as(&self) -> Option<[u8; 32]> {
        self.state.shut_as
    }

    /// Notes, in memory, what the shop's file looks like now that it is shut; nothing when it is open.
    pub fn note_shut(&mut self, shut_as: Option<[u8; 32]>) {
        self.state.shut_as = shut_as;
    }

    /// Writes the state: both copies and flushed, or the second one alone without waiting for the disk.
    ///
    /// # Errors
    /// [`VaultError::Disk`] when the folder refuses; the copy on the disk is then the one before.
    pub fn save(&mut self, flush: Flush) -> Result<(), VaultError> {
        if let Some(written) = load(&self.folder, self.device_generation, &self.key)? {
            // Whether the shop is shut is known to whoever has it open, and to nobody else.
            let shut_as = self.state.shut_as;
            self.state.take_in(&written);
            self.state.shut_as = shut_as;
        }
        self.state.number += 1;
        let bytes = self.state.bytes(&self.key);
        let [first, second] = paths(&self.folder, self.device_generation);
        if flush == Flush::Now {
            file::write(&first, &bytes, flush)?;
        }
        file::write(&second, &bytes, flush)?;
        // The witness is told last: it never knows of more than what is on the disk.
        let marks = self.state.marks.clone();
        let seen = match flush {
            Flush::Now => {
                let State { number, time_floor_ms, .. } = self.state;
                Seen { state_number: number, time_floor_ms, marks, ..Seen::NOTHING }
            }
            // What a mark speaks of is on the disk already; this state may not be.
            Flush::Later => Seen { marks, ..Seen::NOTHING },
        };
        self.witness.note(seen, flush)
    }

    /// Writes that records were lost, without telling the witness: nobody has proven anything yet.
    pub(super) fn save_lost(&mut self) -> Result<(), VaultError> {
        self.state.was_lost = true;
        self.save(Flush::Now)
    }

    /// Notes which header is in force, here and with the witness.
    pub(super) fn note_header(&mut self, header_generation: u64) -> Result<(), VaultError> {
        if self.state.header_generation < header_generation {
            self.state.header_generation = header_generation;
            self.save(Flush::Now)?;
        }
        self.witness.note(Seen { header_generation, ..Seen::NOTHING }, Flush::Now)
    }

    pub(super) fn state(&mut self) -> &mut State {
        &mut self.state
    }

    pub(super) fn prove(&mut self, now: Now) {
        self.proven = now;
        self.pass(now);
    }
}

/// Prints nothing of what is inside.
impl std::fmt::Debug for StateBook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StateBook(..)")
    }
}

/// The whole copy with the higher number; `None` when neither is whole.
pub(super) fn load(folder: &Path, device_generation: u64, key: &Key) -> Result<Option<State>, VaultError> {
    let mut best: Option<State> = None;
    for path in paths(folder, device_generation) {
        let state = file::read(&path)?.and_then(|bytes| State::read(&bytes, key));
        best = match (best, state) {
            (Some(best), Some(state)) if state.number <= best.number => Some(best),
            (best, state) => state.or(best),
        };
    }
    Ok(best)
}

fn paths(folder: &Path, device_generation: u64) -> [PathBuf; 2] {
    ["a", "b"].map(|copy| folder.join(format!("state.{device_generation}.{copy}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{StreamId, VaultId};
    use crate::vault::sample::array;

    const NOON: i64 = 1_795_291_200_000;

    fn at(wall_ms: i64, uptime_ms: u64) -> Now {
        Now { wall_ms, uptime_ms }
    }

    fn mark(first: u8, seq: u64) -> Mark {
        Mark { stream: StreamId::new(array(first)), seq, hash: [seq as u8; 32] }
    }

    fn book(folder: &Path) -> StateBook {
        let witness = Witness::new(&folder.join("device"), &Key::new(&array(4)), &VaultId::new(array(1)), 1);
        StateBook::new(State::default(), folder, 1, Key::new(&array(4)), witness, at(NOON, 5_000))
    }

    #[test]
    fn what_is_saved_comes_back_whole() {
        let place = tempfile::tempdir().expect("a folder");
        let mut book = book(place.path());
        book.state().use_step(SlotId::new(array(1)), 77).last_login_ms = NOON;
        book.state().use_step(SlotId::new(array(2)), 5);
        book.record(mark(1, 9), at(NOON, 5_000));
        for flush in [Flush::Now, Flush::Later, Flush::Now] {
            book.record(mark(2, 3), at(NOON + 10, 5_010));
            book.save(flush).expect("saved");
            let back = load(place.path(), 1, &Key::new(&array(4))).expect("read").expect("whole");
            assert_eq!(&back, book.state());
        }
        assert_eq!(load(place.path(), 1, &Key::new(&array(5))), Ok(None), "another device's");
        assert_eq!(load(place.path(), 2, &Key::new(&array(4))), Ok(None), "another generation's");
        assert_eq!(book.state.last_login_ms(&SlotId::new(array(1))), Some(NOON));
        assert_eq!(book.state.last_login_ms(&SlotId::new(array(2))), None);
    }

    #[test]
    fn a_torn_second_copy_costs_no_more_than_what_it_was_ahead() {
        let place = tempfile::tempdir().expect("a folder");
        let mut book = book(place.path());
        book.record(mark(1, 1), at(NOON, 5_000));
        book.save(Flush::Now).expect("saved");
        book.record(mark(1, 2), at(NOON, 5_000));
        book.save(Flush::Later).expect("saved");
        let [a, b] = paths(place.path(), 1);
        let whole = file::read(&b).expect("read").expect("there");
        let seq = || load(place.path(), 1, &Key::new(&array(4))).expect("read").map(|state| state.marks[0].seq);
        assert_eq!(seq(), Some(2));
        for bit in 0..whole.len() * 8 {
            let mut torn = whole.clone();
            torn[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(State::read(&torn, &Key::new(&array(4))), None, "bit {bit}");
        }
        file::write(&b, &whole[..40], Flush::Later).expect("torn");
        assert_eq!(seq(), Some(1));
        file::remove(&a).expect("removed");
        assert_eq!(seq(), None);
    }

    #[test]
    fn a_mark_goes_forward_only() {
        let place = tempfile::tempdir().expect("a folder");
        let mut book = book(place.path());
        for (seq, known) in [(5, 5), (4, 5), (6, 6)] {
            book.record(mark(1, seq), at(NOON, 5_000));
            assert_eq!(book.marks(), [mark(1, known)]);
        }
    }

    #[test]
    fn the_time_floor_follows_the_machine_and_not_a_clock_that_jumps() {
        let place = tempfile::tempdir().expect("a folder");
        let year = 365 * 86_400_000;
        let mut book = book(place.path());
        for (wall_ms, uptime_ms, floor) in [
            (NOON, 5_000, NOON),
            (NOON + 1_000, 6_000, NOON + 1_000),
            (NOON - 9_000, 7_000, NOON + 1_000),
            (NOON + year, 8_000, NOON + 3_000 + AHEAD_MS),
            (NOON + year, 4_000, NOON + 3_000 + AHEAD_MS),
        ] {
            book.pass(at(wall_ms, uptime_ms));
            assert_eq!(book.state().time_floor_ms, floor, "{wall_ms} {uptime_ms}");
        }
        let floor = book.state().time_floor_ms;
        assert_eq!(book.state.check_clock(at(floor - BEHIND_MS, 0)), Ok(()));
        assert_eq!(book.state.check_clock(at(floor - BEHIND_MS - 1, 0)), Err(VaultError::ClockBehind));
    }

    #[test]
    fn two_who_write_lose_nothing_of_each_other() {
        let place = tempfile::tempdir().expect("a folder");
        let mut session = book(place.path());
        let [one, two] = [1, 2].map(|first| SlotId::new(array(first)));
        session.record(mark(1, 9), at(NOON, 5_000));
        session.state().use_step(one, 70);
        session.save(Flush::Now).expect("saved");
        let mut approval = book(place.path());
        *approval.state() = load(place.path(), 1, &Key::new(&array(4))).expect("read").expect("whole");
        approval.state().use_step(two, 80);
        approval.state().drift_steps = -3;
        approval.save(Flush::Now).expect("saved");
        session.record(mark(1, 12), at(NOON + 9, 5_009));
        session.save(Flush::Later).expect("saved");
        let back = load(place.path(), 1, &Key::new(&array(4))).expect("read").expect("whole");
        assert_eq!((back.floor_step(&one), back.floor_step(&two), back.marks[0].seq), (70, 80, 12));
        assert_eq!((back.number, back.drift_steps), (3, -3));
    }

    #[test]
    fn states_of_earlier_versions_are_read_without_what_they_lack() {
        let key = Key::new(&array(4));
        let state = State { number: 3, time_floor_ms: NOON, ..State::default() };
        let bytes = state.bytes(&key);
        let end = bytes.len() - 32 - 33 - 8;
        let first = [&bytes[..4], &1_u16.to_le_bytes(), &bytes[6..23], &bytes[31..end]].concat();
        let second = [&bytes[..4], &2_u16.to_le_bytes(), &bytes[6..end]].concat();
        for old in [first, second] {
            let old = [&old[..], &mac(key.expose(), &old)].concat();
            assert_eq!(State::read(&old, &key).as_ref(), Some(&state));
        }
    }

    #[test]
    fn what_the_file_looked_like_is_kept_until_it_is_opened() {
        let place = tempfile::tempdir().expect("a folder");
        let kept = || load(place.path(), 1, &Key::new(&array(4))).expect("read").expect("whole").shut_as;
        let mut session = book(place.path());
        for shut_as in [Some([7; 32]), None, Some([8; 32])] {
            session.note_shut(shut_as);
            session.save(Flush::Now).expect("saved");
            assert_eq!(kept(), shut_as);
        }
    }
}
