//! What goes wrong on a shop's PC: power cuts, damaged and lost files, a wrong clock, a curious hand.

use std::fs;

use super::file::{self, trial::cut_after};
use super::sample::{CHEAP, Counting, PIN, after, cheaply, names, pin, places, prove, remove, set_up};
use super::*;

/// Device secret, witness, and the throttle's second copy.
const DEVICE_FILES: usize = 3;

#[test]
fn a_power_cut_during_set_up_leaves_no_shop() {
    cheaply();
    let (_folder, places) = places();
    let mut chance = Counting(1);
    let mut draft = Draft::make(&mut chance);
    prove(&mut draft, 0);
    let mut writes = 0;
    loop {
        cut_after(Some(writes));
        let written = draft.write(&places, &pin(PIN), &names("S"), CHEAP, after(0), &mut chance);
        cut_after(None);
        match written {
            Ok(_) => break,
            // The tenth write is the header's second copy: the shop is there from the ninth on.
            Err(_) if writes >= 9 => {
                assert!(matches!(find(&places), Ok(Found::Locked(_))), "after {writes} writes");
                for name in ["vault.hdr.a", "vault.hdr.b"] {
                    file::remove(&places.vault.join(name)).expect("removed");
                }
            }
            Err(error) => {
                assert_eq!(error, VaultError::Disk(std::io::ErrorKind::BrokenPipe));
                assert_eq!(find(&places), Ok(Found::New), "after {writes} writes");
            }
        }
        writes += 1;
    }
    assert_eq!(writes, 11);
    assert!(matches!(find(&places), Ok(Found::Locked(_))));
}

#[test]
fn a_power_cut_during_recovery_leaves_the_old_way_in_or_the_new() {
    let shop = set_up();
    let mut writes = 0;
    loop {
        let mut chance = Counting(100 + u64::from(writes));
        let before = shop.header().0;
        let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
        let (phone, paper) = prove(&mut draft, 0);
        cut_after(Some(writes));
        let written = draft.write(&shop.places, &pin("58203917"), &names("New"), CHEAP, after(0), &mut chance);
        cut_after(None);
        let (header, _) = shop.header();
        if header == before {
            assert!(written.is_err());
            assert_eq!(shop.roster().people[0].slot, shop.slot, "after {writes} writes the old names stand");
            writes += 1;
            continue;
        }
        // The first copy of the new header is down and the second is not: the new way in holds, and is tidied.
        assert_eq!((written.is_err(), writes, header.generation), (true, 9, 2));
        let roster = shop.roster();
        assert_eq!(
            (roster.shop.as_str(), &roster.people[0].slot),
            ("New", &header.people().next().expect("one").head.id)
        );
        assert!(recover(&shop.places, &shop.paper(), &mut chance).is_err());
        unlock(&shop.places, roster.people[0].slot, &pin("58203917"), &phone.code(30), after(30)).expect("the new PIN");
        let copies =
            ["a", "b"].map(|copy| fs::read(shop.places.vault.join(format!("vault.hdr.{copy}"))).expect("there"));
        assert_eq!(copies[0], copies[1]);
        assert_eq!(fs::read_dir(&shop.places.device).expect("a folder").count(), DEVICE_FILES);
        recover(&shop.places, &RecoveryCode::read(&paper).expect("as printed"), &mut chance).expect("the new paper");
        break;
    }
}

#[test]
fn the_old_pin_still_opens_after_a_recovery_that_was_cut_off() {
    let shop = set_up();
    let mut chance = Counting(8);
    let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
    prove(&mut draft, 0);
    cut_after(Some(8));
    draft
        .write(&shop.places, &pin("58203917"), &names("New"), CHEAP, after(0), &mut chance)
        .expect_err("the power is cut before the header");
    cut_after(None);
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("as before");
    assert_eq!((open.keys.db().expose(), open.generation), (shop.db.expose(), 1));
    assert_eq!(
        fs::read_dir(&shop.places.device).expect("a folder").count(),
        DEVICE_FILES,
        "the unused ones are let go"
    );
}

#[test]
fn a_header_changed_by_somebody_is_told_and_the_paper_still_works() {
    let shop = set_up();
    let (header, bytes) = shop.header();
    let escrow_start = bytes.len() - 4 - 64 - header.slots[1].bytes().len() - 1;
    let mut changed = bytes.clone();
    changed[escrow_start] ^= 1;
    let body = changed.len() - 4;
    let crc = crc32c::crc32c(&changed[..body]).to_le_bytes();
    changed[body..].copy_from_slice(&crc);
    for copy in ["a", "b"] {
        fs::write(shop.places.vault.join(format!("vault.hdr.{copy}")), &changed).expect("written");
    }
    let wrong = shop.log_in("40718294", &shop.phone.code(30), 30);
    assert_eq!(wrong.expect_err("a wrong PIN learns nothing"), VaultError::Refused);
    assert_eq!(shop.log_in(PIN, &shop.phone.code(30), 31).expect_err("told"), VaultError::Altered);
    recover(&shop.places, &shop.paper(), &mut Counting(9)).expect("the paper");
}

#[test]
fn one_damaged_copy_does_no_harm_and_is_mended() {
    let shop = set_up();
    let copy = shop.places.vault.join("vault.hdr.a");
    let whole = fs::read(&copy).expect("there");
    fs::write(&copy, &whole[..50]).expect("torn");
    shop.log_in(PIN, &shop.phone.code(30), 30).expect("by the other copy");
    assert_eq!(fs::read(&copy).expect("there"), whole);
    for copy in ["a", "b"] {
        fs::write(shop.places.vault.join(format!("vault.hdr.{copy}")), b"nothing").expect("torn");
    }
    assert_eq!(find(&shop.places), Err(VaultError::Damaged));
    assert_eq!(shop.log_in(PIN, "000000", 60).expect_err("both torn"), VaultError::Damaged);
}

#[test]
fn a_lost_state_costs_two_minutes_and_is_told() {
    let shop = set_up();
    remove(&shop.places.vault, "state.");
    let first = shop.log_in(PIN, &shop.phone.code(0), 0);
    assert_eq!(first.expect_err("the state is begun anew"), VaultError::StateLost);
    let seen = shop.log_in(PIN, &shop.phone.code(30), 1);
    assert_eq!(seen.expect_err("codes of that moment count as used"), VaultError::Refused);
    let open = shop.log_in(PIN, &shop.phone.code(60), 60).expect("a new code");
    assert!(open.records_were_lost);
    let open = shop.log_in(PIN, &shop.phone.code(90), 90).expect("and the next");
    assert!(!open.records_were_lost, "told once");
}

#[test]
fn a_lost_throttle_costs_an_hour_and_is_told() {
    let shop = set_up();
    remove(&shop.places.vault, "throttle.");
    let first = shop.log_in(PIN, &shop.phone.code(30), 30);
    assert_eq!(first.expect_err("nine wrong tries"), VaultError::Wait { seconds: 3600 });
    let open = shop.log_in(PIN, &shop.phone.code(3630), 3630).expect("an hour later");
    assert!(open.records_were_lost);
}

#[test]
fn a_clock_turned_back_does_not_bring_an_old_code_back() {
    let shop = set_up();
    let glimpsed = shop.phone.code(600);
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    open.state.pass(after(1200));
    open.state.save(Flush::Now).expect("saved");
    let back = Now { wall_ms: after(600).wall_ms, uptime_ms: after(1300).uptime_ms };
    let replay = unlock(&shop.places, shop.slot, &pin(PIN), &glimpsed, back);
    assert_eq!(replay.expect_err("the clock is behind"), VaultError::ClockBehind);
    shop.log_in(PIN, &shop.phone.code(1230), 1230).expect("with the clock right");
}

#[test]
fn nothing_that_opens_or_names_the_shop_lies_in_clear() {
    let shop = set_up();
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    let paper = shop.paper.replace('-', "");
    let secrets: [&[u8]; 7] = [
        open.keys.root().expect("an owner").expose(),
        shop.db.expose(),
        shop.phone.0.expose(),
        PIN.as_bytes(),
        &paper.as_bytes()[..10],
        b"Sharma",
        b"Asha",
    ];
    let mut files = 0;
    for folder in [&shop.places.vault, &shop.places.vault.join("totp"), &shop.places.device] {
        let entries = fs::read_dir(folder).expect("a folder");
        for entry in entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_file())) {
            let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
            files += 1;
            for (number, secret) in secrets.iter().enumerate() {
                assert!(!bytes.windows(secret.len()).any(|part| part == *secret), "secret {number} lies open");
            }
        }
    }
    assert_eq!(files, 10);
}
