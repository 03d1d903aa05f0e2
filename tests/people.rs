//! The people of a shop at one counter: each comes in, does what the role may, asks for what it may not, and goes.

mod support;

use pakka::desk::Needs;
use pakka::staff::Role;
use pakka::wire::COMMANDS;
use serde_json::{Value, json};
use support::front::{Copied, Front, PIN, code, open_shop, text};

const RAVI: &str = "482913";
const ASHA: &str = "739105";

/// Somebody with a phone.
struct Person {
    staff: u64,
    slot: String,
    secret: String,
    pin: &'static str,
}

/// The owner adds somebody, who types two codes and a PIN.
fn add(front: &mut Front, name: &str, role: &str, pin: &'static str) -> Person {
    front.hands.pass(60);
    let begin = json!({"staff": null, "name": name, "role": role, "pin": PIN, "code": front.code(0)});
    let secret = text(&front.ok("staff_enrol_begin", begin)["secret"]).replace(' ', "");
    for left in [1, 0] {
        front.hands.pass(30);
        let typed = json!({"code": code(&secret, front.hands.wall_ms())});
        assert_eq!(front.ok("staff_enrol_code", typed)["left"], left);
    }
    let people = front.ok("staff_enrol_finish", json!({"pin": pin, "pin_again": pin}));
    let people = people["people"].as_array().expect("people").clone();
    let member = people.iter().find(|member| member["name"] == name).expect("added");
    front.ok("desk_cover", json!({}));
    let slot = text(&tile(front, name)["slot"]);
    front.hands.pass(60);
    let owner = tile(front, "Meena");
    let back = json!({"slot": owner["slot"], "pin": PIN, "code": ""});
    front.ok("desk_uncover", back);
    Person { staff: member["staff"].as_u64().expect("a number"), slot, secret, pin }
}

/// The owner gives somebody another phone, who keeps the PIN; gives the phone's secret.
fn new_phone(front: &mut Front, person: &Person, owners_pin: &str) -> String {
    let known = json!({"staff": person.staff, "name": "", "role": "cashier", "pin": owners_pin, "code": front.code(0)});
    let secret = text(&front.ok("staff_enrol_begin", known)["secret"]).replace(' ', "");
    for _ in 0..2 {
        front.hands.pass(30);
        let typed = json!({"code": code(&secret, front.hands.wall_ms())});
        front.ok("staff_enrol_code", typed);
    }
    front.ok("staff_enrol_finish", json!({"pin": person.pin, "pin_again": person.pin}));
    secret
}

fn tile(front: &mut Front, name: &str) -> Value {
    let state = front.ok("desk_state", json!({}));
    state["people"].as_array().expect("tiles").iter().find(|tile| tile["name"] == name).expect("a tile").clone()
}

/// Changes the person at the counter, by PIN and code where the PIN alone is not enough.
fn change_to(front: &mut Front, name: &str, person: &Person) -> Value {
    front.ok("desk_cover", json!({}));
    front.hands.pass(60);
    let is_known = tile(front, name)["pin_alone"] == true;
    let typed = if is_known { String::new() } else { code(&person.secret, front.hands.wall_ms()) };
    front.ok("desk_uncover", json!({"slot": person.slot, "pin": person.pin, "code": typed}))
}

fn owner(front: &mut Front) -> Person {
    front.ok("desk_cover", json!({}));
    let slot = text(&tile(front, "Meena")["slot"]);
    let back = json!({"slot": slot, "pin": PIN, "code": ""});
    front.ok("desk_uncover", back);
    Person { staff: 0, slot, secret: front.secret.clone(), pin: PIN }
}

#[test]
fn every_role_may_give_the_commands_of_its_rights_and_no_other() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let meena = owner(front);
    for (place, role) in Role::ALL.into_iter().enumerate().skip(1) {
        let name = format!("Person {place}");
        let word = serde_json::to_value(role).expect("plain");
        let person = add(front, &name, word.as_str().expect("a word"), RAVI);
        let view = change_to(front, &name, &person);
        assert_eq!(view["person"]["code"], word);
        for command in COMMANDS.iter().filter(|command| !["desk_cover", "desk_lock"].contains(&command.name)) {
            let Needs::Right(deed) = command.needs else { continue };
            let refused = front.run(command.name, json!({"line": []})).err().map(|fault| fault.code);
            let refused = refused.is_some_and(|code| ["staff.needs_yes", "staff.owner_only"].contains(&code.as_str()));
            assert_eq!(refused, !role.may(deed, 0), "{role:?} {}", command.name);
        }
        change_to(front, "Meena", &meena);
    }
}

#[test]
fn a_cashier_asks_for_a_yes_and_both_stand_in_the_bill() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let meena = owner(front);
    let ravi = add(front, "Ravi", "cashier", RAVI);
    let asha = add(front, "Asha", "manager", ASHA);
    change_to(front, "Ravi", &ravi);
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    front.ok("sale_discount", json!({"line": 1, "discount": "5%"}));
    let big = json!({"line": 1, "discount": "12%"});
    assert_eq!(front.refused("sale_discount", big.clone()), "staff.needs_yes");

    let could: Vec<String> = front
        .ok("staff_approvers", json!({}))
        .as_array()
        .expect("people")
        .iter()
        .map(|one| text(&one["name"]))
        .collect();
    assert_eq!(could, ["Meena", "Asha"]);
    let yes = |person: &Person, pin: &str, code: String| json!({"slot": person.slot, "pin": pin, "code": code});
    front.hands.pass(60);
    let code_of = |front: &Front, person: &Person| code(&person.secret, front.hands.wall_ms());
    let wrong = yes(&asha, RAVI, code_of(front, &asha));
    assert_eq!(front.refused("staff_approve", wrong), "vault.refused");
    let own = yes(&ravi, RAVI, code_of(front, &ravi));
    assert_eq!(front.refused("staff_approve", own), "staff.own_yes");
    let right = yes(&asha, ASHA, code_of(front, &asha));
    front.ok("staff_approve", right);

    // The yes is for this and nothing else, once.
    assert_eq!(front.refused("sale_discount", json!({"line": 1, "discount": "13%"})), "staff.needs_yes");
    front.ok("sale_discount", big.clone());
    assert_eq!(front.refused("sale_discount", big.clone()), "staff.needs_yes");

    // Above what the manager may, the manager's yes is not enough; the PIN alone was, so soon after.
    let huge = json!({"line": 1, "discount": "40%"});
    assert_eq!(front.refused("sale_discount", huge.clone()), "staff.needs_yes");
    front.ok("staff_approve", yes(&asha, ASHA, String::new()));
    let fault = front.run("sale_discount", huge.clone()).expect_err("too much for a manager");
    assert!(fault.say.en.contains("manager") && fault.code == "staff.needs_yes", "{fault:?}");

    // A yes that nobody used in a minute is none.
    assert_eq!(front.refused("sale_discount", huge.clone()), "staff.needs_yes");
    front.hands.pass(60);
    front.ok("staff_approve", yes(&meena, PIN, code_of(front, &meena)));
    front.hands.pass(61);
    assert_eq!(front.refused("sale_discount", huge.clone()), "staff.needs_yes");

    front.ok("sale_discount", json!({"line": 1, "discount": "3%"}));
    let bill = front.bill();
    front.ok("sale_settle", json!({"bill": bill, "tenders": []}));
    change_to(front, "Meena", &meena);
    front.ok("staff_list", json!({}));
}

#[test]
fn the_next_cashier_takes_over_with_the_bill_as_it_is() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = add(front, "Ravi", "cashier", RAVI);
    let asha = add(front, "Asha", "senior", ASHA);
    change_to(front, "Ravi", &ravi);
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    change_to(front, "Asha", &asha);
    let before = front.ok("sale_enter", json!({"text": "202", "source": "typed"}));
    front.ok("desk_cover", json!({}));
    for command in ["sale_bill", "desk_opened", "settings_get", "staff_approvers"] {
        assert_eq!(front.refused(command, json!({})), "desk.locked", "{command} while the screen is covered");
    }
    assert_eq!(front.stage(), "covered");
    // Ravi was in today: the PIN alone is enough, and the bill has both their lines.
    let back = front.ok("desk_uncover", json!({"slot": ravi.slot, "pin": RAVI, "code": ""}));
    assert_eq!(back["person"]["name"], "Ravi");
    assert_eq!(front.ok("sale_bill", json!({})), before["bill"]);
}

#[test]
fn five_wrong_pins_at_the_screen_lock_shut_the_shop() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = add(front, "Ravi", "cashier", RAVI);
    change_to(front, "Ravi", &ravi);
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    front.ok("desk_cover", json!({}));
    for _ in 0..4 {
        assert_eq!(
            front.refused("desk_uncover", json!({"slot": ravi.slot, "pin": "111222", "code": ""})),
            "desk.pin_wrong"
        );
    }
    let last = json!({"slot": ravi.slot, "pin": "111222", "code": ""});
    assert_eq!(front.refused("desk_uncover", last), "desk.locked_fully");
    assert_eq!(front.stage(), "locked");
    front.hands.pass(60);
    let typed = code(&ravi.secret, front.hands.wall_ms());
    front.ok("desk_unlock", json!({"slot": ravi.slot, "pin": RAVI, "code": typed}));
    assert_eq!(front.ok("sale_bill", json!({}))["lines"].as_array().expect("lines").len(), 1, "the bill was kept");
}

#[test]
fn who_was_removed_comes_in_no_more_and_the_last_owner_stays() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = add(front, "Ravi", "cashier", RAVI);
    assert_eq!(
        front.refused(
            "staff_enrol_begin",
            json!({"staff": null, "name": "ravi", "role": "stock", "pin": PIN, "code": "000000"})
        ),
        "staff.name_taken"
    );
    front.hands.pass(60);
    let remove = json!({"staff": ravi.staff, "pin": PIN, "code": front.code(0)});
    let left = front.ok("staff_remove", remove);
    assert_eq!(left["people"].as_array().expect("people").len(), 1);
    let me = left["people"][0]["staff"].clone();
    front.hands.pass(60);
    let last = json!({"staff": me, "pin": PIN, "code": front.code(0)});
    assert_eq!(front.refused("staff_remove", last), "staff.last_owner");
    front.ok("desk_lock", json!({}));
    front.hands.pass(60);
    let typed = code(&ravi.secret, front.hands.wall_ms());
    assert_eq!(front.refused("desk_unlock", json!({"slot": ravi.slot, "pin": RAVI, "code": typed})), "vault.refused");
    front.unlock().expect("the owner");
}

#[test]
fn the_printed_code_opens_the_shop_on_a_new_pc() {
    let Copied { folder, mut front } = open_shop();
    let ravi = add(&mut front, "Ravi", "cashier", RAVI);
    front.ok("desk_lock", json!({}));
    let (groups, hands) = (front.groups.clone(), front.hands.clone());
    drop(front);
    // The shop's folder was copied; the device secret was not.
    let elsewhere = tempfile::tempdir().expect("a folder");
    support::front::copy(&folder.path().join("data"), &elsewhere.path().join("data"));
    hands.pass(600);
    let mut front = Front::over(elsewhere.path(), &hands, 77);
    assert_eq!(front.broken(), "vault.device_missing");
    let mistyped = format!("{}0", groups.concat());
    assert_eq!(front.refused("recover_begin", json!({"code": mistyped})), "vault.recovery_mistyped");
    let begun = front.ok("recover_begin", json!({"code": groups.join("-")}));
    front.secret = text(&begun["secret"]).replace(' ', "");
    front.prove();
    assert_ne!(front.groups, groups, "the paper is a new one");
    let finish = json!({"owner_name": "Meena", "pin": "61829304", "pin_again": "61829304"});
    let open = front.ok("recover_finish", finish);
    assert_eq!(open["person"]["name"], "Meena");
    assert_eq!(open["notices"][0]["code"], "desk.named_by_hand", "the copy may lack bills");
    assert_eq!(open["settings"]["next_number"], "B/26-27/000001");
    assert_eq!(front.ok("bills_find", json!({"text": "", "offset": 0}))["count"], 1, "the bills are there");

    // Ravi is known, but his way in is gone with the old PC; he gets another.
    front.hands.pass(60);
    let secret = new_phone(&mut front, &ravi, "61829304");
    front.ok("desk_lock", json!({}));
    front.hands.pass(60);
    let slot = text(&tile(&mut front, "Ravi")["slot"]);
    let typed = code(&secret, front.hands.wall_ms());
    front.ok("desk_unlock", json!({"slot": slot, "pin": RAVI, "code": typed}));

    // The old paper opens nothing any more.
    front.ok("desk_lock", json!({}));
    assert_eq!(front.refused("recover_begin", json!({"code": groups.join(" ")})), "vault.recovery_refused");
}

#[test]
fn a_limit_holds_whatever_comes_before_and_after_the_discount() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = add(front, "Ravi", "cashier", RAVI);
    change_to(front, "Ravi", &ravi);
    // Before the first line.
    for discount in ["99%", "6%", "1"] {
        assert_eq!(front.refused("sale_discount", json!({"line": null, "discount": discount})), "staff.needs_yes");
    }
    // An amount that was a small share becomes a large one as lines go and quantities fall.
    front.ok("sale_enter", json!({"text": "10*201", "source": "typed"}));
    front.ok("sale_discount", json!({"line": 1, "discount": "50"}));
    assert_eq!(front.refused("sale_quantity", json!({"line": 1, "quantity": "1"})), "staff.needs_yes");
    front.ok("sale_abandon", json!({}));
    front.ok("sale_enter", json!({"text": "10*201", "source": "typed"}));
    front.ok("sale_enter", json!({"text": "202", "source": "typed"}));
    front.ok("sale_discount", json!({"line": null, "discount": "60"}));
    assert_eq!(front.refused("sale_remove", json!({"line": 1})), "staff.needs_yes");
    // A small share of much is more than the day allows.
    front.ok("sale_discount", json!({"line": null, "discount": "5%"}));
    assert_eq!(front.refused("sale_quantity", json!({"line": 1, "quantity": "1000"})), "staff.needs_yes");
}

#[test]
fn a_yes_to_a_small_discount_is_none_to_a_large_one() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let meena = owner(front);
    let ravi = add(front, "Ravi", "cashier", RAVI);
    change_to(front, "Ravi", &ravi);
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let third = json!({"line": null, "discount": "30%"});
    assert_eq!(front.refused("sale_discount", third.clone()), "staff.needs_yes");
    front.hands.pass(60);
    let yes = json!({"slot": meena.slot, "pin": PIN, "code": front.code(0)});
    front.ok("staff_approve", yes);
    front.ok("sale_discount", third);
    // ₹ 35.40 were allowed; what grows beyond it counts as the cashier's own.
    front.ok("sale_quantity", json!({"line": 1, "quantity": "10"}));
    assert_eq!(front.refused("sale_quantity", json!({"line": 1, "quantity": "100"})), "staff.needs_yes");
}

#[test]
fn wrong_pins_at_one_tile_are_not_forgotten_at_another() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let asha = add(front, "Asha", "manager", ASHA);
    let ravi = add(front, "Ravi", "cashier", RAVI);
    change_to(front, "Asha", &asha);
    change_to(front, "Ravi", &ravi);
    for round in 0..2 {
        front.ok("desk_cover", json!({}));
        for _ in 0..2 {
            let guess = json!({"slot": asha.slot, "pin": "111222", "code": ""});
            assert_eq!(front.refused("desk_uncover", guess), "desk.pin_wrong", "round {round}");
        }
        front.ok("desk_uncover", json!({"slot": ravi.slot, "pin": RAVI, "code": ""}));
    }
    front.ok("desk_cover", json!({}));
    let fifth = json!({"slot": asha.slot, "pin": "111222", "code": ""});
    assert_eq!(front.refused("desk_uncover", fifth), "desk.locked_fully");
}

#[test]
fn a_new_phone_whose_fact_was_lost_still_lets_its_owner_in() {
    let Copied { folder, mut front } = open_shop();
    let ravi = add(&mut front, "Ravi", "cashier", RAVI);
    // The shop's file as it was before the new phone, beside a vault that has it.
    front.ok("desk_lock", json!({}));
    let before = std::fs::read(folder.path().join("data/shop.db")).expect("the file");
    front.unlock().expect("the owner");
    front.hands.pass(60);
    let secret = new_phone(&mut front, &ravi, PIN);
    front.ok("desk_lock", json!({}));
    std::fs::write(folder.path().join("data/shop.db"), before).expect("put back");
    front.hands.pass(60);
    let come_in = |front: &mut Front| {
        front.hands.pass(60);
        let slot = text(&tile(front, "Ravi")["slot"]);
        let typed = code(&secret, front.hands.wall_ms());
        front.ok("desk_unlock", json!({"slot": slot, "pin": RAVI, "code": typed}))
    };
    // The older file knows him by name, so he may look; it is the owner who goes on with it.
    let open = come_in(&mut front);
    assert_eq!((&open["person"]["name"], &open["person"]["code"]), (&json!("Ravi"), &json!("cashier")));
    assert!(!open["doubts"].as_array().expect("faults").is_empty());
    front.ok("desk_lock", json!({}));
    front.unlock().expect("the owner");
    front.ok("desk_go_on", json!({}));
    front.ok("desk_lock", json!({}));
    let open = come_in(&mut front);
    assert_eq!(open["person"]["name"], "Ravi");
    let numbers = open["settings"]["next_number"].clone();
    assert_ne!(numbers, "A/26-27/000002", "an older file goes on under another prefix");
}

#[test]
fn a_yes_says_what_it_was_about_and_wrong_tries_stand_in_the_books() {
    let Copied { folder: _folder, mut front } = open_shop();
    let front = &mut front;
    let ravi = add(front, "Ravi", "cashier", RAVI);
    let asha = add(front, "Asha", "manager", ASHA);
    change_to(front, "Ravi", &ravi);
    front.ok("sale_enter", json!({"text": "201", "source": "typed"}));
    let bill = front.bill();
    assert_eq!(front.refused("sale_discount", json!({"line": 1, "discount": "12%"})), "staff.needs_yes");
    front.hands.pass(60);
    let yes = |pin: &str, code: String| json!({"slot": asha.slot, "pin": pin, "code": code});
    let typed = code(&asha.secret, front.hands.wall_ms());
    assert_eq!(front.refused("staff_approve", yes(RAVI, typed)), "vault.refused");
    front.hands.pass(30);
    let typed = code(&asha.secret, front.hands.wall_ms());
    front.ok("staff_approve", yes(ASHA, typed));
    front.ok("sale_discount", json!({"line": 1, "discount": "12%"}));
    assert_eq!(
        front.refused("bills_cancel", json!({"number": "A/26-27/000001", "reason": "wrong"})),
        "staff.needs_yes"
    );
    assert_eq!(front.refused("staff_approve", yes(RAVI, String::new())), "desk.pin_wrong");
    front.ok("staff_approve", yes(ASHA, String::new()));
    front.ok("desk_lock", json!({}));

    support::front::behind_the_desk(front, |shop| {
        let mut told = Vec::new();
        for entry in shop.look().facts_since(shop.stream(), 0).expect("the journal is read") {
            let allowed = pakka::staff::allowed_of(&entry.fact);
            if entry.fact.kind == "staff.yes_failed" || allowed.is_some() {
                told.push(allowed.map(|yes| yes.asked));
            }
        }
        let [None, Some(discount), None, Some(cancel)] = &told[..] else { panic!("{told:?}") };
        assert_eq!((&discount.command[..], discount.line), ("sale_discount", Some(1)));
        assert_eq!(discount.bill.map(|token| token.to_string()).as_deref(), Some(&bill[..]));
        assert_eq!((&discount.deed[..], discount.size), ("discount_line", 1_200));
        assert_eq!((&cancel.command[..], cancel.number.as_deref()), ("bills_cancel", Some("A/26-27/000001")));
        assert_eq!((&cancel.deed[..], cancel.size, cancel.bill), ("cancel", 0, None));
    });
}
