//! People come, forget, change phones, are locked out and leave: on real files.

use super::file::trial::cut_after;
use super::people::{self, Enrolment, Newcomer};
use super::sample::{CHEAP, Counting, PIN, Phone, Shop, after, set_up};
use super::*;

const CASHIER: u8 = 3;
const RAVIS: &str = "482913";

fn staff_pin(text: &str) -> Pin {
    Pin::choose_staff(text).expect("a PIN the staff may choose")
}

/// Pairs a phone: two codes, half a minute apart, ending at this moment.
fn paired(chance: &mut Counting, seconds: i64) -> (Enrolment, Phone) {
    let mut enrolment = Enrolment::make(chance);
    let phone = Phone::of_uri(&enrolment.uri("Sharma Stores", "Ravi"));
    for (at, left) in [(seconds - 30, 1), (seconds, 0)] {
        assert_eq!(enrolment.check_code(&phone.code(at), after(at).wall_ms), Ok(left));
    }
    (enrolment, phone)
}

fn ravi() -> Newcomer {
    Newcomer { name: "Ravi".to_owned(), role: CASHIER, may_export: false }
}

/// A shop with an owner who is in, and Ravi at the counter.
pub fn with_ravi() -> (Shop, Unlocked, SlotId, Phone) {
    let shop = set_up();
    let mut owner = shop.log_in(PIN, &shop.phone.code(60), 60).expect("the owner");
    let mut chance = Counting(50);
    let (enrolment, phone) = paired(&mut chance, 90);
    let slot = people::add(&mut owner, &ravi(), &enrolment, &staff_pin(RAVIS), CHEAP, &mut chance).expect("added");
    (shop, owner, slot, phone)
}

impl Shop {
    fn come_in(&self, slot: SlotId, typed: &str, phone: &Phone, seconds: i64) -> Result<Unlocked, VaultError> {
        unlock(&self.places, slot, &Pin::typed(typed).expect("short"), &phone.code(seconds), after(seconds))
    }
}

#[test]
fn somebody_added_comes_in_with_the_staffs_keys_alone() {
    let (shop, owner, slot, phone) = with_ravi();
    assert_eq!((owner.generation, shop.roster().people.len()), (2, 2));
    assert_eq!(shop.roster().people[1], RosterPerson { slot, name: "Ravi".to_owned(), role: CASHIER });
    drop(owner);
    let typed_back = shop.come_in(slot, RAVIS, &phone, 90);
    assert_eq!(typed_back.expect_err("a code typed at the pairing"), VaultError::Refused);
    let open = shop.come_in(slot, RAVIS, &phone, 120).expect("PIN and code");
    assert_eq!((open.role, open.keys.db().expose(), open.keys.is_owner()), (CASHIER, shop.db.expose(), false));
    assert_eq!(open.keys.sub("audit", 1).expect_err("not the staff's"), VaultError::KeyNotHeld);
    assert_eq!(open.keys.sub("backup", 1).expect_err("may not export"), VaultError::KeyNotHeld);
    shop.log_in(PIN, &shop.phone.code(120), 121).expect("the owner as before, in the same half minute");
}

#[test]
fn a_person_is_not_added_before_two_codes_of_the_phone() {
    let shop = set_up();
    let mut owner = shop.log_in(PIN, &shop.phone.code(60), 60).expect("the owner");
    let mut chance = Counting(51);
    let mut enrolment = Enrolment::make(&mut chance);
    let phone = Phone::of_uri(&enrolment.uri("Sharma Stores", "Ravi"));
    let check = |enrolment: &mut Enrolment, code: &str, at| enrolment.check_code(code, after(at).wall_ms);
    assert_eq!(check(&mut enrolment, &phone.code(300), 60), Err(VaultError::CodeWrong));
    assert_eq!(check(&mut enrolment, &phone.code(60), 60), Ok(1));
    assert_eq!(check(&mut enrolment, &phone.code(60), 61), Err(VaultError::CodeWrong), "the same once more");
    let early = people::add(&mut owner, &ravi(), &enrolment, &staff_pin(RAVIS), CHEAP, &mut chance);
    assert_eq!(early.expect_err("one code"), VaultError::Unproven);
    assert_eq!(check(&mut enrolment, &phone.code(90), 90), Ok(0));
    people::add(&mut owner, &ravi(), &enrolment, &staff_pin(RAVIS), CHEAP, &mut chance).expect("two codes");
}

#[test]
fn whoever_is_added_costs_what_the_owner_does() {
    let (shop, owner, slot, _) = with_ravi();
    let header = shop.header().0;
    assert_eq!(owner.cost(), Ok(CHEAP));
    assert_eq!(header.slot(&slot).expect("Ravi").head.cost, CHEAP);
}

#[test]
fn staff_change_nobody() {
    let (shop, owner, slot, phone) = with_ravi();
    drop(owner);
    let mut ravi_open = shop.come_in(slot, RAVIS, &phone, 120).expect("PIN and code");
    let mut chance = Counting(52);
    let (enrolment, _) = paired(&mut chance, 150);
    let (old, new) = (staff_pin(RAVIS), staff_pin("593024"));
    let open = &mut ravi_open;
    let refusals = [
        people::add(open, &ravi(), &enrolment, &new, CHEAP, &mut chance).err(),
        people::remove(open, shop.slot, &mut chance).err(),
        people::new_phone(open, shop.slot, false, &enrolment, &new, &mut chance).err(),
        people::change_pin(open, slot, (&old, &phone.code(150)), &new, after(150), &mut chance).err(),
        people::let_try_again(open, slot, after(150)).err(),
        people::locked_out(open, after(150)).err(),
    ];
    assert!(refusals.iter().all(|refusal| *refusal == Some(VaultError::OwnerNeeded)), "{refusals:?}");
    assert_eq!(shop.header().0.generation, 2);
}

#[test]
fn somebody_removed_does_not_come_in_and_leaves_nothing() {
    let (shop, mut owner, slot, phone) = with_ravi();
    let mut chance = Counting(53);
    let last = people::remove(&mut owner, shop.slot, &mut chance);
    assert_eq!(last.expect_err("who would open the shop?"), VaultError::LastOwner);
    people::remove(&mut owner, slot, &mut chance).expect("removed");
    assert_eq!(people::remove(&mut owner, slot, &mut chance).expect_err("gone"), VaultError::NoSuchPerson);
    assert_eq!(shop.come_in(slot, RAVIS, &phone, 150).expect_err("removed"), VaultError::Refused);
    assert_eq!((shop.roster().people.len(), shop.tables()), (1, vec![format!("{}.tab", shop.slot)]));
    shop.log_in(PIN, &shop.phone.code(150), 150).expect("the owner");
}

#[test]
fn a_second_owner_opens_everything_and_the_first_may_go() {
    let (shop, mut owner, ..) = with_ravi();
    let mut chance = Counting(54);
    let (enrolment, phone) = paired(&mut chance, 120);
    let second = Newcomer { name: "Meena".to_owned(), role: OWNER, may_export: true };
    let pin = Pin::choose_owner("naya bazar 7").expect("a phrase");
    let slot = people::add(&mut owner, &second, &enrolment, &pin, CHEAP, &mut chance).expect("added");
    let mut meena = shop.come_in(slot, "naya bazar 7", &phone, 150).expect("PIN and code");
    assert!(meena.keys.is_owner());
    people::remove(&mut meena, shop.slot, &mut chance).expect("the first owner goes");
    assert_eq!(shop.log_in(PIN, &shop.phone.code(150), 151).expect_err("gone"), VaultError::Refused);
    people::remove(&mut meena, slot, &mut chance).expect_err("and the last one stays");
}

#[test]
fn a_pin_is_changed_by_the_old_one_and_a_code() {
    let (shop, mut owner, slot, phone) = with_ravi();
    let mut chance = Counting(55);
    let (old, new) = (staff_pin(RAVIS), staff_pin("593024"));
    let mut change = |owner: &mut Unlocked, old: &Pin, code: &str, at| {
        people::change_pin(owner, slot, (old, code), &new, after(at), &mut chance)
    };
    let wrong = change(&mut owner, &staff_pin("482914"), &phone.code(120), 120);
    assert_eq!(wrong.expect_err("a wrong PIN"), VaultError::Refused);
    change(&mut owner, &old, &phone.code(150), 150).expect("changed");
    assert_eq!(shop.come_in(slot, RAVIS, &phone, 180).expect_err("the old PIN"), VaultError::Refused);
    let open = shop.come_in(slot, "593024", &phone, 210).expect("the new PIN, the same phone");
    assert_eq!(open.keys.db().expose(), shop.db.expose());
    drop(open);
    // The owner's own.
    let owners = Pin::choose_owner("58203917").expect("a PIN");
    let typed = Pin::typed(PIN).expect("short");
    let code = shop.phone.code(210);
    people::change_pin(&mut owner, shop.slot, (&typed, &code), &owners, after(210), &mut chance).expect("changed");
    assert_eq!(shop.log_in(PIN, &shop.phone.code(240), 240).expect_err("the old PIN"), VaultError::Refused);
    shop.log_in("58203917", &shop.phone.code(270), 270).expect("the new PIN");
}

#[test]
fn a_new_phone_makes_the_old_one_open_nothing() {
    let (shop, mut owner, slot, old_phone) = with_ravi();
    let mut chance = Counting(56);
    let (enrolment, phone) = paired(&mut chance, 120);
    let new =
        people::new_phone(&mut owner, slot, false, &enrolment, &staff_pin("593024"), &mut chance).expect("paired");
    assert_eq!(shop.come_in(slot, RAVIS, &old_phone, 150).expect_err("gone"), VaultError::Refused);
    assert_eq!(shop.come_in(new, "593024", &old_phone, 150).expect_err("the old phone"), VaultError::Refused);
    shop.come_in(new, "593024", &phone, 180).expect("the new phone");
    let names: Vec<String> = shop.roster().people.into_iter().map(|person| person.name).collect();
    assert_eq!((names, shop.tables().len()), (vec!["Asha".to_owned(), "Ravi".to_owned()], 2));
    // The owner's own phone.
    let (enrolment, phone) = paired(&mut chance, 210);
    let pin = Pin::choose_owner("58203917").expect("a PIN");
    let own = people::new_phone(&mut owner, shop.slot, true, &enrolment, &pin, &mut chance).expect("paired");
    assert_eq!(owner.slot, own);
    drop(owner);
    shop.come_in(own, "58203917", &phone, 240).expect("the owner's new phone");
}

#[test]
fn somebody_locked_out_is_let_in_again_by_the_owner() {
    let (shop, owner, slot, phone) = with_ravi();
    let mut seconds = 120;
    loop {
        match shop.come_in(slot, "000000", &phone, seconds) {
            Err(VaultError::Refused) => {}
            Err(VaultError::Wait { seconds: wait }) => seconds += i64::try_from(wait).expect("an hour"),
            other => break assert_eq!(other.expect_err("locked"), VaultError::SlotLocked),
        }
    }
    assert_eq!(people::locked_out(&owner, after(seconds)), Ok(vec![slot]));
    let right = shop.come_in(slot, RAVIS, &phone, seconds + 86_400);
    assert_eq!(right.expect_err("even with everything right"), VaultError::SlotLocked);
    people::let_try_again(&owner, slot, after(seconds)).expect("the owner");
    assert_eq!(people::locked_out(&owner, after(seconds)), Ok(Vec::new()));
    assert!(seconds < 5 * 86_400, "the table of this test has six days");
    shop.come_in(slot, RAVIS, &phone, seconds + 30).expect("let in again");
}

#[test]
fn the_owner_lengthens_everybodys_table() {
    let (shop, owner, slot, phone) = with_ravi();
    drop(owner);
    let days = |number: i64| number * 86_400;
    for day in 1..=10 {
        shop.log_in(PIN, &shop.phone.code(days(day)), days(day)).expect("the owner comes daily");
    }
    shop.come_in(slot, RAVIS, &phone, days(10) + 60).expect("Ravi was away for longer than a table reaches");
    let away = shop.come_in(slot, RAVIS, &phone, days(20));
    assert_eq!(away.expect_err("nobody came for ten days"), VaultError::Refused);
}

#[test]
fn a_power_cut_at_any_write_leaves_the_people_as_they_were_or_as_they_are_to_be() {
    type Deed = fn(&mut Unlocked, SlotId, &Phone, &mut Counting) -> Result<(), VaultError>;
    let add: Deed = |owner, _, _, chance| {
        let (enrolment, _) = paired(chance, 150);
        people::add(owner, &ravi(), &enrolment, &staff_pin("593024"), CHEAP, chance).map(|_| ())
    };
    let remove: Deed = |owner, slot, _, chance| people::remove(owner, slot, chance);
    let change_pin: Deed = |owner, slot, phone, chance| {
        let (old, new) = (staff_pin(RAVIS), staff_pin("593024"));
        people::change_pin(owner, slot, (&old, &phone.code(150)), &new, after(150), chance)
    };
    let new_phone: Deed = |owner, slot, _, chance| {
        let (enrolment, _) = paired(chance, 150);
        people::new_phone(owner, slot, false, &enrolment, &staff_pin("593024"), chance).map(|_| ())
    };
    for (what, deed, writes_least) in
        [("add", add, 6), ("remove", remove, 4), ("change_pin", change_pin, 8), ("new_phone", new_phone, 7)]
    {
        let mut writes = 0;
        loop {
            let (shop, mut owner, slot, phone) = with_ravi();
            let before = shop.header().0;
            cut_after(Some(writes));
            let done = deed(&mut owner, slot, &phone, &mut Counting(60));
            cut_after(None);
            drop(owner);
            let header = shop.header().0;
            assert!([before.generation, before.generation + 1].contains(&header.generation));
            shop.log_in(PIN, &shop.phone.code(180), 180).expect("the owner");
            let roster = shop.roster();
            let slots: Vec<SlotId> = header.people().map(|slot| slot.head.id).collect();
            assert_eq!(roster.people.iter().map(|person| person.slot).collect::<Vec<_>>(), slots);
            assert_eq!(shop.tables().len(), slots.len(), "{what} after {writes}");
            if header.generation == before.generation {
                shop.come_in(slot, RAVIS, &phone, 210).expect("as he was");
                assert!(done.is_err(), "{what} after {writes}");
            } else if what == "change_pin" {
                assert_eq!(shop.come_in(slot, RAVIS, &phone, 210).expect_err("changed"), VaultError::Refused);
                shop.come_in(slot, "593024", &phone, 240).expect("as he is to be");
            }
            if done.is_ok() {
                break;
            }
            writes += 1;
        }
        assert!(writes >= writes_least, "{what} has {writes} writes");
    }
}
