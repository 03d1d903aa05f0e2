//! Every way to get a try that the table of waits does not give.

use std::fs;

use super::*;
use crate::vault::sample::array;

const ASHA: SlotId = SlotId::new([7; 16]);
const RAVI: SlotId = SlotId::new([8; 16]);
const OWNER_ASHA: Who = Who::Owner(ASHA);
const STAFF_RAVI: Who = Who::Staff(RAVI);
const HOUR_MS: u64 = 3_600_000;

struct Pc {
    _folder: tempfile::TempDir,
    places: Places,
}

impl Pc {
    fn new() -> Pc {
        let (folder, places) = crate::vault::sample::places();
        Throttle::new(&places, 1, key()).save().expect("written");
        Pc { _folder: folder, places }
    }

    fn load_at(&self, uptime_ms: u64) -> (Throttle, bool) {
        Throttle::load(&self.places, 1, key(), &[OWNER_ASHA, STAFF_RAVI], false, at(uptime_ms)).expect("read")
    }

    /// A try from a fresh start of the program: what counts is what was written, not what is remembered.
    fn begin(&self, who: Who, uptime_ms: u64) -> Result<Option<Failed>, VaultError> {
        self.load_at(uptime_ms).0.begin(who, at(uptime_ms))
    }

    fn tries(&self, slot: SlotId, uptime_ms: u64) -> u32 {
        let (throttle, _) = self.load_at(uptime_ms);
        throttle.tally.tries.iter().find(|tries| tries.slot == slot).map_or(0, |tries| tries.failed.tries)
    }

    fn copies(&self) -> [PathBuf; 2] {
        Throttle::new(&self.places, 1, key()).paths
    }

    fn bytes(&self) -> [Option<Vec<u8>>; 2] {
        self.copies().map(|path| fs::read(path).ok())
    }

    fn put(&self, bytes: &[Option<Vec<u8>>; 2]) {
        for (path, bytes) in self.copies().iter().zip(bytes) {
            match bytes {
                Some(bytes) => fs::write(path, bytes).expect("put back"),
                None => file::remove(path).expect("removed"),
            }
        }
    }
}

fn key() -> Key {
    Key::new(&array(1))
}

fn at(uptime_ms: u64) -> Now {
    Now { wall_ms: 1_000_000 + uptime_ms as i64, uptime_ms }
}

#[test]
fn each_wrong_try_waits_longer() {
    for (who, slot) in [(OWNER_ASHA, ASHA), (STAFF_RAVI, RAVI)] {
        let pc = Pc::new();
        let mut uptime_ms = 10_000;
        for (tries, seconds) in [(1, 0), (2, 0), (3, 5), (4, 15), (5, 60), (6, 300), (7, 900), (8, 1800), (9, 3600)] {
            pc.begin(who, uptime_ms).expect("no wait left");
            assert_eq!(pc.tries(slot, uptime_ms), tries, "written before the PIN");
            if seconds > 0 {
                let early = pc.begin(who, uptime_ms + seconds * 1000 - 1);
                assert_eq!(early, Err(VaultError::Wait { seconds: 1 }));
                let at_once = pc.begin(who, uptime_ms + seconds * 1000 - 1);
                assert_eq!(at_once, Err(VaultError::Wait { seconds: 1 }), "waiting does not count as a try");
            }
            uptime_ms += seconds * 1000;
        }
        pc.begin(who, uptime_ms).expect("the tenth");
        uptime_ms += 3600 * 1000;
        if who == OWNER_ASHA {
            for _ in 0..5 {
                pc.begin(who, uptime_ms).expect("an owner is never shut out for good");
                assert_eq!(pc.begin(who, uptime_ms), Err(VaultError::Wait { seconds: 3600 }));
                uptime_ms += 3600 * 1000;
            }
        } else {
            assert_eq!(pc.begin(who, uptime_ms * 1000), Err(VaultError::SlotLocked));
            assert!(pc.load_at(uptime_ms * 1000).0.is_locked(&RAVI));
            pc.load_at(uptime_ms * 1000).0.forgive(&RAVI).expect("the owner");
            assert_eq!(pc.begin(who, uptime_ms * 1000), Ok(None));
        }
    }
}

#[test]
fn a_login_forgets_the_tries_and_tells_of_them() {
    let pc = Pc::new();
    let mut throttle = pc.load_at(1_000).0;
    assert_eq!(throttle.begin(OWNER_ASHA, at(1_000)), Ok(None));
    throttle.begin(OWNER_ASHA, at(2_000)).expect("second");
    let told = throttle.begin(OWNER_ASHA, at(3_000));
    assert_eq!(told, Ok(Some(Failed { tries: 2, first_wall_ms: 1_001_000, last_wall_ms: 1_002_000 })));
    throttle.succeed(&ASHA).expect("written");
    assert_eq!((pc.tries(ASHA, 4_000), pc.load_at(4_000).0.tally.recent.len()), (0, 2));
}

#[test]
fn one_slots_tries_do_not_make_another_wait() {
    let pc = Pc::new();
    for uptime_ms in 0..3 {
        pc.begin(STAFF_RAVI, uptime_ms).expect("no wait yet");
    }
    assert!(pc.begin(STAFF_RAVI, 3).is_err());
    assert_eq!(pc.begin(OWNER_ASHA, 3), Ok(None));
}

#[test]
fn a_restart_begins_the_wait_again() {
    let pc = Pc::new();
    for uptime_ms in [100_000, 100_000, 100_000, 105_000] {
        pc.begin(OWNER_ASHA, uptime_ms).expect("waited");
    }
    for (uptime_ms, left) in [(1_000, 14), (14_999, 1)] {
        assert_eq!(pc.begin(OWNER_ASHA, uptime_ms), Err(VaultError::Wait { seconds: left }));
    }
    assert!(pc.begin(OWNER_ASHA, 15_000).is_ok());
}

#[test]
fn many_restarts_give_no_more_than_the_time_that_ran() {
    let pc = Pc::new();
    for uptime_ms in [0, 0, 0, 5_000, 20_000, 80_000] {
        pc.begin(OWNER_ASHA, uptime_ms).expect("waited");
    }
    // 300 s to wait, in pieces of 29 s of uptime each.
    for restart in 0..10 {
        assert!(pc.begin(OWNER_ASHA, 29_000).is_err(), "restart {restart}");
        assert!(pc.begin(OWNER_ASHA, 5).is_err());
    }
    assert!(pc.begin(OWNER_ASHA, 300_005).is_ok(), "in one piece");
}

#[test]
fn the_walls_clock_changes_nothing() {
    let year_ms = 365 * 86_400_000;
    for wall_ms in [-year_ms, -3_600_000, 0, 3_600_000, year_ms, i64::MAX - 1_000_000, i64::MIN + 1_000_000] {
        let pc = Pc::new();
        for _ in 0..3 {
            pc.begin(OWNER_ASHA, 0).expect("no wait yet");
        }
        let now = Now { wall_ms, uptime_ms: 4_999 };
        let (mut throttle, is_whole) = Throttle::load(&pc.places, 1, key(), &[OWNER_ASHA], false, now).expect("read");
        assert!(is_whole);
        assert_eq!(throttle.begin(OWNER_ASHA, now), Err(VaultError::Wait { seconds: 1 }));
    }
}

#[test]
fn thirty_wrong_tries_over_all_slots_leave_the_shop_to_owners_for_a_day() {
    let pc = Pc::new();
    let staff = |number: u8| Who::Staff(SlotId::new([number; 16]));
    for number in 0..15 {
        for _ in 0..2 {
            pc.begin(staff(100 + number), 1_000).expect("two each");
        }
    }
    let day_later = 1_000 + DAY_MS;
    for who in [STAFF_RAVI, Who::Nobody] {
        assert_eq!(pc.begin(who, 1_000), Err(VaultError::OwnerOnly));
        assert_eq!(pc.begin(who, day_later - 1), Err(VaultError::OwnerOnly));
    }
    let mut throttle = pc.load_at(2_000).0;
    throttle.begin(OWNER_ASHA, at(2_000)).expect("an owner may");
    throttle.succeed(&ASHA).expect("in");
    assert_eq!(pc.begin(STAFF_RAVI, 2_000), Err(VaultError::OwnerOnly), "coming in does not open it to all");
    assert_eq!(pc.begin(STAFF_RAVI, day_later), Ok(None));
}

#[test]
fn an_owner_opens_the_shop_to_the_staff_again() {
    let pc = Pc::new();
    for number in 0..30 {
        pc.begin(Who::Staff(SlotId::new([number; 16])), 1_000).expect("one each");
    }
    assert_eq!(pc.begin(STAFF_RAVI, 1_000), Err(VaultError::OwnerOnly));
    pc.load_at(1_000).0.forgive(&RAVI).expect("the owner");
    assert_eq!(pc.begin(STAFF_RAVI, 1_000), Ok(None));
}

#[test]
fn the_thirtieth_try_may_be_right() {
    let pc = Pc::new();
    for number in 100..129 {
        pc.begin(Who::Staff(SlotId::new([number; 16])), 1_000).expect("one each");
    }
    let mut throttle = pc.load_at(1_000).0;
    throttle.begin(STAFF_RAVI, at(1_000)).expect("the thirtieth");
    assert_eq!(pc.begin(Who::Staff(ASHA), 1_000), Err(VaultError::OwnerOnly), "while it is being tried");
    throttle.succeed(&RAVI).expect("right");
    assert_eq!(pc.begin(Who::Staff(ASHA), 1_000), Ok(None));
}

#[test]
fn what_is_removed_cut_flipped_or_put_back_gains_no_try() {
    let pc = Pc::new();
    let fresh = pc.bytes();
    let mut uptime_ms = 0;
    for wait_s in [0, 0, 0, 5, 15] {
        uptime_ms += wait_s * 1000;
        pc.begin(STAFF_RAVI, uptime_ms).expect("waited");
    }
    let five = pc.bytes();
    let cut = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|bytes| bytes[..bytes.len() - 1].to_vec());
    let [old_one, old_two] = fresh;
    let [one, two] = five.clone();
    for (what, put) in [
        ("beside the header", [None, two.clone()]),
        ("beside the secret", [one.clone(), None]),
        ("one cut", [cut(&one), two.clone()]),
        ("the other cut", [one.clone(), cut(&two)]),
        ("an old one beside the header", [old_one, two]),
        ("an old one beside the secret", [one, old_two]),
    ] {
        pc.put(&put);
        let (throttle, is_whole) = pc.load_at(uptime_ms);
        assert!(!is_whole, "{what} is told");
        drop(throttle);
        let (tries, seconds) = if what.starts_with("an old") { (5, 1) } else { (9, 3541) };
        assert_eq!(pc.tries(RAVI, uptime_ms), tries, "{what}");
        assert_eq!(pc.begin(STAFF_RAVI, uptime_ms + 59_000), Err(VaultError::Wait { seconds }), "{what}");
        assert!(pc.load_at(uptime_ms).1, "{what} is mended");
        pc.put(&five);
    }
}

#[test]
fn with_both_copies_gone_staff_wait_for_the_owner_who_waits_an_hour() {
    for torn in [None, Some(b"POST".to_vec())] {
        let pc = Pc::new();
        pc.put(&[torn.clone(), torn]);
        assert!(!pc.load_at(500).1);
        assert_eq!(pc.begin(OWNER_ASHA, 500), Err(VaultError::Wait { seconds: 3600 }));
        assert_eq!(pc.begin(STAFF_RAVI, 500 + 100 * HOUR_MS), Err(VaultError::SlotLocked));
        assert!(pc.begin(OWNER_ASHA, 500 + 101 * HOUR_MS).is_ok());
    }
}

#[test]
fn a_slot_locked_once_stays_locked_whatever_is_removed() {
    let pc = Pc::new();
    let mut uptime_ms = 0;
    while pc.begin(STAFF_RAVI, uptime_ms) != Err(VaultError::SlotLocked) {
        uptime_ms += HOUR_MS;
    }
    for gone in [[true, false], [false, true], [true, true]] {
        let mut bytes = pc.bytes();
        bytes.iter_mut().zip(gone).filter(|(_, gone)| *gone).for_each(|(bytes, _)| *bytes = None);
        pc.put(&bytes);
        assert_eq!(pc.begin(STAFF_RAVI, uptime_ms + 50 * HOUR_MS), Err(VaultError::SlotLocked));
    }
}

#[test]
fn a_try_cut_off_between_its_two_writes_counts_and_is_not_held_against_anybody() {
    let pc = Pc::new();
    for (writes, tries) in [(0, 0), (1, 1)] {
        let mut throttle = pc.load_at(0).0;
        file::trial::cut_after(Some(writes));
        throttle.begin(STAFF_RAVI, at(0)).expect_err("the power is cut before the PIN is looked at");
        file::trial::cut_after(None);
        assert!(pc.load_at(0).1, "nobody did anything wrong");
        assert_eq!(pc.tries(RAVI, 0), tries);
    }
}

#[test]
fn of_two_programs_at_once_both_tries_count() {
    let pc = Pc::new();
    let mut programs: Vec<Throttle> = (0..5).map(|_| pc.load_at(0).0).collect();
    let answers: Vec<_> = programs.iter_mut().map(|throttle| throttle.begin(STAFF_RAVI, at(0)).is_ok()).collect();
    assert_eq!(answers, [true, true, true, false, false]);
    assert_eq!(pc.tries(RAVI, 0), 3);
    let tries: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let mut throttle = pc.load_at(5_000).0;
                scope.spawn(move || usize::from(throttle.begin(STAFF_RAVI, at(5_000)).is_ok()))
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert_eq!((tries, pc.tries(RAVI, 5_000)), (1, 4));
}

#[test]
fn a_file_of_one_copy_is_taken_over_once() {
    let pc = Pc::new();
    let body = [&MAGIC[..], &1_u16.to_le_bytes(), &4_u64.to_le_bytes(), &1_u16.to_le_bytes(), RAVI.bytes()].concat();
    let body = [&body[..], &4_u32.to_le_bytes(), &[0; 16], &1_000_u64.to_le_bytes()].concat();
    let old = [&body[..], &mac(key().expose(), &body)].concat();
    let load = |is_first| Throttle::load(&pc.places, 1, key(), &[STAFF_RAVI], is_first, at(1_000)).expect("read");
    pc.put(&[Some(old.clone()), None]);
    let (throttle, is_whole) = load(true);
    assert!(is_whole);
    assert_eq!(throttle.tally.tries[0].failed.tries, 4);
    assert!(load(false).1, "both copies are there now");
    pc.put(&[Some(old), None]);
    assert!(!load(false).1, "and an old one is a forgery");
}

#[test]
fn a_flipped_bit_is_a_forgery() {
    let pc = Pc::new();
    pc.begin(STAFF_RAVI, 0).expect("first");
    let whole = fs::read(&pc.copies()[0]).expect("there");
    assert!(read(&whole, &key(), false).is_some());
    for bit in 0..whole.len() * 8 {
        let mut torn = whole.clone();
        torn[bit / 8] ^= 1 << (bit % 8);
        assert!(read(&torn, &key(), false).is_none(), "bit {bit}");
    }
}
