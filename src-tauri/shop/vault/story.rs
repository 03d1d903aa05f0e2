//! The vault from the first screen to the paper in the drawer, on real files.

use std::fs;
use std::path::Path;

use super::sample::{
    CHEAP, Counting, NOON, PIN, Phone, after, cheaply, forgive, names, pin, places, prove, remove, set_up,
};
use super::slot::Kind;
use super::*;
use crate::id::StreamId;

#[test]
fn the_owner_gets_in_with_pin_and_code_and_each_code_once() {
    let shop = set_up();
    let roster = shop.roster();
    assert_eq!((roster.shop.as_str(), roster.people.len()), ("Sharma Stores", 1));
    assert_eq!((roster.people[0].slot, roster.people[0].name.as_str(), roster.people[0].role), (shop.slot, "Asha", 1));

    let spent = shop.log_in(PIN, &shop.phone.code(-30), 0);
    assert_eq!(spent.expect_err("the code typed at set-up"), VaultError::Refused);
    let wrong_pin = shop.log_in("40718294", &shop.phone.code(30), 30);
    assert_eq!(wrong_pin.expect_err("a wrong PIN"), VaultError::Refused);

    let open = shop.log_in(PIN, &shop.phone.code(60), 60).expect("PIN and code");
    assert_eq!((open.keys.db().expose(), open.vault, open.role), (shop.db.expose(), shop.vault, OWNER));
    let failed = open.failed.expect("two wrong tries before");
    assert_eq!((failed.tries, failed.first_wall_ms, failed.last_wall_ms), (2, NOON, NOON + 30_000));
    assert_eq!((open.last_login_ms, open.records_were_lost, open.generation), (Some(NOON), false, 1));

    for seconds in [60, 30] {
        let again = shop.log_in(PIN, &shop.phone.code(seconds), 61);
        assert_eq!(again.expect_err("a code works once, and none before it"), VaultError::Refused);
    }
}

#[test]
fn wrong_tries_make_even_the_right_pin_wait() {
    let shop = set_up();
    for second in 1..=3 {
        assert_eq!(shop.log_in("00000000", "000000", second).expect_err("wrong"), VaultError::Refused);
    }
    let right = shop.log_in(PIN, &shop.phone.code(4), 4);
    assert_eq!(right.expect_err("too soon"), VaultError::Wait { seconds: 4 });
    let open = shop.log_in(PIN, &shop.phone.code(8), 8).expect("five seconds later");
    assert_eq!(open.failed.expect("told").tries, 3);
}

#[test]
fn nobody_gets_in_by_a_way_that_is_not_theirs() {
    let shop = set_up();
    let paper = shop.header().0.recovery().expect("a paper").head.id;
    for slot in [SlotId::new([0; 16]), paper] {
        let refused = unlock(&shop.places, slot, &pin(PIN), &shop.phone.code(0), after(0));
        assert_eq!(refused.expect_err("no person's slot"), VaultError::Refused);
    }
    assert_eq!(find(&Places { vault: shop.places.device.clone(), ..shop.places.clone() }), Ok(Found::New));
    let empty = Places { vault: shop.places.vault.join("elsewhere"), ..shop.places.clone() };
    let nothing = unlock(&empty, shop.slot, &pin(PIN), "000000", after(0));
    assert_eq!(nothing.expect_err("no shop there"), VaultError::NoVault);
    assert_eq!(recover(&empty, &shop.paper(), &mut Counting(2)).expect_err("nor there"), VaultError::NoVault);
}

#[test]
fn a_draft_is_not_written_before_phone_and_paper_are_proven() {
    cheaply();
    let (_folder, places) = places();
    for (code, first, second) in [(false, true, true), (true, false, true), (true, true, false), (false, false, false)]
    {
        let mut chance = Counting(3);
        let mut draft = Draft::make(&mut chance);
        let (phone, groups) = (Phone::paired(&draft), draft.recovery_groups());
        let wrong = draft.check_code(&phone.code(300), after(0).wall_ms);
        assert_eq!(wrong.expect_err("not the code of now"), VaultError::CodeWrong);
        if code {
            draft.check_code(&phone.code(0), after(0).wall_ms).expect("the code of now");
        }
        for (number, typed) in draft.asked_groups().into_iter().zip([first, second]) {
            let other = draft.check_group(number, &groups[number % 6]);
            assert_eq!(other.expect_err("another group"), VaultError::RecoveryMistyped);
            if typed {
                draft.check_group(number, &groups[number - 1]).expect("this group");
            }
        }
        let early = draft.write(&places, &pin(PIN), &names("S"), CHEAP, after(0), &mut chance);
        assert_eq!(early.expect_err("not proven"), VaultError::Unproven);
        assert_eq!(find(&places), Ok(Found::New));
    }
}

#[test]
fn a_second_set_up_never_overwrites_a_shop() {
    let shop = set_up();
    let mut chance = Counting(4);
    let mut draft = Draft::make(&mut chance);
    prove(&mut draft, 0);
    let taken = draft.write(&shop.places, &pin(PIN), &names("S"), CHEAP, after(0), &mut chance);
    assert_eq!(taken.expect_err("a shop is there"), VaultError::Taken);
    assert_eq!(shop.roster().shop, "Sharma Stores");
}

#[test]
fn the_paper_opens_the_shop_without_pin_phone_or_this_pc() {
    let shop = set_up();
    let mark = Mark { stream: StreamId::new([5; 16]), seq: 41, hash: [6; 32] };
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    open.state.record(mark, after(31));
    open.state.save(Flush::Now).expect("saved");
    drop(open);
    fs::remove_dir_all(&shop.places.device).expect("the PC's own secret is gone");
    assert_eq!(find(&shop.places), Err(VaultError::DeviceMissing));
    let locked_out = shop.log_in(PIN, &shop.phone.code(60), 60);
    assert_eq!(locked_out.expect_err("no device secret"), VaultError::DeviceMissing);

    let mut chance = Counting(7);
    let other_paper = Draft::make(&mut chance).recovery_groups().concat();
    let other = recover(&shop.places, &RecoveryCode::read(&other_paper).expect("well-formed"), &mut chance);
    assert_eq!(other.expect_err("another shop's paper"), VaultError::RecoveryRefused);

    let mut draft = recover(&shop.places, &shop.paper(), &mut chance).expect("the paper");
    assert_eq!(draft.roster().expect("names came along").shop, "Sharma Stores");
    let (phone, paper) = prove(&mut draft, 90);
    let open = draft
        .write(&shop.places, &pin("58203917"), &names("Sharma Stores"), CHEAP, after(90), &mut chance)
        .expect("a new way in");
    assert_eq!((open.keys.db().expose(), open.vault, open.generation), (shop.db.expose(), shop.vault, 2));
    assert_eq!(open.state.marks(), [mark]);
    let slot = open.slot;

    let old = shop.log_in(PIN, &shop.phone.code(120), 120);
    assert_eq!(old.expect_err("the old slot is gone"), VaultError::Refused);
    let spent = recover(&shop.places, &shop.paper(), &mut chance);
    assert_eq!(spent.expect_err("the old paper is void"), VaultError::RecoveryRefused);
    let open = unlock(&shop.places, slot, &pin("58203917"), &phone.code(120), after(120)).expect("the new PIN");
    assert_eq!(open.keys.db().expose(), shop.db.expose());
    let paper = RecoveryCode::read(&paper).expect("as printed");
    recover(&shop.places, &paper, &mut chance).expect("the new paper");
    let left = |folder: &Path| fs::read_dir(folder).expect("a folder").count();
    assert_eq!((left(&shop.places.device), left(&shop.places.vault)), (3, 8), "nothing of the old is left");
}

#[test]
fn a_slot_whose_code_was_not_bound_is_bound_at_its_next_login() {
    let shop = set_up();
    shop.make_kind_two();
    assert_eq!(shop.header().0.slots[0].head.kind, Kind::Checked);
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    assert_eq!((open.code_is_bound, open.keys.db().expose(), open.generation), (false, shop.db.expose(), 1));
    let wrong = open.bind(&pin("58203917"), &mut Counting(20));
    assert_eq!(wrong.expect_err("another PIN would lock the owner out"), VaultError::Refused);
    open.bind(&pin(PIN), &mut Counting(20)).expect("bound");
    assert_eq!((open.code_is_bound, open.generation), (true, 2));
    open.bind(&pin(PIN), &mut Counting(21)).expect("nothing to do");
    assert_eq!(open.generation, 2);
    drop(open);
    assert_eq!(shop.header().0.slots[0].head.kind, Kind::Bound);
    let used = shop.log_in(PIN, &shop.phone.code(30), 40);
    assert_eq!(used.expect_err("the code of the login before"), VaultError::Refused);
    let open = shop.log_in(PIN, &shop.phone.code(60), 60).expect("PIN and the next code");
    assert_eq!((open.code_is_bound, open.keys.db().expose()), (true, shop.db.expose()));
}

#[test]
fn two_codes_after_each_other_open_when_the_clock_is_lost_and_tell_the_time() {
    let shop = set_up();
    let days = 3 * 86_400;
    let empty_battery = Now { wall_ms: 1_262_304_000_000, uptime_ms: 7_200_000 };
    let typed = Pin::typed(PIN).expect("short");
    let codes = [shop.phone.code(days), shop.phone.code(days + 30)];
    let codes = [codes[0].as_str(), codes[1].as_str()];
    let plain = unlock(&shop.places, shop.slot, &typed, codes[0], empty_battery);
    assert_eq!(plain.expect_err("2010"), VaultError::ClockBehind);
    for wrong in [[codes[1], codes[0]], [codes[0], codes[0]], ["000000", "000001"], ["", ""]] {
        let refused = unlock_clock_lost(&shop.places, shop.slot, &typed, wrong, empty_battery);
        assert_eq!(refused.expect_err("not after each other"), VaultError::Refused);
        forgive(&shop);
    }
    let open = unlock_clock_lost(&shop.places, shop.slot, &typed, codes, empty_battery).expect("PIN and two codes");
    let told = open.true_time_ms.expect("the time by the phone");
    assert!((told - after(days + 30).wall_ms).abs() <= 30_000, "{told}");
    drop(open);
    let again = unlock_clock_lost(&shop.places, shop.slot, &typed, codes, empty_battery);
    assert_eq!(again.expect_err("used"), VaultError::Refused);
    let open = shop.log_in(PIN, &shop.phone.code(days + 90), days + 90).expect("with the clock set");
    assert_eq!(open.true_time_ms, None);
}

#[test]
fn a_clock_that_goes_slowly_wrong_is_followed() {
    let shop = set_up();
    let mut seconds = 60;
    // Past the ten minutes that two codes would put up with.
    for ahead in (20..900).step_by(25) {
        seconds += 3_600;
        shop.log_in(PIN, &shop.phone.code(seconds + ahead), seconds).expect("the phone is a little ahead");
    }
    seconds += 3_600;
    let jump = shop.log_in(PIN, &shop.phone.code(seconds + 1_020), seconds);
    assert_eq!(jump.expect_err("four steps at once"), VaultError::Refused);
    // Somebody sets the clock right: that is a jump, too, which two codes tell.
    let typed = Pin::typed(PIN).expect("short");
    let codes = [shop.phone.code(seconds + 1_050), shop.phone.code(seconds + 1_080)];
    let codes = [codes[0].as_str(), codes[1].as_str()];
    unlock_clock_lost(&shop.places, shop.slot, &typed, codes, after(seconds + 1_080)).expect("two codes");
    shop.log_in(PIN, &shop.phone.code(seconds + 1_140), seconds + 1_140).expect("and on with the clock as it is");
}

#[test]
fn an_approval_proves_who_somebody_is_and_uses_the_code_up() {
    let shop = set_up();
    let mut open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("the owner is in");
    let typed = Pin::typed(PIN).expect("short");
    let approve = |code: &str, seconds| verify_person(&shop.places, shop.slot, &typed, code, after(seconds));
    assert_eq!(approve(&shop.phone.code(30), 31).expect_err("used to log in"), VaultError::Refused);
    let verified = approve(&shop.phone.code(90), 90).expect("PIN and a fresh code");
    assert_eq!(verified, Verified { slot: shop.slot, role: OWNER });
    // The open shop goes on writing its own state.
    open.state.pass(after(100));
    open.state.save(Flush::Now).expect("saved");
    assert_eq!(approve(&shop.phone.code(90), 101).expect_err("used to approve"), VaultError::Refused);
    let late = shop.log_in(PIN, &shop.phone.code(90), 101);
    assert_eq!(late.expect_err("nor does it log in"), VaultError::Refused);
}

#[test]
fn names_on_the_lock_screen_follow_the_profile_and_can_be_lost() {
    let shop = set_up();
    let open = shop.log_in(PIN, &shop.phone.code(30), 30).expect("PIN and code");
    let names = RosterNames { shop: "Sharma & Sons".to_owned(), person: "Asha Devi".to_owned() };
    open.rename(&names, &mut Counting(10)).expect("written");
    assert_eq!((shop.roster().shop.as_str(), shop.roster().people[0].name.as_str()), ("Sharma & Sons", "Asha Devi"));
    remove(&shop.places.vault, "roster.");
    let roster = shop.roster();
    assert_eq!((roster.shop.as_str(), roster.people[0].slot, roster.people[0].role), ("", shop.slot, OWNER));
    open.rename(&names, &mut Counting(11)).expect("written anew");
    assert_eq!(shop.roster().people[0].name, "Asha Devi");
}
